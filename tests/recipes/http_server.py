"""Run it with: PYTHONPATH=. python3 tests/recipes/http_server.py"""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from inbox import MAX_BODY, receive


class Webhook(BaseHTTPRequestHandler):
    timeout = 10  # seconds to wait for a sender

    def do_POST(self) -> None:
        length = self.headers.get("content-length", "")
        if not (length.isdecimal() and len(length) < 10):
            status = 411
        elif int(length) > MAX_BODY:
            status = 413
        else:
            body = self.rfile.read(int(length))
            status = receive(body, self.headers, self.headers["webhook-id"])
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", 8000), Webhook).serve_forever()
