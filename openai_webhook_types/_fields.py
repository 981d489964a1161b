"""The fields of an instance: how its `__dict__` is laid out, and what is made of that."""

from __future__ import annotations

from dataclasses import MISSING
from functools import lru_cache
from numbers import Number
from operator import eq
from typing import TYPE_CHECKING, Any, Mapping, TypeVar

from ._model import Model
from ._values import attempt

if TYPE_CHECKING:
    from ._serialization import Serializable

__all__ = ["declared", "fill", "hash_of", "set_fields", "state", "unknown"]

T = TypeVar("T", bound=Model)


@lru_cache(maxsize=None)
def _defaults(cls: type[Serializable]) -> dict[str, Any]:
    """Return what the fields of a class read as when unset, in their order."""
    return {
        name: None if field.default is MISSING else field.default
        for name, field in cls.__dataclass_fields__.items()
    }


def declared(self: Serializable) -> dict[str, Any]:
    """Return the declared fields of an instance, in their order, with defaults for the unset."""
    # A subclass may have put other values beside them, such as those of cached properties.
    fields = self.__dict__
    defaults = _defaults(type(self))  # type: ignore[arg-type]
    return {name: fields.get(name, default) for name, default in defaults.items()}


def unknown(self: Serializable) -> dict[str, Any]:
    """Return the unknown fields of an instance, which are its own."""
    return self.__dict__.get("_extra", {})  # type: ignore[no-any-return]


def set_fields(self: Serializable) -> dict[str, Any]:
    """Return the declared fields that were set, in their order."""
    fields = self.__dict__
    return {name: fields[name] for name in self.__dataclass_fields__ if name in fields}


def state(self: Serializable) -> dict[str, Any]:
    """Return what a copy has of the `__dict__` of an instance: the fields."""
    fields = set_fields(self)
    if "_extra" in self.__dict__:
        fields["_extra"] = self.__dict__["_extra"]
    return fields


def fill(self: T, given: Mapping[str, Any]) -> T:
    """Return the instance with these fields: the declared in their order, the rest unknown."""
    names = self.__dataclass_fields__
    own = {name: given[name] for name in names if name in given}
    extra = {name: value for name, value in given.items() if name not in names}
    # Even when empty, `_extra` lets a missing field read as None. Where another library fills
    # an instance, such a field is an error: msgspec asks for the attribute to find that out.
    if extra or len(own) < len(names):
        own["_extra"] = extra
    self.__dict__.update(own)
    return self


def hash_of(self: Serializable) -> int:
    """Return a hash of the declared fields, the same in each process of one `PYTHONHASHSEED`."""
    return hash((type(self).__qualname__, *map(_hash, declared(self).values())))


def _hash(value: object) -> int:
    """Return the same for equal values, and 0 for values of most types."""
    kind = type(value)
    if issubclass(kind, str):
        return str.__hash__(value)  # type: ignore[arg-type]
    if issubclass(kind, tuple):
        return hash(tuple(map(_hash, tuple.__iter__(value))))  # type: ignore[arg-type]
    if issubclass(kind, Model):
        return hash(value)
    # NaN is not equal to itself, and hashes by its address; a signalling NaN raises.
    if issubclass(kind, Number) and attempt(eq, value, value) is True:
        return hash(value)
    # Of other types, a hash may be that of an address, or differ between equal values.
    return 0
