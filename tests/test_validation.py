"""Pydantic's rules: what lax mode coerces, what strict mode accepts, and every error."""

import collections
import sys
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Dict, NamedTuple

import pytest

from openai_webhook_types import (
    AgentSessionActionRequiredWebhookEvent,
    AgentSessionCreatedWebhookEvent,
    DataConnect,
    DataRequiredAction,
    DataSipHeader,
    DeletedWebhookEndpoint,
    FineTuningJobFailedWebhookEvent,
    LiveTransportConnectedWebhookEvent,
    LiveTransportIncomingWebhookEvent,
    RealtimeCallIncomingWebhookEvent,
    SafetyAlertCreatedWebhookEvent,
    SafetyIdentifierBlockedWebhookEvent,
    UnknownWebhookEvent,
    WebhookEndpoint,
    WebhookEndpointList,
    WebhookEndpointTestResult,
    WebhookEventTypeList,
)
from tests.values import (
    CALL,
    DELETED,
    ENDPOINT,
    FAILED,
    PAGE,
    SAMPLES,
    SESSION,
    TEST_RESULT,
    TYPE_LIST,
    UNKNOWN,
    EmptyMapping,
    Level,
    Money,
    Plain,
    Text,
    Whole,
    error_of,
    problems,
    without,
)


class Field(NamedTuple):
    """A field of a type, with a payload to put its value in."""

    cls: Any
    payload: Dict[str, Any]
    name: str

    def read(self, value, **options):
        """Return what becomes of a value."""
        return getattr(self.cls.from_dict({**self.payload, self.name: value}, **options), self.name)

    def problem(self, value, **options):
        """Return the type of the one problem that a value has."""
        (problem,) = error_of(
            self.cls.from_dict, {**self.payload, self.name: value}, **options
        ).errors()
        assert problem["loc"] == (self.name,)
        return problem["type"]


def each(*fields):
    ids = [f"{field.cls.__qualname__}.{field.name}" for field in fields]
    return pytest.mark.parametrize("field", fields, ids=ids)


# Fields of every kind: of the envelopes, of objects in them, and of endpoints.
CALL_DATA = (RealtimeCallIncomingWebhookEvent.Data, CALL["data"])
SESSION_DATA = (AgentSessionCreatedWebhookEvent.Data, SESSION["data"])
INTEGERS = (
    Field(FineTuningJobFailedWebhookEvent, FAILED, "created_at"),
    Field(UnknownWebhookEvent, UNKNOWN, "created_at"),
    Field(WebhookEndpointTestResult, TEST_RESULT, "status_code"),
)
OPTIONAL_INTEGERS = (Field(WebhookEndpoint, ENDPOINT, "updated_at"),)
STRINGS = (
    Field(FineTuningJobFailedWebhookEvent, FAILED, "id"),
    Field(FineTuningJobFailedWebhookEvent.Data, FAILED["data"], "id"),
    Field(DataSipHeader, {"name": "n", "value": "v"}, "value"),
    Field(UnknownWebhookEvent, UNKNOWN, "type"),
    Field(WebhookEndpoint, ENDPOINT, "url"),
)
OPTIONAL_STRINGS = (
    Field(*SESSION_DATA, "environment_id"),
    Field(
        SafetyIdentifierBlockedWebhookEvent.Data,
        SAMPLES["safety_identifier.blocked"]["data"],
        "model",
    ),
    Field(UnknownWebhookEvent, UNKNOWN, "object"),
    Field(WebhookEndpointList, PAGE, "first_id"),
)
BOOLEANS = (
    Field(DeletedWebhookEndpoint, DELETED, "deleted"),
    Field(WebhookEndpointList, PAGE, "has_more"),
)
LITERALS = (
    Field(FineTuningJobFailedWebhookEvent, FAILED, "type"),
    Field(SafetyAlertCreatedWebhookEvent, {**FAILED, "type": "safety.alert.created"}, "object"),
    Field(
        LiveTransportConnectedWebhookEvent.Data,
        SAMPLES["live.transport.connected"]["data"],
        "type",
    ),
    Field(DataRequiredAction, {"type": "function_call"}, "type"),
    Field(WebhookEventTypeList, TYPE_LIST, "object"),
)
OPTIONAL_LITERALS = (Field(FineTuningJobFailedWebhookEvent, FAILED, "object"),)
OBJECT_LISTS = (
    Field(*CALL_DATA, "sip_headers"),
    Field(WebhookEndpointList, PAGE, "data"),
)
STRING_LISTS = (
    Field(WebhookEventTypeList, TYPE_LIST, "data"),
    Field(WebhookEndpoint, ENDPOINT, "event_types"),
)
OBJECTS = (
    Field(FineTuningJobFailedWebhookEvent, FAILED, "data"),
    Field(AgentSessionActionRequiredWebhookEvent.Data, {"id": "s"}, "required_action"),
)
OPTIONAL_OBJECTS = (Field(*SESSION_DATA, "connect"),)


