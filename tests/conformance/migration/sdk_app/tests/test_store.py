"""Events in the database and out of it."""

import pytest
from openai.types.webhooks import BatchCompletedWebhookEvent, FineTuningJobFailedWebhookEvent
from pydantic import BaseModel

from ..store import Store
from .values import FAILED


@pytest.fixture
def event() -> FineTuningJobFailedWebhookEvent:
    return FineTuningJobFailedWebhookEvent.model_validate(FAILED)


def test_an_event_is_kept_once(event: FineTuningJobFailedWebhookEvent) -> None:
    store = Store()
    assert store.add(event) is True
    assert store.add(event) is False
    assert len(store.all()) == 1


def test_an_event_comes_back_as_it_was(event: FineTuningJobFailedWebhookEvent) -> None:
    store = Store()
    store.add(event)
    found = store.load(FineTuningJobFailedWebhookEvent, "evt_1")
    assert found == event
    assert found.to_dict() == FAILED
    assert store.all() == [event]


def test_unknown_fields_come_back(event: FineTuningJobFailedWebhookEvent) -> None:
    store = Store()
    store.add(event)
    (found,) = store.all()
    assert isinstance(found, BaseModel)
    assert found.model_extra == {"attempt": 2}
    assert found.model_dump()["data"] == FAILED["data"]


def test_an_event_of_another_class_is_not_found(event: FineTuningJobFailedWebhookEvent) -> None:
    store = Store()
    store.add(event)
    assert store.load(BatchCompletedWebhookEvent, "evt_1") is None
    assert store.load(BatchCompletedWebhookEvent, "evt_9") is None
