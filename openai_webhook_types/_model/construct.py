"""Make instances from the arguments of the constructor, or from trusted values."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import MISSING
from functools import lru_cache
from typing import Any, TypeVar, get_args, get_origin

from .hints import field_hints, members
from .reader import new
from .record import Record, clear, fill, set_fields

__all__ = ["adopt", "arguments", "construct"]

T = TypeVar("T", bound=Record)


def arguments(self: Record) -> dict[str, Any]:
    """Return the arguments that the constructor put into an instance, as a payload.

    An argument that is the default of its field counts as unset: the constructor cannot tell
    whether it was given.
    """
    fields = self.__dataclass_fields__
    return {k: v for k, v in set_fields(self).items() if v is not fields[k].default}


def adopt(self: Record, validated: Record) -> None:
    """Give an instance the fields of another."""
    clear(self)
    self.__dict__.update(validated.__dict__)


def construct(
    cls: type[T], values: Mapping[str, Any], also_set: AbstractSet[str] = frozenset()
) -> T:
    """Return an instance of values that are not validated, as Pydantic's `model_construct` does.

    Args:
        cls: The class.
        values: The fields, declared or not.
        also_set: Names of declared fields that count as set although they have no value here.

    Raises:
        TypeError: `also_set` is not a set.
    """
    if not isinstance(also_set, AbstractSet):
        raise TypeError(f"_fields_set must be a set of names, not {type(also_set).__name__}")
    kinds = _kinds(cls)  # type: ignore[arg-type] # a class has a hash, whatever its instances do
    given = {**{name: None for name in cls.__dataclass_fields__ if name in also_set}, **values}
    for name, field in cls.__dataclass_fields__.items():
        if name in given:
            if given[name] is None:
                if field.default is not MISSING:
                    given[name] = field.default
            elif name in kinds:
                given[name] = _constructed(kinds[name], given[name])
    return fill(new(cls), given)


# Test suites call `model_construct` thousands of times, and each class has the same hints.
@lru_cache(None)
def _kinds(cls: Any) -> dict[str, Any]:
    """Return the types of the fields that hold an object or a list."""
    # The type of an optional field is what it may be besides None.
    kinds = {name: members(hint)[0] for name, hint in field_hints(cls).items()}
    return {k: v for k, v in kinds.items() if _is_class(v) or get_origin(v) is tuple}


def _is_class(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Record)


def _constructed(kind: Any, value: Any) -> Any:
    """Return a value for a field of this type, with dicts turned into objects."""
    if not _is_class(kind):
        if type(value) is not list:
            return value
        (kind, _) = get_args(kind)
        return tuple([_constructed(kind, item) for item in value] if _is_class(kind) else value)
    if isinstance(value, list):
        return tuple([construct(kind, v) if isinstance(v, Mapping) else v for v in value])
    return construct(kind, value) if isinstance(value, Mapping) else value
