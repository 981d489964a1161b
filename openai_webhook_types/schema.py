"""JSON Schema (draft 2020-12) of the types, as Pydantic 2.14 generates it for the SDK's models.

A schema accepts what `from_dict(..., strict=True)` accepts, with two exceptions: JSON Schema
counts 1.0 as an integer, and Pydantic accepts 1 for `Literal[True]`.
"""

import sys
from dataclasses import MISSING, fields
from inspect import cleandoc
from typing import Any, Callable, Dict, Literal, NamedTuple, Type, Union, get_origin, get_type_hints

from ._model import Model
from ._parse import event_class
from ._registry import EVENT_TYPES

__all__ = ["events_json_schema", "model_json_schema"]

_TYPES = {bool: "boolean", int: "integer", str: "string", type(None): "null"}

_Schema = Dict[str, Any]


class _References(NamedTuple):
    """How nested objects are referred to, and the schemas of those so far."""

    template: str
    """A reference, with `{model}` for a name."""

    name: Callable[[Type[Model]], str]
    """Returns the name of a class."""

    definitions: Dict[str, _Schema]
    """The schemas by their names."""


def model_json_schema(cls: Type[Model], ref_template: str = "#/$defs/{model}") -> _Schema:
    """Return the JSON Schema of the payloads of one type, as a dict that JSON can hold.

    Equal to what Pydantic generates for the SDK's model of that name, except `description`,
    which is the docstring of this package's class. Nested objects are in `$defs`, by the name of
    their class. `ref_template` is what a reference to one looks like.

    Raises:
        TypeError: The class stands for several types, as `WebhookEvent` does.
    """
    references = _References(ref_template, lambda nested: nested.__name__, {})
    schema = _model(cls, references)
    return {**schema, "$defs": references.definitions} if references.definitions else schema


def events_json_schema() -> _Schema:
    """Return one JSON Schema for the payloads of all known events, as a dict that JSON can hold.

    `oneOf` lists the events, and `discriminator` (OpenAPI 3.1) chooses by `type`. In `$defs` an
    event has the name of its class, and its data that name with `Data` added.
    """
    references = _References("#/$defs/{model}", lambda cls: cls.__qualname__.replace(".", ""), {})
    mapping = {
        event_type: _reference(event_class(event_type), references)["$ref"]
        for event_type in EVENT_TYPES
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "oneOf": [{"$ref": ref} for ref in mapping.values()],
        "discriminator": {"propertyName": "type", "mapping": mapping},
        "$defs": references.definitions,
    }


def _model(cls: Any, references: _References) -> _Schema:
    hints = get_type_hints(cls)
    properties = {}
    for field in fields(cls):
        schema = _value(hints[field.name], references)
        if field.default is not MISSING:
            schema["default"] = field.default
        # A reference has no title: the object has one.
        if not any("$ref" in option for option in schema.get("anyOf", [schema])):
            schema["title"] = field.name.replace("_", " ").title()
        properties[field.name] = schema
    return {
        "title": cls.__name__,
        **_description(cls),
        "type": "object",
        "properties": properties,
        "required": [field.name for field in fields(cls) if field.default is MISSING],
        "additionalProperties": True,
    }


def _description(cls: type) -> Dict[str, str]:
    # Under -OO there are no docstrings, and dataclasses put signatures in their place.
    if sys.flags.optimize > 1 or not cls.__doc__:
        return {}
    # What a docstring says of fields is not about the whole.
    return {"description": cleandoc(cls.__doc__).partition("\n\nAttributes:")[0]}


def _value(hint: Any, references: _References) -> _Schema:
    origin = get_origin(hint)
    if origin is Literal:
        first, *others = hint.__args__
        values = {"enum": [first, *others]} if others else {"const": first}
        return {**values, "type": _TYPES[type(first)]}
    if origin is Union:
        return {"anyOf": [_value(option, references) for option in hint.__args__]}
    if origin is tuple:
        return {"type": "array", "items": _value(hint.__args__[0], references)}
    if hint is Any:
        return {}
    if hint in _TYPES:
        return {"type": _TYPES[hint]}
    return _reference(hint, references)


def _reference(cls: Type[Model], references: _References) -> _Schema:
    name = references.name(cls)
    references.definitions[name] = _model(cls, references)
    return {"$ref": references.template.format(model=name)}
