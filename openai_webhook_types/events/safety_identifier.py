"""The event about safety identifiers whose requests are blocked."""

from dataclasses import dataclass
from typing import Literal, Optional

from .._model.model import Model
from .._model.reader import Reader
from ._base import Event

__all__ = ["SafetyIdentifierBlockedWebhookEvent"]


@dataclass(frozen=True, eq=False, repr=False)
class SafetyIdentifierBlockedWebhookEvent(Event):
    """A request was blocked because of its safety identifier."""

    @dataclass(frozen=True, eq=False, repr=False)
    class Data(Model):
        """The blocked request, and the reason."""

        safety_category: str
        """The category of harm, such as "bio" or "cyber"."""

        safety_identifier: str
        """The end user's `safety_identifier`, as the application sent it."""

        model: Optional[str] = None
        """The model that was requested, if known."""

        project_id: Optional[str] = None
        """ID of the project of the request, if known."""

        request_id: Optional[str] = None
        """ID of the request, as in its `x-request-id` response header, if known."""

        @classmethod
        def _read(cls, reader: Reader) -> None:
            reader.string("safety_category")
            reader.string("safety_identifier")
            reader.optional_string("model")
            reader.optional_string("project_id")
            reader.optional_string("request_id")

    data: Data
    type: Literal["safety_identifier.blocked"]
