"""The verb `send`, to receivers in this process."""

import json
import re
import socket
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openai_webhook_types import InvalidWebhookSignatureError, __version__, verify_signature
from openai_webhook_types.cli import send
from openai_webhook_types.testing import sample_payload
from tests.cli.commands import SECRET, answering, with_status

LINE = re.compile(r"(---|\d{3})  (\d+) ms  (wh_[0-9a-f]{32})(?:  (.*))?")
SUMMARY = re.compile(r"requests: (\d+) in [\d.]+ s \((.*)\); median \d+ ms, slowest \d+ ms")


def request_of(server):
    """Return the body and the headers of the only request."""
    (body,), (request,) = server.bodies, server.requests
    return body, request.headers


class TestRequest:
    def test_it_is_a_signed_post(self, call):
        with answering(with_status(200, "thank you\nvery much")) as server:
            status, out, err = call("send", server.url + "a/b?c=d", "batch.failed")
        assert (status, err) == (0, "")
        body, headers = request_of(server)
        verify_signature(body, headers, secret=SECRET)
        assert json.loads(body) == sample_payload("batch.failed")
        assert headers["content-type"] == "application/json"
        assert headers["user-agent"] == f"openai-webhook-types/{__version__}"
        assert server.requests[0].path == "/a/b?c=d"
        found = LINE.fullmatch(out.rstrip("\n"))
        assert found.groups()[::2] == ("200", headers["webhook-id"])
        assert found[4] == "thank you"

    def test_payloads_can_be_changed(self, call):
        with answering(with_status(204)) as server:
            assert call("send", server.url, "batch.failed", "--set", "data.id=batch_1")[0] == 0
        assert json.loads(request_of(server)[0])["data"]["id"] == "batch_1"

    def test_a_file_is_sent_as_it_is(self, call):
        Path("body").write_bytes(b' {"a": \xff}\r\n')
        with answering(with_status(200)) as server:
            assert call("send", server.url, "--file", "body")[0] == 0
            status, _, err = call("send", server.url, "--file", "-", stdin=b"")
            assert (status, err) == (0, "warning: <stdin> is empty\n")
        assert server.bodies == [b' {"a": \xff}\r\n', b""]

    def test_a_file_can_be_changed(self, call):
        Path("body").write_bytes(b'{"a": {"b": 1}, "c": [2]}')
        with answering(with_status(200)) as server:
            call("send", server.url, "--file", "body", "--set", "a.b=é", "--set", "c.0=3")
        assert json.loads(request_of(server)[0]) == {"a": {"b": "é"}, "c": [3]}

    def test_it_can_be_old(self, call):
        with answering(with_status(200)) as server:
            assert call("send", server.url, "batch.failed", "--old", "400")[0] == 0
        body, headers = request_of(server)
        assert abs(int(headers["webhook-timestamp"]) - time.time() + 400) < 60
        verify_signature(body, headers, secret=SECRET, tolerance=1000)

    def test_it_can_come_again(self, call):
        with answering(with_status(200)) as server:
            call("send", server.url, "batch.failed", "--id", "wh_1", "--count", "2")
        assert [request.headers["webhook-id"] for request in server.requests] == ["wh_1"] * 2

    def test_an_odd_path_is_quoted(self, call):
        with answering(with_status(200)) as server:
            assert call("send", server.url + "é a?b=é&c=%20", "batch.failed")[0] == 0
        assert server.requests[0].path == "/%C3%A9%20a?b=%C3%A9&c=%20"

    @pytest.mark.parametrize(
        ("url", "port"),
        [
            ("http://127.0.0.1", 80),
            ("https://127.0.0.1/", 443),
            ("http://127.0.0.1:0/", 0),
            ("https://127.0.0.1:8/", 8),
        ],
    )
    def test_the_port_is_that_of_the_url_or_of_the_scheme(self, call, monkeypatch, url, port):
        def refuses(address, *args):
            raise ConnectionRefusedError(0, f"refused {address}")

        monkeypatch.setattr(socket, "create_connection", refuses)
        said = f"cannot connect to 127.0.0.1:{port}: refused ('127.0.0.1', {port})"
        assert said in call("send", url, "batch.failed")[2]


