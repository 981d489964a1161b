"""The unions of all events, for annotations. To import them loads every event type."""

import sys
from typing import Union

from ._base import WebhookEvent
from .agent_environment import *
from .agent_session import *
from .batch import *
from .eval_run import *
from .fine_tuning_job import *
from .live_call import *
from .live_transport import *
from .realtime_call import *
from .response import *
from .safety import *
from .safety_alert import *
from .safety_identifier import *
from .safety_org_alert import *
from .unknown import UnknownWebhookEvent

__all__ = ["AnyWebhookEvent", "UnwrapWebhookEvent"]

UnwrapWebhookEvent = Union[
    AgentEnvironmentExpiredWebhookEvent,
    AgentEnvironmentFailedWebhookEvent,
    AgentEnvironmentReadyWebhookEvent,
    AgentEnvironmentSuspendedWebhookEvent,
    AgentSessionActionRequiredWebhookEvent,
    AgentSessionCreatedWebhookEvent,
    AgentSessionFailedWebhookEvent,
    AgentSessionIdleWebhookEvent,
    AgentSessionInProgressWebhookEvent,
    BatchCancelledWebhookEvent,
    BatchCompletedWebhookEvent,
    BatchExpiredWebhookEvent,
    BatchFailedWebhookEvent,
    EvalRunCanceledWebhookEvent,
    EvalRunFailedWebhookEvent,
    EvalRunSucceededWebhookEvent,
    FineTuningJobCancelledWebhookEvent,
    FineTuningJobFailedWebhookEvent,
    FineTuningJobSucceededWebhookEvent,
    LiveCallIncomingWebhookEvent,
    LiveTransportConnectedWebhookEvent,
    LiveTransportIncomingWebhookEvent,
    RealtimeCallIncomingWebhookEvent,
    ResponseCancelledWebhookEvent,
    ResponseCompletedWebhookEvent,
    ResponseFailedWebhookEvent,
    ResponseIncompleteWebhookEvent,
    SafetyAlertCreatedWebhookEvent,
    SafetyDeactivationIssuedWebhookEvent,
    SafetyOrgAlertCreatedWebhookEvent,
    SafetyWarningIssuedWebhookEvent,
    SafetyIdentifierBlockedWebhookEvent,
]
"""An event of any known type."""

if sys.version_info >= (3, 9):
    from typing import Annotated

    # The class makes Pydantic choose by `type`: no invalid event may pass as an unknown one.
    AnyWebhookEvent = Annotated[Union[UnwrapWebhookEvent, UnknownWebhookEvent], WebhookEvent]
    """An event of a known or an unknown type: what `parse_event` and `unwrap` return."""
else:
    AnyWebhookEvent = Union[UnwrapWebhookEvent, UnknownWebhookEvent]
