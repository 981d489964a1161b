"""What instances hold: unknown fields, identity, text, copies, and that they are frozen."""

import copy
import dataclasses
import pickle
import pydoc
import sys
import threading
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import openai_webhook_types as owt
from openai_webhook_types import (
    FineTuningJobFailedWebhookEvent,
    RealtimeCallIncomingWebhookEvent,
    SafetyAlertCreatedWebhookEvent,
    parse_event,
)
from openai_webhook_types._model import pydantic_hooks
from tests.strategies import payloads
from tests.values import (
    CALL,
    FAILED,
    FULL,
    PAYLOADS,
    TYPES,
    Text,
    assert_identical,
    assert_introspectable,
    each_shape,
    each_type,
    without,
)


class TestUnknownFields:
    NAMES = [
        "to_dict", "__class__", "__dict__", "__deepcopy__", "__setstate__", "_extra", "_read",
        "self", "cls", "", "model_extra", "Data", "a b", "\u2028", "__len__", "__iter__", "é",
        "__getstate__", "__reduce__", "__eq__", "__hash__", "__replace__", "model_fields_set",
        "_type", "_data", "_class_of", "_data_names",
    ]  # fmt: skip

    def test_they_are_kept_and_read_as_attributes(self):
        event = FineTuningJobFailedWebhookEvent.from_dict(
            {**FAILED, "new": [1], "data": {"id": "j", "x": 2}}
        )
        assert event.new == [1]
        assert event.data.x == 2
        assert event.model_extra == {"new": [1]}
        assert event.data.model_extra == {"x": 2}
        assert event.model_fields_set == {*FAILED, "new"}
        with pytest.raises(AttributeError, match="'Data' object has no attribute 'y'"):
            _ = event.data.y

    @pytest.mark.parametrize("name", NAMES)
    def test_they_shadow_nothing(self, name):
        plain = FineTuningJobFailedWebhookEvent.from_dict(FAILED)
        event = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, name: "taken"})
        assert event.model_extra == {name: "taken"}
        assert event.to_dict() == {**FAILED, name: "taken"}
        assert type(event) is type(plain)
        if hasattr(type(plain), name):
            assert getattr(event, name) != "taken"
        for same in (copy.deepcopy(event), pickle.loads(pickle.dumps(event))):
            assert same == event
            assert same.model_extra == {name: "taken"}
        assert event != plain

    def test_names_with_two_underscores_are_no_attributes(self):
        event = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "__new__x__": 1, "__new": 2})
        assert not hasattr(event, "__new__x__")
        assert getattr(event, "__new") == 2

    def test_model_extra_is_a_copy(self):
        event = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "new": 1})
        event.model_extra["new"] = 2
        assert event.new == 1
        assert FineTuningJobFailedWebhookEvent.from_dict(FAILED).model_extra == {}

    def test_the_payload_is_not_shared(self):
        payload = {**FAILED, "new": 1, "data": {"id": "j"}}
        event = FineTuningJobFailedWebhookEvent.from_dict(payload)
        payload["new"] = payload["data"]["id"] = "changed"
        assert (event.new, event.data.id) == (1, "j")


class TestUnset:
    def test_unset_is_not_null(self):
        payload = without(FAILED, "object")
        unset = FineTuningJobFailedWebhookEvent.from_dict(payload)
        null = FineTuningJobFailedWebhookEvent.from_dict({**payload, "object": None})
        assert unset.object is null.object is None
        assert unset == null
        assert hash(unset) == hash(null)
        assert unset.to_dict() == payload
        assert null.to_dict() == {**payload, "object": None}
        assert unset.model_fields_set == payload.keys()
        assert null.model_fields_set == {*payload, "object"}
        assert repr(unset) == repr(null)

    def test_model_fields_set_is_a_copy(self):
        event = FineTuningJobFailedWebhookEvent.from_dict(FAILED)
        event.model_fields_set.clear()
        assert event.model_fields_set == FAILED.keys()


