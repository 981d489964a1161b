"""The package as it is loaded: late, from anywhere, under any name, by many threads at once."""

import ast
import json
import os
import pydoc
import re
import shutil
import subprocess
import sys
import typing
import zipfile
from pathlib import Path

import pytest

import openai_webhook_types as owt

ROOT = Path(owt.__file__).parent
BODY = {"id": "e", "created_at": 1, "data": {"id": "j"}, "type": "fine_tuning.job.failed"}


def run(code, *, path=ROOT.parent, options=("-I", "-S", "-B")):
    """Run code in an interpreter that finds nothing but itself and what lies in `path`."""
    result = subprocess.run(
        [sys.executable, *options, "-c", f"import sys; sys.path.insert(0, {str(path)!r})\n{code}"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


LOADED = "print(*sorted(n for n in sys.modules if n.startswith('openai_webhook_types')))"


def test_the_package_alone_loads_no_type():
    assert run("import openai_webhook_types as owt; owt.EVENT_TYPES; " + LOADED).split() == [
        "openai_webhook_types",
        "openai_webhook_types._registry",
    ]


@pytest.mark.parametrize("event_type", owt.EVENT_TYPES)
def test_a_type_loads_its_family_and_no_other(event_type):
    name = next(
        cls.__name__
        for cls in typing.get_args(owt.UnwrapWebhookEvent)
        if event_type in typing.get_args(typing.get_type_hints(cls)["type"])
    )
    loaded = run(f"from openai_webhook_types import {name}; " + LOADED).split()
    families = {
        module.split(".")[-1]
        for module in loaded
        if module.startswith("openai_webhook_types.events.")
    }
    assert families - {"_base", "_sip"} == {event_type.rpartition(".")[0].replace(".", "_")}


def test_parse_event_loads_the_family_of_the_payload():
    code = f"from openai_webhook_types import parse_event; parse_event({BODY!r}); " + LOADED
    assert "openai_webhook_types.events.batch" not in run(code)


def test_every_public_name_is_there_and_listed():
    assert {*owt.__all__, "__version__"} == set(dir(owt))
    for name in owt.__all__:
        assert getattr(owt, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        _ = owt.Nothing
    namespace = {}
    exec("from openai_webhook_types import *", namespace)
    assert set(owt.__all__) <= set(namespace)


def test_the_version_is_the_project_s():
    text = (ROOT.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert f'\nversion = "{owt.__version__}"\n' in text


def test_the_registry_agrees_with_the_classes():
    classes = typing.get_args(owt.UnwrapWebhookEvent)
    literals = [typing.get_args(typing.get_type_hints(cls)["type"]) for cls in classes]
    assert [(event_type,) for event_type in owt.EVENT_TYPES] == literals
    assert len(set(owt.EVENT_TYPES)) == len(owt.EVENT_TYPES) == len(set(classes))
    for cls in classes:
        assert cls.__module__.startswith("openai_webhook_types.events.")


def test_many_threads_may_be_the_first_to_use_it():
    code = f"""
import threading, time
sys.setswitchinterval(1e-6)
import openai_webhook_types as owt
start, found = threading.Barrier(16), []
def first(index):
    start.wait()
    name = owt.__all__[index % len(owt.__all__)]
    getattr(owt, name)
    kind = type(owt.parse_event({BODY!r})).__name__
    found.append((kind, owt.UnwrapWebhookEvent is owt.UnwrapWebhookEvent))
threads = [threading.Thread(target=first, args=(index,)) for index in range(16)]
[thread.start() for thread in threads]; [thread.join() for thread in threads]
print(len(found), set(found))
"""
    for _ in range(5):
        assert run(code) == "16 {('FineTuningJobFailedWebhookEvent', True)}\n"


USE = f"""
event = parse_event({json.dumps(BODY)!r})
import copy, pickle
assert pickle.loads(pickle.dumps(event)) == event
print(event.data.id, type(event).__module__)
"""


def test_it_can_be_vendored_under_another_name(tmp_path):
    shutil.copytree(ROOT, tmp_path / "plugin" / "_vendor" / "hooks")
    (tmp_path / "plugin" / "__init__.py").touch()
    out = run("from plugin._vendor.hooks import parse_event" + USE, path=tmp_path)
    assert out == "j plugin._vendor.hooks.events.fine_tuning_job\n"


def test_it_runs_from_a_zip_file(tmp_path):
    archive = tmp_path / "app.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for file in ROOT.rglob("*.py"):
            zipped.write(file, file.relative_to(ROOT.parent))
    out = run("from openai_webhook_types import parse_event" + USE, path=archive)
    assert out == "j openai_webhook_types.events.fine_tuning_job\n"


def test_it_runs_without_docstrings():
    out = run(
        "from openai_webhook_types import parse_event" + USE, options=("-I", "-S", "-B", "-OO")
    )
    assert out.startswith("j ")


@pytest.mark.parametrize("file", sorted(ROOT.rglob("*.py")), ids=lambda file: file.name)
def test_it_imports_the_standard_library_and_itself_relatively(file):
    imported = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            imported.add(node.module.split(".")[0])
    # typing_extensions is for type checkers alone, which bring it along.
    assert imported - {"typing_extensions", "__future__"} <= STANDARD_LIBRARY
    text = file.read_text(encoding="utf-8")
    assert all(
        line.startswith("    ")
        for line in text.splitlines()
        if re.match(r"\s*from typing_extensions", line)
    )


# The envelope is documented once.
DOCUMENTED = owt.WebhookEvent.__doc__
STANDARD_LIBRARY = {
    "argparse", "binascii", "collections", "copy", "dataclasses", "difflib", "enum",
    "functools", "hmac", "importlib", "inspect", "io", "itertools", "json", "math", "operator",
    "os", "re", "sys", "time", "typing",
    "uuid",
}  # fmt: skip


@pytest.mark.parametrize("file", sorted(ROOT.rglob("*.py")), ids=lambda file: file.name)
def test_every_field_is_documented(file):
    undocumented = [
        f"{node.name}.{statement.target.id}"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        for statement, following in zip(node.body, [*node.body[1:], None])
        if isinstance(statement, ast.AnnAssign)
        and not statement.target.id.startswith("_")
        and not isinstance(getattr(following, "value", None), ast.Constant)
        and f"    {statement.target.id}: " not in DOCUMENTED
    ]
    assert undocumented == []


@pytest.mark.parametrize("cls", typing.get_args(owt.UnwrapWebhookEvent))
def test_help_says_when_an_event_is_sent_and_what_its_fields_mean(cls):
    text = " ".join(pydoc.render_doc(cls, renderer=pydoc.plaintext).replace("|", " ").split())
    assert " ".join(cls.__doc__.split()) in text
    assert "created_at: When the event occurred, in seconds since 1970-01-01 UTC." in text
    assert f" data: {cls.Data.__doc__.strip().splitlines()[0]} " in text


@pytest.mark.parametrize(
    "name", sorted({*owt.__all__} - {"AnyWebhookEvent", "EVENT_TYPES", "UnwrapWebhookEvent"})
)
def test_every_public_name_is_documented(name):
    assert getattr(owt, name).__doc__
