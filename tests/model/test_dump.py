"""Instances to dicts and JSON text, as Pydantic writes them."""

import copy
import json
from collections import Counter, OrderedDict, defaultdict, deque
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from ipaddress import ip_address, ip_network
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

import openai_webhook_types as owt
from openai_webhook_types import (
    AgentSessionCreatedWebhookEvent,
    DataConnect,
    FineTuningJobFailedWebhookEvent,
    RealtimeCallIncomingWebhookEvent,
    UnknownWebhookEvent,
    WebhookEndpoint,
    WebhookEndpointList,
    parse_event,
)
from openai_webhook_types import FineTuningJobFailedWebhookEvent as Failed
from openai_webhook_types._model import dump as dumping
from tests.strategies import json_scalars, payloads, texts
from tests.values import (
    CALL,
    CLASSES,
    ENDPOINT,
    FAILED,
    PAGE,
    PAYLOADS,
    SESSION,
    UNKNOWN,
    Level,
    Money,
    Plain,
    Text,
    assert_identical,
    boom,
    each_shape,
    each_type,
    without,
)

PAYLOAD = {**FAILED, "object": None, "new": None, "more": {"a": None, "b": [1, (2,)]}}


NAMES = ["id", "created_at", "data", "type", "object", "new", "more"]


class Pair(NamedTuple):
    first: Any
    second: Any


@dataclass
class Box:
    inside: Any
    hidden: int = field(default=2, repr=False)
    shared: ClassVar[int] = 3


@dataclass(frozen=True)
class Sealed:
    inside: Any


class Items(list):
    __iter__ = boom


class Kinds(Pair, Enum):
    PAIR = (1, 2)


class Bag(set):
    pass


BOXED = {"inside": 1, "hidden": 2}


class Queue(deque):
    pass


class Raw(bytearray):
    pass


def with_unknown(value):
    return DataConnect.from_dict({"remote_url": "u", "x": value})


class TestOptions:
    def test_model_dump_has_every_field_in_order(self):
        event = FineTuningJobFailedWebhookEvent.from_dict(without(PAYLOAD, "object"))
        assert list(event.model_dump()) == NAMES
        assert event.model_dump() == event.to_dict(exclude_unset=False)
        assert event.model_dump(mode="json") == event.to_dict(exclude_unset=False, mode="json")
        assert event.model_dump_json() == event.to_json(exclude_unset=False, indent=None)

    @pytest.mark.parametrize(
        ("options", "left_out"),
        [
            ({}, set()),
            ({"exclude_unset": True}, {"object"}),
            ({"exclude_defaults": True}, {"object"}),
            ({"exclude_none": True}, {"object", "new"}),
            ({"exclude_unset": True, "exclude_none": True}, {"object", "new"}),
        ],
    )
    def test_what_is_left_out(self, options, left_out):
        event = FineTuningJobFailedWebhookEvent.from_dict(without(PAYLOAD, "object"))
        names = [name for name in NAMES if name not in left_out]
        assert list(event.model_dump(**options)) == names
        assert list(event.model_dump(mode="json", **options)) == names
        assert list(json.loads(event.model_dump_json(**options))) == names
        options = {"exclude_unset": False, **options}
        assert list(event.to_dict(**options)) == names
        assert list(event.to_dict(mode="json", **options)) == names
        assert list(json.loads(event.to_json(**options))) == names

    def test_options_hold_at_any_depth_but_not_in_unknown_fields(self):
        data = {**SESSION["data"], "connect": {"remote_url": "u", "new": None}, "more": {"a": None}}
        event = AgentSessionCreatedWebhookEvent.from_dict({**SESSION, "data": data})
        assert event.model_dump()["data"]["environment_id"] is None
        for options in ({"exclude_unset": True}, {"exclude_defaults": True}):
            assert event.model_dump(**options)["data"] == data
        connect = {"remote_url": "u"}
        assert event.model_dump(exclude_none=True)["data"] == {**data, "connect": connect}
        page = WebhookEndpointList.from_dict({**PAGE, "has_more": True})
        for options in (
            {"exclude_unset": True},
            {"exclude_defaults": True},
            {"exclude_none": True},
        ):
            assert page.model_dump(**options)["data"] == [ENDPOINT]
            assert json.loads(page.model_dump_json(**options))["data"] == [ENDPOINT]
        assert page.model_dump()["data"][0]["updated_at"] is None

    def test_what_json_makes_null_is_not_none(self):
        event = UnknownWebhookEvent.from_dict({**UNKNOWN, "none": None, "nan": float("nan")})
        assert event.model_dump(mode="json", exclude_none=True) == {**UNKNOWN, "nan": None}
        assert event.to_json(indent=None, exclude_none=True).endswith('"nan":null}')

    def test_defaults_that_were_set_are_left_out_too(self):
        event = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "object": None})
        assert event.to_dict(exclude_defaults=True) == without(FAILED, "object")
        event = FineTuningJobFailedWebhookEvent.from_dict(FAILED)
        assert event.model_dump(exclude_defaults=True) == FAILED

    def test_api_names_are_the_names(self):
        event = FineTuningJobFailedWebhookEvent.from_dict(PAYLOAD)
        assert event.to_dict(use_api_names=False) == event.to_dict()
        assert event.to_json(use_api_names=False) == event.to_json()


