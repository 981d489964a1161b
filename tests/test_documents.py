"""The documents say what is so: their commands run, and their names and figures are right."""

import dataclasses
import inspect
import re
import shlex
import shutil
import subprocess
import sys

import pytest

import openai_webhook_types as owt
from openai_webhook_types import event_class, signature, testing
from openai_webhook_types.cli import _copy
from openai_webhook_types.testing import sample_payload, signed_request
from tests.values import FAILED, PACKAGE, ROOT, SIGNING_SECRET, UNKNOWN, environment, run

README = (ROOT / "README.md").read_text(encoding="utf-8")
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
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


FIRST, _, VENDOR = re.findall(r"(?s)```sh\n(.*?)\n```", README)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    for link in re.findall(r"\]\(([^)]*)\)", path.read_text(encoding="utf-8")):
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        assert target.exists(), link
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), link


def anchors(text):
    """Return the anchors of the headings of a document."""
    headings = re.findall(r"(?m)^#+ (.*)$", re.sub(r"(?s)```.*?```", "", text))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_contents_are_the_sections():
    contents = re.search(r"(?ms)^\[.*?(?=\n\n)", README)[0]
    assert re.findall(r"\[(.*?)\]", contents) == re.findall(r"(?m)^## (.*)$", README)


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


# Get it


def test_the_first_command_runs_with_nothing_installed():
    line = FIRST.replace("python3", f"{shlex.quote(sys.executable)} -S -B")
    done = subprocess.run(
        line, shell=True, cwd=ROOT, env=environment(), check=True, stdout=subprocess.PIPE
    )
    assert done.stdout.startswith(b"FineTuningJobFailedWebhookEvent(id='evt_")


def test_a_copy_is_made_imported_and_updated_as_the_section_says(tmp_path):
    shutil.copytree(PACKAGE, tmp_path / PACKAGE.name)
    line = VENDOR.replace("python3", f"{shlex.quote(sys.executable)} -B", 1)
    for option, said in (("", "wrote"), ("", "is up to date"), (" --check", "is unchanged")):
        done = subprocess.run(
            line + option, shell=True, cwd=tmp_path, check=True, stdout=subprocess.PIPE
        )
        assert said in done.stdout.decode().splitlines()[0]
    plugin = tmp_path / "path" / "to" / "your_plugin"
    (plugin / "__init__.py").write_text(re.search(r"`(from \._vendor.*?)`", README)[1])
    code = f"import your_plugin; print(your_plugin.parse_event({FAILED!r}).data.id)"
    assert run(code, path=plugin.parent) == "ftjob-1\n"


# Receive webhooks


def test_the_handler_answers_as_the_table_says(monkeypatch):
    monkeypatch.setenv("OPENAI_WEBHOOK_SECRET", SIGNING_SECRET)
    (block,) = re.findall(r"(?s)```python\n(.*?)```", section("Receive webhooks"))
    done = []
    names = dict.fromkeys(("save_for_later", "download_results"), done.append)
    names["accept_call"] = lambda call_id, caller: done.append((call_id, caller))
    exec(block, names)
    batch, call = (sample_payload(name) for name in ("batch.completed", "realtime.call.incoming"))
    caller = call["data"]["sip_headers"][0]["value"]
    for payload in (batch, call, {}, UNKNOWN):
        body, headers = signed_request(payload, secret=SIGNING_SECRET)
        assert names["handle"](body, headers) == 200
    assert done == [batch["data"]["id"], (call["data"]["call_id"], caller), b"{}"]
    forged, invalid, _ = [row[-1] for row in rows(section("Receive webhooks"))]
    assert names["handle"](b"{}", {}) == int(forged)
    assert invalid.startswith("200")
    monkeypatch.delenv("OPENAI_WEBHOOK_SECRET")
    with pytest.raises(ValueError, match="secret must"):
        names["handle"](body, headers)


def test_every_reason_is_listed():
    error, _, _ = rows(section("Receive webhooks"))
    assert names(error[1])[-len(signature._MESSAGES) :] == list(signature._MESSAGES)


# Is it for you?


def test_the_versions_are_those_of_the_project():
    python_from, python_to = re.search(r"CPython (3\.\d+) to (3\.\d+)", README).groups()
    supported = re.findall(r":: Python :: (3\.\d+)", PYPROJECT)
    assert (python_from, python_to) == (supported[0], supported[-1])
    assert f'requires-python = ">={python_from}"' in PYPROJECT
    sdk = {*re.findall(r"openai==([\d.]+\d)", PYPROJECT)}
    for path in (ROOT / "README.md", ROOT / "tests" / "conformance" / "README.md"):
        text = " ".join(path.read_text(encoding="utf-8").split())
        assert {*re.findall(r"openai ([\d.]+\d)", text)} == sdk


def test_the_sizes_are_those_of_the_table():
    places = (ROOT / "tests" / "environments" / "README.md").read_text(encoding="utf-8")
    whole, least = re.findall(r"(\d+) kB[^\d]*(\d+)\s+kB", section("Is it for you?"))
    rows = {row.split(" | ")[0]: re.findall(r"(\d+) kB", row) for row in places.splitlines()}
    assert [*whole] == rows["| all of it"]
    assert [*least] == rows[f"| `--without {','.join(_copy.PARTS)}`"]


# Reference


def test_every_public_name_is_mentioned():
    events = {event_class(event_type).__name__ for event_type in owt.EVENT_TYPES}
    assert {name for name in {*owt.__all__} - events if f"`{name}" not in README} == set()


def test_the_methods_are_called_as_the_table_says():
    table = README.partition("<details><summary>Methods")[2].partition("| events:")[0]
    calls = [call for name, _ in rows(table) for call in re.findall(r"`(\w+)\((.+?)\)`", name)]
    assert len(calls) > 10
    for name, text in calls:
        owner = next(one for one in (owt.WebhookEvent, owt, testing) if hasattr(one, name))
        found = inspect.signature(getattr(owner, name)).parameters
        for part in text.replace("*, ", "").replace(", …", "").split(", "):
            parameter, _, default = part.partition("=")
            value = found[parameter.lstrip("*")].default
            shown = "" if value is inspect.Parameter.empty else repr(value).replace("'", '"')
            assert default == shown


def test_the_table_of_events_is_that_of_the_classes():
    table = "| events:" + README.partition("| events:")[2]
    listed = {}
    for types, fields in rows(table):
        family = ""
        for name in names(types):
            event_type = family + name if name.startswith(".") else name
            family = event_type.rpartition(".")[0]
            listed[event_type] = names(fields)
    assert listed == {
        event_type: [field.name for field in dataclasses.fields(event_class(event_type).Data)]
        for event_type in owt.EVENT_TYPES
    }
    for event_type in owt.EVENT_TYPES:
        words = re.split(r"[._]", event_type)
        assert event_class(event_type).__name__ == "".join(map(str.title, words)) + "WebhookEvent"


# The other documents


def test_every_section_of_the_gate_is_listed():
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    sections = {*re.findall(r"(?m)^section_(\w+)\(\)", gate)} - {"report"}
    assert {*re.findall(r"(?m)^\| `\.ci/run (\w+)", CONTRIBUTING)} == sections
    usage = gate.partition("set -euo")[0]
    assert {*re.findall(r"(?m)^#   ([a-z]+) ", usage)} == sections
