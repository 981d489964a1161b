"""The migration, as replacements of whole lines: `swaps.diff` has them, and documents quote it.

In that file a `-` line, and the `+` lines below it, are one swap. `…` stands for any text, which
the new line keeps; a line keeps its indentation.
"""

import re
from pathlib import Path
from typing import NamedTuple, Tuple

__all__ = ["SWAPS", "Swap", "migrated", "unquoted"]


class Swap(NamedTuple):
    """A line, and those to write for it."""

    old: str
    new: Tuple[str, ...]

    @property
    def pattern(self):
        """The expression that matches the line."""
        inside = "(.*)".join(map(re.escape, self.old.split("…")))
        return re.compile(rf"^( *){inside}$", re.MULTILINE)

    def apply(self, source: str) -> str:
        """Return source with this swap made."""
        return self.pattern.sub(self._lines, source)

    def _lines(self, match):
        indent, *kept = match.groups()
        texts = iter(kept)
        lines = [re.sub("…", lambda _: next(texts), line) for line in self.new]
        return "\n".join([indent + line if line else "" for line in lines])


def _read(text):
    for stanza in re.split(r"\n(?=-)", text):
        old, *rest = [line for line in stanza.splitlines() if line[:1] in {"-", "+"}] or [""]
        if old:
            yield Swap(old[1:], tuple(line[1:] for line in rest))


SWAPS = tuple(_read(Path(__file__).with_name("swaps.diff").read_text(encoding="utf-8")))


def migrated(source: str) -> str:
    """Return source that was written for the SDK after every swap."""
    for swap in SWAPS:
        source = swap.apply(source)
    return source


def unquoted(text: str):
    """Return the swaps that a document does not have: its lines in the order of the diff."""
    lines = [line.strip() for line in text.splitlines()]
    return [
        swap
        for swap in SWAPS
        if not _follow(lines, [f"-{swap.old}", *(f"+{line}".rstrip() for line in swap.new)])
    ]


def _follow(lines, wanted):
    size = len(wanted)
    return any(lines[at : at + size] == wanted for at in range(len(lines)))
