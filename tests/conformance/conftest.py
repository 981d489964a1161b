"""Says how much was compared, and what the tests of the recipes share."""

import importlib
import sys

import psycopg
import psycopg_pool
import pytest

from tests.cli.commands import SECRET
from tests.conformance.differential import COMPARED
from tests.environments.functions import dynamodb
from tests.postgresql import pgbouncer, postgresql
from tests.values import ROOT

RECIPES = ROOT / "tests" / "recipes"


def pytest_terminal_summary(terminalreporter):
    for what, count in COMPARED.items():
        terminalreporter.write_line(f"{what} compared with the SDK's: {count:,}")


@pytest.fixture(scope="session")
def postgresql_server():
    with postgresql("fsync=off") as server:
        server.database("inbox")
        yield server


@pytest.fixture
def postgresql_url(postgresql_server):
    """Return the URL of a database without an inbox."""
    url = postgresql_server.url("inbox")
    with psycopg.connect(url) as db:
        db.execute("DROP TABLE IF EXISTS inbox")
    return url


@pytest.fixture(scope="session")
def pgbouncer_server(postgresql_server):
    with pgbouncer(postgresql_server) as pooler:
        yield pooler


@pytest.fixture
def pgbouncer_url(postgresql_url, pgbouncer_server):
    """Return the URL of the same database, behind a pooler."""
    return pgbouncer_server.url("inbox")


@pytest.fixture(scope="session")
def aws():
    with dynamodb() as client_and_variables:
        yield client_and_variables


@pytest.fixture
def recipe(tmp_path, monkeypatch):
    """Return what imports a recipe anew; the inbox is in an empty folder."""
    pools = []

    class Pool(psycopg_pool.ConnectionPool):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            pools.append(self)

    monkeypatch.setattr(psycopg_pool, "ConnectionPool", Pool)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(RECIPES))
    monkeypatch.setenv("OPENAI_WEBHOOK_SECRET", SECRET)
    yield importlib.import_module
    for path in RECIPES.glob("*.py"):
        sys.modules.pop(path.stem, None)
    for pool in pools:
        pool.close()
