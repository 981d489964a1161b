"""The payload of an event type, and how `--set` changes it."""

from __future__ import annotations

import argparse
import json
from math import isfinite
from typing import Any, NoReturn

from .._json_text import dumps
from ..testing import sample_payload
from ._arguments import known_class
from ._failures import Mistake

__all__ = ["add_set", "changed", "json_text", "sample"]


def add_set(verb: argparse.ArgumentParser) -> None:
    """Add the option that changes a payload."""
    verb.add_argument(
        "--set",
        metavar="PATH=VALUE",
        action="append",
        default=[],
        help="change or add a field, such as data.id=batch_1 or data.sip_headers.0.name=To; "
        "the value is JSON, or else plain text",
    )


def sample(event_type: str) -> Any:
    """Return a payload of a known event type."""
    known_class(event_type)
    return sample_payload(event_type)


def changed(payload: Any, assignments: list[str]) -> Any:
    """Return the payload after each `PATH=VALUE` has changed it, in order."""
    for assignment in assignments:
        path, equals, text = assignment.partition("=")
        steps = path.split(".")
        if not equals or "" in steps:
            raise Mistake(f"--set takes PATH=VALUE, such as data.id=batch_1, not {assignment!r}")
        _set(payload, steps, _value(text), path)
    return payload


def json_text(payload: Any, indent: int | None) -> str:
    """Return a payload as JSON text."""
    try:
        return dumps(payload, indent)
    except ValueError as error:
        raise Mistake(str(error)) from None


def _value(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError):
        return text


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)  # NaN and the infinities are not JSON


def _finite(text: str) -> float:
    value = float(text)
    return value if isfinite(value) else _refuse(text)


def _set(target: Any, steps: list[str], value: Any, path: str) -> None:
    for number, step in enumerate(steps):
        is_last = number == len(steps) - 1
        if isinstance(target, dict):
            target[step] = value if is_last else target.get(step, {})
            target = target[step]
        elif isinstance(target, list):
            index = int(step) if step.isdecimal() and len(step) < 10 else len(target) + 1
            if index > len(target):
                raise Mistake(f"--set {path}: {step!r} is not one of {len(target)} items")
            target[index : index + 1] = [value if is_last else [*target, {}][index]]
            target = target[index]
        else:
            parent = ".".join(steps[:number]) or "the payload"
            raise Mistake(f"--set {path}: {parent} has no fields")
