"""The worker: each event that is kept is handled, and what became of it is kept."""

import asyncio
import json
import signal
import subprocess
import sys
import time

import pytest

from openai_webhook_types import EVENT_TYPES
from openai_webhook_types.testing import sample_payload
from tests.conformance.conftest import RECIPES
from tests.loopback import wait_until
from tests.values import ROOT, environment

from .test_store import row

BATCH, CALL = (
    json.dumps(sample_payload(name)).encode()
    for name in ("batch.completed", "realtime.call.incoming")
)


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def worker(request, recipe, monkeypatch):
    if request.param == "PostgreSQL":
        monkeypatch.setenv("INBOX_URL", request.getfixturevalue("postgresql_url"))
    return recipe("worker")


def test_what_is_handled_is_done(worker):
    worker.STORE.keep("wh_1", BATCH, "new")
    worker.STORE.keep("wh_2", CALL, "new")
    worker.STORE.keep("wh_3", b"{}", "invalid")
    events = []
    assert [worker.work(worker.STORE, events.append) for _ in range(3)] == [True, True, False]
    assert [event.type for event in events] == ["batch.completed", "realtime.call.incoming"]
    assert row(worker.STORE, "wh_1") == ("done", 1, None, 0)
    assert row(worker.STORE, "wh_3")[:3] == ("invalid", 0, None)


def fail(event):
    raise OSError("no \0 route \ud800 to host\n")


ERROR = r"OSError: no \x00 route \ud800 to host\n"


def test_what_fails_is_retried_with_a_growing_delay_and_then_kept(worker, caplog):
    worker.STORE.keep("wh_1", BATCH, "new")
    delays = []
    for attempt in range(1, worker.MAX_ATTEMPTS + 1):
        assert worker.work(worker.STORE, fail)
        state, attempts, error, delay = row(worker.STORE, "wh_1")
        assert (attempts, error) == (attempt, ERROR)
        assert not worker.work(worker.STORE, fail)  # it is not due
        if attempt < worker.MAX_ATTEMPTS:
            assert state == "new"
            delays.append(delay)
            make_due(worker.STORE)
    assert state == "failed"
    assert delays == [10 * 2**n for n in range(9)]
    make_due(worker.STORE)
    assert not worker.work(worker.STORE, fail)
    assert caplog.messages[0] == "wh_1 failed at attempt 1: OSError"
    assert "batch_" not in caplog.text


def make_due(store):
    with store.transaction() as execute:
        execute("UPDATE inbox SET due = %s", (0,))


