"""Type checkers, in their strict modes, on an application that uses this package."""

import json
import keyword
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import NamedTuple

import pytest

import openai_webhook_types as owt

_PACKAGE = Path(owt.__file__).parent
_PROJECT = Path(__file__).parent / "project"
# The handler of the README, with the functions that it leaves to its reader.
_README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
_HANDLER = re.search(r"(?s)```python\n([^`]*?def handle.*?)```", _README)[1]
_HELPERS = """\
from typing import Optional

def save_for_later(body: bytes) -> None: ...
def download_results(batch_id: str) -> None: ...
def accept_call(call_id: str, caller: Optional[str]) -> None: ...

"""
# Above a line: the rule that each checker must find broken in it.
_MISTAKE = re.compile(r" *# Wrong: mypy \[(?P<mypy>[a-z-]+)\], pyright (?P<pyright>\w+)")
# What pyright adds where a name means nothing to it: that its type is unknown.
_FOLLOWS = re.compile(r"reportUnknown\w+Type|reportUnusedImport")


class Finding(NamedTuple):
    """What a checker finds wrong."""

    file: str
    line: int
    rule: str
    message: str


def _mypy(project, target, python=None, *, strict=True):
    options = ["--strict"] if strict else []
    options += ["--python-executable", str(python)] if python else []
    lines = _output(
        [
            *("mypy", "--output", "json", "--config-file="),
            *("--cache-dir", os.devnull, "--python-version", target, *options, "."),
        ],
        project,
    ).splitlines()
    return [
        Finding(Path(found["file"]).name, found["line"], found["code"], found["message"])
        for found in map(json.loads, filter(None, lines))
        if found["severity"] == "error"
    ]


