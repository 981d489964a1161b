"""What a copy of this package consists of, and what a folder that may be one has in it."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from pkgutil import get_data
from typing import Any

from .. import __version__
from ._arguments import PACKAGE
from ._failures import Mistake

__all__ = [
    "FILES",
    "MANIFEST",
    "NEEDS",
    "PARTS",
    "copied",
    "differences",
    "folder_of_this",
    "hashes_of",
    "is_newer",
    "read_copy",
]

# The file in which a copy describes itself.
MANIFEST = "VENDORED.json"

# What is copied: whatever else lies in the folder of the source belongs to its owner.
_MODULES = {
    "": "__init__ __main__ _json_text _untrusted endpoints errors params parsing schema signature"
    " testing",
    "_model/": "__init__ construct dump filter hints json_parser json_schema later model"
    " pydantic_hooks reader record rules subclass validation",
    "cli/": "__init__ _arguments _body _chunked _deadline _failures _input _output _payload"
    " _secret _terminal events listen listen_save parse sample schema send sign vendor"
    " vendor_copy verify verify_damage verify_headers",
    "events/": "__init__ _base _registry _sip _union agent_environment agent_session batch eval_run"
    " fine_tuning_job live_call live_transport realtime_call response safety safety_alert"
    " safety_identifier safety_org_alert unknown",
}
FILES = ["LICENSE", "py.typed"]
FILES += [f"{folder}{name}.py" for folder, names in _MODULES.items() for name in names.split()]

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
# the copy's own, and not what the project around it excludes, where a hook names the file.
_RUFF = """\
# Ruff leaves this copy alone, unless it is told to check a file of it. The code supports
# Python 3.8, and resolves its annotations there.
extend-exclude = ["*"]
cache-dir = "__pycache__/ruff"
line-length = 100
target-version = "py38"

