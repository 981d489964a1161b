"""The tables and the lines that present the figures, and the files that hold them."""

import json
from pathlib import Path
from typing import Collection, Dict, Iterable, List, NamedTuple, Tuple

from .bars import BARS
from .figures import REFERENCE, Row, Run
from .timing import OURS, Result
from .works import INVALID, VALID

_SCALES = {
    "s": [(1, "s"), (1e-3, "ms"), (1e-6, "µs")],
    "B": [(1024 * 1024, "MiB"), (1024, "KiB"), (1, "bytes")],
}
_FOLDER = "tests/benchmarks"
_ANSWER = "AWS Lambda, time", "first answer"
_COMPILED_ANSWER = "AWS Lambda, time", "first answer, as .pyc"


def sections(runs: Dict[str, Run]) -> List[Tuple[str, str, str]]:
    """Return what the figures fill: a file, the name of the section there, and its text."""
    tables = "\n\n".join(f"### {name}\n\n{run_tables(run)}" for name, run in runs.items())
    return [
        ("README.md", "performance", front(runs[REFERENCE])),
        ("tests/environments/README.md", "first answer", first_answer(runs[REFERENCE])),
        (f"{_FOLDER}/README.md", "bars", bars(runs)),
        (f"{_FOLDER}/README.md", "tables", tables),
    ]


def fill(root: Path, runs: Dict[str, Run]) -> None:
    """Write the sections into their files below a folder."""
    for name, section, text in sections(runs):
        path = root / name
        before, _, after = split(path.read_text(encoding="utf-8"), section)
        path.write_text(before + text + after, encoding="utf-8")


def split(document: str, section: str) -> Tuple[str, str, str]:
    """Return what is before a section's text, the text, and what is after it.

    Raises:
        ValueError: The document lacks one of the two markers.
    """
    before, start, rest = document.partition(f"<!-- {section} -->\n")
    text, end, after = rest.partition(f"\n<!-- /{section} -->")
    if not (start and end):
        raise ValueError(f"there is no section <!-- {section} --> … <!-- /{section} -->")
    return before + start, text, end + after


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


def comparisons(run: Run) -> List[Comparison]:
    """Return what the chart and the README show; the last three are the worst for this package."""
    start, memory = [
        run.row(f"process, {quantity}", "one thin type") for quantity in ("time", "peak memory")
    ]
    return [
        _comparison("Start Python and import one event type", start, "openai"),
        _comparison("Peak memory of that process", memory, "openai"),
        _comparison("Verify and read a signed request", run.row("unwrap", "thin event"), "SDK"),
        _worst("Read JSON text", run, ["from_json"], VALID),
        _worst("Write JSON text", run, ["to_json", "model_dump_json"], VALID),
        _worst("Refuse an invalid payload", run, ["from_dict", "from_json"], INVALID),
    ]


def _comparison(label: str, row: Row, sdk: str) -> Comparison:
    return Comparison(label, row.medians[OURS], row.medians[sdk], row.unit)


def _worst(label: str, run: Run, groups: Collection[str], works: Collection[str]) -> Comparison:
    """Return the comparison with the SDK's classes, at the payload where we lose most."""
    rows = [row for row in run.rows if row.group in groups and row.work in works]
    row = max(rows, key=lambda row: row.ratios["Pydantic"])
    return _comparison(f"{label} ({row.work})", row, "Pydantic")


def front(run: Run) -> str:
    """Return the chart, the table and the lines of the README."""
    start, memory, *others = comparisons(run)
    rows = [[one.label, *one.said()] for one in (start, *others)]
    table = _table([[f"CPU time on {run.python}", "this package", "OpenAI SDK"], *rows])
    peak, sdk_peak = memory.said()
    answer, sdk_answer = _comparison("", run.row(*_ANSWER), "SDK").said()
    compiled, _ = _comparison("", run.row(*_COMPILED_ANSWER), "SDK").said()
    return f"""\
![This package and the OpenAI SDK: start, memory, verifying, writing]({_FOLDER}/chart.svg)

{table}

The last three rows are our worst results, over all payloads that we measure. There the SDK's
classes are faster: Pydantic's core is compiled Rust, and this package is pure Python.

A process that imports one event type uses at most {peak} of memory, and {sdk_peak} with the SDK.
With AWS Lambda's runtime client, a cold start takes {answer} of CPU time until the first answer,
{compiled} if you ship `.pyc` files, and {sdk_answer} with the SDK.

[Benchmarks]({_FOLDER}/README.md) has the method, all tables, and other versions of Python."""


