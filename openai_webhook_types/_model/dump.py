"""Turns instances into Python values and JSON text, as Pydantic's `model_dump` does.

`dump` and `dump_json` take every option. `dump_usually` and `dump_json_usually` do the same for the
options of most calls, in about half the time. The tests check that the results are equal.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from enum import Enum
from functools import partial
from typing import Any

from .._json_text import (
    Writer,
    fields_of,
    in_ascii,
    is_dataclass_instance,
    jsonable,
    plain,
)
from .._untrusted import attempt
from .filter import filtered
from .record import Record, declared, set_fields, unknown

__all__ = ["Options", "dump", "dump_json", "dump_json_usually", "dump_usually", "in_ascii"]


class Options:
    """The arguments of `model_dump`."""

    __slots__ = ("exclude_defaults", "exclude_none", "exclude_unset", "fallback", "json")

    def __init__(
        self,
        json: bool,
        exclude_unset: bool,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
        fallback: Callable[[Any], Any] | None = None,
    ) -> None:
        """Take whether `mode` is "json", and the arguments that `model_dump` describes."""
        self.json = json
        self.exclude_unset = exclude_unset
        self.exclude_defaults = exclude_defaults
        self.exclude_none = exclude_none
        self.fallback = fallback


def dump(
    self: Record, options: Options, include: Any = None, exclude: Any = None
) -> dict[str, Any]:
    """Return the fields of an instance as a dict, with dicts for objects and lists for tuples.

    Raises:
        ValueError: In JSON mode, a value has no form in JSON.
        RecursionError: A value is nested too deeply.
        TypeError: `include` or `exclude` does not have the form that `model_dump` describes.
    """
    part = _part(self, options, include, exclude)
    return _dumped(part, options)  # type: ignore[no-any-return]


def dump_json(
    self: Record, options: Options, indent: int | None, include: Any = None, exclude: Any = None
) -> str:
    """Return the fields of an instance as JSON text.

    Raises:
        ValueError: A value has no form in JSON, or is nested too deeply.
        TypeError: As for `dump`.
    """
    part = _part(self, options, include, exclude)
    # A fallback must be called only once for each value, and a pure writer may call it twice.
    is_pure = options.fallback is None
    return Writer(partial(_plain, options), is_pure=is_pure).text(part, indent)


def _part(self: Record, options: Options, include: Any, exclude: Any) -> Any:
    """Return an instance, or what `include` and `exclude` keep of it, as a dump in Python mode."""
    if include is exclude is None:
        return self
    # What is left out need not have a form in JSON, and is not shown to `fallback`.
    kept = Options(False, options.exclude_unset, options.exclude_defaults, options.exclude_none)
    return filtered(_dumped(self, kept), include, exclude)


def _dumped(value: Any, options: Options) -> Any:
    if options.json:
        return jsonable(value, partial(_plain, options))
    kind = type(value)
    if kind is str or kind is int or value is None:
        return value
    if issubclass(kind, Record):
        fields = value.__dataclass_fields__
        return {
            # A list is held as a tuple, so that it cannot be changed.
            name: _dumped([*item] if type(item) is tuple and name in fields else item, options)
            for name, item in _fields(value, options).items()
        }
    if issubclass(kind, dict):
        items: Any = dict.items(value)
        return {key: _dumped(item, options) for key, item in items}
    if kind is list or kind is tuple:
        return kind([_dumped(item, options) for item in value])
    if kind is float or kind is bool:
        return value
    return _dumped_python_value(value, options)


def _dumped_python_value(value: Any, options: Options) -> Any:
    """Return what Python mode makes of a value whose type JSON text does not have.

    Containers are copied, so that changing the dump does not change the event. The items of a set
    and the keys of a dict are kept as they are: their dumps might not be hashable.
    """
    kind = type(value)
    base: Any
    if issubclass(kind, Enum):
        return value
    for base in (list, tuple):
        if issubclass(kind, base):
            return base([_dumped(item, options) for item in base.__iter__(value)])
    if issubclass(kind, deque):
        return deque([_dumped(item, options) for item in deque.__iter__(value)], value.maxlen)
    for base in (set, frozenset, bytearray):
        if issubclass(kind, base):
            return base(value)
    if is_dataclass_instance(value):
        return {name: _dumped(item, options) for name, item in fields_of(value).items()}
    if options.fallback and _is_unknown(value):
        return _dumped(options.fallback(value), options)
    return value


def _fields(self: Record, options: Options) -> dict[str, Any]:
    """Return the fields that a dump has: a dict that must not be changed."""
    fields: dict[str, Any] = _given(self) if options.exclude_unset else _all(self)
    if options.exclude_defaults:
        defaults = {name: field.default for name, field in self.__dataclass_fields__.items()}
        fields = {k: v for k, v in fields.items() if k not in defaults or v != defaults[k]}
    if options.exclude_none:  # before JSON mode turns other values into null
        fields = {name: value for name, value in fields.items() if value is not None}
    return fields


def _plain(options: Options, value: Any) -> Any:
    """Return a value of JSON's types that stands for a value of another type."""
    if issubclass(type(value), Record):
        return _fields(value, options)
    return plain(value, options.fallback or _refuse)


