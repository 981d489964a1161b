"""Receivers and workers that are killed under load, in short; and what judges them."""

import pytest

from tests.processes.faults import WORKERS, check, run, store_url


@pytest.mark.parametrize("kind", WORKERS)
def test_nothing_is_lost_and_nothing_is_handled_without_need(kind, tmp_path):
    with store_url(kind, tmp_path, "fsync=off") as store:
        figures, wrong = run(kind, store, tmp_path, count=300, kills=(0.4, 6))
    assert wrong == []
    assert figures["answers"][200] == 300
    assert figures["states"] == {"done": 200, "invalid": 10}
    assert sum(figures["kills and crashes"].values()) >= 3


BODIES = {"a": b"1", "b": b'"never"'}
ROWS = [("a", "done", b"1"), ("b", "invalid", b'"never"')]
LOG = [("start", "a", "7", "1.0"), ("end", "a", "7", "2.0")]


@pytest.mark.parametrize(
    ("rows", "log", "killed", "wrong", "again"),
    [
        (ROWS, LOG, {}, [], 0),
        (ROWS[:1], LOG, {}, ["b is lost"], 0),
        ([*ROWS, ROWS[1]], LOG, {}, ["b is kept 2 times"], 0),
        ([("a", "done", b"2"), ROWS[1]], LOG, {}, ["a is kept with another body"], 0),
        ([("a", "failed", b"1"), ROWS[1]], LOG, {}, ["a is failed"], 0),
        (ROWS, LOG[:1], {}, ["a is done, but was not handled"], 0),
        (ROWS, [*LOG, ("start", "b", "7", "3")], {}, ["b was handled, though invalid"], 0),
        (ROWS, [LOG[0], *LOG], {"7": 1.5}, ["a was handled again, though its worker was alive"], 1),
        (ROWS, [("start", "a", "6", "0.1"), *LOG], {"6": 0.5}, [], 1),
        (
            ROWS,
            [("start", "a", "6", "0.1"), *LOG],
            {"6": 1.5},
            ["a was handled again, though its worker was alive"],
            1,
        ),
    ],
)
def test_what_goes_wrong_is_found(rows, log, killed, wrong, again):
    assert check(BODIES, rows, log, killed) == (wrong, again)


def test_an_event_may_be_handled_again_after_an_outage_of_the_store():
    log = [("start", "a", "7", "1.0"), ("start", "a", "8", "9.0"), ("end", "a", "8", "9.1")]
    wrong = ["a was handled again, though its worker was alive"]
    assert check(BODIES, ROWS, log, {}, [(0.9, 1.1)]) == ([], 1)
    assert check(BODIES, ROWS, log, {}, [(2.0, 3.0)]) == ([], 1)
    assert check(BODIES, ROWS, log, {}, [(0.1, 0.9), (9.5, 9.9)]) == (wrong, 1)
