"""The rules of JSON text: what is refused, and where."""

import json
import sys

import pytest
from hypothesis import example, given

from openai_webhook_types import UnknownWebhookEvent, ValidationError, parse_event
from tests.strategies import json_texts
from tests.values import (
    FAILED,
    PAYLOADS,
    UNKNOWN,
    Text,
    assert_identical,
    each_type,
    error_of,
)

BEGINNING = '{"id":"evt_1","created_at":1,"type":"new.type","value":'


def parsed(text):
    """Return the value of JSON text."""
    return UnknownWebhookEvent.from_json(BEGINNING + text + "}", strict=True).value


def refusal(text):
    """Return why text is not JSON."""
    (problem,) = error_of(parse_event, text).errors()
    assert (problem["type"], problem["loc"]) == ("json_invalid", ())
    assert problem["input"] is text
    (reason,) = problem["ctx"].values()
    assert problem["msg"] == "Invalid JSON: " + reason
    return reason


def is_json(text):
    """Tell whether text is JSON, although it may not be an event."""
    try:
        return bool(parse_event(text))
    except ValidationError as error:
        return error.errors()[0]["type"] != "json_invalid"


class TestAgainstTheStandardLibrary:
    @given(json_texts())
    @example("")
    @example("[" * 201 + "]" * 201)
    @example("[" * 202 + "]" * 202)
    @example("9" * 4301)
    @example('"\\ud83d\\ude00"')
    @example('"\\ud800"' + " " * 500)
    @example('"\\\\ud800"')
    @example("{" + " " * 5000 + "}")
    def test_values_are_the_same_where_text_is_accepted(self, text):
        expected = strict_loads(text)
        if expected is ...:
            assert not is_json(text)
        elif depth_of(expected) < 200:  # `value` is one level deeper
            assert_identical(parsed(text), expected)
            assert_identical(parse_event((BEGINNING + text + "}").encode()).value, expected)
        else:
            assert is_json(text)


