"""A vendored copy: how it is made, what its new home does to it, and what tools say of it."""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from zipfile import ZipFile

from openai_webhook_types import __version__

from .places import (
    PACKAGE,
    README,
    ROOT,
    SMOKE,
    build_wheel,
    interpreter,
    make_environment,
    place,
    run,
    smoke,
    vendor,
)

__all__ = ["homes", "listed", "made", "noise", "tools"]

NAME = "plugin._vendor.hooks"
COPY = "plugin/_vendor/hooks"
VERB = ("-B", "-m", PACKAGE.name, "vendor")


def called(*command, path=(), env=(), **options):
    """Run a command that may fail, and return its exit status and all that it wrote."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV"))}
    environment.update(env, PYTHONPATH=os.pathsep.join(map(str, path)))
    done = subprocess.run(
        [str(part) for part in command],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
        **options,
    )
    if "Traceback" in done.stdout:
        raise AssertionError(done.stdout)
    return done.returncode, done.stdout


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def expect_status(expected, *command, **options):
    """Run a command, and return what it wrote; it must end with a status."""
    status, out = called(*command, **options)
    if status != expected:
        raise AssertionError(f"{command} ended with {status}, not {expected}:\n{out}")
    return out


def packages_above(copy, top):
    """Give each folder between a copy and another an `__init__.py`."""
    for folder in copy.parents:
        if folder == top:
            return
        (folder / "__init__.py").touch()


# How it is made


@place("vendor", needs="CPython 3.8 and 3.13, and pip", runs="gate")
def made(folder):
    """The verb `vendor`: from a clone, an installed wheel and a zip, and where it is refused."""
    installed = folder / "installed"
    install = (sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", installed)
    run(*install, build_wheel(folder / "project"))
    zipped = shutil.make_archive(str(folder / "app"), "zip", folder / "project", PACKAGE.name)
    lines, copies = [], []
    for version in ("3.8", "3.13"):
        for name, source in {"clone": ROOT, "wheel": installed, "zip": zipped}.items():
            home = folder / version / name
            home.mkdir(parents=True)
            options = {"path": [source], "cwd": home}
            shown = session((interpreter(version), *VERB), options)
            refusals((interpreter(version), *VERB), options)
            lines.append(f"ok from a {name}: {shown}")
            copies.append(contents(home / COPY))
    expect(all(copy == copies[0] for copy in copies), "each source gives the same copy")
    return lines


def contents(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def session(verb, options):
    """Make a copy, check, change and update it, and return what the smoke script shows of it."""
    home, parts = options["cwd"], ("cli", "schema", "testing")
    python, copy = verb[0], home / COPY
    expect_status(0, *verb, COPY, "--without", ",".join(parts), **options)
    packages_above(copy, home)
    smoke(python, "-B", SMOKE, NAME, *parts, path=[home])
    expect_status(0, *verb, COPY, "--check", **options)
    expect_status(0, *verb, COPY, "--without", "", **options)
    # As the copy itself says, without its source.
    itself = (python, "-B", copy, "vendor", "--check")
    expect_status(0, *itself)
    with (copy / "params.py").open("a", encoding="utf-8") as file:
        file.write("# mine\n")
    for check in (expect_status(1, *verb, COPY, "--check", **options), expect_status(1, *itself)):
        expect(check.startswith("changed: params.py\n"), check)
    expect_status(2, *verb, COPY, **options)
    expect_status(0, *verb, COPY, "--force", **options)
    expect_status(0, *itself)
    return smoke(python, "-B", SMOKE, NAME, path=[home])[3:]


def refusals(verb, options):
    """Let the system refuse to write: nothing is half-written, and nothing is lost."""
    home = options["cwd"]
    before = contents(home)
    for target in (COPY, "new/_vendor/hooks"):
        refused = (*verb, target, "--without", "params")
        said = expect_status(3, *refused, preexec_fn=no_large_files, **options)
        expect(said.endswith(f": error: cannot write {target}: File too large\n"), said)
    said = expect_status(3, *verb, "/sys/_vendor/hooks", **options)
    expect(said.count("\n") == 1, said)
    expect(contents(home) == before, "nothing has changed")
    expect([path.name for path in home.iterdir()] == ["plugin"], "nothing is left over")


def no_large_files():
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))


# What its new home does to it


@place("homes", needs="nothing", runs="core")
def homes(folder):
    """Copies imported whole, reloaded, run as a folder, collected by pytest, without zlib..."""
    vendor(folder / "plugin" / "_vendor", "hooks")
    packages_above(folder / COPY, folder)
    lines = [smoke(sys.executable, "-B", "-c", WALK, path=[folder])]
    lines.append(as_folders(folder / "folders"))
    lines.append(under_pytest(folder))
    modules = ("zlib", "socket", "ssl", "decimal")
    return [*lines, *[without_module(module, folder) for module in modules]]


WALK = f"""
import importlib, pkgutil
import {NAME} as package
names = [m.name for m in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]
for name in names:
    importlib.import_module(name)
