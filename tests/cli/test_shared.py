"""What the verbs share: the secret, input, output and the terminal."""

import io
import json
import os
from pathlib import Path

import pytest

from openai_webhook_types import sign
from openai_webhook_types.cli import _input, _output, _terminal
from tests.cli.commands import SECRET

WARNING = (
    "warning: other users of this machine can see --secret;"
    " use --secret-file or OPENAI_WEBHOOK_SECRET\n"
)
OTHER = "whsec_b3RoZXI="


class TestSecret:
    """Any verb that takes one will do: `sign`, with all else given."""

    @pytest.fixture
    def signed(self, call):
        def with_secret(*arguments):
            given = ["--format", "json", "--id", "wh_1", "--at", "5"]
            status, out, err = call("sign", *given, *arguments, stdin=b"body")
            assert OTHER[6:] not in out + err
            return status, json.loads(out)["webhook-signature"] if out else "", err

        return with_secret

    @staticmethod
    def expected(secret):
        return sign(b"body", secret=secret, webhook_id="wh_1", timestamp=5)["webhook-signature"]

    def test_from_the_environment(self, signed):
        assert signed() == (0, self.expected(SECRET), "")

    @pytest.mark.parametrize(
        "content",
        [
            OTHER.encode(),
            f" {OTHER}\r\n".encode(),
            OTHER.encode("utf-8-sig"),
            f"{OTHER}\r\n".encode("utf-16"),
            f"{OTHER}\r\n".encode("utf-32"),
        ],
    )
    def test_from_a_file(self, signed, content):
        Path("secret").write_bytes(content)
        assert signed("--secret-file", "secret") == (0, self.expected(OTHER), "")

    def test_as_an_argument_it_comes_with_a_warning(self, signed):
        assert signed("--secret", OTHER) == (0, self.expected(OTHER), WARNING)

    @pytest.mark.parametrize(
        ("arguments", "status", "said"),
        [
            (["--secret-file", "nowhere"], 3, "cannot read nowhere: No such file or directory"),
            (["--secret-file", "empty"], 2, "A webhook secret is empty"),
            (["--secret-file", "binary"], 2, "binary is not UTF-8 text"),
            (["--secret", "whsec_YQ"], 2, "has no Base64 after its whsec_"),
            (["--secret", "\udcff"], 2, "A webhook secret is empty"),
            (["--secret", OTHER, "--secret-file", "x"], 2, "not allowed with argument --secret"),
            (["--file", OTHER], 2, "unrecognized arguments: --file"),
            ([OTHER], 3, "cannot read whsec_...: No such file"),
        ],
    )
    def test_mistakes(self, signed, arguments, status, said):
        Path("empty").touch()
        Path("binary").write_bytes(b"\xff\x00\x80")
        found, out, err = signed(*arguments)
        assert (found, out) == (status, "")
        assert said in err

    def test_there_must_be_one(self, signed, monkeypatch):
        said = "no signing secret: set OPENAI_WEBHOOK_SECRET, or use --secret-file"
        monkeypatch.setenv("OPENAI_WEBHOOK_SECRET", "")
        assert said in signed()[2]
        monkeypatch.delenv("OPENAI_WEBHOOK_SECRET")
        assert signed()[0] == 2

    def test_from_standard_input(self, call):
        Path("body").write_bytes(b"body")
        given = ["--format", "json", "--id", "wh_1", "--at", "5", "body"]
        status, out, err = call("sign", "--secret-file", "-", *given, stdin=OTHER)
        assert (status, err) == (0, "")
        assert json.loads(out)["webhook-signature"] == self.expected(OTHER)

    @pytest.mark.parametrize(
        "arguments",
        [
            ["sign"],
            ["verify", "--header", "a: b"],
            ["verify", "body", "--headers", "-"],
            ["send", "http://127.0.0.1:1/", "--file", "-"],
        ],
    )
    def test_standard_input_is_not_also_something_else(self, call, arguments):
        status, out, err = call(*arguments, "--secret-file", "-", stdin=OTHER)
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert "standard input cannot be both the secret and something else" in err


def test_standard_input_may_be_closed(call, monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    status, _, err = call("parse")
    assert status == 3
    assert "cannot read <stdin>: it is closed" in err


@pytest.mark.parametrize(
    ("text", "shown"), [("aé b", "aé b"), ("\x1b[2J\n\ud800", r"\x1b[2J\n\ud800")]
)
def test_printable(text, shown):
    assert _output.printable(text) == shown


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


class TestColour:
    @pytest.mark.parametrize(
        ("variables", "is_coloured"),
        [
            ({}, True),
            ({"NO_COLOR": "1"}, False),
            ({"NO_COLOR": ""}, True),
            ({"TERM": "dumb"}, False),
        ],
    )
    def test_only_on_a_terminal_that_has_it(
        self, call, monkeypatch, terminal, variables, is_coloured
    ):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.stderr", terminal.stream)
        assert call("what")[0] == 2
        assert ("\x1b[31merror:\x1b[m" in (shown := terminal.read())) == is_coloured
        assert ("\x1b" in shown) == is_coloured

    def test_not_in_a_file(self, call):
        assert "\x1b" not in call("what")[2]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (b"\xef\xbb\xbf{", "UTF-8"),
        (b"\xff\xfe{\0", "UTF-16"),
        (b"\xfe\xff\0{", "UTF-16"),
        ("\ufeff{".encode("utf-32-le"), "UTF-32"),
        ("\ufeff{".encode("utf-32-be"), "UTF-32"),
        (b"{", None),
    ],
)
def test_byte_order_mark(text, name):
    assert _input.byte_order_mark(text) == name


def test_a_terminal_may_not_know_its_size(terminal):
    assert os.get_terminal_size(terminal.stream.fileno()).columns == 60
    assert _terminal.width() is None