class Unready:
    def __float__(self):
        raise RuntimeError


def boom(*args):
    raise RuntimeError("boom")


class TestIntegers:
    @pytest.mark.parametrize(
        ("given", "taken"),
        [
            ("1", 1), (" 7 ", 7), ("1_000", 1000), ("1.0", 1), ("+3", 3), ("-3", -3), ("-0", 0),
            ("007", 7), ("1_0.00", 10), ("0" * 5000 + "1", 1), ("1." + "0" * 5000, 1),
            ("\u00a05", 5), ("\x0b5\u3000", 5), (" " * 5000 + "5", 5),
            (True, 1), (False, 0), (1.0, 1), (-3.0, -3), (-0.0, 0),
            (2.0**62, 2**62), (-(2.0**62), -(2**62)),
            (b"1", 1), (b" 7 ", 7), (Text("5"), 5),
            (Decimal("1"), 1), (Decimal("1.00"), 1), (Decimal("1e3"), 1000), (Fraction(4, 2), 2),
            (Plain.FIVE, 5), (Money("9007199254740993"), 9007199254740993), (Whole(), 1),
        ],
    )  # fmt: skip
    @each(*INTEGERS, *OPTIONAL_INTEGERS)
    def test_lax_mode_coerces(self, field, given, taken):
        found = field.read(given)
        assert found == taken
        assert type(found) is int
        assert field.problem(given, strict=True) == "int_type"

    @each(*INTEGERS, *OPTIONAL_INTEGERS)
    def test_strings_may_have_4300_digits(self, field):
        assert field.read("1" * 4300) == field.read("-" + "1" * 4300) * -1 == int("1" * 4300)
        assert field.read("0" + "1" * 4300) == int("1" * 4300)
        assert field.read("_".join("1" * 4300)) == int("1" * 4300)

    @pytest.mark.parametrize("strict", [False, True])
    @pytest.mark.parametrize(
        "given",
        [Level.FIVE, type("Number", (int,), {})(5), 0, -1, 10**5000],
        ids=["enum", "subclass", "zero", "negative", "long"],
    )
    @each(*INTEGERS, *OPTIONAL_INTEGERS)
    def test_int_is_accepted(self, field, given, strict):
        found = field.read(given, strict=strict)
        assert found == given
        assert type(found) is int

    @pytest.mark.parametrize(
        ("given", "problem"),
        [
            *((text, "int_parsing") for text in (
                "", " ", "x", "1e3", "0x1", "٣", "1__0", "_1", "1_", "+_1", "1.", ".0", "1.5",
                "- 3", "--3", "1.0_0", "5\x00", "\x1f5", "\ufeff5", "5\u200b", "nan", "inf",
                "true", "1 2", "+" + "9" * 4301, "1_" * 4300 + "1", b"\xff5", b"",
            )),
            ("9" * 4301, "int_parsing_size"), ("-" + "9" * 4301, "int_parsing_size"),
            ("9" * 4301 + "x", "int_parsing_size"),
            ("0" + "9" * 4301, "int_parsing"), ("x" + "9" * 4301, "int_parsing"),
            (1.5, "int_from_float"), (-0.5, "int_from_float"), (1e-5, "int_from_float"),
            (Decimal("1.5"), "int_from_float"), (Fraction(1, 2), "int_from_float"),
            (float("inf"), "finite_number"), (float("-inf"), "finite_number"),
            (float("nan"), "finite_number"), (Decimal("NaN"), "finite_number"),
            (Decimal("-Infinity"), "finite_number"),
            (1e30, "int_parsing_size"), (-1e30, "int_parsing_size"),
            (float(2**63), "int_parsing_size"), (float(-(2**63)), "int_parsing_size"),
            (Decimal("1e999999"), "int_parsing_size"),
            ("\ud800", "string_unicode"), (Text("\ud800"), "string_unicode"),
            ([], "int_type"), ({}, "int_type"), (5j, "int_type"), (object(), "int_type"),
            (Unready(), "int_type"), (bytearray(b"5"), "int_type"), (memoryview(b"5"), "int_type"),
        ],
    )  # fmt: skip
    @each(*INTEGERS, *OPTIONAL_INTEGERS)
    def test_other_values_are_refused(self, field, given, problem):
        assert field.problem(given) == problem
        assert field.problem(given, strict=True) == "int_type"

    @pytest.mark.skipif(
        sys.implementation.name == "pypy", reason="there, Decimal has Python's limit of 4300"
    )
    def test_decimals_may_have_4301_digits(self):
        assert INTEGERS[0].read(Decimal("1e4300")) == 10**4300


