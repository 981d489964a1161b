"""The rules of every event type, first as properties, then one by one as examples."""

import copy
import dataclasses
import json
import pickle
import typing
from collections import OrderedDict
from datetime import datetime, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from fractions import Fraction
from types import MappingProxyType
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import openai_webhook_types as owt
from openai_webhook_types import (
    AgentSessionCreatedWebhookEvent,
    FineTuningJobFailedWebhookEvent,
    RealtimeCallIncomingWebhookEvent,
    SafetyAlertCreatedWebhookEvent,
    UnknownWebhookEvent,
    ValidationError,
    WebhookEvent,
    _dump,
    parse_event,
)
from tests.strategies import EVENTS, json_values, mutated, payloads

each_type = pytest.mark.parametrize("cls", EVENTS, ids=lambda cls: cls.__name__)

FAILED = {
    "id": "evt_1",
    "object": "event",
    "created_at": 1750287018,
    "type": "fine_tuning.job.failed",
    "data": {"id": "ftjob-1"},
}
CALL = {
    "id": "evt_2",
    "created_at": 1750287018,
    "type": "realtime.call.incoming",
    "data": {"call_id": "rtc_1", "sip_headers": [{"name": "From", "value": "sip:a@b"}]},
}


def problems(cls, payload, **options):
    """Return type and path of what a class finds wrong with a payload."""
    with pytest.raises(ValidationError) as caught:
        cls.from_dict(payload, **options)
    return [(problem["type"], problem["loc"]) for problem in caught.value.errors()]


class TestProperties:
    @each_type
    @given(data=st.data())
    def test_a_valid_payload_comes_back_as_it_was(self, cls, data):
        payload = data.draw(payloads(cls))
        before = copy.deepcopy(payload)
        event = cls.from_dict(payload, strict=True)
        assert_identical(event.to_dict(), payload)
        assert_identical(payload, before)
        assert cls.from_dict(event.to_dict()) == event
        assert cls.from_dict(payload) == event

    @each_type
    @given(data=st.data())
    def test_a_valid_payload_comes_back_through_json(self, cls, data):
        event = cls.from_dict(data.draw(payloads(cls)))
        for text in (event.to_json(), event.model_dump_json(exclude_unset=True)):
            again = cls.from_json(text, strict=True)
            assert_identical(again.to_dict(), event.to_dict(mode="json"))
            assert cls.from_json(text.encode()) == again
            assert json.loads(text) == event.to_dict(mode="json")

    @each_type
    @given(data=st.data())
    def test_copies_are_equal_and_keep_everything(self, cls, data):
        event = cls.from_dict(data.draw(payloads(cls)))
        protocol = data.draw(st.integers(2, pickle.HIGHEST_PROTOCOL))
        for same in (
            copy.copy(event),
            copy.deepcopy(event),
            event.model_copy(),
            event.model_copy(deep=True),
            event.model_copy(update={"id": event.id}),
            pickle.loads(pickle.dumps(event, protocol)),
        ):
            assert_identical(same.to_dict(), event.to_dict())
            assert same.model_fields_set == event.model_fields_set
            assert hash(same) == hash(event)

    @each_type
    @given(data=st.data())
    def test_parse_event_finds_the_class(self, cls, data):
        payload = data.draw(payloads(cls))
        assume(cls is not UnknownWebhookEvent or payload["type"] not in owt.EVENT_TYPES)
        event = parse_event(payload)
        assert type(event) is cls
        assert isinstance(event, WebhookEvent)
        assert_identical(event.to_dict(), payload)

    @each_type
    @given(data=st.data())
    def test_an_almost_valid_payload_gives_an_event_or_every_problem(self, cls, data):
        payload = data.draw(mutated(payloads(cls)))
        strict = data.draw(st.booleans())
        try:
            event = cls.from_dict(payload, strict=strict)
        except ValidationError as error:
            assert error.payload is payload
            assert error.error_count() == len(error.errors()) > 0
            assert json.loads(error.json())
            assert str(error).startswith(f"{error.error_count()} validation error")
            assert str(pickle.loads(pickle.dumps(error))) == str(error)
        else:
            assert type(event) is cls
            assert event.model_fields_set == payload.keys()

    @given(value=json_values)
    def test_any_json_value_gives_an_event_or_a_validation_error(self, value):
        for read in (parse_event, FineTuningJobFailedWebhookEvent.from_dict):
            with pytest.raises(ValidationError):
                read(value)

    @given(data=st.binary() | st.text())
    def test_any_text_gives_an_event_or_a_validation_error(self, data):
        for read in (parse_event, FineTuningJobFailedWebhookEvent.from_json):
            with pytest.raises(ValidationError) as caught:
                read(data)
            assert caught.value.payload is data


