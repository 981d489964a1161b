"""What is done about events, and what the log has of it."""

import logging

import pytest
from openai.types.webhooks import (
    BatchCompletedWebhookEvent,
    BatchExpiredWebhookEvent,
    BatchFailedWebhookEvent,
    EvalRunFailedWebhookEvent,
    FineTuningJobCancelledWebhookEvent,
    FineTuningJobFailedWebhookEvent,
    FineTuningJobSucceededWebhookEvent,
    RealtimeCallIncomingWebhookEvent,
)
from openai.types.webhooks.realtime_call_incoming_webhook_event import DataSipHeader

from ..handlers import EVENT_TYPES, HANDLERS, caller_of, describe, handle
from .values import CALL, FAILED


@pytest.mark.parametrize(
    ("cls", "event_type", "done"),
    [
        (BatchCompletedWebhookEvent, "batch.completed", "download the output of x_1"),
        (BatchFailedWebhookEvent, "batch.failed", "look at x_1"),
        (BatchExpiredWebhookEvent, "batch.expired", "nothing to do about batch.expired"),
        (FineTuningJobSucceededWebhookEvent, "fine_tuning.job.succeeded", "deploy x_1"),
        (
            FineTuningJobFailedWebhookEvent,
            "fine_tuning.job.failed",
            "retry x_1, which failed at 1750287018",
        ),
        (
            FineTuningJobCancelledWebhookEvent,
            "fine_tuning.job.cancelled",
            "nothing to do about fine_tuning.job.cancelled",
        ),
        (EvalRunFailedWebhookEvent, "eval.run.failed", "ignored"),
    ],
)
def test_an_event_is_handled_by_its_class(
    cls: type[BatchCompletedWebhookEvent], event_type: str, done: str
) -> None:
    event = cls.model_validate(
        {"id": "evt_1", "created_at": 1750287018, "type": event_type, "data": {"id": "x_1"}}
    )
    assert type(event) is EVENT_TYPES[event_type]
    assert handle(event) == done


def test_a_call_is_accepted() -> None:
    event = RealtimeCallIncomingWebhookEvent.model_validate(CALL)
    assert handle(event) == "accept rtc_1 from sip:b@example.com"


def test_a_call_without_a_caller_is_rejected() -> None:
    event = RealtimeCallIncomingWebhookEvent.model_validate(CALL)
    nameless = event.data.model_copy(update={"sip_headers": []})
    assert handle(event.model_copy(update={"data": nameless})) == "reject"


def test_the_caller_is_the_first() -> None:
    headers = [DataSipHeader(name="From", value="a"), DataSipHeader(name="From", value="b")]
    assert caller_of(headers) == "a"
    assert caller_of([]) is None


def test_every_handled_type_is_known() -> None:
    assert HANDLERS.keys() <= EVENT_TYPES.keys()


def test_the_log_has_no_data(caplog: pytest.LogCaptureFixture) -> None:
    event = FineTuningJobFailedWebhookEvent.model_validate(FAILED)
    with caplog.at_level(logging.INFO):
        handle(event)
    (record,) = caplog.records
    assert record.getMessage() == "evt_1: retry ftjob-1, which failed at 1750287018"
    assert (
        vars(record)["webhook"]
        == describe(event)
        == {
            "id": "evt_1",
            "created_at": 1750287018,
            "type": "fine_tuning.job.failed",
        }
    )
