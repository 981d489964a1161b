"""What a body may have been before something on its way changed it.

The commonest reason for a signature that does not match is no forgery: a framework parsed the body
and wrote it again, an editor added a line break, a proxy changed the encoding.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from ._body import MAX_BODY, byte_order_mark

__all__ = ["likely_originals"]

# Each change, by the words that describe the body after it. None changes nothing.
_BREAKS: dict[str, bytes | None] = {
    "": None,
    "with LF line breaks": b"\n",
    "with CRLF line breaks": b"\r\n",
}
_ENDS: dict[str, bytes | None] = {
    "": None,
    "without a line break at the end": b"",
    "with a line break at the end": b"\n",
    "with CRLF at the end": b"\r\n",
}
_LAYOUTS: dict[str, dict[str, Any]] = {
    "without blanks": {"separators": (",", ":")},
    "on one line, with blanks": {},
    "with an indent of 2": {"indent": 2},
    "with an indent of 4": {"indent": 4},
    "with an indent of a tab": {"indent": "\t"},
}
_ENCODINGS = {"": False, "with only ASCII characters": True}
# What some languages escape, though JSON does not require it.
_ESCAPES = {
    "": str.maketrans({}),
    "with slashes escaped": str.maketrans({"/": r"\/"}),
    "with <, > and & escaped": str.maketrans({"<": r"\u003c", ">": r"\u003e", "&": r"\u0026"}),
}


def likely_originals(body: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what a body may have been, each with words that describe it, after "this body".

    Args:
        body: The body as it is now. Nothing is yielded if it is longer than any genuine body.
    """
    if len(body) > MAX_BODY:
        return
    how, text = "", body
    mark = byte_order_mark(body)
    if mark:
        with suppress(UnicodeDecodeError):
            text = body.decode("utf-8-sig" if mark == "UTF-8" else mark).encode()
            how = "in UTF-8 without a byte order mark"
    for broken, line_break in _BREAKS.items():
        lines = text if line_break is None else re.sub(rb"\r\n|\r|\n", line_break, text)
        for ended, end in _ENDS.items():
            changed = lines if end is None else lines.rstrip(b"\r\n") + end
            yield _joined(how, broken, ended), changed
    with suppress(ValueError, RecursionError):
        yield from _written_again(json.loads(text))


def _written_again(value: Any) -> Iterator[tuple[str, bytes]]:
    for layout, options in _LAYOUTS.items():
        for encoded, is_ascii in _ENCODINGS.items():
            text = json.dumps(value, ensure_ascii=is_ascii, **options)
            for escaped, escapes in _ESCAPES.items():
                # These characters only occur in strings.
                content = text.translate(escapes).encode("utf-8", "surrogatepass")
                for ended, end in (("", b""), ("with a line break at the end", b"\n")):
                    said = _joined(f"written as JSON {layout}", encoded, escaped, ended)
                    yield said, content + end


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))
