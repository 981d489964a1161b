"""Signatures: which requests are verified, how the others are refused, and signing."""

import hashlib
import hmac
import io
import os
import re
import sys
import typing
from base64 import b64decode, b64encode
from decimal import Decimal
from email.message import Message
from functools import partial
from http.client import parse_headers
from itertools import combinations
from operator import index
from pathlib import Path
from types import MappingProxyType, ModuleType
from unittest.mock import patch
from wsgiref.util import setup_testing_defaults

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import openai_webhook_types as owt
from openai_webhook_types import (
    InvalidWebhookSignatureError,
    ResponseCompletedWebhookEvent,
    UnknownWebhookEvent,
    ValidationError,
    sign,
    signature,
    unwrap,
    verify_signature,
)
from openai_webhook_types.testing import signed_request
from tests.values import PACKAGE, Text, Whole, boom, shown_locals, texts_in

# The vector that the SDK publishes.
SECRET = "whsec_RdvaYFYUXuIFuEbvZHwMfYFhUf7aMYjYcmM24+Aj40c="
ID = "wh_685c059ae39c8190af8c71ed1022a24d"
NOW = 1750861210
SIGNATURE = "v1,gUAg4R2hWouRZqRQG4uJypNS8YK885G838+EHb4nKBY="
BODY = (
    '{"id": "evt_685c059ae3a481909bdc86819b066fb6", "object": "event", "created_at": 1750861210,'
    ' "type": "response.completed", "data": {"id": "resp_123"}}'
)
HEADERS = {
    "webhook-id": ID,
    "webhook-timestamp": str(NOW),
    "webhook-signature": SIGNATURE,
}

OTHER_SECRET = "whsec_b3RoZXIgc2VjcmV0IG90aGVyIHNlY3JldA=="
REASONS = {
    "missing_header",
    "invalid_header",
    "conflicting_headers",
    "invalid_timestamp",
    "timestamp_too_old",
    "timestamp_too_new",
    "no_matching_signature",
}


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("time.time", lambda: NOW + 0.999)
    monkeypatch.delenv("OPENAI_WEBHOOK_SECRET", raising=False)


def key_of(secret):
    return b64decode(secret[6:]) if secret.startswith("whsec_") else secret.encode()


def signed(body, *, webhook_id=ID, timestamp=str(NOW), secret=SECRET):
    """Sign as the standard library would, so that the package is not asked about itself."""
    content = f"{webhook_id}.{timestamp}.".encode() + body
    mac = hmac.new(key_of(secret), content, hashlib.sha256).digest()
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": "v1," + b64encode(mac).decode(),
    }


def refused(headers=HEADERS, body=BODY, **kwargs):
    """Return the error with which both functions refuse a request."""
    with pytest.raises(InvalidWebhookSignatureError) as first:
        verify_signature(body, headers, **{"secret": SECRET, **kwargs})
    with pytest.raises(InvalidWebhookSignatureError) as second:
        unwrap(body, headers, **{"secret": SECRET, **kwargs})
    assert str(first.value) == str(second.value)
    assert vars(first.value) == vars(second.value)
    assert first.value.reason in REASONS
    return first.value


# The published vector


def test_published_vector():
    assert verify_signature(BODY, HEADERS, secret=SECRET) == ID
    event = unwrap(BODY, HEADERS, secret=SECRET)
    assert type(event) is ResponseCompletedWebhookEvent
    assert event.data.id == "resp_123"
    assert sign(BODY, secret=SECRET, webhook_id=ID, timestamp=NOW) == HEADERS


def test_return_types_resolve():
    assert typing.get_type_hints(verify_signature)["return"] is str
    assert typing.get_type_hints(sign)["return"] == typing.Dict[str, str]
    assert typing.get_type_hints(unwrap)["return"] == owt.UnwrapWebhookEvent


def test_docstring_names_every_reason():
    assert set(re.findall(r'"(\w+)"', verify_signature.__doc__)) == REASONS
    requests = [
        {},
        {**HEADERS, "webhook-id": "a.b"},
        {**HEADERS, "webhook-id": ["a", "b"]},
        {**HEADERS, "webhook-timestamp": "now"},
        {**HEADERS, "webhook-timestamp": "1"},
        {**HEADERS, "webhook-timestamp": "9" * 12},
        {**HEADERS, "webhook-signature": ""},
    ]
    assert {refused(headers).reason for headers in requests} == REASONS


@pytest.mark.parametrize(
    "headers",
    [
        {name: value.encode() for name, value in HEADERS.items()},
        {name: [value, value] for name, value in HEADERS.items()},
        {name: type("Text", (str,), {})(value) for name, value in HEADERS.items()},
    ],
    ids=["bytes", "lists", "a subclass of str"],
)
def test_the_id_that_was_verified_is_text(headers):
    found = verify_signature(BODY, headers, secret=SECRET)
    assert type(found) is str
    assert found == ID


# Payloads


@pytest.mark.parametrize("kind", [str, str.encode, lambda text: bytearray(text.encode())])
def test_payload_kinds(kind):
    assert unwrap(kind(BODY), HEADERS, secret=SECRET).data.id == "resp_123"
    assert sign(kind(BODY), secret=SECRET, webhook_id=ID, timestamp=NOW) == HEADERS


@pytest.mark.parametrize("step", [1, 2])
def test_payload_memoryview(step):
    view = memoryview(b"".join(bytes([byte]) * step for byte in BODY.encode()))[::step]
    assert unwrap(view, HEADERS, secret=SECRET).data.id == "resp_123"
    assert sign(view, secret=SECRET, webhook_id=ID, timestamp=NOW) == HEADERS


def test_the_verified_payload_is_parsed(monkeypatch):
    body = bytearray(BODY.encode())
    parse_event = signature.parse_event

    def parse_later(payload, **options):
        body[:] = b"changed by another thread"
        return parse_event(payload, **options)

    monkeypatch.setattr(signature, "parse_event", parse_later)
    assert unwrap(body, HEADERS, secret=SECRET).data.id == "resp_123"


@pytest.mark.parametrize("payload", [{"id": "evt_1"}, None, 5, ["{}"]])
def test_payloads_of_other_types(payload):
    for call in (
        lambda: unwrap(payload, HEADERS, secret=SECRET),
        lambda: verify_signature(payload, HEADERS, secret=SECRET),
        lambda: sign(payload, secret=SECRET),
    ):
        with pytest.raises(TypeError, match=type(payload).__name__):
            call()


