"""The fields of an instance: how its `__dict__` is laid out, and what is made of that."""

from __future__ import annotations

from dataclasses import MISSING
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Mapping, TypeVar

if TYPE_CHECKING:
    from ._model import Model

__all__ = ["fill", "hash_of", "split", "values"]

T = TypeVar("T", bound="Model")


@lru_cache(maxsize=None)
def _defaults(cls: type[Model]) -> dict[str, Any]:
    """Return what the fields of a class read as when unset, in their order."""
    return {
        name: None if field.default is MISSING else field.default
        for name, field in cls.__dataclass_fields__.items()
    }


def values(self: Model) -> dict[str, Any]:
    """Return all fields of an instance in their order, and `_extra` where it has that."""
    return {**_defaults(type(self)), **self.__dict__}  # type: ignore[arg-type]


def split(self: Model) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the declared fields of an instance, and its unknown fields."""
    fields = values(self)
    return fields, fields.pop("_extra", {})


def fill(self: T, given: Mapping[str, Any]) -> T:
    """Return the instance with these fields: the declared in their order, the rest unknown."""
    declared = self.__dataclass_fields__
    own = {name: given[name] for name in declared if name in given}
    extra = {name: value for name, value in given.items() if name not in declared}
    # Even when empty, `_extra` lets a missing field read as None. Where another library fills
    # an instance, such a field is an error: msgspec asks for the attribute to find that out.
    if extra or len(own) < len(declared):
        own["_extra"] = extra
    self.__dict__.update(own)
    return self


def hash_of(self: Model) -> int:
    """Return the hash of the declared fields; one that is not hashable counts as 0."""
    fields, _ = split(self)
    return hash((type(self), *map(_hash, fields.values())))


def _hash(value: object) -> int:
    try:
        return hash(value)
    except TypeError:
        return 0
