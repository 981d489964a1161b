"""The arguments of the verbs: their help, and their types."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from ._failures import Mistake

if TYPE_CHECKING:
    from ..events._base import WebhookEvent

__all__ = ["PACKAGE", "describe", "known_class", "moment", "program", "whole"]

# The name that this copy of the package is imported by.
PACKAGE = __name__.rpartition(".cli.")[0]


def program() -> str:
    """Return the name that the program was called by."""
    path = "".join(sys.argv[:1])
    name = os.path.basename(path)
    python = os.path.basename(sys.executable or "") or "python"
    if name in ("", "-c", "__main__.py"):
        return f"{python} -m {PACKAGE}"
    return f"{python} {path}" if os.path.isdir(path) else name


def describe(verb: argparse.ArgumentParser, description: str, *examples: str) -> None:
    """Give a verb its help; PROGRAM stands for the name that the program was called by."""
    name = program()
    verb.description = description.replace("PROGRAM", name)
    lines = ["examples:", *examples] if len(examples) > 1 else ["example:", *examples]
    verb.epilog = "\n  ".join(lines).replace("PROGRAM", name)


def whole(minimum: int, maximum: int | None = None) -> Callable[[str], int]:
    """Return a function that reads an argument as a whole number within bounds."""

    def number(text: str) -> int:
        with suppress(ValueError):
            value = int(text)
            if value >= minimum and (maximum is None or value <= maximum):
                return value
        bounds = f"at least {minimum}" if maximum is None else f"{minimum} to {maximum}"
        raise argparse.ArgumentTypeError(f"must be a whole number, {bounds}, not {text!r}")

    return number


def moment(text: str) -> int:
    """Return the Unix seconds of an argument, which may be an ISO 8601 time, UTC by default."""
    from datetime import datetime, timezone

    with suppress(ValueError):
        return int(text)
    try:
        # Python 3.8 does not read the Z.
        when = datetime.fromisoformat(re.sub("[zZ]$", "+00:00", text))
        return int((when if when.tzinfo else when.replace(tzinfo=timezone.utc)).timestamp())
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(
            f"must be Unix seconds or a time such as 2026-01-31T12:00:00Z, not {text!r}"
        ) from None


def known_class(event_type: str) -> type[WebhookEvent]:
    """Return the class of a known event type."""
    from ..parsing import event_class

    try:
        return event_class(event_type)
    except ValueError as error:
        raise Mistake(f"{error} (to list them: {program()} events)") from None
