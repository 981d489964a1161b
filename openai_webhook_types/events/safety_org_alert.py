"""The event about safety alerts for an enterprise workspace."""

from dataclasses import dataclass
from typing import Literal

from ._base import IdData, NewerEvent

__all__ = ["SafetyOrgAlertCreatedWebhookEvent"]


@dataclass(frozen=True, eq=False, repr=False)
class SafetyOrgAlertCreatedWebhookEvent(NewerEvent):
    """A safety alert was approved, and an enterprise workspace can read it."""

    class Data(IdData):
        """The alert: pass its `id` to `GET /v1/safety/alerts/{id}`."""

    data: Data
    type: Literal["safety.org_alert.created"]
