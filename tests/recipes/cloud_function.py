"""Run it with: PYTHONPATH=. python3 tests/recipes/cloud_function.py

Deploy it as `main.py`, with `webhook` as the entry point.
"""

import os
from typing import Any, Dict, Tuple

import functions_framework
from flask import Request

from inbox import MAX_BODY, receive_into
from store import PostgreSQL

keep = PostgreSQL(os.environ["INBOX_URL"]).keep  # or any function that stores a body once


@functions_framework.http
def webhook(request: Request) -> Tuple[str, int, Dict[str, str]]:
    if request.method in ("GET", "HEAD") and request.path == "/health":
        return "", 200, {}
    if request.method != "POST":
        return "", 405, {"Allow": "POST"}
    request.max_content_length = MAX_BODY + 1  # where a chunked body is cut off
    body = request.get_data()
    return "", 413 if len(body) > MAX_BODY else receive_into(keep, body, request.headers), {}


if __name__ == "__main__":
    from werkzeug.serving import run_simple

    app: Any = functions_framework.create_app("webhook", __file__)
    run_simple("127.0.0.1", 8000, app)
