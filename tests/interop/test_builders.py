"""msgspec, cattrs, mashumaro and Pydantic build an event from its fields alone."""

import dataclasses
import json
from functools import cache
from typing import Annotated

import cattrs
import msgspec
import pydantic
import pytest
from cattrs.preconf.json import make_converter
from mashumaro.codecs import BasicDecoder, BasicEncoder
from mashumaro.exceptions import InvalidFieldValue, MissingField

import openai_webhook_types as owt
from tests.values import CASES, FULL, SAMPLES

_ANY_EVENT = Annotated[owt.UnwrapWebhookEvent, pydantic.Field(discriminator="type")]

_CONVERTER = make_converter()
_decoder = cache(BasicDecoder)
_BUILDERS = {
    "msgspec.convert": msgspec.convert,
    "msgspec.json": lambda payload, cls: msgspec.json.decode(json.dumps(payload), type=cls),
    "cattrs": lambda payload, cls: _CONVERTER.structure(payload, cls),
    "mashumaro": lambda payload, cls: _decoder(cls).decode(payload),
    "pydantic": lambda payload, cls: pydantic.TypeAdapter(cls).validate_python(payload),
    "pydantic, JSON": lambda payload, cls: pydantic.TypeAdapter(cls).validate_json(
        json.dumps(payload), strict=True
    ),
}
_ERRORS = (
    msgspec.ValidationError,
    pydantic.ValidationError,
    cattrs.BaseValidationError,
    InvalidFieldValue,
    MissingField,
)
_builders = pytest.mark.parametrize("build", _BUILDERS.values(), ids=_BUILDERS)


@_builders
@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_builds_what_from_dict_returns(build, cls, payload):
    built = build(payload, cls)
    event = cls.from_dict(payload)
    assert type(built) is cls
    assert type(built.data) is cls.Data
    assert built == event
    assert hash(built) == hash(event)
    assert dataclasses.asdict(built) == dataclasses.asdict(event)


@_builders
@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_absent_fields_stay_unset(build, cls, payload):
    assert build(payload, cls).to_dict() == payload


@pytest.mark.parametrize(("name", "build"), _BUILDERS.items(), ids=_BUILDERS)
@pytest.mark.parametrize(("cls", "payload"), FULL)
def test_pydantic_alone_keeps_unknown_fields(name, build, cls, payload):
    more = {**payload, "data": {**payload["data"], "deep": 1}, "later": 2}
    assert build(more, cls).to_dict() == (more if name.startswith("pydantic") else payload)


@_builders
@pytest.mark.parametrize(("cls", "payload"), FULL)
@pytest.mark.parametrize(
    "wrong", [{"type": "batch.new"}, {"data": {}}, {"created_at": "soon"}, None]
)
def test_refuses_what_from_dict_refuses(build, cls, payload, wrong):
    payload = {} if wrong is None else {**payload, **wrong}
    with pytest.raises(owt.ValidationError):
        cls.from_dict(payload)
    with pytest.raises(_ERRORS):
        build(payload, cls)


@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_all_but_msgspec_choose_the_class_by_type(cls, payload):
    event = cls.from_dict(payload)
    assert _decoder(owt.UnwrapWebhookEvent).decode(payload) == event
    assert pydantic.TypeAdapter(_ANY_EVENT).validate_python(payload) == event
    assert pydantic.TypeAdapter(owt.UnwrapWebhookEvent).validate_python(payload) == event
    assert _CONVERTER.structure(payload, owt.UnwrapWebhookEvent) == event


def test_pydantic_takes_an_event_as_it_is():
    event = owt.parse_event({**SAMPLES["batch.failed"], "later": 1})
    assert pydantic.TypeAdapter(_ANY_EVENT).validate_python(event, strict=True) is event


def test_msgspec_chooses_the_class_by_type_with_a_hook():
    class Envelope(msgspec.Struct):
        webhook: owt.WebhookEvent

    def build(kind, payload):
        assert kind is owt.WebhookEvent
        return owt.parse_event(payload)

    with pytest.raises(TypeError, match="more than one dataclass"):
        msgspec.json.decode(b"{}", type=owt.UnwrapWebhookEvent)
    for cls, payload in CASES:
        text = json.dumps({"webhook": {**payload, "later": 1}})
        envelope = msgspec.json.decode(text, type=Envelope, dec_hook=build)
        assert type(envelope.webhook) is cls
        assert envelope.webhook.to_dict() == {**payload, "later": 1}


def test_cattrs_calls_from_dict_with_a_hook():
    converter = cattrs.Converter()
    converter.register_structure_hook_func(
        lambda kind: isinstance(kind, type) and issubclass(kind, owt.WebhookEvent),
        lambda payload, cls: cls.from_dict(payload),
    )
    converter.register_structure_hook(
        owt.UnwrapWebhookEvent, lambda payload, _: owt.parse_event(payload)
    )
    for cls, payload in CASES:
        with_unknown = {**payload, "later": 1}
        assert converter.structure(with_unknown, cls).to_dict() == with_unknown
        assert type(converter.structure(with_unknown, owt.UnwrapWebhookEvent)) is cls
    with pytest.raises(owt.ValidationError):
        converter.structure({}, owt.BatchFailedWebhookEvent)


def test_cattrs_coerces_and_needs_a_hook_for_unions_of_plain_types():
    payload = {**SAMPLES["batch.failed"], "id": 5}
    assert _CONVERTER.structure(payload, owt.BatchFailedWebhookEvent).id == "5"
    with pytest.raises(cattrs.StructureHandlerNotFoundError):
        cattrs.structure(SAMPLES["realtime.call.incoming"], owt.RealtimeCallIncomingWebhookEvent)


@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_cattrs_unstructures_every_declared_field(cls, payload):
    event = cls.from_dict({**payload, "later": 1})
    in_full = cls.from_dict(payload).to_dict(exclude_unset=False)
    assert cattrs.unstructure(event) == in_full
    assert json.loads(_CONVERTER.dumps(event)) == in_full


@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_mashumaro_encodes_every_declared_field(cls, payload):
    event = cls.from_dict({**payload, "later": 1})
    assert BasicEncoder(cls).encode(event) == cls.from_dict(payload).to_dict(exclude_unset=False)
