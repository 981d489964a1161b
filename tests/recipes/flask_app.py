"""Run it with: PYTHONPATH=. python3 tests/recipes/flask_app.py"""

from typing import Tuple

from flask import Flask, request

from inbox import MAX_BODY, receive

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = MAX_BODY


@app.post("/webhook")
def webhook() -> Tuple[str, int]:
    return "", receive(request.get_data(), request.headers, request.headers.get("webhook-id"))


if __name__ == "__main__":
    app.run(port=8000)
