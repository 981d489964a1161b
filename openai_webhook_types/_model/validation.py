"""The second reading of a payload, by Pydantic's rules (pydantic 2.14).

Nothing here runs for a payload whose values all are of exactly the declared type. Any other
payload is read again, by a `Validator`: it coerces what Pydantic coerces, and finds every error,
not only the first.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from .._untrusted import (
    FAILED,
    attempt,
    is_exhausted,
    is_unicode,
    plain_int,
    plain_str,
    safe_repr,
    type_name,
)
from ..errors import Location, ValidationError
from . import rules
from .reader import MISSING, Reader, new, without
from .rules import INT64_MAX, INT64_MIN, Report, Rule

__all__ = ["as_string", "read_by_rules"]


def as_string(value: object) -> Any:
    """Return the `str` that a value is coerced to, or None."""
    report = Report("", strict=False, is_shared=False, is_open=False)
    return report.apply(rules.STRING, value, ())


def read_by_rules(
    cls: Any, value: object, strict: bool | None, text: object, *, is_open: bool
) -> Any:
    """Return the instance of a class that a value describes.

    Args:
        cls: A subclass of `Model`.
        value: Any value.
        strict: Whether to refuse values that would be coerced.
        text: The JSON text that the value was parsed from, or None.
        is_open: Whether a `Literal` may be any string, unless the reading is strict.

    Raises:
        ValidationError: The value is invalid.
        TypeError: The class is a base of several types, or abstract.
    """
    if not hasattr(cls, "_read") and "_class_of" not in cls.__dict__:
        raise TypeError(f"{cls.__name__} stands for several types: read events as WebhookEvent")
    new(cls)  # raises if the class is abstract, before the value is blamed for it
    # By position, as below: names would take 7 % more time for a payload with one error.
    report = Report(cls.__name__, strict, text is None, is_open and not strict)
    found = _read_model(value, (), report, cls)
    if report.problems:
        from_json = text is not None
        payload = text if from_json else value
        raise ValidationError(report.title, report.problems, payload, from_json)
    return found


class Validator(Reader):
    """Reads an object by Pydantic's rules, and reports its problems instead of raising."""

    __slots__ = ("loc", "report", "source")

    loc: Location
    """Where the object is in the payload."""

    source: object
    """The object as it is in the payload, for the errors."""

    report: Report
    """The reading that the object is part of."""

    def mismatch(self, key: str, value: object, rule: str, detail: object = None) -> None:
        """Apply a rule to a value, or report that it is missing."""
        loc = (*self.loc, key)
        if value is MISSING:
            self.report.add("missing", loc, self.source)
        else:
            self.fields[key] = self.report.apply(_RULES[rule], value, loc, detail)

    def model(self, key: str, cls: Any) -> None:
        """Validate an object of a class."""
        value = self.given.get(key, MISSING)
        if value is MISSING:
            self.mismatch(key, value, "model", cls)
        else:
            self.fields[key] = _read_model(value, (*self.loc, key), self.report, cls)

    def optional_model(self, key: str, cls: Any) -> None:
        """Validate an optional object of a class that may be absent."""
        value = self.given.get(key, MISSING)
        if value is None:
            self.fields[key] = None
        elif value is not MISSING:
            self.fields[key] = _read_model(value, (*self.loc, key), self.report, cls)

    def models(self, key: str, cls: Any) -> None:
        """Validate a list of objects of a class."""
        self.mismatch(key, self.given.get(key, MISSING), "models", cls)

    def unknown(self) -> None:
        """Copy what the payload has besides the declared fields to `_extra`.

        Raises:
            _UnreadableError: The object has a name that is not valid Unicode, or no items.
        """
        if type(self.given) is dict:
            extra = without(self.given, self.fields)
            if not all(type(key) is str and is_unicode(key) for key in extra):
                extra = self._named(extra.items())
        else:
            extra = self._named(_pairs(self.given))
        if extra:
            self.fields["_extra"] = extra

    def _named(self, pairs: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
        """Return the unknown fields that have a name, and report keys that cannot be one."""
        extra = {}
        for key, value in pairs:
            name = key if type(key) is str else _name(key)
            if name is None:
                self._report_key(key.key if type(key) is _Key else key)
            elif not is_unicode(name):
                raise _UnreadableError("string_unicode", name)
            elif name not in self.fields:
                extra[name] = value
        return extra

    def _report_key(self, key: Any) -> None:
        number = attempt(operator.index, key)
        is_step = number is not FAILED and INT64_MIN <= number <= INT64_MAX
        step = plain_int(number) if is_step else safe_repr(key)
        self.report.add("invalid_key", (*self.loc, step), key)


class _UnreadableError(Exception):
    """Pydantic does not look at the fields of an object: `args` has what it reports instead."""


class _Key:
    """Stands for a key that cannot be the name of a field, and may raise when compared.

    Such keys come from other libraries: a row of NumPy or pandas, an expression of an ORM.
    """

    def __init__(self, key: object) -> None:
        self.key = key


def _name(key: Any) -> str | None:
    """Return the name of a field as a `str`, or None for a key that cannot be one."""
    if issubclass(type(key), str):
        name = plain_str(key)
        return name if is_unicode(name) else None
    return None


def _with_plain_names(given: dict[Any, Any]) -> dict[Any, Any]:
    """Return a dict with the same items, in which it is safe to look up a name."""
    names = [(_name(key), key, value) for key, value in given.items()]
    return {_Key(key) if name is None else name: value for name, key, value in names}


def _pairs(given: Any) -> list[tuple[Any, Any]]:
    """Return the items of a mapping.

    Raises:
        _UnreadableError: The mapping has none, or one that is not a tuple of two.
    """
    try:
        pairs = [*_iterator(given, given.items())]
    except Exception as error:
        if is_exhausted(error):
            raise
        raise _UnreadableError("mapping_type", given, {"error": _said(error)}) from None
    try:
        return [(key, value) for key, value in map(tuple.__iter__, pairs)]
    except (TypeError, ValueError):
        wrong = {"error": "Mapping items must be tuples of (key, value) pairs"}
        raise _UnreadableError("mapping_type", given, wrong) from None


def _iterator(given: object, items: Any) -> Iterator[Any]:
    try:
        return iter(items)
    except TypeError:
        found = f"returned a non-iterable (type {type_name(items)})"  # what CPython says
        raise TypeError(f"{type_name(given)}.items() {found}") from None


def _is_instance(value: object, cls: type) -> bool:
    return attempt(isinstance, value, cls) is True  # its `__class__` may raise


def _said(error: Exception) -> str:
    """Return what Pydantic says of an exception, as valid Unicode."""
    found = attempt(str, error)
    text = "<exception str() failed>" if found is FAILED else plain_str(found)
    said = f"{type_name(error)}: {text}" if text else type_name(error)
    return said.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _read_model(value: Any, loc: Location, report: Report, cls: Any) -> Any:
    if type(value) is dict:
        # Another thread may change it meanwhile; what was just parsed is nobody else's.
        given = value.copy() if report.is_shared else value
    elif _is_instance(value, cls):
        return value
    elif issubclass(type(value), dict) or (not report.strict and _is_instance(value, Mapping)):
        # By its own methods, as Pydantic does since 2.12: `get` for declared fields, `items` for
        # the others. Dicts of web frameworks have several values for a key, and give one of them.
        given = value
    else:
        return report.add("model_type", loc, value, {"class_name": cls.__name__})
    before = len(report.problems)
    try:
        return _read_fields(given, value, loc, report, cls)
    except Exception as error:
        is_dict = type(given) is dict
        if is_exhausted(error) or (is_dict and all(type(key) is str for key in given)):
            raise
        del report.problems[before:]
        if not is_dict:  # `get` raised
            return report.add("mapping_type", loc, value, {"error": _said(error)})
    # A key raised when it was compared with the name of a field. Reading again is simpler than
    # guarding each look-up, and happens to nobody who reads JSON.
    return _read_fields(_with_plain_names(given), value, loc, report, cls)


def _read_fields(given: Any, source: object, loc: Location, report: Report, cls: Any) -> Any:
    asked_for = cls
    if not loc:
        cls = cls._class_of(given)
    self = new(cls)
    reader = new(Validator)
    reader.given, reader.fields = given, self.__dict__
    reader.loc, reader.source, reader.report = loc, source, report
    before = len(report.problems)
    cls._read(reader)
    if type(given) is not dict or len(reader.fields) != len(given):
        try:
            reader.unknown()
        except _UnreadableError as error:
            kind, *found = error.args
            del report.problems[before:]
            report.add(kind, loc, *found)
    if cls is not asked_for and not _lacks_type(report):
        report.title = cls.__name__
    return self


def _lacks_type(report: Report) -> bool:
    """Tell whether a payload has no `type` that says what it is, so that errors name the base."""
    return any(loc == ("type",) and kind != "literal_error" for kind, loc, _, _ in report.problems)


def _read_list(
    value: Any, loc: Location, report: Report, read: Callable[[Any, Location], Any]
) -> Any:
    kind = type(value)
    if issubclass(kind, list):
        items = list.__getitem__(value, slice(None))
    elif report.strict or issubclass(kind, (str, bytes, bytearray)) or _is_instance(value, Mapping):
        return report.add("list_type", loc, value)
    else:
        iterator = iter(value)
        items = []
        try:
            items.extend(iterator)
        except Exception as error:
            if is_exhausted(error):
                raise
            loc = (*loc, len(items))
            return report.add("iteration_error", loc, value, {"error": _said(error)})
    found = []
    for index, item in enumerate(items):
        one = read(item, (*loc, index))
        if not report.problems:  # after a problem, what is read is not needed
            found.append(one)
    return tuple(found)


def _read_models(value: object, loc: Location, report: Report, cls: Any) -> Any:
    return _read_list(value, loc, report, lambda item, at: _read_model(item, at, report, cls))


def _read_strings(value: object, loc: Location, report: Report) -> Any:
    return _read_list(value, loc, report, lambda item, at: report.apply(rules.STRING, item, at))


# The rules, by the names that a `Reader` has for them.
_RULES: dict[str, Rule] = {
    "boolean": rules.BOOLEAN,
    "integer": rules.INTEGER,
    "literal": rules.LITERAL,
    "literal_or_string": rules.LITERAL_OR_STRING,
    "models": (_read_models, "list_type"),
    "string": rules.STRING,
    "strings": (_read_strings, "list_type"),
}
