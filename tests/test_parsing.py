"""`parse_event` and `event_class`: the class for an event type."""

import copy
import dataclasses
import json
import pickle
import re
import typing
from types import MappingProxyType

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import openai_webhook_types as owt
from openai_webhook_types import (
    EVENT_TYPES,
    BatchFailedWebhookEvent,
    FineTuningJobFailedWebhookEvent,
    UnknownWebhookEvent,
    ValidationError,
    event_class,
    parse_event,
)
from tests.strategies import newer_payloads
from tests.values import (
    CLASSES,
    EVENTS,
    FAILED,
    FULL,
    SAMPLES,
    SHAPES,
    UNKNOWN,
    Plain,
    Text,
    error_of,
    without,
)


@pytest.mark.parametrize(("cls", "payload"), FULL)
def test_every_known_type_has_its_class(cls, payload):
    text = json.dumps(payload)
    for body in (payload, MappingProxyType(payload), text, text.encode(), bytearray(text.encode())):
        for strict in (None, False):
            event = parse_event(body, strict=strict)
            assert type(event) is cls
            assert event.to_dict() == payload
    assert type(parse_event(text, strict=True)) is cls


def test_events_are_returned_unchanged():
    event = FineTuningJobFailedWebhookEvent.from_dict(FAILED)
    assert parse_event(event) is event
    unknown = parse_event(UNKNOWN)
    assert parse_event(unknown, strict=True) is unknown


class TestUnknownTypes:
    def test_they_are_events_too(self):
        payload = {**UNKNOWN, "data": {"id": "v"}, "new": 1}
        event = parse_event(payload)
        assert type(event) is UnknownWebhookEvent
        assert isinstance(event, owt.WebhookEvent)
        assert (event.data, event.object, event.new) == ({"id": "v"}, None, 1)
        assert event.to_dict() == payload

    def test_they_need_no_data(self):
        assert parse_event(UNKNOWN).data is None
        assert parse_event(UNKNOWN).to_dict() == UNKNOWN

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            ({"id": "e", "created_at": 1}, [("missing", ("type",))]),
            ({"type": "x"}, [("missing", ("id",)), ("missing", ("created_at",))]),
            ({"id": "e", "created_at": 1, "type": 5}, [("string_type", ("type",))]),
            ({"id": "e", "created_at": 1, "type": []}, [("string_type", ("type",))]),
            ({"id": "e", "created_at": 1, "type": None}, [("string_type", ("type",))]),
            ({**UNKNOWN, "object": 5}, [("string_type", ("object",))]),
            ([], [("model_type", ())]),
            (None, [("model_type", ())]),
            (5, [("model_type", ())]),
            (b"[]", [("model_type", ())]),
            ("null", [("model_type", ())]),
            (b"", [("json_invalid", ())]),
            ("{", [("json_invalid", ())]),
        ],
    )
    def test_invalid_bodies(self, body, expected):
        for strict in (None, True):
            error = error_of(parse_event, body, strict=strict)
            has_type = isinstance(body, dict) and isinstance(body.get("type"), str)
            assert error.title == ("UnknownWebhookEvent" if has_type else "WebhookEvent")
            assert [(p["type"], p["loc"]) for p in error.errors()] == expected
            assert error.payload is body


# Paths to each Literal but `type`, in a sample.
LITERALS = [
    ("agent.session.action_required", ("data", "required_action", "type")),
    ("agent.session.created", ("object",)),
    ("batch.failed", ("object",)),
    ("live.transport.connected", ("data", "type")),
    ("live.transport.incoming", ("data", "type")),
    ("safety_identifier.blocked", ("object",)),
]


def put(payload, path, value):
    """Return a payload with another value at a path."""
    name, *rest = path
    return {**payload, name: put(payload[name], rest, value) if rest else value}


