"""Copies: several in one process, pip's `vendoring`, `pip install --target`."""

import sys

from .places import PACKAGE, SMOKE, build_wheel, copy_package, make_environment, place, run, smoke

__all__ = ["target", "two", "vendoring"]

TWO = """
import pickle
from one._vendor import hooks as one
from two._vendor import openai_webhook_types as two

payload = {"id": "e", "created_at": 1, "type": "batch.failed", "data": {"id": "b"}}
first, second = one.parse_event(payload), two.parse_event(payload)
for name in set(one.__all__) - {"EVENT_TYPES"}:
    assert getattr(one, name) is not getattr(two, name), name
assert isinstance(first, one.WebhookEvent) and not isinstance(first, two.WebhookEvent)
assert isinstance(second, two.WebhookEvent) and not isinstance(second, one.WebhookEvent)
assert first != second and first.to_dict() == second.to_dict()
assert type(pickle.loads(pickle.dumps(first))) is one.BatchFailedWebhookEvent
assert type(pickle.loads(pickle.dumps(second))) is two.BatchFailedWebhookEvent
try:
    two.parse_event(b"")
except one.ValidationError:
    raise AssertionError("an error of one copy is caught as that of the other")
except two.ValidationError:
    pass
try:  # an event of the other copy is another class
    two.WebhookEvent.from_dict(first)
except two.ValidationError:
    print("ok each copy has classes of its own")
"""


@place("copies", needs="nothing", runs="core")
def two(folder):
    """Two vendored copies in one process: the classes of each are its own."""
    copy_package(folder / "one" / "_vendor", "hooks")
    copy_package(folder / "two" / "_vendor")
    names = ("one._vendor.hooks", f"two._vendor.{PACKAGE.name}")
    lines = [smoke(sys.executable, SMOKE, name, path=[folder]) for name in names]
    return [*lines, smoke(sys.executable, "-c", TWO, path=[folder])]


@place("target", needs="pip", runs="gate")
def target(folder):
    """`pip install --target`, as for a Lambda layer."""
    install = (sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target")
    run(*install, folder / "layer", build_wheel(folder / "project"))
    return [smoke(sys.executable, "-S", SMOKE, path=[folder / "layer"])]


@place("vendoring", needs="vendoring, from PyPI", runs="gate")
def vendoring(folder):
    """pip's own tool for vendoring, with its rewriting of imports."""
    programs = make_environment(folder / "venv", "vendoring")
    wheel = build_wheel(folder / "project")
    vendor = folder / "plugin" / "_vendor"
    vendor.mkdir(parents=True)
    (vendor / "__init__.py").touch()
    (vendor / "vendor.txt").write_text(f"{wheel}\n", encoding="utf-8")
    (folder / "pyproject.toml").write_text(
        "[tool.vendoring]\n"
        'destination = "plugin/_vendor/"\nrequirements = "plugin/_vendor/vendor.txt"\n'
        'namespace = "plugin._vendor"\nprotected-files = ["__init__.py", "vendor.txt"]\n',
        encoding="utf-8",
    )
    run(programs / "vendoring", "sync", "-v", cwd=folder)
    for source in PACKAGE.rglob("*.py"):
        copied = vendor / source.relative_to(PACKAGE.parent)
        if copied.read_bytes() != source.read_bytes():
            raise AssertionError(f"the tool had to change {copied}")
    return [smoke(sys.executable, SMOKE, f"plugin._vendor.{PACKAGE.name}", path=[folder])]
