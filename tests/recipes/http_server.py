"""Run it with: PYTHONPATH=. python3 tests/recipes/http_server.py"""

import io
import logging
import re
import socket
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import BoundedSemaphore
from typing import Any

from inbox import MAX_BODY, receive

MAX_SECONDS = 10  # for a whole request
MAX_THREADS = 500

# RFC 9112, section 7.1
CHUNK = re.compile(rb"([0-9A-Fa-f]+)[ \t]*(?:;[^\r\n]*)?\r\n")

log = logging.getLogger(__name__)


class Webhook(BaseHTTPRequestHandler):
    def setup(self) -> None:
        super().setup()
        self.rfile.close()
        self.rfile = io.BufferedReader(Incoming(self.connection))

    def handle(self) -> None:
        with suppress(OSError):  # the sender has gone
            super().handle()

    def do_POST(self) -> None:
        try:
            self.answer(receive(self.read_body(), self.headers))
        except RefusedError as error:
            self.refuse(error.status)

    def do_GET(self) -> None:
        if self.command in ("GET", "HEAD") and self.path.partition("?")[0] == "/health":
            self.answer(200)
        else:
            self.refuse(405)

    do_HEAD = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_GET

    def read_body(self) -> bytes:
        lengths = self.headers.get_all("content-length", [])
        codings = self.headers.get_all("transfer-encoding", [])
        if codings:
            if lengths:
                raise RefusedError(400)  # a proxy may have used the length
            if [coding.strip().lower() for coding in codings] != ["chunked"]:
                raise RefusedError(501)
            return read_chunks(self.rfile)
        length = lengths[0] if len({*lengths}) == 1 else ""
        if not (length.isdecimal() and len(length) < 10):
            raise RefusedError(411)
        if int(length) > MAX_BODY:
            raise RefusedError(413)
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise RefusedError(400)
        return body

    def refuse(self, status: int) -> None:
        self.answer(status)
        # Closing a connection with unread bytes resets it, and the answer may be lost.
        self.connection.shutdown(socket.SHUT_WR)
        while self.rfile.read(65536):
            pass

    def answer(self, status: int) -> None:
        self.send_response(status)
        if status == 405:
            self.send_header("Allow", "POST")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        log.info("%s %r", self.address_string(), format % args)  # the base needs a standard error


class RefusedError(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def read_chunks(file: io.BufferedIOBase) -> bytes:
    """Return a chunked body. MAX_BODY also limits the lines between chunks, and the trailers."""
    body, left, size, line = bytearray(), MAX_BODY, -1, b""
    while size:
        line = read_line(file, left)
        found = CHUNK.fullmatch(line)
        if not found:
            raise RefusedError(400)
        size = int(found[1], 16)
        left -= len(line) + size
        if size:
            left -= 2
            if left < 0:
                raise RefusedError(413)
            chunk = file.read(size + 2)
            if len(chunk) < size + 2 or not chunk.endswith(b"\r\n"):
                raise RefusedError(400)
            body += chunk[:-2]
    while line != b"\r\n":
        line = read_line(file, left)
        left -= len(line)
    return bytes(body)


def read_line(file: io.BufferedIOBase, limit: int) -> bytes:
    line = file.readline(limit + 1)
    if len(line) > limit:
        raise RefusedError(413)
    if not line.endswith(b"\r\n"):
        raise RefusedError(400)
    return line


class Incoming(io.RawIOBase):
    """The bytes that a sender sends, until its time is up."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._end = time.monotonic() + MAX_SECONDS

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        # A fixed timeout would start again with every byte.
        left = self._end - time.monotonic()
        if left <= 0:
            raise socket.timeout
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)


class Server(ThreadingHTTPServer):
    request_queue_size = MAX_THREADS  # connections that wait for a thread

    def __init__(self, *arguments: Any) -> None:
        self.slots = BoundedSemaphore(MAX_THREADS)
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.slots.acquire()
        try:
            super().process_request(request, client_address)
        except RuntimeError:  # the system has no thread left
            self.slots.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.slots.release()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    Server(("127.0.0.1", 8000), Webhook).serve_forever()
