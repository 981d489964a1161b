"""The `include` and `exclude` of Pydantic's `model_dump`: a part of a dump.

Programs use them to keep personal data, such as the SIP headers of a call, out of logs.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from .._untrusted import FAILED, attempt, safe_repr

__all__ = ["filtered"]

_ALL = "__all__"
_ABSENT = object()


def filtered(value: Any, include: Any, exclude: Any) -> Any:
    """Return a value without the items that are not included, or are excluded, at any depth.

    Args:
        value: What `model_dump` returns: dicts have items by their keys, lists, tuples and
            deques by their indexes, counted modulo their length.
        include: None for everything; or a set of keys; or a dict from keys to either True or, in
            the same form, what to include of the item. The key "__all__" stands for every key.
        exclude: None for nothing, or what to exclude, in the same form.

    Raises:
        TypeError: `include` or `exclude` has another form.
    """
    if include is None and exclude is None:
        return value
    if isinstance(value, dict):
        parts = [(key, _part(key, item, include, exclude)) for key, item in value.items()]
        return {key: part for key, part in parts if part is not _ABSENT}
    if not value or type(value) not in (list, tuple, deque):
        return value
    include = _within(include, len(value))
    exclude = _within(exclude, len(value))
    items = [_part(index, item, include, exclude) for index, item in enumerate(value)]
    found = [item for item in items if item is not _ABSENT]
    return deque(found, value.maxlen) if type(value) is deque else type(value)(found)


def _part(key: object, item: Any, include: Any, exclude: Any) -> Any:
    """Return the part of an item that is included, or _ABSENT if there is none."""
    excluded = None if exclude is None else _rule(key, exclude, "exclude")
    included = True if include is None else _rule(key, include, "include")
    if _is_whole(excluded) or included is _ABSENT:
        return _ABSENT
    return filtered(
        item,
        None if _is_whole(included) else included,
        None if excluded is _ABSENT else excluded,
    )


def _rule(key: object, rules: Any, argument: str) -> Any:
    """Return the rule for a key: True or `...`, the rules for its items, or _ABSENT."""
    if not isinstance(rules, dict):
        found = FAILED
        if hasattr(type(rules), "__contains__"):
            found = attempt(lambda: key in rules or _ALL in rules)
        if found is FAILED:
            raise TypeError(f"{argument!r} must be a set or a dict, not {safe_repr(rules)}")
        return True if found else _ABSENT
    own, every = rules.get(key, _ABSENT), rules.get(_ALL, _ABSENT)
    if own is _ABSENT:
        return every
    return own if every is _ABSENT else _combined(own, every)


def _combined(own: Any, every: Any) -> Any:
    if _is_whole(own) or _is_whole(every):
        return own
    own, every = _as_dict(own), _as_dict(every)
    both = {key: _combined(own[key], every[key]) for key in own.keys() & every.keys()}
    return {**own, **every, **both}  # in this order: of two indexes of one item, the last counts


def _as_dict(rules: Any) -> dict[Any, Any]:
    if isinstance(rules, dict):
        return rules
    if isinstance(rules, (set, frozenset)):
        return dict.fromkeys(rules, True)
    raise TypeError(f"'include' and 'exclude' must have sets or dicts inside, not {rules!r}")


def _is_whole(rule: object) -> bool:
    return rule is True or rule is ...


def _within(rules: Any, length: int) -> Any:
    """Return the rules for a list, with each index modulo its length, as in Pydantic.

    Rules in other collections than sets and dicts are returned unchanged, as in Pydantic.
    """

    def index(key: Any) -> Any:
        return key % length if isinstance(key, int) else key

    if isinstance(rules, dict):
        return {index(key): rule for key, rule in rules.items()}
    if isinstance(rules, set):
        return {index(key) for key in rules}
    return rules
