# ruff: noqa: UP006, UP007, UP035, UP045 - for Python 3.8
"""From a webhook body to the event it describes, by its `type`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Mapping, Optional, Type, Union

from ._model.later import later
from ._model.model import validated
from ._values import alternatives, plain_str, safe_repr
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
    body: Union[Mapping[str, Any], str, bytes, bytearray], *, strict: Optional[bool] = None
) -> _union.UnwrapWebhookEvent:
    """Return the event that a webhook body describes, validated, as the class of its `type`.

    Does not verify who sent it: `unwrap` does.

    Where the API adds what this package does not know yet, the event is still read: unknown
    fields are kept, and so is a string that is not among the values of a `Literal`. A value of
    another type is an error, as in `from_dict`, which refuses such a string too.

    Args:
        body: JSON text, its UTF-8 bytes, or the dict parsed from it.
        strict: As for `from_dict`; if true, a `Literal` has the declared values only.

    Returns:
        An instance of the class for the `type`, or an `UnknownWebhookEvent` for a `type` that
        has none: the annotation leaves that out, so that `event.type == "..."` tells a type
        checker the class, as with the SDK's `unwrap`. An event is returned unchanged.

    Raises:
        ValidationError: The body is not JSON, has no `type` that is a string, or is invalid
            for its type.
    """
    text: Any = body if issubclass(type(body), (str, bytes, bytearray)) else None
    value = body if text is None else json_parser.loads(text, WebhookEvent)
    event: Any = validated(WebhookEvent, value, strict, text, is_open=True)
    return event  # type: ignore[no-any-return]
