"""Attributes of an instance that are neither fields nor unknown fields: they are nobody's data."""

import copy
import dataclasses
import pickle
from functools import cached_property

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openai_webhook_types import (
    FineTuningJobFailedWebhookEvent,
    RealtimeCallIncomingWebhookEvent,
)
from openai_webhook_types._model.record import Record
from tests.strategies import json_values, payloads, texts
from tests.values import CALL, FAILED, each_shape

# Names that a user or a library may attach something by, and that libraries do use.
NAMES = ["_received_at", "note", "received", "__orig_class__", "_sentry", "0", "é"]
attached = st.dictionaries(st.sampled_from(NAMES) | texts, json_values, min_size=1, max_size=3)


def nested(value):
    """Yield the instances in a value, itself among them."""
    if isinstance(value, Record):
        yield value
        for field in dataclasses.fields(value):
            yield from nested(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from nested(item)


def seen(event):
    """Return all that may be taken for the data of an instance."""
    dumps = [
        dump(**options)
        for dump in (event.to_dict, event.model_dump)
        for options in (
            {},
            {"exclude_unset": True},
            {"exclude_unset": False},
            {"exclude_none": True},
            {"mode": "json", "exclude_defaults": True},
        )
    ]
    texts_of_it = [event.to_json(), event.model_dump_json(), event.model_dump_json(indent=1)]
    return (
        *[[*one.items()] for one in (*dumps, dict(event), event.model_extra)],
        *texts_of_it,
        repr(event),
        event.model_fields_set,
        hash(event),
        [*dataclasses.asdict(event).items()],
        pickle.dumps(event),
        *[
            vars(one)
            for one in (copy.copy(event), event.__replace__(), event.model_copy(update={"x": 1}))
        ],
        [vars(one) for one in nested(copy.deepcopy(event))],
    )


@each_shape
@given(data=st.data())
def test_nothing_sees_what_is_attached(cls, data):
    payload = data.draw(payloads(cls))
    event, same = cls.from_dict(payload), cls.from_dict(payload)
    for one in nested(event):
        names = {*one.__dataclass_fields__, *one.model_extra, "_extra"}
        for name, value in data.draw(attached).items():
            if name not in names and not hasattr(type(one), name):
                object.__setattr__(one, name, value)
                assert getattr(one, name) is value
    assert event == same
    assert repr(seen(event)) == repr(seen(same))  # whose NaN are equal, unlike the values


def test_it_may_replace_an_unset_field_without_taking_its_place():
    event = FineTuningJobFailedWebhookEvent.from_dict(
        {name: value for name, value in FAILED.items() if name != "object"}
    )
    object.__setattr__(event, "note", "n")  # as many names as there are fields
    assert event.model_dump() == {**FAILED, "object": None}
    assert event.model_fields_set == FAILED.keys() - {"object"}


def test_a_cached_property_on_a_class_of_the_package_works(monkeypatch):
    caller = cached_property(lambda event: event.data.sip_header("from"))
    caller.__set_name__(RealtimeCallIncomingWebhookEvent, "caller")
    monkeypatch.setattr(RealtimeCallIncomingWebhookEvent, "caller", caller, raising=False)
    event, same = (RealtimeCallIncomingWebhookEvent.from_dict(CALL) for _ in range(2))
    assert event.caller == "sip:a@b"
    assert "caller" in vars(event)
    assert seen(event) == seen(same)
    assert event == same


def test_only_fields_count_where_the_order_of_a_dict_cannot_be_trusted(monkeypatch):
    # As PyPy may lay them out.
    monkeypatch.setattr(FineTuningJobFailedWebhookEvent, "_data_names", frozenset())
    event, same = (FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "n": 1}) for _ in range(2))
    object.__setattr__(event, "note", "n")
    assert seen(event) == seen(same)


# A subclass of other people's


class Mine(FineTuningJobFailedWebhookEvent):
    seen = 0

    @cached_property
    def upper_id(self):
        return self.data.id.upper()

    @property
    def job(self):
        return self.data.id

    @job.setter
    def job(self, value):
        self.changed = value

    @job.deleter
    def job(self):
        del self.changed

    @property
    def typo(self):
        return self.data.no_such_name

    @property
    def later(self):
        return "mine"


def test_a_subclass_may_set_attributes_and_use_its_setters():
    event, same = Mine.from_dict(FAILED), Mine.from_dict(FAILED)
    event.seen, event.note, event.job = 1, "n", "other"
    assert (event.seen, event.note, event.changed, event.job) == (1, "n", "other", "ftjob-1")
    assert event.upper_id is event.upper_id
    assert seen(event) == seen(same)
    assert event == same
    del event.note, event.job
    assert not hasattr(event, "note")
    assert not hasattr(event, "changed")
    with pytest.raises(AttributeError):
        del event.note


@pytest.mark.parametrize("name", ["id", "object", "new", "_extra"])
def test_fields_stay_frozen_in_a_subclass(name):
    event = Mine.from_dict({**FAILED, "new": 1})
    with pytest.raises(dataclasses.FrozenInstanceError, match=f"^cannot assign to field '{name}'$"):
        setattr(event, name, 5)
    with pytest.raises(dataclasses.FrozenInstanceError, match=f"^cannot delete field '{name}'$"):
        delattr(event, name)
    assert event == Mine.from_dict({**FAILED, "new": 1})


def test_a_property_wins_over_an_unknown_field_which_dumps_keep():
    payload = {**FAILED, "later": 1, "job": 2, "typo": 3}
    event = Mine.from_dict(payload)
    assert (event.later, event.job) == ("mine", "ftjob-1")
    event.job = "other"
    assert event.changed == "other"
    assert event.to_dict() == payload
    with pytest.raises(AttributeError, match="'Data' object has no attribute 'no_such_name'"):
        _ = event.typo


@pytest.mark.parametrize("fields", [FAILED, {**FAILED, "new": 1}])
def test_an_error_inside_a_property_names_what_is_missing(fields):
    event = Mine.from_dict(fields)
    with pytest.raises(AttributeError, match=r"^'Data' object has no attribute 'no_such_name'$"):
        _ = event.typo
    with pytest.raises(AttributeError, match=r"^'Mine' object has no attribute 'nothing'$"):
        _ = event.nothing
