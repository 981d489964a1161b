"""The verb `events`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from .._json_text import dumps
from ..events._registry import EVENT_TYPES
from ..parsing import event_class
from ..schema import model_json_schema
from ._arguments import describe
from ._failures import DONE
from ._output import print_json
from ._terminal import width

__all__ = ["add", "run"]

# The fewest columns in which a summary is of any use.
_MIN_SUMMARY = 40


def add(verb: argparse.ArgumentParser) -> None:
    """Add the arguments of the verb to its parser."""
    describe(
        verb,
        "List the event types: the type, its class, and what the event is about.",
        "PROGRAM events",
        "PROGRAM events --json",
    )
    verb.add_argument("--json", action="store_true", help="print a list of objects")


def run(options: argparse.Namespace) -> int:
    """Print the catalogue."""
    rows = [_row(event_type) for event_type in EVENT_TYPES]
    if options.json:
        names = ("type", "class", "summary")
        print_json(dumps([dict(zip(names, row)) for row in rows], indent=2))
    else:
        columns = width()
        for line in _lines(rows, columns):
            print(line if columns is None or len(line) <= columns else f"{line[: columns - 3]}...")
    return DONE


def _row(event_type: str) -> tuple[str, str, str]:
    cls = event_class(event_type)
    # There are no docstrings under -OO.
    description = model_json_schema(cls).get("description", "")
    return event_type, cls.__name__, " ".join(description.partition("\n\n")[0].split())


def _lines(rows: list[tuple[str, str, str]], columns: int | None) -> Iterator[str]:
    """Yield a line for each event, or three where the terminal is narrow."""
    types, classes = (max(len(row[place]) for row in rows) for place in (0, 1))
    is_narrow = columns is not None and columns < types + classes + _MIN_SUMMARY
    for event_type, cls, summary in rows:
        if is_narrow:
            yield from (event_type, f"  {cls}", f"  {summary}")
        else:
            yield f"{event_type:{types}}  {cls:{classes}}  {summary}".rstrip()
