"""What every type shares: validation, serialization and copying, under Pydantic's names.

A type is a frozen dataclass. Its instance `__dict__` holds the fields that were set, in the
order declared, and, where there are any, the unknown ones together under `_extra`. A field
that was not set is not there, and reads as its default from the class.
"""

import copy
import sys
from dataclasses import MISSING, FrozenInstanceError
from functools import lru_cache
from importlib import import_module
from typing import (
    TYPE_CHECKING,
    Any,
    Callable,
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

from ._validation import Check, Surprise, read_model

if TYPE_CHECKING:
    from typing_extensions import Self

    from . import _jsontext, errors
else:

    class _Late:
        """A module of this package, imported when something of it is first asked for."""

        def __init__(self, name: str) -> None:
            self._name = name

        def __getattr__(self, name: str) -> Any:
            value = getattr(import_module(self._name, __package__), name)
            setattr(self, name, value)
            return value

    _jsontext = _Late("._jsontext")
    errors = _Late(".errors")

T = TypeVar("T", bound="Model")

# PyPy may lay out an instance's fields in the order that an earlier one had.
_KEEPS_ORDER = sys.implementation.name == "cpython"

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
        return read(cls, obj, strict, None)

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
        try:
            return cls._read(_jsontext.loads(data), None)
        except (Surprise, ValueError, AttributeError):  # the last where it is no dict
            pass
        return read(cls, parsed(data, cls.__name__), strict, data)

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
            RecursionError: An unknown field has a value that is nested too deeply.
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

        Takes the arguments of `model_dump`.

        Raises:
            ValueError: An unknown field has a value that JSON cannot hold.
        """
        if indent is None and not (exclude_unset or exclude_defaults or exclude_none):
            try:
                text = _compact_dumps()(_plain(self))
                if text is not None:
                    return text
            except (Surprise, TypeError, ValueError, RecursionError):
                pass
        options = (True, exclude_unset, exclude_defaults, exclude_none)
        try:
            return _jsontext.dumps(_dump(self, options), indent)
        except RecursionError:
            pass
        raise ValueError("a value is nested too deeply, or in itself")

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

    @classmethod
    def model_json_schema(cls) -> Dict[str, Any]:
        """Return the JSON Schema of the payloads of this type: see `schema.model_json_schema`."""
        from .schema import model_json_schema

        return model_json_schema(cls)

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
        if hasattr(cls, "__dataclass_fields__"):
            # orjson looks for them in the class itself; a subclass need not be decorated.
            cls.__dataclass_fields__ = cls.__dataclass_fields__

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
        return self.__dict__ == other.__dict__ or _split(self) == _split(other)

    def __hash__(self) -> int:
        fields, _ = _split(self)
        return hash((type(self), *map(_hash, fields.values())))

    def __rich_repr__(self) -> Iterable[Tuple[str, Any]]:
        fields, extra = _split(self)
        declared = self.__dataclass_fields__
        return [*((k, v) for k, v in fields.items() if declared[k].repr), *extra.items()]

    def __repr__(self) -> str:
        shown = [f"{name}={value!r}" for name, value in self.__rich_repr__()]
        return f"{type(self).__name__}({', '.join(shown)})"


def read(cls: Type[T], obj: object, strict: Optional[bool], text: object) -> T:
    """Return the instance that any value gives; `text` is its JSON text where it has one."""
    check = Check(bool(strict))
    self: T = read_model(obj, cls, check)
    if check.problems:
        payload = obj if text is None else text
        raise errors.ValidationError(
            cls.__name__, check.problems, payload, from_json=text is not None
        )
    return self


def parsed(text: Any, title: str) -> Any:
    """Return the value of JSON text; `title` names what it should be, for the error."""
    try:
        return _jsontext.loads(text)
    except _jsontext.NotJSONError as error:
        kind, *reason = error.args
        ctx = {"error": reason[0]} if reason else None
    raise errors.ValidationError(title, [(kind, (), text, ctx)], text, from_json=True)


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
    # There even when empty, it lets a missing field read as None. Where another library fills
    # an instance, such a field is an error: msgspec asks for the attribute to find that out.
    if extra or len(own) < len(declared):
        own["_extra"] = extra
    self.__dict__.update(own)
    return self


@lru_cache(maxsize=None)
def _blank(cls: Type["Model"]) -> Dict[str, Any]:
    """Return what the fields of a class read as when unset, in their order."""
    return {
        name: None if field.default is MISSING else field.default
        for name, field in cls.__dataclass_fields__.items()
    }


def _values(self: "Model") -> Dict[str, Any]:
    """Return all fields of an instance in their order, and `_extra` where it has that."""
    return {**_blank(type(self)), **self.__dict__}  # type: ignore[arg-type]


def _split(self: "Model") -> Tuple[Dict[str, Any], Dict[str, Any]]:
    """Return the fields of an instance and its unknown fields."""
    values = _values(self)
    return values, values.pop("_extra", {})


def _hash(value: Any) -> int:
    try:
        return hash(value)
    except TypeError:
        return 0


def _dump(self: "Model", options: _Options) -> Dict[str, Any]:
    _, exclude_unset, exclude_defaults, exclude_none = options
    if not exclude_unset:
        dumped = _values(self)
    elif _KEEPS_ORDER:
        dumped = self.__dict__.copy()
    else:
        dumped = {k: v for k, v in _values(self).items() if k in self.__dict__}
    extra = dumped.pop("_extra", None)
    if exclude_defaults:
        defaults = self.__dataclass_fields__
        dumped = {k: v for k, v in dumped.items() if v != defaults[k].default}
    if exclude_none:
        dumped = {k: v for k, v in dumped.items() if v is not None}
    for name, value in dumped.items():
        kind = type(value)
        if kind is str or kind is int or value is None:
            continue
        if isinstance(value, Model):
            dumped[name] = _dump(value, options)
        else:
            # A list is held as a tuple, so that nothing can be added to it.
            dumped[name] = _dump_value(list(value) if kind is tuple else value, options)
    if extra:
        for name, value in extra.items():
            if not (exclude_none and value is None):
                dumped[name] = _dump_value(value, options)
    return dumped


@lru_cache(maxsize=None)
def _compact_dumps() -> Callable[[Any], Optional[str]]:
    return _jsontext.compact_dumps(_plain)


def _plain(value: object) -> Dict[str, Any]:
    """Return an instance's fields, if they can be written as they are."""
    if not isinstance(value, Model) or "_extra" in value.__dict__:
        raise Surprise
    fields = value.__dict__
    return fields if len(fields) == len(value.__dataclass_fields__) else _values(value)


def _dump_value(value: Any, options: _Options) -> Any:
    kind = type(value)
    if isinstance(value, Model):
        return _dump(value, options)
    if options[0]:
        return _jsontext.jsonable(value, lambda other: _dump_other(other, options))
    if kind is dict:
        return {key: _dump_value(item, options) for key, item in value.items()}
    if kind is list or kind is tuple:
        return kind([_dump_value(item, options) for item in value])
    return value


def _dump_other(value: object, options: _Options) -> Dict[str, Any]:
    if isinstance(value, Model):
        return _dump(value, options)
    raise ValueError(f"Unable to serialize unknown type: {type(value)}")
