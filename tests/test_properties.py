"""What holds for every type, event or endpoint, whatever the payload."""

import copy
import dataclasses
import inspect
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import openai_webhook_types as owt
from openai_webhook_types import ValidationError, parse_event
from tests.strategies import EDGE_VALUES, mutated, payloads
from tests.values import (
    CLASSES,
    ENDPOINTS,
    PAYLOADS,
    assert_identical,
    each_shape,
    each_type,
    error_of,
    required,
    without,
)


@each_shape
@given(data=st.data())
def test_valid_payloads_round_trip(cls, data):
    payload = data.draw(payloads(cls))
    before = copy.deepcopy(payload)
    found = cls.from_dict(payload, strict=True)
    assert type(found) is cls
    assert found.model_fields_set == payload.keys()
    assert_identical(found.to_dict(), payload)
    assert_identical(payload, before)
    assert cls.from_dict(found.to_dict()) == found
    assert cls.from_dict(payload) == found
    if issubclass(cls, owt.WebhookEvent) and CLASSES.get(payload["type"], cls) is cls:
        event = parse_event(payload)
        assert type(event) is cls
        assert_identical(event.to_dict(), payload)


@each_shape
@given(data=st.data())
def test_valid_payloads_round_trip_through_json(cls, data):
    found = cls.from_dict(data.draw(payloads(cls)))
    for text in (found.to_json(), found.model_dump_json(exclude_unset=True)):
        again = cls.from_json(text, strict=True)
        assert_identical(again.to_dict(), found.to_dict(mode="json"))
        assert cls.from_json(text.encode()) == again
        assert json.loads(text) == found.to_dict(mode="json")
    assert_ordered(found)


def assert_ordered(found):
    """Assert that dumps have the declared fields in order, then the unknown ones."""
    names = [*found.__dataclass_fields__, *found.model_extra]
    for dumped in (found.model_dump(), json.loads(found.model_dump_json())):
        assert list(dumped) == names
    names = [name for name in names if name in found.model_fields_set]
    for dumped in (found.to_dict(), json.loads(found.to_json())):
        assert list(dumped) == names
    given = {**vars(found), **found.model_extra}
    names = [name for name in names if given[name] is not None]
    assert list(found.to_dict(exclude_none=True)) == names


@each_shape
@given(data=st.data())
def test_copies_are_equal_and_complete(cls, data):
    found = cls.from_dict(data.draw(payloads(cls)))
    protocol = data.draw(st.integers(2, pickle.HIGHEST_PROTOCOL))
    for same in (
        copy.copy(found),
        copy.deepcopy(found),
        found.model_copy(),
        found.model_copy(deep=True),
        pickle.loads(pickle.dumps(found, protocol)),
    ):
        assert type(same) is cls
        assert same.model_fields_set == found.model_fields_set
        assert_identical(same.to_dict(), found.to_dict())
        if same == found:  # which NaN is not
            assert hash(same) == hash(found)


@each_shape
@given(data=st.data())
def test_constructor_takes_fields_by_name_or_position(cls, data):
    found = cls.from_dict(data.draw(payloads(cls)))
    found = cls.from_dict(without(found.to_dict(), *found.model_extra))
    made = cls(**{field.name: getattr(found, field.name) for field in dataclasses.fields(cls)})
    assert made == found
    assert made == cls(*(getattr(found, name) for name in inspect.signature(cls).parameters))
    assert dataclasses.replace(made, object=made.object) == found
    assert made.model_dump() == found.model_dump()


@each_type
def test_constructor_needs_every_required_field(cls):
    found = cls.from_dict(PAYLOADS[cls])
    values = {name: getattr(found, name) for name in required(cls)}
    assert cls(**values) == cls(*values.values())
    for missing in values:
        with pytest.raises(TypeError, match=f"'{missing}'"):
            cls(**without(values, missing))


