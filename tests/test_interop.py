"""The types in the hands of the standard library, which knows them as dataclasses."""

import ast
import copy
import dataclasses
import inspect
import json
import logging
import pickle
import pprint
import sys
import typing
from functools import singledispatch

import pytest

import openai_webhook_types as owt
from tests.samples import BARE, CASES, FULL
from tests.strategies import KNOWN_EVENTS

_PAYLOAD = {
    "id": "evt_1",
    "created_at": 1,
    "data": {"id": "batch_1", "new": [1]},
    "type": "batch.completed",
    "later": {"a": None},
}


@pytest.mark.parametrize("cls", KNOWN_EVENTS)
def test_the_fields_are_those_of_the_contract(cls):
    names = [field.name for field in dataclasses.fields(cls)]
    assert names in (
        ["id", "created_at", "data", "type", "object"],
        ["id", "created_at", "data", "object", "type"],
    )
    assert dataclasses.is_dataclass(cls.Data)
    assert all(field.init and field.repr and field.compare for field in dataclasses.fields(cls))


@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_asdict_has_every_declared_field(cls, payload):
    event = cls.from_dict(payload)
    in_full = event.to_dict(exclude_unset=False)
    assert json.loads(json.dumps(dataclasses.asdict(event))) == in_full
    assert list(dataclasses.asdict(event)) == list(in_full)
    assert dataclasses.astuple(event)[0] == payload["id"]


@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_the_constructor_makes_what_from_dict_makes(cls, payload):
    data = cls.from_dict(payload).data
    assert cls(**{**payload, "data": data}) == cls.from_dict(payload)


def test_asdict_has_no_unknown_field():
    event = owt.parse_event(_PAYLOAD)
    assert dataclasses.asdict(event) == {
        "id": "evt_1",
        "created_at": 1,
        "data": {"id": "batch_1"},
        "type": "batch.completed",
        "object": None,
    }


def test_dataclasses_replace_passes_on_the_declared_fields_alone():
    event = owt.parse_event(_PAYLOAD)
    replaced = dataclasses.replace(event, id="evt_2")
    assert type(replaced) is type(event)
    assert replaced.data is event.data
    assert replaced.model_extra == {}
    assert replaced.model_fields_set == {"id", "created_at", "data", "type", "object"}
    assert event.to_dict() == _PAYLOAD


def test_model_copy_passes_on_the_unknown_and_the_unset_too():
    event = owt.parse_event(_PAYLOAD)
    assert event.model_copy(update={"id": "evt_2"}).to_dict() == {**_PAYLOAD, "id": "evt_2"}


if sys.version_info >= (3, 13):

    @pytest.mark.parametrize(("cls", "payload"), CASES)
    def test_copy_replace_passes_on_the_unknown_and_the_unset_too(cls, payload):
        event = cls.from_dict({**payload, "later": 1})
        replaced = copy.replace(event, id="evt_2")
        assert type(replaced) is cls
        assert replaced.to_dict() == {**payload, "id": "evt_2", "later": 1}
        assert copy.replace(event.data) == event.data


@pytest.mark.parametrize("cls", [*KNOWN_EVENTS, owt.UnknownWebhookEvent, owt.WebhookEvent])
def test_annotations_resolve(cls):
    hints = typing.get_type_hints(cls)
    assert {"id", "created_at", "type", "data", "object"} <= hints.keys()
    if cls in KNOWN_EVENTS:
        assert hints["data"] is cls.Data
        assert typing.get_origin(hints["type"]) is typing.Literal
        fields = {field.name: field.type for field in dataclasses.fields(cls.Data)}
        assert fields.items() <= typing.get_type_hints(cls.Data).items()


def test_signatures_resolve():
    functions = [owt.parse_event, owt.sign, owt.unwrap, owt.verify_signature]
    functions += [
        getattr(owt.WebhookEvent, name)
        for name in dir(owt.WebhookEvent)
        if name.startswith(("from_", "to_", "model_"))
    ]
    for function in filter(callable, functions):
        assert set(inspect.signature(function).parameters) <= {
            *typing.get_type_hints(function, localns={"AnyWebhookEvent": owt.AnyWebhookEvent}),
            "self",
        }


def test_singledispatch_goes_by_class():
    @singledispatch
    def handle(event):
        return f"no event: {type(event).__name__}"

    @handle.register(owt.WebhookEvent)
    def _any_other(event):
        return f"another event: {event.type}"

    @handle.register
    def _batch(event: owt.BatchCompletedWebhookEvent):
        return event.data.id

    assert handle(owt.parse_event(_PAYLOAD)) == "batch_1"
    assert handle(owt.parse_event({**_PAYLOAD, "type": "batch.failed"})) == (
        "another event: batch.failed"
    )
    assert handle(owt.parse_event({**_PAYLOAD, "type": "batch.new"})) == "another event: batch.new"
    assert handle(_PAYLOAD) == "no event: dict"


@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_log_records_take_an_event_or_its_fields_as_extra(cls, payload, caplog):
    event = cls.from_dict(payload)
    logger = logging.getLogger(__name__)
    with caplog.at_level(logging.INFO):
        logger.info("received %s", event, extra={"webhook": event})
        logger.info("received", extra=event.to_dict())
    with_event, with_fields = caplog.records
    assert with_event.webhook is event
    assert with_event.getMessage() == f"received {event!r}"
    assert payload.items() <= vars(with_fields).items()
    formatter = logging.Formatter("%(message)s %(type)s")
    assert formatter.format(with_fields) == f"received {payload['type']}"


@pytest.mark.parametrize(("cls", "payload"), FULL)
def test_pprint_shows_an_event_by_its_repr(cls, payload):
    event = cls.from_dict({**payload, "later": 1})
    assert pprint.pformat(event) == repr(event)
    assert pprint.pformat([event, event], width=80) == f"[{event!r},\n {event!r}]"
    shown = pprint.pformat(event.to_dict(), width=40, sort_dicts=False)
    assert max(map(len, shown.splitlines())) < len(repr(event))
    assert list(ast.literal_eval(shown).items()) == [*payload.items(), ("later", 1)]


@pytest.mark.parametrize(("cls", "payload"), BARE)
def test_a_deep_copy_keeps_what_was_not_set(cls, payload):
    event = copy.deepcopy(cls.from_dict(payload))
    assert event.to_dict() == payload
    assert hash(event) == hash(cls.from_dict(payload))


@pytest.mark.parametrize("cls", KNOWN_EVENTS)
def test_what_another_library_leaves_out_is_missing_unless_it_has_a_default(cls):
    filled = cls.__new__(cls)
    for field in dataclasses.fields(cls):
        if field.default is dataclasses.MISSING:
            assert not hasattr(filled, field.name)
        else:
            assert getattr(filled, field.name) is field.default


@pytest.mark.parametrize("cls", KNOWN_EVENTS)
def test_what_model_construct_is_not_given_reads_as_none_in_copies_too(cls):
    event = cls.model_construct(id="evt_1")
    copies = [
        copy.copy(event),
        copy.deepcopy(event),
        pickle.loads(pickle.dumps(event)),
        event.model_copy(update={"id": "evt_1"}),
    ]
    for one in [event, *copies]:
        assert one == event
        assert (one.data, one.created_at, one.type, one.object) == (None, None, None, None)
        assert one.to_dict() == {"id": "evt_1"}
        assert one.model_extra == {}
        assert one.model_fields_set == {"id"}
