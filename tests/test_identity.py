"""Equality and hashes of events: equal events hash equally, in every process."""

import os
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import openai_webhook_types as owt
from openai_webhook_types import UnknownWebhookEvent, parse_event
from openai_webhook_types.testing import sample_payload

ROOT = Path(owt.__file__).parents[1]


def unknown(data):
    return parse_event({"id": "e", "created_at": 1, "type": "new.type", "data": data})


EQUAL = [
    ({1}, frozenset({1})),
    (b"x", bytearray(b"x")),
    (b"x", memoryview(b"x")),
    (1, 1.0),
    (1, True),
    (1, Decimal(1)),
    (2, Fraction(4, 2)),
    ("x", type("Text", (str,), {"__hash__": None})("x")),
    ((1, {2}), (1.0, frozenset({2}))),
    ([1], [True]),
    ({"a": 1}, {"a": 1.0}),
    (None, None),
]


@pytest.mark.parametrize(("one", "other"), EQUAL, ids=lambda value: type(value).__name__)
def test_equal_data_makes_equal_hashes(one, other):
    assert one == other
    assert unknown(one) == unknown(other)
    assert hash(unknown(one)) == hash(unknown(other))


@pytest.mark.parametrize("value", [Decimal("sNaN"), object(), [], lambda: None])
def test_every_event_hashes(value):
    assert {unknown(value): 1}


@pytest.mark.parametrize("name", ["float", "Decimal"])
def test_events_with_nan_hash_alike(name):
    make = {"float": float, "Decimal": Decimal}[name]
    assert hash(unknown(make("nan"))) == hash(unknown(make("nan")))


scalars = st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from([0.0, -0.0, 1.0, ""])
values = st.recursive(
    scalars | st.frozensets(scalars, max_size=2) | st.sets(scalars, max_size=2),
    lambda inner: st.lists(inner, max_size=2) | st.tuples(inner),
    max_leaves=4,
)


@given(values, values)
def test_equal_events_hash_equally(one, other):
    if unknown(one) == unknown(other):
        assert hash(unknown(one)) == hash(unknown(other))


def test_distinct_events_mostly_hash_differently():
    payloads = [
        {**sample_payload(event_type), "id": f"evt_{number}"}
        for event_type in owt.EVENT_TYPES
        for number in range(50)
    ]
    hashes = {hash(parse_event(payload)) for payload in payloads}
    assert len(hashes) > 0.99 * len(payloads)
    by_data = {hash(parse_event({**sample_payload("batch.failed"), "data": {"id": str(n)}}))
               for n in range(100)}  # fmt: skip
    assert len(by_data) > 95
    assert hash(unknown(None)) != hash(unknown("x"))


def test_a_hash_is_that_of_every_process_with_the_same_seed():
    code = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
from openai_webhook_types import EVENT_TYPES, WebhookEndpoint, parse_event
from openai_webhook_types.testing import sample_payload
bare = {{"id": "e", "created_at": 1, "type": "batch.failed", "data": {{"id": "b"}}}}
print([hash(parse_event(sample_payload(event_type))) for event_type in EVENT_TYPES])
print(hash(parse_event(bare)), hash(parse_event({{**bare, "type": "new.type", "data": None}})))
"""
    environment = {name: value for name, value in os.environ.items() if name[:6] != "PYTHON"}
    printed = {
        subprocess.run(
            # Another place in memory for everything, where addresses are not random anyway.
            [sys.executable, "-S", "-B", "-c", f"x = [object() for _ in range({size})]\n{code}"],
            env={**environment, "PYTHONHASHSEED": "0"},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout
        for size in (1, 100_000)
    }
    assert len(printed) == 1


def test_unset_and_null_are_equal():
    unset = UnknownWebhookEvent.from_dict({"id": "e", "created_at": 1, "type": "t"})
    null = UnknownWebhookEvent.from_dict({"id": "e", "created_at": 1, "type": "t", "data": None})
    assert unset == null
    assert hash(unset) == hash(null)
