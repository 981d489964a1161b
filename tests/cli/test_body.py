"""What a body is."""

import pytest

from openai_webhook_types.cli._body import byte_order_mark


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
    assert byte_order_mark(text) == name
