"""Celery hands events to a worker and back, pickled or as JSON."""

import pytest
from celery import Celery
from celery.contrib.testing.worker import start_worker
from kombu.utils.json import register_type

import openai_webhook_types as owt
from tests.values import CASES

_EVENTS = [cls.from_dict({**payload, "later": {"a": [None]}}) for cls, payload in CASES]
_EVENTS.append(owt.parse_event({"id": "evt_1", "created_at": 1, "type": "batch.new"}))

# What an application does once, where both the sender and the worker import it.
register_type(
    owt.WebhookEvent, "openai_webhook", lambda event: event.to_dict(mode="json"), owt.parse_event
)


@pytest.fixture(scope="module", params=["json", "pickle"])
def tasks(request):
    """The tasks of an application whose worker runs, with one of the serializers."""
    app = Celery(request.param, broker="memory://", backend="cache+memory://", set_as_current=False)
    app.conf.update(
        task_serializer=request.param,
        result_serializer=request.param,
        accept_content=[request.param],
        broker_connection_retry_on_startup=False,
        worker_hijack_root_logger=False,
    )

    @app.task(shared=False)
    def describe(events):
        return [(type(event).__name__, event.id, event.to_dict()) for event in events]

    @app.task(shared=False)
    def echo(events):
        return events

    @app.task(shared=False)
    def parse(payload):
        return type(owt.parse_event(payload)).__name__

    app.finalize()
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=60):
        yield {"describe": describe, "echo": echo, "parse": parse}


def _result(task, *args):
    return task.delay(*args).get(timeout=60, interval=0.01)


def test_a_task_gets_events(tasks):
    described = [(type(event).__name__, event.id, event.to_dict()) for event in _EVENTS]
    assert [tuple(row) for row in _result(tasks["describe"], _EVENTS)] == described


def test_a_task_returns_events(tasks):
    returned = _result(tasks["echo"], _EVENTS)
    assert returned == _EVENTS
    assert [type(event) for event in returned] == [type(event) for event in _EVENTS]
    assert [event.to_dict() for event in returned] == [event.to_dict() for event in _EVENTS]


def test_a_task_can_get_the_payload_and_parse_it(tasks):
    event = _EVENTS[0]
    assert _result(tasks["parse"], event.to_dict(mode="json")) == type(event).__name__
