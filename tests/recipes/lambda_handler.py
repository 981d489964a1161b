"""Receive webhooks on AWS Lambda behind API Gateway (payload version 1 or 2).

API Gateway bounds the body. A file does not outlive a function there: have `store` use a
database. The command calls the handler with a signed sample and prints the answer.

PYTHONPATH=. python3 tests/recipes/lambda_handler.py
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
