"""Events and requests of serverless functions, as their platforms make them."""

import base64
import json
from contextlib import contextmanager

from azure.functions import HttpRequest


def body_of(body, *, in_base64):
    return {
        "body": (base64.b64encode(body) if in_base64 else body).decode() or None,
        "isBase64Encoded": in_base64,
    }


def api_gateway_v1(body, headers, *, in_base64):
    title = {name.title(): value for name, value in headers.items()}
    return {
        "resource": "/webhook",
        "path": "/webhook",
        "httpMethod": "POST",
        "headers": title or None,
        "multiValueHeaders": {name: [value] for name, value in title.items()} or None,
        "queryStringParameters": None,
        "pathParameters": None,
        "requestContext": {"stage": "prod", "identity": {"sourceIp": "203.0.113.7"}},
        **body_of(body, in_base64=in_base64),
    }


def api_gateway_v2(body, headers, *, in_base64):
    """Return what a function URL sends too."""
    request = {
        "version": "2.0",
        "routeKey": "POST /webhook",
        "rawPath": "/webhook",
        "rawQueryString": "",
        "headers": {"host": "example.com", **headers},
        "requestContext": {"http": {"method": "POST", "path": "/webhook"}, "stage": "$default"},
        **body_of(body, in_base64=in_base64),
    }
    if not body:
        del request["body"]
    return request


def load_balancer(body, headers, *, in_base64):
    return {
        "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing:x"}},
        "httpMethod": "POST",
        "path": "/webhook",
        "queryStringParameters": {},
        "headers": {"host": "example.com", "x-forwarded-for": "203.0.113.7", **headers},
        **body_of(body, in_base64=in_base64),
        "body": body_of(body, in_base64=in_base64)["body"] or "",
    }


def load_balancer_with_lists(body, headers, *, in_base64):
    """Return what a target group sends that has multi-value headers enabled."""
    request = load_balancer(body, headers, in_base64=in_base64)
    del request["queryStringParameters"]
    lists = {name: [value] for name, value in request.pop("headers").items()}
    return {**request, "multiValueQueryStringParameters": {}, "multiValueHeaders": lists}


def aws_lambda(make_request, *, in_base64):
    @contextmanager
    def serve(module):
        def client(body, headers):
            is_text = body.decode("utf-8", "ignore").encode() == body
            request = make_request(body, headers, in_base64=in_base64 or not is_text)
            answer = module.handler(json.loads(json.dumps(request)), None)
            name = "multiValueHeaders" if "multiValueHeaders" in request else "headers"
            expected = {name: {}, "isBase64Encoded": False, "body": ""}
            assert {**answer, "statusCode": 0} == {"statusCode": 0, **expected}
            return answer["statusCode"]

        client.answer = b""
        yield client

    return serve


@contextmanager
def azure(module):
    (function,) = module.app.get_functions()

    def client(body, headers):
        request = HttpRequest("POST", "http://127.0.0.1/api/webhook", headers=headers, body=body)
        answer = function.get_user_function()(request)
        client.answer = answer.get_body()
        return answer.status_code

    yield client
