"""`include` and `exclude` of `model_dump` and `model_dump_json`."""

import json
from collections import OrderedDict, deque

import pytest

from openai_webhook_types import RealtimeCallIncomingWebhookEvent, UnknownWebhookEvent
from tests.values import CALL, without

NAMES = [{"name": header["name"]} for header in CALL["data"]["sip_headers"]]


HEADERS = CALL["data"]["sip_headers"]


EVENT = RealtimeCallIncomingWebhookEvent.from_dict({**CALL, "new": [1, {"a": 2, "b": [3, 4]}]})


INCLUDED = [
    ({"id"}, {"id": CALL["id"]}),
    (["id"], {"id": CALL["id"]}),
    ({"id": True, "type": ...}, {"id": CALL["id"], "type": CALL["type"]}),
    ({"id": None}, {"id": CALL["id"]}),
    ({"id": {"x"}}, {"id": CALL["id"]}),
    ({"absent"}, {}),
    (set(), {}),
    ({}, {}),
    ({"data": {"call_id"}}, {"data": {"call_id": CALL["data"]["call_id"]}}),
    ({"data": {"sip_headers": {"__all__": {"name"}}}}, {"data": {"sip_headers": NAMES}}),
    ({"data": {"sip_headers": {0: {"name"}}}}, {"data": {"sip_headers": NAMES[:1]}}),
    ({"data": {"sip_headers": {-1}}}, {"data": {"sip_headers": HEADERS[-1:]}}),
    ({"data": {"sip_headers": {-1: True}}}, {"data": {"sip_headers": HEADERS[-1:]}}),
    ({"data": {"sip_headers": (0,)}}, {"data": {"sip_headers": HEADERS[:1]}}),
    ({"new": {1: {"b": {-1}}}}, {"new": [{"b": [4]}]}),
    ({"new": {"__all__": {"a"}, 1: {"b"}}}, {"new": [1, {"a": 2, "b": [3, 4]}]}),
    ({"new": {"__all__": {"b": {0}}, 1: {"b": {1}}}}, {"new": [1, {"b": [3, 4]}]}),
    ({"new": {"__all__": {"b": {0}}, 1: {"b"}}}, {"new": [1, {"b": [3, 4]}]}),
    ({"new": {"__all__": {"b"}, 1: True}}, {"new": [1, {"a": 2, "b": [3, 4]}]}),
    ({"data": {"sip_headers": {-99}}}, {"data": {"sip_headers": HEADERS[:1]}}),
    ({"new": {2}}, {"new": [1]}),
    ({"new": {-3}}, {"new": [{"a": 2, "b": [3, 4]}]}),
    ({"new": {2**70 + 1: True}}, {"new": [{"a": 2, "b": [3, 4]}]}),
    ({"new": {1: {"a"}, 3: {"b"}}}, {"new": [{"b": [3, 4]}]}),
    ({"new": {True: {"a"}}}, {"new": [{"a": 2}]}),
    ({"new": (2, -1)}, {"new": []}),
    ({"new": frozenset([0, 3, -1])}, {"new": [1]}),
    ({"__all__"}, EVENT.model_dump()),
]


EXCLUDED = [
    ({"id"}, without(EVENT.model_dump(), "id")),
    ({"id": True}, without(EVENT.model_dump(), "id")),
    ({"id": False, "type": None, "created_at": {}}, EVENT.model_dump()),
    ({"__all__"}, {}),
    ({"new": {1: {"b": {0}}}}, {**EVENT.model_dump(), "new": [1, {"a": 2, "b": [4]}]}),
    ({"new": {"__all__"}}, {**EVENT.model_dump(), "new": []}),
    ({"new": {2}}, {**EVENT.model_dump(), "new": [{"a": 2, "b": [3, 4]}]}),
    ({"new": {-3: True}}, {**EVENT.model_dump(), "new": [1]}),
    ({"new": {0: True, 2: {"a"}}}, EVENT.model_dump()),
    ({"new": {1: {"b": {1}}, "__all__": {"b": {3: {"c"}}}}}, EVENT.model_dump()),
    ({"new": {"__all__": {"a"}, 1: {"b"}}}, {**EVENT.model_dump(), "new": [1, {}]}),
]


@pytest.mark.parametrize(("include", "expected"), INCLUDED)
def test_include_names_what_is_kept(include, expected):
    assert EVENT.model_dump(include=include) == expected
    assert EVENT.model_dump(include=include, mode="json") == expected
    assert json.loads(EVENT.model_dump_json(include=include)) == expected


@pytest.mark.parametrize(("exclude", "expected"), EXCLUDED)
def test_exclude_names_what_is_left_out(exclude, expected):
    assert EVENT.model_dump(exclude=exclude) == expected
    assert EVENT.model_dump(exclude=exclude, mode="json") == expected
    assert json.loads(EVENT.model_dump_json(exclude=exclude)) == expected


def test_both_and_the_other_options_hold_together():
    found = EVENT.model_dump(include={"id", "object"}, exclude={"id"}, exclude_none=True)
    assert found == {"object": "event"} if EVENT.object else found == {}


def test_the_event_is_not_changed_and_tuples_stay_tuples():
    event = UnknownWebhookEvent.from_dict(
        {"id": "e", "created_at": 1, "type": "new", "data": [(1, 2)]}
    )
    assert event.model_dump(include={"data": {0: {1}}}) == {"data": [(2,)]}
    assert event.data == [(1, 2)]


@pytest.mark.parametrize("empty", [[], (), deque()])
def test_nothing_is_left_out_of_what_is_empty(empty):
    event = RealtimeCallIncomingWebhookEvent.from_dict({**CALL, "new": empty})
    for rules in ({0}, {-1: True}, {"__all__"}):
        assert event.model_dump(include={"new": rules}) == {"new": empty}
        assert event.model_dump(exclude={"new": rules})["new"] == empty


def test_kinds_of_dict_are_dicts():
    event = UnknownWebhookEvent.from_dict(
        {"id": "e", "created_at": 1, "type": "new", "data": OrderedDict(a=1, b=2)}
    )
    assert event.model_dump(include={"data": {"a"}}) == {"data": {"a": 1}}
    assert event.model_dump(mode="json", exclude={"data": {"a"}})["data"] == {"b": 2}


def test_what_is_left_out_need_not_be_json():
    event = UnknownWebhookEvent.from_dict(
        {"id": "e", "created_at": 1, "type": "new", "data": object()}
    )
    assert json.loads(event.model_dump_json(include={"id"})) == {"id": "e"}
    assert event.model_dump(mode="json", include={"id"}, fallback=int) == {"id": "e"}
    with pytest.raises(ValueError, match="unknown type"):
        event.model_dump_json(exclude={"id"})


@pytest.mark.parametrize("argument", ["include", "exclude"])
@pytest.mark.parametrize("dump", [EVENT.model_dump, EVENT.model_dump_json])
@pytest.mark.parametrize(
    "rules", [5, iter(["id"]), {"data": 5}, {"new": {"__all__": {"b"}, 1: False}}]
)
def test_other_forms_are_a_type_error(dump, argument, rules):
    said = rf"^('{argument}' must be a set or a dict, not|'include' and 'exclude' must have) "
    with pytest.raises(TypeError, match=said):
        dump(**{argument: rules})
