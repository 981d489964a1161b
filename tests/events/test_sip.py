"""`sip_header`, on the events of incoming calls."""

import pytest

from openai_webhook_types import parse_event
from tests.values import SAMPLES

CALLS = ["live.call.incoming", "live.transport.incoming", "realtime.call.incoming"]

each_call = pytest.mark.parametrize("event_type", CALLS)


def data_with(event_type, *headers):
    payload = SAMPLES[event_type]
    listed = [{"name": name, "value": value} for name, value in headers]
    return parse_event({**payload, "data": {**payload["data"], "sip_headers": listed}}).data


def test_every_event_with_sip_headers_has_it():
    with_headers = [t for t, payload in SAMPLES.items() if "sip_headers" in payload["data"]]
    assert with_headers == CALLS
    assert all(hasattr(parse_event(SAMPLES[t]).data, "sip_header") == (t in CALLS) for t in SAMPLES)


@each_call
def test_the_first_header_of_a_name_in_any_case_is_found(event_type):
    data = data_with(event_type, ("Via", "a"), ("From", "<sip:b>"), ("VIA", "c"), ("X-\u0130", "d"))
    for name in ("Via", "via", "VIA"):
        assert data.sip_header(name) == "a"
    assert data.sip_header("from") == "<sip:b>"
    assert data.sip_header("x-\u0130") == "d"


@each_call
def test_a_header_that_is_absent_is_none(event_type):
    assert data_with(event_type).sip_header("From") is None
    assert data_with(event_type, ("From", "")).sip_header("To") is None
    assert data_with(event_type, ("From", "")).sip_header("From") == ""


@each_call
def test_an_unknown_field_does_not_hide_it(event_type):
    payload = SAMPLES[event_type]
    data = parse_event({**payload, "data": {**payload["data"], "sip_header": "x"}}).data
    assert data.sip_header("to") == "<sip:proj_example@example.com>"
    assert data.model_extra == {"sip_header": "x"}


@pytest.mark.parametrize("name", [None, 5, b"From"])
def test_a_name_that_is_not_text_is_a_type_error(name):
    with pytest.raises(TypeError, match=type(name).__name__):
        data_with(CALLS[0]).sip_header(name)
