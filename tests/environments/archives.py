"""Archives that Python imports from: zip, zipapp, shiv, pex."""

import shutil
import sys
import zipapp

from .places import PACKAGE, SMOKE, build_wheel, make_environment, place, run, smoke, vendor

__all__ = ["in_zip", "pex", "shiv", "zip_app"]


@place("zip", needs="nothing", runs="core")
def in_zip(folder):
    """A zip file on the path, as it is and vendored under another name."""
    vendor(folder / "zipped")
    vendor(folder / "zipped" / "plugin" / "_vendor", "hooks")
    path = [shutil.make_archive(str(folder / "package"), "zip", folder / "zipped")]
    names = (PACKAGE.name, "plugin._vendor.hooks")
    return [smoke(sys.executable, SMOKE, name, path=path) for name in names]


@place("zipapp", needs="nothing", runs="core")
def zip_app(folder):
    """A program in one file, made by `zipapp`."""
    vendor(folder / "source")
    shutil.copy(SMOKE, folder / "source")
    zipapp.create_archive(folder / "source", folder / "app.pyz", main="smoke:main")
    return [smoke(sys.executable, folder / "app.pyz")]


def module_folder(folder):
    """Return a folder with the smoke script alone."""
    folder.mkdir()
    shutil.copy(SMOKE, folder)
    return folder


@place("shiv", needs="shiv, from PyPI", runs="gate")
def shiv(folder):
    """A program in one file, made by shiv from the project."""
    programs = make_environment(folder / "venv", "shiv")
    program, modules = folder / "app.pyz", module_folder(folder / "modules")
    options = ("-q", "--site-packages", modules, "-e", "smoke:main", "-o", program)
    run(programs / "shiv", *options, build_wheel(folder / "project"), cwd=folder)
    return [smoke(sys.executable, program, env={"SHIV_ROOT": str(folder / "extracted")})]


@place("pex", needs="pex, from PyPI", runs="gate")
def pex(folder):
    """A program in one file, made by pex from the project."""
    programs = make_environment(folder / "venv", "pex")
    program, modules = folder / "app.pex", module_folder(folder / "modules")
    root = {"PEX_ROOT": str(folder / "extracted")}
    options = ("-D", modules, "-m", "smoke", "-o", program)
    run(programs / "pex", *options, build_wheel(folder / "project"), cwd=folder, env=root)
    return [smoke(sys.executable, program, env=root)]
