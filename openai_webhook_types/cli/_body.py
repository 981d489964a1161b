"""What a body is, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .._untrusted import short_repr
from ..errors import ValidationError
from ._output import printable

__all__ = ["MAX_BODY", "byte_order_mark", "problems", "vacuity"]

# The most bytes of a body or a line of JSON Lines, which bounds the memory that one event takes.
MAX_BODY = 1_000_000

_PLACE = re.compile(r" at line (\d+)( column \d+)$")

# The mark of UTF-16 also begins one of UTF-32, which comes first.
_MARKS = {
    b"\xef\xbb\xbf": "UTF-8",
    b"\xff\xfe\0\0": "UTF-32",
    b"\0\0\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}


def vacuity(content: bytes | str) -> str | None:
    """Return "empty" or "blank" for content that is one of these."""
    if not content:
        return "empty"
    return "blank" if content.isspace() else None


def byte_order_mark(content: bytes) -> str | None:
    """Return the encoding whose byte order mark begins the content, if one does."""
    return next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)


def problems(body: bytes, error: ValidationError) -> Iterator[tuple[int, str]]:
    """Yield the line (from 0) and the text of each problem, such as `data.id: Field required`."""
    mark = byte_order_mark(body)
    if mark:
        yield 0, f"begins with a byte order mark (BOM, {mark}), which JSON does not allow"
        return
    for problem in error.errors():
        kind, message = problem["type"], problem["msg"]
        place = _PLACE.search(message) if kind == "json_invalid" else None
        if place:
            yield int(place[1]) - 1, printable(f"{message[: place.start()]} at{place[2]}")
            continue
        if kind != "missing":
            message = f"{message}, not {short_repr(problem['input'])}"
        path = ".".join(map(str, problem["loc"]))
        yield 0, printable(f"{path}: {message}" if path else message)
