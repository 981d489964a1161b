"""The verb `sample`."""

from __future__ import annotations

import argparse

from ._arguments import describe
from ._failures import DONE
from ._output import print_json
from ._payload import add_set, changed, json_text, sample

__all__ = ["add", "run"]


def add(verb: argparse.ArgumentParser) -> None:
    """Add the arguments of the verb to its parser."""
    describe(
        verb,
        "Print a valid payload of an event type, as JSON, with every field.",
        "PROGRAM sample batch.completed",
        "PROGRAM sample batch.completed --set data.id=batch_1 --set created_at=1750287018",
        "PROGRAM sample response.failed --compact > body.json",
    )
    verb.add_argument("type", metavar="TYPE", help="the event type, such as batch.completed")
    add_set(verb)
    verb.add_argument("--compact", action="store_true", help="print it on one line")


def run(options: argparse.Namespace) -> int:
    """Print the payload."""
    payload = changed(sample(options.type), options.set)
    print_json(json_text(payload, None if options.compact else 2))
    return DONE
