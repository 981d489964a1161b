"""What a user's own tests are made with."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import openai_webhook_types as owt
from openai_webhook_types.testing import sample_payload, signed_request
from tests.samples import CLASSES

_ROOT = Path(owt.__file__).parents[1]
_README = Path(__file__).parents[1] / "README.md"
_SECRET = "whsec_YW55IHRleHQgd2lsbCBkbyBoZXJl"


@pytest.mark.parametrize("event_type", owt.EVENT_TYPES)
def test_a_sample_is_valid_and_complete(event_type):
    payload = sample_payload(event_type)
    event = owt.parse_event(payload, strict=True)
    assert type(event) is CLASSES[event_type]
    assert event.to_dict(exclude_unset=False) == payload == event.to_dict()
    assert event.model_extra == event.data.model_extra == {}
    assert None not in [*payload.values(), *payload["data"].values()]


def test_a_sample_is_the_same_each_time_but_nobody_elses():
    payload = sample_payload("realtime.call.incoming")
    payload["data"]["sip_headers"][0]["value"] = "changed"
    again = sample_payload("realtime.call.incoming")
    assert again == sample_payload("realtime.call.incoming") != payload


@pytest.mark.parametrize(
    ("event_type", "field", "prefix"),
    [
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


@pytest.mark.parametrize(
    ("event_type", "message"),
    [
        (
            "batch.complete",
            (
                "'batch.complete'; did you mean 'batch.completed' or 'batch.cancelled' "
                "or 'batch.failed'?"
            ),
        ),
        ("batch.cancel", "'batch.cancel'; did you mean 'batch.cancelled' or 'batch.failed'?"),
        ("Batch", "'Batch'"),
        (None, "None"),
    ],
)
def test_an_unknown_type_is_refused_with_the_nearest_known_ones(event_type, message):
    with pytest.raises(ValueError, match=f"^unknown event type {re.escape(message)}$"):
        sample_payload(event_type)


def test_no_request_is_made_for_an_unknown_type():
    with pytest.raises(ValueError, match=r"'video\.completed'"):
        signed_request("video.completed", secret=_SECRET)


@pytest.mark.parametrize("event_type", owt.EVENT_TYPES)
def test_a_signed_request_is_one_that_unwrap_takes(event_type):
    body, headers = signed_request(event_type, secret=_SECRET)
    assert owt.unwrap(body, headers, secret=_SECRET).to_dict() == sample_payload(event_type)
    assert headers["content-type"] == "application/json"
    with pytest.raises(owt.InvalidWebhookSignatureError):
        owt.unwrap(body + b" ", headers, secret=_SECRET)
    with pytest.raises(owt.InvalidWebhookSignatureError):
        owt.unwrap(body, headers, secret="another secret")


def test_a_request_can_bring_a_payload_or_an_event():
    payload = {**sample_payload("batch.failed"), "new": {"é": [1.5, None]}}
    from_payload, _ = signed_request(payload, secret=_SECRET)
    from_event, _ = signed_request(owt.parse_event(payload), secret=_SECRET)
    assert json.loads(from_payload) == payload
    assert from_event == from_payload


def test_a_request_can_bring_a_payload_that_is_not_valid():
    body, headers = signed_request({"type": "batch.failed"}, secret=_SECRET)
    with pytest.raises(owt.ValidationError) as caught:
        owt.unwrap(body, headers, secret=_SECRET)
    assert caught.value.payload == body


@pytest.fixture(scope="module")
def readme_examples(tmp_path_factory):
    """The folder of the files that the README shows, each named by its first line."""
    section = re.search(
        r"^## Testing your handler\n(.*?)(?=^## |\Z)",
        _README.read_text(encoding="utf-8"),
        re.DOTALL | re.MULTILINE,
    )
    folder = tmp_path_factory.mktemp("readme")
    for name, text in re.findall(r"```python\n# (\S+)\n(.*?)```", section[1], re.DOTALL):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("arguments", "passed"),
    [
        (["pytest", "-p", "no:cacheprovider", "test_with_pytest.py"], "1 passed"),
        (["unittest", "-v", "test_with_unittest"], "Ran 1 test"),
    ],
    ids=["pytest", "unittest"],
)
def test_the_readmes_examples_pass(readme_examples, arguments, passed):
    run = subprocess.run(
        [sys.executable, "-B", "-m", *arguments],
        cwd=readme_examples,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stdout
    assert passed in run.stdout
