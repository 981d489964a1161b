"""What every recipe does: verify a request, keep its body once, and return a status for it."""

import logging
import sqlite3
from contextlib import closing
from typing import Any

from openai_webhook_types import InvalidWebhookSignatureError, ValidationError, unwrap

MAX_BODY = 1_000_000  # bytes


def receive(body: Any, headers: Any, webhook_id: Any) -> int:
    try:
        kind, status = str(unwrap(body, headers).type), 200
    except InvalidWebhookSignatureError as error:
        logging.getLogger(__name__).warning("refused %s: %s", error.webhook_id, error.reason)
        return 401
    except ValidationError:
        kind, status = "rejected", 400
    with closing(sqlite3.connect("inbox.db")) as db, db:
        db.execute("CREATE TABLE IF NOT EXISTS inbox (kind, id, body, UNIQUE (kind, id))")
        db.execute("INSERT OR IGNORE INTO inbox VALUES (?, ?, ?)", (kind, webhook_id, body))
    return status
