"""Events about calls and sessions of the Live API."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable, Dict, Literal, Optional, Tuple

from .._model import Model, new
from .._validation import Check, literal, models, string, with_unknown
from ._event import Event, NewerEvent
from ._sip import DataSipHeader, MediaSecurity, read_media_security

if TYPE_CHECKING:
    from typing_extensions import Self, deprecated
else:

    def deprecated(_: str) -> Callable[[type], type]:
        """Leave a class as it is: only type checkers are to warn of it, no payload is at fault."""
        return lambda cls: cls


@deprecated("live.transport.incoming takes the place of live.call.incoming")
@dataclass(frozen=True, eq=False, repr=False)
class LiveCallIncomingWebhookEvent(Event):
    """Deprecated: `live.transport.incoming` takes its place, and only old subscriptions get it.

    A SIP call came in and waits for the Live API to accept it. The same call may also be
    announced by `realtime.call.incoming`: whichever API accepts it first, takes it.

    `data` is the call that waits.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    @dataclass(frozen=True, eq=False, repr=False)
    class Data(Model):
        """The call that waits."""

        session_id: str
        """ID of the pending session ("live_…"), for the Live API's call controls.

        Not the `call_id` ("rtc_…") that `realtime.call.incoming` gives the same call.
        """

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
            fields["session_id"] = string(obj, "session_id", check)
            fields["sip_headers"] = models(obj, "sip_headers", DataSipHeader, check)
            read_media_security(fields, obj, check)
            if check or len(fields) != len(obj):
                return with_unknown(self, obj, check)
            return self

    data: Data
    """The call."""

    type: Literal["live.call.incoming"]
    """Always "live.call.incoming"."""


@dataclass(frozen=True, eq=False, repr=False)
class LiveTransportIncomingWebhookEvent(Event):
    """A SIP call came in and waits for the Live API to accept or reject it.

    The same call may also be announced by `realtime.call.incoming`: whichever API accepts
    it first, takes it.

    `data` is the call that waits.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    @dataclass(frozen=True, eq=False, repr=False)
    class Data(Model):
        """The call that waits."""

        session_id: str
        """ID of the pending session ("live_…"), to accept or reject it by with the Live API."""

        sip_headers: Tuple[DataSipHeader, ...]
        """The headers of the SIP INVITE, in their order, those for authorization left out."""

        type: Literal["sip"]
        """How it came in."""

        sip_media_security: MediaSecurity = None
        """Whether the media on the SIP leg are encrypted ("srtp") or not ("rtp").

        Says nothing of the signalling. Absent where unknown; take new values as unknown.
        """

        @classmethod
        def _read(cls, obj: Dict[str, Any], check: Optional[Check]) -> "Self":
            self = new(cls)
            fields = self.__dict__
            fields["session_id"] = string(obj, "session_id", check)
            fields["sip_headers"] = models(obj, "sip_headers", DataSipHeader, check)
            fields["type"] = literal(obj, "type", ("sip",), check)
            read_media_security(fields, obj, check)
            if check or len(fields) != len(obj):
                return with_unknown(self, obj, check)
            return self

    data: Data
    """The call."""

    type: Literal["live.transport.incoming"]
    """Always "live.transport.incoming"."""


@dataclass(frozen=True, eq=False, repr=False)
class LiveTransportConnectedWebhookEvent(NewerEvent):
    """A Live session over WebRTC was created, or one by Instant Connect became active.

    `data` is the session, which a sideband connection can now observe.
    `created_at` is in seconds since 1970-01-01 UTC.
    """

    @dataclass(frozen=True, eq=False, repr=False)
    class Data(Model):
        """The session, which a sideband connection can now observe."""

        session_id: str
        """ID of the session, to attach a sideband connection by."""

        type: Literal["webrtc"]
        """How it is connected."""

        @classmethod
        def _read(cls, obj: Dict[str, Any], check: Optional[Check]) -> "Self":
            self = new(cls)
            fields = self.__dict__
            fields["session_id"] = string(obj, "session_id", check)
            fields["type"] = literal(obj, "type", ("webrtc",), check)
            if check or len(fields) != len(obj):
                return with_unknown(self, obj, check)
            return self

    data: Data
    """The session."""

    type: Literal["live.transport.connected"]
    """Always "live.transport.connected"."""
