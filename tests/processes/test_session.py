"""The session of two terminals in the recipes, with each command run and each line shown."""

import re
import subprocess
import sys
import time

from tests.cli.commands import in_environment
from tests.values import ROOT

DOCUMENT = (ROOT / "tests" / "recipes" / "README.md").read_text(encoding="utf-8")
(BLOCK,) = re.findall(r"```text\n(.*?)```", DOCUMENT, re.DOTALL)


def as_pattern(line):
    """Return a pattern for a line in which times differ from run to run."""
    times = r"\d+(?=\\ m?s\b)|\d\d(?=:)|(?<=:)\d\d\b"
    return re.sub(times, r"\\d+", re.escape(line))


def test_as_pattern():
    assert re.fullmatch(
        as_pattern("10:15:02  200  14 ms  (sent 3 s)"), "23:59:59  200  7 ms  (sent 10 s)"
    )
    assert not re.fullmatch(as_pattern("200  14 ms"), "201  14 ms")


class Address:
    """The port that the session shows, and the one that was free here."""

    def __init__(self):
        self._port = None

    def learn(self, line):
        """Take the port from the line that says it."""
        found = re.match(r"listening on http://127\.0\.0\.1:(\d+)/", line)
        if found:
            self._port = found[1]

    def here(self, text):
        return text.replace(":8000/", f":{self._port}/")


class Terminal:
    """A shell's part of the session, whose commands run one after another."""

    def __init__(self, name, folder, address):
        self._path = folder / f"{name}.out"
        self._folder = folder
        self._address = address
        self._environment = in_environment()
        del self._environment["OPENAI_WEBHOOK_SECRET"]
        self._read = 0
        self.process = None

    def run(self, line):
        """Run a command, which may go on; Ctrl-C ends the last one."""
        if line == "^C":
            self.process.send_signal(2)
            assert self.process.wait(30) == 130
        elif line.startswith("export "):
            name, _, value = line[len("export ") :].partition("=")
            self._environment[name] = value
        else:
            if self.process:
                assert self.process.wait(30) in {0, 1}
            program, *arguments = line.split(" ")
            assert program == "python3"
            if "listen" in arguments:
                arguments += ["--port", "0"]  # that of the session may be taken here
            arguments = [self._address.here(argument) for argument in arguments]
            with self._path.open("ab") as output:
                self.process = subprocess.Popen(
                    [sys.executable, "-B", *arguments],
                    cwd=self._folder,
                    env=self._environment,
                    stdout=output,
                    stderr=output,
                )

    def shows(self, line):
        """Assert that the next line that the terminal shows is this one."""
        until = time.monotonic() + 30
        while len(lines := self._path.read_text(encoding="utf-8").splitlines()) <= self._read:
            assert time.monotonic() < until, line
            time.sleep(0.02)
        found = lines[self._read]
        self._address.learn(found)
        assert re.fullmatch(as_pattern(self._address.here(line)), found)
        self._read += 1

    def end(self):
        """Return the lines that were shown but not expected."""
        if self.process:
            self.process.kill()
            self.process.wait()
        return self._path.read_text(encoding="utf-8").splitlines()[self._read :]


def test_the_session_is_as_the_document_shows_it(tmp_path):
    lines = BLOCK.splitlines()
    assert len(lines) <= 15
    address = Address()
    terminals = {name: Terminal(name, tmp_path, address) for name in "AB"}
    left = {}
    try:
        for line in lines:
            name, kind, text = line[0], line[1:3], line[3:]
            if kind == "$ ":
                terminals[name].run(text)
            else:
                assert kind == "  "
                terminals[name].shows(text)
    finally:
        for name, terminal in terminals.items():
            left[name] = terminal.end()
    assert left == {"A": [], "B": []}
    saved = sorted(path.name for path in (tmp_path / "deliveries").iterdir())
    assert saved == ["wh_1.headers", "wh_1.json"]
