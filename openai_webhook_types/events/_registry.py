"""The known event types and their classes, which load on first use."""

from typing import Any, Dict, Optional, Tuple

__all__ = ["CLASSES", "EVENT_CLASSES", "EVENT_TYPES", "module_of", "type_of"]

EVENT_CLASSES: Dict[str, str] = {
    "agent.environment.expired": "AgentEnvironmentExpiredWebhookEvent",
    "agent.environment.failed": "AgentEnvironmentFailedWebhookEvent",
    "agent.environment.ready": "AgentEnvironmentReadyWebhookEvent",
    "agent.environment.suspended": "AgentEnvironmentSuspendedWebhookEvent",
    "agent.session.action_required": "AgentSessionActionRequiredWebhookEvent",
    "agent.session.created": "AgentSessionCreatedWebhookEvent",
    "agent.session.failed": "AgentSessionFailedWebhookEvent",
    "agent.session.idle": "AgentSessionIdleWebhookEvent",
    "agent.session.in_progress": "AgentSessionInProgressWebhookEvent",
    "batch.cancelled": "BatchCancelledWebhookEvent",
    "batch.completed": "BatchCompletedWebhookEvent",
    "batch.expired": "BatchExpiredWebhookEvent",
    "batch.failed": "BatchFailedWebhookEvent",
    "eval.run.canceled": "EvalRunCanceledWebhookEvent",
    "eval.run.failed": "EvalRunFailedWebhookEvent",
    "eval.run.succeeded": "EvalRunSucceededWebhookEvent",
    "fine_tuning.job.cancelled": "FineTuningJobCancelledWebhookEvent",
    "fine_tuning.job.failed": "FineTuningJobFailedWebhookEvent",
    "fine_tuning.job.succeeded": "FineTuningJobSucceededWebhookEvent",
    "live.call.incoming": "LiveCallIncomingWebhookEvent",
    "live.transport.connected": "LiveTransportConnectedWebhookEvent",
    "live.transport.incoming": "LiveTransportIncomingWebhookEvent",
    "realtime.call.incoming": "RealtimeCallIncomingWebhookEvent",
    "response.cancelled": "ResponseCancelledWebhookEvent",
    "response.completed": "ResponseCompletedWebhookEvent",
    "response.failed": "ResponseFailedWebhookEvent",
    "response.incomplete": "ResponseIncompleteWebhookEvent",
    "safety.alert.created": "SafetyAlertCreatedWebhookEvent",
    "safety.deactivation_issued": "SafetyDeactivationIssuedWebhookEvent",
    "safety.org_alert.created": "SafetyOrgAlertCreatedWebhookEvent",
    "safety.warning_issued": "SafetyWarningIssuedWebhookEvent",
    "safety_identifier.blocked": "SafetyIdentifierBlockedWebhookEvent",
}

EVENT_TYPES: Tuple[str, ...] = tuple(EVENT_CLASSES)

_TYPES = {name: event_type for event_type, name in EVENT_CLASSES.items()}


def type_of(name: str) -> str:
    """Return the event type of a class of this package.

    Raises:
        TypeError: The class is not registered.
    """
    if name not in _TYPES:
        raise TypeError(f"{name} has no event type: add it to EVENT_CLASSES in events/_registry.py")
    return _TYPES[name]


def module_of(event_type: str) -> str:
    """Return the name, relative to `events`, of the module that has the class of an event type.

    Event types that differ only in their last part share a module.
    """
    return "." + event_type.rpartition(".")[0].replace(".", "_")


class _Classes(Dict[str, Any]):
    """The class of each event type, or `UnknownWebhookEvent`. Each loads on first use.

    It loads as `_model/later.py` describes.
    """

    # Not under its type: then senders could let the dict grow with types that they make up.
    _unknown: Any = None

    def __missing__(self, event_type: Optional[str]) -> Any:
        if event_type in EVENT_CLASSES:
            module, name = module_of(event_type)[1:], EVENT_CLASSES[event_type]
            cls = getattr(__import__(module, globals(), None, [name], 1), name)
            return self.setdefault(event_type, cls)
        if self._unknown is None:
            name = "UnknownWebhookEvent"
            self._unknown = getattr(__import__("unknown", globals(), None, [name], 1), name)
        return self._unknown


CLASSES = _Classes()
