"""Run it with: INBOX_TABLE=inbox PYTHONPATH=. python3 tests/recipes/lambda_handler.py

It serves API Gateway, function URLs and load balancers (ALB). The store is a table of DynamoDB with
the key `id`, a string. The command calls the handler with a signed sample, and prints the answer.
"""

import base64
import os
import time
from contextlib import suppress
from functools import lru_cache
from typing import Any, Dict

import boto3

from inbox import receive_into

MAX_BODY = 350_000  # bytes; an item of DynamoDB has at most 400 KiB


def handler(request: Dict[str, Any], context: object) -> Dict[str, Any]:
    status = answer(request)
    # An answer to a load balancer has its headers under the same name as the request.
    is_list = "multiValueHeaders" in request
    name = "multiValueHeaders" if is_list else "headers"
    headers = {"Allow": ["POST"] if is_list else "POST"} if status == 405 else {}
    return {"statusCode": status, name: headers, "isBase64Encoded": False, "body": ""}


def answer(request: Dict[str, Any]) -> int:
    http = (request.get("requestContext") or {}).get("http") or request
    method = http.get("method") or http.get("httpMethod")
    if method in ("GET", "HEAD") and (http.get("path") or "").endswith("/health"):
        return 200
    if method != "POST":
        return 405
    body = (request.get("body") or "").encode("utf-8", "surrogatepass")
    if request.get("isBase64Encoded"):
        try:
            body = base64.b64decode(body, validate=True)
        except ValueError:
            return 400
    if len(body) > MAX_BODY:
        return 413
    headers = request.get("multiValueHeaders") or request.get("headers") or {}
    return receive_into(keep, body, headers)


def keep(webhook_id: str, body: bytes, state: str) -> None:
    db = client()
    item = {
        "id": {"S": webhook_id},
        "body": {"B": body},
        "state": {"S": state},
        "received": {"N": str(int(time.time()))},
    }
    with suppress(db.exceptions.ConditionalCheckFailedException):  # it is already stored
        db.put_item(
            TableName=os.environ["INBOX_TABLE"],
            Item=item,
            ConditionExpression="attribute_not_exists(id)",
        )


@lru_cache(maxsize=None)
def client() -> Any:
    return boto3.client("dynamodb")


if __name__ == "__main__":
    from openai_webhook_types.testing import signed_request

    sample, signed = signed_request("batch.completed", secret=os.environ["OPENAI_WEBHOOK_SECRET"])
    request = {"httpMethod": "POST", "headers": signed, "body": sample.decode()}
    print(handler(request, None))
