"""What the verbs share: exit statuses, errors, the secret, input, output and the terminal."""

import argparse
import json
import os
import re
import sys
import time
from contextlib import contextmanager, suppress
from io import BufferedReader
from typing import TYPE_CHECKING, Callable, Iterator, Optional, TextIO, Type

if TYPE_CHECKING:
    from ..events._base import WebhookEvent

__all__ = [
    "DONE",
    "INTERRUPTED",
    "MAX_BODY",
    "MISTAKE",
    "NEGATIVE",
    "REFUSED",
    "Mistake",
    "Progress",
    "Refused",
    "add_secret",
    "byte_order_mark",
    "complain",
    "describe",
    "is_terminal",
    "known_class",
    "moment",
    "open_input",
    "paint",
    "print_json",
    "printable",
    "read",
    "read_text",
    "secret_of",
    "shown_name",
    "trying_to",
    "whole",
    "width",
]

DONE, NEGATIVE, MISTAKE, REFUSED, INTERRUPTED = 0, 1, 2, 3, 130

# Bytes of a body, and of a line of JSON Lines: bounds the memory that one event takes.
MAX_BODY = 1_000_000

_SECRET = "OPENAI_WEBHOOK_SECRET"  # noqa: S105
_COLOURS = {"red": "31", "green": "32", "yellow": "33"}
_MARKS = {b"\xef\xbb\xbf": "UTF-8", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_PROGRESS_SECONDS = 0.1


class Mistake(Exception):
    """The call asks for something that cannot be meant; the text says what, in one line."""


class Refused(Exception):
    """The system cannot read, write or connect; the text says what, in one line."""


# The parser


def describe(
    verb: argparse.ArgumentParser, description: str, *examples: str, program: Optional[str] = None
) -> None:
    """Give a verb its help; PROGRAM stands for the name that the program was called by."""
    name = program or verb.prog.rpartition(" ")[0]
    verb.description = description.replace("PROGRAM", name)
    lines = ["examples:", *examples] if len(examples) > 1 else ["example:", *examples]
    verb.epilog = "\n  ".join(lines).replace("PROGRAM", name)


def whole(minimum: int, maximum: Optional[int] = None) -> Callable[[str], int]:
    """Return what reads an argument that is a whole number within bounds."""

    def number(text: str) -> int:
        with suppress(ValueError):
            value = int(text)
            if value >= minimum and (maximum is None or value <= maximum):
                return value
        bounds = f"at least {minimum}" if maximum is None else f"{minimum} to {maximum}"
        raise argparse.ArgumentTypeError(f"must be a whole number, {bounds}, not {text!r}")

    return number


def moment(text: str) -> int:
    """Return the Unix seconds of an argument: these, or an ISO 8601 time, UTC by default."""
    from datetime import datetime, timezone

    with suppress(ValueError):
        return int(text)
    try:
        # Python 3.8 reads no Z.
        when = datetime.fromisoformat(re.sub("[zZ]$", "+00:00", text))
        return int((when if when.tzinfo else when.replace(tzinfo=timezone.utc)).timestamp())
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(
            f"must be Unix seconds or a time such as 2026-01-31T12:00:00Z, not {text!r}"
        ) from None


def known_class(event_type: str) -> "Type[WebhookEvent]":
    """Return the class of a known event type."""
    from .._parse import event_class

    try:
        return event_class(event_type)
    except ValueError as error:
        raise Mistake(f"{error} (all of them: events)") from None


# The secret


def add_secret(verb: argparse.ArgumentParser) -> None:
    """Add the options that say what the signing secret is."""
    options = verb.add_mutually_exclusive_group()
    options.add_argument(
        "--secret-file",
        metavar="FILE",
        help=f"a file that holds the signing secret (default: the variable {_SECRET})",
    )
    options.add_argument(
        "--secret", metavar="SECRET", help="the secret itself: other users of the machine see it"
    )


def secret_of(options: argparse.Namespace) -> str:
    """Return the signing secret, which is valid."""
    from ..signature import sign

    secret: str = os.environ.get(_SECRET, "")
    if options.secret is not None:
        secret = options.secret
        complain(
            f"warning: other users of this machine can see --secret; use --secret-file or {_SECRET}"
        )
    elif options.secret_file is not None:
        secret = read_text(options.secret_file).strip()
    elif not secret:
        raise Mistake(f"there is no secret: set {_SECRET}, or name a file with --secret-file")
    try:
        sign(b"", secret=secret)
    except ValueError as error:
        raise Mistake(str(error)) from None
    return secret


# Input


@contextmanager
def trying_to(what: str) -> Iterator[None]:
    """Report in one line what the system refuses."""
    try:
        yield
    except OSError as error:
        raise Refused(f"cannot {what}: {error.strerror or error}") from error
    except ValueError as error:  # such as a null character in a name
        raise Mistake(f"cannot {what}: {error}") from error


def shown_name(path: str) -> str:
    """Return what to call a file, of which `-` is standard input."""
    return "<stdin>" if path == "-" else path


def open_input(path: str) -> BufferedReader:
    """Open a file to read, or standard input for `-`, which stays open when this is closed."""
    with trying_to(f"read {shown_name(path)}"):
        if path != "-":
            return open(path, "rb")
        if sys.stdin is None:
            raise OSError("it is closed")
        return open(sys.stdin.fileno(), "rb", closefd=False)


def read(path: str) -> bytes:
    """Return the content of a file, or of standard input for `-`."""
    with open_input(path) as file, trying_to(f"read {shown_name(path)}"):
        return file.read()


def read_text(path: str) -> str:
    """Return the text of a small file that a person or a shell wrote."""
    content = read(path)
    # Some shells and editors write UTF-16 or a byte order mark.
    encoding = "utf-16" if byte_order_mark(content) == "UTF-16" else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Mistake(f"{shown_name(path)} is not UTF-8 text") from None


def byte_order_mark(content: bytes) -> Optional[str]:
    """Return the encoding whose byte order mark begins the content, if one does."""
    return next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)


