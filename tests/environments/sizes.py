"""What the package weighs, and what of it may be left out."""

import compileall
import re
import shutil
import sys
from pathlib import Path

from openai_webhook_types.cli import vendor_copy

from .places import PACKAGE, README, SMOKE, place, smoke, vendor

__all__ = ["sizes"]

# What copies are made without, as the command line takes it.
WITHOUT = ["cli", "cli,schema", "cli,testing", "cli,signature,testing", "endpoints,params"]
WITHOUT += [",".join(vendor_copy.PARTS)]


def kilobytes(path):
    """Return the size of a file, or of the files in a folder, in kB."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return round(sum(file.stat().st_size for file in files) / 1000)


def are_close(found, documented):
    """Tell whether sizes differ by at most a twentieth."""
    return all(abs(one - other) * 20 <= one for one, other in zip(found, documented))


def compiled(folder, optimize):
    """Return a copy that is compiled, without its sources."""
    package = vendor(folder)
    if not compileall.compile_dir(str(package), quiet=1, legacy=True, optimize=optimize):
        raise AssertionError("a file cannot be compiled")
    for source in package.rglob("*.py"):
        source.unlink()
    return package


@place("sizes", needs="nothing", runs="core")
def sizes(folder):
    """Copies without the parts that may be left out, and compiled ones without sources."""
    copies = {"all of it": (vendor(folder / "all"), ())}
    for names in WITHOUT:
        parts = names.split(",")
        copies[f"`--without {names}`"] = vendor(folder / names, without=parts), parts
    copies["as .pyc"] = compiled(folder / "pyc", 0), ()
    copies["as .pyc without docstrings"] = compiled(folder / "OO", 2), ()
    rows = re.findall(r"^\| (.*?) \| (\d+) kB \| (\d+) kB \|$", README, re.MULTILINE)
    documented = {name: (int(size), int(zipped)) for name, size, zipped in rows}
    if [*documented] != [*copies]:
        raise AssertionError(f"the README has the sizes of {[*documented]}")
    lines = []
    for name, (package, parts) in copies.items():
        # Without site-packages, where what is left out may be installed.
        python, path = (sys.executable, "-S", "-B"), [package.parent]
        shown = smoke(*python, SMOKE, PACKAGE.name, *parts, path=path)
        archive = shutil.make_archive(str(package.parent) + "-zip", "zip", package.parent)
        size, zipped = kilobytes(package), kilobytes(Path(archive))
        # What is compiled differs between versions of Python.
        if ".pyc" not in name and not are_close((size, zipped), documented[name]):
            raise AssertionError(f"{name}: {size} kB, {zipped} kB as a zip, not {documented[name]}")
        lines.append(f"ok {name}: {size} kB, {zipped} kB as a zip: {shown[3:]}")
    return lines
