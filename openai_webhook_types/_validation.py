"""Pydantic's rules for the values that are not of exactly the declared type (pydantic 2.14).

Nothing here runs for a payload whose values all are. Any other payload is read again, by a
`Validator`: it coerces what Pydantic coerces, and finds every error, not only the first.

Each rule takes the value, its location in the payload and the `Validation` it is part of. It
returns the coerced value, or reports an error.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Mapping
from enum import Enum
from typing import Any, Callable

from ._reader import MISSING, Reader, new
from ._values import MAX_DIGITS, is_instance_of, is_unicode, safe_repr
from .errors import Location, Problem, ValidationError

__all__ = ["validate"]

_OVERSIZED = re.compile(rf"-?[1-9][0-9]{{{MAX_DIGITS}}}")
_INTEGER = re.compile(r"([+-]?)([0-9]+(?:_[0-9]+)*)(?:\.0+)?")
# Unicode's White_Space, which Rust trims; Python's own strip() takes \x1c to \x1f as well.
_WHITE_SPACE = (
    "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_INT64_MIN, _INT64_MAX = -(2**63), 2**63 - 1
_BOOLEANS = {
    **dict.fromkeys(("1", "on", "t", "true", "y", "yes"), True),
    **dict.fromkeys(("0", "f", "false", "n", "no", "off"), False),
}


def validate(cls: Any, value: object, strict: bool | None, text: object = None) -> Any:
    """Return the instance of a class that a value describes.

    Args:
        cls: A subclass of `Model`.
        value: Any value.
        strict: Whether to coerce nothing.
        text: The JSON text that the value was parsed from, if it was.

    Raises:
        ValidationError: The value is invalid.
    """
    validation = Validation(bool(strict))
    self = _model(value, (), validation, cls)
    if validation.problems:
        from_json = text is not None
        payload = text if from_json else value
        raise ValidationError(cls.__name__, validation.problems, payload, from_json=from_json)
    return self


class Validation:
    """One reading of one payload by Pydantic's rules: its mode, and the problems found so far."""

    __slots__ = ("problems", "strict")

    def __init__(self, strict: bool) -> None:
        self.strict = strict
        self.problems: list[Problem] = []

    def report(self, kind: str, loc: Location, value: object, **ctx: str) -> Any:
        """Add an error: its Pydantic type, its location, and the value found there.

        Returns:
            None, which a rule can return in the place of a value.
        """
        self.problems.append((kind, loc, value, ctx or None))


class Validator(Reader):
    """Reads an object by Pydantic's rules, and reports its problems instead of raising."""

    __slots__ = ("loc", "validation")

    loc: Location
    """Where the object is in the payload."""

    validation: Validation
    """The validation that the object is part of."""

    def mismatch(self, key: str, value: object, rule: str, *details: object) -> None:
        """Apply a rule to a value, or report that it is missing."""
        loc = (*self.loc, key)
        if value is MISSING:
            self.validation.report("missing", loc, self.given)
        else:
            self.fields[key] = _RULES[rule](value, loc, self.validation, *details)

    def model(self, key: str, cls: Any) -> None:
        """Validate an object of a class."""
        self.mismatch(key, self.given.get(key, MISSING), "model", cls)

    def optional_model(self, key: str, cls: Any) -> None:
        """Validate an optional object of a class that may be absent."""
        if self.given.get(key) is not None:
            self.model(key, cls)
        else:
            super().optional_model(key, cls)

    def models(self, key: str, cls: Any) -> None:
        """Validate a list of objects of a class."""
        self.mismatch(key, self.given.get(key, MISSING), "models", cls)

    def unknown(self) -> None:
        """Copy what the payload has besides the declared fields to `_extra`.

        Raises:
            _NotUnicodeError: The object has a name that is not valid Unicode.
        """
        fields = self.fields
        extra = {}
        for key, value in self.given.items():
            if key not in fields:
                extra[self._name(key)] = value
        if extra:
            fields["_extra"] = extra

    def _name(self, key: object) -> object:
        """Return the name of an unknown field as a `str`, or report that it cannot be one."""
        if isinstance(key, str):
            name = str.__str__(key)
            if is_unicode(name):
                return name
            if type(key) is str:
                raise _NotUnicodeError(name)
        number = isinstance(key, int) and _INT64_MIN <= key <= _INT64_MAX
        step = int(key) if number else safe_repr(key)  # type: ignore[call-overload]
        self.validation.report("invalid_key", (*self.loc, step), key)
        return key


