"""How tests run the command line: in this process, in others, and against a receiver."""

import fcntl
import os
import select
import struct
import termios
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue

from openai_webhook_types import cli
from openai_webhook_types.cli import listen
from tests.values import PACKAGE, environment, python

COMMAND = ("-m", "openai_webhook_types")
SECRET = "whsec_RdvaYFYUXuIFuEbvZHwMfYFhUf7aMYjYcmM24+Aj40c="

# Before any test puts another in its place.
_RECEIVER = listen._Receiver


def in_environment(**variables):
    """Return the environment for a process that has the secret, and finds the package."""
    return environment(OPENAI_WEBHOOK_SECRET=SECRET, PYTHONPATH=str(PACKAGE.parent), **variables)


def command(*arguments, **options):
    """Run the command line in a process of its own; return its status and what it wrote."""
    done = python(*COMMAND, *map(str, arguments), **{"env": in_environment(), **options})
    assert_clean(done.stdout or "", done.stderr or "")
    return done.returncode, done.stdout, done.stderr


def assert_clean(*texts):
    """Assert that no output has a traceback, or the secret."""
    for text in texts:
        assert "Traceback" not in text
        assert SECRET[6:] not in text


def assert_handles_webhooks(url):
    """Assert that a handler at a URL accepts what `send` signs, and refuses the rest."""
    status, out, err = command("send", url, "batch.completed", "--count", "3", "--jobs", "3")
    assert (status, err) == (0, ""), out + err
    status, out, err = command("send", url, "batch.completed", "--bad-signature")
    assert (status, err) == (0, ""), out + err
    status, out, err = command("send", url, "batch.completed", "--old", "1000")
    assert (status, out[:3], err) == (1, "401", ""), out + err


@contextmanager
def listening(monkeypatch, *arguments):
    """Run the verb `listen` in a thread, and yield its server and, at the end, its status."""
    started, ended = Queue(), []

    class Receiver(_RECEIVER):
        def serve_forever(self):
            super().serve_forever(0.01)
            if not self.failures:
                raise KeyboardInterrupt

        def service_actions(self):  # again and again: from the first on, it can be shut down
            started.put(self)

    monkeypatch.setattr(listen, "_Receiver", Receiver)
    thread = threading.Thread(
        target=lambda: ended.append(cli.main(["listen", "--port", "0", *map(str, arguments)]))
    )
    thread.start()
    receiver = started.get(timeout=30)
    receiver.url = "http://127.0.0.1:{1}/".format(*receiver.server_address)
    receiver.ended = ended
    try:
        yield receiver
    finally:
        receiver.shutdown()
        thread.join(30)
        assert not thread.is_alive()


@contextmanager
def answering(answer):
    """Serve with a function from the handler of a request and its body to nothing."""

    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_POST(self):
            self.server.bodies.append(self.rfile.read(int(self.headers["content-length"])))
            self.server.requests.append(self)
            answer(self)

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.bodies, server.requests = [], []
        server.url = "http://127.0.0.1:{1}/".format(*server.server_address)
        thread = threading.Thread(target=lambda: server.serve_forever(0.01))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def with_status(status, text="", **headers):
    """Return what answers with a status and a body."""

    def answer(handler):
        content = text.encode()
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


class Terminal:
    """A pseudo-terminal: what is written to its stream can be read."""

    def __init__(self, columns):
        self.keyboard, writer = os.openpty()
        fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.stream = os.fdopen(writer, "w", encoding="utf-8")

    def read(self):
        self.stream.flush()
        shown = b""
        while select.select([self.keyboard], [], [], 0.05)[0]:
            shown += os.read(self.keyboard, 65536)
        return shown.decode().replace("\r\n", "\n")

    def close(self):
        self.stream.close()
        os.close(self.keyboard)
