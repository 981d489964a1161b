"""What the package weighs, and what of it may be deleted."""

import compileall
import re
import shutil
import sys
from pathlib import Path

from .places import PACKAGE, README, SMOKE, copy_package, place, smoke

__all__ = ["PARTS", "sizes"]

# What each part is for, by the names of its files.
PARTS = {
    "cli": ("cli", "__main__.py"),
    "endpoints, params": ("endpoints.py", "params.py"),
    "schema": ("schema.py", "json_schema.py"),
    "signature": ("signature.py",),
    "testing": ("testing.py",),
}


def kilobytes(path):
    """Return the size of a file, or of the files in a folder, in kB."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return round(sum(file.stat().st_size for file in files) / 1000)


def are_close(found, documented):
    """Tell whether sizes differ by at most a twentieth."""
    return all(abs(one - other) * 20 <= one for one, other in zip(found, documented))


def compiled(folder, optimize):
    """Return a copy that is compiled, without its sources."""
    package = copy_package(folder)
    if not compileall.compile_dir(str(package), quiet=1, legacy=True, optimize=optimize):
        raise AssertionError("a file cannot be compiled")
    for source in package.rglob("*.py"):
        source.unlink()
    return package


@place("sizes", needs="nothing", runs="core")
def sizes(folder):
    """Copies without the parts that may be deleted, and compiled ones without sources."""
    copies = {"all of it": (copy_package(folder / "all"), ())}
    without = []
    for part, names in PARTS.items():
        without += names
        parts = part.split(", ")
        copies[f"without {part}"] = copy_package(folder / part, without=names), parts
    copies["without all of these"] = (
        copy_package(folder / "least", without=without),
        ", ".join(PARTS).split(", "),
    )
    copies["as .pyc"] = compiled(folder / "pyc", 0), ()
    copies["as .pyc without docstrings"] = compiled(folder / "OO", 2), ()
    rows = re.findall(r"^\| (.*?) \| (\d+) kB \| (\d+) kB \|$", README, re.MULTILINE)
    documented = {name: (int(size), int(zipped)) for name, size, zipped in rows}
    if [*documented] != [*copies]:
        raise AssertionError(f"the README has the sizes of {[*documented]}")
    lines = []
    for name, (package, parts) in copies.items():
        # Without site-packages, where what is deleted may be installed.
        python, path = (sys.executable, "-S", "-B"), [package.parent]
        shown = smoke(*python, SMOKE, PACKAGE.name, *parts, path=path)
        archive = shutil.make_archive(str(package.parent) + "-zip", "zip", package.parent)
        size, zipped = kilobytes(package), kilobytes(Path(archive))
        # What is compiled differs between versions of Python.
        if ".pyc" not in name and not are_close((size, zipped), documented[name]):
            raise AssertionError(f"{name}: {size} kB, {zipped} kB as a zip, not {documented[name]}")
        lines.append(f"ok {name}: {size} kB, {zipped} kB as a zip: {shown[3:]}")
    return lines
