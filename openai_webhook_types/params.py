"""What the API of webhook endpoints is asked with: the shapes of its requests.

For type checkers, and for code that looks at `__required_keys__` and `__optional_keys__`. They
are dicts, which nothing validates here. The keys are those of openai 3.54.0.
"""

from typing import Any, List, Literal, Optional, TypedDict

__all__ = [
    "WebhookCreateParams",
    "WebhookListParams",
    "WebhookRotateSecretParams",
    "WebhookTestParams",
    "WebhookUpdateParams",
]

# Fewer than the types that there are events of, and with two that no event is published for.
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
    """An endpoint to be: `POST /v1/webhook_endpoints`."""

    event_types: List[_EventType]
    """The types of the events to send it."""

    name: str
    """What people shall call it."""

    url: str
    """Where to send events: an HTTPS URL."""


class WebhookUpdateParams(TypedDict, total=False):
    """What of an endpoint to change: `POST /v1/webhook_endpoints/{webhook_endpoint_id}`."""

    event_types: List[_EventType]
    """The types of the events to send it: all of them, those of before included."""

    name: str
    """What people shall call it."""

    url: str
    """Where to send events: an HTTPS URL."""


class WebhookListParams(TypedDict, total=False):
    """Which page of endpoints to get: `GET /v1/webhook_endpoints`."""

    after: Optional[str]
    """ID of the last endpoint of the page before: `last_id` there."""

    limit: int
    """How many endpoints a page may have: 20 unless given."""


class WebhookRotateSecretParams(TypedDict, total=False):
    """How to replace a secret: `POST /v1/webhook_endpoints/{webhook_endpoint_id}/rotate_secret`."""

    keep_old_secret_active_for_24_hours: bool
    """Whether the old secret stays valid for a day: it stops at once unless this is true."""


class WebhookTestParams(TypedDict):
    """What sample to send: `POST /v1/webhook_endpoints/{webhook_endpoint_id}/test`."""

    event_type: _EventType
    """The type of the sample event."""


# TypedDict sets these itself, but not yet in Python 3.8.
_params: Any
for _params in (
    WebhookCreateParams,
    WebhookUpdateParams,
    WebhookListParams,
    WebhookRotateSecretParams,
    WebhookTestParams,
):
    _keys, _total = frozenset(_params.__annotations__), _params.__total__
    _params.__required_keys__ = _keys if _total else frozenset()
    _params.__optional_keys__ = frozenset() if _total else _keys
