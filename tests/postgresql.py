"""PostgreSQL and PgBouncer for tests, which end with them: those that Debian packages."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


# Each transaction may get another connection.
PGBOUNCER = """
[databases]
* = host={folder} user=postgres

[pgbouncer]
pool_mode = transaction
default_pool_size = 5
max_client_conn = 500
auth_type = any
listen_port = 6432
unix_socket_dir = {folder}
logfile = {folder}/pgbouncer.log
server_login_retry = 0.2
"""


@contextmanager
def postgresql(*settings):
    """Start a server with some settings, such as "fsync=off", and yield it."""
    if not BINARIES:
        raise RuntimeError("PostgreSQL is missing: `apt-get install postgresql`")
    # A socket's path must be short, and others may not enter the folders of pytest.
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    if is_root():
        shutil.chown(folder, "postgres", "postgres")
    try:
        initdb = ["initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync"]
        run(*initdb, "-D", "data", cwd=folder, **as_postgres(), stdout=subprocess.DEVNULL)
        server = Server(folder, settings)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


@contextmanager
def pgbouncer(server):
    """Start a pooler in front of a server, and yield it."""
    pooler = Pooler(server.folder)
    pooler.start()
    try:
        yield pooler
    finally:
        pooler.stop()


def as_postgres():
    """Return options of a process, because the servers refuse to run as root."""
    return {"user": "postgres", "group": "postgres"} if is_root() else {}


def is_root():
    return os.geteuid() == 0


def run(program, *arguments, **options):
    return subprocess.run([str(BINARIES[-1] / program), *arguments], check=True, **options)


class Process:
    """A process of a server, which listens on a Unix socket alone."""

    def __init__(self, folder, port, *command):
        self.folder = folder
        self._command = command
        self._port = port

    def url(self, database):
        """Return the URL of a database."""
        return f"postgresql://postgres@/{database}?host={self.folder}&port={self._port}"

    def start(self):
        """Start it, and wait until it takes connections."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command, stdout=log, stderr=log, cwd=self.folder, **as_postgres()
            )
        ready = [str(BINARIES[-1] / "pg_isready"), "--quiet", "--dbname", self.url("")]
        for _ in range(300):
            if subprocess.run(ready, check=False).returncode == 0:
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError((self.folder / "log").read_text(encoding="utf-8"))

    def stop(self, number=None):
        """Stop it at once; what was committed stays."""
        self._process.send_signal(number or self.end)
        self._process.wait(60)

    def kill(self):
        """End it as a crash does, and start it again."""
        self.stop(self.crash)
        self.start()


class Server(Process):
    name = "postgresql"
    end = signal.SIGINT
    crash = signal.SIGQUIT  # as `pg_ctl stop -m immediate` does it

    def __init__(self, folder, settings):
        options = [f"-c{setting}" for setting in settings]
        program = str(BINARIES[-1] / "postgres")
        super().__init__(folder, 5432, program, "-D", "data", "-k", str(folder), "-h", "", *options)

    def database(self, name):
        """Create a database, and return its URL."""
        run("createdb", "--host", str(self.folder), "--username=postgres", name)
        return self.url(name)


class Pooler(Process):
    name = "pgbouncer"
    end = signal.SIGTERM
    crash = signal.SIGKILL

    def __init__(self, folder):
        program = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin:/bin")
        if not program:
            raise RuntimeError("PgBouncer is missing: `apt-get install pgbouncer`")
        path = folder / "pgbouncer.ini"
        path.write_text(PGBOUNCER.format(folder=folder), encoding="utf-8")
        super().__init__(folder, 6432, program, str(path))
