"""Run the package in the places where it must work.

    python -m tests.environments            list the places
    python -m tests.environments PLACE...   run some
    python -m tests.environments gate       run those of the gate, less than a minute each
    python -m tests.environments all        run all

The exit status is 1 if the package fails in a place, or if a place is missing.
"""

import sys
import tempfile
import time
from pathlib import Path

from . import (
    archives,
    clusters,
    concurrency,
    copies,
    frozen,
    functions,
    hosts,
    libraries,
    pythons,
    rewritten,
    sizes,
    vendored,
    wasm,
)
from .places import PLACES, Missing

__all__ = ["main"]

# To import one declares its places.
MODULES = (
    pythons,
    archives,
    copies,
    vendored,
    rewritten,
    frozen,
    functions,
    concurrency,
    hosts,
    libraries,
    clusters,
    wasm,
    sizes,
)


def main(arguments):
    """Run places, and return how many of them failed or are missing."""
    if not arguments:
        for name, place in PLACES.items():
            print(f"{name:20} {place.runs:6} {place.__doc__.splitlines()[0]}")
            print(f"{'':20} {'':6} Needs {place.needs}.")
        return 0
    groups = {"all": ("core", "gate", "asked"), "gate": ("gate",)}
    chosen = []
    for argument in arguments:
        if argument in groups:
            chosen += [name for name in PLACES if PLACES[name].runs in groups[argument]]
        elif argument in PLACES:
            chosen.append(argument)
        else:
            sys.exit(f"no such place: {argument}; one of {', '.join([*groups, *PLACES])}")
    return sum(not passes(name) for name in chosen)


def passes(name):
    """Run one place, print what came of it, and return whether the package works there."""
    place = PLACES[name]
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix=f"{name}-") as folder:
        try:
            lines = place(Path(folder))
            verdict = "ok"
        except Missing as missing:
            verdict, lines = "MISSING", [f"{missing}", f"Needs {place.needs}."]
        except Exception as error:
            verdict, lines = "FAILED", [f"{type(error).__name__}: {error}"]
    print(f"== {name}: {verdict}, {time.perf_counter() - start:.0f} s")
    for line in lines:
        print(f"   {line}", flush=True)
    return verdict == "ok"


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
