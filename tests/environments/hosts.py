"""Programs that host plug-ins, and what they do with modules. Each model is tried on plain modules.

A model states the rule of a host, as its documents and its behaviour show it; it is not the host's
code. A control package of plain modules, with a class, an exception and a function, must pass, too:
otherwise the model would ask for more than a host does.
"""

import sys

from .places import place, run, vendor

__all__ = ["forks", "patched", "reloaded", "watched"]

CONTROL = {
    "__init__.py": (
        "from .errors import Wrong\nfrom .events import Event\nfrom .reading import read\n"
    ),
    "errors.py": "class Wrong(ValueError):\n    pass\n",
    "events.py": "class Event:\n    pass\n",
    "reading.py": (
        "from .errors import Wrong\nfrom .events import Event\n\n"
        "def read(text):\n    if text:\n        raise Wrong(text)\n    return Event()\n"
    ),
}
# How a plug-in uses the control, and how it uses the package.
USES_CONTROL = """
from . import plain as package

def use():
    assert isinstance(package.read(""), package.Event)
    try:
        package.read("x")
    except package.Wrong:
        return "ok"

begin = use
"""
USES_COPY = """
from . import hooks as package

SECRET = "whsec_c2VjcmV0IGZvciB0ZXN0cyE="
BODY = '{"id": "e", "created_at": 1, "type": "batch.failed", "data": {"id": "b", "n": [1]}}'
UNKNOWN = BODY.replace("batch.failed", "new.type")
if PRELOADS:
    package.preload()

def begin():
    try:
        package.WebhookEvent.from_dict({})
    except package.ValidationError:
        return "ok"

def use():
    event = package.parse_event(BODY)
    assert type(event) is package.BatchFailedWebhookEvent is package.event_class("batch.failed")
    assert isinstance(event, package.WebhookEvent) and event.model_dump()
    assert package.parse_event(event.to_json()) == event
    assert event.model_json_schema()["title"] == "BatchFailedWebhookEvent"
    for read in (package.parse_event, package.WebhookEvent.from_json):
        assert isinstance(read(UNKNOWN), package.UnknownWebhookEvent)
    headers = package.sign(UNKNOWN, secret=SECRET)
    found = package.unwrap(UNKNOWN, headers, secret=SECRET)
    assert isinstance(found, package.UnknownWebhookEvent)
    for wrong in ("[", "{}", BODY.replace("1,", "[],")):
        try:
            package.parse_event(wrong)
        except package.ValidationError as error:
            assert error.json() and str(error)
    try:
        package.unwrap(UNKNOWN, {}, secret=SECRET)
    except package.InvalidWebhookSignatureError as error:
        assert isinstance(error, ValueError)
        return "ok"
"""

# As QGIS: it replaces `builtins.__import__`, notes each module that a statement of a plug-in names,
# and removes those from `sys.modules` when the plug-in is loaded again.
RELOADS = """
import builtins, importlib, sys

original, noted = builtins.__import__, set()

def noting(name, globals=None, locals=None, fromlist=(), level=0):
    module = original(name, globals, locals, fromlist, level)
    if getattr(module, "__file__", None):
        found = module.__name__ if fromlist else name
        if found.partition(".")[0] == PLUGIN:
            noted.add(found)
            noted.update({f"{found}.{item}" for item in fromlist or ()} & {*sys.modules})
    return module

builtins.__import__ = noting
kept = []
for round in range(3):
    __import__(PLUGIN)
    plugin = sys.modules[PLUGIN]
    assert plugin.use() == "ok"
    for old in kept if PRELOADS else ():
        before = {*sys.modules}
        assert old() == "ok"  # with its own classes
        assert {*sys.modules} == before
    kept.append(plugin.use)
    for name in sorted(noted):
        sys.modules.pop(name, None)
    left = sorted(name for name in sys.modules if name.partition(".")[0] == PLUGIN)
    assert left == [], left
    noted.clear()
print("ok", PLUGIN, "works after each of 3 loads, and nothing of it is left")
"""

