"""The README: its examples run, its table and its names are those of the package."""

import re

import openai_webhook_types as owt
from openai_webhook_types import event_class, signature
from tests.values import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def python_blocks():
    return re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_the_first_example_runs(capsys):
    block = next(block for block in python_blocks() if "parse_event(body)" in block)
    exec(block, {})
    out = capsys.readouterr().out
    assert out.startswith("Fine-tuning job ftjob-1 failed at 1750287018\n4 validation errors")


def test_the_example_of_a_new_event_type_works():
    from openai_webhook_types.events import batch

    namespace = dict(vars(batch))
    exec(next(block for block in python_blocks() if "batch.paused" in block), namespace)
    payload = {"id": "e", "created_at": 1, "type": "batch.paused", "data": {"id": "batch_1"}}
    assert namespace["BatchPausedWebhookEvent"].from_dict(payload).to_dict() == payload


def test_every_public_name_is_mentioned():
    listed = {
        name for name in owt.__all__ if not name.endswith("WebhookEvent")
    }  # they have a table
    assert {name for name in listed if f"`{name}" not in README} == set()


def test_the_table_of_events_is_that_of_the_classes():
    rows = [
        f"| `{event_type}` | `{cls.__name__}` | {summary(cls)} | {summary(cls.Data)} |"
        for event_type in owt.EVENT_TYPES
        for cls in [event_class(event_type)]
    ]
    assert "\n".join(["|---|---|---|---|", *rows, ""]) in README


def summary(cls):
    """Return the first paragraph of a docstring, on one line."""
    return " ".join(cls.__doc__.strip().partition("\n\n")[0].split())


def test_the_recipe_is_that_of_the_files():
    blocks = re.findall(r"<!-- file: (\S+) -->\n```python\n(.*?)```", README, re.DOTALL)
    assert [path for path, _ in blocks] == [
        "tests/recipes/inbox.py",
        "tests/recipes/http_server.py",
    ]
    for path, text in blocks:
        assert text == (ROOT / path).read_text(encoding="utf-8")


def test_every_reason_is_listed():
    table = README.partition("| `reason` | |")[2].partition("\n\n")[0]
    listed = re.findall(r"^\| (.*?) \|", table, re.MULTILINE)
    assert re.findall(r"`(\w+)`", " ".join(listed)) == list(signature._MESSAGES)
