"""The benchmarks run, fill every row, and judge the bars correctly."""

import math
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as benchmarks
from tests.benchmarks import report
from tests.benchmarks.bars import BARS, Bar
from tests.benchmarks.timing import QUICK, Result, Spread, turns

_ROOT = Path(__file__).parents[2]
_DOCUMENTS = ["README.md", "tests/benchmarks/README.md"]
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
def results():
    return [one for case in benchmarks._CASES.values() for one in case(QUICK)]


def test_every_row_has_figures_or_a_reason_for_each_contender(results):
    assert {result.group for result in results} == {
        "process, time", "process, peak memory", "import, time", "import, peak memory",
        "from_dict", "from_dict, each shape", "from_json", "error.json", "to_dict", "to_json",
        "model_dump_json", "unwrap", "verify_signature", "memory", "JSON Lines",
        "AWS Lambda, time",
    }  # fmt: skip
    for result in results:
        assert "ours" in result.samples
        assert set(result.missing.values()) <= _CANNOT, result
        for figures in result.samples.values():
            assert len(figures) >= 3
            assert all(math.isfinite(figure) for figure in figures)


def test_documents_get_a_row_for_every_bar_and_work(results, tmp_path):
    for name in _DOCUMENTS:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(_ROOT / name, tmp_path / name)
    report.fill(tmp_path, results)
    front, gallery = [(tmp_path / name).read_text(encoding="utf-8") for name in _DOCUMENTS]
    assert all(f"| {one.label} " in front for one in report.comparisons(results))
    for label in [bar.label for bar in BARS] + [result.work for result in results]:
        assert f"\n| {label} " in gallery
    assert "not measured" not in gallery
    for name, text in zip(_DOCUMENTS, (front, gallery)):
        before = (_ROOT / name).read_text(encoding="utf-8")
        assert _without_figures(text) == _without_figures(before)


def _without_figures(document):
    return re.sub(r"(?s)<!-- (\w+) -->.*<!-- /\1 -->", "", document)


def test_the_chart_has_two_bars_for_each_of_four_comparisons(results):
    chart = benchmarks.draw(results)
    assert chart.count('<rect class="ours"') == chart.count('<rect class="sdk"') == 4


def test_quick_and_partial_figures_are_not_kept():
    for option in (["--quick"], ["--only", "verify"]):
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
    assert _run("--quick", "--only", "JSON Lines", "--check").returncode == 1
    assert _run("--quick", "--only", "JSON Lines").returncode == 0


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
    assert bar.figure(results).median == 3
    assert bar.figure(_results(9)) is None


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
    assert benchmarks._bar_holds(bar, lambda: next(again), bar.figure(first)) is holds
    assert len(later) - len(list(again)) == measured
