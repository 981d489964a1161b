"""The responses of the webhook endpoints API: `/v1/webhook_endpoints` and the paths below it.

Dumps, reprs and errors have the fields in the order of openai 3.57.0. Constructors take the
required fields first: classes declare these first, and `_in_order` restores the order of the SDK.
"""

from dataclasses import dataclass, field
from typing import Callable, Literal, Optional, Tuple, Type, TypeVar

from ._model.model import Model
from ._model.reader import Reader

__all__ = [
    "DeletedWebhookEndpoint",
    "WebhookEndpoint",
    "WebhookEndpointList",
    "WebhookEndpointTestResult",
    "WebhookEndpointWithSecret",
    "WebhookEventTypeList",
]


M = TypeVar("M", bound=Model)


def _in_order(*names: str) -> Callable[[Type[M]], Type[M]]:
    """Return a decorator that puts the fields of a dataclass in another order."""

    def ordered(cls: Type[M]) -> Type[M]:
        cls.__dataclass_fields__ = {name: cls.__dataclass_fields__[name] for name in names}
        return cls

    return ordered


@dataclass(frozen=True, eq=False, repr=False)
class _Endpoint(Model):
    """The fields that the two types of endpoints begin with."""

    id: str
    """ID of the endpoint, for the calls under `/v1/webhook_endpoints/{webhook_endpoint_id}`."""

    created_at: int
    """When the endpoint was created, in seconds since 1970-01-01 UTC."""

    event_types: Tuple[str, ...]
    """The types of the events that the endpoint receives, such as "batch.completed"."""

    name: str
    """The display name."""

    object: Literal["webhook_endpoint"]
    """The kind of object."""

    @classmethod
    def _read(cls, reader: Reader) -> None:
        reader.string("id")
        reader.integer("created_at")
        reader.strings("event_types")
        reader.string("name")
        reader.literal("object", ("webhook_endpoint",))


@_in_order(
    "id", "created_at", "event_types", "name", "object", "signing_secret_hint", "url", "updated_at"
)
@dataclass(frozen=True, eq=False, repr=False)
class WebhookEndpoint(_Endpoint):
    """A URL that events are sent to, and the types of those events."""

    url: str
    """The HTTPS URL that events are sent to."""

    signing_secret_hint: Optional[str] = None
    """The signing secret with most of it hidden, to tell secrets apart."""

    updated_at: Optional[int] = None
    """When the endpoint last changed, in seconds since 1970-01-01 UTC.

    New settings and a new signing secret count as changes. Tests and updates that change nothing
    do not count. At first, this is the time of creation.
    """

    @classmethod
    def _read(cls, reader: Reader) -> None:
        super()._read(reader)
        reader.optional_string("signing_secret_hint")
        reader.string("url")
        reader.optional_integer("updated_at")


# As in the SDK, this is not a subclass of `WebhookEndpoint`: code that takes one may log it.
@_in_order(
    "id",
    "created_at",
    "event_types",
    "name",
    "object",
    "signing_secret",
    "signing_secret_hint",
    "url",
    "updated_at",
)
@dataclass(frozen=True, eq=False, repr=False)
class WebhookEndpointWithSecret(_Endpoint):
    """An endpoint with the secret that signs its events. The repr leaves the secret out.

    The API returns the secret only when an endpoint is created or its secret is rotated.
    """

    signing_secret: str = field(repr=False)
    """The secret that signatures are verified with. Store it as you store other secrets."""

    url: str
    """As in `WebhookEndpoint`."""

    signing_secret_hint: Optional[str] = None
    """As in `WebhookEndpoint`."""

    updated_at: Optional[int] = None
    """As in `WebhookEndpoint`."""

    @classmethod
    def _read(cls, reader: Reader) -> None:
        super()._read(reader)
        reader.string("signing_secret")
        reader.optional_string("signing_secret_hint")
        reader.string("url")
        reader.optional_integer("updated_at")


@_in_order("data", "first_id", "has_more", "last_id", "object")
@dataclass(frozen=True, eq=False, repr=False)
class WebhookEndpointList(Model):
    """One page of the endpoints of a project, the newest first."""

    data: Tuple[WebhookEndpoint, ...]
    """The endpoints of this page."""

    has_more: bool
    """Whether another page follows."""

    object: Literal["list"]
    """The kind of object."""

    first_id: Optional[str] = None
    """ID of the first endpoint of this page, if there is one."""

    last_id: Optional[str] = None
    """ID of the last endpoint of this page, if there is one. Pass it as `after` to go on."""

    @classmethod
    def _read(cls, reader: Reader) -> None:
        reader.models("data", WebhookEndpoint)
        reader.optional_string("first_id")
        reader.boolean("has_more")
        reader.optional_string("last_id")
        reader.literal("object", ("list",))


@dataclass(frozen=True, eq=False, repr=False)
class WebhookEndpointTestResult(Model):
    """The result of sending a sample event to an endpoint."""

    event_type: str
    """The type of the sample event."""

    object: Literal["webhook_endpoint.test"]
    """The kind of object."""

    status_code: int
    """The HTTP status that the endpoint answered with, such as 200."""

    success: Literal[True]
    """Whether the test was carried out, whatever the endpoint answered."""

    webhook_endpoint_id: str
    """ID of the endpoint."""

    @classmethod
    def _read(cls, reader: Reader) -> None:
        reader.string("event_type")
        reader.literal("object", ("webhook_endpoint.test",))
        reader.integer("status_code")
        reader.literal("success", (True,))
        reader.string("webhook_endpoint_id")


@dataclass(frozen=True, eq=False, repr=False)
class DeletedWebhookEndpoint(Model):
    """The confirmation that an endpoint was deleted."""

    id: str
    """ID of the deleted endpoint."""

    deleted: bool
    """Whether the endpoint was deleted."""

    object: Literal["webhook_endpoint.deleted"]
    """The kind of object."""

    @classmethod
    def _read(cls, reader: Reader) -> None:
        reader.string("id")
        reader.boolean("deleted")
        reader.literal("object", ("webhook_endpoint.deleted",))


@dataclass(frozen=True, eq=False, repr=False)
class WebhookEventTypeList(Model):
    """The event types that a project can subscribe endpoints to."""

    data: Tuple[str, ...]
    """The types, such as "batch.completed", which may include types newer than this package."""

    object: Literal["list"]
    """The kind of object."""

    @classmethod
    def _read(cls, reader: Reader) -> None:
        reader.strings("data")
        reader.literal("object", ("list",))
