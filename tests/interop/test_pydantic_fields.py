"""Events as fields of Pydantic models, whole and in part."""

import json
import subprocess
import sys
from datetime import timedelta
from typing import Annotated, Any, Dict, List, Optional, Union

import openai.types.webhooks
import pydantic
import pydantic_core
import pytest
from hypothesis import given
from hypothesis import strategies as st

import openai_webhook_types as owt
from openai_webhook_types._model.pydantic_hooks import serializer
from tests.interop.plain_schema import plain
from tests.strategies import payloads
from tests.values import (
    CASES,
    CLASSES,
    ENDPOINTS,
    PAYLOADS,
    ROOT,
    SAMPLES,
    UNKNOWN,
    assert_introspectable,
    each_type,
)


class Delivery(pydantic.BaseModel):
    """A model of an application, for events of known types."""

    webhook: Annotated[owt.UnwrapWebhookEvent, pydantic.Field(discriminator="type")]
    again: Optional[owt.FineTuningJobFailedWebhookEvent] = None


class AnyDelivery(pydantic.BaseModel):
    """A model of an application, for any event."""

    webhook: owt.AnyWebhookEvent
    base: Optional[owt.WebhookEvent] = None


_DELIVERIES = pytest.mark.parametrize("model", [Delivery, AnyDelivery])


@_DELIVERIES
@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_a_model_keeps_unknown_and_unset_fields(model, cls, payload):
    more = {**payload, "data": {**payload["data"], "deep": [1]}, "later": {"a": None}}
    event = cls.from_dict(more)
    for delivery in (
        model.model_validate({"webhook": more}),
        model.model_validate_json(json.dumps({"webhook": more})),
        model.model_validate_json(json.dumps({"webhook": more}), strict=True),
        model(webhook=event),
    ):
        assert type(delivery.webhook) is cls
        assert delivery.webhook.to_dict() == more
        assert delivery.model_dump(mode="json", exclude_unset=True) == {"webhook": more}
        assert delivery.model_dump()["webhook"] == event.model_dump()
        assert json.loads(delivery.model_dump_json(exclude_unset=True)) == {"webhook": more}
    assert model(webhook=event).webhook is event


@each_type
@given(data=st.data())
def test_an_adapter_reads_and_dumps_what_from_dict_and_to_dict_do(cls, data):
    payload = data.draw(payloads(cls))
    adapter = pydantic.TypeAdapter(cls)
    event = adapter.validate_python(payload)
    assert event == cls.from_dict(payload)
    assert adapter.dump_python(event) == event.model_dump()
    assert adapter.dump_python(event, exclude_unset=True) == event.to_dict()
    assert adapter.dump_python(event, mode="json") == event.model_dump(mode="json")
    for options in ({"exclude_none": True}, {"exclude_defaults": True}, {"exclude": {"id"}}):
        assert adapter.dump_python(event, **options) == event.model_dump(**options)
    assert adapter.validate_json(event.to_json()) == cls.from_json(event.to_json())


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(
    "wrong",
    [
        {"id": 5},
        {"data": {}},
        {"data": 3, "id": None},
        {"created_at": "1"},
        {"type": "x"},
        {"type": 1, "object": 2},
    ],
)
@each_type
def test_an_adapter_finds_the_problems_of_from_dict(cls, wrong, strict):
    payload = {**PAYLOADS[cls], **wrong}
    adapter = pydantic.TypeAdapter(cls)
    try:
        expected = cls.from_dict(payload, strict=strict)
    except owt.ValidationError as error:
        with pytest.raises(pydantic.ValidationError) as caught:
            adapter.validate_python(payload, strict=strict)
        assert caught.value.errors(include_url=False) == error.errors()
    else:
        assert adapter.validate_python(payload, strict=strict) == expected


def test_the_place_of_a_problem_has_the_type_where_a_discriminator_chose_it():
    payload = {**SAMPLES["batch.failed"], "id": 5}
    for model, chosen in ((Delivery, ["batch.failed"]), (AnyDelivery, [])):
        with pytest.raises(pydantic.ValidationError) as caught:
            model.model_validate({"webhook": payload})
        assert [error["loc"] for error in caught.value.errors()] == [("webhook", *chosen, "id")]


def test_any_event_may_be_unknown_but_never_of_a_known_type():
    new = {**UNKNOWN, "data": {"a": [1]}, "later": 2}
    for name in ("webhook", "base"):
        fields = {"webhook": new, name: new}
        delivery = AnyDelivery.model_validate(fields)
        assert type(getattr(delivery, name)) is owt.UnknownWebhookEvent
        assert delivery.model_dump(exclude_unset=True) == fields
        with pytest.raises(pydantic.ValidationError):
            AnyDelivery.model_validate({**fields, name: {**new, "type": "batch.failed"}})


def test_include_and_exclude_reach_into_an_event():
    delivery = AnyDelivery(webhook=owt.parse_event({**SAMPLES["batch.failed"], "later": 1}))
    assert delivery.model_dump(include={"webhook": {"id"}}) == {
        "webhook": {"id": SAMPLES["batch.failed"]["id"]}
    }
    dumped = delivery.model_dump(exclude={"webhook": {"data", "later"}}, exclude_none=True)
    assert dumped["webhook"].keys() == SAMPLES["batch.failed"].keys() - {"data"}


