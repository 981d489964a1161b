"""A payload of every known type, with all of its fields and with the required ones alone."""

import dataclasses

from openai_webhook_types import EVENT_TYPES
from openai_webhook_types.testing import sample_payload
from tests.strategies import KNOWN_EVENTS

SAMPLES = {event_type: sample_payload(event_type) for event_type in EVENT_TYPES}


def _required(cls, payload):
    names = {
        field.name for field in dataclasses.fields(cls) if field.default is dataclasses.MISSING
    }
    return {name: value for name, value in payload.items() if name in names}


def _bare(cls, payload):
    return {**_required(cls, payload), "data": _required(cls.Data, payload["data"])}


CLASSES = {cls.__annotations__["type"].__args__[0]: cls for cls in KNOWN_EVENTS}
FULL = [(CLASSES[event_type], payload) for event_type, payload in SAMPLES.items()]
BARE = [(cls, _bare(cls, payload)) for cls, payload in FULL]
CASES = FULL + [case for case in BARE if case not in FULL]
