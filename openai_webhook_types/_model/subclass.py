"""Checks subclasses from outside this package when they are defined.

Programs derive from events to add methods. Most that add a field mean to have it read, as Pydantic
would, and would find out in production that it is not: so such a class cannot be made.
"""

from __future__ import annotations

import sys
from typing import Any, Literal, get_args, get_origin, get_type_hints

__all__ = ["check", "literal_types"]


def check(cls: Any) -> None:
    """Refuse a class whose instances would not have the fields of a payload as attributes.

    Raises:
        TypeError: The class has a field of its own, an attribute in the place of a field, a base
            with other fields, or a base that is a built-in type.
    """
    name = cls.__name__
    fields = cls.__dataclass_fields__  # inherited: @dataclass has not looked at the class yet
    for field, hint in _annotations(cls).items():
        if field not in fields and "ClassVar" not in str(hint):
            raise TypeError(
                f"{name} declares the field {field!r}, which would never be read: keep the event "
                "and the value in an object of your own, or annotate the field as ClassVar"
            )
    for field in fields:
        if field in cls.__dict__:
            raise TypeError(
                f"{name} has a slot, a default or another attribute for {field!r}, which would "
                "hide the field of the payload: leave out slots=True, or rename the attribute"
            )
    _check_bases(cls)


def _check_bases(cls: Any) -> None:
    source, *others = [base for base in cls.__mro__[1:] if "__dataclass_fields__" in vars(base)]
    for base in others:
        if not base.__dataclass_fields__.keys() <= cls.__dataclass_fields__.keys():
            raise TypeError(
                f"{cls.__name__} inherits from {source.__name__} and {base.__name__}, and only "
                f"the fields of {source.__name__} would be read: mix in classes without fields"
            )
    try:
        object.__new__(cls)
    except TypeError as error:
        raise TypeError(
            f"{cls.__name__} inherits from a built-in type, so that it cannot be read from a "
            "payload: keep the event in an object of your own"
        ) from error


def literal_types(cls: type, inherited: tuple[str, ...]) -> tuple[str, ...]:
    """Return the event types that the `type` of a class is declared with.

    Raises:
        TypeError: The declaration cannot be resolved, or is not a `Literal` of strings.
    """
    hint = _annotations(cls).get("type")
    if hint is None:
        return inherited
    # Only `type` is resolved: other annotations may need names that this does not know.
    declaration = {"__annotations__": {"type": hint}, "__module__": cls.__module__}
    try:
        resolved = get_type_hints(type(cls.__name__, (), declaration))["type"]
    except Exception as error:
        raise TypeError(f"The type of {cls.__name__} cannot be resolved: {error}") from error
    types = get_args(resolved) if get_origin(resolved) is Literal else ()
    if not types or not all(isinstance(one, str) for one in types):
        raise TypeError(f"The type of {cls.__name__} must be a Literal of strings, not {hint!r}")
    return types


def _annotations(cls: Any) -> dict[str, Any]:
    """Return the annotations in the body of a class."""
    if sys.version_info >= (3, 14):  # pragma: no cover
        # Not by a statement: tools on an older Python take this module for a missing dependency.
        library: Any = __import__("annotationlib")
        annotations: dict[str, Any] = library.get_annotations(cls, format=library.Format.FORWARDREF)
        return annotations
    # The function that does this on older versions takes 20 ms to import.
    return cls.__dict__.get("__annotations__", {})  # type: ignore[no-any-return] # noqa: RUF063
