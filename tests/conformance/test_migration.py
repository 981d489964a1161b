"""Programs for the SDK and for standardwebhooks, before and after they move to this package.

Each is a diff in `migration/`: its lines with `-` and `+` are what changes.
"""

import asyncio
import base64
import json
import os
import re
import sys
from inspect import iscoroutine
from pathlib import Path
from types import ModuleType

import pytest
from openai.types.webhooks import BatchCompletedWebhookEvent
from standardwebhooks import Webhook

from openai_webhook_types import (
    InvalidWebhookSignatureError,
    parse_event,
    sign,
    verify_signature,
)
from openai_webhook_types.testing import sample_payload, signed_request
from tests.values import ROOT, environment, python

MIGRATION = Path(__file__).with_name("migration")
PROGRAMS = sorted(MIGRATION.glob("*.diff"))
SIDES = {"before": "-", "after": "+"}
DOCUMENT = Path(__file__).with_name("README.md").read_text(encoding="utf-8")
SECRET = "whsec_c2VjcmV0IGZvciB0ZXN0cyE="
SAMPLE = sample_payload("batch.completed")

each_program = pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)


def source(path, side, left_out=()):
    """Return the program as it is on one side, but on the other in the lines that are left out."""
    lines = path.read_text(encoding="utf-8").splitlines()
    signs = {SIDES[side], " ", ""}
    kept = [
        line[1:]
        for number, line in enumerate(lines)
        if (line[:1] in signs) != (number in left_out and line[:1] in {"-", "+"})
    ]
    return "\n".join([*kept, ""])


def swaps(path):
    """Return the lines of each swap, by number: some with `-`, and those with `+` below them."""
    signs = "".join([line[:1] or " " for line in path.read_text(encoding="utf-8").splitlines()])
    return [range(*found.span()) for found in re.finditer(r"-+\+*|\++", signs)]


@pytest.fixture
def load(monkeypatch):
    """Return a function that runs the source of a module, and returns the module."""
    monkeypatch.setenv("OPENAI_WEBHOOK_SECRET", SECRET)

    def run(text):
        module = ModuleType("program")
        monkeypatch.setitem(sys.modules, module.__name__, module)
        exec(text, vars(module))
        return module

    return run


def requests():
    """Return a name, a body and headers for each kind of request."""
    # `vars` of one of our events lacks what is not set.
    event = {name: value for name, value in SAMPLE.items() if name != "object"}
    body, headers = signed_request(event, secret=SECRET, webhook_id="wh_1")
    headers["x-tenant"] = "acme"
    yield "a valid event", body, headers
    for name, other in {
        "a new type": json.dumps({**event, "type": "new.type"}).encode(),
        "no `data`": json.dumps({**event, "data": None}).encode(),
        "not JSON": b"{",
    }.items():
        yield name, other, {**headers, **sign(other, secret=SECRET, webhook_id="wh_1")}
    yield "no tenant", body, {k: v for k, v in headers.items() if k != "x-tenant"}
    yield "a forged signature", body, {**headers, "webhook-signature": "v1,AAAA"}
    yield "a missing header", body, {k: v for k, v in headers.items() if k != "webhook-id"}


def answers(program):
    """Return the status, or the name of an exception, and what was done, for each request."""
    found = {}
    for name, body, headers in requests():
        program.done.clear()
        try:
            if "context" in program.handle.__annotations__:
                event = {"body": body.decode(), "headers": headers, "isBase64Encoded": False}
                status = program.handle(event, None)["statusCode"]
            else:
                status = program.handle(body, headers)
                status = asyncio.run(status) if iscoroutine(status) else status
        except Exception as error:
            status = type(error).__name__
        found[name] = status, [*program.done]
    return found


def changes(before, after):
    """Return what the document says of the answers that differ."""
    found = {name: (before[name][0], after[name][0]) for name in before}
    texts = [f"{name}: {old} → {new}" for name, (old, new) in found.items() if old != new]
    return re.sub(r"\w+Error", r"`\g<0>`", "; ".join(texts)) or "none"