def test_fields_of_other_types_dump_an_event_whole():
    class Loose(pydantic.BaseModel):
        anything: Any
        item: object
        items: Dict[str, Any]
        base: pydantic.SerializeAsAny[owt.WebhookEvent]

    payload = {**SAMPLES["batch.failed"], "later": 1}
    event = owt.parse_event(payload)
    loose = Loose(anything=event, item=event, items={"a": event}, base=event)
    assert loose.model_dump(exclude_unset=True) == {
        "anything": payload, "item": payload, "items": {"a": payload}, "base": payload
    }  # fmt: skip
    assert json.loads(pydantic_core.to_json(event)) == payload


def test_the_place_of_a_problem_has_the_class_where_a_union_tried_it():
    adapter = pydantic.TypeAdapter(
        Union[owt.BatchCompletedWebhookEvent, owt.BatchFailedWebhookEvent]
    )
    with pytest.raises(pydantic.ValidationError) as caught:
        adapter.validate_python({**SAMPLES["batch.failed"], "id": 5})
    assert [error["loc"] for error in caught.value.errors()] == [
        ("BatchCompletedWebhookEvent", "id"),
        ("BatchCompletedWebhookEvent", "type"),
        ("BatchFailedWebhookEvent", "id"),
    ]


def test_pydantic_makes_json_of_values_in_unknown_fields():
    event = owt.BatchFailedWebhookEvent.from_dict(
        {**SAMPLES["batch.failed"], "took": timedelta(days=1), "thing": object()}
    )
    adapter = pydantic.TypeAdapter(owt.BatchFailedWebhookEvent)
    dumped = json.loads(adapter.dump_json(event, fallback=lambda _: "a thing"))
    assert [dumped["took"], dumped["thing"]] == ["P1D", "a thing"]


def test_unions_with_other_types_choose_by_the_value():
    adapter = pydantic.TypeAdapter(List[owt.BatchFailedWebhookEvent | str])
    values = ["text", owt.parse_event(SAMPLES["batch.failed"])]
    assert adapter.validate_python(values) == values
    assert adapter.dump_python(values) == ["text", values[1].model_dump()]


@pytest.mark.parametrize("cls", [*CLASSES.values(), *ENDPOINTS])
def test_pydantic_describes_a_type_as_it_describes_the_sdks(cls):
    ours = pydantic.TypeAdapter(cls).json_schema()
    theirs = getattr(openai.types.webhooks, cls.__name__).model_json_schema()
    assert plain(ours, ours.get("$defs")) == plain(theirs, theirs.get("$defs"))


@pytest.mark.parametrize("kind", [owt.AnyWebhookEvent, owt.WebhookEvent])
def test_the_schema_of_any_event_has_every_type(kind):
    schema = pydantic.TypeAdapter(kind).json_schema()
    names = [reference["$ref"].rpartition("/")[2] for reference in schema["anyOf"]]
    assert names == [*[cls.__name__ for cls in CLASSES.values()], "UnknownWebhookEvent"]


@each_type
def test_tools_may_look_at_everything(cls):
    assert_introspectable(cls)


def test_an_event_of_a_class_with_annotations_that_do_not_resolve_is_dumped_whole():
    class Mine(owt.BatchFailedWebhookEvent):
        helper: "ClassVar[Helper]"  # noqa: F821

    payload = {**SAMPLES["batch.failed"], "later": 1}
    assert json.loads(pydantic_core.to_json(Mine.from_dict(payload))) == payload


def test_pydantic_loads_the_union_of_all_events_for_their_base_alone():
    code = """
import sys, pydantic, openai_webhook_types as owt
for cls in (owt.BatchFailedWebhookEvent, owt.WebhookEvent):
    pydantic.TypeAdapter(cls)
    print("openai_webhook_types.events._union" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    assert done.stdout.split() == [b"False", b"True"]


def test_nothing_loads_pydantic_before_pydantic_asks():
    code = "import sys; from openai_webhook_types import *; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    loaded = done.stdout.split()
    assert "openai_webhook_types.events.batch" in loaded
    assert not {"pydantic", "pydantic_core", "openai_webhook_types._model.pydantic_hooks"} & {
        *loaded
    }


@_DELIVERIES
@pytest.mark.parametrize("event_type", ["batch.failed", "safety.alert.created"])
def test_a_new_value_of_a_literal_is_refused_in_a_payload_and_kept_in_an_event(model, event_type):
    payload = {**SAMPLES[event_type], "object": "newer"}
    with pytest.raises(pydantic.ValidationError, match="literal_error"):
        model.model_validate({"webhook": payload})
    received = owt.parse_event(payload)
    assert model(webhook=received).webhook is received
    assert model(webhook=received).model_dump()["webhook"] == payload


def test_without_pydantic_there_is_no_serializer(monkeypatch):
    event = owt.parse_event(SAMPLES["batch.failed"])
    serializer.cache_clear()
    monkeypatch.setitem(sys.modules, "pydantic_core", None)
    assert not hasattr(event, "__pydantic_serializer__")
    monkeypatch.undo()
    assert event.__pydantic_serializer__.to_python(event) == event.model_dump()
