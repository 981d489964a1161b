"""The recipes that need nothing but Python, on every Python; `tests/conformance` has the rest."""

import importlib
import sys
import threading
from http.client import HTTPConnection
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from openai_webhook_types.testing import signed_request
from tests.values import ROOT, SIGNING_SECRET

RECIPES = ROOT / "tests" / "recipes"


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


SERVERS = {
    "http_server": lambda module: module.Server(("127.0.0.1", 0), module.Webhook),
    "wsgi": lambda module: make_server("127.0.0.1", 0, module.app, handler_class=Quiet),
}


@pytest.mark.parametrize("recipe", SERVERS)
def test_what_is_received_is_handled(recipe, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # where the inbox is
    monkeypatch.syspath_prepend(str(RECIPES))
    monkeypatch.setenv("OPENAI_WEBHOOK_SECRET", SIGNING_SECRET)
    genuine = signed_request("batch.completed", secret=SIGNING_SECRET, webhook_id="wh_1")
    invalid = signed_request({}, secret=SIGNING_SECRET, webhook_id="wh_2")
    sent = [genuine, genuine, invalid, (b"{}", genuine[1])]
    if recipe == "http_server":  # the WSGI server of the standard library reads no chunks
        sent.append((iter([genuine[0]]), {**genuine[1], "Transfer-Encoding": "chunked"}))
    try:
        worker = importlib.import_module("worker")
        with SERVERS[recipe](importlib.import_module(recipe)) as server:
            thread = threading.Thread(target=server.serve_forever, args=(0.01,))
            thread.start()
            try:
                statuses = [status(server.server_address, *request) for request in sent]
                asked = [ask(server.server_address, path) for path in ("/health", "/webhook")]
            finally:
                server.shutdown()
                thread.join()
        events = []
        found = [worker.work(worker.STORE, events.append) for _ in range(2)]
    finally:
        for path in RECIPES.glob("*.py"):
            sys.modules.pop(path.stem, None)
    assert statuses == [200, 200, 200, 401, 200][: len(sent)]
    assert asked == [(200, None), (405, "POST")]
    assert found == [True, False]
    assert [event.type for event in events] == ["batch.completed"]


def ask(address, path):
    """Return the status of the answer to GET, and the methods that it allows."""
    connection = HTTPConnection(*address, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.headers["Allow"]
    finally:
        connection.close()


def status(address, body, headers):
    """Send a request, and return the status of the answer."""
    connection = HTTPConnection(*address, timeout=30)
    try:
        connection.request("POST", "/webhook", body, headers, encode_chunked=True)
        return connection.getresponse().status
    finally:
        connection.close()
