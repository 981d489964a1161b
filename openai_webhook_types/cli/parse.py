"""The verb `parse`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from io import BufferedReader
from typing import BinaryIO

from ..errors import ValidationError
from ..events._base import WebhookEvent
from ..events._registry import EVENT_CLASSES
from ..parsing import parse_event
from ._arguments import describe
from ._body import MAX_BODY, problems, vacuity
from ._failures import DONE, NEGATIVE, Failure, Mistake, Refused, trying_to
from ._input import input_status, open_input, read, shown_name
from ._output import complain, failed, print_json, printable
from ._terminal import Progress, is_terminal

__all__ = ["add", "run"]

_GZIP = b"\x1f\x8b"
# How many unknown event types are counted separately, which bounds the memory of the counts.
_MAX_UNKNOWN = 100
_OTHERS = "other unknown types"
# How many lines are read between two checks whether it is time to show the progress.
_PROGRESS_LINES = 1_000


def add(verb: argparse.ArgumentParser) -> None:
    """Add the arguments of the verb to its parser."""
    describe(
        verb,
        "Print the event in each file, or what is wrong with it. Signatures are not checked.\n"
        "With --lines, blank lines are skipped, a line may have at most "
        f"{MAX_BODY:,}\nbytes, and a count by type follows on standard error.",
        "PROGRAM parse body.json",
        "PROGRAM parse --json < body.json",
        "PROGRAM parse --lines --quiet --rejects bad.jsonl events.jsonl more.jsonl.gz",
    )
    verb.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        help="a file with one payload (default: -, standard input)",
    )
    verb.add_argument("--json", action="store_true", help="print events as JSON, one per line")
    verb.add_argument("--quiet", action="store_true", help="print no events, only what is wrong")
    verb.add_argument(
        "--lines",
        action="store_true",
        help="read JSON Lines, one payload per line, plain or gzipped",
    )
    verb.add_argument(
        "--rejects", metavar="FILE", help="with --lines, keep each invalid line in this file"
    )


def run(options: argparse.Namespace) -> int:
    """Print the valid events, and what is wrong with the others."""
    paths: list[str] = options.files or ["-"]
    if paths.count("-") > 1:
        raise Mistake("standard input cannot be read twice")
    if options.rejects == "-":
        raise Mistake("--rejects must name a file")
    if options.lines:
        return _run_lines(options, paths)
    if options.rejects is not None:
        raise Mistake("--rejects needs --lines")
    # Every file is judged, even if another one is invalid.
    return max([_run_file(options, path) for path in paths])


def _problems(path: str, number: int, body: bytes, error: ValidationError) -> Iterator[str]:
    """Yield each problem of a payload that begins at a line of a file."""
    for line, problem in problems(body, error):
        yield f"{printable(shown_name(path))}:{number + line}: {problem}"


def _run_file(options: argparse.Namespace, path: str) -> int:
    try:
        body = read(path)
    except Failure as error:
        return failed(error)
    try:
        event = parse_event(body)
    except ValidationError as error:
        kind = _kind(body)
        if kind:
            complain(printable(f"{shown_name(path)} is {kind}"))
            return NEGATIVE
        for problem in _problems(path, 1, body, error):
            complain(problem)
        return NEGATIVE
    _print(options, event)
    return DONE


def _kind(body: bytes) -> str | None:
    """Return what an invalid body is, if that says more than where it is invalid."""
    if body.startswith(_GZIP):
        return "gzip, which only --lines reads"
    first, _, rest = body.strip().partition(b"\n")
    if rest.lstrip().startswith(b"{"):
        with suppress(ValueError, RecursionError):
            json.loads(first)
            return "JSON Lines, which only --lines reads"
    return vacuity(body)


def _print(options: argparse.Namespace, event: WebhookEvent) -> None:
    if options.quiet:
        return
    if options.json:
        print_json(event.to_json(indent=None))
    else:
        print(printable(repr(event)))


def _run_lines(options: argparse.Namespace, paths: list[str]) -> int:
    with ExitStack() as stack:
        rejects = None
        if options.rejects is not None:
            rejects = _Rejects(options.rejects, paths)
            stack.callback(rejects.close)
        judge = _Judge(options, rejects)
        # The counts are shown even if the rest cannot be read.
        stack.callback(judge.summarize)
        for path in paths:
            judge.judge(path)
    return judge.status


def _is_same(path: str, source: str) -> bool:
    """Tell whether two paths name the same file, even if it does not exist yet."""
    with suppress(OSError, ValueError):
        if os.path.samestat(os.stat(path), input_status(source)):
            return True
    with suppress(OSError, ValueError):
        return source != "-" and os.path.realpath(path) == os.path.realpath(source)
    return False


class _Rejects:
    """The file that keeps invalid lines, byte for byte."""

    def __init__(self, path: str, sources: list[str]) -> None:
        for source in sources:
            if _is_same(path, source):
                raise Mistake(
                    f"--rejects would overwrite {shown_name(source)}, which is to be read"
                )
        self._what = f"write {path}"
        self._lacks_newline = False
        with trying_to(self._what):
            self._file = open(path, "wb")  # noqa: SIM115

    def add(self, piece: bytes, *, is_new: bool) -> None:
        """Write a line, or the next piece of one."""
        with trying_to(self._what):
            if is_new and self._lacks_newline:  # after the last line of the previous file
                self._file.write(b"\n")
            self._file.write(piece)
        self._lacks_newline = not piece.endswith(b"\n")

    def close(self) -> None:
        with trying_to(self._what):
            self._file.close()


class _Judge:
    """Judges every line of files, one at a time, and counts."""

    def __init__(self, options: argparse.Namespace, rejects: _Rejects | None) -> None:
        self.status = DONE
        self._invalid = 0
        self._counts: dict[str, int] = {}
        self._unknown = 0
        self._options = options
        self._rejects = rejects
        # On a terminal that also shows the events, it would only be in the way.
        self._progress = Progress(is_wanted=options.quiet or not is_terminal(sys.stdout))

    def judge(self, path: str) -> None:
        name = printable(shown_name(path))
        number = 0
        is_too_long = False
        for piece in self._read(path):
            if is_too_long:  # the piece continues such a line
                is_too_long = self._reject(piece, is_new=False)
                continue
            number += 1
            if len(piece) > MAX_BODY and not piece.endswith(b"\n"):
                self._say(f"{name}:{number}: longer than {MAX_BODY:,} bytes")
                is_too_long = self._reject(piece)
                continue
            if piece.isspace():  # checked first: parsing costs more than everything else
                continue
            line = piece.rstrip(b"\r\n")
            try:
                event = parse_event(line)
            except ValidationError as error:
                self._say(*_problems(path, number, line, error))
                self._reject(piece)
                continue
            self._count(event.type)
            _print(self._options, event)
            if number % _PROGRESS_LINES == 0:
                self._progress.show(f"{name}:{number:,}, {self._invalid:,} invalid")

    def _read(self, path: str) -> Iterator[bytes]:
        """Yield the pieces of a file. If it cannot be read, report that and stop."""
        try:
            yield from _pieces(path)
        except Failure as error:
            self._progress.clear()
            self.status = max(self.status, failed(error))

    def summarize(self) -> None:
        valid = sum(self._counts.values())
        total = valid + self._invalid
        self._say(f"lines: {total:,} ({valid:,} valid, {self._invalid:,} invalid)")
        for event_type, count in sorted(self._counts.items(), key=lambda item: (-item[1], item)):
            complain(f"{count:12,}  {printable(event_type)}")

    def _count(self, event_type: str) -> None:
        counts = self._counts
        if event_type not in counts and event_type not in EVENT_CLASSES:
            if self._unknown == _MAX_UNKNOWN:
                event_type = _OTHERS
            else:
                self._unknown += 1
        counts[event_type] = counts.get(event_type, 0) + 1

    def _reject(self, piece: bytes, *, is_new: bool = True) -> bool:
        """Take a piece of an invalid line, and tell whether the line goes on."""
        self._invalid += is_new
        self.status = max(self.status, NEGATIVE)
        if self._rejects:
            self._rejects.add(piece, is_new=is_new)
        return not piece.endswith(b"\n")

    def _say(self, *lines: str) -> None:
        self._progress.clear()
        for line in lines:
            complain(line)


def _pieces(path: str) -> Iterator[bytes]:
    """Yield each line of a file, in pieces if it is too long."""
    name = shown_name(path)
    with open_input(path) as file, trying_to(f"read {name}"):
        is_gzip = file.peek(len(_GZIP)).startswith(_GZIP)
        yield from _unzipped(file, name) if is_gzip else _lines(file)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: file.readline(MAX_BODY + 1), b"")


def _unzipped(file: BufferedReader, name: str) -> Iterator[bytes]:
    # Not every Python has zlib.
    import zlib
    from gzip import GzipFile

    try:
        with BufferedReader(GzipFile(fileobj=file)) as unzipped:
            yield from _lines(unzipped)
    except (EOFError, zlib.error) as error:
        raise Refused(f"cannot read {name}: {error}") from error
