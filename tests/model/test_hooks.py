"""What Pydantic calls: what of it needs no Pydantic. See `tests/interop` for the rest."""

import sys
from types import SimpleNamespace

import pytest

import openai_webhook_types as owt
from tests.values import CASES, SAMPLES, UNKNOWN, each_type

PYDANTIC_2_0 = SimpleNamespace(VERSION="2.0")


@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_the_validator_of_pydantic_1_reads_as_from_dict(cls, payload):
    for kind in (cls, owt.WebhookEvent):
        (validate,) = kind.__get_validators__()
        event = validate(payload)
        assert (type(event), event) == (cls, cls.from_dict(payload))
        assert validate(event) is event


def test_its_errors_name_the_path_and_hold_no_payload():
    (validate,) = owt.BatchFailedWebhookEvent.__get_validators__()
    with pytest.raises(ValueError, match=r"data\.id\n  Field required") as caught:
        validate({**SAMPLES["batch.failed"], "data": {}})
    assert vars(caught.value) == {}


@each_type
def test_the_schema_of_a_field_has_what_it_refers_to(cls):
    schema = {"description": "of the field"}
    cls.__modify_schema__(schema)
    assert set(cls.__dataclass_fields__) == set(schema["properties"])
    assert "$ref" not in str(schema)


def test_the_schema_of_any_event_is_an_object():
    schema = {}
    owt.WebhookEvent.__modify_schema__(schema)
    assert schema == {"title": "WebhookEvent", "type": "object"}


def test_pydantic_2_0_sees_no_method_that_it_refuses(monkeypatch):
    monkeypatch.setitem(sys.modules, "pydantic", PYDANTIC_2_0)
    assert not hasattr(owt.BatchFailedWebhookEvent, "__modify_schema__")


def test_among_other_types_no_event_of_a_known_type_is_unknown():
    known = SAMPLES["batch.failed"]
    assert owt.UnknownWebhookEvent.from_dict(known).type == "batch.failed"
    with pytest.raises(owt.ValidationError) as caught:
        owt.UnknownWebhookEvent._from_pydantic(known)
    assert caught.value.errors(include_url=False) == [
        {
            "type": "literal_error",
            "loc": ("type",),
            "msg": "Input should be an event type that this package does not know",
            "input": "batch.failed",
            "ctx": {"expected": "an event type that this package does not know"},
        }
    ]
    event = owt.UnknownWebhookEvent.from_dict(known)
    assert owt.UnknownWebhookEvent._from_pydantic(event) is event
    assert owt.UnknownWebhookEvent._from_pydantic(UNKNOWN).to_dict() == UNKNOWN


def test_an_instance_that_pydantic_fills_takes_its_class_and_nothing_else():
    expected = owt.parse_event(SAMPLES["batch.failed"])
    event = object.__new__(owt.WebhookEvent)
    filled = {
        "__dict__": vars(expected),
        "__pydantic_fields_set__": type(expected),
        "__pydantic_extra__": None,
        "__pydantic_private__": None,
    }
    for name, value in filled.items():
        object.__setattr__(event, name, value)
    assert (type(event), event, vars(event)) == (type(expected), expected, vars(expected))
