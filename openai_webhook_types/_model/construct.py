"""Make instances from the arguments of the constructor, or from trusted values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING
from typing import Any, TypeVar

from . import validation
from .reader import new
from .record import Record, fill, set_fields

__all__ = ["construct", "validate_arguments"]

T = TypeVar("T", bound=Record)


def validate_arguments(self: Any) -> None:
    """Validate the fields of an instance that the constructor has just made.

    A field with its default counts as unset: the constructor cannot tell whether it was given.

    Raises:
        ValidationError: A field is invalid.
    """
    fields = self.__dataclass_fields__
    arguments = {k: v for k, v in set_fields(self).items() if v is not fields[k].default}
    # Not `from_dict`: that of a subclass may call the constructor.
    try:
        validated = type(self)._read_exactly(arguments)
    except Exception:  # as in `from_dict`
        validated = validation.validate(type(self), arguments, strict=None)
    for name in fields:
        self.__dict__.pop(name, None)
    self.__dict__.update(validated.__dict__)


def construct(cls: type[T], values: Mapping[str, Any], also_set: Iterable[str] = ()) -> T:
    """Return an instance of values that are not validated, as Pydantic's `model_construct` does.

    Args:
        cls: The class.
        values: The fields, declared or not.
        also_set: Names of fields that count as set although they have no value here.
    """
    given = {**dict.fromkeys(also_set), **values}
    for name, field in cls.__dataclass_fields__.items():
        if name in given:
            if given[name] is not None:
                given[name] = _constructed(field.type, given[name])
            elif field.default is not MISSING:
                given[name] = field.default
    return fill(new(cls), given)


def _constructed(kind: Any, value: Any) -> Any:
    """Return a value in which dicts have become the objects that a field of this type has."""
    if isinstance(kind, type) and issubclass(kind, Record):
        if isinstance(value, list):
            return tuple([construct(kind, v) if isinstance(v, Mapping) else v for v in value])
        return construct(kind, value) if isinstance(value, Mapping) else value
    inner = getattr(kind, "__args__", None)
    if not inner:
        return value
    if kind.__origin__ is tuple:
        return tuple([_constructed(inner[0], v) for v in value]) if type(value) is list else value
    return _constructed(inner[0], value)  # Optional
