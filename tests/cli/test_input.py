"""Files to read, and standard input."""

import pytest

from openai_webhook_types.cli import _input


def test_standard_input_may_be_closed(call, monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    status, _, err = call("parse")
    assert status == 3
    assert "cannot read <stdin>: it is closed" in err


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