def _pyright(project, target, python=None, *, strict=True):
    mode = "strict" if strict else "standard"
    settings = {"typeCheckingMode": mode, "pythonVersion": target}
    if python is None:
        settings["extraPaths"] = [str(_PACKAGE.parent)]
    (project / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    options = ["--outputjson", "--pythonpath", str(python or sys.executable)]
    report = json.loads(_output(["pyright", *options], project))
    assert report["summary"]["filesAnalyzed"] == len(list(project.rglob("*.py")))
    return [
        Finding(
            Path(found["file"]).name,
            found["range"]["start"]["line"] + 1,
            found.get("rule"),
            found["message"],
        )
        for found in report["generalDiagnostics"]
    ]


def _output(arguments, project, first_on_path=None):
    """Return what a checker prints, whether it finds mistakes or none."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    run = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=project,
        env={
            **environment,
            "MYPYPATH": "" if "--python-executable" in arguments else str(_PACKAGE.parent),
            "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",
            "PATH": os.pathsep.join(filter(None, [first_on_path, os.environ["PATH"]])),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode in (0, 1), run.stdout
    return run.stdout


_CHECKERS = {"mypy": _mypy, "pyright": _pyright}


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The project, and the Python of an environment in which this package is installed."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "venv", symlinks=os.name != "nt")
    (site_packages,) = (folder / "venv").glob("[Ll]ib/**/site-packages")
    shutil.copytree(
        _PACKAGE, site_packages / _PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__")
    )
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    project = folder / "project"
    shutil.copytree(_PROJECT, project)
    (project / "readme.py").write_text(_HELPERS + _HANDLER, encoding="utf-8")
    names = "".join([f"print(owt.{name})\n" for name in [*owt.__all__, "__version__"]])
    (project / "names.py").write_text("import openai_webhook_types as owt\n\n" + names)
    return project, python


@pytest.fixture(scope="module")
def found(installed):
    """What each checker finds in the project, in its strict mode."""
    project, python = installed
    return {name: check(project, "3.13", python) for name, check in _CHECKERS.items()}


@pytest.mark.parametrize("checker", _CHECKERS)
def test_right_code_has_no_errors(found, checker):
    right = ("handlers.py", "idioms.py", "readme.py")
    assert [row for row in found[checker] if row.file in right] == []


def _mypy_of_unreachable_code(file, python):
    options = [*("--strict", "--warn-unreachable", "--config-file=", "--cache-dir", os.devnull)]
    return ["mypy", *options, "--python-executable", str(python), file]


_CHECKERS_OF_IDIOMS = {
    "mypy": _mypy_of_unreachable_code,
    # These find the settings of their strict mode beside the file.
    "pyright": lambda file, python: ["pyright", "--pythonpath", str(python), file],
    "basedpyright": lambda file, python: ["basedpyright", "--pythonpath", str(python), file],
    "ty": lambda file, python: ["ty", "check", "--python", str(python), file],
}
_CLEAN = re.compile(
    r"Success: no issues found in 1 source file|0 errors, 0 warnings, 0 \w+|All checks passed!"
)


@pytest.mark.parametrize("checker", _CHECKERS_OF_IDIOMS)
def test_the_idioms_of_handlers_have_no_errors(installed, checker, tmp_path):
    _, python = installed
    shutil.copy(_PROJECT / "idioms.py", tmp_path)
    settings = '{"typeCheckingMode": "strict", "pythonVersion": "3.13"}'
    (tmp_path / "pyrightconfig.json").write_text(settings, encoding="utf-8")
    said = _output(_CHECKERS_OF_IDIOMS[checker]("idioms.py", python), tmp_path)
    assert _CLEAN.search(said.splitlines()[-1]), said


@pytest.mark.parametrize("checker", _CHECKERS)
def test_every_public_name_is_known_and_one_is_deprecated(found, checker):
    lines = [f"owt.{name}" for name in owt.__all__]
    deprecated = 3 + lines.index("owt.LiveCallIncomingWebhookEvent")
    expected = [("names.py", deprecated, "reportDeprecated")] if checker == "pyright" else []
    assert [row[:3] for row in found[checker] if row.file == "names.py"] == expected


def test_each_deprecated_name_is_struck_out_with_its_successor(found):
    lines = (_PROJECT / "old_names.py").read_text(encoding="utf-8").splitlines()
    successors = {
        number: line.partition("  # ")[2] for number, line in enumerate(lines, 1) if "  # " in line
    }
    rows = [row for row in found["pyright"] if row.file == "old_names.py"]
    assert len(rows) == len(successors) == 5
    for row in rows:
        assert row.rule == "reportDeprecated"
        assert row.message.split()[-2:] == ["Call", successors[row.line]]
    # mypy tells only whoever asks: see --enable-error-code=deprecated.
    assert [row for row in found["mypy"] if row.file == "old_names.py"] == []


@pytest.mark.parametrize("checker", _CHECKERS)
def test_every_planted_mistake_is_found_and_nothing_else(found, checker):
    lines = (_PROJECT / "mistakes.py").read_text(encoding="utf-8").splitlines()
    expected = {
        (number, mistake[checker])
        for number, line in enumerate(lines, 2)
        if (mistake := _MISTAKE.fullmatch(line))
    }
    assert len(expected) == sum("# Wrong" in line for line in lines)
    assert {
        (row.line, row.rule)
        for row in found[checker]
        if row.file == "mistakes.py" and not _FOLLOWS.fullmatch(row.rule)
    } == expected


@pytest.mark.parametrize("checker", _CHECKERS)
def test_names_that_a_checker_accepts_exist(installed, checker):
    words = {
        word
        for file in _PACKAGE.rglob("*.py")
        for word in re.findall(r"\b[A-Za-z]\w*", file.read_text(encoding="utf-8"))
        if not keyword.iskeyword(word)
    }
    names = sorted(words - {"deprecated"})
    project, python = installed
    folder = project.parent / "every_name"
    folder.mkdir(exist_ok=True)
    text = "".join([f"from openai_webhook_types import {name} as _{name}\n" for name in names])
    (folder / "every_name.py").write_text(text, encoding="utf-8")
    modules = {path.stem for path in _PACKAGE.iterdir()}
    for strict in (False, True):
        found = _CHECKERS[checker](folder, "3.13", python, strict=strict)
        refused = {
            row.line
            for row in found
            if row.rule
            in ("attr-defined", "reportAttributeAccessIssue", "reportPrivateImportUsage")
        }
        accepted = {name for number, name in enumerate(names, 1) if number not in refused}
        assert [name for name in accepted - modules if not hasattr(owt, name)] == []
    assert accepted - modules == {*owt.__all__} & {*names}


def test_every_public_type_is_complete(installed):
    project, python = installed
    report = json.loads(
        _output(
            ["pyright", "--verifytypes", _PACKAGE.name, "--ignoreexternal", "--outputjson"],
            project,
            str(python.parent),
        )
    )
    completeness = report["typeCompleteness"]
    unknown = [
        s["name"] for s in completeness["symbols"] if not s["isTypeKnown"] and s["isExported"]
    ]
    assert unknown == []
    assert completeness["completenessScore"] == 1


@pytest.mark.parametrize("target", ["3.10", "3.13"])
@pytest.mark.parametrize("checker", _CHECKERS)
def test_a_vendored_copy_has_no_errors(checker, target, tmp_path):
    project = tmp_path / "project"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(_PACKAGE, project / "_vendor" / _PACKAGE.name, ignore=ignored)
    (project / "_vendor" / "__init__.py").touch()
    app = f"from _vendor.{_PACKAGE.name} import parse_event\n\nprint(parse_event(b'').id)\n"
    (project / "app.py").write_text(app, encoding="utf-8")
    venv.create(tmp_path / "bare", symlinks=os.name != "nt")
    python = tmp_path / "bare" / ("Scripts" if os.name == "nt" else "bin") / "python"
    assert _CHECKERS[checker](project, target, python, strict=False) == []


@pytest.mark.parametrize("checker", _CHECKERS)
def test_right_code_has_no_errors_beside_the_source(checker, tmp_path):
    shutil.copy(_PROJECT / "handlers.py", tmp_path)
    shutil.copy(_PROJECT.with_name("servers.py"), tmp_path)
    (tmp_path / "readme.py").write_text(_HELPERS + _HANDLER, encoding="utf-8")
    assert _CHECKERS[checker](tmp_path, "3.11") == []
