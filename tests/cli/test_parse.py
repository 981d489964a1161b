"""The verb `parse`."""

import gzip
import json
import os
import sys
from pathlib import Path

import pytest

from openai_webhook_types import parse_event
from openai_webhook_types.cli import parse
from openai_webhook_types.cli._body import MAX_BODY
from openai_webhook_types.testing import sample_payload
from tests.values import CALL, FAILED, UNKNOWN

GOOD = json.dumps(FAILED).encode()


def written(name, content):
    Path(name).write_bytes(content)
    return name


class TestFiles:
    def test_the_typed_event(self, call):
        expected = repr(parse_event(GOOD)) + "\n"
        written("body.json", GOOD)
        assert call("parse", "body.json") == (0, expected, "")
        assert call("parse", stdin=GOOD) == (0, expected, "")
        assert call("parse", "-", "body.json", stdin=GOOD) == (0, 2 * expected, "")
        assert call("parse", "--quiet", "body.json") == (0, "", "")

    def test_integers_are_shown_whatever_python_is_set_to(self, call):
        body = json.dumps({**UNKNOWN, "new": "?"}).replace('"?"', "9" * 1000)
        if hasattr(sys, "set_int_max_str_digits"):
            sys.set_int_max_str_digits(640)
        assert f"new={'9' * 1000}" in call("parse", stdin=body)[1]
        assert call("parse", "--json", stdin=body) == (0, body.replace(" ", "") + "\n", "")

    def test_json(self, call):
        body = json.dumps({**UNKNOWN, "new": ["é", 1.5, None]}, indent=2)
        status, out, err = call("parse", "--json", stdin=body)
        assert (status, err, out.count("\n")) == (0, "", 1)
        assert json.loads(out) == json.loads(body)

    def test_every_problem_has_its_place(self, call):
        call_body = {**CALL, "data": {"call_id": 5, "sip_headers": [{"name": "To"}]}}
        written("a.json", b'{"type": "batch.failed", "id": 5, "data": {}}')
        written("b.json", json.dumps(call_body).encode())
        status, out, err = call("parse", "a.json", "b.json")
        assert (status, out) == (1, "")
        assert err.splitlines() == [
            "a.json:1: id: Input should be a valid string, not 5",
            "a.json:1: created_at: Field required",
            "a.json:1: data.id: Field required",
            "b.json:1: data.call_id: Input should be a valid string, not 5",
            "b.json:1: data.sip_headers.0.value: Field required",
        ]

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            (b'{"id":\n\n  ?}', "3: Invalid JSON: Expecting value at column 3"),
            (b"null", "1: Input should be an object, not None"),
            (b"[" * 100_000, "1: Invalid JSON: "),
            (b"[" * 100_000 + b"\n{", "1: Invalid JSON: "),
            (b"{}\n[", "2: Invalid JSON: trailing characters at column 1"),
            (b"{\n{", "2: Invalid JSON: "),
            (b"{} {}\n", "1: Invalid JSON: trailing characters at column 4"),
            (
                b"\xef\xbb\xbf{}",
                "1: begins with a byte order mark (BOM, UTF-8), which JSON does not ",
            ),
            ("{}".encode("utf-16"), "1: begins with a byte order mark (BOM, UTF-16)"),
            ("{}".encode("utf-32"), "1: begins with a byte order mark (BOM, UTF-32)"),
            (b'{"type": "\x1b[2J\\u001b"}', "1: Invalid JSON: Invalid control character"),
        ],
    )
    def test_what_is_no_event(self, call, body, said):
        status, out, err = call("parse", stdin=body)
        assert (status, out, err.count("\n")) == (1, "", 1)
        assert err.startswith(f"<stdin>:{said}")
        assert err.rstrip("\n").isprintable()

    @pytest.mark.parametrize(
        ("body", "what"),
        [
            (b"", "empty"),
            (b" \r\n", "blank"),
            (gzip.compress(GOOD), "gzip, which only --lines reads"),
            (GOOD + b"\n" + GOOD + b"\n", "JSON Lines, which only --lines reads"),
            (b"\r\n{}\r\n\r\n{\r\n", "JSON Lines, which only --lines reads"),
        ],
    )
    def test_a_file_that_is_something_else(self, call, body, what):
        assert call("parse", stdin=body) == (1, "", f"<stdin> is {what}\n")
        name = written("a\x1bb", body)
        assert call("parse", name) == (1, "", rf"a\x1bb is {what}" + "\n")

    def test_one_invalid_file_is_enough(self, call):
        written("a.json", b"{}")
        written("b.json", GOOD)
        status, out, err = call("parse", "a.json", "b.json")
        assert (status, out, err.count("\n")) == (1, repr(parse_event(GOOD)) + "\n", 3)

    @pytest.mark.parametrize(
        ("unreadable", "valid", "status"),
        [("no-such-file", True, 3), ("no-such-file", False, 3), ("a\0b", True, 2)],
    )
    @pytest.mark.parametrize("arguments", [[], ["--lines"]])
    def test_an_unreadable_file_keeps_no_other_from_being_judged(
        self, call, arguments, unreadable, valid, status
    ):
        written("b.json", GOOD if valid else b"[]")
        found, out, err = call("parse", *arguments, "b.json", unreadable, "b.json")
        assert (found, out) == (status, 2 * valid * f"{parse_event(GOOD)!r}\n")
        assert err.count("error: cannot read ") == 1
        assert err.count("b.json:1: ") == 2 * (not valid)

    @pytest.mark.parametrize(
        ("arguments", "status", "said"),
        [
            (["no-such-file"], 3, "cannot read no-such-file: No such file or directory"),
            (["."], 3, "cannot read .: Is a directory"),
            (["a\0b"], 2, "embedded null byte"),
            (["--rejects", "bad.jsonl"], 2, "--rejects needs --lines"),
            (["--lines", "--rejects", "-", "in"], 2, "--rejects must name a file"),
            (["-", "-"], 2, "standard input cannot be read twice"),
            (["--lines", "-", "in", "-"], 2, "standard input cannot be read twice"),
            (["--lines", "--rejects", ".", "-"], 3, "cannot write .: Is a directory"),
            (["--lines", "--rejects", "in", "-", "in"], 2, "would overwrite in, which is to be r"),
            (["--lines", "--rejects", "new", "./new"], 2, "would overwrite ./new, which is to be"),
            (["--lines", "--rejects", "a\0b", "a\0b"], 2, r" a\x00b"),
        ],
    )
    def test_mistakes(self, call, arguments, status, said):
        written("in", GOOD)
        found, out, err = call("parse", *arguments)
        assert (found, out, err.count("\n")) == (status, "", 1)
        assert said in err
        assert Path("in").read_bytes() == GOOD
        assert [*map(str, Path().iterdir())] == ["in"]


