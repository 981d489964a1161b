"""Dask and Spark: the programs of the README beside this, on 100,000 bodies."""

import ast
import json
import re
import shutil
from collections import Counter

from openai_webhook_types import EVENT_TYPES, ValidationError, parse_event
from openai_webhook_types.testing import sample_payload

from .places import README, Missing, copy_package, make_environment, place, run

__all__ = ["dask", "spark"]

PROGRAMS = dict(re.findall(r"<!-- program: (\S+) -->\n```python\n(.*?)```", README, re.DOTALL))
(ZIP,) = re.findall(r"<!-- command: zip -->\n```sh\n(.*?)```", README, re.DOTALL)

BODIES = 100_000
DISTINCT = 40_000


def body(number):
    """Return one of DISTINCT bodies: of every type, one of them unknown; some are invalid."""
    number %= DISTINCT
    types = [*EVENT_TYPES, "batch.paused"]
    event_type = types[number % len(types)]
    payload = {"created_at": 1, "object": "event", "data": {"new": [{"deep": None}]}}
    if event_type in EVENT_TYPES:
        payload = sample_payload(event_type)
    payload = {**payload, "type": event_type, "id": f"evt_{number}"}
    return json.dumps({**payload, "created_at": "never"} if number % 1000 == 999 else payload)


def write_input(folder):
    """Write the bodies and the zip, and return what a program must find, in one process."""
    bodies = [body(number) for number in range(BODIES)]
    (folder / "bodies.jsonl").write_text("\n".join(bodies) + "\n", encoding="utf-8")
    copy_package(folder / "sources")
    run("sh", "-euc", ZIP, cwd=folder / "sources")
    shutil.move(str(folder / "sources" / "openai_webhook_types.zip"), folder)
    events, errors = [], []
    for text in bodies:
        try:
            events.append(parse_event(text))
        except ValidationError as error:
            errors.append((text, error.errors()[0]["loc"]))
    return Counter(event.type for event in events), len({*events}), sorted(errors)


def check(expected, output):
    """Compare what a program printed, in its last lines, with what one process found."""
    counts, distinct, errors = output.splitlines()[-3:]
    found = ast.literal_eval(counts), {*map(int, distinct.split())}, ast.literal_eval(errors)
    if found != (dict(expected[0]), {expected[1]}, expected[2]):
        raise AssertionError(output)
    return [f"ok {BODIES:,} bodies: {expected[1]:,} distinct events, {len(expected[2]):,} errors"]


@place("dask", needs="dask and distributed, from PyPI", runs="asked")
def dask(folder):
    """Dask, on two worker processes that get the package by `upload_file`."""
    programs = make_environment(folder / "venv", "dask", "distributed")
    expected = write_input(folder)
    (folder / "count.py").write_text(PROGRAMS["dask"], encoding="utf-8")
    return check(expected, run(programs / "python", "count.py", cwd=folder))


@place("spark", needs="pyspark, from PyPI, and Java 17 or newer", runs="asked")
def spark(folder):
    """Spark, on a cluster of two worker processes that get the package by `--py-files`."""
    if not shutil.which("java"):
        raise Missing("java is not on the PATH")
    programs = make_environment(folder / "venv", "pyspark")
    expected = write_input(folder)
    (folder / "count.py").write_text(PROGRAMS["spark"], encoding="utf-8")
    submit = (programs / "spark-submit", "--master", "local-cluster[2,1,1024]")
    python = {"PYSPARK_PYTHON": str(programs / "python"), "SPARK_LOCAL_IP": "127.0.0.1"}
    options = ("--py-files", "openai_webhook_types.zip", "count.py")
    return check(expected, run(*submit, *options, cwd=folder, env=python))