class TestDicts:
    def test_values_are_kept_unless_json_is_asked_for(self):
        event = FineTuningJobFailedWebhookEvent.from_dict(PAYLOAD)
        for dumped in (event.model_dump(), event.to_dict(), event.to_dict(exclude_defaults=True)):
            assert dumped["more"] == {"a": None, "b": [1, (2,)]}
        assert event.model_dump(mode="json")["more"] == {"a": None, "b": [1, [2]]}
        assert event.to_dict(mode="json")["more"] == {"a": None, "b": [1, [2]]}

    def test_tuples_of_declared_fields_are_lists(self):
        for event, found in (
            (RealtimeCallIncomingWebhookEvent.from_dict(CALL), CALL),
            (WebhookEndpoint.from_dict(ENDPOINT), ENDPOINT),
        ):
            for options in ({}, {"exclude_defaults": True}, {"mode": "json"}):
                assert event.to_dict(**options) == found

    def test_nothing_is_shared_with_the_event(self):
        event = FineTuningJobFailedWebhookEvent.from_dict(PAYLOAD)
        for dumped in (event.to_dict(), event.model_dump(), event.model_dump(mode="json")):
            dumped["more"]["b"].append(3)
            dumped["data"]["id"] = "changed"
        assert event.to_dict() == PAYLOAD
        unknown = UnknownWebhookEvent("e", 1, "new.type", {"a": [1]})
        unknown.to_dict()["data"]["a"].append(2)
        assert unknown.data == {"a": [1]}

    @pytest.mark.parametrize(
        ("value", "dumped"),
        [
            (Items([[1]]), [[1]]), (Pair([1], Pair(2, 3)), ([1], (2, 3))), ((Box(1),), (BOXED,)),
            (OrderedDict(a=[1]), {"a": [1]}), (Counter("aa"), {"a": 2}),
            (defaultdict(list, a=Pair(1, 2)), {"a": (1, 2)}),
            ({1, 2}, {1, 2}), (Bag([1]), {1}), (frozenset([1]), frozenset([1])),
            (deque([[1]], 3), deque([[1]], 3)), (Queue([Box(1)]), deque([BOXED])),
            (bytearray(b"x"), bytearray(b"x")), (Raw(b"x"), bytearray(b"x")),
            (Box([Box(1)]), {"inside": [BOXED], "hidden": 2}), (Sealed({1}), {"inside": {1}}),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("options", [{}, {"exclude_none": True}, {"include": {"x"}}])
    def test_containers_are_new_and_of_their_plain_types(self, value, dumped, options):
        found = with_unknown(value).model_dump(**options)["x"]
        assert found == dumped
        assert type(found) is type(dumped)
        assert found is not value or type(value) is frozenset
        assert repr(with_unknown([value]).to_dict()["x"]) == repr([dumped])

    @pytest.mark.parametrize(
        "value", [Level.FIVE, Plain.TEXT, Kinds.PAIR, Box, date(2026, 1, 2), Money(1), object()]
    )
    def test_all_other_values_are_the_same_objects(self, value):
        assert with_unknown(value).to_dict()["x"] is value

    def test_keys_and_the_items_of_sets_stay_hashable(self):
        value = {Sealed(1): 1, Pair(1, 2): 2}
        for kind in (set, frozenset):
            assert with_unknown([value, kind(value)]).to_dict()["x"] == [value, kind(value)]

    def test_a_list_keeps_its_length_limit_when_a_part_is_left_out(self):
        event = with_unknown(deque([1, 2, 3], 3))
        assert repr(event.model_dump(include={"x": {0, 1}})["x"]) == "deque([1, 2], maxlen=3)"

    def test_the_order_of_fields_does_not_depend_on_the_interpreter(self, monkeypatch):
        event = FineTuningJobFailedWebhookEvent.from_dict(PAYLOAD)
        expected = event.to_dict()
        # As PyPy may lay them out.
        monkeypatch.setattr(FineTuningJobFailedWebhookEvent, "_data_names", frozenset())
        data = event.__dict__.pop("data")
        event.__dict__["data"] = data
        assert list(event.to_dict()) == list(expected) == NAMES

    @pytest.mark.parametrize("options", [{}, {"exclude_none": True}, {"mode": "json"}])
    def test_objects_in_unknown_fields_are_dumped(self, options):
        for value, dumped in (
            (DataConnect("v"), {"remote_url": "v"}),
            ([DataConnect("v")], [{"remote_url": "v"}]),
            ({"a": DataConnect("v")}, {"a": {"remote_url": "v"}}),
        ):
            event = with_unknown(value)
            assert event.to_dict(**options) == {"remote_url": "u", "x": dumped}


class TestJSON:
    def test_text_is_compact_or_indented(self):
        event = FineTuningJobFailedWebhookEvent.from_dict(without(FAILED, "object"))
        assert event.model_dump_json() == (
            '{"id":"evt_1","created_at":1750287018,"data":{"id":"ftjob-1"},'
            '"type":"fine_tuning.job.failed","object":null}'
        )
        assert event.to_json() == json.dumps(event.to_dict(), indent=2)
        assert "object" not in event.to_json(indent=None)

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            ({}, "{}"), ([], "[]"), ((), "[]"), ("null", '"null"'), ({"null": 1}, '{"null":1}'),
            ({1: 2, None: 3, 1.5: 4}, '{"1":2,"None":3,"1.5":4}'),
            ({True: 1, False: 2}, '{"true":1,"false":2}'),
            ({(): 1, (1, "a"): 2, Pair(None, (2.5, b"x")): 3}, '{"":1,"1,a":2,"None,2.5,x":3}'),
            ({Kinds.PAIR: 1, Sealed(1): 2}, '{"1,2":1,"Sealed(inside=1)":2}'),
            ({float("nan"): 1}, '{"None":1}'), ({1e-7: 1}, '{"1e-07":1}'),
            ({date(2026, 1, 2): 1, Path("a"): 2}, '{"2026-01-02":1,"a":2}'),
            (Pair(1, [2]), "[1,[2]]"), (deque([1]), "[1]"), (Kinds.PAIR, "[1,2]"),
            (Box(Sealed(None)), '{"inside":{"inside":null},"hidden":2}'),
            (Fraction(1, 2), '"1/2"'), (Path("a"), '"a"'),
            (ip_address("::1"), '"::1"'), (ip_network("::/8"), '"::/8"'),
            (ip_address("10.0.0.1"), '"10.0.0.1"'), (ip_network("10.0.0.0/8"), '"10.0.0.0/8"'),
            ({Plain.TEXT: 1, Text("k"): 2}, '{"text":1,"k":2}'),
            (b"x", '"x"'), (bytearray("é", "utf-8"), '"é"'), ({5}, "[5]"), (frozenset([5]), "[5]"),
            (Decimal("1.5"), '"1.5"'), (Money("1.5"), '"1.5"'), (Plain.FIVE, "5"),
            (Level.FIVE, "5"), (Plain.TEXT, '"text"'), (Text("n"), '"n"'),
            ([Text("n"), Level.ONE], '["n",1]'),
            (MappingProxyType({"a": (1,)}), '{"a":[1]}'),
            (UUID(int=5), '"00000000-0000-0000-0000-000000000005"'),
            (datetime(2026, 1, 2, tzinfo=timezone.utc), '"2026-01-02T00:00:00Z"'),
            (datetime(2026, 1, 2), '"2026-01-02T00:00:00"'),  # noqa: DTZ001
            (datetime(2026, 1, 2, tzinfo=timezone(timedelta(hours=1))),
             '"2026-01-02T00:00:00+01:00"'),
            (date(2026, 1, 2), '"2026-01-02"'), (float("nan"), "null"), (1.5e-7, "1.5e-7"),
            (type("F", (float,), {})(1.5), "1.5"), (type("F", (float,), {})("inf"), "null"),
            (type("I", (int,), {})(5), "5"), (type("D", (dict,), {})(a=1), '{"a":1}'),
            (DataConnect("u"), '{"remote_url":"u"}'),
            ([DataConnect("u")], '[{"remote_url":"u"}]'),
        ],
    )  # fmt: skip
    def test_unknown_fields_may_have_values_of_many_types(self, value, text):
        event = with_unknown(value)
        assert event.model_dump_json() == '{"remote_url":"u","x":' + text + "}"
        assert event.to_json(indent=None) == event.model_dump_json()
        assert event.model_dump_json(exclude_defaults=True) == event.model_dump_json()
        assert json.loads(event.to_json())["x"] == json.loads(text)
        assert event.model_dump(mode="json")["x"] == json.loads(text)

    @each_type
    def test_text_is_the_same_without_the_compiled_encoder(self, monkeypatch, cls):
        unknown = {"x": {"small": 1.5e-7, "é": [None, True]}, "null": 1}
        for payload in (PAYLOADS[cls], {**PAYLOADS[cls], **unknown}):
            event = cls.from_dict(payload)
            text = event.model_dump_json()
            assert text == event.to_json(exclude_unset=False, indent=None)
            with monkeypatch.context() as patch:
                patch.setattr(dumping._WRITER_OF_ALL, "_encode", None)  # as in PyPy
                assert event.model_dump_json() == text

    @pytest.mark.parametrize("options", [{}, {"indent": 1}, {"exclude_none": True}])
    @pytest.mark.parametrize(
        "value", [{1: 1, "1": 2}, {None: 1, "None": 2}, {True: 1, "true": 2}, {(1, 2): 1, "1,2": 2}]
    )
    def test_two_keys_with_one_text_are_both_written(self, options, value):
        text = with_unknown(value).model_dump_json(**options)
        pairs = json.loads(text, object_pairs_hook=list)[1][1]
        name = [*value][1]
        assert pairs == [(name, 1), (name, 2)]
        assert with_unknown(value).model_dump(mode="json")["x"] == {name: 2}

    def test_anything_with_isoformat_is_written_with_it(self):
        class Day:
            def isoformat(self):
                return "2026-01-01"

        event = DataConnect.model_construct(remote_url="u", day=Day())
        assert event.model_dump(mode="json") == {"remote_url": "u", "day": "2026-01-01"}

    @pytest.mark.parametrize("options", [{}, {"indent": 2}, {"exclude_none": True}])
    def test_values_within_themselves_are_refused(self, options):
        cyclic = []
        cyclic.append(cyclic)
        for event in (UnknownWebhookEvent("e", 1, "new.type", cyclic), with_unknown(cyclic)):
            with pytest.raises(ValueError, match="nested too deeply") as caught:
                event.model_dump_json(**options)
            assert caught.value.__context__ is None

    @pytest.mark.parametrize(
        "value",
        [
            object(),
            b"\xff",
            "\ud800",
            {"\ud800": 1},
            datetime,
            {(1,): ...},
            [5j],
            print,
            {...: 1},
            {(1, ...): 1},
            {timedelta(1): 1},
            {frozenset(): 1},
            {(frozenset([1]),): 1},
        ],
    )
    def test_values_that_json_cannot_hold_are_refused(self, value):
        event = DataConnect.model_construct(remote_url="u", x=value)
        assert event.to_dict()["x"] == value
        for dump in (event.model_dump_json, event.to_json):
            with pytest.raises(ValueError):  # noqa: PT011
                dump()
        if "\\ud800" not in repr(value):
            with pytest.raises(ValueError):  # noqa: PT011
                event.to_dict(mode="json")

    def test_the_type_of_a_refused_value_is_named(self):
        for dump in (with_unknown([5j]).model_dump_json, with_unknown(5j).to_json):
            with pytest.raises(ValueError, match=r"Unable to serialize unknown type: .*complex"):
                dump()
        with pytest.raises(ValueError, match="complex"):
            with_unknown(5j).model_dump(mode="json")


