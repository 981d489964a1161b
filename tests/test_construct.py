"""`model_construct`: instances of values that are not validated."""

import copy
import pickle

import pytest

from openai_webhook_types import (
    AgentSessionCreatedWebhookEvent,
    FineTuningJobFailedWebhookEvent,
    RealtimeCallIncomingWebhookEvent,
    WebhookEndpoint,
    WebhookEndpointList,
)
from tests.values import ENDPOINT, FAILED, PAYLOADS, each_type


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
    event = FineTuningJobFailedWebhookEvent.model_construct({"object", "new"}, id="e")
    assert event.to_dict() == {"id": "e", "object": None, "new": None}
    assert event.model_fields_set == {"id", "object", "new"}


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


def test_nothing_is_validated():
    event = FineTuningJobFailedWebhookEvent.model_construct(**{**FAILED, "created_at": "soon"})
    assert event.created_at == "soon"
