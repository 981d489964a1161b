"""The types of the fields of a class, however its annotations are written.

Tools may have rewritten the annotations of a vendored copy: as text, by
`from __future__ import annotations`, or with `X | None` for `Optional[X]`. So no other module
looks at the annotations of the types.
"""

from __future__ import annotations

import types
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

__all__ = ["field_hints", "members"]

_UNIONS = (Union, getattr(types, "UnionType", Union))


@lru_cache(None)
def field_hints(cls: Any) -> dict[str, Any]:
    """Return the type of each field of a class, in their order.

    Raises:
        TypeError: The class stands for several types, as `WebhookEvent` does.
    """
    if not hasattr(cls, "__dataclass_fields__"):
        raise TypeError(f"{cls.__name__} stands for several types: call the method of one of them")
    try:
        hints = get_type_hints(cls)
    # A subclass may be annotated with what only its type checker knows. It has the fields of its
    # base, which can be resolved.
    except NameError:
        return field_hints(next(c for c in cls.__mro__[1:] if hasattr(c, "__dataclass_fields__")))
    return {name: hints[name] for name in cls.__dataclass_fields__}


def members(hint: Any) -> tuple[Any, ...]:
    """Return the members of a union. Any other type is its own only member."""
    return get_args(hint) if get_origin(hint) in _UNIONS else (hint,)
