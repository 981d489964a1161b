"""The verifier beside the SDK's own, and beside the reference library of Standard Webhooks."""

import base64
import hashlib
import hmac
import io
import json
from datetime import datetime, timezone
from http.client import parse_headers
from unittest import mock

import openai
import openai.types.webhooks as sdk
import pytest
import standardwebhooks
from django.http.request import HttpHeaders
from hypothesis import example, given, settings
from hypothesis import strategies as st
from starlette.datastructures import Headers as StarletteHeaders
from werkzeug.datastructures import EnvironHeaders
from werkzeug.datastructures import Headers as WerkzeugHeaders

import openai_webhook_types
from openai_webhook_types import (
    InvalidWebhookSignatureError,
    sign,
    unwrap,
    verify_signature,
)
from tests.conformance.contracts import union_members
from tests.conformance.differential import contents
from tests.strategies import newer_payloads
from tests.values import boom

NOW = 1750861210
SECRET = "whsec_RdvaYFYUXuIFuEbvZHwMfYFhUf7aMYjYcmM24+Aj40c="
BODY = b'{"id": "evt_1", "created_at": 1, "type": "batch.completed", "data": {"id": "batch_1"}}'
NAMES = ["webhook-id", "webhook-timestamp", "webhook-signature"]

CLIENT = openai.OpenAI(api_key="x", webhook_secret=SECRET)


def by_the_sdk(payload, headers, secret=SECRET, tolerance=300):
    """Return why the SDK refuses a request, or None where it accepts it."""
    try:
        CLIENT.webhooks.verify_signature(payload, headers, secret=secret, tolerance=tolerance)
    except (TypeError, ValueError) as error:
        return error
    return None


def by_us(payload, headers, secret=SECRET, tolerance=300):
    try:
        verify_signature(payload, headers, secret=secret, tolerance=tolerance)
    except InvalidWebhookSignatureError as error:
        return error
    return None


def mac(payload, webhook_id, timestamp, secret):
    key = base64.b64decode(secret[6:]) if secret.startswith("whsec_") else secret.encode()
    content = f"{webhook_id}.{timestamp}.".encode("utf-8", "surrogatepass") + payload
    return base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


def signed(payload=BODY, webhook_id="wh_1", timestamp=str(NOW), secret=SECRET):
    signature = f"v1,{mac(payload, webhook_id, timestamp, secret)}"
    return dict(zip(NAMES, [webhook_id, timestamp, signature]))


# Requests that are genuine in most respects, so that a good part of them is accepted.

ascii_texts = st.text(st.characters(max_codepoint=127, blacklist_characters="\f"), max_size=12)
tolerances = st.sampled_from([300, 0, 1, 10**6, -1]) | st.integers(-5, 1000)
secrets = st.sampled_from([SECRET, "whsec_c2VjcmV0", "whsec_YR==", "text", "wh\xe9", "whsec"])
payloads = st.binary().filter(lambda raw: raw.decode("utf-8", "ignore").encode() == raw)


@st.composite
def timestamps(draw, tolerance):
    edge = draw(st.sampled_from([0, tolerance, -tolerance]))
    number = NOW - edge + draw(st.sampled_from([0, 0, 1, -1]) | st.integers(-400, 400))
    written = draw(
        st.sampled_from(
            ["{}", "{}", "{}", "{:+}", "{:_}", "{:,}", "0{}", " {} ", "\x0b{}\n", "\x1c{}", "{}.0"]
        )
    ).format(number)
    return draw(st.just(written) | st.just(written) | ascii_texts)


@st.composite
def requests(draw):
    tolerance = draw(tolerances)
    secret = draw(secrets)
    payload = draw(payloads)
    webhook_id = draw(st.just("wh_1") | st.sampled_from(["wh_1", "wh_1", "wh.1"]) | ascii_texts)
    timestamp = draw(timestamps(tolerance))
    genuine = mac(payload, webhook_id, timestamp, secret)
    near = [f"v1,{genuine}", genuine, f"v2,{genuine}", f"v1,v1,{genuine}", genuine[:-1], "v1,", ","]
    parts = draw(
        st.just([near[0]]) | st.lists(st.sampled_from([*near, genuine.lower()]) | ascii_texts)
    )
    signature = draw(st.sampled_from([" ", "  ", "\t", "\n", "\x1d", ",", ""])).join(parts)
    headers = dict(zip(NAMES, [webhook_id, timestamp, signature]))
    # Then, now and then, something else than what was signed.
    tampered = draw(st.sampled_from([*[None] * 9, "payload", *NAMES, "missing"]))
    if tampered == "payload":
        payload = draw(payloads)
    elif tampered == "missing":
        del headers[draw(st.sampled_from(NAMES))]
    elif tampered:
        headers[tampered] = draw(ascii_texts)
    cases = st.sampled_from([str, str.upper, str.title, str.swapcase])
    headers = {draw(cases)(name): headers[name] for name in draw(st.permutations([*headers]))}
    return (payload if draw(st.booleans()) else payload.decode()), headers, secret, tolerance


