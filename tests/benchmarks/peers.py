"""How each contender does each work: one table for each work, one function for each contender.

A function imports its peer when it is called, so a peer that is not installed breaks nothing
else. Classes are passed by name, because each contender has its own class of that name.
"""

from importlib import import_module
from typing import Any, Callable, Dict

from . import payloads
from .timing import OURS, Work

Way = Callable[[str], Work]


def _get(module: str, name: str) -> Any:
    return getattr(import_module(module, __package__), name)


def _ours(name: str) -> Any:
    return _get("openai_webhook_types", name)


def _sdk(name: str) -> Any:
    return _get("openai.types.webhooks", name)


def _dataclass(name: str) -> Any:
    return _get(".equal_dataclasses", name)


def _struct(name: str) -> Any:
    return _get(".equal_structs", name)


FROM_DICT: Dict[str, Way] = {
    OURS: lambda name: Work("cls.from_dict(payload)", cls=_ours(name)),
    "Pydantic": lambda name: Work("cls.model_validate(payload)", cls=_sdk(name)),
    "SDK construct": lambda name: Work("cls.construct(**payload)", cls=_sdk(name)),
    "msgspec": lambda name: Work(
        "convert(payload, cls)", convert=_get("msgspec", "convert"), cls=_struct(name)
    ),
    "cattrs": lambda name: Work(
        "converter.structure(payload, cls)",
        converter=_get("cattrs", "Converter")(),
        cls=_dataclass(name),
    ),
    "mashumaro": lambda name: Work(
        "decoder.decode(payload)",
        decoder=_get("mashumaro.codecs", "BasicDecoder")(_dataclass(name)),
    ),
    "dacite": lambda name: Work(
        "from_dict(cls, payload)", from_dict=_get("dacite", "from_dict"), cls=_dataclass(name)
    ),
}

FROM_JSON: Dict[str, Way] = {
    OURS: lambda name: Work("cls.from_json(body)", cls=_ours(name)),
    "Pydantic": lambda name: Work("cls.model_validate_json(body)", cls=_sdk(name)),
    "SDK construct": lambda name: Work(
        "cls.construct(**loads(body))", cls=_sdk(name), loads=_get("json", "loads")
    ),
    "msgspec": lambda name: Work(
        "decoder.decode(body)", decoder=_get("msgspec.json", "Decoder")(_struct(name))
    ),
    "cattrs": lambda name: Work(
        "converter.loads(body, cls)",
        converter=_get("cattrs.preconf.json", "make_converter")(),
        cls=_dataclass(name),
    ),
    "mashumaro": lambda name: Work(
        "decoder.decode(body)",
        decoder=_get("mashumaro.codecs.json", "JSONDecoder")(_dataclass(name)),
    ),
    "dacite": lambda name: Work(
        "from_dict(cls, loads(body))",
        from_dict=_get("dacite", "from_dict"),
        cls=_dataclass(name),
        loads=_get("json", "loads"),
    ),
    "json.loads": lambda _: Work("loads(body)", loads=_get("json", "loads")),
}


def _our_event(name: str, payload: Any) -> Any:
    return _ours(name).from_dict(payload)


def _sdk_event(name: str, payload: Any) -> Any:
    return _sdk(name).model_validate(payload)


# The rest starts from an event, so these functions take the payload too.
# orjson and msgspec are given our events.

TO_DICT = {
    OURS: lambda *event: Work("event.to_dict()", event=_our_event(*event)),
    "Pydantic": lambda *event: Work("event.to_dict()", event=_sdk_event(*event)),
    "msgspec": lambda *event: Work(
        "to_builtins(event)", to_builtins=_get("msgspec", "to_builtins"), event=_our_event(*event)
    ),
}

TO_JSON = {
    OURS: lambda *event: Work("event.to_json()", event=_our_event(*event)),
    "Pydantic": lambda *event: Work("event.to_json()", event=_sdk_event(*event)),
    "orjson": lambda *event: Work(
        "dumps(event, option=indented)",
        dumps=_get("orjson", "dumps"),
        indented=_get("orjson", "OPT_INDENT_2"),
        event=_our_event(*event),
    ),
    "msgspec": lambda *event: Work(
        "json.format(json.encode(event), indent=2)",
        json=import_module("msgspec.json"),
        event=_our_event(*event),
    ),
}

