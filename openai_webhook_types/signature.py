"""Standard Webhooks signatures, verified as openai 3.57.0 verifies them.

A request has an ID, a timestamp in Unix seconds, and one or more signatures. A signature is `v1,`
and then the Base64 of the HMAC-SHA256 of `id.timestamp.payload`.
"""

from __future__ import annotations

import hmac
import os
import re
import time
from binascii import a2b_base64, b2a_base64
from functools import lru_cache
from hmac import compare_digest
from math import isnan
from operator import index
from typing import (
    TYPE_CHECKING,
    Any,
    Callable,
    Dict,
    Iterable,
    Iterator,
    List,
    Mapping,
    Optional,
    Protocol,
    Sequence,
    Tuple,
    TypeVar,
    Union,
    runtime_checkable,
)

from ._model.later import later
from ._untrusted import (
    FAILED,
    attempt,
    is_exhausted,
    is_instance_of,
    is_unicode,
    plain_int,
    plain_str,
)
from .errors import InvalidWebhookSignatureError
from .parsing import parse_event

if TYPE_CHECKING:
    from .events import _union
else:
    (_union,) = later(globals(), ".events._union")

__all__ = ["Headers", "sign", "unwrap", "verify_signature"]

# In the order in which the SDK looks for them.
_SIGNATURE, _TIMESTAMP, _ID = _NAMES = ("webhook-signature", "webhook-timestamp", "webhook-id")

# The headers by their names in lower case, and by their names in a WSGI environ (PEP 3333).
_HEADERS = {name: name for name in _NAMES}
_ENVIRON = {f"http_{name.replace('-', '_')}": name for name in _NAMES}

# The most characters of a header, which bounds the cost of reading it. `int` takes up to 4300
# digits.
_MAX_LENGTH = 4096

# The SDK counts a form feed as white space, but no header may have one (RFC 9110, section 5.5). A
# comma with one bit flipped is a form feed, which would split `v1,BASE64`, and Base64 without `v1`
# is accepted.
_FORM_FEED = "\f"

# These stand for a value that is not text, and for two values that differ. Neither is ASCII, so
# neither is ever accepted. `_DIFFERENT` is compared by identity: a client may send the same text.
_NOT_TEXT = "\ufffd"
_DIFFERENT = "\uffff different"

# Without a dot in the ID, or in the timestamp, which is an integer, what is signed can be read in
# only one way. Otherwise, whoever chose a part of a genuine body could cut a request of another ID,
# timestamp and body out of `id.timestamp.body`.
_DOT = "."

# White space that the SDK skips after the Base64 of a secret, as from a file or a dashboard.
_BLANKS = " \t\r\n"

# Quotes that may be pasted together with a secret. Other white space is refused as well, and so are
# characters that cannot be printed, such as a byte order mark.
_QUOTES = "\"'`\u2018\u2019\u201c\u201d"

# Characters of one signature: `v1,`, and the Base64 of 32 bytes.
_LENGTH = 47

_BASE64 = re.compile("[A-Za-z0-9+/]*")

# In Unix seconds. The year is beyond 30,000.
_END_OF_TIME = 10**12

# Why a request is refused, by `reason`: in the SDK's words, where the SDK has a message.
_MESSAGES = {
    "missing_header": "Could not find {} header",
    "invalid_header": f"The {{}} header is not ASCII text of at most {_MAX_LENGTH} characters",
    "conflicting_headers": "There is more than one {} header, and they differ",
    "invalid_timestamp": "Invalid webhook timestamp format",
    "timestamp_too_old": "Webhook timestamp is too old",
    "timestamp_too_new": "Webhook timestamp is too new",
    "no_matching_signature": "The given webhook signature does not match the expected signature",
}
_HAS_DOT = ", or it has a dot"
_EMPTY_BODY = "; the body is empty: the server may not have read a chunked body"

_HEADERS_MUST = (
    "The headers must be a mapping of names to values, pairs of a name and a value, "
    "or an object with a method items or get"
)


@runtime_checkable
class _HasItems(Protocol):
    def items(self) -> Iterable[Tuple[Any, Any]]: ...


@runtime_checkable
class _HasGet(Protocol):
    def get(self, name: str, /) -> Any: ...


