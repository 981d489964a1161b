"""Mistakes, each under the rules by which mypy and pyright must find it, and nothing else."""

from typing import Tuple, Union, assert_never

from openai_webhook_types import (
    AnyWebhookEvent,
    BatchCompletedWebhookEvent,
    BatchFailedWebhookEvent,
    RealtimeCallIncomingWebhookEvent,
    UnwrapWebhookEvent,
    WebhookEndpoint,
    event_class,
    parse_event,
    sign,
    unwrap,
)
from openai_webhook_types.testing import sample_payload, signed_request

# Wrong: mypy [attr-defined], pyright reportAttributeAccessIssue
from openai_webhook_types import BatchFaildWebhookEvent


def fields(event: BatchFailedWebhookEvent, call: RealtimeCallIncomingWebhookEvent) -> None:
    # Wrong: mypy [attr-defined], pyright reportAttributeAccessIssue
    print(event.ident)
    # Wrong: mypy [attr-defined], pyright reportAttributeAccessIssue
    print(event.data.ident)
    # Wrong: mypy [attr-defined], pyright reportAttributeAccessIssue
    print(event.later)
    # Wrong: mypy [index], pyright reportIndexIssue
    print(event["id"])
    # Wrong: mypy [index], pyright reportIndexIssue
    print(event.data["id"])
    # Wrong: mypy [operator], pyright reportOperatorIssue
    print(event.id + 1)
    # Wrong: mypy [attr-defined], pyright reportAttributeAccessIssue
    print(call.data.sip_headers.from_)
    # Wrong: mypy [attr-defined], pyright reportAttributeAccessIssue
    print(call.data.sip_headers[0].key)
    # Wrong: mypy [union-attr], pyright reportOptionalMemberAccess
    print(call.data.sip_media_security.upper())


def frozen(event: BatchFailedWebhookEvent, call: RealtimeCallIncomingWebhookEvent) -> None:
    # Wrong: mypy [misc], pyright reportAttributeAccessIssue
    event.id = "evt_2"
    # Wrong: mypy [misc], pyright reportAttributeAccessIssue
    event.data.id = "batch_2"
    # Wrong: mypy [attr-defined], pyright reportAttributeAccessIssue
    event.later = 1
    # Wrong: mypy [index], pyright reportIndexIssue
    call.data.sip_headers[0] = call.data.sip_headers[1]
    # Wrong: mypy [attr-defined], pyright reportAttributeAccessIssue
    call.data.sip_headers.append(call.data.sip_headers[0])


def made(completed: BatchCompletedWebhookEvent) -> None:
    cls = BatchFailedWebhookEvent
    # Wrong: mypy [call-arg], pyright reportCallIssue
    cls("evt_1", 1, cls.Data("batch_1"))
    # Wrong: mypy [arg-type], pyright reportArgumentType
    cls("evt_1", "now", cls.Data("batch_1"), "batch.failed")
    # Wrong: mypy [arg-type], pyright reportArgumentType
    cls("evt_1", 1, cls.Data("batch_1"), "batch.completed")
    # Wrong: mypy [arg-type], pyright reportArgumentType
    cls("evt_1", 1, completed.data, "batch.failed")
    # Wrong: mypy [arg-type], pyright reportArgumentType
    cls("evt_1", 1, {"id": "batch_1"}, "batch.failed")
    # Wrong: mypy [call-arg], pyright reportCallIssue
    cls.Data(ident="batch_1")
    # Wrong: mypy [arg-type], pyright reportArgumentType
    cls.from_json({"id": "evt_1"})
    # Wrong: mypy [call-arg], pyright reportCallIssue
    cls.from_dict({}, True)
    # Wrong: mypy [call-arg], pyright reportCallIssue
    cls.model_validate({}, mode="strict")
    # Wrong: mypy [assignment], pyright reportAssignmentType
    failed: BatchFailedWebhookEvent = BatchCompletedWebhookEvent.from_dict({})
    # Wrong: mypy [arg-type], pyright reportArgumentType
    failed.to_dict(mode="yaml")
    # Wrong: mypy [call-arg], pyright reportCallIssue
    failed.to_json(by_alias=True)
    # Wrong: mypy [call-arg], pyright reportCallIssue
    failed.model_copy({"id": "evt_2"})


def called(body: bytes) -> None:
    # Wrong: mypy [arg-type], pyright reportArgumentType
    parse_event(5)
    # Wrong: mypy [call-arg], pyright reportCallIssue
    unwrap(body)
    # Wrong: mypy [call-arg], pyright reportCallIssue
    unwrap(body, {}, "whsec_")
    # Wrong: mypy [arg-type], pyright reportArgumentType
    unwrap({"type": "batch.failed"}, {})
    # Wrong: mypy [arg-type], pyright reportArgumentType
    sign(body, secret=5)
    # Wrong: mypy [arg-type], pyright reportArgumentType
    event_class(BatchFailedWebhookEvent)
    # Wrong: mypy [arg-type], pyright reportArgumentType
    sample_payload(BatchFailedWebhookEvent)
    # Wrong: mypy [call-arg], pyright reportCallIssue
    signed_request("batch.failed")


def not_narrowed(event: UnwrapWebhookEvent, either: AnyWebhookEvent) -> None:
    # Wrong: mypy [union-attr], pyright reportAttributeAccessIssue
    print(event.data.id)
    # Wrong: mypy [union-attr], pyright reportAttributeAccessIssue
    print(event.data.call_id)
    # Wrong: mypy [union-attr], pyright reportAttributeAccessIssue
    print(either.data.session_id)
    # Wrong: mypy [assignment], pyright reportAssignmentType
    known: UnwrapWebhookEvent = either
    # Wrong: mypy [comparison-overlap], pyright reportUnnecessaryComparison
    if known.type == "batch.complete":
        print(known)


def wrongly_narrowed(event: Union[BatchCompletedWebhookEvent, BatchFailedWebhookEvent]) -> str:
    if event.type == "batch.completed":
        # Wrong: mypy [assignment], pyright reportAssignmentType
        failed: BatchFailedWebhookEvent = event
        return failed.id
    # Wrong: mypy [comparison-overlap], pyright reportUnnecessaryComparison
    if event.type == "batch.cancelled":
        return "cancelled"
    return event.id


def forgotten_by_class(event: Union[BatchCompletedWebhookEvent, BatchFailedWebhookEvent]) -> str:
    match event:
        # Wrong: mypy [misc], pyright reportGeneralTypeIssues
        case BatchCompletedWebhookEvent(_, _, _, _, _, _):
            return "more"
        case BatchCompletedWebhookEvent():
            return "completed"
        case _:
            # Wrong: mypy [arg-type], pyright reportArgumentType
            assert_never(event)


def endpoint_patterns(endpoint: WebhookEndpoint) -> Tuple[int, ...]:
    match endpoint:
        # Wrong: mypy [misc], pyright reportGeneralTypeIssues
        case WebhookEndpoint(_, _, _, _, _, _, _, _, _):
            return ()
        case _:
            return (1,)


def forgotten_by_literal(event: Union[BatchCompletedWebhookEvent, BatchFailedWebhookEvent]) -> str:
    if event.type == "batch.completed":
        return "completed"
    # Wrong: mypy [arg-type], pyright reportArgumentType
    assert_never(event)


def forgotten_among_all(event: UnwrapWebhookEvent) -> str:
    if isinstance(event, BatchCompletedWebhookEvent):
        return "completed"
    # Wrong: mypy [arg-type], pyright reportArgumentType
    assert_never(event)
