"""The arguments and names of Pydantic's methods that are refused, or warned of."""

from __future__ import annotations

from warnings import warn

__all__ = ["refuse_reading", "refuse_schema", "refuse_writing", "warn_of_deprecated"]


def refuse_reading(
    method: str,
    extra: str | None,
    by_alias: bool | None,
    by_name: bool | None,
    from_attributes: bool | None = None,
) -> None:
    """Raise a TypeError for an argument that would change what is read."""
    if extra not in (None, "allow"):
        raise _unsupported(method, f"extra={extra!r}", "unknown fields are always kept")
    if from_attributes:
        hint = "pass a dict, such as what the object's to_dict() returns"
        raise _unsupported(method, "from_attributes=True", hint)
    if by_alias is False and not by_name:
        raise _unsupported(method, "by_alias=False", "set by_name=True; the fields have no aliases")


def refuse_writing(method: str) -> None:
    """Raise a TypeError for `warnings="error"`, which would change what is written."""
    raise _unsupported(method, "warnings='error'", "no value causes a warning")


def refuse_schema(method: str, schema_generator: object, union_format: str) -> None:
    """Raise a TypeError for an argument that would change the JSON Schema."""
    if schema_generator is not None:
        hint = "pydantic.TypeAdapter(cls).json_schema(schema_generator=...) does"
        raise _unsupported(method, "a schema_generator", hint)
    if union_format != "any_of":
        hint = "pydantic.TypeAdapter(cls).json_schema(union_format=...) does"
        raise _unsupported(method, f"union_format={union_format!r}", hint)


def warn_of_deprecated(old: str, new: str) -> None:
    """Warn the caller of a method that Pydantic deprecates, as Pydantic does."""
    warn(f"{old}() is deprecated: call {new}()", DeprecationWarning, stacklevel=3)


def _unsupported(method: str, argument: str, hint: str) -> TypeError:
    return TypeError(f"{method}() does not support {argument}: {hint}")
