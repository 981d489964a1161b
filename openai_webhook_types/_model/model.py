"""`Model`: the methods of every type, with the names of Pydantic and of the SDK.

The methods are thin: the other modules do the work, and most of them load on first use.
"""

from __future__ import annotations

import copy
import sys
from typing import (
    TYPE_CHECKING,
    Any,
    Callable,
    ClassVar,
    Dict,
    Iterator,
    Literal,
    Mapping,
    Optional,
    Set,
    Tuple,
    Type,
    TypeVar,
    Union,
)
from warnings import warn

from .later import later
from .reader import Reader, keep_unknown, new
from .record import Record, fill, set_fields, unknown

if TYPE_CHECKING:
    from typing_extensions import deprecated  # pyright: ignore[reportMissingModuleSource]

    from .. import _untrusted
    from . import construct, dump, json_parser, json_schema, pydantic_hooks, validation
else:

    def deprecated(_: str) -> Callable[[Any], Any]:
        """Return a function or class unchanged: only type checkers and editors warn of its use."""
        return lambda marked: marked

    _untrusted, construct, dump, json_parser, json_schema, pydantic_hooks, validation = later(
        globals(),
        ".._untrusted",
        ".construct",
        ".dump",
        ".json_parser",
        ".json_schema",
        ".pydantic_hooks",
        ".validation",
    )

__all__ = ["Model", "deprecated", "validated"]

T = TypeVar("T", bound="Model")


class _ModifySchema:
    """The method that Pydantic 1 calls for a JSON Schema. Pydantic 2.0 refuses a class with it."""

    def __get__(self, instance: object, cls: Type[Record]) -> Callable[[Dict[str, Any]], None]:
        if getattr(sys.modules.get("pydantic"), "VERSION", "") == "2.0":
            raise AttributeError("__modify_schema__")
        return lambda schema: schema.update(json_schema.field_schema(cls))


