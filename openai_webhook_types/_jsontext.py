"""JSON text to Python values and back, as strict and as exact as Pydantic.

Pydantic's parser (jiter 0.19) is stricter than `json`: no byte order mark, no lone
surrogate, no value nested deeper than 201, no number of more than 4300 digits before the point.
"""

import json
import re
from collections.abc import Mapping
from enum import Enum
from json import encoder
from typing import Any, Callable, Iterator, Optional, Tuple, Union

from ._validation import INFINITY, MAX_DIGITS, is_of, is_unicode

# PyPy's json has no compiled encoder, and one name less.
_make_encoder: Any = getattr(encoder, "c_make_encoder", None)
_quoted: Callable[[str], str] = encoder.encode_basestring

_MAX_DEPTH = 201
_LONG_NUMBER = re.compile(rf"-?[0-9]{{{MAX_DIGITS + 1}}}")
_CONSTANTS = {None: "null", True: "true", False: "false"}
_WHITE_SPACE = " \t\n\r"
# An escape that is a surrogate pair, or (group 1) a surrogate on its own, or anything else.
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F])|.)", re.DOTALL
)


# A string, a bracket or anything else that stands alone.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]|[^\s\[\]{}",:]+', re.DOTALL)


class NotJSONError(ValueError):
    """What should be JSON text is not: `args` are the error's type and, in words, the reason."""


def _integer(text: str) -> int:
    return int(_bounded(text))


def _float(text: str) -> float:
    return float(_bounded(text))


def _bounded(text: str) -> str:
    if _LONG_NUMBER.match(text):
        raise ValueError(text)
    return text


_decoder = json.JSONDecoder()
# What raw_decode wraps, where there is such a thing.
_scan = getattr(_decoder, "scan_once", _decoder.raw_decode)
_scan_thoroughly = json.JSONDecoder(parse_int=_integer, parse_float=_float).raw_decode
# A text of this many characters can go past none of the limits.
_SHORT = 2 * _MAX_DEPTH


def loads(data: Union[str, bytes, bytearray]) -> Any:
    """Return the value of JSON text (RFC 8259, with NaN and the infinities).

    Raises:
        NotJSONError: The text is not JSON, or goes past a limit given above.
    """
    try:
        text = data.decode() if type(data) is bytes else _decoded(data)
    except UnicodeDecodeError as error:
        raise _not_utf8(error) from None
    if len(text) <= _SHORT:
        try:
            value, end = _scan(text, 0)
        except (StopIteration, ValueError, RecursionError):
            pass
        else:
            if end == len(text) and "\\" not in text:
                return value
    return _loads_thoroughly(text)


def _loads_thoroughly(text: str) -> Any:
    try:
        value, end = _scan_thoroughly(text, _margin(text))
    except json.JSONDecodeError as error:
        reason = error.msg[:-3] if error.msg.endswith(" at") else error.msg
        raise _not_json(text, reason, error.pos) from None
    except RecursionError:
        raise _too_deep(text) from None
    except ValueError:
        raise _too_long(text) from None
    end += _margin(text[end:])
    if end != len(text):
        raise _not_json(text, "trailing characters", end)
    if text.count("[") + text.count("{") >= _MAX_DEPTH and _is_deep(value):
        raise _too_deep(text)
    if "\\" in text:
        for escape in _ESCAPE.finditer(text):
            if escape[1]:
                raise _not_json(text, "lone surrogate", escape.start())
    return value


def _decoded(data: object) -> str:
    if isinstance(data, str):
        if is_unicode(data):
            return str.__str__(data)
        raise NotJSONError("string_unicode")
    if isinstance(data, (bytes, bytearray)):
        return data.decode()
    raise NotJSONError("json_type")


def _not_utf8(error: UnicodeDecodeError) -> NotJSONError:
    before = error.object[: error.start].decode()
    return _not_json(before, "invalid UTF-8", len(before))


def _margin(text: str) -> int:
    return len(text) - len(text.lstrip(_WHITE_SPACE))


def _not_json(text: str, reason: str, position: int) -> NotJSONError:
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    return NotJSONError("json_invalid", f"{reason} at line {line} column {column}")


def _tokens(text: str) -> Iterator[Tuple[int, str, int]]:
    """Yield the start of each value, key and closing bracket, its text, and its depth."""
    depth = 1
    for token in _TOKEN.finditer(text):
        yield token.start(), token[0], depth
        depth += (token[0] in "[{") - (token[0] in "]}")


