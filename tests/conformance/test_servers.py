"""The recipes, on real servers and with real requests."""

import asyncio
import base64
import importlib
import json
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from functools import partial
from http.client import HTTPConnection
from http.server import ThreadingHTTPServer
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
import pytest
import uvicorn
from aiohttp import web
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from werkzeug.serving import make_server as make_werkzeug_server

from openai_webhook_types import sign
from tests.values import PACKAGE, ROOT, environment

RECIPES = ROOT / "tests" / "recipes"

SECRET = "whsec_RdvaYFYUXuIFuEbvZHwMfYFhUf7aMYjYcmM24+Aj40c="
MAX_BODY = 1_000_000
EVENT = b'{"id": "evt_1", "created_at": 1, "type": "batch.completed", "data": {"id": "batch_1"}}'


# Each of these serves a recipe, given its module, and yields what sends it a request: a function
# from body and headers to the status.


@contextmanager
def serving(address, run, stop):
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


class Client:
    def __init__(self, host, port):
        self._address = host, port

    def __call__(self, body, headers):
        return self._status(body, {"Content-Length": str(len(body)), **headers})

    def declaring(self, length, body=b""):
        """Send the headers of a request of some length, but only a part of its body."""
        return self._status(body, {"Content-Length": length})

    def _status(self, body, headers):
        with closing(HTTPConnection(*self._address, timeout=30)) as connection:
            connection.putrequest("POST", "/webhook")
            for name, value in {"Content-Type": "application/json", **headers}.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            return connection.getresponse().status


@contextmanager
def http_server(module):
    with ThreadingHTTPServer(("127.0.0.1", 0), module.Webhook) as server, forever(server) as client:
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
def flask(module):
    server = make_werkzeug_server("127.0.0.1", 0, module.app, threaded=True)
    with closing(server.socket), forever(server) as client:
        yield client


@contextmanager
def django_wsgi(module):
    if not settings.configured:
        settings.configure(SECRET_KEY="x")
        django.setup()
    here = override_settings(ROOT_URLCONF=module.__name__, ALLOWED_HOSTS=["127.0.0.1"])
    with here, wsgi(get_wsgi_application()) as client:
        yield client


@contextmanager
def asgi(module):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(module.app, log_level="warning"))

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


def api_gateway_v1(body, headers, *, in_base64):
    title = {name.title(): value for name, value in headers.items()}
    return {
        "resource": "/webhook",
        "path": "/webhook",
        "httpMethod": "POST",
        "headers": title or None,
        "multiValueHeaders": {name: [value] for name, value in title.items()} or None,
        "queryStringParameters": None,
        "pathParameters": None,
        "requestContext": {"stage": "prod", "identity": {"sourceIp": "203.0.113.7"}},
        "body": (base64.b64encode(body) if in_base64 else body).decode() or None,
        "isBase64Encoded": in_base64,
    }


def api_gateway_v2(body, headers, *, in_base64):
    request = {
        "version": "2.0",
        "routeKey": "POST /webhook",
        "rawPath": "/webhook",
        "rawQueryString": "",
        "headers": {"host": "example.com", **headers},
        "requestContext": {"http": {"method": "POST", "path": "/webhook"}, "stage": "$default"},
        "isBase64Encoded": in_base64,
    }
    if body:
        request["body"] = (base64.b64encode(body) if in_base64 else body).decode()
    return request


def aws_lambda(make_request, *, in_base64):
    @contextmanager
    def serve(module):
        def client(body, headers):
            is_text = body.decode("utf-8", "ignore").encode() == body
            request = make_request(body, headers, in_base64=in_base64 or not is_text)
            answer = module.handler(json.loads(json.dumps(request)), None)
            return answer["statusCode"]

        yield client

    return serve


SERVERS = {
    "http_server": ("http_server", http_server),
    "wsgi": ("wsgi", lambda module: wsgi(module.app)),
    "flask": ("flask_app", flask),
    "django": ("django_app", django_wsgi),
    "fastapi": ("fastapi_app", asgi),
    "starlette": ("starlette_app", asgi),
    "aiohttp": ("aiohttp_app", aiohttp),
    "lambda v1": ("lambda_handler", aws_lambda(api_gateway_v1, in_base64=False)),
    "lambda v1, Base64": ("lambda_handler", aws_lambda(api_gateway_v1, in_base64=True)),
    "lambda v2": ("lambda_handler", aws_lambda(api_gateway_v2, in_base64=False)),
    "lambda v2, Base64": ("lambda_handler", aws_lambda(api_gateway_v2, in_base64=True)),
}


@pytest.fixture(params=SERVERS)
def client(request, tmp_path, monkeypatch):
    recipe, serve = SERVERS[request.param]
    monkeypatch.chdir(tmp_path)  # where the inbox is
    monkeypatch.syspath_prepend(str(RECIPES))
    monkeypatch.setenv("OPENAI_WEBHOOK_SECRET", SECRET)
    try:
        with serve(importlib.import_module(recipe)) as client:
            yield client
    finally:
        for name in ("inbox", recipe):
            sys.modules.pop(name, None)


def stored():
    """Return what is in the inbox, as (kind, webhook-id, body)."""
    if not Path("inbox.db").exists():
        return []
    with closing(sqlite3.connect("inbox.db")) as db:
        rows = db.execute("SELECT kind, id, body FROM inbox ORDER BY rowid").fetchall()
    return [(k, i, body.encode() if isinstance(body, str) else bytes(body)) for k, i, body in rows]


