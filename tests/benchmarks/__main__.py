"""Run the benchmarks, print their figures, and write them to files."""

import argparse
import re
import sys
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Callable, Dict, List

from . import processes, report, works
from .bars import BARS, Bar
from .timing import FULL, QUICK, Effort, Result, Spread

_CASES: Dict[str, Callable[[Effort], List[Result]]] = {
    "import": processes.importing,
    **{
        f"read: {name}": partial(works.reading, name=name)
        for name in (*works.VALID, *works.INVALID)
    },
    "read: every shape": works.reading_shapes,
    **{f"write: {name}": partial(works.writing, name=name) for name in works.VALID},
    "verify": works.verifying,
    **{f"growth: {name}": partial(works.growing, name=name) for name in works.GROWING},
    "memory": processes.keeping,
    "JSON Lines": processes.parsing_lines,
}
_ATTEMPTS = 3


def main() -> int:
    options = _options()
    effort = QUICK if options.quick else FULL
    measured = {name: _measure(name, effort) for name in options.cases}
    results = [result for case in measured.values() for result in case]
    text = report.markdown(results)
    sys.stdout.write(text)
    if options.markdown:
        Path(options.markdown).write_text(text, encoding="utf-8")
    if options.json:
        Path(options.json).write_text(report.raw(results), encoding="utf-8")
    if options.chart:
        from .chart import draw

        draw(results, options.chart)
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
    parser.add_argument("--markdown", metavar="FILE", help="write the printed tables")
    parser.add_argument("--json", metavar="FILE", help="write the figures of every round")
    parser.add_argument("--chart", metavar="FILE.svg", help="draw the ratios that have a bar")
    options = parser.parse_args()
    options.cases = [name for name in _CASES if re.search(options.only, name)]
    if not options.cases:
        parser.error(f"no case matches {options.only!r}")
    if options.chart and not find_spec("matplotlib"):
        parser.error("--chart needs matplotlib")
    return options


def _measure(name: str, effort: Effort) -> List[Result]:
    sys.stderr.write(f"{name}\n")
    return _CASES[name](effort)


def _holds(measured: Dict[str, List[Result]], effort: Effort) -> bool:
    """Tell whether every guarded bar holds. If none was measured, the check fails."""
    checked = [
        _bar_holds(bar, partial(_measure, case, effort), ratio)
        for case, results in measured.items()
        for bar in BARS
        if bar.guarded and (ratio := bar.figure(results))
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
    figures = f"{bar.format(best)}, at most {bar.format(bar.limit)}"
    sys.stdout.write(f"{verdict}: {bar.label}: {figures}\n")
    return holds


if __name__ == "__main__":
    sys.exit(main())
