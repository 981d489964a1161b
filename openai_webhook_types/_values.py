"""What several modules ask of a value, and the limit that two of them share."""

import sys

__all__ = ["MAX_DIGITS", "is_instance_of", "is_unicode", "safe_repr"]

# The most digits of an integer given as text: Pydantic's limit, and CPython's default.
MAX_DIGITS = 4300


def is_unicode(text: str) -> bool:
    """Tell whether a text is valid Unicode: whether it has no lone surrogate."""
    try:
        return text.isascii() or bool(text.encode())
    except UnicodeEncodeError:
        return False


def safe_repr(value: object) -> str:
    """Return `repr(value)` as valid Unicode; never raises."""
    try:
        return repr(value).encode("utf-8", "backslashreplace").decode()
    except Exception:
        return f"<unprintable {type(value).__name__} object>"


def is_instance_of(value: object, module: str, name: str) -> bool:
    """Tell whether a value is an instance of a class whose module may not have been imported."""
    return isinstance(value, getattr(sys.modules.get(module), name, ()))
