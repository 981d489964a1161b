"""Copies: several in one process, pip's `vendoring`, `pip install --target`."""

import sys
from pathlib import Path

from .places import PACKAGE, SMOKE, build_wheel, make_environment, place, run, smoke, vendor

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
    vendor(folder / "one" / "_vendor", "hooks")
    vendor(folder / "two" / "_vendor")
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
    destination = folder / "plugin" / "_vendor"
    destination.mkdir(parents=True)
    (destination / "__init__.py").touch()
    (destination / "vendor.txt").write_text(f"{wheel}\n", encoding="utf-8")
    (folder / "pyproject.toml").write_text(
        "[tool.vendoring]\n"
        'destination = "plugin/_vendor/"\nrequirements = "plugin/_vendor/vendor.txt"\n'
        'namespace = "plugin._vendor"\nprotected-files = ["__init__.py", "vendor.txt"]\n',
        encoding="utf-8",
    )
    run(programs / "vendoring", "sync", "-v", cwd=folder)
    copied = destination / PACKAGE.name
    ours = vendor(folder / "ours")
    for path in filter(Path.is_file, ours.rglob("*.*")):
        name = path.relative_to(ours)
        if name.name in {"VENDORED.json", "ruff.toml"}:
            continue
        # It takes the example in the docstring for an import, and gives it the namespace.
        made = (copied / name).read_bytes().replace(b"from plugin._vendor.", b"from ")
        if made != path.read_bytes():
            raise AssertionError(f"the tool makes something else of {name} than `vendor`")
    return [smoke(sys.executable, SMOKE, f"plugin._vendor.{PACKAGE.name}", path=[folder])]
