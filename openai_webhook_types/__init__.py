"""OpenAI webhook events as frozen dataclasses, validated with the standard library alone.

Names load on first use: importing one event type loads its family and no other.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, List

from ._catalogue import EVENT_TYPES as EVENT_TYPES
from ._catalogue import MODULES

if TYPE_CHECKING:
    from ._catalogue import UnwrapWebhookEvent as UnwrapWebhookEvent
    from ._parse import parse_event as parse_event
    from .endpoints import *
    from .errors import InvalidWebhookSignatureError as InvalidWebhookSignatureError
    from .errors import ValidationError as ValidationError
    from .events._event import WebhookEvent as WebhookEvent
    from .events._sip import DataSipHeader as DataSipHeader
    from .events.agent import *
    from .events.agent import DataConnect as DataConnect
    from .events.agent import DataRequiredAction as DataRequiredAction
    from .events.batch import *
    from .events.eval import *
    from .events.fine_tuning import *
    from .events.live import *
    from .events.realtime import *
    from .events.response import *
    from .events.safety import *
    from .events.safety_identifier import *
    from .events.unknown import UnknownWebhookEvent as UnknownWebhookEvent
    from .params import *
    from .signature import sign as sign
    from .signature import unwrap as unwrap
    from .signature import verify_signature as verify_signature

_MODULES = {
    **MODULES,
    "DataConnect": ".events.agent",
    "DataRequiredAction": ".events.agent",
    "DataSipHeader": ".events._sip",
    "DeletedWebhookEndpoint": ".endpoints",
    "InvalidWebhookSignatureError": ".errors",
    "UnknownWebhookEvent": ".events.unknown",
    "ValidationError": ".errors",
    "WebhookCreateParams": ".params",
    "WebhookEndpoint": ".endpoints",
    "WebhookEndpointList": ".endpoints",
    "WebhookEndpointTestResult": ".endpoints",
    "WebhookEndpointWithSecret": ".endpoints",
    "WebhookEvent": ".events._event",
    "WebhookEventTypeList": ".endpoints",
    "WebhookListParams": ".params",
    "WebhookRotateSecretParams": ".params",
    "WebhookTestParams": ".params",
    "WebhookUpdateParams": ".params",
    "parse_event": "._parse",
    "sign": ".signature",
    "unwrap": ".signature",
    "verify_signature": ".signature",
}

__version__ = "0.1.0"

if not TYPE_CHECKING:
    # Type checkers read no list that is made from a table, and would take every name for one
    # that `__getattr__` answers to: to them the imports above are what is public.
    __all__ = [*_MODULES, "EVENT_TYPES", "UnwrapWebhookEvent"]

    def __getattr__(name: str) -> Any:
        if name == "UnwrapWebhookEvent":
            from typing import Union

            value: Any = Union[tuple(__getattr__(name) for name in MODULES)]
        elif name in _MODULES:
            value = getattr(import_module(_MODULES[name], __name__), name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value

    def __dir__() -> List[str]:
        return sorted([*__all__, "__version__"])
