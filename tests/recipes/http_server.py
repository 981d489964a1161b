"""Receive webhooks with the standard library alone.

PYTHONPATH=. python3 tests/recipes/http_server.py
"""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from inbox import MAX_BODY, receive


class Webhook(BaseHTTPRequestHandler):
    timeout = 10  # seconds to wait for a sender

    def do_POST(self) -> None:
        self.send_response(self.answer())
        self.send_header("Content-Length", "0")
        self.end_headers()

    def answer(self) -> int:
        length = self.headers.get("content-length", "")
        if not (length.isdecimal() and len(length) < 10):
            return 411
        if int(length) > MAX_BODY:
            return 413
        body = self.rfile.read(int(length))
        return receive(body, self.headers, self.headers["webhook-id"])


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", 8000), Webhook).serve_forever()
