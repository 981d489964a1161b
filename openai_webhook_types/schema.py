"""JSON Schema (draft 2020-12) of the types, as Pydantic 2.14 generates it for the SDK's models.

A schema accepts what `from_dict(..., strict=True)` accepts, with two exceptions: JSON Schema
counts 1.0 as an integer, and Pydantic accepts 1 for `Literal[True]`.
"""

from ._model.json_schema import References, Schema, model_json_schema, reference
from .events._registry import EVENT_TYPES
from .parsing import event_class

__all__ = ["events_json_schema", "model_json_schema"]


def events_json_schema() -> Schema:
    """Return one JSON Schema for the payloads of all known events, as a dict that JSON can hold.

    `oneOf` lists the events, whose `type` tells them apart. In `$defs`, an event is named after its
    class, and its data has that name with `Data` added.
    """
    references = References("#/$defs/{model}", lambda cls: cls.__qualname__.replace(".", ""), {})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "oneOf": [reference(event_class(event_type), references) for event_type in EVENT_TYPES],
        "$defs": references.definitions,
    }