def strict_loads(text):
    """Return the value of JSON text, or `...` where the stricter rules refuse it."""
    try:
        value = json.loads(text, parse_int=bounded)
        json.dumps(json.loads(text, object_pairs_hook=list), ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return ...
    return value if depth_of(value) <= 200 else ...


def bounded(digits):
    if len(digits.lstrip("-")) > 4300:
        raise ValueError
    return int(digits)


def depth_of(value):
    """Return in how many lists and objects the deepest value is."""
    depth, level = -1, [value]
    while level:
        depth += 1
        lists = [
            item if isinstance(item, list) else item.values() for item in level if is_box(item)
        ]
        level = [item for inner in lists for item in inner]
    return depth


def is_box(value):
    return isinstance(value, (list, dict))


class TestSyntax:
    def test_constants(self):
        assert_identical(
            parsed("[null, true, false, NaN, Infinity, -Infinity]"),
            [None, True, False, float("nan"), float("inf"), float("-inf")],
        )

    def test_the_last_of_equal_keys_counts(self):
        assert parsed('{"a": 1, "b": 2, "a": 3}') == {"a": 3, "b": 2}

    @pytest.mark.parametrize("margin", ["", " ", "\n\t\r ", " " * 5000])
    def test_white_space_around_is_ignored(self, margin):
        text = json.dumps(FAILED)
        assert parse_event(margin + text + margin) == parse_event(text)

    @pytest.mark.parametrize(
        "margin", ["X", "XX", "\ufeff", "\u00a0", "\f", "\x0b", "\x00", "\x1f"]
    )
    def test_nothing_else_may_be_around(self, margin):
        text = json.dumps(FAILED)
        for padding in ("", " " * 5000):
            assert not is_json(margin + padding + text)
            assert refusal(text + padding + margin).startswith("trailing characters at line 1")
            assert not is_json(margin + text + margin)

    def test_bytes_are_utf_8(self):
        text = '{"id":"é\U0001f600","created_at":1,"type":"t"}'
        for body in (text, text.encode(), bytearray(text.encode()), Text(text)):
            assert parse_event(body).id == "é\U0001f600"
        for encoding in ("utf-16", "utf-32", "utf-8-sig", "latin-1"):
            body = text.replace("\U0001f600", "").encode(encoding)
            assert not is_json(body)

    @pytest.mark.parametrize(
        "data", [None, 5, {}, [], memoryview(b"{}")], ids=lambda data: type(data).__name__
    )
    def test_other_values_are_not_text(self, data):
        (problem,) = error_of(UnknownWebhookEvent.from_json, data).errors()
        assert (problem["type"], problem["loc"]) == ("json_type", ())

    @pytest.mark.parametrize("make", [str, Text])
    def test_text_with_lone_surrogates_is_not_unicode(self, make):
        (problem,) = error_of(UnknownWebhookEvent.from_json, make('{"a": "\ud800"}')).errors()
        assert (problem["type"], problem["loc"]) == ("string_unicode", ())

    @pytest.mark.parametrize(
        ("escapes", "value"),
        [
            ("\\ud83d\\ude00", "\U0001f600"), ("\\uD83D\\uDE00", "\U0001f600"),
            ("\\uDBFF\\uDFFF", "\U0010ffff"), ("\\\\ud800", "\\ud800"),
            ("\\\\\\\\ud800", "\\\\ud800"), ("\\ue000\\ud7ff", "\ue000\ud7ff"),
            ("\\u0022\\\\", '"\\'),
        ],
    )  # fmt: skip
    def test_escaped_pairs_are_characters(self, escapes, value):
        for padding in ("", "x" * 500, "x" * 5000):
            assert parsed(f'"{padding}{escapes}"') == padding + value

    @pytest.mark.parametrize(
        ("escapes", "position"),
        [
            ("\\ud800", 0), ("\\uDFFF", 0), ("x\\udbff", 1), ("\\ude00\\ud83d", 0),
            ("\\ud800\\ud800\\udc00", 0), ("\\ud83d\\ude00\\udc00", 12), ("\\\\\\ud800", 2),
            ("\\ud800\\n", 0), ("\\ud800\\u0041", 0), ("\\ud800\\\\udc00", 0),
        ],
    )  # fmt: skip
    def test_lone_surrogates_are_refused(self, escapes, position):
        for padding in ("", "x" * 500, "x" * 5000):
            column = 2 + len(padding) + position
            assert refusal(f'"{padding}{escapes}"') == (f"lone surrogate at line 1 column {column}")
            assert not is_json('{"' + padding + escapes + '": 1}')


class TestPositions:
    @pytest.mark.parametrize(
        ("text", "where"),
        [
            ("", "line 1 column 1"),
            (" \n", "line 2 column 1"),
            ('{"a"\n:1\n,,}', "line 3 column 2"),
            (" \n {} x", "line 2 column 5"),
            ("{}\n\n x", "line 3 column 2"),
            (b'{\n"\xff"}', "line 2 column 2"),
            (b'"\xc3\xa9\xff"', "line 1 column 3"),
            ("\n" + "[" * 300 + "]" * 300, "line 2 column 202"),
            ("[" * 100_000, "line 1 column 202"),
            ("[" * 201 + '"[", 1' + "]" * 201, "line 1 column 202"),
            ('\n "\\ud800"', "line 2 column 3"),
            ("[1, " + "9" * 4301 + "]", "line 1 column 5"),
            ("[1, -" + "9" * 4301 + ".5]", "line 1 column 5"),
            ('["' + "9" * 4301 + '", ' + "9" * 4301 + "]", "line 1 column 4307"),
            ('\n["\\"' + "9" * 4301 + '", {"a": ' + "9" * 4301 + "}]", "line 2 column 4315"),
        ],
    )  # fmt: skip
    def test_reasons_end_with_line_and_column(self, text, where):
        assert refusal(text).endswith(" at " + where)

    @pytest.mark.parametrize("text", ['{"a": "x\ny"}', '{"a": "x', "[1,]", "[,]", "tru", "-", "[1"])
    def test_reasons_are_sentences(self, text):
        reason = refusal(text)
        assert " at at " not in reason
        assert reason.count(" at line ") == 1


class TestDepth:
    """At most 201 containers nest; a scalar in them counts as one more."""

    @pytest.mark.parametrize(
        "text",
        [
            "[" * 201 + "]" * 201,
            "[" * 200 + "1" + "]" * 200,
            '{"a":' * 200 + "{}" + "}" * 200,
            '{"a":' * 200 + "1" + "}" * 200,
            "[" * 200 + '"' + "[" * 300 + '\\""' + "]" * 200,
            "[" + ",".join(["[[]]"] * 300) + "]",
            "[" + ",".join(['"\\\\"', "[]", '"["', '"\\"["', '"]"'] * 300) + "]",
            '"' + "[" * 1000 + '"',
            '{"' + "{" * 1000 + '": 1}',
        ],
    )  # fmt: skip
    def test_accepted(self, text):
        assert is_json(text)
        assert is_json(" " * 300 + text)

    @pytest.mark.parametrize(
        ("text", "column"),
        [
            ("[" * 202 + "]" * 202, 202),
            ("[" * 201 + "1" + "]" * 201, 202),
            ("[" * 200 + "[]," + "[[]]" + "]" * 200, 205),
            ('{"a":' * 201 + "{}" + "}" * 201, 1002),
            ("[" * 200 + '{"a":1}' + "]" * 200, 202),
            ('["\\"",' * 201 + "1" + "]" * 201, 1202),
            ('["[",' * 201 + "1" + "]" * 201, 1002),
            ("[[]," + "[" * 201 + "]" * 202, 205),
            ("[" * 100_000 + "]" * 100_000, 202),
            ("[" * 100_000, 202),
        ],
    )
    def test_refused(self, text, column):
        assert refusal(text) == f"recursion limit exceeded at line 1 column {column}"

    def test_values_that_a_later_duplicate_replaces_count(self):
        deep = "[" * 201 + "1" + "]" * 201
        reason = refusal('{"new": ' + deep + ', "new": 1}')
        assert reason == "recursion limit exceeded at line 1 column 209"

    @pytest.mark.parametrize("wide", ["[]", "[[]]", '{"a":{}}', '"["', '"]"', '"\\"["', '"\\\\"'])
    def test_it_is_not_width(self, wide):
        fine = "[" + ",".join([wide] * 300) + "]"
        assert is_json(fine)
        assert not is_json(f"[{fine}, " + "[" * 201 + "]" * 202)


class TestNumbers:
    def test_integers_may_have_4300_digits(self):
        for text in ("9" * 4300, "-" + "9" * 4300):
            assert parsed(text) == int(text)
            assert parsed(f"[{text}, {text}]") == [int(text)] * 2

    def test_floats_may_have_4300_digits_before_the_point(self):
        assert parsed("9" * 4300 + ".5") == float("inf")
        assert parsed("0." + "9" * 9000) == 1.0
        assert parsed("1e400") == float("inf")

    @pytest.mark.parametrize("rest", ["", ".5", "e1", "E+1", ".0e-5"])
    @pytest.mark.parametrize("sign", ["", "-"])
    def test_longer_ones_are_refused(self, sign, rest):
        for digits in (4301, 9000):
            assert refusal(f"[1, {sign}{'9' * digits}{rest}]") == (
                "number of more than 4300 digits at line 1 column 5"
            )

    @pytest.mark.parametrize(
        "text", ["01", "+1", ".5", "1.", "0x1", "1_0", "\u0661", "--1", "1e", "nan"]
    )
    def test_other_spellings_are_refused(self, text):
        assert not is_json(text)
        assert not is_json(text + " " * 5000)

    @pytest.mark.skipif(not hasattr(sys, "set_int_max_str_digits"), reason="has no such limit")
    @pytest.mark.usefixtures("_limit")
    @pytest.mark.parametrize("sign", ["", "-"])
    def test_the_limit_does_not_depend_on_that_of_python(self, sign):
        for digits in (640, 641, 1281, 4300):
            text = sign + "9" * 600 + "0" * (digits - 600)
            number = int("9" * 600) * 10 ** (digits - 600)
            for value in (parsed(text), parse_event({**UNKNOWN, "created_at": text}).created_at):
                assert value == (-number if sign else number)
        too_long = sign + "9" * 4301
        assert refusal(f'{{"a": ["{too_long}", {too_long}]}}') == (
            f"number of more than 4300 digits at line 1 column {len(too_long) + 12}"
        )
        error = error_of(parse_event, {**UNKNOWN, "created_at": too_long})
        assert [problem["type"] for problem in error.errors()] == ["int_parsing_size"]


@pytest.fixture(params=[640, 0, 5000])
def _limit(request):
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(request.param)
    yield
    sys.set_int_max_str_digits(limit)


@each_type
def test_truncated_json_is_one_problem(cls):
    text = cls.from_dict(PAYLOADS[cls]).to_json(indent=None)
    for length in range(len(text)):
        for body in (text[:length], text[:length].encode()):
            error = error_of(cls.from_json, body)
            assert error.payload is body
            (problem,) = error.errors()
            assert (problem["type"], problem["loc"]) == ("json_invalid", ())