def test_an_event_is_kept_once(client):
    headers = sign(EVENT, webhook_id="wh_1")
    assert client(EVENT, headers) == 200
    assert client(EVENT, headers) == 200
    again = sign(EVENT, webhook_id="wh_1", timestamp=int(time.time()) - 5)
    assert client(EVENT, again) == 200
    assert stored() == [("batch.completed", "wh_1", EVENT)]
    assert client(EVENT, sign(EVENT, webhook_id="wh_2")) == 200
    assert len(stored()) == 2


def test_an_event_of_unknown_type_is_accepted(client):
    body = EVENT.replace(b"batch.completed", b"brand.new")
    assert client(body, sign(body, webhook_id="wh_1")) == 200
    assert stored() == [("brand.new", "wh_1", body)]


@pytest.mark.parametrize("body", [b"", b"{}", b"not JSON", b"\xff", EVENT.replace(b": 1", b": []")])
def test_a_payload_that_is_not_valid_is_kept(client, body):
    headers = sign(body, webhook_id="wh_1")
    assert client(body, headers) == 400
    assert client(body, headers) == 400
    assert client(EVENT, sign(EVENT, webhook_id="wh_1")) == 200
    assert stored() == [("rejected", "wh_1", body), ("batch.completed", "wh_1", EVENT)]


def test_what_is_not_signed_is_refused(client):
    headers = sign(EVENT)
    assert client(EVENT, {}) == 401
    assert client(EVENT + b" ", headers) == 401
    assert client(EVENT, sign(EVENT, secret="another")) == 401
    assert client(EVENT, sign(EVENT, timestamp=int(time.time()) - 400)) == 401
    assert client(EVENT, {**headers, "webhook-timestamp": "now"}) == 401
    assert client(EVENT, {**headers, "webhook-id": "\xe9"}) == 401
    assert client(b"not JSON", headers) == 401
    for name in headers:
        assert client(EVENT, {key: headers[key] for key in headers if key != name}) == 401
    assert stored() == []


def test_rotation(client, monkeypatch):
    both = sign(EVENT, secret=["the old one", SECRET])
    assert client(EVENT, both) == 200
    monkeypatch.setenv("OPENAI_WEBHOOK_SECRET", "the old one")
    assert client(EVENT, both) == 200


@pytest.mark.parametrize("client", ["http_server", "wsgi", "flask", "django"], indirect=True)
def test_a_body_that_says_it_is_too_long_is_not_read(client):
    assert client.declaring(str(10 * MAX_BODY)) in (400, 413)
    assert stored() == []


@pytest.mark.parametrize("client", ["fastapi", "starlette", "aiohttp"], indirect=True)
def test_a_body_that_is_too_long_is_not_read_to_its_end(client):
    assert client.declaring(str(10 * MAX_BODY), b" " * (MAX_BODY + 1)) == 413
    assert stored() == []


@pytest.mark.parametrize("client", ["http_server", "wsgi"], indirect=True)
@pytest.mark.parametrize("length", ["-1", "x", "1_0", "9" * 5000, "\xb2", ""])
def test_a_length_that_is_none(client, length):
    assert client.declaring(length) == 411
    assert stored() == []


def command_of(recipe):
    """Return the command that the first line of a recipe gives."""
    first = (RECIPES / f"{recipe}.py").read_text(encoding="utf-8").splitlines()[0]
    return first.partition("Run it with: ")[2].strip('"')


@contextmanager
def command(recipe, folder):
    """Run the command of a recipe in a copy of what it needs of the project."""
    (folder / PACKAGE.name).symlink_to(PACKAGE)
    shutil.copytree(RECIPES, folder / "tests" / "recipes")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    path = folder / "tests" / "recipes" / f"{recipe}.py"
    path.write_text(path.read_text(encoding="utf-8").replace("8000", str(port)), encoding="utf-8")
    line = command_of(recipe).replace("python3", f"exec {sys.executable}")
    variables = environment(OPENAI_WEBHOOK_SECRET=SECRET, PYTHONDONTWRITEBYTECODE="1")
    with subprocess.Popen(
        line,
        shell=True,
        cwd=folder,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:
        try:
            yield process, port
        finally:
            process.kill()


SERVED = sorted({recipe for recipe, _ in SERVERS.values()} - {"lambda_handler"})


@pytest.mark.parametrize("recipe", SERVED)
def test_the_command_of_a_recipe_serves_it(recipe, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with command(recipe, tmp_path) as (process, port):
        for _ in range(300):
            try:
                status = Client("127.0.0.1", port)(EVENT, sign(EVENT, secret=SECRET))
                break
            except ConnectionRefusedError:
                assert process.poll() is None
                time.sleep(0.1)
    assert status == 200
    assert [kind for kind, _, _ in stored()] == ["batch.completed"]


def test_the_command_of_the_lambda_recipe_calls_it(tmp_path):
    with command("lambda_handler", tmp_path) as (process, _):
        assert process.communicate(timeout=60)[0] == "{'statusCode': 200}\n"


def test_every_recipe_is_run():
    recipes = {path.stem for path in RECIPES.glob("*.py")}
    assert recipes == {"inbox", *[recipe for recipe, _ in SERVERS.values()]}