class TestLines:
    def test_every_line_is_judged_and_counted(self, call):
        lines = [GOOD + b"\n", b"{}\n", b"\r\n", GOOD + b"\r\n", b"\xff\n", b" \n", b'{"id":\n']
        written("in.jsonl", b"".join(lines) + json.dumps(UNKNOWN).encode())
        status, out, err = call("parse", "--lines", "in.jsonl", "--rejects", "bad.jsonl")
        assert status == 1
        events = [repr(parse_event(body)) for body in (GOOD, GOOD, UNKNOWN)]
        assert out.splitlines() == events
        assert err.splitlines() == [
            "in.jsonl:2: id: Field required",
            "in.jsonl:2: created_at: Field required",
            "in.jsonl:2: type: Field required",
            "in.jsonl:5: Invalid JSON: invalid UTF-8 at column 1",
            "in.jsonl:7: Invalid JSON: Expecting value at column 7",
            "lines: 6 (3 valid, 3 invalid)",
            "           2  fine_tuning.job.failed",
            "           1  new.type",
        ]
        assert Path("bad.jsonl").read_bytes() == b"".join([lines[1], lines[4], lines[6]])

    def test_json(self, call):
        status, out, err = call("parse", "--lines", "--json", stdin=GOOD + b"\n" + GOOD)
        assert (status, err.splitlines()[0]) == (0, "lines: 2 (2 valid, 0 invalid)")
        assert [json.loads(line) for line in out.splitlines()] == [FAILED, FAILED]

    def test_a_line_that_is_too_long_is_rejected_in_pieces(self, call):
        fits = GOOD.ljust(MAX_BODY) + b"\n"
        long = b" " + fits
        longer = b"[" * (2 * MAX_BODY + 5) + b"\n"
        last = b"x" * (MAX_BODY + 1)
        written("in.jsonl", b"".join([fits, long, GOOD, b"\n", longer, fits, last]))
        arguments = ["parse", "--lines", "--quiet", "in.jsonl", "--rejects", "bad.jsonl"]
        status, out, err = call(*arguments)
        assert (status, out) == (1, "")
        assert err.splitlines() == [
            "in.jsonl:2: longer than 1,000,000 bytes",
            "in.jsonl:4: longer than 1,000,000 bytes",
            "in.jsonl:6: longer than 1,000,000 bytes",
            "lines: 6 (3 valid, 3 invalid)",
            "           3  fine_tuning.job.failed",
        ]
        assert Path("bad.jsonl").read_bytes() == long + longer + last

    def test_the_last_line_of_a_file_does_not_run_into_the_next(self, call):
        written("a.jsonl", b"{}\n[]")
        written("b.jsonl", b"[1]\n[2]")
        assert call("parse", "--lines", "a.jsonl", "b.jsonl", "--rejects", "bad")[0] == 1
        assert Path("bad").read_bytes() == b"{}\n[]\n[1]\n[2]"

    def test_gzip_is_told_by_its_content(self, call):
        written("in.jsonl", gzip.compress(GOOD + b"\n{}\n" + GOOD))
        status, out, err = call("parse", "--lines", "in.jsonl", "--rejects", "bad.jsonl")
        assert (status, out.count("\n")) == (1, 2)
        assert "lines: 3 (2 valid, 1 invalid)" in err
        assert Path("bad.jsonl").read_bytes() == b"{}\n"
        with Path("in.jsonl").open("rb") as file:
            assert call("parse", "--lines", "--quiet", stdin=file.read())[2].count("\n") == 5

    @pytest.mark.parametrize(
        "content",
        [
            gzip.compress(os.urandom(100))[:-10],
            gzip.compress(GOOD)[:-8] + b"12345678",
            gzip.compress(GOOD)[:10] + b"\xff" * 20,
            b"\x1f\x8b\x00",
        ],
    )
    def test_broken_gzip(self, call, content):
        written("in.gz", content)
        status, _, err = call("parse", "--lines", "--quiet", "in.gz")
        assert status == 3
        assert "error: cannot read in.gz: " in err.splitlines()[0]
        assert "\nlines: " in err

    def test_names_are_escaped(self, call):
        name = written("a\x1b[2J\n.jsonl", b"{\n" + b"x" * (MAX_BODY + 2))
        err = call("parse", "--lines", name)[2]
        assert all(line.isprintable() for line in err.splitlines())
        first, second, _ = err.splitlines()
        assert first.startswith(r"a\x1b[2J\n.jsonl:1: Invalid JSON")
        assert second.startswith(r"a\x1b[2J\n.jsonl:2: longer than")

    def test_rejects_that_cannot_be_written(self, call):
        status, _, err = call("parse", "--lines", "--rejects", "/dev/full", stdin=b"[]\n" * 9999)
        assert status == 3
        assert "error: cannot write /dev/full: No space left on device" in err

    @pytest.mark.parametrize("name", ["in", "./in", "symbolic", "hard", "/dev/stdin", "/dev/fd/0"])
    @pytest.mark.parametrize("source", ["in", "-", "/dev/stdin"])
    def test_rejects_never_overwrite_what_is_read(self, call, monkeypatch, name, source):
        content = GOOD + b"\n{}\n"
        Path("symbolic").symlink_to(written("in", content))
        os.link("in", "hard")
        with Path("in").open() as file:
            before = os.dup(0)
            os.dup2(file.fileno(), 0)
            monkeypatch.setattr("sys.stdin", file)
            try:
                status, out, err = call("parse", "--lines", "--rejects", name, source)
            finally:
                os.dup2(before, 0)
                os.close(before)
        said = "<stdin>" if source == "-" else source
        assert (status, out, err.count("\n")) == (2, "", 1)
        assert f"error: --rejects would overwrite {said}, which is to be read" in err
        assert Path("in").read_bytes() == content

    def test_rejects_may_overwrite_anything_else(self, call, monkeypatch):
        written("old", b"left over")
        status, _, err = call("parse", "--lines", "--rejects", "old", stdin=b"[]\n")
        assert (status, Path("old").read_bytes()) == (1, b"[]\n")
        monkeypatch.setattr("sys.stdin", None)
        status, _, err = call("parse", "--lines", "--rejects", "old")
        assert (status, Path("old").read_bytes()) == (3, b"")
        assert "cannot read <stdin>: it is closed" in err

    def test_blank_lines_are_not_parsed(self, call, monkeypatch):
        judged = []
        monkeypatch.setattr(parse, "parse_event", judged.append)
        blank = b"\n" * 1000 + b"\r\n \t\r\n" * 1000 + b" " * 1000
        status, out, err = call("parse", "--lines", stdin=blank)
        assert (status, out, judged) == (0, "", [])
        assert err == "lines: 0 (0 valid, 0 invalid)\n"

    def test_unknown_types_are_bounded(self, call, monkeypatch):
        monkeypatch.setattr(parse, "_MAX_UNKNOWN", 1)
        bodies = [sample_payload("batch.failed")]
        bodies += [{**UNKNOWN, "type": f"new.{number}\x1b"} for number in [0, 1, 2, 3, 0]]
        lines = "\n".join(map(json.dumps, bodies))
        err = call("parse", "--lines", "--quiet", stdin=lines)[2]
        assert err.splitlines()[1:] == [
            "           3  other unknown types",
            "           2  new.0\\x1b",
            "           1  batch.failed",
        ]

    def test_an_interrupt_shows_what_was_judged(self, call, monkeypatch):
        judged = []

        def interrupted(line):
            judged.append(line)
            if len(judged) == 3:
                raise KeyboardInterrupt
            return parse_event(line)

        monkeypatch.setattr(parse, "parse_event", interrupted)
        status, _, err = call("parse", "--lines", "--quiet", stdin=(GOOD + b"\n") * 9)
        assert (status, err.splitlines()[0]) == (130, "lines: 2 (2 valid, 0 invalid)")


