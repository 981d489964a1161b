"""The event of a type that this package does not know yet."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, Optional

from .._model import new
from .._validation import Check, integer, optional_string, string, with_unknown
from ._event import WebhookEvent

if TYPE_CHECKING:
    from typing_extensions import Self


@dataclass(frozen=True, eq=False, repr=False)
class UnknownWebhookEvent(WebhookEvent):
    """An event of a type that was published later than this package.

    Has the envelope that all types share, and `data` as it was received. The SDK has no such
    class: its `unwrap` would give such an event a class that is not its own.
    """

    id: str
    """ID of the event, the same whenever its delivery is tried again."""

    created_at: int
    """When the event came about, in seconds since 1970-01-01 UTC."""

    type: str
    """What happened."""

    data: Any = None
    """What it happened to: whatever JSON value the payload has."""

    object: Optional[str] = None
    """The kind of object this is."""

    @classmethod
    def _read(cls, obj: Dict[str, Any], check: Optional[Check]) -> "Self":
        self = new(cls)
        fields = self.__dict__
        fields["id"] = string(obj, "id", check)
        fields["created_at"] = integer(obj, "created_at", check)
        fields["type"] = string(obj, "type", check)
        if "data" in obj:
            fields["data"] = obj["data"]
        if "object" in obj:
            fields["object"] = optional_string(obj, "object", check)
        if check or len(fields) != len(obj):
            return with_unknown(self, obj, check)
        return self
