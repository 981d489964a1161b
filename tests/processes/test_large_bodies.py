"""What a body of 3 MB costs: memory beyond that of `json.loads`, and time; each in a process.

`SECURITY.md` promises what is measured here.
"""

import subprocess
import sys
from pathlib import Path

import pytest

import openai_webhook_types as owt

ROOT = Path(owt.__file__).parents[1]

# Expressions for JSON text of about N bytes; what comes of it: an error, or "valid"; and how many
# copies of the text it may take beyond what `json.loads` takes.
BODIES = {
    "a string before a long number": (
        """'["' + 'a' * N + '",' + '9' * 4301 + ']'""",
        "json_invalid",
        2,
    ),
    "a string before deep brackets": (
        """'["' + 'a' * N + '",' + '[' * 300 + ']' * 301""",
        "json_invalid",
        2,
    ),
    "underscores": (
        """ID_LESS + '"id":"e","created_at":"' + '1_' * (N // 2) + '_"}'""",
        "int_parsing",
        2,
    ),
    "zeros after the point": (
        """ID_LESS + '"created_at":"1.' + '0' * N + '"}'""",
        "missing",
        2,
    ),
    "brackets": ("""'[' * N""", "json_invalid", 2),
    "wide empty lists": ("""'[' + '[],' * (N // 3) + '[]]'""", "model_type", 2),
    "wide empty lists before deep brackets": (
        """'[' + '[],' * (N // 3) + '[' * 300 + ']' * 301""",
        "json_invalid",
        2,
    ),
    "escapes": (r"""'["' + '\\n' * (N // 2) + '"]'""", "model_type", 2),
    "surrogate pairs": (r"""'["' + '\\ud83d\\ude00' * (N // 12) + '"]'""", "model_type", 2),
    "escaped quotes": (
        r"""'["' + '\\"' * (N // 2) + '",' + '9' * 4301 + ']'""",
        "json_invalid",
        2,
    ),
    "escaped quotes before deep brackets": (
        r"""'["' + '\\"' * (N // 2) + '",' + '[' * 300 + ']' * 301""",
        "json_invalid",
        2,
    ),
    "strings of brackets": ("""'[' + '"[",' * (N // 4) + '0]'""", "model_type", 2),
    "a long ID": ("""ID_LESS + '"created_at":1,"id":"' + 'a' * N + '"}'""", "valid", 2),
    "a list for an ID": ("""ID_LESS + '"id":[' + '0,' * (N // 2) + '0]}'""", "string_type", 2),
    "a long unknown type": (
        """'{"id":"e","created_at":1,"type":"' + 'a' * N + '"}'""",
        "valid",
        2,
    ),
    "unknown fields": ("""ID_LESS + FIELDS('f', N) + '}'""", "missing", 2),
    "unknown fields of a valid event, not in ASCII": (
        """VALID + FIELDS('é', N) + '}'""",
        "valid",
        2,
    ),
    "a list of objects in an unknown field": (
        """VALID + '"x":[' + '{"a":1},' * (N // 8) + '0]}'""",
        "valid",
        2,
    ),
    "the data of an unknown event": (
        """'{"id":"e","created_at":1,"type":"new","data":{' + FIELDS('f', N) + '}}'""",
        "valid",
        2,
    ),
    "headers": ("""CALL % LIST('{"name": "n", "value": "v"}', N)""", "valid", 7),
    "headers with an unknown field each": (
        """CALL % LIST('{"name": "n", "value": "v", "x": 1}', N)""",
        "valid",
        13,
    ),
    "headers of which one has an error": (
        """CALL % (LIST('{"name": "n", "value": "v"}', N) + ',{"name": "n"}')""",
        "missing",
        7,
    ),
    "headers with two errors each": (
        """CALL % LIST('{"name": 1, "value": 2}', N)""",
        "string_type",
        20,
    ),
    "numbers for headers": ("""CALL % LIST('0', N)""", "model_type", 100),
    "strings for headers": ("""CALL % LIST('"a"', N)""", "model_type", 100),
    "empty objects for headers": ("""CALL % LIST('{}', N)""", "missing", 140),
}

MEASURE = """
import json, os, sys, time
from openai_webhook_types import ValidationError, parse_event

ID_LESS = '{"type":"batch.failed","data":{"id":"b"},'
VALID = ID_LESS + '"id":"e","created_at":1,'
CALL = (
    '{"id":"e","created_at":1,"type":"realtime.call.incoming",'
    '"data":{"call_id":"c","sip_headers":[%%s]}}'
)

def FIELDS(prefix, size):
    return ','.join([f'"{prefix}{n}":{n %% 10}' for n in range(size // 11)])

def LIST(item, size):
    return ','.join([item] * (size // (len(item) + 1)))

def body_of(N):
    return (%s).encode()

for warm_up in ("{", '{"type":"batch.failed"}', '{"type":1}', CALL %% '5,{"name":"n","x":1}'):
    try:
        parse_event(warm_up)
    except ValidationError as error:
        error.errors()

def outcome(read, body):
    try:
        read(body)
    except ValidationError as error:
        return error.errors()[0]["type"] if error.error_count() < 10 else error._problems[0][0]
    except (ValueError, RecursionError):
        return "refused"
    return "valid"

def peak(read):
    \"\"\"Return how many bytes and seconds a child process needs to read the body.\"\"\"
    result, output = os.pipe()
    if os.fork() == 0:
        with open("/proc/self/clear_refs", "w") as reset:
            reset.write("5")
        before = high_water()
        started = time.process_time()
        found = outcome(read, body)
        seconds = time.process_time() - started
        os.write(output, f"{high_water() - before} {seconds} {found}".encode())
        os._exit(0)
    os.wait()
    return os.read(result, 1000).decode().split()

def high_water():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) * 1024

def seconds_for(body):
    started = time.process_time()
    outcome(parse_event, body)
    return time.process_time() - started

body = body_of(3_000_000)
print(len(body), *peak(json.loads), *peak(parse_event))
body = body_of(375_000)
print(seconds_for(body))
"""


@pytest.mark.skipif(
    sys.platform != "linux" or sys.implementation.name != "cpython",
    reason="reads the peak memory of CPython from /proc",
)
@pytest.mark.parametrize("name", BODIES)
def test_a_large_body_takes_the_memory_that_is_promised_and_linear_time(name):
    body, outcome, copies = BODIES[name]
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
    length, floor, _, _, peak, of_all, found, of_an_eighth = done.stdout.split()
    assert found == outcome
    megabyte = 1_000_000
    assert int(length) > 2.5 * megabyte
    # The allocator rounds up.
    assert int(peak) <= int(floor) + copies * int(length) + megabyte
    # Quadratic time would be 64 times that of an eighth.
    assert float(of_all) < 30 * float(of_an_eighth) + 0.05
