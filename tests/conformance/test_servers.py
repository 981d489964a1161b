"""The recipes, on real servers and with real requests."""

import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from functions_framework import create_app

from openai_webhook_types import sign
from tests import loopback
from tests.cli.commands import SECRET, assert_handles_webhooks
from tests.conformance import functions, servers, stores
from tests.conformance.conftest import RECIPES
from tests.conformance.functions import aws_lambda
from tests.conformance.servers import wait_for
from tests.loopback import EVENT, MAX_BODY, Client
from tests.values import PACKAGE, environment

# By name: a recipe, what serves its module and yields what sends it a request, and its store.
SERVERS = {
    "http_server": ("http_server", loopback.http_server, stores.SQLite),
    "wsgi": ("wsgi", lambda module: loopback.wsgi(module.app), stores.SQLite),
    "flask": ("flask_app", lambda module: servers.werkzeug(module.app), stores.SQLite),
    "django": ("django_app", servers.django_wsgi, stores.SQLite),
    "fastapi": ("fastapi_app", lambda module: servers.asgi(module.app), stores.SQLite),
    "starlette": ("starlette_app", lambda module: servers.asgi(module.app), stores.SQLite),
    "aiohttp": ("aiohttp_app", servers.aiohttp, stores.SQLite),
    "http_server, PostgreSQL": ("http_server", loopback.http_server, stores.PostgreSQL),
    "fastapi, PostgreSQL": (
        "fastapi_app",
        lambda module: servers.asgi(module.app),
        stores.PostgreSQL,
    ),
    "azure": ("azure_function", functions.azure, stores.PostgreSQL),
    "cloud": (
        "cloud_function",
        lambda module: servers.werkzeug(create_app("webhook", module.__file__)),
        stores.PostgreSQL,
    ),
}
for make_event in (
    functions.api_gateway_v1,
    functions.api_gateway_v2,
    functions.load_balancer,
    functions.load_balancer_with_lists,
):
    for in_base64 in (False, True):
        name = f"lambda, {make_event.__name__}{', Base64' if in_base64 else ''}"
        serve = aws_lambda(make_event, in_base64=in_base64)
        SERVERS[name] = ("lambda_handler", serve, stores.DynamoDB)


@pytest.fixture(params=SERVERS)
def client(request, recipe):
    name, serve, store = SERVERS[request.param]
    store = store()
    with store.set_up(request), serve(recipe(name)) as client:
        client.store = store
        yield client


def one_of(*names):
    """Run a test with some of the servers."""
    return pytest.mark.parametrize("client", names, indirect=True)


def test_an_event_is_kept_once(client):
    headers = sign(EVENT, webhook_id="wh_1")
    assert client(EVENT, headers) == 200
    assert client(EVENT, headers) == 200
    again = sign(EVENT, webhook_id="wh_1", timestamp=int(time.time()) - 5)
    assert client(EVENT, again) == 200
    assert client.store.rows() == [("new", "wh_1", EVENT)]
    assert client(EVENT, sign(EVENT, webhook_id="wh_2")) == 200
    assert len(client.store.rows()) == 2


def test_an_event_of_unknown_type_is_accepted(client):
    body = EVENT.replace(b"batch.completed", b"brand.new")
    assert client(body, sign(body, webhook_id="wh_1")) == 200
    assert client.store.rows() == [("new", "wh_1", body)]


@pytest.mark.parametrize("body", [b"", b"{}", b"not JSON", b"\xff", EVENT.replace(b": 1", b": []")])
def test_an_invalid_payload_is_kept_as_such(client, body, caplog):
    headers = sign(body, webhook_id="wh_1")
    assert client(body, headers) == 200
    assert client(body, headers) == 200
    assert client(EVENT, sign(EVENT, webhook_id="wh_1")) == 200
    assert client.store.rows() == [("invalid", "wh_1", body)]
    said = [r.getMessage() for r in caplog.records if r.name == "inbox"]
    assert said == ["kept wh_1, which is invalid"] * 2


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
    assert client.store.rows() == []


