"""Events about model responses that run in the background."""

from dataclasses import dataclass
from typing import Literal

from ._event import Event, IdData


@dataclass(frozen=True, eq=False, repr=False)
class ResponseCancelledWebhookEvent(Event):
    """A background response was cancelled.

    `data` is the response, by the `id` that `GET /v1/responses/{response_id}` takes.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The response, by the `id` that `GET /v1/responses/{response_id}` takes."""

    data: Data
    """The response."""

    type: Literal["response.cancelled"]
    """Always "response.cancelled"."""


@dataclass(frozen=True, eq=False, repr=False)
class ResponseCompletedWebhookEvent(Event):
    """A background response is complete and can be fetched.

    `data` is the response, by the `id` that `GET /v1/responses/{response_id}` takes.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The response, by the `id` that `GET /v1/responses/{response_id}` takes."""

    data: Data
    """The response."""

    type: Literal["response.completed"]
    """Always "response.completed"."""


@dataclass(frozen=True, eq=False, repr=False)
class ResponseFailedWebhookEvent(Event):
    """A background response ended with an error.

    `data` is the response, by the `id` that `GET /v1/responses/{response_id}` takes.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The response, by the `id` that `GET /v1/responses/{response_id}` takes."""

    data: Data
    """The response."""

    type: Literal["response.failed"]
    """Always "response.failed"."""


@dataclass(frozen=True, eq=False, repr=False)
class ResponseIncompleteWebhookEvent(Event):
    """A background response stopped early, for example at its token limit.

    `data` is the response, by the `id` that `GET /v1/responses/{response_id}` takes.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    class Data(IdData):
        """The response, by the `id` that `GET /v1/responses/{response_id}` takes."""

    data: Data
    """The response."""

    type: Literal["response.incomplete"]
    """Always "response.incomplete"."""
