"""What is done about an event: by its class, by its type, and by what a pattern matches."""

import logging
from typing import Callable, Dict, List, Optional, get_args

from openai.types import webhooks
from openai.types.webhooks import (
    BatchCompletedWebhookEvent,
    BatchFailedWebhookEvent,
    FineTuningJobFailedWebhookEvent,
    FineTuningJobSucceededWebhookEvent,
    RealtimeCallIncomingWebhookEvent,
    UnwrapWebhookEvent,
)
from openai.types.webhooks.realtime_call_incoming_webhook_event import DataSipHeader

__all__ = ["EVENT_TYPES", "HANDLERS", "Event", "caller_of", "describe", "handle"]

logger = logging.getLogger(__name__)

Event = webhooks.UnwrapWebhookEvent
EVENTS = get_args(get_args(UnwrapWebhookEvent)[0])
EVENT_TYPES = {get_args(event.__annotations__["type"])[0]: event for event in EVENTS}


def on_batch(event: Event) -> str:
    """Tell what became of a batch."""
    if isinstance(event, BatchCompletedWebhookEvent):
        return f"download the output of {event.data.id}"
    if isinstance(event, BatchFailedWebhookEvent):
        return f"look at {event.data.id}"
    return f"nothing to do about {event.type}"


def on_job(event: Event) -> str:
    """Tell what became of a fine-tuning job."""
    match event:
        case FineTuningJobSucceededWebhookEvent(data=data):
            return f"deploy {data.id}"
        case FineTuningJobFailedWebhookEvent(data=data, created_at=when):
            return f"retry {data.id}, which failed at {when}"
        case _:
            return f"nothing to do about {event.type}"


def on_call(event: Event) -> str:
    """Answer a call, if it is from a caller with a name."""
    assert isinstance(event, RealtimeCallIncomingWebhookEvent)
    caller = caller_of(list(event.data.sip_headers))
    return f"accept {event.data.call_id} from {caller}" if caller else "reject"


def caller_of(headers: List[DataSipHeader]) -> Optional[str]:
    """Return the value of the first From header."""
    return next((header.value for header in headers if header.name == "From"), None)


HANDLERS: Dict[str, Callable[[Event], str]] = {
    "batch.completed": on_batch,
    "batch.failed": on_batch,
    "batch.expired": on_batch,
    "fine_tuning.job.succeeded": on_job,
    "fine_tuning.job.failed": on_job,
    "fine_tuning.job.cancelled": on_job,
    "realtime.call.incoming": on_call,
}


def handle(event: Event) -> str:
    """Do what there is to do about an event, log it, and return what was done."""
    handler = HANDLERS.get(event.type)
    done = handler(event) if handler else "ignored"
    logger.info("%s: %s", event.id, done, extra={"webhook": describe(event)})
    return done


def describe(event: Event) -> Dict[str, object]:
    """Return what the log has of an event: not what it is about, and no unknown field."""
    return event.model_dump(mode="json", include={"id", "type", "created_at"})
