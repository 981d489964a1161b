import base64
import logging

from inbox import store
from openai_webhook_types import InvalidWebhookSignatureError, ValidationError, unwrap


def handler(request, context):
    headers = {name.lower(): value for name, value in (request["headers"] or {}).items()}
    body = request.get("body") or ""
    if request.get("isBase64Encoded"):
        body = base64.b64decode(body)
    try:
        event = unwrap(body, headers)
    except InvalidWebhookSignatureError as error:
        logging.warning("refused %s: %s", error.webhook_id, error.reason)
        return {"statusCode": 401}
    except ValidationError:
        store("rejected", headers["webhook-id"], body)
        return {"statusCode": 400}
    store(event.type, headers["webhook-id"], body)
    return {"statusCode": 200}
