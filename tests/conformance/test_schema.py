"""JSON Schema against Pydantic's, and with `jsonschema` as a second judge of payloads."""

import typing

import openai.types.webhooks as sdk
import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, validators

import openai_webhook_types as owt
from openai_webhook_types import endpoints
from openai_webhook_types.schema import events_json_schema
from tests.conformance.differential import BEYOND, SHARED_EVENTS
from tests.strategies import json_values, mutated, payloads
from tests.values import EVENTS, KNOWN_EVENTS

MODELS = [
    name
    for name in dir(sdk)
    if isinstance(getattr(sdk, name), type) and issubclass(getattr(sdk, name), pydantic.BaseModel)
]
TYPES = [*EVENTS, *(getattr(owt, name) for name in endpoints.__all__)]
each_type = pytest.mark.parametrize("cls", TYPES, ids=lambda cls: cls.__name__)

ALL_EVENTS = events_json_schema()


def undescribed(schema):
    """Return a schema without its descriptions, which are in each package's own words."""
    if isinstance(schema, list):
        return [undescribed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: undescribed(value)
        for key, value in schema.items()
        if not (key == "description" and isinstance(value, str))
    }


def described(schema):
    """Return the titles of a schema and its definitions that have a description."""
    both = [schema, *schema.get("$defs", {}).values()]
    return {one["title"] for one in both if "description" in one}


@pytest.mark.parametrize("name", MODELS)
def test_equal_to_that_of_the_sdk(name):
    ours, theirs = getattr(owt, name), getattr(sdk, name)
    for mode in ("validation", "serialization"):
        expected = theirs.model_json_schema(mode=mode)
        assert undescribed(ours.model_json_schema()) == undescribed(expected)
        assert described(ours.model_json_schema()) >= described(expected)


def test_equal_to_what_pydantic_makes_of_a_type_that_the_sdk_does_not_have():
    cls = owt.UnknownWebhookEvent
    expected = {**pydantic.TypeAdapter(cls).json_schema(), "additionalProperties": True}
    assert undescribed(cls.model_json_schema()) == undescribed(expected)


def test_all_events_equal_to_a_tagged_union_of_the_sdk():
    union = typing.Union[tuple(getattr(sdk, cls.__name__) for cls in SHARED_EVENTS)]
    tagged = typing.Annotated[union, pydantic.Field(discriminator="type")]
    expected = pydantic.TypeAdapter(tagged).json_schema()
    events = inlined(ALL_EVENTS["oneOf"], ALL_EVENTS)
    assert [one for one in events if one["title"] not in BEYOND] == inlined(
        expected["oneOf"], expected
    )


def inlined(schema, root):
    """Return a schema with its definitions in place, and without its descriptions."""
    if isinstance(schema, dict) and "$ref" in schema:
        return inlined(root["$defs"][schema["$ref"].split("/")[-1]], root)
    if isinstance(schema, dict):
        return {key: inlined(value, root) for key, value in undescribed(schema).items()}
    return [inlined(item, root) for item in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize(
    "schema",
    [ALL_EVENTS, *(cls.model_json_schema() for cls in TYPES)],
    ids=lambda schema: schema.get("title", "all events"),
)
def test_valid(schema):
    Draft202012Validator.check_schema(schema)


# JSON Schema and Pydantic's strict mode part at two points, where this judge follows Pydantic:
# 1.0 is no integer, and where True is due, 1 is as good. The last tests have them as they are.

Judge = validators.extend(
    Draft202012Validator,
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine(
        "integer", lambda _, value: type(value) is int
    ),
)


def with_true_for_one(payload):
    if isinstance(payload, dict) and payload.get("success") == 1:
        return {**payload, "success": True}
    return payload


def takes(cls, payload):
    try:
        cls.from_dict(payload, strict=True)
    except owt.ValidationError:
        return False
    return True


@each_type
@given(data=st.data())
def test_both_take_valid_payloads(cls, data):
    payload = data.draw(payloads(cls))
    assert takes(cls, payload)
    Draft202012Validator(cls.model_json_schema()).validate(payload)


@each_type
@given(data=st.data())
def test_both_take_or_refuse_any_other(cls, data):
    payload = data.draw(mutated(payloads(cls)) | json_values)
    judge = Judge(cls.model_json_schema())
    assert judge.is_valid(with_true_for_one(payload)) == takes(cls, payload)


@given(data=st.data())
def test_all_events_take_what_is_a_known_event(data):
    payload = data.draw(mutated(payloads(data.draw(st.sampled_from(EVENTS)))))
    try:
        event = owt.parse_event(payload, strict=True)
    except owt.ValidationError:
        event = None
    assert Judge(ALL_EVENTS).is_valid(payload) == isinstance(event, KNOWN_EVENTS)


TESTED = {
    "event_type": "batch.completed",
    "object": "webhook_endpoint.test",
    "status_code": 200,
    "success": True,
    "webhook_endpoint_id": "we_1",
}


def test_only_json_schema_takes_a_whole_float_for_an_integer():
    payload = {**TESTED, "status_code": 200.0}
    judge = Draft202012Validator(owt.WebhookEndpointTestResult.model_json_schema())
    assert judge.is_valid(payload)
    assert not takes(owt.WebhookEndpointTestResult, payload)


def test_only_pydantic_takes_one_for_true():
    payload = {**TESTED, "success": 1}
    judge = Draft202012Validator(owt.WebhookEndpointTestResult.model_json_schema())
    assert not judge.is_valid(payload)
    assert takes(owt.WebhookEndpointTestResult, payload)
    assert sdk.WebhookEndpointTestResult.model_validate(payload, strict=True).success is True
