"""Every type against the SDK's: same payloads taken, same values, errors and dumps."""

import collections
import decimal
import enum
import fractions
import types

import openai.types.webhooks as sdk
import pydantic
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import openai_webhook_types as owt
from openai_webhook_types import endpoints
from tests.conformance.contracts import contract, union_members
from tests.conformance.differential import (
    SHARED_EVENTS,
    Mapped,
    assert_same,
    assert_same_value,
    contents,
    exact,
    outcome,
    theirs_for,
)
from tests.strategies import filters, mutated, payloads
from tests.values import FAILED, required

SDK_EVENTS = [
    name for name in dir(sdk) if name.endswith("WebhookEvent") and name != "UnwrapWebhookEvent"
]

TYPES = [*SHARED_EVENTS, *(getattr(owt, name) for name in endpoints.__all__)]

each_type = pytest.mark.parametrize("ours", TYPES, ids=lambda cls: cls.__name__)


def test_every_event_of_the_sdk_is_here():
    assert {cls.__name__ for cls in SHARED_EVENTS} == set(SDK_EVENTS)
    in_their_union = union_members(sdk.UnwrapWebhookEvent)
    assert {cls.__name__ for cls in in_their_union} <= {cls.__name__ for cls in SHARED_EVENTS}


@each_type
def test_fields_order_requiredness_defaults_and_literals_are_the_same(ours):
    assert contract(ours) == contract(theirs_for(ours))


@each_type
@given(data=st.data())
def test_valid_payloads(ours, data):
    assert_same(theirs_for(ours), ours, data.draw(payloads(ours)))


@each_type
@given(data=st.data())
def test_mutated_payloads(ours, data):
    assert_same(theirs_for(ours), ours, data.draw(mutated(payloads(ours))))


class Text(str):
    __slots__ = ()


class Number(int):
    pass


class Dict(dict):
    pass


class Items(list):
    pass


class TextEnum(str, enum.Enum):
    EVENT = "event"
    OTHER = "other"


class NumberEnum(enum.IntEnum):
    FIVE = 5


class PlainEnum(enum.Enum):
    EVENT = "event"
    FIVE = 5
    NONE = None


class Broken:
    def __iter__(self):
        raise RuntimeError

    def __eq__(self, other):
        raise RuntimeError

    __hash__ = None


def broken_generator():
    yield {"name": "n", "value": "v"}
    raise RuntimeError


HEADER = {"name": "n", "value": "v"}

# Made anew for each payload: some can be read only once.
PYTHON_VALUES = [
    lambda: b"text", lambda: b"\xff", lambda: b"5", lambda: b"event", lambda: bytearray(b"text"),
    lambda: bytearray(b"\xff"), lambda: memoryview(b"5"),
    lambda: Text("text"), lambda: Text("5"), lambda: Text("event"), lambda: Text("\ud800"),
    lambda: TextEnum.EVENT, lambda: TextEnum.OTHER, lambda: NumberEnum.FIVE,
    lambda: PlainEnum.EVENT, lambda: PlainEnum.FIVE, lambda: PlainEnum.NONE,
    lambda: Number(5), lambda: 10**5000, lambda: 5j, lambda: fractions.Fraction(5),
    lambda: fractions.Fraction(1, 2),
    *(lambda text=text: decimal.Decimal(text)
      for text in ("5", "5.0", "5.5", "1e30", "NaN", "Infinity", "-0")),
    lambda: Dict(id="x"), lambda: Dict(HEADER), lambda: Mapped({"id": "x"}),
    lambda: types.MappingProxyType({"id": "x"}), lambda: collections.OrderedDict(id="x"),
    lambda: {5: 1, "id": "x"}, lambda: {b"id": "x"}, lambda: {Text("id"): "x"},
    lambda: {"id": "x", TextEnum.OTHER: 1}, lambda: {"id": "x", None: 1, True: 2, 1.5: 3},
    lambda: Mapped({5: 1, "id": "x"}), lambda: {"id": "x", "\ud800": 1},
    lambda: (HEADER,), lambda: Items([HEADER]), lambda: collections.deque([HEADER]),
    lambda: {"a": HEADER}.values(), lambda: {"name": 1}.items(), lambda: iter([HEADER]),
    lambda: (header for header in [HEADER, 5]), lambda: map(dict, [HEADER]), lambda: set(),
    lambda: frozenset([1]), lambda: range(2), lambda: (Mapped(HEADER),), broken_generator, Broken,
    lambda: types.SimpleNamespace(id="x"), object, lambda: Broken, lambda: ..., lambda: len,
]  # fmt: skip


@each_type
@given(data=st.data())
def test_python_values_that_json_does_not_have(ours, data):
    payload = data.draw(payloads(ours))
    inside = data.draw(st.sampled_from([payload, payload.get("data")]))
    assume(isinstance(inside, dict))
    key = data.draw(st.sampled_from([*inside, 5, b"key"]))
    value = data.draw(st.sampled_from(PYTHON_VALUES))
    theirs = theirs_for(ours)
    assert_same_value(theirs, ours, lambda: _with(payload, inside, key, value()))


def _with(payload, inside, key, value):
    changed = {**inside, key: value}
    return changed if inside is payload else {**payload, "data": changed}


