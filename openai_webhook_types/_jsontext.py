"""Python values as JSON text, as Pydantic writes it. Knows nothing of the types."""

from __future__ import annotations

import json.encoder
import re
import sys
from collections.abc import Mapping
from enum import Enum
from json.encoder import encode_basestring as quoted
from json.encoder import encode_basestring_ascii as quoted_in_ascii
from typing import Any, Callable

from ._values import is_instance_of, is_unicode, plain_str

__all__ = ["dumps", "encoder", "in_ascii", "jsonable"]

_CONSTANTS = {None: "null", True: "true", False: "false"}
_INFINITY = float("inf")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")

# What `json.dumps` makes anew for each call. PyPy has no compiled encoder; that of WebAssembly ends
# the interpreter where a value holds itself.
_make_encoder: Any = getattr(json.encoder, "c_make_encoder", None)
if sys.platform in ("emscripten", "wasi"):  # pragma: no cover
    _make_encoder = None


def dumps(value: Any, indent: int | None = None) -> str:
    """Return the JSON text of None, bool, int, float, str, and lists and dicts of these.

    The layout is Pydantic's: no spaces unless `indent` asks for lines, non-ASCII as it is.

    Raises:
        ValueError: A string has a lone surrogate, which JSON text cannot hold.
        TypeError: A value is of another type.
    """
    text = _text(value, "" if indent is None else "\n", " " * (indent or 0))
    if not is_unicode(text):
        raise ValueError("a lone surrogate cannot be written as JSON")
    return text


def _text(value: Any, newline: str, indent: str) -> str:
    kind = type(value)
    if kind is str:
        return quoted(value)
    if kind is int:
        return int.__repr__(value)
    if kind is dict:
        inner = newline + indent
        colon = ": " if newline else ":"
        items = [
            # Most values are strings, and are spared a call.
            f"{quoted(k)}{colon}{quoted(v) if type(v) is str else _text(v, inner, indent)}"
            for k, v in value.items()
        ]
        return f"{{{inner}{(',' + inner).join(items)}{newline}}}" if items else "{}"
    if kind is list:
        inner = newline + indent
        items = [_text(item, inner, indent) for item in value]
        return f"[{inner}{(',' + inner).join(items)}{newline}]" if items else "[]"
    if kind is float:
        return _number(value)
    if value is None or kind is bool:
        return _CONSTANTS[value]
    raise TypeError(f"not a type that JSON has: {kind}")


def _number(value: float) -> str:
    """Write a float as Pydantic does: `repr`, but small ones without a padded exponent."""
    text = repr(value)
    if text[-1] in "fn":  # inf, nan
        return "null"
    mantissa, _, exponent = text.partition("e-0")
    if not exponent:
        return text
    if exponent == "5":
        return ("-" if value < 0 else "") + "0.0000" + mantissa.lstrip("-").replace(".", "")
    return f"{mantissa}e-{exponent}"


def jsonable(value: Any, other: Callable[[Any], Any]) -> Any:
    """Return the nearest value that JSON has a form for, as Pydantic's JSON mode does.

    Args:
        value: Any value.
        other: Is asked for a value of any type that is neither JSON's nor one of those of the
            standard library that have an agreed form: returns one that JSON has, or raises.
    """
    kind = type(value)
    if value is None or kind is str or kind is int or kind is bool:
        return value
    if isinstance(value, Enum):
        return jsonable(value.value, other)
    if isinstance(value, str):
        return plain_str(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if abs(value) < _INFINITY else None
    if isinstance(value, Mapping):
        return {_key(key): jsonable(item, other) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [jsonable(item, other) for item in value]
    if isinstance(value, (bytes, bytearray)):
        return value.decode()
    if hasattr(kind, "isoformat"):
        text = value.isoformat()
        return text[:-6] + "Z" if text.endswith("+00:00") else text
    if is_instance_of(value, "decimal", "Decimal") or is_instance_of(value, "uuid", "UUID"):
        return str(value)
    return other(value)


def _key(key: object) -> str:
    if type(key) is bool:
        return "true" if key else "false"
    return key if type(key) is str else str(jsonable(key, str))


def in_ascii(text: str) -> str:
    """Return JSON text in which every other character is escaped."""
    return _NOT_ASCII.sub(lambda found: quoted_in_ascii(found[0])[1:-1], text)


def encoder(fields_of: Callable[[Any], Any]) -> Callable[[Any], str]:
    """Return a function that returns a value as compact JSON text, from the compiled encoder.

    It raises ValueError, TypeError or RecursionError where there is none, or it would not write
    the value as Pydantic does.

    Args:
        fields_of: Returns the dict to write for a value of a type that JSON has not, or raises.
    """
    encode = _make_encoder and _make_encoder(
        None, fields_of, quoted, None, ":", ",", False, False, False
    )

    def text_of(value: Any) -> str:
        if encode is None:
            raise TypeError
        text = "".join(encode(value, 0))
        # Pydantic writes small floats and a key that is None in another way.
        if '"null":' in text or ("-" in text and "e-0" in text):
            raise ValueError
        if not text.isascii() and not is_unicode(text):
            raise ValueError
        return text

    return text_of
