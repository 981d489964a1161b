"""Libraries that encode an event as it is, without help from this package."""

import json
from dataclasses import asdict

import cattrs
import msgspec
import orjson
import pydantic
import pytest
import yaml
from litestar import Litestar, get, post
from litestar.testing import TestClient

import openai_webhook_types as owt
from tests.values import CASES, FULL, SAMPLES

WHOLE = {**SAMPLES["batch.failed"], "data": {"id": "batch_1", "deep": [1]}, "later": {"x": 1}}


@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_orjson_writes_what_to_json_writes(cls, payload):
    event = cls.from_dict(payload)
    assert orjson.dumps(event) == event.to_json(indent=None).encode()
    assert orjson.dumps([{"webhook": event}]) == b'[{"webhook":%b}]' % orjson.dumps(event)


@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_orjson_leaves_out_unknown_fields_and_to_dict_brings_them(cls, payload):
    with_unknown = {**payload, "data": {**payload["data"], "deep": 1}, "later": [2]}
    event = cls.from_dict(with_unknown)
    assert orjson.loads(orjson.dumps(event)) == payload
    assert orjson.loads(orjson.dumps(event.to_dict())) == with_unknown


def test_orjson_writes_the_fields_that_a_constructor_has_set():
    arguments = {"id": "evt_1", "created_at": 1, "data": {"id": "batch_1"}, "type": "batch.failed"}
    event = owt.BatchFailedWebhookEvent(**arguments)
    assert orjson.loads(orjson.dumps(event)) == arguments


@pytest.mark.parametrize("encode", [msgspec.json.encode, msgspec.msgpack.encode])
@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_msgspec_writes_every_declared_field(cls, payload, encode):
    decode = {
        msgspec.json.encode: msgspec.json.decode,
        msgspec.msgpack.encode: msgspec.msgpack.decode,
    }
    event = cls.from_dict(payload)
    assert decode[encode](encode(event)) == event.to_dict(exclude_unset=False)
    assert list(decode[encode](encode(event))) == list(event.to_dict(exclude_unset=False))


@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_msgspec_writes_null_for_unset_fields_and_leaves_out_unknown_ones(cls, payload):
    event = cls.from_dict({**payload, "later": 1})
    in_full = cls.from_dict(payload).to_dict(exclude_unset=False)
    assert msgspec.json.decode(msgspec.json.encode(event)) == in_full
    assert msgspec.to_builtins(event) == asdict(event)
    assert msgspec.json.decode(msgspec.json.encode(event.to_dict())) == {**payload, "later": 1}


@pytest.mark.parametrize(("cls", "payload"), FULL)
def test_what_they_write_comes_back(cls, payload):
    event = cls.from_dict(payload)
    assert cls.from_json(orjson.dumps(event), strict=True) == event
    assert cls.from_json(msgspec.json.encode(event), strict=True) == event
    assert cls.from_dict(msgspec.msgpack.decode(msgspec.msgpack.encode(event))) == event


def test_both_write_an_event_of_a_type_unknown_to_this_package():
    payload = {**SAMPLES["batch.failed"], "type": "batch.new"}
    event = owt.parse_event(payload)
    assert type(event) is owt.UnknownWebhookEvent
    assert orjson.loads(orjson.dumps(event)) == payload
    assert json.loads(msgspec.json.encode(event)) == payload
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(event)) == payload
    assert msgspec.to_builtins(event) == payload
    assert cattrs.Converter().unstructure(event) == payload
    assert pydantic.TypeAdapter(owt.WebhookEvent).dump_python(event) == payload


def test_json_writes_whole_events_by_to_dict_and_what_is_inside_them_by_vars():
    event = owt.parse_event(WHOLE)
    unset = {name: value for name, value in WHOLE.items() if name != "object"}
    events = [event, owt.parse_event(unset)]
    text = json.dumps(events, default=lambda value: value.to_dict(mode="json"))
    assert json.loads(text) == [WHOLE, unset]
    found = json.loads(json.dumps(events, default=vars))
    assert found[0]["_extra"] == {"later": {"x": 1}}
    assert "object" not in found[1]


@pytest.mark.parametrize("event_type", ["batch.failed", "new.type"])
def test_yaml_takes_the_dict_of_an_event(event_type):
    event = owt.parse_event({**WHOLE, "type": event_type})
    assert owt.parse_event(yaml.safe_load(yaml.safe_dump(event.to_dict()))) == event


def test_yaml_takes_no_event_and_no_data_of_an_unknown_one():
    event = owt.parse_event(WHOLE)
    with pytest.raises(yaml.YAMLError):
        yaml.safe_dump(event)
    with pytest.raises(yaml.YAMLError, match="cannot find 'Data'"):
        yaml.unsafe_load(yaml.dump(event))
    data = owt.parse_event({**WHOLE, "type": "new.type"}).data
    with pytest.raises(yaml.YAMLError):
        yaml.safe_dump(data)
    assert yaml.safe_load(yaml.safe_dump(dict(data))) == WHOLE["data"]


@pytest.mark.filterwarnings("ignore:.*Reserved kwarg 'data'")
def test_litestar_reads_and_writes_declared_fields_or_the_dict():
    @post("/event")
    async def event(data: owt.BatchFailedWebhookEvent) -> owt.BatchFailedWebhookEvent:
        return data

    @post("/payload")
    async def payload(data: dict) -> dict:
        return owt.parse_event(data).to_dict(mode="json")

    @get("/response")
    async def response() -> owt.WebhookEvent:
        return owt.parse_event(WHOLE)

    declared = {**SAMPLES["batch.failed"], "data": {"id": "batch_1"}}
    with TestClient(Litestar([event, payload, response])) as client:
        assert client.post("/event", json=WHOLE).json() == declared
        assert client.get("/response").json() == declared
        assert client.post("/payload", json=WHOLE).json() == WHOLE