MODEL_DUMP_JSON = {
    OURS: lambda *event: Work("event.model_dump_json()", event=_our_event(*event)),
    "Pydantic": lambda *event: Work("event.model_dump_json()", event=_sdk_event(*event)),
    "orjson": lambda *event: Work(
        "dumps(event)", dumps=_get("orjson", "dumps"), event=_our_event(*event)
    ),
    "msgspec": lambda *event: Work(
        "encode(event)", encode=_get("msgspec.json", "encode"), event=_our_event(*event)
    ),
}


def _error(validate: Callable[[Any], Any], payload: Any) -> Any:
    try:
        validate(payload)
    except ValueError as error:
        return error
    raise RuntimeError("the payload is valid")


ERROR_JSON = {
    OURS: lambda name, payload: Work("error.json()", error=_error(_ours(name).from_dict, payload)),
    "Pydantic": lambda name, payload: Work(
        "error.json()", error=_error(_sdk(name).model_validate, payload)
    ),
}


def _webhooks() -> Any:
    return _get("openai", "OpenAI")(api_key="not used").webhooks


def _floor(expression: str) -> Work:
    """Return the least work that verifies: the key is already decoded, no header is checked."""
    return Work(
        expression,
        b64encode=_get("base64", "b64encode"),
        digest=_get("hmac", "digest"),
        key=_get("base64", "b64decode")(payloads.SECRET[len("whsec_") :]),
        loads=_get("json", "loads"),
        content=b"wh_685c059ae39c8190af8c71ed1022a24d.1750861210.",
    )


UNWRAP = {
    OURS: lambda: Work("unwrap(body, headers, secret=secret)", unwrap=_ours("unwrap")),
    "SDK": lambda: Work("webhooks.unwrap(body, headers, secret=secret)", webhooks=_webhooks()),
    "standardwebhooks": lambda: Work(
        "webhook.verify(body, headers)",
        webhook=_get("standardwebhooks", "Webhook")(payloads.SECRET),
    ),
    # Its `verify` returns the value in version 1, and None in version 2.
    "svix": lambda: Work(
        "webhook.verify(body, headers) or loads(body)",
        webhook=_get("svix.webhooks", "Webhook")(payloads.SECRET),
        loads=_get("json", "loads"),
    ),
    "floor": lambda: _floor("b64encode(digest(key, content + body, 'sha256')) and loads(body)"),
}

VERIFY_SIGNATURE = {
    OURS: lambda: Work("verify(body, headers, secret=secret)", verify=_ours("verify_signature")),
    "SDK": lambda: Work(
        "webhooks.verify_signature(body, headers, secret=secret)", webhooks=_webhooks()
    ),
    "standardwebhooks": lambda: Work(
        "webhook.verify(body, headers, json_parse=False)",
        webhook=_get("standardwebhooks", "Webhook")(payloads.SECRET),
    ),
    "svix": lambda: Work(
        "webhook.verify(body, headers)",
        webhook=_get("svix.webhooks", "Webhook")(payloads.SECRET),
    ),
    "floor": lambda: _floor("b64encode(digest(key, content + body, 'sha256'))"),
}

# Code that defines `parse`, which returns the event in a line, whatever its type.
LINES = {
    OURS: "from openai_webhook_types import parse_event as parse",
    "Pydantic": """
from openai.types.webhooks import UnwrapWebhookEvent
from pydantic import Field, TypeAdapter
from typing import Annotated
parse = TypeAdapter(Annotated[UnwrapWebhookEvent, Field(discriminator="type")]).validate_json
""",
    "msgspec": """
from msgspec.json import Decoder
from tests.benchmarks.equal_structs import UnwrapWebhookEvent
parse = Decoder(UnwrapWebhookEvent).decode
""",
    "json.loads": "from json import loads as parse",
}

# The command line, which judges each line and counts them besides.
MAIN = "from openai_webhook_types.cli import main"

# The contenders for memory: the function in `FROM_JSON` that makes their events.
KEPT = {OURS: OURS, "Pydantic": "Pydantic", "msgspec": "msgspec", "plain dict": "json.loads"}

OUR_IMPORTS = {
    "one thin type": "from openai_webhook_types import ResponseCompletedWebhookEvent",
    "one agent type": "from openai_webhook_types import AgentSessionCreatedWebhookEvent",
    "unwrap": "from openai_webhook_types import unwrap",
    "everything": "from openai_webhook_types import *",
    "preload()": "import openai_webhook_types\nopenai_webhook_types.preload()",
}

IMPORTS = {
    "floor": "import dataclasses, json, typing",
    "openai": "import openai",
    "pydantic": "from pydantic import BaseModel",
    "standardwebhooks": "from standardwebhooks import Webhook",
    "msgspec": "import msgspec",
}
