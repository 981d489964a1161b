"""The rules of the endpoint types and of the request shapes, as examples and as properties."""

import collections
import copy
import dataclasses
import json
import pickle
import sys
import typing
from decimal import Decimal
from enum import Enum, IntEnum
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import openai_webhook_types as owt
from openai_webhook_types import (
    DeletedWebhookEndpoint,
    ValidationError,
    WebhookCreateParams,
    WebhookEndpoint,
    WebhookEndpointList,
    WebhookEndpointTestResult,
    WebhookEndpointWithSecret,
    WebhookEventTypeList,
    WebhookListParams,
    WebhookRotateSecretParams,
    WebhookTestParams,
    WebhookUpdateParams,
    endpoints,
)
from tests.strategies import payloads

TYPES = [getattr(owt, name) for name in endpoints.__all__]
each_type = pytest.mark.parametrize("cls", TYPES, ids=lambda cls: cls.__name__)

ENDPOINT = {
    "id": "we_1",
    "object": "webhook_endpoint",
    "created_at": 1750287018,
    "event_types": ["batch.completed", "batch.failed"],
    "name": "Batches",
    "url": "https://example.com/hook",
}
SECRET = "whsec_c2VjcmV0"
WITH_SECRET = {**ENDPOINT, "signing_secret": SECRET, "signing_secret_hint": "whsec_...V0"}
PAGE = {"object": "list", "data": [ENDPOINT], "has_more": False}
TESTED = {
    "object": "webhook_endpoint.test",
    "event_type": "batch.completed",
    "status_code": 200,
    "success": True,
    "webhook_endpoint_id": "we_1",
}
DELETED = {"id": "we_1", "object": "webhook_endpoint.deleted", "deleted": True}
EVENT_TYPES = {"object": "list", "data": ["batch.completed", "video.completed"]}


def problems(cls, payload, **options):
    """Return type and path of what a class finds wrong with a payload."""
    with pytest.raises(ValidationError) as caught:
        cls.from_dict(payload, **options)
    return [(problem["type"], problem["loc"]) for problem in caught.value.errors()]


@each_type
@given(data=st.data())
def test_a_valid_payload_comes_back_as_it_was(cls, data):
    payload = data.draw(payloads(cls))
    found = cls.from_dict(payload, strict=True)
    assert found.model_fields_set == payload.keys()
    assert json.dumps(found.to_dict(), sort_keys=True) == json.dumps(payload, sort_keys=True)
    assert cls.from_dict(found.to_dict()) == cls.from_dict(payload) == found


@each_type
@given(data=st.data())
def test_a_valid_payload_comes_back_through_json(cls, data):
    found = cls.from_dict(data.draw(payloads(cls)))
    again = cls.from_json(found.to_json(), strict=True)
    assert again.to_dict() == json.loads(found.to_json()) == found.to_dict(mode="json")


@each_type
@given(data=st.data())
def test_copies_are_equal_and_keep_everything(cls, data):
    found = cls.from_dict(data.draw(payloads(cls)))
    for same in (
        copy.copy(found),
        copy.deepcopy(found),
        found.model_copy(deep=True),
        pickle.loads(pickle.dumps(found)),
    ):
        assert same.model_fields_set == found.model_fields_set
        assert repr(same.to_dict()) == repr(found.to_dict())
        assert hash(same) == hash(found)


@each_type
@given(data=st.data())
def test_the_constructor_takes_every_field_by_name(cls, data):
    names = [field.name for field in dataclasses.fields(cls)]
    payload = data.draw(payloads(cls))
    found = cls.from_dict({name: payload[name] for name in names if name in payload})
    made = cls(**{name: getattr(found, name) for name in names})
    assert made == found
    assert list(made.to_dict()) == names
    assert dataclasses.replace(made, object="x") == found.model_copy(update={"object": "x"})


@each_type
@given(data=st.data())
def test_the_constructor_wants_every_required_field(cls, data):
    found = cls.from_dict(data.draw(payloads(cls)))
    fields = dataclasses.fields(cls)
    required = {f.name: getattr(found, f.name) for f in fields if f.default is dataclasses.MISSING}
    assert cls(**required) == cls(*required.values())
    missing = data.draw(st.sampled_from(sorted(required)))
    del required[missing]
    with pytest.raises(TypeError, match=missing):
        cls(**required)


