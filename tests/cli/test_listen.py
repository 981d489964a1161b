"""The verb `listen`, with requests of every kind."""

import json
import os
import re
import signal
import socket
import threading
import time
from contextlib import closing, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openai_webhook_types import sign
from openai_webhook_types.cli import listen
from openai_webhook_types.testing import signed_request
from tests.cli.commands import SECRET, listening

BODY, _ = signed_request("batch.completed", secret=SECRET)
EVENT_ID = json.loads(BODY)["id"]
LENGTH_REQUIRED = "a Content-Length or a Transfer-Encoding is required"


@pytest.fixture
def receive(monkeypatch):
    """Start to listen, and stop at the end of the context."""
    return lambda *arguments: listening(monkeypatch, *arguments)


def asked(receiver, body=BODY, headers=None, **options):
    """Send a request, and return the status and the text of the answer."""
    length = options.get("length")
    with closing(HTTPConnection(*receiver.server_address, timeout=30)) as connection:
        connection.putrequest(options.get("method", "POST"), options.get("path", "/"))
        headers = sign(body, secret=SECRET) if headers is None else headers
        given = {"Content-Length": str(len(body)) if length is None else length, **headers}
        for name, value in given.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, answer.read().decode().rstrip("\n")


def raw(receiver, content, *, half_close=True):
    """Send bytes, and return what comes back."""
    with closing(socket.create_connection(receiver.server_address, timeout=30)) as connection:
        connection.sendall(content)
        if half_close:
            connection.shutdown(socket.SHUT_WR)
        found = b""
        with suppress(OSError):
            while chunk := connection.recv(65536):
                found += chunk
        return found


def reports(capsys):
    """Return the lines about requests, without the time of day, and the summary."""
    out, err = capsys.readouterr()
    first, *lines = out.splitlines()
    assert re.fullmatch(r"listening on http://127\.0\.0\.1:\d+/\S* \(press Ctrl-C to stop\)", first)
    assert all(re.match(r"\d\d:\d\d:\d\d  ", line) for line in lines)
    return [line[10:] for line in lines], err.rstrip("\n")


class TestDeliveries:
    def test_an_event(self, receive, capsys):
        with receive() as receiver:
            headers = sign(BODY, secret=SECRET, webhook_id="wh_1")
            assert asked(receiver, headers=headers) == (200, "batch.completed")
        assert receiver.ended == [130]
        assert reports(capsys) == (
            [f"200  batch.completed  {EVENT_ID}  wh_1"],
            "requests: 1 (1 x 200); repeated: 0",
        )

    def test_an_unknown_event(self, receive, capsys):
        body = b'{"id": "\\u001b[2J", "created_at": 1, "type": "new\\ttype"}'
        with receive() as receiver:
            assert asked(receiver, body)[0] == 200
        assert reports(capsys)[0][0].startswith(r"200  new\ttype  \x1b[2J  wh_")

    def test_an_invalid_event(self, receive, capsys):
        body = b'{"type": "batch.failed", "id": 5, "created_at": 1, "data": {}}'
        said = "id: Input should be a valid string, not 5; data.id: Field required"
        with receive() as receiver:
            assert asked(receiver, body, sign(body, webhook_id="wh_1")) == (400, said)
            assert asked(receiver, b"\xff") == (400, "Invalid JSON: invalid UTF-8 at column 1")
        assert reports(capsys)[0][0] == f"400  {said}  wh_1"

    def test_what_is_said_of_an_event_is_bounded(self, receive):
        items = ", ".join(["{}"] * 10_000)
        data = f'{{"call_id": "c", "sip_headers": [{items}]}}'
        body = f'{{"type": "realtime.call.incoming", "data": {data}}}'.encode()
        with receive() as receiver:
            status, text = asked(receiver, body)
        assert (status, len(text)) == (400, 500)

    def test_a_bad_signature(self, receive, capsys):
        headers = sign(BODY, secret="another", webhook_id="wh_1")
        with receive() as receiver:
            status, text = asked(receiver, headers=headers)
            assert (status, text[:23]) == (401, "no_matching_signature: ")
            assert asked(receiver, headers={})[1].startswith("missing_header: ")
        first, second = reports(capsys)[0]
        assert first == f"401  {text}  wh_1"
        assert second.startswith("401  missing_header: ")

    def test_an_id_that_comes_again(self, receive, capsys, monkeypatch):
        monkeypatch.setattr(listen, "_MAX_IDS", 2)
        with receive() as receiver:
            for name in ("a", "b", "a", "a", "c", "a", "b"):  # b is the one that is forgotten
                assert asked(receiver, headers=sign(BODY, webhook_id=name))[0] == 200
            asked(receiver, headers=sign(BODY, webhook_id="a", secret="another"))
        lines, summary = reports(capsys)
        found = [line.partition(EVENT_ID)[2].strip() for line in lines[:-1]]
        again = [f"a  repeated: {times} times in all" for times in (2, 3, 4)]
        assert found == ["a", "b", *again[:2], "c", again[2], "b"]
        assert summary == "requests: 8 (7 x 200, 1 x 401); repeated: 3"

    def test_json(self, receive, capsys):
        with receive("--json", "--path", "/hook") as receiver:
            for _ in range(2):
                headers = sign(BODY, webhook_id="wh_1")
                assert asked(receiver, headers=headers, path="/hook?x")[0] == 200
            assert asked(receiver)[0] == 404
        out, _ = capsys.readouterr()
        first, _, second, third = map(json.loads, out.splitlines())
        assert first == {"listening": f"{receiver.url}hook"}
        assert second.pop("time") > 0
        assert second == {
            "status": 200,
            "webhook_id": "wh_1",
            "times": 2,
            "text": "batch.completed",
            "event": json.loads(BODY),
        }
        assert (third["status"], third["webhook_id"], third["event"]) == (404, None, None)

    def test_colours(self, receive, monkeypatch, terminal):
        monkeypatch.setattr("sys.stdout", terminal.stream)
        with receive() as receiver:
            for _ in range(2):
                asked(receiver, headers=sign(BODY, webhook_id="a"))
            asked(receiver, headers={})
        shown = terminal.read()
        assert shown.count("\x1b[32m200\x1b[m") == 2
        assert shown.count("\x1b[33mrepeated: 2 times in all\x1b[m\n") == 1
        assert shown.count("\x1b[31m401\x1b[m") == 1