class Model(Record):
    """The base of all types: validation, serialization and copying, with Pydantic's names.

    The constructor validates its arguments as `from_dict` validates a payload. An argument that
    is the default of its field counts as unset.
    """

    if TYPE_CHECKING:
        __pydantic_config__: ClassVar[Dict[str, str]]

        @classmethod
        def _read(cls, reader: Reader) -> None:
            """Read each field, in order. Every type defines this method as its contract."""

    else:
        # For the JSON Schema that Pydantic makes: objects may have other properties. Annotated
        # only for type checkers: to resolve a type's hints is to resolve those of its bases.
        __pydantic_config__ = {"extra": "allow"}
        __modify_schema__ = _ModifySchema()

    @classmethod
    def _class_of(cls, given: Dict[Any, Any]) -> Type[Model]:
        """Return the class to read a payload as: this one, unless it stands for several."""
        return cls

    @classmethod
    def _read_exactly(cls: Type[T], given: Dict[Any, Any]) -> T:
        """Return the instance for a dict, if its values are of exactly the declared types.

        The types that most payloads consist of override this method with `_read` unrolled (2.9 µs
        instead of 4.4). The two must agree, so change them together:
        `tests/model/test_reader.py` compares them.

        Raises:
            Exception: A value is of another type. A `Validator` tells more.
        """
        self = new(cls)
        reader = new(Reader)
        reader.given = given
        reader.fields = fields = self.__dict__
        cls._read(reader)
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
        return validated(cls, obj, strict, None)

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

        The other keywords of Pydantic's method have no effect, and values that would need one
        are refused: unknown fields are always kept, there are no aliases, and attributes of
        objects are not read.

        Raises:
            TypeError: `extra` is "forbid" or "ignore", `from_attributes` is true, or both
                `by_alias` and `by_name` are false.
        """
        if extra is not None or not (from_attributes is by_alias is by_name is None):
            _check_flags(locals())
            _refuse_reading("model_validate", extra, by_alias, by_name, from_attributes)
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
        return validated(cls, json_parser.loads(data, cls.__name__), strict, data)

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
        if extra is not None or not (by_alias is by_name is None):
            _check_flags(locals())
            _refuse_reading("model_validate_json", extra, by_alias, by_name)
        return cls.from_json(json_data, strict=strict)

    @classmethod
    def model_construct(
        cls: Type[T], /, _fields_set: Optional[Set[str]] = None, **values: Any
    ) -> T:
        """Return an instance of trusted values, without validation.

        Where the type declares an object, a dict becomes one, at any depth. All other values are
        kept as they are. A field that is not given, or is None, has its default, or None if it
        has no default.

        Args:
            _fields_set: Names of declared fields that count as set besides those in `values`.
            **values: The fields, declared or not.

        Raises:
            TypeError: `_fields_set` is not a set.
        """
        return construct.construct(cls, values, set() if _fields_set is None else _fields_set)

    @classmethod
    @deprecated("Call model_construct")
    def construct(cls: Type[T], /, _fields_set: Optional[Set[str]] = None, **values: Any) -> T:
        """Return what `model_construct` returns. Pydantic 1 calls it by this name."""
        return cls.model_construct(_fields_set, **values)

    @classmethod
    @deprecated("Call model_validate")
    def parse_obj(cls: Type[T], obj: object) -> T:
        """Return what `model_validate` returns. This name, from Pydantic 1, is deprecated."""
        _warn_of_deprecated("parse_obj", "model_validate")
        return cls.model_validate(obj)

    @property
    def model_fields_set(self) -> Set[str]:
        """The names of the fields that the payload had, including unknown ones."""
        return {*set_fields(self), *unknown(self)}

    @property
    def model_extra(self) -> Dict[str, Any]:
        """The unknown fields, in their order; a new dict each time."""
        return dict(unknown(self))

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
        _refuse_schema(schema_generator, mode, union_format)
        return json_schema.model_json_schema(cls, ref_template)

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
            mode: "json" converts every value to one that JSON has; "python" keeps it, but makes a
                plain copy of every list, tuple, dict, set and dataclass.
            include: What to keep: a set of names, or a dict from names to either True or, in the
                same form, what to keep of the value. A list has indexes in place of names, and
                "__all__" stands for every name.
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
        if not (
            type(exclude_unset) is type(exclude_defaults) is type(exclude_none) is bool
            and exclude_computed_fields is round_trip is False
            and by_alias is polymorphic_serialization is None
            and serialize_as_any is False
            and warnings is True
        ):
            _check_flags(locals())
            _refuse_writing("model_dump", warnings)
        _check_mode(mode)
        json = mode == "json"
        is_usual = include is exclude is fallback is None and not (exclude_defaults or exclude_none)
        if is_usual and not json:
            return dump.dump_usually(self, exclude_unset)
        options = dump.Options(json, exclude_unset, exclude_defaults, exclude_none, fallback)
        return dump.dump(self, options, include, exclude)

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

        Takes the arguments of `model_dump`, and `ensure_ascii`, which escapes all characters
        that are not ASCII.

        Raises:
            ValueError: An unknown field has a value that JSON cannot hold.
            TypeError: As for `model_dump`.
        """
        if not (
            type(exclude_unset) is type(exclude_defaults) is type(exclude_none) is bool
            and exclude_computed_fields is round_trip is False
            and by_alias is polymorphic_serialization is None
            and serialize_as_any is ensure_ascii is False
            and warnings is True
        ):
            _check_flags(locals())
            _refuse_writing("model_dump_json", warnings)
        if include is exclude is fallback is None and not (exclude_defaults or exclude_none):
            text = dump.dump_json_usually(self, indent, exclude_unset)
        else:
            options = dump.Options(True, exclude_unset, exclude_defaults, exclude_none, fallback)
            text = dump.dump_json(self, options, indent, include, exclude)
        return dump.in_ascii(text) if ensure_ascii else text

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
        if (
            use_api_names is warnings is True
            and exclude_defaults is exclude_none is False
            and type(exclude_unset) is bool
            and mode == "python"
        ):
            return dump.dump_usually(self, exclude_unset)
        _check_flags(locals())
        _check_mode(mode)
        options = dump.Options(mode == "json", exclude_unset, exclude_defaults, exclude_none)
        return dump.dump(self, options)

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
        if (
            use_api_names is warnings is True
            and exclude_defaults is exclude_none is False
            and type(exclude_unset) is bool
        ):
            return dump.dump_json_usually(self, indent, exclude_unset)
        _check_flags(locals())
        options = dump.Options(True, exclude_unset, exclude_defaults, exclude_none)
        return dump.dump_json(self, options, indent)

    @deprecated("Call model_dump")
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
        """Return what `model_dump` returns. This name, from Pydantic 1, is deprecated."""
        _warn_of_deprecated("dict", "model_dump")
        return self.model_dump(
            include=include,
            exclude=exclude,
            by_alias=by_alias,
            exclude_unset=exclude_unset,
            exclude_defaults=exclude_defaults,
            exclude_none=exclude_none,
        )

    @deprecated("Call model_dump_json")
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
        """Return what `model_dump_json` returns. This name, from Pydantic 1, is deprecated."""
        _warn_of_deprecated("json", "model_dump_json")
        return self.model_dump_json(
            include=include,
            exclude=exclude,
            by_alias=by_alias,
            exclude_unset=exclude_unset,
            exclude_defaults=exclude_defaults,
            exclude_none=exclude_none,
        )

    def model_copy(self: T, *, update: Optional[Mapping[str, Any]] = None, deep: bool = False) -> T:
        """Return a copy, which keeps the unknown fields and knows which fields were set.

        Args:
            update: New values by field name, without validation.
            deep: Whether to copy the values too.

        Raises:
            TypeError: `update` is not a mapping.
        """
        if not isinstance(update, (Mapping, type(None))):
            raise TypeError(f"update must be a mapping of names, not {type(update).__name__}")
        if not update:
            return copy.deepcopy(self) if deep else copy.copy(self)
        fields = {**set_fields(self), **unknown(self), **update}
        if deep:
            kept = {name: value for name, value in fields.items() if name not in update}
            fields.update(copy.deepcopy(kept))
        return fill(new(type(self)), fields)

    @deprecated("Call model_copy")
    def copy(self: T, *, update: Optional[Mapping[str, Any]] = None, deep: bool = False) -> T:
        """Return what `model_copy` returns. This name, from Pydantic 1, is deprecated."""
        _warn_of_deprecated("copy", "model_copy")
        return self.model_copy(update=update, deep=deep)

    def __setstate__(self, state: Dict[str, Any]) -> None:
        """Take the fields of a copy or a pickle, which another version may have written."""
        self.__dict__.update(state)
        found = unknown(self)
        if found and not self.__dataclass_fields__.keys().isdisjoint(found):
            # The version that wrote a pickle may have declared fewer fields. Its values are
            # trusted, like those of any copy.
            construct.adopt(self, construct.construct(type(self), {**set_fields(self), **found}))

    def __post_init__(self) -> None:
        # Not `from_dict`: a subclass may override it and call the constructor there.
        construct.adopt(self, validated(type(self), construct.arguments(self), None, None))

    @classmethod
    def _from_pydantic(cls: Type[T], value: object, *, strict: bool = False) -> T:
        """Return what `from_dict` returns, where Pydantic may try other types as well."""
        return cls.from_dict(value, strict=strict)

    @classmethod
    def __get_validators__(cls) -> Iterator[Any]:
        yield pydantic_hooks.validator(cls)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        return pydantic_hooks.core_schema(cls, source, handler)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> Any:
        return pydantic_hooks.json_schema(core_schema, handler)

    @property
    def __pydantic_serializer__(self) -> Any:
        """The serializer with which Pydantic dumps a value of an undeclared type completely."""
        return pydantic_hooks.serializer()

    def __replace__(self: T, /, **changes: Any) -> T:
        return self.model_copy(update=changes)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # @dataclass does not replace a method that it finds in the class itself.
        cls.__replace__ = cls.__replace__  # type: ignore[method-assign]
        if "_read" in cls.__dict__ and "_read_exactly" not in cls.__dict__:
            # An unrolled method of a base only knows the contract of the base.
            cls._read_exactly = Model.__dict__["_read_exactly"]  # type: ignore[method-assign]


