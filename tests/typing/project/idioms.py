"""What handlers of webhooks do with the event that they get, written as with the SDK."""

from typing import Dict, Optional, Union, assert_never, assert_type

from openai_webhook_types import (
    AnyWebhookEvent,
    BatchCompletedWebhookEvent,
    BatchFailedWebhookEvent,
    RealtimeCallIncomingWebhookEvent,
    UnknownWebhookEvent,
    UnwrapWebhookEvent,
    parse_event,
    unwrap,
)


def by_type(body: bytes, headers: Dict[str, str]) -> str:
    event = unwrap(body, headers)
    found = ""
    if event.type == "response.completed":
        found = event.data.id
    elif event.type == "response.failed":
        found = event.id
    if found:
        return found
    if event.type == "realtime.call.incoming":
        assert_type(event, RealtimeCallIncomingWebhookEvent)
        return event.data.sip_header("From") or event.data.call_id
    if event.type == "batch.completed" or event.type == "batch.failed":
        assert_type(event, Union[BatchCompletedWebhookEvent, BatchFailedWebhookEvent])
        return event.data.id
    if event.type in ("batch.expired", "batch.cancelled"):
        return event.id
    return f"ignored {event.type}"


def by_matched_type(body: str) -> Optional[str]:
    event = parse_event(body)
    match event.type:
        case "batch.completed":
            return event.id
        case "fine_tuning.job.failed" | "fine_tuning.job.cancelled":
            return event.type
        case _:
            return None


def by_matched_class(body: bytes, headers: Dict[str, str]) -> str:
    event = unwrap(body, headers, strict=True)
    if isinstance(event, UnknownWebhookEvent):
        return on_unknown(event)
    match event:
        case BatchCompletedWebhookEvent(data=data):
            assert_type(data, BatchCompletedWebhookEvent.Data)
            return data.id
        case RealtimeCallIncomingWebhookEvent():
            return event.data.call_id
        case _:
            return on_known(event)


def by_class(body: bytes, headers: Dict[str, str]) -> str:
    event = unwrap(body, headers)
    if isinstance(event, UnknownWebhookEvent):
        return on_unknown(event)
    if isinstance(event, (BatchCompletedWebhookEvent, BatchFailedWebhookEvent)):
        return event.data.id
    return on_known(event)


def passed_on(body: bytes, headers: Dict[str, str]) -> str:
    event = unwrap(body, headers)
    return on_known(event) + on_any(event) + on_known(parse_event(body)) + on_any(parse_event(body))


def kept(body: bytes) -> UnwrapWebhookEvent:
    event: UnwrapWebhookEvent = parse_event(body)
    assert_type(parse_event({"id": "evt_1"}), UnwrapWebhookEvent)
    return event


def on_unknown(event: UnknownWebhookEvent) -> str:
    # The type of its data is known to nobody.
    return f"{event.type} {event.data.id} {event.data['id']}"


def on_known(event: UnwrapWebhookEvent) -> str:
    return event.id


def on_any(event: AnyWebhookEvent) -> str:
    if isinstance(event, UnknownWebhookEvent):
        return event.type
    return on_known(event)


def every_class(event: Union[BatchCompletedWebhookEvent, BatchFailedWebhookEvent]) -> str:
    if event.type == "batch.completed":
        return event.data.id
    if event.type == "batch.failed":
        return event.id
    assert_never(event)