def assert_identical(found, expected):
    """Assert that two JSON values are equal, NaN to NaN, 0.0 not to 0 and True not to 1."""
    if isinstance(expected, dict):
        assert type(found) is dict
        assert found.keys() == expected.keys()
        for key in expected:
            assert_identical(found[key], expected[key])
    elif isinstance(expected, list):
        assert type(found) is list
        assert len(found) == len(expected)
        for pair in zip(found, expected):
            assert_identical(*pair)
    else:
        assert (type(found), repr(found)) == (type(expected), repr(expected))


class TestReading:
    def test_the_sdk_s_spellings_are_the_same_methods(self):
        event = FineTuningJobFailedWebhookEvent.model_validate(FAILED)
        assert event == FineTuningJobFailedWebhookEvent.from_dict(FAILED)
        assert event == FineTuningJobFailedWebhookEvent.model_validate_json(json.dumps(FAILED))
        assert event.data.id == "ftjob-1"
        assert isinstance(event.data, FineTuningJobFailedWebhookEvent.Data)

    def test_an_instance_passes_through(self):
        event = FineTuningJobFailedWebhookEvent.from_dict(FAILED)
        assert FineTuningJobFailedWebhookEvent.from_dict(event) is event
        assert parse_event(event) is event
        again = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "data": event.data})
        assert again.data is event.data
        assert problems(SafetyAlertCreatedWebhookEvent, event) == [("model_type", ())]

    @pytest.mark.parametrize(
        "payload",
        [MappingProxyType(FAILED), OrderedDict(FAILED), type("Sub", (dict,), {})(FAILED)],
        ids=lambda payload: type(payload).__name__,
    )
    def test_a_mapping_is_as_good_as_a_dict(self, payload):
        assert parse_event(payload) == parse_event(FAILED)

    def test_a_mapping_that_is_no_dict_is_refused_in_strict_mode(self):
        assert problems(FineTuningJobFailedWebhookEvent, MappingProxyType(FAILED), strict=True) == [
            ("model_type", ())
        ]

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

    def test_the_newer_envelope_has_object_before_type_and_requires_it(self):
        assert problems(SafetyAlertCreatedWebhookEvent, {"id": "e", "created_at": 1}) == [
            ("missing", ("data",)),
            ("missing", ("object",)),
            ("missing", ("type",)),
        ]
        assert problems(
            SafetyAlertCreatedWebhookEvent,
            {**FAILED, "type": "safety.alert.created", "object": None},
        ) == [("literal_error", ("object",))]


class Name(str):
    __slots__ = ()


class Level(IntEnum):
    FIVE = 5


class Plain(Enum):
    TEXT = "text"
    FIVE = 5


class Money(Decimal):
    pass


class Unready:
    def __float__(self):
        raise RuntimeError


