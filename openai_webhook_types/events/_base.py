# pyright: reportIncompatibleMethodOverride=false
"""What events share: the two envelopes, and a `data` that only has an ID."""

from dataclasses import dataclass
from functools import partial
from inspect import cleandoc
from typing import (
    TYPE_CHECKING,
    Any,
    Callable,
    ClassVar,
    Dict,
    Literal,
    Optional,
    Tuple,
    Type,
    TypeVar,
)

from .._model.later import later
from .._model.model import Model
from .._model.reader import Mismatch, Reader, keep_unknown, new
from ._registry import CLASSES, type_of

if TYPE_CHECKING:
    # Editors look for the parameters of an event's constructor in its envelope, too.
    from dataclasses import dataclass as envelope

    from .._model import subclass, validation
    from . import _union
else:
    # Nobody calls the constructor of an envelope, and each takes 0.1 ms to make at import.
    envelope = partial(dataclass, init=False)
    _union, subclass, validation = later(
        globals(), "._union", ".._model.subclass", ".._model.validation"
    )

__all__ = ["Event", "IdData", "NewerEvent", "WebhookEvent"]

T = TypeVar("T", bound=Model)
E = TypeVar("E", bound="_Envelope")


class WebhookEvent(Model):
    """Any event, of a known or an unknown type.

    Attributes:
        id: ID of the event, which stays the same when its delivery is retried.
        created_at: When the event occurred, in seconds since 1970-01-01 UTC.
        data: What the event is about.
        type: The event type, such as "batch.completed".
        object: The kind of object, which is always "event".
    """

    if TYPE_CHECKING:
        # Not at run time: some libraries take the field order from the annotations of all bases.
        # Read-only, as the fields are: otherwise, each event would narrow what it inherits.
        @property
        def id(self) -> str:
            """ID of the event, which stays the same when its delivery is retried."""
            ...

        @property
        def created_at(self) -> int:
            """When the event occurred, in seconds since 1970-01-01 UTC."""
            ...

        @property
        def data(self) -> Any:
            """What the event is about."""
            ...

        @property
        def type(self) -> str:
            """The event type, such as "batch.completed"."""
            ...

        @property
        def object(self) -> Any:
            """The kind of object, which is always "event"."""
            ...

    def __init__(self) -> None:
        raise TypeError("WebhookEvent stands for several types: call one of them, or from_dict")

    @classmethod
    def _class_of(cls, given: Dict[Any, Any]) -> Type[Model]:
        if cls is not WebhookEvent:
            return cls
        # Coerced first, so that an event of a known type never becomes an `UnknownWebhookEvent`.
        event_type = given.get("type")
        return CLASSES[event_type if type(event_type) is str else validation.as_string(event_type)]  # type: ignore[no-any-return]

    @classmethod
    def _read_exactly(cls, given: Dict[Any, Any]) -> Any:
        if cls is WebhookEvent:
            return CLASSES[given["type"]]._read_exactly(given)
        return super()._read_exactly(given)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        if source is WebhookEvent:
            source = _union.KnownOrUnknown
        return super().__get_pydantic_core_schema__(source, handler)


class _Envelope(WebhookEvent):
    """The fields around `data`, for every known type."""

    if TYPE_CHECKING:
        # The event types of a class: one, unless a subclass declares others.
        _type: ClassVar[Tuple[str, ...]]
        _data: ClassVar[Type[Model]]
        _read_data: Callable[[Dict[Any, Any]], Model]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "_read" in cls.__dict__:
            return  # an envelope
        if cls.__module__.startswith(f"{__package__}."):
            # From the table: tools may have rewritten the annotations of a vendored copy.
            cls._type = (type_of(cls.__name__),)
        else:
            cls._type = subclass.literal_types(cls, cls._type)
        if "Data" in cls.__dict__:
            cls._data = cls.__dict__["Data"]
            # Looked up once, not for each payload.
            cls._read_data = cls._data._read_exactly
            if cls.__doc__:
                cls.__doc__ = _documented(cls)


_ANY_DATA = "What the event is about."
_ANY_TYPE = 'The event type, such as "batch.completed".'


