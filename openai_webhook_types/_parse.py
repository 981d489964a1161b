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

__all__ = ["event_class", "parse_event"]


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
    text = body if isinstance(body, (str, bytes, bytearray)) else None
    value: Any = body if text is None else _jsontext.loads(text, WebhookEvent)
    cls = _class_for(value)
    if type(value) is dict:
        try:
            return cls._read_exactly(value)  # type: ignore[return-value]
        except Exception:  # whatever is wrong with it, the validator reports
            pass
    elif isinstance(value, WebhookEvent):
        return value  # type: ignore[return-value]
    return _validation.validate(cls, value, strict, text)  # type: ignore[no-any-return]


def _class_for(value: Any) -> Type[WebhookEvent]:
    try:
        event_type = dict.get(value, "type") if isinstance(value, dict) else value.get("type")
    except Exception:
        return UnknownWebhookEvent  # which reports what is wrong
    if isinstance(event_type, str):
        if type(event_type) is not str:
            event_type = str.__str__(event_type)
        if event_type in EVENT_CLASSES:
            return event_class(event_type)
    return UnknownWebhookEvent
