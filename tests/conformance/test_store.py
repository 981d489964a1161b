"""The stores of the recipes: each delivery is kept once, and claimed by one worker at a time."""

import os
import signal
import socket
import sqlite3
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest

from tests.values import environment, python

MANY = 200


URLS = {"PostgreSQL": "postgresql_url", "PgBouncer": "pgbouncer_url"}


@pytest.fixture(params=["SQLite", *URLS])
def store(request, recipe, monkeypatch):
    if request.param in URLS:
        monkeypatch.setenv("INBOX_URL", request.getfixturevalue(URLS[request.param]))
    return recipe("store").STORE


def row(store, webhook_id):
    """Return the state, the attempts, the error and the seconds until it is due."""
    with store.transaction() as execute:
        found = execute(
            "SELECT state, attempts, error, due FROM inbox WHERE id = %s", (webhook_id,)
        ).fetchone()
    return (*found[:3], pytest.approx(found[3] - time.time(), abs=5))


def at_once(function, arguments):
    """Call a function with each argument, all at once."""
    start = threading.Barrier(len(arguments))

    def call(argument):
        start.wait(30)
        return function(argument)

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(call, arguments))


def test_the_first_body_of_an_id_stays(store):
    store.keep("wh_1", b"first", "invalid")
    store.keep("wh_1", bytearray(b"second"), "new")
    store.keep("wh_2", bytearray(b"\0\xff"), "new")
    assert row(store, "wh_1")[0] == "invalid"
    job = store.claim()
    assert (job.id, bytes(job.body), job.attempts) == ("wh_2", b"\0\xff", 1)
    assert store.claim() is None


def test_what_many_keep_at_once_is_kept_once(store):
    ids = [f"wh_{n % 20}" for n in range(MANY)]
    at_once(lambda name: store.keep(name, name.encode(), "new"), ids)
    found = [store.claim() for _ in range(21)]
    assert found.pop() is None
    assert sorted((job.id, bytes(job.body)) for job in found) == sorted(
        (name, name.encode()) for name in {*ids}
    )


def test_what_many_claim_at_once_is_claimed_once(store):
    for n in range(40):
        store.keep(f"wh_{n}", b"", "new")
    jobs = at_once(lambda _: [store.claim() for _ in range(10)], range(8))
    claimed = [job.id for some in jobs for job in some if job]
    assert sorted(claimed) == sorted(f"wh_{n}" for n in range(40))


def test_the_oldest_is_claimed_first(store):
    for name in ("b", "c", "a"):
        store.keep(name, b"", "new")
    assert [store.claim().id for _ in range(3)] == ["b", "c", "a"]


def test_an_event_can_be_claimed_again_when_its_lease_ends(store, monkeypatch):
    store.keep("wh_1", b"", "new")
    module = sys.modules["store"]
    monkeypatch.setattr(module, "LEASE", 0.2)
    first = store.claim()
    assert store.claim() is None
    time.sleep(0.3)
    second = store.claim()
    assert (second.id, second.attempts) == ("wh_1", 2)
    # The first worker comes too late: the event is the second one's.
    store.settle(first, "done")
    assert row(store, "wh_1")[:2] == ("new", 2)
    store.settle(second, "failed", "E")
    assert row(store, "wh_1") == ("failed", 2, "E", 0)
    assert store.claim() is None


def test_an_event_that_is_put_off_is_due_later(store):
    store.keep("wh_1", b"", "new")
    store.settle(store.claim(), "new", "E", 100)
    assert row(store, "wh_1") == ("new", 1, "E", 100)
    assert store.claim() is None


def test_an_error_undoes_a_transaction(store):
    store.keep("wh_1", b"", "new")

    def break_off():
        with store.transaction() as execute:
            execute("UPDATE inbox SET state = %s", ("done",))
            raise KeyError

    with pytest.raises(KeyError):
        break_off()
    assert store.claim().id == "wh_1"


def test_a_lease_goes_by_the_clock_of_the_server(recipe, postgresql_url, monkeypatch):
    store = recipe("store").open_store(postgresql_url)
    now = time.time()
    store.keep("wh_1", b"", "new")
    monkeypatch.setattr(time, "time", lambda: now - 1e6)
    assert store.claim().attempts == 1
    monkeypatch.setattr(time, "time", lambda: now + 1e6)
    assert store.claim() is None


def test_many_processes_may_be_the_first(postgresql_url, tmp_path, recipe):
    path = ":".join(sys.path)
    code = "from store import STORE; import sys; STORE.keep(sys.argv[1], b'', 'new')"
    for url in (postgresql_url, "sqlite:///inbox.db"):
        variables = environment(PYTHONPATH=path, INBOX_URL=url)
        done = at_once(
            lambda name, env=variables: python("-c", code, name, env=env), ["a", "b", "c", "a"]
        )
        assert [(one.returncode, one.stderr) for one in done] == [(0, "")] * 4
        store = recipe("store").open_store(url)
        assert sorted(store.claim().id for _ in range(3)) == ["a", "b", "c"]