@settings(max_examples=500)
@given(requests())
def test_accepts_what_the_sdk_accepts(request):
    with mock.patch("time.time", return_value=NOW + 0.5):
        theirs, ours = by_the_sdk(*request), by_us(*request)
    _, headers, *_ = request
    given = {name.lower(): value for name, value in headers.items()}
    signatures = [given[name] for name in given if name == "webhook-signature"]
    if len(given) == len(NAMES) and "." in given["webhook-id"]:
        assert ours.reason == "invalid_header"
    # Several in one piece are told apart here alone.
    elif any(piece.count(",") > 1 for piece in " ".join(signatures).split()):
        assert theirs or not ours
    elif request[0] or not theirs:
        assert str(ours) == str(theirs)
    else:
        assert str(ours).startswith(str(theirs))


def test_the_requests_above_reach_every_outcome():
    seen = set()

    @settings(max_examples=500, database=None, derandomize=True)
    @given(requests())
    def collect(request):
        with mock.patch("time.time", return_value=NOW):
            error = by_us(*request)
        seen.add(error.reason if error else "accepted")

    collect()
    assert seen == {
        "accepted",
        "missing_header",
        "invalid_header",
        "invalid_timestamp",
        "timestamp_too_old",
        "timestamp_too_new",
        "no_matching_signature",
    }


@given(st.fixed_dictionaries({name: st.text() for name in NAMES}), st.text() | st.binary())
def test_accepts_nothing_that_the_sdk_refuses(headers, payload):
    assert by_us(payload, headers)
    assert by_the_sdk(payload, headers)


def get_only(headers):
    class OnlyGet:
        def get(self, name):
            return headers.get(name)

    return OnlyGet()


def raw_pairs(headers):
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


def environ(headers):
    return {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}


