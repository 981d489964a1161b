"""Servers of frameworks on the loopback interface."""

import asyncio
import socket
import time
from contextlib import closing, contextmanager, suppress
from functools import partial

import django
import uvicorn
from aiohttp import web
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from werkzeug.serving import make_server

from tests.loopback import forever, serving, wsgi


def wait_for(address, process):
    """Wait until a process listens."""
    for _ in range(300):
        with suppress(ConnectionRefusedError), socket.create_connection(address):
            return
        assert process.poll() is None
        time.sleep(0.1)
    raise AssertionError("it does not listen")


@contextmanager
def werkzeug(app):
    server = make_server("127.0.0.1", 0, app, threaded=True)
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
