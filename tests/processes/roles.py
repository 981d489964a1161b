"""What `faults` kills: a receiver, and a worker that notes what it does. It imports little."""

import os
import sys
import time


def receive(port):
    import http_server

    http_server.Webhook.log_message = lambda *_: None
    http_server.Server(("127.0.0.1", int(port)), http_server.Webhook).serve_forever()


def work(log, lease):
    import store
    import worker

    store.LEASE = worker.LEASE = int(lease)
    worker.PAUSE = 0.05
    file = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def handle(event):
        note(file, "start", event.id)
        time.sleep(0.005)
        note(file, "end", event.id)

    worker.run(worker.STORE, handle)


def note(file, word, event_id):
    """Add a line to the log, which a signal cannot cut in two."""
    os.write(file, f"{word} {event_id} {os.getpid()} {time.monotonic()}\n".encode())


if __name__ == "__main__":
    {"receiver": receive, "worker": work}[sys.argv[1]](*sys.argv[2:])
