"""From a webhook body to the event it describes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Mapping, Optional, Union

from .events._base import WebhookEvent

if TYPE_CHECKING:
    from .events._union import AnyWebhookEvent

__all__ = ["parse_event"]


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
    if type(body) is dict or not issubclass(type(body), (str, bytes, bytearray)):
        return WebhookEvent.from_dict(body, strict=strict)  # type: ignore[return-value]
    return WebhookEvent.from_json(body, strict=strict)  # type: ignore[arg-type, return-value]
