"""The measured types as msgspec structs, which msgspec reads fastest."""

from typing import List, Literal, Optional, Union

from msgspec import Struct, defstruct

from .payloads import THIN_TYPES


class Data(Struct):
    id: str


class _Thin(Struct):
    id: str
    created_at: int
    data: Data
    object: Optional[Literal["event"]] = None


class DataSipHeader(Struct):
    name: str
    value: str


class CallData(Struct):
    call_id: str
    sip_headers: List[DataSipHeader]
    sip_media_security: Optional[str] = None


class RealtimeCallIncomingWebhookEvent(Struct, tag_field="type", tag="realtime.call.incoming"):
    id: str
    created_at: int
    data: CallData
    object: Optional[Literal["event"]] = None


_THIN = {
    event_type: defstruct(event_type, [], bases=(_Thin,), tag_field="type", tag=event_type)
    for event_type in THIN_TYPES
}

ResponseCompletedWebhookEvent = _THIN["response.completed"]
UnwrapWebhookEvent = Union[(*_THIN.values(), RealtimeCallIncomingWebhookEvent)]
