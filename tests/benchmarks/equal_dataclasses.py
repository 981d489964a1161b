"""The measured types as plain dataclasses, for cattrs, mashumaro and dacite."""

from dataclasses import dataclass
from typing import List, Literal, Optional


@dataclass
class Data:
    id: str


@dataclass
class ResponseCompletedWebhookEvent:
    id: str
    created_at: int
    data: Data
    type: Literal["response.completed"]
    object: Optional[Literal["event"]] = None


@dataclass
class DataSipHeader:
    name: str
    value: str


@dataclass
class CallData:
    call_id: str
    sip_headers: List[DataSipHeader]
    sip_media_security: Optional[str] = None


@dataclass
class RealtimeCallIncomingWebhookEvent:
    id: str
    created_at: int
    data: CallData
    type: Literal["realtime.call.incoming"]
    object: Optional[Literal["event"]] = None