@pytest.mark.parametrize("body", [b"\xff{}", "\ud800".encode("utf-8", "surrogatepass")])
def test_payloads_that_are_not_utf_8(body):
    headers = signed(body)
    verify_signature(body, headers, secret=SECRET)
    with pytest.raises(ValidationError) as caught:
        unwrap(body, headers, secret=SECRET)
    assert caught.value.payload == body
    assert refused(headers, b"\xfe{}").reason == "no_matching_signature"


def test_lone_surrogates():
    headers = sign("\ud800", secret=SECRET)
    assert refused(headers, "\ud801").reason == "no_matching_signature"
    verify_signature("\ud800", headers, secret=SECRET)
    with pytest.raises(ValidationError):
        unwrap("\ud800", headers, secret=SECRET)


# After the signature


def test_new_values_of_a_literal_are_kept_unless_strict():
    body = BODY.replace('"event"', '"newer"')
    headers = sign(body, secret=SECRET)
    assert unwrap(body, headers, secret=SECRET).object == "newer"
    assert unwrap(body, headers, secret=SECRET, strict=False).object == "newer"
    with pytest.raises(ValidationError, match="object") as caught:
        unwrap(body, headers, secret=SECRET, strict=True)
    assert caught.value.payload == body


def test_event_of_unknown_type():
    body = b'{"id": "evt_1", "created_at": 1, "type": "brand.new", "data": [1]}'
    event = unwrap(body, sign(body, secret=SECRET), secret=SECRET)
    assert type(event) is UnknownWebhookEvent
    assert event.data == [1]


@pytest.mark.parametrize("body", ["", "{", "[]", "{}", BODY.replace("evt_", "\\ud800")])
def test_signed_but_not_valid(body):
    headers = sign(body, secret=SECRET)
    verify_signature(body, headers, secret=SECRET)
    with pytest.raises(ValidationError) as caught:
        unwrap(body, headers, secret=SECRET)
    assert caught.value.payload == body
    assert not isinstance(caught.value, InvalidWebhookSignatureError)


def test_nothing_is_parsed_before_the_signature_holds(monkeypatch):
    parsed = []
    monkeypatch.setattr(signature, "parse_event", lambda body, **_: parsed.append(body))
    for headers in ({}, {**HEADERS, "webhook-timestamp": "1"}, {**HEADERS, "webhook-id": "x"}):
        refused(headers)
    assert parsed == []
    unwrap(BODY, HEADERS, secret=SECRET)
    assert parsed == [BODY]


@pytest.mark.parametrize("body", ["", b"", bytearray()])
def test_an_empty_body_that_does_not_match_is_named(body):
    error = refused(body=body)
    assert error.reason == "no_matching_signature"
    assert str(error) == (
        "The given webhook signature does not match the expected signature; "
        "the body is empty: the server may not have read a chunked body"
    )
    verify_signature(body, sign(body, secret=SECRET), secret=SECRET)


# The window


@pytest.mark.parametrize("tolerance", [0, 1, 300, 86400])
def test_window_to_the_second(tolerance):
    def at(timestamp):
        return signed(BODY.encode(), timestamp=str(timestamp))

    for age in (-tolerance, 0, tolerance):
        verify_signature(BODY, at(NOW - age), secret=SECRET, tolerance=tolerance)
    too_old = refused(at(NOW - tolerance - 1), tolerance=tolerance)
    assert (too_old.reason, str(too_old)) == ("timestamp_too_old", "Webhook timestamp is too old")
    too_new = refused(at(NOW + tolerance + 1), tolerance=tolerance)
    assert (too_new.reason, str(too_new)) == ("timestamp_too_new", "Webhook timestamp is too new")
    assert too_old.webhook_id == too_new.webhook_id == ID


def test_window_is_five_minutes():
    verify_signature(BODY, signed(BODY.encode(), timestamp=str(NOW - 300)), secret=SECRET)
    unwrap(BODY, signed(BODY.encode(), timestamp=str(NOW + 300)), secret=SECRET)
    assert refused(signed(BODY.encode(), timestamp=str(NOW - 301))).reason == "timestamp_too_old"
    assert refused(signed(BODY.encode(), timestamp=str(NOW + 301))).reason == "timestamp_too_new"


def test_negative_tolerance_lets_nothing_in():
    assert refused(tolerance=-1).reason == "timestamp_too_old"


@pytest.mark.parametrize(
    "timestamp", [f" {NOW}", f"{NOW}\t", f"+{NOW}", f"0{NOW}", "1_750_861_210"]
)
def test_timestamps_as_int_reads_them(timestamp):
    headers = signed(BODY.encode(), timestamp=timestamp)
    verify_signature(BODY, headers, secret=SECRET)
    # What is signed is the text, not the number.
    assert refused({**headers, "webhook-timestamp": str(NOW)}).reason == "no_matching_signature"


@pytest.mark.parametrize(
    "timestamp", ["", " ", "now", f"{NOW}.0", "1e9", "0x1", "--1", "1__0", "_1"]
)
def test_timestamps_that_are_not_integers(timestamp):
    error = refused(signed(BODY.encode(), timestamp=timestamp))
    assert (error.reason, error.webhook_id) == ("invalid_timestamp", ID)
    assert str(error) == "Invalid webhook timestamp format"


def test_timestamps_far_off():
    assert refused({**HEADERS, "webhook-timestamp": "9" * 4096}).reason == "timestamp_too_new"
    assert refused({**HEADERS, "webhook-timestamp": "-" + "9" * 99}).reason == "timestamp_too_old"


# Signatures


@pytest.mark.parametrize(
    "header",
    [
        SIGNATURE[3:],
        f"v1,AAAA {SIGNATURE}",
        f"{SIGNATURE} v1,AAAA",
        f"\t{SIGNATURE}\n v2,{SIGNATURE[3:]}  v1a,x ",
        f"v1, , x {SIGNATURE} x",
        f"{SIGNATURE},v1,AAAA",
        f"v1,AAAA,{SIGNATURE}",
        f"v1,AAAA, {SIGNATURE}, v1,BBBB",
        f"v1a,x,{SIGNATURE},v2,y",
        f",,{SIGNATURE},",
        f"v1,,{SIGNATURE[3:]}",
    ],
)
def test_lists_of_signatures(header):
    verify_signature(BODY, {**HEADERS, "webhook-signature": header}, secret=SECRET)


