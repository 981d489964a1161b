"""The types of the endpoints API: the order of their fields, and the secret that no repr shows."""

import dataclasses
import inspect

import pytest

from openai_webhook_types import (
    WebhookEndpoint,
    WebhookEndpointList,
    WebhookEndpointWithSecret,
    WebhookEventTypeList,
)
from tests.values import (
    ENDPOINT,
    ENDPOINT_WITH_SECRET,
    ENDPOINTS,
    PAGE,
    SIGNING_SECRET,
    TYPE_LIST,
    problems,
    required,
)

each_endpoint = pytest.mark.parametrize("cls", ENDPOINTS, ids=lambda cls: cls.__name__)


class TestFieldOrder:
    """Dumps, reprs and errors have the order of the SDK, where optional fields may come first."""

    @each_endpoint
    def test_constructors_take_the_required_fields_first(self, cls):
        names = [field.name for field in dataclasses.fields(cls)]
        needed = required(cls)
        signature = inspect.signature(cls)
        expected = [*needed, *(name for name in names if name not in needed)]
        assert list(signature.parameters) == expected
        for name, parameter in signature.parameters.items():
            assert parameter.default is (inspect.Parameter.empty if name in needed else None)
        if hasattr(cls, "__match_args__"):  # since Python 3.10, in every dataclass
            assert list(cls.__match_args__) == expected
        hints = {field.name: field.type for field in dataclasses.fields(cls)}
        assert {n: p.annotation for n, p in signature.parameters.items()} == hints

    def test_fields_are_in_the_order_of_the_sdk(self):
        names = [field.name for field in dataclasses.fields(WebhookEndpoint)]
        assert names == [
            "id", "created_at", "event_types", "name", "object", "signing_secret_hint", "url",
            "updated_at",
        ]  # fmt: skip
        names.insert(5, "signing_secret")
        assert names == [field.name for field in dataclasses.fields(WebhookEndpointWithSecret)]

    def test_dumps(self):
        names = [field.name for field in dataclasses.fields(WebhookEndpoint)]
        hinted = {**ENDPOINT, "signing_secret_hint": "…", "updated_at": 1}
        assert list(WebhookEndpoint.from_dict(hinted).to_dict()) == names
        made = WebhookEndpoint("we_1", 1, (), "n", "webhook_endpoint", "https://example.com")
        assert list(made.to_dict(exclude_unset=False)) == list(made.model_dump()) == names

    def test_repr(self):
        assert repr(WebhookEndpointList.from_dict({**PAGE, "data": []})) == (
            "WebhookEndpointList(data=(), first_id=None, has_more=False, last_id=None, "
            "object='list')"
        )


class TestSecret:
    def test_it_is_a_field(self):
        endpoint = WebhookEndpointWithSecret.from_dict(ENDPOINT_WITH_SECRET)
        assert endpoint.signing_secret == SIGNING_SECRET
        assert endpoint.to_dict() == ENDPOINT_WITH_SECRET
        assert SIGNING_SECRET in endpoint.to_json()

    def test_no_repr_shows_it(self):
        endpoint = WebhookEndpointWithSecret.from_dict({**ENDPOINT_WITH_SECRET, "new": 1})
        assert str(endpoint) == repr(endpoint)
        assert repr(endpoint) == (
            "WebhookEndpointWithSecret(id='we_1', created_at=1750287018, "
            "event_types=('batch.completed', 'batch.failed'), name='Batches', "
            "object='webhook_endpoint', signing_secret_hint='whsec_...V0', "
            "url='https://example.com/hook', updated_at=None, new=1)"
        )
        others = (
            endpoint.model_copy(update={"signing_secret": SIGNING_SECRET + "2"}),
            WebhookEndpointWithSecret.model_construct(**ENDPOINT_WITH_SECRET),
            WebhookEndpointWithSecret(
                "we_1", 1, (), "n", "webhook_endpoint", SIGNING_SECRET, "https://example.com"
            ),
        )
        for other in others:
            assert other.signing_secret.startswith(SIGNING_SECRET)
            assert SIGNING_SECRET not in repr(other)
            assert SIGNING_SECRET not in repr([other])

    def test_it_counts_for_equality(self):
        endpoint = WebhookEndpointWithSecret.from_dict(ENDPOINT_WITH_SECRET)
        assert endpoint != endpoint.model_copy(update={"signing_secret": "other"})

    def test_an_endpoint_with_it_is_not_one_without_it(self):
        endpoint = WebhookEndpointWithSecret.from_dict(ENDPOINT_WITH_SECRET)
        assert problems(WebhookEndpoint, endpoint) == [("model_type", ())]
        assert problems(WebhookEndpointWithSecret, ENDPOINT) == [("missing", ("signing_secret",))]


def test_a_page_holds_endpoints():
    page = WebhookEndpointList.from_dict({**PAGE, "first_id": "we_1", "last_id": "we_1"})
    assert page.data == (WebhookEndpoint.from_dict(ENDPOINT),)
    assert (page.first_id, page.last_id, page.has_more) == ("we_1", "we_1", False)
    assert page.to_dict() == {**PAGE, "first_id": "we_1", "last_id": "we_1"}


def test_event_types_are_a_tuple_and_dump_as_a_list():
    endpoint = WebhookEndpoint.from_dict(ENDPOINT)
    assert endpoint.event_types == ("batch.completed", "batch.failed")
    assert endpoint.to_dict()["event_types"] == ENDPOINT["event_types"]
    assert WebhookEventTypeList.from_dict(TYPE_LIST).to_json(indent=None) == (
        '{"data":["batch.completed","video.completed"],"object":"list"}'
    )
