"""Dask and Spark: the lines of the document, on 100,000 bodies."""

import ast
import json
import re
import shutil
from collections import Counter
from textwrap import indent

from openai_webhook_types import EVENT_TYPES, ValidationError, parse_event
from openai_webhook_types.testing import sample_payload

from .places import README, Missing, make_environment, place, run, vendor

__all__ = ["dask", "spark"]

SECTION = README.partition("## On a cluster")[2]
ZIP = re.findall(r"`(.*? zipfile .*?)`", SECTION)[0]
PARSE, DASK, SPARK = re.search(
    r"```python\n(.*?)# Dask, .*?\n(.*?)# Spark, .*?\n(.*?)```", SECTION, re.DOTALL
).groups()

# What surrounds the lines of the document: they need a cluster, and what they find must be right.
ON_DASK = f"""
import sys

import dask.bag, dask.distributed

{PARSE}

def is_error(one):
    return isinstance(one, Exception)


if __name__ == "__main__":
    with dask.distributed.Client(n_workers=2, threads_per_worker=1) as client:
        # After the workers' start, so that they have it from `upload_file` alone.
        sys.path.append("openai_webhook_types.zip")
{indent(DASK, " " * 8)}
        events, errors = parsed.remove(is_error), parsed.filter(is_error).compute()
        print(counts)
        print(events.distinct().count().compute())
        print(sorted((error.payload.strip(), error.errors()[0]["loc"]) for error in errors))
"""
ON_SPARK = f"""
from pyspark import SparkContext

{PARSE}

def is_error(one):
    return isinstance(one, Exception)


context = SparkContext()
{SPARK}
events, errors = parsed.filter(lambda one: not is_error(one)), parsed.filter(is_error).collect()
print(counts)
print(events.distinct().count(), events.map(lambda event: (event, 1)).reduceByKey(max).count())
print(sorted((error.payload, error.errors()[0]["loc"]) for error in errors))
"""

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
    vendor(folder / "sources")
    run("sh", "-euc", ZIP, cwd=folder / "sources")
    shutil.move(str(folder / "sources" / "openai_webhook_types.zip"), folder)
    counts, events, errors = Counter(), set(), []
    for text in bodies:
        try:
            parsed = parse_event(text)
            events.add(parsed)
        except ValidationError as error:
            parsed = error
            errors.append((text, error.errors()[0]["loc"]))
        counts[type(parsed).__name__] += 1
    return counts, len(events), sorted(errors)


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
    (folder / "count.py").write_text(ON_DASK, encoding="utf-8")
    return check(expected, run(programs / "python", "count.py", cwd=folder))


@place("spark", needs="pyspark, from PyPI, and Java 17 or newer", runs="asked")
def spark(folder):
    """Spark, on a cluster of two worker processes that get the package by `--py-files`."""
    if not shutil.which("java"):
        raise Missing("java is not on the PATH")
    programs = make_environment(folder / "venv", "pyspark")
    expected = write_input(folder)
    (folder / "count.py").write_text(ON_SPARK, encoding="utf-8")
    submit = (programs / "spark-submit", "--master", "local-cluster[2,1,1024]")
    python = {"PYSPARK_PYTHON": str(programs / "python"), "SPARK_LOCAL_IP": "127.0.0.1"}
    options = ("--py-files", "openai_webhook_types.zip", "count.py")
    return check(expected, run(*submit, *options, cwd=folder, env=python))
