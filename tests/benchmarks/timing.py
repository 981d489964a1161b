"""Rounds in which several contenders take turns, and the statistics of their figures."""

import gc
import random
import time
from dataclasses import dataclass, field
from statistics import median, quantiles
from timeit import Timer
from typing import Any, Callable, Dict, List, NamedTuple

OURS = "ours"


class Work:
    """One way to do something: an expression, and the values of the names in it."""

    def __init__(self, expression: str, **names: Any):
        self.expression = expression
        self.names = names

    def on(self, **names: Any) -> "Work":
        """Return the same work with the values of more names, such as its input."""
        return Work(self.expression, **{**self.names, **names})

    def function(self, parameter: str) -> Callable[[Any], Any]:
        """Return a function that does the work, with one name as its parameter."""
        return eval(f"lambda {parameter}: {self.expression}", self.names)

    def result(self) -> Any:
        """Do the work once."""
        return eval(self.expression, dict(self.names))


class Spread(NamedTuple):
    """The median of many figures, and their quartiles."""

    median: float
    low: float
    high: float


@dataclass
class Result:
    """The figures of one work: one for each contender and each round."""

    group: str
    work: str
    unit: str
    """Of the figures: "s" or "B"."""
    samples: Dict[str, List[float]] = field(default_factory=dict)
    missing: Dict[str, str] = field(default_factory=dict)
    """Why a contender has no figures."""

    def median(self, contender: str) -> float:
        """Return the median of a contender's figures."""
        return median(self.samples[contender])

    def ratio(self, peer: str) -> Spread:
        """Return ours divided by the peer's, round by round."""
        pairs = zip(self.samples[OURS], self.samples[peer])
        return spread([ours / theirs for ours, theirs in pairs])


class Effort(NamedTuple):
    """How long to measure."""

    rounds: int
    batch: float
    """Seconds of one contender's turn in one round."""
    processes: int
    """Rounds in which each contender is a process of its own."""
    events: int
    """How many events to keep in memory."""
    lines: int
    """How many bodies the JSON Lines file holds."""


FULL = Effort(rounds=60, batch=0.002, processes=24, events=100_000, lines=200_000)
QUICK = Effort(rounds=5, batch=0.001, processes=3, events=5_000, lines=5_000)


def spread(figures: List[float]) -> Spread:
    low, _, high = quantiles(figures, n=4, method="inclusive")
    return Spread(median(figures), low, high)


def turns(contenders, rounds):
    """Yield every contender once a round, shuffled anew each time but alike in every run."""
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
        effort: How many rounds, and how long a turn is.
        refused: Whether every call is expected to raise.
    """
    timers = {name: _timer(work, refused) for name, work in works.items()}
    # The collector must not charge the works for objects that exist already.
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
    # In CPU seconds, so that other processes do not count; and with the garbage collector, which
    # timeit turns off but a webhook handler does not.
    return Timer(statement, "gc.enable()", time.process_time, {"gc": gc, **work.names})


def _calls(timer: Timer, seconds: float) -> int:
    """Return how many calls fill these seconds, once the caches are warm."""
    calls = 1
    while (taken := min(timer.repeat(3, calls))) < seconds / 4:
        calls *= 2
    return max(1, round(calls * seconds / taken))
