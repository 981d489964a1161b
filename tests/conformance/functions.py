"""Events and requests of serverless functions, as their platforms make them."""

import base64
import inspect
import json
from contextlib import contextmanager

from azure.functions import HttpRequest, HttpResponse


def body_of(body, *, in_base64):
    return {
        "body": (base64.b64encode(body) if in_base64 else body).decode() or None,
        "isBase64Encoded": in_base64,
    }


def api_gateway_v1(body, headers, *, in_base64, method="POST", path="/webhook"):
    title = {name.title(): value for name, value in headers.items()}
    return {
        "resource": path,
        "path": path,
        "httpMethod": method,
        "headers": title or None,
        "multiValueHeaders": {name: [value] for name, value in title.items()} or None,
        "queryStringParameters": None,
        "pathParameters": None,
        "requestContext": {"stage": "prod", "identity": {"sourceIp": "203.0.113.7"}},
        **body_of(body, in_base64=in_base64),
    }


def api_gateway_v2(body, headers, *, in_base64, method="POST", path="/webhook"):
    """Return what a function URL sends too."""
    request = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"host": "example.com", **headers},
        "requestContext": {"http": {"method": method, "path": path}, "stage": "$default"},
        **body_of(body, in_base64=in_base64),
    }
    if not body:
        del request["body"]
    return request


def load_balancer(body, headers, *, in_base64, method="POST", path="/webhook"):
    return {
        "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing:x"}},
        "httpMethod": method,
        "path": path,
        "queryStringParameters": {},
        "headers": {"host": "example.com", "x-forwarded-for": "203.0.113.7", **headers},
        **body_of(body, in_base64=in_base64),
        "body": body_of(body, in_base64=in_base64)["body"] or "",
    }


def load_balancer_with_lists(body, headers, **options):
    """Return what a target group sends that has multi-value headers enabled."""
    request = load_balancer(body, headers, **options)
    del request["queryStringParameters"]
    lists = {name: [value] for name, value in request.pop("headers").items()}
    return {**request, "multiValueQueryStringParameters": {}, "multiValueHeaders": lists}


def aws_lambda(make_request, *, in_base64):
    @contextmanager
    def serve(module):
        def call(body, headers, **options):
            is_text = body.decode("utf-8", "ignore").encode() == body
            request = make_request(body, headers, in_base64=in_base64 or not is_text, **options)
            answer = module.handler(json.loads(json.dumps(request)), None)
            is_list = "multiValueHeaders" in request
            found = answer.pop("multiValueHeaders" if is_list else "headers")
            assert {**answer, "statusCode": 0} == {
                "statusCode": 0,
                "isBase64Encoded": False,
                "body": "",
            }
            allow = found.pop("Allow", None)
            assert found == {}
            return answer["statusCode"], "".join(allow) if is_list and allow else allow

        def client(body, headers):
            status, allow = call(body, headers)
            assert allow is None
            return status

        client.answer = b""
        client.ask = lambda method, path: call(b"", {}, method=method, path=path)
        yield client

    return serve


@contextmanager
def azure(module):
    functions = {}
    for function in module.app.get_functions():
        trigger = function.get_trigger()
        # The platform passes the request by this name.
        assert [*inspect.signature(function.get_user_function()).parameters] == [trigger.name]
        functions[f"/{trigger.route}"] = function.get_user_function(), trigger.methods

    def call(method, path, body=b"", headers=None):
        function, methods = functions[path]
        if methods and method not in [one.value for one in methods]:
            return HttpResponse(status_code=404)
        url = f"http://127.0.0.1/api{path}"
        return function(HttpRequest(method, url, headers=headers or {}, body=body))

    def client(body, headers):
        answer = call("POST", "/webhook", body, headers)
        client.answer = answer.get_body()
        return answer.status_code

    def ask(method, path):
        answer = call(method, path)
        return answer.status_code, answer.headers.get("Allow")

    client.ask = ask
    yield client
