"""The package as a whole: it runs anywhere, under any name, and its files keep to a few rules."""

import ast
import json
import re
import shutil
import zipfile
from importlib import import_module

import pytest

import openai_webhook_types as owt
from tests.values import FAILED, MODULES, PACKAGE, for_checkers, imports_of, run

each_module = pytest.mark.parametrize(
    "path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix()
)

USE = f"""
event = parse_event({json.dumps(FAILED)!r})
import copy, pickle
assert pickle.loads(pickle.dumps(event)) == event
print(event.data.id, type(event).__module__)
"""


def test_it_can_be_vendored_under_another_name(tmp_path):
    shutil.copytree(PACKAGE, tmp_path / "plugin" / "_vendor" / "hooks")
    (tmp_path / "plugin" / "__init__.py").touch()
    out = run("from plugin._vendor.hooks import parse_event" + USE, path=tmp_path)
    assert out == "ftjob-1 plugin._vendor.hooks.events.fine_tuning_job\n"


def test_it_runs_from_a_zip_file(tmp_path):
    archive = tmp_path / "app.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for path in MODULES:
            zipped.write(path, path.relative_to(PACKAGE.parent))
    out = run("from openai_webhook_types import parse_event" + USE, path=archive)
    assert out == "ftjob-1 openai_webhook_types.events.fine_tuning_job\n"


def test_it_runs_without_docstrings_and_with_warnings_as_errors():
    code = "from openai_webhook_types import parse_event" + USE
    assert run(code, options=("-I", "-S", "-OO", "-W", "error")).startswith("ftjob-1 ")


def test_many_threads_may_be_the_first_to_use_it():
    code = f"""
import threading
sys.setswitchinterval(1e-6)
import openai_webhook_types as owt
start, found = threading.Barrier(16), []
def first(index):
    start.wait()
    name = owt.__all__[index % len(owt.__all__)]
    getattr(owt, name)
    kind = type(owt.parse_event({FAILED!r})).__name__
    found.append((kind, owt.UnwrapWebhookEvent is owt.UnwrapWebhookEvent))
threads = [threading.Thread(target=first, args=(index,)) for index in range(16)]
[thread.start() for thread in threads]; [thread.join() for thread in threads]
print(len(found), set(found))
"""
    for _ in range(3):
        assert run(code) == "16 {('FineTuningJobFailedWebhookEvent', True)}\n"


STANDARD_LIBRARY = {
    "annotationlib", "argparse", "binascii", "collections", "contextlib", "copy", "dataclasses",
    "datetime", "decimal", "difflib", "email", "enum", "fcntl", "functools", "gzip", "hashlib",
    "hmac", "http", "importlib", "inspect", "io", "itertools", "json", "math", "numbers",
    "operator", "os", "pkgutil", "queue", "re", "shlex", "shutil", "signal", "socket",
    "socketserver", "stat", "statistics", "sys", "threading", "time", "types", "typing",
    "urllib", "warnings", "zipfile", "zlib",
}  # fmt: skip


@each_module
def test_imports_are_relative_or_of_the_standard_library(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = {*ast.walk(tree)} - for_checkers(tree)
    absolute = {alias.name for node in nodes if isinstance(node, ast.Import)
                for alias in node.names}  # fmt: skip
    absolute |= {
        node.module for node in nodes if isinstance(node, ast.ImportFrom) and not node.level
    }
    names = {name.partition(".")[0] for name in absolute - {"__future__"}}
    assert names <= STANDARD_LIBRARY


# Where each file is in the house, from the ground up: imports run down.
FLOORS = [
    "_untrusted.py", "params.py", "_json_text.py", "errors.py", "_model", "endpoints.py", "events",
    "parsing.py", "schema.py", "signature.py", "testing.py", "__init__.py", "cli", "__main__.py",
]  # fmt: skip


def test_imports_run_down():
    assert {path.relative_to(PACKAGE).parts[0] for path in MODULES} == {*FLOORS}
    for path in MODULES:
        for imported in imports_of(path):
            if imported.name == "__init__.py" and imported.parent in path.parents:
                continue  # the package that a module is in, which its import names
            assert floor(imported) <= floor(path), f"{path.name} imports {imported.name}"


def test_the_files_of_the_model_import_none_below_them_in_the_map():
    from openai_webhook_types import _model

    order = re.findall(r"(?m)^(\w+) {2,}", _model.__doc__)
    assert {f"{name}.py" for name in order} == {
        path.name for path in MODULES if path.parent.name == "_model" and path.stem != "__init__"
    }
    for place, name in enumerate(order):
        for imported in imports_of(PACKAGE / "_model" / f"{name}.py"):
            if imported.parent.name == "_model" and imported.stem != "__init__":
                assert imported.stem in order[:place], f"{name} imports {imported.stem}"


def test_what_verbs_share_is_in_modules_with_an_underscore():
    folder = PACKAGE / "cli"
    names = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    users = {name: set() for name in names}
    for name in names:
        for imported in imports_of(folder / f"{name}.py"):
            if imported.parent == folder and imported.stem != "__init__":
                users[imported.stem].add(name)
    for name, found in users.items():
        verb, _, part = name.partition("_")
        if verb and part:
            assert found == {verb}, f"{name} is a part of {verb}"
        elif verb:
            assert found == set(), f"{name} is a verb: move what it shares to another module"
        else:
            verbs = {user.partition("_")[0] for user in found}
            assert verbs == {""} or len(verbs) > 1, f"only {found} uses {name}"


def floor(path):
    return FLOORS.index(path.relative_to(PACKAGE).parts[0])


@each_module
def test_modules_list_what_they_export(path):
    if path.name == "__main__.py":
        return  # which runs when it is imported
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    module = import_module(".".join(parts).replace(".__init__", ""))
    if path.parent.name in {"_model", "events"} and path.name == "__init__.py":
        assert not hasattr(module, "__all__")  # it has no names
        return
    assert len({*module.__all__}) == len(module.__all__)
    for name in module.__all__:
        assert hasattr(module, name)


@each_module
def test_every_field_is_documented(path):
    undocumented = [
        f"{node.name}.{statement.target.id}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        for statement, following in zip(node.body, [*node.body[1:], None])
        if isinstance(statement, ast.AnnAssign)
        and not statement.target.id.startswith("_")
        and not isinstance(getattr(following, "value", None), ast.Constant)
        and f"    {statement.target.id}: " not in ENVELOPE
    ]
    assert undocumented == []


# The fields of the envelope are documented once.
ENVELOPE = owt.WebhookEvent.__doc__
