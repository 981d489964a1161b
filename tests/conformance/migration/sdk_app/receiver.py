"""How a webhook comes in: its signature checked, kept, and handled."""

from typing import Mapping, Tuple

from openai import InvalidWebhookSignatureError, OpenAI

from .handlers import handle
from .store import Store

__all__ = ["SECRET", "receive"]

SECRET = "whsec_c2VjcmV0LW9mLXRoZS1hcHA="
client = OpenAI(api_key="unused", webhook_secret=SECRET)


def receive(body: bytes, headers: Mapping[str, str], store: Store) -> Tuple[int, str]:
    """Return the status to answer with, and what was done."""
    try:
        event = client.webhooks.unwrap(body, headers)
    except InvalidWebhookSignatureError:
        return 401, "not signed"
    except ValueError as error:
        return 400, type(error).__name__
    return 200, handle(event) if store.add(event) else "seen before"
