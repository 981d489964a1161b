"""The verb `listen`."""

from __future__ import annotations

import argparse
import os
import re
import signal
import socket
import sys
import time
from collections import OrderedDict
from collections.abc import Generator
from contextlib import contextmanager, suppress
from email.message import Message
from functools import partial
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer, ThreadingMixIn
from threading import Lock, Thread, current_thread, main_thread
from typing import Any, BinaryIO, NamedTuple, cast
from urllib.parse import quote, unquote

from .._json_text import dumps
from ..errors import InvalidWebhookSignatureError, ValidationError
from ..events._base import WebhookEvent
from ..signature import unwrap
from ._arguments import describe, whole
from ._body import MAX_BODY, problems
from ._chunked import Unreadable, chunks
from ._deadline import deadline
from ._failures import Failure, Mistake, trying_to
from ._output import complain, print_json, printable
from ._secret import add_secret, secret_of
from ._terminal import paint
from .listen_save import save

__all__ = ["add", "run"]

# How many seconds a sender may be silent, and how many its whole request may take.
_MAX_SILENCE = 10
_MAX_SECONDS = 30
# How many IDs of deliveries are remembered, to recognize those that come again.
_MAX_IDS = 10_000
# How many characters are printed about a request.
_MAX_TEXT = 500
# The first byte of a connection on which a client speaks TLS (RFC 8446, section 5.1).
_TLS = b"\x16"


class _Report(NamedTuple):
    """What is reported about a request."""

    status: int | None
    """The status of the answer, or None where there is nothing to answer."""
    text: str
    """The event type, or what is wrong."""
    webhook_id: str | None = None
    """The ID of the delivery, if it has one that can be shown."""
    times: int = 1
    """How often this ID came, in all."""
    event: WebhookEvent | None = None
    """The event, if it is valid."""


def add(verb: argparse.ArgumentParser) -> None:
    """Add the arguments of the verb to its parser."""
    describe(
        verb,
        "Receive webhooks, for development: verify and validate each, print a line for it,\n"
        "and say when a webhook-id comes again. Answers 200, or 400 to an invalid event,\n"
        "401 to a bad signature, and 400, 404, 405, 411, 413, 414, 431, 501 or 505 to a\n"
        "request that is not a delivery. Ctrl-C or SIGTERM stops it: it prints a count of\n"
        "the requests, and exits with 130.",
        "PROGRAM listen --port 8000",
        "PROGRAM listen --port 8000 --path /webhook --json --save deliveries",
    )
    verb.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)"
    )
    verb.add_argument(
        "--port",
        type=whole(0, 65535),
        default=8000,
        help="the port; 0 picks a free one and prints it (default: %(default)s)",
    )
    verb.add_argument("--path", default="/", help="the path to answer on (default: /)")
    verb.add_argument("--json", action="store_true", help="print JSON, an object on each line")
    verb.add_argument(
        "--save",
        metavar="DIR",
        help="keep the body and the headers of each request that is signed with the secret,"
        " as DIR/ID.json and DIR/ID.headers",
    )
    verb.add_argument(
        "--save-all",
        action="store_true",
        help="with --save, keep those from any sender; on a public address, they can fill the disk",
    )
    add_secret(verb)


def run(options: argparse.Namespace) -> int:
    """Receive webhooks until interrupted."""
    if options.save_all and options.save is None:
        raise Mistake("--save-all needs --save")
    if not re.fullmatch("/(?!/)[^?#]*", options.path, re.DOTALL):
        raise Mistake("--path must begin with one slash and have no query")
    with trying_to("quote --path"):  # such as a lone surrogate
        options.path = _quoted(options.path)
    secret = secret_of(options)
    if options.save is not None:
        with trying_to(f"make the folder {options.save}"):
            os.makedirs(options.save, exist_ok=True)
    with trying_to(f"listen on {options.host}:{options.port}"):
        options.host.encode("idna")  # for a name that is not one, `bind` raises a TypeError
        receiver = _Receiver(options, secret)
    with receiver, _sigterm_as_ctrl_c():
        try:
            receiver.announce()
            receiver.serve_forever()
        finally:
            complain(receiver.summary())
    # An interrupt does not get here: only a failure does.
    raise receiver.failures[0]


def _quoted(path: str) -> str:
    """Return a path in the one way in which this module writes it: clients quote more or less."""
    return quote(unquote(path))


