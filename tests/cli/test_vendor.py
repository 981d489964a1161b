"""The verb `vendor`: it makes whole copies or none, loses nothing, and says what is so."""

import errno
import json
import ntpath
import os
import posixpath
import re
import shutil
import stat
import subprocess
import sys
import warnings
from hashlib import sha256
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import openai_webhook_types as owt
from openai_webhook_types import cli
from openai_webhook_types.cli import vendor, vendor_copy
from tests.values import PACKAGE, ROOT, imports_of, run

NAME = f"openai-webhook-types {owt.__version__}"
TARGET = "plugin/_vendor/hooks"
MANIFEST = f"{TARGET}/VENDORED.json"
FILES = {
    path.relative_to(PACKAGE).as_posix()
    for path in PACKAGE.rglob("*")
    if path.is_file() and path.suffix != ".pyc"
}
# What a copy has besides.
MADE = {"VENDORED.json", "ruff.toml"}
NEW, OLD = (f"{Path(TARGET).parent}/.hooks.vendor-{which}" for which in ("new", "old"))


def files_in(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in Path(folder).rglob("*")
        if path.is_file()
    }


def left_over():
    """Return what lies beside the target, where nothing should be left."""
    parent = Path(TARGET).parent
    return sorted(path.name for path in parent.glob("*") if path.name != "hooks")


def refused(call, *arguments, status=2):
    """Return the one line that says why a call was refused."""
    found, out, err = call("vendor", *arguments)
    assert (found, out, err.count("\n")) == (status, "", 1)
    assert left_over() == []
    return err.partition(": error: ")[2].rstrip("\n")


def take(patch, files, version=owt.__version__):
    """Let the running package have other files, and another version."""

    def get_data(package, path):
        if path in files:
            return files[path]
        raise FileNotFoundError(path)

    patch.setattr(vendor_copy, "get_data", get_data)
    patch.setattr(vendor_copy, "FILES", [path for path in files if path not in MADE])
    for module in (vendor, vendor_copy):
        patch.setattr(module, "__version__", version)


def declare(**changes):
    """Change what a copy says of itself."""
    manifest = {**json.loads(Path(MANIFEST).read_text()), **changes}
    Path(MANIFEST).write_text(json.dumps(manifest))


@pytest.fixture
def copy(call):
    assert call("vendor", TARGET)[0] == 0
    return Path(TARGET)