class UnprintableError(Exception):
    def __str__(self):
        raise SystemExit("no text")


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (UnprintableError(), "UnprintableError: it cannot be shown"),
        (SystemExit(3), "SystemExit: 3"),
        (asyncio.CancelledError(), "CancelledError: "),
        (GeneratorExit("no"), "GeneratorExit: no"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_whatever_a_handler_raises_ends_one_attempt(worker, caplog, error, text):
    worker.STORE.keep("wh_1", BATCH, "new")
    worker.STORE.keep("wh_2", BATCH, "new")
    outcomes = [error, None]

    def handle(event):
        outcome = outcomes.pop(0)
        if outcome:
            raise outcome

    assert [worker.work(worker.STORE, handle) for _ in range(3)] == [True, True, False]
    assert row(worker.STORE, "wh_1") == ("new", 1, text, 10)
    assert row(worker.STORE, "wh_2") == ("done", 1, None, 0)
    assert caplog.messages == [f"wh_1 failed at attempt 1: {type(error).__name__}"]


def test_ctrl_c_in_a_handler_ends_the_worker(worker):
    def handle(event):
        raise KeyboardInterrupt

    worker.STORE.keep("wh_1", BATCH, "new")
    with pytest.raises(KeyboardInterrupt):
        worker.work(worker.STORE, handle)
    assert row(worker.STORE, "wh_1") == ("new", 1, None, worker.LEASE)


def test_what_failed_can_succeed_later(worker):
    worker.STORE.keep("wh_1", BATCH, "new")
    worker.work(worker.STORE, fail)
    make_due(worker.STORE)
    events = []
    assert worker.work(worker.STORE, events.append)
    assert len(events) == 1
    assert row(worker.STORE, "wh_1")[:3] == ("done", 2, None)


def test_a_body_that_this_version_cannot_read_is_kept_as_failed(worker):
    worker.STORE.keep("wh_1", b"{}", "new")
    assert worker.work(worker.STORE)
    state, _, error, _ = row(worker.STORE, "wh_1")
    assert (state, error[:16]) == ("new", "ValidationError:")


def test_an_event_that_ends_each_worker_is_given_up(worker):
    worker.STORE.keep("wh_1", BATCH, "new")
    for _ in range(worker.MAX_ATTEMPTS):
        assert worker.STORE.claim()
        make_due(worker.STORE)
    assert worker.work(worker.STORE, pytest.fail)
    assert row(worker.STORE, "wh_1")[::2] == ("failed", "the last attempt ended its worker")


@pytest.mark.parametrize("event_type", [*EVENT_TYPES, "brand.new"])
def test_the_handler_knows_what_to_do(recipe, caplog, event_type):
    worker = recipe("worker")
    caplog.set_level("INFO")
    payload = {**sample_payload(event_type if event_type in EVENT_TYPES else "batch.failed")}
    worker.handle(worker.parse_event({**payload, "type": event_type}))
    data = payload["data"]
    (said,) = caplog.messages
    assert any(str(value) in said for value in (*data.values(), f"ignored {event_type}"))


START = "import logging, os, re, sys, time, store, worker; logging.basicConfig()"


def running(code="", command=(), **variables):
    """Start a worker in a process, after some code."""
    return subprocess.Popen(
        [
            *(*command, sys.executable, "-B", "-c"),
            f"{START}\n{code}\nworker.run(worker.STORE, handle)",
        ],
        env=environment(PYTHONPATH=f"{ROOT}:{RECIPES}", **variables),
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


SLOW = """
def handle(event):
    open("started", "w").close()
    time.sleep({})
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_worker_after_its_event(recipe, tmp_path, number):
    store = recipe("store").STORE
    store.keep("wh_1", BATCH, "new")
    store.keep("wh_2", BATCH, "new")
    with running(SLOW.format(1)) as process:
        wait_until((tmp_path / "started").exists)
        process.send_signal(number)
        assert process.communicate(timeout=30) == (None, "")
    assert process.returncode == 0
    assert row(store, "wh_1")[:2] == ("done", 1)
    assert row(store, "wh_2")[:2] == ("new", 0)


LEASE = "store.LEASE = worker.LEASE = {}\n"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("time.sleep(60)", "CRITICAL:worker:wh_1 takes too long and ends this worker:\n"),
        ("re.match('(a+)+b', 'a' * 100)", ""),  # holds the GIL, so that nothing can be logged
    ],
)
def test_a_worker_ends_itself_before_its_lease_does(recipe, code, said):
    store = recipe("store").STORE
    store.keep("wh_1", BATCH, "new")
    start = time.monotonic()
    with running(f"{LEASE.format(2)}def handle(event): {code}") as process:
        err = process.communicate(timeout=30)[1]
    assert time.monotonic() - start < 20
    assert err.startswith(said)
    assert ("in handle\n" in err) == bool(said)
    assert process.returncode == 1
    assert row(store, "wh_1")[:2] == ("new", 1)


# What a worker may have as its standard error. The last is a pipe that nobody reads any more.
STANDARD_ERRORS = {
    "none": ("", ["sh", "-c", 'exec "$@" 2>&-', "sh"]),
    "a logger": ("class Log: write = logging.info\nsys.stderr = Log()", []),
    "a closed file": ("sys.stderr.close()", []),
    "a closed descriptor": ("os.close(2)", []),
    "a closed pipe": ("time.sleep(0.5)", []),
}

FAIL_THEN_SLEEP = """
def handle(event):
    worker.log.error("seen")
    if not os.path.exists("failed"):
        open("failed", "w").close()
        raise OSError("no route")
    time.sleep(60)
"""


@pytest.mark.parametrize("name", STANDARD_ERRORS)
def test_a_worker_needs_no_standard_error(recipe, name):
    store = recipe("store").STORE
    store.keep("wh_1", BATCH, "new")
    store.keep("wh_2", BATCH, "new")
    code, command = STANDARD_ERRORS[name]
    with running(f"{code}\n{LEASE.format(2)}{FAIL_THEN_SLEEP}", command) as process:
        process.stderr.close()
        assert process.wait(30) == 1
    assert row(store, "wh_1")[:3] == ("new", 1, "OSError: no route")
    assert row(store, "wh_2")[:3] == ("new", 1, None)


def test_a_worker_waits_for_a_broken_store(recipe, tmp_path):
    (tmp_path / "inbox.db").mkdir()
    with running("handle = print\nworker.PAUSE = 0.1") as process:
        assert (
            "the store cannot be used: OperationalError: unable to open"
            in process.stderr.readline()
        )
        (tmp_path / "inbox.db").rmdir()
        store = recipe("store").STORE
        store.keep("wh_1", BATCH, "new")
        wait_until(lambda: row(store, "wh_1")[0] == "done")
        process.terminate()
        process.communicate(timeout=30)
    assert process.returncode == 0
