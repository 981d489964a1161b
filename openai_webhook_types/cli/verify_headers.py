"""Headers as people paste them: lines, a whole request, the output of a tool, or JSON.

Whoever looks into a refused delivery has it from a log, the network panel of a browser (HAR), an
event of AWS Lambda or `curl -v`, seldom as one header on each line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ._body import vacuity
from ._failures import Mistake

__all__ = ["read_header", "read_headers"]

_NAMES = {"webhook-id", "webhook-timestamp", "webhook-signature"}
# A header (RFC 9110, section 5.1), or the variable for a header (RFC 3875, section 4.1.18).
_HEADER = re.compile(r"\s*(?:([!#$%&'*+.^`|~\w-]+)\s*:(.*)|(HTTP_\w+)=(.*))", re.ASCII | re.DOTALL)
# What may come before headers: a request line, a status line, or a pseudo-header of HTTP/2.
_START = re.compile(r"\s*(?:[A-Z]+ \S+(?: HTTP/[\d.]+)?|HTTP/[\d.]+ \d.*|:[a-z]+:.*)\s*", re.ASCII)
# What `curl -v` writes before the lines that it sends and receives. Its other lines are remarks.
_MARKED = re.compile(r"\s*[<>](?:\s(.*))?", re.DOTALL)
# The keys under which JSON may have the headers: those of HAR, and of events of AWS Lambda.
_WRAPPERS = ("log", "entries", "request", "headers", "multiValueHeaders")


class _NotHeaders(Exception):
    """A value in JSON that is not the headers of one request."""


def read_headers(text: str, place: str) -> list[tuple[str, str]]:
    """Return the headers in a text, at least one, with their names in lower case.

    Args:
        text: Headers, one on a line; a request that begins with them; or JSON.
        place: What to call the text in an error.
    """
    vacuous = vacuity(text)
    if vacuous:
        raise Mistake(f"{place} is {vacuous}")
    is_json = text.lstrip().startswith(("{", "["))
    found = [*(_from_json if is_json else _from_lines)(text, place)]
    if not found:
        raise Mistake(f"{place}: no headers")
    return found


def read_header(text: str, place: str) -> tuple[str, str]:
    """Return the name of a header, in lower case, and its value."""
    found = _HEADER.fullmatch(text)
    if not found:
        raise Mistake(f"{place}: not a header, NAME: VALUE")
    return _name(found[1] or found[3]), (found[2] or found[4] or "").strip()


def _name(text: str) -> str:
    """Return the name of a header, which may be given as the name of a variable."""
    name = text.strip().lower()
    return name[len("http_") :].replace("_", "-") if name.startswith("http_") else name


def _from_lines(text: str, place: str) -> Iterator[tuple[str, str]]:
    lines = [*enumerate(text.split("\n"), 1)]
    matches = [(number, _MARKED.fullmatch(line)) for number, line in lines]
    marked = [(number, found[1] or "") for number, found in matches if found]
    has_ended = False
    for number, line in marked or lines:
        if not line.strip():
            has_ended = True
        elif not _START.fullmatch(line):
            if has_ended and not _HEADER.fullmatch(line):
                return  # it is the body
            yield read_header(line, f"{place}:{number}")


def _from_json(text: str, place: str) -> Iterator[tuple[str, str]]:
    try:
        yield from _from_value(json.loads(text))
    except _NotHeaders:
        raise Mistake(f"{place}: JSON, but not the headers of one request") from None
    except (ValueError, RecursionError):
        raise Mistake(f"{place}: begins like JSON, but is not valid") from None


def _from_value(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        wrapped = [value[name] for name in _WRAPPERS if isinstance(value.get(name), (dict, list))]
        if not wrapped:
            yield from _from_pairs(value.items())
        for one in wrapped:
            yield from _from_value(one)
    elif all(isinstance(item, str) for item in value):
        if all(map(_HEADER.fullmatch, value)):
            yield from [read_header(item, "") for item in value]
        else:  # names and values in turn, as Node.js has them
            yield from _from_pairs(value[start : start + 2] for start in range(0, len(value), 2))
    elif all(isinstance(item, list) for item in value):
        yield from _from_pairs(value)
    elif len(value) == 1 and isinstance(value[0], dict) and {*value[0]} & {*_WRAPPERS}:
        yield from _from_value(value[0])
    else:
        yield from _from_pairs(map(_pair, value))


def _pair(item: Any) -> tuple[Any, Any]:
    """Return the name and the value of a header that is an object of its own."""
    if not isinstance(item, dict):
        raise _NotHeaders
    fields = {name.lower(): value for name, value in item.items()}
    return fields.get("name", fields.get("key")), fields.get("value")


def _from_pairs(pairs: Iterable[Any]) -> Iterator[tuple[str, str]]:
    found = []
    for pair in pairs:
        if len(pair) != 2 or not isinstance(pair[0], str):
            raise _NotHeaders
        found.append((_name(pair[0]), pair[1]))
    # Some of these may be variables that are not headers, with values of any type.
    has_known = any(name in _NAMES for name, _ in found)
    for name, value in found:
        if has_known and name not in _NAMES:
            continue
        for one in value if isinstance(value, list) else [value]:
            text = one.get("value") if isinstance(one, dict) else one
            if not isinstance(text, str):
                raise _NotHeaders
            yield name, text
