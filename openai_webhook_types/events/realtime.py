"""The event about calls that the Realtime API can take."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, Literal, Optional, Tuple

from .._model import Model, new
from .._validation import Check, models, string, with_unknown
from ._event import Event
from ._sip import DataSipHeader, MediaSecurity, read_media_security

if TYPE_CHECKING:
    from typing_extensions import Self


@dataclass(frozen=True, eq=False, repr=False)
class RealtimeCallIncomingWebhookEvent(Event):
    """A SIP call came in and waits for the Realtime API to accept or reject it.

    The same call may also be announced by `live.transport.incoming`: whichever API accepts
    it first, takes it.

    `data` is the call that waits.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    @dataclass(frozen=True, eq=False, repr=False)
    class Data(Model):
        """The call that waits."""

        call_id: str
        """ID of the call ("rtc_…"), to accept or reject it by with the Realtime API."""

        sip_headers: Tuple[DataSipHeader, ...]
        """The headers of the SIP INVITE, in their order, those for authorization left out."""

        sip_media_security: MediaSecurity = None
        """Whether the media on the SIP leg are encrypted ("srtp") or not ("rtp").

        Says nothing of the signalling. Absent where unknown; take new values as unknown.
        """

        @classmethod
        def _read(cls, obj: Dict[str, Any], check: Optional[Check]) -> "Self":
            self = new(cls)
            fields = self.__dict__
            fields["call_id"] = string(obj, "call_id", check)
            fields["sip_headers"] = models(obj, "sip_headers", DataSipHeader, check)
            read_media_security(fields, obj, check)
            if check or len(fields) != len(obj):
                return with_unknown(self, obj, check)
            return self

    data: Data
    """The call."""

    type: Literal["realtime.call.incoming"]
    """Always "realtime.call.incoming"."""
