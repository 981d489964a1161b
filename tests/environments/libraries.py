"""What libraries make of events, each in an environment of its own: too heavy, or too old."""

from pathlib import Path

from .places import ROOT, interpreter, make_environment, place, run

__all__ = ["libraries", "pydantic", "pydantics"]

FIELDS = Path(__file__).with_name("fields.py")

# Versions of Pydantic that have a wheel for a Python. The empty one is the newest.
OF_THE_GATE = {"3.11": ["~=1.10.13", "==2.0", ""]}
WITH_A_WHEEL = {
    "3.8": ["==1.10.13", "==2.0", "~=2.4.0", "~=2.5.0", "~=2.8.0", ""],
    "3.11": ["~=1.10.13", "==2.0", *[f"~=2.{minor}.0" for minor in (1, 2, 3, 4, 5, 8, 11, 12)], ""],
    "3.13": ["~=1.10.13", "~=2.8.0", "~=2.11.0", "~=2.12.0", ""],
}

EVENTS = """
from openai_webhook_types import AnyWebhookEvent, BatchFailedWebhookEvent, WebhookEvent, parse_event

PAYLOAD = {"id": "e", "created_at": 1, "type": "batch.failed", "data": {"id": "b"}, "later": [1]}
event, other = parse_event(PAYLOAD), parse_event({**PAYLOAD, "later": [2]})
declared = {**PAYLOAD, "object": None}
del declared["later"]
"""
STREAMLIT = """
import logging
logging.disable()
import streamlit

@streamlit.cache_data
def seen(one):
    return dict(one)["later"]

assert seen(event) == seen(other) == [1]
assert seen(event.to_dict()) == [1]
assert seen(other.to_dict()) == [2]
"""
TEMPORAL = """
import json, warnings
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter

warnings.simplefilter("ignore")
for converter, expected in ((DataConverter.default, declared), (pydantic_data_converter, None)):
    convert = converter.payload_converter
    payloads = convert.to_payloads([event])
    for hint in [BatchFailedWebhookEvent] + [WebhookEvent, AnyWebhookEvent] * (expected is None):
        (found,) = convert.from_payloads(payloads, [hint])
        if expected is None:
            assert found == event
        else:
            assert found.to_dict(exclude_unset=False) == expected
(found,) = convert.from_payloads(convert.to_payloads([event.to_dict()]), [dict])
assert parse_event(found) == event
"""
SYRUPY = """
def test_an_event(snapshot):
    assert event == snapshot

def test_a_dict(snapshot):
    assert event.to_dict() == snapshot
"""


@place("libraries", needs="streamlit, temporalio and syrupy, from PyPI", runs="asked")
def libraries(folder):
    """Streamlit, Temporal and syrupy see events as tests/interop/README.md says."""
    packages = ("streamlit", "temporalio", "pydantic", "syrupy", "pytest")
    python = make_environment(folder / "venv", *packages) / "python"
    for code in (STREAMLIT, TEMPORAL):
        run(python, "-c", EVENTS + code, path=[ROOT])
    (folder / "test_events.py").write_text(EVENTS + SYRUPY, encoding="utf-8")
    run(python, "-m", "pytest", "-q", "--snapshot-update", cwd=folder, path=[ROOT])
    (snapshots,) = folder.glob("__snapshots__/*")
    of_dict, of_event = snapshots.read_text(encoding="utf-8").split("# name: ")[1:]
    if "later" not in of_dict or "later" in of_event:
        raise AssertionError(snapshots.read_text(encoding="utf-8"))
    return [f"ok {', '.join(packages)}"]


def fields(folder, versions):
    """Run the script on versions of Pydantic, by the Python."""
    lines = []
    for python, requirements in versions.items():
        for number, requirement in enumerate(requirements):
            environment = folder / f"{python}-{number}"
            package = f"pydantic{requirement}"
            programs = make_environment(environment, package, python=interpreter(python))
            lines.append(run(programs / "python", "-B", FIELDS, path=[ROOT]))
    return lines


@place("pydantic", needs="pydantic 1.10, 2.0 and the newest, from PyPI", runs="gate")
def pydantic(folder):
    """Fields of the types in models of Pydantic 1.10, 2.0 and the newest, and in `pydantic.v1`."""
    return fields(folder, OF_THE_GATE)


@place("pydantics", needs="pydantic from PyPI, CPython 3.8, 3.11 and 3.13", runs="asked")
def pydantics(folder):
    """The same with every Pydantic from 1.10 on that changed something, on three Pythons."""
    return fields(folder, WITH_A_WHEEL)
