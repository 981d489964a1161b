"""An application that uses this package as it should: no type checker finds fault with it."""

import copy
import dataclasses
import sys
from typing import (
    Any,
    Dict,
    List,
    Literal,
    Optional,
    Set,
    Tuple,
    Type,
    Union,
    assert_never,
    assert_type,
)

from openai_webhook_types import (
    EVENT_TYPES,
    AgentEnvironmentExpiredWebhookEvent,
    AgentEnvironmentFailedWebhookEvent,
    AgentEnvironmentReadyWebhookEvent,
    AgentEnvironmentSuspendedWebhookEvent,
    AgentSessionActionRequiredWebhookEvent,
    AgentSessionCreatedWebhookEvent,
    AgentSessionFailedWebhookEvent,
    AgentSessionIdleWebhookEvent,
    AgentSessionInProgressWebhookEvent,
    AnyWebhookEvent,
    BatchCancelledWebhookEvent,
    BatchCompletedWebhookEvent,
    BatchExpiredWebhookEvent,
    BatchFailedWebhookEvent,
    DataConnect,
    DataRequiredAction,
    DataSipHeader,
    EvalRunCanceledWebhookEvent,
    EvalRunFailedWebhookEvent,
    EvalRunSucceededWebhookEvent,
    FineTuningJobCancelledWebhookEvent,
    FineTuningJobFailedWebhookEvent,
    FineTuningJobSucceededWebhookEvent,
    InvalidWebhookSignatureError,
    LiveCallIncomingWebhookEvent,  # pyright: ignore[reportDeprecated]
    LiveTransportConnectedWebhookEvent,
    LiveTransportIncomingWebhookEvent,
    RealtimeCallIncomingWebhookEvent,
    ResponseCancelledWebhookEvent,
    ResponseCompletedWebhookEvent,
    ResponseFailedWebhookEvent,
    ResponseIncompleteWebhookEvent,
    SafetyAlertCreatedWebhookEvent,
    SafetyDeactivationIssuedWebhookEvent,
    SafetyIdentifierBlockedWebhookEvent,
    SafetyOrgAlertCreatedWebhookEvent,
    SafetyWarningIssuedWebhookEvent,
    UnknownWebhookEvent,
    UnwrapWebhookEvent,
    ValidationError,
    WebhookEndpoint,
    WebhookEndpointList,
    WebhookEvent,
    event_class,
    parse_event,
    sign,
    unwrap,
    verify_signature,
)
from openai_webhook_types.testing import sample_payload, signed_request


def fields_of_the_older_envelope(event: FineTuningJobFailedWebhookEvent) -> None:
    assert_type(event.id, str)
    assert_type(event.created_at, int)
    assert_type(event.data, FineTuningJobFailedWebhookEvent.Data)
    assert_type(event.data.id, str)
    assert_type(event.type, Literal["fine_tuning.job.failed"])
    assert_type(event.object, Optional[Literal["event"]])


def fields_of_the_newer_envelope(event: SafetyAlertCreatedWebhookEvent) -> None:
    assert_type(event.data, SafetyAlertCreatedWebhookEvent.Data)
    assert_type(event.object, Literal["event"])
    assert_type(event.type, Literal["safety.alert.created"])


def fields_of_calls(event: LiveTransportIncomingWebhookEvent) -> None:
    assert_type(event.data.session_id, str)
    assert_type(event.data.sip_headers, Tuple[DataSipHeader, ...])
    assert_type(event.data.type, Literal["sip"])
    assert_type(event.data.sip_media_security, Union[Literal["rtp", "srtp"], str, None])
    assert_type(event.data.sip_header("From"), Optional[str])
    for header in event.data.sip_headers:
        assert_type(header.name, str)
        assert_type(header.value, str)


def fields_of_sessions(
    created: AgentSessionCreatedWebhookEvent, waiting: AgentSessionActionRequiredWebhookEvent
) -> None:
    assert_type(created.data.connect, Optional[DataConnect])
    assert_type(created.data.environment_id, Optional[str])
    if created.data.connect is not None:
        assert_type(created.data.connect.remote_url, str)
    assert_type(waiting.data.required_action, DataRequiredAction)
    assert_type(
        waiting.data.required_action.type,
        Literal[
            "computer_use_approval_request",
            "mcp_approval_request",
            "function_call",
            "environment_connection",
        ],
    )


