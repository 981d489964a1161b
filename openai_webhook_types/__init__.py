"""OpenAI webhooks as typed, validated, frozen dataclasses.

Needs nothing but Python: no Pydantic, no SDK, no compiled code. For example::

    from openai_webhook_types import FineTuningJobFailedWebhookEvent, unwrap
    from openai_webhook_types.testing import signed_request

    # A request as OpenAI would send it. Your server has the body and the headers of real ones.
    SECRET = "whsec_c2VjcmV0IGZvciB0ZXN0cyE="
    body, headers = signed_request("fine_tuning.job.failed", secret=SECRET)

    event = unwrap(body, headers, secret=SECRET)  # verifies the signature, then validates the event

    if isinstance(event, FineTuningJobFailedWebhookEvent):
        print(f"Fine-tuning job {event.data.id} failed at {event.created_at}")

`parse_event` reads a body without its signature. Importing one event type loads only the modules
that it needs.
"""

import sys
from typing import TYPE_CHECKING, Any, List

# No installer checks the Python version of a vendored copy. This file itself parses on Python 3.6.
if sys.version_info < (3, 8):  # noqa: UP036
    raise ImportError("openai_webhook_types needs Python 3.8 or newer")

# By a statement of their own, so that whoever notes imports notes the two packages.
from . import _model, events  # noqa: F401
from .events._registry import EVENT_CLASSES, module_of
from .events._registry import EVENT_TYPES as EVENT_TYPES

if TYPE_CHECKING:
    from .endpoints import *
    from .errors import *
    from .events._base import WebhookEvent as WebhookEvent
    from .events._sip import DataSipHeader as DataSipHeader
    from .events._union import *
    from .events.agent_environment import *
    from .events.agent_session import *
    from .events.batch import *
    from .events.eval_run import *
    from .events.fine_tuning_job import *
    from .events.live_call import *
    from .events.live_transport import *
    from .events.realtime_call import *
    from .events.response import *
    from .events.safety import *
    from .events.safety_alert import *
    from .events.safety_identifier import *
    from .events.safety_org_alert import *
    from .events.unknown import *
    from .params import *
    from .parsing import *
    from .signature import *

__version__ = "0.2.0"

# The module of each name that is loaded on first use.
_MODULES = {
    **{name: ".events" + module_of(event_type) for event_type, name in EVENT_CLASSES.items()},
    "AnyWebhookEvent": ".events._union",
    "DataConnect": ".events.agent_session",
    "DataRequiredAction": ".events.agent_session",
    "DataSipHeader": ".events._sip",
    "DeletedWebhookEndpoint": ".endpoints",
    "Headers": ".signature",
    "InvalidWebhookSignatureError": ".errors",
    "UnknownWebhookEvent": ".events.unknown",
    "UnwrapWebhookEvent": ".events._union",
    "ValidationError": ".errors",
    "WebhookCreateParams": ".params",
    "WebhookEndpoint": ".endpoints",
    "WebhookEndpointList": ".endpoints",
    "WebhookEndpointTestResult": ".endpoints",
    "WebhookEndpointWithSecret": ".endpoints",
    "WebhookEvent": ".events._base",
    "WebhookEventTypeList": ".endpoints",
    "WebhookListParams": ".params",
    "WebhookRotateSecretParams": ".params",
    "WebhookTestParams": ".params",
    "WebhookUpdateParams": ".params",
    "event_class": ".parsing",
    "parse_event": ".parsing",
    "sign": ".signature",
    "unwrap": ".signature",
    "verify_signature": ".signature",
}


def _load(name: str) -> Any:
    """Return a name of the package, loaded as `_model/later.py` describes."""
    module = __import__(_MODULES[name][1:], globals(), None, [name], 1)
    value = globals()[name] = getattr(module, name)
    return value


if not TYPE_CHECKING:
    # Type checkers cannot read a computed `__all__`, and would accept any name because of
    # `__getattr__`. For them, the imports above are the public names.
    __all__ = [*_MODULES, "EVENT_TYPES", "preload"]  # noqa: PLE0604

    def __getattr__(name: str) -> Any:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return _load(name)

    def __dir__() -> List[str]:
        return [*__all__, "__version__"]


def preload() -> None:
    """Import everything that would otherwise load on first use, except the command line.

    It takes about 40 ms. Afterwards, no function of this package imports anything. So all of them
    can be called where modules should not load: in children that a server forks while its threads
    run, in an event loop, in code that goes on after its host has removed the modules.
    """
    import difflib  # noqa: F401
    import numbers  # noqa: F401
    import threading  # noqa: F401
    from contextlib import suppress

    # By statements, because PyInstaller, cx_Freeze and Nuitka only follow these: without them, they
    # would leave out what loads on first use. A copy may lack any of the first five.
    with suppress(ImportError):
        from . import endpoints  # noqa: F401
    with suppress(ImportError):
        from . import params  # noqa: F401
    with suppress(ImportError):
        from . import schema  # noqa: F401
    with suppress(ImportError):
        from . import signature  # noqa: F401
    with suppress(ImportError):
        from . import testing  # noqa: F401
    from . import errors
    from ._model import (  # noqa: F401
        construct,
        dump,
        json_parser,
        pydantic_hooks,
        subclass,
        validation,
    )
    from ._model.later import load_all
    from .events import _union  # noqa: F401
    from .events._registry import CLASSES

    load_all()
    errors._writer()
    for event_type in (*EVENT_TYPES, "new.type"):
        # This finds the hints and the defaults of the class and of its data.
        CLASSES[event_type].model_construct(data={}).model_dump()
    for name in _MODULES:
        with suppress(ImportError):
            _load(name)
