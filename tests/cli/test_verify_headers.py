"""Headers as people paste them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openai_webhook_types import sign
from openai_webhook_types.cli._failures import Mistake
from openai_webhook_types.cli.verify_headers import read_headers

BODY = b'{"id": "evt_1"}'
SENT = 1767225600
SIGNED = sign(
    BODY,
    secret="whsec_RdvaYFYUXuIFuEbvZHwMfYFhUf7aMYjYcmM24+Aj40c=",
    webhook_id="wh_1",
    timestamp=SENT,
)
LINES = "".join([f"{name}: {value}\n" for name, value in SIGNED.items()])
REQUEST = f"POST /webhook?a=b HTTP/1.1\nHost: 127.0.0.1:8000\n{LINES}\n{BODY.decode()}\n"
NAMED = [{"name": name, "value": value} for name, value in SIGNED.items()]
VARIABLES = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in SIGNED.items()}
HAR = {"request": {"method": "POST", "headers": NAMED}, "response": {"headers": []}}
LISTS = {name.title(): [value] for name, value in SIGNED.items()}


def marked(mark, text):
    return "".join([f"{mark} {line}\n" for line in text.splitlines()])


TEXTS = {
    "lines": LINES,
    "blank lines between": LINES.replace("\n", "\r\n\r\n"),
    "a request": REQUEST,
    "a request with CRLF": REQUEST.replace("\n", "\r\n"),
    "a request with a body of many lines": REQUEST + "{\n}\n",
    "a request line without a version": f"POST https://example.com/hook\n{LINES}",
    "an answer": f"HTTP/2 200 \n{LINES}",
    "HTTP/2": f":method: POST\n:path: /\n:scheme: https\n{LINES}",
    "two heads": f"{REQUEST.partition('{')[0]}HTTP/1.1 200 OK\nServer: x\n\nok\n",
    "curl -v": (
        "*   Trying 127.0.0.1:8000...\n* Connected to 127.0.0.1\n"
        + marked(">", REQUEST.partition("{")[0])
        + "} [15 bytes data]\n< HTTP/1.1 200 OK\r\n< Server: x\r\n< \r\nok\n* Closing\n"
    ),
    "curl -v of what is received": marked("<", f"HTTP/1.1 200 OK\n{LINES}\n"),
    "marks without their blanks": marked(">", REQUEST.partition("{")[0]).replace("> \n", ">\n"),
    "variables": "".join([f"{name}={value}\n" for name, value in VARIABLES.items()]),
    "names of variables": "".join([f"{name}: {value}\n" for name, value in VARIABLES.items()]),
}
VALUES = {
    "a mapping": SIGNED,
    "a mapping to lists": LISTS,
    "a mapping to values": {
        name: [{"key": name, "value": value}] for name, value in SIGNED.items()
    },
    "variables": {**VARIABLES, "SERVER_PORT": 80, "wsgi.version": [1, 0], "wsgi.input": None},
    "pairs": [*SIGNED.items()],
    "names and values in turn": [text for pair in SIGNED.items() for text in pair],
    "lines": LINES.splitlines(),
    "names": NAMED,
    "keys": [{"Key": name, "Value": value} for name, value in SIGNED.items()],
    "a request of HAR": HAR["request"],
    "an entry of HAR": HAR,
    "HAR": {"log": {"version": "1.2", "entries": [HAR]}},
    "AWS Lambda": {"headers": SIGNED, "multiValueHeaders": None, "body": "{}", "path": "/"},
    "AWS Lambda with lists": {"multiValueHeaders": LISTS, "body": "{}", "isBase64Encoded": False},
    "AWS Lambda with both": {"headers": SIGNED, "multiValueHeaders": LISTS, "body": "{}"},
}
WRITTEN = {f"JSON, {name}": json.dumps(value, indent=1) for name, value in VALUES.items()}


@pytest.mark.parametrize("name", [*TEXTS, *WRITTEN])
def test_every_shape_is_read(call, name):
    Path("body.json").write_bytes(BODY)
    Path("headers").write_bytes({**TEXTS, **WRITTEN}[name].encode())
    status, out, err = call("verify", "body.json", "--headers", "headers", "--at", SENT)
    assert (status, out, err) == (0, f"valid: wh_1, sent 0 s before {SENT}\n", "")


def test_every_value_of_a_header_counts(call):
    given = {**LISTS, "Webhook-Signature": ["v1,AAAA", SIGNED["webhook-signature"]]}
    assert read_headers(json.dumps(given), "")[-2:] == [
        ("webhook-signature", "v1,AAAA"),
        ("webhook-signature", SIGNED["webhook-signature"]),
    ]


@pytest.mark.parametrize(
    "value",
    [
        {"webhook-id": 5},
        {"webhook-id": None},
        {"webhook-id": ["wh_1", 5]},
        {"webhook-id": [{"key": "webhook-id"}]},
        {"a": 1},
        {"id": "evt_1", "created_at": 1, "type": "batch.failed", "data": {"id": "x"}},
        {"headers": {"webhook-id": 5}},
        {"log": {"entries": [HAR, HAR]}},
        ["webhook-id"],
        ["webhook-id", "wh_1", "webhook-timestamp"],
        [["webhook-id"]],
        [["webhook-id", "wh_1", "more"]],
        [[5, "wh_1"]],
        [{"name": "webhook-id"}],
        [{"value": "wh_1"}],
        [{"name": 5, "value": "wh_1"}],
        [5],
        [SIGNED, SIGNED],
    ],
    ids=json.dumps,
)
def test_other_json_is_a_mistake(call, value):
    Path("headers").write_text(json.dumps(value), encoding="utf-8")
    status, out, err = call("verify", "--headers", "headers", stdin=BODY)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.endswith("error: headers: JSON, but not the headers of one request\n")


@pytest.mark.parametrize("text", ["{}", "[]", '{"headers": {}}', '{"log": {"entries": []}}'])
def test_there_must_be_a_header(call, text):
    with pytest.raises(Mistake, match="headers: no headers"):
        read_headers(text, "headers")


def test_a_request_without_the_headers_is_invalid(call):
    Path("headers").write_text("POST / HTTP/1.1\nHost: example.com\n\n", encoding="utf-8")
    status, out, err = call("verify", "--headers", "headers", stdin=BODY)
    assert (status, err) == (1, "")
    assert out.startswith("invalid: Could not find webhook-")


VALUE = st.recursive(
    st.sampled_from(["webhook-id", "HTTP_WEBHOOK_ID", "a: b", 5, None, True]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["name", "key", "value", "headers", "log", "webhook-id"]), inner
        ),
    ),
    max_leaves=8,
)
PIECES = st.sampled_from(
    ["webhook-id", ":", "=", " ", "\n", "\r", ">", "<", "{", "[", "HTTP/1.1", "é"]
)


@given(st.one_of(VALUE.map(json.dumps), st.lists(PIECES).map("".join), st.text()))
def test_anything_is_read_or_a_mistake(text):
    try:
        found = read_headers(text, "headers")
    except Mistake as error:
        assert str(error).startswith("headers")
    else:
        assert all(isinstance(part, str) for pair in found for part in pair)
        assert all(name == name.lower() for name, _ in found)