[lint]
ignore = ["PYI019"]
pyupgrade.keep-runtime-typing = true
"""

_IDENTITY = {"name": "openai-webhook-types", "license": "MIT"}
# The biggest file of a copy has a tenth of this. No more is read of any file.
_LIMIT = 2**18
# What a manifest may say. Such a path is inside the copy by `posixpath` and by `ntpath`.
_PATH = re.compile(r"(\w{1,99}/){0,3}\w{1,99}(\.\w{1,9})?", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}")
_VERSION = re.compile(r"(\d{1,9})\.(\d{1,9})\.(\d{1,9})([-+.\w]{0,40})", re.ASCII)


def folder_of_this() -> str:
    """Return the folder of the running package, which may be in a zip."""
    return os.path.realpath(sys.modules[PACKAGE].__path__[0])


def copied(parts: Iterable[str]) -> dict[str, bytes]:
    """Return the files of a copy of the running package without some parts, its manifest first.

    Raises:
        Mistake: The running package has no sources, no licence, or not all of the parts to keep;
            it was changed after it was vendored itself; or a part to keep needs one to leave out.
    """
    for part in parts:
        users = [user for user in NEEDS if part in NEEDS[user] and user not in parts]
        if users:
            raise Mistake(f"{' and '.join(users)} cannot do without {part}: leave out both")
    left_out = _beginnings(parts)
    files = {path: _own(path) for path in FILES if not path.startswith(left_out)}
    hashes, manifest = hashes_of(files), _own(MANIFEST, b"")
    vendored = _valid(manifest).get("files", {}) if manifest else hashes
    for path in files:
        if vendored.get(path) != hashes[path]:
            raise Mistake(f"{folder_of_this()} differs from what was vendored (changed: {path})")
    files["ruff.toml"] = _RUFF.encode()
    described = {
        **_IDENTITY,
        "version": __version__,
        "purl": f"pkg:pypi/{_IDENTITY['name']}@{__version__}",
        "without": sorted({*parts}),
        "files": dict(sorted(hashes_of(files).items())),
    }
    return {MANIFEST: f"{json.dumps(described, indent=2)}\n".encode(), **files}


def _beginnings(parts: Iterable[str]) -> tuple[str, ...]:
    """Return what the paths of some parts begin with."""
    return tuple(beginning for part in parts for beginning in PARTS[part])


def _own(path: str, default: bytes | None = None) -> bytes:
    """Return a file of the running package, from wherever that was loaded."""
    try:
        content = get_data(PACKAGE, path)
    except OSError:
        content = default
    if content is None:
        part = next((part for part in PARTS if path.startswith(PARTS[part])), None)
        lacking = f"{part}: use --without {part}" if part else f"{path}: it cannot be copied"
        raise Mistake(f"{folder_of_this()} has no {lacking}")
    return content


def read_copy(folder: str) -> tuple[dict[str, Any], dict[str, str], list[str]]:
    """Return what is in a folder that may be a copy, but for the folders `__pycache__`.

    Returns:
        The manifest, which is empty if there is no valid one; the hashes of the files that it
        lists, and its own; and the rest, each with what it is. No link is followed, and nothing
        that is not listed is opened.

    Raises:
        Mistake: The folder is a link, or its manifest is one, is not a file, or is too big.
        OSError: The folder cannot be read.
    """
    zipped = _zipped() if folder == folder_of_this() else None
    manifest = _valid(_described(folder) if zipped is None else zipped.get(MANIFEST, b""))
    listed = {MANIFEST, *manifest.get("files", ())}
    hashes, strangers = {}, []
    for path, content in _walk(folder, listed) if zipped is None else zipped.items():
        if path in listed and type(content) is bytes:
            hashes[path] = _hash(content)
        else:
            strangers.append(f"{path} ({content if type(content) is str else 'a file'})")
    return manifest, hashes, sorted(strangers)


def _zipped() -> dict[str, bytes] | None:
    """Return the files of the running package, if it is in a zip."""
    archive = getattr(sys.modules[PACKAGE].__loader__, "archive", None)
    if archive is None:
        return None
    from zipfile import ZipFile

    start = os.path.relpath(folder_of_this(), os.path.realpath(archive)).replace(os.sep, "/") + "/"
    with ZipFile(archive) as members:
        return {
            name[len(start) :]: members.read(name)
            for name in members.namelist()
            if name.startswith(start) and not (name.endswith("/") or "/__pycache__/" in name)
        }


def _described(folder: str) -> bytes:
    """Return the text of the manifest in a folder, which is empty if there is none."""
    path = os.path.join(folder, MANIFEST)
    if os.path.islink(folder):
        raise Mistake(f"{folder} is a link")
    if not os.path.lexists(path):
        return b""
    status = os.lstat(path)
    if not stat.S_ISREG(status.st_mode) or status.st_size > _LIMIT:
        raise Mistake(f"{path} is not that of a copy, which is a file of a few kB")
    return _content(path)


def _content(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read(_LIMIT + 1)


def _walk(folder: str, listed: Collection[str], inside: str = "") -> Iterator[tuple[str, Any]]:
    """Find the paths in a folder: each with the content of a listed file, or with what it is."""
    with os.scandir(os.path.join(folder, inside)) as entries:
        for entry in entries:
            path = inside + entry.name
            if entry.is_symlink():
                yield path, "a link"
            elif entry.is_file():
                yield path, _content(entry.path) if path in listed else "a file"
            elif not entry.is_dir():
                yield path, "neither a file nor a folder"
            elif any(one.startswith(f"{path}/") for one in listed):
                yield from _walk(folder, listed, f"{path}/")
            elif entry.name != "__pycache__":
                yield path, "a folder"


def _valid(text: bytes) -> dict[str, Any]:
    """Return a manifest, which is empty if the text is not that of a copy of this package."""
    try:
        manifest: dict[str, Any] = json.loads(text)
        files, without = manifest["files"], manifest["without"]
        left_out = _beginnings(without)
        if (
            manifest["name"] == _IDENTITY["name"]
            and _VERSION.fullmatch(manifest["version"])
            and type(without) is list
            and not any(path.startswith(left_out) for path in files)
            and all(map(_PATH.fullmatch, files))
            and all(map(_HASH.fullmatch, files.values()))
            # On some systems, names that differ in case are the same.
            and len({MANIFEST.lower(), *map(str.lower, files)}) == len(files) + 1
        ):
            return manifest
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass
    return {}


def differences(found: dict[str, str], expected: dict[str, str]) -> list[tuple[str, str]]:
    """Return how files differ from those that a copy should have: a word and a path for each.

    The word is "changed", "missing" or "extra".
    """
    return [
        *[("changed", p) for p in sorted(found) if expected.get(p, found[p]) != found[p]],
        *[("missing", p) for p in sorted(expected) if p not in found],
        *[("extra", p) for p in sorted(found) if p not in expected],
    ]


def hashes_of(files: dict[str, bytes]) -> dict[str, str]:
    """Return the hash of each file, as a manifest has it."""
    return {path: _hash(content) for path, content in files.items()}


def _hash(content: bytes) -> str:
    # Git may have changed the line endings of a text.
    return sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def is_newer(version: str, other: str) -> bool:
    """Tell whether a version comes after another one; 1.0.0 comes after 1.0.0rc1."""
    return _order(version) > _order(other)


def _order(version: str) -> list[int]:
    ((*numbers, suffix),) = _VERSION.findall(version)
    return [*map(int, numbers), not suffix]
