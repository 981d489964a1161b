"""`python -m openai_webhook_types`: in this process, and as a shell runs it."""

import io
import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from openai_webhook_types import EVENT_TYPES, BatchCompletedWebhookEvent, cli, parse_event
from openai_webhook_types.schema import events_json_schema
from tests.values import PACKAGE, environment, python

COMMAND = ("-m", "openai_webhook_types")
UTF_8 = environment(PYTHONIOENCODING="utf-8")


@pytest.fixture
def call(capsys):
    """Run the command line, and return its exit status and what it wrote."""

    def called(*arguments):
        try:
            status = cli.main(arguments)
        except SystemExit as exit_:
            status = exit_.code
        return (status, *capsys.readouterr())

    return called


def run(*arguments, **options):
    """Run the command line in a process of its own."""
    done = python(*COMMAND, *arguments, **{"cwd": PACKAGE.parent, "env": UTF_8, **options})
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("event_type", EVENT_TYPES)
def test_every_sample_parses(call, tmp_path, event_type):
    status, out, err = call("sample", event_type)
    assert (status, err) == (0, "")
    assert out == json.dumps(json.loads(out), indent=2) + "\n"
    file = tmp_path / "body.json"
    file.write_text(out, encoding="utf-8")
    assert call("parse", str(file)) == (0, repr(parse_event(out)) + "\n", "")


def test_schema_of_one_type_and_of_all(call):
    status, out, err = call("schema", "batch.completed")
    assert (status, err) == (0, "")
    assert out == json.dumps(BatchCompletedWebhookEvent.model_json_schema(), indent=2) + "\n"
    status, out, err = call("schema")
    assert (status, err) == (0, "")
    assert json.loads(out) == events_json_schema()


def test_parse_reads_a_file_or_standard_input(tmp_path):
    body = '{"id": "é", "created_at": 1, "type": "new.type"}'
    expected = repr(parse_event(body)) + "\n"
    file = tmp_path / "body.json"
    file.write_text(body, encoding="utf-8")
    for arguments in (["parse", str(file)], ["parse"], ["parse", "-"]):
        assert run(*arguments, input=body) == (0, expected, "")


def test_characters_that_the_terminal_lacks_are_escaped():
    body = '{"id": "é", "created_at": 1, "type": "new.type"}'
    status, out, _ = run("parse", input=body, env=environment(PYTHONIOENCODING="ascii:strict"))
    assert status == 0
    assert "id='\\xe9'" in out
    body = '{"id": 1, "created_at": "é"}'
    status, _, err = run("parse", input=body, env=environment(PYTHONIOENCODING="ascii:strict"))
    assert status == 1
    assert "input_value='\\xe9'" in err


def test_problems_are_paragraphs(call, tmp_path):
    file = tmp_path / "body.json"
    file.write_text('{"type": "batch.failed", "id": 5, "data": {}}', encoding="utf-8")
    status, out, err = call("parse", str(file))
    assert (status, out) == (1, "")
    assert [paragraph.splitlines()[0] for paragraph in err.split("\n\n")] == [
        "3 validation errors for BatchFailedWebhookEvent",
        "id",
        "created_at",
        "data.id",
    ]


@pytest.mark.parametrize("body", [b"", b"[" * 100_000, b"\xff", b"null"])
def test_parse_refuses_what_is_not_an_event(call, tmp_path, body):
    file = tmp_path / "body.json"
    file.write_bytes(body)
    status, out, err = call("parse", str(file))
    assert (status, out) == (1, "")
    assert err.startswith("1 validation error for ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["sample"], "the following arguments are required: TYPE"),
        (["sample", "batch.complete"], "unknown event type 'batch.complete'; did you mean"),
        (["schema", "batch.complete"], "unknown event type 'batch.complete'; did you mean"),
        (["what"], "invalid choice: 'what'"),
        (["parse", "a", "b"], "unrecognized arguments: b"),
        (["parse", "no-such-file"], "cannot read no-such-file: No such file or directory"),
        (["parse", "."], "cannot read .: Is a directory"),
        (["parse", "a\0b"], "cannot read 'a\\x00b': embedded null byte"),
    ],
)
def test_mistakes_take_one_line(call, arguments, said):
    status, out, err = call(*arguments)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert err.startswith("python -m openai_webhook_types")
    assert "error: " in err
    assert said in err