def _too_deep(text: str) -> NotJSONError:
    position = next((start for start, _, depth in _tokens(text) if depth > _MAX_DEPTH), 0)
    return _not_json(text, "recursion limit exceeded", position)


def _too_long(text: str) -> NotJSONError:
    position = next((start for start, token, _ in _tokens(text) if _LONG_NUMBER.match(token)), 0)
    return _not_json(text, f"number of more than {MAX_DIGITS} digits", position)


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(_MAX_DEPTH):
        level = [
            child
            for parent in level
            if type(parent) in (list, dict)
            for child in (parent if type(parent) is list else parent.values())
        ]
    return bool(level)


def jsonable(value: Any, other: Callable[[Any], Any]) -> Any:
    """Return the nearest value that JSON has a form for, as Pydantic's JSON mode does.

    `other` is asked for what is none of the types that JSON or Python's own library have
    an agreed form for: it returns such a value, or raises.
    """
    kind = type(value)
    if value is None or kind is str or kind is int or kind is bool:
        return value
    if isinstance(value, Enum):
        return jsonable(value.value, other)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if abs(value) < INFINITY else None
    if isinstance(value, Mapping):
        return {_key(key): jsonable(item, other) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [jsonable(item, other) for item in value]
    if isinstance(value, (bytes, bytearray)):
        return value.decode()
    if hasattr(kind, "isoformat"):
        text = value.isoformat()
        return text[:-6] + "Z" if text.endswith("+00:00") else text
    if is_of(value, "decimal", "Decimal") or is_of(value, "uuid", "UUID"):
        return str(value)
    return other(value)


def _key(key: object) -> str:
    if type(key) is bool:
        return _CONSTANTS[key]
    return key if type(key) is str else str(jsonable(key, str))


def dumps(value: Any, indent: Optional[int] = None) -> str:
    """Return the JSON text of what `jsonable` returns.

    The layout is Pydantic's: no spaces unless `indent` asks for lines, non-ASCII as it is.

    Raises:
        ValueError: A string has a lone surrogate, which JSON text cannot hold.
    """
    return _checked(_text(value, "" if indent is None else "\n", " " * (indent or 0)))


def compact_dumps(default: Callable[[Any], Any]) -> Callable[[Any], Optional[str]]:
    """Return a faster `dumps`, for values that `default` may be asked to make JSON's.

    It gives None for text that may have a float or a key that Pydantic writes in another way.

    The compiled encoder is the one that `json.dumps` sets up anew each time; where there is
    none, the result is always None.
    """
    if not _make_encoder:
        return lambda _: None
    encode = _make_encoder(None, default, _quoted, None, ":", ",", False, False, False)

    def compact(value: Any) -> Optional[str]:
        text = "".join(encode(value, 0))
        return None if "e-0" in text or '"null":' in text else _checked(text)

    return compact


def _checked(text: str) -> str:
    if not is_unicode(text):
        raise ValueError("a lone surrogate cannot be written as JSON")
    return text


def _text(value: Any, newline: str, indent: str) -> str:
    kind = type(value)
    if kind is str:
        return _quoted(value)
    if kind is int:
        return int.__repr__(value)
    if kind is dict:
        inner = newline + indent
        colon = ": " if newline else ":"
        items = [
            # Most values are strings, and spared a call.
            f"{_quoted(k)}{colon}{_quoted(v) if type(v) is str else _text(v, inner, indent)}"
            for k, v in value.items()
        ]
        return f"{{{inner}{(',' + inner).join(items)}{newline}}}" if items else "{}"
    if kind is list:
        inner = newline + indent
        items = [_text(item, inner, indent) for item in value]
        return f"[{inner}{(',' + inner).join(items)}{newline}]" if items else "[]"
    if kind is float:
        return _number(value)
    return _CONSTANTS[value]


def _number(value: float) -> str:
    """Write a float as Pydantic does: `repr`, but small ones without a padded exponent."""
    text = repr(value)
    mantissa, _, exponent = text.partition("e-0")
    if not exponent:
        return text
    if exponent == "5":
        return ("-" if value < 0 else "") + "0.0000" + mantissa.lstrip("-").replace(".", "")
    return f"{mantissa}e-{exponent}"
