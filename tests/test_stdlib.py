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
from openai_webhook_types import schema, testing
from tests.values import CASES, EVENTS, FULL, PAYLOADS, each_type, required, run

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
    objects = [getattr(owt, name) for name in owt.__all__]
    objects += [testing.sample_payload, testing.signed_request, schema.events_json_schema]
    objects += [cls.Data for cls in objects if hasattr(cls, "Data")]
    classes = [one for one in objects if isinstance(one, type)]
    for cls in classes:
        assert typing.get_type_hints(cls) is not None
        objects += [getattr(cls, name) for name in dir(cls) if name[0] != "_"]
    functions = [one for one in objects if inspect.isroutine(one) and hasattr(one, "__module__")]
    ours = [one for one in functions if str(one.__module__).startswith("openai_webhook_types")]
    assert {owt.unwrap, owt.parse_event, owt.WebhookEvent.from_dict} <= {*ours}
    for function in ours:
        hints = typing.get_type_hints(function)
        assert {*inspect.signature(function).parameters} - {"self"} <= hints.keys()


def test_hints_load_the_events_when_they_are_asked_for():
    done = run(
        "import sys, typing, openai_webhook_types as owt\n"
        "owt.unwrap, owt.parse_event\n"
        "print('openai_webhook_types.events.batch' in sys.modules)\n"
        "print(typing.get_type_hints(owt.unwrap)['return'] == owt.UnwrapWebhookEvent)\n"
    )
    assert done.split() == ["False", "True"]


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
