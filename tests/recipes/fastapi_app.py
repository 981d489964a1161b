"""Run it with: PYTHONPATH=. python3 tests/recipes/fastapi_app.py"""

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from inbox import MAX_BODY, receive

app = FastAPI()


@app.post("/webhook")
async def webhook(request: Request) -> Response:
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                return Response(status_code=413)
    except ClientDisconnect:  # the body is incomplete
        return Response(status_code=400)
    status = await run_in_threadpool(receive, body, request.headers)
    return Response(status_code=status)


@app.api_route("/health", methods=["GET", "HEAD"])
def health() -> Response:
    return Response()


if __name__ == "__main__":
    uvicorn.run(app, port=8000)
