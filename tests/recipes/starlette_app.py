"""Run it with: PYTHONPATH=. python3 tests/recipes/starlette_app.py"""

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from inbox import MAX_BODY, receive


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


async def health(request: Request) -> Response:
    return Response()


app = Starlette(routes=[Route("/webhook", webhook, methods=["POST"]), Route("/health", health)])

if __name__ == "__main__":
    uvicorn.run(app, port=8000)
