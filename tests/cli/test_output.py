"""What is printed, in any encoding."""

import io
import json
import socket
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from openai_webhook_types.cli import _output
from openai_webhook_types.testing import signed_request
from tests.cli.commands import SECRET, answering, listening, with_status


@pytest.mark.parametrize(
    ("text", "shown"), [("aé b", "aé b"), ("\x1b[2J\n\ud800", r"\x1b[2J\n\ud800")]
)
def test_printable(text, shown):
    assert _output.printable(text) == shown


# What could take over a terminal, or forge a line: escape sequences of both kinds, marks that turn
# the direction of text around, line breaks.
HOSTILE = "\x1b[2J\x9b31m\u061c\u200f\u202e\u2066\u2028\x07\x08\x7f\r\nforged"
PAYLOAD = {
    "id": HOSTILE,
    "created_at": 1,
    "type": "batch.failed",
    "data": {"id": "batch_1", HOSTILE: {HOSTILE: [{HOSTILE: HOSTILE}]}},
    HOSTILE: HOSTILE,
}
UNKNOWN = {**PAYLOAD, "type": HOSTILE}
INVALID = {**PAYLOAD, "data": {HOSTILE: 1}, "created_at": {HOSTILE: HOSTILE}, "object": HOSTILE}


def assert_harmless(*texts):
    for line in "".join(texts).split("\n"):
        assert line.isprintable()
        assert not line.startswith("forged")


class TestTextFromOutside:
    @pytest.mark.parametrize("payload", [PAYLOAD, UNKNOWN, INVALID, {HOSTILE: 1}, HOSTILE])
    @pytest.mark.parametrize("is_ascii", [False, True])
    def test_parse(self, call, payload, is_ascii):
        body = json.dumps(payload, ensure_ascii=is_ascii)
        status, out, err = call("parse", stdin=body)
        assert_harmless(out, err)
        assert (status, bool(out)) == ((0, True) if payload in (PAYLOAD, UNKNOWN) else (1, False))
        assert_harmless(*call("parse", "--lines", stdin=body)[1:])
        status, out, err = call("parse", "--json", stdin=body)
        assert_harmless(out, err)
        assert out == "" or json.loads(out) == payload
        Path(HOSTILE).write_text(body, encoding="utf-8")
        assert_harmless(*call("parse", "--quiet", "--lines", HOSTILE)[1:])

    def test_what_is_not_json(self, call):
        for body in (HOSTILE, f"{{{HOSTILE}", f'{{"a": "{HOSTILE}', "{}\n" + HOSTILE):
            status, out, err = call("parse", stdin=body)
            assert (status, out) == (1, "")
            assert_harmless(err)

    def test_send(self, call):
        with answering(with_status(500, HOSTILE)) as server:
            Path(HOSTILE).write_text("{}")
            options = ["--set", f"{HOSTILE}={HOSTILE}", "--id", HOSTILE[-6:]]
            status, out, err = call("send", f"{server.url}{HOSTILE}", "--file", HOSTILE, *options)
        assert (status, err) == (1, "")
        assert_harmless(out)

    def test_listen(self, capsys, monkeypatch):
        line = HOSTILE.partition("\r")[0]
        for options in ([], ["--json"]):
            with listening(monkeypatch, *options) as receiver:
                for payload in (PAYLOAD, UNKNOWN, INVALID):
                    body, headers = signed_request(payload, secret=SECRET)
                    for changed in ({}, {"webhook-id": line.encode()}):
                        connection = HTTPConnection(*receiver.server_address, timeout=30)
                        connection.request("POST", "/", body, {**headers, **changed})
                        connection.getresponse().read()
                        connection.close()
                with closing(socket.create_connection(receiver.server_address)) as connection:
                    connection.sendall(f"{line} /{line} HTTP/1.1\r\n\r\n".encode())
                    assert connection.recv(100)
            out, err = capsys.readouterr()
            assert out.count("\n") == 8
            assert_harmless(out, err)

    @pytest.mark.parametrize("place", range(3))
    def test_verify(self, call, place):
        body, headers = signed_request("batch.failed", secret=SECRET)
        name = ["webhook-id", "webhook-timestamp", "webhook-signature"][place]
        headers = {**headers, name: HOSTILE, HOSTILE: HOSTILE}
        Path(HOSTILE).write_text(json.dumps(headers), encoding="utf-8")
        status, out, err = call("verify", "--headers", HOSTILE, stdin=body)
        assert (status, err) == (1, "")
        assert_harmless(out)
        Path(HOSTILE).write_text(f"{HOSTILE}: {HOSTILE}\n", encoding="utf-8")
        assert_harmless(*call("verify", "--headers", HOSTILE, stdin=body)[1:])

    @pytest.mark.parametrize(
        "arguments",
        [
            [HOSTILE],
            [f"--{HOSTILE}"],
            ["events", HOSTILE],
            ["sample", HOSTILE],
            ["sample", "batch.failed", "--set", HOSTILE],
            ["sample", "batch.failed", "--set", f"id.{HOSTILE}=1"],
            ["sample", "batch.failed", "--set", f"{HOSTILE}={HOSTILE}"],
            ["sample", "batch.failed", "--compact", "--set", f"{HOSTILE}={HOSTILE}"],
            ["schema", HOSTILE],
            ["parse", HOSTILE],
            ["parse", "--lines", HOSTILE],
            ["sign", HOSTILE],
            ["sign", "body", "--id", HOSTILE],
            ["sign", "body", "--at", HOSTILE],
            ["sign", "body", "--secret", HOSTILE],
            ["sign", "body", "--secret-file", HOSTILE],
            ["sign", "body", "--format", "curl", "--url", HOSTILE],
            ["send", HOSTILE, "batch.failed"],
            ["send", f"http://{HOSTILE}/", "batch.failed"],
            ["listen", "--path", f"/{HOSTILE}?"],
            ["listen", "--host", HOSTILE],
            ["vendor", HOSTILE],
            ["vendor", HOSTILE, "--check"],
            ["vendor", "copy", "--without", HOSTILE],
        ],
    )
    def test_arguments(self, call, arguments):
        Path("body").write_text("{}")
        assert_harmless(*call(*arguments)[1:])


class TestEncoding:
    BODY = '{"id": "é😀", "created_at": 1, "type": "new.type"}'

    @pytest.fixture
    def printed(self, call, monkeypatch):
        def in_encoding(encoding, *arguments):
            stream = io.TextIOWrapper(io.BytesIO(), encoding)
            with monkeypatch.context() as patched:
                patched.setattr("sys.stdout", stream)
                assert call("parse", *arguments, stdin=self.BODY)[0] == 0
            return stream.buffer.getvalue()

        return in_encoding

    def test_characters_that_the_output_lacks_are_escaped(self, printed):
        assert b"id='\\xe9\\U0001f600'" in printed("ascii")

    @pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16"])
    def test_json_stays_json(self, printed, encoding):
        text = printed(encoding, "--json").decode(encoding)
        assert text.isascii()
        assert json.loads(text) == json.loads(self.BODY)

    def test_json_is_utf_8(self, printed):
        assert "é😀".encode() in printed("utf-8", "--json")
