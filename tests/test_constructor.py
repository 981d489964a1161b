"""The constructor validates its arguments as `from_dict` validates a payload."""

import dataclasses
import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

import openai_webhook_types as owt
from tests.strategies import payloads
from tests.values import CALL, ENDPOINT, FAILED, PAYLOADS, each_shape, each_type, error_of, without


def declared(cls, payload):
    return {name: payload[name] for name in cls.__dataclass_fields__ if name in payload}


@given(st.data())
@each_shape
def test_arguments_give_what_from_dict_gives(cls, data):
    arguments = declared(cls, data.draw(payloads(cls)))
    made = cls(**arguments)
    # An argument that is the default of its field counts as unset.
    given_fields = {
        field.name: arguments[field.name]
        for field in dataclasses.fields(cls)
        if field.name in arguments and arguments[field.name] is not field.default
    }
    assert made == cls.from_dict(arguments)
    assert made.to_dict() == cls.from_dict(given_fields).to_dict()
    assert [*made.__dict__] == [*cls.from_dict(given_fields).__dict__]
    assert made.model_fields_set == given_fields.keys()


@each_type
def test_positional_arguments_are_validated_too(cls):
    arguments = declared(cls, PAYLOADS[cls])
    names = inspect.signature(cls).parameters
    positional = [arguments[name] for name in names if name in arguments]
    assert cls(*positional) == cls(**arguments) == cls.from_dict(arguments)
    with pytest.raises(owt.ValidationError):
        cls(*[object()] * len(positional))


@each_type
def test_wrong_arguments_have_the_problems_of_from_dict(cls):
    wrong = {name: object() for name in declared(cls, PAYLOADS[cls])}
    with pytest.raises(owt.ValidationError) as caught:
        cls(**wrong)
    assert caught.value.errors() == error_of(cls.from_dict, wrong).errors()
    assert caught.value.payload == wrong


def test_dicts_become_objects_and_lists_tuples_of_them():
    event = owt.RealtimeCallIncomingWebhookEvent(**CALL)
    assert type(event.data) is owt.RealtimeCallIncomingWebhookEvent.Data
    assert {type(header) for header in event.data.sip_headers} == {owt.DataSipHeader}
    assert type(event.data.sip_headers) is tuple
    nested = owt.RealtimeCallIncomingWebhookEvent.Data(**CALL["data"])
    assert owt.RealtimeCallIncomingWebhookEvent(**{**CALL, "data": nested}).data is nested


def test_values_are_coerced():
    cls = owt.FineTuningJobFailedWebhookEvent
    event = cls("evt_1", "1750287018", {"id": b"ftjob-1"}, "fine_tuning.job.failed")
    assert event.created_at == 1750287018
    assert event.data.id == "ftjob-1"
    assert event.to_dict()["created_at"] == 1750287018


def test_an_object_of_another_event_is_refused():
    other = owt.BatchFailedWebhookEvent.Data("batch_1")
    arguments = {**declared(owt.FineTuningJobFailedWebhookEvent, FAILED), "data": other}
    with pytest.raises(owt.ValidationError, match="valid dictionary or instance of Data"):
        owt.FineTuningJobFailedWebhookEvent(**arguments)


@pytest.mark.parametrize("arguments", [without(FAILED, "id"), {**FAILED, "later": 1}])
def test_missing_and_unknown_arguments_are_a_type_error(arguments):
    with pytest.raises(TypeError, match="argument"):
        owt.FineTuningJobFailedWebhookEvent(**arguments)


@each_type
def test_replace_validates_and_leaves_unset_what_was_unset(cls):
    original = cls.from_dict(declared(cls, PAYLOADS[cls]))
    assert dataclasses.replace(original).to_dict() == original.to_dict()
    name = next(iter(cls.__dataclass_fields__))
    with pytest.raises(owt.ValidationError):
        dataclasses.replace(original, **{name: object()})


def test_a_subclass_may_call_the_constructor_in_from_dict():
    class Event(owt.FineTuningJobFailedWebhookEvent):
        @classmethod
        def from_dict(cls, obj, *, strict=None):
            return cls(**obj)

    assert Event.from_dict(FAILED).to_dict() == FAILED


def test_the_base_of_all_events_cannot_be_made():
    with pytest.raises(TypeError, match="stands for several types"):
        owt.WebhookEvent()


def test_attributes_that_a_subclass_sets_first_are_kept():
    class Event(owt.WebhookEndpoint):
        def __init__(self, **arguments):
            self.__dict__["seen"] = True
            super().__init__(**arguments)

    made = Event(**ENDPOINT)
    assert made.seen
    assert made.to_dict() == ENDPOINT
