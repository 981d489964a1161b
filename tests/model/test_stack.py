"""A stack that is used up says nothing about a payload."""

import sys

import pytest

from openai_webhook_types import BatchFailedWebhookEvent, ValidationError, parse_event
from tests.values import run

VALID = {"id": "e", "created_at": "1", "type": "batch.failed", "data": {"id": "b"}}


INVALID = {"id": "e", "created_at": "x", "type": "batch.failed", "data": {"id": 5}}


def at_depth(depth, function):
    return function() if depth == 0 else at_depth(depth - 1, function)


@pytest.mark.parametrize("payload", [VALID, INVALID], ids=["valid", "invalid"])
def test_a_payload_has_the_same_errors_or_a_recursion_error_at_any_call_depth(payload):
    def answer():
        try:
            return parse_event(payload)
        except ValidationError as error:
            return [problem["loc"] for problem in error.errors()]

    expected = answer()
    answers = []
    for depth in range(sys.getrecursionlimit() - 200, sys.getrecursionlimit()):
        try:
            answers.append(at_depth(depth, answer))
        except RecursionError:
            answers.append(None)
    # Elsewhere, the stack need not be used up at a number of calls.
    assert None in answers or sys.implementation.name != "cpython"
    assert [found for found in answers if found is not None and found != expected] == []


DEEP = '{"id": "e", "created_at": 1, "type": "new.type", "data": ' + "[" * 200 + "]" * 200 + "}"


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
    monkeypatch.setattr("threading.Thread.start", exhausted)
    with pytest.raises(RecursionError):
        parse_event("[1]")


def test_memory_that_is_used_up_is_no_fault_of_a_payload(monkeypatch):
    def exhausted(*args):
        raise MemoryError

    monkeypatch.setattr(BatchFailedWebhookEvent, "_read_exactly", exhausted)
    with pytest.raises(MemoryError):
        BatchFailedWebhookEvent.from_dict(VALID)


def test_text_that_is_read_on_a_fresh_stack_is_refused_as_elsewhere(monkeypatch):
    def exhausted(*args):
        raise RecursionError

    monkeypatch.setattr("openai_webhook_types._model.json_parser._scan", exhausted)
    with pytest.raises(ValidationError, match="type=json_invalid"):
        parse_event("[x]")


def test_near_its_end_nothing_is_tried_again(monkeypatch):
    def exhausted(*args):
        raise RecursionError

    event = parse_event({**VALID, "x": deep(2000)})
    with pytest.raises(ValueError, match="nested too deeply"):
        event.to_json()
    monkeypatch.setattr("openai_webhook_types._json_text.is_exhausted", lambda error: True)
    with pytest.raises(RecursionError):
        event.to_json()
    monkeypatch.setattr("openai_webhook_types._model.json_parser._scan", exhausted)
    assert parse_event('{"id":"e","created_at":1,"type":"new"}').id == "e"
    monkeypatch.setattr("openai_webhook_types._model.json_parser.is_exhausted", lambda error: True)
    with pytest.raises(RecursionError):
        parse_event('{"id":"e","created_at":1,"type":"new"}')


def deep(levels):
    value = []
    for _ in range(levels):
        value = [value]
    return value


NEAR_THE_END = """
import copy, pickle, sys
from openai_webhook_types import ValidationError, parse_event

PAYLOAD = {"id": "e", "created_at": 1, "type": "batch.failed", "data": {"id": "b"}}


def deep(levels, kind):
    value = 1
    for _ in range(levels):
        value = kind(value)
    return value


def error_of(payload):
    try:
        parse_event(payload)
    except ValidationError as error:
        return error


def at_depth(depth, function):
    return function() if depth == 0 else at_depth(depth - 1, function)


for kind in (lambda value: [value], lambda value: {"a": value}):
    for levels in (3, 120):
        value = deep(levels, kind)
        event, other = [parse_event({**PAYLOAD, "x": deep(levels, kind)}) for _ in range(2)]
        unknown = {"id": "e", "created_at": 1, "type": "new", "data": {"a": value}}
        error = error_of({**PAYLOAD, "id": value, "created_at": value})
        pickled = pickle.dumps(event)
        for function in (
            event.to_dict, event.to_json, event.model_dump_json,
            lambda: event.to_json(indent=None), lambda: event.model_dump(mode="json"),
            lambda: event.model_dump(exclude_none=True), lambda: event.model_dump(include={"x"}),
            lambda: event.model_dump_json(exclude_none=True, indent=1),
            lambda: event.model_dump(fallback=str), lambda: event.model_dump_json(fallback=str),
            lambda: repr(event), lambda: event == other, lambda: event != other,
            lambda: hash(event), lambda: copy.copy(event), lambda: copy.deepcopy(event),
            lambda: pickle.dumps(event), lambda: pickle.loads(pickled), lambda: dict(event),
            lambda: str(error), lambda: error.json(), lambda: error.errors(),
            lambda: parse_event(unknown) == parse_event(unknown),
            lambda: parse_event({**PAYLOAD, "created_at": "1", "x": value}) == event,
            lambda: str(error_of({**PAYLOAD, "id": value})),
            lambda: parse_event('{"id":' + "[" * 150 + "]" * 150 + "}"),
            lambda: type(event).model_construct(**PAYLOAD),
        ):
            for depth in range(sys.getrecursionlimit() - 130, sys.getrecursionlimit(), 5):
                try:
                    at_depth(depth, function)
                except (RecursionError, ValueError):
                    pass
print("ended as usual")
"""


def test_nothing_ends_the_interpreter_near_the_end_of_the_stack():
    assert run(NEAR_THE_END) == "ended as usual\n"
