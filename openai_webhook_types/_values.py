"""What several modules ask of a value, and the limit that they share."""

from __future__ import annotations

import sys
from typing import Any, Callable

__all__ = [
    "FAILED",
    "MAX_DIGITS",
    "attempt",
    "integer",
    "is_instance_of",
    "is_unicode",
    "plain_int",
    "plain_str",
    "safe_repr",
    "type_name",
]

# What `attempt` returns for a function that raised.
FAILED = object()

# The most digits of an integer given as text: Pydantic's limit, and CPython's default.
MAX_DIGITS = 4300
# Python can be set to refuse longer text (`sys.set_int_max_str_digits`), but not shorter.
_PIECE = 640


def integer(text: str) -> int:
    """Return the integer that text of ASCII digits with an optional sign stands for.

    Unlike `int`, it gives the same answer whatever `sys.set_int_max_str_digits` says.
    """
    if len(text) <= _PIECE:
        return int(text)
    value = 0
    digits = text.lstrip("+-")
    for start in range(0, len(digits), _PIECE):
        piece = digits[start : start + _PIECE]
        value = value * 10 ** len(piece) + int(piece)
    return -value if text[0] == "-" else value


def attempt(function: Callable[..., Any], *arguments: object) -> Any:
    """Return what a function returns, or FAILED if it raises: values may have any methods."""
    try:
        return function(*arguments)
    except MemoryError:
        raise
    except Exception:
        return FAILED


def plain_str(value: str) -> str:
    """Return the text of a `str`, whatever methods its class has."""
    # PyPy's str.__str__ calls that of a subclass.
    return "".join((value,))  # noqa: FLY002


def plain_int(value: int) -> int:
    """Return the integer of an `int`, whatever methods its class has."""
    # PyPy's int.__int__ calls that of a subclass.
    return int.__add__(value, 0)


def is_unicode(text: str) -> bool:
    """Tell whether a text is valid Unicode: whether it has no lone surrogate."""
    try:
        return text.isascii() or bool(text.encode())
    except UnicodeEncodeError:
        return False


def safe_repr(value: object) -> str:
    """Return `repr(value)` as valid Unicode; never raises."""
    text = attempt(repr, value)
    if text is FAILED:
        return f"<unprintable {type_name(value)} object>"
    return str.encode(text, "utf-8", "backslashreplace").decode()


def type_name(value: object) -> str:
    """Return the name of the type of a value; never raises."""
    # A metaclass may make something else of `__name__`.
    return str(type.__dict__["__name__"].__get__(type(value)))


def is_instance_of(value: object, module: str, name: str) -> bool:
    """Tell whether a value is an instance of a class whose module may not have been imported."""
    return issubclass(type(value), getattr(sys.modules.get(module), name, ()))
