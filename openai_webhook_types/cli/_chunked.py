"""The chunked transfer coding, in which a body may come without its length."""

from __future__ import annotations

import re
from typing import BinaryIO

__all__ = ["Unreadable", "read_chunked"]

# RFC 9112, sections 7.1 and 7.1.2. What an extension or a trailer says does not matter here.
_CHUNK_LINE = re.compile(rb"([0-9A-Fa-f]+)[ \t]*(?:;[^\r\n]*)?\r\n")
_TRAILER = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n]*\r\n")
_END = b"\r\n"


class Unreadable(Exception):
    """A request that is not read to its end; the text says why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        """The status of the answer."""


def read_chunked(file: BinaryIO, maximum: int) -> bytes:
    """Return a body that comes in chunks, and leave the file where the body ends.

    Args:
        file: What the body is read from.
        maximum: How many bytes may be read, those of chunk lines and trailers included.

    Raises:
        Unreadable: There are more bytes (413), or they are malformed or incomplete (400).
    """
    source = _Bounded(file, maximum)
    body = bytearray()
    while True:
        line = source.line()
        found = _CHUNK_LINE.fullmatch(line)
        if not found:
            raise Unreadable(400, "malformed chunk: its size is not hexadecimal")
        size = int(found[1], 16)
        if not size:
            break
        body += source.exactly(size)
        if source.exactly(len(_END)) != _END:
            raise Unreadable(400, f"malformed chunk: it is not {size:,} bytes and a line break")
    while True:
        line = source.line()
        if line == _END:
            return bytes(body)
        if not _TRAILER.fullmatch(line):
            raise Unreadable(400, "malformed trailer after the last chunk")


class _Bounded:
    """A file of which only so many bytes are read."""

    def __init__(self, file: BinaryIO, maximum: int) -> None:
        self._file = file
        self._maximum = self._left = maximum

    def line(self) -> bytes:
        """Read a line."""
        line = self._file.readline(self._left + 1)
        self._count(len(line))
        if not line.endswith(b"\n"):
            raise Unreadable(400, "incomplete body: it ends before its last chunk")
        return line

    def exactly(self, size: int) -> bytes:
        """Read a number of bytes, unless they are too many."""
        self._count(size)
        content = self._file.read(size)
        if len(content) < size:
            raise Unreadable(400, f"incomplete body: {len(content):,} of {size:,} bytes of a chunk")
        return content

    def _count(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise Unreadable(413, f"more than {self._maximum:,} bytes")
