"""Chunked bodies, as tunnels and proxies send them."""

import io
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openai_webhook_types import sign
from tests import loopback
from tests.conformance import servers, stores
from tests.conformance.conftest import RECIPES
from tests.loopback import EVENT, MAX_BODY, Client
from tests.values import ROOT, environment


@contextmanager
def gunicorn(module):
    """Serve in a process of its own: gunicorn wants signals."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "--bind", f"fd://{listener.fileno()}"]
        with subprocess.Popen(
            [*command, "--chdir", RECIPES, "--log-level", "critical", f"{module.__name__}:app"],
            env=environment(
                PYTHONPATH=str(ROOT), INBOX_URL=f"sqlite:///{Path('inbox.db').resolve()}"
            ),
            pass_fds=[listener.fileno()],
        ) as process:
            try:
                yield Client("127.0.0.1", port)
            finally:
                process.terminate()


SERVERS = {
    "http_server": ("http_server", loopback.http_server),
    "wsgi, gunicorn": ("wsgi", gunicorn),
    "wsgi, werkzeug": ("wsgi", lambda module: servers.werkzeug(module.app)),
    "flask": ("flask_app", lambda module: servers.werkzeug(module.app)),
    "fastapi": ("fastapi_app", lambda module: servers.asgi(module.app)),
    "starlette": ("starlette_app", lambda module: servers.asgi(module.app)),
    "aiohttp": ("aiohttp_app", servers.aiohttp),
}
OURS = list(SERVERS)[:3]


@pytest.fixture(params=SERVERS)
def client(request, recipe):
    name, serve = SERVERS[request.param]
    with serve(recipe(name)) as client:
        client.rows = stores.SQLite().rows
        yield client


def one_of(names):
    return pytest.mark.parametrize("client", names, indirect=True)


def split(body, size):
    return [body[n : n + size] for n in range(0, len(body), size)]


@pytest.mark.parametrize("size", [1, 7, len(EVENT)])
def test_a_chunked_delivery_is_kept(client, size):
    headers = sign(EVENT, webhook_id="wh_1")
    assert client.in_chunks(split(EVENT, size), headers) == 200
    assert client.rows() == [("new", "wh_1", EVENT)]
    assert client.in_chunks(split(EVENT + b" ", size), headers) == 401


def test_a_chunked_body_that_is_too_long_is_refused(client):
    body = b" " * (MAX_BODY + 1)
    assert client.in_chunks(split(body, 50_000), sign(body)) == 413
    assert client.rows() == []


def request_of(body, *headers):
    """Return the bytes of a signed request with some headers that say how long it is."""
    lines = ["POST /webhook HTTP/1.1", "Host: localhost", *headers]
    lines += [f"{name}: {value}" for name, value in sign(EVENT, webhook_id="wh_1").items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


CHUNKS = b"%x\r\n%s\r\n0\r\n\r\n" % (len(EVENT), EVENT)


@one_of(OURS)
def test_a_length_together_with_a_coding_is_refused(client):
    headers = [f"Content-Length: {len(EVENT)}", "Transfer-Encoding: chunked"]
    for both in (headers, headers[::-1]):
        assert client.raw(request_of(CHUNKS + request_of(EVENT, headers[0]), *both)) == 400
        assert client.answer.count(b"HTTP/1.") == 1  # and the connection is closed
    assert client.rows() == []


@one_of(OURS)
@pytest.mark.parametrize("coding", ["gzip", "gzip, chunked", "identity", "chunked, chunked", "x"])
def test_other_codings_are_refused(client, coding):
    # gunicorn answers some by itself, with a page.
    status = client.raw(request_of(CHUNKS, f"Transfer-Encoding: {coding}"))
    assert status == 501 or (status == 400 and b"<html>" in client.answer), status
    assert client.rows() == []


@one_of(OURS)
@pytest.mark.parametrize(
    "body",
    [b"", CHUNKS[:1], CHUNKS[:2], CHUNKS[:20], CHUNKS[:-7], b"-1\r\n", b"x\r\n", b"0x5\r\nhello"],
)
def test_half_a_chunk_is_refused(client, body):
    assert client.raw(request_of(body, "Transfer-Encoding: chunked")) == 400
    assert client.rows() == []


@one_of(["http_server"])
@pytest.mark.parametrize("end", [b"", b"\r", b"a: b\r\n", b"\r\r", b"\n"])
def test_half_a_trailer_is_refused(client, end):
    assert client.raw(request_of(CHUNKS[:-2] + end, "Transfer-Encoding: chunked")) == 400


@one_of(["http_server"])
@pytest.mark.parametrize(
    ("head", "part"),
    [
        (b"", b"1;" + b"x" * 60_000 + b"\r\n \r\n"),
        (b"", b"1;" + b"x" * 2 * MAX_BODY),
        (b"0\r\n", b"x: y\r\n"),
        (b"", b"1\r\n \r\n"),
        (b"", b"0" * 2 * MAX_BODY),
        (b"", b"f" * 30 + b"\r\n"),
    ],
)
def test_chunk_lines_and_trailers_count_toward_the_limit(client, head, part):
    body = head + part * (2 * MAX_BODY // len(part) + 1)
    with socket.create_connection(client.address, timeout=30) as connection:
        connection.sendall(request_of(b"", "Transfer-Encoding: chunked") + body)
        assert connection.recv(100).split()[1] == b"413"


@one_of(["http_server"])
def test_extensions_and_trailers_are_ignored(client):
    chunks = b"0%X ;a=b\r\n%s\r\n00;c\r\nwebhook-id: wh_2\r\n\r\n" % (len(EVENT), EVENT)
    assert client.raw(request_of(chunks, "transfer-encoding: Chunked ")) == 200
    assert client.rows() == [("new", "wh_1", EVENT)]


# Without a server: any splits, and any bytes.


@pytest.fixture(scope="module")
def module():
    """Return the recipe, without its inbox."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(RECIPES))
        import http_server

        yield http_server
        for name in ("http_server", "inbox", "store"):
            del sys.modules[name]


