# pyright: reportIncompatibleMethodOverride=false
"""The deprecated event about calls that the Live API can accept."""

from dataclasses import dataclass
from typing import Literal, Tuple

from .._model.model import deprecated
from .._model.reader import Reader
from ._base import Event
from ._sip import DataSipHeader, MediaSecurity, SipData

__all__ = ["LiveCallIncomingWebhookEvent"]


# For type checkers and editors. Receiving the event is not a mistake, so nothing warns at run time.
@deprecated("Use live.transport.incoming instead of live.call.incoming")
@dataclass(frozen=True, eq=False, repr=False)
class LiveCallIncomingWebhookEvent(Event):
    """Deprecated: replaced by `live.transport.incoming`, and only sent to old subscriptions.

    A SIP call came in and waits for the Live API to accept it. `realtime.call.incoming` may
    announce the same call: the first API to accept it gets it.
    """

    @dataclass(frozen=True, eq=False, repr=False)
    class Data(SipData):
        """The waiting call: pass its `session_id` to the call controls of the Live API."""

        session_id: str
        """ID of the pending session (`live_…`).

        `realtime.call.incoming` has another ID (`rtc_…`) for the same call.
        """

        sip_headers: Tuple[DataSipHeader, ...]
        """The headers of the SIP INVITE, in their order, without those for authorization."""

        sip_media_security: MediaSecurity = None
        """Whether the media of the SIP leg are encrypted ("srtp") or not ("rtp").

        Does not cover the signalling. Absent if unknown; other values may be added.
        """

        @classmethod
        def _read(cls, reader: Reader) -> None:
            reader.string("session_id")
            reader.models("sip_headers", DataSipHeader)
            reader.optional_literal_or_string("sip_media_security", ("rtp", "srtp"))

    data: Data
    type: Literal["live.call.incoming"]
