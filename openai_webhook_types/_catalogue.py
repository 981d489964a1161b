"""The event types: one line names each.

To type checkers the lines below are the union of the classes. At run time they are a table
of names, so that no class is loaded, and nothing of `typing` built, before it is asked for.
"""

from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Dict, Tuple, cast

if TYPE_CHECKING:
    from typing import Union

    from typing_extensions import Annotated

    from .events.agent import *
    from .events.batch import *
    from .events.eval import *
    from .events.fine_tuning import *
    from .events.live import *
    from .events.realtime import *
    from .events.response import *
    from .events.safety import *
    from .events.safety_identifier import *
else:

    class Union:
        def __class_getitem__(cls, item: object) -> object:
            return item

    Annotated = Union

UnwrapWebhookEvent = Union[
    Annotated["AgentEnvironmentExpiredWebhookEvent", "agent.environment.expired"],
    Annotated["AgentEnvironmentFailedWebhookEvent", "agent.environment.failed"],
    Annotated["AgentEnvironmentReadyWebhookEvent", "agent.environment.ready"],
    Annotated["AgentEnvironmentSuspendedWebhookEvent", "agent.environment.suspended"],
    Annotated["AgentSessionActionRequiredWebhookEvent", "agent.session.action_required"],
    Annotated["AgentSessionCreatedWebhookEvent", "agent.session.created"],
    Annotated["AgentSessionFailedWebhookEvent", "agent.session.failed"],
    Annotated["AgentSessionIdleWebhookEvent", "agent.session.idle"],
    Annotated["AgentSessionInProgressWebhookEvent", "agent.session.in_progress"],
    Annotated["BatchCancelledWebhookEvent", "batch.cancelled"],
    Annotated["BatchCompletedWebhookEvent", "batch.completed"],
    Annotated["BatchExpiredWebhookEvent", "batch.expired"],
    Annotated["BatchFailedWebhookEvent", "batch.failed"],
    Annotated["EvalRunCanceledWebhookEvent", "eval.run.canceled"],
    Annotated["EvalRunFailedWebhookEvent", "eval.run.failed"],
    Annotated["EvalRunSucceededWebhookEvent", "eval.run.succeeded"],
    Annotated["FineTuningJobCancelledWebhookEvent", "fine_tuning.job.cancelled"],
    Annotated["FineTuningJobFailedWebhookEvent", "fine_tuning.job.failed"],
    Annotated["FineTuningJobSucceededWebhookEvent", "fine_tuning.job.succeeded"],
    Annotated["LiveCallIncomingWebhookEvent", "live.call.incoming"],
    Annotated["LiveTransportConnectedWebhookEvent", "live.transport.connected"],
    Annotated["LiveTransportIncomingWebhookEvent", "live.transport.incoming"],
    Annotated["RealtimeCallIncomingWebhookEvent", "realtime.call.incoming"],
    Annotated["ResponseCancelledWebhookEvent", "response.cancelled"],
    Annotated["ResponseCompletedWebhookEvent", "response.completed"],
    Annotated["ResponseFailedWebhookEvent", "response.failed"],
    Annotated["ResponseIncompleteWebhookEvent", "response.incomplete"],
    Annotated["SafetyAlertCreatedWebhookEvent", "safety.alert.created"],
    Annotated["SafetyDeactivationIssuedWebhookEvent", "safety.deactivation_issued"],
    Annotated["SafetyOrgAlertCreatedWebhookEvent", "safety.org_alert.created"],
    Annotated["SafetyWarningIssuedWebhookEvent", "safety.warning_issued"],
    Annotated["SafetyIdentifierBlockedWebhookEvent", "safety_identifier.blocked"],
]

_ROWS = cast("Tuple[Tuple[str, str], ...]", UnwrapWebhookEvent)

EVENT_TYPES: Tuple[str, ...] = tuple([event_type for _, event_type in _ROWS])

# Class name by type string, and the module of the family by class name.
CLASS_NAMES: Dict[str, str] = {event_type: name for name, event_type in _ROWS}
MODULES: Dict[str, str] = {
    name: f".events.{event_type.partition('.')[0]}" for name, event_type in _ROWS
}


@lru_cache(maxsize=None)
def event_class(event_type: str) -> Any:
    """Return the class of a known event type, which loads its family.

    Raises:
        ValueError: There is no such type; names those that look like it.
    """
    if event_type not in CLASS_NAMES:
        from difflib import get_close_matches

        close = " or ".join(map(repr, get_close_matches(str(event_type), EVENT_TYPES)))
        hint = f"; did you mean {close}?" if close else ""
        raise ValueError(f"unknown event type {event_type!r}{hint}")
    name = CLASS_NAMES[event_type]
    return getattr(import_module(MODULES[name], __package__), name)
