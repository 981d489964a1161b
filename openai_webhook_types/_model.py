"""The class that every type is a subclass of."""

from __future__ import annotations

import copy
import sys
from dataclasses import FrozenInstanceError
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Dict,
    Iterable,
    Literal,
    Mapping,
    Optional,
    Set,
    Tuple,
    Type,
    TypeVar,
    Union,
)

from ._lazy import LazyModule
from ._reader import Reader, keep_unknown, new

if TYPE_CHECKING:
    from . import _construct, _dump, _fields, _jsontext, _subclass, _validation
else:
    _construct = LazyModule("_construct", globals())
    _dump = LazyModule("_dump", globals())
    _fields = LazyModule("_fields", globals())
    _jsontext = LazyModule("_jsontext", globals())
    _subclass = LazyModule("_subclass", globals())
    _validation = LazyModule("_validation", globals())

__all__ = ["Model"]

T = TypeVar("T", bound="Model")


class Model:
    """What all types have in common: validation, serialization and copying, by Pydantic's names.

    A type is a frozen dataclass. The `__dict__` of an instance has the fields that were set, in
    the order declared, and, where there are any, the unknown fields together under `_extra`. A
    field that was not set is not there, and reads as its default from the class.

    Types are declared with `eq=False, repr=False`: the methods that `@dataclass` would add
    know nothing of unknown fields, and those of this class do.
    """

    # Whether the `__dict__` of an instance has nothing but fields, in their order. Subclasses of
    # others may have more there; PyPy may use the order of an earlier instance.
    _has_fields_only = sys.implementation.name == "cpython"

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[Dict[str, Any]]

    @classmethod
    def _read(cls, read: Reader) -> None:
        """Read each field, in order: the contract of a type, which every type defines."""
        raise NotImplementedError

    @classmethod
    def _class_of(cls, given: Dict[Any, Any]) -> Type[Model]:
        """Return the class to read a payload as: this one, unless it stands for several."""
        return cls

    @classmethod
    def _read_exactly(cls: Type[T], given: Dict[Any, Any]) -> T:
        """Return the instance of a dict whose values are of exactly the declared types.

        The types that most payloads consist of have a copy of this with `_read` unrolled.

        Raises:
            Exception: They are not. A `Validator` tells more.
        """
        self = new(cls)
        read = new(Reader)
        read.given = given
        read.fields = fields = self.__dict__
        cls._read(read)
        if len(fields) != len(given):
            keep_unknown(fields, given)
        return self

    @classmethod
    def from_dict(cls: Type[T], obj: object, *, strict: Optional[bool] = None) -> T:
        """Return the instance that a payload describes, validated.

        Args:
            obj: A dict or another mapping. An instance of the class is returned unchanged.
            strict: Whether to refuse values of another type, as Pydantic's strict mode does,
                rather than coerce them as its lax mode does.

        Raises:
            ValidationError: The payload is invalid. The error has every problem, and `obj` as
                its `payload`.
        """
        if type(obj) is dict:
            try:
                return cls._read_exactly(obj)
            except Exception:  # whatever is wrong with it, the validator reports
                pass
        return _validation.validate(cls, obj, strict)  # type: ignore[no-any-return]

    model_validate = from_dict

    @classmethod
    def from_json(
        cls: Type[T], data: Union[str, bytes, bytearray], *, strict: Optional[bool] = None
    ) -> T:
        """Return the instance that JSON text describes, validated.

        Args:
            data: The text, or its UTF-8 bytes.
            strict: As for `from_dict`.

        Raises:
            ValidationError: As for `from_dict`, with `data` as its `payload`. Text that is not
                JSON is one problem, of type `json_invalid`.
        """
        value = _jsontext.loads(data, cls)
        if type(value) is dict:
            try:
                return cls._read_exactly(value)
            except Exception:  # as in `from_dict`
                pass
        return _validation.validate(cls, value, strict, data)  # type: ignore[no-any-return]

    model_validate_json = from_json

    @classmethod
    def model_construct(
        cls: Type[T], /, _fields_set: Optional[Set[str]] = None, **values: Any
    ) -> T:
        """Return an instance of trusted values, without validation.

        A dict becomes an object where the type has one, at any depth; all other values are kept
        as they are. A field without a value, or with None, has its default, or None where it
        has none.

        Args:
            _fields_set: Names of fields that count as set besides those in `values`.
            **values: The fields, declared or not.
        """
        return _construct.construct(cls, values, _fields_set or ())

    def model_dump(
        self,
        *,
        mode: str = "python",
        exclude_unset: bool = False,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
    ) -> Dict[str, Any]:
        """Return the fields as a dict, with dicts for objects and lists for tuples.

        Args:
            mode: "json" converts every value to one that JSON has; "python" keeps it.
            exclude_unset: Leave out the fields that the payload did not have.
            exclude_defaults: Leave out the fields that equal their default.
            exclude_none: Leave out the fields that are None.

        Raises:
            ValueError: In mode "json", an unknown field has a value that JSON cannot hold.
            RecursionError: An unknown field has a value that is nested too deeply.
        """
        if mode != "json" and not (exclude_defaults or exclude_none):
            return _dump.dump_usually(self, exclude_unset)
        json = mode == "json"
        options = _dump.Options(json, exclude_unset, exclude_defaults, exclude_none)
        return _dump.dump(self, options)

    def model_dump_json(
        self,
        *,
        indent: Optional[int] = None,
        exclude_unset: bool = False,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
    ) -> str:
        """Return the fields as JSON text: compact, or with `indent` spaces a level.

        Takes the arguments of `model_dump`.

        Raises:
            ValueError: An unknown field has a value that JSON cannot hold.
        """
        return _dump.dump_json(self, indent, exclude_unset, exclude_defaults, exclude_none)

    def to_dict(
        self,
        *,
        mode: Literal["json", "python"] = "python",
        use_api_names: bool = True,
        exclude_unset: bool = True,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
    ) -> Dict[str, object]:
        """Return the payload that this instance stands for: the reverse of `from_dict`.

        Takes the arguments of `model_dump`, but leaves out unset fields by default.
        `use_api_names` changes nothing here: no field has another name in the API.
        """
        if mode == "python" and not (exclude_defaults or exclude_none):
            return _dump.dump_usually(self, exclude_unset)
        return self.model_dump(
            mode=mode,
            exclude_unset=exclude_unset,
            exclude_defaults=exclude_defaults,
            exclude_none=exclude_none,
        )

    def to_json(
        self,
        *,
        indent: Optional[int] = 2,
        use_api_names: bool = True,
        exclude_unset: bool = True,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
    ) -> str:
        """Return `to_dict` as JSON text, with `indent` spaces a level, or compact for None."""
        return _dump.dump_json(self, indent, exclude_unset, exclude_defaults, exclude_none)

    @property
    def model_fields_set(self) -> Set[str]:
        """The names of the fields that the payload had, including unknown ones."""
        return {*_fields.set_fields(self), *_fields.unknown(self)}

    @property
    def model_extra(self) -> Dict[str, Any]:
        """The unknown fields, in their order; a new dict each time."""
        return dict(_fields.unknown(self))

    @classmethod
    def model_json_schema(cls) -> Dict[str, Any]:
        """Return the JSON Schema of the payloads of this type: see `schema.model_json_schema`."""
        from .schema import model_json_schema

        return model_json_schema(cls)

    def model_copy(self: T, *, update: Optional[Mapping[str, Any]] = None, deep: bool = False) -> T:
        """Return a copy, which keeps unknown fields and which fields were set.

        Args:
            update: New values by field name, without validation.
            deep: Whether to copy the values too.
        """
        copied = copy.deepcopy(self) if deep else copy.copy(self)
        if update:
            own = _fields.set_fields(copied)
            return _fields.fill(new(type(self)), {**own, **copied.model_extra, **update})
        return copied

    def __getstate__(self) -> Dict[str, Any]:
        return _fields.state(self)

    def __replace__(self: T, /, **changes: Any) -> T:
        return self.model_copy(update=changes)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # Where @dataclass finds the method in the class itself, it leaves it alone.
        cls.__replace__ = Model.__replace__  # type: ignore[method-assign]
        if hasattr(cls, "__dataclass_fields__"):
            # orjson looks for them in the class itself; a subclass need not be decorated.
            cls.__dataclass_fields__ = cls.__dataclass_fields__
            if not cls.__module__.startswith(f"{__package__}."):
                cls._has_fields_only = False
                _subclass.refuse_new_fields(cls)

    if not TYPE_CHECKING:
        # Hidden from type checkers, to which these would allow every name there can be.
        def __getattr__(self, name: str) -> Any:
            extra = self.__dict__.get("_extra")
            if extra is not None and not (name.startswith("__") and name.endswith("__")):
                if name in extra:
                    return extra[name]
                if name in self.__dataclass_fields__:
                    return None  # a required field that model_construct was not given
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

        def __setattr__(self, name: str, value: object) -> None:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")

        def __delattr__(self, name: str) -> None:
            raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        if self.__dict__ == other.__dict__:
            return True
        if _fields.declared(self) != _fields.declared(other):
            return False
        return _fields.unknown(self) == _fields.unknown(other)

    def __hash__(self) -> int:
        return _fields.hash_of(self)

    def __rich_repr__(self) -> Iterable[Tuple[str, Any]]:
        fields = self.__dataclass_fields__
        shown = [(k, v) for k, v in _fields.declared(self).items() if fields[k].repr]
        return [*shown, *_fields.unknown(self).items()]

    def __repr__(self) -> str:
        shown = [f"{name}={value!r}" for name, value in self.__rich_repr__()]
        return f"{type(self).__name__}({', '.join(shown)})"