@contextmanager
def _sigterm_as_ctrl_c() -> Generator[None, None, None]:
    """Treat SIGTERM, with which supervisors such as Docker stop a process, as Ctrl-C."""
    if current_thread() is not main_thread():  # which no signal reaches
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class _Receiver(ThreadingMixIn, TCPServer):
    """The server, with what it remembers of requests."""

    allow_reuse_address = os.name == "posix"  # elsewhere, two servers could share a port
    block_on_close = False
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, options: argparse.Namespace, secret: str) -> None:
        self.options = options
        self.failures: list[Exception] = []
        self._secret = secret
        self._lock = Lock()
        self._counts: dict[str, int] = {}
        self._repeated = 0
        # How often each ID came; the ID that came last is last.
        self._times: OrderedDict[str, int] = OrderedDict()
        self.address_family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
        super().__init__((options.host, options.port), partial(_Handler, self))

    def announce(self) -> None:
        """Print the address."""
        host, port = self.socket.getsockname()[:2]
        url = f"http://{f'[{host}]' if ':' in host else host}:{port}{self.options.path}"
        if self.options.json:
            print(dumps({"listening": url}), flush=True)
        else:
            print(f"listening on {url} (press Ctrl-C to stop)", flush=True)

    def summary(self) -> str:
        """Return the count of the requests, in one line."""
        counts = sorted(self._counts.items())
        parts = ", ".join([f"{count:,} x {status}" for status, count in counts])
        total = f"{sum(self._counts.values()):,}" + (f" ({parts})" if parts else "")
        return f"requests: {total}; repeated: {self._repeated:,}"

    def receive(self, body: bytes, headers: Message) -> tuple[int, str]:
        """Judge a request and report it; return the status and the text of the answer."""
        failure = None
        is_kept = self.options.save is not None
        try:
            event = unwrap(body, headers, secret=self._secret)
        except InvalidWebhookSignatureError as error:
            report = _Report(401, f"{error.reason}: {error}", error.webhook_id)
            # Anybody can send these.
            is_kept = is_kept and self.options.save_all
        except ValidationError as error:
            text = "; ".join([problem for _, problem in problems(body, error)])[:_MAX_TEXT]
            report = self._verified(400, text, headers)
        else:
            report = self._verified(200, event.type, headers)._replace(event=event)
        if is_kept:
            try:
                save(self.options.save, report.webhook_id, body, headers)
            except Failure as error:
                failure = error
                report = _Report(500, "the request cannot be saved", report.webhook_id)
        self.report(report)
        if failure:  # after the report, which otherwise might follow the summary
            self._stop(failure)
        return report.status or 0, report.text

    def _verified(self, status: int, text: str, headers: Message) -> _Report:
        webhook_id = headers["webhook-id"]
        with self._lock:
            times = self._times.pop(webhook_id, 0) + 1
            self._times[webhook_id] = times
            self._repeated += times > 1
            if len(self._times) > _MAX_IDS:
                self._times.popitem(last=False)
        return _Report(status, text, webhook_id, times)

    def report(self, report: _Report) -> None:
        """Print a line about a request, and count it."""
        status = str(report.status or "no request")
        with self._lock:
            self._counts[status] = self._counts.get(status, 0) + 1
            try:
                if self.options.json:
                    print_json(_json(report))
                else:
                    print(_line(report))
                if sys.stdout:
                    sys.stdout.flush()
            except OSError as error:
                self._stop(error)

    def _stop(self, error: Exception) -> None:
        self.failures.append(error)
        # `shutdown` waits for the server, which may wait for this thread.
        Thread(target=self.shutdown, daemon=True).start()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report an error in one line, unless it is that the sender went away."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            complain(printable(f"error: {type(error).__name__}: {error}"))


