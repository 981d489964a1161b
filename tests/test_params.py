"""The parameters of the endpoints API, for type checkers and for code that reads their keys."""

import sys
import typing

import pytest

import openai_webhook_types as owt
from openai_webhook_types import (
    WebhookCreateParams,
    WebhookListParams,
    WebhookRotateSecretParams,
    WebhookTestParams,
    WebhookUpdateParams,
)

# The required keys and the optional ones.
KEYS = {
    WebhookCreateParams: ({"event_types", "name", "url"}, set()),
    WebhookUpdateParams: (set(), {"event_types", "name", "url"}),
    WebhookListParams: (set(), {"after", "limit"}),
    WebhookRotateSecretParams: (set(), {"keep_old_secret_active_for_24_hours"}),
    WebhookTestParams: ({"event_type"}, set()),
}


@pytest.mark.parametrize("params", KEYS)
def test_they_tell_their_keys(params):
    required, optional = KEYS[params]
    assert params.__required_keys__ == required
    assert params.__optional_keys__ == optional
    assert typing.get_type_hints(params).keys() == required | optional


@pytest.mark.parametrize("params", KEYS)
def test_they_are_dicts(params):
    assert params(name="x") == {"name": "x"}
    if sys.version_info >= (3, 10):
        assert typing.is_typeddict(params)


def test_event_types_are_those_that_can_be_subscribed_to():
    (create,) = typing.get_args(typing.get_type_hints(WebhookCreateParams)["event_types"])
    (update,) = typing.get_args(typing.get_type_hints(WebhookUpdateParams)["event_types"])
    test = typing.get_type_hints(WebhookTestParams)["event_type"]
    known = typing.get_args(create)
    assert known == typing.get_args(update) == typing.get_args(test)
    assert len({*known}) == len(known)
    assert {*known} - {*owt.EVENT_TYPES} == {"video.completed", "video.failed"}


def test_other_keys_resolve_to_what_the_api_takes():
    assert typing.get_type_hints(WebhookListParams) == {
        "after": typing.Optional[str],
        "limit": int,
    }
    assert typing.get_type_hints(WebhookRotateSecretParams) == {
        "keep_old_secret_active_for_24_hours": bool
    }
