"""Hypothesis makes events from the classes alone: valid ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import openai_webhook_types as owt
from tests.strategies import json_values
from tests.values import KNOWN_EVENTS


@pytest.mark.parametrize("cls", KNOWN_EVENTS)
@given(data=st.data())
def test_from_type_makes_valid_events(cls, data):
    event = data.draw(st.from_type(cls))
    assert type(event) is cls
    assert cls.from_dict(event.to_dict(), strict=True) == event
    assert cls.from_json(event.to_json(), strict=True) == event


@given(st.from_type(owt.UnwrapWebhookEvent))
def test_from_type_makes_events_of_the_union(event):
    assert owt.parse_event(event.to_dict(), strict=True) == event


@given(st.from_type(owt.UnwrapWebhookEvent.__args__[0].Data))
def test_from_type_makes_what_events_hold(data):
    assert type(data).from_dict(data.to_dict(), strict=True) == data


@given(st.builds(owt.UnknownWebhookEvent, data=json_values))
def test_builds_makes_unknown_events_from_any_data(event):
    assert owt.UnknownWebhookEvent.from_dict(event.to_dict(), strict=True).to_dict() == (
        event.to_dict()
    )