def validated(
    cls: Type[T], value: object, strict: Optional[bool], text: object, *, is_open: bool = False
) -> T:
    """Return the instance that a value describes, read exactly or else by Pydantic's rules.

    Args:
        cls: The class.
        value: Any value.
        strict: Whether to refuse values that would be coerced.
        text: The JSON text that the value was parsed from, or None.
        is_open: Whether a `Literal` may be any string, unless `strict` is true.

    Raises:
        ValidationError: The value is invalid.
    """
    if strict is not None and not _is_bool(strict):
        _check_flags({"strict": strict})
    if type(value) is dict:
        try:
            return cls._read_exactly(value)
        except (MemoryError, RecursionError) as error:
            if _untrusted.is_exhausted(error):
                raise
        except Exception:  # noqa: BLE001, S110 - the validator reports what is wrong
            pass
    return validation.read_by_rules(cls, value, strict, text, is_open=is_open)  # type: ignore[no-any-return]


# The flags of all methods, and the other values that each may have.
_FLAGS: Dict[str, Tuple[object, ...]] = {
    **dict.fromkeys(("by_alias", "by_name", "from_attributes", "strict"), (None,)),
    **dict.fromkeys(("ensure_ascii", "polymorphic_serialization", "use_api_names"), (None,)),
    **dict.fromkeys(("exclude_computed_fields", "round_trip"), ()),
    **dict.fromkeys(("exclude_defaults", "exclude_none", "exclude_unset", "serialize_as_any"), ()),
    "warnings": ("none", "warn", "error"),
}


