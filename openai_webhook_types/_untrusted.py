"""Questions that are safe to ask of a value of any type, and texts that show it.

A payload from JSON has only values of JSON's types. But `from_dict` is also called with what other
programs have: rows of databases, lazy strings, mocks. Their methods may raise, lie or never return.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import FrameType

__all__ = [
    "FAILED",
    "MAX_DIGITS",
    "alternatives",
    "attempt",
    "integer",
    "is_exhausted",
    "is_instance_of",
    "is_unicode",
    "plain_int",
    "plain_str",
    "safe_repr",
    "short_repr",
    "type_name",
]

# What `attempt` returns for a function that raised.
FAILED: Any = object()

# The most digits of an integer given as text: Pydantic's limit, and CPython's default.
MAX_DIGITS = 4300
# The lowest limit that `sys.set_int_max_str_digits` can set: `int` always takes this many digits.
# Services that harden Python set it, and must accept the same payloads as the others.
_PIECE = 640

# With fewer calls left than this, the stack counts as used up. Python 3.8 needs some to recover.
_STACK_LEFT = 100


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
    except Exception as error:
        if is_exhausted(error):
            raise
        return FAILED


def is_exhausted(error: Exception) -> bool:
    """Tell whether an error means that memory or the stack is used up, whatever the value is."""
    if not isinstance(error, RecursionError):
        return isinstance(error, MemoryError)
    # Near the end of the stack, Python 3.8 aborts if a function goes on. Far from the end, the
    # value is to blame: it is nested deeply, or has methods that never return.
    frame: FrameType | None = sys._getframe()
    depth = 0
    while frame:
        frame, depth = frame.f_back, depth + 1
    return depth > sys.getrecursionlimit() - _STACK_LEFT


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
    # A metaclass may redefine `__name__`.
    return str(type.__dict__["__name__"].__get__(type(value)))


def alternatives(values: Sequence[str]) -> str:
    """Return the reprs of values as a phrase, such as `'a', 'b' or 'c'`."""
    *others, last = map(repr, values)
    return f"{', '.join(others)} or {last}" if others else last


def is_instance_of(value: object, module: str, name: str) -> bool:
    """Tell whether a value is an instance of a class whose module may not have been imported."""
    return issubclass(type(value), getattr(sys.modules.get(module), name, ()))


# How an input is shown

# Pydantic shows at most this many bytes of an input, in UTF-8. Of a longer one, it shows the
# first and the last.
_SHOWN = 50
_HEAD = 25
_TAIL = 24

_BRACKETS: dict[type, tuple[str, str]] = {list: ("[", "]"), tuple: ("(", ")"), dict: ("{", "}")}


def short_repr(value: object) -> str:
    """Return the repr of a value, or its first and last bytes; never raises."""
    head = attempt(_taken, _pieces(value, iter, ()))
    if head is not FAILED and len(head) <= _SHOWN:
        return str(head.decode())
    tail = attempt(_taken, _pieces(value, reversed, ()), -1)
    if head is FAILED or tail is FAILED:  # another thread changed it meanwhile
        return f"<unprintable {type_name(value)} object>"
    end = tail.decode()[::-1].encode()
    return f"{head[:_HEAD].decode('utf-8', 'ignore')}...{end[-_TAIL:].decode('utf-8', 'ignore')}"


def _taken(pieces: Iterator[str], step: int = 1) -> bytes:
    """Return the text of the first pieces: just enough of them to exceed what is shown."""
    taken = b""
    for piece in pieces:
        taken += piece[::step].encode("utf-8", "backslashreplace")
        if len(taken) > _SHOWN:
            break
    return taken


def _pieces(
    value: Any, order: Callable[[Any], Iterator[Any]], outer: tuple[int, ...]
) -> Iterator[str]:
    """Yield the repr of a value piece by piece, from its start or, if reversed, from its end."""
    kind = type(value)
    if kind is str or kind is bytes:
        yield repr(_ends(value))
    elif kind not in _BRACKETS:
        yield safe_repr(value)
    elif id(value) in outer:
        yield "...".join(_BRACKETS[kind])
    else:
        opening, closing = _BRACKETS[kind]
        if kind is tuple and len(value) == 1:
            closing = ",)"
        first, last = order((opening, closing))
        yield first
        separator = ""
        for item in order(value.items() if kind is dict else value):
            yield separator
            separator = ", "
            if kind is dict:
                one, other = order(item)
                yield from _pieces(one, order, (*outer, id(value)))
                yield ": "
                yield from _pieces(other, order, (*outer, id(value)))
            else:
                yield from _pieces(item, order, (*outer, id(value)))
        yield last


def _ends(text: Any) -> Any:
    """Return a short text whose repr begins and ends like that of a long one."""
    if len(text) <= 2 * _SHOWN:
        return text
    # The repr of text with an apostrophe is in double quotes, unless it has those as well. So the
    # short text must have the same kinds of quotes.
    quotes: Any = ("'", '"') if type(text) is str else (b"'", b'"')
    return text[:_SHOWN] + text[:0].join([q for q in quotes if q in text]) + text[-_SHOWN:]
