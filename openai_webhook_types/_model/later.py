"""Modules that load on first use, where an import in the function would cost too much."""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["later"]


def later(importer: dict[str, Any], *names: str) -> list[Any]:
    """Return stand-ins for modules. On first use, each replaces itself with its module.

    A `from . import` in a function takes as long as reading a whole event. A module that has
    replaced its stand-in is as fast as any global.

    Args:
        importer: The `globals()` of the module that imports; the last part of each name is bound.
        names: The modules, relative to the package of the importer, such as ".dump".
    """
    return [_Later(name, importer) for name in names]


class _Later:
    """Stands for a module until something in it is asked for."""

    def __init__(self, name: str, importer: dict[str, Any]) -> None:
        self._name = name
        self._importer = importer

    def __getattr__(self, attribute: str) -> Any:
        module = import_module(self._name, self._importer["__package__"])
        self._importer[self._name.rpartition(".")[2]] = module
        return getattr(module, attribute)
