"""Run it with: PYTHONPATH=. python3 tests/recipes/wsgi.py"""

from http import HTTPStatus
from typing import Any, BinaryIO, Callable, Dict, List
from wsgiref.simple_server import make_server

from inbox import MAX_BODY, receive


def app(environ: Dict[str, Any], start_response: Callable[..., Any]) -> List[bytes]:
    status = HTTPStatus(answer(environ))
    allow = [("Allow", "POST")] if status == HTTPStatus.METHOD_NOT_ALLOWED else []
    start_response(f"{status.value} {status.phrase}", [("Content-Length", "0"), *allow])
    return []


def answer(environ: Dict[str, Any]) -> int:
    method = environ["REQUEST_METHOD"]
    if method in ("GET", "HEAD") and environ.get("PATH_INFO") == "/health":
        return 200
    if method != "POST":
        return 405
    length = environ.get("CONTENT_LENGTH") or ""
    coding = environ.get("HTTP_TRANSFER_ENCODING")
    if coding is None:
        if not (length.isdecimal() and len(length) < 10):
            return 411
        least = most = int(length)
    elif length:
        return 400  # a proxy may have used the length
    elif coding.strip().lower() != "chunked":
        return 501
    elif not environ.get("wsgi.input_terminated"):
        return 411  # this server does not read chunks
    else:
        least, most = 0, MAX_BODY + 1
    if least > MAX_BODY:
        return 413
    try:
        body = read(environ["wsgi.input"], most)
    except OSError:  # a chunk is incomplete
        return 400
    if len(body) < least:
        return 400
    if len(body) > MAX_BODY:
        return 413
    return receive(body, environ)


def read(file: BinaryIO, most: int) -> bytes:
    body = bytearray()
    while len(body) < most:
        part = file.read(most - len(body))
        if not part:
            break
        body += part
    return bytes(body)


if __name__ == "__main__":
    make_server("127.0.0.1", 8000, app).serve_forever()
