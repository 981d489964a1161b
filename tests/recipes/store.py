"""Where the inbox keeps bodies: in a SQLite file, or in PostgreSQL if INBOX_URL says so."""

import os
import socket
import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from threading import Event, Timer
from typing import Any, Callable, ContextManager, Iterator, NamedTuple, Optional

TIMEOUT = 10  # seconds to wait for the database: for a connection, and then for what it does
LEASE = 600  # seconds for which a worker has an event to itself

TABLE = """
CREATE TABLE IF NOT EXISTS inbox (
    id TEXT PRIMARY KEY,  -- the webhook-id
    body BYTEA NOT NULL,
    state TEXT NOT NULL,  -- new, done, failed or invalid
    received DOUBLE PRECISION NOT NULL,  -- in Unix seconds, as is `due`
    due DOUBLE PRECISION NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT
)"""
INDEX = "CREATE INDEX IF NOT EXISTS inbox_due ON inbox (due) WHERE state = 'new'"

Execute = Callable[..., Any]


class Job(NamedTuple):
    """An event that a worker has claimed, for the nth attempt."""

    id: str
    body: bytes
    attempts: int


class Store:
    """The inbox, a table in a database."""

    now: str  # SQL for the time by the clock of the database, in Unix seconds
    lock = ""
    transaction: Callable[[], ContextManager[Execute]]

    def keep(self, webhook_id: str, body: bytes, state: str) -> None:
        """Keep a body once: a later one with the same ID is ignored."""
        with self.transaction() as execute:
            execute(
                "INSERT INTO inbox (id, body, state, received, due)"
                f" VALUES (%s, %s, %s, {self.now}, {self.now}) ON CONFLICT (id) DO NOTHING",
                (webhook_id, body, state),
            )

    def claim(self) -> Optional[Job]:
        """Return an event that is due; nobody else gets it until the lease ends."""
        with self.transaction() as execute:
            row = execute(
                "SELECT id, body, attempts + 1 FROM inbox"
                f" WHERE state = 'new' AND due <= (SELECT {self.now})"
                f" ORDER BY due LIMIT 1 {self.lock}"
            ).fetchone()
            if row is None:
                return None
            job = Job(*row)
            # Count the attempt before it begins, because it may end this process.
            execute(
                f"UPDATE inbox SET attempts = %s, due = {self.now} + %s WHERE id = %s",
                (job.attempts, LEASE, job.id),
            )
        return job

    def settle(self, job: Job, state: str, error: Optional[str] = None, delay: float = 0) -> None:
        """Record what became of a claimed event; one that is still new is due after the delay."""
        with self.transaction() as execute:
            execute(
                f"UPDATE inbox SET state = %s, error = %s, due = {self.now} + %s"
                " WHERE id = %s AND attempts = %s",
                (state, error, delay, job.id, job.attempts),
            )


class SQLite(Store):
    """A file on one machine, which may have many threads and processes."""

    now = "now()"

    def __init__(self, path: str) -> None:
        # SQLite keeps what has no name, or one of these names, in memory or until it is closed.
        if not path or path.startswith((":", "file:")):
            raise ValueError("INBOX_URL must name a file after sqlite:///, such as inbox.db")
        self._path = path

    @contextmanager
    def transaction(self) -> Iterator[Execute]:
        with closing(sqlite3.connect(self._path, timeout=TIMEOUT, isolation_level=None)) as db:
            db.create_function("now", 0, time.time)
            db.execute("PRAGMA synchronous = EXTRA")  # what is committed survives a power cut
            db.execute("BEGIN IMMEDIATE")
            with db:
                db.execute(TABLE)
                db.execute(INDEX)
                yield lambda sql, values=(): db.execute(sql.replace("%s", "?"), values)


class PostgreSQL(Store):
    """A server, which any number of machines may share. It needs psycopg and psycopg_pool."""

    now = "extract(epoch FROM clock_timestamp())"
    lock = "FOR UPDATE SKIP LOCKED"

    def __init__(self, url: str) -> None:
        from psycopg_pool import ConnectionPool

        def check(db: Any) -> None:
            with limit(db):
                ConnectionPool.check_connection(db)

        self._pool = ConnectionPool(
            url,
            # PgBouncer gives each transaction another connection, which knows no statements.
            kwargs={"connect_timeout": TIMEOUT, "prepare_threshold": None},
            min_size=1,
            max_size=10,
            timeout=TIMEOUT,
            reconnect_timeout=TIMEOUT,  # otherwise it waits for minutes after an outage
            open=False,  # the first request opens it: a server may fork before that
            check=check,
        )

    @contextmanager
    def transaction(self) -> Iterator[Execute]:
        self._pool.open()
        with self._pool.connection() as db, limit(db), db.transaction():
            execute: Execute = db.execute
            # A server that can still answer gives up a little sooner than `limit`, and says why.
            most = int(TIMEOUT * 900)
            execute(
                f"SET LOCAL statement_timeout = {most};"
                f"SET LOCAL idle_in_transaction_session_timeout = {most};"
                "SET LOCAL synchronous_commit = on"  # what is committed survives a crash
            )
            if execute("SELECT to_regclass('inbox')").fetchone() == (None,):
                execute("SELECT pg_advisory_xact_lock(1)")  # one process at a time
                execute(TABLE)
                execute(INDEX)
            yield execute


@contextmanager
def limit(db: Any) -> Iterator[None]:
    """Cut a connection to PostgreSQL off after TIMEOUT, because a server that hangs does not."""
    is_over = Event()

    def cut_off() -> None:
        is_over.set()
        with suppress(OSError):
            link.shutdown(socket.SHUT_RDWR)

    with socket.fromfd(db.fileno(), socket.AF_INET, socket.SOCK_STREAM) as link:
        timer = Timer(TIMEOUT, cut_off)
        timer.start()
        try:
            yield
        except Exception as error:
            if is_over.is_set():
                raise TimeoutError("PostgreSQL did not answer") from error
            raise
        finally:
            timer.cancel()
            timer.join()


def open_store(url: str) -> Store:
    """Return the store at a URL."""
    if url.startswith(("postgresql://", "postgres://")):
        return PostgreSQL(url)
    if url.startswith("sqlite:///"):
        return SQLite(url[len("sqlite:///") :])
    raise ValueError("INBOX_URL must begin with sqlite:/// or postgresql://")


STORE = open_store(os.environ.get("INBOX_URL", "sqlite:///inbox.db"))