class TestOtherRequests:
    @pytest.mark.parametrize(
        ("options", "expected"),
        [
            ({"path": "/other"}, (404, "nothing at this path: /other")),
            ({"method": "GET"}, (405, "only POST is allowed, not GET")),
            ({"method": "BREW"}, (405, "only POST is allowed, not BREW")),
            ({"method": "HEAD"}, (405, "")),
            ({"method": "GET", "path": "/other"}, (404, "nothing at this path: /other")),
            ({"length": "1000001", "body": b""}, (413, "more than 1,000,000 bytes")),
            ({"length": "9" * 5000, "body": b""}, (413, "more than 1,000,000 bytes")),
            ({"length": "-1", "body": b""}, (411, LENGTH_REQUIRED)),
            ({"length": "\xb2", "body": b""}, (411, LENGTH_REQUIRED)),
            (
                {"headers": {"Content-Length": None}, "body": b""},
                (411, LENGTH_REQUIRED),
            ),
            (
                {"headers": {"Transfer-Encoding": "chunked"}},
                (400, "both a Content-Length and a Transfer-Encoding"),
            ),
        ],
    )
    def test_the_status_says_what_is_wrong(self, receive, capsys, options, expected):
        with receive() as receiver:
            assert asked(receiver, **options) == expected
        (line,), _ = reports(capsys)
        assert line.startswith(f"{expected[0]}  {expected[1]}")

    def test_the_allowed_method_is_said(self, receive):
        with receive() as receiver:
            answer = raw(receiver, b"GET / HTTP/1.1\r\n\r\n")
            assert b"\r\nAllow: POST\r\n" in answer
            assert b"\r\nConnection: close\r\n" in answer

    def test_lengths_that_differ_are_none(self, receive):
        content = b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy"
        with receive() as receiver:
            assert raw(receiver, content).startswith(b"HTTP/1.1 411 ")

    def test_a_long_body_may_be_on_its_way(self, receive):
        with receive() as receiver:
            assert asked(receiver, b" " * 3_000_000)[0] == 413
            assert asked(receiver, b" " * 3_000_000, path="/other")[0] == 404

    def test_the_longest_body(self, receive):
        with receive() as receiver:
            assert asked(receiver, BODY.ljust(1_000_000))[0] == 200
            assert asked(receiver, BODY.ljust(1_000_001))[0] == 413

    @pytest.mark.parametrize("as_json", [False, True], ids=["text", "JSON"])
    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            (b"\x16\x03\x01\x00\xa5\x01\x00", (400, "TLS is not supported, only plain HTTP: use")),
            (b"\x00" * 100_000, (414, "the request line is too long")),
            (b"POST /" + b"a" * 70_000 + b" HTTP/1.1\r\n", (414, "the request line is too long")),
            (b"POST / HTTP/1.1\r\n" + b"a: b\r\n" * 200 + b"\r\n", (431, "Too many headers")),
            (b"POST / HTTP/1.1\r\na: " + b"b" * 70_000 + b"\r\n\r\n", (431, "Line too long")),
            (b"POST / HTTP/9.9\r\n\r\n", (505, "Invalid HTTP version (9.9)")),
            (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", (505, "Invalid HTTP version (2.0)")),
            (b"POST / HTCPCP/1.0\r\n\r\n", (400, "Bad request version ('HTCPCP/1.0')")),
            (b"a" * 60_000 + b"\r\n", (400, "Bad request syntax ('aaa")),
            (b"\r\n", (400, "the request line is blank")),
            (b" \xa0\r\n", (400, "the request line is blank")),
            (b"POST /\r\n", (400, "Bad HTTP/0.9 request type ('POST')")),
            (b"GET /\r\n", (405, "only POST is allowed, not GET")),
            (b"CONNECT example.com:443 HTTP/1.1\r\n\r\n", (404, "nothing at this path: example.c")),
            (
                b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nxy",
                (400, "incomplete body: 2 of 9 by"),
            ),
        ],
    )
    def test_what_is_refused_has_an_answer_and_a_line(
        self, receive, capsys, as_json, content, expected
    ):
        status, said = expected
        with receive(*["--json"] * as_json) as receiver:
            head, _, text = raw(receiver, content).partition(b"\r\n\r\n")
            assert asked(receiver)[0] == 200
        assert head.startswith(b"HTTP/1.1 %d " % status)
        assert b"\r\nConnection: close\r\n" in head
        assert len(text) <= 501
        if as_json:
            out, err = capsys.readouterr()
            _, refused, _ = map(json.loads, out.splitlines())
            assert (refused["status"], refused["text"]) == (status, text.decode()[:-1])
        else:
            (line, _), err = reports(capsys)
            assert line.isprintable()
            assert line.startswith(f"{status}  {said}")
        assert text.decode().startswith(said)
        assert err.startswith(f"requests: 2 (1 x 200, 1 x {status}); ")

    def test_a_tls_client_does_not_wait(self, receive):
        with receive() as receiver:
            answer = raw(receiver, b"\x16\x03\x01\x00\xa5\x01\x00", half_close=False)
        assert answer.startswith(b"HTTP/1.1 400 ")

    def test_whatever_comes_has_an_answer_and_a_line(self, receive, capsys):
        words = [b"POST", b"GET", b" ", b"/", b"HTTP/1.1", b"HTTP/1.0", b"\r\n", b"\n", b"a: b"]
        words += [b"\x16", b"\0", b"\x85", b"Expect: 100-continue", b"Connection: keep-alive"]
        words += [b"Content-Length: 1", b"Transfer-Encoding: chunked", b"POST / HTTP/1.1\r\n"]
        pieces = st.lists(st.one_of(st.sampled_from(words), st.binary(max_size=3)))

        @given(pieces.map(b"".join).filter(bool))
        def check(receiver, content):
            answer = raw(receiver, content).replace(b"HTTP/1.1 100 Continue\r\n\r\n", b"")
            status = re.match(rb"HTTP/1\.1 (\d+) ", answer)[1]
            (line,) = capsys.readouterr().out.splitlines()
            assert json.loads(line)["status"] == int(status)

        with receive("--json") as receiver:
            capsys.readouterr()
            check(receiver)
        assert "rror" not in capsys.readouterr().err

    def test_a_connection_on_which_nothing_comes_is_not_reported(self, receive, capsys):
        with receive() as receiver:
            assert raw(receiver, b"") == b""
        assert reports(capsys) == ([], "requests: 0; repeated: 0")

    def test_silence_ends(self, receive, capsys, monkeypatch):
        half = b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nxy"
        with receive() as receiver:
            with monkeypatch.context() as patched:
                patched.setattr(listen._Handler, "timeout", 0.1)
                assert raw(receiver, b"", half_close=False) == b""
                assert raw(receiver, half, half_close=False) == b""
            assert asked(receiver)[0] == 200
        (*silent, _), summary = reports(capsys)
        assert [line.partition(":")[0] for line in silent] == ["---  Request timed out"] * 2
        assert summary == "requests: 3 (1 x 200, 2 x no request); repeated: 0"

    def test_a_slow_request_ends(self, receive, monkeypatch):
        monkeypatch.setattr(listen, "_MAX_SECONDS", 0.3)
        with receive() as receiver, closing(socket.socket()) as connection:
            connection.connect(receiver.server_address)
            connection.sendall(b"POST / HTTP/1.1\r\nContent-Length: 999999\r\n\r\n")
            with suppress(BrokenPipeError, ConnectionResetError):
                while True:
                    connection.sendall(b"x")
                    time.sleep(0.02)
        assert receiver.ended == [130]

    def test_a_mistake_of_ours_is_one_line(self, receive, capsys, monkeypatch):
        def breaks(*args, **options):
            raise MemoryError("of\nours")

        monkeypatch.setattr(listen, "unwrap", breaks)
        with receive() as receiver:
            assert raw(receiver, b"POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n") == b""
        assert capsys.readouterr().err.splitlines()[0] == r"error: MemoryError: of\nours"

    def test_64_connections_at_once(self, receive, capsys):
        with receive() as receiver:
            idle = [socket.create_connection(receiver.server_address, 30) for _ in range(64)]
            for connection in idle:
                connection.sendall(b"POST / HTTP/1.1\r\n")
            assert asked(receiver)[0] == 200
            statuses = []
            threads = [
                threading.Thread(target=lambda: statuses.append(asked(receiver)[0]))
                for _ in range(64)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            for connection in idle:  # and wait until it is reported
                with closing(connection):
                    connection.shutdown(socket.SHUT_WR)
                    assert b" 411 " in connection.makefile("rb").read()
        assert statuses == [200] * 64
        assert capsys.readouterr().err == "requests: 129 (65 x 200, 64 x 411); repeated: 0\n"


class TestChunkedBodies:
    @staticmethod
    def sent(receiver, body, *, coding="chunked", headers=None):
        """Send a body as it is, in a request that says that it is coded."""
        given = {"Transfer-Encoding": coding, **(headers or sign(BODY, webhook_id="wh_1"))}
        lines = "".join([f"{name}: {value}\r\n" for name, value in given.items()])
        answer = raw(receiver, f"POST / HTTP/1.1\r\n{lines}\r\n".encode() + body)
        head, _, text = answer.partition(b"\r\n\r\n")
        assert b"\r\nConnection: close\r\n" in head
        return int(head.split()[1]), text.decode().rstrip("\n")

    @staticmethod
    def chunks(body, size=10):
        parts = [body[start : start + size] for start in range(0, len(body), size)]
        return b"".join([b"%x\r\n%b\r\n" % (len(part), part) for part in parts])

    @pytest.mark.parametrize("coding", ["chunked", "Chunked", " chunked\t"])
    def test_they_are_read(self, receive, capsys, coding):
        content = self.chunks(BODY) + b"0\r\nTrailer: x\r\n\r\n"
        with receive() as receiver:
            assert self.sent(receiver, content, coding=coding) == (200, "batch.completed")
        assert reports(capsys)[0] == [f"200  batch.completed  {EVENT_ID}  wh_1"]

    def test_a_client_of_the_standard_library_may_send_them(self, receive):
        with receive() as receiver, closing(HTTPConnection(*receiver.server_address)) as client:
            parts = iter([BODY[:5], b"", BODY[5:]])
            client.request("POST", "/", parts, sign(BODY, secret=SECRET), encode_chunked=True)
            assert client.getresponse().status == 200

    @pytest.mark.parametrize(
        "coding", ["gzip", "gzip, chunked", "chunked, chunked", "", "identity"]
    )
    def test_no_other_coding_is_read(self, receive, capsys, coding):
        said = f"only chunked can be decoded, not {coding}".rstrip()
        with receive() as receiver:
            status, text = self.sent(receiver, self.chunks(BODY) + b"0\r\n\r\n", coding=coding)
        assert (status, text.rstrip()) == (501, said)
        assert reports(capsys)[0][0].rstrip() == f"501  {said}"

    def test_half_a_chunk_is_refused(self, receive, capsys):
        said = "incomplete body: 5 of 10 bytes of a chunk"
        with receive("--save", "saved", "--save-all") as receiver:
            assert self.sent(receiver, self.chunks(BODY)[:8]) == (400, said)
        assert reports(capsys)[0] == [f"400  {said}"]
        assert [*Path("saved").iterdir()] == []

    def test_chunk_lines_count_toward_the_limit(self, receive, monkeypatch):
        content = self.chunks(BODY) + b"0\r\n\r\n"
        with receive() as receiver:
            monkeypatch.setattr(listen, "MAX_BODY", len(content))
            assert self.sent(receiver, content)[0] == 200
            monkeypatch.setattr(listen, "MAX_BODY", len(content) - 1)
            said = f"more than {len(content) - 1:,} bytes"
            assert self.sent(receiver, content) == (413, said)


class TestSave:
    @pytest.mark.parametrize(
        ("webhook_id", "name"),
        [
            ("wh_1", "wh_1"),
            ("//etc/passwd", "__etc_passwd"),
            ("-rf", "_rf"),
            ("a" * 1000, "a" * 60),
            ("C:\\con", "C__con"),
            ("con", "_con"),
            ("LPT1", "_LPT1"),
            ("com10", "com10"),
        ],
    )
    def test_names_are_safe(self, receive, call, webhook_id, name):
        headers = sign(BODY, webhook_id=webhook_id)
        with receive("--save", "a/b") as receiver:
            assert asked(receiver, headers=headers)[0] == 200
        assert sorted(path.name for path in Path("a/b").iterdir()) == [
            f"{name}.headers",
            f"{name}.json",
        ]
        assert Path(f"a/b/{name}.json").read_bytes() == BODY
        status, out, _ = call("verify", f"a/b/{name}.json", "--headers", f"a/b/{name}.headers")
        assert status == 0, out

    def test_nothing_is_overwritten(self, receive):
        bodies = [BODY, BODY + b" ", BODY + b"  "]
        with receive("--save", "saved") as receiver:
            for body in bodies:
                assert asked(receiver, body, sign(body, webhook_id="wh_1"))[0] == 200
        names = sorted(path.name for path in Path("saved").iterdir())
        assert len(names) == 6
        found = [Path("saved", name).read_bytes() for name in names if name.endswith(".json")]
        assert sorted(found) == bodies

    @pytest.mark.parametrize("ending", ["json", "headers"])
    def test_a_name_is_not_used_if_either_file_exists(self, receive, call, ending):
        Path("saved").mkdir()
        Path(f"saved/wh_1.{ending}").write_text("left over")
        with receive("--save", "saved") as receiver:
            assert asked(receiver, headers=sign(BODY, webhook_id="wh_1"))[0] == 200
        assert receiver.ended == [130]
        assert Path(f"saved/wh_1.{ending}").read_text() == "left over"
        (body,) = Path("saved").glob("wh_1-*.json")
        assert body.read_bytes() == BODY
        assert call("verify", body, "--headers", body.with_suffix(".headers"))[0] == 0
        assert len([*Path("saved").iterdir()]) == 3

    def test_only_what_is_verified_is_kept(self, receive):
        invalid = b'{"type": "batch.failed"}'
        with receive("--save", "saved") as receiver:
            assert asked(receiver, headers=sign(BODY, webhook_id="wh_1"))[0] == 200
            assert asked(receiver, invalid, sign(invalid, webhook_id="wh_2"))[0] == 400
            assert (
                asked(receiver, headers=sign(BODY, webhook_id="wh_3", secret="another"))[0] == 401
            )
            assert asked(receiver, headers=sign(BODY, webhook_id="wh_4", timestamp=1))[0] == 401
            assert asked(receiver, headers={})[0] == 401
        names = sorted(path.name for path in Path("saved").glob("*.json"))
        assert names == ["wh_1.json", "wh_2.json"]

    def test_the_rest_is_kept_if_asked_for(self, receive, call):
        headers = {"webhook-signature": "caf\xe9", "webhook-id": "a:b"}
        with receive("--save", "saved", "--save-all") as receiver:
            assert asked(receiver, b"\xff\x00", headers)[0] == 401
            assert asked(receiver, b"", {})[0] == 401
            assert asked(receiver, headers=sign(BODY, webhook_id="wh_1"))[0] == 200
        bodies = {path.name[:5]: path for path in Path("saved").glob("*.json")}
        contents = {name: path.read_bytes() for name, path in bodies.items()}
        assert contents == {"a_b.j": b"\xff\x00", "no-id": b"", "wh_1.": BODY}
        for name, expected in (("a_b.j", 1), ("no-id", 2), ("wh_1.", 0)):
            file = bodies[name]
            status, out, _ = call("verify", file, "--headers", file.with_suffix(".headers"))
            assert status == expected, out

    def test_a_folder_that_cannot_be_made(self, call):
        Path("file").touch()
        status, _, err = call("listen", "--port", "0", "--save", "file/folder")
        assert (status, err.count("\n")) == (3, 1)
        assert "cannot make the folder file/folder: Not a directory" in err

    def test_what_cannot_be_saved_ends_it(self, receive, capsys):
        with receive("--save", "saved") as receiver:
            Path("saved").rmdir()
            assert asked(receiver) == (500, "the request cannot be saved")
        assert receiver.ended == [3]
        (line,), err = reports(capsys)
        assert re.fullmatch(r"500  the request cannot be saved  wh_\w+", line)
        summary, error = err.splitlines()
        assert summary == "requests: 1 (1 x 500); repeated: 0"
        assert re.search(r"error: cannot write saved/wh_\w+\.json: No such", error)


class TestEnd:
    def test_sigterm_interrupts_as_ctrl_c_does(self):
        before = signal.getsignal(signal.SIGTERM)
        with pytest.raises(KeyboardInterrupt), listen._sigterm_as_ctrl_c():
            signal.raise_signal(signal.SIGTERM)
        assert signal.getsignal(signal.SIGTERM) is before


class TestStart:
    def test_a_port_that_is_taken(self, call):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            status, out, err = call("listen", "--port", port)
        assert (status, out, err.count("\n")) == (3, "", 1)
        assert f"cannot listen on 127.0.0.1:{port}: Address already in use" in err

    @pytest.mark.parametrize(
        ("arguments", "status", "said"),
        [
            (["--save-all"], 2, "--save-all needs --save"),
            (["--path", "hook"], 2, "--path must begin with one slash and have no query"),
            (["--path", "//hook"], 2, "--path must begin with one slash and have no query"),
            (["--path", "/hook?a"], 2, "--path must begin with one slash and have no query"),
            (["--path", "/hook\n#a"], 2, "--path must begin with one slash and have no query"),
            (["--path", "/\udcff"], 2, "cannot quote --path: "),
            (["--port", "65536"], 2, "must be a whole number, 0 to 65535, not '65536'"),
        ],
    )
    def test_mistakes(self, call, arguments, status, said):
        found, out, err = call("listen", *arguments)
        assert (found, out, err.count("\n")) == (status, "", 1)
        assert said in err

    def test_an_unknown_host(self, call, monkeypatch):
        def unknown(*args):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        monkeypatch.setattr(socket.socket, "bind", unknown)
        status, out, err = call("listen", "--host", "no-such-host.invalid")
        assert (status, out, err.count("\n")) == (3, "", 1)
        assert "cannot listen on no-such-host.invalid:8000: Name or service not known\n" in err

    def test_an_odd_path_is_quoted_as_send_does_it(self, receive, call, capsys):
        with receive("--path", "/é a") as receiver:
            status, out, _ = call("send", f"{receiver.url}é a", "batch.failed")
        assert status == 0
        assert f"listening on {receiver.url}%C3%A9%20a (press" in out

    def test_a_secret_is_needed(self, call, monkeypatch):
        monkeypatch.delenv("OPENAI_WEBHOOK_SECRET")
        assert call("listen")[0] == 2

    def test_ipv6(self, capsys):
        class Socket:
            def getsockname(self):
                return ("::1", 80, 0, 0)

        receiver = listen._Receiver.__new__(listen._Receiver)
        receiver.socket = Socket()
        receiver.options = type("Options", (), {"json": False, "path": "/"})
        receiver.announce()
        assert capsys.readouterr().out == "listening on http://[::1]:80/ (press Ctrl-C to stop)\n"

    def test_output_that_nobody_takes_ends_it(self, receive, monkeypatch):
        reader, writer = os.pipe()
        with os.fdopen(writer, "w") as stream:
            monkeypatch.setattr("sys.stdout", stream)
            with receive() as receiver:
                os.close(reader)
                assert asked(receiver)[0] == 200
            assert receiver.ended == [3]

    def test_there_may_be_no_output(self, receive, monkeypatch):
        monkeypatch.setattr("sys.stdout", None)
        with receive() as receiver:
            assert asked(receiver)[0] == 200
        assert receiver.ended == [130]
