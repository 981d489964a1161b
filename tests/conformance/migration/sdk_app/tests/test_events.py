"""Events that tests make themselves: by keyword, from payloads, and out of one another."""

import copy
import pickle
from typing import get_args

import pydantic
import pytest
from openai.types.webhooks import (
    BatchCompletedWebhookEvent,
    FineTuningJobFailedWebhookEvent,
    RealtimeCallIncomingWebhookEvent,
    UnwrapWebhookEvent,
)
from openai.types.webhooks.fine_tuning_job_failed_webhook_event import Data
from openai.types.webhooks.realtime_call_incoming_webhook_event import DataSipHeader

from ..store import failed_job
from .values import CALL, FAILED, HEADERS


def failed(**changes: object) -> FineTuningJobFailedWebhookEvent:
    return FineTuningJobFailedWebhookEvent.model_validate({**FAILED, **changes})


def test_keywords_with_an_instance_for_data() -> None:
    event = FineTuningJobFailedWebhookEvent(
        id="evt_1", created_at=5, data=Data(id="ftjob-1"), type="fine_tuning.job.failed"
    )
    assert event.data.id == "ftjob-1"
    assert event.object is None


def test_keywords_with_a_dict_for_data() -> None:
    event = FineTuningJobFailedWebhookEvent(
        id="evt_1",
        created_at=5,
        data={"id": "ftjob-1"},  # type: ignore[arg-type]
        type="fine_tuning.job.failed",
    )
    assert isinstance(event.data, Data)
    assert event.data == Data(id="ftjob-1")


def test_keywords_with_a_list_of_dicts() -> None:
    event = RealtimeCallIncomingWebhookEvent(
        id="evt_2",
        created_at=5,
        data={"call_id": "rtc_1", "sip_headers": [{"name": "From", "value": "b"}]},  # type: ignore[arg-type]
        type="realtime.call.incoming",
    )
    assert isinstance(event.data.sip_headers[0], DataSipHeader)
    assert event.data.sip_headers[0].value == "b"


def test_keywords_are_coerced() -> None:
    event = FineTuningJobFailedWebhookEvent(
        id="evt_1",
        created_at="5",  # type: ignore[arg-type]
        data=Data(id="ftjob-1"),
        type="fine_tuning.job.failed",
    )
    assert event.created_at == 5


def test_what_is_left_out_is_unset() -> None:
    event = FineTuningJobFailedWebhookEvent(
        id="evt_1", created_at=5, data=failed_job("ftjob-1"), type="fine_tuning.job.failed"
    )
    assert event.model_fields_set == {"id", "created_at", "data", "type"}
    assert event.to_dict() == {
        "id": "evt_1",
        "created_at": 5,
        "data": {"id": "ftjob-1"},
        "type": "fine_tuning.job.failed",
    }


def test_what_is_given_is_set() -> None:
    event = FineTuningJobFailedWebhookEvent(
        id="evt_1",
        created_at=5,
        data=Data(id="ftjob-1"),
        type="fine_tuning.job.failed",
        object="event",
    )
    assert "object" in event.model_fields_set
    assert event.to_dict()["object"] == "event"


def test_equal_to_the_event_of_a_payload() -> None:
    made = FineTuningJobFailedWebhookEvent(
        id="evt_1",
        created_at=1750287018,
        data=Data(id="ftjob-1"),
        type="fine_tuning.job.failed",
        object="event",
    )
    payload = {key: value for key, value in FAILED.items() if key != "attempt"}
    payload["data"] = {"id": "ftjob-1"}
    assert made == FineTuningJobFailedWebhookEvent.model_validate(payload)
    assert made.to_dict() == payload


def test_wrong_keywords_are_refused_all_at_once() -> None:
    with pytest.raises(pydantic.ValidationError) as caught:
        FineTuningJobFailedWebhookEvent(
            id=5,  # type: ignore[arg-type]
            created_at=5,
            data={},  # type: ignore[arg-type]
            type="fine_tuning.job.failed",
        )
    assert [(error["type"], error["loc"]) for error in caught.value.errors()] == [
        ("string_type", ("id",)),
        ("missing", ("data", "id")),
    ]
    assert caught.value.error_count() == 2
    assert caught.value.title == "FineTuningJobFailedWebhookEvent"


