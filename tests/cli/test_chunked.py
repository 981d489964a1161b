"""The chunked transfer coding, from files in memory."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openai_webhook_types.cli._chunked import Unreadable, chunks

EXTENSIONS = st.sampled_from([b"", b";a", b' ;a="b;c"', b"\t;\xff"])
TRAILERS = st.lists(st.sampled_from([b"a: b\r\n", b"Content-Length: 9\r\n", b"x:\r\n"]), max_size=3)


@st.composite
def coded(draw):
    """Return the parts of a body, and the body in chunks of these parts."""
    parts = draw(st.lists(st.binary(min_size=1, max_size=40), max_size=8))
    content = b""
    for part in parts:
        size = draw(st.sampled_from(["%x", "%X", "%05x"])) % len(part)
        content += size.encode() + draw(EXTENSIONS) + b"\r\n" + part + b"\r\n"
    end = draw(st.sampled_from([b"0", b"000"])) + draw(EXTENSIONS) + b"\r\n"
    return b"".join(parts), content + end + b"".join(draw(TRAILERS)) + b"\r\n"


def read_chunked(file, maximum):
    return b"".join(chunks(file, maximum))


def refused(content, maximum=10**6):
    """Return the status and the reason for which a body is refused."""
    with pytest.raises(Unreadable) as caught:
        read_chunked(io.BytesIO(content), maximum)
    return caught.value.status, str(caught.value)


@given(coded(), st.binary(max_size=20))
def test_any_split_gives_the_body_and_leaves_what_follows(parts, following):
    body, content = parts
    file = io.BytesIO(content + following)
    assert read_chunked(file, len(content)) == body
    assert file.read() == following


@given(coded(), st.data())
def test_a_body_that_ends_early_is_incomplete(parts, data):
    content = parts[1]
    end = data.draw(st.integers(0, len(content) - 1))
    assert refused(content[:end])[0] == 400


@given(coded(), st.data())
def test_every_byte_counts_toward_the_limit(parts, data):
    content = parts[1]
    maximum = data.draw(st.integers(0, len(content) - 1))
    file = io.BytesIO(content + b"0" * 1000)
    with pytest.raises(Unreadable) as caught:
        read_chunked(file, maximum)
    assert (caught.value.status, str(caught.value)) == (413, f"more than {maximum:,} bytes")
    assert file.tell() <= maximum + 1


@given(coded(), st.data(), st.binary(max_size=4))
def test_random_bytes_are_read_or_refused(parts, data, noise):
    content = parts[1]
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, len(content)))
    for changed in (content[:start] + noise + content[end:], noise):
        try:
            body = read_chunked(io.BytesIO(changed), 1000)
        except Unreadable as error:
            assert error.status in {400, 413}
        else:
            assert len(body) < len(changed)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "incomplete body: it ends before its last chunk"),
        (b"5", "incomplete body: it ends before its last chunk"),
        (b"5\r\nab", "incomplete body: 2 of 5 bytes of a chunk"),
        (b"2\r\nab", "incomplete body: 0 of 2 bytes of a chunk"),
        (b"2\r\nab\r\n", "incomplete body: it ends before its last chunk"),
        (b"0\r\n", "incomplete body: it ends before its last chunk"),
        (b"0\r\na: b\r\n", "incomplete body: it ends before its last chunk"),
        (b"2\r\nabc\r\n0\r\n\r\n", "malformed chunk: it is not 2 bytes and a line break"),
        *[
            (line + b"\r\nab\r\n0\r\n\r\n", "malformed chunk: its size is not hexadecimal")
            for line in (b"", b"-2", b"+2", b" 2", b"0x2", b"2_0", b"2 3", b"\xb2", b"g", b"2\r")
        ],
        (b"2\nab\r\n0\r\n\r\n", "malformed chunk: its size is not hexadecimal"),
        (b"0\r\na b: c\r\n\r\n", "malformed trailer after the last chunk"),
        (b"0\r\nnonsense\r\n\r\n", "malformed trailer after the last chunk"),
        (b"0\r\n: c\r\n\r\n", "malformed trailer after the last chunk"),
        (b"0\r\n\n", "malformed trailer after the last chunk"),
    ],
)
def test_what_is_not_whole_is_refused(content, expected):
    assert refused(content) == (400, expected)


def test_a_line_that_never_ends_is_not_read_on():
    file = io.BytesIO(b"0" * 10**6)
    with pytest.raises(Unreadable, match="malformed chunk: a line of 4,096 bytes or more"):
        next(chunks(file, 10**9))
    assert file.tell() == 4096


def test_a_chunk_that_never_ends_comes_in_pieces():
    file = io.BytesIO(b"fffffffff\r\n" + b"a" * 10**6)
    assert len(next(chunks(file, 2**63))) < 10**5


def test_a_size_that_is_too_large_is_refused_before_anything_is_read():
    file = io.BytesIO(b"F" * 500 + b"\r\nab")
    with pytest.raises(Unreadable, match="more than 1,000 bytes"):
        read_chunked(file, 1000)
    assert file.read() == b"ab"