def read(module, data):
    """Return the body, or the status of a refusal, and what was left unread."""
    file = io.BytesIO(data)
    try:
        found = module.read_chunks(file)
    except module.RefusedError as error:
        found = error.status
    return found, file.read()


def by_h11(data):
    """Return the body that h11 reads, or None if it finds the chunks malformed or incomplete."""
    connection = h11.Connection(h11.SERVER, max_incomplete_event_size=10 * MAX_BODY)
    connection.receive_data(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    connection.receive_data(data)
    body = b""
    try:
        while not isinstance(event := connection.next_event(), h11.EndOfMessage):
            if event is h11.NEED_DATA:
                return None
            body += bytes(getattr(event, "data", b""))
    except h11.RemoteProtocolError:
        return None
    return body


EXTENSIONS = st.sampled_from([b"", b";a", b"; a=b", b' ;a="c;d"'])
PARTS = st.lists(st.tuples(st.binary(min_size=1, max_size=300), EXTENSIONS, st.integers(0, 3)))


@given(parts=PARTS, trailers=st.lists(st.sampled_from([b"a: b\r\n", b"c:\r\n"])), rest=st.binary())
def test_any_split_gives_the_body(module, parts, trailers, rest):
    data = b"".join(
        b"0" * zeros + b"%x%s\r\n%s\r\n" % (len(part), extension, part)
        for part, extension, zeros in parts
    )
    data += b"0\r\n" + b"".join(trailers) + b"\r\n"
    body = b"".join(part for part, _, _ in parts)
    assert read(module, data + rest) == (body, rest)
    for end in range(len(data)):  # no part of it is enough
        assert read(module, data[:end]) == (400, b"")


PIECES = st.one_of(
    st.sampled_from(
        [b"\r\n", b"0", b"1", b"5", b"a", b"\n", b"\r", b";", b" ", b"\t", b"-", b": "]
    ),
    st.binary(max_size=10),
    st.binary(max_size=20).map(lambda part: b"%x\r\n%s\r\n" % (len(part), part)),
)


@given(data=st.lists(PIECES, max_size=20).map(b"".join))
def test_any_bytes_are_read_as_h11_reads_them_or_refused(module, data):
    found, _ = read(module, data)
    if isinstance(found, bytes):
        assert found == by_h11(data)
    else:
        assert found in {400, 413}
