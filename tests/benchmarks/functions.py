"""AWS Lambda: what the first answer of a function costs, with the start of its process.

Amazon's runtime client runs a handler that keeps events in a file. It gets its event from a Runtime
API of our own.
"""

import compileall
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import List

from tests.environments.functions import api_gateway_events, runtime
from tests.environments.places import vendor

from .processes import seconds_of_children
from .timing import OURS, Effort, Result, turns

_OURS = ["first answer", "first answer, as .pyc"]
_IMPORT = "from openai_webhook_types import InvalidWebhookSignatureError, ValidationError, unwrap\n"
_SDK_IMPORT = """\
from openai import InvalidWebhookSignatureError, OpenAI
from pydantic import ValidationError

unwrap = OpenAI(api_key="-").webhooks.unwrap
"""
_HANDLER = """\
import sqlite3
from contextlib import closing

{}

def handler(request, context):
    headers = {{name.lower(): value for name, value in request["headers"].items()}}
    body = request["body"]
    try:
        kind = unwrap(body, headers).type
    except InvalidWebhookSignatureError:
        return {{"statusCode": 401}}
    except ValidationError:
        kind = "invalid"
    with closing(sqlite3.connect("inbox.db")) as db, db:
        db.execute("CREATE TABLE IF NOT EXISTS inbox (id PRIMARY KEY, kind, body)")
        row = (headers["webhook-id"], kind, body)
        db.execute("INSERT OR IGNORE INTO inbox VALUES (?, ?, ?)", row)
    return {{"statusCode": 200}}
"""
# What Python and the runtime client cost by themselves.
_EMPTY_HANDLER = """\
def handler(request, context):
    return {"statusCode": 200}
"""


def answering(effort: Effort) -> List[Result]:
    """Measure processes that start, and answer one event of API Gateway."""
    if not find_spec("awslambdaric"):
        return []
    with tempfile.TemporaryDirectory() as folder:
        handlers = {
            **dict.fromkeys(_OURS, _HANDLER.format(_IMPORT)),
            "floor": _EMPTY_HANDLER,
            "SDK": _HANDLER.format(_SDK_IMPORT),
        }
        functions = {name: Path(folder, name) for name in handlers}
        for name, function in functions.items():
            vendor(function)
            (function / "lambda_handler.py").write_text(handlers[name])
        compileall.compile_dir(str(functions[_OURS[1]]), quiet=1)
        missing = {}
        if not find_spec("openai"):
            del functions["SDK"]
            missing["SDK"] = "not installed"
        samples = {name: [] for name in functions}
        for name in turns(functions, 2 * effort.processes):
            samples[name].append(_first_answer(functions[name]))
    peers = {name: found for name, found in samples.items() if name not in _OURS}
    return [
        Result("AWS Lambda, time", work, "s", {OURS: samples[work], **peers}, missing)
        for work in _OURS
    ]


def _first_answer(function: Path) -> float:
    """Return the CPU seconds of a process that answers once."""
    event, status, _ = api_gateway_events()[0]
    start = seconds_of_children()
    with runtime(sys.executable, function, "lambda_handler.handler") as invoke:
        answer = invoke(event)
    if answer != ("response", {"statusCode": status}):
        raise RuntimeError(f"{answer}, not {status}")
    return seconds_of_children() - start
