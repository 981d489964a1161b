"""The two errors: data first, text second."""

import copy
import json
import pickle
import re
from typing import get_args, get_type_hints

import pytest

from openai_webhook_types import (
    DataRequiredAction,
    DeletedWebhookEndpoint,
    FineTuningJobFailedWebhookEvent,
    InvalidWebhookSignatureError,
    RealtimeCallIncomingWebhookEvent,
    ValidationError,
    WebhookEvent,
    WebhookEventTypeList,
)
from openai_webhook_types.errors import _MESSAGES
from tests.values import CALL, DELETED, TYPE_LIST, EmptyMapping, error_of, without

PAYLOAD = {"created_at": "x", "data": {"id": 5}, "type": "fine_tuning.job.failed", "id": "e"}


def error_for(payload, read=FineTuningJobFailedWebhookEvent.from_dict):
    return error_of(read, payload)


def broken(error):
    """Yield nothing, then break off."""
    yield from ()
    raise error


class Broken(EmptyMapping):
    def items(self):
        raise RuntimeError("boom")


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
    for options in ({}, {"include_input": False}, {"include_context": False}):
        rows = json.loads(error.json(**options))
        assert ["input" in row for row in rows] == [options != {"include_input": False}] * 3
        assert ["ctx" in row for row in rows] == [
            False,
            False,
            options != {"include_context": False},
        ]


def test_the_caller_may_change_what_is_returned():
    error = error_for({**PAYLOAD, "object": "x"})
    error.errors()[2]["ctx"].clear()
    assert error.errors()[2]["ctx"] == {"expected": "'event'"}


VALID = {**PAYLOAD, "created_at": 1, "data": {"id": "j"}}
INT = "Input should be a valid integer"
STR = "Input should be a valid string"
BOOL = "Input should be a valid boolean"
MESSAGES = {
    "bool_parsing": f"{BOOL}, unable to interpret input",
    "bool_type": BOOL,
    "finite_number": "Input should be a finite number",
    "int_from_float": f"{INT}, got a number with a fractional part",
    "int_parsing": f"{INT}, unable to parse string as an integer",
    "int_parsing_size": "Unable to parse input string as an integer, exceeded maximum size",
    "int_type": INT,
    "invalid_key": "Keys should be strings",
    "iteration_error": "Error iterating over object, error: KeyError: 'x'",
    "list_type": "Input should be a valid list",
    "literal_error": "Input should be 'event'",
    "mapping_type": "Input should be a valid mapping, error: RuntimeError: boom",
    "missing": "Field required",
    "model_type": "Input should be a valid dictionary or instance of Data",
    "string_type": STR,
    "string_unicode": f"{STR}, unable to parse raw data as a unicode string",
}


@pytest.mark.parametrize(
    ("kind", "cls", "payload"),
    [
        ("bool_parsing", DeletedWebhookEndpoint, {**DELETED, "deleted": "x"}),
        ("bool_type", DeletedWebhookEndpoint, {**DELETED, "deleted": []}),
        ("iteration_error", WebhookEventTypeList, {**TYPE_LIST, "data": broken(KeyError("x"))}),
        ("list_type", WebhookEventTypeList, {**TYPE_LIST, "data": 5}),
        ("missing", FineTuningJobFailedWebhookEvent, without(VALID, "id")),
        *(
            (kind, FineTuningJobFailedWebhookEvent, {**VALID, **changes})
            for kind, changes in {
                "finite_number": {"created_at": float("inf")},
                "int_from_float": {"created_at": 1.5},
                "int_parsing": {"created_at": "x"},
                "int_parsing_size": {"created_at": "9" * 4301},
                "int_type": {"created_at": None},
                "invalid_key": {5: "x"},
                "literal_error": {"object": "x"},
                "mapping_type": {"data": Broken()},
                "model_type": {"data": 5},
                "string_type": {"id": 5},
                "string_unicode": {"id": b"\xff"},
            }.items()
        ),
    ],
)
def test_messages(kind, cls, payload):
    (problem,) = error_of(cls.from_dict, payload).errors()
    assert (problem["type"], problem["msg"]) == (kind, MESSAGES[kind])


