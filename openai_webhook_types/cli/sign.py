"""The verb `sign`."""

from __future__ import annotations

import argparse
import json
import os
import shlex

from ..signature import sign
from ._arguments import describe, moment
from ._failures import DONE, Mistake
from ._input import read_body
from ._secret import add_secret, secret_of

__all__ = ["add", "run"]

_URL = "http://127.0.0.1:8000/"


def add(verb: argparse.ArgumentParser) -> None:
    """Add the arguments of the verb to its parser."""
    describe(
        verb,
        "Print the three headers that sign a body exactly as it is, byte for byte.",
        "PROGRAM sign body.json",
        "PROGRAM sign --format json < body.json",
        "PROGRAM sign body.json --format curl --url http://127.0.0.1:8000/webhook",
    )
    verb.add_argument(
        "file", metavar="FILE", nargs="?", default="-", help="the body (default: standard input)"
    )
    verb.add_argument(
        "--format",
        choices=["headers", "json", "curl"],
        default="headers",
        help="how to print them (default: headers)",
    )
    verb.add_argument("--id", metavar="ID", help="the webhook-id (default: a new one)")
    verb.add_argument("--at", metavar="TIME", type=moment, help="when it is sent (default: now)")
    verb.add_argument(
        "--url", metavar="URL", default=_URL, help=f"where curl sends it (default: {_URL})"
    )
    add_secret(verb)


def run(options: argparse.Namespace) -> int:
    """Print the headers."""
    secret = secret_of(options, options.file)
    body = read_body(options.file)
    try:
        headers = sign(body, secret=secret, webhook_id=options.id, timestamp=options.at)
    except ValueError as error:  # the ID or the time is invalid
        raise Mistake(str(error)) from None
    if options.format == "json":
        print(json.dumps(headers, indent=2))
    elif options.format == "curl":
        print(_curl(headers, options.file, options.url))
    else:
        print("\n".join([f"{name}: {value}" for name, value in headers.items()]))
    return DONE


def _curl(headers: dict[str, str], file: str, url: str) -> str:
    arguments = ["curl", "--data-binary", f"@{file}"]
    for name, value in {"content-type": "application/json", **headers}.items():
        arguments += ["--header", f"{name}: {value}"]
    return " ".join(map(_quoted, [*arguments, url]))


def _quoted(word: str) -> str:
    """Return a word as a shell reads it, without characters that could take over a terminal."""
    if word.isprintable():
        return shlex.quote(word)
    return "$'" + "".join([f"\\{byte:03o}" for byte in os.fsencode(word)]) + "'"
