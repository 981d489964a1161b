"""Checkers of types at run time: typeguard and beartype, over the package and over a handler."""

import re

import pytest

from tests.values import ROOT, environment, python

TYPEGUARD = """
from typeguard import TypeCheckError as Violation, install_import_hook, typechecked as checked
install_import_hook("openai_webhook_types")
"""
BEARTYPE = """
from beartype import beartype as checked
from beartype.claw import beartype_package
from beartype.roar import BeartypeCallHintViolation as Violation
beartype_package("openai_webhook_types")
"""
# Prints each violation with the function of the package that raised it, and how many of its
# functions called each other: a caller is to blame for the arguments of the first one.
USE = """
import usage

def attempt(function, *arguments, **options):
    try:
        return function(*arguments, **options)
    except Violation as error:
        files, trace = [], error.__traceback__
        while trace:
            files.append(trace.tb_frame.f_code.co_filename)
            trace = trace.tb_next
        print(sum("/openai_webhook_types/" in file for file in files), " ".join(str(error).split()))
        return error
    except Exception as error:
        return error

usage.attempt = attempt
usage.use("openai_webhook_types")
"""
HANDLERS = """
from openai_webhook_types import AnyWebhookEvent, UnwrapWebhookEvent, WebhookEvent

@checked
def narrow(event: UnwrapWebhookEvent):
    return event.type

@checked
def wide(event: AnyWebhookEvent):
    return event.type

event = WebhookEvent.from_dict({"id": "e", "created_at": 1, "type": "new.type"})
assert wide(event) == "new.type"
try:
    narrow(event)
except Violation:
    print("refused")
"""


@pytest.fixture
def output(tmp_path):
    """Return what runs code and returns the lines that it prints; typeguard reads its source."""

    def run(code):
        path = tmp_path / "checked.py"
        path.write_text(code, encoding="utf-8")
        variables = environment(PYTHONPATH=f"{ROOT}:{ROOT / 'tests' / 'environments'}")
        done = python("-W", "ignore", path, env=variables)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    return run


def violations(lines, own):
    """Return the violations that are not the caller's: those inside, and those of what is returned.

    Args:
        lines: What USE prints.
        own: How many frames of the package a caller's violation has.
    """
    found = [line.partition(" ") for line in lines]
    assert len(found) > 50  # `usage` passes arguments of wrong types, too
    return {
        text for count, _, text in found if int(count) > own or " return" in text.partition(":")[0]
    }


def test_typeguard_finds_nothing(output):
    assert violations(output(TYPEGUARD + USE), own=1) == set()


def test_beartype_finds_what_is_returned_for_an_unknown_event(output):
    for text in violations(output(BEARTYPE + USE), own=0):
        assert re.match(r"Function openai_webhook_types\.parsing\.parse_event\(\) return", text)


@pytest.mark.parametrize("tool", [TYPEGUARD, BEARTYPE], ids=["typeguard", "beartype"])
def test_a_handler_of_any_event_takes_an_unknown_one(output, tool):
    installs_nothing = "\n".join(line for line in tool.splitlines() if "from" in line)
    assert output(installs_nothing + HANDLERS) == ["refused"]


def test_pydantic_lets_a_handler_of_any_event_take_an_unknown_one(output):
    code = "from pydantic import ValidationError as Violation, validate_call as checked\n"
    assert output(code + HANDLERS) == ["refused"]
