"""What `preload` loads: everything, so that nothing loads later."""

import ast
import sys
from pathlib import Path

from openai_webhook_types import preload
from tests.values import MODULES, PACKAGE, files_of, function_in, imports_of, run

USAGE = Path(__file__).with_name("environments") / "usage.py"
INIT = PACKAGE / "__init__.py"
REGISTRY = PACKAGE / "events" / "_registry.py"
PRELOAD = function_in(ast.parse(INIT.read_text(encoding="utf-8")), "preload")
PROGRAM = {"__main__.py", "cli"}


def test_afterwards_no_call_imports_anything():
    code = f"""
sys.path.insert(0, {str(USAGE.parent)!r})
from openai_webhook_types import preload, schema, signature, testing
import usage
if {{}}:
    preload()
before = {{{{*sys.modules}}}}
usage.use("openai_webhook_types")
print(*sorted({{{{*sys.modules}}}} - before))
"""
    without, after = [run(code.format(is_called)).split() for is_called in (False, True)]
    assert "openai_webhook_types.events.batch" in without
    assert after == []


def test_it_can_be_called_at_any_time():
    preload()
    expected = {*sys.modules}
    preload()
    assert {*sys.modules} == expected


def test_freezers_find_every_module_of_the_library_and_are_told_of_no_other():
    statements = [node for node in ast.walk(PRELOAD) if isinstance(node, ast.ImportFrom)]
    told = {path for node in statements if node.level
            for path in files_of(INIT, node) if path.stem != "__init__"}  # fmt: skip
    library = {path for path in MODULES if path.relative_to(PACKAGE).parts[0] not in PROGRAM}
    assert reached({INIT, *told}) == library
    # The modules that it calls are found all the same.
    for module in told - {PACKAGE / "errors.py", PACKAGE / "_model" / "later.py", REGISTRY}:
        assert module not in reached({INIT, *told} - {module}), f"{module} is found without it"


def reached(paths):
    """Return some files, and those of the package that they import, but for freezers."""
    found, todo = set(), {*paths}
    while todo:
        path = todo.pop()
        found |= {path, path.with_name("__init__.py")}
        todo |= imports_of(path, late=False) - found
    return found
