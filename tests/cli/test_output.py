"""What is printed, in any encoding."""

import io
import json

import pytest

from openai_webhook_types.cli import _output


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
