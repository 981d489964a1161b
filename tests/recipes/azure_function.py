"""Run it with: PYTHONPATH=. python3 tests/recipes/azure_function.py

Deploy it as `function_app.py`. The command calls the function with a signed sample, and prints the
status of the answer.
"""

import os

import azure.functions as func

from inbox import MAX_BODY, receive_into
from store import PostgreSQL

keep = PostgreSQL(os.environ["INBOX_URL"]).keep  # or any function that stores a body once

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


@app.route("health", methods=["GET", "HEAD"])
def health(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse()


@app.route("webhook")
def webhook(req: func.HttpRequest) -> func.HttpResponse:
    if req.method != "POST":
        return func.HttpResponse(status_code=405, headers={"Allow": "POST"})
    body = req.get_body()
    if len(body) > MAX_BODY:
        return func.HttpResponse(status_code=413)
    return func.HttpResponse(status_code=receive_into(keep, body, req.headers))


if __name__ == "__main__":
    from openai_webhook_types.testing import signed_request

    sample, signed = signed_request("batch.completed", secret=os.environ["OPENAI_WEBHOOK_SECRET"])
    request = func.HttpRequest("POST", "/api/webhook", headers=signed, body=sample)
    functions = {function.get_function_name(): function for function in app.get_functions()}
    print(functions["webhook"].get_user_function()(request).status_code)