def first_answer(run: Run) -> str:
    """Return what a cold start costs on AWS Lambda, and what bytecode saves of it."""
    source, compiled = run.row(*_ANSWER), run.row(*_COMPILED_ANSWER)
    source_ratio, compiled_ratio = [
        decimals(row.ratios["floor"].median) for row in (source, compiled)
    ]
    sdk_ratio = decimals(source.medians["SDK"] / source.medians["floor"])
    return f"""\
With AWS Lambda's runtime client, a handler that uses this package takes {source_ratio} times as
much CPU time until its first answer as an empty handler, or {compiled_ratio} times if you ship
`.pyc` files. A handler that uses the SDK takes {sdk_ratio} times as much."""


def facts(run: Run) -> str:
    """Return what the figures of a run depend on, in a sentence."""
    packages = ", ".join(" ".join(item) for item in run.packages.items())
    return f"{run.date}, {run.python}, {packages}; {run.machine}."


def run_tables(run: Run) -> str:
    """Return the tables of one run, one for each group, as Markdown."""
    groups = dict.fromkeys(row.group for row in run.rows)
    tables = [_group(name, [row for row in run.rows if row.group == name]) for name in groups]
    return "\n\n".join([facts(run), *tables])


def bars(runs: Dict[str, Run]) -> str:
    """Return the ratios that have a bar, with a column for each run, as Markdown."""
    table = [["ours / peer", "bar", *runs]]
    for bar in BARS:
        cells = []
        for run in runs.values():
            ratio, measured = bar.figure(run.rows), bar.rows(run.rows)
            if ratio:
                cells.append(_with_quartiles(bar.format(figure) for figure in ratio))
            else:
                cells.append(measured[0].missing[bar.peer] if measured else "not measured")
        table.append([bar.label, bar.format(bar.bar), *cells])
    return _table(table)


def _group(group: str, rows: List[Row]) -> str:
    contenders = dict.fromkeys(name for row in rows for name in (*row.medians, *row.missing))
    table = [[group, *contenders]]
    table += [[row.work, *[_cell(row, name) for name in contenders]] for row in rows]
    return _table(table)


def _cell(row: Row, contender: str) -> str:
    if contender not in row.medians:
        return row.missing.get(contender, "")
    if row.unit == "slope":
        return decimals(row.medians[contender])
    if contender == OURS:
        return _quantity(row.medians[OURS], row.unit)
    ratio = row.ratios[contender]
    digits = _digits(ratio.median)
    return _with_quartiles(f"{figure:.{digits}f}" for figure in ratio)


def _with_quartiles(figures: Iterable[str]) -> str:
    median, low, high = figures
    return f"{median} ({low} to {high})"


def _quantity(figure: float, unit: str) -> str:
    size, name = _scale(figure, unit)
    return f"{decimals(figure / size)} {name}"


def _scale(figure: float, unit: str) -> Tuple[float, str]:
    """Return the size and the name of the largest unit that a figure has one of."""
    *larger, smallest = _SCALES[unit]
    return next((scale for scale in larger if figure >= scale[0]), smallest)


def decimals(figure: float) -> str:
    return f"{figure:.{_digits(figure)}f}"


def _digits(figure: float) -> int:
    """Return how many decimals are worth printing."""
    return 3 if figure < 0.1 else 2 if figure < 10 else 1 if figure < 100 else 0


def _table(rows: List[List[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows)]
    cells = [[cell.ljust(width) for cell, width in zip(row, widths)] for row in rows]
    cells.insert(1, ["-" * width for width in widths])
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def raw(run: Run, results: List[Result]) -> str:
    """Return the figures of every round, as JSON."""
    value = {**run._asdict(), "rows": None, "results": [vars(result) for result in results]}
    return json.dumps(value, indent=1)
