"""What a type declares, as data: a model of the SDK's, a dataclass of ours, or a `TypedDict`.

Needs no more than the SDK and this package, so that it runs beside any version of the SDK.
"""

import dataclasses
import types
import typing
from typing import Any, Optional, Tuple

import typing_extensions

__all__ = [
    "Field", "ListOf", "Literals", "Object", "OneOf", "contract", "public_names", "shape",
    "union_members",
]  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Literals:
    """A `Literal`: its values, each with its type, for `True == 1`."""

    values: Tuple[Tuple[type, Any], ...]


@dataclasses.dataclass(frozen=True)
class OneOf:
    """A `Union`."""

    options: Tuple[Any, ...]


@dataclasses.dataclass(frozen=True)
class ListOf:
    """A list in the SDK, a tuple here."""

    item: Any


@dataclasses.dataclass(frozen=True)
class Field:
    """A field, or a key of a `TypedDict`.

    `default` is `MISSING` where there is none; `shown` is whether a repr has the field; `alias`
    is its name in payloads, where that is another.
    """

    name: str
    required: bool
    default: Any
    shown: bool
    alias: Optional[str]
    type: Any


@dataclasses.dataclass(frozen=True)
class Object:
    """A class, and its fields in order."""

    name: str
    fields: Tuple[Field, ...]
    cls: Any = dataclasses.field(compare=False)


def contract(cls):
    """Return what a class declares."""
    if dataclasses.is_dataclass(cls):
        hints = typing.get_type_hints(cls)
        rows = [
            (field.name, field.default is dataclasses.MISSING, field.default, field.repr,
             None, hints[field.name])
            for field in dataclasses.fields(cls)
        ]  # fmt: skip
    elif hasattr(cls, "model_fields"):
        rows = [
            (name, field.is_required(),
             dataclasses.MISSING if field.is_required() else field.default, field.repr,
             field.alias, field.annotation)
            for name, field in cls.model_fields.items()
        ]  # fmt: skip
    else:
        required = _required_keys(cls)
        rows = [
            (name, name in required, dataclasses.MISSING, True, None, hint)
            for name, hint in typing_extensions.get_type_hints(cls).items()
        ]
    return Object(cls.__name__, tuple(Field(*row[:-1], shape(row[-1])) for row in rows), cls)


def _required_keys(params):
    """Return the required keys of a `TypedDict`, as declared.

    The SDK's annotations are text, which TypedDict does not look into: its own
    `__required_keys__` is empty throughout.
    """
    hints = typing_extensions.get_type_hints(params, include_extras=True)
    marked = {
        key for key, hint in hints.items() if typing.get_origin(hint) is typing_extensions.Required
    }
    return marked | params.__required_keys__


def shape(hint):
    """Return a type as data that tells the order of literals, lists and tuples alike."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return Literals(tuple((type(arg), arg) for arg in args))
    if origin in (typing.Union, types.UnionType):
        return OneOf(tuple(shape(arg) for arg in args))
    if origin in (list, tuple):
        return ListOf(shape(args[0]))
    return contract(hint) if hasattr(hint, "model_dump") else hint


def union_members(union):
    """Return the classes of a union, which may be annotated."""
    if typing.get_origin(union) is typing.Annotated:
        union = typing.get_args(union)[0]
    return typing.get_args(union)


def public_names(module):
    """Return the names that a package defines, without its modules and `annotations`."""
    return {
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType)
        and type(value).__module__ != "__future__"
    }  # fmt: skip
