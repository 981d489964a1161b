"""structlog takes an event as a value, or its fields as values."""

import io
import json

import orjson
import pytest
import structlog
from structlog.testing import capture_logs

import openai_webhook_types as owt
from tests.values import CASES, SAMPLES


def _logged(renderer, **values):
    file = io.StringIO()
    log = structlog.wrap_logger(structlog.PrintLogger(file), processors=[renderer])
    log.info("received", **values)
    return file.getvalue().rstrip("\n")


@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_an_event_or_its_fields_can_be_logged(cls, payload):
    event = cls.from_dict(payload)
    with capture_logs() as logs:
        structlog.get_logger().info("received", webhook=event)
        structlog.get_logger().info("received", **event.to_dict())
    assert logs[0]["webhook"] is event
    assert logs[1] == {**payload, "event": "received", "log_level": "info"}


def test_text_has_the_repr():
    event = owt.parse_event({**SAMPLES["batch.failed"], "later": 1})
    text = _logged(structlog.processors.KeyValueRenderer(), webhook=event)
    assert text == f"webhook={event!r} event='received'"


@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_json_has_the_fields_with_orjson_and_the_repr_without(cls, payload):
    event = cls.from_dict(payload)
    with_orjson = structlog.processors.JSONRenderer(
        serializer=lambda values, **options: orjson.dumps(values, **options).decode()
    )
    assert json.loads(_logged(with_orjson, webhook=event))["webhook"] == payload
    plain = structlog.processors.JSONRenderer()
    assert json.loads(_logged(plain, webhook=event))["webhook"] == repr(event)
    assert json.loads(_logged(plain, webhook=event.to_dict()))["webhook"] == payload