@each_type
def test_fields_cannot_be_assigned(cls):
    found = cls.model_construct(object="x")
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.object = "y"
    assert found.object == "x"


class TestFieldOrder:
    """Dumps, reprs and errors go by the order of the SDK, required fields or not."""

    def test_dumps(self):
        names = ["id", "created_at", "event_types", "name", "object", "signing_secret_hint", "url"]
        hinted = {**ENDPOINT, "signing_secret_hint": "…", "updated_at": 1}
        assert list(WebhookEndpoint.from_dict(hinted).to_dict()) == [*names, "updated_at"]
        made = WebhookEndpoint("we_1", 1, (), "n", "webhook_endpoint", "https://example.com")
        assert list(made.to_dict()) == list(made.model_dump()) == [*names, "updated_at"]

    def test_errors(self):
        assert problems(WebhookEndpointList, {"first_id": 1}) == [
            ("missing", ("data",)),
            ("string_type", ("first_id",)),
            ("missing", ("has_more",)),
            ("missing", ("object",)),
        ]

    def test_repr(self):
        assert repr(WebhookEndpointList.from_dict({**PAGE, "data": []})) == (
            "WebhookEndpointList(data=(), first_id=None, has_more=False, last_id=None, "
            "object='list')"
        )


class TestSecret:
    def test_it_is_there_to_be_used(self):
        endpoint = WebhookEndpointWithSecret.from_dict(WITH_SECRET)
        assert endpoint.signing_secret == SECRET
        assert endpoint.to_dict() == WITH_SECRET
        assert SECRET in endpoint.to_json()

    def test_no_repr_has_it(self):
        endpoint = WebhookEndpointWithSecret.from_dict({**WITH_SECRET, "new": 1})
        assert str(endpoint) == repr(endpoint)
        assert repr(endpoint) == (
            "WebhookEndpointWithSecret(id='we_1', created_at=1750287018, "
            "event_types=('batch.completed', 'batch.failed'), name='Batches', "
            "object='webhook_endpoint', signing_secret_hint='whsec_...V0', "
            "url='https://example.com/hook', updated_at=None, new=1)"
        )
        others = (
            endpoint.model_copy(update={"signing_secret": SECRET + "2"}),
            WebhookEndpointWithSecret.model_construct(**WITH_SECRET),
            WebhookEndpointWithSecret(
                "we_1", 1, (), "n", "webhook_endpoint", SECRET, "https://example.com"
            ),
        )
        for other in others:
            assert other.signing_secret.startswith(SECRET)
            assert SECRET not in repr(other)
            assert SECRET not in repr([other])

    def test_it_counts_for_equality(self):
        endpoint = WebhookEndpointWithSecret.from_dict(WITH_SECRET)
        assert endpoint != endpoint.model_copy(update={"signing_secret": "other"})

    def test_an_endpoint_with_it_is_none_without_it(self):
        endpoint = WebhookEndpointWithSecret.from_dict(WITH_SECRET)
        assert problems(WebhookEndpoint, endpoint) == [("model_type", ())]


class Text(str):
    __slots__ = ()


class Whole:
    def __index__(self):
        return 1


class One(IntEnum):
    ONE = 1


class Plain(Enum):
    TRUE = True


