"""From a webhook body to the event that it is, by its `type`."""

from typing import TYPE_CHECKING, Any, Mapping, Optional, Type, Union

from ._catalogue import CLASS_NAMES, event_class
from ._model import parsed, read
from ._validation import Surprise
from .events._event import WebhookEvent
from .events.unknown import UnknownWebhookEvent

if TYPE_CHECKING:
    from ._catalogue import UnwrapWebhookEvent
else:
    UnwrapWebhookEvent = WebhookEvent


def parse_event(
    body: Union[Mapping[str, Any], str, bytes, bytearray], *, strict: Optional[bool] = None
) -> Union[UnwrapWebhookEvent, UnknownWebhookEvent]:
    """Return the event that a webhook body holds, validated, as the class of its `type`.

    Does not check where the body comes from: `unwrap` does.

    Args:
        body: JSON text, its UTF-8 bytes, or the dict that it stands for.
        strict: As for `from_dict`.

    Returns:
        An instance of the class for the `type`, or an `UnknownWebhookEvent` for a `type` that
        has none. An event is returned as it is.

    Raises:
        ValidationError: The body is not JSON, has no `type` that is a string, or does not
            keep the contract of its type.
    """
    text = body if isinstance(body, (str, bytes, bytearray)) else None
    obj: Any = body if text is None else parsed(text, WebhookEvent.__name__)
    if isinstance(obj, WebhookEvent):
        return obj  # type: ignore[return-value]
    cls = _class_for(obj)
    if type(obj) is dict:
        try:
            return cls._read(obj, None)  # type: ignore[return-value]
        except Surprise:
            pass
    return read(cls, obj, strict, text)  # type: ignore[return-value]


def _class_for(obj: Any) -> Type[WebhookEvent]:
    try:
        event_type = dict.get(obj, "type") if isinstance(obj, dict) else obj.get("type")
    except Exception:
        return UnknownWebhookEvent  # which will say what is wrong
    if type(event_type) is not str and isinstance(event_type, str):
        event_type = str.__str__(event_type)
    if type(event_type) is str and event_type in CLASS_NAMES:
        return event_class(event_type)  # type: ignore[no-any-return]
    return UnknownWebhookEvent
