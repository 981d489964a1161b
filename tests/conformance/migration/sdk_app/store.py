"""Where events are kept: in sqlite, as the JSON text that they came in, or nearly."""

import sqlite3
from typing import List, Optional, Type, TypeVar

from openai.types.webhooks import UnwrapWebhookEvent
from openai.types.webhooks.fine_tuning_job_failed_webhook_event import Data
from pydantic import BaseModel, TypeAdapter, ValidationError

from .handlers import Event

__all__ = ["Store"]

E = TypeVar("E", bound=BaseModel)
ANY_EVENT: TypeAdapter[UnwrapWebhookEvent] = TypeAdapter(UnwrapWebhookEvent)


class Store:
    """The events that came in, once each."""

    def __init__(self, path: str = ":memory:") -> None:
        self.db = sqlite3.connect(path, check_same_thread=False)
        self.db.execute("CREATE TABLE IF NOT EXISTS events (id TEXT PRIMARY KEY, body TEXT)")

    def add(self, event: Event) -> bool:
        """Keep an event, and tell whether it was new."""
        assert isinstance(event, BaseModel)
        row = (event.id, event.to_json(indent=None))
        return self.db.execute("INSERT OR IGNORE INTO events VALUES (?, ?)", row).rowcount == 1

    def body(self, event_id: str) -> Optional[str]:
        """Return the text of an event."""
        query = "SELECT body FROM events WHERE id = ?"
        row = self.db.execute(query, (event_id,)).fetchone()
        return str(row[0]) if row else None

    def load(self, kind: Type[E], event_id: str) -> Optional[E]:
        """Return an event of a class, or None if it is no valid one of that class."""
        body = self.body(event_id)
        try:
            return None if body is None else kind.model_validate_json(body)
        except ValidationError:
            return None

    def all(self) -> List[UnwrapWebhookEvent]:
        """Return every event, of the class that its type tells."""
        rows = self.db.execute("SELECT body FROM events ORDER BY rowid")
        return [ANY_EVENT.validate_json(body) for (body,) in rows]


def failed_job(job_id: str) -> Data:
    """Return the `data` of an event about a failed job."""
    return Data(id=job_id)