class TestBooleans:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            *((text, True) for text in ("true", "True", "TRUE", "t", "T", "yes", "y", "on", "1")),
            *((text, False) for text in ("false", "fAlSe", "f", "no", "N", "off", "0")),
            (Text("yes"), True), (b"no", False), (1, True), (0, False), (1.0, True), (-0.0, False),
            (Decimal(1), True), (Fraction(0), False), (One.ONE, True), (Whole(), True),
        ],
    )  # fmt: skip
    def test_lax_mode_takes_what_says_so(self, value, expected):
        assert DeletedWebhookEndpoint.from_dict({**DELETED, "deleted": value}).deleted is expected
        page = WebhookEndpointList.from_dict({**PAGE, "has_more": value})
        assert page.has_more is expected
        assert problems(DeletedWebhookEndpoint, {**DELETED, "deleted": value}, strict=True) == [
            ("bool_type", ("deleted",))
        ]

    @pytest.mark.parametrize(
        ("value", "kind"),
        [
            *((text, "bool_parsing") for text in ("", " true", "2", "1.0", "\uff59", b"\xff")),
            (2, "bool_parsing"), (-1, "bool_parsing"), (2.0, "bool_parsing"),
            (-(2**63), "bool_parsing"), (2**63, "bool_type"), (float(-(2**63)), "bool_type"),
            (0.5, "bool_type"), (float("nan"), "bool_type"), (float("inf"), "bool_type"),
            (None, "bool_type"), ([], "bool_type"), (bytearray(b"1"), "bool_type"),
            (Plain.TRUE, "bool_type"), (Decimal("sNaN"), "bool_type"),
            ("\ud800", "string_unicode"),
        ],
    )  # fmt: skip
    def test_and_nothing_else(self, value, kind):
        assert problems(WebhookEndpointList, {**PAGE, "has_more": value}) == [(kind, ("has_more",))]

    def test_required(self):
        assert problems(DeletedWebhookEndpoint, {"id": "x"}) == [
            ("missing", ("deleted",)),
            ("missing", ("object",)),
        ]


class TestLiteralTrue:
    @pytest.mark.parametrize("strict", [False, True])
    @pytest.mark.parametrize("value", [True, 1, 1.0, Decimal(1), One.ONE])
    def test_what_equals_true_is_true(self, value, strict):
        """As Pydantic sees it, in strict mode too."""
        result = WebhookEndpointTestResult.from_dict({**TESTED, "success": value}, strict=strict)
        assert result.success is True

    @pytest.mark.parametrize("value", [False, 0, 2, "true", "1", b"1", None, [], Whole(), "\ud800"])
    def test_nothing_else_is(self, value):
        payload = {**TESTED, "success": value}
        assert problems(WebhookEndpointTestResult, payload) == [("literal_error", ("success",))]
        with pytest.raises(ValidationError, match="Input should be True "):
            WebhookEndpointTestResult.from_dict(payload)

    def test_required(self):
        payload = {key: value for key, value in TESTED.items() if key != "success"}
        assert problems(WebhookEndpointTestResult, payload) == [("missing", ("success",))]


class TestOptionalInteger:
    @pytest.mark.parametrize(("value", "expected"), [(5, 5), ("5", 5), (5.0, 5), (None, None)])
    def test_taken(self, value, expected):
        endpoint = WebhookEndpoint.from_dict({**ENDPOINT, "updated_at": value})
        assert endpoint.updated_at == expected
        assert type(endpoint.updated_at) is type(expected)

    def test_absent_is_not_null(self):
        assert "updated_at" not in WebhookEndpoint.from_dict(ENDPOINT).to_dict()
        null = WebhookEndpoint.from_dict({**ENDPOINT, "updated_at": None})
        assert null.to_dict()["updated_at"] is None
        assert null == WebhookEndpoint.from_dict(ENDPOINT)

    def test_refused(self):
        assert problems(WebhookEndpoint, {**ENDPOINT, "updated_at": "x"}) == [
            ("int_parsing", ("updated_at",))
        ]
        assert problems(WebhookEndpoint, {**ENDPOINT, "updated_at": "5"}, strict=True) == [
            ("int_type", ("updated_at",))
        ]