class TestBadSignature:
    def test_it_does_not_verify_and_needs_no_secret(self, call, monkeypatch):
        monkeypatch.delenv("OPENAI_WEBHOOK_SECRET")
        with answering(with_status(401)) as server:
            assert call("send", server.url, "batch.failed", "--bad-signature")[0] == 0
        with pytest.raises(InvalidWebhookSignatureError, match="does not match"):
            verify_signature(*request_of(server), secret=SECRET)

    def test_a_secret_in_the_call_comes_with_a_warning(self, call):
        with answering(with_status(401)) as server:
            arguments = ["batch.failed", "--bad-signature", "--secret", "hidden"]
            status, _, err = call("send", server.url, *arguments)
        assert (status, err.count("\n")) == (0, 1)
        assert err.startswith("warning: other users of this machine can see --secret")

    @pytest.mark.parametrize("status", [200, 302, 500])
    def test_any_other_answer_is_unexpected(self, call, status):
        with answering(with_status(status)) as server:
            assert call("send", server.url, "batch.failed", "--bad-signature")[0] == 1


class TestAnswers:
    @pytest.mark.parametrize("status", [401, 500, 404])
    def test_an_unexpected_answer(self, call, status):
        with answering(with_status(status, "no \x1b[2J\nmore")) as server:
            found, out, err = call("send", server.url, "batch.failed")
        assert (found, err) == (1, "")
        assert LINE.fullmatch(out.rstrip("\n"))[1] == str(status)
        assert out.endswith(r"  no \x1b[2J" + "\n")

    def test_redirects_are_not_followed(self, call):
        with answering(with_status(307, location="/other")) as server:
            assert call("send", server.url, "batch.failed")[0] == 1
        assert len(server.bodies) == 1

    def test_a_long_answer_is_cut(self, call):
        with answering(with_status(200, "x" * 10**6)) as server:
            out = call("send", server.url, "batch.failed")[1]
        assert out.endswith(f"  {'x' * 200}\n")

    def test_colours(self, call, monkeypatch, terminal):
        monkeypatch.setattr("sys.stdout", terminal.stream)
        for status, code in ((200, "32"), (400, "31")):
            with answering(with_status(status)) as server:
                call("send", server.url, "batch.failed")
            assert terminal.read().startswith(f"\x1b[{code}m{status}\x1b[m  ")


def speaking(respond):
    """Return a context that serves one connection with a function of its socket."""

    class Speaking:
        def __enter__(self):
            self.listener = socket.create_server(("127.0.0.1", 0))
            self.url = "http://127.0.0.1:{1}/".format(*self.listener.getsockname())
            self.thread = threading.Thread(target=self.serve)
            self.thread.start()
            return self

        def serve(self):
            connection, _ = self.listener.accept()
            with closing(connection):
                connection.settimeout(10)
                respond(connection)

        def __exit__(self, *_):
            self.thread.join()
            self.listener.close()

    return Speaking()


def dripping(connection):
    """Answer a byte at a time, for as long as the other side will have it."""
    connection.recv(65536)
    try:
        for byte in b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 1000:
            connection.sendall(bytes([byte]))
            time.sleep(0.1)
    except OSError:
        pass


def silent(connection):
    while connection.recv(65536):
        pass


def of_another_protocol(connection):
    connection.sendall(b"SSH-2.0\r\n\r\n")
    connection.shutdown(socket.SHUT_WR)
    silent(connection)  # a connection that is closed with bytes unread is reset