class TestNewCopy:
    def test_it_has_every_file_and_says_what_it_is(self, call):
        status, out, err = call("vendor", TARGET)
        assert (status, err) == (0, "")
        files = files_in(TARGET)
        manifest = json.loads(files.pop("VENDORED.json"))
        assert files.keys() == FILES | {"ruff.toml"}
        assert {path: files[path] for path in FILES} == {
            path: (PACKAGE / path).read_bytes() for path in FILES
        }
        assert manifest == {
            "name": "openai-webhook-types",
            "license": "MIT",
            "version": owt.__version__,
            "purl": f"pkg:pypi/openai-webhook-types@{owt.__version__}",
            "without": [],
            "files": {
                path: sha256(content.replace(b"\r\n", b"\n")).hexdigest()
                for path, content in sorted(files.items())
            },
        }
        size = round(sum(map(len, files_in(TARGET).values())) / 1000)
        assert out.startswith(f"wrote {TARGET}: {NAME}, {len(files) + 1} files, {size} kB\n")
        assert left_over() == []

    def test_the_files_of_the_package_are_listed(self):
        lacking = FILES ^ {*vendor_copy.FILES}
        assert not lacking, f"cli/vendor_copy.py: change _MODULES by {lacking}"
        if (ROOT / ".git").exists():
            listed = subprocess.run(
                ["git", "ls-files", PACKAGE.name],
                cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8",
            )  # fmt: skip
            assert {f"{PACKAGE.name}/{path}" for path in FILES} == {*listed.stdout.split()}

    def test_the_licence_is_that_of_the_project(self):
        assert (PACKAGE / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()

    def test_parts_can_be_left_out(self, call):
        assert call("vendor", TARGET, "--without", "cli, schema,,testing")[0] == 0
        left = {"schema.py", "_model/json_schema.py", "testing.py"}
        left |= {path for path in FILES if path.startswith("cli/")}
        assert {*files_in(TARGET)} == FILES - left | MADE
        assert json.loads(Path(MANIFEST).read_bytes())["without"] == ["cli", "schema", "testing"]

    @pytest.mark.parametrize(
        ("parts", "said"),
        [
            ("signature", "cli and testing cannot do without signature: leave out both"),
            ("schema", "cli cannot do without schema: leave out both"),
            ("signature,cli", "testing cannot do without signature: leave out both"),
            ("events", "argument --without: must be some of cli, endpoints, params, schema, "),
        ],
    )
    def test_parts_that_others_need_cannot(self, call, parts, said):
        assert refused(call, TARGET, "--without", parts).startswith(said)
        assert not Path(TARGET).exists()

    def test_what_parts_need_is_what_they_import(self):
        parts = {
            path: part
            for part, prefixes in vendor_copy.PARTS.items()
            for path in FILES
            if path.startswith(prefixes) and path.endswith(".py")
        }
        needs = {part: set() for part in vendor_copy.PARTS}
        for path in filter(lambda name: name.endswith(".py"), FILES - {"__init__.py"}):
            for imported in imports_of(PACKAGE / path):
                needed = parts.get(imported.relative_to(PACKAGE).as_posix())
                if needed and needed != parts.get(path):
                    needs.setdefault(parts.get(path), set()).add(needed)
        needs.pop(None)  # the core imports them late: it only raises where they are missing
        assert {
            part: tuple(sorted(found)) for part, found in needs.items() if found
        } == vendor_copy.NEEDS

    def test_a_dry_run_writes_nothing(self, call):
        count = len(FILES | MADE)
        out = call("vendor", TARGET, "--dry-run")[1]
        assert re.fullmatch(rf"would write {TARGET}: {NAME}, {count} files, \d+ kB\n", out)
        assert not Path("plugin").exists()

    def test_there_must_be_a_target(self, call):
        assert refused(call) == "name the folder to copy this package into"

    @pytest.mark.parametrize("inside", ["", "_vendor", "events/x"])
    def test_it_is_not_written_into_the_package(self, call, inside):
        said = refused(call, PACKAGE / inside)
        assert said.endswith(" is in the package that is to be copied")

    def test_an_empty_folder_becomes_the_copy(self, call):
        (Path(TARGET) / "__pycache__").mkdir(parents=True)
        assert call("vendor", TARGET)[0] == 0
        assert files_in(TARGET).keys() == FILES | MADE
        assert left_over() == []

    def test_the_root_of_a_project_is_never_overwritten(self, call):
        for name in (".git/config", "app.py", "notes.txt"):
            Path(name).parent.mkdir(exist_ok=True)
            Path(name).write_text(name)
        for options in ((), ("--force",), ("--dry-run",)):
            assert refused(call, ".", *options) == (
                ". has .git (a folder) and 2 more, so it is not a copy:"
                " name another folder, such as your_plugin/_vendor/openai_webhook_types"
            )
        assert {*files_in(".")} == {".git/config", "app.py", "notes.txt"}

    def test_a_file_is_never_overwritten(self, call):
        Path("file").write_text("mine")
        for options in ((), ("--force",)):
            assert refused(call, "file", *options, status=3) == "cannot read file: Not a directory"
        assert Path("file").read_text() == "mine"


class TestSource:
    """Where the running package may be, and what is taken from there."""

    def test_without_a_licence_it_cannot_be_copied(self, call, monkeypatch):
        take(monkeypatch, {"__init__.py": b""})
        monkeypatch.setattr(vendor_copy, "FILES", ["__init__.py", "LICENSE"])
        assert refused(call, TARGET).endswith(" has no LICENSE: it cannot be copied")

    def test_what_lacks_a_part_cannot_give_it(self, call, monkeypatch):
        take(monkeypatch, {path: b"" for path in FILES if path != "params.py"})
        monkeypatch.setattr(vendor_copy, "FILES", sorted(FILES))
        assert refused(call, TARGET).endswith(" has no params: use --without params")
        assert call("vendor", TARGET, "--without", "params")[0] == 0

    def test_a_changed_copy_cannot_be_copied(self, call, copy, monkeypatch):
        files = files_in(copy)
        for name in ("errors.py", "VENDORED.json"):
            take(monkeypatch, {**files, name: b"changed"})
            assert " differs from what was vendored (changed: " in refused(call, "other")
        take(monkeypatch, files)
        assert call("vendor", "other")[0] == 0
        assert files_in("other") == files

    @pytest.fixture(params=["folder", "zip", "copy"])
    def source(self, request, call, copy, tmp_path):
        """Where the package is imported from, with files beside it that are not its own."""
        home = tmp_path / "home"
        shutil.copytree(copy if request.param == "copy" else PACKAGE, home / PACKAGE.name)
        for stray in ("scratch.py", ".ipynb_checkpoints/errors.py", "events/batch.py.orig"):
            path = home / PACKAGE.name / stray
            path.parent.mkdir(exist_ok=True)
            path.write_text("secret")
        if request.param == "zip":
            return shutil.make_archive(str(tmp_path / "app"), "zip", home)
        return home

    def test_only_the_files_of_the_package_are_taken(self, source, copy):
        code = "from openai_webhook_types.cli import main; sys.exit(main(['vendor', 'other']))"
        assert run(code, path=source).startswith("wrote other: ")
        assert files_in("other") == files_in(copy)

    def test_a_copy_in_a_zip_can_be_checked(self, call, copy, monkeypatch, tmp_path):
        (copy / "__pycache__").mkdir()
        (copy / "__pycache__" / "errors.pyc").touch()
        archive = shutil.make_archive(str(tmp_path / "app"), "zip", ".", "plugin")
        check = "from plugin._vendor.hooks.cli import main; print(main(['vendor', '--check']))"
        assert run(check, path=archive).endswith(f"is unchanged: {NAME}, by its VENDORED.json\n0\n")
        # In this process: as if this package were there.
        monkeypatch.setattr(owt, "__path__", [f"{archive}/{TARGET}"])
        monkeypatch.setattr(owt.__loader__, "archive", archive, raising=False)
        assert call("vendor", "--check")[0] == 0
        (copy / "errors.pyc").touch()
        shutil.make_archive(str(tmp_path / "app"), "zip", ".", "plugin")
        status, out, _ = call("vendor", "--check")
        assert (status, out.splitlines()[0]) == (1, "extra: errors.pyc (a file)")


class TestCheck:
    def test_an_unchanged_copy(self, call, copy, monkeypatch):
        (copy / "__pycache__").mkdir()
        (copy / "__pycache__" / "errors.pyc").touch()
        for path in copy.rglob("*.py"):  # as git may check it out
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        out = f"{TARGET} is unchanged: {NAME}\n"
        assert call("vendor", "--check", TARGET) == (0, out, "")

    def test_each_file_that_differs_has_a_line(self, call, copy):
        (copy / "errors.py").write_text("changed")
        (copy / "params.py").unlink()
        (copy / "events" / "new\x1b.py").touch()
        status, out, err = call("vendor", TARGET, "--check")
        assert (status, err) == (1, "")
        *lines, verdict = out.splitlines()
        assert lines == [
            "changed: errors.py",
            "missing: params.py",
            r"extra: events/new\x1b.py (a file)",
        ]
        assert verdict == f"{TARGET} differs (3 in all) from {NAME}"

    def test_versions_are_compared(self, call, copy):
        declare(version="0.0.9")
        status, out, _ = call("vendor", "--check", TARGET)
        assert (status, out.splitlines()) == (0, [
            f"{TARGET} is unchanged: openai-webhook-types 0.0.9, by its VENDORED.json",
            f"{owt.__version__} is newer: to update, run `vendor` again",
        ])  # fmt: skip
        declare(version="10.0.0")
        status, out, _ = call("vendor", "--check", TARGET)
        assert (status, out.splitlines()[1:]) == (0, [f"this program is older: {owt.__version__}"])

    def test_without_parts(self, call):
        call("vendor", TARGET, "--without", "params,endpoints")
        out = f"{TARGET} is unchanged: {NAME} without endpoints, params\n"
        assert call("vendor", TARGET, "--check") == (0, out, "")

    def test_an_edited_manifest_is_found_by_the_same_version(self, call, copy):
        (copy / "errors.py").write_text("changed")
        (copy / "py.typed").unlink()
        hashes = {path: sha256(text).hexdigest() for path, text in files_in(copy).items()}
        declare(files={path: hashes[path] for path in hashes if path != "VENDORED.json"})
        own = "from plugin._vendor.hooks.cli import main; main(['vendor', '--check'])"
        assert run(own, path=Path.cwd()).endswith(f" is unchanged: {NAME}, by its VENDORED.json\n")
        status, out, _ = call("vendor", "--check", TARGET)
        assert (status, out.splitlines()[:-1]) == (1, [
            "changed: VENDORED.json", "changed: errors.py", "missing: py.typed",
        ])  # fmt: skip

    def test_a_program_that_lacks_a_part_says_so(self, call, copy, monkeypatch):
        take(monkeypatch, {path: b"" for path in FILES if path != "params.py"})
        monkeypatch.setattr(vendor_copy, "FILES", sorted(FILES))
        status, out, _ = call("vendor", "--check", TARGET)
        first, second = out.splitlines()
        assert status == 0
        assert re.fullmatch("it cannot be compared with this program: .* has no params: .*", first)
        assert second == f"{TARGET} is unchanged: {NAME}, by its VENDORED.json"

    def test_what_is_no_copy(self, call):
        Path("other").mkdir()
        said = "other has no valid VENDORED.json: it is not a copy that `vendor` has made"
        assert refused(call, "--check", "other") == said
        said = "cannot read nowhere: No such file or directory"
        assert refused(call, "--check", "nowhere", status=3) == said
        # The package that runs here was not vendored.
        assert f"{PACKAGE} has no valid VENDORED.json" in refused(call, "--check")

    @pytest.mark.parametrize("option", ["--force", "--dry-run", "--without=cli", "--settings"])
    def test_it_takes_no_other_option(self, call, copy, option):
        assert refused(call, "--check", TARGET, option) == "--check takes no other option"


HASH = "0" * 64
# What leads out of the copy on some system, or is no file of a package.
PATHS = ["", "/a.py", "../a.py", "a/../../b.py", "a//b.py", "a/b/c/d/e.py", ".git/config", "a\0.py"]
PATHS += [
    "C:a.py",
    r"C:\a.py",
    r"\\host\share\a.py",
    r"..\a.py",
    r"events\a.py",
    "a.py:b",
    "a.py. ",
]


class TestManifest:
    @pytest.mark.parametrize(
        "text", ["", "{", "[]", "{}", '{"name": 1}', "[" * 10_000, "null", "\ud800"]
    )
    def test_what_is_not_a_manifest(self, call, copy, text):
        Path(MANIFEST).write_text(text, "utf-8", "surrogatepass")
        self.assert_invalid(call)

    @pytest.mark.parametrize(
        "changes",
        [
            {"name": "other"},
            {"version": 1},
            {"version": "1" * 5000},
            {"version": f"0.{'1' * 5000}.0"},
            {"version": "0.2.0\n"},
            {"without": "cli"},
            {"without": ["events"]},
            {"without": [[]]},
            {"without": ["params"]},
            {"without": ["events"], "files": {}},
            {"files": []},
            {"files": {"errors.py": None}},
            {"files": {"errors.py": "a link"}},
            {"files": {"errors.py": HASH, "Errors.py": HASH}},
            {"files": {"vendored.JSON": HASH}},
            *[{"files": {path: HASH}} for path in PATHS],
        ],
    )
    def test_what_does_not_describe_a_copy(self, call, copy, changes):
        declare(**changes)
        self.assert_invalid(call)

    def assert_invalid(self, call):
        before = files_in(TARGET)
        assert "has no valid VENDORED.json" in refused(call, TARGET, "--check")
        for options in ((), ("--force",)):
            said = refused(call, TARGET, *options)
            assert said.startswith(f"{TARGET} has an invalid VENDORED.json, so it is not a copy: ")
        assert files_in(TARGET) == before

    @given(st.text("aA_.:/\\~ -\0é", max_size=12))
    def test_a_path_leads_nowhere_else_on_any_system(self, path):
        manifest = {"name": "openai-webhook-types", "version": "1.0.0", "without": []}
        text = json.dumps({**manifest, "files": {path: HASH}}).encode()
        if vendor_copy._valid(text):
            assert posixpath.normpath(path) == path
            assert ntpath.normpath(path) == path.replace("/", "\\")
            for system, root in ((posixpath, "/x"), (ntpath, "C:\\x"), (ntpath, "\\\\host\\x\\y")):
                place = system.normpath(system.join(root, path))
                assert system.commonpath([place, root]) == root
                assert place != root


class TestStrangers:
    """What is not of the copy stays where it is, and is named."""

    @staticmethod
    def put(path, kind):
        path.parent.mkdir(exist_ok=True)
        if path.exists():
            path.unlink()
        if kind == "a link":
            path.symlink_to("/etc/passwd")
        elif kind == "a folder":
            path.mkdir()
        elif kind == "a file":
            path.write_text("mine")
        else:
            os.mkfifo(path)

    @pytest.mark.parametrize(
        "path", ["notes", "events/sub", "signature", "errors.pyc", "errors.py"]
    )
    @pytest.mark.parametrize(
        "kind", ["a file", "a folder", "a link", "neither a file nor a folder"]
    )
    def test_it_refuses_an_update(self, call, copy, path, kind):
        if (path, kind) == ("errors.py", "a file"):
            return  # that is a changed file
        self.put(copy / path, kind)
        status = os.lstat(copy / path)
        assert f"extra: {path} ({kind})\n" in call("vendor", TARGET, "--check")[1]
        for options in ((), ("--force",), ("--without", "params", "--force")):
            said = f"{TARGET} has {path} ({kind}), which is not of the copy: move it out first"
            assert refused(call, TARGET, *options) == said
        assert os.lstat(copy / path) == status
        assert (copy / "params.py").exists()

    def test_a_link_in_the_place_of_a_folder(self, call, copy):
        (copy / "events").rename("events")
        (copy / "events").symlink_to(Path("events").resolve())
        lines = call("vendor", TARGET, "--check")[1].splitlines()
        assert "extra: events (a link)" in lines
        assert "missing: events/batch.py" in lines
        assert "has events (a link), " in refused(call, TARGET, "--force")
        assert Path("events/batch.py").exists()

    @pytest.mark.parametrize("kind", ["a link", "a folder", "neither a file nor a folder"])
    def test_no_manifest_but_a_file_is_read(self, call, copy, kind):
        self.put(Path(MANIFEST), kind)
        self.assert_no_manifest(call)

    def test_no_big_file_is_read(self, call, copy, monkeypatch):
        read, hashed = [], vendor_copy._hash
        monkeypatch.setattr(
            vendor_copy, "_hash", lambda text: read.append(len(text)) or hashed(text)
        )
        for path in ("errors.py", "notes"):
            with (copy / path).open("ab") as file:
                file.truncate(2**40)
        out = call("vendor", TARGET, "--check")[1]
        assert "changed: errors.py\n" in out
        assert "extra: notes (a file)\n" in out
        assert max(read) <= 2**18 + 1
        with Path(MANIFEST).open("ab") as file:
            file.truncate(2**40)
        self.assert_no_manifest(call)

    @staticmethod
    def assert_no_manifest(call):
        for options in (("--check",), (), ("--force",)):
            said = refused(call, TARGET, *options)
            assert said.endswith("VENDORED.json is not that of a copy, which is a file of a few kB")

    def test_what_python_compiles_is_no_stranger(self, call, copy):
        for folder in (copy, copy / "events"):
            (folder / "__pycache__").mkdir()
            (folder / "__pycache__" / "errors.cpython-313.pyc").touch()
        assert call("vendor", TARGET, "--without", "params")[0] == 0
        assert not [*copy.rglob("__pycache__")]


class TestUpdate:
    def test_an_equal_copy_is_up_to_date(self, call, copy):
        before = copy.stat().st_ino
        assert call("vendor", TARGET) == (0, f"{TARGET} is up to date: {NAME}\n", "")
        assert copy.stat().st_ino == before

    @pytest.fixture
    def older(self, call, copy, monkeypatch):
        """A copy of an older version, in which one file was another, and one had another name."""
        assert call("vendor", TARGET, "--without", "endpoints,params")[0] == 0
        current = {path: (PACKAGE / path).read_bytes() for path in FILES}
        former = {**current, "errors.py": b"former", "events/former.py": b""}
        del former["events/batch.py"]
        with monkeypatch.context() as patch:
            take(patch, former, "0.0.9")
            assert call("vendor", TARGET, "--force")[0] == 0
        return copy

    def test_it_keeps_the_parts_and_says_what_it_does(self, call, older):
        for option, verb in (("--dry-run", "would update"), ("--force", "updated")):
            status, out, err = call("vendor", TARGET, option)
            assert (status, err) == (0, "")
            name = f"{NAME} without endpoints, params"
            assert out.splitlines() == [
                f"{verb} {TARGET} from 0.0.9 to {name}",
                "changes VENDORED.json",
                "changes errors.py",
                "adds events/batch.py",
                "removes events/former.py",
            ]
            assert (older / "events/former.py").exists() == (option == "--dry-run")
        assert {*files_in(TARGET)} == FILES - {"endpoints.py", "params.py"} | MADE
        assert call("vendor", TARGET, "--check")[0] == 0
        assert left_over() == []

    def test_other_parts_may_be_asked_for(self, call, copy):
        out = call("vendor", TARGET, "--without", "params")[1]
        assert out.splitlines()[1:] == ["changes VENDORED.json", "removes params.py"]
        out = call("vendor", TARGET, "--without", "")[1]
        assert out.splitlines()[1:] == ["changes VENDORED.json", "adds params.py"]

    def test_a_changed_copy_is_not_overwritten_without_force(self, call, copy):
        (copy / "errors.py").write_text("mine")
        for option in ([], ["--dry-run"]):
            assert refused(call, TARGET, *option) == (
                f"{TARGET} differs from what was vendored (changed: errors.py; 1 in all): "
                "see --check, or overwrite it with --force"
            )
        assert (copy / "errors.py").read_text() == "mine"
        assert call("vendor", TARGET, "--force")[1].splitlines()[1:] == ["changes errors.py"]
        assert (copy / "errors.py").read_bytes() == (PACKAGE / "errors.py").read_bytes()

    @pytest.mark.parametrize("newer", ["10.0.0", "1.0.0rc1", "0.10.0"])
    def test_a_newer_copy_is_not_replaced_without_force(self, call, older, newer):
        declare(version=newer)
        for option in ([], ["--dry-run"]):
            assert refused(call, TARGET, *option) == (
                f"{TARGET} has {newer}, which is newer than this {owt.__version__}:"
                " to go back, add --force"
            )
        for option, verb in (["--dry-run"], "would downgrade"), ([], "downgraded"):
            line = call("vendor", TARGET, "--force", *option)[1].splitlines()[0]
            assert line == f"{verb} {TARGET} from {newer} to {NAME} without endpoints, params"

    @pytest.mark.parametrize(
        ("version", "other"),
        [("0.2.0", "0.1.9"), ("0.10.0", "0.9.0"), ("1.0.0", "1.0.0rc1"), ("1.0.0rc1", "0.9.0")],
    )
    def test_versions_are_ordered(self, version, other):
        assert vendor_copy.is_newer(version, other)
        assert not vendor_copy.is_newer(other, version)
        assert not vendor_copy.is_newer(version, version)

    def test_the_mode_of_its_folder_stays(self, call, older):
        Path(older).chmod(0o700)
        assert call("vendor", older)[0] == 0
        assert stat.S_IMODE(Path(older).stat().st_mode) == 0o700

    def test_a_link_to_a_copy_stays_a_link(self, call, older):
        Path("link").symlink_to(TARGET)
        assert call("vendor", "link")[0] == 0
        assert Path("link").is_symlink()
        assert call("vendor", TARGET, "--check")[0] == 0


class Stop:
    """What stops a run at one of its changes of the disk: at the events that Python audits."""

    act, number, events = None, 0, ()

    def start(self, act, number):
        self.act, self.number, self.events = act, number, []

    def __call__(self, event, arguments):
        if self.act and changes_the_disk(event, arguments):
            self.events.append(event)
            if len(self.events) >= self.number:
                self.act()


STOP = Stop()


@pytest.fixture(scope="module")
def audited():
    sys.addaudithook(STOP)  # it cannot be removed, but does nothing without an act


def changes_the_disk(event, arguments):
    if event == "open":
        return bool(arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    return event.startswith(("os.", "shutil.")) and event not in ("os.listdir", "os.scandir")


def interrupt():
    STOP.act = None
    raise KeyboardInterrupt


def fail():
    STOP.act = None
    raise OSError(errno.ENOSPC, "No space left on device")


def fail_from_now_on():
    raise OSError(errno.EROFS, "Read-only file system")


def kill():
    os._exit(9)


sees_every_change = pytest.mark.skipif(
    sys.implementation.name != "cpython", reason="PyPy audits fewer changes of the disk"
)


class TestStopped:
    """Whatever stops it, wherever, there is a whole copy, and what is beside it is named."""

    FORMER = dict.fromkeys(("LICENSE", "__init__.py", "events/old.py", "params.py"), b"1")
    CURRENT = dict.fromkeys(("LICENSE", "__init__.py", "events/new.py", "params.py"), b"2")

    @pytest.fixture
    def home(self, audited, call, monkeypatch, tmp_path):
        """Go to a new folder, with a copy of the older version in it, or with an empty folder."""
        take(monkeypatch, self.FORMER, "0.0.9")
        assert call("vendor", "copy", "--without", "params")[0] == 0
        take(monkeypatch, self.CURRENT)
        numbers = count()

        def go(before):
            folder = tmp_path / str(next(numbers))
            folder.mkdir()
            monkeypatch.chdir(folder)
            if before == "a copy":
                shutil.copytree(tmp_path / "copy", TARGET)
            elif before == "an empty folder":
                Path(TARGET).mkdir(parents=True)
            return whole(TARGET)

        return go

    @staticmethod
    def stopped(call, act, number):
        """Stop a run at one of its changes; return what it wrote, or None if it ended before."""
        if act is kill:
            return "" if killed(number) else None
        STOP.start(act, number)
        try:
            status, _, err = call("vendor", TARGET)
        finally:
            STOP.act = None
        if len(STOP.events) < number:
            return None
        assert status in ([130] if act is interrupt else [0, 3])
        return err

    @sees_every_change
    @pytest.mark.parametrize("before", ["nothing", "an empty folder", "a copy"])
    @pytest.mark.parametrize("act", [interrupt, fail, fail_from_now_on, kill])
    def test_at_each_change_of_the_disk(self, call, home, before, act):
        home(before)
        assert call("vendor", TARGET)[0] == 0
        new = whole(TARGET)
        for number in count(1):
            old = home(before)
            err = self.stopped(call, act, number)
            if err is None:
                break
            self.assert_whole(call, old, new, act, err)
            assert call("vendor", TARGET)[0] == 0
            assert (whole(TARGET), left_over()) == (new, [])
        assert whole(TARGET) == new
        assert number > (20 if before == "a copy" else 10)

    @staticmethod
    def assert_whole(call, old, new, act, err):
        left = left_over()
        if act in (interrupt, fail):
            assert whole(TARGET) in (old, new)
        else:
            assert {old, new} & {whole(TARGET), whole(OLD)}
        if act is interrupt:
            assert left == []
            assert Path("plugin").exists() == Path(TARGET).exists()
        elif act is not kill:
            assert err or whole(TARGET) == new  # as when a folder need not be made
            assert [name for name in left if f"/{name}" not in err] == []
        if left:
            before = files_in("plugin")
            for option, statuses in (("--check", (1, 2)), ("--dry-run", (0,))):
                status, out, _ = call("vendor", TARGET, option)
                assert status in statuses
                assert [name for name in left if f"/{name}" not in out] == []
            assert files_in("plugin") == before

    @sees_every_change
    @pytest.mark.parametrize("act", [interrupt, kill])
    def test_at_each_change_by_which_it_ends_an_update_that_was_stopped(self, call, home, act):
        home("a copy")
        STOP.start(lambda: None, 1)
        assert call("vendor", TARGET)[0] == 0
        STOP.act, steps = None, STOP.events
        new = whole(TARGET)
        between = steps.index("os.rename") + 2
        for first in (between, between + 3):
            for number in count(1):
                old = home("a copy")
                assert killed(first)
                left = left_over()
                assert len(left) == (2 if first == between else 1)
                err = self.stopped(call, act, number)
                if err is None:
                    break
                assert {old, new} & {whole(TARGET), whole(OLD)}
                assert {*left_over()} <= {*left, ".hooks.vendor-new", ".hooks.vendor-old"}
                assert call("vendor", TARGET)[0] == 0
                assert (whole(TARGET), left_over()) == (new, [])
            assert number > 5

    @pytest.mark.parametrize("folder", [NEW, OLD])
    def test_what_is_no_copy_has_such_a_name_by_chance(self, call, home, folder):
        home("a copy")
        Path(folder).mkdir()
        (Path(folder) / "notes").write_text("mine")
        status, _, err = call("vendor", TARGET)
        assert status == 2
        assert f"/{Path(folder).name} has notes (a file): move that out of it first" in err
        (Path(folder) / "notes").rename("notes")
        Path(folder).rmdir()
        Path(folder).symlink_to(Path(TARGET).resolve())
        status, _, err = call("vendor", TARGET)
        assert (status, f"/{Path(folder).name} is a link\n" in err) == (2, True)
        assert whole(TARGET)

    def test_a_folder_that_is_no_copy_does_not_become_one(self, call):
        Path(OLD).mkdir(parents=True)
        (Path(OLD) / "notes").write_text("mine")
        status, _, err = call("vendor", TARGET)
        assert status == 2
        assert err.endswith("/.hooks.vendor-old is not a copy: move it away\n")
        assert [*Path(OLD).iterdir()] == [Path(OLD, "notes")]

    def test_the_old_copy_is_kept_where_the_new_one_is_not_whole(self, call, home):
        old = home("a copy")
        Path(TARGET).rename(OLD)
        for make in (Path.mkdir, lambda path: shutil.copytree(OLD, path)):
            make(Path(TARGET))
            (Path(TARGET) / "LICENSE").exists() and (Path(TARGET) / "LICENSE").unlink()
            status, _, err = call("vendor", TARGET)
            assert (status, whole(OLD)) == (2, old)
            assert err.endswith("/.hooks.vendor-old may be: move one of them\n")
            shutil.rmtree(TARGET)

    def test_what_is_put_into_the_old_copy_meanwhile_is_kept(self, call, home, monkeypatch):
        home("a copy")

        def put_and_say(line):
            (Path(OLD) / "notes").write_text("mine")

        monkeypatch.setattr(vendor, "_say", put_and_say)
        status, _, err = call("vendor", TARGET)
        assert status == 2
        assert "/.hooks.vendor-old has notes (a file): move that out of it first" in err
        assert (Path(OLD) / "notes").read_text() == "mine"

    def test_a_parent_that_cannot_be_made(self, call):
        Path("plugin").touch()
        said = refused(call, TARGET, status=3)
        assert said.startswith(f"cannot write {TARGET}: ")
        assert call("vendor", "a\0b")[0] == 2
        assert call("vendor", "--check", "a\0b")[0] == 2


def whole(folder):
    """Return all that is in a folder, to compare it, or None if there is no folder."""
    return frozenset(files_in(folder).items()) if Path(folder).exists() else None


def killed(number):
    """Kill a run, in a process of its own, at one of its changes; return whether it got there."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # other threads are none of its business
        child = os.fork()
    if not child:
        try:
            STOP.start(kill, number)
            cli.main(["vendor", TARGET])
        finally:
            os._exit(0)
    return os.WEXITSTATUS(os.waitpid(child, 0)[1]) == 9


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot lock a folder")
class TestTwoAtOnce:
    def test_they_wait_for_each_other(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        command = [sys.executable, "-B", "-m", PACKAGE.name, "vendor", TARGET]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        running = [
            subprocess.Popen(command, env=env, stdout=subprocess.PIPE, encoding="utf-8")
            for _ in range(4)
        ]
        said = sorted(one.communicate(timeout=60)[0].split("\n")[0] for one in running)
        assert [one.returncode for one in running] == [0] * 4
        assert [line.split(":")[0] for line in said] == [
            *[f"{TARGET} is up to date"] * 3,
            f"wrote {TARGET}",
        ]
        assert {*files_in(TARGET)} == FILES | MADE

    def test_a_folder_that_the_other_run_removed_is_made_again(self, call, monkeypatch):
        import fcntl

        parent, waited = Path(TARGET).parent, []

        def wait(descriptor, operation):
            if not waited:
                parent.rmdir()
            waited.append(operation)

        monkeypatch.setattr(fcntl, "flock", wait)
        assert call("vendor", TARGET)[0] == 0
        assert waited == [fcntl.LOCK_EX] * 2
        assert {*files_in(TARGET)} == FILES | MADE

    def test_a_file_system_may_have_no_locks(self, call, monkeypatch):
        import fcntl

        def refuse(*args):
            raise OSError(errno.ENOLCK, "No locks available")

        monkeypatch.setattr(fcntl, "flock", refuse)
        assert call("vendor", TARGET)[0] == 0
        monkeypatch.setitem(sys.modules, "fcntl", None)
        assert call("vendor", TARGET)[0] == 0


class TestSettings:
    """What is printed is for the project that the copy is in."""

    TABLES = [
        "[tool.black]", "[tool.coverage.run]", "[tool.isort]", "[[tool.mypy.overrides]]",
        "[tool.pyright]", "[tool.ruff]", "[tool.setuptools.package-data]", "# Of beartype, in your",
    ]  # fmt: skip

    @staticmethod
    def printed(call, *arguments):
        status, out, err = call("vendor", *arguments)
        assert (status, err) == (0, "")
        return out

    def tables(self, out):
        return [table for table in self.TABLES if f"\n{table}" in out]

    def test_without_a_project_they_are_for_every_tool(self, call):
        out = self.printed(call, TARGET)
        assert self.tables(out) == self.TABLES
        assert f"Add them to {Path.cwd()}/pyproject.toml.\n" in out
        assert f'\nforce-exclude = "^/{TARGET}/"' in out
        assert f'\nextend-exclude = ["{TARGET}"]\n' in out
        assert '\nmodule = ["plugin._vendor.hooks", "plugin._vendor.hooks.*"]\n' in out
        # From another folder, and of another copy: `your_plugin/_vendor/NAME`.
        Path("elsewhere").mkdir()
        os.chdir("elsewhere")
        assert f'\nextend-exclude = ["{TARGET}"]\n' in self.printed(
            call, f"../{TARGET}", "--settings"
        )

    @pytest.mark.parametrize("name", ["pyproject.toml", ".git"])
    def test_paths_are_those_of_the_project_wherever_it_is_called(self, call, tmp_path, name):
        (tmp_path / "project" / "src" / "inside").mkdir(parents=True)
        (tmp_path / "project" / name).touch()
        (tmp_path / "pyproject.toml").touch()
        os.chdir(tmp_path / "project" / "src" / "inside")
        out = self.printed(call, f"../{TARGET}")
        assert f"Add them to {tmp_path}/project/pyproject.toml.\n" in out
        assert f'\nextend-exclude = ["src/{TARGET}"]\n' in out
        assert '\nmodule = ["plugin._vendor.hooks", "plugin._vendor.hooks.*"]\n' in out

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("[project]", ["[tool.setuptools.package-data]"]),
            ('build-backend = "flit_core.buildapi"', []),
            ('build-backend = "flit_core.buildapi"\n[tool.flit.module]\n[tool.mypy]', [3]),
            ("build-backend='setuptools.build_meta'\n[ tool . \"ruff\" . lint ]", [5, 6]),
            ('build-backend = "hatchling.build"\ndependencies = ["beartype"]', [7]),
            ("[[tool.mypy.overrides]]\n[tool.coverage.report]\n[tool.isort-like]", [1, 3, 6]),
        ],
    )
    def test_they_are_for_the_tools_that_the_project_has(self, call, text, expected):
        Path("pyproject.toml").write_text(text)
        chosen = [self.TABLES[n] if type(n) is int else n for n in expected]
        assert self.tables(self.printed(call, TARGET)) == chosen
        assert self.tables(self.printed(call, TARGET, "--settings")) == self.TABLES
        assert self.tables(self.printed(call, TARGET)) == []

    def test_a_table_that_is_there_is_not_printed_again(self, call):
        Path("pyproject.toml").write_text(
            "[tool.ruff] # ours\n[tool.black]\n[[tool.mypy.overrides]]\n"
        )
        out = self.printed(call, TARGET, "--dry-run", "--settings")
        assert (
            f'\n# In [tool.ruff], which is there already:\nextend-exclude = ["{TARGET}"]\n' in out
        )
        assert "\n# In [tool.black], which is there already:\nforce-exclude = " in out
        assert "\n[[tool.mypy.overrides]]\n" in out
        assert not Path("plugin").exists()

    def test_folders_that_python_does_not_take_for_packages_are_named(self, call):
        said = "{} has no __init__.py: a wheel or a zip may lack the copy\n"
        out = self.printed(call, f"src/{TARGET}")
        assert out.endswith(f"\n{said.format('src/plugin')}\n{said.format('src/plugin/_vendor')}")
        for folder in ("src/plugin", "src/plugin/_vendor"):
            Path(folder, "__init__.py").touch()
        assert "__init__" not in self.printed(call, f"src/{TARGET}", "--settings")

    def test_a_path_may_have_any_name(self, call):
        out = self.printed(call, 'a"b/c.d/e\n')
        assert '\nomit = ["a\\"b/c.d/e\\n/*"]\n' in out
        assert r'force-exclude = "^/a\"b/c\\.d/e' in out

    @pytest.mark.parametrize(
        ("target", "root"),
        [
            ("D:\\x\\plugin\\_vendor\\hooks", "D:\\x"),
            ("D:\\hooks", "D:\\"),
            (r"\\host\share\plugin\_vendor\hooks", "\\\\host\\share\\"),
        ],
    )
    def test_on_another_drive(self, monkeypatch, capsys, target, root):
        windows = SimpleNamespace(path=ntpath, sep="\\", pardir="..")
        monkeypatch.setattr(vendor, "os", windows)
        assert vendor._project_of(target, target) == root
        vendor._show_settings(target, target, is_all=True)
        path = target[len(root) :].strip("\\").replace("\\", "/")
        assert f'\nextend-exclude = ["{path}"]\n' in capsys.readouterr().out