class TestNewValuesOfALiteral:
    @pytest.mark.parametrize("cls", [cls for cls in SHAPES if cls in EVENTS])
    @given(data=st.data())
    def test_they_are_kept_and_survive_a_round_trip(self, cls, data):
        payload = data.draw(newer_payloads(cls))
        assume(cls is CLASSES.get(payload["type"], UnknownWebhookEvent))
        event = parse_event(payload)
        assert type(event) is cls
        assert repr(event.to_dict()) == repr(cls.model_construct(**payload).to_dict())
        for same in (
            parse_event(event.to_dict()),
            parse_event(json.dumps(payload)),
            copy.deepcopy(event),
            pickle.loads(pickle.dumps(event)),
        ):
            assert repr(same) == repr(event)
        assert event.model_dump_json() == parse_event(json.dumps(payload)).model_dump_json()

    @pytest.mark.parametrize(("event_type", "path"), LITERALS)
    def test_only_lax_receiving_keeps_them(self, event_type, path):
        payload, cls = put(SAMPLES[event_type], path, "newer"), CLASSES[event_type]
        event = parse_event(payload)
        assert event.to_dict() == payload
        for read in (
            cls.from_dict,
            cls.model_validate,
            owt.WebhookEvent.from_dict,
            lambda body: cls.from_json(json.dumps(body)),
            lambda body: parse_event(body, strict=True),
            lambda body: parse_event(json.dumps(body), strict=True),
            lambda body: cls(**body),
            lambda body: dataclasses.replace(parse_event(SAMPLES[event_type]), **body),
        ):
            (problem,) = error_of(read, payload).errors()
            assert (problem["type"], problem["loc"]) == ("literal_error", path)
        # An event that was received is not validated again.
        assert cls.from_dict(event) is event
        assert event.model_copy(update={"id": "evt_2"}).to_dict() == {**payload, "id": "evt_2"}

    @pytest.mark.parametrize(("event_type", "path"), LITERALS)
    @pytest.mark.parametrize("value", [5, True, 1.5, [], {}, b"event", Plain.TEXT])
    def test_values_of_another_type_are_refused(self, event_type, path, value):
        error = error_of(parse_event, put(SAMPLES[event_type], path, value))
        assert [(p["type"], p["loc"]) for p in error.errors()] == [("literal_error", path)]

    def test_they_are_plain_unicode(self):
        event = parse_event({**FAILED, "object": Text("newer")})
        assert (event.object, type(event.object)) == ("newer", str)
        for value in ("\ud800", Text("\ud800")):
            (problem,) = error_of(parse_event, {**FAILED, "object": value}).errors()
            assert (problem["type"], problem["loc"]) == ("string_unicode", ("object",))

    def test_they_are_no_problem_among_the_problems_of_a_payload(self):
        payload = {**without(FAILED, "id"), "object": "newer", "created_at": "soon"}
        error = error_of(parse_event, payload)
        assert [problem["loc"] for problem in error.errors()] == [("id",), ("created_at",)]


def test_strict_mode_coerces_nothing():
    payload = {**FAILED, "created_at": "1"}
    assert parse_event(payload).created_at == 1
    for body in (payload, json.dumps(payload)):
        error = error_of(parse_event, body, strict=True)
        assert [problem["type"] for problem in error.errors()] == ["int_type"]
        assert error.title == "FineTuningJobFailedWebhookEvent"


def test_types_of_a_subclass_of_str_are_known():
    event = parse_event({**FAILED, "type": Text(FAILED["type"])})
    assert type(event) is FineTuningJobFailedWebhookEvent
    assert type(event.type) is str


def test_annotations_resolve():
    assert typing.get_type_hints(parse_event)["return"] == owt.UnwrapWebhookEvent
    assert typing.get_type_hints(event_class)["return"] == typing.Type[owt.WebhookEvent]


class TestEventClass:
    def test_it_is_the_class_of_the_type(self):
        for event_type, cls in CLASSES.items():
            assert event_class(event_type) is cls
        assert event_class("batch.failed") is BatchFailedWebhookEvent

    @pytest.mark.parametrize("event_type", EVENT_TYPES)
    def test_unknown_types_are_refused_with_similar_ones(self, event_type):
        for misspelled in (event_type[:-1], event_type + "x", event_type.upper()):
            with pytest.raises(ValueError, match=r"^unknown event type ") as caught:
                event_class(misspelled)
            said, _, hint = str(caught.value).partition("; did you mean ")
            assert said == f"unknown event type {misspelled!r}"
            assert re.fullmatch(r"'[\w.]+'(?:(, '[\w.]+')* or '[\w.]+')?\?", hint)
            suggested = re.findall(r"'([\w.]+)'", hint)
            assert suggested[0] == event_type
            assert {*suggested} <= {*EVENT_TYPES}

    def test_suggestions_are_a_phrase(self):
        with pytest.raises(ValueError, match="unknown") as caught:
            event_class("Eval.Run.Canceled")
        assert str(caught.value) == (
            "unknown event type 'Eval.Run.Canceled'; did you mean "
            "'eval.run.canceled', 'eval.run.failed' or 'eval.run.succeeded'?"
        )

    def test_a_subclass_of_str_is_text(self):
        text = type("Unhashable", (str,), {"__hash__": None})
        assert event_class(text("batch.failed")) is BatchFailedWebhookEvent

    @pytest.mark.parametrize("event_type", ["", "zzzzzzzz", None, 5, [], {}, b"batch.failed"])
    def test_types_like_none_are_refused_without(self, event_type):
        said = re.escape(f"unknown event type {event_type!r}")
        with pytest.raises(ValueError, match=f"^{said}$") as caught:
            event_class(event_type)
        assert not isinstance(caught.value, ValidationError)


def test_the_base_of_all_events_reads_each_as_its_type():
    for read in (owt.WebhookEvent.from_dict, owt.WebhookEvent.model_validate):
        assert type(read(FAILED)) is FineTuningJobFailedWebhookEvent
        assert type(read({**FAILED, "type": "new.type"})) is owt.UnknownWebhookEvent
    assert type(owt.WebhookEvent.from_json(json.dumps(FAILED))) is FineTuningJobFailedWebhookEvent
    with pytest.raises(ValidationError, match="for FineTuningJobFailedWebhookEvent\ndata"):
        owt.WebhookEvent.from_dict({**FAILED, "data": 5})