def _is_bool(value: object) -> bool:
    # Type checkers take `type(strict) is bool` for always true, and what follows for unreachable.
    return type(value) is bool


def _check_flags(arguments: Mapping[str, object]) -> None:
    """Raise a TypeError for a flag that is no bool. Text such as "false" would count as true."""
    for name, value in arguments.items():
        if name not in _FLAGS or _is_bool(value):
            continue
        is_other = type(value) in (str, type(None)) and value in _FLAGS[name]
        if not (is_other or _untrusted.is_instance_of(value, "numpy", "bool_")):
            raise TypeError(f"{name} must be True or False, not {_untrusted.safe_repr(value)}")


def _check_mode(mode: object) -> None:
    """Raise a TypeError for a mode that is no text."""
    if not isinstance(mode, (str, type(None))):
        raise TypeError(f"mode must be 'python' or 'json', not {_untrusted.safe_repr(mode)}")


def _refuse_reading(
    method: str,
    extra: Optional[str],
    by_alias: Optional[bool],
    by_name: Optional[bool],
    from_attributes: Optional[bool] = None,
) -> None:
    """Raise a TypeError for an argument that would change what is read."""
    if extra is not None and extra != "allow":
        raise _unsupported(method, f"extra={extra!r}", "unknown fields are always kept")
    if from_attributes:
        hint = "pass a dict, such as what the object's to_dict() returns"
        raise _unsupported(method, "from_attributes=True", hint)
    if by_alias is False and not by_name:
        raise _unsupported(method, "by_alias=False", "set by_name=True; the fields have no aliases")


def _refuse_writing(method: str, warnings: object) -> None:
    """Raise a TypeError for `warnings="error"`, which would change what is written."""
    if warnings == "error":
        raise _unsupported(method, "warnings='error'", "no value causes a warning")


def _refuse_schema(schema_generator: object, mode: str, union_format: str) -> None:
    """Raise a TypeError for an argument that would change the JSON Schema."""
    if type(mode) is not str or mode not in ("validation", "serialization"):
        shown = _untrusted.safe_repr(mode)
        raise TypeError(f"mode must be 'validation' or 'serialization', not {shown}")
    if schema_generator is not None:
        hint = "pydantic.TypeAdapter(cls).json_schema(schema_generator=...) does"
        raise _unsupported("model_json_schema", "a schema_generator", hint)
    if union_format != "any_of":
        hint = "pydantic.TypeAdapter(cls).json_schema(union_format=...) does"
        raise _unsupported("model_json_schema", f"union_format={union_format!r}", hint)


def _warn_of_deprecated(old: str, new: str) -> None:
    """Warn the caller of a method that Pydantic deprecates, as Pydantic does."""
    warn(f"{old}() is deprecated: call {new}()", DeprecationWarning, stacklevel=3)


def _unsupported(method: str, argument: str, hint: str) -> TypeError:
    return TypeError(f"{method}() does not support {argument}: {hint}")