@pytest.mark.parametrize("exclude_unset", [False, True])
def test_an_event_in_an_unknown_field_is_dumped_with_the_same_options(exclude_unset):
    inner = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "object": None})
    outer = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "new": [inner]})
    options = {"exclude_unset": exclude_unset}
    assert outer.model_dump(**options)["new"] == [inner.model_dump(**options)]
    assert inner.model_dump(**options)["object"] is None


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


def test_ensure_ascii_escapes_all_other_characters():
    event = Failed.from_dict({**FAILED, "new": "é😀\u2028"})
    text = event.model_dump_json(ensure_ascii=True)
    assert text.isascii()
    assert r'"new":"\u00e9\ud83d\ude00\u2028"' in text
    assert Failed.from_json(text).to_dict(exclude_unset=False) == event.model_dump()


class Thing:
    pass


def test_fallback_replaces_values_of_unknown_types():
    thing = Thing()
    event = UnknownWebhookEvent.from_dict(
        {"id": "e", "created_at": 1, "type": "t", "data": [thing, 1, {"a": thing}, {2}]}
    )
    for dump in (event.model_dump, lambda **options: event.model_dump(mode="json", **options)):
        found = dump(fallback=lambda value: {"was": type(value).__name__})
        assert found["data"][:3] == [{"was": "Thing"}, 1, {"a": {"was": "Thing"}}]
    assert event.model_dump(fallback=str)["data"][3] == {2}
    held = with_unknown([deque([thing]), Pair(thing, 1), Box(thing), {1: {thing}}])
    assert held.model_dump(fallback=lambda _: "T")["x"] == [
        deque(["T"]), ("T", 1), {"inside": "T", "hidden": 2}, {1: {thing}},
    ]  # fmt: skip
    keyed = with_unknown({thing: 1, (thing, 2): {thing}})
    assert keyed.model_dump(mode="json", fallback=lambda _: "T")["x"] == {"T": 1, "T,2": ["T"]}
    text = event.model_dump_json(fallback=lambda _: "thing", include={"data": {0}})
    assert text == '{"data":["thing"]}'
    with pytest.raises(ValueError, match="nested too deeply"):
        event.model_dump_json(fallback=lambda value: [value])


