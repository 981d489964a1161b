"""The terminal: its width and its colours."""

import os

import pytest

from openai_webhook_types.cli import _terminal


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


def test_a_terminal_may_not_know_its_size(terminal):
    assert os.get_terminal_size(terminal.stream.fileno()).columns == 60
    assert _terminal.width() is None
