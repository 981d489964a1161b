"""Events and signed requests for the tests."""

import base64
import hashlib
import hmac
import json
import time
from typing import Dict, Mapping

from ..receiver import SECRET

__all__ = ["CALL", "FAILED", "HEADERS", "PAYLOADS", "body_of", "signed"]

FAILED = {
    "id": "evt_1",
    "object": "event",
    "created_at": 1750287018,
    "type": "fine_tuning.job.failed",
    "data": {"id": "ftjob-1", "reason": "no_credit"},
    "attempt": 2,
}
HEADERS = [
    {"name": "To", "value": "sip:a@example.com"},
    {"name": "From", "value": "sip:b@example.com"},
]
CALL = {
    "id": "evt_2",
    "created_at": 1750287018,
    "type": "realtime.call.incoming",
    "data": {"call_id": "rtc_1", "sip_headers": HEADERS},
}
BATCH = {"id": "evt_3", "created_at": 5, "type": "batch.completed", "data": {"id": "batch_1"}}
PAYLOADS: Dict[str, Mapping[str, object]] = {"failed": FAILED, "call": CALL, "batch": BATCH}


def body_of(payload: Mapping[str, object]) -> bytes:
    """Return a payload as the bytes of a request."""
    return json.dumps(payload).encode()


def signed(body: bytes, webhook_id: str = "wh_1") -> Dict[str, str]:
    """Return the headers of a request that is signed now."""
    key = base64.b64decode(SECRET.partition("_")[2])
    timestamp = str(int(time.time()))
    text = b".".join([webhook_id.encode(), timestamp.encode(), body])
    mac = base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{mac}",
    }
