"""The match statement, by class and by what the fields hold."""

import pytest

import openai_webhook_types as owt
from tests.values import CASES, SAMPLES


def _said(event):
    match event:
        case owt.BatchCompletedWebhookEvent(data=owt.BatchCompletedWebhookEvent.Data(id=batch_id)):
            return f"fetch {batch_id}"
        case owt.RealtimeCallIncomingWebhookEvent(
            data=owt.RealtimeCallIncomingWebhookEvent.Data(
                call_id=call_id, sip_headers=(owt.DataSipHeader(name="From", value=caller), *_)
            )
        ):
            return f"accept {call_id} from {caller}"
        case owt.ResponseFailedWebhookEvent("evt_twice"):
            return "seen before"
        case owt.ResponseFailedWebhookEvent(_, created_at, data):
            return f"failed at {created_at}: {data.id}"
        case owt.UnknownWebhookEvent(type=event_type):
            return f"unknown {event_type}"
        case owt.WebhookEvent(type="batch.failed" | "batch.expired"):
            return "no batch"
        case owt.WebhookEvent():
            return "another event"
    return "no event"


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ({"type": "batch.completed", "data": {"id": "batch_1"}}, "fetch batch_1"),
        (
            {
                **SAMPLES["realtime.call.incoming"],
                "data": {
                    "call_id": "rtc_1",
                    "sip_headers": [
                        {"name": "From", "value": "me"},
                        {"name": "To", "value": "you"},
                    ],
                },
            },
            "accept rtc_1 from me",
        ),
        (
            {"type": "realtime.call.incoming", "data": {"call_id": "rtc_1", "sip_headers": []}},
            "another event",
        ),
        ({"type": "response.failed", "id": "evt_twice", "data": {"id": "resp_1"}}, "seen before"),
        ({"type": "response.failed", "data": {"id": "resp_1"}}, "failed at 1: resp_1"),
        ({"type": "batch.expired", "data": {"id": "batch_1"}}, "no batch"),
        ({"type": "batch.cancelled", "data": {"id": "batch_1"}}, "another event"),
        ({"type": "batch.new"}, "unknown batch.new"),
    ],
)
def test_match_by_class_and_fields(payload, said):
    assert _said(owt.parse_event({"id": "evt_1", "created_at": 1, **payload})) == said


def test_a_payload_is_no_event():
    assert _said(SAMPLES["batch.completed"]) == "no event"


@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_positions_are_those_of_the_fields(cls, payload):
    event = cls.from_dict(payload)
    match event:
        case cls(event_id, created_at, data, fourth, fifth):
            assert (event_id, created_at, data) == (event.id, event.created_at, event.data)
            assert {fourth, fifth} == {event.type, event.object}
        case _:
            pytest.fail("no match")
