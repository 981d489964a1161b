"""The types in the hands of the standard library, which knows them as dataclasses."""

import ast
import dataclasses
import inspect
import json
import logging
import pprint
import typing
from functools import singledispatch

import pytest

import openai_webhook_types as owt
from tests.values import CASES, EVENTS, FULL, PAYLOADS, each_type, required

_PAYLOAD = {
    "id": "evt_1",
    "created_at": 1,
    "data": {"id": "batch_1", "new": [1]},
    "type": "batch.completed",
    "later": {"a": None},
}


class TestDataclasses:
    @each_type
    def test_asdict_has_every_declared_field(self, cls):
        instance = cls.from_dict(PAYLOADS[cls])
        in_full = instance.to_dict(exclude_unset=False)
        assert json.loads(json.dumps(dataclasses.asdict(instance))) == in_full
        assert list(dataclasses.asdict(instance)) == list(in_full)
        assert dataclasses.astuple(instance)[-1] == [*in_full.values()][-1]

    @pytest.mark.parametrize(("cls", "payload"), CASES)
    def test_asdict_of_events_with_and_without_optional_fields(self, cls, payload):
        event = cls.from_dict(payload)
        in_full = event.to_dict(exclude_unset=False)
        assert json.loads(json.dumps(dataclasses.asdict(event))) == in_full

    def test_asdict_has_no_unknown_field(self):
        event = owt.parse_event(_PAYLOAD)
        assert dataclasses.asdict(event) == {
            "id": "evt_1",
            "created_at": 1,
            "data": {"id": "batch_1"},
            "type": "batch.completed",
            "object": None,
        }

    @each_type
    def test_fields_that_another_library_leaves_out_are_missing(self, cls):
        filled = cls.__new__(cls)
        for field in dataclasses.fields(cls):
            if field.name in required(cls):
                assert not hasattr(filled, field.name)
            else:
                assert getattr(filled, field.name) is field.default


def test_signatures_resolve():
    functions = [owt.event_class, owt.parse_event, owt.sign, owt.unwrap, owt.verify_signature]
    functions += [
        getattr(owt.WebhookEvent, name)
        for name in dir(owt.WebhookEvent)
        if name.startswith(("from_", "to_", "model_"))
    ]
    for function in filter(callable, functions):
        assert {*inspect.signature(function).parameters} <= {
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


@pytest.mark.parametrize("cls", EVENTS)
def test_log_records_take_an_event_or_its_fields_as_extra(cls, caplog):
    payload = PAYLOADS[cls]
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
