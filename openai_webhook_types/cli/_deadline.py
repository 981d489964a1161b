"""A deadline for a connection whose other side may take too long.

A handler that hangs would hold `send` for ever, and a silent sender one of `listen`'s threads.
"""

from __future__ import annotations

import socket
from collections.abc import Generator
from contextlib import contextmanager, suppress
from threading import Event, Timer

__all__ = ["deadline"]


@contextmanager
def deadline(connection: socket.socket, seconds: float) -> Generator[Event, None, None]:
    """Cut a connection off when its time is up, and set the event that is yielded.

    The timeout of a socket is not enough: it begins again with every byte.
    """
    is_up = Event()

    def cut_off() -> None:
        is_up.set()
        with suppress(OSError):
            # Not the method of a TLS socket, which is in use by another thread.
            socket.socket.shutdown(connection, socket.SHUT_RDWR)

    timer = Timer(seconds, cut_off)
    timer.daemon = True
    timer.start()
    try:
        yield is_up
    finally:
        timer.cancel()