# What an answer can be made of.
HEADS = [
    b"HTTP/1.1 200 OK\r\n",
    b"HTTP/1.0 401 \xff\r\n",
    b"HTTP/1.1 204\r\n",
    b"HTTP/1.1 100 \r\n",
]
HEADS += [
    b"HTTP/1.1 99 x\r\n",
    b"HTTP/1.1 \xb2\xb2\xb2 x\r\n",
    b"HTTP/2 200\r\n",
    b"HTTP/1.1 +20\r\n",
]
HEADERS = [b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: gzip\r\n", b"Connection: x\r\n"]
HEADERS += [
    b"Content-Length: %b\r\n" % n for n in (b"5", b"-5", b"x", b"1_0", b"9" * 20, b"9" * 5000)
]
HEADERS += [
    b": x\r\n",
    b"x\r\n",
    b" x\r\n",
    b"\xff: \0\r\n",
    b"Keep-Alive: \r\n",
    b"a: b\r\n" * 101,
]
CHUNKS = [
    b"%b\r\n" % n for n in (b"5", b"-5", b"0", b"x", b"", b"1_0", b"\xb2", b"f" * 15, b"f" * 5000)
]
CHUNKS += [b"-%b\r\n" % (b"9" * 30), b"hello\r\n", b"5;a=b\r\n", b"\n", b"\r\n", b"\0" * 70_000]
ANSWERS = st.one_of(
    st.binary(max_size=20),
    st.tuples(
        st.sampled_from(HEADS),
        st.lists(st.sampled_from(HEADERS), max_size=3),
        st.sampled_from([b"\r\n", b"\n", b""]),
        st.lists(st.one_of(st.sampled_from(CHUNKS), st.binary(max_size=9)), max_size=4),
    ).map(lambda parts: parts[0] + b"".join(parts[1]) + parts[2] + b"".join(parts[3])),
)


class TestEveryAnswer:
    @pytest.fixture
    def judged(self, call):
        """Let a server answer with bytes, and return the exit status and the line about it."""

        def answered(content):
            def respond(connection):
                connection.recv(65536)
                with suppress(OSError):  # it may have been refused halfway
                    connection.sendall(content)
                    connection.shutdown(socket.SHUT_WR)
                    silent(connection)

            with speaking(respond) as server:
                status, out, err = call(
                    "send", server.url, "batch.failed", "--secret-file", "secret"
                )
            assert (err, out.count("\n")) == ("", 1)
            shown, _, _, text = LINE.fullmatch(out.rstrip("\n")).groups()
            assert status == (3 if shown == "---" else 0 if shown[0] == "2" else 1)
            assert (text or "").isprintable()
            return status, text

        Path("secret").write_text(SECRET)
        return answered

    def test_random_bytes(self, judged):
        @given(ANSWERS)
        def check(content):
            judged(content)

        check()

    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            (b"5\r\nhello\r\n0\r\n\r\n", (0, "hello")),
            (b"2\r\nhe\r\n3\r\nllo\r\n0\r\na: b\r\n\r\n", (0, "hello")),
            (b"1000\r\n" + b"x" * 4096 + b"\r\nnonsense", (0, "x" * 200)),
            (b"ffffffff\r\n" + b"x" * 200_000, (0, "x" * 200)),
            (b"5\r\nhell", (3, "no answer: incomplete body: 4 of 5 bytes of a chunk")),
            (b"", (3, "no answer: incomplete body: it ends before its last chunk")),
            *[
                (
                    size + b"\r\nhello\r\n",
                    (3, "no answer: malformed chunk: its size is not hexadecimal"),
                )
                for size in (b"-1", b"-5", b"-" + b"f" * 20, b"1_0", b"\xb2")
            ],
        ],
    )
    def test_chunks(self, judged, content, expected):
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        assert judged(head + content) == expected

    def test_a_long_reason_is_cut(self, judged):
        assert judged(b"x" * 60_000 + b"\r\n") == (3, "no answer: " + "x" * 200)


def endless(connection):
    """Begin an answer of which each part comes too late."""
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\nfirst\n")
    silent(connection)


def unfinished(connection):
    """Answer with less than is promised."""
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 10\r\n\r\nfirst\n")
    silent(connection)