@pytest.mark.parametrize("given", [{}, {"object": None, "new": None}, {"new": (b"x",)}])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"exclude_unset": True},
        {"exclude_defaults": True},
        {"exclude_none": True},
        {"include": {"id", "data"}},
        {"exclude": {"id"}},
    ],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_deprecated_dumps_take_the_options_of_their_successors(given, options):
    required = {name: value for name, value in FAILED.items() if name != "object"}
    event = Failed.from_dict({**required, **given})
    assert event.dict(**options) == event.model_dump(**options)
    assert event.json(**options) == event.model_dump_json(**options)


odd_keys = st.recursive(
    json_scalars | st.sampled_from([*Level, *Plain, Text("x"), b"x", Sealed(1), object()]),
    lambda inner: st.tuples(inner, inner) | st.frozensets(inner, max_size=1),
    max_leaves=3,
)

# Values of unknown fields that a dump makes others of.
odd_values = st.recursive(
    json_scalars
    | st.binary(max_size=5)
    | st.dates()
    | st.decimals()
    | st.sampled_from([*Level, *Plain, *Kinds, Text("x"), DataConnect("u"), object()]),
    lambda inner: (
        st.tuples(inner, inner)
        | st.builds(Pair, inner, inner)
        | st.builds(Box, inner)
        | st.builds(deque, st.lists(inner, max_size=2))
        | st.lists(inner, max_size=2)
        | st.frozensets(st.integers() | texts, max_size=2)
        | st.dictionaries(odd_keys, inner, max_size=2)
    ),
    max_leaves=5,
)


