"""Run it with: PYTHONPATH=. python3 tests/recipes/aiohttp_app.py"""

import asyncio

from aiohttp import web

from inbox import MAX_BODY, receive


async def webhook(request: web.Request) -> web.Response:
    body = await request.read()
    loop = asyncio.get_running_loop()
    status = await loop.run_in_executor(None, receive, body, request.headers)
    return web.Response(status=status)


app = web.Application(client_max_size=MAX_BODY)
app.router.add_post("/webhook", webhook)

if __name__ == "__main__":
    web.run_app(app, host="127.0.0.1", port=8000)