class TestStrings:
    @pytest.mark.parametrize(
        ("given", "taken"),
        [
            (b"text", "text"), (bytearray("é", "utf-8"), "é"), (b"", ""),
            (Plain.TEXT, "text"), (Plain.FIVE, "5"), (Level.ONE, "1"),
        ],
    )  # fmt: skip
    @each(*STRINGS, *OPTIONAL_STRINGS)
    def test_lax_mode_coerces(self, field, given, taken):
        found = field.read(given)
        assert found == taken
        assert type(found) is str
        assert field.problem(given, strict=True) == "string_type"

    @pytest.mark.parametrize("strict", [False, True])
    @pytest.mark.parametrize("given", ["", "x", "é", "\ud800", Text("x")])
    @each(*STRINGS, *OPTIONAL_STRINGS)
    def test_str_is_accepted(self, field, given, strict):
        found = field.read(given, strict=strict)
        assert found == given
        assert type(found) is str

    @pytest.mark.parametrize(
        ("given", "problem"),
        [
            (5, "string_type"), (1.5, "string_type"), (True, "string_type"), ([], "string_type"),
            ({}, "string_type"), (memoryview(b"x"), "string_type"),
            (b"\xff", "string_unicode"), (bytearray(b"\xff"), "string_unicode"),
            (Text("\ud800"), "string_unicode"),
        ],
    )  # fmt: skip
    @each(*STRINGS, *OPTIONAL_STRINGS)
    def test_other_values_are_refused(self, field, given, problem):
        assert field.problem(given) == problem
        expected = problem if isinstance(given, Text) else "string_type"
        assert field.problem(given, strict=True) == expected


class TestBooleans:
    @pytest.mark.parametrize(
        ("given", "taken"),
        [
            *((text, True) for text in ("true", "True", "TRUE", "t", "T", "yes", "y", "on", "1")),
            *((text, False) for text in ("false", "fAlSe", "f", "no", "N", "off", "0")),
            (Text("yes"), True), (b"no", False), (b"on", True),
            (1, True), (0, False), (1.0, True), (-0.0, False),
            (Decimal(1), True), (Fraction(0), False), (Level.ONE, True), (Whole(), True),
        ],
    )  # fmt: skip
    @each(*BOOLEANS)
    def test_lax_mode_coerces(self, field, given, taken):
        assert field.read(given) is taken
        assert field.problem(given, strict=True) == "bool_type"

    @pytest.mark.parametrize("strict", [False, True])
    @each(*BOOLEANS)
    def test_bool_is_accepted(self, field, strict):
        assert field.read(True, strict=strict) is True
        assert field.read(False, strict=strict) is False

    @pytest.mark.parametrize(
        ("given", "problem"),
        [
            *((text, "bool_parsing") for text in ("", " true", "2", "1.0", "\uff59", b"\xff")),
            (2, "bool_parsing"), (-1, "bool_parsing"), (2.0, "bool_parsing"),
            (2**63 - 1, "bool_parsing"), (2**63, "bool_type"),
            (-(2**63), "bool_parsing"), (-(2**63) - 1, "bool_type"),
            (-9223372036854774784.0, "bool_parsing"), (float(-(2**63)), "bool_type"),
            (float(2**63), "bool_type"), (1e30, "bool_type"),
            (0.5, "bool_type"), (float("nan"), "bool_type"), (float("inf"), "bool_type"),
            (None, "bool_type"), ([], "bool_type"), (bytearray(b"1"), "bool_type"),
            (Plain.TRUE, "bool_type"), (Decimal("sNaN"), "bool_type"),
            (Decimal("0.5"), "bool_type"), ("\ud800", "string_unicode"),
        ],
    )  # fmt: skip
    @each(*BOOLEANS)
    def test_other_values_are_refused(self, field, given, problem):
        assert field.problem(given) == problem
        assert field.problem(given, strict=True) == "bool_type"


