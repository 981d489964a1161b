"""The event about safety alerts for an API project."""

from dataclasses import dataclass
from typing import Literal

from ._base import IdData, NewerEvent

__all__ = ["SafetyAlertCreatedWebhookEvent"]


@dataclass(frozen=True, eq=False, repr=False)
class SafetyAlertCreatedWebhookEvent(NewerEvent):
    """A safety alert was approved, and an API project can read it."""

    class Data(IdData):
        """The alert: pass its `id` to `GET /v1/safety/alerts/{id}`."""

    data: Data
    type: Literal["safety.alert.created"]
