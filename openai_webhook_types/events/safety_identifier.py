"""The event about safety identifiers whose requests are refused."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, Literal, Optional

from .._model import Model, new
from .._validation import Check, optional_string, string, with_unknown
from ._event import Event

if TYPE_CHECKING:
    from typing_extensions import Self


@dataclass(frozen=True, eq=False, repr=False)
class SafetyIdentifierBlockedWebhookEvent(Event):
    """A request was blocked because of the safety identifier it came with.

    `data` is the request that was blocked, and why.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    @dataclass(frozen=True, eq=False, repr=False)
    class Data(Model):
        """The request that was blocked, and why."""

        safety_category: str
        """What kind of harm it is about, such as "bio" or "cyber"."""

        safety_identifier: str
        """The end user, as the application named them in `safety_identifier`."""

        model: Optional[str] = None
        """The model that was asked for, where known."""

        project_id: Optional[str] = None
        """The project that the request belongs to, where known."""

        request_id: Optional[str] = None
        """ID of the request, as in its `x-request-id` response header, where known."""

        @classmethod
        def _read(cls, obj: Dict[str, Any], check: Optional[Check]) -> "Self":
            self = new(cls)
            fields = self.__dict__
            fields["safety_category"] = string(obj, "safety_category", check)
            fields["safety_identifier"] = string(obj, "safety_identifier", check)
            if "model" in obj:
                fields["model"] = optional_string(obj, "model", check)
            if "project_id" in obj:
                fields["project_id"] = optional_string(obj, "project_id", check)
            if "request_id" in obj:
                fields["request_id"] = optional_string(obj, "request_id", check)
            if check or len(fields) != len(obj):
                return with_unknown(self, obj, check)
            return self

    data: Data
    """The request."""

    type: Literal["safety_identifier.blocked"]
    """Always "safety_identifier.blocked"."""
