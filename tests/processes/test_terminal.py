"""The command line on a pseudo-terminal."""

import fcntl
import json
import os
import socket
import subprocess
import sys
import termios
import time

import pytest

from openai_webhook_types.testing import sample_payload
from tests.cli.commands import COMMAND, Terminal, assert_clean, in_environment


class Session:
    """A process whose terminal this is."""

    def __init__(self, *arguments, columns=60, output=None, **variables):
        self._terminal = Terminal(columns)
        self.shown = ""
        side = self._terminal.stream.fileno()
        environment = {**in_environment(), "TERM": "xterm", **variables}
        for name in ("COLUMNS", "LINES", *{"NO_COLOR"} - {*variables}):
            environment.pop(name, None)
        self.process = subprocess.Popen(
            [sys.executable, "-B", *COMMAND, *arguments],
            stdin=side,
            stdout=side if output is None else output,
            stderr=side,
            env=environment,
            start_new_session=True,
            # What the keyboard sends goes to the process that the terminal belongs to.
            preexec_fn=lambda: fcntl.ioctl(side, termios.TIOCSCTTY, 0),  # noqa: PLW1509
        )

    def wait_for(self, text):
        """Wait until the terminal shows a text."""
        until = time.monotonic() + 30
        while text not in self.shown:
            assert time.monotonic() < until, self.shown
            self.shown += self._terminal.read()

    def press(self, key):
        os.write(self._terminal.keyboard, key)

    def end(self):
        """Wait for the end; return the exit status and all that was shown."""
        until = time.monotonic() + 30
        while self.process.poll() is None and time.monotonic() < until:
            self.shown += self._terminal.read()
        status = self.process.wait(1)
        self.shown += self._terminal.read()
        self._terminal.close()
        assert_clean(self.shown)
        return status, self.shown


@pytest.fixture(scope="module")
def many_lines(tmp_path_factory):
    path = tmp_path_factory.mktemp("lines") / "events.jsonl"
    line = json.dumps(sample_payload("batch.completed")) + "\n"
    path.write_text(line * 100_000, encoding="utf-8")
    return path


def test_progress_is_one_line_as_wide_as_the_terminal(many_lines):
    session = Session("parse", "--lines", "--quiet", str(many_lines), columns=40)
    status, shown = session.end()
    assert status == 0
    progress, summary = shown.split("\r\x1b[K")
    steps = progress.split("\r")[1:]
    assert steps
    for step in steps:
        assert step.startswith(f"{many_lines}"[:39])
        assert step.endswith("\x1b[K")
        assert len(step) <= 39 + len("\x1b[K")
    assert summary.startswith("lines: 100,000 (100,000 valid, 0 invalid)\n")


def test_ctrl_c_shows_what_was_judged(many_lines):
    session = Session("parse", "--lines", "--quiet", *[str(many_lines)] * 50)
    session.wait_for("\r")
    session.press(b"\x03")
    status, shown = session.end()
    assert status == 130
    assert " valid, 0 invalid)\n" in shown.split("\r\x1b[K")[-1]


def test_ctrl_c_ends_send_to_a_listener_that_says_nothing():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(30)
        url = "http://127.0.0.1:{1}/".format(*listener.getsockname())
        session = Session("send", url, "batch.failed", "--timeout", "600")
        connection, _ = listener.accept()
        with connection:
            connection.settimeout(30)
            assert connection.recv(1)
            session.press(b"\x03")
            status, shown = session.end()
    assert (status, shown) == (130, "^C")


@pytest.mark.parametrize("columns", [50, 150])
def test_events_fit(columns):
    status, shown = Session("events", columns=columns).end()
    assert status == 0
    assert 40 < max(map(len, shown.splitlines())) <= columns


@pytest.mark.parametrize(
    "arguments", [["events"], ["parse", "--lines", "--json"], ["schema"], ["send", "--help"]]
)
def test_a_pipe_that_is_closed(arguments, many_lines):
    reader, writer = os.pipe()
    with many_lines.open("rb") as lines:
        process = subprocess.Popen(
            [sys.executable, "-B", *COMMAND, *arguments],
            stdin=lines,
            stdout=writer,
            stderr=subprocess.PIPE,
            env=in_environment(),
        )
        os.close(writer)
        os.close(reader)
        err = process.communicate(timeout=30)[1].decode()
    assert process.returncode == 3
    # What was judged is said.
    assert err == "" or (arguments[0] == "parse" and err.count("\n") == 2 and "lines: " in err)
