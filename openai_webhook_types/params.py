"""The parameters of the webhook endpoints API, as `TypedDict`s with the keys of openai 3.57.0.

They are for type checkers, and for code that reads `__required_keys__` and `__optional_keys__`.
This package does not validate them.
"""

from typing import Any, List, Literal, Optional, TypedDict

__all__ = [
    "WebhookCreateParams",
    "WebhookListParams",
    "WebhookRotateSecretParams",
    "WebhookTestParams",
    "WebhookUpdateParams",
]

# Not every event type can be subscribed to. For two of these, `video.completed` and
# `video.failed`, the SDK has no event.
_EventType = Literal[
    "batch.completed",
    "batch.failed",
    "batch.expired",
    "batch.cancelled",
    "response.completed",
    "response.failed",
    "response.cancelled",
    "response.incomplete",
    "eval.run.succeeded",
    "eval.run.failed",
    "eval.run.canceled",
    "fine_tuning.job.succeeded",
    "fine_tuning.job.failed",
    "fine_tuning.job.cancelled",
    "realtime.call.incoming",
    "video.completed",
    "video.failed",
    "agent.environment.ready",
    "agent.environment.failed",
    "agent.environment.suspended",
    "agent.environment.expired",
    "agent.session.created",
    "agent.session.action_required",
    "agent.session.in_progress",
    "agent.session.idle",
    "agent.session.failed",
    "safety.alert.created",
]


class WebhookCreateParams(TypedDict):
    """A new endpoint: `POST /v1/webhook_endpoints`."""

    event_types: List[_EventType]
    """The types of the events to send to it."""

    name: str
    """The display name."""

    url: str
    """The HTTPS URL to send events to."""


class WebhookUpdateParams(TypedDict, total=False):
    """The changes to an endpoint: `POST /v1/webhook_endpoints/{webhook_endpoint_id}`."""

    event_types: List[_EventType]
    """All types of the events to send to it. This list replaces the previous one."""

    name: str
    """The display name."""

    url: str
    """The HTTPS URL to send events to."""


class WebhookListParams(TypedDict, total=False):
    """The page of endpoints to list: `GET /v1/webhook_endpoints`."""

    after: Optional[str]
    """ID of the last endpoint of the previous page: its `last_id`."""

    limit: int
    """The maximum number of endpoints on a page, 20 by default."""


class WebhookRotateSecretParams(TypedDict, total=False):
    """How to replace a secret: `POST /v1/webhook_endpoints/{webhook_endpoint_id}/rotate_secret`."""

    keep_old_secret_active_for_24_hours: bool
    """Whether the old secret stays valid for a day; otherwise it stops working at once."""


class WebhookTestParams(TypedDict):
    """The sample event to send: `POST /v1/webhook_endpoints/{webhook_endpoint_id}/test`."""

    event_type: _EventType
    """The type of the sample event."""


# TypedDict sets these itself from Python 3.9 on. Code that checks its arguments reads them. For
# `__total__` as an attribute, pylint finds fault with a vendored copy.
_params: Any
for _params in (
    WebhookCreateParams,
    WebhookUpdateParams,
    WebhookListParams,
    WebhookRotateSecretParams,
    WebhookTestParams,
):
    _keys, _total = frozenset(_params.__annotations__), vars(_params)["__total__"]
    _params.__required_keys__ = _keys if _total else frozenset()
    _params.__optional_keys__ = frozenset() if _total else _keys
