"""What editors show: the parameters of constructors, and the text of fields."""

import ast
import dataclasses
import inspect
import json
import subprocess
import sys
from itertools import pairwise
from textwrap import dedent

import griffe
import jedi
import pytest

import openai_webhook_types as owt
from tests.values import KNOWN_EVENTS, PACKAGE, each_known_event


def parameters(cls):
    return [field.name for field in dataclasses.fields(cls)]


@each_known_event
def test_jedi_shows_every_parameter(cls):
    """As IPython, Jupyter and python-lsp-server do. It shows those that a class repeats twice."""
    source = f"from openai_webhook_types import {cls.__name__}\n{cls.__name__}("
    project = jedi.Project(PACKAGE.parent)
    (signature,) = jedi.Script(source, project=project).get_signatures()
    assert {*parameters(cls)} == {parameter.name for parameter in signature.params}


def test_griffe_shows_the_constructors():
    """As mkdocstrings does."""
    package = griffe.load("openai_webhook_types", search_paths=[PACKAGE.parent])
    for cls in KNOWN_EVENTS:
        shown = package[f"{cls.__module__.partition('.')[2]}.{cls.__name__}"].parameters
        assert [parameter.name for parameter in shown] == ["self", *parameters(cls)]


def test_pylint_finds_nothing_wrong_with_the_constructors(tmp_path):
    lines = ["import openai_webhook_types as owt"]
    for cls in KNOWN_EVENTS:
        values = ", ".join([f"{name}=None" for name in parameters(cls)])
        lines += [f"owt.{cls.__name__}({values})", f"owt.{cls.__name__}(1, 2, 3, 4, 5)"]
    path = tmp_path / "app.py"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pylint", "--rcfile=", "--disable=C", str(path)],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "rated at 10.00/10" in done.stdout, done.stdout
    assert done.stdout.count("\n") < 5


# Hovering, in pyright


class Server:
    """The language server of pyright, with one open file."""

    def __init__(self, folder):
        self.uri = (folder / "app.py").as_uri()
        self._count = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pyright.langserver", "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.ask(
            "initialize",
            processId=None,
            rootUri=folder.as_uri(),
            workspaceFolders=[{"uri": folder.as_uri(), "name": "folder"}],
            capabilities={"textDocument": {"hover": {"contentFormat": ["plaintext"]}}},
        )
        self._send("initialized", {})

    def open(self, text):
        document = {"uri": self.uri, "languageId": "python", "version": 1, "text": text}
        self._send("textDocument/didOpen", {"textDocument": document})

    def hover(self, line, character):
        """Return the text that is shown at a place."""
        place = {"line": line, "character": character}
        found = self.ask("textDocument/hover", textDocument={"uri": self.uri}, position=place)
        return found["contents"]["value"]

    def ask(self, method, **parameters):
        self._count += 1
        self._send(method, parameters, id=self._count)
        while True:
            message = self._receive()
            if message.get("id") == self._count and "method" not in message:
                return message["result"]
            if "id" in message:  # the server asks, for example for settings
                result = [None] * len(message.get("params", {}).get("items", []))
                self._write({"id": message["id"], "result": result})

    def _send(self, method, parameters, **more):
        self._write({"method": method, "params": parameters, **more})

    def _write(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self):
        length = 0
        while (line := self._process.stdout.readline()) not in {b"\r\n", b""}:
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        return json.loads(self._process.stdout.read(length))

    def close(self):
        self._process.kill()
        self._process.communicate()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("editor")
    settings = {"extraPaths": [str(PACKAGE.parent)]}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    running = Server(folder)
    yield running
    running.close()


def described(cls):
    """Return the text of each field of a class, by its name."""
    texts = {}
    for base in cls.__mro__[-2::-1]:
        (body,) = ast.parse(dedent(inspect.getsource(base))).body
        for statement, after in pairwise(body.body):
            if isinstance(statement, ast.AnnAssign) and isinstance(after, ast.Expr):
                texts[statement.target.id] = " ".join(after.value.value.split())
    return texts


def test_hovering_over_a_field_shows_its_text(server):
    lines = ["import openai_webhook_types as owt"]
    expected = []
    for cls in (*KNOWN_EVENTS, owt.UnknownWebhookEvent):
        lines.append(f"def about(event: owt.{cls.__name__}) -> None:")
        texts = {"event": described(cls)}
        if cls in KNOWN_EVENTS:
            texts["event.data"] = described(cls.Data)
        for path, of_fields in texts.items():
            for name, text in of_fields.items():
                lines.append(f"    {path}.{name}")
                expected.append((len(lines) - 1, len(lines[-1]) - 1, name, text))
    assert len(expected) > 130
    server.open("\n".join(lines) + "\n")
    for line, character, name, text in expected:
        shown = " ".join(server.hover(line, character).split())
        assert shown.startswith(f"(variable) {name}: ")
        assert shown.endswith(text)
