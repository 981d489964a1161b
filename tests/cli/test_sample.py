"""The verb `sample`, and `--set`."""

import json

import pytest

from openai_webhook_types import EVENT_TYPES, parse_event
from openai_webhook_types.testing import sample_payload


@pytest.mark.parametrize("event_type", EVENT_TYPES)
def test_every_sample_parses(call, event_type):
    status, out, err = call("sample", event_type)
    assert (status, err) == (0, "")
    assert out == json.dumps(sample_payload(event_type), indent=2) + "\n"
    assert call("parse", stdin=out) == (0, repr(parse_event(out)) + "\n", "")


def test_compact(call):
    out = call("sample", "batch.failed", "--compact")[1]
    assert out == json.dumps(sample_payload("batch.failed"), separators=(",", ":")) + "\n"


@pytest.mark.parametrize(
    ("assignment", "changes"),
    [
        ("created_at=5", {"created_at": 5}),
        ("id=evt_1", {"id": "evt_1"}),
        ("id=", {"id": ""}),
        ("id=a=b", {"id": "a=b"}),
        ('id="5"', {"id": "5"}),
        ("id=NaN", {"id": "NaN"}),
        ("created_at=1e999", {"created_at": "1e999"}),
        ("created_at=[-1e999]", {"created_at": "[-1e999]"}),
        ("created_at=1.5e3", {"created_at": 1500.0}),
        ("id=" + "[" * 100_000, {"id": "[" * 100_000}),
        ("object=null", {"object": None}),
        ("new.deep.field=[1]", {"new": {"deep": {"field": [1]}}}),
        ('data={"call_id": "rtc_1"}', {"data": {"call_id": "rtc_1"}}),
    ],
)
def test_a_field_is_set(call, assignment, changes):
    status, out, err = call("sample", "realtime.call.incoming", "--set", assignment)
    assert (status, err) == (0, "")
    assert json.loads(out) == {**sample_payload("realtime.call.incoming"), **changes}


def test_items_of_lists_are_set(call):
    out = call(
        "sample", "realtime.call.incoming",
        "--set", 'data.sip_headers=[{"name": "To"}]',
        "--set", "data.sip_headers.0.value=sip:b",
        "--set", "data.sip_headers.1.name=From",
        "--set", "data.sip_headers.2=é",
    )[1]  # fmt: skip
    expected = [{"name": "To", "value": "sip:b"}, {"name": "From"}, "é"]
    assert json.loads(out)["data"]["sip_headers"] == expected


@pytest.mark.parametrize(
    ("assignment", "said"),
    [
        ("data.id", "--set takes PATH=VALUE, such as data.id=batch_1, not 'data.id'"),
        ("=5", "--set takes PATH=VALUE"),
        ("data..id=5", "--set takes PATH=VALUE"),
        ("id.x=5", "--set id.x: id has no fields"),
        ("data.call_id.x=5", "--set data.call_id.x: data.call_id has no fields"),
        ("data.sip_headers.x=5", "--set data.sip_headers.x: 'x' is not one of 3 items"),
        ("data.sip_headers.4=5", "'4' is not one of 3 items"),
        ("data.sip_headers.\xb2=5", "is not one of 3 items"),
        ("data.sip_headers.9999999999=5", "is not one of 3 items"),
        ("id=\udcff", "a lone surrogate cannot be written as JSON"),
    ],
)
def test_what_cannot_be_set(call, assignment, said):
    status, out, err = call("sample", "realtime.call.incoming", "--set", assignment)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert said in err