class TestCoercion:
    """What lax mode makes of values of another type, and strict mode does not."""

    @pytest.mark.parametrize(
        ("given", "taken"),
        [
            ("1", 1), (" 7 ", 7), ("1_000", 1000), ("1.0", 1), ("+3", 3), ("-0", 0), ("007", 7),
            ("0" * 5000 + "1", 1), ("\u00a05", 5), (True, 1), (1.0, 1), (-3.0, -3), (b"1", 1),
            (Name("5"), 5), (Decimal("1"), 1), (Decimal("1.00"), 1), (Fraction(4, 2), 2),
            (Plain.FIVE, 5), (Money("9007199254740993"), 9007199254740993),
        ],
    )  # fmt: skip
    def test_int(self, given, taken):
        event = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "created_at": given})
        assert event.created_at == taken
        assert type(event.created_at) is int
        assert problems(
            FineTuningJobFailedWebhookEvent, {**FAILED, "created_at": given}, strict=True
        ) == [("int_type", ("created_at",))]

    @pytest.mark.parametrize(
        "given",
        [Level.FIVE, type("Number", (int,), {})(5), 10**5000],
        ids=["enum", "subclass", "long"],
    )
    def test_a_kind_of_int_is_an_int(self, given):
        payload = {**FAILED, "created_at": given}
        event = FineTuningJobFailedWebhookEvent.from_dict(payload, strict=True)
        assert event.created_at == given
        assert type(event.created_at) is int

    @pytest.mark.parametrize(
        ("given", "problem"),
        [
            ("1e3", "int_parsing"), ("0x1", "int_parsing"), ("٣", "int_parsing"),
            ("", "int_parsing"), ("1__0", "int_parsing"), ("1.", "int_parsing"),
            ("1.5", "int_parsing"), ("\x1f5", "int_parsing"), ("+" + "9" * 4301, "int_parsing"),
            (1.5, "int_from_float"), (Decimal("1.5"), "int_from_float"),
            (float("inf"), "finite_number"), (float("nan"), "finite_number"),
            (Decimal("NaN"), "finite_number"),
            (1e30, "int_parsing_size"), ("9" * 4301, "int_parsing_size"),
            (Decimal("1e999999"), "int_parsing_size"), ("\ud800", "string_unicode"),
            (None, "int_type"), ([], "int_type"), ({}, "int_type"), (5j, "int_type"),
            (Unready(), "int_type"),
            (bytearray(b"5"), "int_type"), (memoryview(b"5"), "int_type"),
            (Decimal("-Infinity"), "finite_number"),
        ],
    )  # fmt: skip
    def test_what_is_no_int(self, given, problem):
        payload = {**FAILED, "created_at": given}
        assert problems(FineTuningJobFailedWebhookEvent, payload) == [(problem, ("created_at",))]

    @pytest.mark.parametrize(
        ("given", "taken"),
        [
            (b"text", "text"),
            (bytearray("é", "utf-8"), "é"),
            (Plain.TEXT, "text"),
            (Plain.FIVE, "5"),
        ],
    )
    def test_str(self, given, taken):
        event = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "id": given})
        assert event.id == taken
        assert problems(FineTuningJobFailedWebhookEvent, {**FAILED, "id": given}, strict=True) == [
            ("string_type", ("id",))
        ]

    def test_a_kind_of_str_is_a_str(self):
        event = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "id": Name("x")}, strict=True)
        assert type(event.id) is str

    @pytest.mark.parametrize(
        ("given", "problem"),
        [
            (5, "string_type"), (None, "string_type"), (b"\xff", "string_unicode"),
            (Name("\ud800"), "string_unicode"), (memoryview(b"x"), "string_type"),
        ],
    )  # fmt: skip
    def test_what_is_no_str(self, given, problem):
        payload = {**FAILED, "id": given}
        assert problems(FineTuningJobFailedWebhookEvent, payload) == [(problem, ("id",))]

    def test_a_literal_is_never_coerced(self):
        payload = {**FAILED, "object": b"event"}
        assert problems(FineTuningJobFailedWebhookEvent, payload) == [
            ("literal_error", ("object",))
        ]

    def test_what_equals_a_literal_gives_the_literal(self):
        event = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "object": Name("event")})
        assert type(event.object) is str

    @pytest.mark.parametrize("given", [[], {}, object(), float("nan"), "\ud800"])
    def test_what_cannot_even_be_looked_up_is_no_literal(self, given):
        payload = {**FAILED, "type": given}
        kind = "string_unicode" if given == "\ud800" else "literal_error"
        assert problems(FineTuningJobFailedWebhookEvent, payload) == [(kind, ("type",))]

    @pytest.mark.parametrize(
        "make", [tuple, set, frozenset, iter, lambda items: (item for item in items)]
    )
    def test_a_list_may_be_any_iterable(self, make):
        header = RealtimeCallIncomingWebhookEvent.from_dict(CALL).data.sip_headers[0]
        data = {**CALL["data"], "sip_headers": make([header])}
        event = RealtimeCallIncomingWebhookEvent.from_dict({**CALL, "data": data})
        assert event.data.sip_headers == (header,)

    @pytest.mark.parametrize("given", ["ab", b"ab", {}, None, 5, bytearray(b"")])
    def test_what_is_no_list(self, given):
        payload = {**CALL, "data": {**CALL["data"], "sip_headers": given}}
        assert problems(RealtimeCallIncomingWebhookEvent, payload) == [
            ("list_type", ("data", "sip_headers"))
        ]

    def test_a_tuple_is_no_list_in_strict_mode(self):
        payload = {**CALL, "data": {**CALL["data"], "sip_headers": ()}}
        assert problems(RealtimeCallIncomingWebhookEvent, payload, strict=True) == [
            ("list_type", ("data", "sip_headers"))
        ]

    def test_an_iterable_that_breaks_off_is_a_problem_where_it_does(self):
        def broken():
            yield CALL["data"]["sip_headers"][0]
            raise RuntimeError("boom")

        payload = {**CALL, "data": {**CALL["data"], "sip_headers": broken()}}
        with pytest.raises(ValidationError, match="RuntimeError: boom") as caught:
            RealtimeCallIncomingWebhookEvent.from_dict(payload)
        assert caught.value.errors()[0]["loc"] == ("data", "sip_headers", 1)

    def test_an_iterable_that_does_not_even_begin_is_no_list(self):
        class Broken:
            def __iter__(self):
                raise RuntimeError

        payload = {**CALL, "data": {**CALL["data"], "sip_headers": Broken()}}
        assert problems(RealtimeCallIncomingWebhookEvent, payload) == [
            ("list_type", ("data", "sip_headers"))
        ]

    @pytest.mark.parametrize(
        ("given", "taken"),
        [("rtp", "rtp"), ("new", "new"), (None, None), (b"srtp", "srtp"), (Name("rtp"), "rtp")],
    )
    def test_media_security_takes_known_and_unknown_strings(self, given, taken):
        data = {**CALL["data"], "sip_media_security": given}
        event = RealtimeCallIncomingWebhookEvent.from_dict({**CALL, "data": data})
        assert event.data.sip_media_security == taken

    def test_an_optional_object_may_be_null(self):
        payload = {
            **FAILED,
            "type": "agent.session.created",
            "data": {"id": "s", "environment_type": "none", "connect": None},
        }
        event = AgentSessionCreatedWebhookEvent.from_dict(payload)
        assert event.data.connect is None
        payload["data"]["connect"] = {"remote_url": "wss://x"}
        event = AgentSessionCreatedWebhookEvent.from_dict(payload)
        assert event.data.connect == owt.DataConnect("wss://x")
        payload["data"]["connect"] = 5
        assert problems(AgentSessionCreatedWebhookEvent, payload) == [
            ("model_type", ("data", "connect"))
        ]


