"""Receivers and workers that are killed under load. Nothing that was acknowledged may be lost.

    python -m tests.processes.faults                 each store, 10,000 deliveries each
    python -m tests.processes.faults --store sqlite  one of them: postgresql, pgbouncer or sqlite

Of the deliveries, 30 % are repeats and 5 % are invalid. A sender repeats each until it is answered
with 200, as OpenAI does. Every second, `kill -9` ends the receiver, a worker or PgBouncer, or
PostgreSQL crashes, as by `pg_ctl stop -m immediate`; each starts again. PostgreSQL commits
asynchronously by its own settings. It has two workers, SQLite one.
"""

import argparse
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NamedTuple

import psycopg

from openai_webhook_types import sign
from openai_webhook_types.testing import sample_payload
from tests.postgresql import pgbouncer, postgresql
from tests.values import ROOT, environment

RECIPES = ROOT / "tests" / "recipes"
SECRET = "whsec_c21va2U="
WORKERS = {"postgresql": 2, "pgbouncer": 2, "sqlite": 1}
LEASE = 8  # seconds


class Service:
    """A process that starts again when it ends, as a service manager does it."""

    def __init__(self, url, *role):
        self._command = [sys.executable, "-B", "-m", "tests.processes.roles", *map(str, role)]
        self._environment = environment(
            PYTHONPATH=f"{ROOT}{os.pathsep}{RECIPES}", INBOX_URL=url, OPENAI_WEBHOOK_SECRET=SECRET
        )
        self.name = role[0]
        self.killed = {}  # when, by process ID
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            self._command, env=self._environment, stderr=subprocess.DEVNULL, cwd=ROOT
        )

    def kill(self):
        """End it as a crash does, and start it again."""
        self.killed[str(self.process.pid)] = time.monotonic()
        self.process.kill()
        self.process.wait()
        self.start()

    def stop(self):
        """Stop it, and return its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


class Crash(NamedTuple):
    """What ended, when, and when it was back."""

    name: str
    began: float
    ended: float


@contextmanager
def killing(services, pause, most):
    """End a service every so often, up to a number of times; yield what was ended."""
    over = threading.Event()
    chance = random.Random(1)
    crashes = []

    def kill():
        order = []
        for _ in range(most):
            if over.wait(pause):
                return
            order = order or chance.sample(services, len(services))
            service = order.pop()
            began = time.monotonic()
            service.kill()
            crashes.append(Crash(service.name, began, time.monotonic()))

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield crashes
    finally:
        over.set()
        thread.join()


class Sender:
    """Sends deliveries as OpenAI does: each until it is answered with 2xx."""

    def __init__(self, port):
        self._port = port
        self.answers = Counter()

    def deliver(self, delivery):
        webhook_id, body = delivery
        while not self._is_taken(body, sign(body, secret=SECRET, webhook_id=webhook_id)):
            time.sleep(0.05)

    def _is_taken(self, body, headers):
        try:
            with closing(HTTPConnection("127.0.0.1", self._port, timeout=20)) as connection:
                connection.request("POST", "/webhook", body, headers)
                status = connection.getresponse().status
        except (OSError, HTTPException):
            status = "no answer"
        self.answers[status] += 1
        return status == 200


def deliveries(count):
    """Return the bodies by ID, and which IDs to send, in order: 30 % of them again."""
    chance = random.Random(2)
    bodies = {}
    for number in range(count * 7 // 10):
        webhook_id = f"wh_{number:05}"
        payload = {**sample_payload("batch.completed"), "id": webhook_id}
        if number % 20 == 19:
            payload["created_at"] = "never"
        bodies[webhook_id] = json.dumps(payload).encode()
    order = [*bodies, *chance.choices([*bodies], k=count - len(bodies))]
    chance.shuffle(order)
    return bodies, order


def rows_of(kind, url):
    """Return the ID, the state and the body of each delivery that is kept."""
    connect = connect_sqlite if kind == "sqlite" else psycopg.connect
    with closing(connect(url)) as db:
        found = db.execute("SELECT id, state, body FROM inbox").fetchall()
    return [(name, state, bytes(body)) for name, state, body in found]


def has_new(kind, url):
    """Tell whether an event is left to be handled, or nobody can tell now."""
    try:
        return any(state == "new" for _, state, _ in rows_of(kind, url))
    except psycopg.OperationalError:
        return True


def connect_sqlite(url):
    return sqlite3.connect(url[len("sqlite:///") :], timeout=30)


def check(bodies, rows, log, killed, outages=()):
    """Return what went wrong, and how many events were handled again, each after a kill.

    Args:
        bodies: The body by ID of each delivery that was acknowledged.
        rows: The ID, the state and the body of each that is kept.
        log: What the workers noted, as (word, ID, process ID, time).
        killed: When a process was killed, by its ID.
        outages: When the store could not be reached, as a start and an end each.
    """
    wrong = []
    kept = Counter(name for name, *_ in rows)
    wrong += [f"{name} is lost" for name in bodies if name not in kept]
    wrong += [f"{name} is kept {times} times" for name, times in kept.items() if times > 1]
    starts, ends, lost, interrupted = defaultdict(list), defaultdict(list), Counter(), 0
    for word, name, pid, when in log:
        (starts if word == "start" else ends)[name].append((pid, float(when)))
    for name, state, body in rows:
        if body != bodies.get(name):
            wrong.append(f"{name} is kept with another body")
        is_invalid = b'"never"' in body
        if state != ("invalid" if is_invalid else "done"):
            wrong.append(f"{name} is {state}")
        if is_invalid and starts[name]:
            wrong.append(f"{name} was handled, though invalid")
        if state == "done" and not ends[name]:
            wrong.append(f"{name} is done, but was not handled")
        for (pid, first), (_, again) in zip(starts[name], starts[name][1:]):
            if any(began < again and ended > first for began, ended in outages):
                interrupted += 1  # its worker could not say that it is done
                continue
            lost[pid] += 1
            if not killed.get(pid, again) < again:
                wrong.append(f"{name} was handled again, though its worker was alive")
    wrong += [f"worker {pid} left {n} events unfinished" for pid, n in lost.items() if n > 1]
    return wrong, sum(lost.values()) + interrupted


def run(kind, store, folder, count, kills=(1, 1_000)):
    """Send deliveries to a store, and return the figures and what went wrong.

    Args:
        kind: "postgresql", "pgbouncer" or "sqlite".
        store: The URL of the store, and the servers that it has, which are ended too.
        folder: Where the workers write their log.
        count: How many deliveries are sent.
        kills: The seconds from one kill to the next, and how many there are at most.
    """
    url, servers = store
    bodies, order = deliveries(count)
    log = Path(folder, "log")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    workers = [Service(url, "worker", log, LEASE) for _ in range(WORKERS[kind])]
    receiver = Service(url, "receiver", port)
    services = [receiver, *workers]
    sender = Sender(port)
    began = time.monotonic()
    try:
        with killing([*services, *servers], *kills) as crashes:
            with ThreadPoolExecutor(8) as pool:
                for _ in pool.map(sender.deliver, [(name, bodies[name]) for name in order]):
                    pass
            sent = time.monotonic()
            while has_new(kind, url):
                if time.monotonic() - sent > 300:
                    break
                time.sleep(0.2)
        done = time.monotonic()
        statuses = {worker.stop() for worker in workers}
    finally:
        for service in services:
            service.process.kill()
            service.process.wait()
    rows = rows_of(kind, url)
    killed = {pid: when for worker in workers for pid, when in worker.killed.items()}
    ended = Counter(crash.name for crash in crashes)
    outages = [crash[1:] for crash in crashes if crash.name in [server.name for server in servers]]
    lines = [line.split() for line in log.read_text(encoding="utf-8").splitlines()]
    wrong, again = check(bodies, rows, lines, killed, outages)
    if not statuses <= {0, -signal.SIGTERM}:  # the latter while it starts
        wrong.append(f"a worker ended with {statuses}")
    states = Counter(state for _, state, _ in rows)
    figures = {
        "store": kind,
        "workers": len(workers),
        "deliveries acknowledged": len(order),
        "requests sent": sum(sender.answers.values()),
        "answers": dict(sender.answers),
        "webhook-ids": len(bodies),
        "kept": len(rows),
        "states": dict(states),
        "kills and crashes": dict(ended),
        "handled again after one": again,
        "seconds to acknowledge all": round(sent - began, 1),
        "seconds to handle all": round(done - began, 1),
    }
    return figures, wrong


@contextmanager
def store_url(kind, folder, *settings):
    """Yield the URL of a store, and the servers that it has."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/inbox.db", []
        return
    with postgresql("synchronous_commit=off", *settings) as server:
        url = server.database("inbox")
        if kind == "postgresql":
            yield url, [server]
        else:
            with pgbouncer(server) as pooler:
                yield pooler.url("inbox"), [server, pooler]


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--store", choices=[*WORKERS])
    parser.add_argument("--count", type=int, default=10_000)
    options = parser.parse_args()
    failed = False
    for kind in [options.store] if options.store else WORKERS:
        with tempfile.TemporaryDirectory() as folder, store_url(kind, folder) as store:
            figures, wrong = run(kind, store, folder, options.count)
        for name, value in figures.items():
            print(f"{name:30} {value}")
        print("\n".join(wrong[:50]) or "nothing was lost, kept twice or handled without need", "\n")
        failed = failed or bool(wrong)
    sys.exit(failed)


if __name__ == "__main__":
    main()
