# pyright: reportIncompatibleMethodOverride=false
"""The event of a type that this package does not know."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, Optional, Set, Type, TypeVar

from .._model.reader import Mismatch, Reader, keep_unknown, new
from ..errors import ValidationError
from ._base import WebhookEvent
from ._registry import EVENT_CLASSES

__all__ = ["UnknownWebhookEvent"]

T = TypeVar("T", bound="UnknownWebhookEvent")


class _Data(Dict[str, Any]):
    """A dict whose keys can be read as attributes."""

    __slots__ = ()

    def copy(self) -> "_Data":
        """Return a shallow copy, whose keys can be read as attributes, too."""
        return _Data(self)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name in self and not (name.startswith("__") and name.endswith("__")):
                return self[name]
            raise AttributeError(f"the data of this event has no {name!r}")


@dataclass(frozen=True, eq=False, repr=False)
class UnknownWebhookEvent(WebhookEvent):
    """An event of a type that is newer than this package.

    It has the fields of every event. If `data` is an object, it is a dict whose keys can also be
    read as attributes: `event.data.id` is `event.data["id"]`. This works for the keys of `data`,
    not for those of nested objects. A key that is also the name of a dict method, such as "items",
    can only be read as `["items"]`.

    The SDK has no such class: its `unwrap` returns an event of an unrelated type.
    """

    id: str
    """ID of the event, which stays the same when its delivery is retried."""

    created_at: int
    """When the event occurred, in seconds since 1970-01-01 UTC."""

    type: str
    """The event type, which this package does not know."""

    data: Any = None
    """What the event is about."""

    object: Optional[str] = None
    """The kind of object, which is "event" for all types so far."""

    @classmethod
    def _read(cls, reader: Reader) -> None:
        reader.string("id")
        reader.integer("created_at")
        reader.string("type")
        reader.anything("data")
        if type(reader.fields.get("data")) is dict:
            reader.fields["data"] = _Data(reader.fields["data"])
        reader.optional_string("object")

    @classmethod
    def _read_exactly(cls: Type[T], given: Dict[Any, Any]) -> T:
        # `_read`, unrolled, so that unknown types are read as fast as known ones.
        self = new(cls)
        fields = self.__dict__
        value = fields["id"] = given["id"]
        if type(value) is not str:
            raise Mismatch
        value = fields["created_at"] = given["created_at"]
        if type(value) is not int:
            raise Mismatch
        value = fields["type"] = given["type"]
        if type(value) is not str:
            raise Mismatch
        if "data" in given:
            value = given["data"]
            fields["data"] = _Data(value) if type(value) is dict else value
        if "object" in given:
            value = fields["object"] = given["object"]
            if value is not None and type(value) is not str:
                raise Mismatch
        if len(fields) != len(given):
            keep_unknown(fields, given)
        return self

    @classmethod
    def _from_pydantic(cls: Type[T], value: Any, *, strict: bool = False) -> T:
        event: Any = super()._from_pydantic(value, strict=strict)
        # In a union with the known events, an invalid one of these must not pass as unknown.
        if event is not value and event.type in EVENT_CLASSES:
            unknown = {"expected": "an event type that this package does not know"}
            problem = ("literal_error", ("type",), event.type, unknown)
            raise ValidationError(cls.__name__, [problem], value)
        return event  # type: ignore[no-any-return]

    @classmethod
    def model_construct(
        cls: Type[T], /, _fields_set: Optional[Set[str]] = None, **values: Any
    ) -> T:
        """Return an instance of trusted values; the keys of a dict as `data` are attributes."""
        if type(values.get("data")) is dict:
            values["data"] = _Data(values["data"])
        event: Any = super().model_construct(_fields_set, **values)
        return event  # type: ignore[no-any-return]

    def __setstate__(self, state: Dict[str, Any]) -> None:
        super().__setstate__(state)
        if type(self.data) is dict:  # as 0.1.0 pickled it: queues and caches may still hold some
            self.__dict__["data"] = _Data(self.data)
