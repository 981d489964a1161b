"""The places that need nothing more than the Python that runs the tests."""

import pytest

from tests.environments.__main__ import PLACES, main
from tests.environments.places import Missing


@pytest.mark.parametrize("name", [name for name in PLACES if PLACES[name].runs == "core"])
def test_the_package_works_in(name, tmp_path):
    lines = PLACES[name](tmp_path)
    assert lines
    assert [line for line in lines if not line.startswith("ok ")] == []


def test_the_places_are_listed(capsys):
    assert main([]) == 0
    assert all(f"{name} " in capsys.readouterr().out for name in ["pyodide"])


def test_an_unknown_place_is_named():
    with pytest.raises(SystemExit, match="no such place: mars; one of all, gate, "):
        main(["mars"])


def test_a_missing_runtime_is_said_and_counts(capsys, monkeypatch):
    def somewhere(folder):
        raise Missing("there is no mars3")

    somewhere.needs, somewhere.runs = "mars3 from Debian", "gate"
    monkeypatch.setitem(PLACES, "mars", somewhere)
    assert main(["mars"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("== mars: MISSING, ")
    assert out.endswith(" s\n   there is no mars3\n   Needs mars3 from Debian.\n")


def test_a_failure_is_said_and_counts(capsys, monkeypatch):
    def somewhere(folder):
        raise AssertionError("no air")

    somewhere.needs, somewhere.runs = "nothing", "gate"
    monkeypatch.setitem(PLACES, "mars", somewhere)
    assert main(["mars", "mars"]) == 2
    assert "== mars: FAILED, 0 s\n   AssertionError: no air\n" in capsys.readouterr().out
