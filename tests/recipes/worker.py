"""Run it with: PYTHONPATH=. python3 tests/recipes/worker.py

It passes each event in the inbox to `handle`. Any number of workers may run; no two of them handle
the same event at the same time. SIGTERM or Ctrl-C stops a worker after its current event.
"""

import faulthandler
import logging
import signal
import threading
from typing import Any, Callable

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
from store import LEASE, STORE, Store

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
    # When the lease ends, another worker may claim the event, so this process must end first.
    faulthandler.dump_traceback_later(LEASE * 0.9, exit=True)
    try:
        handle(parse_event(job.body))
    except Exception as error:
        log.warning("%s failed at attempt %d: %s", job.id, job.attempts, type(error).__name__)
        state = "new" if job.attempts < MAX_ATTEMPTS else "failed"
        text = f"{type(error).__name__}: {error}".encode("unicode_escape").decode()
        store.settle(job, state, text, DELAY * 2 ** (job.attempts - 1))
    else:
        store.settle(job, "done")
    finally:
        faulthandler.cancel_dump_traceback_later()
    return True


def run(store: Store, handle: Callable[[Any], object] = handle) -> None:
    """Handle events until a signal comes."""
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
