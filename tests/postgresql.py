"""A PostgreSQL server for tests, which ends with them: the one that Debian packages."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


@contextmanager
def postgresql(*settings):
    """Start a server with some settings, such as "fsync=off", and yield it."""
    if not BINARIES:
        raise RuntimeError("PostgreSQL is missing: `apt-get install postgresql`")
    # A socket's path must be short, and others may not enter the folders of pytest.
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    # The server refuses to run as root.
    options = {"cwd": folder, **({"user": "postgres", "group": "postgres"} if is_root() else {})}
    if is_root():
        shutil.chown(folder, "postgres", "postgres")
    try:
        initdb = ["initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync"]
        run(*initdb, "-D", "data", **options, stdout=subprocess.DEVNULL)
        server = Server(folder, settings, options)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def is_root():
    return os.geteuid() == 0


def run(program, *arguments, **options):
    return subprocess.run([str(BINARIES[-1] / program), *arguments], check=True, **options)


class Server:
    """A server that listens on a Unix socket alone."""

    def __init__(self, folder, settings, options):
        self._folder = folder
        self._settings = [f"-c{setting}" for setting in settings]
        self._options = options

    def start(self):
        """Start it, and wait until it takes connections."""
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *(str(BINARIES[-1] / "postgres"), "-D", "data"),
                    *("-k", str(self._folder), "-h", "", *self._settings),
                ],
                stdout=log,
                stderr=log,
                **self._options,
            )
        ready = [str(BINARIES[-1] / "pg_isready"), "--quiet", "--host", str(self._folder)]
        for _ in range(300):
            if subprocess.run(ready, check=False).returncode == 0:
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError((self._folder / "log").read_text(encoding="utf-8"))

    def stop(self):
        """Stop it at once; what was committed stays."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(60)

    def database(self, name):
        """Create a database, and return its URL."""
        run("createdb", "--host", str(self._folder), "--username=postgres", name)
        return f"postgresql://postgres@/{name}?host={self._folder}"
