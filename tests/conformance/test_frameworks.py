"""Frameworks that need no recipe: what their table says, each on its own server or a usual one."""

import asyncio
import inspect
import re
import socket
import subprocess
import sys
from contextlib import contextmanager

import falcon
import litestar
import pytest
import tornado.httpserver
import tornado.netutil
import tornado.web
from django.urls import path
from litestar import post

from openai_webhook_types import sign
from tests import loopback
from tests.conformance import servers, stores
from tests.conformance.conftest import RECIPES
from tests.loopback import EVENT, MAX_BODY
from tests.values import ROOT, environment


def receive(body, headers):
    """Call the recipe, which each test imports anew."""
    import inbox

    return inbox.receive(body, headers)


@contextmanager
def in_loop(start):
    """Run a server in an event loop; `start` returns its address and what stops it."""
    loop = asyncio.new_event_loop()
    address, stop = loop.run_until_complete(start())

    async def end():
        await stop()
        loop.stop()

    def run():
        asyncio.set_event_loop(loop)
        loop.run_forever()

    def ask_to_end():
        asyncio.run_coroutine_threadsafe(end(), loop)

    with loopback.serving(address, run, ask_to_end) as client:
        yield client
    loop.close()


def tornado_server():
    class Webhook(tornado.web.RequestHandler):
        async def post(self):
            status = await asyncio.to_thread(receive, self.request.body, self.request.headers)
            self.set_status(status)

    async def start():
        app = tornado.web.Application([("/webhook", Webhook)])
        (listener,) = tornado.netutil.bind_sockets(0, "127.0.0.1")
        server = tornado.httpserver.HTTPServer(app, max_body_size=MAX_BODY)
        server.add_sockets([listener])

        async def stop():
            server.stop()
            await server.close_all_connections()

        return listener.getsockname(), stop

    return in_loop(start)


@contextmanager
def sanic_server():
    # In a process of its own: it cannot be stopped in a thread.
    code = """
import asyncio, sys, sanic
from inbox import MAX_BODY, receive

app = sanic.Sanic("webhooks", configure_logging=False)
app.config.REQUEST_MAX_SIZE = MAX_BODY

@app.post("/webhook")
async def webhook(request):
    status = await asyncio.to_thread(receive, request.body, request.headers)
    return sanic.response.empty(status)

app.run("127.0.0.1", int(sys.argv[1]), single_process=True, motd=False, access_log=False)
"""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = free.getsockname()
    with subprocess.Popen(
        [sys.executable, "-B", "-c", code, str(address[1])],
        env=environment(PYTHONPATH=f"{ROOT}:{RECIPES}"),
    ) as process:
        try:
            servers.wait_for(address, process)
            yield loopback.Client(*address)
        finally:
            process.terminate()


def litestar_server():
    @post("/webhook", request_max_body_size=MAX_BODY)
    async def webhook(request: litestar.Request) -> litestar.Response:
        status = await asyncio.to_thread(receive, await request.body(), request.headers)
        return litestar.Response(None, status_code=status)

    return servers.asgi(litestar.Litestar([webhook]))


def falcon_server():
    class Webhook:
        def on_post(self, req, resp):
            if (req.content_length or 0) > MAX_BODY:
                resp.status = 413
            else:
                resp.status = receive(req.bounded_stream.read(), req.headers)

    app = falcon.App()
    app.add_route("/webhook", Webhook())
    return loopback.wsgi(app)


@contextmanager
def rest_framework_server():
    with servers.django_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=MAX_BODY):
        from rest_framework.decorators import api_view
        from rest_framework.response import Response

        @api_view(["POST"])
        def webhook(request):
            return Response(status=receive(request.body, request.headers))

        class Urls:
            urlpatterns = [path("webhook", webhook)]

        with servers.django_wsgi(Urls) as client:
            yield client


# By the name in the table: what serves it, and the answers to a request that is too long.
FRAMEWORKS = {
    "Tornado": (tornado_server, {400, 413}),
    "Sanic": (sanic_server, {413}),
    "Litestar": (litestar_server, {413}),
    "Falcon": (falcon_server, {413}),
    "Django REST framework": (rest_framework_server, {400, 413}),
}


@pytest.fixture(params=FRAMEWORKS)
def client(request, recipe):
    recipe("inbox")
    serve, too_long = FRAMEWORKS[request.param]
    with serve() as client:
        client.rows = stores.SQLite().rows
        client.too_long = too_long
        yield client


def test_a_delivery_is_kept_once(client):
    headers = sign(EVENT, webhook_id="wh_1")
    assert client(EVENT, headers) == 200
    assert client(EVENT, headers) == 200
    assert client(EVENT + b" ", headers) == 401
    assert client(EVENT, {}) == 401
    assert client.rows() == [("new", "wh_1", EVENT)]


def test_an_invalid_body_is_kept(client):
    assert client(b"{}", sign(b"{}", webhook_id="wh_1")) == 200
    assert client.rows() == [("invalid", "wh_1", b"{}")]


def test_a_body_that_is_too_long_is_refused(client):
    assert client.declaring(str(MAX_BODY + 1)) in client.too_long
    assert client(EVENT, sign(EVENT)) == 200
    assert len(client.rows()) == 1


def table():
    text = (RECIPES / "README.md").read_text(encoding="utf-8")
    rows = re.search(r"(?s)\| framework \|.*?\n\n", text)[0].splitlines()[2:]
    return {name: cells for name, *cells in [row.strip("| ").split(" | ") for row in rows]}


def test_the_table_says_what_is_tested():
    for name, (serve, _) in FRAMEWORKS.items():
        source = inspect.getsource(serve)
        *passed, bound = table()[name]
        for code in passed:
            assert code.strip("`") in source
        for limit in re.findall(r"[\w.]+(?=\)?`| = MAX|=MAX)", bound):
            assert limit in source