_T = TypeVar("_T")
_R = TypeVar("_R")

Payload = Union[str, bytes, bytearray, memoryview]
Headers = Union[_HasItems, _HasGet, Iterable[Tuple[Any, Any]]]
"""The headers of a request, as any server provides them: see `verify_signature`."""
Secret = Union[str, Sequence[str], None]
Tolerance = Union[int, float]  # to some run-time checkers, an int is not a float


def unwrap(
    payload: Payload,
    headers: Headers,
    *,
    secret: Secret = None,
    tolerance: Tolerance = 300,
    strict: Optional[bool] = None,
) -> _union.UnwrapWebhookEvent:
    """Return the event in a request, after verifying its signature.

    This calls `verify_signature` and then `parse_event`: no part of the payload is parsed before
    the signature is verified. It takes the arguments of both and raises their errors.

    Raises:
        ValidationError: The payload is signed, but invalid. The error has the payload, so
            that it can be stored.
    """
    try:
        # Without the call of `_keys`, this takes 2 % less time.
        keys = [_key(secret)] if type(secret) is str else _keys(secret)
    finally:
        del secret  # see `_forgetful`
    body, _ = _verified(payload, headers, keys, tolerance)
    return parse_event(body, strict=strict)


def verify_signature(
    payload: Payload, headers: Headers, *, secret: Secret = None, tolerance: Tolerance = 300
) -> str:
    """Return the `webhook-id` of a request, after verifying its signature and its timestamp.

    The ID identifies the delivery: it stays the same when OpenAI sends a webhook again.

    Args:
        payload: The body as it was received, before it is parsed.

        headers: The headers as the server provides them, with names in upper or lower case:
            a mapping of names to str, bytes or lists of these; pairs of str or bytes (ASGI);
            a WSGI environ or Django's META; or an object with a method `items`, or only
            `get`, as web frameworks have. The variables of a CGI script are not accepted,
            because a client can send headers with the same names: pass the three as a dict.

        secret: `whsec_` and Base64, or the key itself as text; or a sequence of several
            secrets, any of which may match, while you rotate them. The default is the
            environment variable OPENAI_WEBHOOK_SECRET.

        tolerance: How many seconds the timestamp may be in the past, or in the future.

    Raises:
        InvalidWebhookSignatureError: The request is refused. The `reason` is one of

            - "missing_header": one of the three headers is missing;
            - "invalid_header": one is not ASCII text, or is longer than 4096 characters, or the
              ID has a dot;
            - "conflicting_headers": the ID or the timestamp has two different values;
            - "invalid_timestamp": the timestamp is not an integer;
            - "timestamp_too_old", "timestamp_too_new": the timestamp is out of tolerance;
            - "no_matching_signature": no signature matches, for any secret.

        ValueError: There is no secret, or a secret is malformed: it is empty; it has white
            space, quotes or invisible characters around it; it has something before its
            `whsec_`; or what follows that is not standard Base64. Only spaces, tabs and line
            breaks after the Base64 are skipped. The message names the fault and does not show
            the secret. This is also raised if the tolerance is NaN.

        TypeError: An argument is of none of the types above. Faults of the secret and the
            tolerance are reported first, before the request is looked at.
    """
    try:
        keys = [_key(secret)] if type(secret) is str else _keys(secret)
    finally:
        del secret
    _, webhook_id = _verified(payload, headers, keys, tolerance)
    return webhook_id


def sign(
    payload: Payload,
    *,
    secret: Secret = None,
    webhook_id: Optional[str] = None,
    timestamp: Optional[int] = None,
) -> Dict[str, str]:
    """Return the three headers that sign a payload, for tests and local senders.

    Args:
        payload: The body that will be sent; a str stands for its UTF-8 bytes.
        secret: As for `verify_signature`. Several secrets give a signature each.
        webhook_id: ID of the delivery, the same when it is retried; by default a new one.
        timestamp: When the request is sent, in Unix seconds; by default now.

    Raises:
        ValueError: As for `verify_signature`; or the ID or the timestamp would be refused.
        TypeError: As for `verify_signature`.
    """
    try:
        keys = _keys(secret)
    finally:
        del secret
    if webhook_id is None:
        webhook_id = f"wh_{os.urandom(16).hex()}"
    if not isinstance(webhook_id, str):
        raise TypeError(f"A webhook id must be str, not {type(webhook_id).__name__}")
    if not _is_plain(webhook_id) or webhook_id.strip() != webhook_id or not webhook_id:
        raise ValueError(
            f"A webhook id must be 1 to {_MAX_LENGTH} characters of printable ASCII, "
            "without dots, and without blanks around it"
        )
    seconds = f"{int(time.time())}" if timestamp is None else _digits(timestamp)
    content = _content(webhook_id, seconds, _raw(payload))
    return {
        _ID: webhook_id,
        _TIMESTAMP: seconds,
        _SIGNATURE: " ".join([f"v1,{_signature(key, content)}" for key in keys]),
    }


