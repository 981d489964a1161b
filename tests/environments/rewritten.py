"""Copies whose annotations, imports and layout the tools of their new owner have rewritten."""

import sys

from .places import SMOKE, make_environment, place, run, smoke, vendor
from .vendored import packages_above

__all__ = ["cython", "rewritten"]

# Every rule that ruff can fix by itself, and those that change most.
_RUFF = ("ruff", "check", "--isolated", "--ignore-noqa", "--quiet", "--exit-zero", "--fix")
_RUFF += ("--target-version=py311",)
_FUTURE = "--config=lint.isort.required-imports=['from __future__ import annotations']"
TOOLS = {
    "ruff I002": (*_RUFF, "--select=I002", _FUTURE),
    "ruff UP": (*_RUFF, "--select=UP", "--unsafe-fixes"),
    "ruff ALL": (*_RUFF, "--select=ALL", "--unsafe-fixes", _FUTURE),
    "ruff format": ("ruff", "format", "--isolated", "--quiet"),
    "isort": ("isort", "-q", "-a", "from __future__ import annotations"),
    "pyupgrade": ("pyupgrade", "--py311-plus", "--exit-zero-even-if-changed"),
    "autoflake": (
        "autoflake",
        "-r",
        "-i",
        "--remove-all-unused-imports",
        "--remove-unused-variables",
    ),
    "black": ("black", "-q", "--target-version=py311"),
}
# These take files, not folders.
_FILES = {"pyupgrade"}


def vendored(folder):
    """Return a copy in a package each of whose folders has an `__init__.py`, as linters need."""
    package = vendor(folder / "plugin" / "_vendor", "hooks")
    packages_above(package, folder)
    return package


@place("rewritten", needs="ruff, isort, pyupgrade, autoflake and black, from PyPI", runs="gate")
def rewritten(folder):
    """A copy that each linter and formatter has rewritten for Python 3.11, and one for all."""
    programs = make_environment(folder / "venv", "ruff", "isort", "pyupgrade", "autoflake", "black")
    lines = []
    for name, tools in {**{name: [name] for name in TOOLS}, "all": [*TOOLS, *TOOLS]}.items():
        package = vendored(folder / name)
        before = texts(package)
        for tool in tools:
            program, *options = TOOLS[tool]
            targets = package.rglob("*.py") if tool in _FILES else [package]
            run(programs / program, *options, *targets)
        changed = sum(before[path] != text for path, text in texts(package).items())
        shown = smoke(sys.executable, SMOKE, "plugin._vendor.hooks", path=[folder / name])
        lines.append(f"ok {name} changed {changed} files: {shown[3:]}")
    return lines


def texts(package):
    return {path: path.read_text(encoding="utf-8") for path in package.rglob("*.py")}


@place("cython", needs="Cython 3 and setuptools, from PyPI, and a C compiler", runs="asked")
def cython(folder):
    """A copy that Cython has compiled, every module of it, without its sources."""
    programs = make_environment(folder / "venv", "cython>=3", "setuptools")
    package = vendored(folder / "compiled")
    sources = [path for path in package.rglob("*.py") if path.name != "__main__.py"]
    run(programs / "cythonize", "-q", "-i", "-3", "-j", "2", *sources, cwd=folder / "compiled")
    for source in sources:
        source.unlink()
    return [smoke(programs / "python", SMOKE, "plugin._vendor.hooks", path=[folder / "compiled"])]
