"""The recipe on the standard library alone, when many send at once, or slowly."""

import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from openai_webhook_types import sign
from tests import loopback
from tests.conformance import stores
from tests.loopback import EVENT, wait_until

HEAD = f"POST /webhook HTTP/1.1\r\nContent-Length: {len(EVENT)}\r\n".encode()


@pytest.fixture(params=[stores.SQLite, stores.PostgreSQL, stores.PgBouncer])
def client(request, recipe, capfd):
    store = request.param()
    with store.set_up(request), loopback.http_server(recipe("http_server")) as client:
        client.rows = store.rows
        client.module = sys.modules["http_server"]
        yield client
    assert "Traceback" not in capfd.readouterr().err


one_store = pytest.mark.parametrize("client", [stores.SQLite], indirect=True)


def test_two_hundred_deliveries_at_once_are_kept(client):
    requests = [sign(EVENT, webhook_id=f"wh_{n:03}") for n in range(200)]
    start = threading.Barrier(200)

    def deliver(headers):
        start.wait(60)
        began = time.monotonic()
        return client(EVENT, headers), time.monotonic() - began

    with ThreadPoolExecutor(200) as pool:
        answers = list(pool.map(deliver, requests))
    assert {status for status, _ in answers} == {200}
    assert len(client.rows()) == 200
    # A connection that finds no room in the queue is tried again after one second, three, seven.
    assert client.module.Server.request_queue_size >= 200
    assert sorted(seconds for _, seconds in answers)[100] < 6


@one_store
def test_slow_senders_are_cut_off_and_hold_up_nobody(client, monkeypatch):
    monkeypatch.setattr(client.module, "MAX_SECONDS", 4)
    parts = [HEAD[:9], HEAD, HEAD + b"\r\n" + EVENT[:9], HEAD + b"x: ", b""]
    with ExitStack() as stack:
        slow = [
            stack.enter_context(socket.create_connection(client.address, timeout=20))
            for _ in range(200)
        ]
        began = time.monotonic()
        for n, connection in enumerate(slow):
            connection.sendall(parts[n % len(parts)])
        assert client(EVENT, sign(EVENT, webhook_id="wh_1")) == 200
        assert time.monotonic() - began < 4
        left = slow
        while left:
            assert time.monotonic() - began < 20
            left = [connection for connection in left if trickle(connection)]
            time.sleep(0.3)
        assert time.monotonic() - began > 3
    wait_until(lambda: threading.active_count() < 50)
    assert client(EVENT, sign(EVENT, webhook_id="wh_2")) == 200
    assert len(client.rows()) == 2


def trickle(connection):
    """Send a byte more, and return whether the connection is open."""
    connection.setblocking(False)
    try:
        connection.send(b"x")
        return connection.recv(100) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


@one_store
def test_the_threads_are_bounded(client, monkeypatch):
    monkeypatch.setattr(client.module, "MAX_SECONDS", 1)
    with client.module.Server(("127.0.0.1", 0), client.module.Webhook) as server:
        server.slots = threading.BoundedSemaphore(5)
        with loopback.forever(server) as bounded, ExitStack() as stack:
            before = threading.active_count()
            for _ in range(20):
                stack.enter_context(socket.create_connection(bounded.address, timeout=20))
            wait_until(lambda: threading.active_count() >= before + 5)
            assert bounded(EVENT, sign(EVENT)) == 200  # once those before it are cut off
            assert threading.active_count() <= before + 6


@one_store
def test_a_thread_that_cannot_start_takes_no_slot(client, monkeypatch, capfd):
    def start(thread):
        raise RuntimeError("can't start new thread")

    with client.module.Server(("127.0.0.1", 0), client.module.Webhook) as server:
        server.slots = threading.BoundedSemaphore(1)
        with loopback.forever(server) as bounded:
            with monkeypatch.context() as patch:
                patch.setattr(threading.Thread, "start", start)
                for _ in range(2):
                    assert bounded.raw(b"") is None
            assert bounded(EVENT, sign(EVENT)) == 200
    assert capfd.readouterr().err.count("RuntimeError: can't start new thread") == 2


@one_store
def test_a_sender_that_goes_away_leaves_no_traceback(client):
    for part in (b"", b"P", HEAD, HEAD + b"\r\n" + EVENT[:9]):
        with socket.create_connection(client.address) as connection:
            connection.sendall(part)
            # Closed with a reset.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    assert client(EVENT, sign(EVENT)) == 200


@one_store
def test_a_server_needs_no_standard_error(client, monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    assert client(EVENT, sign(EVENT)) == 200


@one_store
def test_an_answer_reaches_who_sends_too_much(client):
    body = b" " * 30_000_000
    assert client(body, sign(EVENT)) == 413
