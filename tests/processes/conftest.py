"""The verb `listen`, in a process of its own."""

import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from tests.cli.commands import COMMAND, assert_clean, in_environment


@pytest.fixture(autouse=True, scope="session")
def ctrl_c():
    """Let processes heed Ctrl-C: they ignore it where a shell runs the tests in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


class Listener:
    """A process that listens, and what it wrote."""

    def __init__(self, process, out, err):
        self.process = process
        self._out, self._err = out, err

    def output(self):
        """Return what it wrote so far: the output, and the errors."""
        texts = [path.read_text(encoding="utf-8") for path in (self._out, self._err)]
        assert_clean(*texts)
        return texts

    def first_line(self):
        """Wait until it listens, or has ended."""
        until = time.monotonic() + 30
        while "\n" not in self.output()[0]:
            assert self.process.poll() is None, self.output()
            assert time.monotonic() < until
            time.sleep(0.02)
        return self.output()[0].splitlines()[0]

    def interrupt(self):
        """End it as Ctrl-C does, and return its exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@pytest.fixture
def listener(tmp_path):
    """Return a context that listens with some arguments, on a port that is free."""

    @contextmanager
    def listens(*arguments, port=0, **options):
        out, err = tmp_path / "listen.out", tmp_path / "listen.err"
        command = [sys.executable, "-B", *COMMAND, "listen", "--port", str(port), *arguments]
        options = {"cwd": tmp_path, "env": in_environment(), **options}
        with out.open("wb") as stdout, err.open("wb") as stderr:
            process = subprocess.Popen(command, stdout=stdout, stderr=stderr, **options)
        with process:
            try:
                listens = Listener(process, out, err)
                listens.url = listens.first_line().split("listening on ")[-1].split()[0]
                yield listens
            finally:
                process.kill()

    return listens
