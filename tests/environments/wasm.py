"""WebAssembly: CPython in Node.js, as Pyodide ships it, and on WASI, as componentize-py does."""

import shutil
import sys

from .places import (
    SMOKE,
    Missing,
    copy_core_tests,
    core_tests,
    make_environment,
    place,
    run,
    smoke,
    vendor,
)

__all__ = ["pyodide", "wasi"]

# By the version of CPython in them.
VERSIONS = {"3.13": "0.29.5", "3.14": "314.0.7", "3.15": "315.0.0-alpha.2"}

# Runs a Python file in a folder of this machine, and exits as it does.
RUNNER = """
import { loadPyodide } from "pyodide";

const [folder, ...args] = process.argv.slice(2);
const pyodide = await loadPyodide({ args, env: { HOME: "/home", PYTHONDONTWRITEBYTECODE: "1" } });
pyodide.mountNodeFS("/project", folder);
pyodide.runPython(`
import os, sys
os.chdir("/project")
sys.path[:0] = ["/project", "/project/site"]
`);
process.exitCode = pyodide.runPython(`
import runpy, traceback
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
    status = 0
except SystemExit as exit:
    status = int(exit.code or 0)
except BaseException:
    traceback.print_exc()
    status = 1
sys.stdout.flush()
status
`);
"""

# WebAssembly has neither processes nor threads: tests that start one are skipped, and no others.
CORE = """
import subprocess
import sys
import threading

import pytest


def skip(*_, **__):
    pytest.skip("needs a process or a thread")


subprocess.Popen.__init__ = threading.Thread.start = skip
# The command line's need sockets and terminals, too.
left_out = ["--ignore=tests/cli", "--ignore=tests/processes"]
plugins = ["-p", "no:cacheprovider", "-p", "no:faulthandler"]
sys.exit(pytest.main(["-q", *plugins, *left_out, "tests"]))
"""


@place("pyodide", needs="Node.js 20 or newer with npm, and PyPI", runs="asked")
def pyodide(folder):
    """CPython 3.13, 3.14 and 3.15 in WebAssembly: the smoke script, and the core tests."""
    work = copy_core_tests(folder / "work")
    shutil.copy(SMOKE, work)
    (work / "core.py").write_text(CORE, encoding="utf-8")
    lines = []
    for python, version in VERSIONS.items():
        runner = install(folder / python, version)
        lines.append(smoke("node", runner, work, "smoke.py"))
        shutil.rmtree(work / "site", ignore_errors=True)
        wheels = ("--only-binary", ":all:", "--platform", "any", "--python-version", python)
        pip = (sys.executable, "-m", "pip", "install", "-q", "--target", work / "site")
        run(*pip, *wheels, "--implementation", "py", "--abi", "none", "pytest", "hypothesis")
        # Some tests use the stack up, by Python's measure, which is more than Node.js gives.
        node = ("node", "--stack-size=7000", runner, work)
        lines.append(f"{core_tests(*node, 'core.py', examples=2)}, {python}")
    return lines


def install(folder, version):
    """Install a version of Pyodide, and return the program that runs a Python file in it."""
    if not shutil.which("node"):
        raise Missing("node is not on the PATH")
    folder.mkdir()
    (folder / "run.mjs").write_text(RUNNER, encoding="utf-8")
    try:
        run("npm", "install", "--silent", "--prefix", folder, f"pyodide@{version}", cwd=folder)
    except (AssertionError, FileNotFoundError) as error:
        raise Missing(f"pyodide {version} cannot be installed: {error}") from error
    return folder / "run.mjs"


WORLD = """
package local:check;
world check { export run: func() -> string; }
"""

# A component has no files: it keeps the modules that were imported while it was built.
COMPONENT = """
import smoke
import wit_world

smoke.smoke("openai_webhook_types")


class WitWorld(wit_world.WitWorld):
    def run(self):
        return smoke.smoke("openai_webhook_types")
"""

HOST = """
from wasmtime import Engine, Store, WasiConfig
from wasmtime.component import Component, Linker

engine = Engine()
store, linker = Store(engine), Linker(engine)
store.set_wasi(WasiConfig())
linker.add_wasip2()
instance = linker.instantiate(store, Component.from_file(engine, "app.wasm"))
print(instance.get_func(store, "run")(store))
"""


@place("wasi", needs="componentize-py and wasmtime, from PyPI", runs="asked")
def wasi(folder):
    """CPython on WASI: the smoke script as a component, in Wasmtime."""
    programs = make_environment(folder / "venv", "componentize-py", "wasmtime")
    vendor(folder)
    shutil.copy(SMOKE, folder)
    for name, text in {"w.wit": WORLD, "app.py": COMPONENT, "host.py": HOST}.items():
        (folder / name).write_text(text, encoding="utf-8")
    build = ("-d", "w.wit", "-w", "check", "componentize", "app", "-o", "app.wasm")
    run(programs / "componentize-py", *build, cwd=folder)
    return [smoke(programs / "python", "host.py", cwd=folder)]