def fields_of_an_unknown_event(event: UnknownWebhookEvent) -> None:
    assert_type(event.type, str)
    assert_type(event.data, Any)
    assert_type(event.object, Optional[str])


def making(body: bytes, payload: Dict[str, object]) -> None:
    cls = BatchFailedWebhookEvent
    assert_type(cls.from_dict(payload), BatchFailedWebhookEvent)
    assert_type(cls.from_dict(payload, strict=True), BatchFailedWebhookEvent)
    assert_type(cls.from_json(body), BatchFailedWebhookEvent)
    assert_type(cls.from_json(body.decode()), BatchFailedWebhookEvent)
    assert_type(cls.model_validate(payload), BatchFailedWebhookEvent)
    assert_type(cls.model_validate_json(body, strict=False), BatchFailedWebhookEvent)
    assert_type(cls.model_construct(id="evt_1", later=1), BatchFailedWebhookEvent)
    assert_type(cls.Data.from_dict({"id": "batch_1"}), BatchFailedWebhookEvent.Data)
    assert_type(
        cls("evt_1", 1, cls.Data("batch_1"), "batch.failed"),
        BatchFailedWebhookEvent,
    )
    assert_type(
        cls(id="evt_1", created_at=1, data=cls.Data(id="batch_1"), type="batch.failed"),
        BatchFailedWebhookEvent,
    )


def using(event: ResponseCompletedWebhookEvent) -> None:
    assert_type(event.to_dict(), Dict[str, object])
    assert_type(event.to_dict(mode="json", exclude_unset=False), Dict[str, object])
    assert_type(event.to_json(indent=None), str)
    assert_type(event.model_dump(), Dict[str, Any])
    assert_type(event.model_dump_json(exclude_none=True), str)
    assert_type(event.model_copy(update={"id": "evt_2"}, deep=True), ResponseCompletedWebhookEvent)
    assert_type(event.model_fields_set, Set[str])
    assert_type(event.model_extra, Dict[str, Any])
    assert_type(dataclasses.replace(event, id="evt_2"), ResponseCompletedWebhookEvent)
    assert_type(dataclasses.asdict(event), Dict[str, Any])
    assert_type({event: 1}, Dict[ResponseCompletedWebhookEvent, int])
    if sys.version_info >= (3, 13):
        assert_type(copy.replace(event, id="evt_2"), ResponseCompletedWebhookEvent)


def receiving(body: bytes, headers: Dict[str, str]) -> None:
    assert_type(parse_event(body), UnwrapWebhookEvent)
    assert_type(parse_event(body.decode(), strict=True), UnwrapWebhookEvent)
    assert_type(parse_event({"id": "evt_1"}), UnwrapWebhookEvent)
    assert_type(unwrap(body, headers, secret="whsec_", tolerance=60), UnwrapWebhookEvent)
    narrowed_by_class(unwrap(body, headers))
    assert_type(event_class("batch.failed"), Type[WebhookEvent])
    try:
        assert_type(verify_signature(body, headers, secret=["new", "old"]), str)
    except InvalidWebhookSignatureError as error:
        assert_type(error.reason, str)
        assert_type(error.webhook_id, Optional[str])
    except ValidationError as error:
        assert_type(error.errors(), List[Dict[str, Any]])
        assert_type(error.error_count(), int)
        assert_type(error.title, str)


def sending() -> None:
    assert_type(EVENT_TYPES, Tuple[str, ...])
    assert_type(sign(b"{}", secret="whsec_"), Dict[str, str])
    assert_type(sample_payload("batch.failed"), Dict[str, Any])
    assert_type(signed_request("batch.failed", secret="whsec_"), Tuple[bytes, Dict[str, str]])
    body, headers = signed_request({"id": 5}, secret="whsec_", webhook_id="wh_1", timestamp=1)
    assert_type(body, bytes)
    assert_type(headers, Dict[str, str])


def any_event(event: WebhookEvent) -> str:
    assert_type(event.id, str)
    assert_type(event.created_at, int)
    assert_type(event.type, str)
    return event.to_json()


