"""Writes Python values as JSON text, as Pydantic does. It knows nothing of the event types."""

from __future__ import annotations

import json.encoder
import re
import sys
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import Enum
from json.encoder import encode_basestring as quoted
from json.encoder import encode_basestring_ascii as quoted_in_ascii
from typing import Any, NoReturn

from ._untrusted import is_exhausted, is_instance_of, is_unicode, plain_int, plain_str

__all__ = [
    "Writer",
    "dumps",
    "fields_of",
    "in_ascii",
    "is_dataclass_instance",
    "jsonable",
    "plain",
]

# The types that JSON text is written from; `default` converts the others.
_TYPES = {dict, list, tuple, str, int, float, bool, type(None)}
_CONSTANTS = {None: "null", True: "true", False: "false"}
_INFINITY = float("inf")
_MAX_INDENT = 1000
# Types by their modules, which need not be loaded. No event from JSON has such values: programs put
# them into unknown fields, by `model_copy` or in their tests.
_WRITTEN_AS_STR = (
    ("decimal", "Decimal"),
    ("fractions", "Fraction"),
    ("ipaddress", "IPv4Address"),
    ("ipaddress", "IPv4Network"),
    ("ipaddress", "IPv6Address"),
    ("ipaddress", "IPv6Network"),
    ("pathlib", "Path"),
    ("uuid", "UUID"),
)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")

# `json.dumps` makes a new encoder for each call; this makes one that is kept. PyPy has no compiled
# encoder; that of WebAssembly crashes the interpreter if a value contains itself.
_make_encoder: Any = getattr(json.encoder, "c_make_encoder", None)
if sys.platform in ("emscripten", "wasi"):  # pragma: no cover
    _make_encoder = None


def plain(value: Any, other: Callable[[Any], Any]) -> Any:
    """Return a value of one of JSON's types that stands for a value of another type.

    The items of lists, tuples and dicts are left as they are.

    Args:
        value: Any value.
        other: Called with a value of any other type, which is neither one of JSON's nor one of
            the standard library's with an agreed form. Returns a value that JSON has, or raises.
    """
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return plain_str(value)
    if isinstance(value, int):
        return plain_int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, Mapping):
        return dict(value.items())
    if isinstance(value, tuple):
        return tuple(value)
    if isinstance(value, (list, set, frozenset, deque)):
        return [*value]
    if isinstance(value, (bytes, bytearray)):
        return value.decode()  # if they are not UTF-8, Pydantic refuses the dump, too
    if is_dataclass_instance(value):
        return fields_of(value)
    if hasattr(type(value), "isoformat"):
        text = value.isoformat()
        return text[:-6] + "Z" if text.endswith("+00:00") else text
    if any(is_instance_of(value, module, name) for module, name in _WRITTEN_AS_STR):
        return str(value)
    return other(value)


def is_dataclass_instance(value: object) -> bool:
    """Tell whether a value is an instance of a dataclass, and not a dataclass itself."""
    return hasattr(type(value), "__dataclass_fields__")


