"""The limits of JSON text hold whatever Python is set to, and wherever it is parsed."""

import sys

import pytest

from openai_webhook_types import ValidationError, parse_event


def error_for(payload):
    with pytest.raises(ValidationError) as caught:
        parse_event(payload)
    return caught.value


@pytest.fixture(params=[640, 0, 5000])
def _limit(request):
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(request.param)
    yield
    sys.set_int_max_str_digits(limit)


@pytest.mark.skipif(not hasattr(sys, "set_int_max_str_digits"), reason="has no such limit")
@pytest.mark.usefixtures("_limit")
@pytest.mark.parametrize("sign", ["", "-"])
def test_the_digits_of_an_integer_are_limited_whatever_the_limit_of_python(sign):
    for digits in (640, 641, 1281, 4300):
        number = int("9" * 600) * 10**5000 // 10 ** (5600 - digits)
        text = sign + "9" * 600 + "0" * (digits - 600)
        value = -number if sign else number
        body = f'{{"created_at": {text}, "id": "e", "type": "t"}}'
        assert parse_event(body).created_at == value
        assert parse_event({"created_at": text, "id": "e", "type": "t"}).created_at == value
    too_long = sign + "9" * 4301
    error = error_for({"id": "e", "created_at": too_long, "type": "t"})
    assert [problem["type"] for problem in error.errors()] == ["int_parsing_size"]
    error = error_for(f'{{"a": ["{too_long}", {too_long}]}}')
    assert "number of more than 4300 digits at line 1 column " in str(error)
    assert f"column {len(too_long) + 12}" in str(error)


DEEP = '{"id": "e", "created_at": 1, "type": "new.type", "data": ' + "[" * 200 + "]" * 200 + "}"


def at_depth(depth, function):
    return function() if depth == 0 else at_depth(depth - 1, function)


@pytest.mark.parametrize("text", [DEEP, DEEP.replace("[]", "[[1]]"), '["' + '\\"' * 9000 + '"]'])
def test_text_gives_the_same_answer_at_any_call_depth(text):
    def answer():
        try:
            return parse_event(text)
        except ValidationError as error:
            return str(error)

    expected = answer()
    for depth in (100, sys.getrecursionlimit() - 300, sys.getrecursionlimit() - 200):
        assert at_depth(depth, answer) == expected


def test_a_stack_that_is_used_up_is_a_recursion_error(monkeypatch):
    def exhausted(*args):
        raise RecursionError

    monkeypatch.setattr("openai_webhook_types._model.json_parser._scan", exhausted)
    monkeypatch.setattr("concurrent.futures.ThreadPoolExecutor.submit", exhausted)
    with pytest.raises(RecursionError):
        parse_event("[1]")


def test_depth_counts_values_that_a_later_duplicate_replaces():
    deep = "[" * 201 + "1" + "]" * 201
    error = error_for('{"new": ' + deep + ', "new": 1}')
    assert error.errors()[0]["type"] == "json_invalid"
    assert "recursion limit exceeded at line 1 column 209" in str(error)


@pytest.mark.parametrize("wide", ["[]", "[[]]", '{"a":{}}', '"["', '"]"', '"\\"["', '"\\\\"'])
def test_depth_is_not_width(wide):
    fine = "[" + ",".join([wide] * 300) + "]"
    assert error_for(fine).errors()[0]["type"] == "model_type"
    deep = f"[{fine}, " + "[" * 201 + "]" * 202
    assert error_for(deep).errors()[0]["type"] == "json_invalid"
