"""The tables and files that present the figures."""

import datetime as dt
import json
import os
import platform
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Dict, List, Optional

from .bars import BARS
from .timing import OURS, Result, Spread

_PACKAGES = [
    "openai", "pydantic", "msgspec", "cattrs", "mashumaro", "dacite", "orjson",
    "standardwebhooks", "svix",
]  # fmt: skip
_SCALES = {
    "s": [(1, "s"), (1e-3, "ms"), (1e-6, "µs")],
    "B": [(1024 * 1024, "MiB"), (1024, "KiB"), (1, "bytes")],
}

_LEGEND = """\
A cell is our figure divided by the peer's: the median of the ratios of all rounds, with their
quartiles. Below 1, ours is faster or smaller. The column "ours" has our own medians.

- import: whole processes, less a bare interpreter. The floor imports dataclasses, json and typing.
- A row named after an event type has its `sample_payload`, one for every shape of payload, and is
  compared with Pydantic alone.
- msgspec reads into its own structs; cattrs, mashumaro and dacite into equal dataclasses. All four
  drop unknown fields. "SDK construct" validates nothing.
- The rows with errors include raising the exception; msgspec, mashumaro and dacite stop at the
  first error.
- `to_dict`, `to_json`, `model_dump_json`: orjson and msgspec are given our own events.
- `unwrap`: the floor is `hmac.digest`, Base64 and `json.loads`, with the key already decoded.
- growth is not a ratio but an exponent: the power of the size that the time of `from_json` grows
  with, from 10 headers or unknown fields to 10,000. 1 is linear, 2 would be quadratic.
- JSON Lines: whole processes from start to end, each body parsed by its `type`.
"""


def environment() -> Dict[str, Any]:
    """Return what the figures depend on."""
    return {
        "date": dt.datetime.now(dt.timezone.utc).date().isoformat(),
        "python": python(),
        "packages": {name: found for name in _PACKAGES if (found := _version(name))},
        "machine": f"{_processor()}, {os.cpu_count()} cores, {platform.system()}",
    }


def python() -> str:
    """Return the interpreter's name and version."""
    return f"{platform.python_implementation()} {platform.python_version()}"


def _version(package: str) -> Optional[str]:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    named = re.search(r"model name\s*: (.+)", info.read_text()) if info.exists() else None
    return named[1] if named else platform.processor() or platform.machine()


def markdown(results: List[Result]) -> str:
    """Return all tables as Markdown."""
    facts = environment()
    packages = ", ".join(" ".join(item) for item in facts["packages"].items())
    parts = [f"{facts['date']}, {facts['python']}, {packages}; {facts['machine']}.", _bars(results)]
    groups = dict.fromkeys(result.group for result in results)
    tables = [_group(name, [one for one in results if one.group == name]) for name in groups]
    return "\n\n".join([*parts, *tables, _LEGEND])


def _bars(results: List[Result]) -> str:
    rows = [["ours / peer", "median", "quartiles", "bar", "want"]]
    for bar in BARS:
        measured, ratio = bar.results(results), bar.figure(results)
        limits = [bar.format(bar.bar), bar.format(bar.want)]
        if ratio is None:
            reason = measured[0].missing[bar.peer] if measured else "not measured"
            rows.append([bar.label, reason, "", *limits])
        else:
            quartiles = f"{bar.format(ratio.low)} to {bar.format(ratio.high)}"
            marks = ["met" if ratio.median <= limit else "missed" for limit in (bar.bar, bar.want)]
            verdicts = [f"{limit}, {mark}" for limit, mark in zip(limits, marks)]
            rows.append([bar.label, bar.format(ratio.median), quartiles, *verdicts])
    return _table(rows)


def _group(group: str, results: List[Result]) -> str:
    contenders = dict.fromkeys(
        name for result in results for name in (OURS, *result.samples, *result.missing)
    )
    rows = [[group, *contenders]]
    rows += [[result.work, *[_cell(result, name) for name in contenders]] for result in results]
    return _table(rows)


def _cell(result: Result, contender: str) -> str:
    if contender not in result.samples:
        return result.missing.get(contender, "")
    if result.unit == "slope":
        return _with_quartiles(result.own(contender))
    if contender == OURS:
        return _quantity(result.own().median, result.unit)
    return _with_quartiles(result.ratio(contender))


def _with_quartiles(figures: Spread) -> str:
    digits = _digits(figures.median)
    median, low, high = [f"{figure:.{digits}f}" for figure in figures]
    return f"{median} ({low} to {high})"


def _quantity(figure: float, unit: str) -> str:
    *larger, smallest = _SCALES[unit]
    size, name = next((scale for scale in larger if figure >= scale[0]), smallest)
    return f"{figure / size:.{_digits(figure / size)}f} {name}"


def _digits(figure: float) -> int:
    """Return how many decimals are worth printing."""
    return 3 if figure < 0.1 else 2 if figure < 10 else 1 if figure < 100 else 0


def _table(rows: List[List[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows)]
    lines = [[cell.ljust(width) for cell, width in zip(row, widths)] for row in rows]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def raw(results: List[Result]) -> str:
    """Return the figures of every round, and the bars with their ratios, as JSON."""
    bars = [{**bar._asdict(), "measured": bar.figure(results)} for bar in BARS]
    value = {**environment(), "bars": bars, "results": [vars(result) for result in results]}
    return json.dumps(value, indent=1)
