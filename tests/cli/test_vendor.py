"""The verb `vendor`: copies that are made whole or not at all, checked and updated."""

import json
import os
import re
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

import openai_webhook_types as owt
from openai_webhook_types.cli import vendor, vendor_copy
from tests.values import PACKAGE, ROOT, imports_of

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


def files_in(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in Path(folder).rglob("*")
        if path.is_file()
    }


def left_over():
    """Return what lies beside the target, where nothing should be left."""
    parent = Path(TARGET).parent
    return (
        [path.name for path in parent.iterdir() if path.name != "hooks"] if parent.exists() else []
    )


def refused(call, *arguments, status=2):
    """Return the one line that says why a call was refused."""
    found, out, err = call("vendor", *arguments)
    assert (found, out, err.count("\n")) == (status, "", 1)
    assert left_over() == []
    return err.partition(": error: ")[2].rstrip("\n")


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

    def test_it_names_what_keeps_tools_out(self, call):
        out = call("vendor", f"src/{TARGET}")[1]
        assert f'\nextend-exclude = ["src/{TARGET}"]\n' in out
        assert '\nmodule = ["plugin._vendor.hooks", "plugin._vendor.hooks.*"]\n' in out
        assert out.endswith(" each folder above it needs an __init__.py.\n")
        elsewhere = call("vendor", "../other/_vendor/hooks")[1]
        assert '\nextend-exclude = ["path/to/_vendor/hooks"]\n' in elsewhere

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

    @pytest.mark.parametrize("make", [Path.mkdir, Path.touch])
    def test_what_is_no_copy_is_never_overwritten(self, call, make):
        Path(TARGET).parent.mkdir(parents=True)
        make(Path(TARGET))
        for options in ((), ("--force",), ("--dry-run",)):
            found, _, err = call("vendor", TARGET, *options)
            assert found == (3 if Path(TARGET).is_file() else 2)
            assert "delete it first" in err or "Not a directory" in err
        assert Path(TARGET).exists()

    def test_a_source_without_a_licence_cannot_be_copied(self, call, monkeypatch):
        monkeypatch.setattr(vendor_copy, "_source", lambda: {"__init__.py": b""})
        assert refused(call, TARGET).endswith(" has no LICENSE: it cannot be copied")

    def test_a_source_that_lacks_a_part_cannot_give_it(self, call, monkeypatch):
        files = {path: b"" for path in FILES if path != "params.py"}
        monkeypatch.setattr(vendor_copy, "_source", lambda: dict(files))
        assert refused(call, TARGET).endswith(" has no params: use --without params")
        assert call("vendor", TARGET, "--without", "params")[0] == 0

    def test_a_source_that_is_a_changed_copy_cannot_be_copied(self, call, copy, monkeypatch):
        files = files_in(copy)
        monkeypatch.setattr(vendor_copy, "_source", lambda: {**files, "errors.py": b"changed"})
        assert "differs from what was vendored (changed: errors.py)" in refused(call, "other")
        monkeypatch.setattr(vendor_copy, "_source", lambda: files)
        assert call("vendor", "other")[0] == 0
        assert files_in("other") == files

    def test_a_package_in_a_zip_can_be_copied(self, call, monkeypatch, tmp_path):
        folder = tmp_path / "app.zip" / "lib" / PACKAGE.name
        with ZipFile(tmp_path / "app.zip", "w") as zipped:
            zipped.writestr("lib/other.py", b"")
            for path in FILES:
                zipped.write(PACKAGE / path, f"lib/{PACKAGE.name}/{path}")
        monkeypatch.setattr(owt, "__path__", [str(folder)])
        monkeypatch.setattr(owt.__loader__, "archive", str(tmp_path / "app.zip"), raising=False)
        assert call("vendor", TARGET)[0] == 0
        assert files_in(TARGET).keys() == FILES | MADE

    def test_files_that_are_not_of_the_package_are_not_copied(self, call, monkeypatch):
        own = {path: (PACKAGE / path).read_bytes() for path in FILES}
        stray = {".DS_Store": b"", "events/batch.py.orig": b"", "notes.txt": b""}
        monkeypatch.setattr(vendor_copy, "_source", lambda: {**own, **stray})
        assert call("vendor", TARGET)[0] == 0
        assert {*files_in(TARGET)} == FILES | MADE


