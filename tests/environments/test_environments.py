"""The places that need nothing more than the Python that runs the tests."""

import re

import pytest

from tests.environments.__main__ import PLACES, main
from tests.environments.places import README, Missing

CORE = [name for name in PLACES if PLACES[name].runs == "core"]


@pytest.mark.parametrize("name", CORE)
def test_the_package_works_in(name, tmp_path):
    lines = PLACES[name](tmp_path)
    assert lines
    assert [line for line in lines if not line.startswith("ok ")] == []


def test_the_places_are_listed(capsys):
    assert main([]) == 0
    out = capsys.readouterr().out
    assert [name for name in PLACES if f"\n{name} " not in f"\n{out}"] == []


def test_every_place_is_documented():
    documented = {
        name
        for row in re.findall(r"^\| (`.*?) \|", README, re.MULTILINE)
        for name in re.findall(r"`([a-z_-]+)`", row)
    }
    assert documented == PLACES.keys()


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
