"""The signing secret: where the verbs take it from, and what they say of it."""

import json
from pathlib import Path

import pytest

from openai_webhook_types import sign
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
            f"{OTHER}\n".encode(),
            f"{OTHER}\r\n".encode(),
            f"{OTHER} \n\n".encode(),
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
            (["--secret-file", "empty"], 2, "empty: The webhook secret is empty"),
            (["--secret-file", "line"], 2, "line: The webhook secret is empty"),
            (["--secret-file", "lines"], 2, "lines: The webhook secret has white space around it"),
            (["--secret-file", "blank"], 2, "blank: The webhook secret has white space around it"),
            (["--secret-file", "shell"], 2, "shell: The webhook secret has something before its"),
            (["--secret-file", "binary"], 2, "binary is not UTF-8 text"),
            (["--secret", "whsec_YQ"], 2, "has Base64 with wrong padding (=)"),
            (["--secret", "\udcff"], 2, "--secret: The webhook secret has an invisible character"),
            (["--secret", f"'{OTHER}'"], 2, "--secret: The webhook secret has quotes around it"),
            (["--secret", OTHER, "--secret-file", "x"], 2, "not allowed with argument --secret"),
            (["--file", OTHER], 2, "unrecognized arguments: --file"),
            ([OTHER], 3, "cannot read whsec_...: No such file"),
        ],
    )
    def test_mistakes(self, signed, arguments, status, said):
        Path("empty").touch()
        Path("line").write_bytes(b"\r\n")
        Path("lines").write_bytes(b"a key\n\n")
        Path("blank").write_bytes(f" {OTHER}\n".encode())
        Path("shell").write_bytes(f"export OPENAI_WEBHOOK_SECRET={OTHER}\n".encode())
        Path("binary").write_bytes(b"\xff\x00\x80")
        found, out, err = signed(*arguments)
        assert (found, out) == (status, "")
        assert said in err

    def test_the_variable_is_named(self, signed, monkeypatch):
        monkeypatch.setenv("OPENAI_WEBHOOK_SECRET", f"\n{OTHER}")
        said = "OPENAI_WEBHOOK_SECRET: The webhook secret has white space around it"
        status, out, err = signed()
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert err.endswith(f" -m openai_webhook_types: error: {said}\n")

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
