"""The command line as a whole: its name, its help, its mistakes, its exit status."""

import gzip
import io
import json
import os
import re
import shlex
import shutil
import sys
from importlib import import_module
from pathlib import Path

import pytest

import openai_webhook_types
from openai_webhook_types import __main__, cli, sign
from openai_webhook_types.cli import parse, verify
from openai_webhook_types.testing import sample_payload
from tests.cli.commands import answering, command, in_environment, listening, with_status
from tests.values import PACKAGE, ROOT, python, run

VERBS = ["events", "sample", "parse", "schema", "sign", "verify", "send", "listen", "vendor"]
NAME = f"{Path(sys.executable).name} -m openai_webhook_types"


def test_a_bare_call_shows_the_help(call):
    status, out, err = call()
    assert (status, err) == (0, "")
    assert out.startswith(f"usage: {NAME} [-h] [--version] VERB")
    assert call("--help") == (0, out, "")
    rows = dict(re.findall(r"^    (\w+) +(\S.*)$", out, re.MULTILINE))
    assert rows == cli._VERBS
    assert [*rows] == VERBS, "add the verb to VERBS in tests/cli/test_main.py"


def test_version(call):
    version = openai_webhook_types.__version__
    assert call("--version") == (0, f"openai_webhook_types {version}\n", "")


@pytest.mark.parametrize(
    ("argv", "name"),
    [
        (["/usr/bin/openai-webhook-types"], "openai-webhook-types"),
        (["/a/vendored/openai_webhook_types/__main__.py"], NAME),
        (["-c"], NAME),
        ([""], NAME),
        ([], NAME),
    ],
)
def test_help_shows_the_name_that_it_was_called_by(call, monkeypatch, argv, name):
    monkeypatch.setattr("sys.argv", argv)
    assert call("--help")[1].startswith(f"usage: {name} [-h]")
    out = call("sample", "--help")[1]
    assert out.startswith(f"usage: {name} sample [-h]")
    assert f"\n  {name} sample batch.completed\n" in out
    assert call("sample")[2].startswith(f"{name}: error: ")


@pytest.mark.parametrize(
    ("executable", "name"),
    [("/usr/bin/python3", "python3"), ("", "python"), (None, "python")],
)
def test_a_module_is_called_by_the_name_of_the_interpreter(call, monkeypatch, executable, name):
    monkeypatch.setattr("sys.executable", executable)
    assert call("--help")[1].startswith(f"usage: {name} -m openai_webhook_types [-h]")


