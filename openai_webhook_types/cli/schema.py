"""The verb `schema`."""

from __future__ import annotations

import argparse

from .._json_text import dumps
from ..schema import events_json_schema, model_json_schema
from ._arguments import describe, known_class
from ._failures import DONE
from ._output import print_json

__all__ = ["add", "run"]


def add(verb: argparse.ArgumentParser) -> None:
    """Add the arguments of the verb to its parser."""
    describe(
        verb,
        "Print the JSON Schema (draft 2020-12) of an event type, or one for all.",
        "PROGRAM schema batch.completed",
        "PROGRAM schema > events.schema.json",
    )
    verb.add_argument(
        "type", metavar="TYPE", nargs="?", help="the event type (default: one schema for all)"
    )


def run(options: argparse.Namespace) -> int:
    """Print the schema."""
    if options.type is None:
        schema = events_json_schema()
    else:
        schema = model_json_schema(known_class(options.type))
    print_json(dumps(schema, indent=2))
    return DONE
