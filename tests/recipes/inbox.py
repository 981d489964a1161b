"""What every recipe does with a request: verify it, keep its body once, and say how to answer."""

import logging
import sqlite3
from contextlib import closing
from typing import Any, Optional, Union

from openai_webhook_types import InvalidWebhookSignatureError, ValidationError, unwrap

MAX_BODY = 1_000_000  # bytes
logger = logging.getLogger(__name__)


def receive(body: Union[bytes, bytearray, str], headers: Any, webhook_id: Optional[str]) -> int:
    """Return the HTTP status to answer a request with."""
    try:
        kind, status = unwrap(body, headers).type, 200
    except InvalidWebhookSignatureError as error:
        logger.warning("refused %s: %s", error.webhook_id, error.reason)
        return 401
    except ValidationError:
        kind, status = "rejected", 400
    store(kind, webhook_id, body)
    return status


def store(kind: str, webhook_id: Optional[str], body: Union[bytes, bytearray, str]) -> bool:
    """Keep a body once for each webhook-id, and tell whether it was new."""
    with closing(sqlite3.connect("inbox.db")) as db, db:
        db.execute(
            "CREATE TABLE IF NOT EXISTS inbox"
            " (kind TEXT, webhook_id TEXT, body BLOB, PRIMARY KEY (kind, webhook_id))"
        )
        row = (kind, webhook_id, body)
        return db.execute("INSERT OR IGNORE INTO inbox VALUES (?, ?, ?)", row).rowcount == 1
