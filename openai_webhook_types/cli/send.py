"""The verb `send`."""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from itertools import repeat
from queue import SimpleQueue
from threading import Thread
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from .. import __version__
from .._model.json_parser import loads
from ..errors import ValidationError
from ..signature import sign
from ._arguments import describe, whole
from ._body import vacuity
from ._chunked import Unreadable, chunks
from ._deadline import deadline
from ._failures import DONE, NEGATIVE, REFUSED, Mistake, Refused, trying_to
from ._input import read, read_body, shown_name
from ._output import printable
from ._payload import add_set, changed, json_text, sample
from ._secret import add_secret, secret_of, warn_of_secret
from ._terminal import paint

__all__ = ["add", "run"]

# The characters of a path that a URL has as they are. A query has question marks as well.
_SAFE = "/%:=&~+!$,;'@()*"
# How many bytes of an answer are read, and how many characters of it are shown.
_MAX_ANSWER = 4096
_MAX_SHOWN = 200


class _Target(NamedTuple):
    """Where to send to."""

    is_encrypted: bool
    """Whether to use TLS."""
    host: str
    """The name or address of the server."""
    port: int
    """The port of the server."""
    path: str
    """The path, and the query if there is one."""


class _Answer(NamedTuple):
    """The outcome of a request."""

    webhook_id: str
    """The ID of the delivery."""
    status: int | None
    """The status of the answer, or None if it did not come, or did not end, in time."""
    seconds: float
    """How long it took, from the connection on."""
    text: str
    """The first line of the answer, or why there is none."""


def add(verb: argparse.ArgumentParser) -> None:
    """Add the arguments of the verb to its parser."""
    describe(
        verb,
        "Sign an event, send it, and print the status, the time and the first line of the\n"
        "answer. Exits with 1 if an answer is not the expected one (2xx, or 4xx with\n"
        "--bad-signature), and with 3 if there is none, or if its first 4,096 bytes do not come\n"
        "in time. Redirects are not followed.",
        "PROGRAM send http://127.0.0.1:8000/ batch.completed --set data.id=batch_1",
        "PROGRAM send http://127.0.0.1:8000/ batch.completed --count 100 --jobs 8",
        "PROGRAM send http://127.0.0.1:8000/ --file body.json --bad-signature",
    )
    verb.add_argument("url", metavar="URL", help="the address of the handler: http or https")
    verb.add_argument("type", metavar="TYPE", nargs="?", help="the event type of the payload")
    verb.add_argument("--file", metavar="FILE", help="the body to send instead, valid or not")
    add_set(verb)
    for name, maximum, what in (("--count", 1_000_000, "to send"), ("--jobs", 1_000, "at a time")):
        verb.add_argument(
            name,
            metavar="N",
            type=whole(1, maximum),
            default=1,
            help=f"how many {what} (default: 1)",
        )
    verb.add_argument("--id", metavar="ID", help="the webhook-id (default: a new one for each)")
    verb.add_argument("--bad-signature", action="store_true", help="sign with another secret")
    verb.add_argument(
        "--old",
        metavar="SECONDS",
        type=int,
        default=0,
        help="date the request this many seconds back",
    )
    verb.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=whole(1, 86400),
        default=10,
        help="how long to wait for an answer (default: 10)",
    )
    add_secret(verb)


def run(options: argparse.Namespace) -> int:
    """Send the requests and print their outcomes."""
    target = _target(options.url)
    body = _body(options)
    if options.bad_signature:
        warn_of_secret(options)
        secret = os.urandom(24).hex()
    else:
        secret = secret_of(options, options.file)
    try:
        sign(b"", secret=secret, webhook_id=options.id, timestamp=_time(options))
    except ValueError as error:  # the ID or the time is invalid
        raise Mistake(str(error)) from None
    deliver = partial(_deliver, target, body, secret, options)
    expected = 4 if options.bad_signature else 2
    answers: list[_Answer] = []
    status = DONE
    started = time.monotonic()
    try:
        for answer in _answers(deliver, options.count, options.jobs):
            answers.append(answer)
            is_expected = answer.status is not None and answer.status // 100 == expected
            if not is_expected:
                status = max(status, REFUSED if answer.status is None else NEGATIVE)
            print(_line(answer, "green" if is_expected else "red"), flush=True)
    finally:
        if options.count > 1 and answers:
            print(_summary(answers, time.monotonic() - started))
    return status


def _target(url: str) -> _Target:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        # The reason is not shown: like the URL, it may contain a password.
        raise Mistake("not a URL: its host or its port is malformed") from None
    host = parts.hostname
    if parts.scheme not in {"http", "https"} or not host:
        raise Mistake(
            "the URL must start with http:// or https:// and have a host,"
            " such as http://127.0.0.1:8000/"
        )
    if "@" in parts.netloc:
        raise Mistake("a URL with a user name or a password is not supported")
    if " " in host or not host.isprintable():
        raise Mistake("the host of the URL has a blank or a control character")
    is_encrypted = parts.scheme == "https"
    if is_encrypted and not hasattr(http.client, "HTTPSConnection"):
        raise Refused("cannot connect: this Python has no TLS")
    if port is None:
        port = 443 if is_encrypted else 80
    path = quote(parts.path or "/", safe=_SAFE)
    query = f"?{quote(parts.query, safe=_SAFE + '?')}" if parts.query else ""
    return _Target(is_encrypted, host, port, path + query)


