"""Parses JSON text into Python values, as strictly and as exactly as Pydantic.

Pydantic's parser (jiter 0.19) is stricter than `json`: it refuses a byte order mark, a lone
surrogate, a value inside more than 201 others, and a number of more than 4300 digits before
the decimal point.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from .._untrusted import MAX_DIGITS, integer, is_exhausted, is_unicode, plain_str
from ..errors import ValidationError

__all__ = ["loads"]

_MAX_DEPTH = 201
# Text up to this length cannot nest too deeply: each level takes two brackets.
_SHORT = 2 * _MAX_DEPTH
_WHITE_SPACE = " \t\n\r"
_LONG_NUMBER = re.compile(rf"-?[0-9]{{{MAX_DIGITS + 1}}}")
# A backslash that may begin an escaped surrogate.
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
# An escaped surrogate pair, or (group 1) a lone surrogate, or any other escape.
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F])|.)", re.DOTALL
)
# A string, a bracket, a number or a constant, in text in which no quote is escaped.
_TOKEN = re.compile(r'"[^"]*"|[\[\]{}]|[^\s\[\]{}",:]+')
_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
# What may follow a backslash, except quotes and backslashes.
_ESCAPED = b"/bfnrtu"
_UNREMARKABLE = bytes({*range(256)} - {*b'[]{}"\\', *_ESCAPED})


class _NotJSONError(ValueError):
    """The data is not JSON text: `args` are the error's type and, in words, the reason."""


class _LongNumberError(Exception):
    """A number has more than MAX_DIGITS digits before its decimal point."""


def _integer(text: str) -> int:
    return integer(_bounded(text))


def _float(text: str) -> float:
    return float(_bounded(text))


def _bounded(text: str) -> str:
    if len(text) > MAX_DIGITS and _LONG_NUMBER.match(text):
        raise _LongNumberError
    return text


_decoder = json.JSONDecoder()
# The function that raw_decode wraps, if there is one.
_scan = getattr(_decoder, "scan_once", _decoder.raw_decode)
_decoder_of_long_text = json.JSONDecoder(parse_int=_integer, parse_float=_float)
_scan_long_text = getattr(_decoder_of_long_text, "scan_once", _decoder_of_long_text.raw_decode)


def loads(data: str | bytes | bytearray, title: str) -> Any:
    """Return the value of JSON text (RFC 8259, with NaN and the infinities).

    Args:
        data: The text, or its UTF-8 bytes.
        title: The title of the error, if there is one.

    Raises:
        ValidationError: The text is not JSON, or exceeds one of the limits of this module.
    """
    try:
        text = data.decode() if type(data) is bytes else _decoded(data)
        length = len(text)
        # Counting comes first: it is cheap and takes no memory.
        has_many = length > _SHORT and text.count("[") + text.count("{") >= _MAX_DEPTH
        if has_many and _may_be_deep(text):
            _refuse_depth(text)
        try:
            # Text that is no longer than the longest number cannot have a number that is too long.
            value, end = (_scan if length <= MAX_DIGITS else _scan_long_text)(text, 0)
        except (StopIteration, ValueError, _LongNumberError):
            value, end = _scan_again(text)
        except RecursionError as error:
            if is_exhausted(error):
                raise
            value, end = _scan_on_fresh_stack(text)
        if end != length and text[end:].lstrip(_WHITE_SPACE):
            raise _not_json(text, "trailing characters", end + _margin(text[end:]))
        if "\\" in text and _SURROGATE.search(text):
            _refuse_lone_surrogates(text)
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        kind, *reason = _not_json(before, "invalid UTF-8", len(before)).args
    except _NotJSONError as error:
        kind, *reason = error.args
    else:
        return value
    ctx = {"error": reason[0]} if reason else None
    raise ValidationError(title, [(kind, (), data, ctx)], data, from_json=True)


def _scan_again(text: str) -> tuple[Any, int]:
    """Scan text that may begin with white space; say what is wrong if it is not JSON."""
    try:
        return _decoder_of_long_text.raw_decode(text, _margin(text))
    except json.JSONDecodeError as error:
        reason = re.sub(" at$", "", error.msg)
        raise _not_json(text, reason, error.pos) from None
    except _LongNumberError:
        pass
    starts = (start for start, _ in _tokens(text) if _LONG_NUMBER.match(text, start))
    raise _not_json(text, f"number of more than {MAX_DIGITS} digits", next(starts, 0))


def _scan_on_fresh_stack(text: str) -> Any:
    """Scan text in a thread, where the caller's use of the stack does not count.

    Handlers that are called through many layers of a framework, or from a recursive program, have
    little of the stack left. What JSON they can read must not depend on that.

    Raises:
        RecursionError: There are no threads, or the stack of a new one is too small.
    """
    from threading import Thread

    found: list[Any] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            found.append(_scan_again(text))
        except Exception as error:  # noqa: BLE001 - raised below, by the caller's thread
            failed.append(error)

    thread = Thread(target=run)
    try:
        thread.start()
    except RuntimeError as error:
        raise RecursionError from error
    thread.join()
    if failed:
        raise failed[0]
    return found[0]


def _refuse_depth(text: str) -> None:
    """Raise an error if text nests too deeply, before anything recurses."""
    depth = 1
    for start, first in _tokens(text):
        if first in "]}":
            depth -= 1
        elif depth > _MAX_DEPTH:
            raise _not_json(text, "recursion limit exceeded", start)
        elif first in "[{":
            depth += 1


def _may_be_deep(text: str) -> bool:
    """Tell whether text may nest too deeply. A closer look takes ten times as long."""
    # Anybody can send a body full of brackets, so this must cost less than parsing it. At the speed
    # of C, keep only quotes and brackets, and then, if no string has a bracket, only brackets.
    marks = text.encode().translate(None, _UNREMARKABLE)
    marks = marks.replace(b"\\\\", b"").replace(b'\\"', b"").translate(None, b"\\" + _ESCAPED)
    brackets = marks.replace(b'""', b"")
    if b'"' in brackets:
        return True
    # The innermost two levels have most of the brackets, and are not counted one by one.
    outer = brackets.replace(b"{}", b"").replace(b"[]", b"")
    depths = accumulate(map(_STEPS.__getitem__, outer))
    return max(depths, default=0) + 2 >= _MAX_DEPTH


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    """Yield the start and the first character of each string, number, constant and bracket."""
    # In text of the same length in which no quote is escaped.
    text = text.replace("\\\\", "  ").replace('\\"', "  ")
    for token in _TOKEN.finditer(text):
        start = token.start()
        yield start, text[start]


def _refuse_lone_surrogates(text: str) -> None:
    for escape in _ESCAPE.finditer(text):
        if escape[1]:
            raise _not_json(text, "lone surrogate", escape.start())


def _decoded(data: Any) -> str:
    if issubclass(type(data), str):
        text = plain_str(data)
        if is_unicode(text):
            return text
        raise _NotJSONError("string_unicode")
    for kind in (bytes, bytearray):
        if issubclass(type(data), kind):
            return kind.decode(data)
    raise _NotJSONError("json_type")


def _margin(text: str) -> int:
    return len(text) - len(text.lstrip(_WHITE_SPACE))


def _not_json(text: str, reason: str, position: int) -> _NotJSONError:
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    return _NotJSONError("json_invalid", f"{reason} at line {line} column {column}")
