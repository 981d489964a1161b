"""Every verb under the variables that change how Python runs, and without them."""

import json

import pytest

from openai_webhook_types import EVENT_TYPES
from openai_webhook_types.testing import sample_payload
from tests.cli.commands import command, in_environment

BODY = json.dumps({**sample_payload("batch.completed"), "id": "é", "new": int("9" * 1000)})
SET = {
    "PYTHONASYNCIODEBUG": "1",
    "PYTHONDEVMODE": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONINTMAXSTRDIGITS": "640",
    "PYTHONIOENCODING": "ascii:strict",
    "PYTHONOPTIMIZE": "2",
    "PYTHONSAFEPATH": "1",
    "PYTHONUNBUFFERED": "1",
    "PYTHONUTF8": "0",
    "PYTHONWARNINGS": "error",
}


@pytest.fixture(params=[{}, SET], ids=["unset", "set"])
def ran(request, tmp_path):
    """Run a verb, and return its output after it is done."""

    def runs(*arguments, status=0):
        env = in_environment(**request.param)
        found, out, err = command(*arguments, env=env, cwd=tmp_path)
        assert found == status, err
        return out, err

    runs.variables = request.param
    return runs


def test_every_verb_works(ran, listener, tmp_path):
    (tmp_path / "body.json").write_text(BODY, encoding="utf-8")
    (tmp_path / "bad.jsonl").write_text(f"{BODY}\n[]\n", encoding="utf-8")
    assert ran("events")[0].count("WebhookEvent") == len(EVENT_TYPES)
    assert json.loads(ran("sample", "batch.failed", "--set", "id=é")[0])["id"] == "é"
    assert json.loads(ran("schema", "batch.failed")[0])["title"] == "BatchFailedWebhookEvent"
    assert json.loads(ran("parse", "body.json", "--json")[0]) == json.loads(BODY)
    assert ran("parse", "body.json")[0].startswith("BatchCompletedWebhookEvent(id='")
    out, err = ran("parse", "--lines", "bad.jsonl", status=1)
    assert (out.count("\n"), err.count("\n")) == (1, 3)
    headers, err = ran("sign", "body.json")
    (tmp_path / "headers").write_text(headers, encoding="utf-8")
    assert ran("verify", "body.json", "--headers", "headers")[0].startswith("valid: wh_")
    with listener("--json", "--save", "saved", env=in_environment(**ran.variables)) as receiver:
        url = json.loads(receiver.first_line())["listening"]
        many = ["--count", "3", "--jobs", "2"]
        out, err = ran("send", url, "--file", "body.json", *many)
        assert (out.count("200  "), err) == (3, "")
        ran("send", url, "batch.failed", "--bad-signature")
        assert receiver.interrupt() == 130
    out, err = receiver.output()
    rows = [json.loads(line) for line in out.splitlines()[1:]]
    assert [row["status"] for row in rows] == [200, 200, 200, 401]
    assert rows[0]["event"] == json.loads(BODY)
    assert err == "requests: 4 (3 x 200, 1 x 401); repeated: 0\n"
