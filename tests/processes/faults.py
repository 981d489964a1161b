"""Receivers and workers that are killed under load. Nothing that was acknowledged may be lost.

    python -m tests.processes.faults                 both stores, 10,000 deliveries each
    python -m tests.processes.faults --store sqlite  one of them

Of the deliveries, 30 % are repeats and 5 % are invalid. A sender repeats each until it is answered
with 200, as OpenAI does. Every second, `kill -9` ends the receiver or a worker, which starts again.
PostgreSQL has two workers, SQLite one.
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

import psycopg

from openai_webhook_types import sign
from openai_webhook_types.testing import sample_payload
from tests.postgresql import postgresql
from tests.values import ROOT, environment

RECIPES = ROOT / "tests" / "recipes"
SECRET = "whsec_c21va2U="
WORKERS = {"postgresql": 2, "sqlite": 1}
LEASE = 4  # seconds


class Service:
    """A process that starts again when it ends, as a service manager does it."""

    def __init__(self, url, *role):
        self._command = [sys.executable, "-B", "-m", "tests.processes.roles", *map(str, role)]
        self._environment = environment(
            PYTHONPATH=f"{ROOT}{os.pathsep}{RECIPES}", INBOX_URL=url, OPENAI_WEBHOOK_SECRET=SECRET
        )
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


@contextmanager
def killing(services, pause, most):
    """End a service every so often, up to a number of times."""
    over = threading.Event()
    chance = random.Random(1)

    def kill():
        for _ in range(most):
            if over.wait(pause):
                return
            chance.choice(services).kill()

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield
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
    connect = psycopg.connect if kind == "postgresql" else connect_sqlite
    with closing(connect(url)) as db:
        found = db.execute("SELECT id, state, body FROM inbox").fetchall()
    return [(name, state, bytes(body)) for name, state, body in found]


def connect_sqlite(url):
    return sqlite3.connect(url[len("sqlite:///") :], timeout=30)


def check(bodies, rows, log, killed):
    """Return what went wrong, and how many events were handled again, each after a kill.

    Args:
        bodies: The body by ID of each delivery that was acknowledged.
        rows: The ID, the state and the body of each that is kept.
        log: What the workers noted, as (word, ID, process ID, time).
        killed: When a process was killed, by its ID.
    """
    wrong = []
    kept = Counter(name for name, *_ in rows)
    wrong += [f"{name} is lost" for name in bodies if name not in kept]
    wrong += [f"{name} is kept {times} times" for name, times in kept.items() if times > 1]
    starts, ends, lost = defaultdict(list), defaultdict(list), Counter()
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
        for (pid, _), (_, again) in zip(starts[name], starts[name][1:]):
            lost[pid] += 1
            if not killed.get(pid, again) < again:
                wrong.append(f"{name} was handled again, though its worker was alive")
    wrong += [f"worker {pid} left {n} events unfinished" for pid, n in lost.items() if n > 1]
    return wrong, sum(lost.values())


def run(kind, url, folder, count, kills=(1, 1_000)):
    """Send deliveries to a store, and return the figures and what went wrong.

    Args:
        kind: "postgresql" or "sqlite".
        url: The URL of the store.
        folder: Where the workers write their log.
        count: How many deliveries are sent.
        kills: The seconds from one kill to the next, and how many there are at most.
    """
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
        with killing(services, *kills):
            with ThreadPoolExecutor(8) as pool:
                for _ in pool.map(sender.deliver, [(name, bodies[name]) for name in order]):
                    pass
            sent = time.monotonic()
            while any(state == "new" for _, state, _ in rows_of(kind, url)):
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
    lines = [line.split() for line in log.read_text(encoding="utf-8").splitlines()]
    wrong, again = check(bodies, rows, lines, killed)
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
        "receivers killed": len(receiver.killed),
        "workers killed": len(killed),
        "handled again after a kill": again,
        "seconds to acknowledge all": round(sent - began, 1),
        "seconds to handle all": round(done - began, 1),
    }
    return figures, wrong


@contextmanager
def store_url(kind, folder, *settings):
    if kind == "sqlite":
        yield f"sqlite:///{folder}/inbox.db"
    else:
        with postgresql(*settings) as server:
            yield server.database("inbox")


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--store", choices=[*WORKERS])
    parser.add_argument("--count", type=int, default=10_000)
    options = parser.parse_args()
    failed = False
    for kind in [options.store] if options.store else WORKERS:
        with tempfile.TemporaryDirectory() as folder, store_url(kind, folder) as url:
            figures, wrong = run(kind, url, folder, options.count)
        for name, value in figures.items():
            print(f"{name:30} {value}")
        print("\n".join(wrong[:50]) or "nothing was lost, kept twice or handled without need", "\n")
        failed = failed or bool(wrong)
    sys.exit(failed)


if __name__ == "__main__":
    main()
