"""Runs the application on the SDK, then on this package after the swaps: tests and mypy."""

import sys
import tempfile
from pathlib import Path

from .runs import SIDES, check_types, copy_app, run_tests


def main() -> int:
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        for side, rewrite in SIDES.items():
            copy_app(Path(folder, side), rewrite)
            for check in (run_tests, check_types):
                done = check(Path(folder, side))
                sys.stdout.write(f"== {side}: {check.__name__}\n{done.stdout}{done.stderr}")
                failed += [f"{side}: {check.__name__}"] if done.returncode else []
    sys.stdout.write(f"FAILED: {', '.join(failed)}\n" if failed else "Both sides pass.\n")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
