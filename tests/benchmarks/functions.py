"""AWS Lambda: what the first answer of a function costs, with the start of its process.

Amazon's runtime client runs the recipe, and gets its event from a Runtime API of our own.
"""

import compileall
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import List

from tests.environments.functions import api_gateway_events, runtime, write_function

from .processes import seconds_of_children
from .timing import OURS, Effort, Result, turns

_OURS = ["first answer", "first answer, as .pyc"]
# The recipe after the swap of one import.
_IMPORT = "from openai_webhook_types import InvalidWebhookSignatureError, ValidationError, unwrap\n"
_SDK_IMPORT = """\
from openai import InvalidWebhookSignatureError, OpenAI
from pydantic import ValidationError

unwrap = OpenAI(api_key="-").webhooks.unwrap
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
        functions = {name: write_function(Path(folder, name)) for name in (*_OURS, "floor", "SDK")}
        compileall.compile_dir(str(functions[_OURS[1]]), quiet=1)
        (functions["floor"] / "lambda_handler.py").write_text(_EMPTY_HANDLER)
        _swap_import(functions["SDK"] / "inbox.py")
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


def _swap_import(inbox: Path) -> None:
    before, found, after = inbox.read_text().partition(_IMPORT)
    if not found:
        raise RuntimeError(f"the recipe lacks the line {_IMPORT!r}")
    inbox.write_text(before + _SDK_IMPORT + after)


def _first_answer(function: Path) -> float:
    """Return the CPU seconds of a process that answers once."""
    event, status, _ = api_gateway_events()[0]
    start = seconds_of_children()
    with runtime(sys.executable, function, "lambda_handler.handler") as invoke:
        answer = invoke(event)
    if answer != ("response", {"statusCode": status}):
        raise RuntimeError(f"{answer}, not {status}")
    return seconds_of_children() - start
