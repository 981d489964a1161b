"""loguru writes events; and it, rich and traceback write the local variables of tracebacks."""

import io
import re
import traceback
from functools import partial
from pathlib import Path

import pytest
from loguru import logger
from rich.traceback import Traceback

import openai_webhook_types as owt
from openai_webhook_types.testing import signed_request
from tests.values import PACKAGE, SAMPLES

KEY = "dGhlIGtleSBvZiBhbiBlbmRwb2ludA=="
SECRET = f"whsec_{KEY}"


@pytest.fixture
def log():
    file = io.StringIO()
    handler = logger.add(file, format="{message}")
    yield file
    logger.remove(handler)


def test_a_message_has_the_repr(log):
    event = owt.parse_event({**SAMPLES["batch.failed"], "later": 1})
    logger.info("received {}", event)
    assert log.getvalue() == f"received {event!r}\n"


def by_loguru(error, log):
    """Yield the file of each frame, and what is shown of it."""
    logger.opt(exception=error).error("refused")
    for frame in re.split(r"\n[> ] File ", log.getvalue())[1:]:
        yield re.match('"(.*?)"', frame)[1], frame


def by_rich(error, _):
    found = Traceback.extract(type(error), error, error.__traceback__, show_locals=True)
    for stack in found.stacks:
        yield from [(frame.filename, str(frame.locals)) for frame in stack.frames]


def by_traceback(error, _):
    found = traceback.TracebackException.from_exception(error, capture_locals=True)
    yield from [(frame.filename, str(frame.locals)) for frame in found.stack]


HEADERS = owt.sign(b"{}", secret=SECRET)
MISTAKES = {
    "no headers": partial(owt.unwrap, b"{}", {}),
    "forged": partial(owt.unwrap, b"{}!", HEADERS),
    "invalid": partial(owt.unwrap, b"{}", HEADERS),
    "verified, forged": partial(owt.verify_signature, b"{}!", HEADERS),
    "signed, with an invalid ID": partial(owt.sign, b"{}", webhook_id="a.b"),
    "a test of an unknown type": partial(signed_request, "batch.faild"),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
@pytest.mark.parametrize("secret", [SECRET, f"'{SECRET}'", f" {SECRET}", f"{KEY}\n", f"{SECRET}A"])
@pytest.mark.parametrize("shown_by", [by_loguru, by_rich, by_traceback])
def test_tracebacks_show_a_secret_in_the_frames_of_the_caller_alone(
    log, monkeypatch, mistake, secret, shown_by
):
    monkeypatch.setenv("OPENAI_WEBHOOK_SECRET", secret)
    for given in (secret, None):
        try:
            mistake(secret=secret if given else None)
        except ValueError as error:
            shown = [*shown_by(error, log)]
        ours = [text for path, text in shown if PACKAGE in Path(path).parents]
        assert ours
        assert not [text for text in ours if KEY[:-4] in text]
        assert KEY[:-4] in str([text for path, text in shown if Path(path) == Path(__file__)])
