"""Instances to Python values and JSON text, as Pydantic's `model_dump` makes them."""

from __future__ import annotations

import json.encoder
import re
import sys
from collections.abc import Mapping
from enum import Enum
from json.encoder import encode_basestring_ascii as quoted_in_ascii
from typing import TYPE_CHECKING, Any, Callable, NamedTuple

from ._fields import declared, set_fields, unknown
from ._filter import filtered
from ._jsontext import dumps, quoted
from ._model import Model
from ._values import attempt, is_instance_of, is_unicode, plain_str

if TYPE_CHECKING:
    from ._serialization import Serializable

__all__ = [
    "Options",
    "dump",
    "dump_json",
    "dump_json_usually",
    "dump_part",
    "dump_usually",
    "encode",
    "in_ascii",
    "jsonable",
]

_INFINITY = float("inf")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


class Options(NamedTuple):
    """The arguments of `model_dump`."""

    json: bool
    """Whether `mode` is "json"."""

    exclude_unset: bool
    """Whether to leave out the fields that the payload did not have."""

    exclude_defaults: bool
    """Whether to leave out the fields that equal their default."""

    exclude_none: bool
    """Whether to leave out the fields that are None."""

    fallback: Callable[[Any], Any] | None = None
    """What to call with a value of a type that JSON mode does not know."""


# The options of most calls, by `exclude_unset`.
_USUAL = {unset: Options(False, unset, False, False) for unset in (False, True)}


def dump_usually(self: Serializable, exclude_unset: bool) -> dict[str, Any]:
    """Return what `dump` returns for the options of most calls, but faster."""
    fields = self.__dict__
    if exclude_unset and self._has_fields_only:
        dumped = fields.copy()
        if "_extra" in fields:
            del dumped["_extra"]
    else:
        dumped = _declared(self, exclude_unset)
    for name, value in dumped.items():
        kind = type(value)
        if kind is str or kind is int or value is None:
            continue
        if issubclass(kind, Model):
            dumped[name] = dump_usually(value, exclude_unset)
        elif kind is tuple:
            dumped[name] = [
                dump_usually(item, exclude_unset)
                if issubclass(type(item), Model)
                else _value(item, _USUAL[exclude_unset])
                for item in value
            ]
        else:
            dumped[name] = _value(value, _USUAL[exclude_unset])
    if "_extra" in fields:
        for name, value in fields["_extra"].items():
            is_plain = type(value) is str
            dumped[name] = value if is_plain else _value(value, _USUAL[exclude_unset])
    return dumped


def dump(self: Serializable, options: Options) -> dict[str, Any]:
    """Return the fields of an instance as a dict."""
    dumped = _declared(self, options.exclude_unset)
    if options.exclude_defaults:
        fields = self.__dataclass_fields__
        dumped = {k: v for k, v in dumped.items() if v != fields[k].default}
    extra = unknown(self)
    if options.exclude_none:  # before JSON mode makes null of other values
        dumped = {name: value for name, value in dumped.items() if value is not None}
        extra = {name: value for name, value in extra.items() if value is not None}
    dumped = {name: _field_value(value, options) for name, value in dumped.items()}
    dumped.update({name: _value(value, options) for name, value in extra.items()})
    return dumped


def dump_part(self: Serializable, options: Options, include: Any, exclude: Any) -> dict[str, Any]:
    """Return what `dump` returns, less what `include` and `exclude` leave out."""
    if include is exclude is None:
        return dump(self, options)
    # What is left out need not have a form in JSON, and is not shown to `fallback`.
    whole = dump(self, options._replace(json=False, fallback=None))
    part = filtered(whole, include, exclude)
    return _value(part, options)  # type: ignore[no-any-return]


def _declared(self: Serializable, exclude_unset: bool) -> dict[str, Any]:
    """Return a new dict of the declared fields, in their order."""
    return set_fields(self) if exclude_unset else declared(self)


def _field_value(value: Any, options: Options) -> Any:
    # Lists are held as tuples, so that they cannot be changed.
    return _value(list(value) if type(value) is tuple else value, options)


def _value(value: Any, options: Options) -> Any:
    kind = type(value)
    if kind is str or kind is int or value is None:
        return value
    if issubclass(kind, Model):
        return dump(value, options)
    if options.json:
        return jsonable(value, lambda other: _other(other, options))
    if kind is dict:
        return {key: _value(item, options) for key, item in value.items()}
    if kind is list or kind is tuple:
        return kind([_value(item, options) for item in value])
    if options.fallback and _is_unknown(value):
        return _value(options.fallback(value), options)
    return value


def _is_unknown(value: Any) -> bool:
    """Tell whether JSON mode would ask `fallback` for a value."""
    asked: list[Any] = []
    attempt(jsonable, value, asked.append)
    return any(one is value for one in asked)


def _other(value: Any, options: Options) -> Any:
    if issubclass(type(value), Model):
        return dump(value, options)
    if options.fallback:
        return _value(options.fallback(value), options)
    raise ValueError(f"Unable to serialize unknown type: {type(value)}")


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


def dump_json_usually(self: Serializable, indent: int | None, exclude_unset: bool) -> str | None:
    """Return what `dump_json` returns for the options of most calls, but faster, or None."""
    try:
        if exclude_unset or indent is not None:
            return dumps(dump_usually(self, exclude_unset), indent)
        return encode(_all_fields(self))
    except (TypeError, ValueError, RecursionError):  # in JSON mode, `dump` makes more of it
        return None


def dump_json(
    self: Serializable,
    options: Options,
    indent: int | None,
    include: Any = None,
    exclude: Any = None,
) -> str:
    """Return the fields of an instance as JSON text.

    Raises:
        ValueError: JSON cannot hold a value, or it is nested too deeply.
        TypeError: `include` or `exclude` has another form than that of `model_dump`.
    """
    try:
        return dumps(dump_part(self, options, include, exclude), indent)
    except RecursionError:
        pass
    raise ValueError("a value is nested too deeply, or in itself")


def in_ascii(text: str) -> str:
    """Return JSON text in which every other character is escaped."""
    return _NOT_ASCII.sub(lambda found: quoted_in_ascii(found[0])[1:-1], text)


def encode(value: Any) -> str:
    """Return compact JSON text, from the compiled encoder.

    Raises:
        ValueError, TypeError, RecursionError: There is none, or it would not write the value as
            Pydantic does.
    """
    if _encode is None:
        raise TypeError
    text = "".join(_encode(value, 0))
    # Pydantic writes small floats and a key that is None in another way.
    if '"null":' in text or ("-" in text and "e-0" in text):
        raise ValueError
    if not text.isascii() and not is_unicode(text):
        raise ValueError
    return text


def _all_fields(self: Any) -> dict[str, Any]:
    if not issubclass(type(self), Model):
        raise TypeError
    fields = self.__dict__
    is_complete = len(fields) == len(self.__dataclass_fields__) and "_extra" not in fields
    if is_complete and self._has_fields_only:
        return fields  # type: ignore[no-any-return]
    return {**declared(self), **unknown(self)}


# What `json.dumps` makes anew for each call. PyPy has no compiled encoder; that of WebAssembly ends
# the interpreter where a value holds itself.
_make_encoder: Any = getattr(json.encoder, "c_make_encoder", None)
if sys.platform in ("emscripten", "wasi"):  # pragma: no cover
    _make_encoder = None
_encode = _make_encoder and _make_encoder(
    None, _all_fields, quoted, None, ":", ",", False, False, False
)
