"""Where the inbox keeps bodies: in a SQLite file, or in PostgreSQL if INBOX_URL says so."""

import os
import sqlite3
import time
from contextlib import closing, contextmanager
from typing import Any, Callable, ContextManager, Iterator, NamedTuple, Optional

TIMEOUT = 10  # seconds to wait for the database
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

    lock = ""
    transaction: Callable[[], ContextManager[Execute]]

    def keep(self, webhook_id: str, body: bytes, state: str) -> None:
        """Keep a body once: a later one with the same ID is ignored."""
        now = time.time()
        with self.transaction() as execute:
            execute(
                "INSERT INTO inbox (id, body, state, received, due) VALUES (%s, %s, %s, %s, %s)"
                " ON CONFLICT (id) DO NOTHING",
                (webhook_id, body, state, now, now),
            )

    def claim(self) -> Optional[Job]:
        """Return an event that is due; nobody else gets it until the lease ends."""
        now = time.time()
        with self.transaction() as execute:
            row = execute(
                "SELECT id, body, attempts + 1 FROM inbox WHERE state = 'new' AND due <= %s"
                f" ORDER BY due LIMIT 1 {self.lock}",
                (now,),
            ).fetchone()
            if row is None:
                return None
            job = Job(*row)
            # Count the attempt before it begins, because it may end this process.
            execute(
                "UPDATE inbox SET attempts = %s, due = %s WHERE id = %s",
                (job.attempts, now + LEASE, job.id),
            )
        return job

    def settle(self, job: Job, state: str, error: Optional[str] = None, delay: float = 0) -> None:
        """Record what became of a claimed event; one that is still new is due after the delay."""
        with self.transaction() as execute:
            execute(
                "UPDATE inbox SET state = %s, error = %s, due = %s WHERE id = %s AND attempts = %s",
                (state, error, time.time() + delay, job.id, job.attempts),
            )


class SQLite(Store):
    """A file on one machine, which may have many threads and processes."""

    def __init__(self, path: str) -> None:
        self._path = path

    @contextmanager
    def transaction(self) -> Iterator[Execute]:
        with closing(sqlite3.connect(self._path, timeout=TIMEOUT, isolation_level=None)) as db:
            db.execute("PRAGMA synchronous = EXTRA")  # what is committed survives a power cut
            db.execute("BEGIN IMMEDIATE")
            with db:
                db.execute(TABLE)
                db.execute(INDEX)
                yield lambda sql, values: db.execute(sql.replace("%s", "?"), values)


class PostgreSQL(Store):
    """A server, which any number of machines may share. It needs psycopg and psycopg_pool."""

    lock = "FOR UPDATE SKIP LOCKED"

    def __init__(self, url: str) -> None:
        from psycopg_pool import ConnectionPool

        self._pool = ConnectionPool(
            url,
            min_size=1,
            max_size=10,
            timeout=TIMEOUT,
            reconnect_timeout=TIMEOUT,  # otherwise it waits for minutes after an outage
            open=False,  # the first request opens it: a server may fork before that
            configure=create_table,
            check=ConnectionPool.check_connection,
        )

    @contextmanager
    def transaction(self) -> Iterator[Execute]:
        self._pool.open()
        with self._pool.connection() as db:
            yield db.execute


def create_table(db: Any) -> None:
    """Create the table in PostgreSQL, if it is missing."""
    with db.transaction():
        if db.execute("SELECT to_regclass('inbox')").fetchone() == (None,):
            db.execute("SELECT pg_advisory_xact_lock(1)")  # one process at a time
            db.execute(TABLE)
            db.execute(INDEX)


def open_store(url: str) -> Store:
    """Return the store at a URL."""
    if url.startswith(("postgresql://", "postgres://")):
        return PostgreSQL(url)
    if url.startswith("sqlite:///"):
        return SQLite(url[len("sqlite:///") :])
    raise ValueError("INBOX_URL must begin with sqlite:/// or postgresql://")


STORE = open_store(os.environ.get("INBOX_URL", "sqlite:///inbox.db"))
