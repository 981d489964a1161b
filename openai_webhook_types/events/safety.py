"""Events about safety findings in an organization's use of the API."""

from dataclasses import dataclass
from typing import Literal

from ._event import IdData, NewerEvent


@dataclass(frozen=True, eq=False, repr=False)
class SafetyAlertCreatedWebhookEvent(NewerEvent):
    """A safety alert was approved and is there to be read by an API project.

    `data` is the alert, by the `id` that `GET /v1/safety/alerts/{id}` takes.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The alert, by the `id` that `GET /v1/safety/alerts/{id}` takes."""

    data: Data
    """The alert."""

    type: Literal["safety.alert.created"]
    """Always "safety.alert.created"."""


@dataclass(frozen=True, eq=False, repr=False)
class SafetyDeactivationIssuedWebhookEvent(NewerEvent):
    """One of the organization's safety identifiers was deactivated.

    `data` is the safety case, by the `id` that `GET /v1/safety/cases/{id}` takes.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The safety case, by the `id` that `GET /v1/safety/cases/{id}` takes."""

    data: Data
    """The case."""

    type: Literal["safety.deactivation_issued"]
    """Always "safety.deactivation_issued"."""


@dataclass(frozen=True, eq=False, repr=False)
class SafetyOrgAlertCreatedWebhookEvent(NewerEvent):
    """A safety alert was approved and is there to be read by an enterprise workspace.

    `data` is the alert, by the `id` that `GET /v1/safety/alerts/{id}` takes.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The alert, by the `id` that `GET /v1/safety/alerts/{id}` takes."""

    data: Data
    """The alert."""

    type: Literal["safety.org_alert.created"]
    """Always "safety.org_alert.created"."""


@dataclass(frozen=True, eq=False, repr=False)
class SafetyWarningIssuedWebhookEvent(NewerEvent):
    """One of the organization's safety identifiers was given a warning.

    `data` is the safety case, by the `id` that `GET /v1/safety/cases/{id}` takes.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The safety case, by the `id` that `GET /v1/safety/cases/{id}` takes."""

    data: Data
    """The case."""

    type: Literal["safety.warning_issued"]
    """Always "safety.warning_issued"."""
