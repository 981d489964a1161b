"""The tables and the lines that present the figures, and the files that hold them."""

import json
from pathlib import Path
from typing import Collection, Dict, Iterable, List, Tuple

from .bars import BARS
from .figures import REFERENCE, Row, Run
from .timing import OURS, Result
from .works import INVALID

_SCALES = {
    "s": [(1, "s"), (1e-3, "ms"), (1e-6, "µs")],
    "B": [(1024 * 1024, "MiB"), (1024, "KiB"), (1, "bytes")],
}
_FOLDER = "tests/benchmarks"


def sections(runs: Dict[str, Run]) -> List[Tuple[str, str, str]]:
    """Return what the figures fill: a file, the name of the section there, and its text."""
    tables = "\n\n".join(f"### {name}\n\n{run_tables(run)}" for name, run in runs.items())
    return [
        ("README.md", "performance", lines(runs[REFERENCE])),
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


def lines(run: Run) -> str:
    """Return the chart and the five lines of the README."""
    verified = run.row("unwrap", "thin event")
    return f"""\
![Cold start, memory, reading and verifying, beside other libraries]({_FOLDER}/chart.svg)

- Cold start takes, in CPU time, {_processes(run, "time", "it takes")}.
- Memory peaks at {_processes(run, "peak memory", "at")}.
- Reading takes, from the best payload to the worst, {_times(run, "from_dict", "from_json")}; an \
invalid payload takes {_range(run, "from_", INVALID)} times as long.
- Writing takes, from the best payload to the worst, \
{_times(run, "to_dict", "model_dump_json", "to_json")}.
- `unwrap` takes {_own(verified)}, the SDK's {_theirs(verified, "SDK")}. The figures are those of \
{run.python}; `{_FOLDER}/README.md` has the method, all tables and other versions."""


def first_answer(run: Run) -> str:
    """Return what a cold start costs on AWS Lambda, and what bytecode saves of it."""
    source, compiled = [
        run.row("AWS Lambda, time", work) for work in ("first answer", "first answer, as .pyc")
    ]
    source_ratio, compiled_ratio = [
        decimals(row.ratios["floor"].median) for row in (source, compiled)
    ]
    sdk_ratio = decimals(source.medians["SDK"] / source.medians["floor"])
    return f"""\
On AWS Lambda's runtime client, a handler takes {source_ratio} times as much CPU time to its
first answer as an empty handler, {compiled_ratio} times with `.pyc` files, and {sdk_ratio} times
on the SDK."""


def _processes(run: Run, quantity: str, verb: str) -> str:
    """Return a quantity of the processes that import something."""
    one, unwrap, everything = [
        run.row(f"process, {quantity}", work) for work in ("one thin type", "unwrap", "everything")
    ]
    return (
        f"{_own(one)} with one event type, {_own(unwrap)} with `unwrap`,"
        f" {_own(everything)} with everything; {verb} {_theirs(one, 'floor')} with the standard"
        f" library alone, {_theirs(one, 'pydantic')} with Pydantic, {_theirs(one, 'openai')} with"
        " the SDK"
    )


def _times(run: Run, *methods: str) -> str:
    """Return how many times as long as Pydantic some methods take."""
    first, *others = [f"{_range(run, name)} times" for name in methods]
    clauses = [f"{times} (`{name}`)" for times, name in zip(others, methods[1:])]
    return ", ".join([f"{first} as long as Pydantic (`{methods[0]}`)", *clauses])


def _own(row: Row) -> str:
    return _theirs(row, OURS)


def _theirs(row: Row, contender: str) -> str:
    return _quantity(row.medians[contender], row.unit)


def _range(run: Run, group: str, works: Collection[str] = ()) -> str:
    """Return the best and the worst ratio to Pydantic in the groups that start alike.

    Without `works`, all works count whose payload is valid.
    """
    ratios = [
        row.ratios["Pydantic"].median
        for row in run.rows
        if row.group.startswith(group)
        if (row.work in works if works else row.work not in INVALID)
    ]
    return f"{decimals(min(ratios))} to {decimals(max(ratios))}"


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
        return _own(row)
    ratio = row.ratios[contender]
    digits = _digits(ratio.median)
    return _with_quartiles(f"{figure:.{digits}f}" for figure in ratio)


def _with_quartiles(figures: Iterable[str]) -> str:
    median, low, high = figures
    return f"{median} ({low} to {high})"


def _quantity(figure: float, unit: str) -> str:
    *larger, smallest = _SCALES[unit]
    size, name = next((scale for scale in larger if figure >= scale[0]), smallest)
    return f"{decimals(figure / size)} {name}"


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
