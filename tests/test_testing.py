"""The samples that `openai_webhook_types.testing` gives."""

import typing

import pytest

import openai_webhook_types as owt
from openai_webhook_types.testing import sample_payload


@pytest.mark.parametrize("event_type", owt.EVENT_TYPES)
def test_a_sample_is_a_valid_payload_with_every_field(event_type):
    payload = sample_payload(event_type)
    event = owt.parse_event(payload, strict=True)
    assert event.type == event_type
    assert type(event) in typing.get_args(owt.UnwrapWebhookEvent)
    assert event.to_dict() == payload
    assert event.model_extra == event.data.model_extra == {}
    assert payload["id"].startswith("evt_")
    assert payload["data"].keys() == event.data.__dataclass_fields__.keys()
    assert payload.keys() == event.__dataclass_fields__.keys()


def test_each_call_gives_a_new_dict():
    payload = sample_payload("realtime.call.incoming")
    payload["data"]["sip_headers"].clear()
    assert sample_payload("realtime.call.incoming")["data"]["sip_headers"]


@pytest.mark.parametrize(
    ("event_type", "prefix"),
    [
        ("batch.failed", "batch_"), ("eval.run.failed", "evalrun_"), ("response.failed", "resp_"),
        ("fine_tuning.job.failed", "ftjob-"), ("agent.session.idle", "session_"),
        ("agent.environment.ready", "environment_"), ("safety.alert.created", "alert_"),
        ("safety.org_alert.created", "alert_"), ("safety.warning_issued", "case_"),
    ],
)  # fmt: skip
def test_ids_look_like_real_ones(event_type, prefix):
    assert sample_payload(event_type)["data"]["id"].startswith(prefix)


def test_an_unknown_type_is_a_mistake_that_names_the_likely_ones():
    with pytest.raises(ValueError, match=r"'batch.complete'; did you mean 'batch\.completed'"):
        sample_payload("batch.complete")
    with pytest.raises(ValueError, match=r"^unknown event type '\?'$"):
        sample_payload("?")
