"""Run it with: PYTHONPATH=. python3 tests/recipes/lambda_handler.py

API Gateway bounds the body. On AWS Lambda a file does not outlive the function: use a database
instead. The command calls the handler with a signed sample, and prints the answer.
"""

import base64
import os
from typing import Any, Dict

from inbox import receive


def handler(request: Dict[str, Any], context: object) -> Dict[str, int]:
    headers = {name.lower(): value for name, value in (request["headers"] or {}).items()}
    body = request.get("body") or ""
    if request.get("isBase64Encoded"):
        body = base64.b64decode(body)
    return {"statusCode": receive(body, headers, headers.get("webhook-id"))}


if __name__ == "__main__":
    from openai_webhook_types.testing import signed_request

    sample, signed = signed_request("batch.completed", secret=os.environ["OPENAI_WEBHOOK_SECRET"])
    print(handler({"headers": signed, "body": sample.decode()}, None))
