"""What servers have, passed to the handler of the README."""

import asyncio
from email.message import Message
from http.server import BaseHTTPRequestHandler
from typing import Any, Dict, Iterable, List, Mapping, Tuple
from wsgiref.types import WSGIEnvironment

from aiohttp import web
from flask import Flask, request
from readme import handle
from starlette.requests import Request
from starlette.types import Scope

from openai_webhook_types import Headers, verify_signature

app = Flask(__name__)


class HTTPServer(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.send_response(handle(self.rfile.read(), self.headers))


def wsgi(environ: WSGIEnvironment) -> int:
    return handle(environ["wsgi.input"].read(), environ)


def asgi(scope: Scope, body: bytes) -> int:
    headers: Iterable[Tuple[bytes, bytes]] = scope["headers"]
    return handle(body, headers)


def django(body: bytes, meta: Dict[str, Any], headers: Mapping[str, str]) -> int:
    # As django-stubs 6.1 annotates `request.META` and `request.headers`: Django itself does not.
    return handle(body, meta) + handle(body, headers)


@app.post("/webhook")
def flask() -> Tuple[str, int]:
    return "", handle(request.get_data(), request.headers)


async def starlette(request: Request) -> int:
    return handle(await request.body(), request.headers)


async def aiohttp(request: web.Request) -> int:
    return await asyncio.to_thread(handle, await request.read(), request.headers)


def aws_lambda(event: Dict[str, Any]) -> int:
    return handle(event["body"].encode(), event["headers"])


def plain(body: bytes, message: Message, pairs: List[Tuple[str, str]]) -> int:
    lists: Mapping[str, List[str]] = {"webhook-id": ["wh_1"]}
    return handle(body, {"webhook-id": "wh_1"}) + handle(body, lists) + handle(body, pairs)


def passed_on(body: str, headers: Headers) -> str:
    return verify_signature(body, headers)
