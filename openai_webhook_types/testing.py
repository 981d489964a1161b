"""Payloads and signed requests, for the tests of a webhook handler."""

import json
from typing import (
    TYPE_CHECKING,
    Any,
    Dict,
    Literal,
    Mapping,
    Optional,
    Tuple,
    Type,
    Union,
    get_args,
    get_origin,
)

from ._model.hints import field_hints, members
from ._model.later import later
from ._model.model import Model
from .events._base import WebhookEvent
from .parsing import event_class

if TYPE_CHECKING:
    from . import signature
else:
    (signature,) = later(globals(), ".signature")

__all__ = ["sample_payload", "signed_request"]

# 2026-01-01 00:00:00 UTC.
_CREATED_AT = 1767225600
# The part of every ID after its prefix.
_UNIQUE = "68af2c5e9d7481a0b3f6"
# The prefix of the ID in `data`, by the event type without its last part. For other types, it is
# the last word of that: "batch.completed" is about a "batch_…".
_PREFIXES = {
    "eval.run": "evalrun_",
    "fine_tuning.job": "ftjob-",
    "response": "resp_",
    "safety": "case_",
    "safety.org_alert": "alert_",
}


def sample_payload(type: str) -> Dict[str, Any]:
    """Return a valid payload of an event type, with every field.

    Each call returns an equal payload in a new dict, which the caller may change.

    Args:
        type: One of `EVENT_TYPES`, such as "batch.completed".

    Raises:
        ValueError: The event type is unknown.
    """
    return {**_object(event_class(type), _examples(type)), "id": "evt_" + _UNIQUE}


def signed_request(
    type_or_payload: Union[str, Mapping[str, Any], WebhookEvent],
    *,
    secret: str,
    webhook_id: Optional[str] = None,
    timestamp: Optional[int] = None,
) -> Tuple[bytes, Dict[str, str]]:
    """Return the body and the headers of a request that `unwrap` accepts.

    Args:
        type_or_payload: An event type, whose `sample_payload` is sent; or the payload itself,
            valid or not, as a dict or as an event.
        secret: The signing secret of the handler, as `sign` takes it.
        webhook_id: ID of the delivery, by default a new one. To test how the handler treats a
            repeated delivery, pass the same one twice.
        timestamp: When the request was sent, in Unix seconds; by default now.

    Raises:
        ValueError: The event type is unknown, or the secret or the ID is invalid.
        TypeError: The payload has a value that JSON cannot hold.
    """
    try:
        body = _body(type_or_payload)
        signed = signature.sign(body, secret=secret, webhook_id=webhook_id, timestamp=timestamp)
    finally:
        del secret  # pytest --showlocals shows the local variables of a traceback
    return body, {"content-type": "application/json", **signed}


def _body(type_or_payload: Union[str, Mapping[str, Any], WebhookEvent]) -> bytes:
    payload: Any = type_or_payload
    if isinstance(payload, str):
        payload = sample_payload(payload)
    elif isinstance(payload, WebhookEvent):
        payload = payload.to_dict(mode="json")
    return json.dumps(payload, separators=(",", ":")).encode()


def _examples(event_type: str) -> Dict[str, Any]:
    """Return a value for each field whose name says more than its type."""
    about = event_type.rpartition(".")[0]
    return {
        "call_id": "rtc_" + _UNIQUE,
        "created_at": _CREATED_AT,
        "environment_id": "environment_" + _UNIQUE,
        "environment_type": "self_hosted",
        "id": _PREFIXES.get(about, about.rpartition(".")[2] + "_") + _UNIQUE,
        "model": "gpt-5",
        "project_id": "proj_" + _UNIQUE,
        "remote_url": "https://environments.example.com/" + _UNIQUE,
        "request_id": "req_" + _UNIQUE,
        "safety_category": "cyber",
        "safety_identifier": "user-1234",
        "session_id": "live_" + _UNIQUE,
        "sip_headers": [
            {"name": "From", "value": "<sip:+15550100@example.com>;tag=1928301774"},
            {"name": "To", "value": "<sip:proj_example@example.com>"},
            {"name": "Call-ID", "value": "a84b4c76e66710@example.com"},
        ],
    }


def _object(cls: Type[Model], examples: Mapping[str, Any]) -> Dict[str, Any]:
    return {name: _value(name, hint, examples) for name, hint in field_hints(cls).items()}  # type: ignore[arg-type]


def _value(name: str, hint: Any, examples: Mapping[str, Any]) -> Any:
    kind, *_ = members(hint)  # before None, if the field is optional
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if isinstance(kind, type) and issubclass(kind, Model):
        return _object(kind, examples)
    if name not in examples:
        raise LookupError(f"add a value for {name!r} to _examples in testing.py")
    return examples[name]