SHAPES = {
    "http.client": lambda h: parse_headers(
        io.BytesIO("".join([*[f"{name}: {h[name]}\r\n" for name in h], "\r\n"]).encode())
    ),
    "only get": get_only,
    "starlette": lambda h: StarletteHeaders(raw=raw_pairs(h)),
    "django": lambda h: HttpHeaders({"REQUEST_METHOD": "POST", **environ(h)}),
    "werkzeug": lambda h: WerkzeugHeaders([*h.items()]),
    "flask": lambda h: EnvironHeaders({"REQUEST_METHOD": "POST", **environ(h)}),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("missing", [None, *NAMES])
@pytest.mark.parametrize("case", [str.lower, str.title, str.upper])
def test_header_objects(shape, missing, case):
    with mock.patch("time.time", return_value=NOW):
        for signature in (signed()["webhook-signature"], "v1,AAAA"):
            headers = {**signed(), "webhook-signature": signature}
            headers.pop(missing, None)
            request = BODY, shape({case(name): value for name, value in headers.items()})
            ours = by_us(*request)
            assert str(ours) == str(by_the_sdk(*request))
            assert (ours is None) == (missing is None and signature != "v1,AAAA")


@pytest.mark.parametrize(
    "twice",
    [
        lambda pairs: StarletteHeaders(raw=[(k.encode(), v.encode()) for k, v in pairs]),
        WerkzeugHeaders,
        lambda pairs: parse_headers(
            io.BytesIO("".join([*[f"{k}: {v}\r\n" for k, v in pairs], "\r\n"]).encode())
        ),
    ],
    ids=["starlette", "werkzeug", "http.client"],
)
def test_header_objects_with_a_header_given_twice(twice):
    pairs = [*signed().items()]
    with mock.patch("time.time", return_value=NOW):
        verify_signature(BODY, twice([("webhook-signature", "v1,AAAA"), *pairs]), secret=SECRET)
        verify_signature(BODY, twice([*pairs, ("webhook-id", "wh_1")]), secret=SECRET)
        error = by_us(BODY, twice([*pairs, ("webhook-id", "wh_2")]))
    assert error.reason == "conflicting_headers"


# Where the two differ: what the SDK makes of it, and the `reason` (None: accepted) of ours.


def with_(**headers):
    return {**signed(), **{name.replace("_", "-"): value for name, value in headers.items()}}


DIFFERENCES = {
    "id twice": (BODY, {**signed(), "Webhook-Id": "wh_2"}, None, "conflicting_headers"),
    "timestamp twice": (
        BODY,
        {**signed(), "Webhook-Timestamp": "1"},
        None,
        "conflicting_headers",
    ),
    "signatures in two headers": (
        BODY,
        {"Webhook-Signature": "v1,AAAA", **signed()},
        openai.InvalidWebhookSignatureError,
        None,
    ),
    "signatures joined by a comma": (
        BODY,
        with_(webhook_signature=f"v1,AAAA,{signed()['webhook-signature']}"),
        openai.InvalidWebhookSignatureError,
        None,
    ),
    "dot in the id": (BODY, signed(webhook_id="wh.1"), None, "invalid_header"),
    "request cut out of a body": (
        BODY,
        {**signed(b"me.%d." % NOW + BODY), "webhook-id": f"wh_1.{NOW}.me"},
        None,
        "invalid_header",
    ),
    "id not ASCII": (BODY, signed(webhook_id="wh_\xe9"), None, "invalid_header"),
    "digits not ASCII": (
        BODY,
        signed(timestamp="".join([chr(0x660 + int(digit)) for digit in str(NOW)])),
        None,
        "invalid_header",
    ),
    "signature not ASCII": (BODY, with_(webhook_signature="\xe9"), TypeError, "invalid_header"),
    "not ASCII after a signature that matches": (
        BODY,
        with_(webhook_signature=signed()["webhook-signature"] + " \xe9"),
        None,
        "invalid_header",
    ),
    "form feed": (
        BODY,
        with_(webhook_signature=signed()["webhook-signature"].replace(",", "\f")),
        None,
        "invalid_header",
    ),
    "id too long": (BODY, signed(webhook_id="x" * 4097), None, "invalid_header"),
    "timestamp too long": (BODY, signed(timestamp=f"{NOW:04097}"), None, "invalid_header"),
    "signatures too long": (
        BODY,
        with_(webhook_signature=signed()["webhook-signature"].rjust(4097)),
        None,
        "invalid_header",
    ),
    "timestamp as int": (BODY, with_(webhook_timestamp=NOW), None, "invalid_header"),
    "values in lists": (
        BODY,
        {name: [value] for name, value in signed().items()},
        TypeError,
        None,
    ),
    "values as bytes": (
        BODY,
        {name: value.encode() for name, value in signed().items()},
        TypeError,
        None,
    ),
    "WSGI environ": (BODY, {"wsgi.version": (1, 0), **environ(signed())}, ValueError, None),
    "Django's META under ASGI": (
        BODY,
        # Its ASGIRequest has these two of the variables of WSGI.
        {"wsgi.multithread": True, "wsgi.multiprocess": True, **environ(signed())},
        ValueError,
        None,
    ),
    "no header": (BODY, {}, ValueError, "missing_header"),
    "empty id in a header object": (
        BODY,
        WerkzeugHeaders([*signed(webhook_id="").items()]),
        ValueError,
        None,
    ),
    "not UTF-8": (b"\xff", signed(b"\xff"), UnicodeDecodeError, None),
    "lone surrogate": (
        "\ud800",
        signed("\ud800".encode("utf-8", "surrogatepass")),
        UnicodeEncodeError,
        None,
    ),
    "bytearray": (
        bytearray(BODY),
        signed(),
        openai.InvalidWebhookSignatureError,
        None,
    ),
}


@pytest.mark.parametrize(
    ("payload", "headers", "theirs", "ours"), DIFFERENCES.values(), ids=DIFFERENCES
)
def test_differences(payload, headers, theirs, ours):
    with mock.patch("time.time", return_value=NOW):
        found = by_the_sdk(payload, headers)
        error = by_us(payload, headers)
    assert type(found) is (theirs or type(None))
    assert (error and error.reason) == ours


# Secrets: what is pasted with one, and what is no secret.

around = st.sampled_from(
    [
        "",
        "",
        "",
        " ",
        "\n",
        "\t",
        "\r\n",
        " \n",
        "\v",
        "\f",
        "\u00a0",
        "\ufeff",
        "\u200b",
        "\0",
        '"',
        "'",
        "v1,",
        "=",
        "NAME=",
    ]
)
prefixes = st.sampled_from(["whsec_", "whsec_", "", "WHSEC_", "whsec_whsec_", "whsec"])
encoded = st.binary(max_size=12).map(lambda key: base64.b64encode(key).decode())
pasted_secrets = st.builds(
    "{}{}{}{}".format,
    around,
    prefixes,
    encoded | st.text(max_size=8) | st.sampled_from(["c2Vjcg", "_-8=", "c2Vj cmV0", "AAAA", "=="]),
    around,
)


def is_what_its_owner_meant(secret):
    if secret.startswith("whsec_"):
        secret = secret.rstrip(" \t\r\n")
    edges = secret[:1] + secret[-1:]
    if not edges or secret.strip() != secret or not edges.isprintable() or {*edges} & {*QUOTES}:
        return False
    if not secret.startswith("whsec_"):
        return "whsec_" not in secret.lower()
    try:
        key = base64.b64decode(secret[6:], validate=True)
    except ValueError:
        return False
    has_its_padding = len(base64.b64encode(key)) == len(secret) - 6
    return has_its_padding and bool(key.strip(b"\0"))


QUOTES = "\"'`\u2018\u2019\u201c\u201d"


@settings(max_examples=500)
@given(pasted_secrets)
@example("whsec_")
@example("whsec_c2VjcmV0c")
@example("whsec_\xe9")
@example("x\ud800x")
@example("whsec_c2VjcmV0 \t\r\n")
@example("whsec_c2VjcmV0\u00a0")
def test_both_agree_about_every_secret_that_can_be_one(secret):
    with mock.patch("time.time", return_value=NOW):
        try:
            headers = signed(secret=secret)
        except ValueError:
            headers = signed()
        theirs = by_the_sdk(BODY, headers, secret)
        if is_what_its_owner_meant(secret) and type(theirs) is not UnicodeEncodeError:
            assert theirs is None
            assert by_us(BODY, headers, secret) is None
            assert str(by_us(b"!", headers, secret)) == str(by_the_sdk(b"!", headers, secret))
        else:
            with pytest.raises(ValueError, match=r"^The webhook secret (is|has|begins) ") as caught:
                verify_signature(BODY, headers, secret=secret)
            assert type(caught.value) is ValueError


def test_no_secret(monkeypatch):
    monkeypatch.delenv("OPENAI_WEBHOOK_SECRET", raising=False)
    with pytest.raises(ValueError, match="The webhook secret must either be set") as theirs:
        openai.OpenAI(api_key="x").webhooks.verify_signature(BODY, {})
    with pytest.raises(ValueError, match="The webhook secret must either be set") as ours:
        verify_signature(BODY, {})
    assert type(ours.value) is type(theirs.value) is ValueError


# The others' signatures here, and ours there; by the real clock.

long_secrets = (
    st.binary(min_size=1, max_size=80)
    .filter(lambda key: key.strip(b"\0"))
    .map(lambda key: "whsec_" + base64.b64encode(key).decode())
)


webhook_ids = st.text(
    st.characters(min_codepoint=33, max_codepoint=126, blacklist_characters="."), min_size=1
)
blanks = st.text(st.sampled_from(" \t\r\n"), max_size=3)


@given(long_secrets, blanks, payloads, webhook_ids)
def test_standardwebhooks_signs(secret, after, payload, webhook_id):
    secret += after
    now = datetime.now(tz=timezone.utc)
    signature = standardwebhooks.Webhook(secret).sign(webhook_id, now, payload.decode())
    headers = dict(zip(NAMES, [webhook_id, str(int(now.timestamp())), signature]))
    verify_signature(payload, headers, secret=secret)
    error = by_us(payload + b"!", headers, secret)
    assert error.reason == "no_matching_signature"


@given(long_secrets, blanks, payloads, webhook_ids)
def test_we_sign(secret, after, payload, webhook_id):
    secret += after
    headers = sign(payload, secret=secret, webhook_id=webhook_id)
    verifier = standardwebhooks.Webhook(secret)
    verifier.verify(payload, headers, json_parse=False)
    with pytest.raises(standardwebhooks.WebhookVerificationError):
        verifier.verify(payload + b"!", headers, json_parse=False)
    assert by_the_sdk(payload, headers, secret) is None
    assert by_the_sdk(payload + b"!", headers, secret)


@pytest.mark.parametrize("cls", union_members(sdk.UnwrapWebhookEvent), ids=lambda c: c.__name__)
@given(data=st.data())
def test_unwrap_delivers_new_values_of_a_literal_as_the_sdk_does(cls, data):
    ours = getattr(openai_webhook_types, cls.__name__)
    body = json.dumps(data.draw(newer_payloads(ours)))
    headers = sign(body, secret=SECRET)
    expected = CLIENT.webhooks.unwrap(body, headers)
    assert type(expected) is cls
    assert contents(unwrap(body, headers, secret=SECRET)) == contents(expected)


@pytest.mark.parametrize("arguments", [(), ("no",), ("no", 5), (ValueError("no"),)])
def test_errors_of_a_program(arguments):
    theirs = openai.InvalidWebhookSignatureError(*arguments)
    ours = InvalidWebhookSignatureError(*arguments)
    assert type(theirs).__bases__ == type(ours).__bases__ == (ValueError,)
    assert (str(theirs), theirs.args) == (str(ours), ours.args)


def test_a_callers_own_exception_is_suppressed_by_the_sdk_alone():
    headers = {**sign(BODY, secret=SECRET), "webhook-timestamp": "1"}
    try:
        boom()
    except RuntimeError as own:
        theirs, ours = by_the_sdk(BODY, headers), by_us(BODY, headers)
        assert theirs.__context__ is ours.__context__ is own
    assert (theirs.__suppress_context__, ours.__suppress_context__) == (True, False)
