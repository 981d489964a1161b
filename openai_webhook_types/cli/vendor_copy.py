"""What a copy of this package consists of, and what was changed in it."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Sequence
from hashlib import sha256
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
# The content of the file MANIFEST.
Manifest = Dict[str, Any]

# The file in which a copy describes itself.
MANIFEST = "VENDORED.json"

# The parts that may be left out: the files and folders of each, and the parts that each needs.
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

# Written into a copy as `ruff.toml`, because ruff takes the settings that are nearest to a file:
# the copy's own, whatever rules, line length and Python the project around it has.
_RUFF = """\
# The code of this copy supports Python 3.8, and resolves its annotations there.
line-length = 100
target-version = "py38"

[lint]
ignore = ["PYI019"]
pyupgrade.keep-runtime-typing = true
"""

_IDENTITY = {"name": "openai-webhook-types", "license": "MIT"}
# The files that are copied. Any other file in the folder of the source belongs to its owner.
_IS_SOURCE = re.compile(r"(.*/)?\w+\.py|py\.typed|LICENSE")


def folder_of_this() -> str:
    """Return the folder of the running package, which may be in a zip."""
    return sys.modules[PACKAGE].__path__[0]


def copied(parts: Sequence[str]) -> Files:
    """Return the files of a copy of the running package, without some parts.

    Raises:
        Mistake: The running package has no sources, no licence, or not all of the parts to keep;
            it was changed after it was vendored itself; or a part to keep needs one to leave out.
        Refused: The running package cannot be read.
    """
    files = {**_without(_own(_source()), parts), "ruff.toml": _RUFF.encode()}
    manifest = {
        **_IDENTITY,
        "version": __version__,
        "purl": f"pkg:pypi/{_IDENTITY['name']}@{__version__}",
        "without": sorted({*parts}),
        "files": {path: _hash(content) for path, content in sorted(files.items())},
    }
    return {**files, MANIFEST: f"{json.dumps(manifest, indent=2)}\n".encode()}


def _source() -> Files:
    """Return all files in the folder of the running package."""
    folder = folder_of_this()
    archive = getattr(getattr(sys.modules[PACKAGE], "__loader__", None), "archive", None)
    with trying_to(f"read {folder}"):
        return read_folder(folder) if archive is None else _read_archive(archive, folder)


def read_folder(folder: str) -> Files:
    """Return the files in a folder, except those that Python compiled.

    Raises:
        OSError: A file cannot be read, or the folder does not exist.
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
    """Return the files that belong to the package, after checking that they are unchanged."""
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
    """Return the manifest of a copy, or None if there is none.

    Raises:
        Mistake: The manifest is not that of a copy of this package.
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
    """Return how files differ from those that a copy should have: a word and a path for each.

    The word is "changed", "missing" or "extra".
    """
    expected = manifest["files"]
    found = {path: _hash(content) for path, content in files.items() if path != MANIFEST}
    return [
        *[("changed", p) for p in sorted(found) if expected.get(p, found[p]) != found[p]],
        *[("missing", p) for p in expected if p not in found],
        *[("extra", p) for p in sorted(found) if p not in expected],
    ]


def is_same_build(manifest: Manifest) -> bool:
    """Tell whether the running package has the same files as a copy of its version."""
    ours = {path: _hash(content) for path, content in _source().items()}
    return all(ours.get(path, found) == found for path, found in manifest["files"].items())


def _hash(content: bytes) -> str:
    # Git may have changed the line endings of a text.
    return sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def is_newer(version: str, other: str) -> bool:
    """Tell whether a version comes after another one."""
    one, two = ([int(number) for number in re.findall(r"\d+", v)[:3]] for v in (version, other))
    return one > two
