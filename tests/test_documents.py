"""The documents say what is so: their commands run, and their names and figures are right."""

import dataclasses
import inspect
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from textwrap import indent
from types import SimpleNamespace

import pytest

import openai_webhook_types as owt
from openai_webhook_types import cli, event_class, signature, testing
from openai_webhook_types.cli import main, vendor_copy
from openai_webhook_types.testing import sample_payload, signed_request
from tests.values import PACKAGE, ROOT, UNKNOWN, environment, python, run

README = (ROOT / "README.md").read_text(encoding="utf-8")
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
FIRST_SCREEN = README.partition("\n## ")[0]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("tests/*/README.md"))]
RECIPES = ROOT / "tests" / "recipes"
# Where a file may be that is named without more of its path.
FOLDERS = [ROOT, PACKAGE, RECIPES]


def section(title):
    return re.search(rf"(?ms)^## {re.escape(title)}\n(.*?)(?=^## |\Z)", README)[1]


def rows(text):
    """Return the cells of each row of a table, without the head."""
    lines = [line.strip("|\n ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    return lines[2:]


def names(cell):
    return re.findall(r"`([^`]+)`", cell)


def blocks(text, language):
    """Return the code blocks of one language."""
    return re.findall(rf"(?s)```{language}\n(.*?)```", text)


def command(part):
    """Return the one shell block of the README that has a text."""
    (found,) = [block for block in blocks(README, "sh") if part in block]
    return found


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    for link in re.findall(r"\]\(([^)]*)\)", path.read_text(encoding="utf-8")):
        if link.startswith("https://"):
            continue
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        assert target.exists(), link
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), link


def anchors(text):
    """Return the anchors of the headings of a document."""
    headings = re.findall(r"(?m)^#+ (.*)$", re.sub(r"(?s)```.*?```", "", text))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_readme_names_documents_by_links_and_links_to_each():
    links = re.findall(r"\]\(([\w./]+\.md)[)#]", section("Documents"))
    assert {ROOT / link for link in links} == {*DOCUMENTS} - {ROOT / "README.md"}
    assert re.findall(r"`[\w./]+\.md`", README) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_that_are_named_exist(path):
    for name in re.findall(r"`([\w./]+(?:\.(?:md|py|toml)|/))`", path.read_text(encoding="utf-8")):
        assert any((folder / name).exists() for folder in (path.parent, *FOLDERS)), name


def test_the_extras_that_are_named_exist():
    extras = {*re.findall(r"(?m)^(\w+) = \[", PYPROJECT.partition("optional-dependencies]")[2])}
    for path in DOCUMENTS:
        for named in re.findall(r"\.\[([\w,]+)\]", path.read_text(encoding="utf-8")):
            assert {*named.split(",")} <= extras


def test_the_differences_are_listed_once():
    tables = {
        path: path.read_text(encoding="utf-8").count("| the SDK | here |") for path in DOCUMENTS
    }
    listed = [path.relative_to(ROOT).as_posix() for path, count in tables.items() if count]
    assert listed == ["tests/conformance/README.md"]


# The first screen


def test_the_first_example_prints_what_is_shown_below_it_and_is_that_of_the_module(capsys):
    (example,), (output,) = (blocks(FIRST_SCREEN, language) for language in ("python", "text"))
    assert indent(example, "    ").replace("    \n", "\n") in owt.__doc__
    exec(example, {})
    assert capsys.readouterr().out == output


def test_the_first_screen_verifies_a_request_and_says_how_to_get_the_package():
    assert " unwrap(" in FIRST_SCREEN
    assert command(" vendor ") in FIRST_SCREEN
    assert len(FIRST_SCREEN.splitlines()) <= 46
    assert "![" not in README  # an index of packages would not find the picture


def test_every_place_says_the_same_of_the_package(capsys):
    said = "OpenAI webhooks as typed, validated, frozen dataclasses"
    text = re.sub(r"\[(.*?)\]\(.*?\)", r"\1", " ".join(README.split()))
    assert f"# openai_webhook_types {said}. " in text
    assert f'description = "{said}"' in PYPROJECT
    assert owt.__doc__.startswith(f"{said}.\n")
    assert main(["--help"]) == 0
    assert f"\n{said}: " in capsys.readouterr().out


def test_the_versions_are_those_of_the_project():
    remedy = "README.md and pyproject.toml must name the same versions"
    python_from, python_to = re.search(r"CPython (3\.\d+) to (3\.\d+)", README).groups()
    supported = re.findall(r":: Python :: (3\.\d+)", PYPROJECT)
    assert (python_from, python_to) == (supported[0], supported[-1]), remedy
    assert f'requires-python = ">={python_from}"' in PYPROJECT, remedy
    line = f"{owt.__version__} (beta) · Python {python_from} or newer · "
    assert f"\n{line}" in README, f"README.md lacks a line that begins with {line!r}"
    sdk = {*re.findall(r"openai==([\d.]+\d)", PYPROJECT)}
    for path in (ROOT / "README.md", ROOT / "tests" / "conformance" / "README.md"):
        text = " ".join(path.read_text(encoding="utf-8").split())
        assert {*re.findall(r"openai ([\d.]+\d)", text)} == sdk, f"{path}: say openai {sdk}"


# Install


def test_the_command_of_a_clone_runs_with_nothing_installed():
    line = command("| python3").replace("python3", f"{shlex.quote(sys.executable)} -S -B")
    done = subprocess.run(
        line, shell=True, cwd=ROOT, env=environment(), check=True, stdout=subprocess.PIPE
    )
    assert done.stdout.startswith(b"FineTuningJobFailedWebhookEvent(id='evt_")


PYTHON = f"{shlex.quote(sys.executable)} -B"
COPY = "your_plugin/_vendor/openai_webhook_types"
VERB = "python3 -m openai_webhook_types vendor"


@pytest.fixture
def home(tmp_path):
    """A folder with a clone in it, where a project can be."""
    shutil.copytree(PACKAGE, tmp_path / "clone" / PACKAGE.name)
    return tmp_path


def in_clone(line, home, *, status=0):
    """Run a line in the clone, and return what it prints."""
    line = re.sub(r"^python3?\b", PYTHON, line)
    done = subprocess.run(
        line, shell=True, cwd=home / "clone", check=False, stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert done.returncode == status, line
    return done.stdout


def lines_with_vendor(path):
    """Return the commands of a document that run `vendor`, each with all of its words."""
    text = re.sub(r"(?s)```toml.*?```", "", path.read_text(encoding="utf-8"))
    code = "\n".join([*blocks(text, "sh"), *spans(text)]).splitlines()
    lines = [re.sub(r"^vendor\b", VERB, line) for line in code if re.search(r"\bvendor( |$)", line)]
    words = [line for line in lines if line.startswith("python")]
    assert len(words) == len(lines)
    lines = [line.replace("TARGET", f"../{COPY}") for line in lines]
    return [line if COPY in line else line.replace(VERB, f"{VERB} ../{COPY}") for line in lines]


def spans(text):
    return [
        " ".join(span.split())
        for span in re.findall(r"`([^`]+)`", re.sub(r"(?s)```.*?```", "", text))
    ]


@pytest.mark.parametrize(
    "path",
    [p for p in DOCUMENTS if lines_with_vendor(p)],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_each_line_with_vendor_runs(path, home):
    in_clone(command(" vendor "), home)
    for line in lines_with_vendor(path):
        assert in_clone(line, home)


def test_a_copy_is_made_imported_updated_and_checked_as_the_readme_says(home):
    line = command(" vendor ").strip()
    assert in_clone(line, home).startswith(f"wrote ../{COPY}: ")
    (example,) = blocks(section("Install"), "python")
    plugin = home / "your_plugin"
    (plugin / "__init__.py").write_text(example)
    assert run("from your_plugin import unwrap; print(unwrap.__name__)", path=home) == "unwrap\n"
    assert " is up to date: " in in_clone(line, home)
    assert in_clone(f"{line} --without cli,schema,testing", home).startswith("updated ")
    assert " is unchanged: " in in_clone(f"{line} --check", home)
    (plugin / "_vendor" / PACKAGE.name / "errors.py").write_text("changed")
    assert "changed: errors.py" in in_clone(f"{line} --check", home, status=1)


# Handle a webhook, Test your handler


@pytest.fixture
def handler(monkeypatch):
    """The names that the README's handler defines, and what it has done."""
    (block,) = blocks(section("Handle a webhook"), "python")
    done = []
    names = dict.fromkeys(("save_for_later", "download_results"), done.append)
    names["accept_call"] = lambda call_id, caller: done.append((call_id, caller))
    exec(block, names)
    (example,) = blocks(section("Test your handler"), "python")
    monkeypatch.setenv("OPENAI_WEBHOOK_SECRET", re.search(r'SECRET = "(.*?)"', example)[1])
    return names, done


def test_the_handler_answers_as_the_table_says(handler, monkeypatch, capsys):
    names, done = handler
    secret = os.environ["OPENAI_WEBHOOK_SECRET"]
    batch, call = (sample_payload(name) for name in ("batch.completed", "realtime.call.incoming"))
    caller = call["data"]["sip_headers"][0]["value"]
    for payload in (batch, call, {}, UNKNOWN):
        body, headers = signed_request(payload, secret=secret)
        assert names["handle"](body, headers) == 200
    assert done == [batch["data"]["id"], (call["data"]["call_id"], caller), b"{}"]
    assert capsys.readouterr().out == "ignored new.type\n"
    forged, invalid, _, *_ = [row[-1] for row in rows(section("Handle a webhook"))]
    assert names["handle"](b"{}", {}) == int(forged)
    assert invalid.startswith("200")
    monkeypatch.delenv("OPENAI_WEBHOOK_SECRET")
    with pytest.raises(ValueError, match="secret must"):
        names["handle"](body, headers)


def test_the_test_of_the_handler_passes(handler, monkeypatch):
    names, done = handler
    monkeypatch.setitem(sys.modules, "your_app", SimpleNamespace(handle=names["handle"]))
    monkeypatch.delenv("OPENAI_WEBHOOK_SECRET")
    (example,) = blocks(section("Test your handler"), "python")
    exec(example, names)
    names["test_a_batch_is_handled"](monkeypatch)
    assert done == [sample_payload("batch.completed")["data"]["id"]]


# Events


def test_the_table_of_events_is_that_of_the_classes():
    found = [(name, row[1]) for row in rows(section("Events")) for name in names(row[0])]
    expected = [(event_type, data_of(event_type)) for event_type in owt.EVENT_TYPES]
    for event_type, data in expected:
        line = f"`{event_type}` in a row whose second cell is {data}"
        assert (event_type, data) in found, f"README.md: the table of events lacks {line}"
    assert found == expected


def data_of(event_type):
    return ", ".join([f"`{f.name}`" for f in dataclasses.fields(event_class(event_type).Data)])


def test_a_class_is_named_after_its_type_as_the_section_says():
    for event_type in owt.EVENT_TYPES:
        words = re.split("[._]", event_type)
        name = "".join([word.capitalize() for word in words]) + "WebhookEvent"
        assert event_class(event_type).__name__ == name


# Command line


def test_every_verb_is_shown():
    shown = re.findall(r"openai_webhook_types (\w+)|`(\w+)`", section("Command line"))
    lacking = {*cli._VERBS} - {run or named for run, named in shown}
    assert not lacking, f"README.md, section Command line: show or name {lacking}"


def test_the_commands_run_as_they_stand(tmp_path):
    (lines,) = blocks(section("Command line"), "sh")
    script = f'python3() {{ {shlex.quote(sys.executable)} -B "$@"; }}\nset -e\n{lines}'
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(PACKAGE.parent)),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("agent.environment.expired")
    assert "BatchCompletedWebhookEvent(id='evt_" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("valid: wh_")
    assert done.stderr == ""


# How fast and how big


def test_the_sizes_are_those_of_the_table():
    places = (ROOT / "tests" / "environments" / "README.md").read_text(encoding="utf-8")
    *_, whole, zipped, least, least_zipped = re.findall(
        r"(\d+)\s+kB", section("How fast and how big")
    )
    rows = {row.split(" | ")[0]: re.findall(r"(\d+) kB", row) for row in places.splitlines()}
    remedy = "copy the sizes from tests/environments/README.md to README.md"
    assert [whole, zipped] == rows["| all of it"], remedy
    assert [least, least_zipped] == rows[f"| `--without {','.join(vendor_copy.PARTS)}`"], remedy


# Reference


def test_every_public_name_is_mentioned():
    table = section("Reference")
    events = {event_class(event_type).__name__ for event_type in owt.EVENT_TYPES}
    lacking = {name for name in {*owt.__all__} - events if f"`{name}" not in table}
    assert not lacking, f"add {lacking} to the table of the section Reference in README.md"


def test_every_reason_is_listed():
    (row,) = [row for row in rows(section("Reference")) if "`reason`" in row[1]]
    assert names(row[1])[1:] == list(signature._MESSAGES), "list each reason in README.md"


def test_the_methods_are_called_as_the_table_says():
    calls = [call for row in rows(section("Reference")) for call in called(row)]
    assert len(calls) > 10
    for name, text in calls:
        owner = next(one for one in (owt.WebhookEvent, owt, testing) if hasattr(one, name))
        found = inspect.signature(getattr(owner, name)).parameters
        for part in text.replace("*, ", "").replace(", …", "").split(", "):
            parameter, _, default = part.partition("=")
            value = found[parameter.lstrip("*")].default
            shown = "" if value is inspect.Parameter.empty else repr(value).replace("'", '"')
            assert default == shown, f"README.md, section Reference, says {part!r} of {name}"


def called(row):
    found = re.findall(r"`(\w+)\((.+?)\)`", " ".join(row))
    return [(name, text) for name, text in found if name != "sip_header"]


# The other documents


def test_a_pool_reads_bodies_as_the_document_of_clusters_says(tmp_path):
    place = ROOT / "tests" / "environments" / "README.md"
    _, _, section = place.read_text(encoding="utf-8").partition("\n## On a cluster\n")
    line = re.search(r"`(multiprocessing\..*?)`", section)[1]
    parse = blocks(section, "python")[0].partition("\n# Dask")[0]
    guard = 'if __name__ == "__main__":'
    code = f"import multiprocessing\n{parse}\n{guard}\n    print(*[one.id for one in {line}])\n"
    (tmp_path / "on_a_cluster.py").write_text(code, encoding="utf-8")
    payloads = [sample_payload(event_type) for event_type in owt.EVENT_TYPES]
    lines = "".join([json.dumps(payload) + "\n" for payload in payloads])
    (tmp_path / "bodies.jsonl").write_text(lines, encoding="utf-8")
    done = python("on_a_cluster.py", cwd=tmp_path, env=environment(PYTHONPATH=str(PACKAGE.parent)))
    assert done.stdout.split() == [payload["id"] for payload in payloads], done.stderr


def test_every_section_of_the_gate_is_listed():
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    sections = {*re.findall(r"(?m)^section_(\w+)\(\)", gate)} - {"report"}
    assert {*re.findall(r"(?m)^\| `\.ci/run (\w+)", CONTRIBUTING)} == sections
    usage = gate.partition("set -euo")[0]
    assert {*re.findall(r"(?m)^#   ([a-z]+) ", usage)} == sections
