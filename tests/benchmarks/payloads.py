"""The payloads to read: realistic ones, and invalid ones."""

import base64
import hashlib
import hmac
import time
from typing import Any, Dict, List

CREATED_AT = 1750861210
THIN_TYPES = [
    "batch.cancelled", "batch.completed", "batch.expired", "batch.failed",
    "eval.run.canceled", "eval.run.failed", "eval.run.succeeded",
    "fine_tuning.job.cancelled", "fine_tuning.job.failed", "fine_tuning.job.succeeded",
    "response.cancelled", "response.completed", "response.failed", "response.incomplete",
]  # fmt: skip
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()

_HEADERS = [
    ("From", '"Caller" <sip:+14255550100@sip.example.com>;tag=a48s'),
    ("To", "<sip:proj_abc@sip.example.com>"),
    ("Call-ID", "03782086-4ce9-44bf-8b0d-4e303d2cc590"),
    ("Via", "SIP/2.0/TLS 192.0.2.1:5061;branch=z9hG4bK776asdhds"),
    ("Contact", "<sip:+14255550100@192.0.2.1:5061;transport=tls>"),
]


def thin(number: int = 0, event_type: str = "response.completed") -> Dict[str, Any]:
    """Return a payload of the most common shape, whose `data` is only an ID."""
    return {
        "id": f"evt_{number:032x}",
        "object": "event",
        "created_at": CREATED_AT + number,
        "type": event_type,
        "data": {"id": f"resp_{number:032x}"},
    }


def call(headers: int, number: int = 0) -> Dict[str, Any]:
    """Return a payload of an incoming call with this number of SIP headers."""
    return {
        **thin(number, "realtime.call.incoming"),
        "data": {"call_id": f"rtc_{number:032x}", "sip_headers": sip_headers(headers)},
    }


def sip_headers(count: int) -> List[Dict[str, str]]:
    rows = (_HEADERS[number % len(_HEADERS)] for number in range(count))
    return [{"name": name, "value": value} for name, value in rows]


def call_with_errors(errors: int) -> Dict[str, Any]:
    """Return a payload of an incoming call with this number of SIP headers without a value."""
    payload = call(0)
    payload["data"]["sip_headers"] = [{"name": row["name"]} for row in sip_headers(errors)]
    return payload


def with_unknown_fields(count: int) -> Dict[str, Any]:
    return {**thin(), **{f"new_field_{number}": f"value {number}" for number in range(count)}}


def line(number: int) -> Dict[str, Any]:
    """Return an event from a log of webhooks: one in ten is a call, the rest are thin."""
    if number % 10 == 0:
        return call(3, number)
    return thin(number, THIN_TYPES[number % len(THIN_TYPES)])


def signed(body: bytes) -> Dict[str, str]:
    """Return the headers of a request that was signed just now (Standard Webhooks 1.0)."""
    headers = {"webhook-id": "wh_685c059ae39c8190af8c71ed1022a24d"}
    headers["webhook-timestamp"] = str(int(time.time()))
    content = ".".join(headers.values()).encode() + b"." + body
    digest = hmac.digest(base64.b64decode(SECRET[len("whsec_") :]), content, hashlib.sha256)
    headers["webhook-signature"] = "v1," + base64.b64encode(digest).decode()
    return headers