@each_type
@given(data=st.data())
def test_payloads_that_are_no_dict(ours, data):
    value = data.draw(st.sampled_from(PYTHON_VALUES))
    assert_same_value(theirs_for(ours), ours, value)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "{", "[1,2", "nul", "nan", "tru", "{'a': 1}", "{a: 1}", '{"a" 1}', '{"a": 1,}',
        '{"a": 1} x', '{"a": 1}{}', "[1 2]", "[,]", "01", "1.", ".5", "+1", "1e", "-", "--1",
        "-Infinity", "Infinity", "NaN", "-NaN", '"\\x"', '"\\u12"', '"\\u12g4"', '"\x01"',
        '"\x7f"', '"\\ud800"', '"\\udc00"', '"\\ud800\\ud800"', '"\\ud83d\\ude00"', '"\\\\ud800"',
        '"\\ud83d\\\\ude00"', '{"\\ud800": 1}', '{"a": "\\ud800", "a": 1}', '"\ud800"',
        "\ufeff{}", "\x0c{}", "\xa0{}", "{}\x00", " \t\r\n{}\n", "{}",
        b"\xef\xbb\xbf{}", b'"\xff"', b'"\xed\xa0\x80"', "{}".encode("utf-16"), bytearray(b"{}"),
        b"", "1" * 4300, "1" * 4301, "-" + "1" * 4300, "-" + "1" * 4301, "0." + "1" * 5000,
        "1" * 4301 + ".0", "1" * 4301 + "e1", "1e400", "-1e400", "1e5000",
        *("[" * depth + "]" * depth for depth in (200, 201, 202, 100_000)),
        *("[" * depth + "1" + "]" * depth for depth in (200, 201, 202)),
        *('{"a":' * depth + "{}" + "}" * depth for depth in (199, 200, 201)),
        *('{"a":' * depth + "1" + "}" * depth for depth in (199, 200, 201)),
        "[" * 100_000, '{"a":' * 100_000, '["' + "[" * 300 + '"]', "[" + "[]," * 300 + "[]]",
        None, 5, {}, memoryview(b"{}"), Text("{}"), Text("\ud800"),
    ],
    ids=lambda text: "" if isinstance(text, memoryview) else ascii(text)[:20],
)  # fmt: skip
def test_what_is_json(text):
    ours = owt.FineTuningJobFailedWebhookEvent
    with pytest.raises(pydantic.ValidationError) as expected:
        theirs_for(ours).model_validate_json(text)
    with pytest.raises(owt.ValidationError) as found:
        ours.model_validate_json(text)
    assert _kinds(found.value) == _kinds(expected.value)


def _kinds(error):
    return [(problem["type"], problem["loc"]) for problem in error.errors()]


@each_type
@given(data=st.data())
def test_include_and_exclude(ours, data):
    payload = data.draw(payloads(ours))
    found, expected = ours.model_validate(payload), theirs_for(ours).model_validate(payload)
    options = {
        "include": data.draw(st.none() | filters),
        "exclude": data.draw(st.none() | filters),
    }
    for more in ({}, {"mode": "json"}, {"exclude_none": True}):
        assert outcome(found.model_dump, **options, **more) == outcome(
            expected.model_dump, **options, **more
        )
    assert outcome(found.model_dump_json, **options) == outcome(expected.model_dump_json, **options)


@pytest.mark.parametrize("mode", ["python", "json"])
def test_fallback(mode):
    class Thing:
        pass

    payload = {**FAILED, "a": Thing(), "b": [Thing(), {1, 2}, 3], "c": {"d": (Thing(), b"e")}}
    found, expected = (
        cls.model_validate(payload).model_dump(
            mode=mode, fallback=lambda value: {"was": [type(value).__name__]}
        )
        for cls in (owt.FineTuningJobFailedWebhookEvent, sdk.FineTuningJobFailedWebhookEvent)
    )
    assert exact(found) == exact(expected)


@each_type
@given(data=st.data())
def test_ensure_ascii(ours, data):
    payload = data.draw(payloads(ours))
    found, expected = ours.model_validate(payload), theirs_for(ours).model_validate(payload)
    assert found.model_dump_json(ensure_ascii=True) == expected.model_dump_json(ensure_ascii=True)


@pytest.mark.parametrize("ours", SHARED_EVENTS, ids=lambda cls: cls.__name__)
@given(data=st.data())
def test_the_constructor(ours, data):
    payload = data.draw(mutated(payloads(ours)))
    arguments = {name: payload[name] for name in ours.__dataclass_fields__ if name in payload}
    assume({*required(ours)} <= arguments.keys())  # else a TypeError here, but not there
    try:
        expected = theirs_for(ours)(**arguments)
    except pydantic.ValidationError as error:
        with pytest.raises(owt.ValidationError) as caught:
            ours(**arguments)
        assert caught.value.errors() == error.errors(include_url=False)
    else:
        assert contents(ours(**arguments)) == contents(expected)


@pytest.mark.parametrize("ours", SHARED_EVENTS, ids=lambda cls: cls.__name__)
@given(data=st.data())
def test_model_construct(ours, data):
    payload = data.draw(mutated(payloads(ours)))
    found, expected = ours.model_construct(**payload), theirs_for(ours).model_construct(**payload)
    assert contents(found) == contents(expected)


@each_type
@given(data=st.data())
def test_model_copy(ours, data):
    payload, update = data.draw(payloads(ours)), data.draw(payloads(ours))
    deep = data.draw(st.booleans())
    found = ours.model_validate(payload).model_copy(update=update, deep=deep)
    expected = theirs_for(ours).model_validate(payload).model_copy(update=update, deep=deep)
    assert found.model_fields_set == expected.model_fields_set
    assert contents(found) == contents(expected)