payload = {{"id": "e", "created_at": 1, "type": "batch.failed", "data": {{"id": "b"}}}}
for name in (package.__name__ + ".parsing", package.__name__):
    again = importlib.reload(importlib.import_module(name))
    assert type(again.parse_event(payload)) is package.BatchFailedWebhookEvent
print("ok", len(names), "modules imported, two reloaded")
"""


def as_folders(folder):
    """Run copies by the path of their folder, whatever its name."""
    names = ["hooks", "openai-webhook-types 1.0", "été.d"]
    sample = ("sample", "batch.failed", "--compact")
    for name in names:
        copy = vendor(folder, name)
        for options in ((), ("-I", "-S", "-E"), ("-B", "-OO", "-W", "error")):
            out = expect_status(0, sys.executable, *options, copy, *sample, cwd=folder)
            expect(out.startswith('{"id":"evt_'), out)
            expect_status(0, sys.executable, *options, copy, "vendor", "--check", cwd=folder)
    vendor(folder, "without", ["cli"])
    for program in ([folder / "without"], ["-m", "without"]):
        out = expect_status(2, sys.executable, "-B", *program, *sample, path=[folder])
        expect("this copy was made without its command line" in out, out)
    return f"ok run as folders: {', '.join(names)}"


def under_pytest(folder):
    """Let pytest import each file of a copy, in each of its ways."""
    test = f"from {NAME} import EVENT_TYPES\n\n\ndef test_it():\n    assert EVENT_TYPES\n"
    (folder / "plugin" / "test_it.py").write_text(test, encoding="utf-8")
    for mode in ("prepend", "append", "importlib"):
        options = ("-q", "-p", "no:cacheprovider", "--doctest-modules", f"--import-mode={mode}")
        out = expect_status(
            0, sys.executable, "-B", "-m", "pytest", *options, "plugin", cwd=folder, path=[folder]
        )
        expect(out.splitlines()[-1].startswith("1 passed"), out)
    return "ok collected by pytest in three import modes, with --doctest-modules"


# What is lost without a module: a command, and what it says.
LOST = {
    "zlib": ("parse --lines bodies.gz", "this Python has no module zlib"),
    "socket": ("listen", "this Python has no module socket"),
    "ssl": ("send https://localhost/ batch.failed", "this Python has no TLS"),
}


def without_module(module, folder):
    """Use a copy on a Python that was built without a module."""
    start = f"import sys; sys.modules[{module!r}] = None; "
    use = f"sys.path.insert(0, {str(SMOKE.parent)!r}); import smoke; print(smoke.smoke({NAME!r}))"
    shown = smoke(sys.executable, "-B", "-c", start + use, path=[folder])
    (folder / "bodies.gz").write_bytes(b"\x1f\x8b")
    line, lost = LOST.get(module, ("sample batch.failed", ""))
    command = f"from {NAME}.cli import main; sys.exit(main({line.split()!r}))"
    secret = {"OPENAI_WEBHOOK_SECRET": "whsec_c21va2U="}
    found, out = called(
        sys.executable, "-B", "-c", start + command, path=[folder], cwd=folder, env=secret
    )
    expect((found == 3) == bool(lost) and lost in out, out)
    return f"ok without {module}, {lost or 'nothing is lost'}: {shown[3:]}"


# What tools say of it

# What finds fault with a file, or would rewrite it.
TOOLS = {
    "black": ("black", "--check"),
    "isort": ("isort", "--check"),
    "mypy": ("mypy",),
    "pyright": ("pyright",),
    "ruff check": ("ruff", "check"),
    "ruff format": ("ruff", "format", "--check"),
}
# What it is called with in a project, and before the names of files by its hook for pre-commit.
# Where ruff is told its settings, it takes none from the copy.
_CONFIG = ["--config", "pyproject.toml"]
WHERE = {"black": ["."], "isort": ["."], "mypy": ["plugin"]}
WHERE.update({"ruff check": _CONFIG, "ruff format": _CONFIG})
BY_NAMES = {"black": [], "isort": ["--filter-files"]}
BY_NAMES.update({tool: [*_CONFIG, "--force-exclude"] for tool in ("ruff check", "ruff format")})
FAULTED = f"{COPY}/params.py"
FAULTS = """
import json
import abc
number : int = 'one'


def one() -> int:
    return number
