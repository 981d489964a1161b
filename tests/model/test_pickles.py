"""Pickles: those that version 0.1.0 wrote still load."""

import json
import pickle
from base64 import b64decode
from pathlib import Path

import pytest

import openai_webhook_types as owt
from tests.values import TYPES

# By name: a pickle in Base64, of an instance of the type with an unknown field.
PICKLES = json.loads(Path(__file__).with_name("pickles.json").read_text(encoding="utf-8"))


def loaded(name):
    return pickle.loads(b64decode(PICKLES[name]))


@pytest.mark.parametrize("name", PICKLES.keys() & {cls.__name__ for cls in TYPES})
def test_an_instance_loads(name):
    found = loaded(name)
    assert type(found) is getattr(owt, name)
    assert found == type(found).from_dict(found.to_dict())
    assert found.model_extra == {"new": [1, {"é": None}]}


def test_an_incomplete_instance_loads():
    found = loaded("model_construct")
    assert found.to_dict() == {"id": "e"}
    assert found.created_at is None


def test_the_data_of_an_unknown_event_loads_with_attributes():
    state = {**loaded("UnknownWebhookEvent").__getstate__(), "data": {"id": "video_1"}}
    event = as_pickled(owt.UnknownWebhookEvent, state)
    assert event.data.id == "video_1"


def as_pickled(cls, state):
    """Return what is loaded of an instance that another version pickled with a state."""

    class Pickled:
        def __reduce__(self):
            return object.__new__, (cls,), state

    return pickle.loads(pickle.dumps(Pickled()))


class Mine(owt.BatchFailedWebhookEvent.Data):
    pass


class TestFieldsThatWereUnknown:
    """A pickle from before a field was declared has its value among the unknown fields."""

    def test_they_are_read_as_fields(self):
        state = {"id": "s", "_extra": {"environment_type": "none", "new": 1}}
        data = as_pickled(owt.AgentSessionCreatedWebhookEvent.Data, state)
        expected = {"id": "s", "environment_type": "none", "new": 1}
        assert data == type(data).from_dict(expected)
        assert data.environment_type == "none"
        assert data.model_extra == {"new": 1}
        assert [*data.to_dict().items()] == [*expected.items()]

    def test_dicts_and_lists_become_objects_and_tuples(self):
        connect = {"remote_url": "wss://example.com"}
        data = as_pickled(
            owt.AgentSessionCreatedWebhookEvent.Data,
            {"id": "s", "environment_type": "none", "_extra": {"connect": connect}},
        )
        assert data.connect == owt.DataConnect("wss://example.com")
        assert data.model_extra == {}
        endpoint = as_pickled(owt.WebhookEndpoint, {"_extra": {"event_types": ["batch.failed"]}})
        assert endpoint.event_types == ("batch.failed",)

    def test_values_of_a_wrong_type_are_kept(self):
        data = as_pickled(owt.BatchFailedWebhookEvent.Data, {"_extra": {"id": 5}})
        assert data.id == 5
        assert data.to_dict() == {"id": 5}

    def test_what_a_subclass_keeps_on_its_instances_stays(self):
        data = as_pickled(Mine, {"seen": 1, "_extra": {"id": "b"}})
        assert (data.id, data.seen, data.to_dict()) == ("b", 1, {"id": "b"})


def test_errors_load():
    error = loaded("ValidationError")
    with pytest.raises(owt.ValidationError) as caught:
        owt.BatchFailedWebhookEvent.from_dict({"id": 5})
    assert error.errors() == caught.value.errors()
    assert str(error) == str(caught.value)
    error = loaded("InvalidWebhookSignatureError")
    assert (str(error), error.reason, error.webhook_id) == ("no", "missing_header", "wh_1")