def test_a_wrong_payload_is_refused() -> None:
    try:
        failed(created_at="soon")
    except pydantic.ValidationError as error:
        assert error.errors()[0]["loc"] == ("created_at",)
    else:
        pytest.fail("not refused")


def test_text_that_is_not_json_is_refused() -> None:
    with pytest.raises(pydantic.ValidationError) as caught:
        FineTuningJobFailedWebhookEvent.model_validate_json("{")
    assert caught.value.errors()[0]["type"] == "json_invalid"


def test_an_error_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="validation error"):
        failed(data=None)


def test_unknown_fields_are_kept() -> None:
    event = failed()
    assert event.model_extra == {"attempt": 2}
    assert event.to_dict() == FAILED
    assert "reason" in event.data.to_json()


def test_model_copy() -> None:
    event = failed()
    changed = event.model_copy(update={"created_at": 7})
    assert (changed.created_at, event.created_at) == (7, FAILED["created_at"])
    assert changed.model_extra == {"attempt": 2}
    assert changed != event
    assert event.model_copy(deep=True) == event


def test_model_construct() -> None:
    event = BatchCompletedWebhookEvent.model_construct(id="evt_1", data={"id": "batch_1"})
    assert event.data.id == "batch_1"
    assert event.model_fields_set == {"id", "data"}


def test_include_and_exclude() -> None:
    event = failed()
    assert event.model_dump(include={"id", "type"}) == {
        "id": "evt_1",
        "type": "fine_tuning.job.failed",
    }
    assert event.model_dump(exclude={"data": {"reason"}, "attempt": True})["data"] == {
        "id": "ftjob-1"
    }
    assert event.model_dump_json(include={"data": {"id"}}) == '{"data":{"id":"ftjob-1"}}'


def test_include_an_item_of_a_list() -> None:
    event = RealtimeCallIncomingWebhookEvent.model_validate(CALL)
    include = {"data": {"sip_headers": {"__all__": {"name"}}}}
    assert event.model_dump(include=include) == {
        "data": {"sip_headers": [{"name": "To"}, {"name": "From"}]}
    }
    assert event.model_dump(include={"data": {"sip_headers": {0}}}) == {
        "data": {"sip_headers": HEADERS[:1]}
    }
    assert event.data.model_dump(exclude={"sip_headers": {-1}, "sip_media_security": True}) == {
        "call_id": "rtc_1",
        "sip_headers": HEADERS[:1],
    }


def test_the_options_of_dumps() -> None:
    event = RealtimeCallIncomingWebhookEvent.model_validate(CALL)
    assert event.model_dump(exclude_unset=True) == CALL
    assert event.model_dump()["object"] is None
    assert "object" not in event.model_dump(exclude_none=True)
    assert "object" not in event.model_dump(exclude_defaults=True)
    assert event.model_dump(by_alias=True, round_trip=True, warnings=False) == event.model_dump()


def test_the_options_of_validation() -> None:
    validate = FineTuningJobFailedWebhookEvent.model_validate
    assert validate(FAILED, context={"tenant": 5}, by_alias=True, by_name=True) == failed()
    with pytest.raises(pydantic.ValidationError):
        validate({**FAILED, "created_at": "5"}, strict=True)


def test_an_instance_validates_as_itself() -> None:
    event = failed()
    assert FineTuningJobFailedWebhookEvent.model_validate(event) is event


def test_iteration() -> None:
    assert dict(failed()) == {"attempt": 2, **{key: getattr(failed(), key) for key in FAILED}}


def test_json_schema() -> None:
    schema = FineTuningJobFailedWebhookEvent.model_json_schema()
    assert schema["required"] == ["id", "created_at", "data", "type"]


def test_copies_and_pickles_are_equal() -> None:
    event = failed()
    assert copy.copy(event) == copy.deepcopy(event) == event
    assert pickle.loads(pickle.dumps(event)) == event
    assert pickle.loads(pickle.dumps(event.data)) == event.data


def test_repr() -> None:
    assert repr(failed()).startswith("FineTuningJobFailedWebhookEvent(id='evt_1', created_at=")
    assert "data=Data(id='ftjob-1', reason='no_credit')" in repr(failed())


def test_the_union_has_the_events() -> None:
    assert FineTuningJobFailedWebhookEvent in get_args(get_args(UnwrapWebhookEvent)[0])