class _NotUnicodeError(Exception):
    """The name of a field is not valid Unicode: `args` has it."""


def _model(value: object, loc: Location, validation: Validation, cls: Any) -> Any:
    if type(value) is dict:
        given = value
    elif isinstance(value, cls):
        return value
    elif isinstance(value, dict):
        # Pydantic reads the dict below, whatever a subclass makes of its methods.
        given = dict(dict.items(value))
    elif isinstance(value, Mapping) and not validation.strict:
        try:
            given = dict(value.items())
        except Exception as error:
            return validation.report("mapping_type", loc, value, error=_said(error))
    else:
        return validation.report("model_type", loc, value, class_name=cls.__name__)
    self = new(cls)
    read = Validator()
    read.given, read.fields = given, self.__dict__
    read.loc, read.validation = loc, validation
    before = len(validation.problems)
    try:
        cls._read(read)
        read.unknown()
    except _NotUnicodeError as error:
        # Pydantic does not look at the fields of such an object.
        del validation.problems[before:]
        return validation.report("string_unicode", loc, error.args[0])
    return self


def _string(value: object, loc: Location, validation: Validation) -> Any:
    if isinstance(value, str):
        text = str.__str__(value)
        # Pydantic accepts lone surrogates in a plain str, and only there.
        if type(value) is str or is_unicode(text):
            return text
        return validation.report("string_unicode", loc, value)
    if not validation.strict:
        if isinstance(value, (bytes, bytearray)):
            try:
                return value.decode()
            except UnicodeDecodeError:
                return validation.report("string_unicode", loc, value)
        if isinstance(value, Enum):
            return str(value.value)
    return validation.report("string_type", loc, value)


def _integer(value: Any, loc: Location, validation: Validation) -> Any:
    if isinstance(value, int) and not (type(value) is bool and validation.strict):
        return int(value)
    if validation.strict:
        return validation.report("int_type", loc, value)
    if isinstance(value, (str, bytes)):
        return _integer_from_text(value, loc, validation)
    if isinstance(value, Enum):
        return value.value
    if not hasattr(type(value), "__float__") and not hasattr(type(value), "__index__"):
        return validation.report("int_type", loc, value)  # float() would parse text
    try:
        number: Any = value if is_instance_of(value, "decimal", "Decimal") else float(value)
    except Exception:
        return validation.report("int_type", loc, value)
    is_float = type(number) is float
    if not (math.isfinite(number) if is_float else number.is_finite()):
        return validation.report("finite_number", loc, value)
    # A Decimal of a few bytes can stand for an integer that fills the memory.
    if not is_float and number.adjusted() > MAX_DIGITS:
        return validation.report("int_parsing_size", loc, value)
    if number != int(number):
        return validation.report("int_from_float", loc, value)
    if is_float and not _INT64_MIN < number < _INT64_MAX:
        return validation.report("int_parsing_size", loc, value)
    return int(number)


def _integer_from_text(value: str | bytes, loc: Location, validation: Validation) -> Any:
    if isinstance(value, str):
        text = str.__str__(value)
        if not is_unicode(text):
            return validation.report("string_unicode", loc, value)
    else:
        text = value.decode("utf-8", "replace")
    text = text.strip(_WHITE_SPACE)
    if len(text) > MAX_DIGITS and _OVERSIZED.match(text):
        return validation.report("int_parsing_size", loc, value)
    match = _INTEGER.fullmatch(text)
    digits = match[2].replace("_", "").lstrip("0") if match else ""
    if not match or len(digits) > MAX_DIGITS:
        return validation.report("int_parsing", loc, value)
    try:
        return int(match[1] + (digits or "0"))
    except ValueError:  # Python may be set to a lower limit of its own
        return validation.report("int_parsing_size", loc, value)


