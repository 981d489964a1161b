"""The tables that present the figures of a run, and the documents that hold them."""

import datetime as dt
import os
import platform
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Collection, Iterable, List, NamedTuple, Optional, Tuple

from .bars import BARS
from .timing import OURS, Result
from .works import INVALID, VALID

_PACKAGES = [
    "openai", "pydantic", "msgspec", "cattrs", "mashumaro", "dacite", "orjson",
    "standardwebhooks", "svix", "awslambdaric",
]  # fmt: skip
_SCALES = {
    "s": [(1, "s"), (1e-3, "ms"), (1e-6, "µs")],
    "B": [(1024 * 1024, "MiB"), (1024, "KiB"), (1, "bytes")],
}


def fill(root: Path, results: List[Result]) -> None:
    """Write the figures into the documents below a folder."""
    for name, section, text in (
        ("README.md", "performance", front(results)),
        ("tests/benchmarks/README.md", "bars", bars(results)),
        ("tests/benchmarks/README.md", "tables", tables(results)),
    ):
        path = root / name
        start, end = f"<!-- {section} -->\n", f"\n<!-- /{section} -->"
        before, old = path.read_text(encoding="utf-8").split(start)
        _, after = old.split(end)
        path.write_text(before + start + text + end + after, encoding="utf-8")


class Comparison(NamedTuple):
    """What something costs with this package, and with the SDK."""

    label: str
    ours: float
    sdk: float
    unit: str

    def said(self) -> List[str]:
        """Return both figures in the unit of ours, short enough to be said aloud."""
        size, name = _scale(self.ours, self.unit)
        figures = [figure / size for figure in (self.ours, self.sdk)]
        return [f"{figure:.{0 if figure >= 9.95 else 1}f} {name}" for figure in figures]


def comparisons(results: List[Result]) -> List[Comparison]:
    """Return what the README shows; the last three are the worst for this package."""
    one = "one thin type"
    answer = "AWS Lambda, time", "first answer"
    return [
        _comparison("Start Python and import one event type", results, "process, time", one),
        _comparison("Peak memory of that process", results, "process, peak memory", one),
        _comparison("First answer of a new process on AWS Lambda", results, *answer, sdk="SDK"),
        _comparison("Verify and read a signed request", results, "unwrap", "thin event", sdk="SDK"),
        _worst("Read JSON text", results, ["from_json"], VALID),
        _worst("Write JSON text", results, ["to_json", "model_dump_json"], VALID),
        _worst("Refuse an invalid payload", results, ["from_dict", "from_json"], INVALID),
    ]


def _comparison(
    label: str, results: List[Result], group: str, work: str, sdk: str = "openai"
) -> Comparison:
    found = next(result for result in results if (result.group, result.work) == (group, work))
    return Comparison(label, found.median(OURS), found.median(sdk), found.unit)


def _worst(
    label: str, results: List[Result], groups: Collection[str], works: Collection[str]
) -> Comparison:
    """Return the comparison with the SDK's classes, at the payload where we lose most."""
    measured = [result for result in results if result.group in groups and result.work in works]
    worst = max(measured, key=lambda result: result.ratio("Pydantic"))
    return _comparison(f"{label} ({worst.work})", results, worst.group, worst.work, sdk="Pydantic")


def front(results: List[Result]) -> str:
    """Return the table of the README."""
    head = [f"on {_python()}; times are of the CPU", "this package", "OpenAI SDK"]
    return _table([head, *[[one.label, *one.said()] for one in comparisons(results)]])


def tables(results: List[Result]) -> str:
    """Return the tables of a run, one for each group, and what they depend on."""
    groups = dict.fromkeys(result.group for result in results)
    found = [_group(name, [one for one in results if one.group == name]) for name in groups]
    return "\n\n".join([_facts(), *found])


def _facts() -> str:
    packages = [f"{name} {found}" for name in _PACKAGES if (found := _version(name))]
    info = Path("/proc/cpuinfo")
    named = re.search(r"model name\s*: (.+)", info.read_text()) if info.exists() else None
    processor = named[1] if named else platform.processor() or platform.machine()
    return (
        f"{dt.datetime.now(dt.timezone.utc).date()}, {', '.join([_python(), *packages])}; "
        f"{processor}, {os.cpu_count()} cores, {platform.system()}."
    )


def _python() -> str:
    return f"{platform.python_implementation()} {platform.python_version()}"


def _version(package: str) -> Optional[str]:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def bars(results: List[Result]) -> str:
    """Return the ratios that have a bar, as Markdown."""
    rows = [["ours / peer", "bar", "now"]]
    for bar in BARS:
        ratio, measured = bar.figure(results), bar.measured(results)
        if ratio:
            cell = _with_quartiles(bar.format(figure) for figure in ratio)
        else:
            cell = measured[0].missing[bar.peer] if measured else "not measured"
        rows.append([bar.label, bar.format(bar.bar), cell])
    return _table(rows)


def _group(group: str, results: List[Result]) -> str:
    contenders = dict.fromkeys(name for one in results for name in (*one.samples, *one.missing))
    rows = [[one.work, *[_cell(one, name) for name in contenders]] for one in results]
    return _table([[group, *contenders], *rows])


def _cell(result: Result, contender: str) -> str:
    if contender not in result.samples:
        return result.missing.get(contender, "")
    if contender == OURS:
        figure = result.median(OURS)
        size, name = _scale(figure, result.unit)
        return f"{figure / size:.{_digits(figure / size)}f} {name}"
    ratio = result.ratio(contender)
    return _with_quartiles(f"{figure:.{_digits(ratio.median)}f}" for figure in ratio)


def _with_quartiles(figures: Iterable[str]) -> str:
    median, low, high = figures
    return f"{median} ({low} to {high})"


def _scale(figure: float, unit: str) -> Tuple[float, str]:
    """Return the size and the name of the largest unit that a figure has one of."""
    *larger, smallest = _SCALES[unit]
    return next((scale for scale in larger if figure >= scale[0]), smallest)


def _digits(figure: float) -> int:
    """Return how many decimals are worth printing."""
    return 3 if figure < 0.1 else 2 if figure < 10 else 1 if figure < 100 else 0


def _table(rows: List[List[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows)]
    cells = [[cell.ljust(width) for cell, width in zip(row, widths)] for row in rows]
    cells.insert(1, ["-" * width for width in widths])
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)
