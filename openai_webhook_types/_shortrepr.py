"""The repr of an input, as short as Pydantic shows it, without that of what is left out."""

from __future__ import annotations

from typing import Any, Callable, Iterator

from ._values import FAILED, attempt, safe_repr, type_name

__all__ = ["short_repr"]

# Pydantic shows at most so many bytes of an input, in UTF-8: the first and the last of them.
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
    """Return the text of as many pieces as it takes to have more than is shown."""
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
    """Return the ends of a long text, which its repr begins and ends as that of the text."""
    if len(text) <= 2 * _SHOWN:
        return text
    # The repr of text with an apostrophe is in double quotes, unless it has those as well.
    quotes: Any = ("'", '"') if type(text) is str else (b"'", b'"')
    return text[:_SHOWN] + text[:0].join([q for q in quotes if q in text]) + text[-_SHOWN:]
