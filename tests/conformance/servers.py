"""Real servers on the loopback interface, and what sends them requests."""

import asyncio
import socket
import threading
import time
from contextlib import closing, contextmanager, suppress
from functools import partial
from http.client import HTTPConnection
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
import uvicorn
from aiohttp import web
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from werkzeug.serving import make_server as make_werkzeug_server


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


def wait_for(address, process):
    """Wait until a process listens."""
    for _ in range(300):
        with suppress(ConnectionRefusedError), socket.create_connection(address):
            return
        assert process.poll() is None
        time.sleep(0.1)
    raise AssertionError("it does not listen")


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


@contextmanager
def werkzeug(app):
    server = make_werkzeug_server("127.0.0.1", 0, app, threaded=True)
    with closing(server.socket), forever(server) as client:
        yield client


def django_settings(**changes):
    """Return a context with settings of Django, which has one set of them for each process."""
    if not settings.configured:
        settings.configure(SECRET_KEY="x", REST_FRAMEWORK={"UNAUTHENTICATED_USER": None})
        django.setup()
    return override_settings(**changes)


@contextmanager
def django_wsgi(module):
    here = django_settings(ROOT_URLCONF=module, ALLOWED_HOSTS=["127.0.0.1"])
    with here, wsgi(get_wsgi_application()) as client:
        yield client


@contextmanager
def asgi(app):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))

        def stop():
            server.should_exit = True

        with serving(listener.getsockname(), lambda: server.run([listener]), stop) as client:
            yield client


@contextmanager
def aiohttp(module):
    loop = asyncio.new_event_loop()
    runner = web.AppRunner(module.app)
    loop.run_until_complete(runner.setup())
    loop.run_until_complete(web.TCPSite(runner, "127.0.0.1", 0).start())
    try:
        stop = partial(loop.call_soon_threadsafe, loop.stop)
        with serving(runner.addresses[0], loop.run_forever, stop) as client:
            yield client
    finally:
        loop.run_until_complete(runner.cleanup())
        loop.close()
