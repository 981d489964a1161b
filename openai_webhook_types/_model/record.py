"""What an instance holds, and the methods that use it.

The `__dict__` of an instance has the fields that were set, in the order declared. Unknown fields,
if there are any, are together under `_extra`. A field that was not set is absent, and reads as its
default from the class. Of the other modules, `reader` and `validation` fill `_extra`, and `dump`
reads it, which is faster. No other module uses it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, FrozenInstanceError
from functools import lru_cache
from operator import eq
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from .later import later

if TYPE_CHECKING:
    from .. import _untrusted
    from . import subclass
else:
    _untrusted, subclass = later(globals(), ".._untrusted", ".subclass")

__all__ = ["Record", "clear", "declared", "fill", "set_fields", "unknown"]

T = TypeVar("T", bound="Record")

# The package, whatever its name is.
_OURS = __name__.rpartition("_model.")[0]


class _Names:
    """Finds, when first asked, which names in the `__dict__` of an instance are data.

    A `__dict__` without other names can be copied as it is, in half the time. The others are not
    data: `object.__setattr__` and `cached_property` put them there, for users and for libraries.
    """

    def __get__(self, instance: object, cls: type[Record]) -> frozenset[str]:
        # PyPy may use an earlier instance's order, so that none can be copied there.
        is_ordered = sys.implementation.name == "cpython"
        cls._data_names = frozenset((*cls.__dataclass_fields__, "_extra") if is_ordered else ())
        return cls._data_names


class _FromPydantic:
    """Takes what Pydantic gives an instance besides its `__dict__`: nothing, or its real class."""

    def __set__(self, instance: Record, value: Any) -> None:
        if isinstance(value, type):
            object.__setattr__(instance, "__class__", value)


class Record:
    """A frozen dataclass that keeps unknown fields, and tells which fields were set.

    Types are declared with `eq=False, repr=False`: the methods that `@dataclass` would add
    know nothing of unknown fields, and those of this class do.
    """

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Any]]
        _data_names: ClassVar[frozenset[str]]

    # Whether the class is from outside this package, and may have attributes of its own.
    _is_foreign = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        names: Any = _Names()
        cls._data_names = names
        if not hasattr(cls, "__dataclass_fields__"):
            return
        # orjson looks for them in the class itself; a subclass need not be decorated.
        cls.__dataclass_fields__ = cls.__dataclass_fields__
        if not cls.__module__.startswith(_OURS):
            subclass.check(cls)
            cls._is_foreign = True
            # @dataclass does not replace methods that it finds in the class itself.
            for name in ("__eq__", "__hash__", "__repr__"):
                setattr(cls, name, getattr(cls, name))

    # Hidden from type checkers, which would otherwise accept any name.
    if not TYPE_CHECKING:
        __pydantic_extra__ = __pydantic_fields_set__ = __pydantic_private__ = _FromPydantic()

        def __getattr__(self, name: str) -> Any:
            extra = self.__dict__.get("_extra")
            if extra is not None and not (name.startswith("__") and name.endswith("__")):
                if name in extra and not _has_own(self, name):
                    return extra[name]
                if name in self.__dataclass_fields__:
                    return None  # a required field that model_construct was not given
            # Python also comes here if a property raises an AttributeError. This raises it again,
            # with what it says of the attribute that is really missing.
            return object.__getattribute__(self, name)

        def __setattr__(self, name: str, value: object) -> None:
            if not _is_free(self, name):
                raise FrozenInstanceError(f"cannot assign to field {name!r}")
            object.__setattr__(self, name, value)

        def __delattr__(self, name: str) -> None:
            if not _is_free(self, name):
                raise FrozenInstanceError(f"cannot delete field {name!r}")
            object.__delattr__(self, name)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.__dict__ == other.__dict__ or (
            declared(self) == declared(other) and unknown(self) == unknown(other)
        )

    def __hash__(self) -> int:
        """Return a hash that is the same in all processes with the same `PYTHONHASHSEED`."""
        return hash((type(self).__qualname__, *map(_hash, declared(self).values())))

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Iterate over the names and values of all fields, so that `dict` makes a dict of them."""
        return iter({**declared(self), **unknown(self)}.items())

    def __getstate__(self) -> dict[str, Any]:
        """Return the part of the `__dict__` that a copy keeps: the fields."""
        fields = set_fields(self)
        if "_extra" in self.__dict__:
            fields["_extra"] = self.__dict__["_extra"]
        return fields

    def __dask_tokenize__(self) -> tuple[Any, ...]:
        """Return what Dask tells instances apart by: it would see no unknown fields by itself."""
        normalize: Any = __import__("dask.base", fromlist=["normalize_token"]).normalize_token
        return normalize((type(self), declared(self), unknown(self)))  # type: ignore[no-any-return]

    def __rich_repr__(self) -> Iterable[tuple[str, Any]]:
        fields = self.__dataclass_fields__
        shown = [(k, v) for k, v in declared(self).items() if fields[k].repr]
        return [*shown, *unknown(self).items()]

    def __repr__(self) -> str:
        shown = [f"{name}={value!r}" for name, value in self.__rich_repr__()]
        return f"{type(self).__name__}({', '.join(shown)})"