class TestUnknownFields:
    NAMES = [
        "to_dict", "__class__", "__dict__", "__deepcopy__", "__setstate__", "_extra", "_read",
        "self", "cls", "", "model_extra", "Data", "a b", "\u2028", "__len__", "__iter__",
    ]  # fmt: skip

    def test_they_are_kept_and_read_as_attributes(self):
        event = FineTuningJobFailedWebhookEvent.from_dict(
            {**FAILED, "new": [1], "data": {"id": "j", "x": 2}}
        )
        assert event.new == [1]
        assert event.data.x == 2
        assert event.model_extra == {"new": [1]}
        assert event.model_fields_set == {*FAILED, "new"}
        with pytest.raises(AttributeError, match="'Data' object has no attribute 'y'"):
            _ = event.data.y

    @pytest.mark.parametrize("name", NAMES)
    def test_they_shadow_nothing(self, name):
        plain = FineTuningJobFailedWebhookEvent.from_dict(FAILED)
        event = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, name: "taken"})
        assert event.model_extra == {name: "taken"}
        assert event.to_dict() == {**FAILED, name: "taken"}
        assert type(event) is type(plain)
        if hasattr(type(plain), name):
            assert getattr(event, name) != "taken"
        for same in (copy.deepcopy(event), pickle.loads(pickle.dumps(event))):
            assert same == event
            assert same.model_extra == {name: "taken"}
        assert event != plain

    def test_model_extra_is_a_copy(self):
        event = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "new": 1})
        event.model_extra["new"] = 2
        assert event.new == 1

    def test_a_key_that_is_no_str_is_named(self):
        keys = [5, True, 2**63, None, 1.5, (1,), b"x", Plain.TEXT]
        for key, shown in zip(
            keys, [5, 1, str(2**63), "None", "1.5", "(1,)", "b'x'", repr(Plain.TEXT)]
        ):
            payload = {**FAILED, key: 1}
            assert problems(FineTuningJobFailedWebhookEvent, payload) == [("invalid_key", (shown,))]

    def test_a_key_that_is_a_kind_of_str_becomes_a_str(self):
        event = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, Name("new"): 1})
        assert [type(key) for key in event.model_extra] == [str]

    def test_a_key_that_is_no_unicode_is_the_only_problem_of_its_object(self):
        payload = {**FAILED, "id": 5, "data": {"id": 5, "\ud800": 1}}
        assert problems(FineTuningJobFailedWebhookEvent, payload) == [
            ("string_type", ("id",)),
            ("string_unicode", ("data",)),
        ]
        payload = {**FAILED, Name("\ud800"): 1}
        assert problems(FineTuningJobFailedWebhookEvent, payload)[0][0] == "invalid_key"

    def test_a_mapping_that_breaks_is_a_problem(self):
        class Broken(dict):
            pass

        class Worse(MappingLike):
            def items(self):
                raise RuntimeError("boom")

        with pytest.raises(ValidationError, match="valid mapping, error: RuntimeError: boom"):
            FineTuningJobFailedWebhookEvent.from_dict(Worse())


