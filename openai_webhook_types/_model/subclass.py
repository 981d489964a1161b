"""Checks of the subclasses that are made outside this package, when they are made."""

from __future__ import annotations

import sys
from typing import Any, Literal, get_args, get_origin, get_type_hints

__all__ = ["literal_types", "refuse_new_fields"]


def refuse_new_fields(cls: Any) -> None:
    """Refuse a class that declares a field of its own, which nothing would read.

    Raises:
        TypeError: It does.
    """
    inherited = cls.__dataclass_fields__  # @dataclass has not looked at the class yet
    for name, hint in _annotations(cls).items():
        if name not in inherited and "ClassVar" not in str(hint):
            raise TypeError(
                f"{cls.__name__} declares the field {name!r}, which would never be read: keep the "
                "event in an object of your own beside the value, or annotate it as ClassVar"
            )


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
    """Return the annotations of a class, or, on Python 3.8 and 3.9, those that it inherits."""
    if sys.version_info >= (3, 14):  # pragma: no cover
        from annotationlib import Format, get_annotations

        return get_annotations(cls, format=Format.FORWARDREF)
    return cls.__annotations__  # type: ignore[no-any-return]