def test_arguments_are_those_of_the_process(call, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["program", "sample", "batch.failed"])
    assert cli.main() == 0
    assert json.loads(capsys.readouterr().out)["type"] == "batch.failed"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["what"], "invalid choice: 'what'"),
        (["sample"], "the following arguments are required: TYPE (try: "),
        (["sample", "--comp", "batch.failed"], "unrecognized arguments: --comp"),
        (["sample", "batch.complete"], "did you mean 'batch.completed'"),
        (["schema", "batch.complete"], f"(to list them: {NAME} events)"),
        (["send", "http://127.0.0.1:1/", "video.completed"], f"(to list them: {NAME} events)"),
        (["what\x1b[2J\nmore"], r"what\x1b[2J\nmore"),
        (["parse", "\x1b[2J\nmore"], r"cannot read \x1b[2J\nmore: No such file"),
    ],
)
def test_mistakes_take_one_line(call, arguments, said):
    status, out, err = call(*arguments)
    assert (status, out) == (3 if arguments[0] == "parse" else 2, "")
    assert err.count("\n") == 1
    assert err.rstrip("\n").isprintable()
    assert err.startswith(f"{NAME}: error: ")
    assert said in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["send", "http://127.0.0.1:1/", "batch.failed", "--Secret", "hidden"], "s: --Secret ("),
        (["sign", "--secrt=whsec_hidden"], "unrecognized arguments: --secrt ("),
        (["sign", "body", "--secrt=hidden", "--x", "a -hidden"], "arguments: --secrt --x ("),
        (["--secret", "hidden", "sign"], "unrecognized arguments: --secret ("),
        (["--secret=hidden"], "unrecognized arguments: --secret ("),
        (["sample", "batch.failed", "hidden"], "error: too many arguments ("),
    ],
)
def test_what_may_be_a_secret_is_not_shown(call, arguments, said):
    status, out, err = call(*arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert "hidden" not in err


# Help


def examples(call, verb):
    """Return the examples in the help of a verb."""
    status, out, err = call(verb, "--help")
    assert (status, err) == (0, "")
    lines = re.split(r"\nexamples?:\n", out)[1].splitlines()
    assert lines
    return [line.strip() for line in lines]


def in_a_shell(call, line):
    """Run a command line as a shell does, with pipes and files, but in this process."""
    status, out, err = 0, None, ""
    for part in line.split(" | "):
        words = shlex.split(part.replace(NAME, "", 1))
        files = {}
        for sign_ in ("<", ">"):
            if sign_ in words:
                place = words.index(sign_)
                _, name = words[place : place + 2]
                del words[place : place + 2]
                files[sign_] = Path(name)
        if "<" in files:
            out = files["<"].read_text(encoding="utf-8")
        status, out, err = call(*words, stdin=out)
        assert status in {0, 1}, err
        if ">" in files:
            files[">"].write_text(out, encoding="utf-8")
            assert json.loads(files[">"].read_text(encoding="utf-8"))
    return status, out, err


@pytest.fixture
def example_files(monkeypatch):
    """Write the files that the examples name."""
    at = 1769860800  # 2026-01-31T12:00:00Z
    body = json.dumps(sample_payload("batch.completed"))
    Path("body.json").write_text(body, encoding="utf-8")
    Path("events.jsonl").write_text(f"{body}\n{{}}\n", encoding="utf-8")
    Path("more.jsonl.gz").write_text(f"{body}\n", encoding="utf-8")
    headers = [f"{name}: {value}\n" for name, value in sign(body, timestamp=at).items()]
    Path("headers.txt").write_text("".join(headers), encoding="utf-8")
    monkeypatch.setattr(verify.time, "time", lambda: at)


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb not in {"send", "listen"}])
@pytest.mark.usefixtures("example_files")
def test_examples_run(call, verb):
    for example in examples(call, verb):
        assert f"{NAME} {verb}" in example
        status, out, err = in_a_shell(call, example)
        is_negative = "v1,..." in example or "--rejects" in example
        assert status == is_negative
        assert (out == "") == ("--rejects" in example)
        assert (err != "") == ("--rejects" in example)


@pytest.mark.usefixtures("example_files")
def test_examples_of_send_run(call, monkeypatch):
    # They send to a handler of the user's, at a port that may be taken here.
    for example in examples(call, "send"):
        status = 401 if "--bad-signature" in example else 200
        with answering(with_status(status)) as server:
            assert "http://127.0.0.1:8000/" in example
            line = example.replace("http://127.0.0.1:8000/", server.url)
            assert in_a_shell(call, line)[0] == 0


def test_examples_of_listen_run(call, monkeypatch):
    for example in examples(call, "listen"):
        words = shlex.split(example.replace(f"{NAME} listen --port 8000", ""))
        with listening(monkeypatch, *words) as receiver:
            pass
        assert receiver.ended == [130]


def test_examples_of_the_program_run(call):
    out = call("--help")[1]
    for example in out.partition("examples:\n")[2].splitlines():
        assert in_a_shell(call, example.strip())[0] == 0


def test_the_library_works_without_it(tmp_path):
    target = tmp_path / "vendored" / "hooks"
    shutil.copytree(PACKAGE, target, ignore=shutil.ignore_patterns("cli", "__pycache__"))
    code = """
import vendored.hooks as hooks, vendored.hooks.testing as testing
for name in hooks.__all__:
    getattr(hooks, name)
body, headers = testing.signed_request("batch.completed", secret="text")
print(type(hooks.unwrap(body, headers, secret="text")).__name__)
"""
    assert run(code, path=tmp_path) == "BatchCompletedWebhookEvent\n"


def test_a_verb_loads_only_what_it_needs():
    code = """
from openai_webhook_types.cli import main
main(["sample", "batch.failed", "--compact"])
print(*sorted({"gzip", "http.client", "http.server", "socket", "urllib.parse",
    "openai_webhook_types.signature"} & {*sys.modules}))
"""
    assert run(code).splitlines()[1:] == [""]