def test_a_server_that_is_down_is_an_error_until_it_is_back(
    recipe, postgresql_server, monkeypatch, postgresql_url
):
    module = recipe("store")
    monkeypatch.setattr(module, "TIMEOUT", 1)
    store = module.open_store(postgresql_url)
    store.keep("wh_1", b"", "new")
    postgresql_server.stop()
    try:
        with pytest.raises(Exception, match="couldn't get a connection"):
            store.keep("wh_2", b"", "new")
    finally:
        postgresql_server.start()
    until = time.monotonic() + 10
    while True:
        try:
            store.keep("wh_2", b"", "new")
            break
        except Exception:
            assert time.monotonic() < until
    assert {store.claim().id, store.claim().id} == {"wh_1", "wh_2"}


@pytest.fixture
def hasty(recipe, postgresql_url, monkeypatch):
    """Return a store in PostgreSQL that waits for a second, and not for much longer."""
    module = recipe("store")
    monkeypatch.setattr(module, "TIMEOUT", 1)
    store = module.open_store(postgresql_url)
    store.keep("wh_1", b"", "new")
    start = time.monotonic()
    yield store
    assert time.monotonic() - start < 8


@pytest.mark.parametrize("then", ["SELECT 1", None])
def test_a_server_that_hangs_is_an_error(hasty, then):
    with pytest.raises(TimeoutError, match="PostgreSQL did not answer"):  # noqa: PT012, SIM117
        with hasty.transaction() as execute:
            (process,) = execute("SELECT pg_backend_pid()").fetchone()
            os.kill(process, signal.SIGSTOP)
            if then:
                execute(then)
    os.kill(process, signal.SIGCONT)
    assert hasty.claim().id == "wh_1"


def test_a_server_that_hangs_between_transactions_is_left(hasty):
    with hasty.transaction() as execute:
        (process,) = execute("SELECT pg_backend_pid()").fetchone()
    os.kill(process, signal.SIGSTOP)
    failures = []
    try:
        for n in range(5):  # the pool hands out its connections in turn
            try:
                hasty.keep(f"wh_{n}", b"", "new")
            except Exception as error:
                failures.append(str(error))
    finally:
        os.kill(process, signal.SIGCONT)
    assert failures in ([], ["couldn't get a connection after 1.00 sec"])


def test_a_server_that_accepts_but_says_nothing_is_an_error(recipe, monkeypatch):
    module = recipe("store")
    monkeypatch.setattr(module, "TIMEOUT", 1)
    start = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = "postgresql://inbox@{}:{}/inbox".format(*server.getsockname())
        with pytest.raises(Exception, match="couldn't get a connection"):
            module.open_store(url).claim()
    assert time.monotonic() - start < 5


def test_a_lock_and_a_slow_statement_are_errors(hasty, postgresql_url):
    with psycopg.connect(postgresql_url) as other:
        other.execute("LOCK TABLE inbox")
        with pytest.raises(psycopg.errors.QueryCanceled, match="statement timeout"):
            hasty.keep("wh_2", b"", "new")
    with pytest.raises(psycopg.errors.QueryCanceled), hasty.transaction() as execute:
        execute("SELECT pg_sleep(60)")


def test_a_transaction_is_durable_and_limited_whatever_the_server_says(hasty, postgresql_url):
    with psycopg.connect(postgresql_url) as db:
        db.execute("ALTER DATABASE inbox SET synchronous_commit = off")
    try:
        with type(hasty)(postgresql_url).transaction() as execute:
            settings = dict(
                execute(
                    "SELECT name, concat(reset_val, ' ', setting) FROM pg_settings"
                    " WHERE name ~ 'synchronous_commit|idle_in_trans|statement_timeout'"
                ).fetchall()
            )
    finally:
        with psycopg.connect(postgresql_url) as db:
            db.execute("ALTER DATABASE inbox RESET synchronous_commit")
    assert settings == {
        "synchronous_commit": "off on",
        "statement_timeout": "0 900",
        # So that a machine that vanished does not hold locks.
        "idle_in_transaction_session_timeout": "0 900",
    }


def test_a_file_that_is_locked_is_an_error(recipe, monkeypatch):
    module = recipe("store")
    monkeypatch.setattr(module, "TIMEOUT", 0.2)
    module.STORE.keep("wh_1", b"", "new")
    with closing(sqlite3.connect("inbox.db", isolation_level=None)) as db:
        db.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            module.STORE.keep("wh_2", b"", "new")
    module.STORE.keep("wh_2", b"", "new")


@pytest.mark.parametrize(
    "name",
    [
        "",
        ":memory:",
        ":memory:?cache=shared",
        "file::memory:?cache=shared",
        "file:inbox.db?mode=memory",
    ],
)
def test_a_store_that_forgets_is_refused_when_the_recipe_is_loaded(recipe, monkeypatch, name):
    monkeypatch.setenv("INBOX_URL", f"sqlite:///{name}")
    with pytest.raises(ValueError, match="INBOX_URL must name a file"):
        recipe("inbox")


@pytest.mark.parametrize("url", ["", "inbox.db", "mysql://localhost/inbox"])
def test_another_url_is_refused_when_the_recipe_is_loaded(recipe, monkeypatch, url):
    monkeypatch.setenv("INBOX_URL", url)
    with pytest.raises(ValueError, match="INBOX_URL must begin with"):
        recipe("inbox")
