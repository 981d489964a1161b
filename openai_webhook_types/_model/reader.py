"""Reads fields whose values are of exactly the declared types, as they are in most payloads."""

from __future__ import annotations

from typing import Any

__all__ = ["MISSING", "Mismatch", "Reader", "keep_unknown", "new", "without"]

# Creates an instance without calling its `__init__`, which would take twice as long.
new = object.__new__

# Stands for the value of a field that a payload does not have.
MISSING: Any = object()


class Mismatch(Exception):
    """A value is not of exactly the declared type; only a `Validator` can tell what to do."""


def keep_unknown(fields: dict[str, Any], given: dict[Any, Any]) -> None:
    """Copy what a payload has besides the declared fields to `_extra`.

    Raises:
        Mismatch: A name is not ASCII text, so that only a `Validator` can tell what it is.
    """
    fields["_extra"] = extra = without(given, fields)
    for key in extra:
        if type(key) is not str or not key.isascii():
            raise Mismatch


def without(given: dict[Any, Any], fields: dict[str, Any]) -> dict[Any, Any]:
    """Return a payload without its declared fields."""
    # A copy is never larger than the payload; a dict filled item by item may be, as it grows.
    extra = given.copy()
    for name in fields:
        del extra[name]
    return extra


class Reader:
    """Copies the fields of a payload into the `__dict__` of an instance.

    Each type states its contract in `_read`, as one call of these methods for each field. A
    value of exactly the declared type is copied; any other goes to `mismatch`, which raises
    here. `Validator` overrides that method with Pydantic's rules, so that both readers share
    one contract, and valid payloads pay for nothing but their type checks.
    """

    __slots__ = ("fields", "given")

    given: dict[Any, Any]
    """The payload."""

    fields: dict[str, Any]
    """The `__dict__` that the fields are copied to."""

    def mismatch(self, key: str, value: object, rule: str, detail: object = None) -> None:
        """Handle a value that is missing, or not of exactly the declared type.

        Args:
            key: Name of the field.
            value: Its value, or MISSING.
            rule: The name by which `validation` knows Pydantic's rule.
            detail: What else the rule needs, such as the class of an object.
        """
        raise Mismatch

    def anything(self, key: str) -> None:
        """Read an optional value of any type."""
        value = self.given.get(key, MISSING)
        if value is not MISSING:
            self.fields[key] = value

    def string(self, key: str) -> None:
        """Read a `str`."""
        value = self.given.get(key, MISSING)
        if type(value) is str:
            self.fields[key] = value
        else:
            self.mismatch(key, value, "string")

    def optional_string(self, key: str) -> None:
        """Read an `Optional[str]` that may be absent."""
        value = self.given.get(key, MISSING)
        if value is None or type(value) is str:
            self.fields[key] = value
        elif value is not MISSING:
            self.mismatch(key, value, "string")

    def strings(self, key: str) -> None:
        """Read a list of `str`."""
        value = self.given.get(key, MISSING)
        if type(value) is list and all(type(item) is str for item in value):
            self.fields[key] = tuple(value)
        else:
            self.mismatch(key, value, "strings")

    def integer(self, key: str) -> None:
        """Read an `int`."""
        value = self.given.get(key, MISSING)
        if type(value) is int:
            self.fields[key] = value
        else:
            self.mismatch(key, value, "integer")

    def optional_integer(self, key: str) -> None:
        """Read an `Optional[int]` that may be absent."""
        value = self.given.get(key, MISSING)
        if value is None or type(value) is int:
            self.fields[key] = value
        elif value is not MISSING:
            self.mismatch(key, value, "integer")

    def boolean(self, key: str) -> None:
        """Read a `bool`."""
        value = self.given.get(key, MISSING)
        if value is True or value is False:
            self.fields[key] = value
        else:
            self.mismatch(key, value, "boolean")

    def literal(self, key: str, expected: tuple[Any, ...]) -> None:
        """Read a `Literal` whose values are of one type."""
        value = self.given.get(key, MISSING)
        if type(value) is type(expected[0]) and value in expected:
            self.fields[key] = value
        else:
            self.mismatch(key, value, "literal", expected)

    def optional_literal(self, key: str, expected: tuple[str, ...]) -> None:
        """Read an optional `Literal` of strings that may be absent."""
        value = self.given.get(key, MISSING)
        if value is None or (type(value) is str and value in expected):
            self.fields[key] = value
        elif value is not MISSING:
            self.mismatch(key, value, "literal", expected)

    def optional_literal_or_string(self, key: str, expected: tuple[str, ...]) -> None:
        """Read an optional union of a `Literal` of strings and `str` that may be absent."""
        value = self.given.get(key, MISSING)
        if value is None or type(value) is str:
            self.fields[key] = value
        elif value is not MISSING:
            self.mismatch(key, value, "literal_or_string", expected)

    def model(self, key: str, cls: Any) -> None:
        """Read an object of a class."""
        value = self.given.get(key, MISSING)
        if type(value) is dict:
            self.fields[key] = cls._read_exactly(value)
        else:
            self.mismatch(key, value, "model", cls)

    def optional_model(self, key: str, cls: Any) -> None:
        """Read an optional object of a class that may be absent."""
        value = self.given.get(key, MISSING)
        if type(value) is dict:
            self.fields[key] = cls._read_exactly(value)
        elif value is None:
            self.fields[key] = None
        elif value is not MISSING:
            self.mismatch(key, value, "model", cls)

    def models(self, key: str, cls: Any) -> None:
        """Read a list of objects of a class."""
        value = self.given.get(key, MISSING)
        if type(value) is list:
            read = cls._read_exactly
            items = tuple([read(item) for item in value if type(item) is dict])
            if len(items) == len(value):
                self.fields[key] = items
                return
        self.mismatch(key, value, "models", cls)
