"""Modules that load on first use, where an import in the function would cost too much.

They load through `builtins.__import__`, as by a statement: hosts of plug-ins, such as QGIS, replace
that function to note what a plug-in imports, and remove it when the plug-in is loaded again. What
`importlib.import_module` loads goes unnoticed there, and would stay. A statement in the function
would be noticed too, but not only costs more: once a host has removed the modules, it would load
those of the next copy, whose classes are others.
"""

from __future__ import annotations

from typing import Any

__all__ = ["later", "load_all"]

# The stand-ins of this package, those that were replaced among them.
_WAITING: list[Any] = []


def later(importer: dict[str, Any], *names: str) -> list[Any]:
    """Return stand-ins for modules. On first use, each replaces itself with its module.

    A `from . import` in a function takes as long as reading a whole event. A module that has
    replaced its stand-in is as fast as any global.

    Args:
        importer: The `globals()` of the module that imports; the last part of each name is bound.
        names: The modules, relative to the package of the importer, such as ".dump".
    """
    return [_Later(name, importer) for name in names]


def load_all() -> None:
    """Load every module that has a stand-in, but for those that this copy was made without."""
    from contextlib import suppress

    for stand_in in _WAITING:  # a module that loads may add more
        with suppress(ImportError):
            stand_in.load()


class _Later:
    """Stands for a module until something in it is asked for."""

    def __init__(self, name: str, importer: dict[str, Any]) -> None:
        self._name = name
        self._importer = importer
        _WAITING.append(self)

    def load(self) -> Any:
        """Return the module, which is in the place of this object from now on."""
        name = self._name.lstrip(".")
        level = len(self._name) - len(name)
        module = __import__(name, self._importer, None, ["*"], level)
        self._importer[name.rpartition(".")[2]] = module
        return module

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):  # asked by what copies or inspects any object
            raise AttributeError(attribute)
        return getattr(self.load(), attribute)
