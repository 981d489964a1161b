"""Run it with: PYTHONPATH=. python3 tests/recipes/worker.py

It passes each event in the inbox to `handle`. Any number of workers may run; no two of them handle
the same event at the same time. SIGTERM or Ctrl-C stops a worker after its current event.
"""

import faulthandler
import logging
import os
import signal
import sys
import threading
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Callable, Iterator

from openai_webhook_types import (
    AnyWebhookEvent,
    BatchCompletedWebhookEvent,
    FineTuningJobFailedWebhookEvent,
    FineTuningJobSucceededWebhookEvent,
    RealtimeCallIncomingWebhookEvent,
    ResponseCompletedWebhookEvent,
    UnknownWebhookEvent,
    parse_event,
)
from store import LEASE, STORE, Job, Store

MAX_ATTEMPTS = 10
DELAY = 10  # seconds before the second attempt; it doubles with every further one
PAUSE = 1  # seconds to wait when nothing is due

log = logging.getLogger(__name__)


def handle(event: AnyWebhookEvent) -> None:
    """Do what an event asks for. If the worker is killed meanwhile, the event is handled again."""
    if isinstance(event, BatchCompletedWebhookEvent):
        log.info("batch %s: download its results", event.data.id)
    elif isinstance(event, ResponseCompletedWebhookEvent):
        log.info("response %s: retrieve it", event.data.id)
    elif isinstance(event, FineTuningJobSucceededWebhookEvent):
        log.info("fine-tuning job %s: use its model", event.data.id)
    elif isinstance(event, FineTuningJobFailedWebhookEvent):
        log.info("fine-tuning job %s: find out why it failed", event.data.id)
    elif isinstance(event, RealtimeCallIncomingWebhookEvent):
        log.info("call %s: accept or reject it", event.data.call_id)
    elif isinstance(event, UnknownWebhookEvent):
        log.info("ignored %s, which is newer than this program", event.type)
    else:
        log.info("ignored %s", event.type)


def work(store: Store, handle: Callable[[Any], object] = handle) -> bool:
    """Handle one event that is due; return False if there is none, and True otherwise."""
    job = store.claim()
    if job is None:
        return False
    if job.attempts > MAX_ATTEMPTS:
        store.settle(job, "failed", "the last attempt ended its worker")
        return True
    with watchdog(job):
        try:
            handle(parse_event(job.body))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # SystemExit and CancelledError, too, end only this attempt
            state = "new" if job.attempts < MAX_ATTEMPTS else "failed"
            store.settle(job, state, describe(error), DELAY * 2 ** (job.attempts - 1))
            log.warning("%s failed at attempt %d: %s", job.id, job.attempts, type(error).__name__)
        else:
            store.settle(job, "done")
    return True


@contextmanager
def watchdog(job: Job) -> Iterator[None]:
    """End this process shortly before the lease ends and another worker may claim the event."""
    thread = threading.get_ident()

    def end() -> None:
        stack = "".join(traceback.format_stack(sys._current_frames()[thread]))
        log.critical("%s takes too long and ends this worker:\n%s", job.id, stack)
        os._exit(1)

    timer = threading.Timer(LEASE * 0.9, end)
    timer.daemon = True
    # This ends even code that holds the GIL. The log may be anywhere, but this can only use a file.
    with Path(os.devnull).open("wb") as nowhere:
        faulthandler.dump_traceback_later(LEASE * 0.95, exit=True, file=nowhere)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            faulthandler.cancel_dump_traceback_later()


def describe(error: BaseException) -> str:
    """Return the name of an error and what it says, in one line of ASCII."""
    name = type(error).__name__
    try:
        text = f"{name}: {error}"
    except BaseException:  # a method of the error, which may raise anything
        text = f"{name}: it cannot be shown"
    return text.encode("unicode_escape").decode()


def run(store: Store, handle: Callable[[Any], object] = handle) -> None:
    """Handle events until a signal comes."""
    logging.raiseExceptions = False  # a log that is closed ends no worker
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    while not stop.is_set():
        try:
            is_idle = not work(store, handle)
        except Exception as error:
            # Later lines of the error could show a body.
            first = str(error).partition("\n")[0]
            log.error("the store cannot be used: %s: %s", type(error).__name__, first)
            is_idle = True
        if is_idle:
            stop.wait(PAUSE)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    run(STORE)