HEAD = b"POST /webhook HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
LENGTH = b"Content-Length: 2\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
MALFORMED = [
    *(
        HEAD + LENGTH + b"Content-Encoding: %b\r\n\r\n{}" % coding
        for coding in (b"gzip", b"br", b"x")
    ),
    HEAD + CHUNKED + b"Content-Encoding: gzip\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    HEAD + CHUNKED + b"\r\nzz\r\n{}\r\n0\r\n\r\n",
    HEAD + b"Transfer-Encoding: gzip\r\n\r\n{}",
    HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n{}",
    HEAD + b"Content-Length: \xb2\r\n\r\n{}",
    HEAD + LENGTH + b"Content-Type: multipart/form-data\r\n\r\n{}",
    HEAD + LENGTH + b"Content-Type: application/json; charset=x\xff\r\n\r\n{}",
    HEAD + LENGTH + b"webhook-id: \xff\r\nwebhook-timestamp: \xff\r\n\r\n{}",
    b"POST /webhook HTTP/1.1\r\nHost: [\r\nConnection: close\r\n" + LENGTH + b"\r\n{}",
]
INCOMPLETE = [HEAD + b"Content-Length: 9\r\n\r\n{}", HEAD + CHUNKED + b"\r\n5\r\n{}"]


@one_of("http_server", "wsgi", "flask", "django", "fastapi", "starlette", "aiohttp", "cloud")
def test_malformed_requests_cause_no_traceback(client, caplog, capfd):
    for request in [*MALFORMED, *INCOMPLETE]:
        is_all = request in INCOMPLETE
        status = client.raw(request, is_all=is_all)
        assert (status in range(400, 500)) or status == 501 or (is_all and not client.answer), (
            request
        )
        assert b"Traceback" not in client.answer
    # aiohttp logs each malformed request of its own accord.
    records = [record for record in caplog.records if record.name != "aiohttp.server"]
    assert [record for record in records if record.exc_info] == []
    assert "Traceback" not in capfd.readouterr().err
    assert client.store.rows() == []


def test_a_health_check_is_answered(client):
    assert client.ask("GET", "/health") == client.ask("HEAD", "/health") == (200, None)
    assert client.store.rows() == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_other_methods_are_not_allowed(client, method):
    assert client.ask(method, "/webhook") == (405, "POST")


def assert_failed(client, caplog, message):
    """Assert that a genuine delivery fails with a 500, and that its payload shows nowhere."""
    assert client(EVENT, sign(EVENT, secret=SECRET)) == 500
    records = [record.getMessage() for record in caplog.records if record.name == "inbox"]
    assert len(records) == 1
    assert records[0].startswith(f"kept nothing: {message}")
    for text in (caplog.text, client.answer.decode()):
        assert "batch_1" not in text
        assert EVENT.hex()[:20] not in text
        assert SECRET[6:] not in text


def test_a_missing_secret_is_a_500(client, caplog, monkeypatch):
    monkeypatch.delenv("OPENAI_WEBHOOK_SECRET")
    assert_failed(client, caplog, "ValueError: The webhook secret must")
    monkeypatch.setenv("OPENAI_WEBHOOK_SECRET", SECRET)
    assert client(EVENT, sign(EVENT)) == 200


def test_a_broken_store_is_a_500(client, caplog):
    client.store.break_down()
    assert_failed(client, caplog, client.store.error)


def test_rotation(client, monkeypatch):
    both = sign(EVENT, secret=["the old one", SECRET])
    assert client(EVENT, both) == 200
    monkeypatch.setenv("OPENAI_WEBHOOK_SECRET", "the old one")
    assert client(EVENT, both) == 200


@one_of("http_server", "wsgi", "flask", "django")
def test_a_body_that_says_it_is_too_long_is_not_read(client):
    assert client.declaring(str(10 * MAX_BODY)) in (400, 413)
    assert client.store.rows() == []


