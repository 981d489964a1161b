"""What every type is made of. Read `record`, `reader` and `model`; each file uses those above it.

record      what an instance holds, and how it compares and is shown
reader      reads a payload whose values are of exactly the declared types, as most are
rules       what Pydantic makes of a value of another type
validation  reads any other payload by those rules, and reports everything wrong with it
jsonparser  reads JSON text as strictly as Pydantic
construct   makes an instance of arguments, or of trusted values
filter      the parts of a dump that `include` and `exclude` name
dump        makes a dict or JSON text of an instance
schema      the JSON Schema of a type
subclass    what a subclass outside this package may declare
pydantic    what Pydantic asks of a type
model       `Model`: all of this as methods, by the names of Pydantic and of the SDK

What a type needs to read valid payloads loads with it; the rest loads on first use, by `later`.
"""

from importlib import import_module
from typing import Any, Dict, List

__all__ = ["later"]


def later(importer: Dict[str, Any], *names: str) -> List[Any]:
    """Do what `lazy from . import …` does in Python 3.15, and cost nothing once it is done.

    Args:
        importer: The `globals()` of the module that imports, under whose last names they go.
        names: The modules, relative to its package: ".dump".
    """
    return [_Lazy(name, importer) for name in names]


class _Lazy:
    """Stands for a module until something in it is first used, and then gives it its place."""

    def __init__(self, name: str, importer: Dict[str, Any]) -> None:
        self._name = name
        self._importer = importer

    def __getattr__(self, attribute: str) -> Any:
        module = import_module(self._name, self._importer["__package__"])
        self._importer[self._name.lstrip(".")] = module
        return getattr(module, attribute)
