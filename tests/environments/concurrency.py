"""Threads, processes and sub-interpreters, all of which may be the first to use the package."""

import multiprocessing
import sys

from .places import PACKAGE, SMOKE, interpreter, place, run

__all__ = ["processes", "subinterpreters", "threads"]

FIRST = 32

THREADS = f"""
import sys, threading
sys.setswitchinterval(1e-6)
import openai_webhook_types as owt
names = [*owt.__all__]
start, found, failed = threading.Barrier({FIRST}), [], []

def first(index):
    start.wait()
    try:
        turned = names[index:] + names[:index]  # each begins with another name
        objects = {{name: getattr(owt, name) for name in turned}}
        found.append([id(objects[name]) for name in names])
    except BaseException as error:
        failed.append(error)

threads = [threading.Thread(target=first, args=(index,)) for index in range({FIRST})]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert not failed, failed
assert len(found) == {FIRST} and len({{*map(tuple, found)}}) == 1
print("ok {FIRST} threads: one object for each of", len(names), "names")
"""

PROCESSES = """
import multiprocessing, sys

def work(payload):  # in the other process, whose first import this may be
    import openai_webhook_types as owt
    try:
        event = owt.parse_event(payload)
    except owt.ValidationError as error:
        return error
    return event

if __name__ == "__main__":
    context = multiprocessing.get_context(sys.argv[1])
    with context.Pool(2) as pool:
        from openai_webhook_types.testing import sample_payload
        import openai_webhook_types as owt
        payloads = [sample_payload(event_type) for event_type in owt.EVENT_TYPES]
        events = pool.map(work, payloads)
        assert events == [owt.parse_event(payload) for payload in payloads]
        assert len({*events} | {*map(owt.parse_event, payloads)}) == len(payloads)
        assert pool.map(work, events) == events  # and back
        (error,) = pool.map(work, [b"["])
        assert error.payload == b"[" and error.errors()[0]["type"] == "json_invalid"
    print("ok", sys.argv[1] + ":", len(events), "events and an error there and back")
"""

INTERPRETERS = f"""
import sys, threading
if sys.version_info >= (3, 13):
    from _interpreters import create, destroy, exec as run
else:
    # With a lock for each, importing the standard library's hmac can crash Python 3.12.
    from functools import partial
    from _xxsubinterpreters import create, destroy, run_string as run
    create = partial(create, isolated=False)

code = (
    "import sys; sys.path[:0] = {{path!r}}\\n"
    "import smoke\\n"
    "assert smoke.smoke('openai_webhook_types').startswith('ok ')\\n"
).format(path=sys.path[1:3])
start, failed = threading.Barrier({FIRST}), []

def first():
    interpreter = create()
    start.wait()
    try:
        problem = run(interpreter, code)
        failed.extend([problem] if problem else [])
    except BaseException as error:
        failed.append(error)
    destroy(interpreter)

threads = [threading.Thread(target=first) for _ in range({FIRST})]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert not failed, failed
print("ok {FIRST} sub-interpreters, each the first to import it")
"""


@place("threads", needs="nothing", runs="core")
def threads(folder):
    """32 threads, all the first to use the package: one object for each name."""
    return [run(sys.executable, "-c", THREADS, path=[PACKAGE.parent])]


@place("processes", needs="nothing", runs="core")
def processes(folder):
    """fork and spawn: events and errors cross, there and back."""
    script = folder / "program.py"
    script.write_text(PROCESSES, encoding="utf-8")
    methods = {"fork", "spawn"} & {*multiprocessing.get_all_start_methods()}
    return [run(sys.executable, script, way, path=[PACKAGE.parent]) for way in sorted(methods)]


@place("subinterpreters", needs="CPython 3.12 or 3.13, from pyenv or on the PATH", runs="gate")
def subinterpreters(folder):
    """32 sub-interpreters at once; on 3.13 each has a lock of its own."""
    lines = []
    for version in ("3.12", "3.13"):
        path = [PACKAGE.parent, SMOKE.parent]
        lines.append(f"{run(interpreter(version), '-c', INTERPRETERS, path=path)}, {version}")
    return lines
