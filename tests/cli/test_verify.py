"""The verb `verify`."""

import json
from pathlib import Path

import pytest

from openai_webhook_types import sign
from openai_webhook_types.cli import verify

BODY = b'{"id": "evt_1"}'
SENT = 1767225600  # 2026-01-01T00:00:00Z
HEADERS = {"webhook-id": "wh_1", "webhook-timestamp": str(SENT)}


@pytest.fixture
def checked(call, monkeypatch):
    """Verify the body with headers, and return the exit status and the verdict."""
    monkeypatch.setattr(verify.time, "time", lambda: SENT + 12.9)

    def verified(headers, *arguments, body=BODY):
        given = [part for pair in headers.items() for part in ("--header", ": ".join(pair))]
        status, out, err = call("verify", *given, *arguments, stdin=body)
        assert (err, out.count("\n")) == ("", 1)
        return status, out.rstrip()

    return verified


@pytest.fixture
def signed():
    return sign(BODY, webhook_id="wh_1", timestamp=SENT)


def test_valid(checked, signed):
    assert checked(signed) == (0, "valid: wh_1, sent 12 s before now")
    upper = {name.upper(): f"  {value} " for name, value in signed.items()}
    assert checked(upper)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--at", SENT + 300], (0, f"valid: wh_1, sent 300 s before {SENT + 300}")),
        (["--at", "2025-12-31T23:55:00Z"], (0, f"valid: wh_1, sent 300 s after {SENT - 300}")),
        (["--at", "2026-01-01T01:00:05+01:00"], (0, f"valid: wh_1, sent 5 s before {SENT + 5}")),
        (
            ["--at", SENT + 712],
            (1, f"invalid: sent 712 s before {SENT + 712}: 412 s too old; tolerance 300"),
        ),
        (
            ["--at", SENT - 305],
            (1, f"invalid: sent 305 s after {SENT - 305}: 5 s too early; tolerance 300"),
        ),
        (["--tolerance", 11], (1, "invalid: sent 12 s before now: 1 s too old; tolerance 11")),
        (["--at", SENT + 10**9, "--tolerance", 10**9], (0, None)),
    ],
)
def test_old_deliveries(checked, signed, arguments, expected):
    status, verdict = checked(signed, *arguments)
    assert (status, verdict if expected[1] else None) == expected


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({"webhook-id": None}, "Could not find webhook-id header"),
        ({"webhook-timestamp": "now"}, "Invalid webhook timestamp format: 'now' is not a whole"),
        ({"webhook-id": "wh_2"}, "the secret is wrong, or the body (15 bytes) was changed"),
        ({"webhook-id": "\xe9"}, "The webhook-id header is not ASCII text"),
        ({"webhook-timestamp": "9" * 3000}, "does not match the expected signature"),
    ],
)
def test_invalid(checked, signed, headers, said):
    given = {k: v for k, v in {**signed, **headers}.items() if v is not None}
    status, verdict = checked(given)
    assert status == 1
    assert verdict.startswith("invalid: ")
    assert said in verdict


@pytest.mark.parametrize(
    "write",
    [
        lambda headers: json.dumps(headers).encode(),
        lambda headers: "".join(f"{k}: {v}\r\n" for k, v in headers.items()).encode() + b"\r\n",
        lambda headers: "\n".join(f"{k}:{v}" for k, v in headers.items()).encode("utf-16"),
        lambda headers: b"\xef\xbb\xbf" + json.dumps(headers).encode(),
    ],
    ids=["JSON", "lines", "UTF-16", "byte order mark"],
)
def test_headers_from_a_file(call, signed, write):
    Path("body.json").write_bytes(BODY)
    Path("headers").write_bytes(write(signed))
    status, out, err = call("verify", "body.json", "--headers", "headers", "--at", SENT)
    assert (status, out, err) == (0, f"valid: wh_1, sent 0 s before {SENT}\n", "")


def test_an_empty_body_is_named(checked, signed):
    verdict = checked(signed, body=b"")[1]
    assert verdict.startswith("invalid: The given webhook signature does not match")
    assert verdict.count("the body is empty") == 1


@pytest.mark.parametrize(
    ("arguments", "text", "said"),
    [
        (["--header", "webhook-id hidden"], "", "--header: not a header, NAME: VALUE\n"),
        (["--headers", "headers"], "webhook-id: wh_1\nhidden\n", "headers:2: not a header"),
        (
            ["--headers", "headers"],
            '{"webhook-id": 5}',
            "headers: JSON, but not the headers of",
        ),
        (["--headers", "headers"], '{"webhook-id": "5"', "headers: begins like JSON, but is not"),
        (
            ["--headers", "headers"],
            '{"a":' * 100_000,
            "headers: begins like JSON, but is not valid",
        ),
        (["--headers", "headers"], "", "headers is empty"),
        (["--headers", "headers"], "\r\n \n", "headers is blank"),
        (["--headers", "headers"], "POST / HTTP/1.1\n\n", "headers: no headers"),
        (["--headers", "headers"], "curl -H 'hidden: x'\n", "headers:1: not a header"),
        (["--header", "POST / HTTP/1.1"], "", "--header: not a header, NAME: VALUE\n"),
        (["--headers", "-"], "", "the body and the headers cannot be in the same file"),
        ([], "", "one of the arguments --header --headers is required"),
        (["--headers", "h", "--header", "a: b"], "", "not allowed with argument --headers"),
        (["--headers", "h", "--at", "soon"], "", "must be Unix seconds or a time such as"),
        (["--headers", "h", "--at", "9" * 5000], "", "must be Unix seconds"),
        (["--headers", "h", "--tolerance", "-1"], "", "must be a whole number, at least 0"),
    ],
)
def test_mistakes(call, arguments, text, said):
    Path("headers").write_text(text, encoding="utf-8")
    status, out, err = call("verify", *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert "hidden" not in err
