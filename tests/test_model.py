"""What instances have in common: fields, unknown fields, identity, text and copies."""

import copy
import dataclasses
import functools
import json
import pickle
import typing

import pytest

import openai_webhook_types as owt
from openai_webhook_types import (
    AgentSessionCreatedWebhookEvent,
    BatchCompletedWebhookEvent,
    FineTuningJobFailedWebhookEvent,
    RealtimeCallIncomingWebhookEvent,
    SafetyAlertCreatedWebhookEvent,
    UnknownWebhookEvent,
    parse_event,
)
from tests.values import (
    CALL,
    FAILED,
    FULL,
    SESSION,
    TYPES,
    UNKNOWN,
    Text,
    each_type,
    problems,
    without,
)


def test_pydantic_s_names_are_the_same_methods():
    event = FineTuningJobFailedWebhookEvent.model_validate(FAILED)
    assert event == FineTuningJobFailedWebhookEvent.from_dict(FAILED)
    text = json.dumps(FAILED)
    assert event == FineTuningJobFailedWebhookEvent.model_validate_json(text)
    assert event == FineTuningJobFailedWebhookEvent.from_json(text)
    assert event.data.id == "ftjob-1"
    assert isinstance(event.data, FineTuningJobFailedWebhookEvent.Data)


NESTED = [owt.DataConnect, owt.DataRequiredAction, owt.DataSipHeader]


@pytest.mark.parametrize("cls", [*TYPES, *NESTED], ids=lambda cls: cls.__name__)
def test_every_type_is_frozen_and_compares_and_is_shown_as_all_are(cls):
    for one in (cls, getattr(cls, "Data", cls)):
        assert one.__dataclass_params__.frozen
        for name in ("__eq__", "__hash__", "__repr__"):
            assert getattr(one, name) is getattr(owt.WebhookEvent, name)


class TestUnknownFields:
    NAMES = [
        "to_dict", "__class__", "__dict__", "__deepcopy__", "__setstate__", "_extra", "_read",
        "self", "cls", "", "model_extra", "Data", "a b", "\u2028", "__len__", "__iter__", "é",
        "__getstate__", "__reduce__", "__eq__", "__hash__", "__replace__", "model_fields_set",
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

    def test_equal_instances_hash_equally(self):
        for cls, payload in FULL:
            event = cls.from_dict(payload)
            assert hash(event) == hash(cls.from_dict(dict(reversed([*payload.items()]))))
            assert len({event, cls.from_dict(payload)}) == 1

    def test_distinct_instances_mostly_hash_differently(self):
        events = [
            cls.from_dict({**payload, "created_at": number})
            for number in range(10)
            for cls, payload in FULL
        ]
        events += [parse_event({**FAILED, "data": {"id": str(number)}}) for number in range(100)]
        hashes = {hash(event) for event in events}
        assert len(hashes) > 0.99 * len(events)
        data = {owt.DataConnect(str(number)) for number in range(100)}
        assert len({hash(one) for one in data}) > 98

    def test_instances_hash_whatever_they_hold(self):
        event = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "new": [{}]})
        unknown = parse_event({**UNKNOWN, "data": [{}]})
        assert {event: 1, unknown: 2}[copy.deepcopy(unknown)] == 2


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


class TestCopies:
    def test_model_copy_updates_fields(self):
        event = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "new": 1})
        changed = event.model_copy(update={"id": "other", "new": 2, "more": 3})
        assert changed.to_dict() == {**FAILED, "id": "other", "new": 2, "more": 3}
        assert event.to_dict() == {**FAILED, "new": 1}
        assert event.model_copy(update={}) == event
        assert type(changed) is type(event)

    def test_model_copy_keeps_the_order_of_fields(self):
        data = AgentSessionCreatedWebhookEvent.Data.from_dict(
            {**SESSION["data"], "environment_id": "e"}
        )
        assert list(data.model_copy(update={"connect": None}).to_dict()) == [
            "id", "environment_type", "connect", "environment_id",
        ]  # fmt: skip

    def test_replace_is_a_copy_with_an_update(self):
        event = FineTuningJobFailedWebhookEvent.from_dict({**without(FAILED, "object"), "new": 1})
        replaced = event.__replace__(id="x")
        assert replaced.to_dict() == event.model_copy(update={"id": "x"}).to_dict()
        assert replaced.model_fields_set == event.model_fields_set

    def test_deep_copies_share_no_containers(self):
        event = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "new": [1]})
        for shallow in (copy.copy(event), event.model_copy()):
            assert shallow is not event
            assert shallow.new is event.new
            assert shallow.data is event.data
        for deep in (copy.deepcopy(event), event.model_copy(deep=True)):
            assert deep.new is not event.new
            assert deep == event
        updated = event.model_copy(update={"id": "x"}, deep=True)
        assert updated.new is not event.new


class TestSubclasses:
    """Applications may add methods to a type of their own."""

    class Mine(FineTuningJobFailedWebhookEvent):
        def job(self):
            return self.data.id

        @functools.lru_cache(maxsize=None)  # noqa: B019
        def cached(self):
            return [self.id]

    def test_they_validate_as_their_base_does(self):
        event = self.Mine.from_dict(FAILED)
        assert type(event) is self.Mine
        assert event.job() == "ftjob-1"
        assert event.cached() is event.cached()
        assert self.Mine.from_json(event.to_json()) == event
        assert problems(self.Mine, {**FAILED, "type": "other"}) == [("literal_error", ("type",))]
        assert repr(event).startswith("Mine(id='evt_1'")

    def test_they_have_the_fields_of_their_base(self):
        assert "__dataclass_fields__" in vars(self.Mine)
        names = [field.name for field in dataclasses.fields(self.Mine)]
        assert names == [
            field.name for field in dataclasses.fields(FineTuningJobFailedWebhookEvent)
        ]
        assert self.Mine.from_dict(FAILED).__replace__(id="x").id == "x"

    def test_they_may_be_dataclasses_of_another_type(self):
        @dataclasses.dataclass(frozen=True, eq=False, repr=False)
        class Paused(BatchCompletedWebhookEvent):
            type: typing.Literal["batch.paused"]

        payload = {**FAILED, "type": "batch.paused", "new": 1}
        event = Paused.from_dict(payload)
        assert event.to_dict() == payload
        assert event.__replace__(id="x").to_dict() == {**payload, "id": "x"}
        assert problems(Paused, FAILED) == [("literal_error", ("type",))]


@each_type
def test_annotations_of_methods_resolve(cls):
    for method in ("from_dict", "from_json", "to_dict", "model_construct", "model_copy"):
        assert "return" in typing.get_type_hints(getattr(cls, method))


def test_lists_are_tuples():
    assert type(RealtimeCallIncomingWebhookEvent.from_dict(CALL).data.sip_headers) is tuple


def test_any_type_is_in_the_union_or_unknown():
    union = typing.get_type_hints(
        owt.parse_event, localns={"AnyWebhookEvent": owt.AnyWebhookEvent}
    )["return"]
    assert {*typing.get_args(union)} == {
        *typing.get_args(owt.UnwrapWebhookEvent),
        UnknownWebhookEvent,
    }