@each_shape
@given(data=st.data())
def test_the_faster_ways_give_what_the_general_ones_do(cls, data):
    event = cls.from_dict(data.draw(payloads(cls)))
    if data.draw(st.booleans()):
        kept = data.draw(st.sets(st.sampled_from([*event.model_fields_set])))
        event = cls.model_construct(**{name: getattr(event, name, None) for name in kept})
    event = event.model_copy(update=data.draw(st.dictionaries(st.just("new"), odd_values)))
    for exclude_unset in (False, True):
        options = dumping.Options(json=False, exclude_unset=exclude_unset)
        found = dumping.dump_usually(event, exclude_unset)
        assert repr(found) == repr(dumping.dump(event, options))
        assert repr(found) == repr(event.model_dump(exclude_unset=exclude_unset))
        for indent in (None, 0, 2):
            usually = outcome(dumping.dump_json_usually, event, indent, exclude_unset)
            assert usually == outcome(dumping.dump_json, event, options, indent)
            # With a fallback, the compiled encoder is not used.
            walked = dumping.Options(True, exclude_unset, fallback=dumping._refuse)
            assert usually == outcome(dumping.dump_json, event, walked, indent)


def outcome(function, *arguments):
    """Return what a function returns, or the text of its ValueError."""
    try:
        return function(*arguments)
    except ValueError as error:
        return type(error), str(error)
