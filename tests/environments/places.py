"""What a place is, and what places need: copies, processes, environments of their own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = [
    "PACKAGE",
    "PLACES",
    "README",
    "ROOT",
    "SMOKE",
    "Missing",
    "build_wheel",
    "copy_core_tests",
    "core_tests",
    "interpreter",
    "make_environment",
    "place",
    "run",
    "smoke",
    "vendor",
]

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "openai_webhook_types"
SMOKE = Path(__file__).with_name("smoke.py")
README = Path(__file__).with_name("README.md").read_text(encoding="utf-8")

_CACHES = shutil.ignore_patterns("__pycache__")

# By name. Each takes an empty folder to work in, and returns what it showed, line by line.
PLACES = {}


class Missing(Exception):
    """The runtime of a place is not here. The message says how to get it."""


def place(name, *, needs, runs):
    """Declare a place.

    Args:
        name: What it is asked for by.
        needs: What must be installed, or fetched, besides the Python that runs this.
        runs: "core" for what needs nothing, and runs with the core tests; "gate" for what takes
            less than a minute; "asked" for the rest.
    """

    def declare(function):
        function.needs, function.runs = needs, runs
        PLACES[name] = function
        return function

    return declare


def run(*command, path=(), **options):
    """Run a command, and return its standard output.

    Args:
        command: The program and its arguments.
        path: Folders and archives for PYTHONPATH.
        options: As for `subprocess.run`, but `env` is added to the environment.
    """
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV"))}
    environment.update(PYTHONPATH=os.pathsep.join(map(str, path)), **options.pop("env", {}))
    done = subprocess.run(
        [str(part) for part in command],
        env={name: value for name, value in environment.items() if value},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        **{"timeout": 1800, **options},
    )
    if done.returncode:
        output = f"exit status {done.returncode}\n{done.stdout}{done.stderr}"
        raise AssertionError(f"{' '.join(map(str, command))}\n{output}")
    return done.stdout.strip()


def smoke(*command, **options):
    """Run a command that runs the smoke script, and return the line that it ends with."""
    last = run(*command, **options).splitlines()[-1]
    if not last.startswith("ok "):
        raise AssertionError(last)
    return last


def vendor(folder, name=PACKAGE.name, without=()):
    """Vendor the package in a folder, under a name, without some of its parts; return the copy."""
    target = Path(folder) / name
    options = ("--without", ",".join(without)) if without else ()
    run(sys.executable, "-B", "-m", PACKAGE.name, "vendor", target, *options, path=[ROOT])
    return target


def build_wheel(folder):
    """Build the wheel of the project in a folder, from a copy of its sources, and return it."""
    shutil.copytree(PACKAGE, folder / PACKAGE.name, ignore=_CACHES)
    for part in ("CHANGELOG.md", "LICENSE", "README.md", "pyproject.toml"):
        shutil.copy(ROOT / part, folder)
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, folder)
    (wheel,) = folder.glob("*.whl")
    return wheel


def interpreter(version):
    """Return a CPython of a minor version, such as "3.7".

    Raises:
        Missing: There is none.
    """
    found = [shutil.which(f"python{version}")]
    found += sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    for python in filter(None, found):
        if _is_version(python, version):
            return python
    raise Missing(f"there is no Python {version}: install it, or `pyenv install {version}`")


def _is_version(python, version):
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip() == version


def make_environment(folder, *requirements, python=sys.executable):
    """Make a virtual environment with packages in it, and return its folder of programs.

    Raises:
        Missing: A package cannot be installed.
    """
    try:
        run(python, "-m", "venv", "--without-pip", folder)
        programs = Path(folder) / ("Scripts" if os.name == "nt" else "bin")
        install = ("-m", "pip", "--python", programs / "python", "install", "-q")
        run(sys.executable, *install, *requirements)
    except (AssertionError, FileNotFoundError) as error:
        raise Missing(f"{' '.join(requirements)}: cannot be installed: {error}") from error
    return programs


def copy_core_tests(folder):
    """Copy the project, without the tests that run places, and return the copy."""
    folder.mkdir()
    for file in filter(Path.is_file, ROOT.iterdir()):
        shutil.copy(file, folder)
    shutil.copytree(ROOT / ".ci", folder / ".ci")
    shutil.copytree(PACKAGE, folder / PACKAGE.name, ignore=_CACHES)
    ignored = shutil.ignore_patterns("__pycache__", "test_environments.py")
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=ignored)
    return folder


def core_tests(*command, examples=10, **options):
    """Run a command that runs the core tests, and return the line that counts them."""
    environment = {"OPENAI_WEBHOOK_TYPES_TEST_EXAMPLES": str(examples)}
    lines = run(*command, env=environment, timeout=3600, **options).splitlines()
    return "ok " + next(line.strip() for line in reversed(lines) if " passed" in line)
