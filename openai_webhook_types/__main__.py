"""`python -m openai_webhook_types`, or `python path/to/openai_webhook_types`."""

import sys
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from os.path import abspath, dirname, join
from typing import Any

__all__: "list[str]" = []


def _run() -> int:
    package = __package__ or _named(dirname(abspath(__file__)))
    if find_spec(f"{package}.cli") is None:
        sys.stderr.write(f"{package}: this copy was made without its command line\n")
        return 2
    return int(__import__(f"{package}.cli", fromlist=["main"]).main())


def _named(folder: str) -> str:
    """Import the package from its folder, which Python runs as a program, and return its name."""
    name = "openai_webhook_types"
    # Python also looks for modules in the folder: its `errors` and `schema` would hide others.
    sys.path[:] = [path for path in sys.path if abspath(path) != folder]
    spec: Any = spec_from_file_location(name, join(folder, "__init__.py"))
    sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    return name


if __name__ == "__main__":
    try:
        sys.exit(_run())
    except KeyboardInterrupt:  # which may come while the modules load
        sys.exit(130)
