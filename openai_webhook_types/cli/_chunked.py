"""The chunked transfer coding, in which a body comes without its length.

Proxies and tunnels, through which a development machine is reached, send bodies like this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

__all__ = ["Unreadable", "chunks"]

# RFC 9112, sections 7.1 and 7.1.2. What an extension or a trailer says does not matter here.
_CHUNK_LINE = re.compile(rb"([0-9A-Fa-f]+)[ \t]*(?:;[^\r\n]*)?\r\n")
_TRAILER = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n]*\r\n")
_END = b"\r\n"
_MAX_LINE = 4096
_MAX_PIECE = 65536


class Unreadable(Exception):
    """A message that is not read to its end; the text says why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        """The status with which to answer such a request."""


def chunks(file: BinaryIO, maximum: int) -> Iterator[bytes]:
    """Yield the pieces of a body that comes in chunks, and leave the file where the body ends.

    Args:
        file: What the body is read from.
        maximum: How many bytes may be read, including chunk lines and trailers.

    Raises:
        Unreadable: The body has more bytes (413), or is malformed or incomplete (400).
    """
    source = _Bounded(file, maximum)
    while True:
        found = _CHUNK_LINE.fullmatch(source.line())
        if not found:
            raise Unreadable(400, "malformed chunk: its size is not hexadecimal")
        size = int(found[1], 16)
        if not size:
            break
        yield from source.pieces(size)
        if b"".join(source.pieces(len(_END))) != _END:
            raise Unreadable(400, f"malformed chunk: it is not {size:,} bytes and a line break")
    for line in iter(source.line, _END):
        if not _TRAILER.fullmatch(line):
            raise Unreadable(400, "malformed trailer after the last chunk")


class _Bounded:
    """A file of which only a limited number of bytes may be read."""

    def __init__(self, file: BinaryIO, maximum: int) -> None:
        self._file = file
        self._maximum = self._left = maximum

    def line(self) -> bytes:
        """Read a line."""
        line = self._file.readline(min(self._left + 1, _MAX_LINE))
        self._count(len(line))
        if not line.endswith(b"\n"):
            if len(line) == _MAX_LINE:
                raise Unreadable(400, f"malformed chunk: a line of {_MAX_LINE:,} bytes or more")
            raise Unreadable(400, "incomplete body: it ends before its last chunk")
        return line

    def pieces(self, size: int) -> Iterator[bytes]:
        """Yield a number of bytes in pieces, unless they are too many."""
        self._count(size)
        left = size
        while left:
            piece = self._file.read(min(left, _MAX_PIECE))
            if not piece:
                raise Unreadable(
                    400, f"incomplete body: {size - left:,} of {size:,} bytes of a chunk"
                )
            left -= len(piece)
            yield piece

    def _count(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise Unreadable(413, f"more than {self._maximum:,} bytes")
