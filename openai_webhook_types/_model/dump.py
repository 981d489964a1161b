"""Instances to Python values and JSON text, as Pydantic's `model_dump` makes them."""

from __future__ import annotations

from typing import Any, Callable, NamedTuple

from .._jsontext import dumps, encoder, jsonable
from .._values import attempt
from .filter import filtered
from .record import Record, declared, set_fields, unknown

__all__ = [
    "Options",
    "dump",
    "dump_json",
    "dump_json_usually",
    "dump_part",
    "dump_usually",
]


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


def dump_usually(self: Record, exclude_unset: bool) -> dict[str, Any]:
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
        if issubclass(kind, Record):
            dumped[name] = dump_usually(value, exclude_unset)
        elif kind is tuple:
            dumped[name] = [
                dump_usually(item, exclude_unset)
                if issubclass(type(item), Record)
                else _value(item, _USUAL[exclude_unset])
                for item in value
            ]
        else:
            dumped[name] = _value(value, _USUAL[exclude_unset])
    if "_extra" in fields:
        extra = fields["_extra"]
        dumped.update(extra)
        for name, value in extra.items():
            kind = type(value)
            if kind is not str and kind is not int and value is not None:
                dumped[name] = _value(value, _USUAL[exclude_unset])
    return dumped


def dump(self: Record, options: Options) -> dict[str, Any]:
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


def dump_part(self: Record, options: Options, include: Any, exclude: Any) -> dict[str, Any]:
    """Return what `dump` returns, less what `include` and `exclude` leave out."""
    if include is exclude is None:
        return dump(self, options)
    # What is left out need not have a form in JSON, and is not shown to `fallback`.
    whole = dump(self, options._replace(json=False, fallback=None))
    part = filtered(whole, include, exclude)
    return _value(part, options)  # type: ignore[no-any-return]


def _declared(self: Record, exclude_unset: bool) -> dict[str, Any]:
    """Return a new dict of the declared fields, in their order."""
    return set_fields(self) if exclude_unset else declared(self)


def _field_value(value: Any, options: Options) -> Any:
    # Lists are held as tuples, so that they cannot be changed.
    return _value(list(value) if type(value) is tuple else value, options)


def _value(value: Any, options: Options) -> Any:
    kind = type(value)
    if kind is str or kind is int or value is None:
        return value
    if issubclass(kind, Record):
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
    if issubclass(type(value), Record):
        return dump(value, options)
    if options.fallback:
        return _value(options.fallback(value), options)
    raise ValueError(f"Unable to serialize unknown type: {type(value)}")


def dump_json_usually(self: Record, indent: int | None, exclude_unset: bool) -> str | None:
    """Return what `dump_json` returns for the options of most calls, but faster, or None."""
    try:
        if exclude_unset or indent is not None:
            return dumps(dump_usually(self, exclude_unset), indent)
        return encode(_all_fields(self))
    except (TypeError, ValueError, RecursionError):  # in JSON mode, `dump` makes more of it
        return None


def dump_json(
    self: Record,
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


def _all_fields(self: Any) -> dict[str, Any]:
    if not issubclass(type(self), Record):
        raise TypeError
    fields = self.__dict__
    is_complete = len(fields) == len(self.__dataclass_fields__) and "_extra" not in fields
    if is_complete and self._has_fields_only:
        return fields  # type: ignore[no-any-return]
    return {**declared(self), **unknown(self)}


encode = encoder(_all_fields)
