"""Events about model responses that run in the background."""

from dataclasses import dataclass
from typing import Literal

from ._event import Event, IdData


@dataclass(frozen=True, eq=False, repr=False)
class ResponseCancelledWebhookEvent(Event):
    """A background response was cancelled."""

    class Data(IdData):
        """The response, by the `id` that `GET /v1/responses/{response_id}` takes."""

    data: Data
    """The response."""

    type: Literal["response.cancelled"]
    """Always "response.cancelled"."""


@dataclass(frozen=True, eq=False, repr=False)
class ResponseCompletedWebhookEvent(Event):
    """A background response is complete and can be fetched."""

    class Data(IdData):
        """The response, by the `id` that `GET /v1/responses/{response_id}` takes."""

    data: Data
    """The response."""

    type: Literal["response.completed"]
    """Always "response.completed"."""


@dataclass(frozen=True, eq=False, repr=False)
class ResponseFailedWebhookEvent(Event):
    """A background response ended with an error."""

    class Data(IdData):
        """The response, by the `id` that `GET /v1/responses/{response_id}` takes."""

    data: Data
    """The response."""

    type: Literal["response.failed"]
    """Always "response.failed"."""


@dataclass(frozen=True, eq=False, repr=False)
class ResponseIncompleteWebhookEvent(Event):
    """A background response stopped early, for example at its token limit."""

    class Data(IdData):
        """The response, by the `id` that `GET /v1/responses/{response_id}` takes."""

    data: Data
    """The response."""

    type: Literal["response.incomplete"]
    """Always "response.incomplete"."""
