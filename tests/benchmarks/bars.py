"""The bars: limits for ratios on CPython 3.11, which guard the speed and the memory."""

from typing import List, NamedTuple, Optional

from .timing import Result, Spread
from .works import SHAPES

# What `--check` grants above a bar: it measures briefly, and perhaps on a busy machine.
MARGIN = 1.5


class Bar(NamedTuple):
    """A limit for the ratio of ours to a peer's."""

    label: str
    group: str
    works: List[str]
    """Where there are several, the worst of their ratios counts."""
    bar: float
    peer: str = "Pydantic"

    def measured(self, results: List[Result]) -> List[Result]:
        """Return the results that the bar applies to."""
        return [one for one in results if one.group == self.group and one.work in self.works]

    def figure(self, results: List[Result]) -> Optional[Spread]:
        """Return the ratio, or None if it was not measured."""
        measured = [one for one in self.measured(results) if self.peer in one.samples]
        return max([one.ratio(self.peer) for one in measured], default=None)

    @property
    def limit(self) -> float:
        """The ratio above which `--check` fails."""
        return self.bar * MARGIN

    def format(self, ratio: float) -> str:
        """Return a ratio with as many decimals as the bar needs."""
        return f"{ratio:.{3 if self.bar < 0.2 else 2}f}"


_THIN, _ERROR, _UNKNOWN = ["thin event"], ["1 error"], ["20 unknown fields"]
_TEN, _THOUSAND = ["call, 10 SIP headers"], ["call, 1,000 SIP headers"]
_TIME, _MEMORY = "import, time", "import, peak memory"
_ONE, _AGENT, _UNWRAP = ["one thin type"], ["one agent type"], ["unwrap"]

BARS = [
    Bar("import one thin type / stdlib floor", _TIME, _ONE, 1.22, "floor"),
    Bar("import one agent type / stdlib floor", _TIME, _AGENT, 1.32, "floor"),
    Bar("import `unwrap` / stdlib floor", _TIME, _UNWRAP, 1.35, "floor"),
    Bar("peak memory, one thin type / stdlib floor", _MEMORY, _ONE, 1.10, "floor"),
    Bar("`from_dict`, thin / Pydantic", "from_dict", _THIN, 0.58),
    Bar("`from_dict`, 10 SIP headers / Pydantic", "from_dict", _TEN, 0.78),
    Bar("`from_dict`, worst event type / Pydantic", "from_dict, each shape", [*SHAPES], 0.84),
    Bar("`from_json`, thin / Pydantic", "from_json", _THIN, 1.34),
    Bar("`from_json`, 10 SIP headers / Pydantic", "from_json", _TEN, 1.45),
    Bar("`from_json`, 1,000 SIP headers / Pydantic", "from_json", _THOUSAND, 1.42),
    Bar("`to_dict`, thin / Pydantic", "to_dict", _THIN, 0.78),
    Bar("`to_dict`, 20 unknown fields / Pydantic", "to_dict", _UNKNOWN, 1.0),
    Bar("`model_dump_json`, thin / Pydantic", "model_dump_json", _THIN, 2.0),
    Bar("`to_json`, thin / Pydantic", "to_json", _THIN, 1.55),
    Bar("`from_dict`, 1 error / Pydantic", "from_dict", _ERROR, 2.55),
    Bar("`from_json`, 1 error / Pydantic", "from_json", _ERROR, 2.95),
    Bar("`error.json()`, 1 error / Pydantic", "error.json", _ERROR, 6),
    Bar("`unwrap` / SDK", "unwrap", _THIN, 0.125, "SDK"),
    Bar("`unwrap` / floor", "unwrap", _THIN, 1.55, "floor"),
]