def test_a_module_that_python_was_built_without_is_named(call, tmp_path, monkeypatch):
    (tmp_path / "bodies.gz").write_bytes(gzip.compress(b"{}"))
    monkeypatch.setitem(sys.modules, "zlib", None)
    status, _, err = call("parse", "--lines", tmp_path / "bodies.gz")
    assert status == 3
    assert err.splitlines()[-1] == f"{NAME}: error: this Python has no module zlib"


def test_its_folder_can_be_run_and_its_main_module_imported():
    done = python(PACKAGE, "sample", "batch.failed", "--compact")
    assert json.loads(done.stdout)["type"] == "batch.failed"
    assert run("import openai_webhook_types.__main__; print('goes on')") == "goes on\n"


def test_a_copy_without_it_says_so(monkeypatch, capsys):
    monkeypatch.setattr(__main__, "find_spec", lambda name: None)
    assert __main__._run() == 2
    said = "openai_webhook_types: this copy was made without its command line\n"
    assert capsys.readouterr().err == said


def test_it_runs_from_a_vendored_copy(tmp_path):
    shutil.copytree(PACKAGE, tmp_path / "vendored" / "hooks")
    done = python("-m", "vendored.hooks", "sample", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    name = NAME.replace("openai_webhook_types", "vendored.hooks")
    assert done.stderr.startswith(f"{name}: error: the following arguments")


def test_the_script_is_installed():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    scripts = re.search(r"(?ms)^\[project\.scripts\]\n(.*?)^\[", text)[1]
    ((module, name),) = re.findall(r'^openai-webhook-types = "(.+):(.+)"$', scripts, re.MULTILINE)
    assert getattr(import_module(module), name) is cli.main


# Output that nobody takes


@pytest.fixture
def closed_pipe():
    """A text stream to a pipe that nobody reads."""
    reader, writer = os.pipe()
    os.close(reader)
    stream = os.fdopen(writer, "w", encoding="utf-8")
    yield stream
    stream.close()  # it leads to nowhere by now


def test_a_closed_pipe_in_this_process(call, closed_pipe, monkeypatch):
    monkeypatch.setattr("sys.stdout", closed_pipe)
    assert call("sample", "batch.failed") == (3, "", "")


def test_errors_that_nobody_takes(call, closed_pipe, monkeypatch):
    monkeypatch.setattr("sys.stderr", closed_pipe)
    assert call("sample") == (2, "", "")


def test_output_that_cannot_be_written(call, monkeypatch):
    # A file that is open for reading only.
    with Path(os.devnull).open("rb") as read_only:
        stream = io.TextIOWrapper(os.fdopen(os.dup(read_only.fileno()), "wb"))
        monkeypatch.setattr("sys.stdout", stream)
        status, _, err = call("sample", "batch.failed")
        stream.close()
    assert status == 3
    assert err == f"{NAME}: error: cannot write: Bad file descriptor\n"


def test_standard_streams_may_be_absent(call, monkeypatch):
    monkeypatch.setattr("sys.stdout", None)
    monkeypatch.setattr("sys.stderr", None)
    monkeypatch.setattr("sys.stdin", None)
    assert call("sample", "batch.failed")[0] == 0
    assert call("events")[0] == 0
    assert call("sign")[0] == 3


def test_standard_output_need_not_be_a_file(monkeypatch):
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert cli.main(["sample", "batch.failed"]) == 0
    assert json.loads(sys.stdout.getvalue())["type"] == "batch.failed"


# The end


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (KeyboardInterrupt, (130, "", "")),
        (MemoryError, (3, "", f"{NAME}: error: not enough memory\n")),
        (RuntimeError("no threads"), (3, "", f"{NAME}: error: no threads\n")),
    ],
)
def test_there_is_no_traceback(call, monkeypatch, error, expected):
    def fails(body):
        raise error

    monkeypatch.setattr(parse, "parse_event", fails)
    assert call("parse", stdin="{}") == expected


def test_an_interrupt_while_the_modules_load_leaves_no_traceback():
    code = """
import runpy, sys
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "openai_webhook_types.cli":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupting())
runpy.run_module("openai_webhook_types", run_name="__main__")
"""
    done = python("-c", code, env=in_environment())
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_the_exit_status_of_the_process_is_that_of_the_command_line():
    assert command("parse", input="{}")[0] == 1
