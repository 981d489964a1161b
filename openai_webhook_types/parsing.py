"""Reads a webhook body as the event that it describes, by its `type`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Mapping, Optional, Type, Union

from ._model.later import later
from ._model.model import validated
from ._untrusted import alternatives, plain_str, safe_repr
from .events._base import WebhookEvent
from .events._registry import CLASSES, EVENT_CLASSES, EVENT_TYPES

if TYPE_CHECKING:
    from ._model import json_parser
    from .events import _union
else:
    json_parser, _union = later(globals(), "._model.json_parser", ".events._union")

__all__ = ["event_class", "parse_event"]


def event_class(event_type: str) -> Type[WebhookEvent]:
    """Return the class of a known event type.

    Args:
        event_type: One of `EVENT_TYPES`, such as "batch.completed".

    Raises:
        ValueError: The type is unknown. The message suggests similar ones.
    """
    if not isinstance(event_type, str):
        raise ValueError(f"unknown event type {safe_repr(event_type)}")  # noqa: TRY004
    text = plain_str(event_type)
    if text in EVENT_CLASSES:
        return CLASSES[text]  # type: ignore[no-any-return]
    from difflib import get_close_matches

    close = get_close_matches(text.lower(), EVENT_TYPES)
    hint = f"; did you mean {alternatives(close)}?" if close else ""
    raise ValueError(f"unknown event type {safe_repr(text)}{hint}")


def parse_event(
    body: Union[Mapping[str, Any], str, bytes, bytearray, WebhookEvent],
    *,
    strict: Optional[bool] = None,
) -> _union.UnwrapWebhookEvent:
    """Return the event that a webhook body describes, validated by the class of its `type`.

    Does not verify who sent the body: `unwrap` does.

    An event with additions that this package does not know yet is still read: unknown fields
    are kept, and so is a string that is not among the values of a `Literal`, which `from_dict`
    would refuse. As in `from_dict`, a value of the wrong type is an error.

    Args:
        body: JSON text, its UTF-8 bytes, or the dict parsed from it.
        strict: As for `from_dict`. If true, a `Literal` only takes the declared values.

    Returns:
        An instance of the class for the `type`, or an `UnknownWebhookEvent` if the `type` has
        no class. As in the SDK's `unwrap`, the annotation leaves the latter out, so that
        `event.type == "..."` tells a type checker the class. A body that is already an event
        is returned unchanged.

    Raises:
        ValidationError: The body is not JSON, lacks a `type` that is a string, or is invalid
            for its type.
    """
    text: Any = body if issubclass(type(body), (str, bytes, bytearray)) else None
    value = body if text is None else json_parser.loads(text, WebhookEvent.__name__)
    event: Any = validated(WebhookEvent, value, strict, text, is_open=True)
    return event  # type: ignore[no-any-return]