def _body(options: argparse.Namespace) -> bytes:
    if (options.type is None) == (options.file is None):
        raise Mistake("send takes either a TYPE or a --file")
    if options.file is None:
        payload = sample(options.type)
    else:
        if not options.set:
            return read_body(options.file)
        body = read(options.file)
        if vacuity(body):
            raise Mistake(
                f"--set cannot change {shown_name(options.file)}, which is {vacuity(body)}"
            )
        try:
            payload = loads(body, "")
        except ValidationError as error:
            reason = error.errors()[0]["msg"]
            raise Mistake(f"--set cannot change {shown_name(options.file)}: {reason}") from None
    return json_text(changed(payload, options.set), None).encode()


def _answers(deliver: Callable[[], _Answer], count: int, jobs: int) -> Iterator[_Answer]:
    """Yield the answers to all requests as they come; the first error ends the rest."""
    left: deque[None] = deque(repeat(None, count))
    answers: SimpleQueue[_Answer | Exception] = SimpleQueue()

    def work() -> None:
        with suppress(IndexError):  # when nothing is left
            while True:
                left.pop()
                try:
                    answers.put(deliver())
                except Exception as error:  # noqa: BLE001
                    answers.put(error)

    for _ in range(min(jobs, count)):
        # If the command is interrupted, nothing waits for these threads.
        Thread(target=work, daemon=True).start()
    for _ in range(count):
        answer = answers.get()
        if isinstance(answer, Exception):
            left.clear()
            raise answer
        yield answer


def _deliver(target: _Target, body: bytes, secret: str, options: argparse.Namespace) -> _Answer:
    """Send one request, and return its answer."""
    timeout = options.timeout
    headers = sign(body, secret=secret, webhook_id=options.id, timestamp=_time(options))
    webhook_id = headers["webhook-id"]
    headers["content-type"] = "application/json"
    headers["user-agent"] = f"openai-webhook-types/{__version__}"
    headers["connection"] = "close"
    kind = http.client.HTTPSConnection if target.is_encrypted else http.client.HTTPConnection
    started = time.perf_counter()
    late = "no answer"
    with closing(kind(target.host, target.port, timeout=timeout)) as connection:
        with trying_to(f"connect to {target.host}:{target.port}"):
            connection.connect()
        with deadline(connection.sock, timeout) as is_late:
            try:
                with suppress(BrokenPipeError):  # there may be an answer all the same
                    connection.request("POST", target.path, body, headers)
                answer = connection.getresponse()
                late = f"{answer.status}, but no end of the answer"
                text = _beginning(answer).decode("utf-8", "replace")
                if is_late.is_set():  # then this is only what came until it was cut off
                    raise socket.timeout
            except (OSError, http.client.HTTPException, Unreadable) as error:
                is_over = is_late.is_set() or isinstance(error, socket.timeout)
                reason = str(error)[:_MAX_SHOWN] or type(error).__name__
                why = f"{late} within {timeout} s" if is_over else f"no answer: {reason}"
                return _Answer(webhook_id, None, time.perf_counter() - started, why)
    line = next(iter(text.splitlines()), "")[:_MAX_SHOWN]
    return _Answer(webhook_id, answer.status, time.perf_counter() - started, line)


def _time(options: argparse.Namespace) -> int:
    return int(time.time()) - int(options.old)


def _beginning(answer: http.client.HTTPResponse) -> bytes:
    """Return the first bytes of an answer."""
    if not answer.chunked:
        return answer.read(_MAX_ANSWER)
    # If a chunk has a negative size, http.client may raise any error, or read without end.
    found = b""
    for piece in chunks(answer.fp, sys.maxsize):
        found += piece
        if len(found) >= _MAX_ANSWER:
            break
    return found


def _line(answer: _Answer, colour: str) -> str:
    status = paint(str(answer.status or "---"), colour)
    text = printable(answer.text)
    return f"{status}  {answer.seconds * 1000:.0f} ms  {answer.webhook_id}  {text}".rstrip()


def _summary(answers: list[_Answer], seconds: float) -> str:
    from statistics import median

    counts = Counter(str(answer.status or "no answer") for answer in answers)
    parts = [f"{count:,} x {status}" for status, count in sorted(counts.items())]
    times = [answer.seconds * 1000 for answer in answers]
    return (
        f"requests: {len(answers):,} in {seconds:.1f} s ({', '.join(parts)}); "
        f"median {median(times):.0f} ms, slowest {max(times):.0f} ms"
    )