# Output


def complain(message: str) -> None:
    """Write a line to standard error, without anything that looks like a secret."""
    if sys.stderr:
        with suppress(OSError):
            print(re.sub(r"whsec_\S+", "whsec_...", message), file=sys.stderr)


def print_json(text: str) -> None:
    """Print JSON text, in ASCII where the output is not UTF-8."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    if not text.isascii() and encoding.lower().replace("-", "") != "utf8":
        text = "".join([c if c.isascii() else json.dumps(c)[1:-1] for c in text])
    print(text)


def printable(text: str) -> str:
    """Return text with its control characters escaped, which could take over a terminal."""
    if text.isprintable():
        return text
    return "".join([c if c.isprintable() else repr(c)[1:-1] for c in text])


# The terminal


def is_terminal(stream: Optional[TextIO]) -> bool:
    """Tell whether a stream is there and shown on a terminal."""
    return stream is not None and stream.isatty()


def width() -> Optional[int]:
    """Return the columns of the terminal that shows the output, or None if none does."""
    import shutil

    return shutil.get_terminal_size().columns if is_terminal(sys.stdout) else None


def paint(text: str, colour: str, stream: Optional[TextIO] = None) -> str:
    """Return text in colour, for a terminal whose user does not mind (https://no-color.org)."""
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    if is_plain or not is_terminal(stream or sys.stdout):
        return text
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[m"


class Progress:
    """One line that shows how far the work is, where standard error is a terminal."""

    def __init__(self, *, is_wanted: bool) -> None:
        self._is_shown = is_wanted and is_terminal(sys.stderr)
        self._next = 0.0

    def show(self, text: str) -> None:
        """Show a text, if it is time for another."""
        if self._is_shown and time.monotonic() >= self._next:
            self._next = time.monotonic() + _PROGRESS_SECONDS
            self._write(text)

    def clear(self) -> None:
        """Make room for other lines."""
        if self._is_shown:
            self._write("")

    @staticmethod
    def _write(text: str) -> None:
        columns = os.get_terminal_size(sys.stderr.fileno()).columns
        sys.stderr.write(f"\r{text[: columns - 1]}\x1b[K")
        sys.stderr.flush()
