"""The reader of exact types, and the copies of it that are unrolled for the commonest shapes."""

from dataclasses import dataclass
from typing import Any, Optional

import pytest
from hypothesis import given
from hypothesis import strategies as st

import openai_webhook_types as owt
from openai_webhook_types._model.hints import field_hints
from openai_webhook_types._model.model import Model
from openai_webhook_types.events._base import IdData
from tests.strategies import mutated, payloads
from tests.values import CALL, PAYLOADS, SHAPES, TYPES, problems

NESTED = [IdData, owt.DataConnect, owt.DataRequiredAction, owt.DataSipHeader]


GENERIC = Model.__dict__["_read_exactly"].__func__


def outcome(read, payload):
    """Return what is read, in its order, or None if it is refused."""
    try:
        return contents(read(payload))
    except Exception:
        return None


def contents(value):
    """Return the fields of an object as pairs, in their order; the same for objects in it."""
    if isinstance(value, Model):
        return type(value), [(name, contents(field)) for name, field in vars(value).items()]
    if isinstance(value, tuple):
        return tuple(map(contents, value))
    return type(value), repr(value)


def test_unrolled_readers_are_those_of_the_commonest_shapes():
    unrolled = set()
    for cls in [*TYPES, *NESTED]:
        reader = next(base for base in cls.__mro__ if "_read_exactly" in base.__dict__)
        if reader.__dict__["_read_exactly"].__func__ is not GENERIC:
            assert "_read" in reader.__dict__
            unrolled.add(reader)
    names = {cls.__name__ for cls in unrolled}
    assert names == {"Event", "NewerEvent", "IdData", "DataSipHeader", "UnknownWebhookEvent"}


@pytest.mark.parametrize("cls", [*SHAPES, *NESTED], ids=lambda cls: cls.__name__)
@given(data=st.data())
def test_every_reader_follows_the_contract(cls, data):
    valid = with_ascii_names(data.draw(payloads(cls)))
    # Does not raise: a valid payload needs no validator.
    exactly = contents(cls._read_exactly(valid))
    assert exactly == contents(GENERIC(cls, valid)) == contents(cls.from_dict(valid))
    payload = data.draw(mutated(st.just(valid)))
    assert outcome(cls._read_exactly, payload) == outcome(lambda p: GENERIC(cls, p), payload)


def with_ascii_names(value):
    if isinstance(value, list):
        return [with_ascii_names(item) for item in value]
    if isinstance(value, dict):
        return {ascii(k)[1:-1]: with_ascii_names(v) for k, v in value.items()}
    return value


@pytest.mark.parametrize("cls", TYPES, ids=lambda cls: cls.__name__)
def test_either_reader_finds_the_same(cls):
    payload = PAYLOADS[cls]
    for extra in ({}, {"new": [1]}):
        exactly = cls.from_dict({**payload, **extra})
        # A name that is not ASCII takes the payload to the validator.
        validated = cls.from_dict({**payload, **extra, "é": 1})
        assert contents(validated.model_copy(update={"é": 1})) == contents(validated)
        assert validated.to_dict() == {**exactly.to_dict(), "é": 1}


@pytest.mark.parametrize("cls", [*TYPES, *NESTED], ids=lambda cls: cls.__name__)
def test_no_reader_takes_a_value_of_another_type(cls):
    for name, hint in field_hints(cls).items():
        if hint is not Any:
            for value in (object(), 5.5):
                payload = {**PAYLOADS.get(cls, NESTED_PAYLOAD), name: value}
                assert outcome(cls._read_exactly, payload) is None
                assert outcome(lambda given: GENERIC(cls, given), payload) is None


NESTED_PAYLOAD = {"id": "x", "remote_url": "u", "type": "function_call", "name": "n", "value": "v"}


def test_a_contract_of_ones_own_is_never_read_by_what_a_base_has_unrolled():
    @dataclass(frozen=True, eq=False, repr=False)
    class Data(IdData):
        __module__ = IdData.__module__  # as if it were of this package
        resume_at: Optional[int] = None

        @classmethod
        def _read(cls, reader):
            reader.string("id")
            reader.optional_integer("resume_at")

    payload = {"id": "b", "resume_at": 3, "new": 1}
    for found in (Data.from_dict(payload), Data.from_dict({**payload, "resume_at": "3"})):
        assert (found.id, found.resume_at, found.model_extra) == ("b", 3, {"new": 1})
        assert found.to_dict() == payload


def test_list_items_that_are_not_objects_are_not_dropped():
    for item in (5, None, "x", []):
        data = {**CALL["data"], "sip_headers": [*CALL["data"]["sip_headers"], item]}
        assert problems(owt.RealtimeCallIncomingWebhookEvent, {**CALL, "data": data}) == [
            ("model_type", ("data", "sip_headers", 1))
        ]
