"""loguru writes events, and the local variables of tracebacks, with a secret among them."""

import io

import pytest
from loguru import logger

import openai_webhook_types as owt
from tests.values import SAMPLES, SIGNING_SECRET


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


def test_tracebacks_show_a_secret_that_is_an_argument_but_none_of_the_environment(log, monkeypatch):
    monkeypatch.setenv("OPENAI_WEBHOOK_SECRET", SIGNING_SECRET)
    headers = owt.sign(b"{}")
    for body, options in ((b"{}", {}), (b"{}!", {}), (b"{}", {"secret": SIGNING_SECRET})):
        log.truncate(0)
        try:
            owt.unwrap(body, {} if options else headers, **options)
        except ValueError:
            logger.exception("refused")
        assert "headers" in log.getvalue()
        assert (SIGNING_SECRET in log.getvalue()) == bool(options)
