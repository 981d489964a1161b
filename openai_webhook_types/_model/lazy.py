"""Modules of this package that are imported when something in them is first used."""

from importlib import import_module
from typing import Any, Dict

__all__ = ["later"]


def later(importer: Dict[str, Any], *names: str) -> None:
    """Do what Python 3.15's `lazy from . import …` does, at the same cost once it is done.

    Args:
        importer: The `globals()` of the module that imports.
        names: The modules, relative to its package: ".dump".
    """
    for name in names:
        importer[name.lstrip(".")] = _Lazy(name, importer)


class _Lazy:
    """Stands for a module until something in it is first used, and then gives it its place."""

    def __init__(self, name: str, importer: Dict[str, Any]) -> None:
        self._name = name
        self._importer = importer

    def __getattr__(self, attribute: str) -> Any:
        module = import_module(self._name, self._importer["__package__"])
        self._importer[self._name.lstrip(".")] = module
        return getattr(module, attribute)
