"""Events about actions against an organization's safety identifiers."""

from dataclasses import dataclass
from typing import Literal

from ._base import IdData, NewerEvent

__all__ = ["SafetyDeactivationIssuedWebhookEvent", "SafetyWarningIssuedWebhookEvent"]


@dataclass(frozen=True, eq=False, repr=False)
class SafetyDeactivationIssuedWebhookEvent(NewerEvent):
    """One of the organization's safety identifiers was deactivated."""

    class Data(IdData):
        """The safety case: pass its `id` to `GET /v1/safety/cases/{id}`."""

    data: Data
    type: Literal["safety.deactivation_issued"]


@dataclass(frozen=True, eq=False, repr=False)
class SafetyWarningIssuedWebhookEvent(NewerEvent):
    """One of the organization's safety identifiers received a warning."""

    class Data(IdData):
        """The safety case: pass its `id` to `GET /v1/safety/cases/{id}`."""

    data: Data
    type: Literal["safety.warning_issued"]
