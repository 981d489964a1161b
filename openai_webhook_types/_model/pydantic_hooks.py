"""How Pydantic reads, dumps and describes the types. Only Pydantic calls this."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Any

from ..errors import ValidationError
from .record import Record, set_fields

__all__ = ["core_schema", "json_schema", "serializer", "validator"]

# The key of a schema's metadata under which the schema of the declared fields is.
_DECLARED = "openai_webhook_types"


def core_schema(cls: type[Any], source: Any, handler: Any) -> Any:
    """Return the core schema by which Pydantic calls `from_dict` and `model_dump`.

    It is that of a Pydantic model, with our reading in the place of the model's fields. So
    instances, configurations, titles of errors and choices among members of a union are Pydantic's.

    Args:
        cls: The class to read values as.
        source: The annotation to return a schema for.
        handler: Pydantic's `GetCoreSchemaHandler`, which treats the types as dataclasses. The
            schema that it returns is for JSON Schema, discriminators and counting fields.
    """
    kinds = import_module("pydantic_core.core_schema")
    declared: Any = {**handler.resolve_ref_schema(handler(source))}
    reference = declared.pop("ref", None)
    counted = _counted(kinds, declared)
    reading = kinds.lax_or_strict_schema(
        kinds.no_info_before_validator_function(_reader(cls, strict=False), counted),
        kinds.no_info_before_validator_function(_reader(cls, strict=True), counted),
        # A call may be strict. The configuration of the model around does not count.
        strict=False,
    )
    filled = kinds.no_info_after_validator_function(_filling, reading)
    return kinds.model_schema(
        cls,
        filled,
        ref=reference,
        # Pydantic 2.0 does not call the method of a class that is the type of a field.
        metadata={_DECLARED: declared, "pydantic_js_functions": [json_schema]},
        serialization=_serialization(kinds),
    )


def json_schema(schema: Any, handler: Any) -> Any:
    """Return the JSON Schema of what `core_schema` returned."""
    return handler(schema.get("metadata", {}).get(_DECLARED, schema))


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


def _counted(kinds: Any, declared: Any) -> Any:
    """Return a schema in which Pydantic counts as many fields as were set.

    Among the members of a union, it chooses the one with most of them.

    Args:
        kinds: The module of functions that make schemas.
        declared: The schema of the class. It is part of this one for discriminators, and for what
            it refers to: Pydantic does not look for that in the metadata.
    """
    is_one = declared["type"] == "dataclass"
    given = declared["schema"]["fields"] if is_one else [{"name": "any", "schema": declared}]
    fields = {
        field["name"]: kinds.typed_dict_field(_without_default(field["schema"]), required=False)
        for field in given
    }
    one = kinds.typed_dict_schema({"": kinds.typed_dict_field(kinds.any_schema())})
    found = kinds.tuple_positional_schema([kinds.list_schema(one), kinds.any_schema()])
    return kinds.typed_dict_schema({**fields, "": kinds.typed_dict_field(found)})


def _without_default(schema: Any) -> Any:
    return schema["schema"] if schema["type"] == "default" else schema


def _reader(cls: type[Any], *, strict: bool) -> Any:
    def read(value: object) -> Any:
        try:
            instance = cls._from_pydantic(value, strict=strict)
        except ValidationError as error:
            raise _translated(error) from None
        return {"": ([{"": None}] * (_size(instance) - 1), instance)}

    return read


def _size(instance: Record) -> int:
    """Return how many declared fields were set, in nested objects too."""
    fields = set_fields(instance)
    nested = [
        _size(item)
        for value in fields.values()
        for item in (value if isinstance(value, tuple) else (value,))
        if isinstance(item, Record)
    ]
    return len(fields) + sum(nested)


def _filling(found: Any) -> Any:
    """Return what Pydantic fills an instance with: its `__dict__`, and its class."""
    _, instance = found[""]
    return vars(instance), type(instance), ()


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


# For Pydantic 1.10, and `pydantic.v1` of Pydantic 2


def validator(cls: type[Any]) -> Any:
    """Return the function that validates a value. Pydantic 1 takes no bound method for it."""

    def validate(value: Any) -> Any:
        try:
            return cls._from_pydantic(value)
        except ValidationError as error:
            # Pydantic makes its own error of this, at the field. Of another, it shows the payload.
            raise ValueError(str(error)) from None

    return validate
