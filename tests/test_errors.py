"""`ValidationError`: data first, text second."""

import json
import pickle
import sys

import pytest

from openai_webhook_types import (
    FineTuningJobFailedWebhookEvent,
    InvalidWebhookSignatureError,
    RealtimeCallIncomingWebhookEvent,
    ValidationError,
)


def error_for(payload, read=FineTuningJobFailedWebhookEvent.from_dict):
    with pytest.raises(ValidationError) as caught:
        read(payload)
    return caught.value


PAYLOAD = {"created_at": "x", "data": {"id": 5}, "type": "fine_tuning.job.failed", "id": "e"}


def test_errors_are_dicts():
    assert error_for({**PAYLOAD, "object": "x"}).errors() == [
        {
            "type": "int_parsing",
            "loc": ("created_at",),
            "msg": "Input should be a valid integer, unable to parse string as an integer",
            "input": "x",
        },
        {
            "type": "string_type",
            "loc": ("data", "id"),
            "msg": "Input should be a valid string",
            "input": 5,
        },
        {
            "type": "literal_error",
            "loc": ("object",),
            "msg": "Input should be 'event'",
            "input": "x",
            "ctx": {"expected": "'event'"},
        },
    ]


def test_parts_can_be_left_out():
    error = error_for({**PAYLOAD, "object": "x"})
    bare = error.errors(include_url=False, include_context=False, include_input=False)
    assert {key for problem in bare for key in problem} == {"type", "loc", "msg"}
    assert "input" not in json.loads(error.json(include_input=False))[0]


def test_it_says_how_many_of_what():
    error = error_for(PAYLOAD)
    assert error.error_count() == 2
    assert error.title == "FineTuningJobFailedWebhookEvent"
    assert error.payload is PAYLOAD
    assert isinstance(error, ValueError)


def test_text():
    assert str(error_for({**PAYLOAD, 1.5: 1})) == (
        "3 validation errors for FineTuningJobFailedWebhookEvent\n"
        "created_at\n"
        "  Input should be a valid integer, unable to parse string as an integer "
        "[type=int_parsing, input_value='x', input_type=str]\n"
        "data.id\n"
        "  Input should be a valid string [type=string_type, input_value=5, input_type=int]\n"
        "`1.5`\n"
        "  Keys should be strings [type=invalid_key, input_value=1.5, input_type=float]"
    )
    assert repr(error_for(5)) == (
        "1 validation error for FineTuningJobFailedWebhookEvent\n"
        "  Input should be a valid dictionary or instance of FineTuningJobFailedWebhookEvent "
        "[type=model_type, input_value=5, input_type=int]"
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a" * 48, repr("a" * 48)),
        ("a" * 49, "'" + "a" * 24 + "..." + "a" * 23 + "'"),
        ("é" * 49, "'" + "é" * 12 + "..." + "é" * 11 + "'"),
        (10**5000, "<unprintable int object>"),
        (type("Odd", (), {"__repr__": lambda self: 1 / 0})(), "<unprintable Odd object>"),
    ],
    ids=["short", "long", "long-in-bytes", "int", "repr"],
)
def test_inputs_are_cut(value, shown):
    assert f"input_value={shown}, input_type" in str(error_for({**PAYLOAD, "data": value}))


def test_json():
    rows = json.loads(error_for({**PAYLOAD, "data": {"id": float("inf")}}).json(indent=2))
    assert rows[1] == {
        "type": "string_type",
        "loc": ["data", "id"],
        "msg": "Input should be a valid string",
        "input": None,
    }


def test_json_shows_what_json_cannot_hold():
    cyclic = []
    cyclic.append(cyclic)
    for value, shown in ((cyclic, "[[...]]"), (..., "Ellipsis"), ("\ud800", "'\\ud800'")):
        error = error_for({**PAYLOAD, "data": value})
        assert json.loads(error.json())[1]["input"] == shown


def test_texts_that_json_cannot_hold_are_escaped():
    def broken():
        yield {"name": "n", "value": "v"}
        raise RuntimeError("\ud800")

    def worse():
        yield {"name": "n", "value": "v"}
        raise Unspeakable

    class Unspeakable(Exception):
        def __str__(self):
            raise RuntimeError

    class Key:
        def __repr__(self):
            return "\ud800"

    data = {"call_id": "c", "sip_headers": broken(), Key(): 1}
    error = error_for({**PAYLOAD, "data": data}, RealtimeCallIncomingWebhookEvent.from_dict)
    assert "\\ud800" in error.json()
    data = {"call_id": "c", "sip_headers": worse()}
    error = error_for({**PAYLOAD, "data": data}, RealtimeCallIncomingWebhookEvent.from_dict)
    assert "error: Unspeakable" in str(error)


