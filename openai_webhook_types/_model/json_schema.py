"""The JSON Schema of one type: see `schema` in the package."""

import sys
from dataclasses import MISSING, fields
from inspect import cleandoc
from typing import Any, Callable, Dict, Literal, NamedTuple, Optional, Type, get_origin

from .._untrusted import FAILED, attempt, safe_repr
from .hints import field_hints, members
from .record import Record

__all__ = ["References", "Schema", "field_schema", "model_json_schema", "reference"]

_TYPES = {bool: "boolean", int: "integer", str: "string", type(None): "null"}

Schema = Dict[str, Any]


class References(NamedTuple):
    """How nested objects are referred to, and the schemas of those found so far."""

    template: Optional[str]
    """A reference, with `{model}` for a name, or None to have the schema itself there."""

    name: Callable[[Type[Record]], str]
    """Returns the name of a class."""

    definitions: Dict[str, Schema]
    """The schemas by their names."""


def model_json_schema(cls: Type[Record], ref_template: str = "#/$defs/{model}") -> Schema:
    """Return the JSON Schema of the payloads of one type, as a dict that JSON can hold.

    Equal to what Pydantic generates for the SDK's model of that name, except `description`,
    which is the docstring of this package's class. Nested objects are in `$defs`, by the name of
    their class. `ref_template` is what a reference to one looks like.

    Raises:
        TypeError: The class stands for several types, as `WebhookEvent` does; or the template
            is not text.
        ValueError: The template has a placeholder other than `{model}`.
    """
    if attempt(lambda: str.format(ref_template, model="")) is FAILED:
        kind = ValueError if isinstance(ref_template, str) else TypeError
        raise kind(
            f"ref_template must be text such as '#/$defs/{{model}}', not {safe_repr(ref_template)}"
        )
    references = References(ref_template, lambda nested: nested.__name__, {})
    schema = _model(cls, references)
    return {**schema, "$defs": references.definitions} if references.definitions else schema


def field_schema(cls: Type[Record]) -> Schema:
    """Return the JSON Schema of a field for Pydantic 1, which writes references in its own way."""
    if not hasattr(cls, "__dataclass_fields__"):  # it stands for several types
        return {"title": cls.__name__, "type": "object"}
    return _model(cls, References(None, str, {}))


def _model(cls: Any, references: References) -> Schema:
    hints = field_hints(cls)
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
    # The part of a docstring about attributes does not describe the type.
    return {"description": cleandoc(cls.__doc__).partition("\n\nAttributes:")[0]}


def _value(hint: Any, references: References) -> Schema:
    options = members(hint)
    if len(options) > 1:
        return {"anyOf": [_value(option, references) for option in options]}
    origin = get_origin(hint)
    if origin is Literal:
        first, *others = hint.__args__
        values = {"enum": [first, *others]} if others else {"const": first}
        return {**values, "type": _TYPES[type(first)]}
    if origin is tuple:
        return {"type": "array", "items": _value(hint.__args__[0], references)}
    if hint is Any:
        return {}
    if hint in _TYPES:
        return {"type": _TYPES[hint]}
    if isinstance(hint, type) and issubclass(hint, Record):
        return reference(hint, references)
    raise LookupError(f"add {hint} to _value in _model/json_schema.py")


def reference(cls: Type[Record], references: References) -> Schema:
    if references.template is None:
        return _model(cls, references)
    name = references.name(cls)
    references.definitions[name] = _model(cls, references)
    return {"$ref": references.template.format(model=name)}
