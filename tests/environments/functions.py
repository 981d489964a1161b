"""AWS Lambda: the recipe, run by Amazon's runtime client against a Runtime API of our own."""

import base64
import json
import queue
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from openai_webhook_types import sign

from .places import ROOT, make_environment, place, vendor

__all__ = ["api_gateway_events", "aws_lambda", "runtime", "write_function"]

SECRET = "whsec_c21va2U="
RECIPES = ROOT / "tests" / "recipes"


class RuntimeAPI(ThreadingHTTPServer):
    """Hands events to a runtime, one after another, and keeps what it answers."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.events = queue.Queue()
        self.answers = queue.Queue()

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):  # which is how a runtime ends
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        event = self.server.events.get()
        if event is None:  # the test is over
            self.close_connection = True
            return
        headers = {
            "Lambda-Runtime-Aws-Request-Id": "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
            "Lambda-Runtime-Deadline-Ms": int(time.time() * 1000) + 60_000,
            "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-west-1:1:function:f",
        }
        self._answer(200, json.dumps(event).encode(), headers)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        _, _, kind = self.path.rpartition("/")
        self.server.answers.put((kind, json.loads(body)))
        self._answer(202, b"{}", {})

    def _answer(self, status, body, headers):
        self.send_response(status)
        # The runtime client crashes where there is no content type.
        headers = {**headers, "Content-Type": "application/json", "Content-Length": len(body)}
        for name, value in headers.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextmanager
def runtime(python, folder, handler):
    """Start a Lambda function, and yield what invokes it: a function from event to answer."""
    with RuntimeAPI() as api:
        threading.Thread(target=api.serve_forever, args=(0.01,), daemon=True).start()
        process = subprocess.Popen(
            [str(python), "-m", "awslambdaric", handler],
            cwd=folder,
            env={
                "AWS_LAMBDA_RUNTIME_API": "{}:{}".format(*api.server_address),
                "AWS_LAMBDA_FUNCTION_NAME": "f",
                "LAMBDA_TASK_ROOT": str(folder),
                "OPENAI_WEBHOOK_SECRET": SECRET,
                "PYTHONDONTWRITEBYTECODE": "1",  # a function's folder is read-only
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

        def invoke(event):
            api.events.put(event)
            for _ in range(600):
                try:
                    return api.answers.get(timeout=0.1)
                except queue.Empty:
                    if process.poll() is not None:
                        break
            process.kill()
            raise AssertionError(f"no answer: {process.communicate()[0].decode()}")

        try:
            yield invoke
        finally:
            api.events.put(None)
            process.kill()
            process.communicate()
            api.shutdown()


def version_1(body, headers):
    return {
        "version": "1.0",
        "resource": "/webhook",
        "path": "/webhook",
        "httpMethod": "POST",
        "headers": {name.title(): value for name, value in headers.items()},
        "multiValueHeaders": {name.title(): [value] for name, value in headers.items()},
        "requestContext": {"httpMethod": "POST", "stage": "$default"},
        "body": body,
        "isBase64Encoded": False,
    }


def version_2(body, headers):
    return {
        "version": "2.0",
        "routeKey": "POST /webhook",
        "rawPath": "/webhook",
        "headers": headers,
        "requestContext": {"http": {"method": "POST", "path": "/webhook"}},
        "body": base64.b64encode(body.encode()).decode(),
        "isBase64Encoded": True,
    }


def api_gateway_events():
    """Return events of API Gateway, each with the status and the kind that is stored."""
    known = {"id": "evt_1", "created_at": 1, "type": "batch.failed", "data": {"id": "batch_1"}}
    bodies = {
        "batch.failed": json.dumps(known),
        "batch.new": json.dumps({**known, "type": "batch.new", "data": "é"}, ensure_ascii=False),
        "rejected": json.dumps({**known, "created_at": "never"}),
    }
    signed = {kind: (body, sign(body, secret=SECRET)) for kind, body in bodies.items()}
    known, new, rejected = signed.values()
    return [
        (version_1(*known), 200, "batch.failed"),
        (version_2(*new), 200, "batch.new"),
        (version_1(*rejected), 400, "rejected"),
        (version_2(*rejected), 400, "rejected"),
        (version_1(known[0] + " ", known[1]), 401, None),
        ({**version_2(*known), "headers": {}}, 401, None),
    ]


def write_function(folder):
    """Write a deployment with the recipe in it, and return its folder."""
    vendor(folder)
    for name in ("lambda_handler.py", "inbox.py"):
        shutil.copy(RECIPES / name, folder)
    return folder


@place("lambda", needs="awslambdaric, from PyPI", runs="gate")
def aws_lambda(folder):
    """AWS Lambda's runtime client: the recipe answers six events of API Gateway."""
    programs = make_environment(folder / "venv", "awslambdaric")
    function = write_function(folder / "function")
    events = api_gateway_events()
    with runtime(programs / "python", function, "lambda_handler.handler") as invoke:
        for event, status, _ in events:
            answer = invoke(event)
            if answer != ("response", {"statusCode": status}):
                raise AssertionError(f"{answer}, not {status}, to {event}")
    with closing(sqlite3.connect(str(function / "inbox.db"))) as inbox:
        stored = sorted(kind for (kind,) in inbox.execute("SELECT kind FROM inbox"))
    if stored != sorted({kind for *_, kind in events if kind}):  # each of them once
        raise AssertionError(stored)
    return [f"ok {len(events)} events"]
