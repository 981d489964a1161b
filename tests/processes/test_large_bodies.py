"""Large bodies cost little more memory than their text and their values, each in a process."""

import subprocess
import sys
from pathlib import Path

import pytest

import openai_webhook_types as owt

ROOT = Path(owt.__file__).parents[1]

# Expressions of about 10 MB of JSON text, and the error that each one causes, or "valid".
BODIES = {
    "a string before a long number": (
        """'["' + 'a' * 10_000_000 + '",' + '9' * 4301 + ']'""",
        "json_invalid",
    ),
    "a string before deep brackets": (
        """'["' + 'a' * 10_000_000 + '",' + '[' * 300 + ']' * 301""",
        "json_invalid",
    ),
    "underscores": (
        """ID_LESS + '"created_at":"' + '1_' * 5_000_000 + '1"}'""",
        "int_parsing",
    ),
    "zeros after the point": (
        """ID_LESS + '"created_at":"1.' + '0' * 10_000_000 + '"}'""",
        "missing",
    ),
    "brackets": ("""'[' * 10_000_000""", "json_invalid"),
    "wide empty lists": ("""'[' + '[],' * 3_333_333 + '[]]'""", "model_type"),
    "wide empty lists before deep brackets": (
        """'[' + '[],' * 3_333_333 + '[' * 300 + ']' * 301""",
        "json_invalid",
    ),
    "escapes": (r"""'["' + '\\n' * 5_000_000 + '"]'""", "model_type"),
    "surrogate pairs": (r"""'["' + '\\ud83d\\ude00' * 800_000 + '"]'""", "model_type"),
    "escaped quotes": (r"""'["' + '\\"' * 5_000_000 + '",' + '9' * 4301 + ']'""", "json_invalid"),
    "escaped quotes before deep brackets": (
        r"""'["' + '\\"' * 5_000_000 + '",' + '[' * 300 + ']' * 301""",
        "json_invalid",
    ),
    "strings of brackets": ("""'[' + '"[",' * 2_500_000 + '0]'""", "model_type"),
    "unknown fields": (
        """ID_LESS + ','.join(f'"f{n}":{n % 10}' for n in range(1_000_000)) + '}'""",
        "missing",
    ),
    "unknown fields of a valid event, not in ASCII": (
        """VALID + ','.join(f'"é{n}":{n % 10}' for n in range(1_000_000)) + '}'""",
        "valid",
    ),
}

MEASURE = """
import json, os, sys
from openai_webhook_types import ValidationError, parse_event

ID_LESS = '{"type":"batch.failed","data":{"id":"b"},'
VALID = ID_LESS + '"id":"e","created_at":1,'
body = (%s).encode()
for warm_up in ("{", '{"type":"batch.failed"}', '{"type":1}'):
    try:
        parse_event(warm_up)
    except ValidationError as error:
        error.errors()

def peak(read):
    \"\"\"Return how many bytes a child process needs to read the body.\"\"\"
    result, output = os.pipe()
    if os.fork() == 0:
        with open("/proc/self/clear_refs", "w") as reset:
            reset.write("5")
        before = high_water()
        try:
            read(body)
            found = "valid"
        except ValidationError as error:
            found = ",".join([problem["type"] for problem in error.errors()])
        except (ValueError, RecursionError):
            found = "refused"
        os.write(output, f"{high_water() - before} {found}".encode())
        os._exit(0)
    os.wait()
    return os.read(result, 1000).decode().split()

def high_water():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) * 1024

print(len(body), *peak(json.loads), *peak(parse_event))
"""


@pytest.mark.skipif(
    sys.platform != "linux" or sys.implementation.name != "cpython",
    reason="reads the peak memory of CPython from /proc",
)
@pytest.mark.parametrize("name", BODIES)
def test_memory_of_a_large_body_is_that_of_its_values_and_two_copies_of_it(name):
    body, error = BODIES[name]
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-B",
            "-c",
            f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{MEASURE % body}",
        ],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    )
    length, floor, _, peak, found = done.stdout.split()
    assert error in found.split(",")
    megabyte = 1_000_000
    assert int(length) > 9 * megabyte
    # The allocator rounds up.
    assert int(peak) <= int(floor) + 2 * int(length) + megabyte
