"""The class that every type is a subclass of."""

from __future__ import annotations

import copy
from dataclasses import FrozenInstanceError
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Dict,
    Iterable,
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
from ._serialization import Serializable

if TYPE_CHECKING:
    from . import _arguments, _construct, _fields, _jsontext, _subclass, _validation
else:
    _arguments = LazyModule("_arguments", globals())
    _construct = LazyModule("_construct", globals())
    _fields = LazyModule("_fields", globals())
    _jsontext = LazyModule("_jsontext", globals())
    _subclass = LazyModule("_subclass", globals())
    _validation = LazyModule("_validation", globals())

__all__ = ["Model"]

T = TypeVar("T", bound="Model")


class Model(Serializable):
    """What all types have in common: validation, serialization and copying, by Pydantic's names.

    A type is a frozen dataclass. The `__dict__` of an instance has the fields that were set, in
    the order declared, and, where there are any, the unknown fields together under `_extra`. A
    field that was not set is not there, and reads as its default from the class.

    The constructor validates its arguments as `from_dict` validates a payload. An argument that
    is the default of its field counts as unset.

    Types are declared with `eq=False, repr=False`: the methods that `@dataclass` would add
    know nothing of unknown fields, and those of this class do.
    """

    # For the JSON Schema that Pydantic makes: objects may have other properties.
    __pydantic_config__: ClassVar[Dict[str, str]] = {"extra": "allow"}

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

    @classmethod
    def model_validate(
        cls: Type[T],
        obj: object,
        *,
        strict: Optional[bool] = None,
        extra: Optional[str] = None,
        from_attributes: Optional[bool] = None,
        context: object = None,
        by_alias: Optional[bool] = None,
        by_name: Optional[bool] = None,
    ) -> T:
        """Return what `from_dict` returns, and raise what it raises.

        The other keywords of Pydantic's method change nothing, or are refused where they would:
        unknown fields are always kept, there are no aliases, and attributes of objects are
        not read.

        Raises:
            TypeError: `extra` is "forbid" or "ignore", `from_attributes` is true, or both
                `by_alias` and `by_name` are false.
        """
        if extra or from_attributes or by_alias is False:
            _arguments.refuse_reading("model_validate", extra, by_alias, by_name, from_attributes)
        return cls.from_dict(obj, strict=strict)

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

    @classmethod
    def model_validate_json(
        cls: Type[T],
        json_data: Union[str, bytes, bytearray],
        *,
        strict: Optional[bool] = None,
        extra: Optional[str] = None,
        context: object = None,
        by_alias: Optional[bool] = None,
        by_name: Optional[bool] = None,
    ) -> T:
        """Return what `from_json` returns; the other keywords are those of `model_validate`."""
        if extra or by_alias is False:
            _arguments.refuse_reading("model_validate_json", extra, by_alias, by_name)
        return cls.from_json(json_data, strict=strict)

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

    @classmethod
    def construct(cls: Type[T], /, _fields_set: Optional[Set[str]] = None, **values: Any) -> T:
        """Return what `model_construct` returns: its name in Pydantic 1."""
        return cls.model_construct(_fields_set, **values)

    @classmethod
    def parse_obj(cls: Type[T], obj: object) -> T:
        """Return what `model_validate` returns: its name in Pydantic 1, which is deprecated."""
        _arguments.warn_of_deprecated("parse_obj", "model_validate")
        return cls.model_validate(obj)

    @property
    def model_fields_set(self) -> Set[str]:
        """The names of the fields that the payload had, including unknown ones."""
        return {*_fields.set_fields(self), *_fields.unknown(self)}

    @property
    def model_extra(self) -> Dict[str, Any]:
        """The unknown fields, in their order; a new dict each time."""
        return dict(_fields.unknown(self))

    @classmethod
    def model_json_schema(
        cls,
        by_alias: Optional[bool] = None,
        ref_template: str = "#/$defs/{model}",
        schema_generator: Optional[type] = None,
        mode: str = "validation",
        *,
        union_format: str = "any_of",
    ) -> Dict[str, Any]:
        """Return the JSON Schema of the payloads of this type: see `schema.model_json_schema`.

        Args:
            by_alias: Changes nothing: there are no aliases.
            ref_template: What a reference to a nested object looks like.
            schema_generator: Refused: the schema is not generated by Pydantic.
            mode: Changes nothing: what is read has the schema of what is written.
            union_format: Refused unless it is "any_of".

        Raises:
            TypeError: An argument is refused, or the class stands for several types.
        """
        from .schema import model_json_schema

        _arguments.refuse_schema("model_json_schema", schema_generator, union_format)
        return model_json_schema(cls, ref_template)

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

    def copy(self: T, *, update: Optional[Mapping[str, Any]] = None, deep: bool = False) -> T:
        """Return what `model_copy` returns: its name in Pydantic 1, which is deprecated."""
        _arguments.warn_of_deprecated("copy", "model_copy")
        return self.model_copy(update=update, deep=deep)

    def __post_init__(self) -> None:
        _construct.validate_arguments(self)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from ._pydantic import core_schema

        return core_schema(cls, source, handler)

    def __getstate__(self) -> Dict[str, Any]:
        return _fields.state(self)

    def __replace__(self: T, /, **changes: Any) -> T:
        return self.model_copy(update=changes)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # Where @dataclass finds the method in the class itself, it leaves it alone.
        cls.__replace__ = Model.__replace__  # type: ignore[method-assign]
        is_ours = cls.__module__.startswith(f"{__package__}.")
        if hasattr(cls, "__dataclass_fields__") and not is_ours:
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
