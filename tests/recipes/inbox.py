"""What every recipe does: verify a request, keep its body once, and return a status for it."""

import logging
from typing import Any, Callable

from openai_webhook_types import (
    InvalidWebhookSignatureError,
    ValidationError,
    parse_event,
    verify_signature,
)
from store import STORE

MAX_BODY = 1_000_000  # bytes

log = logging.getLogger(__name__)


def receive(body: Any, headers: Any) -> int:
    """Store what OpenAI sent, and return the status to answer with."""
    return receive_into(STORE.keep, body, headers)


def receive_into(keep: Callable[[str, Any, str], object], body: Any, headers: Any) -> int:
    """Do the same with another store: a function that keeps an ID, a body and a state once."""
    try:
        webhook_id = verify_signature(body, headers)
        state = "new" if is_valid(body) else "invalid"
        keep(webhook_id, body, state)
    except InvalidWebhookSignatureError as error:
        log.warning("refused %s: %s", error.webhook_id, error.reason)
        return 401
    except Exception as error:
        # The secret is missing, or the store is down. Later lines of the error could show the body.
        log.error("kept nothing: %s: %s", type(error).__name__, str(error).partition("\n")[0])
        return 500
    if state == "invalid":
        log.warning("kept %s, which is invalid", webhook_id)
    return 200


def is_valid(body: Any) -> bool:
    """Tell whether a body is an event."""
    try:
        parse_event(body)
    except ValidationError:
        return False
    return True
