"""Events as fields of Pydantic models."""

from typing import Annotated, Optional

import openai.types.webhooks
import pydantic
import pytest

import openai_webhook_types as owt
from tests.interop.plain_schema import plain
from tests.values import CASES, CLASSES, SAMPLES


class Delivery(pydantic.BaseModel):
    """A model of an application, for any event."""

    webhook: Annotated[owt.UnwrapWebhookEvent, pydantic.Field(discriminator="type")]
    again: Optional[owt.FineTuningJobFailedWebhookEvent] = None


@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_a_model_builds_and_dumps_the_event_of_a_field(cls, payload):
    event = cls.from_dict(payload)
    delivery = Delivery.model_validate({"webhook": payload})
    in_full = event.to_dict(exclude_unset=False)
    assert type(delivery.webhook) is cls
    assert delivery.webhook == event
    assert delivery == Delivery(webhook=event)
    assert delivery.model_dump(mode="json") == {"webhook": in_full, "again": None}
    assert Delivery.model_validate_json(delivery.model_dump_json()) == delivery


@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_a_model_keeps_an_event_whole_but_dumps_its_declared_fields(cls, payload):
    event = cls.from_dict({**payload, "later": 1})
    delivery = Delivery(webhook=event)
    assert delivery.webhook is event
    assert delivery.model_dump(mode="json", exclude_unset=True) == {
        "webhook": cls.from_dict(payload).to_dict(exclude_unset=False)
    }


@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_a_model_can_ask_for_from_dict_and_to_dict_instead(cls, payload):
    class Whole(pydantic.BaseModel):
        webhook: Annotated[
            pydantic.InstanceOf[owt.WebhookEvent],
            pydantic.BeforeValidator(owt.parse_event),
            pydantic.PlainSerializer(lambda event: event.to_dict()),
        ]

    with_unknown = {"webhook": {**payload, "later": 1}}
    whole = Whole.model_validate(with_unknown)
    assert type(whole.webhook) is cls
    assert whole.model_dump() == with_unknown
    assert Whole.model_validate_json(whole.model_dump_json()) == whole


def test_a_wrong_event_is_a_problem_of_the_model():
    with pytest.raises(pydantic.ValidationError) as caught:
        Delivery.model_validate({"webhook": {**SAMPLES["batch.failed"], "id": 5}})
    assert [error["loc"] for error in caught.value.errors()] == [("webhook", "batch.failed", "id")]


@pytest.mark.parametrize("cls", CLASSES.values())
def test_pydantic_describes_an_event_as_it_describes_the_sdks(cls):
    ours = pydantic.TypeAdapter(cls).json_schema()
    theirs = getattr(openai.types.webhooks, cls.__name__).model_json_schema()
    assert plain(ours, ours["$defs"]) == plain(theirs, theirs["$defs"])
