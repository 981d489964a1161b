"""An application written for the SDK runs on this package after the documented swaps."""

import re

import pytest

from tests.conformance.migration.runs import APP, SIDES, check_types, copy_app, run_tests
from tests.conformance.migration.swaps import SWAPS, Swap, migrated, unquoted
from tests.values import ROOT, environment, python

SOURCES = [path.read_text(encoding="utf-8") for path in sorted(APP.rglob("*.py"))]
# The short guide, and the full one.
GUIDES = [ROOT / "README.md", ROOT / "tests" / "conformance" / "README.md"]


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    folder = tmp_path_factory.mktemp("migration")
    for side, rewrite in SIDES.items():
        copy_app(folder / side, rewrite)
    return folder


@pytest.mark.parametrize("side", SIDES)
def test_the_tests_of_the_application_pass(copies, side):
    done = run_tests(copies / side)
    assert done.returncode == 0, done.stdout + done.stderr
    passed = re.search(r"^(\d+) passed in", done.stdout, re.MULTILINE)
    assert int(passed[1]) >= 50


@pytest.mark.parametrize("side", SIDES)
def test_mypy_finds_nothing_in_its_strict_mode(copies, side):
    done = check_types(copies / side)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("swap", SWAPS, ids=lambda swap: swap.old)
def test_every_swap_is_needed(swap):
    assert any(swap.pattern.search(source) for source in SOURCES)


def test_nothing_of_the_sdk_is_left():
    left = re.compile(r"\bopenai\b(?!_)|OpenAI\(|pydantic\.ValidationError")
    assert any(left.search(source) for source in SOURCES)
    for source in SOURCES:
        assert left.findall(migrated(source)) == []


def test_with_the_types_swapped_alone_no_event_is_handled_and_nothing_is_raised(tmp_path):
    def with_types_alone(source):
        for swap in SWAPS:
            if swap.old.startswith("from openai.types"):
                source = swap.apply(source)
        return source

    code = """
from app.receiver import receive
from app.store import Store
from app.tests.values import FAILED, body_of, signed

body = body_of(FAILED)
print(receive(body, signed(body), Store()))
"""
    for rewrite, done in (
        (str, "retry ftjob-1, which failed at 1750287018"),
        (with_types_alone, "nothing to do about fine_tuning.job.failed"),
    ):
        folder = tmp_path / rewrite.__name__
        copy_app(folder, rewrite)
        run = python("-c", code, cwd=folder, env=environment(PYTHONPATH=str(ROOT)))
        assert run.stdout == f"{(200, done)}\n", run.stderr


def test_every_swap_is_in_the_guide():
    guide = "\n".join([path.read_text(encoding="utf-8") for path in GUIDES if path.exists()])
    assert unquoted(guide) == []


def test_a_swap_is_of_whole_lines_and_keeps_their_indentation():
    swap = Swap("a(…, …)", ("b(…)", "", "c(…)"))
    assert swap.apply("x\n    a(1, 2)\n") == "x\n    b(1)\n\n    c(2)\n"
    assert swap.apply("x a(1, 2)\na(1)") == "x a(1, 2)\na(1)"


def test_a_line_of_a_swap_that_a_guide_lacks_is_noticed():
    first = SWAPS[0]
    lines = [f"-{first.old}", *(f"+{line}" for line in first.new)]
    assert first not in unquoted("\n".join(lines))
    assert first in unquoted("\n".join(lines[:-1]))
