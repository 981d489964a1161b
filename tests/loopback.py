"""Servers of the standard library on the loopback interface, and what sends them requests."""

import socket
import threading
import time
from contextlib import closing, contextmanager, suppress
from functools import partial
from http.client import HTTPConnection
from wsgiref.simple_server import WSGIRequestHandler, make_server

# The most bytes of a body that the recipes read.
MAX_BODY = 1_000_000
EVENT = b'{"id": "evt_1", "created_at": 1, "type": "batch.completed", "data": {"id": "batch_1"}}'


class Client:
    """Sends requests to a server, and returns the statuses of its answers."""

    def __init__(self, host, port, path="/webhook"):
        self.address = host, port
        self.url = f"http://{host}:{port}{path}"
        self.answer = b""
        self._path = path

    def __call__(self, body, headers):
        return self._status(body, {"Content-Length": str(len(body)), **headers})

    def declaring(self, length, body=b""):
        """Send the headers of a request of some length, but only a part of its body."""
        return self._status(body, {"Content-Length": length})

    def in_chunks(self, chunks, headers):
        """Send a body in chunks."""
        return self._status(
            iter(chunks), {"Transfer-Encoding": "chunked", **headers}, encode_chunked=True
        )

    def raw(self, request, *, is_all=True):
        """Send bytes as they are, and say whether they are all."""
        with socket.create_connection(self.address, timeout=30) as connection:
            connection.sendall(request)
            if is_all:
                connection.shutdown(socket.SHUT_WR)
            self.answer = b"".join(iter(partial(connection.recv, 65536), b""))
        return int(self.answer.split()[1]) if self.answer else None

    def ask(self, method, path):
        """Send a request without a body, and return the status and the methods that are allowed."""
        with closing(HTTPConnection(*self.address, timeout=30)) as connection:
            connection.request(method, path)
            response = connection.getresponse()
            return response.status, response.headers["Allow"]

    def _status(self, body, headers, **options):
        with closing(HTTPConnection(*self.address, timeout=30)) as connection:
            connection.putrequest("POST", self._path)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                connection.putheader(name, value)
            with suppress(BrokenPipeError, ConnectionResetError):  # an answer may come sooner
                connection.endheaders(body, **options)
            response = connection.getresponse()
            self.answer = response.read()
            return response.status


@contextmanager
def serving(address, run, stop):
    """Run a server in a thread, and yield its client."""
    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield Client(*address)
    finally:
        stop()
        thread.join()


def forever(server):
    """Serve with a server of `socketserver`, which looks 100 times a second whether to stop."""
    return serving(server.server_address, lambda: server.serve_forever(0.01), server.shutdown)


@contextmanager
def http_server(module):
    with module.Server(("127.0.0.1", 0), module.Webhook) as server, forever(server) as client:
        yield client


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


@contextmanager
def wsgi(app):
    server = make_server("127.0.0.1", 0, app, handler_class=Quiet)
    with server, forever(server) as client:
        yield client


def wait_until(condition):
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)
