"""The JSON Schema of each type."""

import dataclasses
import inspect
import json
import typing

import pytest

from openai_webhook_types import (
    AgentSessionActionRequiredWebhookEvent,
    AgentSessionCreatedWebhookEvent,
    DataConnect,
    DataRequiredAction,
    DeletedWebhookEndpoint,
    FineTuningJobFailedWebhookEvent,
    RealtimeCallIncomingWebhookEvent,
    UnknownWebhookEvent,
    WebhookEndpoint,
    WebhookEndpointList,
    WebhookEndpointTestResult,
)
from openai_webhook_types import FineTuningJobFailedWebhookEvent as Failed
from openai_webhook_types._model import json_schema
from openai_webhook_types.schema import model_json_schema
from tests.values import each_known_event, each_type, required, run


def nullable(schema):
    return {"anyOf": [schema, {"type": "null"}], "default": None}


def references(schema):
    """Return every `$ref` in a schema."""
    if isinstance(schema, list):
        return {ref for item in schema for ref in references(item)}
    if not isinstance(schema, dict):
        return set()
    own = {schema["$ref"]} if "$ref" in schema else set()
    return own.union(*map(references, schema.values()))


def definitions(schema):
    return {f"#/$defs/{name}" for name in schema.get("$defs", ())}


def test_one_type_in_full():
    assert DeletedWebhookEndpoint.model_json_schema() == {
        "title": "DeletedWebhookEndpoint",
        "description": DeletedWebhookEndpoint.__doc__,
        "type": "object",
        "properties": {
            "id": {"type": "string", "title": "Id"},
            "deleted": {"type": "boolean", "title": "Deleted"},
            "object": {"const": "webhook_endpoint.deleted", "type": "string", "title": "Object"},
        },
        "required": ["id", "deleted", "object"],
        "additionalProperties": True,
    }


@each_type
def test_every_type_lists_its_fields(cls):
    schema = cls.model_json_schema()
    assert schema == model_json_schema(cls)
    assert json.loads(json.dumps(schema)) == schema
    for described, found in [(cls, schema), *nested(cls, schema)]:
        fields = dataclasses.fields(described)
        assert found["title"] == described.__name__
        assert found["description"] == inspect.getdoc(described).partition("\n\nAttributes:")[0]
        assert found["type"] == "object"
        assert found["additionalProperties"] is True
        assert list(found["properties"]) == [field.name for field in fields]
        assert found["required"] == required(described)
    assert references(schema) == definitions(schema)


def nested(cls, schema):
    """Return the classes in a class with their schemas, which must be all that there are."""
    found = {inner.__name__: inner for inner in objects_in(cls)}
    assert found.keys() == schema.get("$defs", {}).keys()
    return [(inner, schema["$defs"][name]) for name, inner in found.items()]


def objects_in(cls):
    for hint in typing.get_type_hints(cls).values():
        for inner in (hint, *typing.get_args(hint)):
            if dataclasses.is_dataclass(inner):
                yield inner
                yield from objects_in(inner)


@each_type
def test_callers_may_change_what_is_returned(cls):
    cls.model_json_schema()["properties"].clear()
    assert cls.model_json_schema()["properties"]


@each_known_event
def test_every_event_has_an_envelope(cls):
    schema = cls.model_json_schema()
    properties = schema["properties"]
    assert properties["id"] == {"type": "string", "title": "Id"}
    assert properties["created_at"] == {"type": "integer", "title": "Created At"}
    assert properties["data"] == {"$ref": "#/$defs/Data"}
    (event_type,) = typing.get_args(typing.get_type_hints(cls)["type"])
    assert properties["type"] == {"const": event_type, "type": "string", "title": "Type"}
    event = {"const": "event", "type": "string"}
    if "object" in schema["required"]:
        assert properties["object"] == {**event, "title": "Object"}
    else:
        assert properties["object"] == {**nullable(event), "title": "Object"}


