# ruff: noqa: UP006, UP035 - for Python 3.8
"""What a copy of this package consists of, and what of it was changed."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from hashlib import sha256
from importlib import import_module
from typing import Any, Dict

from .. import __version__
from ._arguments import PACKAGE
from ._failures import Mistake, trying_to

__all__ = [
    "MANIFEST",
    "NEEDS",
    "PARTS",
    "Files",
    "Manifest",
    "copied",
    "differences",
    "folder_of_this",
    "is_newer",
    "is_same_build",
    "manifest_in",
    "read_folder",
]

# Contents by paths, relative to the folder of the copy.
Files = Dict[str, bytes]
# What a copy says of itself.
Manifest = Dict[str, Any]

# What says which copy a folder is.
MANIFEST = "VENDORED.json"

# What may be left out: the files and folders of each part, and the parts that it needs.
PARTS: dict[str, tuple[str, ...]] = {
    "cli": ("cli/",),
    "endpoints": ("endpoints.py",),
    "params": ("params.py",),
    "schema": ("schema.py", "_model/json_schema.py"),
    "signature": ("signature.py",),
    "testing": ("testing.py",),
}
NEEDS: dict[str, tuple[str, ...]] = {
    "cli": ("schema", "signature", "testing"),
    "testing": ("signature",),
}

_IDENTITY = {"name": "openai-webhook-types", "license": "MIT"}
# What a copy is made of. Anything else in the folder of the source is its owner's.
_IS_SOURCE = re.compile(r"(.*/)?\w+\.py|py\.typed|LICENSE")


def folder_of_this() -> str:
    """Return the folder of the package that runs, which may be in a zip."""
    return str(import_module(PACKAGE).__path__[0])


def copied(parts: Sequence[str]) -> Files:
    """Return the files of a copy of the package that runs, without some parts.

    Raises:
        Mistake: It has no sources, no licence or not all other parts; it was changed since it was
            vendored itself; or a part that is kept needs one that is not.
        Refused: It cannot be read.
    """
    files = _without(_own(_source()), parts)
    manifest = {
        **_IDENTITY,
        "version": __version__,
        "purl": f"pkg:pypi/{_IDENTITY['name']}@{__version__}",
        "without": sorted({*parts}),
        "files": {path: _hash(content) for path, content in sorted(files.items())},
    }
    return {**files, MANIFEST: f"{json.dumps(manifest, indent=2)}\n".encode()}


def _source() -> Files:
    """Return the files of the package that runs: all that is in its folder."""
    folder = folder_of_this()
    archive = getattr(getattr(import_module(PACKAGE), "__loader__", None), "archive", None)
    with trying_to(f"read {folder}"):
        return read_folder(folder) if archive is None else _read_archive(archive, folder)


def read_folder(folder: str) -> Files:
    """Return the files in a folder, but for what Python compiled.

    Raises:
        OSError: They cannot be read, or there is no such folder.
    """
    files = {}
    for parent, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in names:
            path = os.path.join(parent, name)
            if not name.endswith(".pyc"):
                with open(path, "rb") as file:
                    files[os.path.relpath(path, folder).replace(os.sep, "/")] = file.read()
    return files


def _raise(error: OSError) -> None:
    raise error


def _read_archive(archive: str, folder: str) -> Files:
    from zipfile import ZipFile

    start = os.path.relpath(folder, archive).replace(os.sep, "/") + "/"
    with ZipFile(archive) as zipped:
        return {
            name[len(start) :]: zipped.read(name)
            for name in zipped.namelist()
            if name.startswith(start) and not name.endswith(("/", ".pyc"))
        }


def _own(files: Files) -> Files:
    """Return those of some files that are of the package, and as they should be."""
    folder = folder_of_this()
    for path in ("__init__.py", "LICENSE"):
        if path not in files:
            raise Mistake(f"{folder} has no {path}: it cannot be copied")
    manifest = manifest_in(files, folder)
    for what, path in differences(files, manifest) if manifest else ():
        raise Mistake(f"{folder} differs from what was vendored ({what}: {path})")
    return {path: content for path, content in files.items() if _IS_SOURCE.fullmatch(path)}


def _without(files: Files, parts: Sequence[str]) -> Files:
    kept = [part for part in PARTS if part not in parts]
    for part in parts:
        users = [user for user in kept if part in NEEDS.get(user, ())]
        if users:
            raise Mistake(f"{' and '.join(users)} cannot do without {part}: leave out both")
    for part in kept:
        if not any(path.startswith(PARTS[part]) for path in files):
            raise Mistake(f"{folder_of_this()} has no {part}: use --without {part}")
    left_out = tuple(prefix for part in parts for prefix in PARTS[part])
    return {path: content for path, content in files.items() if not path.startswith(left_out)}


def manifest_in(files: Files, folder: str) -> Manifest | None:
    """Return what a copy says of itself, or None if it says nothing.

    Raises:
        Mistake: It says that it is something else.
    """
    if MANIFEST not in files:
        return None
    try:
        manifest: Manifest = json.loads(files[MANIFEST])
        if (
            manifest["name"] == _IDENTITY["name"]
            and type(manifest["version"]) is str
            and {*manifest["without"]} <= {*PARTS}
            and {*map(type, manifest["files"].values())} <= {str}
        ):
            return manifest
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass
    raise Mistake(f"{os.path.join(folder, MANIFEST)} is not that of a copy of this package")


def differences(files: Files, manifest: Manifest) -> list[tuple[str, str]]:
    """Return how files differ from those that a copy should have: each path, after one word.

    They may be "changed", "missing" or "extra".
    """
    expected = manifest["files"]
    found = {path: _hash(content) for path, content in files.items() if path != MANIFEST}
    return [
        *[("changed", p) for p in sorted(found) if expected.get(p, found[p]) != found[p]],
        *[("missing", p) for p in expected if p not in found],
        *[("extra", p) for p in sorted(found) if p not in expected],
    ]


def is_same_build(manifest: Manifest) -> bool:
    """Tell whether the package that runs has the same files as a copy of its version."""
    ours = {path: _hash(content) for path, content in _source().items()}
    return all(ours.get(path, found) == found for path, found in manifest["files"].items())


def _hash(content: bytes) -> str:
    # Git may have given a text other line endings.
    return sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def is_newer(version: str, other: str) -> bool:
    """Tell whether a version comes after another one."""
    one, two = ([int(number) for number in re.findall(r"\d+", v)[:3]] for v in (version, other))
    return one > two
