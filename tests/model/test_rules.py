"""Pydantic's rules for single values: what lax mode coerces, and what strict mode accepts."""

import sys
from decimal import Decimal
from fractions import Fraction

import pytest

from openai_webhook_types import (
    WebhookEndpointTestResult,
)
from tests.model.fields import (
    BOOLEANS,
    CALL_DATA,
    INTEGERS,
    LITERALS,
    OBJECT_LISTS,
    OBJECTS,
    OPTIONAL_INTEGERS,
    OPTIONAL_LITERALS,
    OPTIONAL_OBJECTS,
    OPTIONAL_STRINGS,
    STRING_LISTS,
    STRINGS,
    Field,
    each,
)
from tests.values import (
    TEST_RESULT,
    Level,
    Money,
    Plain,
    Text,
    Whole,
    boom,
    error_of,
    problems,
    without,
)


class Unready:
    def __float__(self):
        raise RuntimeError


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
    def test_lax_mode_coerces(self, given, taken):
        for field in (*INTEGERS, *OPTIONAL_INTEGERS):
            found = field.read(given)
            assert found == taken
            assert type(found) is int
            assert field.problem(given, strict=True) == "int_type"

    def test_strings_may_have_4300_digits(self):
        for field in (*INTEGERS, *OPTIONAL_INTEGERS):
            assert field.read("1" * 4300) == field.read("-" + "1" * 4300) * -1 == int("1" * 4300)
            assert field.read("0" + "1" * 4300) == int("1" * 4300)
            assert field.read("_".join("1" * 4300)) == int("1" * 4300)

    @pytest.mark.parametrize("strict", [False, True])
    @pytest.mark.parametrize(
        "given",
        [Level.FIVE, type("Number", (int,), {})(5), 0, -1, 10**5000],
        ids=["enum", "subclass", "zero", "negative", "long"],
    )
    def test_int_is_accepted(self, given, strict):
        for field in (*INTEGERS, *OPTIONAL_INTEGERS):
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
    def test_other_values_are_refused(self, given, problem):
        for field in (*INTEGERS, *OPTIONAL_INTEGERS):
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
    def test_lax_mode_coerces(self, given, taken):
        for field in (*STRINGS, *OPTIONAL_STRINGS):
            found = field.read(given)
            assert found == taken
            assert type(found) is str
            assert field.problem(given, strict=True) == "string_type"

    @pytest.mark.parametrize("strict", [False, True])
    @pytest.mark.parametrize("given", ["", "x", "é", "\ud800", Text("x")])
    def test_str_is_accepted(self, given, strict):
        for field in (*STRINGS, *OPTIONAL_STRINGS):
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
    def test_other_values_are_refused(self, given, problem):
        for field in (*STRINGS, *OPTIONAL_STRINGS):
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
    def test_lax_mode_coerces(self, given, taken):
        for field in BOOLEANS:
            assert field.read(given) is taken
            assert field.problem(given, strict=True) == "bool_type"

    @pytest.mark.parametrize("strict", [False, True])
    def test_bool_is_accepted(self, strict):
        for field in BOOLEANS:
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
    def test_other_values_are_refused(self, given, problem):
        for field in BOOLEANS:
            assert field.problem(given) == problem
            assert field.problem(given, strict=True) == "bool_type"


class TestLiterals:
    @pytest.mark.parametrize("strict", [False, True])
    def test_equal_values_give_the_literal(self, strict):
        for field in (*LITERALS, *OPTIONAL_LITERALS):
            literal = field.payload[field.name]
            for given in (literal, Text(literal)):
                found = field.read(given, strict=strict)
                assert found == literal
                assert type(found) is str

    @pytest.mark.parametrize("strict", [False, True])
    def test_other_values_are_refused(self, strict):
        for field in (*LITERALS, *OPTIONAL_LITERALS):
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