def _documented(cls: Type[_Envelope]) -> str:
    """Return the docstring of an event class, with a description of each attribute."""
    own, data, envelope = [cleandoc(str(c.__doc__)) for c in (cls, cls._data, WebhookEvent)]
    _, _, attributes = envelope.partition("\n\n")
    attributes = attributes.replace(_ANY_DATA, data.partition("\n")[0])
    types = " or ".join([f'"{event_type}"' for event_type in cls._type])
    return f"{own}\n\n{attributes.replace(_ANY_TYPE, f'Always {types}.')}"


@envelope(frozen=True, eq=False, repr=False)
class Event(_Envelope):
    """The envelope of most types, in which `object` is last and optional."""

    id: str
    """ID of the event, which stays the same when its delivery is retried."""

    created_at: int
    """When the event occurred, in seconds since 1970-01-01 UTC."""

    data: Any
    type: str

    object: Optional[Literal["event"]] = None
    """The kind of object, which is always "event"."""

    @classmethod
    def _read(cls, reader: Reader) -> None:
        reader.string("id")
        reader.integer("created_at")
        reader.model("data", cls._data)
        reader.literal("type", cls._type)
        reader.optional_literal("object", ("event",))

    @classmethod
    def _read_exactly(cls: Type[E], given: Dict[Any, Any]) -> E:
        # `_read`, unrolled: most payloads are of this shape.
        self = new(cls)
        fields = self.__dict__
        value = fields["id"] = given["id"]
        if type(value) is not str:
            raise Mismatch
        value = fields["created_at"] = given["created_at"]
        if type(value) is not int:
            raise Mismatch
        value = given["data"]
        if type(value) is not dict:
            raise Mismatch
        fields["data"] = cls._read_data(value)
        value = fields["type"] = given["type"]
        if type(value) is not str or value not in cls._type:
            raise Mismatch
        if "object" in given:
            value = fields["object"] = given["object"]
            if (value != "event" or type(value) is not str) and value is not None:
                raise Mismatch
        if len(fields) != len(given):
            keep_unknown(fields, given)
        return self


@envelope(frozen=True, eq=False, repr=False)
class NewerEvent(_Envelope):
    """The envelope of newer types, in which `object` is required and precedes `type`.

    They are the agent and safety types, and `live.transport.connected`.
    """

    id: str
    """ID of the event, which stays the same when its delivery is retried."""

    created_at: int
    """When the event occurred, in seconds since 1970-01-01 UTC."""

    data: Any

    object: Literal["event"]
    """The kind of object, which is always "event"."""

    type: str

    @classmethod
    def _read(cls, reader: Reader) -> None:
        reader.string("id")
        reader.integer("created_at")
        reader.model("data", cls._data)
        reader.literal("object", ("event",))
        reader.literal("type", cls._type)

    @classmethod
    def _read_exactly(cls: Type[E], given: Dict[Any, Any]) -> E:
        # `_read`, unrolled, as in `Event`.
        self = new(cls)
        fields = self.__dict__
        value = fields["id"] = given["id"]
        if type(value) is not str:
            raise Mismatch
        value = fields["created_at"] = given["created_at"]
        if type(value) is not int:
            raise Mismatch
        value = given["data"]
        if type(value) is not dict:
            raise Mismatch
        fields["data"] = cls._read_data(value)
        value = fields["object"] = given["object"]
        if type(value) is not str or value != "event":
            raise Mismatch
        value = fields["type"] = given["type"]
        if type(value) is not str or value not in cls._type:
            raise Mismatch
        if len(given) != 5:
            keep_unknown(fields, given)
        return self


@dataclass(frozen=True, eq=False, repr=False)
class IdData(Model):
    """A `data` that only has the ID of what the event is about."""

    id: str
    """ID of the object, to retrieve it by."""

    @classmethod
    def _read(cls, reader: Reader) -> None:
        reader.string("id")

    @classmethod
    def _read_exactly(cls: Type[T], given: Dict[Any, Any]) -> T:
        # `_read`, unrolled: most events have a `data` of this class.
        self = new(cls)
        fields = self.__dict__
        value = fields["id"] = given["id"]
        if type(value) is not str:
            raise Mismatch
        if len(given) != 1:
            keep_unknown(fields, given)
        return self
