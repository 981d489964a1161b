"""What this package raises: errors are data first, and text second."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Dict, List, Optional, Tuple, Type, Union

from ._untrusted import FAILED, attempt, safe_repr, short_repr, type_name

__all__ = ["InvalidWebhookSignatureError", "ValidationError"]

# The path to a value in a payload: keys, and indexes of lists.
Location = Tuple[Union[str, int], ...]

# One thing wrong with a payload: its type, loc, input and ctx, as `errors()` names them.
Problem = Tuple[str, Location, Any, Optional[Dict[str, str]]]

# Pydantic 2.14's messages by error type. Of a pair, the second is the message for JSON text.
_MESSAGES: Dict[str, Union[str, Tuple[str, str]]] = {
    "bool_parsing": "Input should be a valid boolean, unable to interpret input",
    "bool_type": "Input should be a valid boolean",
    "finite_number": "Input should be a finite number",
    "int_from_float": "Input should be a valid integer, got a number with a fractional part",
    "int_parsing": "Input should be a valid integer, unable to parse string as an integer",
    "int_parsing_size": "Unable to parse input string as an integer, exceeded maximum size",
    "int_type": "Input should be a valid integer",
    "invalid_key": "Keys should be strings",
    "iteration_error": "Error iterating over object, error: {error}",
    "json_invalid": "Invalid JSON: {error}",
    "json_type": "JSON input should be string, bytes or bytearray",
    "list_type": ("Input should be a valid list", "Input should be a valid array"),
    "literal_error": "Input should be {expected}",
    "mapping_type": "Input should be a valid mapping, error: {error}",
    "missing": "Field required",
    "model_type": (
        "Input should be a valid dictionary or instance of {class_name}",
        "Input should be an object",
    ),
    "string_type": "Input should be a valid string",
    "string_unicode": (
        "Input should be a valid string, unable to parse raw data as a unicode string"
    ),
}


# How many problems the text shows. Anybody can send a payload with more.
_SHOWN = 100

_TEXT = (str, bytes, bytearray)


class ValidationError(ValueError):
    """A payload is invalid.

    Carries every problem found, not only the first, and the payload itself, so that a
    rejected event can be stored and looked at later. The `type`, `loc` and `msg` of each
    problem are those of Pydantic 2.14 for the models of openai 3.57.0. The text of the error
    shows the first 100 problems; `errors()` and `json()` have all of them.
    """

    # Filled faster than a `__dict__`: a payload with one error takes 2 % less time.
    __slots__ = ("_from_json", "_problems", "payload", "title")

    title: str
    """Name of the class that was asked for."""

    payload: Any
    """What was validated: a dict, or the JSON text."""

    def __init__(
        self, title: str, problems: List[Problem], payload: Any, from_json: bool = False
    ) -> None:
        # In place of all arguments, which the base has put there: the payload would be in them.
        self.args: Tuple[Any, ...] = (title,)
        self.title = title
        self.payload = payload
        self._problems = problems
        self._from_json = from_json

    def __reduce__(self) -> Tuple[Any, ...]:
        return _revive, (type(self), self.title, self._problems, self.payload, self._from_json)

    def error_count(self) -> int:
        """Return how many problems the payload has."""
        return len(self._problems)

    def errors(
        self, *, include_url: bool = True, include_context: bool = True, include_input: bool = True
    ) -> List[Dict[str, Any]]:
        """Return the problems in field order.

        Each is a dict of `type` (a short stable string), `loc` (the path to the value, a
        tuple of keys and indexes), `msg`, `input` (the value found there), and `ctx` where
        the message has parameters.

        Args:
            include_url: Accepted because Pydantic's method takes it; there are no URLs.
            include_context: Whether to give `ctx`.
            include_input: Whether to give `input`.
        """
        found = []
        for kind, loc, value, ctx in self._problems:
            problem: Dict[str, Any] = {"type": kind, "loc": loc, "msg": self._message(kind, ctx)}
            if include_input:
                problem["input"] = value
            if include_context and ctx:
                problem["ctx"] = dict(ctx)
            found.append(problem)
        return found

    def json(
        self,
        *,
        indent: Optional[int] = None,
        include_url: bool = True,
        include_context: bool = True,
        include_input: bool = True,
    ) -> str:
        """Return `errors()` as JSON text; an input that JSON cannot hold is given by its repr."""
        rows = self.errors(
            include_url=include_url, include_context=include_context, include_input=include_input
        )
        writer = _writer()
        text = attempt(writer.text, rows, indent)
        if text is not FAILED:
            return str(text)
        for row in rows:
            if attempt(writer.text, [row], indent) is FAILED:  # nested too deeply, or not Unicode
                row["input"] = safe_repr(row["input"])
        return str(writer.text(rows, indent))

    def _message(self, kind: str, ctx: Optional[Dict[str, str]]) -> str:
        message = _MESSAGES[kind]
        if isinstance(message, tuple):
            message = message[self._from_json]
        return message.format(**ctx) if ctx else message

    def __str__(self) -> str:
        count = len(self._problems)
        lines = [f"{count} validation error{'' if count == 1 else 's'} for {self.title}"]
        for kind, loc, found, ctx in self._problems[:_SHOWN]:
            path = ".".join([f"`{step}`" if "." in str(step) else str(step) for step in loc])
            lines += [path] if path else []
            lines.append(
                f"  {self._message(kind, ctx)} [type={kind}, "
                f"input_value={short_repr(found)}, input_type={type_name(found)}]"
            )
            if kind == "model_type" and not loc and issubclass(type(found), _TEXT):
                lines.append("  To read JSON text, call from_json or parse_event")
        if count > _SHOWN:
            lines.append(f"... and {count - _SHOWN} more: errors() has all of them")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return str(self)


class InvalidWebhookSignatureError(ValueError):
    """The signature of a request is missing or invalid, or its timestamp is out of tolerance.

    This is a ValueError, as in openai 3.57.0. Its text never contains a secret or the payload.
    Other code can raise it too, with any arguments: its `reason` is "other" unless one is given.
    """

    reason: str
    """The reason, as a short, stable string for logs and metrics: see `verify_signature`."""

    webhook_id: Optional[str]
    """The `webhook-id` header, if it is usable. It is not verified: anybody can send it."""

    def __init__(self, *args: Any, reason: str = "other", webhook_id: Optional[str] = None) -> None:
        super().__init__(*args)
        self.reason = reason
        self.webhook_id = webhook_id


def _revive(
    cls: Type[ValidationError], title: str, problems: List[Problem], payload: Any, from_json: bool
) -> ValidationError:
    return cls(title, problems, payload, from_json=from_json)


def _revive_signature(
    cls: Type[InvalidWebhookSignatureError], message: str, reason: str, webhook_id: Optional[str]
) -> InvalidWebhookSignatureError:
    """Return the error that a pickle of 0.1.0 has."""
    return cls(message, reason=reason, webhook_id=webhook_id)


@lru_cache(None)
def _writer() -> Any:
    from ._json_text import Writer, plain

    def default(value: Any) -> Any:
        return value.model_dump() if hasattr(type(value), "model_dump") else plain(value, safe_repr)

    return Writer(default)
