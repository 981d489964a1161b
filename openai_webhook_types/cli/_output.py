"""Prints results and complaints."""

from __future__ import annotations

import json
import re
import sys
from contextlib import suppress

from ._arguments import program
from ._failures import Failure
from ._terminal import paint

__all__ = ["complain", "failed", "print_json", "printable"]


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
    """Print JSON text with its control characters escaped, in ASCII if the output is not UTF-8."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    is_utf_8 = encoding.lower().replace("-", "") == "utf8"

    def is_fit(text: str) -> bool:
        return text.isprintable() and (is_utf_8 or text.isascii())

    if not is_fit(text):  # asked of all of it first, as each character costs more than parsing it
        text = "".join([c if c == "\n" or is_fit(c) else json.dumps(c)[1:-1] for c in text])
    print(text)


def printable(text: str) -> str:
    """Return text with its control characters escaped: they could take over a terminal."""
    if text.isprintable():
        return text
    return "".join([c if c.isprintable() else repr(c)[1:-1] for c in text])