class TestProgress:
    def test_it_is_one_line_that_is_rewritten(self, call, monkeypatch, terminal):
        monkeypatch.setattr("sys.stderr", terminal.stream)
        monkeypatch.setattr("openai_webhook_types.cli._terminal._PROGRESS_SECONDS", 0)
        name = written("a" * 50 + ".jsonl", (GOOD + b"\n") * 2000)
        assert call("parse", "--lines", "--quiet", name)[0] == 0
        first, second, third = terminal.read().split("\r")[1:]
        assert first == f"{name}:1," + "\x1b[K"
        assert second == f"{name}:2," + "\x1b[K"
        assert third.startswith("\x1b[Klines: 2,000 (2,000 valid, 0 invalid)\n")

    def test_it_is_not_shown_too_often(self, call, monkeypatch, terminal):
        monkeypatch.setattr("sys.stderr", terminal.stream)
        monkeypatch.setattr("openai_webhook_types.cli._terminal._PROGRESS_SECONDS", 1e6)
        assert call("parse", "--lines", "--quiet", stdin=(GOOD + b"\n") * 2000)[0] == 0
        assert "<stdin>:1,000, 0 invalid" in (shown := terminal.read())
        assert "<stdin>:2,000" not in shown

    def test_it_does_not_run_into_events_on_the_same_terminal(self, call, monkeypatch, terminal):
        monkeypatch.setattr("sys.stderr", terminal.stream)
        monkeypatch.setattr("sys.stdout", terminal.stream)
        monkeypatch.setattr(parse, "_PROGRESS_LINES", 1)
        assert call("parse", "--lines", stdin=GOOD)[0] == 0
        assert "\r" not in terminal.read()