class MappingLike(typing.Mapping):
    def __getitem__(self, key):
        raise KeyError(key)

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0


class TestUnset:
    def test_unset_is_not_none(self):
        without = {name: value for name, value in FAILED.items() if name != "object"}
        unset = FineTuningJobFailedWebhookEvent.from_dict(without)
        null = FineTuningJobFailedWebhookEvent.from_dict({**without, "object": None})
        assert unset.object is None
        assert unset == null
        assert hash(unset) == hash(null)
        assert unset.to_dict() == without
        assert null.to_dict() == {**without, "object": None}
        assert unset.model_fields_set == set(without)
        assert repr(unset) == repr(null)


class TestDumps:
    PAYLOAD = {**FAILED, "object": None, "new": None, "more": {"a": None, "b": [1, (2,)]}}

    def test_options(self):
        event = FineTuningJobFailedWebhookEvent.from_dict(self.PAYLOAD)
        assert list(event.model_dump()) == [
            "id",
            "created_at",
            "data",
            "type",
            "object",
            "new",
            "more",
        ]
        assert "object" not in event.model_dump(exclude_defaults=True)
        assert "new" not in event.model_dump(exclude_none=True)
        assert event.model_dump()["more"] == {"a": None, "b": [1, (2,)]}
        assert event.model_dump(mode="json")["more"] == {"a": None, "b": [1, [2]]}
        assert event.to_dict(exclude_unset=False) == event.model_dump()

    def test_the_order_is_that_of_the_fields_wherever_python_lays_them(self, monkeypatch):
        event = FineTuningJobFailedWebhookEvent.from_dict(self.PAYLOAD)
        expected = list(event.to_dict())
        monkeypatch.setattr(_dump, "_KEEPS_ORDER", False)
        data = event.__dict__.pop("data")
        event.__dict__["data"] = data
        assert list(event.to_dict()) == expected == [*event.__dataclass_fields__, "new", "more"]

    def test_a_dump_shares_no_container_with_the_event(self):
        event = FineTuningJobFailedWebhookEvent.from_dict(self.PAYLOAD)
        event.to_dict()["more"]["b"].append(3)
        assert event.to_dict() == self.PAYLOAD

    def test_json_text(self):
        event = FineTuningJobFailedWebhookEvent.from_dict(
            {
                "id": 'é\u2028\x7f\x00"\\',
                "created_at": 1,
                "data": {"id": "j"},
                "type": FAILED["type"],
            }
        )
        assert event.model_dump_json() == (
            '{"id":"é\u2028\x7f\\u0000\\"\\\\","created_at":1,"data":{"id":"j"},'
            '"type":"fine_tuning.job.failed","object":null}'
        )
        assert event.to_json().startswith('{\n  "id": ')
        assert "object" not in event.to_json(indent=None)

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (float("nan"), "null"), (float("-inf"), "null"), (1e16, "1e+16"), (1e-5, "0.00001"),
            (-1.5e-5, "-0.000015"), (1.5e-7, "1.5e-7"), (0.1, "0.1"), (True, "true"), ({}, "{}"),
            ([], "[]"), ({1: 2, None: 3}, '{"1":2,"None":3}'), ({True: 1}, '{"true":1}'),
            (b"x", '"x"'), ({5}, "[5]"), (Decimal("1.5"), '"1.5"'), (Plain.FIVE, "5"),
            (Name("n"), '"n"'), (Level.FIVE, "5"), (MappingProxyType({"a": 1}), '{"a":1}'),
            (Money("1.5"), '"1.5"'), (UUID(int=5), '"00000000-0000-0000-0000-000000000005"'),
            (datetime(2026, 1, 2, tzinfo=timezone.utc), '"2026-01-02T00:00:00Z"'),
            (datetime(2026, 1, 2), '"2026-01-02T00:00:00"'),  # noqa: DTZ001
            (type("F", (float,), {})(1.5), "1.5"), (type("I", (int,), {})(5), "5"),
            (owt.DataConnect("u"), '{"remote_url":"u"}'),
            ([owt.DataConnect("u")], '[{"remote_url":"u"}]'),
        ],
    )  # fmt: skip
    def test_json_text_of_unknown_fields(self, value, text):
        event = owt.DataConnect.from_dict({"remote_url": "u", "x": value})
        assert event.model_dump_json() == '{"remote_url":"u","x":' + text + "}"

    def test_json_text_is_the_same_without_the_compiled_encoder(self, monkeypatch):
        event = UnknownWebhookEvent("e", 1, "new.type", {"small": 1.5e-7, "é": [None, True]})
        text = event.model_dump_json()
        assert '"data":{"small":1.5e-7,"é":[null,true]},"object":null}' in text
        monkeypatch.setattr(_dump, "_encode", None)
        assert event.model_dump_json() == text

    def test_dates_are_written_as_iso_8601(self):
        class Day:
            def isoformat(self):
                return "2026-01-01"

        event = owt.DataConnect.model_construct(remote_url="u", day=Day())
        assert event.model_dump(mode="json") == {"remote_url": "u", "day": "2026-01-01"}

    def test_models_in_unknown_fields_are_dumped(self):
        event = owt.DataConnect.from_dict({"remote_url": "u", "x": [owt.DataConnect("v")]})
        assert event.to_dict() == {"remote_url": "u", "x": [{"remote_url": "v"}]}

    def test_indented_json_text(self):
        event = owt.DataConnect.from_dict({"remote_url": "u", "x": [{}, [], {"a": [1]}]})
        assert event.to_json() == json.dumps(event.to_dict(), indent=2)

    def test_a_key_that_is_none_is_written_in_one_way(self):
        event = UnknownWebhookEvent("e", 1, "new.type", {None: 1})
        assert '"data":{"None":1}' in event.model_dump_json()
        assert json.loads(event.to_json())["data"] == {"None": 1}

    def test_a_value_within_itself_is_a_value_error(self):
        cyclic = []
        cyclic.append(cyclic)
        for event in (
            UnknownWebhookEvent("e", 1, "new.type", cyclic),
            owt.DataConnect.from_dict({"remote_url": "u", "x": cyclic}),
        ):
            with pytest.raises(ValueError, match="nested too deeply") as caught:
                event.model_dump_json()
            assert caught.value.__context__ is None

    @pytest.mark.parametrize(
        "value", [object(), b"\xff", "\ud800", {"\ud800": 1}, datetime, {(1,): ...}]
    )
    def test_what_json_cannot_hold_is_a_value_error(self, value):
        event = owt.DataConnect.model_construct(remote_url="u", x=value)
        assert event.to_dict()["x"] == value
        with pytest.raises(ValueError):  # noqa: PT011
            event.model_dump_json()


