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
    "PACKAGE",
    "REFUSED",
    "SAFE_IN_PATH",
    "Failure",
    "Mistake",
    "Progress",
    "Refused",
    "add_secret",
    "byte_order_mark",
    "complain",
    "describe",
    "failed",
    "is_terminal",
    "known_class",
    "moment",
    "open_input",
    "paint",
    "print_json",
    "printable",
    "program",
    "read",
    "read_text",
    "secret_of",
    "shown_name",
    "trying_to",
    "warn_of_secret",
    "whole",
    "width",
]

DONE, NEGATIVE, MISTAKE, REFUSED, INTERRUPTED = 0, 1, 2, 3, 130

# The name that this copy of the package is imported by.
PACKAGE = __name__.rpartition(".cli.")[0]

# Bytes of a body, and of a line of JSON Lines: bounds the memory that one event takes.
MAX_BODY = 1_000_000

# The characters of the path of a URL that are not quoted.
SAFE_IN_PATH = "/%:=&~+!$,;'@()*"

_SECRET = "OPENAI_WEBHOOK_SECRET"  # noqa: S105
_COLOURS = {"red": "31", "green": "32", "yellow": "33"}
# The mark of UTF-16 also begins one of UTF-32, which comes first.
_MARKS = {
    b"\xef\xbb\xbf": "UTF-8",
    b"\xff\xfe\0\0": "UTF-32",
    b"\0\0\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_PROGRESS_SECONDS = 0.1


class Failure(Exception):
    """Something that cannot be done; the text says what, in one line."""

    status: int
    """The exit status."""


class Mistake(Failure):
    """The call asks for something that cannot be meant."""

    status = MISTAKE


class Refused(Failure):
    """The system cannot read, write or connect."""

    status = REFUSED


# The parser


def program() -> str:
    """Return the name that the program was called by."""
    name = os.path.basename("".join(sys.argv[:1]))
    if name in ("", "-c", "__main__.py"):
        return f"{os.path.basename(sys.executable or '') or 'python'} -m {PACKAGE}"
    return name


def describe(verb: argparse.ArgumentParser, description: str, *examples: str) -> None:
    """Give a verb its help; PROGRAM stands for the name that the program was called by."""
    name = program()
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
    from ..parsing import event_class

    try:
        return event_class(event_type)
    except ValueError as error:
        raise Mistake(f"{error} (to list them: {program()} events)") from None


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
        "--secret",
        metavar="SECRET",
        help="the secret itself, which other users of this machine can see",
    )


def warn_of_secret(options: argparse.Namespace) -> None:
    """Warn if the secret is an argument."""
    if options.secret is not None:
        complain(
            f"warning: other users of this machine can see --secret; use --secret-file or {_SECRET}"
        )


def secret_of(options: argparse.Namespace, *inputs: Optional[str]) -> str:
    """Return the signing secret, which is valid.

    Args:
        options: The arguments of the verb.
        inputs: The files that the verb reads besides.
    """
    from ..signature import sign

    warn_of_secret(options)
    secret: str = os.environ.get(_SECRET, "")
    if options.secret_file == "-" and "-" in inputs:  # noqa: S105
        raise Mistake("standard input cannot be both the secret and something else")
    if options.secret is not None:
        secret = options.secret
    elif options.secret_file is not None:
        secret = read_text(options.secret_file).strip()
    elif not secret:
        raise Mistake(f"no signing secret: set {_SECRET}, or use --secret-file")
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
    # Some shells and editors write UTF-16, UTF-32 or a byte order mark.
    mark = byte_order_mark(content)
    try:
        return content.decode("utf-8-sig" if mark in (None, "UTF-8") else mark)
    except UnicodeDecodeError:
        raise Mistake(f"{shown_name(path)} is not UTF-8 text") from None


def byte_order_mark(content: bytes) -> Optional[str]:
    """Return the encoding whose byte order mark begins the content, if one does."""
    return next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)


# Output


def failed(error: Failure) -> int:
    """Report what cannot be done, and return the exit status."""
    prefix = paint("error:", "red", sys.stderr)
    complain(f"{printable(program())}: {prefix} {printable(str(error))}")
    return error.status


def complain(message: str) -> None:
    """Write a line to standard error, without anything that looks like a secret."""
    if sys.stderr:
        with suppress(OSError):
            print(re.sub(r"whsec_[^\s:'\",]+", "whsec_...", message), file=sys.stderr)


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