"""
# A project that has each table, and in some of them the very key.
TABLES = """
[tool.black]
force-exclude = "^/other/"
[tool.coverage.run]
branch = true
[tool.isort]
extend_skip_glob = ["other/*"]
[tool.mypy]
strict = true
[[tool.mypy.overrides]]
module = ["other"]
ignore_missing_imports = true
[tool.pyright]
pythonVersion = "3.11"
[tool.ruff]
extend-exclude = ["other"]
"""
BACKENDS = {
    "setuptools": (
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
        "[tool.setuptools.packages.find]\nnamespaces = false\n"
        '[tool.setuptools.package-data]\nplugin = ["*.txt"]\n'
    ),
    "hatchling": '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n',
    "flit": (
        '[build-system]\nrequires = ["flit_core>=3.11,<4"]\nbuild-backend = "flit_core.buildapi"\n'
    ),
}


@place("tools", needs="black, isort, mypy, pyright, ruff, coverage and beartype", runs="gate")
def tools(folder):
    """What `vendor` prints keeps tools out of a copy, even of one with faults, or it in wheels."""
    packages = ("beartype", "black", "coverage[toml]", "isort", "mypy", "pyright[nodejs]", "ruff")
    programs = make_environment(folder / "venv", *packages)
    home = folder / "home"
    copy = vendor(home / "plugin" / "_vendor", "hooks")
    packages_above(copy, home)
    expect(printed(home) == documented(), printed(home))
    with (home / FAULTED).open("a", encoding="utf-8") as file:
        file.write(FAULTS)
    (home / "app.py").write_text(f"import {NAME}.errors\n\nprint(plugin)\n", encoding="utf-8")
    (home / "pyproject.toml").touch()
    find_faults(programs, home, has_faults=True)
    for text in ("", TABLES):
        (home / "pyproject.toml").write_text(text, encoding="utf-8")
        settings = merged(text, printed(home))
        (home / "pyproject.toml").write_text(settings, encoding="utf-8")
        find_faults(programs, home, has_faults=False)
    under_beartype(programs, home, re.search(r"BeartypeConf\(.*\)", settings)[0])
    lines = [f"ok kept out: {', '.join(TOOLS)}, coverage, beartype"]
    return [*lines, *[in_wheel(folder / backend, text) for backend, text in BACKENDS.items()]]


def printed(home):
    """Return the settings that the verb prints for the copy in a project."""
    options = ("--settings", "--dry-run", "--force")
    text = expect_status(0, sys.executable, *VERB, COPY, *options, path=[ROOT], cwd=home)
    return text.partition(" to those that it has.\n\n")[2]


def documented():
    lines = re.search(r"(?s)```toml\n(.*?)```", README)[1]
    for separator in "/.":
        example = separator.join(["plugin", "_vendor", PACKAGE.name])
        lines = lines.replace(example, COPY.replace("/", separator))
    return lines


def merged(text, lines):
    """Add lines to the settings of a project, as they say themselves."""
    for block in lines.strip().split("\n\n"):
        header, *keys = block.splitlines()
        if not header.startswith("# In "):
            text += f"\n{block}\n"
            continue
        table = re.search(r"\[.*\]", header)[0]
        (key, value), *_ = re.findall(r'(?m)^(.*?) = (\[.*?\]|".*?")', "\n".join(keys))
        start, _, rest = text.partition(f"{table}\n")
        there = re.search(rf'(?m)\A{re.escape(key)} = (\[.*\]|".*")$', rest)
        if there:
            rest = rest[there.end() :]
            value = there[1][:-1] + (", " if value.startswith("[") else "|") + value[1:]
        text = f"{start}{table}\n{key} = {value}\n{rest}"
    return text


def find_faults(programs, home, *, has_faults):
    """Run each tool as it is called in a project, and as pre-commit does: with names of files."""
    named = ["app.py", *sorted(path.relative_to(home) for path in home.rglob("_vendor/**/*.py"))]
    for tool, (program, *options) in TOOLS.items():
        calls = [WHERE.get(tool, [])]
        calls += [[*BY_NAMES[tool], *named]] if tool in BY_NAMES else []
        for arguments in calls:
            status, out = called(programs / program, *options, *arguments, cwd=home)
            expect(bool(status) == has_faults, f"{tool} ended with {status}: {out}")
            expect(not has_faults or FAULTED in out, out)
    run(programs / "ruff", "check", "--force-exclude", *named, cwd=home)  # by the copy's settings
    run(programs / "coverage", "run", "--source=.", "app.py", cwd=home)
    report = called(programs / "coverage", "report", cwd=home)[1]
    expect((f"{COPY}/errors.py" in report) == has_faults, report)


def under_beartype(programs, home, conf):
    """Let beartype check a project as it runs: by the line that is printed, not the copy."""
    for options, status in ((conf, 0), ("BeartypeConf()", 1)):
        (home / "plugin" / "__init__.py").write_text(
            "from beartype import BeartypeConf\nfrom beartype.claw import beartype_this_package\n"
            f"beartype_this_package(conf={options})\n",
            encoding="utf-8",
        )
        code = f"try: import {NAME}.params\nexcept Exception: sys.exit(1)\n"
        expect_status(status, programs / "python", "-B", "-c", f"import sys\n{code}", cwd=home)


def in_wheel(home, backend):
    """Build a wheel of a project with a copy, in which no file of the copy may be missing."""
    copy = vendor(home / "plugin" / "_vendor", "hooks")
    packages_above(copy, home)
    text = f"{PROJECT.replace('app', 'plugin')}description = 'A plugin'\n{backend}"
    (home / "pyproject.toml").write_text(text, encoding="utf-8")
    (home / "pyproject.toml").write_text(merged(text, printed(home)), encoding="utf-8")
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", home.parent, home)
    (wheel,) = home.parent.glob("plugin-*.whl")
    with ZipFile(wheel) as zipped:
        lacking = {f"{COPY}/{path}" for path in contents(copy)} - {*zipped.namelist()}
    expect(not lacking, lacking)
    wheel.unlink()
    return f"ok whole in a wheel: {home.name}"


# As its owner's own source, with no settings: what each tool ends with, where it finds nothing.
CHECKERS = {
    "deptry": ("deptry", "."),
    "mypy": ("mypy", "plugin", "app.py"),
    "pylint": ("pylint", "--disable=all", "--enable=E", "plugin", "app.py"),
    "pyrefly": ("pyrefly", "check"),
    "pyright": ("pyright",),
    "ruff check": ("ruff", "check"),
    "ruff format": ("ruff", "format", "--check"),
    "Sphinx": ("sphinx-build", "-q", "-W", "docs", "docs/built"),
    "ty": ("ty", "check", "--error-on-warning"),
    "zuban": ("zuban", "check"),
}
PROJECT = '[project]\nname = "app"\nversion = "1"\nrequires-python = ">=3.8"\ndependencies = []\n'
# With a table of its own, even an empty one, pyrefly is stricter.
STRICTER = f"{PROJECT}[tool.pyrefly]\n"
CONF = "extensions = ['sphinx.ext.autodoc']\n"
INDEX = f"""
Hooks
=====

