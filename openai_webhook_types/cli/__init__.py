"""The command line, for people who build webhook handlers.

Exit status: 0 when done; 1 for a negative answer, such as an invalid payload; 2 for a mistake
in the call; 3 if the system refuses to read, to write or to connect; 130 when interrupted by
Ctrl-C or, while it listens, by SIGTERM.

Each verb has a module of its name. A part of one verb is in a module whose name begins with that of
the verb; what several share is in modules that begin with an underscore.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any, NoReturn

from .. import __version__
from .._untrusted import MAX_DIGITS
from ._arguments import PACKAGE, describe, program
from ._failures import DONE, INTERRUPTED, REFUSED, Failure, Mistake, Refused
from ._output import failed

__all__ = ["main"]

# The module of a verb is loaded when the verb is used.
_VERBS = {
    "events": "list the event types",
    "sample": "print a valid payload of an event type",
    "parse": "print the events in files, or what is wrong with them",
    "schema": "print the JSON Schema of an event type, or of all",
    "sign": "print the headers that sign a body",
    "verify": "check the signature of a request",
    "send": "sign an event, and send it to a webhook handler",
    "listen": "receive webhooks, verify them and show them",
    "vendor": "copy this package into a project, or check or update such a copy",
}

# The options that may stand in the place of a verb.
_OPTIONS = {"-h", "--help", "--version"}


class _Parser(argparse.ArgumentParser):
    """A parser that accepts no abbreviated options: in a later version, they may be ambiguous."""

    def __init__(self, **options: Any) -> None:
        form = argparse.RawDescriptionHelpFormatter
        super().__init__(allow_abbrev=False, formatter_class=form, **options)

    def error(self, message: str) -> NoReturn:
        raise Mistake(f"{message} (try: {self.prog} --help)")

    def refuse(self, words: Sequence[str]) -> NoReturn:
        """Refuse words that are not arguments. Name only the options: any other may be a secret."""
        names = [word.partition("=")[0] for word in words if word.startswith("-")]
        self.error(f"unrecognized arguments: {' '.join(names)}" if names else "too many arguments")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    Args:
        arguments: The arguments after the name of the program; by default those of the process.
    """
    for stream in (sys.stdout, sys.stderr):
        # A payload may have characters that the encoding of the terminal lacks.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    # Python can be set to refuse to write integers that are as long as those of a payload may be.
    getattr(sys, "set_int_max_str_digits", id)(MAX_DIGITS)
    try:
        status = _run(sys.argv[1:] if arguments is None else [*arguments])
        if sys.stdout:
            sys.stdout.flush()
    except BrokenPipeError:  # the reader of the output needs no more of it
        status = REFUSED
    except OSError as error:
        status = failed(Refused(f"cannot write: {error.strerror}"))
    except ImportError as error:  # some Pythons are built without modules such as zlib
        status = failed(Refused(f"this Python has no module {error.name}"))
    except (MemoryError, RuntimeError) as error:  # such as when no more threads can start
        status = failed(Refused(str(error) or "not enough memory"))
    except Failure as error:
        status = failed(error)
    except KeyboardInterrupt:
        status = INTERRUPTED
    _flush()
    return status


def _run(arguments: list[str]) -> int:
    parser = _parser(arguments)
    try:
        options, unknown = parser.parse_known_args(arguments)
    except SystemExit:  # after --help or --version
        return DONE
    if unknown:
        parser.refuse(unknown)
    if options.verb is None:
        parser.print_help()
        return DONE
    return int(_verb(options.verb).run(options))


def _parser(arguments: list[str]) -> _Parser:
    parser = _Parser(prog=program())
    parser.add_argument("--version", action="version", version=f"{PACKAGE} {__version__}")
    if arguments and arguments[0].startswith("-") and arguments[0] not in _OPTIONS:
        # The next word, which may be a secret, would be taken for the verb and shown.
        parser.refuse(arguments[:1])
    verbs = parser.add_subparsers(metavar="VERB", dest="verb", prog=parser.prog)
    for name, summary in _VERBS.items():
        verb = verbs.add_parser(name, help=summary)
        if name in arguments:
            _verb(name).add(verb)
    describe(
        parser,
        "OpenAI webhooks as typed, validated, frozen dataclasses: inspect events, test a handler.\n"
        "For help on a verb: PROGRAM VERB --help",
        "PROGRAM sample fine_tuning.job.failed",
        "PROGRAM sample batch.completed | PROGRAM parse",
    )
    return parser


def _verb(name: str) -> Any:
    """Return the module of a verb, loaded as `_model/later.py` describes."""
    return __import__(name, globals(), None, ["run"], 1)


def _flush() -> None:
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            # Python flushes once more when it exits, and would complain with a traceback.
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
