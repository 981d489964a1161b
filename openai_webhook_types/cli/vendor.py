"""The verb `vendor`."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import tempfile
from contextlib import suppress

from .. import __version__
from ._arguments import describe
from ._failures import DONE, NEGATIVE, Mistake, trying_to
from ._output import printable
from .vendor_copy import (
    MANIFEST,
    PARTS,
    Files,
    Manifest,
    copied,
    differences,
    folder_of_this,
    is_newer,
    is_same_build,
    manifest_in,
    read_folder,
)

__all__ = ["add", "run"]

_TOOLS = """
To keep tools from rewriting or checking the copy, add this to pyproject.toml:

[tool.black]
extend-exclude = "{path}/"
[tool.coverage.run]
omit = ["{path}/*"]
[tool.isort]
extend_skip_glob = ["{path}/*"]
[[tool.mypy.overrides]]
module = ["{module}", "{module}.*"]
ignore_errors = true
[tool.pyright]
ignore = ["{path}"]
[tool.ruff]
extend-exclude = ["{path}"]

If the copy is linted or imported from a zip, each folder above it needs an __init__.py.
"""

# What an update does to a file, by how it differs from the new one.
_CHANGES = {"changed": "changes", "missing": "adds", "extra": "removes"}


def add(verb: argparse.ArgumentParser) -> None:
    """Add the arguments of the verb to its parser."""
    describe(
        verb,
        "Copy this package into a new folder of your project, completely or not at all. If\n"
        "the folder is such a copy already, update it. With --check, list the files of a copy\n"
        "that differ from what was vendored, and exit with 1 if any does.",
        "PROGRAM vendor your_plugin/_vendor/openai_webhook_types",
        "PROGRAM vendor your_plugin/_vendor/openai_webhook_types --without cli,schema,testing",
        "PROGRAM vendor your_plugin/_vendor/openai_webhook_types --check",
    )
    verb.add_argument(
        "target",
        metavar="TARGET",
        nargs="?",
        help="the folder of the copy (with --check, the default is that of this program)",
    )
    verb.add_argument(
        "--without",
        metavar="PART,...",
        type=_parts,
        help=f"leave out parts: {', '.join(PARTS)} (default: those that the copy lacks already)",
    )
    verb.add_argument("--check", action="store_true", help="only compare, and change nothing")
    verb.add_argument("--dry-run", action="store_true", help="only say what would be done")
    verb.add_argument("--force", action="store_true", help="update even a copy that was changed")


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    for part in parts:
        if part not in PARTS:
            raise argparse.ArgumentTypeError(f"must be some of {', '.join(PARTS)}, not {part!r}")
    return parts


def run(options: argparse.Namespace) -> int:
    """Check a copy, or make or update one."""
    this = folder_of_this()
    if options.check:
        if options.without is not None or options.dry_run or options.force:
            raise Mistake("--check takes no other option")
        return _check(options.target or this, this)
    if options.target is None:
        raise Mistake("name the folder to copy this package into")
    with trying_to(f"write {options.target}"):
        target = os.path.realpath(options.target)
    if os.path.join(target, "").startswith(os.path.join(os.path.realpath(this), "")):
        raise Mistake(f"{options.target} is in the package that is to be copied")
    if os.path.lexists(target):
        return _update(options, target)
    return _make(options, target)


def _check(folder: str, this: str) -> int:
    files, manifest = _copy_in(folder)
    found = differences(files, manifest)
    for what, path in found:
        print(printable(f"{what}: {path}"))
    version = manifest["version"]
    verdict = f"differs in {len(found)} of {len(files)} files from" if found else "is unchanged:"
    print(printable(f"{folder} {verdict} {_name(version, manifest['without'])}"))
    if is_newer(__version__, version):
        print(f"{__version__} is newer: to update, run `vendor` again")
    elif version == __version__ and not (folder == this or is_same_build(manifest)):
        print(f"this program is a different build of {version}")
    return NEGATIVE if found else DONE


def _copy_in(folder: str) -> tuple[Files, Manifest]:
    """Return the files of a copy, and its manifest."""
    with trying_to(f"read {folder}"):
        files = read_folder(folder)
    manifest = manifest_in(files, folder)
    if manifest is None:
        raise Mistake(
            f"{folder} has no {MANIFEST}: it is not a copy that `vendor` has made"
            " (to update a copy of 0.1.0, which has none either, delete it first)"
        )
    return files, manifest


def _make(options: argparse.Namespace, target: str) -> int:
    parts: list[str] = options.without or []
    files = copied(parts)
    if not options.dry_run:
        with trying_to(f"write {options.target}"):
            _replace(target, files)
    verb = "would write" if options.dry_run else "wrote"
    size = round(sum(map(len, files.values())) / 1000)
    name = _name(__version__, parts)
    print(printable(f"{verb} {options.target}: {name}, {len(files)} files, {size} kB"))
    if not options.dry_run:
        path = os.path.relpath(target).replace(os.sep, "/")
        if path.startswith(".."):  # the copy is in another project than the current folder
            path = "/".join(["path/to", *target.split(os.sep)[-2:]])
        module = re.sub(r"^src/", "", path).replace("/", ".")
        print(_TOOLS.format(path=printable(path), module=printable(module)), end="")
    return DONE


def _update(options: argparse.Namespace, target: str) -> int:
    before, old = _copy_in(target)
    changed = differences(before, old)
    if changed and not options.force:
        what, path = changed[0]
        raise Mistake(
            f"{options.target} differs from what was vendored ({what}: {path}; {len(changed)} in"
            " all): see --check, or overwrite it with --force"
        )
    files = copied(old["without"] if options.without is None else options.without)
    new = manifest_in(files, target) or {}
    changes = differences(before, new)
    name = _name(__version__, new["without"])
    if not changes and old == new:
        print(printable(f"{options.target} is up to date: {name}"))
        return DONE
    if not options.dry_run:
        with trying_to(f"write {options.target}"):
            _replace(target, files)
    verb = "would update" if options.dry_run else "updated"
    print(printable(f"{verb} {options.target} from {old['version']} to {name}"))
    for what, path in changes:
        print(printable(f"{_CHANGES[what]} {path}"))
    return DONE


def _name(version: str, parts: list[str]) -> str:
    return f"openai-webhook-types {version}" + (f" without {', '.join(parts)}" if parts else "")


def _replace(target: str, files: Files) -> None:
    """Write a folder, completely or not at all, and replace the old one if there is one.

    Raises:
        OSError: The folder cannot be written. The old one, if any, is back in its place.
        Refused: The old folder cannot be put back. The error says where it is.
    """
    parent, name = os.path.split(target)
    made: list[str] = []
    try:
        _make_folders(parent, made)
        beside = tempfile.mkdtemp(prefix=f".{name}-", dir=parent)
        new, old = os.path.join(beside, "new"), os.path.join(beside, "old")
        try:
            _write(new, files)
            if os.path.lexists(target):
                os.rename(target, old)
            try:
                os.rename(new, target)
            except BaseException:
                if os.path.lexists(old):
                    with trying_to(f"move {old} back to {target}"):
                        os.rename(old, target)
                raise
            shutil.rmtree(old, ignore_errors=True)
        finally:
            shutil.rmtree(new, ignore_errors=True)
            # This folder is not empty if the old one could not be put back.
            with suppress(OSError):
                os.rmdir(beside)
    except BaseException:
        for folder in reversed(made):
            with suppress(OSError):
                os.rmdir(folder)
        raise


def _make_folders(folder: str, made: list[str]) -> None:
    """Make a folder and its parents, and add those that did not exist to a list."""
    if not os.path.isdir(folder):
        _make_folders(os.path.dirname(folder), made)
        os.mkdir(folder)
        made.append(folder)


def _write(folder: str, files: Files) -> None:
    for path, content in files.items():
        place = os.path.join(folder, *path.split("/"))
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "xb") as file:
            file.write(content)
