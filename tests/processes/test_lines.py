"""`parse --lines` on files of a size that shows what it costs."""

import gzip
import json
import resource
import sys
from pathlib import Path

import pytest

from openai_webhook_types import EVENT_TYPES
from openai_webhook_types.testing import sample_payload
from tests.cli.commands import in_environment
from tests.values import python

LINES = 200_000
STATUS = Path("/proc/self/status")
measured = pytest.mark.skipif(
    not STATUS.exists() or sys.implementation.name != "cpython",
    reason="reads the peak memory of CPython from /proc",
)
BAD = [
    b'{"id": 5}\n',
    b"\xff\xfe\n",
    b'{"type": "batch.failed", "id": "e", "created_at": "soon", "data": {"id": "x"}}\r\n',
    b"[" * 300 + b"\n",
]

# The peak is that of the process itself, which Linux tells.
PEAK = f"""
import sys
from openai_webhook_types.cli import main
status = main(sys.argv[1:])
print([line.split()[1] for line in open({str(STATUS)!r}) if "VmHWM" in line][0])
sys.exit(status)
"""


def judged(path, *arguments):
    """Judge the lines of a file; return the exit status, the errors, and the peak in KiB."""
    done = python(
        "-c", PEAK, "parse", "--lines", "--quiet", str(path), *arguments, env=in_environment()
    )
    return done.returncode, done.stderr, int(done.stdout)


def write_lines(path, count):
    """Write lines of every event type, one in a hundred of them bad; return the bad ones."""
    good = [json.dumps(sample_payload(event_type)).encode() + b"\n" for event_type in EVENT_TYPES]
    bad = []
    with path.open("wb") as file:
        for number in range(count):
            if number % 100 == 50:
                bad.append(BAD[number // 100 % len(BAD)])
                file.write(bad[-1])
            else:
                file.write(good[number % len(good)])
    return bad


@measured
def test_counts_are_exact_and_memory_is_flat(tmp_path):
    few, many, rejects = (tmp_path / name for name in ("few", "many", "rejects"))
    write_lines(few, LINES // 10)
    bad = write_lines(many, LINES)
    assert len(bad) == LINES // 100
    status, err, peak = judged(many, "--rejects", str(rejects))
    assert status == 1
    assert rejects.read_bytes() == b"".join(bad)
    lines = err.splitlines()
    summary = lines.index("lines: 200,000 (198,000 valid, 2,000 invalid)")
    counts = dict(reversed(line.split()) for line in lines[summary + 1 :])
    expected = dict.fromkeys(EVENT_TYPES, 0)
    for number in range(LINES):
        if number % 100 != 50:
            expected[EVENT_TYPES[number % len(EVENT_TYPES)]] += 1
    assert {name: int(count.replace(",", "")) for name, count in counts.items()} == expected
    places = {line.split(":")[1] for line in lines[:summary]}
    assert places == {str(number + 1) for number in range(50, LINES, 100)}
    less = judged(few)[2]
    assert peak - less < 2048, (peak, less)


@measured
def test_a_very_long_line_takes_no_more_memory_than_the_longest_that_is_read(tmp_path):
    longest, longer = tmp_path / "longest", tmp_path / "longer"
    longest.write_bytes(b"[" + b" " * 999_998 + b"\n")
    with longer.open("wb") as file:
        for _ in range(100):
            file.write(b"[" * 1_000_000)
    first = judged(longest)[2]
    status, err, second = judged(longer)
    assert (status, err.splitlines()[0]) == (1, f"{longer}:1: longer than 1,000,000 bytes")
    assert second - first < 2048, (second, first)


@measured
def test_a_million_blank_lines_are_cheap(tmp_path):
    path = tmp_path / "blank.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n" * 1_000_000))
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    status, err, _ = judged(path)
    seconds = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - started
    assert (status, err) == (0, "lines: 0 (0 valid, 0 invalid)\n")
    assert seconds < 5  # of a machine that may be slow; to parse each takes 15
