"""Rounds in which several ways to do one work take turns, and what they sum up to."""

import gc
import random
import time
from dataclasses import dataclass, field
from statistics import median, quantiles
from timeit import Timer
from typing import Any, Callable, Dict, List, NamedTuple

OURS = "ours"


class Work:
    """One way to do something: an expression, and what the names in it stand for."""

    def __init__(self, expression: str, **names: Any):
        self.expression = expression
        self.names = names

    def on(self, **names: Any) -> "Work":
        """Return the same work with more names known: what it is done on."""
        return Work(self.expression, **{**self.names, **names})

    def function(self, parameter: str) -> Callable[[Any], Any]:
        """Return a function that does the work on what is left open."""
        return eval(f"lambda {parameter}: {self.expression}", self.names)

    def result(self) -> Any:
        """Do the work once."""
        return eval(self.expression, dict(self.names))


class Spread(NamedTuple):
    """The middle of many figures, and the quartiles around it."""

    median: float
    low: float
    high: float


@dataclass
class Result:
    """What the rounds gave for one work: a figure of each contender for each round."""

    group: str
    work: str
    unit: str
    """What the figures are: "s", "B", or "slope", which is not divided by that of a peer."""
    samples: Dict[str, List[float]] = field(default_factory=dict)
    missing: Dict[str, str] = field(default_factory=dict)
    """Why a contender has no figures."""

    def own(self, contender: str = OURS) -> Spread:
        return spread(self.samples[contender])

    def ratio(self, peer: str) -> Spread:
        """Return ours divided by the peer's, round by round."""
        pairs = zip(self.samples[OURS], self.samples[peer])
        return spread([ours / theirs for ours, theirs in pairs])


class Effort(NamedTuple):
    """How long to measure."""

    rounds: int
    batch: float
    """Seconds that one contender is timed for in one round."""
    processes: int
    """Rounds in which each contender is a process of its own."""
    events: int
    """How many events to keep in memory."""
    lines: int
    """How many bodies the JSON Lines file has."""


FULL = Effort(rounds=60, batch=0.002, processes=24, events=100_000, lines=200_000)
QUICK = Effort(rounds=5, batch=0.001, processes=3, events=5_000, lines=5_000)


def spread(figures: List[float]) -> Spread:
    low, _, high = quantiles(figures, n=4, method="inclusive")
    return Spread(median(figures), low, high)


def turns(contenders, rounds):
    """Yield each contender once a round, in an order shuffled anew, the same in every run."""
    order = list(contenders)
    shuffle = random.Random(0).shuffle
    for _ in range(rounds):
        shuffle(order)
        yield from order


def interleaved(
    works: Dict[Any, Work], effort: Effort, *, refused: bool = False
) -> Dict[Any, List[float]]:
    """Return the seconds that each work took, per call, in each round.

    Args:
        works: The contenders, by name.
        effort: How many rounds, and how long one contender's turn is.
        refused: Whether what they do is to raise.
    """
    timers = {name: _timer(work, refused) for name, work in works.items()}
    # What is here already is not the works' to be walked through.
    gc.collect()
    gc.freeze()
    calls = {name: _calls(timer, effort.batch) for name, timer in timers.items()}
    samples: Dict[Any, List[float]] = {name: [] for name in works}
    for name in turns(works, effort.rounds):
        samples[name].append(timers[name].timeit(calls[name]) / calls[name])
    gc.unfreeze()
    return samples


def _timer(work: Work, refused: bool) -> Timer:
    statement = (
        f"try:\n    {work.expression}\nexcept Exception:\n    pass" if refused else work.expression
    )
    # In seconds of this process, not counting those that others take from it meanwhile; and with
    # the collector, which timeit turns off, as a handler of webhooks does not.
    return Timer(statement, "gc.enable()", time.process_time, {"gc": gc, **work.names})


def _calls(timer: Timer, seconds: float) -> int:
    """Return how many calls take so many seconds, once the caches are warm."""
    calls = 1
    while (taken := min(timer.repeat(3, calls))) < seconds / 4:
        calls *= 2
    return max(1, round(calls * seconds / taken))