class _Handler(BaseHTTPRequestHandler):
    """Reads one request and answers it."""

    protocol_version = "HTTP/1.1"
    timeout = _MAX_SILENCE
    raw_requestline: bytes
    command = ""  # until a request line is read

    def __init__(self, receiver: _Receiver, *arguments: Any) -> None:
        self._receiver = receiver
        super().__init__(*arguments)

    def handle(self) -> None:
        with deadline(self.connection, _MAX_SECONDS):
            self.handle_one_request()
            # A connection that is closed with bytes unread is reset, and the answer may be lost.
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_WR)
                while self.connection.recv(65536):
                    pass

    def handle_one_request(self) -> None:
        """Answer a request. TLS is recognized first, as its first line may never end."""
        try:
            first = self.connection.recv(1, socket.MSG_PEEK)
        except socket.timeout as error:
            self.log_error("Request timed out: %r", error)
            return
        if first == _TLS:
            self._refuse(400, "TLS is not supported, only plain HTTP: use http://")
        else:
            super().handle_one_request()

    def parse_request(self) -> bool:
        """Read the request line and the headers, or answer what is wrong with them."""
        if self.raw_requestline.decode("latin-1").split():
            return super().parse_request()
        self._refuse(400, "the request line is blank")
        return False

    def do_POST(self) -> None:
        """Answer a request of any method."""
        try:
            self._refuse_unless_delivery()
            body = self._body()
        except Unreadable as error:
            self._refuse(error.status, str(error))
        else:
            self._answer(*self._receiver.receive(body, self.headers))

    def _refuse_unless_delivery(self) -> None:
        """Raise an error for a request whose body is not worth reading."""
        if _quoted(self.path.partition("?")[0]) != self._receiver.options.path:
            raise Unreadable(404, f"nothing at this path: {self.path[:100]}")
        if self.command != "POST":
            raise Unreadable(405, f"only POST is allowed, not {self.command[:100]}")

    def _body(self) -> bytes:
        """Read the body, up to its length or to its last chunk."""
        lengths = {*self.headers.get_all("content-length", [])}
        codings = self.headers.get_all("transfer-encoding", [])
        source = cast("BinaryIO", self.rfile)
        if codings:
            if lengths:
                # Servers on the way may use either one, and take the rest for another request.
                raise Unreadable(400, "both a Content-Length and a Transfer-Encoding")
            coding = ", ".join(codings).strip(" \t")
            if coding.lower() != "chunked":
                raise Unreadable(501, f"only chunked can be decoded, not {coding[:100]}")
            return b"".join(chunks(source, MAX_BODY))
        length = lengths.pop() if len(lengths) == 1 else ""
        if not (length.isascii() and length.isdigit()):
            raise Unreadable(411, "a Content-Length or a Transfer-Encoding is required")
        if len(length) > 20 or int(length) > MAX_BODY:
            raise Unreadable(413, f"more than {MAX_BODY:,} bytes")
        body = source.read(int(length))
        if len(body) < int(length):
            raise Unreadable(400, f"incomplete body: {len(body):,} of {int(length):,} bytes")
        return body

    def send_error(self, code: Any, message: str | None = None, explain: str | None = None) -> None:
        """Report and answer what the base class refuses."""
        if code == 501:  # a method that it does not know
            self.do_POST()
        else:
            # The code may be an enumeration. Only for a long request line is there no message.
            self._refuse(int(code), message or "the request line is too long")

    def _refuse(self, status: int, why: str) -> None:
        """Report and answer a request that is not a delivery."""
        text = why[:_MAX_TEXT]
        self._receiver.report(_Report(status, text))
        self._answer(status, text)

    def _answer(self, status: int, text: str) -> None:
        content = f"{text}\n".encode("utf-8", "backslashreplace")
        # What is not HTTP counts as version 0.9, whose answers have no status.
        self.request_version = self.protocol_version
        self.send_response(status)
        if status == 405:
            self.send_header("Allow", "POST")
        self.send_header("Connection", "close")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_error(self, format: str, *args: Any) -> None:
        """Report a request that did not come in time."""
        self._receiver.report(_Report(None, format % args))

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        """Log nothing: every request is reported already."""


def _line(report: _Report) -> str:
    status = paint(str(report.status or "---"), "green" if report.status == 200 else "red")
    parts = [time.strftime("%H:%M:%S"), status, printable(report.text)]
    if report.event:
        parts.append(printable(report.event.id))
    if report.webhook_id is not None:
        parts.append(printable(report.webhook_id))
    if report.times > 1:
        parts.append(paint(f"repeated: {report.times} times in all", "yellow"))
    return "  ".join(parts)


def _json(report: _Report) -> str:
    return dumps(
        {
            "time": int(time.time()),
            "status": report.status,
            "webhook_id": report.webhook_id,
            "times": report.times,
            "text": report.text,
            "event": report.event and report.event.to_dict(mode="json"),
        }
    )
