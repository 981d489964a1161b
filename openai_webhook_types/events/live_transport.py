# pyright: reportIncompatibleMethodOverride=false
"""Events about the connections of Live API sessions, and calls that the Live API can accept."""

from dataclasses import dataclass
from typing import Literal, Tuple

from .._model.model import Model
from .._model.reader import Reader
from ._base import Event, NewerEvent
from ._sip import DataSipHeader, MediaSecurity, SipData

__all__ = ["LiveTransportConnectedWebhookEvent", "LiveTransportIncomingWebhookEvent"]


@dataclass(frozen=True, eq=False, repr=False)
class LiveTransportIncomingWebhookEvent(Event):
    """A SIP call came in and waits for the Live API to accept or reject it.

    `realtime.call.incoming` may announce the same call: the first API to accept it gets it.
    """

    @dataclass(frozen=True, eq=False, repr=False)
    class Data(SipData):
        """The waiting call: the Live API accepts or rejects it by its `session_id`."""

        session_id: str
        """ID of the pending session (`live_…`)."""

        sip_headers: Tuple[DataSipHeader, ...]
        """The headers of the SIP INVITE, in their order, without those for authorization."""

        type: Literal["sip"]
        """How the call came in."""

        sip_media_security: MediaSecurity = None
        """Whether the media of the SIP leg are encrypted ("srtp") or not ("rtp").

        Does not cover the signalling. Absent if unknown; other values may be added.
        """

        @classmethod
        def _read(cls, reader: Reader) -> None:
            reader.string("session_id")
            reader.models("sip_headers", DataSipHeader)
            reader.literal("type", ("sip",))
            reader.optional_literal_or_string("sip_media_security", ("rtp", "srtp"))

    data: Data
    type: Literal["live.transport.incoming"]


@dataclass(frozen=True, eq=False, repr=False)
class LiveTransportConnectedWebhookEvent(NewerEvent):
    """A Live session over WebRTC was created, or an Instant Connect session became active."""

    @dataclass(frozen=True, eq=False, repr=False)
    class Data(Model):
        """The session: a sideband connection can attach to it by its `session_id`."""

        session_id: str
        """ID of the session."""

        type: Literal["webrtc"]
        """How the session is connected."""

        @classmethod
        def _read(cls, reader: Reader) -> None:
            reader.string("session_id")
            reader.literal("type", ("webrtc",))

    data: Data
    type: Literal["live.transport.connected"]