def _refuse(value: Any) -> Any:
    raise ValueError(f"Unable to serialize unknown type: {type(value)}")


def _is_unknown(value: Any) -> bool:
    """Tell whether JSON mode would ask `fallback` for a value."""
    asked: list[Any] = []
    attempt(plain, value, asked.append)
    return bool(asked)


# The options of most calls


def dump_usually(self: Record, exclude_unset: bool) -> dict[str, Any]:
    """Return what `dump` returns in Python mode if nothing else is left out."""
    fields = self.__dict__
    has_extra = "_extra" in fields
    is_whole = exclude_unset or len(fields) - has_extra == len(self.__dataclass_fields__)
    if is_whole and self._data_names.issuperset(fields):
        dumped = fields.copy()
        if has_extra:
            del dumped["_extra"]
    else:
        dumped = set_fields(self) if exclude_unset else declared(self)
    for name, value in dumped.items():
        kind = type(value)
        if kind is str or kind is int or value is None:
            continue
        if issubclass(kind, Record):
            dumped[name] = dump_usually(value, exclude_unset)
        elif kind is tuple:
            dumped[name] = [
                dump_usually(item, exclude_unset)
                if issubclass(type(item), Record)
                else _dumped(item, _USUAL[exclude_unset])
                for item in value
            ]
        else:
            dumped[name] = _dumped(value, _USUAL[exclude_unset])
    if has_extra:
        extra = fields["_extra"]
        dumped.update(extra)
        for name, value in extra.items():
            kind = type(value)
            if kind is not str and kind is not int and value is not None:
                dumped[name] = _dumped(value, _USUAL[exclude_unset])
    return dumped


def dump_json_usually(self: Record, indent: int | None, exclude_unset: bool) -> str:
    """Return what `dump_json` returns if nothing else is left out, and there is no fallback."""
    # The compiled encoder calls back for an instance, but not for its fields.
    if exclude_unset:
        return _WRITER_OF_GIVEN.text(_given(self), indent)
    return _WRITER_OF_ALL.text(_all(self), indent)


def _all(value: Any) -> Any:
    """Return what `_plain` returns with the usual options."""
    if not issubclass(type(value), Record):
        return plain(value, _refuse)
    fields = value.__dict__
    is_complete = len(fields) == len(value.__dataclass_fields__) and "_extra" not in fields
    if is_complete and value._data_names.issuperset(fields):
        return fields
    return {**declared(value), **unknown(value)}


def _given(value: Any) -> Any:
    """Return what `_plain` returns with the usual options and `exclude_unset`."""
    if not issubclass(type(value), Record):
        return plain(value, _refuse)
    fields = value.__dict__
    if "_extra" not in fields and value._data_names.issuperset(fields):
        return fields
    return {**set_fields(value), **unknown(value)}


_USUAL = {unset: Options(json=False, exclude_unset=unset) for unset in (False, True)}
_WRITER_OF_ALL, _WRITER_OF_GIVEN = Writer(_all), Writer(_given)
