"""The event of a type that this package does not know."""

from dataclasses import dataclass
from typing import Any, Optional

from .._model.reader import Reader
from ._base import WebhookEvent

__all__ = ["UnknownWebhookEvent"]


@dataclass(frozen=True, eq=False, repr=False)
class UnknownWebhookEvent(WebhookEvent):
    """An event of a type that is newer than this package.

    Has the fields of every event, with `data` as it was received. The SDK has no such class:
    its `unwrap` returns an event of an unrelated type.
    """

    id: str
    created_at: int
    type: str
    data: Any = None
    object: Optional[str] = None

    @classmethod
    def _read(cls, read: Reader) -> None:
        read.string("id")
        read.integer("created_at")
        read.string("type")
        read.anything("data")
        read.optional_string("object")
