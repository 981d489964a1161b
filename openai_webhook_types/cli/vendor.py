"""The verb `vendor`.

An update puts one folder in the place of another. The new one is made whole beside the copy, as
`.NAME.vendor-new`. Then the old one becomes `.NAME.vendor-old`, the new one takes its place, and
the old one is removed. Whatever stops that, `_settle` can tell by the names what is left to do.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from itertools import accumulate
from typing import Any

from .. import __version__
from ._arguments import describe
from ._failures import DONE, NEGATIVE, Mistake, Refused, trying_to
from ._output import printable
from .vendor_copy import (
    MANIFEST,
    PARTS,
    copied,
    differences,
    folder_of_this,
    hashes_of,
    is_newer,
    read_copy,
)

__all__ = ["add", "run"]

# What an update does to a file, by how it differs from the new one.
_CHANGES = {"changed": "changes", "missing": "adds", "extra": "removes"}

_INTRODUCTION = """
These lines keep tools from rewriting the copy, from finding fault with it, and from leaving a part
of it out of a wheel. Add them to {}.
If a key is there already, add the value to those that it has.
"""
# For each tool: a table of pyproject.toml, and what belongs in it.
_SETTINGS = {
    "black": ("[tool.black]", 'force-exclude = "^/{pattern}/"  # after another one, and a |'),
    "coverage": ("[tool.coverage.run]", 'omit = ["{path}/*"]'),
    "isort": ("[tool.isort]", 'extend_skip_glob = ["{path}/*"]'),
    "mypy": (
        "[[tool.mypy.overrides]]",
        'module = ["{module}", "{module}.*"]\nignore_errors = true',
    ),
    "pyright": ("[tool.pyright]", 'ignore = ["{path}"]'),
    "ruff": ("[tool.ruff]", 'extend-exclude = ["{path}"]'),
    "setuptools": (
        "[tool.setuptools.package-data]",
        '"{module}" = ["*"]  # if your packages are listed, list those of the copy, too',
    ),
    "beartype": (
        "# Of beartype, in your code:",
        '# BeartypeConf(claw_skip_package_names=("{module}",))',
    ),
}


def add(verb: argparse.ArgumentParser) -> None:
    """Add the arguments of the verb to its parser."""
    describe(
        verb,
        "Copy this package into a new folder of your project, completely or not at all. If\n"
        "the folder is such a copy already, update it, unless something else is in it, too.\n"
        "With --check, list what differs from the copy that was made, and exit with 1 if\n"
        "anything does. Folders named __pycache__ are not looked at, and go with an old copy.",
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
    verb.add_argument(
        "--force",
        action="store_true",
        help="update even a copy whose files were changed, or whose version is newer",
    )
    verb.add_argument(
        "--settings", action="store_true", help="show what to set for each tool that may see it"
    )


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    for part in parts:
        if part not in PARTS:
            raise argparse.ArgumentTypeError(f"must be some of {', '.join(PARTS)}, not {part!r}")
    return sorted({*parts})


def run(options: argparse.Namespace) -> int:
    """Check a copy, or make or update one."""
    this = folder_of_this()
    if options.check:
        if options.without is not None or options.dry_run or options.force or options.settings:
            raise Mistake("--check takes no other option")
        return _check(options.target or this, this)
    if options.target is None:
        raise Mistake("name the folder to copy this package into")
    target = _real(options.target)
    if os.path.join(target, "").startswith(os.path.join(this, "")):
        raise Mistake(f"{options.target} is in the package that is to be copied")
    with _alone(options, target):
        return _write(options, target)


def _write(options: argparse.Namespace, target: str) -> int:
    left = _left_beside(target)
    if left:
        would = "would end" if options.dry_run else "ending"
        _say(f"{would} an update that was stopped, which left {left}")
        if options.dry_run:
            return DONE
        _settle(target)
    is_there = os.path.lexists(target)
    manifest, hashes, strangers = _read(options.target, target) if is_there else ({}, {}, [])
    if manifest and strangers:
        raise Mistake(
            f"{options.target} has {_some(strangers)}, which is not of the copy: move it out first"
        )
    if manifest:
        _update(options, target, manifest, hashes)
    elif hashes or strangers:
        what = f"an invalid {MANIFEST}" if hashes else _some(strangers)
        raise Mistake(
            f"{options.target} has {what}, so it is not a copy:"
            " name another folder, such as your_plugin/_vendor/openai_webhook_types"
        )
    else:
        _make(options, target)
    if options.settings or not (manifest or options.dry_run):
        _show_settings(options.target, target, is_all=options.settings)
    return DONE


@contextmanager
def _alone(options: argparse.Namespace, target: str) -> Generator[None, None, None]:
    """Make the folder that the target is in, and keep other runs away from it.

    Two runs at once, as `make -j` starts them, would take each other for one that was stopped.
    """
    if options.dry_run:
        yield
        return
    missing, parent = [], os.path.dirname(target)
    while not (os.path.lexists(parent) or parent in missing):
        missing.append(parent)
        parent = os.path.dirname(parent)
    try:
        with ExitStack() as stack:
            with trying_to(f"write {options.target}"):
                stack.enter_context(_locked(os.path.dirname(target)))
            yield
    finally:
        for folder in missing:
            with suppress(OSError):  # such as that the copy is in it
                os.rmdir(folder)


@contextmanager
def _locked(folder: str) -> Generator[None, None, None]:
    """Make a folder, and wait until no other run has it locked. Windows cannot lock a folder."""
    try:
        import fcntl
    except ImportError:
        os.makedirs(folder, exist_ok=True)
        yield
        return
    while True:
        os.makedirs(folder, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            with suppress(OSError):  # not every file system has locks
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            # Another run may have removed it meanwhile, because it failed.
            if os.path.exists(folder) and os.path.samestat(os.fstat(descriptor), os.stat(folder)):
                yield
                return
        finally:
            os.close(descriptor)


def _real(named: str) -> str:
    with trying_to(f"find {named}"):
        return os.path.realpath(named)


def _say(line: str) -> None:
    print(printable(line))


def _some(paths: list[str]) -> str:
    return paths[0] + (f" and {len(paths) - 1} more" if paths[1:] else "")


def _read(named: str, folder: str) -> tuple[dict[str, Any], dict[str, str], list[str]]:
    with trying_to(f"read {named}"):
        return read_copy(folder)


def _check(named: str, this: str) -> int:
    folder = _real(named)
    left = _left_beside(folder)
    if left:
        _say(f"an update was stopped, which left {left}: run `vendor` again")
        if not os.path.lexists(folder):
            return NEGATIVE
    manifest, hashes, strangers = _read(named, folder)
    if not manifest:
        raise Mistake(f"{named} has no valid {MANIFEST}: it is not a copy that `vendor` has made")
    version, without = manifest["version"], manifest["without"]
    expected, by = {**manifest["files"], MANIFEST: hashes[MANIFEST]}, f", by its {MANIFEST}"
    if version == __version__ and folder != this:
        try:
            expected, by = hashes_of(copied(without)), ""
        except Mistake as mistake:  # this program lacks a part, or was changed itself
            _say(f"it cannot be compared with this program: {mistake}")
    found = [*differences(hashes, expected), *[("extra", path) for path in strangers]]
    for what, path in found:
        _say(f"{what}: {path}")
    verdict = f"differs ({len(found)} in all) from" if found else "is unchanged:"
    _say(f"{named} {verdict} {_name(version, without)}{by}")
    if is_newer(__version__, version):
        _say(f"{__version__} is newer: to update, run `vendor` again")
    elif version != __version__:
        _say(f"this program is older: {__version__}")
    return NEGATIVE if found or left else DONE


def _make(options: argparse.Namespace, target: str) -> None:
    parts: list[str] = options.without or []
    files = copied(parts)
    size = round(sum(map(len, files.values())) / 1000)
    verb = "would write" if options.dry_run else "wrote"
    with _replacing(options, target, files):
        name = _name(__version__, parts)
        _say(f"{verb} {options.target}: {name}, {len(files)} files, {size} kB")


def _update(
    options: argparse.Namespace, target: str, old: dict[str, Any], hashes: dict[str, str]
) -> None:
    version, parts = old["version"], old["without"]
    changed = differences(hashes, {**old["files"], MANIFEST: hashes[MANIFEST]})
    if changed and not options.force:
        what, path = changed[0]
        raise Mistake(
            f"{options.target} differs from what was vendored ({what}: {path}; {len(changed)} in"
            " all): see --check, or overwrite it with --force"
        )
    verb = "downgrade" if is_newer(version, __version__) else "update"
    if verb == "downgrade" and not options.force:
        raise Mistake(
            f"{options.target} has {version}, which is newer than this {__version__}: to go back,"
            " add --force"
        )
    parts = parts if options.without is None else options.without
    files = copied(parts)
    changes = differences(hashes, hashes_of(files))
    if not changes:
        _say(f"{options.target} is up to date: {_name(version, parts)}")
        return
    with _replacing(options, target, files):
        verb = f"would {verb}" if options.dry_run else f"{verb}d"
        _say(f"{verb} {options.target} from {version} to {_name(__version__, parts)}")
        for what, path in changes:
            _say(f"{_CHANGES[what]} {path}")


def _name(version: str, parts: list[str]) -> str:
    return f"openai-webhook-types {version}" + (f" without {', '.join(parts)}" if parts else "")


@contextmanager
def _replacing(
    options: argparse.Namespace, target: str, files: dict[str, bytes]
) -> Generator[None, None, None]:
    """Put a folder in the place of another, if there is one, and report before that is removed.

    Whatever is raised, one of the two is in its place afterwards, and the error names what is left
    beside it, if anything.
    """
    if options.dry_run:
        yield
        return
    new, old = _beside(target)
    try:
        try:
            with trying_to(f"write {options.target}"):
                for path, content in files.items():
                    place = os.path.join(new, *path.split("/"))
                    os.makedirs(os.path.dirname(place), exist_ok=True)
                    with open(place, "xb") as file:
                        file.write(content)
                if os.path.lexists(target):
                    shutil.copymode(target, new)
                    os.rename(target, old)
                os.rename(new, target)
            yield
        finally:
            _settle(target)
    except KeyboardInterrupt:  # which may have stopped the above
        _settle(target)
        raise


def _beside(target: str) -> list[str]:
    parent, name = os.path.split(target)
    return [os.path.join(parent, f".{name}.vendor-{which}") for which in ("new", "old")]


def _left_beside(target: str) -> str:
    return " and ".join(filter(os.path.lexists, _beside(target)))


def _settle(target: str) -> None:
    """Put the old folder back if none is in its place, and remove what is left beside it.

    Raises:
        Mistake: That may be all there is of the copy, or holds something else. The error says so.
        Refused: The system refuses it. The error names what is left.
    """
    new, old = _beside(target)
    try:
        if os.path.lexists(old) and not os.path.lexists(target):
            manifest, hashes, strangers = read_copy(old)
            if not manifest and (hashes or strangers):
                raise Mistake(f"{old} is not a copy: move it away")
            os.rename(old, target)
        if os.path.lexists(old):
            manifest, hashes, _ = read_copy(target)
            if not manifest or {*manifest["files"]} - {*hashes}:
                raise Mistake(f"{target} is not a whole copy, but {old} may be: move one of them")
        for folder in filter(os.path.lexists, (new, old)):
            strangers = read_copy(folder)[2]
            if strangers:
                raise Mistake(f"{folder} has {_some(strangers)}: move that out of it first")
            _remove(folder)
    except OSError as error:
        raise Refused(
            f"cannot end the update of {target}: {error.strerror}; it left {_left_beside(target)}:"
            " run `vendor` again"
        ) from error


def _remove(folder: str) -> None:
    """Remove a copy, its manifest last: by that, the next run knows what else is of the copy."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name == MANIFEST):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        else:
            os.remove(entry.path)
    os.rmdir(folder)