class TestHelp:
    def help(self, call, *arguments):
        status, out, err = call(*arguments, "--help")
        assert (status, err) == (0, "")
        assert out.startswith(" ".join(["usage: python -m openai_webhook_types", *arguments]))
        return out

    def test_commands_are_explained(self, call):
        out = self.help(call)
        for command, explained in (
            ("sample", "print a valid payload of an event type, as JSON"),
            ("parse", "print the event in a payload, or what is wrong with it"),
            ("schema", "print the JSON Schema of an event type, or of all"),
        ):
            assert any(line.split()[:1] == [command] for line in out.splitlines())
            assert explained in " ".join(out.split())

    @pytest.mark.parametrize("command", ["sample", "schema"])
    def test_event_types_are_listed(self, call, command):
        out = self.help(call, command)
        assert "TYPE" in out
        listed = out.partition("\ntypes:\n")[2].split()
        assert listed == [*EVENT_TYPES]

    def test_the_file_is_explained(self, call):
        assert "the payload (default: standard input)" in self.help(call, "parse")

    def test_examples_run(self, call, tmp_path):
        examples = self.help(call).partition("examples:\n")[2].strip().splitlines()
        assert len(examples) >= 3
        (tmp_path / "body.json").write_text(
            '{"id": "e", "created_at": 1, "type": "new.type"}', encoding="utf-8"
        )
        script = "\n".join(["set -e", *examples])
        assert script.count("python -m openai_webhook_types") >= len(examples)
        done = subprocess.run(
            script.replace("python -m", f"'{sys.executable}' -B -m"),
            shell=True,
            cwd=tmp_path,
            env=environment(PYTHONPATH=str(PACKAGE.parent)),
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"UnknownWebhookEvent(id='e'" in done.stdout
        assert b"BatchCompletedWebhookEvent(id='evt_" in done.stdout


@pytest.mark.parametrize("arguments", [["parse"], ["--help"], ["schema"]])
def test_a_closed_pipe_is_not_a_mistake(arguments):
    with subprocess.Popen(
        [sys.executable, "-B", *COMMAND, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=PACKAGE.parent,
        env=environment(),
    ) as process:
        process.stdout.close()
        with suppress(BrokenPipeError):
            process.stdin.write(b'{"id": "e", "created_at": 1, "type": "new.type"}')
            process.stdin.close()
        assert process.stderr.read() == b""
    # argparse may keep to itself that nobody took its help.
    assert process.returncode in ((0, 1) if "--help" in arguments else (1,))


def test_output_that_cannot_be_written_is_a_mistake():
    # A file that is open for reading only.
    with Path(__file__).open("rb") as read_only:
        done = python(
            *COMMAND, "sample", "batch.failed",
            stdout=read_only, stderr=subprocess.PIPE, cwd=PACKAGE.parent,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "cannot write: " in done.stderr


def test_ctrl_c_is_not_a_traceback(call, monkeypatch, tmp_path):
    def interrupted(body):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "parse_event", interrupted)
    file = tmp_path / "body.json"
    file.touch()
    assert call("parse", str(file)) == (130, "", "")


def test_standard_output_and_error_may_be_absent(monkeypatch, tmp_path):
    monkeypatch.setattr("sys.stdout", None)
    monkeypatch.setattr("sys.stderr", None)
    file = tmp_path / "body.json"
    file.touch()
    assert cli.main(["sample", "batch.failed"]) == 0
    assert cli.main(["parse", str(file)]) == 1


def test_standard_output_need_not_be_a_file(monkeypatch):
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert cli.main(["sample", "batch.failed"]) == 0
    assert json.loads(sys.stdout.getvalue())["type"] == "batch.failed"


def test_arguments_are_those_of_the_process(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["program", "sample", "batch.failed"])
    assert cli.main() == 0
    assert json.loads(capsys.readouterr().out)["type"] == "batch.failed"
