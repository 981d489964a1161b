"""The second reading of a payload: lists, objects and names, and every error in its order."""

import collections
import dataclasses
import json
import pickle
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openai_webhook_types import (
    AgentSessionCreatedWebhookEvent,
    DataConnect,
    DataSipHeader,
    FineTuningJobFailedWebhookEvent,
    LiveTransportIncomingWebhookEvent,
    RealtimeCallIncomingWebhookEvent,
    SafetyAlertCreatedWebhookEvent,
    ValidationError,
    WebhookEndpointList,
    WebhookEventTypeList,
)
from tests.model.fields import (
    CALL_DATA,
    OBJECT_LISTS,
    OBJECTS,
    OPTIONAL_OBJECTS,
    STRING_LISTS,
    each,
)
from tests.strategies import EDGE_VALUES, mutated, payloads
from tests.values import (
    CALL,
    ENDPOINT,
    FAILED,
    PAGE,
    PAYLOADS,
    SESSION,
    TYPE_LIST,
    EmptyMapping,
    Plain,
    Text,
    assert_identical,
    boom,
    each_shape,
    each_type,
    error_of,
    problems,
)


class TestLists:
    HEADER = CALL["data"]["sip_headers"][0]

    @pytest.mark.parametrize(
        "make",
        [tuple, collections.deque, iter, lambda items: (item for item in items), dict.fromkeys],
        ids=["tuple", "deque", "iterator", "generator", "keys"],
    )
    def test_lax_mode_takes_any_iterable(self, make):
        for field, items in (
            (OBJECT_LISTS[0], [DataSipHeader("n", "v"), DataSipHeader("n", "w")]),
            (STRING_LISTS[0], ["a", "b"]),
        ):
            given = make(items)
            given = given.keys() if isinstance(given, dict) else given
            assert field.read(given) == tuple(items)
            given = make(items)
            given = given.keys() if isinstance(given, dict) else given
            assert field.problem(given, strict=True) == "list_type"

    @pytest.mark.parametrize("make", [set, frozenset])
    def test_lax_mode_takes_sets(self, make):
        assert STRING_LISTS[0].read(make(["a"])) == ("a",)
        assert OBJECT_LISTS[0].read(make([DataSipHeader("n", "v")])) == (DataSipHeader("n", "v"),)

    @pytest.mark.parametrize("strict", [False, True])
    @each(*OBJECT_LISTS, *STRING_LISTS)
    def test_lists_become_tuples(self, field, strict):
        given = list(field.payload[field.name])
        for value in (given, type("List", (list,), {})(given), []):
            found = field.read(value, strict=strict)
            assert type(found) is tuple
            assert len(found) == len(value)
        found = field.read(given)
        given.clear()
        assert len(found) > 0

    @pytest.mark.parametrize(
        "given", ["ab", b"ab", bytearray(b""), {}, MappingProxyType({}), None, 5, object()]
    )
    @each(*OBJECT_LISTS, *STRING_LISTS)
    def test_other_values_are_refused(self, field, given):
        assert field.problem(given) == "list_type"
        assert field.problem(given, strict=True) == "list_type"

    def test_strings_are_coerced_one_by_one(self):
        assert STRING_LISTS[0].read(["a", b"b", Text("c")]) == ("a", "b", "c")
        payload = {**TYPE_LIST, "data": ["a", 1, b"b", None]}
        assert problems(WebhookEventTypeList, payload) == [
            ("string_type", ("data", 1)),
            ("string_type", ("data", 3)),
        ]
        assert problems(WebhookEventTypeList, payload, strict=True) == [
            ("string_type", ("data", 1)),
            ("string_type", ("data", 2)),
            ("string_type", ("data", 3)),
        ]

    def test_problems_that_say_the_same_share_what_they_say(self):
        data = {**CALL["data"], "sip_headers": [0, 0, {"name": 0}, 0]}
        error = error_of(RealtimeCallIncomingWebhookEvent.Data.from_dict, data)
        said = [ctx for _, _, _, ctx in error._problems]
        assert said[0] is said[1] == said[-1] == {"class_name": "DataSipHeader"}
        error.errors()[0]["ctx"].clear()
        assert error.errors()[1]["ctx"] == {"class_name": "DataSipHeader"}

    def test_each_object_has_its_problems(self):
        page = {**PAGE, "data": [ENDPOINT, {**ENDPOINT, "event_types": [5], "url": None}, 5]}
        assert problems(WebhookEndpointList, page) == [
            ("string_type", ("data", 1, "event_types", 0)),
            ("string_type", ("data", 1, "url")),
            ("model_type", ("data", 2)),
        ]

    @pytest.mark.parametrize(
        ("error", "said"),
        [
            (RuntimeError("boom"), "RuntimeError: boom"),
            (AssertionError(), "AssertionError"),
            (AssertionError(Text("")), "AssertionError"),
            (KeyError(""), "KeyError: ''"),
            (ValueError("\ud800"), "ValueError: \ufffd\ufffd\ufffd"),
            (type("Mute", (Exception,), {"__str__": boom})(), "Mute: <exception str() failed>"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_an_iterable_may_break_off(self, error, said):
        def broken():
            yield self.HEADER
            yield self.HEADER
            raise error

        cls, payload = CALL_DATA
        found = error_of(cls.from_dict, {**payload, "sip_headers": broken()})
        (problem,) = found.errors()
        assert (problem["type"], problem["loc"]) == ("iteration_error", ("sip_headers", 2))
        assert problem["ctx"] == {"error": said}

    def test_an_iterable_may_not_even_begin(self):
        broken = type("Broken", (), {"__iter__": boom})
        assert OBJECT_LISTS[0].problem(broken()) == "list_type"


class TestObjects:
    @pytest.mark.parametrize("strict", [False, True])
    @pytest.mark.parametrize("make", [dict, collections.OrderedDict, type("Sub", (dict,), {})])
    def test_dicts_are_accepted(self, make, strict):
        event = FineTuningJobFailedWebhookEvent.from_dict(FAILED)
        payload = make({**FAILED, "data": make(FAILED["data"])})
        assert FineTuningJobFailedWebhookEvent.from_dict(payload, strict=strict) == event

    def test_lax_mode_accepts_mappings(self):
        event = FineTuningJobFailedWebhookEvent.from_dict(FAILED)
        payload = MappingProxyType({**FAILED, "data": MappingProxyType(FAILED["data"])})
        assert FineTuningJobFailedWebhookEvent.from_dict(payload) == event
        assert problems(FineTuningJobFailedWebhookEvent, payload, strict=True) == [
            ("model_type", ())
        ]
        payload = dict(payload)
        assert problems(FineTuningJobFailedWebhookEvent, payload, strict=True) == [
            ("model_type", ("data",))
        ]

    @pytest.mark.parametrize("strict", [False, True])
    def test_instances_are_returned_unchanged(self, strict):
        cls = FineTuningJobFailedWebhookEvent
        event = cls.from_dict(FAILED)
        assert cls.from_dict(event, strict=strict) is event
        assert cls.from_dict({**FAILED, "data": event.data}, strict=strict).data is event.data

    def test_instances_of_other_classes_are_refused(self):
        event = FineTuningJobFailedWebhookEvent.from_dict(FAILED)
        assert problems(SafetyAlertCreatedWebhookEvent, event) == [("model_type", ())]
        payload = {**FAILED, "data": SafetyAlertCreatedWebhookEvent.Data("a")}
        assert problems(FineTuningJobFailedWebhookEvent, payload) == [("model_type", ("data",))]

    @pytest.mark.parametrize("given", [5, "x", b"{}", [], [("id", "x")], object()])
    @each(*OBJECTS, *OPTIONAL_OBJECTS)
    def test_other_values_are_refused(self, field, given):
        assert field.problem(given) == field.problem(given, strict=True) == "model_type"

    def test_optional_objects(self):
        (field,) = OPTIONAL_OBJECTS
        assert field.read({"remote_url": "wss://x"}) == DataConnect("wss://x")
        assert field.read(MappingProxyType({"remote_url": b"u"})) == DataConnect("u")
        payload = {**SESSION, "data": {**SESSION["data"], "connect": {}}}
        assert problems(AgentSessionCreatedWebhookEvent, payload) == [
            ("missing", ("data", "connect", "remote_url"))
        ]

    def test_a_mapping_may_break(self):
        broken = type("Broken", (EmptyMapping,), {"items": boom})
        error = error_of(FineTuningJobFailedWebhookEvent.from_dict, broken())
        assert "valid mapping, error: RuntimeError: boom" in str(error)
        assert [(p["type"], p["loc"]) for p in error.errors()] == [("mapping_type", ())]


class TestOrder:
    def test_every_problem_is_found_in_field_order(self):
        payload = {
            "object": "x",
            "type": "y",
            "data": {
                "sip_headers": [{}, 5, {"name": 1, "value": "v", 3: 4}],
                "sip_media_security": 5,
            },
            7: 8,
        }
        assert problems(RealtimeCallIncomingWebhookEvent, payload) == [
            ("missing", ("id",)),
            ("missing", ("created_at",)),
            ("missing", ("data", "call_id")),
            ("missing", ("data", "sip_headers", 0, "name")),
            ("missing", ("data", "sip_headers", 0, "value")),
            ("model_type", ("data", "sip_headers", 1)),
            ("string_type", ("data", "sip_headers", 2, "name")),
            ("invalid_key", ("data", "sip_headers", 2, 3)),
            ("literal_error", ("data", "sip_media_security", "literal['rtp','srtp']")),
            ("string_type", ("data", "sip_media_security", "str")),
            ("literal_error", ("type",)),
            ("literal_error", ("object",)),
            ("invalid_key", (7,)),
        ]

    def test_every_field_is_read_by_its_rule(self):
        # One field at a time, where objects have several.
        data = {"session_id": 5, "sip_headers": 5, "type": 5, "sip_media_security": 5}
        assert problems(LiveTransportIncomingWebhookEvent.Data, data) == [
            ("string_type", ("session_id",)),
            ("list_type", ("sip_headers",)),
            ("literal_error", ("type",)),
            ("literal_error", ("sip_media_security", "literal['rtp','srtp']")),
            ("string_type", ("sip_media_security", "str")),
        ]


class TestNamesOfUnknownFields:
    @pytest.mark.parametrize("strict", [False, True])
    @pytest.mark.parametrize(
        ("key", "step"),
        [
            (5, 5), (True, 1), (2**63 - 1, 2**63 - 1), (2**63, str(2**63)),
            (-(2**63), -(2**63)), (-(2**63) - 1, str(-(2**63) - 1)),
            (None, "None"), (1.5, "1.5"), ((1,), "(1,)"), (b"x", "b'x'"),
            (Plain.TEXT, repr(Plain.TEXT)), (Text("\ud800"), "'\\ud800'"),
        ],
    )  # fmt: skip
    def test_names_that_are_not_text_are_refused(self, key, step, strict):
        error = error_of(FineTuningJobFailedWebhookEvent.from_dict, {**FAILED, key: 1})
        (problem,) = error.errors()
        assert (problem["type"], problem["loc"]) == ("invalid_key", (step,))
        assert type(problem["loc"][0]) is type(step)
        assert problem["input"] is key

    @pytest.mark.parametrize("strict", [False, True])
    def test_names_of_a_subclass_of_str_become_str(self, strict):
        payload = {**FAILED, Text("new"): 1}
        event = FineTuningJobFailedWebhookEvent.from_dict(payload, strict=strict)
        assert [type(name) for name in event.model_extra] == [str]

    def test_a_name_that_is_not_unicode_is_the_only_problem_of_its_object(self):
        payload = {**FAILED, "id": 5, "data": {"id": 5, "\ud800": 1}}
        assert problems(FineTuningJobFailedWebhookEvent, payload) == [
            ("string_type", ("id",)),
            ("string_unicode", ("data",)),
        ]
        error = error_of(FineTuningJobFailedWebhookEvent.from_dict, {**payload, "\ud801": 1})
        assert [problem["input"] for problem in error.errors()] == ["\ud801"]


@each_shape
@given(data=st.data())
def test_nearly_valid_payloads_give_an_instance_or_every_problem(cls, data):
    payload = data.draw(mutated(payloads(cls)))
    strict = data.draw(st.booleans())
    text = json.dumps(payload)
    try:
        found = cls.from_dict(payload, strict=strict)
    except ValidationError as error:
        assert error.payload is payload
        assert error.error_count() == len(error.errors()) > 0
        for problem in error.errors():
            assert_located(problem, payload)
        assert len(json.loads(error.json())) == error.error_count()
        assert str(error).startswith(f"{error.error_count()} validation error")
        assert str(pickle.loads(pickle.dumps(error))) == str(error)
        if "\\ud" not in text:  # lone surrogates are no JSON
            from_json = error_of(cls.from_json, text, strict=strict)
            assert [(p["type"], p["loc"]) for p in from_json.errors()] == [
                (p["type"], p["loc"]) for p in error.errors()
            ]
    else:
        assert type(found) is cls
        assert found.model_fields_set == payload.keys()
        if "\\ud" not in text:
            assert_identical(cls.from_json(text).to_dict(), found.to_dict())


def assert_located(problem, payload):
    """Assert that the input of a problem is what its location leads to."""
    path = [step for step in problem["loc"] if step != "str" and not is_literal(step)]
    if problem["type"] == "missing":
        missing = path.pop()
    for step in path:
        payload = payload[step]
    if problem["type"] == "missing":
        assert missing not in payload
    if problem["type"] == "string_unicode" and isinstance(payload, dict):
        assert problem["input"] in payload  # a name
    else:
        assert problem["input"] is payload


def is_literal(step):
    """Tell whether a step of a location names a member of a union."""
    return str(step).startswith("literal[")


@each_type
def test_edge_values_are_a_problem_of_their_field_at_most(cls):
    payload = PAYLOADS[cls]
    for field in dataclasses.fields(cls):
        for value in EDGE_VALUES:
            for strict in (False, True):
                try:
                    found = cls.from_dict({**payload, field.name: value}, strict=strict)
                except ValidationError as error:
                    assert {problem["loc"][0] for problem in error.errors()} == {field.name}
                else:
                    again = cls.from_dict(found.to_dict(), strict=True)
                    assert repr(again) == repr(found)


@each_type
def test_values_of_other_types_are_one_problem(cls):
    for value in (None, 5, "text", b"{}", [], [{}], object):
        for strict in (False, True):
            (problem,) = error_of(cls.from_dict, value, strict=strict).errors()
            assert (problem["type"], problem["loc"]) == ("model_type", ())
            assert problem["input"] is value
    for text in ("null", "5", b'"text"', "[{}]", "true"):
        error = error_of(cls.from_json, text)
        assert error.payload is text
        (problem,) = error.errors()
        assert (problem["type"], problem["loc"]) == ("model_type", ())
        assert problem["input"] == json.loads(text)
