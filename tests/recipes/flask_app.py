"""Run it with: PYTHONPATH=. python3 tests/recipes/flask_app.py"""

from typing import Tuple

from flask import Flask, request

from inbox import MAX_BODY, receive

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = MAX_BODY + 1  # where a chunked body is cut off


@app.post("/webhook", provide_automatic_options=False)
def webhook() -> Tuple[str, int]:
    body = request.get_data()
    return "", 413 if len(body) > MAX_BODY else receive(body, request.headers)


@app.get("/health")
def health() -> str:
    return ""


if __name__ == "__main__":
    app.run(port=8000)
