"""The verb `verify`."""

from __future__ import annotations

import argparse
import time
from contextlib import suppress
from typing import List, Tuple

from ..errors import InvalidWebhookSignatureError
from ..signature import verify_signature
from ._arguments import describe, moment, whole
from ._failures import DONE, NEGATIVE, Mistake
from ._input import read, read_text, shown_name
from ._output import complain, printable
from ._secret import add_secret, secret_of
from ._terminal import paint
from .verify_damage import likely_originals
from .verify_headers import read_header, read_headers

__all__ = ["add", "run"]

_Headers = List[Tuple[str, str]]

# Above any age that fits in a header: the age is judged by this module, which knows of --at.
_ANY_AGE = 10**4096
_ID, _TIMESTAMP = "webhook-id", "webhook-timestamp"


def add(verb: argparse.ArgumentParser) -> None:
    """Add the arguments of the verb to its parser."""
    describe(
        verb,
        "Check the signature of a request, and say what is wrong with it. If the body was\n"
        "changed in a usual way, such as a line break at its end, a hint says how.",
        "PROGRAM verify body.json --headers headers.txt",
        "PROGRAM verify body.json --headers headers.txt --at 2026-01-31T12:00:00Z",
        "PROGRAM verify body.json --header 'webhook-id: wh_1' --header 'webhook-timestamp: "
        "1767225600' --header 'webhook-signature: v1,...'",
    )
    verb.add_argument(
        "file", metavar="FILE", nargs="?", default="-", help="the body (default: standard input)"
    )
    headers = verb.add_mutually_exclusive_group(required=True)
    headers.add_argument(
        "--header", metavar="'NAME: VALUE'", action="append", help="a header of the request"
    )
    headers.add_argument(
        "--headers",
        metavar="FILE",
        help="a file with the headers: lines, a request as it was sent or as curl -v shows it,"
        " or JSON, such as a HAR entry or an event of AWS Lambda",
    )
    verb.add_argument(
        "--at",
        metavar="TIME",
        type=moment,
        help="when the request came in: Unix seconds or ISO 8601 (default: now)",
    )
    verb.add_argument(
        "--tolerance",
        metavar="SECONDS",
        type=whole(0),
        default=300,
        help="how many seconds old, or early, the request may be (default: 300)",
    )
    add_secret(verb)


def run(options: argparse.Namespace) -> int:
    """Print the verdict."""
    secret = secret_of(options, options.file, options.headers)
    headers = _headers(options)
    body = read(options.file)
    given = dict(headers)
    try:
        verify_signature(body, headers, secret=secret, tolerance=_ANY_AGE)
    except InvalidWebhookSignatureError as error:
        why = str(error)
        if error.reason == "no_matching_signature":
            if body:  # otherwise, the error says that the body is empty
                why += f": the secret is wrong, or the body ({len(body):,} bytes) was changed"
            original = _original(body, headers, secret)
            if original:
                complain(f"hint: the signature matches this body {original}")
        elif error.reason == "invalid_timestamp":
            why += f": {given[_TIMESTAMP]!r} is not a whole number of seconds"
        return _refused(why)
    at = int(time.time()) if options.at is None else options.at
    age = at - int(given[_TIMESTAMP])
    what = f"sent {age} s before" if age >= 0 else f"sent {-age} s after"
    what += " now" if options.at is None else f" {options.at}"
    excess = abs(age) - options.tolerance
    if excess > 0:
        late = "old" if age > 0 else "early"
        return _refused(f"{what}: {excess} s too {late}; tolerance {options.tolerance}")
    print(f"{paint('valid', 'green')}: {printable(given[_ID])}, {what}")
    return DONE


def _refused(why: str) -> int:
    print(f"{paint('invalid', 'red')}: {printable(why)}")
    return NEGATIVE


def _headers(options: argparse.Namespace) -> _Headers:
    if options.header:
        return [read_header(text, "--header") for text in options.header]
    if options.headers == options.file:
        raise Mistake("the body and the headers cannot be in the same file")
    return read_headers(read_text(options.headers), shown_name(options.headers))


def _original(body: bytes, headers: _Headers, secret: str) -> str | None:
    """Return how to describe the body that was signed, if it was changed in a usual way."""
    for said, original in likely_originals(body):
        with suppress(InvalidWebhookSignatureError):
            verify_signature(original, headers, secret=secret, tolerance=_ANY_AGE)
            return said
    return None