def trickling(connection):
    """Send the text of an answer a byte at a time, for as long as the other side will have it."""
    connection.recv(65536)
    with suppress(OSError):
        connection.sendall(b"HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(1000):
            connection.sendall(b"1\r\nx\r\n")
            time.sleep(0.1)


class TestNoAnswer:
    @pytest.mark.parametrize(
        ("respond", "said"),
        [
            (lambda connection: None, "no answer: "),
            (of_another_protocol, "no answer: SSH-2.0"),
            (silent, "no answer within 1 s"),
            (dripping, "no answer within 1 s"),
            (endless, "200, but no end of the answer within 1 s"),
            (unfinished, "201, but no end of the answer within 1 s"),
            (trickling, "500, but no end of the answer within 1 s"),
        ],
        ids=lambda value: getattr(value, "__name__", None),
    )
    def test_it_is_one_line(self, call, respond, said):
        with speaking(respond) as server:
            status, out, err = call("send", server.url, "batch.failed", "--timeout", "1")
        assert (status, err, out.count("\n")) == (3, "", 1)
        found = LINE.fullmatch(out.rstrip("\n"))
        assert found[1] == "---"
        assert int(found[2]) < 30_000
        assert found[4].startswith(said)

    @pytest.fixture
    def closed_port(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            return listener.getsockname()[1]

    def test_a_refused_connection(self, call, closed_port):
        url = f"http://127.0.0.1:{closed_port}/"
        for many in ([], ["--count", "50", "--jobs", "4"]):
            status, out, err = call("send", url, "batch.failed", *many)
            assert (status, out, err.count("\n")) == (3, "", 1)
            assert f"cannot connect to 127.0.0.1:{closed_port}: Connection refused" in err

    def test_a_tls_error(self, call):
        with speaking(lambda connection: connection.sendall(b"HTTP/1.1 400 no\r\n\r\n")) as server:
            url = server.url.replace("http:", "https:")
            status, out, err = call("send", url, "batch.failed")
        assert (status, out, err.count("\n")) == (3, "", 1)
        assert "cannot connect to 127.0.0.1:" in err
        assert "SSL" in err

    def test_an_unknown_host(self, call, monkeypatch):
        def unknown(*args):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", unknown)
        status, out, err = call("send", "http://no-such-host.invalid/", "batch.failed")
        assert (status, out, err.count("\n")) == (3, "", 1)
        assert "cannot connect to no-such-host.invalid:80: Name or service not known\n" in err

    def test_python_may_lack_tls(self, call, monkeypatch):
        monkeypatch.delattr(send.http.client, "HTTPSConnection")
        status, out, err = call("send", "https://127.0.0.1/", "batch.failed")
        assert (status, out, err.count("\n")) == (3, "", 1)
        assert "this Python has no TLS" in err


class TestMany:
    def test_each_has_an_id_and_the_end_a_summary(self, call):
        statuses = [200] * 17 + [500] * 3

        def answer(handler):
            with_status(statuses.pop(), "ok")(handler)

        with answering(answer) as server:
            arguments = ["batch.failed", "--count", "20", "--jobs", "4"]
            status, out, err = call("send", server.url, *arguments)
        assert (status, err) == (1, "")
        *lines, summary = out.splitlines()
        ids = [LINE.fullmatch(line)[3] for line in lines]
        assert {*ids} == {request.headers["webhook-id"] for request in server.requests}
        assert len(ids) == len({*ids}) == 20
        assert SUMMARY.fullmatch(summary).groups() == ("20", "17 x 200, 3 x 500")

    @pytest.mark.parametrize(
        ("times", "said"),
        [
            ([0.001, 0.009], "median 5 ms, slowest 9 ms"),
            ([0.009, 0.001, 0.002], "median 2 ms, slowest 9 ms"),
        ],
    )
    def test_the_summary_has_the_median_and_the_slowest(self, times, said):
        answers = [send._Answer("wh_1", 200, seconds, "ok") for seconds in times]
        count = len(times)
        expected = f"requests: {count} in 2.0 s ({count} x 200); {said}"
        assert send._summary(answers, 2.0) == expected

    def test_a_line_has_the_status_the_milliseconds_the_id_and_the_answer(self):
        answer = send._Answer("wh_1", 200, 0.0123, "ok")
        assert send._line(answer, "green") == "200  12 ms  wh_1  ok"

    def test_no_answer_does_not_end_the_rest(self, call):
        def answer(handler):
            if len(handler.server.bodies) != 2:
                with_status(200)(handler)

        with answering(answer) as server:
            status, out, err = call("send", server.url, "batch.failed", "--count", "4")
        assert (status, err) == (3, "")
        assert SUMMARY.fullmatch(out.splitlines()[-1])[2] == "3 x 200, 1 x no answer"

    def test_an_interrupt_ends_it_with_a_summary(self, call, monkeypatch):
        answers = [KeyboardInterrupt(), send._Answer("wh_1", 200, 0.1, "ok")]

        class Interrupted:
            def get(self):
                answer = answers.pop()
                if isinstance(answer, KeyboardInterrupt):
                    raise answer
                return answer

            def put(self, answer):
                pass

        monkeypatch.setattr(send, "SimpleQueue", Interrupted)
        with answering(with_status(200)) as server:
            status, out, err = call("send", server.url, "batch.failed", "--count", "3")
        assert (status, err) == (130, "")
        assert SUMMARY.fullmatch(out.splitlines()[-1])[2] == "1 x 200"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["ftp://u:hidden@127.0.0.1/", "batch.failed"],
            "and have a host, such as http://127.0.0.1",
        ),
        (["u:hidden@127.0.0.1/", "batch.failed"], "the URL must start with http:// or https://"),
        (["127.0.0.1:8000", "batch.failed"], "the URL must start with http:// or https://"),
        (["http://", "batch.failed"], "the URL must start with http:// or https:// and have"),
        (["http://[::1", "batch.failed"], "not a URL: its host or its port is malformed"),
        (["http://127.0.0.1:hidden/", "batch.failed"], "not a URL: its host or its port is mal"),
        (["http://a:99999/", "batch.failed"], "not a URL: its host or its port is malformed"),
        (["http://exa mple/", "batch.failed"], "the host of the URL has a blank or a control"),
        (["http://exa\x01mple/", "batch.failed"], "the host of the URL has a blank or a control"),
        (["http://exa\x7fmple/", "batch.failed"], "the host of the URL has a blank or a control"),
        (["http://u:hidden@127.0.0.1/", "batch.failed"], "with a user name or a password is not"),
        (["http://" + "a" * 70 + ".x/", "batch.failed"], "cannot connect to aaa"),
        (["http://127.0.0.1:1/"], "send takes either a TYPE or a --file"),
        (["http://127.0.0.1:1/", "batch.failed", "--file", "x"], "send takes either a TYPE or"),
        (["http://127.0.0.1:1/", "--file", "bad", "--set", "a=1"], "--set cannot change bad: Inv"),
        (["http://127.0.0.1:1/", "--file", "one", "--set", "a=1"], "the payload has no fields"),
        (["http://127.0.0.1:1/", "--file", "no", "--set", "a=1"], "change no, which is empty"),
        (
            ["http://127.0.0.1:1/", "batch.failed", "--count", "0"],
            "must be a whole number, 1 to 1000000",
        ),
        (
            ["http://127.0.0.1:1/", "batch.failed", "--count", "9" * 20],
            "must be a whole number, 1 to 1000000",
        ),
        (
            ["http://127.0.0.1:1/", "batch.failed", "--jobs", "x"],
            "must be a whole number, 1 to 1000",
        ),
        (["http://127.0.0.1:1/", "batch.failed", "--id", " x"], "A webhook id must be 1 to"),
        (["http://127.0.0.1:1/", "batch.failed", "--old", "x"], "argument --old: invalid int"),
        (
            ["http://127.0.0.1:1/", "batch.failed", "--old", "9" * 20],
            "The timestamp is out of range",
        ),
    ],
)
def test_mistakes(call, arguments, said):
    Path("bad").write_text("{")
    Path("one").write_text("1")
    Path("no").touch()
    status, out, err = call("send", *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert "hidden" not in err
