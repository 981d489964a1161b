"""What events share: the envelope, in its two orders, and the commonest shape of `data`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable, Dict, Literal, Optional, Tuple, Type

from .._model import Model, new
from .._validation import Check, integer, literal, model, optional_literal, string, with_unknown

if TYPE_CHECKING:
    from typing_extensions import Self


_OBJECT = ("event",)


class WebhookEvent(Model):
    """Any event: what a handler can count on before it knows the type."""

    id: str
    """ID of the event, the same whenever its delivery is tried again."""

    created_at: int
    """When the event came about, in seconds since 1970-01-01 UTC."""

    type: str
    """What happened, such as "batch.completed"."""

    data: Any
    """What it happened to."""

    object: Any
    """The kind of object this is: "event"."""


class _Envelope(WebhookEvent):
    """The fields around `data`, for every known type."""

    _type: Tuple[str, ...] = ()
    _object_comes_first = False

    if TYPE_CHECKING:
        Data: Type[Model]
        _read_data: Callable[[Dict[str, Any], Optional[Check]], Model]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls._type = getattr(cls.__annotations__.get("type"), "__args__", cls._type)
        if "Data" in cls.__dict__:
            cls._read_data = cls.Data._read

    @classmethod
    def _read(cls, obj: Dict[str, Any], check: Optional[Check]) -> "Self":
        self = new(cls)
        fields = self.__dict__
        # Every payload passes here: each type is asked for first, to spare it the call.
        found = obj.get("id")
        fields["id"] = found if type(found) is str else string(obj, "id", check)
        found = obj.get("created_at")
        fields["created_at"] = found if type(found) is int else integer(obj, "created_at", check)
        found = obj.get("data")
        if type(found) is dict and not check:
            fields["data"] = cls._read_data(found, None)
        else:
            fields["data"] = model(obj, "data", cls.Data, check)
        if cls._object_comes_first:
            fields["object"] = literal(obj, "object", _OBJECT, check)
        found = obj.get("type")
        if type(found) is str and found in cls._type:
            fields["type"] = found
        else:
            fields["type"] = literal(obj, "type", cls._type, check)
        if not cls._object_comes_first:
            found = obj.get("object")
            if type(found) is str and found == "event":
                fields["object"] = found
            elif "object" in obj:
                fields["object"] = optional_literal(obj, "object", _OBJECT, check)
        if check or len(fields) != len(obj):
            return with_unknown(self, obj, check)
        return self


@dataclass(frozen=True, eq=False, repr=False)
class Event(_Envelope):
    """The envelope of most types, with `object` last and optional."""

    id: str
    """ID of the event, the same whenever its delivery is tried again."""

    created_at: int
    """When the event came about, in seconds since 1970-01-01 UTC."""

    data: Any
    """What it happened to."""

    type: str
    """What happened; the same for every event of this class."""

    object: Optional[Literal["event"]] = None
    """The kind of object this is."""


@dataclass(frozen=True, eq=False, repr=False)
class NewerEvent(_Envelope):
    """The envelope of the agent and safety types, with `object` before `type` and required."""

    _object_comes_first = True

    id: str
    """ID of the event, the same whenever its delivery is tried again."""

    created_at: int
    """When the event came about, in seconds since 1970-01-01 UTC."""

    data: Any
    """What it happened to."""

    object: Literal["event"]
    """The kind of object this is."""

    type: str
    """What happened; the same for every event of this class."""


@dataclass(frozen=True, eq=False, repr=False)
class IdData(Model):
    """A `data` that only names what the event is about."""

    id: str
    """ID to fetch it by."""

    @classmethod
    def _read(cls, obj: Dict[str, Any], check: Optional[Check]) -> "Self":
        self = new(cls)
        fields = self.__dict__
        found = obj.get("id")
        fields["id"] = found if type(found) is str else string(obj, "id", check)
        if check or len(fields) != len(obj):
            return with_unknown(self, obj, check)
        return self
