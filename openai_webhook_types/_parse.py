"""From a webhook body to the event it describes, by its `type`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Dict, Mapping, Optional, Type, Union

from ._lazy import LazyModule
from ._registry import EVENT_CLASSES, EVENT_TYPES, module_of
from .events._base import WebhookEvent
from .events.unknown import UnknownWebhookEvent

if TYPE_CHECKING:
    from . import _jsontext, _validation
    from .events._union import AnyWebhookEvent
else:
    _jsontext = LazyModule("_jsontext", globals())
    _validation = LazyModule("_validation", globals())

__all__ = ["class_of", "event_class", "parse_event"]


_loaded: Dict[str, Type[WebhookEvent]] = {}


def event_class(event_type: str) -> Type[WebhookEvent]:
    """Return the class of a known event type.

    Args:
        event_type: One of `EVENT_TYPES`, such as "batch.completed".

    Raises:
        ValueError: The type is unknown. The message suggests similar ones.
    """
    if event_type in _loaded:
        return _loaded[event_type]
    if event_type in EVENT_CLASSES:
        module = import_module(module_of(event_type), __package__)
        return _loaded.setdefault(event_type, getattr(module, EVENT_CLASSES[event_type]))
    from difflib import get_close_matches

    close = " or ".join(map(repr, get_close_matches(str(event_type), EVENT_TYPES)))
    hint = f"; did you mean {close}?" if close else ""
    raise ValueError(f"unknown event type {event_type!r}{hint}")


def parse_event(
    body: Union[Mapping[str, Any], str, bytes, bytearray], *, strict: Optional[bool] = None
) -> AnyWebhookEvent:
    """Return the event that a webhook body describes, validated, as the class of its `type`.

    Does not verify who sent it: `unwrap` does.

    Args:
        body: JSON text, its UTF-8 bytes, or the dict parsed from it.
        strict: As for `from_dict`.

    Returns:
        An instance of the class for the `type`, or an `UnknownWebhookEvent` for a `type` that
        has none. An event is returned unchanged.

    Raises:
        ValidationError: The body is not JSON, has no `type` that is a string, or is invalid
            for its type.
    """
    text: Any = body if issubclass(type(body), (str, bytes, bytearray)) else None
    value: Any = body if text is None else _jsontext.loads(text, WebhookEvent)
    if type(value) is dict:
        try:
            event_type = value["type"]
            if type(event_type) is str:
                return _class_for(event_type)._read_exactly(value)  # type: ignore[return-value]
        except Exception:  # whatever is wrong with it, the validator reports
            pass
    return _validation.validate(WebhookEvent, value, strict, text)  # type: ignore[no-any-return]


def class_of(given: Dict[Any, Any]) -> Type[WebhookEvent]:
    """Return the class for the `type` of a payload, which may be of a type that is coerced.

    So an event of a known type never becomes an `UnknownWebhookEvent`.
    """
    event_type = given.get("type")
    if type(event_type) is not str:
        validation = _validation.Validation(strict=False, is_shared=False)
        event_type = validation.apply("string", event_type, ())
    return _class_for(event_type)


def _class_for(event_type: Any) -> Type[WebhookEvent]:
    return event_class(event_type) if event_type in EVENT_CLASSES else UnknownWebhookEvent