class TestCheck:
    def test_an_unchanged_copy(self, call, copy):
        (copy / "__pycache__").mkdir()
        (copy / "__pycache__" / "errors.pyc").touch()
        (copy / "events" / "old.pyc").touch()
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
        assert lines == ["changed: errors.py", "missing: params.py", r"extra: events/new\x1b.py"]
        count = len(FILES | MADE)
        assert verdict == f"{TARGET} differs in 3 of {count} files from {NAME}"

    def test_a_newer_version_and_another_build_are_named(self, call, copy, monkeypatch):
        older = Path(MANIFEST).read_text().replace(owt.__version__, "0.0.9")
        Path(MANIFEST).write_text(older)
        status, out, _ = call("vendor", "--check", TARGET)
        assert status == 0
        said = f"{owt.__version__} is newer: to update, run `vendor` again"
        assert out.splitlines()[1:] == [said]
        Path(MANIFEST).write_text(older.replace("0.0.9", "99.0"))
        assert call("vendor", "--check", TARGET)[1].count("\n") == 1
        Path(MANIFEST).write_text(older.replace("0.0.9", owt.__version__))
        assert call("vendor", "--check", TARGET)[1].count("\n") == 1
        files = dict.fromkeys(FILES, b"")
        monkeypatch.setattr(vendor_copy, "_source", lambda: files)
        said = f"this program is a different build of {owt.__version__}"
        assert call("vendor", "--check", TARGET)[1].splitlines()[1:] == [said]

    def test_without_parts(self, call):
        call("vendor", TARGET, "--without", "params,endpoints")
        out = f"{TARGET} is unchanged: {NAME} without endpoints, params\n"
        assert call("vendor", TARGET, "--check") == (0, out, "")

    def test_what_is_no_copy(self, call):
        Path("other").mkdir()
        said = refused(call, "--check", "other")
        assert said.startswith(
            "other has no VENDORED.json: it is not a copy that `vendor` has made"
        )
        assert "0.1.0" in said
        assert refused(call, "--check", "nowhere", status=3).startswith(
            "cannot read nowhere: No su"
        )
        # The package that runs here was not vendored.
        assert f"{PACKAGE} has no VENDORED.json" in refused(call, "--check")

    @pytest.mark.parametrize(
        "text", ["", "{", "[]", "{}", '{"name": 1}', "[" * 10_000, "null", "\ud800", "changed"]
    )
    def test_what_says_something_else_of_itself(self, call, copy, text):
        manifest = json.loads(Path(MANIFEST).read_text())
        if text == "changed":
            text = json.dumps({**manifest, "without": ["events"]})
        Path(MANIFEST).write_text(text, "utf-8", "surrogatepass")
        for arguments in (["--check", TARGET], [TARGET], [TARGET, "--force"]):
            found, out, err = call("vendor", *arguments)
            assert (found, out) == (2, "")
            assert "VENDORED.json is not that of a copy of this package" in err

    @pytest.mark.parametrize("option", ["--force", "--dry-run", "--without=cli"])
    def test_it_takes_no_other_option(self, call, copy, option):
        assert refused(call, "--check", TARGET, option) == "--check takes no other option"


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
            patch.setattr(vendor_copy, "_source", lambda: former)
            patch.setattr(vendor_copy, "__version__", "0.0.9")
            assert call("vendor", TARGET)[0] == 0
        return copy

    def test_it_keeps_the_parts_and_says_what_it_does(self, call, older):
        for option, verb in (("--dry-run", "would update"), ("--force", "updated")):
            status, out, err = call("vendor", TARGET, option)
            assert (status, err) == (0, "")
            name = f"{NAME} without endpoints, params"
            assert out.splitlines() == [
                f"{verb} {TARGET} from 0.0.9 to {name}",
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
        assert out.splitlines()[1:] == ["removes params.py"]
        out = call("vendor", TARGET, "--without", "")[1]
        assert out.splitlines()[1:] == ["adds params.py"]

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

    def test_a_link_to_a_copy_stays_a_link(self, call, older):
        Path("link").symlink_to(TARGET)
        assert call("vendor", "link")[0] == 0
        assert Path("link").is_symlink()
        assert call("vendor", TARGET, "--check")[0] == 0


class TestRefusals:
    """Nothing is half-written, and nothing is lost."""

    @pytest.fixture
    def unwritable(self, monkeypatch):
        def writes(number):
            """Let the system refuse to write one more file after some."""
            left = [None] * number

            def refuse(path, mode):
                if mode == "xb" and not left:
                    raise OSError(28, "No space left on device")
                left.pop()
                return Path(path).open(mode)

            monkeypatch.setattr(vendor, "open", refuse, raising=False)

        return writes

    @pytest.mark.parametrize("number", [0, 1, 20])
    def test_a_full_disk(self, call, unwritable, number):
        unwritable(number)
        assert refused(call, TARGET, status=3) == f"cannot write {TARGET}: No space left on device"
        assert not Path("plugin").exists()
        Path(TARGET).parent.mkdir(parents=True)
        assert refused(call, TARGET, status=3)
        assert not Path(TARGET).exists()

    def test_a_full_disk_leaves_the_old_copy(self, call, copy, unwritable, monkeypatch):
        before = files_in(TARGET)
        unwritable(10)
        assert refused(call, TARGET, "--without", "params", status=3)
        assert files_in(TARGET) == before

    def test_a_new_copy_that_cannot_take_its_place(self, call, monkeypatch):
        def fails(source, target):
            raise OSError(13, "Permission denied")

        monkeypatch.setattr(vendor.os, "rename", fails)
        assert refused(call, TARGET, status=3) == f"cannot write {TARGET}: Permission denied"
        assert not Path("plugin").exists()

    @pytest.mark.parametrize("error", [OSError(13, "Permission denied"), KeyboardInterrupt()])
    def test_the_old_copy_is_put_back_if_the_new_one_cannot_take_its_place(
        self, call, copy, monkeypatch, error
    ):
        before, rename = files_in(TARGET), os.rename

        def fails(source, target):
            if source.endswith("new"):
                raise error
            rename(source, target)

        monkeypatch.setattr(vendor.os, "rename", fails)
        status = call("vendor", TARGET, "--without", "params")[0]
        assert status == (130 if isinstance(error, KeyboardInterrupt) else 3)
        assert files_in(TARGET) == before
        assert left_over() == []

    def test_an_old_copy_that_cannot_be_put_back_is_not_deleted(self, call, copy, monkeypatch):
        before, rename = files_in(TARGET), os.rename

        def fails(source, target):
            if target.endswith("hooks"):
                raise OSError(13, "Permission denied")
            rename(source, target)

        monkeypatch.setattr(vendor.os, "rename", fails)
        status, _, err = call("vendor", TARGET, "--without", "params")
        (beside,) = left_over()
        old = copy.parent.resolve() / beside / "old"
        assert (status, err.count("\n")) == (3, 1)
        assert f"error: cannot move {old} back to {copy.resolve()}: Permission denied" in err
        assert files_in(copy.parent / beside / "old") == before

    def test_a_parent_that_cannot_be_made(self, call):
        Path("plugin").touch()
        said = refused(call, TARGET, status=3)
        assert said.startswith(f"cannot write {TARGET}: ")
        assert call("vendor", "a\0b")[0] == 2
