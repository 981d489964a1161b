"""Pythons: this one with its switches, those that are too old, and PyPy."""

import shutil
import stat
import sys

from .places import (
    PACKAGE,
    SMOKE,
    Missing,
    copy_core_tests,
    core_tests,
    interpreter,
    make_environment,
    place,
    run,
    smoke,
    vendor,
)

__all__ = ["cpython", "here", "old", "pypy"]

REFUSAL = "ImportError: openai_webhook_types needs Python 3.8 or newer"


def smoke_here(python, folder):
    """Run the smoke script with a Python's switches, and in environments that lack things."""
    package, script = vendor(folder / "read-only"), shutil.copy(SMOKE, folder)
    for part in (package, package / "events"):
        (part / "__pycache__").touch()  # no folder: even root cannot write into it
    writable = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
    parts = [package.parent, *package.parent.rglob("*")]
    modes = [part.stat().st_mode for part in parts]
    use = f"import sys; sys.path[:0] = {[str(package.parent), str(folder)]!r}\n"
    use += "sys.modules['pydantic'] = sys.modules['openai'] = None\n"
    use += "import smoke; smoke.main()"
    path = {"path": [package.parent]}
    try:
        for part, mode in zip(parts, modes):
            part.chmod(mode & ~writable)
        lines = [
            smoke(python, script, **path),
            smoke(python, "-OO", script, **path),
            smoke(python, *["-I", "-S", "-B", "-W", "error"], "-c", use),
            smoke(python, script, **path, env={"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"}),
            smoke(python, script, **path, env={"HOME": "", "USERPROFILE": ""}),
            smoke(python, "-c", use),
        ]
    finally:
        for part, mode in zip(parts, modes):
            part.chmod(mode)
    if len({*lines}) != 1:
        raise AssertionError(lines)
    return [lines[0]]


@place("here", needs="nothing", runs="core")
def here(folder):
    """This Python: -OO, -I -S -B -W error, C locale, no HOME, a read-only folder, no Pydantic."""
    return smoke_here(sys.executable, folder)


@place("cpython", needs="CPython 3.8 to 3.13, from pyenv or on the PATH", runs="gate")
def cpython(folder):
    """The same on each CPython from 3.8 to 3.13."""
    lines = []
    for minor in range(8, 14):
        lines += smoke_here(interpreter(f"3.{minor}"), folder / f"3.{minor}")
    return lines


@place("old", needs="CPython 3.6 and 3.7, from pyenv or on the PATH", runs="gate")
def old(folder):
    """Python 3.6 and 3.7: the first import of a vendored copy says what is needed."""
    vendor(folder / "plugin" / "_vendor", "hooks")
    lines = []
    for version in ("3.6", "3.7"):
        for code in ("import plugin._vendor.hooks", "from plugin._vendor.hooks import unwrap"):
            said = run(
                *(interpreter(version), "-c"),
                f"try:\n    {code}\nexcept ImportError as e:\n    print('ImportError:', e)",
                path=[folder],
            )
            if said != REFUSAL:
                raise AssertionError(said)
        lines.append(f"ok {version}: {said}")
    return lines


@place("pypy", needs="PyPy 3.8 or newer: apt-get install pypy3 pypy3-venv", runs="asked")
def pypy(folder):
    """PyPy: the smoke script, and the core tests."""
    python = shutil.which("pypy3")
    if not python:
        raise Missing("pypy3 is not on the PATH")
    shown = smoke(python, "-B", SMOKE, path=[PACKAGE.parent])
    programs = make_environment(folder / "venv", "pytest", "hypothesis", python=python)
    command = (programs / "python", "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider")
    return [shown, core_tests(*command, cwd=copy_core_tests(folder / "copy"))]