def _show_settings(named: str, target: str, *, is_all: bool) -> None:
    """Print what to set in a project for the tools that it has settings for, or for all."""
    root = _project_of(named, target)
    place, text = os.path.join(root, "pyproject.toml"), ""
    with suppress(OSError), open(place, encoding="utf-8", errors="replace") as file:
        text = file.read()
    tables = {re.sub(r"[\s\"']", "", name) for name in re.findall(r"(?m)^\s*\[+(.*?)\]", text)}
    tools = {name.split(".")[1] for name in tables if name.startswith("tool.")}
    tools |= {"beartype"} if "beartype" in text else set()
    backend = re.search(r"(?m)^\s*build-backend\s*=\s*[\"'](\w*)", text)
    tools |= {"setuptools"} if backend is None or backend[1] == "setuptools" else set()
    path = os.path.relpath(target, root).replace(os.sep, "/")
    module = re.sub("^src/", "", path).replace("/", ".")
    texts = {"path": path, "module": module, "pattern": re.escape(path)}
    quoted = {name: json.dumps(value, ensure_ascii=False)[1:-1] for name, value in texts.items()}
    lines = _INTRODUCTION.format(place).splitlines()
    for tool, (table, settings) in _SETTINGS.items():
        if is_all or not text or tool in tools:
            is_there = table[1:-1] in tables
            lines += ["", f"# In {table}, which is there already:" if is_there else table]
            lines += settings.format(**quoted).splitlines()
    for folder in accumulate(path.split("/")[:-1], "{}/{}".format):
        if folder != "src" and not os.path.lexists(os.path.join(root, folder, "__init__.py")):
            lines += ["", f"{folder} has no __init__.py: a wheel or a zip may lack the copy"]
    for line in lines:
        _say(line)


def _project_of(named: str, target: str) -> str:
    """Return the folder of the project that a copy is in, or what is taken for it."""
    folder = os.path.dirname(target)
    while folder != os.path.dirname(folder):
        if any(os.path.lexists(os.path.join(folder, name)) for name in ("pyproject.toml", ".git")):
            return folder
        folder = os.path.dirname(folder)
    # As it was named from the current folder, or as `your_plugin/_vendor/NAME`.
    named = os.path.normpath(named)
    is_below = not (os.path.isabs(named) or named.startswith(os.pardir))
    for _ in range(named.count(os.sep) + 1 if is_below else 3):
        target = os.path.dirname(target)
    return target
