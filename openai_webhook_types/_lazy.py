"""Modules of this package that are imported when something in them is first used."""

from importlib import import_module
from typing import Any, Dict

__all__ = ["LazyModule"]


class LazyModule:
    """Stands for a module of this package until something in it is first used.

    The first use puts the module itself in its place.
    """

    def __init__(self, name: str, importer: Dict[str, Any]) -> None:
        self._name = name
        self._importer = importer

    def __getattr__(self, attribute: str) -> Any:
        module = import_module(f".{self._name}", __package__)
        self._importer[self._name] = module
        return getattr(module, attribute)