class TestLiterals:
    @pytest.mark.parametrize("strict", [False, True])
    @each(*LITERALS, *OPTIONAL_LITERALS)
    def test_equal_values_give_the_literal(self, field, strict):
        literal = field.payload[field.name]
        for given in (literal, Text(literal)):
            found = field.read(given, strict=strict)
            assert found == literal
            assert type(found) is str

    @pytest.mark.parametrize("strict", [False, True])
    @each(*LITERALS, *OPTIONAL_LITERALS)
    def test_other_values_are_refused(self, field, strict):
        literal = field.payload[field.name]
        unhashable = type("Unhashable", (str,), {"__hash__": None})
        unequal = type("Unequal", (str,), {"__eq__": boom, "__hash__": str.__hash__})
        for given in (
            literal.encode(), literal.upper(), literal + " ", "", 5, True, [], {}, object(),
            float("nan"), Text("\ud800"), unhashable(literal), unequal(literal),
        ):  # fmt: skip
            assert field.problem(given, strict=strict) == "literal_error"
        assert field.problem("\ud800", strict=strict) == "string_unicode"

    @pytest.mark.parametrize("strict", [False, True])
    @pytest.mark.parametrize("given", [True, 1, 1.0, Decimal(1), Level.ONE])
    def test_what_equals_true_is_true(self, given, strict):
        """As Pydantic has it, in strict mode too."""
        payload = {**TEST_RESULT, "success": given}
        assert WebhookEndpointTestResult.from_dict(payload, strict=strict).success is True

    @pytest.mark.parametrize("given", [False, 0, 2, "true", "1", b"1", None, [], Whole(), "\ud800"])
    def test_other_values_are_not_true(self, given):
        field = Field(WebhookEndpointTestResult, TEST_RESULT, "success")
        assert field.problem(given) == field.problem(given, strict=True) == "literal_error"


class TestUnions:
    FIELD = Field(*CALL_DATA, "sip_media_security")

    @pytest.mark.parametrize("given", ["rtp", "srtp", "new", "", None, "\ud800", Text("rtp")])
    def test_known_and_unknown_strings_are_accepted(self, given):
        for strict in (False, True):
            found = self.FIELD.read(given, strict=strict)
            assert found == given
            assert type(found) is (type(given) if given is None else str)

    @pytest.mark.parametrize(("given", "taken"), [(b"srtp", "srtp"), (Plain.TEXT, "text")])
    def test_lax_mode_coerces(self, given, taken):
        assert self.FIELD.read(given) == taken

    @pytest.mark.parametrize(
        ("given", "kinds"),
        [
            (5, ["literal_error", "string_type"]),
            ([], ["literal_error", "string_type"]),
            (b"\xff", ["literal_error", "string_unicode"]),
            (Text("\ud800"), ["literal_error", "string_unicode"]),
        ],
    )
    def test_each_member_has_its_problem(self, given, kinds):
        cls, payload = CALL_DATA
        name = "sip_media_security"
        members = ["literal['rtp','srtp']", "str"]
        assert problems(cls, {**payload, name: given}) == [
            (kind, (name, member)) for kind, member in zip(kinds, members)
        ]


@each(*OPTIONAL_INTEGERS, *OPTIONAL_STRINGS, *OPTIONAL_LITERALS, *OPTIONAL_OBJECTS)
def test_optional_fields_may_be_null_or_absent(field):
    for strict in (False, True):
        assert field.read(None, strict=strict) is None
    payload = without(field.payload, field.name)
    absent = field.cls.from_dict(payload)
    assert getattr(absent, field.name) is None
    assert absent.to_dict() == payload
    assert absent == field.cls.from_dict({**payload, field.name: None})


@each(*INTEGERS, *STRINGS, *BOOLEANS, *LITERALS, *OBJECTS, *OBJECT_LISTS, *STRING_LISTS)
def test_required_fields_may_be_neither_null_nor_absent(field):
    assert field.problem(None) != "missing"
    payload = without(field.payload, field.name)
    assert problems(field.cls, payload) == [("missing", (field.name,))]
    assert error_of(field.cls.from_dict, payload).errors()[0]["input"] is payload


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

    def test_each_object_has_its_problems(self):
        page = {**PAGE, "data": [ENDPOINT, {**ENDPOINT, "event_types": [5], "url": None}, 5]}
        assert problems(WebhookEndpointList, page) == [
            ("string_type", ("data", 1, "event_types", 0)),
            ("string_type", ("data", 1, "url")),
            ("model_type", ("data", 2)),
        ]

    def test_an_iterable_may_break_off(self):
        def broken():
            yield self.HEADER
            yield self.HEADER
            raise RuntimeError("boom")

        cls, payload = CALL_DATA
        error = error_of(cls.from_dict, {**payload, "sip_headers": broken()})
        (problem,) = error.errors()
        assert (problem["type"], problem["loc"]) == ("iteration_error", ("sip_headers", 2))
        assert problem["ctx"] == {"error": "RuntimeError: boom"}

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

    def test_the_newer_envelope_has_object_before_type(self):
        assert problems(SafetyAlertCreatedWebhookEvent, {"id": "e", "created_at": 1}) == [
            ("missing", ("data",)),
            ("missing", ("object",)),
            ("missing", ("type",)),
        ]

    def test_required_fields_of_endpoints_may_follow_optional_ones(self):
        assert problems(WebhookEndpointList, {"first_id": 1}) == [
            ("missing", ("data",)),
            ("string_type", ("first_id",)),
            ("missing", ("has_more",)),
            ("missing", ("object",)),
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