def narrowed_by_class(event: AnyWebhookEvent) -> str:
    any_event(event)
    if isinstance(event, UnknownWebhookEvent):
        return event.type
    assert_type(event, UnwrapWebhookEvent)
    if isinstance(event, (BatchCompletedWebhookEvent, BatchFailedWebhookEvent)):
        assert_type(event.type, Literal["batch.completed", "batch.failed"])
        return event.data.id
    if isinstance(event, RealtimeCallIncomingWebhookEvent):
        return event.data.call_id
    return event.id


def exhausted_by_literal(
    event: Union[BatchCompletedWebhookEvent, LiveTransportConnectedWebhookEvent],
) -> str:
    if event.type == "batch.completed":
        return event.data.id
    if event.type == "live.transport.connected":
        return event.data.session_id
    assert_never(event)


def narrowed_by_literal_among_unknown_events(event: AnyWebhookEvent) -> None:
    match event.type:
        case "batch.completed":
            assert_type(event, Union[BatchCompletedWebhookEvent, UnknownWebhookEvent])
        case _:
            any_event(event)
    if not isinstance(event, UnknownWebhookEvent) and event.type == "batch.completed":
        assert_type(event, BatchCompletedWebhookEvent)


def endpoint_patterns(page: WebhookEndpointList) -> str:
    match page:
        # In the order of the constructor.
        case WebhookEndpointList(endpoints, True, _, first_id):
            assert_type(endpoints, Tuple[WebhookEndpoint, ...])
            assert_type(first_id, Optional[str])
            return first_id or ""
        case _:
            return page.data[0].url


def exhausted_by_class(event: UnwrapWebhookEvent) -> str:
    match event:
        case (
            AgentEnvironmentExpiredWebhookEvent()
            | AgentEnvironmentFailedWebhookEvent()
            | AgentEnvironmentReadyWebhookEvent()
            | AgentEnvironmentSuspendedWebhookEvent()
        ):
            return event.data.id
        case AgentSessionActionRequiredWebhookEvent(data=data):
            assert_type(data, AgentSessionActionRequiredWebhookEvent.Data)
            return data.required_action.type
        case AgentSessionCreatedWebhookEvent():
            return event.data.environment_type
        case (
            AgentSessionFailedWebhookEvent()
            | AgentSessionIdleWebhookEvent()
            | AgentSessionInProgressWebhookEvent()
        ):
            return event.data.environment_id or event.data.id
        case (
            BatchCancelledWebhookEvent()
            | BatchCompletedWebhookEvent()
            | BatchExpiredWebhookEvent()
            | BatchFailedWebhookEvent()
        ):
            assert_type(
                event.type,
                Literal["batch.cancelled", "batch.completed", "batch.expired", "batch.failed"],
            )
            return event.data.id
        case EvalRunCanceledWebhookEvent(data=EvalRunCanceledWebhookEvent.Data(id=run_id)):
            assert_type(run_id, str)
            return run_id
        case EvalRunFailedWebhookEvent():
            return event.data.id
        case EvalRunSucceededWebhookEvent(event_id, created_at):
            assert_type(event_id, str)
            assert_type(created_at, int)
            return event_id
        case (
            FineTuningJobCancelledWebhookEvent()
            | FineTuningJobFailedWebhookEvent()
            | FineTuningJobSucceededWebhookEvent()
        ):
            return event.data.id
        case (
            LiveCallIncomingWebhookEvent()  # pyright: ignore[reportDeprecated]
            | LiveTransportIncomingWebhookEvent()
        ):
            return event.data.sip_headers[0].value
        case LiveTransportConnectedWebhookEvent():
            return event.data.session_id
        case RealtimeCallIncomingWebhookEvent():
            return event.data.call_id
        case (
            ResponseCancelledWebhookEvent()
            | ResponseCompletedWebhookEvent()
            | ResponseFailedWebhookEvent()
            | ResponseIncompleteWebhookEvent()
        ):
            return event.data.id
        case (
            SafetyAlertCreatedWebhookEvent()
            | SafetyDeactivationIssuedWebhookEvent()
            | SafetyOrgAlertCreatedWebhookEvent()
            | SafetyWarningIssuedWebhookEvent()
        ):
            return event.data.id
        case SafetyIdentifierBlockedWebhookEvent():
            return event.data.safety_identifier
        case _:
            assert_never(event)
