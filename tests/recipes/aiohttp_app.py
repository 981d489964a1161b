"""Run it with: PYTHONPATH=. python3 tests/recipes/aiohttp_app.py"""

import asyncio

from aiohttp import web

from inbox import MAX_BODY, receive


async def webhook(request: web.Request) -> web.Response:
    try:
        body = await request.read()
    except (OSError, web.RequestPayloadError):  # it is incomplete, or not compressed as it says
        return web.Response(status=400)
    loop = asyncio.get_running_loop()
    status = await loop.run_in_executor(None, receive, body, request.headers)
    return web.Response(status=status)


async def health(request: web.Request) -> web.Response:
    return web.Response()


app = web.Application(client_max_size=MAX_BODY)
app.router.add_post("/webhook", webhook)
app.router.add_get("/health", health)  # and HEAD

if __name__ == "__main__":
    web.run_app(app, host="127.0.0.1", port=8000)
