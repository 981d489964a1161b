"""Copies of the application: their tests, and their types."""

from pathlib import Path

from tests.values import ROOT, environment, python

from .swaps import migrated

__all__ = ["APP", "SIDES", "check_types", "copy_app", "run_tests"]

APP = Path(__file__).with_name("sdk_app")
# What the application runs on, and what becomes of its source for that.
SIDES = {"sdk": str, "package": migrated}
# Of FastAPI, which asks the SDK's models for their schema before they have one.
_WARNING = "ignore:The 'alias' attribute with value 'event'"


def copy_app(folder, rewrite):
    """Write the application into a folder, with its source as `rewrite` returns it."""
    for path in sorted(APP.rglob("*.py")):
        target = folder / "app" / path.relative_to(APP)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(rewrite(path.read_text(encoding="utf-8")), encoding="utf-8")


def run_tests(folder):
    """Run the tests of a copy, each warning an error, and return the finished process."""
    options = ("-q", "-p", "no:cacheprovider", "-W", "error", "-W", _WARNING)
    return _run(folder, "pytest", *options, "app")


def check_types(folder):
    """Run mypy in its strict mode on a copy, and return the finished process."""
    # The same for both copies: most of the work is to read the SDK.
    cache = folder.parent / "mypy"
    return _run(folder, "mypy", "--strict", "--config-file=", "--cache-dir", str(cache), "app")


def _run(folder, *arguments):
    variables = environment(PYTHONPATH=str(ROOT), MYPYPATH=str(ROOT))
    return python("-m", *arguments, cwd=folder, env=variables, timeout=300)
