"""Fixtures of the command line."""

import pytest

from openai_webhook_types import cli
from tests.cli.commands import SECRET, Terminal, assert_clean


@pytest.fixture(autouse=True)
def _called_as_a_module(monkeypatch, tmp_path):
    monkeypatch.setattr("sys.argv", ["/where/ever/openai_webhook_types/__main__.py"])
    monkeypatch.setenv("OPENAI_WEBHOOK_SECRET", SECRET)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def call(capsys, monkeypatch, tmp_path):
    """Run the command line in this process; return its exit status and what it wrote."""

    def called(*arguments, stdin=None):
        if stdin is None:
            status = cli.main([*map(str, arguments)])
        else:
            path = tmp_path / "stdin"
            path.write_bytes(stdin if isinstance(stdin, bytes) else stdin.encode())
            with path.open() as file, monkeypatch.context() as patched:
                patched.setattr("sys.stdin", file)
                status = cli.main([*map(str, arguments)])
        out, err = capsys.readouterr()
        assert_clean(out, err)
        return status, out, err

    return called


@pytest.fixture
def terminal():
    """A terminal of 60 columns, which holds a few lines."""
    one = Terminal(60)
    yield one
    one.close()
