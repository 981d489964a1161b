"""Dumps of values that JSON text does not have, and of parts of lists, against the SDK's.

`from_dict` keeps whatever a Python caller puts into an unknown field.
"""

import collections
import dataclasses
import decimal
import enum
import fractions
import ipaddress
import pathlib
import re
import typing
from datetime import datetime, timedelta, timezone

import openai.types.webhooks as sdk
import pydantic
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import openai_webhook_types as owt
from tests.conformance.differential import COMPARED
from tests.strategies import filters, json_scalars, texts
from tests.values import FAILED

TYPES = (sdk.FineTuningJobFailedWebhookEvent, owt.FineTuningJobFailedWebhookEvent)


class Text(str):
    __slots__ = ()


class Number(int):
    pass


class Amount(float):
    pass


class Items(list):
    pass


class Pairs(dict):
    pass


class Row(tuple):
    __slots__ = ()


class Bag(set):
    pass


class FrozenBag(frozenset):
    pass


class Queue(collections.deque):
    pass


class Point(typing.NamedTuple):
    x: object
    y: object


@dataclasses.dataclass
class Box:
    inside: object
    _more: object = None
    hidden: int = dataclasses.field(default=2, repr=False)
    shared: typing.ClassVar[int] = 3


@dataclasses.dataclass(frozen=True)
class Sealed:
    __slots__ = ("inside",)
    inside: object


class Plain(enum.Enum):
    TEXT = "text"
    NUMBER = 5
    NOTHING = None
    PAIR = (1, "a")
    LIST = ([1],)


class Words(str, enum.Enum):
    WORD = "word"


class Level(enum.IntEnum):
    ONE = 1


class Corner(Point, enum.Enum):
    ORIGIN = (0, 0)


class Thing:
    """A type that nothing knows how to write."""


HOUR = timedelta(hours=1)
ZONES = [None, timezone.utc, timezone(HOUR), timezone(-HOUR / 2)]

# What can be a key, too.
scalars = (
    json_scalars
    | texts.map(Text)
    | st.integers().map(Number)
    | st.floats().map(Amount)
    | st.sampled_from([*Plain, *Words, *Level, *Corner])
    | texts.map(str.encode)
    | st.binary(max_size=3)
    | st.decimals(allow_nan=False)
    | st.just(decimal.Decimal("NaN"))
    | st.uuids()
    | st.dates()
    | st.times(timezones=st.sampled_from(ZONES))
    | st.datetimes(timezones=st.sampled_from(ZONES))
    | st.ip_addresses()
    | st.sampled_from([pathlib.Path("/a"), ipaddress.ip_network("10.0.0.0/8")])
)
unknown_types = st.sampled_from([Thing(), Thing, ..., print])
hashables = st.recursive(
    scalars,
    lambda inner: (
        st.tuples(inner, inner)
        | st.lists(inner, max_size=2).map(Row)
        | st.builds(Point, inner, inner)
        | st.frozensets(inner, max_size=2)
        | st.frozensets(inner, max_size=2).map(FrozenBag)
    ),
    max_leaves=4,
)


@st.composite
def keys(draw):
    """Return a key, or two whose texts are the same."""
    key = draw(hashables)
    twins = [[None, "None"], [True, "true"], [1, "1"], [(1, "a"), "1,a"], [Level.ONE, Text("1")]]
    return draw(st.just([key]) | st.sampled_from(twins))


def _containers(inner):
    lists = st.lists(inner, max_size=3)
    dicts = st.builds(
        lambda keys, values: dict(zip((key for some in keys for key in some), values)),
        st.lists(keys(), max_size=2),
        st.lists(inner, min_size=4, max_size=4),
    )
    sets = st.sets(hashables, max_size=3)
    return (
        lists
        | lists.map(Items)
        | lists.map(tuple)
        | lists.map(Row)
        | lists.map(collections.deque)
        | lists.map(lambda items: Queue(items, 5))
        | dicts
        | dicts.map(Pairs)
        | dicts.map(collections.OrderedDict)
        | dicts.map(lambda items: collections.defaultdict(list, items))
        | st.lists(hashables, max_size=2).map(collections.Counter)
        | sets
        | sets.map(Bag)
        | sets.map(frozenset)
        | sets.map(FrozenBag)
        | st.binary(max_size=3).map(bytearray)
        | st.builds(Point, inner, inner)
        | st.builds(Box, inner, inner)
        | st.builds(Sealed, inner)
    )


python_values = st.recursive(scalars | unknown_types, _containers, max_leaves=6)


def dumps_of(event, **options):
    """Return everything that an event can be dumped to, or REFUSED for what raises."""
    COMPARED["dumps"] += 1
    return [
        attempt(event.model_dump, **options),
        attempt(event.model_dump, mode="json", **options),
        attempt(event.model_dump_json, **options),
        attempt(event.model_dump_json, indent=1, **options),
    ]


REFUSED = object()


def attempt(dump, **options):
    try:
        return shape(dump(**options))
    except (TypeError, ValueError):
        return REFUSED