class TestObjects:
    def test_repr(self):
        event = RealtimeCallIncomingWebhookEvent.from_dict({**CALL, "new": 1})
        assert (
            repr(event)
            == str(event)
            == (
                "RealtimeCallIncomingWebhookEvent(id='evt_2', created_at=1750287018, "
                "data=Data(call_id='rtc_1', "
                "sip_headers=(DataSipHeader(name='From', value='sip:a@b'),), "
                "sip_media_security=None), type='realtime.call.incoming', object=None, new=1)"
            )
        )

    def test_equality_asks_for_class_fields_and_unknown_fields(self):
        event = FineTuningJobFailedWebhookEvent.from_dict(FAILED)
        assert event == FineTuningJobFailedWebhookEvent.from_dict(FAILED)
        assert event != FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "new": 1})
        assert event != FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "id": "other"})
        assert event != FAILED
        assert event.data != SafetyAlertCreatedWebhookEvent.Data("ftjob-1")

    def test_events_are_keys_whatever_they_hold(self):
        event = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "new": [{}]})
        unknown = parse_event({**FAILED, "type": "new.type", "data": [{}]})
        assert {event: 1, unknown: 2}[copy.deepcopy(unknown)] == 2

    def test_frozen(self):
        event = FineTuningJobFailedWebhookEvent.from_dict(FAILED)
        for thing in (event, event.data):
            for name in ("id", "new"):
                with pytest.raises(dataclasses.FrozenInstanceError):
                    setattr(thing, name, 1)
                with pytest.raises(dataclasses.FrozenInstanceError):
                    delattr(thing, name)

    def test_lists_are_tuples(self):
        assert type(RealtimeCallIncomingWebhookEvent.from_dict(CALL).data.sip_headers) is tuple

    def test_the_constructor_takes_fields_in_order_and_validates_nothing(self):
        event = FineTuningJobFailedWebhookEvent(
            "e", "soon", FineTuningJobFailedWebhookEvent.Data("j"), "t"
        )
        assert event.created_at == "soon"
        assert event.model_fields_set == {"id", "created_at", "data", "type", "object"}

    @each_type
    def test_it_is_a_frozen_dataclass_whose_annotations_resolve(self, cls):
        assert dataclasses.is_dataclass(cls)
        assert cls.__dataclass_params__.frozen
        assert set(typing.get_type_hints(cls)) >= {field.name for field in dataclasses.fields(cls)}
        assert issubclass(cls, WebhookEvent)
        for method in ("from_dict", "from_json", "to_dict", "model_construct", "model_copy"):
            assert "return" in typing.get_type_hints(getattr(cls, method))

    def test_a_subclass_of_one_s_own(self):
        class Mine(FineTuningJobFailedWebhookEvent):
            def job(self):
                return self.data.id

        event = Mine.from_dict(FAILED)
        assert event.job() == "ftjob-1"
        assert problems(Mine, {**FAILED, "type": "other"}) == [("literal_error", ("type",))]


