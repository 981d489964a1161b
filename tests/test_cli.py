"""`python -m openai_webhook_types`, as a shell runs it."""

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from openai_webhook_types import EVENT_TYPES, BatchCompletedWebhookEvent, cli, parse_event
from openai_webhook_types.schema import events_json_schema

ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, "-B", "-m", "openai_webhook_types"]


def run(*arguments, data=b"", **options):
    result = subprocess.run(
        [*COMMAND, *arguments], input=data, capture_output=True, cwd=ROOT, check=False, **options
    )
    assert b"Traceback" not in result.stderr
    return result.returncode, result.stdout.decode(), result.stderr.decode()


@pytest.mark.parametrize("event_type", EVENT_TYPES)
def test_every_sample_parses(event_type):
    status, out, err = run("sample", event_type)
    assert (status, err) == (0, "")
    assert out == json.dumps(json.loads(out), indent=2) + "\n"
    assert run("parse", data=out.encode()) == (0, repr(parse_event(out)) + "\n", "")


def test_schema_of_one_type_and_of_all():
    status, out, err = run("schema", "batch.completed")
    assert (status, err) == (0, "")
    assert json.loads(out) == BatchCompletedWebhookEvent.model_json_schema()
    status, out, err = run("schema")
    assert (status, err) == (0, "")
    assert json.loads(out) == events_json_schema()


def test_parse_reads_a_file_or_standard_input(tmp_path):
    body = b'{"id": "\xc3\xa9", "created_at": 1, "type": "new.type"}'
    expected = repr(parse_event(body)) + "\n"
    file = tmp_path / "body.json"
    file.write_bytes(body)
    for arguments in (["parse", str(file)], ["parse"], ["parse", "-"]):
        assert run(*arguments, data=body, env={"PYTHONIOENCODING": "utf-8"}) == (0, expected, "")


def test_parse_writes_what_the_terminal_cannot_show():
    body = '{"id": "é", "created_at": 1, "type": "new.type"}'.encode()
    status, out, _ = run("parse", data=body, env={"PYTHONIOENCODING": "ascii"})
    assert (status, "id='\\xe9'" in out) == (0, True)


def test_parse_says_what_is_wrong_one_field_a_paragraph():
    status, out, err = run("parse", data=b'{"type": "batch.failed", "id": 5, "data": {}}')
    assert (status, out) == (1, "")
    assert [paragraph.splitlines()[0] for paragraph in err.split("\n\n")] == [
        "3 validation errors for BatchFailedWebhookEvent",
        "id",
        "created_at",
        "data.id",
    ]


@pytest.mark.parametrize("data", [b"", b"[" * 100_000, b"\xff", b"null"])
def test_parse_of_anything_else(data):
    status, out, err = run("parse", data=data)
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
    ],
)
def test_mistakes_take_one_line(arguments, said):
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert said in err


@pytest.mark.parametrize("arguments", [["--help"], ["sample", "--help"], ["parse", "--help"]])
def test_help(arguments):
    status, out, err = run(*arguments)
    assert (status, err) == (0, "")
    assert out.startswith("usage: python -m openai_webhook_types")
    assert "sample" in out or "FILE" in out


def test_help_has_examples_that_run():
    _, out, _ = run("--help")
    examples = out.partition("examples:\n")[2].strip().splitlines()
    assert len(examples) >= 3
    assert any("sample" in example for example in examples)
    assert any("parse" in example for example in examples)


@pytest.mark.parametrize("arguments", [["parse"], ["--help"], ["schema"], ["sample", "--help"]])
def test_a_closed_pipe_is_no_error(arguments):
    with subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        process.stdout.close()
        with suppress(BrokenPipeError):
            process.stdin.write(b'{"id": "e", "created_at": 1, "type": "new.type"}')
            process.stdin.close()
        assert process.stderr.read() == b""
    # argparse may keep to itself that nobody took its help.
    assert process.returncode in ((0, 1) if "--help" in arguments else (1,))


def test_output_that_cannot_be_written_is_one_line():
    # A file that is open for reading only.
    with Path(__file__).open("rb") as closed_for_writing:
        result = subprocess.run(
            [*COMMAND, "sample", "batch.failed"],
            stdout=closed_for_writing,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            check=False,
        )
    assert result.returncode == 2
    assert result.stderr.decode().count("\n") == 1
    assert b"cannot write: " in result.stderr


def test_ctrl_c_is_no_traceback(monkeypatch, tmp_path, capsys):
    def interrupted(body):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "parse_event", interrupted)
    file = tmp_path / "body.json"
    file.touch()
    assert cli.main(["parse", str(file)]) == 130
    assert capsys.readouterr() == ("", "")


def test_it_runs_where_there_is_no_standard_output_or_error(monkeypatch, tmp_path):
    monkeypatch.setattr("sys.stdout", None)
    monkeypatch.setattr("sys.stderr", None)
    file = tmp_path / "body.json"
    file.touch()
    assert cli.main(["sample", "batch.failed"]) == 0
    assert cli.main(["parse", str(file)]) == 1


def test_a_name_that_no_file_can_have_is_a_mistake(capsys):
    with pytest.raises(SystemExit) as exit_:
        cli.main(["parse", "a\0b"])
    assert exit_.value.code == 2
    assert "cannot read 'a\\x00b': embedded null byte" in capsys.readouterr().err