def shape(value):
    """Return a value that is equal only to what has the same types, order and digits.

    By the table of differences, kinds of dict are dicts here, and keys stay of their types.
    """
    kind = type(value)
    if kind in (collections.OrderedDict, collections.Counter):
        kind = dict
    if isinstance(value, dict):
        return kind, [(_hashable(key), shape(item)) for key, item in value.items()]
    if isinstance(value, (set, frozenset)):
        return kind, sorted((_hashable(item) for item in value), key=repr)
    if isinstance(value, collections.deque):
        return kind, value.maxlen, [shape(item) for item in value]
    if isinstance(value, (list, tuple)) and not isinstance(value, enum.Enum):
        return kind, [shape(item) for item in value]
    return kind, repr(value)


def _hashable(value):
    if isinstance(value, enum.Enum):
        return repr(value)
    if isinstance(value, tuple):
        return "tuple", [_hashable(item) for item in value]
    if isinstance(value, frozenset):
        return "frozenset", sorted((_hashable(item) for item in value), key=repr)
    return shape(value)


def mutable(value):
    """Return what can be changed in a value, at any depth, by its address."""
    inside = []
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        inside = [getattr(value, field.name) for field in dataclasses.fields(value)]
    elif isinstance(value, dict):
        inside = value.values()
    elif isinstance(value, (list, tuple, collections.deque)):
        inside = value
    found = {address: item for part in inside for address, item in mutable(part).items()}
    if isinstance(value, (list, dict, set, collections.deque, bytearray, Box)):
        found[id(value)] = value
    return {} if isinstance(value, enum.Enum) else found


@settings(max_examples=200)
@given(value=python_values, only=filters)
def test_python_values_in_unknown_fields(value, only):
    expected, found = (cls.model_validate({**FAILED, "new": value}) for cls in TYPES)
    for options in (
        {},
        {"exclude_none": True},
        {"exclude_unset": True},
        {"fallback": lambda other: ["was", type(other).__name__]},
    ):
        assert dumps_of(found, **options) == dumps_of(expected, **options), options
    for options in ({"include": {"new": only}}, {"exclude": {"new": only}}):
        # In Python mode, the SDK filters keys as well.
        assert dumps_of(found, **options)[1:] == dumps_of(expected, **options)[1:], options
    for dumped in (found.model_dump(), found.to_dict(), found.model_dump(exclude_none=True)):
        assert not mutable(dumped).keys() & mutable(found.new).keys()


@given(
    value=st.dictionaries(hashables | unknown_types | st.tuples(scalars, unknown_types), scalars)
    | st.sets(unknown_types | st.tuples(scalars, unknown_types))
)
def test_keys_and_items_of_sets_of_unknown_types_in_json(value):
    expected, found = (cls.model_validate({**FAILED, "new": value}) for cls in TYPES)
    for options in ({}, {"fallback": lambda other: type(other).__name__}):
        assert dumps_of(found, **options)[1:] == dumps_of(expected, **options)[1:]


@settings(max_examples=200)
@given(
    value=st.lists(json_scalars | st.lists(json_scalars, max_size=3), max_size=4),
    kind=st.sampled_from([list, tuple, Items, Row, collections.deque]),
    rules=st.dictionaries(
        st.integers(-9, 9) | st.sampled_from(["__all__", True, 2**70, -(2**70), Level.ONE, "0"]),
        st.sampled_from([True, ..., False, None, {0}, {-5: True}, {3: {1}}, set()]),
        max_size=3,
    ),
    form=st.sampled_from([dict, set, frozenset, list, tuple]),
)
def test_indexes_within_a_list_and_beyond(value, kind, rules, form):
    expected, found = (cls.model_validate({**FAILED, "new": kind(value)}) for cls in TYPES)
    for argument in ("include", "exclude"):
        options = {argument: {"new": form(rules)}}
        assert dumps_of(found, **options) == dumps_of(expected, **options), options


ERRORS = [AssertionError, KeyError, OSError, RuntimeError, StopIteration, ValueError, Exception]


class Mute(Exception):
    def __str__(self):
        return ""


class Unspeakable(Exception):
    def __str__(self):
        raise RuntimeError


@given(
    kind=st.sampled_from([*ERRORS, Mute, Unspeakable]),
    arguments=st.lists(st.text(max_size=3) | st.none() | st.integers(), max_size=2),
    count=st.integers(0, 2),
)
def test_exceptions_of_iterators_with_text_and_without(kind, arguments, count):
    class Broken:
        def __iter__(self):
            yield from [{"name": "n", "value": "v"}] * count
            raise kind(*arguments)

    data = {"call_id": "c", "sip_headers": Broken()}
    payload = {"id": "e", "created_at": 1, "type": "realtime.call.incoming", "data": data}
    with pytest.raises(pydantic.ValidationError) as expected:
        sdk.RealtimeCallIncomingWebhookEvent.model_validate(payload)
    with pytest.raises(owt.ValidationError) as found:
        owt.RealtimeCallIncomingWebhookEvent.model_validate(payload)
    assert problems(found.value) == problems(expected.value)


