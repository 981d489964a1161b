"""The figures that are kept: what a run of the benchmarks comes to, for each interpreter."""

import datetime as dt
import json
import os
import platform
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Dict, List, NamedTuple, Optional

from .timing import OURS, Result, Spread

FIGURES = Path(__file__).with_name("figures.json")
# The interpreter that the bars, the chart and the README are about.
REFERENCE = "CPython 3.11"

_PACKAGES = [
    "openai", "pydantic", "msgspec", "cattrs", "mashumaro", "dacite", "orjson",
    "standardwebhooks", "svix", "awslambdaric",
]  # fmt: skip


class Row(NamedTuple):
    """The figures of one work."""

    group: str
    work: str
    unit: str
    medians: Dict[str, float]
    """Of each contender, in the unit."""
    ratios: Dict[str, Spread]
    """Ours divided by each peer's, within each round."""
    missing: Dict[str, str]
    """Why a contender has no figures."""


class Run(NamedTuple):
    """The figures of one run, and what they depend on."""

    date: str
    python: str
    packages: Dict[str, str]
    machine: str
    rows: List[Row]

    def row(self, group: str, work: str) -> Row:
        """Return the row of one work."""
        return next(row for row in self.rows if (row.group, row.work) == (group, work))


def interpreter() -> str:
    """Return the interpreter's name, and its version without the last part."""
    return python().rpartition(".")[0]


def python() -> str:
    """Return the interpreter's name and version."""
    return f"{platform.python_implementation()} {platform.python_version()}"


def run(results: List[Result]) -> Run:
    """Return what the results come to, and what they depend on."""
    return Run(
        date=dt.datetime.now(dt.timezone.utc).date().isoformat(),
        python=python(),
        packages={name: found for name in _PACKAGES if (found := _version(name))},
        machine=f"{_processor()}, {os.cpu_count()} cores, {platform.system()}",
        rows=rows(results),
    )


def _version(package: str) -> Optional[str]:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    named = re.search(r"model name\s*: (.+)", info.read_text()) if info.exists() else None
    return named[1] if named else platform.processor() or platform.machine()


def rows(results: List[Result]) -> List[Row]:
    """Return what the results come to."""
    return [
        Row(
            result.group,
            result.work,
            result.unit,
            {name: _short(median(samples)) for name, samples in result.samples.items()},
            {
                peer: Spread(*map(_short, result.ratio(peer)))
                for peer in result.samples
                if peer != OURS
            },
            result.missing,
        )
        for result in results
    ]


def _short(figure: float) -> float:
    """Return a figure with four significant digits, which is more than a run can tell."""
    return float(f"{figure:.4g}")


def load(path: Path = FIGURES) -> Dict[str, Run]:
    """Return the runs in a file, by interpreter."""
    return {
        name: Run(**{**facts, "rows": [_row(values) for values in facts["rows"]]})
        for name, facts in json.loads(path.read_text(encoding="utf-8")).items()
    }


def _row(values: dict) -> Row:
    ratios = {peer: Spread(*figures) for peer, figures in values["ratios"].items()}
    return Row(**{**values, "ratios": ratios})


def ordered(runs: Dict[str, Run]) -> Dict[str, Run]:
    """Return the runs with the oldest interpreter first."""
    return dict(sorted(runs.items(), key=lambda item: list(map(int, re.findall(r"\d+", item[0])))))


def store(runs: Dict[str, Run], path: Path = FIGURES) -> None:
    """Write runs to a file, with one line for each row."""
    parts = []
    for name, one in runs.items():
        facts = json.dumps({**one._asdict(), "rows": []}, indent=1).rpartition("[]")[0]
        lines = ",\n".join(json.dumps(row._asdict(), ensure_ascii=False) for row in one.rows)
        parts.append(f"{json.dumps(name)}: {facts}[\n{lines}\n]}}")
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