@each_shape
@given(data=st.data())
def test_nearly_valid_payloads_give_an_instance_or_every_problem(cls, data):
    payload = data.draw(mutated(payloads(cls)))
    strict = data.draw(st.booleans())
    text = json.dumps(payload)
    try:
        found = cls.from_dict(payload, strict=strict)
    except ValidationError as error:
        assert error.payload is payload
        assert error.error_count() == len(error.errors()) > 0
        for problem in error.errors():
            assert_located(problem, payload)
        assert len(json.loads(error.json())) == error.error_count()
        assert str(error).startswith(f"{error.error_count()} validation error")
        assert str(pickle.loads(pickle.dumps(error))) == str(error)
        if "\\ud" not in text:  # lone surrogates are no JSON
            from_json = error_of(cls.from_json, text, strict=strict)
            assert [(p["type"], p["loc"]) for p in from_json.errors()] == [
                (p["type"], p["loc"]) for p in error.errors()
            ]
    else:
        assert type(found) is cls
        assert found.model_fields_set == payload.keys()
        if "\\ud" not in text:
            assert_identical(cls.from_json(text).to_dict(), found.to_dict())


def assert_located(problem, payload):
    """Assert that the input of a problem is what its location leads to."""
    path = [step for step in problem["loc"] if step != "str" and not is_literal(step)]
    if problem["type"] == "missing":
        missing = path.pop()
    for step in path:
        payload = payload[step]
    if problem["type"] == "missing":
        assert missing not in payload
    if problem["type"] == "string_unicode" and isinstance(payload, dict):
        assert problem["input"] in payload  # a name
    else:
        assert problem["input"] is payload


def is_literal(step):
    """Tell whether a step of a location names a member of a union."""
    return str(step).startswith("literal[")


@each_type
def test_edge_values_are_a_problem_of_their_field_at_most(cls):
    payload = PAYLOADS[cls]
    for field in dataclasses.fields(cls):
        for value in EDGE_VALUES:
            for strict in (False, True):
                try:
                    found = cls.from_dict({**payload, field.name: value}, strict=strict)
                except ValidationError as error:
                    assert {problem["loc"][0] for problem in error.errors()} == {field.name}
                else:
                    again = cls.from_dict(found.to_dict(), strict=True)
                    assert repr(again) == repr(found)


@each_type
def test_values_of_other_types_are_one_problem(cls):
    for value in (None, 5, "text", b"{}", [], [{}], object):
        for strict in (False, True):
            (problem,) = error_of(cls.from_dict, value, strict=strict).errors()
            assert (problem["type"], problem["loc"]) == ("model_type", ())
            assert problem["input"] is value
    for text in ("null", "5", b'"text"', "[{}]", "true"):
        error = error_of(cls.from_json, text)
        assert error.payload is text
        (problem,) = error.errors()
        assert (problem["type"], problem["loc"]) == ("model_type", ())
        assert problem["input"] == json.loads(text)


@each_type
def test_truncated_json_is_one_problem(cls):
    text = cls.from_dict(PAYLOADS[cls]).to_json(indent=None)
    for length in range(len(text)):
        for body in (text[:length], text[:length].encode()):
            error = error_of(cls.from_json, body)
            assert error.payload is body
            (problem,) = error.errors()
            assert (problem["type"], problem["loc"]) == ("json_invalid", ())


@each_type
def test_fields_cannot_be_changed(cls):
    found = cls.from_dict({**PAYLOADS[cls], "new": 1})
    before = found.to_dict()
    inner = [value for value in vars(found).values() if dataclasses.is_dataclass(value)]
    for frozen in (found, *inner):
        for name in (*frozen.__dataclass_fields__, "new", "other"):
            with pytest.raises(dataclasses.FrozenInstanceError, match=f"cannot assign .*'{name}'"):
                setattr(frozen, name, "y")
            with pytest.raises(dataclasses.FrozenInstanceError, match=f"cannot delete .*'{name}'"):
                delattr(frozen, name)
    assert found.to_dict() == before


@each_type
def test_types_are_frozen_dataclasses(cls):
    assert dataclasses.is_dataclass(cls)
    assert cls.__dataclass_params__.frozen
    assert issubclass(cls, owt.WebhookEvent) is (cls not in ENDPOINTS)
