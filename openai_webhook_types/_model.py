"""What every type shares: validation, serialization and copying, under Pydantic's names.

A type is a frozen dataclass. Its instance `__dict__` holds the fields that were set, in the
order declared, and, where there are any, the unknown ones together under `_extra`. A field
that was not set is not there, and reads as its default from the class.
"""

import copy
from dataclasses import MISSING, FrozenInstanceError
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

from ._jsontext import NotJSONError, dumps, jsonable, loads
from ._validation import Check, Surprise, is_unicode, read_model
from .errors import ValidationError

if TYPE_CHECKING:
    from typing_extensions import Self

T = TypeVar("T", bound="Model")

# mode == "json", exclude_unset, exclude_defaults, exclude_none
_Options = Tuple[bool, bool, bool, bool]

# Past the dataclass's own __init__, which sets one field after the other and costs twice this.
new = object.__new__


class Model:
    """What the types of this package have in common."""

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[Dict[str, Any]]

        @classmethod
        def _read(cls, obj: Dict[str, Any], check: Optional[Check]) -> Self:
            """Read the fields of a dict: the contract, hand-written by each type."""
            ...

    @classmethod
    def from_dict(cls: Type[T], obj: object, *, strict: Optional[bool] = None) -> T:
        """Return the instance that a payload describes, validated.

        Args:
            obj: A dict or another mapping. An instance of the class is returned as it is.
            strict: True refuses values of another type, as Pydantic's strict mode; otherwise
                they are coerced where its lax mode coerces them.

        Raises:
            ValidationError: The payload does not keep the contract; has every problem, and
                `obj` as `payload`.
        """
        if type(obj) is dict:
            try:
                return cls._read(obj, None)
            except Surprise:
                pass
        return validated(cls, obj, strict, obj)

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
            ValidationError: As for `from_dict`, with `data` as `payload`. Text that is not
                JSON is one problem of type `json_invalid`.
        """
        return validated(cls, parsed(data, cls.__name__), strict, data, from_json=True)

    model_validate_json = from_json

    @classmethod
    def model_construct(
        cls: Type[T], /, _fields_set: Optional[Set[str]] = None, **values: Any
    ) -> T:
        """Return an instance of values that are trusted, none of them validated.

        A dict where the type has an object becomes that object, at any depth; every other
        value stays what it is. A field without a value, or with None, has its default, or
        None where it has none.

        Args:
            _fields_set: Names of fields to count as set besides those in `values`.
            **values: The fields, declared or not.
        """
        return _construct(cls, values, _fields_set or ())

    def model_dump(
        self,
        *,
        mode: str = "python",
        exclude_unset: bool = False,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
    ) -> Dict[str, Any]:
        """Return the fields as a dict, with dicts and lists for what they hold.

        Args:
            mode: "json" makes every value one that JSON has; "python" keeps it.
            exclude_unset: Leave out the fields that the payload did not have.
            exclude_defaults: Leave out the fields that equal their default.
            exclude_none: Leave out the fields that are None.

        Raises:
            ValueError: In mode "json", an unknown field has a value that JSON cannot hold.
        """
        return _dump(self, (mode == "json", exclude_unset, exclude_defaults, exclude_none))

    def model_dump_json(
        self,
        *,
        indent: Optional[int] = None,
        exclude_unset: bool = False,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
    ) -> str:
        """Return the fields as JSON text: compact, or with `indent` spaces a level.

        Takes the arguments of `model_dump`, and raises what it raises in mode "json".
        """
        return dumps(_dump(self, (True, exclude_unset, exclude_defaults, exclude_none)), indent)

    def to_dict(
        self,
        *,
        mode: Literal["json", "python"] = "python",
        use_api_names: bool = True,
        exclude_unset: bool = True,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
    ) -> Dict[str, object]:
        """Return the payload that this instance stands for: `from_dict` in reverse.

        Takes the arguments of `model_dump`, but leaves out unset fields unless told
        otherwise. `use_api_names` changes nothing here: no field has another name in the API.
        """
        return _dump(self, (mode == "json", exclude_unset, exclude_defaults, exclude_none))

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
        return self.model_dump_json(
            indent=indent,
            exclude_unset=exclude_unset,
            exclude_defaults=exclude_defaults,
            exclude_none=exclude_none,
        )

    @property
    def model_fields_set(self) -> Set[str]:
        """The names of the fields that the payload had, unknown ones included."""
        return {name for name in self.__dict__ if name != "_extra"} | self.model_extra.keys()

    @property
    def model_extra(self) -> Dict[str, Any]:
        """The unknown fields, in their order; a new dict each time."""
        return dict(self.__dict__.get("_extra", ()))

    def model_copy(self: T, *, update: Optional[Mapping[str, Any]] = None, deep: bool = False) -> T:
        """Return a copy, which keeps unknown fields and which fields were set.

        Args:
            update: New values by field name, which are not validated.
            deep: Whether to copy the values too.
        """
        copied = copy.deepcopy(self) if deep else copy.copy(self)
        if update:
            own = {name: value for name, value in copied.__dict__.items() if name != "_extra"}
            return _filled(new(type(self)), {**own, **copied.model_extra, **update})
        return copied

    def __replace__(self: T, /, **changes: Any) -> T:
        return self.model_copy(update=changes)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # Where @dataclass finds it in the class itself, it leaves it alone.
        cls.__replace__ = Model.__replace__  # type: ignore[method-assign]

    if not TYPE_CHECKING:
        # Hidden from type checkers, which would take every misspelt name for an unknown field.
        def __getattr__(self, name: str) -> Any:
            if not (name.startswith("__") and name.endswith("__")):
                extra = self.__dict__.get("_extra", ())
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
        return self.__dict__ == other.__dict__ or (
            _declared(self) == _declared(other) and self.model_extra == other.model_extra
        )

    def __hash__(self) -> int:
        return hash((type(self), *map(_hash, _declared(self).values())))

    def __repr__(self) -> str:
        values = {**_declared(self), **self.model_extra}
        return f"{type(self).__name__}({', '.join([f'{k}={v!r}' for k, v in values.items()])})"


def validated(
    cls: Type[T], obj: object, strict: Optional[bool], payload: object, from_json: bool = False
) -> T:
    """Return the instance that a value gives, or raise what is wrong with the payload."""
    if type(obj) is dict:
        try:
            return cls._read(obj, None)
        except Surprise:
            pass
    check = Check(bool(strict))
    self: T = read_model(obj, cls, check)
    if check.problems:
        raise ValidationError(cls.__name__, check.problems, payload, from_json=from_json)
    return self


def parsed(data: object, title: str) -> Any:
    """Return the value of JSON text; `title` names what it should have been, for the error."""
    check = Check(strict=False)
    try:
        if isinstance(data, (bytes, bytearray)):
            return loads(data.decode())
        if not isinstance(data, str):
            check.fail("json_type", data)
        elif is_unicode(data):
            return loads(str.__str__(data))
        else:
            check.fail("string_unicode", data)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        column = error.start - error.object.rfind(b"\n", 0, error.start)
        check.fail("json_invalid", data, error=f"invalid UTF-8 at line {line} column {column}")
    except NotJSONError as error:
        check.fail("json_invalid", data, error=str(error))
    raise ValidationError(title, check.problems, data, from_json=True)


def _construct(cls: Type[T], values: Mapping[str, Any], also_set: Iterable[str] = ()) -> T:
    given = {**dict.fromkeys(also_set), **values}
    for name, field in cls.__dataclass_fields__.items():
        if name in given:
            if given[name] is not None:
                given[name] = _constructed(field.type, given[name])
            elif field.default is not MISSING:
                given[name] = field.default
    return _filled(new(cls), given)


def _constructed(kind: Any, value: Any) -> Any:
    """Return a value with the objects in it that a field of this type has."""
    if isinstance(kind, type) and issubclass(kind, Model):
        if isinstance(value, list):
            return tuple([_construct(kind, v) if isinstance(v, Mapping) else v for v in value])
        return _construct(kind, value) if isinstance(value, Mapping) else value
    inner = getattr(kind, "__args__", None)
    if not inner:
        return value
    if kind.__origin__ is tuple:
        return tuple([_constructed(inner[0], v) for v in value]) if type(value) is list else value
    return _constructed(inner[0], value)  # Optional


def _filled(self: T, values: Mapping[str, Any]) -> T:
    """Return the instance with these fields: the declared in their order, the rest unknown."""
    declared = self.__dataclass_fields__
    own = {name: values[name] for name in declared if name in values}
    extra = {name: value for name, value in values.items() if name not in declared}
    if extra:
        own["_extra"] = extra
    self.__dict__.update(own)
    return self


def _declared(self: "Model") -> Dict[str, Any]:
    return {name: getattr(self, name) for name in self.__dataclass_fields__}


def _hash(value: Any) -> int:
    try:
        return hash(value)
    except TypeError:
        return 0


def _dump(self: "Model", options: _Options) -> Dict[str, Any]:
    _, exclude_unset, exclude_defaults, exclude_none = options
    dumped = {}
    for name, value in (self.__dict__ if exclude_unset else _declared(self)).items():
        if name == "_extra" or (exclude_none and value is None):
            continue
        if exclude_defaults and value == self.__dataclass_fields__[name].default:
            continue
        # A list is held as a tuple, so that nothing can be added to it.
        dumped[name] = _dump_value(list(value) if type(value) is tuple else value, options)
    for name, value in self.model_extra.items():
        if not (exclude_none and value is None):
            dumped[name] = _dump_value(value, options)
    return dumped


def _dump_value(value: Any, options: _Options) -> Any:
    def dump_other(value: object) -> Any:
        if isinstance(value, Model):
            return _dump(value, options)
        raise ValueError(f"Unable to serialize unknown type: {type(value)}")

    kind = type(value)
    if kind is str or kind is int or value is None:
        return value
    if isinstance(value, Model):
        return _dump(value, options)
    if options[0]:
        return jsonable(value, dump_other)
    if kind is dict:
        return {key: _dump_value(item, options) for key, item in value.items()}
    if kind is list or kind is tuple:
        return kind([_dump_value(item, options) for item in value])
    return value
