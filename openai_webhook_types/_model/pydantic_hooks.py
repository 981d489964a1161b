"""How Pydantic reads and dumps the types. Only Pydantic calls this, so nothing else loads it."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Any

from ..errors import ValidationError
from .record import Record

__all__ = ["core_schema", "serializer"]


def core_schema(cls: type[Any], source: Any, handler: Any) -> Any:
    """Return the core schema by which Pydantic calls `from_dict` and `model_dump`.

    Args:
        cls: The class to read values as.
        source: The annotation to return a schema for.
        handler: Pydantic's `GetCoreSchemaHandler`, which treats the types as dataclasses. The
            schema that it returns is for JSON Schema and discriminators, and validates nothing.
    """
    kinds = import_module("pydantic_core.core_schema")
    declared: Any = {**handler.resolve_ref_schema(handler(source))}
    whole = kinds.lax_or_strict_schema(
        kinds.no_info_wrap_validator_function(_reader(cls, strict=False), declared),
        kinds.no_info_wrap_validator_function(_reader(cls, strict=True), declared),
        serialization=_serialization(kinds),
        # References to the schema of the declared fields now refer to the whole schema.
        ref=declared.pop("ref", None),
    )

    # Pydantic stores the schema of a class if it has a `ref`, and returns a reference to it.
    class Whole:
        @staticmethod
        def __get_pydantic_core_schema__(source: Any, handler: Any) -> Any:
            return whole

    # The name of this branch of a union, in the locations of errors.
    pydantic: Any = import_module("pydantic")
    tag = pydantic.Tag(cls.__name__)
    return tag.__get_pydantic_core_schema__(Whole, handler.generate_schema)


@lru_cache(None)
def serializer() -> Any:
    """Return the serializer with which Pydantic dumps every instance.

    Raises:
        AttributeError: Pydantic is not installed. The caller is then not Pydantic, but
            `hasattr`, `inspect.getmembers` or `unittest.mock`.
    """
    try:
        core = import_module("pydantic_core")
        kinds = import_module("pydantic_core.core_schema")
    except ImportError as error:
        raise AttributeError(str(error)) from error
    return core.SchemaSerializer(kinds.any_schema(serialization=_serialization(kinds)))


def _reader(cls: type[Any], *, strict: bool) -> Any:
    def read(value: object, _declared: object) -> Any:
        try:
            return cls.from_dict(value, strict=strict)
        except ValidationError as error:
            raise _translated(error) from None

    return read


def _translated(error: ValidationError) -> Exception:
    """Return Pydantic's error with the same problems. Pydantic completes their locations."""
    # Pydantic writes the message itself.
    problems: list[Any] = error.errors()
    for problem in problems:
        del problem["msg"]
    kind: Any = import_module("pydantic_core").ValidationError
    return kind.from_exception_data(error.title, problems)  # type: ignore[no-any-return]


def _serialization(kinds: Any) -> Any:
    return kinds.plain_serializer_function_ser_schema(_dumped, info_arg=True)


def _dumped(value: Any, info: Any) -> dict[str, Any]:
    if not isinstance(value, Record):
        unexpected = import_module("pydantic_core").PydanticSerializationUnexpectedValue
        raise unexpected(f"not a type of openai_webhook_types: {type(value)}")
    return value.model_dump(  # type: ignore[attr-defined, no-any-return]
        include=info.include,
        exclude=info.exclude,
        exclude_unset=info.exclude_unset,
        exclude_defaults=info.exclude_defaults,
        exclude_none=info.exclude_none,
    )
