"""Sample payloads and signed requests, for the tests of applications."""

import json
import re

import pytest

import openai_webhook_types as owt
from openai_webhook_types import testing
from openai_webhook_types.testing import sample_payload, signed_request
from tests.values import CLASSES, PACKAGE, ROOT, environment, python

SECRET = "whsec_YW55IHRleHQgd2lsbCBkbyBoZXJl"


def test_a_field_without_a_sample_value_says_where_to_add_one(monkeypatch):
    monkeypatch.setattr(testing, "_examples", lambda event_type: {})
    with pytest.raises(LookupError, match=r"add a value for 'id' to _examples in testing\.py"):
        sample_payload("batch.failed")


@pytest.mark.parametrize("event_type", owt.EVENT_TYPES)
def test_samples_are_valid_and_complete(event_type):
    payload = sample_payload(event_type)
    event = owt.parse_event(payload, strict=True)
    assert type(event) is CLASSES[event_type]
    assert event.to_dict(exclude_unset=False) == payload == event.to_dict()
    assert event.model_extra == event.data.model_extra == {}
    assert None not in [*payload.values(), *payload["data"].values()]


def test_samples_are_equal_but_not_shared():
    payload = sample_payload("realtime.call.incoming")
    payload["data"]["sip_headers"][0]["value"] = "changed"
    again = sample_payload("realtime.call.incoming")
    assert again == sample_payload("realtime.call.incoming") != payload


@pytest.mark.parametrize(
    ("event_type", "field", "prefix"),
    [
        ("agent.environment.ready", "id", "environment_"),
        ("batch.expired", "id", "batch_"),
        ("eval.run.failed", "id", "evalrun_"),
        ("fine_tuning.job.succeeded", "id", "ftjob-"),
        ("live.transport.connected", "session_id", "live_"),
        ("realtime.call.incoming", "call_id", "rtc_"),
        ("response.incomplete", "id", "resp_"),
        ("safety.org_alert.created", "id", "alert_"),
        ("safety.warning_issued", "id", "case_"),
        ("safety_identifier.blocked", "project_id", "proj_"),
    ],
)
def test_ids_look_like_the_apis(event_type, field, prefix):
    payload = sample_payload(event_type)
    assert re.fullmatch("evt_[0-9a-f]+", payload["id"])
    assert re.fullmatch(prefix + "[0-9a-f]+", payload["data"][field])


def test_the_url_of_an_environment_is_one():
    connect = sample_payload("agent.session.created")["data"]["connect"]
    assert re.fullmatch(r"https://environments\.example\.com/[0-9a-f]+", connect["remote_url"])


@pytest.mark.parametrize("event_type", ["video.completed", "", "Batch"])
def test_unknown_types_are_refused(event_type):
    for make in (sample_payload, lambda unknown: signed_request(unknown, secret=SECRET)):
        with pytest.raises(ValueError, match=f"^unknown event type {re.escape(repr(event_type))}"):
            make(event_type)


@pytest.mark.parametrize("event_type", owt.EVENT_TYPES)
def test_unwrap_accepts_signed_requests(event_type):
    body, headers = signed_request(event_type, secret=SECRET)
    assert owt.unwrap(body, headers, secret=SECRET).to_dict() == sample_payload(event_type)
    assert headers["content-type"] == "application/json"
    with pytest.raises(owt.InvalidWebhookSignatureError):
        owt.unwrap(body + b" ", headers, secret=SECRET)
    with pytest.raises(owt.InvalidWebhookSignatureError):
        owt.unwrap(body, headers, secret="another secret")


def test_requests_can_have_any_payload_or_event():
    payload = {**sample_payload("batch.failed"), "new": {"é": [1.5, None]}}
    from_payload, _ = signed_request(payload, secret=SECRET)
    from_event, _ = signed_request(owt.parse_event(payload), secret=SECRET)
    assert json.loads(from_payload) == payload
    assert from_event == from_payload
    del payload["object"]
    from_event, _ = signed_request(owt.parse_event(payload), secret=SECRET)
    assert json.loads(from_event) == payload
    # An event may have values that JSON has another form for.
    event = owt.parse_event({**payload, "new": (b"x",)})
    assert json.loads(signed_request(event, secret=SECRET)[0])["new"] == ["x"]
    with pytest.raises(TypeError):
        signed_request({**payload, "new": object()}, secret=SECRET)


def test_requests_can_repeat_a_delivery_or_be_old():
    body, headers = signed_request("batch.failed", secret=SECRET, webhook_id="wh_1", timestamp=1)
    assert headers["webhook-id"] == "wh_1"
    assert headers["webhook-timestamp"] == "1"
    webhook_id = owt.verify_signature(body, headers, secret=SECRET, tolerance=float("inf"))
    assert webhook_id == "wh_1"
    with pytest.raises(owt.InvalidWebhookSignatureError) as caught:
        owt.unwrap(body, headers, secret=SECRET)
    assert caught.value.reason == "timestamp_too_old"


def test_requests_can_have_an_invalid_payload():
    body, headers = signed_request({"type": "batch.failed"}, secret=SECRET)
    with pytest.raises(owt.ValidationError) as caught:
        owt.unwrap(body, headers, secret=SECRET)
    assert caught.value.payload == body


def test_the_documented_example_passes(tmp_path):
    document = (ROOT / "tests" / "recipes" / "README.md").read_text(encoding="utf-8")
    for name, text in re.findall(r"```python\n# (\S+)\n(.*?)```", document, re.DOTALL):
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = python(
        *("-m", "unittest", "-v", "test_with_unittest"),
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(PACKAGE.parent)),
    )
    assert done.returncode == 0, done.stderr
    assert "Ran 1 test" in done.stderr
