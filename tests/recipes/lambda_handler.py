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
    # An answer to a load balancer has its headers under the same name as the request.
    name = "multiValueHeaders" if "multiValueHeaders" in request else "headers"
    return {"statusCode": answer(request), name: {}, "isBase64Encoded": False, "body": ""}


def answer(request: Dict[str, Any]) -> int:
    if request.get("httpMethod") == "GET":
        return 200  # a health check
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
    print(handler({"headers": signed, "body": sample.decode()}, None))
