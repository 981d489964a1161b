"""The command line: look at events without writing a program.

Exit status: 0 when done; 1 for an invalid payload, or if nobody reads the output; 2 for a
mistake in the call; 130 when interrupted.
"""

import argparse
import os
import re
import sys
from io import TextIOWrapper
from typing import NoReturn, Optional, Sequence

from ._jsontext import dumps
from ._parse import event_class, parse_event
from ._registry import EVENT_TYPES
from .errors import ValidationError
from .schema import events_json_schema
from .testing import sample_payload

__all__ = ["main"]

_PROGRAM = "python -m openai_webhook_types"
_EXAMPLES = f"""\
examples:
  {_PROGRAM} sample fine_tuning.job.failed
  {_PROGRAM} sample batch.completed | {_PROGRAM} parse
  {_PROGRAM} parse body.json
  {_PROGRAM} schema batch.completed
"""


class _Parser(argparse.ArgumentParser):
    """A parser that reports a mistake in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: error: {message}\n")


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Run the command line and return its exit status.

    Args:
        arguments: The arguments after the name of the program; by default those of the process.
    """
    for stream in (sys.stdout, sys.stderr):
        # A payload may have characters that the encoding of the terminal has not.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    parser = _parser()
    try:
        status = _run(parser, arguments)
        if sys.stdout:
            sys.stdout.flush()
    except OSError as error:
        # Python flushes once more when it exits, and would complain with a traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        if isinstance(error, BrokenPipeError):
            return 1
        parser.error(f"cannot write: {error.strerror}")
    except KeyboardInterrupt:
        return 130
    return status


def _run(parser: "_Parser", arguments: Optional[Sequence[str]]) -> int:
    try:
        options = parser.parse_args(arguments)
    except SystemExit as done:  # after --help, or a mistake
        return int(done.code or 0)
    status: int = options.run(parser, options)
    return status


def _parser() -> _Parser:
    parser = _Parser(
        prog=_PROGRAM,
        description="Look at OpenAI webhook events.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(metavar="COMMAND", dest="command", required=True)

    sample = verbs.add_parser("sample", help="print a valid payload of an event type, as JSON")
    sample.add_argument("type", metavar="TYPE", help="the event type, such as batch.completed")
    sample.set_defaults(run=_sample)

    parse = verbs.add_parser("parse", help="print the event in a payload, or what is wrong with it")
    parse.add_argument(
        "file", metavar="FILE", nargs="?", default="-", help="the payload (default: standard input)"
    )
    parse.set_defaults(run=_parse)

    schema = verbs.add_parser("schema", help="print the JSON Schema of an event type, or of all")
    schema.add_argument(
        "type", metavar="TYPE", nargs="?", help="the event type (default: one schema for all)"
    )
    schema.set_defaults(run=_schema)
    for verb in (sample, schema):
        verb.epilog = "types:\n  " + "\n  ".join(EVENT_TYPES)
        verb.formatter_class = argparse.RawDescriptionHelpFormatter
    return parser


def _sample(parser: _Parser, options: argparse.Namespace) -> int:
    try:
        payload = sample_payload(options.type)
    except ValueError as error:
        parser.error(str(error))
    print(dumps(payload, indent=2))
    return 0


def _schema(parser: _Parser, options: argparse.Namespace) -> int:
    if options.type is None:
        schema = events_json_schema()
    else:
        try:
            schema = event_class(options.type).model_json_schema()
        except ValueError as error:
            parser.error(str(error))
    print(dumps(schema, indent=2))
    return 0


def _parse(parser: _Parser, options: argparse.Namespace) -> int:
    from_input = options.file == "-"
    try:
        with open(0 if from_input else options.file, "rb", closefd=not from_input) as file:
            body = file.read()
    except OSError as error:
        parser.error(f"cannot read {options.file}: {error.strerror}")
    except ValueError as error:
        parser.error(f"cannot read {options.file!r}: {error}")
    try:
        print(repr(parse_event(body)))
    except ValidationError as error:
        if sys.stderr:
            # A path begins each paragraph; what is wrong with it is indented.
            print(re.sub(r"\n(?! )", "\n\n", str(error)), file=sys.stderr)
        return 1
    return 0
