"""Run the benchmarks, and print their figures or write them into the documents."""

import argparse
import re
import sys
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Callable, Dict, List

from . import functions, processes, report, works
from .bars import BARS, Bar
from .chart import draw
from .timing import FULL, QUICK, Effort, Result, Spread

_CASES: Dict[str, Callable[[Effort], List[Result]]] = {
    "import": processes.importing,
    **{
        f"read: {name}": partial(works.reading, name=name)
        for name in (*works.VALID, *works.INVALID)
    },
    "read: every shape": works.reading_shapes,
    **{f"report: {name}": partial(works.reporting, name=name) for name in works.INVALID},
    **{f"write: {name}": partial(works.writing, name=name) for name in works.VALID},
    "verify": works.verifying,
    "memory": processes.keeping,
    "JSON Lines": processes.parsing_lines,
    "AWS Lambda": functions.answering,
}
_ATTEMPTS = 3
_ROOT = Path(__file__).parents[2]
# What the README compares with.
_COMPARED = ["openai", "awslambdaric"]


def main() -> int:
    options = _options()
    effort = QUICK if options.quick else FULL
    measured = {name: _measure(name, effort) for name in options.cases}
    results = [result for case in measured.values() for result in case]
    sys.stdout.write(f"{report.tables(results)}\n\n{report.bars(results)}\n")
    if options.update:
        report.fill(_ROOT, results)
        Path(__file__).with_name("chart.svg").write_text(draw(results), encoding="utf-8")
    return 0 if not options.check or _holds(measured, effort) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "--only", metavar="PATTERN", default="", help="cases that match: " + ", ".join(_CASES)
    )
    parser.add_argument("--quick", action="store_true", help="a few rounds, as a smoke test")
    parser.add_argument(
        "--check", action="store_true", help="exit with 1 if a bar is clearly broken"
    )
    parser.add_argument(
        "--update", action="store_true", help="write the tables and the chart of the documents"
    )
    options = parser.parse_args()
    options.cases = [name for name in _CASES if re.search(options.only, name)]
    if not options.cases:
        parser.error(f"no case matches {options.only!r}")
    missing = [name for name in _COMPARED if not find_spec(name)]
    if options.update and (options.quick or options.only or missing):
        parser.error("--update needs all cases in full, and openai and awslambdaric")
    return options


def _measure(name: str, effort: Effort) -> List[Result]:
    sys.stderr.write(f"{name}\n")
    return _CASES[name](effort)


def _holds(measured: Dict[str, List[Result]], effort: Effort) -> bool:
    """Tell whether every bar holds. If none was measured, the check fails."""
    checked = [
        _bar_holds(bar, partial(_measure, case, effort), ratio)
        for case, results in measured.items()
        for bar in BARS
        if (ratio := bar.figure(results))
    ]
    return bool(checked) and all(checked)


def _bar_holds(bar: Bar, measure: Callable[[], List[Result]], ratio: Spread) -> bool:
    """Tell whether a bar holds at the best of several attempts, which noise rarely outlasts."""
    best = ratio.median
    for _ in range(_ATTEMPTS - 1):
        if best <= bar.limit:
            break
        best = min(best, bar.figure(measure()).median)
    holds = best <= bar.limit
    verdict = "ok" if holds else "BROKEN"
    found = f"{bar.format(best)}, at most {bar.format(bar.limit)}"
    sys.stdout.write(f"{verdict}: {bar.label}: {found}\n")
    return holds


if __name__ == "__main__":
    sys.exit(main())
