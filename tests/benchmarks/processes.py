"""Work that needs a process of its own: imports, memory, reading a whole file.

Each process is an interpreter without the machine's site: `-I` ignores environment variables and
the user's packages, `-S` the imports of `.pth` files, which would come before the measurement.
The modules of an ordinary start are loaded (`import site`), and packages are found on the paths
of the process that runs the benchmarks.
"""

import gc
import json
import resource
import subprocess
import sys
import tempfile
import tracemalloc
from pathlib import Path
from typing import Dict, List, Tuple

from . import payloads, peers
from .timing import OURS, Effort, Result, turns

_ROOT = Path(__file__).parents[2]
_PATHS = list(dict.fromkeys([str(_ROOT), *sys.path]))
_START = f"import site, sys\nsys.path += [path for path in {_PATHS!r} if path not in sys.path]\n"
STATUS = Path("/proc/self/status")
_PRINT_PEAK = f"print(*[line.split()[1] for line in open({str(STATUS)!r}) if 'VmHWM' in line])"
_BARE = "bare interpreter"
_KIB = 1024


def importing(effort: Effort) -> List[Result]:
    """Measure the time and the peak memory of processes that only import something."""
    missing: Dict[str, str] = {}
    code = _usable({_BARE: "pass", **peers.OUR_IMPORTS, **peers.IMPORTS}, missing)
    seconds: Dict[str, List[float]] = {name: [] for name in code}
    peaks: Dict[str, List[float]] = {name: [] for name in code}
    for name in turns(code, effort.processes):
        seconds[name].append(_run(code[name])[0])
    results = _imports("time", "s", seconds, missing)
    if STATUS.exists():
        for name in turns(code, max(3, effort.processes // 6)):
            peaks[name].append(int(_run(f"{code[name]}\n{_PRINT_PEAK}")[1]) * _KIB)
        results += _imports("peak memory", "B", peaks, missing)
    return results


def _imports(
    quantity: str, unit: str, samples: Dict[str, List[float]], missing: Dict[str, str]
) -> List[Result]:
    """Return the figures of whole processes, and what their imports add to a bare interpreter."""
    net = {
        name: [figure - bare for figure, bare in zip(figures, samples[_BARE])]
        for name, figures in samples.items()
    }
    return [
        Result(
            f"{group}, {quantity}",
            work,
            unit,
            {OURS: found[work], **{name: found[name] for name in peers.IMPORTS if name in found}},
            missing,
        )
        for group, found in (("process", samples), ("import", net))
        for work in peers.OUR_IMPORTS
    ]


def _usable(code: Dict[str, str], missing: Dict[str, str]) -> Dict[str, str]:
    """Return the code that runs, and note why the rest does not.

    This first run also writes the bytecode, so that later runs need not compile.
    """
    faults = {name: _fault(lines) for name, lines in code.items()}
    for name, fault in faults.items():
        if fault:
            if name in (OURS, _BARE, *peers.OUR_IMPORTS):
                raise RuntimeError(fault)
            missing[name] = "not installed" if "ModuleNotFoundError" in fault else "fails"
    return {name: lines for name, lines in code.items() if not faults[name]}


def _fault(code: str) -> str:
    try:
        _run(code)
    except RuntimeError as error:
        return str(error)
    return ""


def _run(code: str) -> Tuple[float, str]:
    """Run code in a process; return the CPU seconds that it took, and its output."""
    command = [sys.executable, "-I", "-S", "-c", _START + code]
    start = seconds_of_children()
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    seconds = seconds_of_children() - start
    if done.returncode:
        raise RuntimeError(done.stderr)
    return seconds, done.stdout


def seconds_of_children() -> float:
    """Return what the processes that this one waited for have used of the CPU."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def keeping(effort: Effort) -> List[Result]:
    """Measure the memory of one event, and of each of many events that are kept."""
    one = {peer: f"one_event({name!r})" for peer, name in peers.KEPT.items()}
    many = {peer: f"kept_events({name!r}, {effort.events})" for peer, name in peers.KEPT.items()}
    works = [("one event", one, 1)]
    if STATUS.exists():
        works.append((f"{effort.events:,} kept events, each", many, effort.events))
    results = []
    for work, calls, events in works:
        result = Result("memory", work, "B")
        code = {peer: f"from {__name__} import *\n{call}" for peer, call in calls.items()}
        usable = _usable(code, result.missing)
        result.samples = {peer: [] for peer in usable}
        for peer in turns(usable, max(3, effort.processes // 10)):
            result.samples[peer].append(int(_run(usable[peer])[1]) / events)
        results.append(result)
    return results


def one_event(name: str) -> None:
    """Print the bytes that Python allocates for an event and everything it refers to."""
    parse = peers.FROM_JSON[name]("ResponseCompletedWebhookEvent").function("body")
    bodies = [json.dumps(payloads.thin(number)) for number in range(101)]
    parse(bodies.pop())  # the first event may create what the others share
    events = [None] * len(bodies)
    tracemalloc.start()
    for number, body in enumerate(bodies):
        events[number] = parse(body)
    gc.collect()
    sys.stdout.write(str(tracemalloc.get_traced_memory()[0] // len(bodies)))


def kept_events(name: str, count: int) -> None:
    """Print the bytes that this number of events adds to the memory of the process."""
    parse = peers.FROM_JSON[name]("ResponseCompletedWebhookEvent").function("body")
    events = [None] * count
    gc.collect()
    before = _resident()
    for number in range(count):
        events[number] = parse(json.dumps(payloads.thin(number)))
    gc.collect()
    sys.stdout.write(str(_resident() - before))


def _resident() -> int:
    lines = STATUS.read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) * _KIB


def parsing_lines(effort: Effort) -> List[Result]:
    """Measure processes that parse every line of a file, imports included."""
    results = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "events.jsonl")
        bodies = (json.dumps(payloads.line(number)) for number in range(effort.lines))
        path.write_text("\n".join(bodies))
        loop = f"for line in open({str(path)!r}, 'rb'):\n    parse(line)"
        loops = {peer: f"{parser}\n{loop}" for peer, parser in peers.LINES.items()}
        command = f"{peers.MAIN}\nmain(['parse', '--lines', '--quiet', {str(path)!r}])"
        commands = {OURS: command, "Pydantic": loops["Pydantic"]}
        for work, code in (("bodies", loops), ("bodies, `parse --lines`", commands)):
            result = Result("JSON Lines", f"{effort.lines:,} {work}", "s")
            usable = _usable(code, result.missing)
            result.samples = {peer: [] for peer in usable}
            for peer in turns(usable, max(3, effort.processes // 5)):
                result.samples[peer].append(_run(usable[peer])[0])
            results.append(result)
    return results