class TestConstruct:
    def test_it_validates_nothing_and_makes_objects_at_any_depth(self):
        event = RealtimeCallIncomingWebhookEvent.model_construct(
            id=5, data={"sip_headers": [{"name": 1}, 2], "new": 3}, object=None, more=4
        )
        assert event.id == 5
        assert event.type is None
        assert event.data.sip_headers[0].name == 1
        assert event.data.sip_headers[0].value is None
        assert event.data.sip_headers[1] == 2
        assert event.data.new == 3
        assert event.model_extra == {"more": 4}

    def test_values_of_another_shape_are_kept(self):
        construct = RealtimeCallIncomingWebhookEvent.model_construct
        assert construct(data=5).data == 5
        assert construct(data=[{"call_id": "c"}, 5]).data[0].call_id == "c"
        assert construct(data={"sip_headers": {"name": 1}}).data.sip_headers == {"name": 1}

    def test_none_is_a_value_where_there_is_no_default(self):
        event = FineTuningJobFailedWebhookEvent.model_construct(id=None)
        assert event.to_dict() == {"id": None}

    def test_optional_objects(self):
        construct = AgentSessionCreatedWebhookEvent.model_construct
        assert construct(data={"connect": {"x": 1}}).data.connect.x == 1
        assert construct(data={"connect": None}).data.connect is None

    def test_fields_set(self):
        event = FineTuningJobFailedWebhookEvent.model_construct({"object"}, id="e")
        assert event.to_dict() == {"id": "e", "object": None}
        assert FineTuningJobFailedWebhookEvent.model_construct(cls=1, self=2).model_extra == {
            "cls": 1,
            "self": 2,
        }


