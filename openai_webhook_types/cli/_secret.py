"""The signing secret, and the options that say what it is."""

from __future__ import annotations

import argparse
import os

from ._failures import Mistake
from ._input import read_text, shown_name
from ._output import complain

__all__ = ["add_secret", "secret_of", "warn_of_secret"]

_SECRET = "OPENAI_WEBHOOK_SECRET"


def add_secret(verb: argparse.ArgumentParser) -> None:
    """Add the options that say what the signing secret is."""
    options = verb.add_mutually_exclusive_group()
    options.add_argument(
        "--secret-file",
        metavar="FILE",
        help=f"a file that holds the signing secret (default: the variable {_SECRET})",
    )
    options.add_argument(
        "--secret",
        metavar="SECRET",
        help="the secret itself, which other users of this machine can see",
    )


def warn_of_secret(options: argparse.Namespace) -> None:
    """Warn if the secret is an argument."""
    if options.secret is not None:
        complain(
            f"warning: other users of this machine can see --secret; use --secret-file or {_SECRET}"
        )


def secret_of(options: argparse.Namespace, *inputs: str | None) -> str:
    """Return the signing secret, after checking that it is valid.

    Args:
        options: The arguments of the verb.
        inputs: The other files that the verb reads.
    """
    from ..signature import sign

    warn_of_secret(options)
    secret, source = os.environ.get(_SECRET, ""), _SECRET
    if options.secret_file == "-" and "-" in inputs:
        raise Mistake("standard input cannot be both the secret and something else")
    if options.secret is not None:
        secret, source = options.secret, "--secret"
    elif options.secret_file is not None:
        secret, source = read_text(options.secret_file), shown_name(options.secret_file)
        if secret.endswith("\n"):  # as editors and shells end a file
            secret = secret[: -2 if secret.endswith("\r\n") else -1]
    elif not secret:
        raise Mistake(f"no signing secret: set {_SECRET}, or use --secret-file")
    try:
        sign(b"", secret=secret)
    except ValueError as error:
        raise Mistake(f"{source}: {error}") from None
    return secret