@each_program
def test_a_program_does_the_same_and_answers_as_the_document_says(path, load):
    before, after = [answers(load(source(path, side))) for side in SIDES]
    for name in ("a valid event", "a new type", "no tenant", "a forged signature"):
        assert after[name] == before[name]
    assert after["a valid event"][1]
    row = f"[`{path.name}`](migration/{path.name})"
    (line,) = [line for line in DOCUMENT.splitlines() if line.startswith(f"| {row} |")]
    assert line.endswith(f" | {changes(before, after)} |"), f"{path.name}: {changes(before, after)}"


@each_program
def test_every_swap_is_needed(path, load):
    whole = answers(load(source(path, "after")))
    for swap in swaps(path):
        text = source(path, "after", left_out=swap)
        if "client.webhooks." in text:
            continue  # works, but by the SDK
        try:
            program = load(text)
            run_tests(program)
        except Exception:
            continue
        assert answers(program) != whole, f"{path.name}, line {swap.start + 1}"


@pytest.mark.parametrize("side", SIDES)
def test_a_test_with_a_mock_passes(side, load):
    assert run_tests(load(source(MIGRATION / "tuple_of_exceptions.diff", side))) == 1


def run_tests(program):
    """Run the tests of a program, and return how many there are."""
    tests = [found for name, found in vars(program).items() if name.startswith("test_")]
    for test in tests:
        test()
    return len(tests)


def test_a_malformed_secret_shows_at_the_start(load, monkeypatch):
    path = MIGRATION / "lambda_handler.diff"
    monkeypatch.setenv("OPENAI_WEBHOOK_SECRET", f"'{SECRET}'")
    load(source(path, "before"))
    with pytest.raises(ValueError, match="quotes"):
        load(source(path, "after"))


def test_an_event_of_the_sdk_becomes_one_of_ours():
    event = parse_event(BatchCompletedWebhookEvent.model_validate(SAMPLE).to_dict())
    assert event == parse_event(SAMPLE)
    assert not isinstance(event, BatchCompletedWebhookEvent)


def test_mypy_finds_nothing_in_its_strict_mode(tmp_path):
    for side in SIDES:
        (tmp_path / side).mkdir()
        for path in PROGRAMS:
            (tmp_path / side / f"{path.stem}_{side}.py").write_text(source(path, side))
    done = python(
        *("-m", "mypy", "--strict", "--config-file=", "--cache-dir", os.devnull, "."),
        cwd=tmp_path,
        env=environment(MYPYPATH=str(ROOT)),
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_with_the_types_swapped_alone_no_event_is_handled_and_nothing_is_raised(load):
    text = source(MIGRATION / "tuple_of_exceptions.diff", "before")
    swapped = text.replace("openai.types.webhooks", "openai_webhook_types")
    assert swapped != text
    assert answers(load(text))["a valid event"][1]
    assert answers(load(swapped))["a valid event"] == (200, [])


def test_the_readme_shows_lines_of_the_programs():
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## Migrate")[2]
    diff = re.search(r"(?s)```diff\n(.*?)```", section)[1].replace("save_for_later", "done.append")
    assert plain(diff) <= {line for path in PROGRAMS for line in plain(path.read_text("utf-8"))}


def plain(diff):
    """Return the lines of a diff, without their indentation and their comments."""
    return {line[:1] + line[1:].partition("  #")[0].strip() for line in diff.splitlines()}


@pytest.mark.parametrize("size", range(1, 49))
def test_a_secret_of_standardwebhooks_is_written_as_the_document_says(size):
    key = os.urandom(size - 1) + b"k"
    secret = base64.b64encode(key).decode().rstrip("=")
    written = eval(re.search(r'`("whsec_" \+ secret .*?)`', DOCUMENT)[1])
    body, headers = signed_request("batch.completed", secret=written)
    for theirs in (secret, "whsec_" + secret, key):
        assert Webhook(theirs).verify(body, headers) == json.loads(body)
    with pytest.raises(InvalidWebhookSignatureError):
        verify_signature(body, headers, secret=secret)
    if written != "whsec_" + secret:
        with pytest.raises(ValueError, match="padding"):
            verify_signature(body, headers, secret="whsec_" + secret)
