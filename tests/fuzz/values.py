"""Python values of every kind, hostile ones among them, as payloads."""

import sys
from decimal import Decimal
from fractions import Fraction

try:
    import atheris
except ImportError:
    sys.exit("atheris is not installed: pip install -e '.[fuzz]'")

with atheris.instrument_imports(include=["openai_webhook_types"]):
    from openai_webhook_types import (
        EVENT_TYPES,
        ValidationError,
        WebhookEndpoint,
        event_class,
        parse_event,
    )
    from openai_webhook_types.testing import sample_payload
    from tests.fuzz.checks import check_error, fuzz
    from tests.model.test_hostile_values import VALUES as HOSTILE

SAMPLES = [sample_payload(event_type) for event_type in EVENT_TYPES]


SCALARS = [
    lambda provider: provider.PickValueInList(list(HOSTILE.values()))(),
    lambda provider: provider.ConsumeUnicode(20),
    lambda provider: provider.ConsumeBytes(20),
    lambda provider: bytearray(provider.ConsumeBytes(9)),
    lambda provider: provider.ConsumeInt(9),
    lambda provider: str(provider.ConsumeInt(4)),
    lambda provider: provider.ConsumeFloat(),
    lambda provider: provider.PickValueInList([None, True, False, "event", "rtp", 10**5000]),
    lambda provider: Decimal(provider.ConsumeInt(4)).scaleb(provider.ConsumeIntInRange(-9, 9)),
    lambda provider: Fraction(provider.ConsumeInt(4), provider.ConsumeIntInRange(1, 9)),
]
CONTAINERS = [list, tuple, iter, dict]
NAMES = ["id", "type", "data", "name", "value", "sip_headers"]


FIELDS = ["id", "created_at", "data", "type", "object", "sip_headers", "connect"]


def value(provider, depth=0):
    """Return a value of any type, at most three containers deep."""
    if depth == 3 or provider.ConsumeBool():
        return provider.PickValueInList(SCALARS)(provider)
    items = [value(provider, depth + 1) for _ in range(provider.ConsumeIntInRange(0, 3))]
    container = provider.PickValueInList(CONTAINERS)
    if container is dict:
        names = [*NAMES, provider.ConsumeUnicode(5)]
        return {provider.PickValueInList(names): item for item in items}
    return container(items)


def one_input(data):
    provider = atheris.FuzzedDataProvider(data)
    payload = dict(provider.PickValueInList(SAMPLES))
    cls = event_class(payload["type"])
    for _ in range(provider.ConsumeIntInRange(0, 3)):
        inside = payload
        if provider.ConsumeBool() and type(payload.get("data")) is dict:
            inside = payload["data"] = dict(payload["data"])
        name = provider.PickValueInList([*FIELDS, provider.ConsumeUnicode(5), 5, b"id"])
        if all(isinstance(key, (str, int, bytes)) for key in inside):  # others raise
            inside[name] = value(provider)
    strict = provider.ConsumeBool()
    for read in (parse_event, cls.from_dict, WebhookEndpoint.from_dict):
        try:
            found = read(payload, strict=strict)
        except ValidationError as error:
            assert error.payload is payload
            check_error(error)
        else:
            assert {found: 1}
            assert type(found.id) is str
            assert found.model_fields_set <= {*found.__dataclass_fields__, *found.model_extra}
            found.to_dict()


if __name__ == "__main__":
    fuzz(one_input)
