"""Files to read, and standard input."""

import os

import pytest


def test_standard_input_may_be_closed(call, monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    status, _, err = call("parse")
    assert status == 3
    assert "cannot read <stdin>: it is closed" in err


def test_a_terminal_that_is_waited_for_is_told_so(call, monkeypatch, terminal):
    with os.fdopen(os.dup(terminal.stream.fileno())) as typed:
        monkeypatch.setattr("sys.stdin", typed)
        os.write(terminal.keyboard, b"{}\n\x04")
        status, _, err = call("parse")
    assert status == 1
    first, second, *_ = err.splitlines()
    assert first == "waiting for standard input; Ctrl-D ends it"
    assert second == "<stdin>:1: id: Field required"


@pytest.mark.parametrize(("body", "what"), [(b"", "empty"), (b" \r\n", "blank"), (b" x", None)])
def test_a_body_that_is_signed_may_be_empty_with_a_warning(call, body, what):
    status, out, err = call("sign", stdin=body)
    assert (status, out.count("\n")) == (0, 3)
    assert err == (f"warning: <stdin> is {what}\n" if what else "")