def _verified(
    payload: Payload, headers: Headers, keys: List[hmac.HMAC], tolerance: Tolerance
) -> Tuple[Union[str, bytes], str]:
    """Return the verified payload and the ID. A buffer, which may change, is copied."""
    # First, so that a wrong setting shows with any request.
    if type(tolerance) is not int:  # read from settings, it may be a float, or one of NumPy's
        tolerance = _seconds(tolerance)
    raw = payload if type(payload) is bytes else _raw(payload)
    signatures, timestamp, webhook_id = _values(headers)
    # Not in an `except` block: the error behind the one that is raised would show the header.
    sent = attempt(int, timestamp)
    if sent is FAILED:
        raise _error("invalid_timestamp", webhook_id)
    age = int(time.time()) - sent
    if abs(age) > tolerance:
        raise _error("timestamp_too_old" if age > tolerance else "timestamp_too_new", webhook_id)
    content = _content(webhook_id, timestamp, raw)
    matches = False
    given = _signatures(signatures)
    for key in keys:
        expected = _signature(key, content)
        # All are compared, so that the time taken does not tell which one matched.
        for signature in given:
            matches |= compare_digest(expected, signature)
        del expected  # for the same reason as a secret: it would show a forger how to sign
    if not matches:
        raise _error("no_matching_signature", webhook_id, hint="" if raw else _EMPTY_BODY)
    return plain_str(payload) if isinstance(payload, str) else raw, webhook_id


def _seconds(tolerance: object) -> float:
    """Return a tolerance as a plain int or float, not one of a subclass."""
    if isinstance(tolerance, float):
        # NaN would accept any timestamp: no age is greater than NaN.
        if isnan(tolerance):
            raise ValueError("The tolerance is not a number (NaN)")
        return float.__pos__(tolerance)
    number = attempt(index, tolerance)
    if number is FAILED:
        raise TypeError(f"The tolerance must be int or float, not {type(tolerance).__name__}")
    return plain_int(number)


def _forgetful(function: Callable[[_T], _R]) -> Callable[[_T], _R]:
    """Return a function whose errors leave behind the frames that hold its argument, a secret.

    Loggers and debugging pages show the local variables of each frame in a traceback. So whoever
    has a secret in a variable, and calls such a function, deletes the variable in any case.
    """

    def forgetful(secret: _T) -> _R:
        try:
            return function(secret)
        except BaseException as error:  # noqa: BLE001
            raise error.with_traceback(None)
        finally:
            del secret

    return forgetful


@_forgetful
def _keys(secret: Secret) -> List[hmac.HMAC]:
    if secret is None:
        secret = os.environ.get("OPENAI_WEBHOOK_SECRET")
    if secret is None:
        raise ValueError(
            "The webhook secret must either be set using the env var, OPENAI_WEBHOOK_SECRET, "
            "or passed to this function"
        )
    if isinstance(secret, str):
        return [_key(plain_str(secret))]
    is_binary_or_mapping = isinstance(secret, (bytes, bytearray, memoryview, Mapping))
    found = FAILED if is_binary_or_mapping else attempt(list, secret)
    if found is FAILED:
        kind = type(secret).__name__
        raise TypeError(f"The webhook secret must be str or a sequence of str, not {kind}")
    if not found:
        raise ValueError("The sequence of webhook secrets is empty")
    for one in found:
        if not isinstance(one, str):
            raise TypeError(f"A webhook secret must be str, not {type(one).__name__}")
    return [_key(plain_str(one)) for one in found]


