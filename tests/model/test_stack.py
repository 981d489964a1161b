"""A stack that is used up says nothing about a payload."""

import sys

import pytest

from openai_webhook_types import ValidationError, parse_event

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
    monkeypatch.setattr("concurrent.futures.ThreadPoolExecutor.submit", exhausted)
    with pytest.raises(RecursionError):
        parse_event("[1]")
