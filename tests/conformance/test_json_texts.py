"""JSON of every kind, in every place of an event: read, or refused, as the SDK reads it.

The files in `json_texts` have one text a line, after a word: "valid" or "invalid" by RFC 8259, or
"either", where the RFC leaves it to the parser. `<7b22*3>` stands for those bytes, three times.
"""

import re

import openai.types.webhooks as sdk
import pydantic
import pytest

import openai_webhook_types as owt
from tests.conformance.differential import COMPARED, contents
from tests.values import ROOT

FILES = sorted(ROOT.joinpath("tests", "conformance", "json_texts").glob("*.txt"))

EVENT = (
    b'{"id": "evt_1", "created_at": 1750287018, "object": "event", "data": {"call_id": "rtc_1",'
    b' "sip_headers": [{"name": "From", "value": "sip:a@b"}]}, "type": "realtime.call.incoming",'
    b' "new": null}'
)
# What a text takes the place of.
PLACES = {
    "body": EVENT,
    "id": b'"evt_1"',
    "created_at": b"1750287018",
    "object": b'"event"',
    "data": EVENT[EVENT.index(b'{"call') : EVENT.index(b', "type"')],
    "data.call_id": b'"rtc_1"',
    "data.sip_headers": b'[{"name": "From", "value": "sip:a@b"}]',
    "data.sip_headers.value": b'"sip:a@b"',
    "type": b'"realtime.call.incoming"',
    "an unknown field": b"null",
}
_BYTES = re.compile(rb"<((?:[0-9a-f]{2})+)(?:\*([0-9]+))?>")


def texts_of(file):
    """Return the lines of a file: what the RFC says of a text, and the text."""
    lines = [line.partition(b" ") for line in file.read_bytes().splitlines()]
    return [(verdict.decode(), _BYTES.sub(_repeated, text)) for verdict, _, text in lines]


def _repeated(found):
    return bytes.fromhex(found[1].decode()) * int(found[2] or 1)


TEXTS = {file.stem: texts_of(file) for file in FILES}


def forms_of(raw):
    """Return a text as everything that can be read: bytes, a bytearray and, if it can be, a str."""
    forms = [raw, bytearray(raw)]
    try:
        return [*forms, raw.decode()]
    except UnicodeDecodeError:
        return forms


def outcome(cls, text):
    """Return what a class makes of a text: what an event has and writes, or what is wrong."""
    COMPARED["JSON texts"] += 1
    try:
        event = cls.model_validate_json(text)
    except (pydantic.ValidationError, owt.ValidationError) as error:
        problems = error.errors()
        if problems[0]["type"] == "json_invalid":
            return "json_invalid"
        return [(problem["type"], problem["loc"], problem["msg"]) for problem in problems]
    return contents(event), event.model_dump_json()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_in_a_place(kind, place):
    assert EVENT.count(PLACES[place]) == 1
    for verdict, text in TEXTS[kind]:
        raw = EVENT.replace(PLACES[place], text)
        for form in forms_of(raw):
            expected = outcome(sdk.RealtimeCallIncomingWebhookEvent, form)
            found = outcome(owt.RealtimeCallIncomingWebhookEvent, form)
            assert found == expected, (text, type(form))
            assert verdict == "either" or (verdict == "invalid") is (found == "json_invalid"), text


def test_every_kind_of_text_is_known_to_be_valid_or_not():
    verdicts = [verdict for texts in TEXTS.values() for verdict, _ in texts]
    assert {*TEXTS} == {"encodings", "numbers", "strings", "structures"}
    assert {*verdicts} == {"valid", "invalid", "either"}
    for texts in TEXTS.values():
        assert len({text for _, text in texts}) == len(texts)


def test_some_texts_are_accepted_in_every_place():
    accepted = {
        place
        for place, value in PLACES.items()
        for texts in TEXTS.values()
        for _, text in texts
        if isinstance(
            outcome(owt.RealtimeCallIncomingWebhookEvent, EVENT.replace(value, text)), tuple
        )
    }
    assert accepted == PLACES.keys() - {"body", "type"}