# As Home Assistant: in an event loop, a call of `importlib.import_module` with a name that is not
# in `sys.modules` is reported as blocking. An audit hook counts what the loop imports in any way.
WATCHED = """
import asyncio, importlib, sys

original, reports, loads = importlib.import_module, [], []

def in_loop():
    try:
        return bool(asyncio.get_running_loop())
    except RuntimeError:
        return False

def watching(name, package=None):
    if in_loop() and name not in sys.modules:
        reports.append(name)
    return original(name, package)

def note(event, arguments):
    if event == "import" and in_loop():
        loads.append(arguments[0])

importlib.import_module = watching
sys.addaudithook(note)

async def main():
    plugin = await asyncio.get_running_loop().run_in_executor(None, original, PLUGIN)
    loads.clear()
    assert plugin.use() == "ok"

asyncio.run(main())
assert reports == [], reports
assert not PRELOADS or loads == [], loads
print("ok", PLUGIN, "is not reported, and loads", len(loads), "modules in the loop")
"""

# As many test suites: `sys.modules` is patched for a while, and what loads meanwhile is removed: a
# part of the package, if it has not loaded all before.
PATCHED = """
import sys
from unittest.mock import patch

plugin = __import__(PLUGIN)
with patch.dict(sys.modules, {"another": None}):
    assert plugin.begin() == "ok"
assert plugin.use() == "ok"
print("ok", PLUGIN, "has one class of each name")
"""

# A server that forks while one of its threads is busy: no child may wait for a lock that the thread
# held, which is not in the child.
FORKS = """
import os, signal, sys, threading, time

sys.setswitchinterval(1e-6)
plugin = __import__(PLUGIN)
stop = threading.Event()

def busy():
    while not stop.is_set():
        plugin.use()

threads = [threading.Thread(target=busy, daemon=True) for _ in range(2)]
[thread.start() for thread in threads]
children = []
for _ in range(40):
    child = os.fork()
    if not child:
        signal.alarm(20)
        os._exit(plugin.use() != "ok")
    children.append(child)
    time.sleep(0.002)
statuses = [os.waitpid(child, 0)[1] for child in children]
stop.set()
assert statuses == [0] * 40, statuses
print("ok", PLUGIN, "works in each of 40 children")
"""


def plugins(folder):
    """Write plug-ins: the control, the package as a copy, and as one that loads all at once."""
    plain = folder / "control_plugin"
    for name, text in CONTROL.items():
        (plain / "plain" / name).parent.mkdir(parents=True, exist_ok=True)
        (plain / "plain" / name).write_text(text, encoding="utf-8")
    (plain / "__init__.py").write_text(USES_CONTROL, encoding="utf-8")
    for name in ("plugin", "preloading_plugin"):
        vendor(folder / name, "hooks")
        text = f"PRELOADS = {name.startswith('preloading')}\n{USES_COPY}"
        (folder / name / "__init__.py").write_text(text, encoding="utf-8")
    return "control_plugin", "plugin", "preloading_plugin"


def host(folder, code, names=None):
    """Run a model of a host for each plug-in."""
    lines = []
    for name in names or plugins(folder):
        prelude = f"PLUGIN, PRELOADS = {name!r}, {name.startswith('preloading')}\n"
        lines.append(run(sys.executable, "-B", "-c", prelude + code, path=[folder], timeout=120))
    return lines


@place("reloaded", needs="nothing", runs="core")
def reloaded(folder):
    """A host that loads plug-ins again, and removes the modules whose imports it saw: QGIS."""
    return host(folder, RELOADS)


@place("watched", needs="nothing", runs="core")
def watched(folder):
    """A host that reports imports in its event loop: Home Assistant."""
    return host(folder, WATCHED)


@place("patched", needs="nothing", runs="core")
def patched(folder):
    """A test suite that patches `sys.modules`, after everything was loaded."""
    control, _, preloading = plugins(folder)
    return host(folder, PATCHED, [control, preloading])


@place("forks", needs="a system that forks", runs="core")
def forks(folder):
    """A server that forks while its threads read events, once everything is loaded."""
    control, _, preloading = plugins(folder)
    return host(folder, FORKS, [control, preloading])