class TestIdentity:
    def test_class_fields_and_unknown_fields_count(self):
        event = FineTuningJobFailedWebhookEvent.from_dict(FAILED)
        assert event == FineTuningJobFailedWebhookEvent.from_dict(dict(reversed([*FAILED.items()])))
        for changes in (
            {"new": 1},
            {"new": None},
            {"id": "x"},
            {"created_at": 1},
            {"object": None},
        ):
            assert event != FineTuningJobFailedWebhookEvent.from_dict({**FAILED, **changes})
        assert event != FAILED
        assert event.data != SafetyAlertCreatedWebhookEvent.Data("ftjob-1")
        assert event != type("Sub", (FineTuningJobFailedWebhookEvent,), {}).from_dict(FAILED)

    @pytest.mark.parametrize("cls", [FineTuningJobFailedWebhookEvent.Data, owt.DataConnect])
    def test_unknown_fields_of_objects_count(self, cls):
        (name,) = cls.__dataclass_fields__
        one, other = (cls.from_dict({name: "x", "new": new}) for new in (1, 2))
        assert one != other
        assert one != cls.from_dict({name: "x"})
        assert one == cls.from_dict({name: "x", "new": 1})
        assert repr(one) == f"{cls.__name__}({name}='x', new=1)"

    def test_which_fields_were_set_does_not_count(self):
        for extra in ({}, {"new": 1}):
            unset = FineTuningJobFailedWebhookEvent.from_dict(
                {**without(FAILED, "object"), **extra}
            )
            assert unset == unset.model_copy(update={"object": None})


class TestText:
    def test_repr_has_every_field(self):
        event = RealtimeCallIncomingWebhookEvent.from_dict({**CALL, "new": 1, "a b": Text("x")})
        expected = (
            "RealtimeCallIncomingWebhookEvent(id='evt_2', created_at=1750287018, "
            "data=Data(call_id='rtc_1', "
            "sip_headers=(DataSipHeader(name='From', value='sip:a@b'),), "
            "sip_media_security=None), type='realtime.call.incoming', object=None, new=1, a b='x')"
        )
        assert repr(event) == str(event) == f"{event}" == expected

    def test_rich_gets_the_same_fields(self):
        event = FineTuningJobFailedWebhookEvent.from_dict({**without(FAILED, "object"), "new": 1})
        assert list(event.__rich_repr__()) == [
            ("id", "evt_1"),
            ("created_at", 1750287018),
            ("data", event.data),
            ("type", "fine_tuning.job.failed"),
            ("object", None),
            ("new", 1),
        ]


def unknown(data):
    return parse_event({"id": "e", "created_at": 1, "type": "new.type", "data": data})


EQUAL = [
    ({1}, frozenset({1})),
    (b"x", bytearray(b"x")),
    (b"x", memoryview(b"x")),
    (1, 1.0),
    (1, True),
    (1, Decimal(1)),
    (2, Fraction(4, 2)),
    ("x", type("Text", (str,), {"__hash__": None})("x")),
    ((1, {2}), (1.0, frozenset({2}))),
    ([1], [True]),
    ({"a": 1}, {"a": 1.0}),
    (None, None),
]


@pytest.mark.parametrize(("one", "other"), EQUAL, ids=lambda value: type(value).__name__)
def test_equal_data_makes_equal_hashes(one, other):
    assert one == other
    assert unknown(one) == unknown(other)
    assert hash(unknown(one)) == hash(unknown(other))


@pytest.mark.parametrize("value", [Decimal("sNaN"), object(), [], [{}], lambda: None])
def test_every_event_hashes(value):
    event = unknown(value)
    assert {event: 1}[copy.copy(event)] == 1
    assert {FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "new": value}): 1}


@pytest.mark.parametrize("name", ["float", "Decimal"])
def test_events_with_nan_hash_alike(name):
    make = {"float": float, "Decimal": Decimal}[name]
    assert hash(unknown(make("nan"))) == hash(unknown(make("nan")))


scalars = st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from([0.0, -0.0, 1.0, ""])


values = st.recursive(
    scalars | st.frozensets(scalars, max_size=2) | st.sets(scalars, max_size=2),
    lambda inner: st.lists(inner, max_size=2) | st.tuples(inner),
    max_leaves=4,
)


@given(values, values)
def test_equal_events_hash_equally(one, other):
    if unknown(one) == unknown(other):
        assert hash(unknown(one)) == hash(unknown(other))