def test_no_message_shows_a_placeholder():
    for kind, text in _MESSAGES.items():
        for message in text if isinstance(text, tuple) else (text,):
            names = re.findall(r"{(\w*)}", message)
            ctx = {"ctx": dict.fromkeys(names, "said")} if names else {}
            problem = (kind, (), None, ctx.get("ctx"))
            error = ValidationError("Title", [problem], {}, from_json=message != text)
            assert "{" not in error.errors()[0]["msg"]
            assert "{" not in str(error)


def test_messages_list_every_literal():
    (problem,) = error_of(DataRequiredAction.from_dict, {"type": "x"}).errors()
    *others, last = map(repr, get_args(get_type_hints(DataRequiredAction)["type"]))
    assert problem["msg"] == f"Input should be {', '.join(others)} or {last}"
    assert problem["msg"].count("'") > 4


def test_messages_for_values_that_are_not_json():
    (problem,) = error_of(FineTuningJobFailedWebhookEvent.from_json, 5).errors()
    assert problem["msg"] == "JSON input should be string, bytes or bytearray"
    (problem,) = error_of(FineTuningJobFailedWebhookEvent.from_json, "").errors()
    assert problem["msg"].startswith("Invalid JSON: ")


def test_messages_for_json_text_say_object_and_array():
    text = json.dumps({**TYPE_LIST, "data": 5})
    assert error_of(WebhookEventTypeList.from_json, text).errors()[0]["msg"] == (
        "Input should be a valid array"
    )
    error = error_for('{"data": 5}', FineTuningJobFailedWebhookEvent.from_json)
    assert error.payload == '{"data": 5}'
    assert error.errors()[2]["msg"] == "Input should be an object"


def test_attributes():
    error = error_for(PAYLOAD)
    assert error.error_count() == 2
    assert error.title == "FineTuningJobFailedWebhookEvent"
    assert error.payload is PAYLOAD
    assert isinstance(error, ValueError)


def test_text_lists_every_problem():
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
def test_text_shortens_inputs(value, shown):
    assert f"input_value={shown}, input_type" in str(error_for({**PAYLOAD, "data": value}))


@pytest.mark.parametrize("count", [100, 101, 5000])
def test_text_shows_the_first_hundred_problems(count):
    error = error_for({**TYPE_LIST, "data": [5] * count}, WebhookEventTypeList.from_dict)
    lines = str(error).splitlines()
    assert lines[0] == f"{count} validation errors for WebhookEventTypeList"
    assert lines[1:200:2] == [f"data.{index}" for index in range(100)]
    left = count - 100
    assert lines[201:] == ([f"... and {left} more: errors() has all of them"] if left else [])
    assert len(error.errors()) == len(json.loads(error.json())) == error.error_count() == count
    assert repr(error) == str(error)


@pytest.mark.parametrize("text", ["{}", b"{}", bytearray(b"{}"), type("Text", (str,), {})("{}")])
def test_text_that_is_not_parsed_points_to_the_method_that_does(text):
    for read in (FineTuningJobFailedWebhookEvent.from_dict, WebhookEvent.model_validate):
        *_, last = str(error_for(text, read)).splitlines()
        assert last == "  To read JSON text, call from_json or parse_event"
    for other in (5, ["{}"], {**PAYLOAD, "data": text}):
        assert "from_json" not in str(error_for(other))
    assert "from_json" not in str(error_for("5", FineTuningJobFailedWebhookEvent.from_json))