@one_of("fastapi", "starlette", "aiohttp")
def test_a_body_that_is_too_long_is_not_read_to_its_end(client):
    assert client.declaring(str(10 * MAX_BODY), b" " * (MAX_BODY + 1)) == 413
    assert client.store.rows() == []


@one_of("http_server", "wsgi")
@pytest.mark.parametrize("length", ["-1", "x", "1_0", "9" * 5000, "\xb2", ""])
def test_a_length_that_is_none(client, length):
    assert client.declaring(length) == 411
    assert client.store.rows() == []


@one_of("http_server", "wsgi", "flask", "django", "fastapi", "starlette", "aiohttp")
def test_the_command_line_can_try_a_recipe(client):
    assert_handles_webhooks(client.url)
    assert len(client.store.rows()) == 3


@pytest.fixture
def handler(request, recipe):
    """Return the handler of the recipe for AWS Lambda, with its store."""
    store = stores.DynamoDB()
    with store.set_up(request):
        module = recipe("lambda_handler")
        module.handler.rows = store.rows
        yield module.handler


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ({"headers": {"user-agent": "ELB-HealthChecker/2.0"}, "body": ""}, 401),
        ({}, 401),
        ({"headers": None, "body": None}, 401),
        ({"headers": None, "multiValueHeaders": None, "isBase64Encoded": True}, 401),
        ({"headers": {}, "body": "\ud800"}, 401),
        ({"headers": {}, "body": "a", "isBase64Encoded": True}, 400),
        ({"headers": {}, "body": "abc?", "isBase64Encoded": True}, 400),
        ({"headers": {}, "body": "\xe9===", "isBase64Encoded": True}, 400),
        ({"headers": {}, "body": "x" * 350_001}, 413),
        ({"headers": {}, "body": "eHh4" * 116_667, "isBase64Encoded": True}, 413),
        ({"httpMethod": "GET"}, 405),
        ({"httpMethod": "GET", "path": "/stage/health", "multiValueHeaders": {}, "body": ""}, 200),
        ({"requestContext": None, "httpMethod": None}, 405),  # not a request over HTTP
    ],
)
def test_other_events_of_lambda_are_answered(handler, event, status):
    assert handler({"httpMethod": "POST", **event}, None)["statusCode"] == status
    assert handler.rows() == []


def test_lambda_keeps_the_largest_body_and_writes_no_file(handler):
    body = b" " * 350_000
    event = functions.api_gateway_v2(body, sign(body, webhook_id="w" * 255), in_base64=False)
    assert handler(event, None)["statusCode"] == 200
    assert handler.rows() == [("invalid", "w" * 255, body)]
    assert list(Path().iterdir()) == []


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


# By recipe: its store. The functions of AWS and of Azure serve nothing by themselves.
STORES = {recipe: store for recipe, _, store in SERVERS.values()}
CALLED = {"lambda_handler": "{'statusCode': 200, ", "azure_function": "200\n"}


@pytest.mark.parametrize("recipe", sorted({*STORES} - {*CALLED}))
def test_the_command_of_a_recipe_serves_it(recipe, tmp_path, request, monkeypatch):
    monkeypatch.chdir(tmp_path)
    store = STORES[recipe]()
    with store.set_up(request), command(recipe, tmp_path) as (process, port):
        wait_for(("127.0.0.1", port), process)
        assert Client("127.0.0.1", port)(EVENT, sign(EVENT, secret=SECRET)) == 200
        assert [state for state, _, _ in store.rows()] == ["new"]


@pytest.mark.parametrize("recipe", CALLED)
def test_the_command_of_a_function_calls_it(recipe, tmp_path, request, monkeypatch):
    monkeypatch.chdir(tmp_path)
    store = STORES[recipe]()
    with store.set_up(request), command(recipe, tmp_path) as (process, _):
        assert process.communicate(timeout=60)[0].startswith(CALLED[recipe])
        assert [state for state, _, _ in store.rows()] == ["new"]


def test_every_recipe_is_run():
    recipes = {path.stem for path in RECIPES.glob("*.py")}
    assert recipes == {"inbox", "store", "worker", *STORES}