.. automodule:: {NAME}
   :members:
   :imported-members:
   :undoc-members:
"""
APP = f"""
from {NAME} import BatchCompletedWebhookEvent

DATA = BatchCompletedWebhookEvent.Data(id="batch_1")
print(BatchCompletedWebhookEvent(id="evt_1", created_at=1, data=DATA, type="batch.completed"))
print(BatchCompletedWebhookEvent("evt_1", 1, DATA, "batch.completed"))
"""


@place("noise", needs="the tools that it names, from PyPI", runs="gate")
def noise(folder):
    """A copy that is its owner's own source, in which tools find nothing, without settings."""
    packages = ("deptry", "mypy", "pylint", "pyrefly", "pyright[nodejs]", "ruff", "sphinx", "ty")
    programs = make_environment(folder / "venv", *packages, "zuban")
    home = folder / "home"
    vendor(home / "plugin" / "_vendor", "hooks")
    packages_above(home / COPY, home)
    (home / "docs").mkdir()
    for name, text in (("app.py", APP), ("docs/conf.py", CONF), ("docs/index.rst", INDEX)):
        (home / name).write_text(text, encoding="utf-8")
    for project, tools in ((PROJECT, CHECKERS), (STRICTER, ["pyrefly"])):
        (home / "pyproject.toml").write_text(project, encoding="utf-8")
        for tool in tools:
            program, *options = CHECKERS[tool]
            if program == "ruff":  # which leaves the copy alone otherwise
                options += sorted((home / COPY).rglob("*.py"))
            status, out = called(programs / program, *options, cwd=home, path=[home])
            expect(status == 0, f"{tool} ended with {status}: {out}")
            expect(tool != "pyrefly" or "warning" not in out, out)
    return [f"ok these find nothing: {', '.join(CHECKERS)}"]


@place("listed", needs="cyclonedx-bom and pip-licenses, from PyPI", runs="gate")
def listed(folder):
    """An installed package, which tools list with its licence and for a bill of materials."""
    packages = ("cyclonedx-bom", "pip-licenses", build_wheel(folder / "project"))
    programs = make_environment(folder / "listed", *map(str, packages))
    python = programs / "python"
    bom = json.loads(run(programs / "cyclonedx-py", "environment", python))
    (found,) = [part for part in bom["components"] if part["name"] == "openai-webhook-types"]
    expect(found["version"] == __version__, found)
    expect(found["licenses"][0]["license"]["id"] == "MIT", found)
    rows = json.loads(run(programs / "pip-licenses", "--format=json"))
    (row,) = [row for row in rows if row["Name"] == "openai-webhook-types"]
    expect(row["License"].startswith("MIT"), row)
    return ["ok cyclonedx-bom and pip-licenses list it, with its licence"]