def _has_own(self: Record, name: str) -> bool:
    """Tell whether the class is from outside this package, and has an attribute of this name."""
    return self._is_foreign and hasattr(type(self), name)


def _is_free(self: Record, name: str) -> bool:
    """Tell whether an attribute belongs to a class from outside this package, and is not data."""
    if name == "_extra" or name in self.__dataclass_fields__:
        return False
    return self._is_foreign and (name not in unknown(self) or _has_own(self, name))


@lru_cache(None)
def _defaults(cls: type[Record]) -> dict[str, Any]:
    """Return what the fields of a class read as when unset, in their order."""
    return {
        name: None if field.default is MISSING else field.default
        for name, field in cls.__dataclass_fields__.items()
    }


def declared(self: Record) -> dict[str, Any]:
    """Return the declared fields of an instance, in their order, with defaults for the unset."""
    found = set_fields(self)
    if len(found) == len(self.__dataclass_fields__):
        return found
    return {**_defaults(type(self)), **found}  # type: ignore[arg-type]


def set_fields(self: Record) -> dict[str, Any]:
    """Return the declared fields that were set, in their order: a new dict."""
    fields = self.__dict__
    if self._data_names.issuperset(fields):
        found = fields.copy()
        if "_extra" in found:
            del found["_extra"]
        return found
    return {name: fields[name] for name in self.__dataclass_fields__ if name in fields}


def unknown(self: Record) -> dict[str, Any]:
    """Return the unknown fields of an instance: its own dict, not a copy."""
    return self.__dict__.get("_extra", {})  # type: ignore[no-any-return]


def clear(self: Record) -> None:
    """Remove the fields of an instance from its `__dict__`, and leave everything else there."""
    for name in (*self.__dataclass_fields__, "_extra"):
        self.__dict__.pop(name, None)


def fill(self: T, given: Mapping[str, Any]) -> T:
    """Return the instance with these fields: declared ones in their order, the rest as unknown."""
    names = self.__dataclass_fields__
    own = {name: given[name] for name in names if name in given}
    extra = {name: value for name, value in given.items() if name not in names}
    # Even when empty, `_extra` lets a missing field read as None. Where another library fills
    # an instance, such a field is an error: msgspec asks for the attribute to find that out.
    if extra or len(own) < len(names):
        own["_extra"] = extra
    self.__dict__.update(own)
    return self


def _hash(value: Any) -> int:
    """Return a hash that is the same for equal values. It is 0 for values of most types."""
    kind = type(value)
    if issubclass(kind, str):
        return str.__hash__(value)
    if issubclass(kind, tuple):
        return hash(tuple(map(_hash, tuple.__iter__(value))))
    if kind is int or issubclass(kind, Record):
        return hash(value)
    from numbers import Number

    # NaN is not equal to itself, and hashes by its address; a signalling NaN raises.
    if issubclass(kind, Number) and _untrusted.attempt(eq, value, value) is True:
        return hash(value)
    # The hash of another type may depend on an address, or differ between equal values.
    return 0
