"""What the API of webhook endpoints answers with: `/v1/webhook_endpoints` and what is below it.

The fields stand in the order of openai 3.54.0, which is the order of dumps, reprs and errors.
Where a required field follows an optional one there, the constructor is written out, and takes
the required ones first.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Dict, Literal, Optional, Tuple

from ._model import Model, new
from ._validation import (
    Check,
    boolean,
    integer,
    literal,
    models,
    optional_integer,
    optional_string,
    string,
    strings,
    true,
    with_unknown,
)

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = [
    "DeletedWebhookEndpoint",
    "WebhookEndpoint",
    "WebhookEndpointList",
    "WebhookEndpointTestResult",
    "WebhookEndpointWithSecret",
    "WebhookEventTypeList",
]


@dataclass(frozen=True, eq=False, repr=False, init=False)
class WebhookEndpoint(Model):
    """A URL of yours that events are sent to, and which of them."""

    id: str
    """ID of the endpoint, for the calls under `/v1/webhook_endpoints/{webhook_endpoint_id}`."""

    created_at: int
    """When the endpoint was created, in seconds since 1970-01-01 UTC."""

    event_types: Tuple[str, ...]
    """The types of the events that it is sent, such as "batch.completed"."""

    name: str
    """What people call it."""

    object: Literal["webhook_endpoint"]
    """The kind of object this is."""

    signing_secret_hint: Optional[str] = None
    """The signing secret with most of it hidden: enough to tell which one it is."""

    # mypy takes no notice of init=False.
    url: str  # type: ignore[misc]
    """Where events are sent: an HTTPS URL."""

    updated_at: Optional[int] = None
    """When it last changed, in seconds since 1970-01-01 UTC.

    The settings and the signing secret count; a test, or an update that changes nothing, does
    not. At first the time of creation.
    """

    def __init__(
        self,
        id: str,
        created_at: int,
        event_types: Tuple[str, ...],
        name: str,
        object: Literal["webhook_endpoint"],
        url: str,
        signing_secret_hint: Optional[str] = None,
        updated_at: Optional[int] = None,
    ) -> None:
        self.__dict__.update(
            id=id,
            created_at=created_at,
            event_types=event_types,
            name=name,
            object=object,
            signing_secret_hint=signing_secret_hint,
            url=url,
            updated_at=updated_at,
        )

    @classmethod
    def _read(cls, obj: Dict[str, Any], check: Optional[Check]) -> "Self":
        self = new(cls)
        fields = self.__dict__
        fields["id"] = string(obj, "id", check)
        fields["created_at"] = integer(obj, "created_at", check)
        fields["event_types"] = strings(obj, "event_types", check)
        fields["name"] = string(obj, "name", check)
        fields["object"] = literal(obj, "object", ("webhook_endpoint",), check)
        if "signing_secret_hint" in obj:
            fields["signing_secret_hint"] = optional_string(obj, "signing_secret_hint", check)
        fields["url"] = string(obj, "url", check)
        if "updated_at" in obj:
            fields["updated_at"] = optional_integer(obj, "updated_at", check)
        if check or len(fields) != len(obj):
            return with_unknown(self, obj, check)
        return self


@dataclass(frozen=True, eq=False, repr=False, init=False)
class WebhookEndpointWithSecret(Model):
    """An endpoint with the secret that its events are signed with, which its repr leaves out.

    The API shows the secret only when the endpoint is created and when the secret is rotated.
    """

    id: str
    """ID of the endpoint, for the calls under `/v1/webhook_endpoints/{webhook_endpoint_id}`."""

    created_at: int
    """When the endpoint was created, in seconds since 1970-01-01 UTC."""

    event_types: Tuple[str, ...]
    """The types of the events that it is sent, such as "batch.completed"."""

    name: str
    """What people call it."""

    object: Literal["webhook_endpoint"]
    """The kind of object this is."""

    signing_secret: str = field(repr=False)
    """The secret that signatures are checked with: keep it where secrets are kept."""

    signing_secret_hint: Optional[str] = None
    """The signing secret with most of it hidden: enough to tell which one it is."""

    # mypy takes no notice of init=False.
    url: str  # type: ignore[misc]
    """Where events are sent: an HTTPS URL."""

    updated_at: Optional[int] = None
    """When it last changed, in seconds since 1970-01-01 UTC.

    The settings and the signing secret count; a test, or an update that changes nothing, does
    not. At first the time of creation.
    """

    def __init__(
        self,
        id: str,
        created_at: int,
        event_types: Tuple[str, ...],
        name: str,
        object: Literal["webhook_endpoint"],
        signing_secret: str,
        url: str,
        signing_secret_hint: Optional[str] = None,
        updated_at: Optional[int] = None,
    ) -> None:
        self.__dict__.update(
            id=id,
            created_at=created_at,
            event_types=event_types,
            name=name,
            object=object,
            signing_secret=signing_secret,
            signing_secret_hint=signing_secret_hint,
            url=url,
            updated_at=updated_at,
        )

    @classmethod
    def _read(cls, obj: Dict[str, Any], check: Optional[Check]) -> "Self":
        self = new(cls)
        fields = self.__dict__
        fields["id"] = string(obj, "id", check)
        fields["created_at"] = integer(obj, "created_at", check)
        fields["event_types"] = strings(obj, "event_types", check)
        fields["name"] = string(obj, "name", check)
        fields["object"] = literal(obj, "object", ("webhook_endpoint",), check)
        fields["signing_secret"] = string(obj, "signing_secret", check)
        if "signing_secret_hint" in obj:
            fields["signing_secret_hint"] = optional_string(obj, "signing_secret_hint", check)
        fields["url"] = string(obj, "url", check)
        if "updated_at" in obj:
            fields["updated_at"] = optional_integer(obj, "updated_at", check)
        if check or len(fields) != len(obj):
            return with_unknown(self, obj, check)
        return self


@dataclass(frozen=True, eq=False, repr=False, init=False)
class WebhookEndpointList(Model):
    """One page of the endpoints of a project, the newest first."""

    data: Tuple[WebhookEndpoint, ...]
    """The endpoints of this page."""

    first_id: Optional[str] = None
    """ID of the first of them, where there is one."""

    # mypy takes no notice of init=False.
    has_more: bool  # type: ignore[misc]
    """Whether there is a page after this one."""

    last_id: Optional[str] = None
    """ID of the last of them, where there is one: `after` in the request for the next page."""

    object: Literal["list"]  # type: ignore[misc]
    """The kind of object this is."""

    def __init__(
        self,
        data: Tuple[WebhookEndpoint, ...],
        has_more: bool,
        object: Literal["list"],
        first_id: Optional[str] = None,
        last_id: Optional[str] = None,
    ) -> None:
        self.__dict__.update(
            data=data, first_id=first_id, has_more=has_more, last_id=last_id, object=object
        )

    @classmethod
    def _read(cls, obj: Dict[str, Any], check: Optional[Check]) -> "Self":
        self = new(cls)
        fields = self.__dict__
        fields["data"] = models(obj, "data", WebhookEndpoint, check)
        if "first_id" in obj:
            fields["first_id"] = optional_string(obj, "first_id", check)
        fields["has_more"] = boolean(obj, "has_more", check)
        if "last_id" in obj:
            fields["last_id"] = optional_string(obj, "last_id", check)
        fields["object"] = literal(obj, "object", ("list",), check)
        if check or len(fields) != len(obj):
            return with_unknown(self, obj, check)
        return self


@dataclass(frozen=True, eq=False, repr=False)
class WebhookEndpointTestResult(Model):
    """What came of sending an endpoint a sample event."""

    event_type: str
    """The type of the sample event."""

    object: Literal["webhook_endpoint.test"]
    """The kind of object this is."""

    status_code: int
    """The HTTP status that the endpoint answered with, such as 200: whether it took the event."""

    success: Literal[True]
    """Whether the request was carried out: says nothing of the answer to it."""

    webhook_endpoint_id: str
    """ID of the endpoint."""

    @classmethod
    def _read(cls, obj: Dict[str, Any], check: Optional[Check]) -> "Self":
        self = new(cls)
        fields = self.__dict__
        fields["event_type"] = string(obj, "event_type", check)
        fields["object"] = literal(obj, "object", ("webhook_endpoint.test",), check)
        fields["status_code"] = integer(obj, "status_code", check)
        fields["success"] = true(obj, "success", check)
        fields["webhook_endpoint_id"] = string(obj, "webhook_endpoint_id", check)
        if check or len(fields) != len(obj):
            return with_unknown(self, obj, check)
        return self


@dataclass(frozen=True, eq=False, repr=False)
class DeletedWebhookEndpoint(Model):
    """What is left of an endpoint that was deleted."""

    id: str
    """ID that the endpoint had."""

    deleted: bool
    """Whether it is gone."""

    object: Literal["webhook_endpoint.deleted"]
    """The kind of object this is."""

    @classmethod
    def _read(cls, obj: Dict[str, Any], check: Optional[Check]) -> "Self":
        self = new(cls)
        fields = self.__dict__
        fields["id"] = string(obj, "id", check)
        fields["deleted"] = boolean(obj, "deleted", check)
        fields["object"] = literal(obj, "object", ("webhook_endpoint.deleted",), check)
        if check or len(fields) != len(obj):
            return with_unknown(self, obj, check)
        return self


@dataclass(frozen=True, eq=False, repr=False)
class WebhookEventTypeList(Model):
    """The event types that a project can subscribe endpoints to."""

    data: Tuple[str, ...]
    """The types, such as "batch.completed": newer ones than this package knows may be there."""

    object: Literal["list"]
    """The kind of object this is."""

    @classmethod
    def _read(cls, obj: Dict[str, Any], check: Optional[Check]) -> "Self":
        self = new(cls)
        fields = self.__dict__
        fields["data"] = strings(obj, "data", check)
        fields["object"] = literal(obj, "object", ("list",), check)
        if check or len(fields) != len(obj):
            return with_unknown(self, obj, check)
        return self
