"""The stores of the recipes: how each is set up, read and broken in a test."""

import sqlite3
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg

from tests.environments.functions import create_table

ROWS = "SELECT state, id, body FROM inbox ORDER BY id"


class SQLite:
    """The file in the current folder."""

    error = "OperationalError: unable to open database file"

    @contextmanager
    def set_up(self, request):
        yield

    def rows(self):
        """Return the state, the ID and the body of each delivery that is kept."""
        if not Path("inbox.db").exists():
            return []
        with closing(sqlite3.connect("inbox.db")) as db:
            return [(state, name, bytes(body)) for state, name, body in db.execute(ROWS)]

    def break_down(self):
        Path("inbox.db").mkdir()


class PostgreSQL:
    """The table in a database of the server for tests."""

    error = "CheckViolation: new row for relation"
    url = "postgresql_url"

    @contextmanager
    def set_up(self, request):
        self._url = request.getfixturevalue(self.url)
        request.getfixturevalue("monkeypatch").setenv("INBOX_URL", self._url)
        yield

    def rows(self):
        with psycopg.connect(self._url) as db:
            if db.execute("SELECT to_regclass('inbox')").fetchone() == (None,):
                return []
            return [(state, name, bytes(body)) for state, name, body in db.execute(ROWS)]

    def break_down(self):
        # The error about a row that breaks it shows the row.
        with psycopg.connect(self._url) as db:
            db.execute(
                "CREATE TABLE inbox (id TEXT PRIMARY KEY CHECK (id = ''), body BYTEA, state TEXT,"
                " received FLOAT8, due FLOAT8)"
            )


class PgBouncer(PostgreSQL):
    """The same table, behind a pooler."""

    url = "pgbouncer_url"


class DynamoDB:
    """A table in a DynamoDB that moto imitates, over HTTP, so that other processes find it too."""

    error = "ResourceNotFoundException: An error occurred"

    @contextmanager
    def set_up(self, request):
        self._client, variables = request.getfixturevalue("aws")
        for name, value in {**variables, "INBOX_TABLE": "inbox"}.items():
            request.getfixturevalue("monkeypatch").setenv(name, value)
        create_table(self._client)
        try:
            yield
        finally:
            with suppress(self._client.exceptions.ResourceNotFoundException):
                self.break_down()

    def rows(self):
        items = self._client.scan(TableName="inbox", ConsistentRead=True)["Items"]
        return sorted((item["state"]["S"], item["id"]["S"], item["body"]["B"]) for item in items)

    def break_down(self):
        self._client.delete_table(TableName="inbox")