@pytest.mark.parametrize(
    "header",
    [
        "",
        " ",
        "v1,",
        f"v2,{SIGNATURE[3:]}",
        f"V1,{SIGNATURE[3:]}",
        f"v1,{SIGNATURE}",
        f"v1 {SIGNATURE[:-1]}",
        f"v2,{SIGNATURE[3:]},v1,AAAA",
        f"v1,AAAA,v2,{SIGNATURE[3:]}",
        f"x,{SIGNATURE}",
        f"{SIGNATURE[3:]},v1",
        f"{SIGNATURE[3:]},{SIGNATURE[3:]}",
        f"{SIGNATURE}=",
        SIGNATURE.replace("+", "-"),
        SIGNATURE.replace("Y=", "Z="),
    ],
)
def test_signatures_that_do_not_match(header):
    error = refused({**HEADERS, "webhook-signature": header})
    assert (error.reason, error.webhook_id) == ("no_matching_signature", ID)
    assert str(error) == "The given webhook signature does not match the expected signature"


@given(
    st.lists(st.sampled_from(["v1,AAAA", f"v2,{SIGNATURE[3:]}", "v1a,x", SIGNATURE]), min_size=1),
    st.sampled_from([",", ", ", " ", "\t"]),
)
def test_signatures_that_a_server_has_joined(signatures, joined_by):
    headers = {**HEADERS, "webhook-signature": joined_by.join(signatures)}
    if SIGNATURE in signatures:
        verify_signature(BODY, headers, secret=SECRET)
    else:
        assert refused(headers).reason == "no_matching_signature"