def test_distinct_events_mostly_hash_differently():
    events = [
        cls.from_dict({**payload, "created_at": number})
        for cls, payload in FULL
        for number in range(20)
    ]
    events += [parse_event({**FAILED, "data": {"id": str(number)}}) for number in range(100)]
    assert len({*map(hash, events)}) > 0.99 * len(events)
    data = [owt.DataConnect(str(number)) for number in range(100)]
    assert len({*map(hash, data)}) > 98
    assert hash(unknown(None)) != hash(unknown("x"))


@each_shape
@given(data=st.data())
def test_copies_are_equal_and_complete(cls, data):
    payload = data.draw(payloads(cls))
    found = cls.from_dict(payload)
    protocol = data.draw(st.integers(2, pickle.HIGHEST_PROTOCOL))
    for same in (
        copy.copy(found),
        copy.deepcopy(found),
        found.model_copy(),
        found.model_copy(deep=True),
        pickle.loads(pickle.dumps(found, protocol)),
        cls.from_dict(dict(reversed([*payload.items()]))),
    ):
        assert type(same) is cls
        assert same.model_fields_set == found.model_fields_set
        assert_identical(same.to_dict(), found.to_dict())
        if same == found:  # which NaN is not
            assert hash(same) == hash(found)


@each_type
def test_a_deep_copy_skips_what_it_replaces(cls):
    lock, shared = threading.Lock(), []
    found = cls.from_dict({**PAYLOADS[cls], "lock": lock, "one": [shared], "two": shared})
    with pytest.raises(TypeError, match="lock"):
        found.model_copy(deep=True, update={"one": 1})
    copied = found.model_copy(deep=True, update={"lock": None, "three": shared})
    assert copied.to_dict() == {**found.to_dict(), "lock": None, "three": []}
    assert copied.one[0] is copied.two
    assert copied.two is not shared
    assert copied.three is shared


@each_type
def test_fields_cannot_be_changed(cls):
    found = cls.from_dict({**PAYLOADS[cls], "new": 1})
    before = found.to_dict()
    inner = [value for value in vars(found).values() if dataclasses.is_dataclass(value)]
    for frozen in (found, *inner):
        for name in (*frozen.__dataclass_fields__, "new", "other", "_extra"):
            with pytest.raises(dataclasses.FrozenInstanceError, match=f"cannot assign .*'{name}'"):
                setattr(frozen, name, "y")
            with pytest.raises(dataclasses.FrozenInstanceError, match=f"cannot delete .*'{name}'"):
                delattr(frozen, name)
    assert found.to_dict() == before


NESTED = [owt.DataConnect, owt.DataRequiredAction, owt.DataSipHeader]


@pytest.mark.parametrize("cls", [*TYPES, *NESTED], ids=lambda cls: cls.__name__)
def test_every_type_is_a_frozen_dataclass_and_compares_and_is_shown_as_all_are(cls):
    for one in (cls, getattr(cls, "Data", cls)):
        assert dataclasses.is_dataclass(one)
        assert one.__dataclass_params__.frozen
        for name in ("__eq__", "__hash__", "__repr__"):
            assert getattr(one, name) is getattr(owt.WebhookEvent, name)


@each_type
def test_iteration_gives_names_and_values(cls):
    event = cls.from_dict({**PAYLOADS[cls], "new": [1]})
    assert dict(event) == {
        **{name: getattr(event, name) for name in cls.__dataclass_fields__},
        **event.model_extra,
    }
    assert [*dict(event)] == [*event.model_dump()]


each_class = pytest.mark.parametrize(
    "cls", [*TYPES, *NESTED, owt.WebhookEvent], ids=lambda cls: cls.__name__
)


@each_class
def test_tools_may_look_at_everything_without_pydantic(monkeypatch, cls):
    monkeypatch.setitem(sys.modules, "pydantic_core", None)
    pydantic_hooks.serializer.cache_clear()
    assert_introspectable(cls)
    if cls in PAYLOADS:
        assert not hasattr(cls.from_dict(PAYLOADS[cls]), "__pydantic_serializer__")


@each_class
def test_help_shows_no_comments(cls):
    text = pydoc.render_doc(cls, renderer=pydoc.plaintext)
    assert [line for line in text.splitlines() if line.lstrip(" |").startswith("#")] == []
