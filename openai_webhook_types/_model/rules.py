"""Pydantic's rules for single values that are not of exactly the declared type (pydantic 2.14).

Each rule takes a value, its location in the payload, and the `Report` it is part of. It
returns the coerced value, or reports an error. A value may be of any type, and its methods may
do anything: so the rules look at its type, and call the methods of the built-in types.
"""

from __future__ import annotations

import math
import operator
import re
from enum import Enum
from typing import Any, Callable, Tuple

from .._untrusted import (
    MAX_DIGITS,
    alternatives,
    attempt,
    integer,
    is_exhausted,
    is_instance_of,
    is_unicode,
    plain_int,
    plain_str,
)
from ..errors import Location, Problem

__all__ = [
    "BOOLEAN",
    "INT64_MAX",
    "INT64_MIN",
    "INTEGER",
    "LITERAL",
    "LITERAL_OR_STRING",
    "STRING",
    "Report",
    "Rule",
]


# One of Pydantic's rules: a function of a value, its location, the `Report` and what else it needs;
# and the type of the error to report if the function raises.
Rule = Tuple[Callable[..., Any], str]

# Each underscore is between two digits. Matched as a group that repeats, they would take memory.
_INTEGER = re.compile(r"(?!.*__)([+-]?)(?!_)([0-9_]+)(?<!_)(?:\.0+)?")
_LONG_INTEGER = re.compile(rf"-?[1-9][0-9]{{{MAX_DIGITS}}}")
# Unicode's White_Space, which Rust trims. Python's own strip() also removes \x1c to \x1f.
_WHITE_SPACE = (
    "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
INT64_MIN, INT64_MAX = -(2**63), 2**63 - 1
_INT64_END = 2.0**63  # the first float beyond
# What YAML and environment variables call true and false; only endpoints have such a field.
_BOOLEANS = {
    **dict.fromkeys(("1", "on", "t", "true", "y", "yes"), True),
    **dict.fromkeys(("0", "f", "false", "n", "no", "off"), False),
}


class Report:
    """One reading of one payload by Pydantic's rules: its mode, and the problems found so far."""

    __slots__ = ("is_open", "is_shared", "problems", "strict", "title")

    title: str
    """Name of the class that the payload is read as."""

    is_open: bool
    """Whether a `Literal` may be a string that is newer than this package."""

    def __init__(self, title: str, strict: bool | None, is_shared: bool, is_open: bool) -> None:
        self.title = title
        self.strict = strict
        self.is_shared = is_shared
        self.is_open = is_open
        self.problems: list[Problem] = []

    def add(
        self, kind: str, loc: Location, value: object, ctx: dict[str, str] | None = None
    ) -> Any:
        """Add an error: its Pydantic type, its location, the value there, and what fills its text.

        Returns:
            None, which a rule can return in place of a value.
        """
        if ctx and self.problems and self.problems[-1][3] == ctx:
            ctx = self.problems[-1][3]  # shared: a list may have as many of these as items
        self.problems.append((kind, loc, value, ctx))

    def apply(self, rule: Rule, value: object, loc: Location, detail: Any = None) -> Any:
        """Return what a rule makes of a value. If the rule raises, the value has a wrong type."""
        function, kind = rule
        before = len(self.problems)
        try:
            if detail is None:
                return function(value, loc, self)
            return function(value, loc, self, detail)
        except Exception as error:  # the methods of a value may raise anything
            if is_exhausted(error):
                raise
        del self.problems[before:]
        return self.add(kind, loc, value)


def _read_string(value: Any, loc: Location, report: Report) -> Any:
    """Return a `str`."""
    kind = type(value)
    if issubclass(kind, str):
        text = plain_str(value)
        # Pydantic accepts lone surrogates in a plain str, and only there.
        if kind is str or is_unicode(text):
            return text
        return report.add("string_unicode", loc, value)
    if not report.strict:
        if issubclass(kind, (bytes, bytearray)):
            try:
                return _decoded(value)
            except UnicodeDecodeError:
                return report.add("string_unicode", loc, value)
        if issubclass(kind, Enum):
            return plain_str(str(value.value))
    return report.add("string_type", loc, value)


def _read_integer(value: Any, loc: Location, report: Report) -> Any:
    """Return an `int`."""
    kind = type(value)
    if issubclass(kind, int) and not (kind is bool and report.strict):
        return plain_int(value)
    if report.strict:
        return report.add("int_type", loc, value)
    if issubclass(kind, (str, bytes)):
        return _integer_from_text(value, loc, report)
    if issubclass(kind, Enum):
        return value.value  # of any type: Pydantic 2.14 does not look at it, either
    # From databases, and from `json.loads(..., parse_float=Decimal)`.
    if is_instance_of(value, "decimal", "Decimal"):
        return _integer_from_decimal(value, loc, report)
    if is_instance_of(value, "fractions", "Fraction"):
        numerator, denominator = value.numerator, value.denominator
        if denominator != 1:
            return report.add("int_from_float", loc, value)
        return plain_int(numerator)
    if not hasattr(kind, "__float__") and not hasattr(kind, "__index__"):
        return report.add("int_type", loc, value)  # float() would parse text
    number = float(value)
    if not math.isfinite(number):
        return report.add("finite_number", loc, value)
    if number % 1:
        return report.add("int_from_float", loc, value)
    if not -_INT64_END < number < _INT64_END:
        return report.add("int_parsing_size", loc, value)
    return int(number)


def _integer_from_decimal(value: Any, loc: Location, report: Report) -> Any:
    from decimal import Decimal

    number = Decimal(value)  # of no subclass
    if not number.is_finite():
        return report.add("finite_number", loc, value)
    # A Decimal of a few bytes can stand for an integer that fills the memory.
    if number.adjusted() > MAX_DIGITS:
        return report.add("int_parsing_size", loc, value)
    if number != int(number):
        return report.add("int_from_float", loc, value)
    return int(number)


def _integer_from_text(value: Any, loc: Location, report: Report) -> Any:
    text = plain_str(value) if issubclass(type(value), str) else _decoded(value, "replace")
    if not is_unicode(text):
        return report.add("string_unicode", loc, value)
    text = text.strip(_WHITE_SPACE)
    match = _INTEGER.fullmatch(text)
    if match:
        digits = match[2].replace("_", "").lstrip("0") or "0"
        if len(digits) <= MAX_DIGITS:
            return integer(match[1] + digits)
    # Pydantic looks at the number of digits first.
    is_long = len(text) > MAX_DIGITS and _LONG_INTEGER.match(text)
    return report.add("int_parsing_size" if is_long else "int_parsing", loc, value)


def _read_boolean(value: Any, loc: Location, report: Report) -> Any:
    """Return a `bool`."""
    if report.strict:
        return report.add("bool_type", loc, value)
    kind = type(value)
    if issubclass(kind, (str, bytes)):
        text = plain_str(value) if issubclass(kind, str) else _decoded(value, "replace")
        if not is_unicode(text):
            return report.add("string_unicode", loc, value)
        found = _BOOLEANS.get(text.lower())
        return report.add("bool_parsing", loc, value) if found is None else found
    # float() would parse a bytearray as text.
    number = operator.index(value) if hasattr(kind, "__index__") else math.fsum([value])
    if number in (0, 1):
        return number == 1
    # Among floats, -2**63 is already too low.
    lowest = INT64_MIN + (type(number) is float)
    if lowest <= number <= INT64_MAX and not number % 1:
        return report.add("bool_parsing", loc, value)
    return report.add("bool_type", loc, value)


def _decoded(value: Any, errors: str = "strict") -> str:
    kind = bytes if issubclass(type(value), bytes) else bytearray
    return kind.decode(value, "utf-8", errors)


def _read_literal(value: object, loc: Location, report: Report, expected: tuple[Any, ...]) -> Any:
    """Return one of the expected values, or any string if the reading is open."""
    for known in expected:
        if _equals(value, known):
            return known
    if type(expected[0]) is str:
        if type(value) is str and not is_unicode(value):
            return report.add("string_unicode", loc, value)
        if report.is_open and issubclass(type(value), str):
            return _read_string(value, loc, report)
    return report.add("literal_error", loc, value, {"expected": alternatives(expected)})


def _equals(value: object, known: object) -> bool:
    """Tell whether looking a value up in a dict finds the key `known`, as Pydantic does it."""
    if type(value) is str:
        return value == known
    return attempt(operator.contains, {known: None}, value) is True


def _read_literal_or_string(
    value: object, loc: Location, report: Report, expected: tuple[str, ...]
) -> Any:
    """Return a `str`. If no member of the union accepts the value, each reports an error."""
    members = f"literal[{','.join(map(repr, expected))}]"
    before = len(report.problems)
    _read_literal(value, (*loc, members), report, expected)
    found = report.apply(STRING, value, (*loc, "str"))
    if len(report.problems) < before + 2:
        del report.problems[before:]
    return found


BOOLEAN: Rule = (_read_boolean, "bool_type")
INTEGER: Rule = (_read_integer, "int_type")
LITERAL: Rule = (_read_literal, "literal_error")
LITERAL_OR_STRING: Rule = (_read_literal_or_string, "string_type")
STRING: Rule = (_read_string, "string_type")