def test_json():
    rows = json.loads(error_for({**PAYLOAD, "data": {"id": float("inf")}}).json(indent=2))
    assert rows[1] == {
        "type": "string_type",
        "loc": ["data", "id"],
        "msg": "Input should be a valid string",
        "input": None,
    }
    assert error_for(5).json() == (
        '[{"type":"model_type","loc":[],"msg":"Input should be a valid dictionary or instance of '
        'FineTuningJobFailedWebhookEvent","input":5,'
        '"ctx":{"class_name":"FineTuningJobFailedWebhookEvent"}}]'
    )
    assert error_for(5).json(indent=2) == json.dumps(json.loads(error_for(5).json()), indent=2)


def test_json_shows_an_event_or_a_model_by_its_fields():
    class Model:
        def model_dump(self):
            return {"a": (1, b"x")}

    event = RealtimeCallIncomingWebhookEvent.from_dict({**CALL, "new": 1})
    for value, shown in (
        (event, json.loads(event.model_dump_json())),
        ({"inside": [event.data]}, {"inside": [json.loads(event.data.model_dump_json())]}),
        (Model(), {"a": [1, "x"]}),
        (Model, repr(Model)),
    ):
        error = error_for({**PAYLOAD, "data": {"id": value}})
        for indent in (None, 2):
            assert json.loads(error.json(indent=indent))[1]["input"] == shown


def test_json_shows_other_inputs_by_their_repr():
    cyclic = []
    cyclic.append(cyclic)
    for value, shown in ((cyclic, "[[...]]"), (..., "Ellipsis"), ("\ud800", "'\\ud800'")):
        error = error_for({**PAYLOAD, "data": value})
        assert json.loads(error.json())[1]["input"] == shown


def test_texts_that_json_cannot_hold_are_escaped():
    class Unspeakable(Exception):
        def __str__(self):
            raise RuntimeError

    class Key:
        def __repr__(self):
            return "\ud800"

    read = RealtimeCallIncomingWebhookEvent.from_dict
    data = {"call_id": "c", "sip_headers": broken(RuntimeError("\ud800")), Key(): 1}
    error = error_for({**PAYLOAD, "data": data}, read)
    assert "\\ud800" in error.json()
    assert str(error).encode()
    data = {"call_id": "c", "sip_headers": broken(Unspeakable())}
    error = error_for({**PAYLOAD, "data": data}, read)
    assert "error: Unspeakable" in str(error)


def test_errors_have_no_others_behind_them():
    read = FineTuningJobFailedWebhookEvent.from_json
    for error in (error_for(PAYLOAD), error_for("{", read), error_for(b"\xff", read)):
        assert error.__context__ is None


def test_errors_pickle():
    error = error_for({**PAYLOAD, "data": 5})
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is ValidationError
    assert again.errors() == error.errors()
    assert again.payload == error.payload
    assert str(again) == repr(again) == str(error)


@pytest.mark.parametrize(
    ("arguments", "given", "text"),
    [
        ((), {}, ""),
        (("no",), {}, "no"),
        (("no", 5), {}, "('no', 5)"),
        (("no",), {"reason": "why"}, "no"),
        (("no",), {"webhook_id": "wh_1"}, "no"),
        ((), {"reason": "why", "webhook_id": "wh_1"}, ""),
    ],
)
def test_signature_errors_of_a_program_and_their_copies(arguments, given, text):
    error = InvalidWebhookSignatureError(*arguments, **given)
    assert isinstance(error, ValueError)
    assert not isinstance(error, ValidationError)
    error.note = "added"
    for same in (error, copy.copy(error), copy.deepcopy(error), pickle.loads(pickle.dumps(error))):
        assert type(same) is InvalidWebhookSignatureError
        assert same.args == arguments
        assert str(same) == text
        assert same.reason == given.get("reason", "other")
        assert same.webhook_id == given.get("webhook_id")
        assert same.note == "added"


def test_the_class_of_signature_errors_can_be_raised():
    with pytest.raises(InvalidWebhookSignatureError) as caught:
        raise InvalidWebhookSignatureError
    assert caught.value.reason == "other"
    assert '"other"' in InvalidWebhookSignatureError.__doc__
