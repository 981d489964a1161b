"""Run it with: PYTHONPATH=. python3 tests/recipes/wsgi.py"""

from http import HTTPStatus
from typing import Any, Callable, Dict, List
from wsgiref.simple_server import make_server

from inbox import MAX_BODY, receive


def app(environ: Dict[str, Any], start_response: Callable[..., Any]) -> List[bytes]:
    status = HTTPStatus(answer(environ))
    start_response(f"{status.value} {status.phrase}", [("Content-Length", "0")])
    return []


def answer(environ: Dict[str, Any]) -> int:
    length = environ.get("CONTENT_LENGTH", "")
    if not (length.isdecimal() and len(length) < 10):
        return 411
    if int(length) > MAX_BODY:
        return 413
    body = environ["wsgi.input"].read(int(length))
    return receive(body, environ, environ.get("HTTP_WEBHOOK_ID"))


if __name__ == "__main__":
    make_server("127.0.0.1", 8000, app).serve_forever()
