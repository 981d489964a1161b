# ty: ignore[deprecated]
"""The unions of all events, for annotations. Importing them loads every event type."""

import sys
from typing import Union

from . import (
    agent_environment,
    agent_session,
    batch,
    eval_run,
    fine_tuning_job,
    live_call,
    live_transport,
    realtime_call,
    response,
    safety,
    safety_alert,
    safety_identifier,
    safety_org_alert,
)
from ._base import WebhookEvent
from .unknown import UnknownWebhookEvent

__all__ = ["AnyWebhookEvent", "UnwrapWebhookEvent"]

UnwrapWebhookEvent = Union[
    agent_environment.AgentEnvironmentExpiredWebhookEvent,
    agent_environment.AgentEnvironmentFailedWebhookEvent,
    agent_environment.AgentEnvironmentReadyWebhookEvent,
    agent_environment.AgentEnvironmentSuspendedWebhookEvent,
    agent_session.AgentSessionActionRequiredWebhookEvent,
    agent_session.AgentSessionCreatedWebhookEvent,
    agent_session.AgentSessionFailedWebhookEvent,
    agent_session.AgentSessionIdleWebhookEvent,
    agent_session.AgentSessionInProgressWebhookEvent,
    batch.BatchCancelledWebhookEvent,
    batch.BatchCompletedWebhookEvent,
    batch.BatchExpiredWebhookEvent,
    batch.BatchFailedWebhookEvent,
    eval_run.EvalRunCanceledWebhookEvent,
    eval_run.EvalRunFailedWebhookEvent,
    eval_run.EvalRunSucceededWebhookEvent,
    fine_tuning_job.FineTuningJobCancelledWebhookEvent,
    fine_tuning_job.FineTuningJobFailedWebhookEvent,
    fine_tuning_job.FineTuningJobSucceededWebhookEvent,
    live_call.LiveCallIncomingWebhookEvent,  # pyrefly: ignore[deprecated]
    live_transport.LiveTransportConnectedWebhookEvent,
    live_transport.LiveTransportIncomingWebhookEvent,
    realtime_call.RealtimeCallIncomingWebhookEvent,
    response.ResponseCancelledWebhookEvent,
    response.ResponseCompletedWebhookEvent,
    response.ResponseFailedWebhookEvent,
    response.ResponseIncompleteWebhookEvent,
    safety_alert.SafetyAlertCreatedWebhookEvent,
    safety.SafetyDeactivationIssuedWebhookEvent,
    safety_org_alert.SafetyOrgAlertCreatedWebhookEvent,
    safety.SafetyWarningIssuedWebhookEvent,
    safety_identifier.SafetyIdentifierBlockedWebhookEvent,
]
"""An event of any known type."""

KnownOrUnknown = Union[UnwrapWebhookEvent, UnknownWebhookEvent]

if sys.version_info >= (3, 9):
    from typing import Annotated

    # As metadata, `WebhookEvent` makes Pydantic choose by `type`, rather than try each class.
    AnyWebhookEvent = Annotated[KnownOrUnknown, WebhookEvent]
    """An event of a known or an unknown type: what `parse_event` and `unwrap` return."""
else:  # pragma: no cover
    AnyWebhookEvent = KnownOrUnknown
