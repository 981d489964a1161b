"""Events about model responses that run in the background."""

from dataclasses import dataclass
from typing import Literal

from ._base import Event, IdData

__all__ = [
    "ResponseCancelledWebhookEvent",
    "ResponseCompletedWebhookEvent",
    "ResponseFailedWebhookEvent",
    "ResponseIncompleteWebhookEvent",
]


@dataclass(frozen=True, eq=False, repr=False)
class ResponseCancelledWebhookEvent(Event):
    """A background response was cancelled."""

    class Data(IdData):
        """The response: pass its `id` to `GET /v1/responses/{response_id}`."""

    data: Data
    type: Literal["response.cancelled"]


@dataclass(frozen=True, eq=False, repr=False)
class ResponseCompletedWebhookEvent(Event):
    """A background response completed: it can be retrieved."""

    class Data(IdData):
        """The response: pass its `id` to `GET /v1/responses/{response_id}`."""

    data: Data
    type: Literal["response.completed"]


@dataclass(frozen=True, eq=False, repr=False)
class ResponseFailedWebhookEvent(Event):
    """A background response failed."""

    class Data(IdData):
        """The response: pass its `id` to `GET /v1/responses/{response_id}`."""

    data: Data
    type: Literal["response.failed"]


@dataclass(frozen=True, eq=False, repr=False)
class ResponseIncompleteWebhookEvent(Event):
    """A background response ended early, for example at its token limit."""

    class Data(IdData):
        """The response: pass its `id` to `GET /v1/responses/{response_id}`."""

    data: Data
    type: Literal["response.incomplete"]
