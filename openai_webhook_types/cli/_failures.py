"""The errors of the command line, each with its exit status."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

__all__ = [
    "DONE",
    "INTERRUPTED",
    "MISTAKE",
    "NEGATIVE",
    "REFUSED",
    "Failure",
    "Mistake",
    "Refused",
    "trying_to",
]

DONE, NEGATIVE, MISTAKE, REFUSED, INTERRUPTED = 0, 1, 2, 3, 130


class Failure(Exception):
    """Something that cannot be done; the text says what, in one line."""

    status: int
    """The exit status."""


class Mistake(Failure):
    """There is a mistake in the call."""

    status = MISTAKE


class Refused(Failure):
    """The system cannot read, write or connect."""

    status = REFUSED


@contextmanager
def trying_to(what: str) -> Generator[None, None, None]:
    """Report in one line what the system refuses."""
    try:
        yield
    except OSError as error:
        raise Refused(f"cannot {what}: {error.strerror or error}") from error
    except ValueError as error:  # such as a null character in a name
        raise Mistake(f"cannot {what}: {error}") from error
