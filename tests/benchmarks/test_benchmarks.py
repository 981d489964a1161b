"""The benchmarks run, fill every row, and judge the bars correctly."""

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import _bar_holds
from tests.benchmarks.bars import BARS, Bar
from tests.benchmarks.figures import rows
from tests.benchmarks.timing import Result, Spread, turns

_ROOT = Path(__file__).parents[2]
# The reasons for a missing figure where every peer is installed.
_CANNOT = {"accepts it"}


def _run(*arguments, prelude=""):
    code = f"{prelude}\nimport runpy\nrunpy.run_module('tests.benchmarks', run_name='__main__')"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    path = tmp_path_factory.mktemp("benchmarks") / "raw.json"
    done = _run("--quick", "--raw", str(path))
    assert done.returncode == 0, done.stderr
    return done.stdout, json.loads(path.read_text())


def test_every_row_has_figures_or_a_reason_for_each_contender(outputs):
    _, found = outputs
    groups = {result["group"] for result in found["results"]}
    assert groups == {
        "process, time", "process, peak memory", "import, time", "import, peak memory",
        "from_dict", "from_dict, each shape", "from_json", "to_dict", "to_json",
        "model_dump_json", "unwrap", "verify_signature", "growth", "memory", "JSON Lines",
        "AWS Lambda, time",
    }  # fmt: skip
    for result in found["results"]:
        assert "ours" in result["samples"]
        assert set(result["missing"].values()) <= _CANNOT, result
        for figures in result["samples"].values():
            assert len(figures) >= 3
            assert all(math.isfinite(figure) for figure in figures)


def test_printed_tables_have_a_row_for_every_bar_and_work(outputs):
    printed, found = outputs
    rows = printed.splitlines()
    for bar in BARS:
        row = next(row for row in rows if row.startswith(f"| {bar.label} "))
        assert "not measured" not in row
    for result in found["results"]:
        assert [row for row in rows if row.startswith(f"| {result['work']} ")]


def test_quick_and_partial_figures_are_not_kept():
    for option in (["--quick"], ["--only", "growth: valid"]):
        done = _run("--update", *option)
        assert done.returncode == 2
        assert "needs all cases in full" in done.stderr


def test_missing_peer_is_reported():
    missing = "import sys\nsys.modules.update({'openai': None, 'openai.types.webhooks': None})"
    done = _run("--quick", "--only", "read: thin event", prelude=missing)
    assert done.returncode == 0, done.stderr
    row = next(
        row for row in done.stdout.splitlines() if row.startswith("| `from_dict`, thin / Pydantic")
    )
    assert "not installed" in row


def test_check_without_a_measured_bar_fails():
    assert _run("--quick", "--only", "growth: valid", "--check").returncode == 1
    assert _run("--quick", "--only", "growth: valid").returncode == 0


def test_pattern_without_a_match_is_an_error():
    assert "no case matches" in _run("--only", "nothing at all").stderr


def test_contenders_are_compared_within_each_round():
    result = Result("group", "work", "s", {"ours": [1, 10, 100], "peer": [2, 40, 100]})
    assert result.ratio("peer") == Spread(median=0.5, low=0.375, high=0.75)


def test_each_contender_has_one_turn_per_round():
    order = list(turns("abc", 5))
    assert [sorted(order[start : start + 3]) for start in range(0, 15, 3)] == [list("abc")] * 5
    assert order == list(turns("abc", 5))


def _results(ratio, work="work"):
    return [Result("group", work, "s", {"ours": [ratio] * 3, "peer": [1] * 3})]


def test_bar_for_several_works_judges_the_worst():
    bar = Bar("label", "group", ["one", "two"], 1.0, "peer")
    results = [*_results(1, "one"), *_results(3, "two"), *_results(2, "one"), *_results(9)]
    assert bar.figure(rows(results)).median == 3
    assert bar.figure(rows(_results(9))) is None


@pytest.mark.parametrize(
    ("attempts", "holds", "measured"),
    [
        ([1.4], True, 0),
        ([1.6, 1.4], True, 1),
        ([1.6, 1.7, 1.4], True, 2),
        ([1.6, 1.7, 1.8, 1.4], False, 2),
    ],
)
def test_bar_breaks_only_if_every_attempt_exceeds_the_margin(attempts, holds, measured):
    bar = Bar("label", "group", ["work"], 1.0, "peer")
    first, *later = [_results(ratio) for ratio in attempts]
    again = iter(later)
    assert _bar_holds(bar, lambda: next(again), bar.figure(rows(first))) is holds
    assert len(later) - len(list(again)) == measured