def test_json_errors_have_no_other_behind_them():
    error = error_for("{", FineTuningJobFailedWebhookEvent.from_json)
    assert error.__context__ is None


def test_where_python_is_set_to_a_limit_of_its_own():
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(640)
    try:
        error = error_for({**PAYLOAD, "created_at": "9" * 641, "data": {"id": "j"}})
    finally:
        sys.set_int_max_str_digits(limit)
    assert [problem["type"] for problem in error.errors()] == ["int_parsing_size"]


def test_json_text_that_is_not_valid_has_words_of_its_own():
    error = error_for('{"data": 5}', FineTuningJobFailedWebhookEvent.from_json)
    assert error.payload == '{"data": 5}'
    assert error.errors()[2]["msg"] == "Input should be an object"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "line 1 column 1"),
        ('{"a"\n:1\n,,}', "line 3 column 2"),
        (" \n {} x", "line 2 column 5"),
        (b'{\n"\xff"}', "line 2 column 2"),
        ("\n" + "[" * 300 + "]" * 300, "line 2 column 202"),
        ("[" * 100_000, "line 1 column 202"),
        ("[" * 201 + '"[", 1' + "]" * 201, "line 1 column 202"),
        ('\n "\\ud800"', "line 2 column 3"),
        ("[1, " + "9" * 4301 + "]", "line 1 column 5"),
        ("[1, -" + "9" * 4301 + ".5]", "line 1 column 5"),
    ],
)
def test_what_is_not_json_is_said_with_line_and_column(text, where):
    (problem,) = error_for(text, FineTuningJobFailedWebhookEvent.from_json).errors()
    assert problem["type"] == "json_invalid"
    assert problem["loc"] == ()
    assert problem["msg"].startswith("Invalid JSON: ")
    assert problem["msg"].endswith(" at " + where)
    assert problem["ctx"] == {"error": problem["msg"][len("Invalid JSON: ") :]}


@pytest.mark.parametrize("text", ['{"a": "x\ny"}', '{"a": "x'])
def test_what_is_not_json_is_said_in_a_sentence(text):
    (problem,) = error_for(text, FineTuningJobFailedWebhookEvent.from_json).errors()
    assert " at at " not in problem["msg"]
    assert " at line " in problem["msg"]


@pytest.mark.parametrize(
    "data", [None, 5, {}, memoryview(b"{}")], ids=lambda data: type(data).__name__
)
def test_what_is_no_text_is_no_json(data):
    (problem,) = error_for(data, FineTuningJobFailedWebhookEvent.from_json).errors()
    assert problem["type"] == "json_type"


def test_text_that_is_no_unicode_is_no_json():
    (problem,) = error_for('{"a": "\ud800"}', FineTuningJobFailedWebhookEvent.from_json).errors()
    assert problem["type"] == "string_unicode"


def test_it_pickles():
    error = error_for({**PAYLOAD, "data": 5})
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is ValidationError
    assert again.errors() == error.errors()
    assert again.payload == error.payload
    assert str(again) == str(error)


def test_a_signature_error_says_why_and_pickles():
    error = InvalidWebhookSignatureError("no", reason="why", webhook_id="wh_1")
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.reason, again.webhook_id) == ("no", "why", "wh_1")
    assert isinstance(error, ValueError)
    assert not isinstance(error, ValidationError)


def test_a_stack_that_is_used_up_is_said_as_too_much_depth(monkeypatch):
    def exhausted(text, start):
        raise RecursionError

    class Exhausted:
        raw_decode = staticmethod(exhausted)

    monkeypatch.setattr("openai_webhook_types._jsontext._scan", exhausted)
    monkeypatch.setattr("openai_webhook_types._jsontext._decoder_of_long_text", Exhausted)
    (problem,) = error_for("[1]", FineTuningJobFailedWebhookEvent.from_json).errors()
    assert problem["msg"] == "Invalid JSON: recursion limit exceeded at line 1 column 1"
