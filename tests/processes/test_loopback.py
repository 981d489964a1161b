"""The verbs `send` and `listen`, each in a process, over the loopback interface."""

import json
import re
from pathlib import Path

from openai_webhook_types import verify_signature
from tests.cli.commands import SECRET, assert_handles_webhooks, command

COUNT = 1_000


def sent(url, *arguments):
    """Send many, 8 at a time; return the statuses by ID, and the summary."""
    many = ["--count", COUNT, "--jobs", 8]
    status, out, err = command("send", url, "batch.completed", *many, *arguments)
    assert (status, err) == (0, "")
    *lines, summary = out.splitlines()
    statuses = {line.split()[3]: line.split()[0] for line in lines}
    assert len(lines) == len(statuses) == COUNT
    return statuses, summary


def test_no_event_is_lost_and_none_comes_twice(listener):
    with listener() as receiver:
        statuses, summary = sent(receiver.url)
        assert {*statuses.values()} == {"200"}
        assert re.fullmatch(
            r"requests: 1,000 in [\d.]+ s \(1,000 x 200\); median \d+ ms, slowest \d+ ms", summary
        )
        refused, summary = sent(receiver.url, "--bad-signature")
        assert {*refused.values()} == {"401"}
        assert " s (1,000 x 401); " in summary
        assert receiver.interrupt() == 130
    out, err = receiver.output()
    assert err == "requests: 2,000 (1,000 x 200, 1,000 x 401); repeated: 0\n"
    received = [line.split() for line in out.splitlines()[1:]]
    assert len(received) == 2 * COUNT
    assert {words[-1]: words[1] for words in received} == {**statuses, **refused}


def test_what_is_saved_verifies(listener, tmp_path):
    with listener("--save", "deliveries") as receiver:
        status, out, _ = command(
            "send", receiver.url, "realtime.call.incoming", "--count", 5, "--jobs", 5
        )
        assert status == 0
        assert receiver.interrupt() == 130
    bodies = sorted(Path(tmp_path, "deliveries").glob("*.json"))
    assert [path.stem for path in bodies] == sorted(re.findall("wh_[0-9a-f]{32}", out))
    for body in bodies:
        lines = body.with_suffix(".headers").read_text(encoding="utf-8").splitlines()
        verify_signature(body.read_bytes(), [line.split(": ") for line in lines], secret=SECRET)
    status, out, err = command("verify", body, "--headers", body.with_suffix(".headers"))
    assert (status, out.split(",")[0], err) == (0, f"valid: {body.stem}", "")
    body.write_bytes(body.read_bytes() + b" ")
    status, out, err = command("verify", body, "--headers", body.with_suffix(".headers"))
    assert (status, out.split(": ")[0]) == (1, "invalid")
    assert err == "hint: the signature matches this body written as JSON without blanks\n"


def test_a_handler_is_tried_with_good_and_bad_requests(listener):
    with listener("--json") as receiver:
        url = json.loads(receiver.first_line())["listening"]
        assert_handles_webhooks(url)
        assert receiver.interrupt() == 130
    rows = [json.loads(line) for line in receiver.output()[0].splitlines()[1:]]
    assert [row["status"] for row in rows] == [200, 200, 200, 401, 401]


def test_a_supervisor_ends_it_with_a_summary(listener):
    with listener() as receiver:
        status, _, err = command("send", receiver.url, "batch.completed")
        assert (status, err) == (0, "")
        receiver.process.terminate()
        assert receiver.process.wait(30) == 130
    assert receiver.output()[1] == "requests: 1 (1 x 200); repeated: 0\n"