def problems(error):
    return [(p["type"], p["loc"], p["msg"]) for p in error.errors()]


@given(arguments=st.lists(texts | st.none(), max_size=2))
def test_exceptions_of_mappings_with_text_and_without(arguments):
    class Broken(collections.abc.Mapping):
        def __getitem__(self, key):
            raise KeyError(*arguments)

        def __iter__(self):
            return iter(["id"])

        def __len__(self):
            return 1

    theirs, ours = TYPES
    with pytest.raises(pydantic.ValidationError) as expected:
        theirs.model_validate(Broken())
    with pytest.raises(owt.ValidationError) as found:
        ours.model_validate(Broken())
    assert problems(found.value) == problems(expected.value)


# What the table of differences says


@dataclasses.dataclass
class Name(str):
    __slots__ = ("inside",)
    inside: int


class Model(pydantic.BaseModel):
    inside: int = 1


class Choice(dict, enum.Enum):
    ONE = {"a": 1}


MOMENT = datetime(2026, 1, 2, tzinfo=timezone(HOUR + timedelta(seconds=30)))


@pytest.mark.parametrize(
    ("options", "value", "theirs", "ours"),
    [
        ({}, collections.Counter("a"), collections.Counter("a"), {"a": 1}),
        ({}, collections.OrderedDict(a=1), collections.OrderedDict(a=1), {"a": 1}),
        ({}, fractions.Fraction(1, 2), "1/2", fractions.Fraction(1, 2)),
        ({}, Model(), {"inside": 1}, Model()),
        ({}, {Sealed(1): 1}, TypeError, {Sealed(1): 1}),
        ({}, {Sealed(1)}, TypeError, {Sealed(1)}),
        ({}, {fractions.Fraction(1, 2)}, {"1/2"}, {fractions.Fraction(1, 2)}),
        (
            {"include": {"new": {"__all__": {"a"}}}},
            {(1,): {"a": 1}},
            {(): {"a": 1}},
            {(1,): {"a": 1}},
        ),
        ({}, Choice.ONE, Choice.ONE, {"a": 1}),
        ({"mode": "json"}, Name(1), {"inside": 1}, "1"),
        ({"mode": "json"}, Model(), {"inside": 1}, ValueError),
        ({"mode": "json"}, timedelta(seconds=1), "PT1S", ValueError),
        ({"mode": "json"}, {timedelta(seconds=1): 1}, {"PT1S": 1}, ValueError),
        ({"mode": "json"}, 5j, "5j", ValueError),
        ({"mode": "json"}, re.compile("a"), "a", ValueError),
        ({"mode": "json"}, {frozenset(): 1}, TypeError, ValueError),
        ({"mode": "json"}, {"\ud800": 1}, UnicodeEncodeError, {"\ud800": 1}),
        ({"mode": "json"}, MOMENT, "2026-01-02T00:00:00+01:00", "2026-01-02T00:00:00+01:00:30"),
    ],
)
def test_differences(options, value, theirs, ours):
    for cls, result in zip(TYPES, (theirs, ours)):
        event = cls.model_validate({**FAILED, "new": value})
        if isinstance(result, type):
            with pytest.raises(result):
                event.model_dump(**options)
        else:
            found = event.model_dump(**options)["new"]
            assert (type(found), found) == (type(result), result)


def test_a_bytearray_is_copied_here_alone():
    for cls, is_shared in zip(TYPES, (True, False)):
        value = bytearray(b"x")
        found = cls.model_validate({**FAILED, "new": value}).model_dump()["new"]
        assert found == value
        assert (found is value) is is_shared


def test_iterators_are_kept_here_and_wrapped_there():
    theirs, ours = (cls.model_validate({**FAILED, "new": iter([1])}) for cls in TYPES)
    assert type(theirs.model_dump()["new"]).__name__ == "SerializationIterator"
    assert ours.model_dump()["new"] is ours.new
    with pytest.raises(ValueError, match="unknown type"):
        ours.model_dump_json()


@pytest.mark.parametrize("argument", ["include", "exclude"])
def test_another_form_of_include_is_a_type_error_in_json_too(argument):
    theirs, ours = (cls.model_validate(FAILED) for cls in TYPES)
    with pytest.raises(ValueError, match="must be a set or dict"):
        theirs.model_dump_json(**{argument: True})
    with pytest.raises(TypeError, match="must be a set or a dict"):
        ours.model_dump_json(**{argument: True})


@pytest.mark.filterwarnings("ignore:The `copy` method", "ignore:copy")
def test_an_unknown_field_of_copy_is_dumped_here_alone():
    theirs, ours = (cls.model_validate(FAILED).copy(update={"new": 5}) for cls in TYPES)
    assert theirs.new == ours.new == 5
    assert theirs.model_dump() == FAILED
    assert ours.model_dump() == {**FAILED, "new": 5}
