"""The recipes that need nothing but Python, on every Python; `tests/conformance` has the rest."""

import importlib
import sys

import pytest

from openai_webhook_types.testing import signed_request
from tests import loopback
from tests.values import ROOT, SIGNING_SECRET

RECIPES = ROOT / "tests" / "recipes"
SERVERS = {
    "http_server": loopback.http_server,
    "wsgi": lambda module: loopback.wsgi(module.app),
}


@pytest.mark.parametrize("recipe", SERVERS)
def test_what_is_received_is_handled(recipe, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # where the inbox is
    monkeypatch.syspath_prepend(str(RECIPES))
    monkeypatch.setenv("OPENAI_WEBHOOK_SECRET", SIGNING_SECRET)
    genuine = signed_request("batch.completed", secret=SIGNING_SECRET, webhook_id="wh_1")
    invalid = signed_request({}, secret=SIGNING_SECRET, webhook_id="wh_2")
    sent = [genuine, genuine, invalid, (b"{}", genuine[1])]
    try:
        worker = importlib.import_module("worker")
        with SERVERS[recipe](importlib.import_module(recipe)) as client:
            assert [client(*request) for request in sent] == [200, 200, 200, 401]
            if recipe == "http_server":  # the WSGI server of the standard library reads no chunks
                assert client.in_chunks([genuine[0]], genuine[1]) == 200
            asked = [client.ask("GET", path) for path in ("/health", "/webhook")]
        events = []
        found = [worker.work(worker.STORE, events.append) for _ in range(2)]
    finally:
        for path in RECIPES.glob("*.py"):
            sys.modules.pop(path.stem, None)
    assert asked == [(200, None), (405, "POST")]
    assert found == [True, False]
    assert [event.type for event in events] == ["batch.completed"]
