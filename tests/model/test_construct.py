"""Instances of arguments, which are validated, and of trusted values, which are not."""

import copy
import dataclasses
import inspect
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import openai_webhook_types as owt
from openai_webhook_types import (
    AgentSessionCreatedWebhookEvent,
    FineTuningJobFailedWebhookEvent,
    RealtimeCallIncomingWebhookEvent,
    WebhookEndpoint,
    WebhookEndpointList,
)
from openai_webhook_types import FineTuningJobFailedWebhookEvent as Failed
from tests.strategies import payloads
from tests.values import (
    CALL,
    ENDPOINT,
    FAILED,
    PAYLOADS,
    each_shape,
    each_type,
    error_of,
    required,
    without,
)


def declared_names(cls):
    return [field.name for field in dataclasses.fields(cls)]


def declared(cls, payload):
    return {name: payload[name] for name in declared_names(cls) if name in payload}


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
    # So do the values of an instance, by name or in order.
    values = [getattr(made, name) for name in inspect.signature(cls).parameters]
    assert (
        made == cls(*values) == cls(**{name: getattr(made, name) for name in declared_names(cls)})
    )
    assert dataclasses.replace(made, object=made.object) == made


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


def test_dataclasses_replace_passes_on_the_declared_fields_alone():
    event = owt.parse_event({**FAILED, "later": 1, "data": {"id": "ftjob-1", "new": [1]}})
    replaced = dataclasses.replace(event, id="evt_2")
    assert type(replaced) is type(event)
    assert replaced.id == "evt_2"
    assert replaced.data is event.data
    assert replaced.model_extra == {}
    assert event.model_extra == {"later": 1}


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


@each_type
def test_valid_payloads_give_what_from_dict_gives(cls):
    payload = {**PAYLOADS[cls], "new": [1]}
    event = cls.model_construct(**payload)
    assert type(event) is cls
    assert event.to_dict() == payload
    assert event.model_fields_set == payload.keys()
    assert [*event.model_dump()] == [*cls.from_dict(payload).model_dump()]
    assert event == cls.from_dict(payload)


def test_objects_are_made_at_any_depth():
    event = RealtimeCallIncomingWebhookEvent.model_construct(
        id=5, data={"sip_headers": [{"name": 1}, 2], "new": 3}, object=None, more=4
    )
    assert event.id == 5
    assert event.type is None
    assert type(event.data) is RealtimeCallIncomingWebhookEvent.Data
    assert type(event.data.sip_headers) is tuple
    assert event.data.sip_headers[0].name == 1
    assert event.data.sip_headers[0].value is None
    assert event.data.sip_headers[1] == 2
    assert event.data.new == 3
    assert event.model_extra == {"more": 4}
    page = WebhookEndpointList.model_construct(data=[ENDPOINT])
    assert page.data == (WebhookEndpoint.model_construct(**ENDPOINT),)


def test_values_of_other_shapes_are_kept():
    construct = RealtimeCallIncomingWebhookEvent.model_construct
    assert construct(data=5).data == 5
    listed = construct(data=[{"call_id": "c"}, 5]).data
    assert type(listed) is tuple
    assert listed[0].call_id == "c"
    assert listed[1] == 5
    assert construct(data={"sip_headers": {"name": 1}}).data.sip_headers == {"name": 1}
    assert WebhookEndpoint.model_construct(event_types=["a"]).event_types == ("a",)


def test_null_gives_the_default():
    event = FineTuningJobFailedWebhookEvent.model_construct(id=None, object=None)
    assert event.to_dict() == {"id": None, "object": None}


def test_optional_objects():
    construct = AgentSessionCreatedWebhookEvent.model_construct
    assert construct(data={"connect": {"x": 1}}).data.connect.x == 1
    assert construct(data={"connect": None}).data.connect is None


def test_fields_set():
    for names in ({"object", "new"}, frozenset(["object"]), {"object": 1}.keys()):
        event = FineTuningJobFailedWebhookEvent.model_construct(names, id="e")
        assert event.to_dict() == {"id": "e", "object": None}
        assert event.model_fields_set == {"id", "object"}


def test_names_of_parameters_are_names_of_fields_too():
    event = FineTuningJobFailedWebhookEvent.model_construct(cls=1, self=2)
    assert event.model_extra == {"cls": 1, "self": 2}


@each_type
def test_absent_fields_read_as_none_or_their_default(cls):
    made = cls.model_construct(object="x")
    copies = [
        copy.copy(made),
        copy.deepcopy(made),
        pickle.loads(pickle.dumps(made)),
        made.model_copy(update={"object": "x"}),
    ]
    names = [name for name in cls.__dataclass_fields__ if name != "object"]
    for one in (made, *copies):
        assert one == made
        assert hash(one) == hash(made)
        assert [getattr(one, name) for name in names] == [None] * len(names)
        assert one.to_dict() == {"object": "x"}
        assert one.model_dump() == {**dict.fromkeys(cls.__dataclass_fields__), "object": "x"}
        assert one.model_dump(mode="json") == one.model_dump()
        assert one.model_extra == {}
        assert one.model_fields_set == {"object"}
        assert "=None" in repr(one)
        with pytest.raises(AttributeError):
            _ = one.new


@each_type
def test_constructor_needs_every_required_field(cls):
    found = cls.from_dict(PAYLOADS[cls])
    values = {name: getattr(found, name) for name in required(cls)}
    assert cls(**values) == cls(*values.values())
    for missing in values:
        with pytest.raises(TypeError, match=f"'{missing}'"):
            cls(**without(values, missing))


def test_construct_is_model_construct():
    assert Failed.construct({"object"}, id="e") == Failed.model_construct({"object"}, id="e")
    assert Failed.construct({"object"}, id="e").to_dict() == {"id": "e", "object": None}


@pytest.mark.parametrize("names", [True, 5, "id", ["id"], {"id": 1}, object()])
def test_names_that_are_none_are_named(names):
    with pytest.raises(TypeError, match=r"^_fields_set must be a set of names, not \w+$"):
        Failed.model_construct(names, id="e")