# Programs have a secret or two, or one for each tenant; the least used ones are set up again.
@lru_cache(maxsize=64)
@_forgetful
def _key(secret: str) -> hmac.HMAC:
    """Return the HMAC of an empty message: copying it is faster than setting up the key again."""
    has_prefix = secret.startswith("whsec_")
    if has_prefix:
        secret = secret.rstrip(_BLANKS)
    fault = _fault_of_secret(secret)
    if fault:
        raise ValueError(f"The webhook secret {fault}")
    return hmac.new(a2b_base64(secret[6:]) if has_prefix else secret.encode(), digestmod="sha256")


def _fault_of_secret(secret: str) -> Optional[str]:
    """Return what is wrong with a secret, or None.

    A malformed secret could be used as a key, but would make genuine requests look forged.
    """
    if not secret.strip():
        return "is nothing but white space" if secret else "is empty"
    # What comes along from a dashboard, a shell, an .env file or a document.
    for character in (secret[0], secret[-1]):
        if character.isspace():
            return "has white space around it"
        if character in _QUOTES:
            return "has quotes around it"
        if not character.isprintable():
            return "has an invisible character around it"
    if not secret.startswith("whsec_"):
        lower = secret.lower()
        if lower.startswith("whsec_"):
            return "begins with whsec_ in another case"
        if "whsec_" in lower:
            return "has something before its whsec_"
        return None if is_unicode(secret) else "is not valid Unicode"
    encoded = secret[6:]
    digits = encoded.rstrip("=")
    if not encoded:
        return "has nothing after its whsec_"
    if not _BASE64.fullmatch(digits):
        if _BASE64.fullmatch(digits.replace("-", "+").replace("_", "/")):
            return "has URL-safe Base64 (- and _) after its whsec_, not standard Base64 (+ and /)"
        return "has characters that are not Base64 after its whsec_"
    if len(digits) % 4 == 1 or encoded != digits + "=" * (-len(digits) % 4):
        return "has Base64 with wrong padding (=) after its whsec_: a part may be missing"
    # HMAC pads keys with zero bytes, so this is the same as an empty key, which anyone knows.
    return None if a2b_base64(encoded).strip(b"\0") else "is all zero bytes"


def _raw(payload: Payload) -> bytes:
    if isinstance(payload, (bytes, bytearray, memoryview)):
        return bytes(payload)
    if isinstance(payload, str):
        # Text that is not Unicode can be signed like any other: the parser refuses it.
        return str.encode(payload, "utf-8", "surrogatepass")
    raise TypeError(f"The payload must be the body as str or bytes, not {type(payload).__name__}")


def _digits(timestamp: object) -> str:
    number = FAILED if isinstance(timestamp, bool) else attempt(index, timestamp)
    if number is FAILED:
        raise TypeError(f"The timestamp must be int, not {type(timestamp).__name__}")
    if abs(plain_int(number)) >= _END_OF_TIME:
        raise ValueError("The timestamp is out of range for Unix seconds")
    return f"{plain_int(number)}"


def _content(webhook_id: str, timestamp: str, raw: bytes) -> bytes:
    return f"{webhook_id}.{timestamp}.".encode() + raw


def _signature(key: hmac.HMAC, content: bytes) -> str:
    mac = key.copy()
    mac.update(content)
    return b2a_base64(mac.digest(), newline=False).decode()


def _values(headers: Headers) -> Tuple[str, str, str]:
    """Return the texts of the three headers: signatures, timestamp and ID."""
    found: Dict[str, str] = {}
    # The names of a WSGI environ count only in one: elsewhere, a client can send a header of such
    # a name. Under ASGI, Django's META has no `wsgi.version`. No client can forge either of these
    # as no header is a tuple or a bool.
    given: Any = headers
    is_environ = type(given) is dict and (
        type(given.get("wsgi.version")) is tuple or type(given.get("wsgi.multithread")) is bool
    )
    known = _ENVIRON if is_environ else _HEADERS
    for name, value in given.items() if type(given) is dict else _pairs(given):
        lower = name.lower() if type(name) is str else _text(name).lower()
        if lower in known:
            header = known[lower]
            if type(value) is str and header not in found:
                found[header] = value
            else:
                _add(found, header, value)
    text = "".join(found.values())
    is_suspect = len(text) > _MAX_LENGTH or _FORM_FEED in text or _DOT in text or not text.isascii()
    if is_suspect or len(found) < len(_NAMES):
        _refuse(found)
    return found[_SIGNATURE], found[_TIMESTAMP], found[_ID]