class TestCopy:
    def test_update(self):
        event = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "new": 1})
        changed = event.model_copy(update={"id": "other", "new": 2, "more": 3})
        assert changed.to_dict() == {**FAILED, "id": "other", "new": 2, "more": 3}
        assert event.id == "evt_1"

    def test_order_is_that_of_the_fields(self):
        session = {"id": "s", "environment_type": "none", "environment_id": "e"}
        data = AgentSessionCreatedWebhookEvent.Data.from_dict(session)
        assert list(data.model_copy(update={"connect": None}).to_dict()) == [
            "id", "environment_type", "connect", "environment_id",
        ]  # fmt: skip

    def test_replace(self):
        event = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "new": 1})
        assert event.__replace__(id="x") == event.model_copy(update={"id": "x"})

    def test_deep(self):
        event = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "new": [1]})
        assert event.model_copy().new is event.new
        assert event.model_copy(deep=True).new is not event.new


class TestParseEvent:
    @pytest.mark.parametrize(
        "body",
        [
            FAILED,
            json.dumps(FAILED),
            json.dumps(FAILED).encode(),
            bytearray(json.dumps(FAILED), "utf-8"),
        ],
        ids=lambda b: type(b).__name__,
    )
    def test_every_kind_of_body(self, body):
        assert type(parse_event(body)) is FineTuningJobFailedWebhookEvent

    def test_an_unknown_type(self):
        payload = {
            "id": "e",
            "created_at": 1,
            "type": "video.completed",
            "data": {"id": "v"},
            "new": 1,
        }
        event = parse_event(payload)
        assert type(event) is UnknownWebhookEvent
        assert (event.data, event.object, event.new) == ({"id": "v"}, None, 1)
        assert event.to_dict() == payload

    def test_an_unknown_type_needs_no_data(self):
        assert parse_event({"id": "e", "created_at": 1, "type": "x"}).data is None

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            ({"id": "e", "created_at": 1}, [("missing", ("type",))]),
            ({"id": "e", "created_at": 1, "type": 5}, [("string_type", ("type",))]),
            ({"id": "e", "created_at": 1, "type": []}, [("string_type", ("type",))]),
            ({"id": "e", "created_at": 1, "type": None}, [("string_type", ("type",))]),
            ([], [("model_type", ())]),
            (None, [("model_type", ())]),
            (b"[]", [("model_type", ())]),
            (b"", [("json_invalid", ())]),
        ],
    )
    def test_no_event(self, body, expected):
        with pytest.raises(ValidationError) as caught:
            parse_event(body)
        assert [(p["type"], p["loc"]) for p in caught.value.errors()] == expected
        assert caught.value.payload is body

    def test_strict(self):
        with pytest.raises(ValidationError):
            parse_event({**FAILED, "created_at": "1"}, strict=True)
        assert parse_event({**FAILED, "created_at": "1"}).created_at == 1

    def test_a_known_type_of_another_kind_of_str(self):
        assert (
            type(parse_event({**FAILED, "type": Name(FAILED["type"])}))
            is FineTuningJobFailedWebhookEvent
        )

    def test_its_annotations_resolve(self):
        assert "return" in typing.get_type_hints(
            parse_event, localns={"AnyWebhookEvent": owt.AnyWebhookEvent}
        )

    def test_values_that_break_when_they_are_asked(self):
        unhashable = type("Unhashable", (str,), {"__hash__": None})
        with pytest.raises(ValidationError, match="for FineTuningJobFailedWebhookEvent\ntype"):
            parse_event({**FAILED, "type": unhashable(FAILED["type"])})

        def broken(*args):
            raise RuntimeError

        ours = type("Ours", (dict,), {"get": broken, "__getitem__": broken})
        assert type(parse_event(ours(FAILED))) is FineTuningJobFailedWebhookEvent
        for mapping in (type("M", (MappingLike,), {"items": broken, "get": broken}), object):
            with pytest.raises(ValidationError):
                parse_event(mapping())