class TestListOfStrings:
    def test_it_becomes_a_tuple_and_dumps_as_a_list(self):
        endpoint = WebhookEndpoint.from_dict(ENDPOINT)
        assert endpoint.event_types == ("batch.completed", "batch.failed")
        assert endpoint.to_dict()["event_types"] == ENDPOINT["event_types"]
        assert WebhookEventTypeList.from_dict(EVENT_TYPES).to_json(indent=None) == (
            '{"data":["batch.completed","video.completed"],"object":"list"}'
        )

    def test_the_payload_stays_apart(self):
        payload = {**EVENT_TYPES, "data": ["a"]}
        found = WebhookEventTypeList.from_dict(payload)
        payload["data"].append("b")
        assert found.data == ("a",)

    @pytest.mark.parametrize("collection", [tuple, collections.deque, dict.fromkeys, iter])
    def test_lax_mode_takes_other_collections(self, collection):
        value = collection(["a", b"b"])
        value = value.keys() if isinstance(value, dict) else value
        assert WebhookEventTypeList.from_dict({**EVENT_TYPES, "data": value}).data == ("a", "b")

    @pytest.mark.parametrize("value", ["ab", b"ab", {"a": "b"}, None, 5])
    def test_but_not_those(self, value):
        assert problems(WebhookEventTypeList, {**EVENT_TYPES, "data": value}) == [
            ("list_type", ("data",))
        ]

    def test_strict_mode_takes_lists_only(self):
        assert problems(WebhookEventTypeList, {**EVENT_TYPES, "data": ("a",)}, strict=True) == [
            ("list_type", ("data",))
        ]

    def test_each_item_has_its_problem(self):
        assert problems(WebhookEndpoint, {**ENDPOINT, "event_types": ["a", 1, b"b", None]}) == [
            ("string_type", ("event_types", 1)),
            ("string_type", ("event_types", 3)),
        ]
        assert problems(WebhookEndpoint, {**ENDPOINT, "event_types": [b"b"]}, strict=True) == [
            ("string_type", ("event_types", 0))
        ]

    def test_required(self):
        assert problems(WebhookEventTypeList, {"object": "list"}) == [("missing", ("data",))]


def test_a_page_names_the_endpoint_that_is_wrong():
    page = {**PAGE, "data": [ENDPOINT, {**ENDPOINT, "event_types": [5], "url": None}]}
    assert problems(WebhookEndpointList, page) == [
        ("string_type", ("data", 1, "event_types", 0)),
        ("string_type", ("data", 1, "url")),
    ]


def test_a_page_holds_endpoints():
    page = WebhookEndpointList.from_dict({**PAGE, "first_id": "we_1", "last_id": "we_1"})
    assert page.data == (WebhookEndpoint.from_dict(ENDPOINT),)
    assert (page.first_id, page.last_id, page.has_more) == ("we_1", "we_1", False)
    assert page.to_dict() == {**PAGE, "first_id": "we_1", "last_id": "we_1"}


REQUIRED = {
    WebhookCreateParams: {"event_types", "name", "url"},
    WebhookUpdateParams: set(),
    WebhookListParams: set(),
    WebhookRotateSecretParams: set(),
    WebhookTestParams: {"event_type"},
}
OPTIONAL = {
    WebhookCreateParams: set(),
    WebhookUpdateParams: {"event_types", "name", "url"},
    WebhookListParams: {"after", "limit"},
    WebhookRotateSecretParams: {"keep_old_secret_active_for_24_hours"},
    WebhookTestParams: set(),
}


@pytest.mark.parametrize("params", REQUIRED)
def test_params_tell_their_keys(params):
    assert params.__required_keys__ == REQUIRED[params]
    assert params.__optional_keys__ == OPTIONAL[params]
    assert typing.get_type_hints(params).keys() == REQUIRED[params] | OPTIONAL[params]


@pytest.mark.parametrize("params", REQUIRED)
def test_params_are_dicts(params):
    assert params(name="x") == {"name": "x"}
    if sys.version_info >= (3, 10):
        assert typing.is_typeddict(params)


def test_params_resolve_to_the_types_that_can_be_subscribed_to():
    (create,) = typing.get_args(typing.get_type_hints(WebhookCreateParams)["event_types"])
    (update,) = typing.get_args(typing.get_type_hints(WebhookUpdateParams)["event_types"])
    test = typing.get_type_hints(WebhookTestParams)["event_type"]
    known = typing.get_args(create)
    assert known == typing.get_args(update) == typing.get_args(test)
    assert len(set(known)) == len(known)
    assert set(known) - set(owt.EVENT_TYPES) == {"video.completed", "video.failed"}


def test_params_resolve_to_what_the_api_takes():
    assert typing.get_type_hints(WebhookListParams) == {
        "after": typing.Optional[str],
        "limit": int,
    }
    assert typing.get_type_hints(WebhookRotateSecretParams) == {
        "keep_old_secret_active_for_24_hours": bool
    }