def _pairs(headers: Any) -> Iterator[Tuple[Any, Any]]:
    try:
        for pair in _listed(headers):
            parts: Any = pair if isinstance(pair, (tuple, list)) else ()
            name, value = parts
            yield name, value
    except Exception as error:
        if is_exhausted(error):
            raise
        raise TypeError(f"{_HEADERS_MUST}, not {type(headers).__name__}") from error


def _listed(headers: Any) -> Iterable[Any]:
    if isinstance(headers, (str, bytes)):
        raise TypeError
    if hasattr(headers, "items"):
        return headers.items()  # type: ignore[no-any-return]
    if hasattr(headers, "get"):
        # Such as JavaScript's `Headers` in Pyodide. Its names may be case-sensitive.
        return [
            (name, headers.get(spelling))
            for name in _NAMES
            for spelling in (name, name.upper(), name.title())
        ]
    return headers  # type: ignore[no-any-return]


def _text(value: object) -> str:
    if isinstance(value, bytes):  # as in ASGI's scope
        return value.decode("latin-1")
    return plain_str(value) if isinstance(value, str) else _NOT_TEXT


def _add(found: Dict[str, str], header: str, value: object) -> None:
    """Add the value of a header, which may be a list of any number of values."""
    # AWS Lambda has lists of values, behind a load balancer and in `multiValueHeaders`.
    for one in value if isinstance(value, (list, tuple)) else [value]:
        if isinstance(one, Mapping):
            must = "must be str, bytes or a list of these"
            raise TypeError(f"The value of the header {header} {must}, not {type(one).__name__}")
        text = _text(one)
        # JavaScript's `null`, which is what `Headers.get` returns for a header that is missing.
        is_null = one is None or is_instance_of(one, "pyodide.ffi", "JsNull")
        if is_null or found.setdefault(header, text) == text:
            continue
        if header != _SIGNATURE:
            found[header] = _DIFFERENT
        elif len(found[header]) <= _MAX_LENGTH:  # what is already too long is refused anyhow
            found[header] += " " + text


def _refuse(found: Dict[str, str]) -> None:
    """Raise an error for the first header that is missing or invalid, if any is."""
    for header in _NAMES:
        fault = _fault(header, found.get(header))
        if fault:
            is_id = fault == "invalid_header" and header == _ID
            raise _error(fault, found.get(_ID), header, _HAS_DOT if is_id else "")


def _signatures(text: str) -> List[str]:
    """Return the signatures of version 1 in a header, or in several that a server has joined."""
    if len(text) == _LENGTH and text[:3] == "v1,":
        return [text[3:]]  # as in most requests; with a blank or a comma in it, nothing can match
    found = []
    for part in text.split():
        if "," not in part:
            found.append(part)  # the SDK accepts one without a version
        else:
            # Many servers join headers of the same name with a comma, which also ends a version.
            pieces = [piece for piece in part.split(",") if piece]
            found += [s for version, s in zip(pieces[::2], pieces[1::2]) if version == "v1"]
    return found


def _fault(header: str, text: Optional[str]) -> Optional[str]:
    if text is None:
        return "missing_header"
    if text is _DIFFERENT:
        return "conflicting_headers"
    if not text.isascii() or len(text) > _MAX_LENGTH or _FORM_FEED in text:
        return "invalid_header"
    return "invalid_header" if header == _ID and _DOT in text else None


def _is_plain(webhook_id: Optional[str]) -> bool:
    return webhook_id is not None and not _fault(_ID, webhook_id) and webhook_id.isprintable()


def _error(
    reason: str, webhook_id: Optional[str], header: str = "", hint: str = ""
) -> InvalidWebhookSignatureError:
    # An ID with a line break (RFC 9112, section 5.2) must not reach a log.
    return InvalidWebhookSignatureError(
        _MESSAGES[reason].format(header) + hint,
        reason=reason,
        webhook_id=webhook_id if _is_plain(webhook_id) else None,
    )
