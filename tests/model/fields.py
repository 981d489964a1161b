"""Fields of every kind, each with a payload to put values in."""

from typing import Any, Dict, NamedTuple

import pytest

from openai_webhook_types import (
    AgentSessionActionRequiredWebhookEvent,
    AgentSessionCreatedWebhookEvent,
    DataRequiredAction,
    DataSipHeader,
    DeletedWebhookEndpoint,
    FineTuningJobFailedWebhookEvent,
    LiveTransportConnectedWebhookEvent,
    RealtimeCallIncomingWebhookEvent,
    SafetyAlertCreatedWebhookEvent,
    SafetyIdentifierBlockedWebhookEvent,
    UnknownWebhookEvent,
    WebhookEndpoint,
    WebhookEndpointList,
    WebhookEndpointTestResult,
    WebhookEventTypeList,
)
from tests.values import (
    CALL,
    DELETED,
    ENDPOINT,
    FAILED,
    PAGE,
    SAMPLES,
    SESSION,
    TEST_RESULT,
    TYPE_LIST,
    UNKNOWN,
    error_of,
)


class Field(NamedTuple):
    """A field of a type, with a payload to put its value in."""

    cls: Any
    payload: Dict[str, Any]
    name: str

    def read(self, value, **options):
        """Return what becomes of a value."""
        return getattr(self.cls.from_dict({**self.payload, self.name: value}, **options), self.name)

    def problem(self, value, **options):
        """Return the type of the one problem that a value has."""
        (problem,) = error_of(
            self.cls.from_dict, {**self.payload, self.name: value}, **options
        ).errors()
        assert problem["loc"] == (self.name,)
        return problem["type"]


def each(*fields):
    ids = [f"{field.cls.__qualname__}.{field.name}" for field in fields]
    return pytest.mark.parametrize("field", fields, ids=ids)


# Fields of every kind: of the envelopes, of objects in them, and of endpoints.
CALL_DATA = (RealtimeCallIncomingWebhookEvent.Data, CALL["data"])
SESSION_DATA = (AgentSessionCreatedWebhookEvent.Data, SESSION["data"])
INTEGERS = (
    Field(FineTuningJobFailedWebhookEvent, FAILED, "created_at"),
    Field(UnknownWebhookEvent, UNKNOWN, "created_at"),
    Field(WebhookEndpointTestResult, TEST_RESULT, "status_code"),
)
OPTIONAL_INTEGERS = (Field(WebhookEndpoint, ENDPOINT, "updated_at"),)
STRINGS = (
    Field(FineTuningJobFailedWebhookEvent, FAILED, "id"),
    Field(FineTuningJobFailedWebhookEvent.Data, FAILED["data"], "id"),
    Field(DataSipHeader, {"name": "n", "value": "v"}, "value"),
    Field(UnknownWebhookEvent, UNKNOWN, "type"),
    Field(WebhookEndpoint, ENDPOINT, "url"),
)
OPTIONAL_STRINGS = (
    Field(*SESSION_DATA, "environment_id"),
    Field(
        SafetyIdentifierBlockedWebhookEvent.Data,
        SAMPLES["safety_identifier.blocked"]["data"],
        "model",
    ),
    Field(UnknownWebhookEvent, UNKNOWN, "object"),
    Field(WebhookEndpointList, PAGE, "first_id"),
)
BOOLEANS = (
    Field(DeletedWebhookEndpoint, DELETED, "deleted"),
    Field(WebhookEndpointList, PAGE, "has_more"),
)
LITERALS = (
    Field(FineTuningJobFailedWebhookEvent, FAILED, "type"),
    Field(SafetyAlertCreatedWebhookEvent, {**FAILED, "type": "safety.alert.created"}, "object"),
    Field(
        LiveTransportConnectedWebhookEvent.Data,
        SAMPLES["live.transport.connected"]["data"],
        "type",
    ),
    Field(DataRequiredAction, {"type": "function_call"}, "type"),
    Field(WebhookEventTypeList, TYPE_LIST, "object"),
)
OPTIONAL_LITERALS = (Field(FineTuningJobFailedWebhookEvent, FAILED, "object"),)
OBJECT_LISTS = (
    Field(*CALL_DATA, "sip_headers"),
    Field(WebhookEndpointList, PAGE, "data"),
)
STRING_LISTS = (
    Field(WebhookEventTypeList, TYPE_LIST, "data"),
    Field(WebhookEndpoint, ENDPOINT, "event_types"),
)
OBJECTS = (
    Field(FineTuningJobFailedWebhookEvent, FAILED, "data"),
    Field(AgentSessionActionRequiredWebhookEvent.Data, {"id": "s"}, "required_action"),
)
OPTIONAL_OBJECTS = (Field(*SESSION_DATA, "connect"),)
