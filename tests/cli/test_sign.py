"""The verb `sign`."""

import json
import os
import re
import shlex
from pathlib import Path

import pytest

from openai_webhook_types import sign, verify_signature

BODY = b'{"id": "evt_1"} \xff'


@pytest.fixture
def body():
    Path("a body.json").write_bytes(BODY)
    return "a body.json"


def test_headers(call, body):
    status, out, err = call("sign", body)
    assert (status, err) == (0, "")
    headers = [line.split(": ", 1) for line in out.splitlines()]
    assert [name for name, _ in headers] == ["webhook-id", "webhook-timestamp", "webhook-signature"]
    verify_signature(BODY, headers)


def test_the_body_may_come_from_standard_input(call):
    out = call("sign", "--format", "json", stdin=BODY)[1]
    verify_signature(BODY, json.loads(out))


def test_the_id_and_the_time_may_be_given(call, body):
    out = call("sign", body, "--format", "json", "--id", "wh_1", "--at", "1767225600")[1]
    expected = sign(BODY, webhook_id="wh_1", timestamp=1767225600)
    assert out == f"{json.dumps(expected, indent=2)}\n"
    assert call("sign", body, "--format", "json", "--id", "wh_1", "--at", "2026-01-01")[1] == out


def test_curl(call, body):
    url = "http://127.0.0.1:9/a?b=c d"
    out = call("sign", body, "--format", "curl", "--url", url)[1]
    assert out.count("\n") == 1
    words = shlex.split(out)
    assert words[:3] == ["curl", "--data-binary", "@a body.json"]
    assert words[-1] == url
    headers = [word.split(": ", 1) for word in words[4:-1:2]]
    assert headers[0] == ["content-type", "application/json"]
    verify_signature(BODY, headers)


def test_curl_takes_a_file_of_any_name(call, tmp_path):
    path = tmp_path / "a\x1b[2J'\\\u202e\n.json"
    path.write_bytes(BODY)
    out = call("sign", path, "--format", "curl")[1].rstrip("\n")
    assert out.isprintable()
    word = re.fullmatch(r"\$'((?:\\[0-7]{3})+)'", out.split()[2])
    assert bytes(int(octal, 8) for octal in word[1].split("\\")[1:]) == b"@" + os.fsencode(path)


def test_curl_sends_to_where_listen_listens(call, body):
    out = call("sign", body, "--format", "curl")[1]
    assert shlex.split(out)[-1] == "http://127.0.0.1:8000/"


def test_ids_that_no_header_can_hold(call, body):
    status, out, err = call("sign", body, "--id", "a\nb")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "A webhook id must be" in err
