"""Files to read, and standard input."""

from __future__ import annotations

import os
import sys
from io import BufferedReader

from ._body import byte_order_mark, vacuity
from ._failures import Mistake, trying_to
from ._output import complain, printable

__all__ = ["input_status", "open_input", "read", "read_body", "read_text", "shown_name"]

# The keys that end typed input.
_END_KEYS = "Ctrl-D" if os.name == "posix" else "Ctrl-Z and Enter"


def shown_name(path: str) -> str:
    """Return what to call a file. For `-`, this is standard input."""
    return "<stdin>" if path == "-" else path


def open_input(path: str) -> BufferedReader:
    """Open a file to read. For `-`, this is standard input, which stays open after closing."""
    with trying_to(f"read {shown_name(path)}"):
        if path != "-":
            return open(path, "rb")
        number = _standard_input()
        if os.isatty(number):
            complain(f"waiting for standard input; {_END_KEYS} ends it")
        return open(number, "rb", closefd=False)


def input_status(path: str) -> os.stat_result:
    """Return what the system knows of a file, or of standard input for `-`."""
    return os.stat(_standard_input() if path == "-" else path)


def _standard_input() -> int:
    if sys.stdin is None:
        raise OSError("it is closed")
    return sys.stdin.fileno()


def read_body(path: str) -> bytes:
    """Return the content of a file that is signed as it is, but warn if it has none."""
    content = read(path)
    vacuous = vacuity(content)
    if vacuous:
        complain(printable(f"warning: {shown_name(path)} is {vacuous}"))
    return content


def read(path: str) -> bytes:
    """Return the content of a file, or of standard input for `-`."""
    with open_input(path) as file, trying_to(f"read {shown_name(path)}"):
        # In pieces: after the first end of what is typed, the `read` of PyPy waits for another.
        return b"".join(iter(lambda: file.read1(65536), b""))


def read_text(path: str) -> str:
    """Return the text of a small file that a person or a shell wrote."""
    content = read(path)
    # Some shells and editors write UTF-16, UTF-32 or a byte order mark.
    mark = byte_order_mark(content)
    try:
        return content.decode("utf-8-sig" if mark in (None, "UTF-8") else mark)
    except UnicodeDecodeError:
        raise Mistake(f"{shown_name(path)} is not UTF-8 text") from None
