"""AWS Lambda: the recipe, run by Amazon's runtime client against a Runtime API of our own."""

import base64
import json
import logging
import queue
import shutil
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from openai_webhook_types import sign

from .places import ROOT, make_environment, place, vendor

__all__ = ["api_gateway_events", "aws_lambda", "create_table", "dynamodb", "runtime"]

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
def runtime(python, folder, handler, **variables):
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
                **variables,
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
    """Return events of API Gateway, each with the status and the state of what is stored."""
    known = {"id": "evt_1", "created_at": 1, "type": "batch.failed", "data": {"id": "batch_1"}}
    bodies = {
        "batch.failed": json.dumps(known),
        "batch.new": json.dumps({**known, "type": "batch.new", "data": "é"}, ensure_ascii=False),
        "invalid": json.dumps({**known, "created_at": "never"}),
    }
    signed = {kind: (body, sign(body, secret=SECRET)) for kind, body in bodies.items()}
    known, new, invalid = signed.values()
    return [
        (version_1(*known), 200, "new"),
        (version_2(*new), 200, "new"),
        (version_1(*invalid), 200, "invalid"),
        (version_2(*invalid), 200, None),
        (version_1(known[0] + " ", known[1]), 401, None),
        ({**version_2(*known), "headers": {}}, 401, None),
    ]


@contextmanager
def dynamodb():
    """Imitate AWS in this process; yield a client, and the variables of processes that use it."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # or it would log each request
    try:
        url = "http://{}:{}".format(*server.get_host_and_port())
        region, key = "eu-west-1", "testing"
        variables = {
            "AWS_ACCESS_KEY_ID": key,
            "AWS_SECRET_ACCESS_KEY": key,
            "AWS_DEFAULT_REGION": region,
            "AWS_ENDPOINT_URL": url,
        }
        client = boto3.client(
            "dynamodb",
            region_name=region,
            endpoint_url=url,
            aws_access_key_id=key,
            aws_secret_access_key=key,
        )
        yield client, variables
    finally:
        server.stop()


def create_table(client):
    """Create the table that the recipe asks for."""
    client.create_table(
        TableName="inbox",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )


@place("lambda", needs="awslambdaric, boto3 and moto, from PyPI", runs="gate")
def aws_lambda(folder):
    """AWS Lambda's runtime client: the recipe answers six events of API Gateway."""
    programs = make_environment(folder / "venv", "awslambdaric", "boto3")
    function = folder / "function"
    vendor(function)
    for name in ("lambda_handler.py", "inbox.py", "store.py"):
        shutil.copy(RECIPES / name, function)
    files = sorted(function.iterdir())
    events = api_gateway_events()
    with dynamodb() as (client, variables):
        create_table(client)
        variables["INBOX_TABLE"] = "inbox"
        python = programs / "python"
        with runtime(python, function, "lambda_handler.handler", **variables) as invoke:
            for event, status, _ in events:
                kind, answer = invoke(event)
                if (kind, answer.get("statusCode")) != ("response", status):
                    raise AssertionError(f"{kind}: {answer}, not {status}, to {event}")
        stored = [item["state"]["S"] for item in client.scan(TableName="inbox")["Items"]]
    if sorted(stored) != sorted([state for *_, state in events if state]):  # each of them once
        raise AssertionError(stored)
    if sorted(function.iterdir()) != files:
        raise AssertionError("the function has written to its folder")
    return [f"ok {len(events)} events"]
