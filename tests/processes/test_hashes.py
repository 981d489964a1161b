"""Hashes of events, in several processes."""

from tests.values import SAMPLES, UNKNOWN, run


def test_a_hash_is_that_of_every_process_with_the_same_seed():
    code = f"""
# Another place in memory for everything, where addresses are not random anyway.
x = [object() for _ in range(int(sys.argv[1]))]
from openai_webhook_types import parse_event
for payload in {[*SAMPLES.values(), UNKNOWN]!r}:
    print(hash(parse_event(payload)))
"""
    printed = {
        run(code.replace("sys.argv[1]", size), options=("-S",), PYTHONHASHSEED="0")
        for size in ("1", "100_000")
    }
    assert len(printed) == 1
    assert len({*printed.pop().split()}) == len(SAMPLES) + 1
