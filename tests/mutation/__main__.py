import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import local

ROOT = Path(__file__).parents[2]
PACKAGE = "openai_webhook_types"
# What judges a mutant: the core, and the processes, which need the same.
JUDGES = ["tests", "tests/processes"]
# Tests that say nothing of the code, or run all others once more.
IGNORED = ["test_documents.py", "processes/test_new_event_type.py"]
SWAPS = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Lt: ast.LtE, ast.LtE: ast.Lt,
    ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Mod: ast.Mult,
}  # fmt: skip


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--sample", type=int, default=400, help="how many mutants to try")
    parser.add_argument("--seed", type=int, default=1, help="which of all mutants those are")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="how many at a time")
    parser.add_argument("--only", default="", help="files whose path has this")
    options = parser.parse_args()
    mutants = [
        (path, number)
        for path in sorted((ROOT / PACKAGE).rglob("*.py"))
        if options.only in str(path)
        for number in range(len(mutations(ast.parse(path.read_text(encoding="utf-8")))))
    ]
    random.Random(options.seed).shuffle(mutants)
    chosen = sorted(mutants[: options.sample])
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(options.jobs) as executor:
        place = Workplaces(Path(folder))
        if place.fails(JUDGES):
            sys.exit("the tests fail before anything is changed")
        killed = 0
        for said in executor.map(place.survives, chosen):
            killed += said is None
            if said:
                print(f"survived: {said}", flush=True)
    print(f"{killed} of {len(chosen)} mutants killed, of {len(mutants)} in all")


class Workplaces(local):
    """A copy of the package and its tests for each thread."""

    def __init__(self, folder):
        self.root = Path(tempfile.mkdtemp(dir=folder))
        ignored = shutil.ignore_patterns("__pycache__")
        for name in (PACKAGE, "tests"):
            shutil.copytree(ROOT / name, self.root / name, ignore=ignored)
        for name in ("CONTRIBUTING.md", "LICENSE", "README.md", "pyproject.toml"):
            shutil.copy(ROOT / name, self.root)

    def survives(self, mutant):
        """Return what was changed if no test fails for it."""
        path, number = mutant
        source = path.read_text(encoding="utf-8")
        tree = ast.parse(source)
        line = mutations(tree)[number]()
        target = self.root / path.relative_to(ROOT)
        target.write_text(ast.unparse(tree), encoding="utf-8")
        try:
            nearest = [*self.nearest(path)]
            noticed = (nearest and self.fails(nearest)) or self.fails(JUDGES)
        finally:
            target.write_text(source, encoding="utf-8")
        if noticed:
            return None
        before, after = source.splitlines()[line - 1].strip(), difference(source, tree, line)
        return f"{path.relative_to(ROOT)}:{line}: {before}  ->  {after}"

    def nearest(self, path):
        """Yield the file of tests that mirrors a module: it notices most changes, and soonest."""
        folder = path.relative_to(ROOT / PACKAGE).parent.name.strip("_")
        name = "base" if folder == "events" else path.stem.strip("_")
        tests = Path("tests", folder, f"test_{name}.py")
        if name == "pydantic_hooks":
            # Pydantic alone calls this module.
            tests = Path("tests/interop/test_pydantic_fields.py")
        if (self.root / tests).exists():
            yield str(tests)

    def fails(self, tests):
        """Tell whether one of some tests fails."""
        command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
        command += [f"--ignore=tests/{name}" for name in IGNORED]
        try:
            done = subprocess.run(
                [*command, *tests],
                cwd=self.root,
                env={**os.environ, "OPENAI_WEBHOOK_TYPES_TEST_EXAMPLES": "10", "CI": "true"},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=300,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return True
        return done.returncode != 0


def difference(source, tree, line):
    """Return the statement of a mutated tree that begins at a line, or holds it."""
    holding = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= node.end_lineno
    ]
    innermost = max(holding, key=lambda node: node.lineno, default=None)
    return ast.unparse(innermost).splitlines()[0] if innermost else "(deleted)"


def mutations(tree):
    """Return functions that each change the tree in one place and return the line of it."""
    found = []
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            for index, node in enumerate(value if isinstance(value, list) else [value]):
                if isinstance(node, ast.AST):
                    where = (parent, field, index if isinstance(value, list) else None)
                    found += [Change(where, node, new) for new in changed(node, parent)]
    return found


class Change:
    def __init__(self, where, node, new):
        self.where, self.node, self.new = where, node, new

    def __call__(self):
        parent, field, index = self.where
        if index is None:
            setattr(parent, field, self.new)
        else:
            getattr(parent, field)[index] = self.new
        ast.fix_missing_locations(parent)
        return getattr(self.node, "lineno", getattr(parent, "lineno", 1))


def changed(node, parent):
    """Yield what a node can be replaced with."""
    if type(node) in SWAPS:
        yield SWAPS[type(node)]()
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.Constant) and not isinstance(parent, (ast.Expr, ast.JoinedStr)):
        yield from changed_constants(node)
    elif isinstance(node, (ast.If, ast.While, ast.IfExp)):
        inverted = copy.copy(node)
        inverted.test = ast.UnaryOp(ast.Not(), node.test)
        yield inverted
    elif isinstance(node, ast.Return) and node.value and not is_none(node.value):
        yield ast.copy_location(ast.Return(ast.Constant(None)), node)
    elif isinstance(node, (ast.Assign, ast.AugAssign, ast.Raise, ast.Delete)) or (
        isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant)
    ):
        yield ast.copy_location(ast.Pass(), node)


def changed_constants(node):
    value = node.value
    if isinstance(value, bool):
        new = not value
    elif isinstance(value, (int, float)):
        new = value + 1
    elif isinstance(value, str) and value:
        new = f"XX{value}XX"
    elif isinstance(value, bytes) and value:
        new = b"XX" + value
    else:
        return
    yield ast.copy_location(ast.Constant(new), node)


def is_none(node):
    return isinstance(node, ast.Constant) and node.value is None


if __name__ == "__main__":
    main()
