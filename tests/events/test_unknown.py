"""`UnknownWebhookEvent.data`: a dict whose keys can be read as attributes."""

import copy
import dataclasses
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openai_webhook_types import UnknownWebhookEvent, parse_event
from tests.strategies import json_values, unknown_names
from tests.values import UNKNOWN, Text

DATA = {"id": "video_1", "items": 5, "nested": {"id": 6}, "__len__": 7, "Text": Text("x")}


def event_with(data):
    return parse_event({**UNKNOWN, "data": data})


@given(st.dictionaries(unknown_names, json_values))
def test_keys_can_be_read_as_attributes(data):
    found = event_with(data).data
    assert found == data
    assert list(found) == list(data)
    for name in data:
        if not hasattr(dict, name) and not name.startswith("__"):
            assert getattr(found, name) is data[name]


def test_methods_of_dict_come_first():
    data = event_with(DATA).data
    assert (data.id, data["id"]) == ("video_1", "video_1")
    assert data["items"] == 5
    assert list(data.items()) == list(DATA.items())
    assert len(data) == 5
    assert data["__len__"] == 7


@pytest.mark.parametrize("name", ["absent", "__wrapped__", "__deepcopy__", "_repr_html_", ""])
def test_a_key_that_is_absent_is_an_attribute_error(name):
    data = event_with({**DATA, "__wrapped__": 1}).data
    assert not hasattr(data, name)
    assert getattr(data, name, "default") == "default"
    with pytest.raises(AttributeError, match=f"^the data of this event has no '{name}'$"):
        getattr(data, name)


def test_objects_inside_it_are_plain():
    assert type(event_with(DATA).data.nested) is dict


def test_it_is_the_events_own():
    data = dict(DATA)
    event = event_with(data)
    data["id"] = "changed"
    assert event.data.id == "video_1"
    with pytest.raises(AttributeError):
        event.data.id = "changed"


@pytest.mark.parametrize("data", [None, 5, "text", [{"id": 1}], ("x",)])
def test_other_values_are_themselves(data):
    assert event_with(data).data is data


def test_every_way_to_make_an_event_gives_it():
    event = event_with(DATA)
    for other in (
        parse_event(json.dumps({**UNKNOWN, "data": DATA})),
        parse_event({**UNKNOWN, "created_at": "1", "data": DATA}),
        UnknownWebhookEvent.from_dict({**UNKNOWN, "data": DATA}, strict=True),
        UnknownWebhookEvent(**UNKNOWN, data=DATA),
        UnknownWebhookEvent.model_construct(**{**UNKNOWN, "data": DATA}),
        dataclasses.replace(event, id="evt_2"),
        copy.copy(event),
        copy.deepcopy(event),
        pickle.loads(pickle.dumps(event)),
    ):
        assert other.data.id == "video_1"
        assert other.data == DATA


@pytest.mark.parametrize(
    "copied",
    [copy.copy, copy.deepcopy, lambda d: d.copy(), lambda d: pickle.loads(pickle.dumps(d))],
)
def test_it_is_copied_whole(copied):
    data = event_with(DATA).data
    assert copied(data) == DATA
    assert copied(data).id == "video_1"
    assert repr(data) == repr(DATA)


def test_dumps_have_a_plain_dict_of_their_own():
    event = event_with(DATA)
    for dumped in (event.to_dict(), event.model_dump(), event.model_dump(mode="json")):
        assert dumped["data"] == DATA
        assert type(dumped["data"]) is dict
        dumped["data"]["nested"]["id"] = dumped["data"]["id"] = "changed"
    assert event.data == DATA
    payload = {**UNKNOWN, "data": DATA}
    assert json.loads(event.to_json()) == payload
    assert json.loads(event.to_json(indent=None)) == payload
    assert event.model_dump(include={"data": {"id"}}) == {"data": {"id": "video_1"}}
    assert dataclasses.asdict(event)["data"] == DATA
    assert json.loads(json.dumps(event.data)) == DATA
