# pyright: reportIncompatibleMethodOverride=false
"""The event about calls that the Realtime API can accept."""

from dataclasses import dataclass
from typing import Literal, Tuple

from .._model.reader import Reader
from ._base import Event
from ._sip import DataSipHeader, MediaSecurity, SipData

__all__ = ["RealtimeCallIncomingWebhookEvent"]


@dataclass(frozen=True, eq=False, repr=False)
class RealtimeCallIncomingWebhookEvent(Event):
    """A SIP call came in and waits for the Realtime API to accept or reject it.

    `live.transport.incoming` may announce the same call: the first API to accept it gets it.
    """

    @dataclass(frozen=True, eq=False, repr=False)
    class Data(SipData):
        """The call: pass its `call_id` to `POST /v1/realtime/calls/{call_id}/accept`."""

        call_id: str
        """ID of the call (`rtc_…`), to accept or reject it with."""

        sip_headers: Tuple[DataSipHeader, ...]
        """The headers of the SIP INVITE, in their order, without those for authorization."""

        sip_media_security: MediaSecurity = None
        """Whether the media of the SIP leg are encrypted ("srtp") or not ("rtp").

        Does not cover the signalling. Absent if unknown; other values may be added.
        """

        @classmethod
        def _read(cls, reader: Reader) -> None:
            reader.string("call_id")
            reader.models("sip_headers", DataSipHeader)
            reader.optional_literal_or_string("sip_media_security", ("rtp", "srtp"))

    data: Data
    type: Literal["realtime.call.incoming"]
