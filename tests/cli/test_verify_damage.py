"""What a body may have been before it was changed, and what `verify` says of it."""

import json
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openai_webhook_types import sign
from openai_webhook_types.cli import verify_damage
from openai_webhook_types.cli.verify_damage import likely_originals

VALUE = {"id": "evt_1", "text": "é </a> & 😀", "empty": [{}, []], "n": [1, 2.5, None]}
COMPACT = json.dumps(VALUE, separators=(",", ":")).encode()
SPACED = json.dumps(VALUE).encode()
INDENTED = json.dumps(VALUE, indent=2).encode()


@pytest.mark.parametrize(
    ("original", "body", "said"),
    [
        (SPACED, SPACED + b"\n", "without a line break at the end"),
        (SPACED, SPACED + b"\r\n", "without a line break at the end"),
        (SPACED + b"\n", SPACED, "with a line break at the end"),
        (SPACED + b"\r\n", SPACED, "with CRLF at the end"),
        (INDENTED, INDENTED.replace(b"\n", b"\r\n"), "with LF line breaks"),
        (INDENTED.replace(b"\n", b"\r\n"), INDENTED, "with CRLF line breaks"),
        (
            INDENTED,
            INDENTED.replace(b"\n", b"\r\n") + b"\r\n",
            "with LF line breaks, without a line break at the end",
        ),
        (b"", b"\n", "without a line break at the end"),
        (b"\xff", b"\xff\n", "without a line break at the end"),
        (SPACED, SPACED.decode().encode("utf-8-sig"), "in UTF-8 without a byte order mark"),
        (SPACED, SPACED.decode().encode("utf-16"), "in UTF-8 without a byte order mark"),
        (
            SPACED,
            (SPACED + b"\r\n").decode().encode("utf-16"),
            "in UTF-8 without a byte order mark, without a line break at the end",
        ),
        (COMPACT, SPACED, "written as JSON without blanks, with only ASCII characters"),
        (SPACED, COMPACT, "written as JSON on one line, with blanks, with only ASCII characters"),
        (INDENTED, COMPACT, "written as JSON with an indent of 2, with only ASCII characters"),
        (
            json.dumps(VALUE, ensure_ascii=False).encode(),
            SPACED,
            "written as JSON on one line, with blanks",
        ),
        (
            json.dumps(VALUE, indent="\t", ensure_ascii=False).encode() + b"\n",
            SPACED,
            "written as JSON with an indent of a tab, with a line break at the end",
        ),
        (
            COMPACT.replace(b"/", rb"\/"),
            SPACED,
            "written as JSON without blanks, with only ASCII characters, with slashes escaped",
        ),
    ],
)
def test_verify_says_which_body_would_match(call, original, body, said):
    headers = sign(original)
    given = [part for pair in headers.items() for part in ("--header", ": ".join(pair))]
    status, out, err = call("verify", *given, stdin=body)
    assert status == 1
    assert out.startswith("invalid: The given webhook signature does not match")
    assert err == f"hint: the signature matches this body {said}\n"


@pytest.mark.parametrize(
    "body", [b'{"id": "evt_2"}', b"\xff\xfe\xff", b"[" * 100_000, b'["\\ud800"]']
)
def test_nothing_is_said_of_another_body(call, body):
    given = [part for pair in sign(SPACED).items() for part in ("--header", ": ".join(pair))]
    status, _, err = call("verify", *given, stdin=body)
    assert (status, err) == (1, "")


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.just("</é&>")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
# How Python, JavaScript, PHP and Go write JSON.
WRITERS = [
    json.dumps,
    lambda value: json.dumps(value, separators=(",", ":"), ensure_ascii=False),
    lambda value: json.dumps(value, separators=(",", ":")).replace("/", r"\/"),
    lambda value: json.dumps(value, indent=4, ensure_ascii=False).replace("<", r"\u003c")
    .replace(">", r"\u003e").replace("&", r"\u0026"),
]  # fmt: skip


@given(JSON, st.sampled_from([*product(WRITERS, WRITERS)]), st.sampled_from(["", "\n"]))
def test_json_that_was_written_again_is_found(value, writers, end):
    body, original = (writer(value) for writer in writers)
    assert (original + end).encode() in [found for _, found in likely_originals(body.encode())]


def test_a_body_that_is_longer_than_any_genuine_one_is_left_alone(monkeypatch):
    monkeypatch.setattr(verify_damage, "MAX_BODY", len(SPACED))
    assert [*likely_originals(SPACED)] != []
    assert [*likely_originals(SPACED + b"\n")] == []