def test_optional_unions():
    (data,) = [
        schema
        for name, schema in RealtimeCallIncomingWebhookEvent.model_json_schema()["$defs"].items()
        if name == "Data"
    ]
    assert data["properties"]["sip_media_security"] == {
        "anyOf": [
            {"enum": ["rtp", "srtp"], "type": "string"},
            {"type": "string"},
            {"type": "null"},
        ],
        "default": None,
        "title": "Sip Media Security",
    }
    assert data["required"] == ["call_id", "sip_headers"]


def test_a_kind_of_field_without_a_schema_says_where_to_add_one():
    with pytest.raises(LookupError, match=r"^add typing.Dict.* to _value in _model/json_schema.py"):
        json_schema._value(typing.Dict[str, str], None)


def test_literals_are_enumerations():
    action = AgentSessionActionRequiredWebhookEvent.model_json_schema()["$defs"]
    literals = typing.get_args(typing.get_type_hints(DataRequiredAction)["type"])
    assert len(literals) > 1
    assert action["DataRequiredAction"]["properties"]["type"] == {
        "enum": [*literals],
        "type": "string",
        "title": "Type",
    }


def test_objects_have_their_own_title_and_lists_that_of_the_field():
    session = AgentSessionCreatedWebhookEvent.model_json_schema()["$defs"]["Data"]["properties"]
    assert session["connect"] == nullable({"$ref": "#/$defs/DataConnect"})
    page = WebhookEndpointList.model_json_schema()
    assert page["properties"]["data"] == {
        "type": "array",
        "items": {"$ref": "#/$defs/WebhookEndpoint"},
        "title": "Data",
    }
    assert page["$defs"] == {"WebhookEndpoint": WebhookEndpoint.model_json_schema()}


def test_fields_of_endpoints():
    properties = WebhookEndpoint.model_json_schema()["properties"]
    assert properties["event_types"] == {
        "type": "array",
        "items": {"type": "string"},
        "title": "Event Types",
    }
    assert properties["updated_at"] == {**nullable({"type": "integer"}), "title": "Updated At"}
    success = WebhookEndpointTestResult.model_json_schema()["properties"]["success"]
    assert success == {"const": True, "type": "boolean", "title": "Success"}


def test_data_of_an_unknown_event_is_anything():
    schema = UnknownWebhookEvent.model_json_schema()
    assert schema["properties"]["data"] == {"default": None, "title": "Data"}
    assert schema["properties"]["type"] == {"type": "string", "title": "Type"}


def test_nested_types_have_schemas_too():
    assert DataConnect.model_json_schema()["required"] == ["remote_url"]
    data = FineTuningJobFailedWebhookEvent.Data.model_json_schema()
    assert data["title"] == "Data"
    assert "$defs" not in data


def test_classes_without_docstring_have_no_description():
    class Undocumented(DataConnect):
        pass

    schema = Undocumented.model_json_schema()
    assert schema["title"] == "Undocumented"
    assert "description" not in schema


def test_without_docstrings_there_are_no_descriptions():
    code = (
        "import json, openai_webhook_types as owt;"
        "print(json.dumps(owt.FineTuningJobFailedWebhookEvent.model_json_schema()))"
    )
    expected = FineTuningJobFailedWebhookEvent.model_json_schema()
    assert json.loads(run(code)) == expected
    del expected["description"], expected["$defs"]["Data"]["description"]
    assert json.loads(run(code, options=("-I", "-S", "-OO"))) == expected


def test_references_of_a_schema_follow_the_template():
    schema = Failed.model_json_schema(ref_template="#/components/schemas/{model}")
    assert schema["properties"]["data"] == {"$ref": "#/components/schemas/Data"}
    assert schema["$defs"] == Failed.model_json_schema()["$defs"]


@pytest.mark.parametrize(
    ("template", "error"),
    [(5, TypeError), (b"", TypeError), ("{name}", ValueError), ("{", ValueError)],
)
def test_a_template_that_cannot_be_filled_is_named(template, error):
    with pytest.raises(error, match="ref_template must be text such as '#/") as caught:
        Failed.model_json_schema(ref_template=template)
    assert type(caught.value) is error