@given(st.sampled_from([",", ", ", " "]), st.integers(0))
def test_any_flipped_bit_of_joined_signatures_is_refused(joined_by, bit):
    text = joined_by.join([SIGNATURE, "v1,AAAA"])
    bit %= 8 * len(SIGNATURE)
    flipped = bytearray(text.encode())
    flipped[bit // 8] ^= 1 << bit % 8
    refused({**HEADERS, "webhook-signature": bytes(flipped)})


def test_rotation():
    old, new = sign(BODY, secret=OTHER_SECRET), sign(BODY, secret=SECRET)
    for headers in (old, new):
        unwrap(BODY, headers, secret=[SECRET, OTHER_SECRET])
        unwrap(BODY, headers, secret=(OTHER_SECRET, SECRET))
    assert refused(old).reason == "no_matching_signature"
    both = sign(BODY, secret=[OTHER_SECRET, SECRET])
    assert len(both["webhook-signature"].split()) == 2
    verify_signature(BODY, both, secret=SECRET)
    verify_signature(BODY, both, secret=OTHER_SECRET)


@pytest.mark.parametrize("matching", [0, 1, 2])
def test_every_signature_is_compared(monkeypatch, matching):
    compared = []

    def compare_digest(a, b):
        compared.append((a, b))
        return hmac.compare_digest(a, b)

    monkeypatch.setattr(signature, "compare_digest", compare_digest)
    parts = ["v1,AAAA", "v1,BBBB", "v1,CCCC"]
    parts[matching] = SIGNATURE
    headers = {**HEADERS, "webhook-signature": " ".join(parts)}
    verify_signature(BODY, headers, secret=[OTHER_SECRET, SECRET, "third"])
    assert len(compared) == 9


# Headers


def as_environ(headers):
    environ = {}
    setup_testing_defaults(environ)
    environ.update({f"HTTP_{name.upper().replace('-', '_')}": headers[name] for name in headers})
    return environ


def as_asgi_meta(headers):
    """Return what Django's ASGIRequest has in META, which lacks `wsgi.version`."""
    meta = {name: value for name, value in as_environ(headers).items() if "wsgi." not in name}
    return {**meta, "SERVER_PORT": "80", "wsgi.multithread": True, "wsgi.multiprocess": True}


def as_http_message(headers):
    lines = [f"{name.title()}: {value}\r\n" for name, value in headers.items()]
    return parse_headers(io.BytesIO("".join(["Host: x\r\n", *lines, "\r\n"]).encode()))


def as_email_message(headers):
    message = Message()
    for name, value in headers.items():
        message[name] = value
    return message


class Unready:
    """Stands for a number, and raises when it is asked for it."""

    __index__ = __float__ = boom


class OnlyGet:
    def __init__(self, headers):
        self._headers = headers

    def get(self, name):
        return self._headers.get(name)


class OnlyItems:
    def __init__(self, headers):
        self._headers = headers

    def items(self):
        return iter(self._headers.items())


SHAPES = {
    "dict": dict,
    "upper case": lambda h: {name.upper(): value for name, value in h.items()},
    "title case": lambda h: {name.title(): value for name, value in h.items()},
    "bytes values": lambda h: {name: value.encode() for name, value in h.items()},
    "bytes": lambda h: {name.upper().encode(): value.encode() for name, value in h.items()},
    "lists": lambda h: {name: [value] for name, value in h.items()},
    "lists of bytes": lambda h: {name: (value.encode(),) for name, value in h.items()},
    "the same twice": lambda h: {name: [value, value.encode()] for name, value in h.items()},
    "None for what is not there": lambda h: {**h, "Webhook-Id": None, "WEBHOOK-ID": [None]},
    "names of all kinds": lambda h: {None: "x", 1: "x", ("webhook-id",): "x", **h},
    "mapping proxy": MappingProxyType,
    "pairs": lambda h: [("Host", "x"), *h.items()],
    "ASGI": lambda h: [[name.encode(), value.encode()] for name, value in h.items()],
    "WSGI": as_environ,
    "Django's META under ASGI": as_asgi_meta,
    "http.client": as_http_message,
    "email": as_email_message,
    "only items": OnlyItems,
    "only get": OnlyGet,
    "only get, title case": lambda h: OnlyGet({name.title(): h[name] for name in h}),
    "only get, upper case": lambda h: OnlyGet({name.upper(): h[name] for name in h}),
    "only get, any case": lambda h: OnlyGet(as_http_message(h)),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_header_shapes(shape):
    unwrap(BODY, shape(HEADERS), secret=SECRET)
    error = refused(shape({**HEADERS, "webhook-signature": "v1,AAAA"}))
    assert (error.reason, error.webhook_id) == ("no_matching_signature", ID)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("name", HEADERS)
def test_missing_header(name, shape):
    error = refused(shape({key: HEADERS[key] for key in HEADERS if key != name}))
    assert error.reason == "missing_header"
    assert str(error) == f"Could not find {name} header"
    assert error.webhook_id == (None if name == "webhook-id" else ID)


def test_no_headers():
    for headers in ({}, [], OnlyGet({}), {"webhook-signature": []}, {"webhook-signature": None}):
        assert str(refused(headers)) == "Could not find webhook-signature header"


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp"])
@pytest.mark.parametrize(
    "twice",
    [
        lambda name, other: {**HEADERS, name: [HEADERS[name], other]},
        lambda name, other: {**HEADERS, name.title(): other},
        lambda name, other: {name.title(): other, **HEADERS},
        lambda name, other: [*HEADERS.items(), (name.encode(), other.encode())],
        lambda name, other: as_environ({**HEADERS, name: [other, HEADERS[name]]}),
    ],
)
def test_header_given_twice(name, twice):
    error = refused(twice(name, str(NOW + 1)))
    assert error.reason == "conflicting_headers"
    assert str(error) == f"There is more than one {name} header, and they differ"
    assert error.webhook_id == (None if name == "webhook-id" else ID)


def test_signatures_given_twice():
    for signatures in (["v1,AAAA", SIGNATURE], [SIGNATURE.encode(), "v1,AAAA", SIGNATURE]):
        headers = {**HEADERS, "webhook-signature": signatures}
        verify_signature(BODY, headers, secret=SECRET)
        pairs = [(name, HEADERS[name]) for name in HEADERS if name != "webhook-signature"]
        pairs += [("Webhook-Signature", one) for one in signatures]
        verify_signature(BODY, pairs, secret=SECRET)
    assert refused({**HEADERS, "webhook-signature": ["v1,", "v1,"]}).reason in REASONS


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize(
    "extra", ["é", "\u0661", "\ud800", "\xa0", "\f", b"\xff", "x" * 4097, 5, 1.0, set()]
)
def test_header_that_is_not_ascii_or_too_long(name, extra):
    value = HEADERS[name] + extra if isinstance(extra, str) else extra
    error = refused({**HEADERS, name: value})
    assert error.reason == "invalid_header"
    is_id = name == "webhook-id"
    said = f"The {name} header is not ASCII text of at most 4096 characters"
    assert str(error) == said + (", or it has a dot" if is_id else "")
    assert error.webhook_id == (None if is_id else ID)


def test_longest_headers():
    webhook_id = "x" * 4096
    headers = signed(BODY.encode(), webhook_id=webhook_id, timestamp=str(NOW).rjust(4096))
    headers["webhook-signature"] = headers["webhook-signature"].rjust(4096)
    verify_signature(BODY, headers, secret=SECRET)
    for name in headers:
        assert refused({**headers, name: " " + headers[name]}).reason == "invalid_header"


@pytest.mark.parametrize("webhook_id", [".", "a.", ".a", f"wh_1.{NOW}", b"a.b", ["a.b"]])
def test_an_id_with_a_dot_is_refused(webhook_id):
    text = webhook_id if isinstance(webhook_id, str) else "a.b"
    headers = {**signed(BODY.encode(), webhook_id=text), "webhook-id": webhook_id}
    error = refused(headers)
    assert (error.reason, error.webhook_id) == ("invalid_header", None)
    assert str(error) == (
        "The webhook-id header is not ASCII text of at most 4096 characters, or it has a dot"
    )
    with pytest.raises(ValueError, match=r"A webhook id must be .* without dots") as caught:
        sign(BODY, secret=SECRET, webhook_id=text)
    assert type(caught.value) is ValueError


def test_a_dot_in_another_header_is_no_fault_of_the_id():
    verify_signature(BODY, {**HEADERS, "webhook-signature": f"v1,a.b {SIGNATURE}"}, secret=SECRET)


# A body that somebody chose a part of, so as to hold an ID and a timestamp of their own.
pieces = st.sampled_from([b".", b"1", b"-1", f".{NOW}.".encode(), f"wh_1.{NOW}.{{}}".encode()])


@given(
    st.lists(pieces | st.binary(max_size=3), max_size=6).map(b"".join),
    st.text(st.characters(min_codepoint=33, max_codepoint=126, blacklist_characters=".")),
    st.sampled_from([f"{NOW}", f" {NOW}", f"+{NOW}", "1", "-1", "0"]),
)
def test_no_other_request_can_be_cut_out_of_a_signed_content(body, webhook_id, timestamp):
    headers = signed(body, webhook_id=webhook_id, timestamp=timestamp)
    content = f"{webhook_id}.{timestamp}.".encode() + body
    dots = [place for place, byte in enumerate(content) if byte == ord(".")]
    accepted = []
    for first, second in combinations(dots, 2):
        cut = content[:first], content[first + 1 : second], content[second + 1 :]
        try:
            verify_signature(
                cut[2],
                {**headers, "webhook-id": cut[0], "webhook-timestamp": cut[1]},
                secret=SECRET,
                tolerance=float("inf"),
            )
        except InvalidWebhookSignatureError:
            continue
        accepted.append(cut)
    assert accepted == [(webhook_id.encode(), timestamp.encode(), body)]


def test_webhook_id_is_fit_for_a_log():
    # An http.server hands over a header that goes on in the next line with the line break.
    headers = as_http_message({**HEADERS, "webhook-id": "wh_1\r\n forged"})
    assert headers["webhook-id"] == "wh_1\r\n forged"
    assert refused(headers).webhook_id is None
    assert refused({**HEADERS, "webhook-id": ""}).webhook_id == ""


def test_null_of_javascript_is_a_missing_header(monkeypatch):
    class JsNull:
        """Stands for the type of `pyodide.ffi.jsnull`."""

        def __bool__(self):
            return False

    class JsHeaders:
        def __init__(self, headers):
            self._headers = headers

        def get(self, name):
            return self._headers.get(name, JsNull())

    pyodide = ModuleType("pyodide.ffi")
    pyodide.JsNull = JsNull
    monkeypatch.setitem(sys.modules, "pyodide.ffi", pyodide)
    for spelled in (str, str.title, str.upper):
        headers = {spelled(name): value for name, value in HEADERS.items()}
        assert verify_signature(BODY, JsHeaders(headers), secret=SECRET) == ID
        for missing in headers:
            some = {name: value for name, value in headers.items() if name != missing}
            error = refused(JsHeaders(some))
            assert str(error) == f"Could not find {missing.lower()} header"
    assert refused(JsHeaders({})).reason == "missing_header"


def test_iterator_of_pairs():
    unwrap(BODY, iter(HEADERS.items()), secret=SECRET)
    unwrap(BODY, ((name.encode(), HEADERS[name]) for name in HEADERS), secret=SECRET)


class TwistedHeaders:
    """Has neither `items` nor `get`, and cannot be iterated over."""

    def getAllRawHeaders(self):  # noqa: N802 - so it is called there
        return [(name.title().encode(), [value.encode()]) for name, value in HEADERS.items()]


def test_raw_headers_of_twisted_are_pairs():
    unwrap(BODY, TwistedHeaders().getAllRawHeaders(), secret=SECRET)


@pytest.mark.parametrize(
    "headers",
    [
        None,
        5,
        "",
        "webhook-id: x",
        b"webhook-id: x",
        ["webhook-id: x"],
        ["ab", "cd", "ef"],
        [("webhook-id",)],
        [("webhook-id", ID, "more")],
        [None],
        [{"key": name, "value": value} for name, value in HEADERS.items()],
        [{"name": name, "value": value} for name, value in HEADERS.items()],
        TwistedHeaders(),
        OnlyItems(None),
        OnlyGet(None),
        (boom() for _ in "x"),
    ],
    ids=lambda headers: type(headers).__name__,
)
def test_headers_of_another_type_say_what_to_pass(headers):
    with pytest.raises(TypeError) as caught:
        verify_signature(BODY, headers, secret=SECRET)
    assert str(caught.value) == (
        "The headers must be a mapping of names to values, pairs of a name and a value, "
        f"or an object with a method items or get, not {type(headers).__name__}"
    )


def test_used_up_memory_is_no_fault_of_the_headers():
    def run_out():
        raise MemoryError
        yield

    with pytest.raises(MemoryError):
        verify_signature(BODY, run_out(), secret=SECRET)


def test_a_value_that_is_a_mapping_says_what_to_pass():
    # As CloudFront has them.
    headers = {name: [{"key": name, "value": value}] for name, value in HEADERS.items()}
    for value in (headers, {name: value[0] for name, value in headers.items()}):
        said = "The value of the header webhook-id must be str, bytes or a list of these, not dict"
        with pytest.raises(TypeError, match=said):
            verify_signature(BODY, value, secret=SECRET)


# Secrets


def test_secret_from_the_environment(monkeypatch):
    for secret in (SECRET, OTHER_SECRET):
        monkeypatch.setenv("OPENAI_WEBHOOK_SECRET", secret)
        headers = sign(BODY)
        assert headers == sign(
            BODY,
            secret=secret,
            webhook_id=headers["webhook-id"],
            timestamp=int(headers["webhook-timestamp"]),
        )
        unwrap(BODY, headers)
        verify_signature(BODY, headers)
        assert refused(headers, secret="another").reason == "no_matching_signature"


@pytest.mark.parametrize(
    "secret",
    ["text", "é", "whsec", "whsec-YQ==", "two words", "it's", "whsec_YQ==", "whsec_YR==", "x" * 65],
)
def test_secrets(secret):
    headers = signed(BODY.encode(), secret=secret)
    verify_signature(BODY, headers, secret=secret)
    assert sign(BODY, secret=secret, webhook_id=ID, timestamp=NOW) == headers


@pytest.mark.parametrize("blanks", [" ", "\t", "\n", "\r\n", "\r", " \t\r\n\r\n  "])
@pytest.mark.parametrize("several", [False, True])
def test_white_space_after_the_base64_of_a_secret_is_skipped(blanks, several, monkeypatch):
    secret = [OTHER_SECRET, SECRET + blanks] if several else SECRET + blanks
    assert verify_signature(BODY, HEADERS, secret=secret) == ID
    made = sign(BODY, secret=SECRET + blanks, webhook_id=ID, timestamp=NOW)
    assert made == HEADERS
    monkeypatch.setenv("OPENAI_WEBHOOK_SECRET", SECRET + blanks)
    assert verify_signature(BODY, HEADERS) == ID


KEY = "c2VjcmV0c2VjcmV0"
WHITE_SPACE = "has white space around it"
QUOTES = "has quotes around it"
INVISIBLE = "has an invisible character around it"
BEFORE = "has something before its whsec_"
OTHER_CASE = "begins with whsec_ in another case"
NOT_BASE64 = "has characters that are not Base64 after its whsec_"
URL_SAFE = "has URL-safe Base64 (- and _) after its whsec_, not standard Base64 (+ and /)"
PADDING = "has Base64 with wrong padding (=) after its whsec_: a part may be missing"

BAD_SECRETS = {
    "": "is empty",
    " ": "is nothing but white space",
    "\r\n\t": "is nothing but white space",
    f" whsec_{KEY}": WHITE_SPACE,
    f"\nwhsec_{KEY}\n": WHITE_SPACE,
    f"whsec_{KEY}\v": WHITE_SPACE,
    f"whsec_{KEY}\n\f": WHITE_SPACE,
    f"whsec_{KEY}\u00a0\n": WHITE_SPACE,
    f"\u00a0whsec_{KEY}": WHITE_SPACE,
    f"whsec_{KEY}\u3000": WHITE_SPACE,
    f"a key of {KEY}\n": WHITE_SPACE,
    f'"whsec_{KEY}"': QUOTES,
    f"'whsec_{KEY}'": QUOTES,
    f"whsec_{KEY}'": QUOTES,
    f"whsec_{KEY}' \n": QUOTES,
    f"`whsec_{KEY}`": QUOTES,
    f"\u201cwhsec_{KEY}\u201d": QUOTES,
    f'"{KEY}"': QUOTES,
    f"\ufeffwhsec_{KEY}": INVISIBLE,
    f"whsec_{KEY}\u200b": INVISIBLE,
    f"whsec_{KEY}\ufeff\r\n": INVISIBLE,
    f"\u2060{KEY}": INVISIBLE,
    f"{KEY}\0": INVISIBLE,
    "\0" * 64: INVISIBLE,
    f"v1,whsec_{KEY}": BEFORE,
    f"OPENAI_WEBHOOK_SECRET=whsec_{KEY}": BEFORE,
    f"export OPENAI_WEBHOOK_SECRET=whsec_{KEY}": BEFORE,
    f"secret: WHSEC_{KEY}": BEFORE,
    f"WHSEC_{KEY}": OTHER_CASE,
    f"Whsec_{KEY}": OTHER_CASE,
    "whsec_": "has nothing after its whsec_",
    "whsec_ \r\n": "has nothing after its whsec_",
    f"whsec_{KEY} # prod": NOT_BASE64,
    f"whsec_c2Vj {KEY}": NOT_BASE64,
    f"whsec_c2Vj\n{KEY}\n": NOT_BASE64,
    f"whsec_whsec_{KEY}": URL_SAFE,
    f"whsec_*-*-{KEY}": NOT_BASE64,
    f"whsec_{KEY}é": NOT_BASE64,
    f"whsec_YQ=={KEY}": NOT_BASE64,
    f"whsec_c2-_{KEY}": URL_SAFE,
    "whsec_c2VjcmV0c2VjcmV0c": PADDING,
    "whsec_c2VjcmV0c2VjcmV0cw": PADDING,
    "whsec_c2VjcmV0c2VjcmV0cw=": PADDING,
    "whsec_c2VjcmV0c2VjcmV0c===": PADDING,
    "whsec_c2VjcmV0c2VjcmV0cw \n": PADDING,
    f"whsec_{KEY}====": PADDING,
    "whsec_====": PADDING,
    f"{KEY}\udcff{KEY}": "is not valid Unicode",
    f"{KEY}\udcff": INVISIBLE,
    "whsec_AAAA": "is all zero bytes",
    "whsec_AAAA\n": "is all zero bytes",
}


def operations(secret, headers=HEADERS):
    return [
        lambda: verify_signature(BODY, headers, secret=secret),
        lambda: unwrap(BODY, headers, secret=secret),
        lambda: sign(BODY, secret=secret),
    ]


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize("secret", BAD_SECRETS)
def test_invalid_secrets(secret, several):
    # Said whatever the request, and although another secret would do.
    for operation in operations([SECRET, secret] if several else secret, {}):
        with pytest.raises(ValueError, match="webhook secret") as caught:
            operation()
        assert type(caught.value) is ValueError
        assert str(caught.value) == f"The webhook secret {BAD_SECRETS[secret]}"
        assert caught.value.__context__ is None


@given(st.sampled_from(["whsec_", ""]), st.text(), st.text(), st.text())
def test_no_error_about_a_secret_shows_it(prefix, before, key, after):
    try:
        sign(BODY, secret=before + prefix + key + after)
    except ValueError as error:
        assert str(error) in {f"The webhook secret {fault}" for fault in BAD_SECRETS.values()}
        assert error.__context__ is error.__cause__ is None


def test_no_secret(monkeypatch):
    for operation in operations(None):
        with pytest.raises(
            ValueError, match=r"^The webhook secret must either be set .* OPENAI_WEBHOOK_SECRET"
        ) as caught:
            operation()
        assert type(caught.value) is ValueError
    monkeypatch.setenv("OPENAI_WEBHOOK_SECRET", "")
    for operation in operations(None):
        with pytest.raises(ValueError, match="empty"):
            operation()


def test_no_secrets():
    for none in ([], (), iter(())):
        for operation in operations(none):
            with pytest.raises(ValueError, match="sequence of webhook secrets is empty") as caught:
                operation()
            assert type(caught.value) is ValueError


@pytest.mark.parametrize(
    "secret",
    [
        SECRET.encode(), bytearray(SECRET.encode()), 5, object(), {"prod": SECRET},
        MappingProxyType({SECRET: 1}), {SECRET: SECRET}, type("Endless", (), {"__iter__": boom})(),
    ],
)  # fmt: skip
def test_secret_of_another_type(secret):
    for operation in operations(secret):
        with pytest.raises(TypeError) as caught:
            operation()
        said = "The webhook secret must be str or a sequence of str, not"
        assert str(caught.value) == f"{said} {type(secret).__name__}"


@pytest.mark.parametrize("secret", [[None], [SECRET, SECRET.encode()], (SECRET, [SECRET])])
def test_one_of_several_secrets_of_another_type(secret):
    for operation in operations(secret):
        with pytest.raises(TypeError, match=r"^A webhook secret must be str, not \w+$"):
            operation()


@pytest.mark.parametrize(
    ("secret", "headers"),
    [
        *[(secret, HEADERS) for secret in BAD_SECRETS if KEY in secret],
        (SECRET.encode(), HEADERS),
        (OTHER_SECRET, HEADERS),
        (OTHER_SECRET, {**HEADERS, "webhook-timestamp": "resp_123"}),
        (OTHER_SECRET, {**HEADERS, "webhook-timestamp": "1"}),
        (OTHER_SECRET, {**HEADERS, "webhook-signature": "é"}),
        (OTHER_SECRET, {**HEADERS, "webhook-id": ["resp_123", "x"]}),
        (OTHER_SECRET, {}),
    ],
)
def test_errors_hold_neither_secret_nor_payload(secret, headers):
    for operation in operations(secret, headers)[:2]:
        with pytest.raises((TypeError, ValueError)) as caught:
            operation()
        error = caught.value
        assert error.__cause__ is None
        assert error.__context__ is None
        text = secret if isinstance(secret, str) else secret.decode()
        said = f"{error!s} {error!r} {error.args} {vars(error)}"
        assert text.replace("whsec_", "") not in said
        assert "resp_123" not in said


# What a traceback shows: loggers and debugging pages write the local variables of its frames

DRAWN_KEYS = st.binary(min_size=12, max_size=40).filter(lambda key: key.strip(b"\0"))
DRAWN_SHAPES = st.sampled_from(
    ["whsec_{}", "whsec_{}\n", "{}", "{} ", " whsec_{}", "'whsec_{}'", "v1,whsec_{}", "WHSEC_{}",
     "whsec_{}=", "whsec_{}!", "whsec_-_{}", "whsec_{} {}"]
)  # fmt: skip


# How a secret is given: as an argument, or in the environment.
WAYS = [
    (lambda secret: secret, {}),
    (Text, {}),
    (lambda secret: [OTHER_SECRET, secret], {}),
    (lambda secret: iter([secret, OTHER_SECRET]), {}),
    (lambda secret: [secret, None], {}),
    (str.encode, {}),
    (lambda secret: {"prod": secret}, {}),
    (lambda secret: None, ["OPENAI_WEBHOOK_SECRET"]),
]


def mistakes(headers):
    """Return calls that raise whatever the secret is; the headers are those of the body "{}"."""
    requests = [
        ("{}", headers),
        (BODY, {}),
        (BODY, HEADERS),
        (BODY, None),
        (BODY, {**HEADERS, "webhook-timestamp": "1"}),
        (BODY, {**HEADERS, "webhook-id": "a.b"}),
        (5, HEADERS),
    ]
    return [
        *[partial(unwrap, body, given) for body, given in requests],
        *[partial(verify_signature, body, given) for body, given in requests[1:]],
        partial(unwrap, BODY, HEADERS, tolerance=float("nan")),
        partial(sign, BODY, webhook_id="a.b"),
        partial(sign, BODY, webhook_id=5),
        partial(sign, BODY, timestamp="1"),
        partial(sign, 5),
        partial(signed_request, "batch.faild"),
        partial(signed_request, {"data": object()}),
        partial(signed_request, "batch.failed", webhook_id="a.b"),
    ]


@given(DRAWN_KEYS, DRAWN_SHAPES, st.sampled_from(WAYS))
def test_no_frame_of_the_package_holds_a_secret_when_it_raises(key, shape, way):
    text = b64encode(key).decode()
    secret = shape.format(*[text] * shape.count("{}"))
    parts = {repr(text[start : start + 8])[1:-1] for start in range(len(text) - 7)}
    parts |= {repr(key[start : start + 8])[2:-1] for start in range(len(key) - 7)}
    give, names = way
    try:
        headers = sign("{}", secret=secret)
    except ValueError:
        headers = {}
    for call in mistakes(headers):
        in_environment = patch.dict(os.environ, dict.fromkeys(names, secret))
        with in_environment, pytest.raises((TypeError, ValueError)) as caught:
            call(secret=give(secret))
        shown = [*shown_locals(caught.value)]
        assert [variables["secret"] for path, variables in shown if path == Path(__file__)]
        ours = [variables for path, variables in shown if PACKAGE in path.parents]
        assert ours
        held = repr(texts_in(ours))
        assert not [part for part in parts if part in held]


@pytest.fixture
def _untraced():
    """Stop what measures the coverage: at the end of the stack, it raises in any function."""
    tracer = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(tracer)


@pytest.mark.skipif(
    sys.implementation.name != "cpython", reason="PyPy limits the bytes of the stack, not its depth"
)
@pytest.mark.usefixtures("_untraced")
def test_no_frame_of_the_package_holds_a_secret_when_the_stack_is_used_up():
    def call_below(frames):
        if frames:
            call_below(frames - 1)
        else:
            sign(BODY, secret=f"whsec_{KEY}")

    ours = []
    limit = sys.getrecursionlimit()
    for frames in range(limit - 300, limit):
        signature._key.cache_clear()
        try:
            call_below(frames)
        except RecursionError as error:
            ours += [held for path, held in shown_locals(error) if PACKAGE in path.parents]
    assert ours, "none of these depths is such that the package uses up the stack"
    assert KEY not in repr(texts_in(ours))


@pytest.mark.parametrize("secret", [SECRET, [OTHER_SECRET, SECRET]])
def test_no_frame_shows_a_forger_how_to_sign(secret):
    forged = BODY.replace("resp_123", "resp_456")
    genuine = sign(forged, secret=SECRET, webhook_id=ID, timestamp=NOW)["webhook-signature"]
    error = refused({**HEADERS, "webhook-signature": "v1,AAAA"}, forged, secret=secret)
    shown = [variables for path, variables in shown_locals(error) if PACKAGE in path.parents]
    assert shown
    assert not [one for one in texts_in(shown) if genuine[3:] in str(one)]


# Signing


def test_sign_makes_a_new_id_each_time():
    first, second = sign(BODY, secret=SECRET), sign(BODY, secret=SECRET)
    assert list(first) == ["webhook-id", "webhook-timestamp", "webhook-signature"]
    assert first["webhook-timestamp"] == str(NOW)
    assert first["webhook-id"] != second["webhook-id"]
    assert re.fullmatch("wh_[0-9a-f]{32}", first["webhook-id"])


@pytest.mark.parametrize(
    "webhook_id", ["", " a", "a ", "a\nb", "a\r\nb", "\x7f", "é", "\ud800", "x" * 4097, "a.b"]
)
def test_sign_refuses_ids_that_no_header_can_hold(webhook_id):
    with pytest.raises(ValueError, match="A webhook id must be 1 to 4096 characters") as caught:
        sign(BODY, secret=SECRET, webhook_id=webhook_id)
    assert type(caught.value) is ValueError
    longest = "x" * 4096
    assert sign(BODY, secret=SECRET, webhook_id=longest)["webhook-id"] == longest


@pytest.mark.parametrize("webhook_id", [123, b"wh_1", ["wh_1"]])
def test_sign_with_an_id_of_another_type(webhook_id):
    with pytest.raises(TypeError, match=r"^A webhook id must be str, not \w+$"):
        sign(BODY, secret=SECRET, webhook_id=webhook_id)


@pytest.mark.parametrize("timestamp", [1.5, "1", b"1", True, Decimal(1), Unready()])
def test_sign_with_a_timestamp_of_another_type(timestamp):
    with pytest.raises(TypeError, match=r"^The timestamp must be int, not \w+$"):
        sign(BODY, secret=SECRET, timestamp=timestamp)


def test_sign_with_a_timestamp_at_the_end_of_time():
    for timestamp in (10**12 - 1, 1 - 10**12, Whole()):
        headers = sign(BODY, secret=SECRET, timestamp=timestamp)
        assert headers["webhook-timestamp"] == f"{index(timestamp)}"
    for timestamp in (10**12, -(10**12), 10**5000):
        with pytest.raises(ValueError, match="out of range for Unix seconds"):
            sign(BODY, secret=SECRET, timestamp=timestamp)


# Any request

any_headers = st.one_of(
    st.dictionaries(
        st.sampled_from([*HEADERS, "Webhook-Id", "HTTP_WEBHOOK_ID"]) | st.text(),
        st.text() | st.sampled_from([*HEADERS.values(), str(NOW + 1)]),
    ),
    st.fixed_dictionaries(
        {
            name: st.just(value) | st.text() | st.binary() | st.lists(st.text() | st.binary())
            for name, value in HEADERS.items()
        }
    ),
    st.lists(st.tuples(st.sampled_from([*map(str.encode, HEADERS)]), st.binary())),
)


@given(st.binary() | st.text(), any_headers)
def test_other_requests_are_refused(payload, headers):
    assume(payload not in (BODY, BODY.encode()))
    refused(headers, payload)


@given(st.text(st.characters()) | st.binary(), st.text(min_size=1), st.integers(-300, 300))
def test_round_trip(payload, secret, age):
    assume(not {secret[0], secret[-1]} & {*"\"'`\u2018\u2019\u201c\u201d"})
    assume(secret[0].isprintable() and secret[-1].isprintable() and secret.strip() == secret)
    assume("whsec_" not in secret.lower())
    headers = sign(payload, secret=secret, timestamp=NOW - age)
    raw = payload if isinstance(payload, bytes) else payload.encode("utf-8", "surrogatepass")
    assert headers == signed(
        raw, webhook_id=headers["webhook-id"], timestamp=str(NOW - age), secret=secret
    )
    verify_signature(payload, headers, secret=secret)
    verify_signature(raw, headers, secret=[SECRET, secret])
    assert refused(headers, payload).reason == "no_matching_signature"
    with pytest.raises(ValidationError) as caught:
        unwrap(payload, headers, secret=secret)
    assert caught.value.payload == payload


@given(st.binary(min_size=1, max_size=200).filter(lambda key: key.strip(b"\0")))
def test_hmac_of_keys_of_any_length(key):
    secret = "whsec_" + b64encode(key).decode()
    assert sign(BODY, secret=secret, webhook_id=ID, timestamp=NOW) == signed(
        BODY.encode(), secret=secret
    )


@pytest.mark.parametrize("where", ["payload", *HEADERS])
def test_any_flipped_bit_is_refused(where):
    genuine = (BODY if where == "payload" else HEADERS[where]).encode()
    for bit in range(8 * len(genuine)):
        flipped = bytearray(genuine)
        flipped[bit // 8] ^= 1 << bit % 8
        if where == "payload":
            refused(HEADERS, bytes(flipped))
        else:
            refused({**HEADERS, where: bytes(flipped)})
            refused({**HEADERS, where: flipped.decode("latin-1")})


@given(st.binary(min_size=1), st.sampled_from(["payload", *HEADERS]), st.integers(min_value=0))
def test_any_flipped_bit_of_any_payload_is_refused(payload, where, bit):
    headers = sign(payload, secret=SECRET)
    verify_signature(payload, headers, secret=SECRET)
    flipped = bytearray(payload if where == "payload" else headers[where].encode())
    bit %= 8 * len(flipped)
    flipped[bit // 8] ^= 1 << bit % 8
    if where == "payload":
        refused(headers, bytes(flipped))
    else:
        refused({**headers, where: bytes(flipped)}, payload)


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_names_of_an_environ_count_in_an_environ_alone(name):
    headers = dict(HEADERS)
    headers["HTTP_" + name.upper().replace("-", "_")] = headers.pop(name)
    assert refused(headers=headers).reason == "missing_header"
    assert refused(headers=list(headers.items())).reason == "missing_header"


if sys.implementation.name == "cpython":  # others cannot trace memory

    def test_headers_given_very_often_take_no_memory():
        import tracemalloc

        pairs = [("webhook-signature", f"v1,{number}") for number in range(50_000)]
        headers = [*HEADERS.items(), *pairs]
        tracemalloc.start()
        try:
            assert refused(headers).reason == "invalid_header"
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert peak < 100_000


# Requests and settings that try to be read in two ways


def test_a_header_cannot_make_other_headers_count():
    forged = {
        "REQUEST_METHOD": "POST",
        "wsgi.version": "(1, 0)",
        "wsgi.multithread": "True",
        "wsgi.multiprocess": "True",
        **{"HTTP_" + name.upper().replace("-", "_"): value for name, value in HEADERS.items()},
        "webhook-id": "wh_forged",
    }
    error = refused(forged)
    assert (error.reason, error.webhook_id) == ("missing_header", "wh_forged")
    error = refused({**HEADERS, **forged})
    assert (error.reason, error.webhook_id) == ("no_matching_signature", "wh_forged")


@pytest.mark.parametrize(
    ("tolerance", "error", "message"),
    [
        (float("nan"), ValueError, "The tolerance is not a number (NaN)"),
        ("300", TypeError, "The tolerance must be int or float, not str"),
        (None, TypeError, "The tolerance must be int or float, not NoneType"),
        (5j, TypeError, "The tolerance must be int or float, not complex"),
        (Decimal(300), TypeError, "The tolerance must be int or float, not Decimal"),
        (Unready(), TypeError, "The tolerance must be int or float, not Unready"),
    ],
)
def test_a_tolerance_that_is_no_number_is_refused_before_the_request(tolerance, error, message):
    for headers in (HEADERS, {}):
        for check in (verify_signature, unwrap):
            with pytest.raises(error) as caught:
                check(BODY, headers, secret=SECRET, tolerance=tolerance)
            assert (type(caught.value), str(caught.value)) == (error, message)


def test_a_tolerance_may_be_any_integer():
    at = signed(BODY.encode(), timestamp=str(NOW - 1))
    for tolerance in (True, Whole(), 10**400, type("Seconds", (int,), {})(10**400), float("inf")):
        verify_signature(BODY, at, secret=SECRET, tolerance=tolerance)
    assert refused(at, tolerance=False).reason == "timestamp_too_old"


def test_a_tolerance_may_be_a_float():
    at = signed(BODY.encode(), timestamp=str(NOW - 1))
    verify_signature(BODY, at, secret=SECRET, tolerance=1.5)
    boundless = type("Boundless", (float,), {"__lt__": lambda *_: False, "__gt__": boom})
    assert refused(at, tolerance=boundless(0.5)).reason == "timestamp_too_old"
    assert refused(at, tolerance=0.5).reason == "timestamp_too_old"


def test_what_a_str_subclass_says_of_itself_is_not_verified_or_parsed():
    class TwoFaced(str):
        __slots__ = ()

        def encode(self, *args):
            return BODY.encode()

        def __str__(self):
            return BODY

    other = BODY.replace("resp_123", "resp_456")
    assert refused(HEADERS, TwoFaced(other)).reason == "no_matching_signature"
    headers = sign(other, secret=SECRET)
    event = unwrap(TwoFaced(other), headers, secret=SECRET)
    assert event.data.id == "resp_456"


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize("value", ["\uffff", "\uffff different", "x\uffff"])
def test_a_value_is_no_conflict_whatever_its_text(name, value):
    assert refused({**HEADERS, name: value}).reason == "invalid_header"
    assert refused({**HEADERS, name: [value, value]}).reason == "invalid_header"
