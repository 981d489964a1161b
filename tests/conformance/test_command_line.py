"""The verbs `verify` and `sign` beside the reference library of Standard Webhooks."""

import json
from datetime import datetime, timezone

import pytest
import standardwebhooks

from openai_webhook_types import cli

SECRET = "whsec_RdvaYFYUXuIFuEbvZHwMfYFhUf7aMYjYcmM24+Aj40c="
BODY = '{"id": "evt_1", "created_at": 1, "type": "batch.completed", "data": {"id": "é"}}'
SENT = 1767225600
REFERENCE = standardwebhooks.Webhook(SECRET)


@pytest.fixture
def body(tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_WEBHOOK_SECRET", SECRET)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "body.json").write_text(BODY, encoding="utf-8")
    return "body.json"


@pytest.mark.parametrize(
    ("at", "status", "verdict"),
    [
        (SENT + 299, 0, f"valid: wh_1, sent 299 s before {SENT + 299}\n"),
        (
            SENT + 301,
            1,
            f"invalid: sent 301 s before {SENT + 301}: 1 s too old; tolerance 300\n",
        ),
    ],
)
def test_verify_judges_what_the_reference_library_signed(body, capsys, at, status, verdict):
    signature = REFERENCE.sign("wh_1", datetime.fromtimestamp(SENT, tz=timezone.utc), BODY)
    headers = [
        "webhook-id: wh_1", f"webhook-timestamp: {SENT}", f"webhook-signature: {signature}"
    ]  # fmt: skip
    given = [part for header in headers for part in ("--header", header)]
    assert cli.main(["verify", body, *given, "--at", str(at)]) == status
    assert capsys.readouterr().out == verdict


def test_the_reference_library_verifies_what_sign_signs(body, capsys):
    assert cli.main(["sign", body, "--format", "json"]) == 0
    headers = json.loads(capsys.readouterr().out)
    assert REFERENCE.verify(BODY, headers) == json.loads(BODY)
