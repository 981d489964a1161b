"""The methods of every type that dump its fields, by the names of Pydantic and of the SDK."""

from __future__ import annotations

import sys
from typing import (
    TYPE_CHECKING,
    Any,
    Callable,
    ClassVar,
    Dict,
    Iterator,
    Literal,
    Optional,
    Tuple,
    Union,
)

from ._lazy import LazyModule

if TYPE_CHECKING:
    from . import _arguments, _dump, _fields
else:
    _arguments = LazyModule("_arguments", globals())
    _dump = LazyModule("_dump", globals())
    _fields = LazyModule("_fields", globals())

__all__ = ["Serializable"]


class Serializable:
    """What can be dumped as a dict or as JSON text: the part of `Model` that does so."""

    # Whether the `__dict__` of an instance has nothing but fields, in their order. Subclasses of
    # others may have more there; PyPy may use the order of an earlier instance.
    _has_fields_only = sys.implementation.name == "cpython"

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[Dict[str, Any]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if hasattr(cls, "__dataclass_fields__"):
            # orjson looks for them in the class itself; a subclass need not be decorated.
            cls.__dataclass_fields__ = cls.__dataclass_fields__

    def model_dump(
        self,
        *,
        mode: str = "python",
        include: object = None,
        exclude: object = None,
        context: object = None,
        by_alias: Optional[bool] = None,
        exclude_unset: bool = False,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
        exclude_computed_fields: bool = False,
        round_trip: bool = False,
        warnings: Union[bool, str] = True,
        fallback: Optional[Callable[[Any], Any]] = None,
        serialize_as_any: bool = False,
        polymorphic_serialization: Optional[bool] = None,
    ) -> Dict[str, Any]:
        """Return the fields as a dict, with dicts for objects and lists for tuples.

        The keywords of Pydantic's method that are not described here change nothing.

        Args:
            mode: "json" converts every value to one that JSON has; "python" keeps it.
            include: What to keep: a set of names, or a dict from names to True, or to what to
                keep of the value. Lists have indexes for names; "__all__" stands for every name.
            exclude: What to leave out, in the same form.
            exclude_unset: Leave out the fields that the payload did not have.
            exclude_defaults: Leave out the fields that equal their default.
            exclude_none: Leave out the fields that are None.
            warnings: Nothing warns, so "error" is refused.
            fallback: Is called with each value of a type that JSON mode does not know, and
                returns another in its place.

        Raises:
            ValueError: In mode "json", an unknown field has a value that JSON cannot hold.
            RecursionError: An unknown field has a value that is nested too deeply.
            TypeError: `include` or `exclude` has another form, or `warnings` is "error".
        """
        if warnings == "error":
            _arguments.refuse_writing("model_dump")
        json = mode == "json"
        is_usual = include is exclude is fallback is None and not (exclude_defaults or exclude_none)
        if is_usual and not json:
            return _dump.dump_usually(self, exclude_unset)
        options = _dump.Options(json, exclude_unset, exclude_defaults, exclude_none, fallback)
        return _dump.dump_part(self, options, include, exclude)

    def model_dump_json(
        self,
        *,
        indent: Optional[int] = None,
        ensure_ascii: bool = False,
        include: object = None,
        exclude: object = None,
        context: object = None,
        by_alias: Optional[bool] = None,
        exclude_unset: bool = False,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
        exclude_computed_fields: bool = False,
        round_trip: bool = False,
        warnings: Union[bool, str] = True,
        fallback: Optional[Callable[[Any], Any]] = None,
        serialize_as_any: bool = False,
        polymorphic_serialization: Optional[bool] = None,
    ) -> str:
        """Return the fields as JSON text: compact, or with `indent` spaces a level.

        Takes the arguments of `model_dump`, and `ensure_ascii`, which escapes all other
        characters.

        Raises:
            ValueError: An unknown field has a value that JSON cannot hold.
            TypeError: As for `model_dump`.
        """
        if warnings == "error":
            _arguments.refuse_writing("model_dump_json")
        text = None
        if include is exclude is None and not (exclude_defaults or exclude_none):
            text = _dump.dump_json_usually(self, indent, exclude_unset)
        if text is None:
            options = _dump.Options(True, exclude_unset, exclude_defaults, exclude_none, fallback)
            text = _dump.dump_json(self, options, indent, include, exclude)
        return _dump.in_ascii(text) if ensure_ascii else text

    def to_dict(
        self,
        *,
        mode: Literal["json", "python"] = "python",
        use_api_names: bool = True,
        exclude_unset: bool = True,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
        warnings: bool = True,
    ) -> Dict[str, object]:
        """Return the payload that this instance stands for: the reverse of `from_dict`.

        Takes the arguments of `model_dump`, but leaves out unset fields by default.
        `use_api_names` changes nothing here: no field has another name in the API.
        """
        if mode == "python" and not (exclude_defaults or exclude_none):
            return _dump.dump_usually(self, exclude_unset)
        options = _dump.Options(mode == "json", exclude_unset, exclude_defaults, exclude_none)
        return _dump.dump(self, options)

    def to_json(
        self,
        *,
        indent: Optional[int] = 2,
        use_api_names: bool = True,
        exclude_unset: bool = True,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
        warnings: bool = True,
    ) -> str:
        """Return `to_dict` as JSON text, with `indent` spaces a level, or compact for None."""
        return self.model_dump_json(
            indent=indent,
            exclude_unset=exclude_unset,
            exclude_defaults=exclude_defaults,
            exclude_none=exclude_none,
        )

    def dict(
        self,
        *,
        include: object = None,
        exclude: object = None,
        by_alias: bool = False,
        exclude_unset: bool = False,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
    ) -> Dict[str, Any]:
        """Return what `model_dump` returns: its name in Pydantic 1, which is deprecated."""
        _arguments.warn_of_deprecated("dict", "model_dump")
        options = _dump.Options(False, exclude_unset, exclude_defaults, exclude_none)
        return _dump.dump_part(self, options, include, exclude)

    def json(
        self,
        *,
        include: object = None,
        exclude: object = None,
        by_alias: bool = False,
        exclude_unset: bool = False,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
    ) -> str:
        """Return what `model_dump_json` returns: its name in Pydantic 1, which is deprecated."""
        _arguments.warn_of_deprecated("json", "model_dump_json")
        options = _dump.Options(True, exclude_unset, exclude_defaults, exclude_none)
        return _dump.dump_json(self, options, None, include, exclude)

    @property
    def __pydantic_serializer__(self) -> Any:
        """What Pydantic dumps a value of an undeclared type with, instead of its fields alone."""
        from ._pydantic import serializer

        return serializer(type(self))  # type: ignore[arg-type]

    def __iter__(self) -> Iterator[Tuple[str, Any]]:
        """Iterate over the names and values of all fields, so that `dict` makes a dict of them."""
        return iter({**_fields.declared(self), **_fields.unknown(self)}.items())
