"""The verb `events`."""

import json

import pytest

from openai_webhook_types import EVENT_TYPES
from tests.values import CLASSES, run


def test_every_event_is_listed(call):
    status, out, err = call("events")
    assert (status, err) == (0, "")
    rows = [line.split(None, 2) for line in out.splitlines()]
    assert [row[0] for row in rows] == [*EVENT_TYPES]
    for event_type, name, summary in rows:
        cls = CLASSES[event_type]
        assert name == cls.__name__
        assert summary == " ".join(cls.__doc__.partition("\n\n")[0].split())


def test_json(call):
    status, out, err = call("events", "--json")
    assert (status, err) == (0, "")
    found = json.loads(out)
    assert found[0].keys() == {"type", "class", "summary"}
    plain = call("events")[1].splitlines()
    assert [" ".join(row.values()) for row in found] == [" ".join(line.split()) for line in plain]


@pytest.mark.parametrize("columns", [30, 80, 107, 120, 300])
def test_it_fits_the_terminal(call, monkeypatch, terminal, columns):
    whole = call("events")[1].splitlines()
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr(terminal.stream, "write", (shown := []).append)
    monkeypatch.setattr("sys.stdout", terminal.stream)
    assert call("events")[0] == 0
    lines = "".join(shown).splitlines()
    assert max(map(len, lines)) <= columns
    assert len(lines) == (3 if columns < 107 else 1) * len(EVENT_TYPES)
    cut = [line for line in lines if line.endswith("...")]
    assert {len(line) for line in cut} == ({columns} if columns < 300 else set())
    assert (lines == whole) == (columns == 300)


def test_without_docstrings_there_is_no_summary():
    code = "from openai_webhook_types.cli import main; main(['events'])"
    rows = run(code, options=("-I", "-S", "-OO")).splitlines()
    assert [len(row.split()) for row in rows] == [2] * len(EVENT_TYPES)