def fields_of(value: Any) -> dict[str, Any]:
    """Return the fields of an instance of a dataclass: a new dict of the same values."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def jsonable(value: Any, default: Callable[[Any], Any]) -> Any:
    """Return the nearest value that consists of JSON's types, as Pydantic's JSON mode does.

    Args:
        value: Any value.
        default: Does what `plain` does.
    """
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if kind is dict:
        return {
            key if type(key) is str else _name(key, default): jsonable(item, default)
            for key, item in value.items()
        }
    if kind is list or kind is tuple:
        return [jsonable(item, default) for item in value]
    if kind is float:
        return value if abs(value) < _INFINITY else None  # JSON has no NaN
    return jsonable(default(value), default)


def _name(key: Any, default: Callable[[Any], Any]) -> str:
    """Return the text that stands for a key in Pydantic's JSON mode.

    Raises:
        ValueError: The key is a list, a set or a dict, or an enum member with such a value.
    """
    kind = type(key)
    if kind is str:
        return key  # type: ignore[no-any-return]
    if kind is bool:
        return _CONSTANTS[key]
    if kind is int or key is None:
        return str(key)
    if kind is float:
        return str(key if abs(key) < _INFINITY else None)
    if kind is tuple:
        return ",".join([_name(item, default) for item in key])
    if kind is list or kind is dict:
        raise ValueError("a list, a set or a dict cannot be a key in JSON")
    if is_dataclass_instance(key):
        return str(key)
    return _name(default(key), default)


def _spaces(indent: object) -> str:
    if indent is None:
        return ""
    if not isinstance(indent, int):
        raise TypeError(f"indent must be int or None, not {type(indent).__name__}")
    if not 0 <= indent <= _MAX_INDENT:
        raise ValueError(f"indent must be 0 to {_MAX_INDENT}")
    return " " * indent


class Writer:
    """Writes JSON text.

    The layout is Pydantic's: no spaces unless `indent` is given, and non-ASCII text as it is.
    """

    def __init__(self, default: Callable[[Any], Any], *, is_pure: bool = True) -> None:
        """Make a writer.

        Args:
            default: Does what `plain` does, for values of types that JSON does not have.
            is_pure: Whether `default` may be called twice for the same value.
        """
        self.default = default
        self._encode = None
        if is_pure and _make_encoder:
            self._encode = _make_encoder(None, default, quoted, None, ":", ",", False, False, False)

    def text(self, value: Any, indent: int | None) -> str:
        """Return a value as JSON text.

        Raises:
            ValueError: A string has a lone surrogate, values are nested too deeply, or the indent
                is out of range.
            TypeError: The indent is not an integer.
            RecursionError: The caller has used up the stack.
            Exception: What `default` raises.
        """
        text, encode = None, self._encode
        try:
            # For a call with ten headers, the compiled encoder takes a third less time. It is right
            # for nearly every event, and the texts that it may get wrong can be told.
            if encode and indent is None:
                try:
                    text = "".join(encode(value, 0))
                except (TypeError, ValueError):  # such as NaN, which Pydantic writes as null
                    pass
                else:
                    # Pydantic writes small floats and a key that is None in another way.
                    if '"null":' in text or ("-" in text and "e-0" in text):
                        text = None
            if text is None:
                newline = "" if indent is None else "\n"
                text = self._text(value, newline, _spaces(indent))
        except RecursionError as error:
            if is_exhausted(error):
                raise
            text = None  # raised below, so that its traceback is not as deep as the value
        if text is None:
            raise ValueError("a value is nested too deeply, or contains itself")
        if not (text.isascii() or is_unicode(text)):
            raise ValueError("a lone surrogate cannot be written as JSON")
        return text

    def _text(self, value: Any, newline: str, indent: str) -> str:
        """Return the text of a value inside others.

        Args:
            value: The value.
            newline: What each line of the text begins with, or "" for compact text.
            indent: What each level of nesting adds to `newline`.
        """
        kind = type(value)
        # First, so that an instance, whose fields come as a dict, takes no second call: a tenth of
        # the time of `to_json`.
        if kind not in _TYPES:
            value = self.default(value)
            kind = type(value)
            if kind not in _TYPES:
                return self._text(value, newline, indent)
        if kind is dict:
            inner = newline + indent
            colon = ": " if newline else ":"
            items = []
            for key, item in value.items():
                name = quoted(key if type(key) is str else _name(key, self.default))
                kind = type(item)
                # Most values are strings or integers, and are spared a call.
                if kind is str:
                    items.append(f"{name}{colon}{quoted(item)}")
                elif kind is int:
                    items.append(f"{name}{colon}{item}")
                else:
                    items.append(f"{name}{colon}{self._text(item, inner, indent)}")
            return f"{{{inner}{(',' + inner).join(items)}{newline}}}" if items else "{}"
        if kind is list or kind is tuple:
            inner = newline + indent
            items = [self._text(item, inner, indent) for item in value]
            return f"[{inner}{(',' + inner).join(items)}{newline}]" if items else "[]"
        if kind is str:
            return quoted(value)
        if kind is int:
            return int.__repr__(value)
        if value is None or kind is bool:
            return _CONSTANTS[value]
        return _number(value)


def _number(value: float) -> str:
    """Return a float as Pydantic writes it: its `repr`, but without a padded exponent."""
    text = repr(value)
    if text[-1] in "fn":  # inf, nan
        return "null"
    mantissa, _, exponent = text.partition("e-0")
    if not exponent:
        return text
    if exponent == "5":
        return ("-" if value < 0 else "") + "0.0000" + mantissa.lstrip("-").replace(".", "")
    return f"{mantissa}e-{exponent}"


def _refuse(value: object) -> NoReturn:
    raise TypeError(f"not a type that JSON has: {type(value)}")


def dumps(value: Any, indent: int | None = None) -> str:
    """Return a value of JSON's types as JSON text: compact, or with `indent` spaces a level.

    Raises:
        ValueError: As for `Writer.text`.
        TypeError: A value is of another type.
    """
    return Writer(_refuse).text(value, indent)


def in_ascii(text: str) -> str:
    """Return JSON text with every character escaped that is not ASCII."""
    return _NOT_ASCII.sub(lambda found: quoted_in_ascii(found[0])[1:-1], text)
