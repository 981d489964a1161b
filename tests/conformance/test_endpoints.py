"""The endpoint types and request shapes against the SDK's, and every public name of its module."""

import collections
import dataclasses
import decimal
import enum
import fractions
import types
import typing

import openai.types.webhooks as sdk
import pytest

import openai_webhook_types as owt
from openai_webhook_types import endpoints, params
from tests.conformance.contracts import contract, public_names
from tests.conformance.differential import assert_same, assert_same_value, theirs_for

TYPES = [getattr(owt, name) for name in endpoints.__all__]


def test_every_public_name_of_the_sdk_is_here():
    names = public_names(sdk)
    assert names - set(owt.__all__) == set()
    assert all(hasattr(owt, name) for name in names)
    assert {*endpoints.__all__, *params.__all__} - names == set()
    assert names == {
        *endpoints.__all__,
        *params.__all__,
        *(cls.__name__ for cls in typing.get_args(owt.UnwrapWebhookEvent)),
        "UnwrapWebhookEvent",
    }


@pytest.mark.parametrize("name", params.__all__)
def test_request_shapes_are_the_same(name):
    ours, theirs = contract(getattr(owt, name)), contract(getattr(sdk, name))
    assert ours == theirs
    required = {field.name for field in theirs.fields if field.required}
    assert getattr(owt, name).__required_keys__ == required
    assert getattr(owt, name).__optional_keys__ == {f.name for f in theirs.fields} - required


def valid(ours):
    """Return the smallest payload that a type takes."""
    found = {}
    for field in dataclasses.fields(ours):
        hint = typing.get_type_hints(ours)[field.name]
        if typing.get_origin(hint) is typing.Literal:
            (found[field.name],) = typing.get_args(hint)
        elif field.default is dataclasses.MISSING:
            found[field.name] = {str: "x", int: 5, bool: True}.get(hint, [])
    return found


FIELDS = [(cls, field.name) for cls in TYPES for field in dataclasses.fields(cls)]
each_field = pytest.mark.parametrize(
    ("ours", "name"), FIELDS, ids=[f"{cls.__name__}-{name}" for cls, name in FIELDS]
)

# Values at which the rules for booleans and for lists of strings turn.
JSON_VALUES = [
    None, True, False, 0, 1, -1, 2, 0.0, -0.0, 1.0, 2.0, 0.5, 9.2e18, 2**63 - 1, 2**63, -(2**63),
    -(2**63) - 1, 9223372036854775808.0, -9223372036854775808.0, 1e300, float("nan"), float("inf"),
    "true", "True", "tRUE", "t", "yes", "YES", "y", "on", "1", "false", "f", "no", "n", "oFF", "0",
    "", " true", "true ", "2", "01", "1.0", "-1", "ok", "\uff59", "tru\u0130", "\u212a", "\ud800",
    [], ["a"], ["a", 1, None], [["a"]], [True], [""], ["\ud800"], {}, {"a": "b"}, "ab",
]  # fmt: skip


@each_field
def test_json_values(ours, name):
    for value in JSON_VALUES:
        assert_same(theirs_for(ours), ours, {**valid(ours), name: value})


class Text(str):
    __slots__ = ()


class Items(list):
    pass


class TextEnum(str, enum.Enum):
    YES = "yes"
    ENDPOINT = "webhook_endpoint"


class NumberEnum(enum.IntEnum):
    ONE = 1
    TWO = 2


class PlainEnum(enum.Enum):
    TRUE = True
    YES = "yes"


class Whole:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class Real:
    def __init__(self, value):
        self.value = value

    def __float__(self):
        return self.value


class Broken:
    def __float__(self):
        raise RuntimeError

    __index__ = __iter__ = __float__


class EqualToTrue:
    def __eq__(self, other):
        return other is True

    def __hash__(self):
        return hash(True)


def broken_generator():
    yield "a"
    yield 5
    raise RuntimeError("no more")


# Made anew for each payload: some can be read only once.
PYTHON_VALUES = [
    lambda: b"true", lambda: b"0", lambda: b"x", lambda: b"\xff", lambda: bytearray(b"1"),
    lambda: memoryview(b"1"), lambda: Text("yes"), lambda: Text("list"), lambda: Text("\ud800"),
    lambda: TextEnum.YES, lambda: TextEnum.ENDPOINT, lambda: NumberEnum.ONE, lambda: NumberEnum.TWO,
    lambda: PlainEnum.TRUE, lambda: PlainEnum.YES, lambda: Whole(1), lambda: Whole(0),
    lambda: Whole(2**63 - 1), lambda: Whole(2**63), lambda: Real(1.0), lambda: Real(0.5), Broken,
    EqualToTrue, lambda: 1 + 0j, lambda: 10**400, lambda: fractions.Fraction(1),
    lambda: fractions.Fraction(1, 2), lambda: decimal.Decimal(0), lambda: decimal.Decimal(1),
    lambda: decimal.Decimal(2), lambda: decimal.Decimal("1.5"), lambda: decimal.Decimal("NaN"),
    lambda: decimal.Decimal("Infinity"), lambda: ("a", "b"), lambda: {"a"}, lambda: frozenset("a"),
    lambda: collections.deque(["a", 5]), {"a": 1}.keys, {"a": "b"}.values,
    lambda: iter(["a", 5]), lambda: map(str, [1]), lambda: (x for x in "ab"), broken_generator,
    lambda: range(2), lambda: Items(["a"]), lambda: [b"a", b"\xff", Text("\ud800"), TextEnum.YES],
    lambda: types.MappingProxyType({"a": 1}), object, lambda: bool,
]  # fmt: skip


@each_field
def test_python_values(ours, name):
    for make in PYTHON_VALUES:
        assert_same_value(theirs_for(ours), ours, lambda: {**valid(ours), name: make()})  # noqa: B023


def test_model_construct_keeps_an_optional_number_as_it_is():
    theirs = sdk.WebhookEndpoint.model_construct(id="x", updated_at="5", created_at="5")
    ours = owt.WebhookEndpoint.model_construct(id="x", updated_at="5", created_at="5")
    assert (theirs.updated_at, theirs.created_at) == (5, "5")
    assert (ours.updated_at, ours.created_at) == ("5", "5")
