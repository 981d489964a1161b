"""The files that keep a request, to look at it or to send it again."""

from __future__ import annotations

import os
import re
import time
from email.message import Message
from typing import BinaryIO

from ._failures import trying_to

__all__ = ["save"]

_MAX_NAME = 60
_HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")
# Windows has devices of these names, whatever the ending.
_DEVICE = re.compile("con|nul|aux|prn|(com|lpt)[0-9]", re.IGNORECASE)


def save(folder: str, webhook_id: str | None, body: bytes, headers: Message) -> None:
    """Write a body and its headers into files of their own, whatever the ID is."""
    name = re.sub(r"^-|[^A-Za-z0-9_-]", "_", webhook_id or "no-id")[:_MAX_NAME]
    base = os.path.join(folder, f"_{name}" if _DEVICE.fullmatch(name) else name)
    lines = [
        " ".join(f"{header}: {value}".splitlines()) + "\n"
        for header in _HEADERS
        for value in headers.get_all(header, [])
    ]
    with trying_to(f"write {base}.json"):
        body_file, headers_file = _created(base)
        with body_file, headers_file:
            body_file.write(body)
            headers_file.write("".join(lines).encode())


def _created(base: str) -> tuple[BinaryIO, BinaryIO]:
    """Create the two files, under a name that is free for both."""
    path = base
    while True:
        try:
            body = open(f"{path}.json", "xb")  # noqa: SIM115
            try:
                return body, open(f"{path}.headers", "xb")
            except OSError:
                body.close()
                os.unlink(body.name)
                raise
        except FileExistsError:
            path = f"{base}-{time.time_ns()}"
