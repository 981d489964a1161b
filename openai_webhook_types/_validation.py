"""Reading one field of a payload: a function for each kind of field.

Each takes the object, the key and a `check`, and returns the value. A payload is first read
with `check=None`: a value of exactly the expected type is returned at once, anything else
raises `Surprise`. A surprising payload is read again with a `Check`, which coerces what
Pydantic's lax mode coerces and notes every problem. So a valid payload pays for nothing but
its type checks, and the rules stand once.

The rules are those of pydantic 2.14.
"""

# mypy: disable-error-code="no-any-return"
import math
import operator
import re
import sys
from collections.abc import Mapping
from enum import Enum
from typing import (
    TYPE_CHECKING,
    Any,
    Callable,
    Dict,
    List,
    Literal,
    Optional,
    Tuple,
    Type,
    TypeVar,
    Union,
)

if TYPE_CHECKING:
    from .errors import Problem

T = TypeVar("T")

# Pydantic's limit, and CPython's default, for the digits of an integer given as text.
MAX_DIGITS = 4300
_OVERSIZED = rf"-?[1-9][0-9]{{{MAX_DIGITS}}}"
_INTEGER = r"([+-]?)([0-9]+(?:_[0-9]+)*)(?:\.0+)?"
# Unicode's White_Space, which Rust trims; Python's own strip() takes \x1c to \x1f as well.
_WHITE_SPACE = (
    "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
INFINITY = float("inf")
_INT64_MIN, _INT64_MAX = -(2**63), 2**63 - 1
_BOOLEANS = {
    **dict.fromkeys(("1", "on", "t", "true", "y", "yes"), True),
    **dict.fromkeys(("0", "f", "false", "n", "no", "off"), False),
}


class Surprise(Exception):
    """A value is not of exactly the expected type: it needs a `Check`."""


class BadKey(Exception):
    """A key is text that UTF-8 cannot hold."""


class Check:
    """The second, thorough reading of one payload: its mode, where it is, what it found."""

    __slots__ = ("path", "problems", "strict")

    def __init__(self, strict: bool) -> None:
        self.strict = strict
        self.path: List[Union[str, int]] = []
        self.problems: List[Problem] = []

    def fail(self, kind: str, found: object, *deeper: Union[str, int], **ctx: str) -> Any:
        """Note a problem here, or at a path below; return None for a value."""
        self.problems.append((kind, (*self.path, *deeper), found, ctx or None))

    def at(
        self, key: Union[str, int], read: Callable[..., Any], value: object, *more: object
    ) -> Any:
        """Return `read(value, *more, self)`, whose problems lie under a key."""
        self.path.append(key)
        try:
            return read(value, *more, self)
        finally:
            self.path.pop()


def string(obj: Dict[str, Any], key: str, check: Optional[Check]) -> str:
    """Read a required `str`."""
    value = obj.get(key)
    if type(value) is str:
        return value
    return _explained(obj, key, _string, check)


def integer(obj: Dict[str, Any], key: str, check: Optional[Check]) -> int:
    """Read a required `int`."""
    value = obj.get(key)
    if type(value) is int:
        return value
    return _explained(obj, key, _integer, check)


def boolean(obj: Dict[str, Any], key: str, check: Optional[Check]) -> bool:
    """Read a required `bool`."""
    value = obj.get(key)
    if type(value) is bool:
        return value
    return _explained(obj, key, _boolean, check)


def true(obj: Dict[str, Any], key: str, check: Optional[Check]) -> Literal[True]:
    """Read a required `Literal[True]`."""
    value = obj.get(key)
    if value is True:
        return value
    return _explained(obj, key, _true, check)


def literal(
    obj: Dict[str, Any], key: str, expected: Tuple[str, ...], check: Optional[Check]
) -> str:
    """Read a required `Literal` of strings."""
    value = obj.get(key)
    if type(value) is str and value in expected:
        return value
    return _explained(obj, key, _literal, check, expected)


def optional_string(obj: Dict[str, Any], key: str, check: Optional[Check]) -> Optional[str]:
    """Read an `Optional[str]` that is there; what is absent its caller leaves unset."""
    value = obj[key]
    if value is None or type(value) is str:
        return value
    return _explained(obj, key, _string, check)


def optional_integer(obj: Dict[str, Any], key: str, check: Optional[Check]) -> Optional[int]:
    """Read an `Optional[int]` that is there."""
    value = obj[key]
    if value is None or type(value) is int:
        return value
    return _explained(obj, key, _integer, check)


def optional_literal(
    obj: Dict[str, Any], key: str, expected: Tuple[str, ...], check: Optional[Check]
) -> Optional[str]:
    """Read an optional `Literal` of strings that is there."""
    value = obj[key]
    if value is None or (type(value) is str and value in expected):
        return value
    return _explained(obj, key, _literal, check, expected)


def optional_string_or_literal(
    obj: Dict[str, Any], key: str, expected: Tuple[str, ...], check: Optional[Check]
) -> Optional[str]:
    """Read an optional union of a `Literal` of strings and `str` that is there."""
    value = obj[key]
    if value is None or type(value) is str:
        return value
    return _explained(obj, key, _string_or_literal, check, expected)


def optional_model(
    obj: Dict[str, Any], key: str, cls: Type[T], check: Optional[Check]
) -> Optional[T]:
    """Read an optional object of a class that has a `_read`, where it is there."""
    return None if obj[key] is None else model(obj, key, cls, check)


def model(obj: Dict[str, Any], key: str, cls: Type[T], check: Optional[Check]) -> T:
    """Read a required object of a class that has a `_read`."""
    value = obj.get(key)
    if check is None and type(value) is dict:
        return cls._read(value, None)  # type: ignore[attr-defined]
    return _explained(obj, key, read_model, check, cls)


def models(obj: Dict[str, Any], key: str, cls: Type[T], check: Optional[Check]) -> Tuple[T, ...]:
    """Read a required list of objects of one class."""
    value = obj.get(key)
    if check is None and type(value) is list:
        read = cls._read  # type: ignore[attr-defined]
        items = tuple([read(item, None) for item in value if type(item) is dict])
        if len(items) == len(value):
            return items
    return _explained(obj, key, _models, check, cls)


def strings(obj: Dict[str, Any], key: str, check: Optional[Check]) -> Tuple[str, ...]:
    """Read a required list of `str`."""
    value = obj.get(key)
    if type(value) is list and all(type(item) is str for item in value):
        return tuple(value)
    return _explained(obj, key, _strings, check)


def with_unknown(self: T, obj: Dict[Any, Any], check: Optional[Check]) -> T:
    """Return the instance, given also what `obj` has besides the declared fields."""
    fields = self.__dict__
    extra = {}
    for key, value in obj.items():
        if key not in fields:
            plain = type(key) is str and key.isascii()
            extra[key if plain else _key(key, check)] = value
    if extra:
        fields["_extra"] = extra
    return self


def read_model(value: object, cls: Any, check: Check) -> Any:
    """Return the instance of a `_read` class that any value gives."""
    if isinstance(value, cls):
        return value
    if isinstance(value, dict):
        # Whatever a subclass makes of its methods, Pydantic reads the dict below.
        obj = dict(dict.items(value))
    elif isinstance(value, Mapping) and not check.strict:
        try:
            obj = dict(value.items())
        except Exception as error:
            return check.fail("mapping_type", value, error=_said(error))
    else:
        return check.fail("model_type", value, class_name=cls.__name__)
    before = len(check.problems)
    try:
        return cls._read(obj, check)
    except BadKey as error:
        del check.problems[before:]
        return check.fail("string_unicode", error.args[0])


def shown(value: object) -> str:
    """Return `repr(value)`, whatever the value does when asked for it."""
    try:
        return repr(value).encode("utf-8", "backslashreplace").decode()
    except Exception:
        return f"<unprintable {type(value).__name__} object>"


def is_of(value: object, module: str, name: str) -> bool:
    """Tell whether a value is of a class of a module that need not be loaded for that."""
    return isinstance(value, getattr(sys.modules.get(module), name, ()))


def is_unicode(text: str) -> bool:
    """Tell whether UTF-8 can hold a text: whether it is free of lone surrogates."""
    try:
        return text.isascii() or bool(text.encode())
    except UnicodeEncodeError:
        return False


def _explained(
    obj: Dict[str, Any],
    key: str,
    read: Callable[..., Any],
    check: Optional[Check],
    *more: object,
) -> Any:
    if check is None:
        raise Surprise
    if key not in obj:
        return check.fail("missing", obj, key)
    return check.at(key, read, obj[key], *more)


def _key(key: object, check: Optional[Check]) -> object:
    """Return the name of an unknown field as a `str`, or note why it is none."""
    if isinstance(key, str):
        name = str.__str__(key)
        if is_unicode(name):
            return name
        if type(key) is str:
            raise BadKey(name) if check else Surprise
    if check is None:
        raise Surprise
    if isinstance(key, int) and _INT64_MIN <= key <= _INT64_MAX:
        check.fail("invalid_key", key, int(key))
    else:
        check.fail("invalid_key", key, shown(key))
    return key


def _string(value: object, check: Check) -> Any:
    if isinstance(value, str):
        text = str.__str__(value)
        # Pydantic takes lone surrogates in a plain str, and only there.
        if type(value) is str or is_unicode(text):
            return text
        return check.fail("string_unicode", value)
    if check.strict:
        return check.fail("string_type", value)
    if isinstance(value, (bytes, bytearray)):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return check.fail("string_unicode", value)
    if isinstance(value, Enum):
        return str(value.value)
    return check.fail("string_type", value)


def _integer(value: Any, check: Check) -> Any:
    if isinstance(value, int) and not (type(value) is bool and check.strict):
        return int(value)
    if check.strict:
        return check.fail("int_type", value)
    if isinstance(value, (str, bytes)):
        return _integer_from_text(value, check)
    if isinstance(value, Enum):
        return value.value
    if not hasattr(type(value), "__float__") and not hasattr(type(value), "__index__"):
        return check.fail("int_type", value)  # float() would read text
    try:
        number: Any = value if is_of(value, "decimal", "Decimal") else float(value)
    except Exception:
        return check.fail("int_type", value)
    is_float = type(number) is float
    if not (abs(number) < INFINITY if is_float else number.is_finite()):
        return check.fail("finite_number", value)
    # A Decimal of a few bytes can stand for an integer that fills the memory.
    if not is_float and number.adjusted() > MAX_DIGITS:
        return check.fail("int_parsing_size", value)
    if number != int(number):
        return check.fail("int_from_float", value)
    if is_float and not _INT64_MIN < number < _INT64_MAX:
        return check.fail("int_parsing_size", value)
    return int(number)


def _integer_from_text(value: Union[str, bytes], check: Check) -> Any:
    if isinstance(value, str):
        text = str.__str__(value)
        if not is_unicode(text):
            return check.fail("string_unicode", value)
    else:
        text = value.decode("utf-8", "replace")
    text = text.strip(_WHITE_SPACE)
    if re.match(_OVERSIZED, text):
        return check.fail("int_parsing_size", value)
    match = re.fullmatch(_INTEGER, text)
    digits = match[2].replace("_", "").lstrip("0") if match else ""
    if not match or len(digits) > MAX_DIGITS:
        return check.fail("int_parsing", value)
    try:
        return int(match[1] + (digits or "0"))
    except ValueError:  # where Python is set to a lower limit of its own
        return check.fail("int_parsing_size", value)


def _boolean(value: Any, check: Check) -> Any:
    if check.strict:
        return check.fail("bool_type", value)
    if isinstance(value, str) and not is_unicode(value):
        return check.fail("string_unicode", value)
    if isinstance(value, (str, bytes)):
        text = value if isinstance(value, str) else value.decode("utf-8", "replace")
        found = _BOOLEANS.get(text.lower())
        return check.fail("bool_parsing", value) if found is None else found
    try:
        # float() would take a bytearray for text.
        number = operator.index(value) if hasattr(value, "__index__") else math.fsum([value])
    except Exception:
        return check.fail("bool_type", value)
    if number in (0, 1):
        return number == 1
    # Of the floats, -2**63 is too low already.
    lowest = _INT64_MIN + (type(number) is float)
    if lowest <= number <= _INT64_MAX and not number % 1:
        return check.fail("bool_parsing", value)
    return check.fail("bool_type", value)


def _true(value: object, check: Check) -> Any:
    return True if _equals(value, True) else check.fail("literal_error", value, expected="True")


def _literal(value: object, expected: Tuple[str, ...], check: Check) -> Any:
    for known in expected:
        if _equals(value, known):
            return known
    if type(value) is str and not is_unicode(value):
        return check.fail("string_unicode", value)
    return check.fail("literal_error", value, expected=_alternatives(expected))


def _equals(value: object, known: object) -> bool:
    """Tell whether a dict with the key `known` finds it by `value`, as Pydantic asks."""
    try:
        return value in {known: None}
    except Exception:
        return False


def _alternatives(expected: Tuple[str, ...]) -> str:
    *others, last = [repr(known) for known in expected]
    return f"{', '.join(others)} or {last}" if others else last


def _string_or_literal(value: object, expected: Tuple[str, ...], check: Check) -> Any:
    """Read a union as Pydantic does: where no member takes the value, each says why."""
    before = len(check.problems)
    check.at(f"literal[{','.join(map(repr, expected))}]", _literal, value, expected)
    found = check.at("str", _string, value)
    if len(check.problems) < before + 2:
        del check.problems[before:]
    return found


def _models(value: object, cls: Any, check: Check) -> Any:
    return _each(value, check, read_model, cls)


def _strings(value: object, check: Check) -> Any:
    return _each(value, check, _string)


def _each(value: Any, check: Check, read: Callable[..., Any], *more: object) -> Any:
    if isinstance(value, list):
        items = value
    elif check.strict or isinstance(value, (str, bytes, bytearray, Mapping)):
        return check.fail("list_type", value)
    else:
        try:
            iterator = iter(value)
        except Exception:
            return check.fail("list_type", value)
        items = []
        try:
            items.extend(iterator)
        except Exception as error:
            return check.fail("iteration_error", value, len(items), error=_said(error))
    return tuple([check.at(index, read, item, *more) for index, item in enumerate(items)])


def _said(error: Exception) -> str:
    try:
        return f"{type(error).__name__}: {error}".encode("utf-8", "backslashreplace").decode()
    except Exception:
        return type(error).__name__
