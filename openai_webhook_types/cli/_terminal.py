"""The terminal: its width, its colours and its one line of progress."""

from __future__ import annotations

import os
import sys
import time
from typing import TextIO

__all__ = ["Progress", "is_terminal", "paint", "width"]

_COLOURS = {"red": "31", "green": "32", "yellow": "33"}
_PROGRESS_SECONDS = 0.1


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether a stream is present and shown on a terminal."""
    return stream is not None and stream.isatty()


def width() -> int | None:
    """Return the columns of the terminal that shows the output, or None if none does."""
    import shutil

    return shutil.get_terminal_size().columns if is_terminal(sys.stdout) else None


def paint(text: str, colour: str, stream: TextIO | None = None) -> str:
    """Return text in colour, if a terminal shows it and the user allows (https://no-color.org)."""
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    if is_plain or not is_terminal(stream or sys.stdout):
        return text
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[m"


class Progress:
    """One line that shows how far the work is, if standard error is a terminal."""

    def __init__(self, *, is_wanted: bool) -> None:
        self._is_shown = is_wanted and is_terminal(sys.stderr)
        self._next = 0.0

    def show(self, text: str) -> None:
        """Show a text, if it is time for another."""
        if self._is_shown and time.monotonic() >= self._next:
            self._next = time.monotonic() + _PROGRESS_SECONDS
            self._write(text)

    def clear(self) -> None:
        """Remove the line, to make room for others."""
        if self._is_shown:
            self._write("")

    @staticmethod
    def _write(text: str) -> None:
        columns = os.get_terminal_size(sys.stderr.fileno()).columns
        sys.stderr.write(f"\r{text[: columns - 1]}\x1b[K")
        sys.stderr.flush()