def _boolean(value: Any, loc: Location, validation: Validation) -> Any:
    if validation.strict:
        return validation.report("bool_type", loc, value)
    if isinstance(value, str) and not is_unicode(value):
        return validation.report("string_unicode", loc, value)
    if isinstance(value, (str, bytes)):
        text = value if isinstance(value, str) else value.decode("utf-8", "replace")
        found = _BOOLEANS.get(text.lower())
        return validation.report("bool_parsing", loc, value) if found is None else found
    try:
        # float() would parse a bytearray as text.
        number = operator.index(value) if hasattr(value, "__index__") else math.fsum([value])
    except Exception:
        return validation.report("bool_type", loc, value)
    if number in (0, 1):
        return number == 1
    # Among floats, -2**63 is already too low.
    lowest = _INT64_MIN + (type(number) is float)
    if lowest <= number <= _INT64_MAX and not number % 1:
        return validation.report("bool_parsing", loc, value)
    return validation.report("bool_type", loc, value)


def _true(value: object, loc: Location, validation: Validation) -> Any:
    if _equals(value, True):
        return True
    return validation.report("literal_error", loc, value, expected="True")


def _literal(
    value: object, loc: Location, validation: Validation, expected: tuple[str, ...]
) -> Any:
    for known in expected:
        if _equals(value, known):
            return known
    if type(value) is str and not is_unicode(value):
        return validation.report("string_unicode", loc, value)
    return validation.report("literal_error", loc, value, expected=_alternatives(expected))


def _equals(value: object, known: object) -> bool:
    """Tell whether a value finds the key `known` in a dict, as Pydantic asks."""
    try:
        return value in {known: None}
    except Exception:
        return False


def _alternatives(expected: tuple[str, ...]) -> str:
    *others, last = [repr(known) for known in expected]
    return f"{', '.join(others)} or {last}" if others else last


def _literal_or_string(
    value: object, loc: Location, validation: Validation, expected: tuple[str, ...]
) -> Any:
    """Read a union as Pydantic does: a value that no member accepts has an error for each."""
    members = f"literal[{','.join(map(repr, expected))}]"
    before = len(validation.problems)
    _literal(value, (*loc, members), validation, expected)
    found = _string(value, (*loc, "str"), validation)
    if len(validation.problems) < before + 2:
        del validation.problems[before:]
    return found


def _models(value: object, loc: Location, validation: Validation, cls: Any) -> Any:
    return _list(value, loc, validation, _model, cls)


def _strings(value: object, loc: Location, validation: Validation) -> Any:
    return _list(value, loc, validation, _string)


def _list(
    value: Any, loc: Location, validation: Validation, rule: Callable[..., Any], *details: object
) -> Any:
    if isinstance(value, list):
        items = value
    elif validation.strict or isinstance(value, (str, bytes, bytearray, Mapping)):
        return validation.report("list_type", loc, value)
    else:
        try:
            iterator = iter(value)
        except Exception:
            return validation.report("list_type", loc, value)
        items = []
        try:
            items.extend(iterator)
        except Exception as error:
            loc = (*loc, len(items))
            return validation.report("iteration_error", loc, value, error=_said(error))
    return tuple([rule(item, (*loc, n), validation, *details) for n, item in enumerate(items)])


def _said(error: Exception) -> str:
    try:
        return f"{type(error).__name__}: {error}".encode("utf-8", "backslashreplace").decode()
    except Exception:
        return type(error).__name__


# By the names that a `Reader` asks for them by.
_RULES: dict[str, Callable[..., Any]] = {
    "boolean": _boolean,
    "integer": _integer,
    "literal": _literal,
    "literal_or_string": _literal_or_string,
    "model": _model,
    "models": _models,
    "string": _string,
    "strings": _strings,
    "true": _true,
}
