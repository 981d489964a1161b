"""The bars that the package holds itself to, for CPython 3.11."""

from typing import List, NamedTuple, Optional

from .timing import Result, Spread
from .works import SHAPES

# A change that makes things worse by less than this may be noise.
_MARGIN = 1.5


class Bar(NamedTuple):
    """A limit for a ratio, and the ratio that we want."""

    label: str
    group: str
    works: List[str]
    """Where there are several, the worst of their ratios counts."""
    bar: float
    want: float
    peer: str = "Pydantic"
    guarded: bool = True
    """Whether the ratio is steady enough for `--check`."""

    def results(self, results: List[Result]) -> List[Result]:
        """Return the results that the bar applies to."""
        return [one for one in results if one.group == self.group and one.work in self.works]

    def figure(self, results: List[Result]) -> Optional[Spread]:
        """Return the ratio, or None if it was not measured."""
        measured = [one for one in self.results(results) if self.peer in one.samples]
        return max((one.ratio(self.peer) for one in measured), default=None)

    @property
    def limit(self) -> float:
        """The ratio above which `--check` fails: more than noise explains."""
        return self.bar * _MARGIN

    def format(self, ratio: float) -> str:
        """Return a ratio with as many decimals as the bar needs."""
        return f"{ratio:.{3 if self.bar < 0.2 else 2}f}"


_THIN, _ERROR, _UNKNOWN = ["thin event"], ["1 error"], ["20 unknown fields"]
_TEN, _THOUSAND = ["call, 10 SIP headers"], ["call, 1,000 SIP headers"]
_TIME, PEAK_MEMORY = "import, time", "import, peak memory"
_ONE, _AGENT = ["one thin type"], ["one agent type"]

BARS = [
    # Milliseconds above the floor, which a busy machine may add by chance: not guarded.
    Bar("import one thin type / stdlib floor", _TIME, _ONE, 1.19, 1.10, "floor", guarded=False),
    Bar("import one agent type / stdlib floor", _TIME, _AGENT, 1.35, 1.15, "floor", guarded=False),
    Bar("import `unwrap` / stdlib floor", _TIME, ["unwrap"], 1.42, 1.35, "floor", guarded=False),
    Bar("import one thin type / SDK", _TIME, _ONE, 0.067, 0.033, "openai"),
    Bar("peak memory, one thin type / stdlib floor", PEAK_MEMORY, _ONE, 1.10, 1.05, "floor"),
    Bar("`from_dict`, thin / Pydantic", "from_dict", _THIN, 0.55, 0.50),
    Bar("`from_dict`, 10 SIP headers / Pydantic", "from_dict", _TEN, 0.74, 0.65),
    Bar("`from_dict`, worst event type / Pydantic", "from_dict", [*SHAPES], 0.78, 0.65),
    Bar("`from_dict`, 1 error / Pydantic", "from_dict", _ERROR, 3.0, 2.5),
    Bar("`from_json`, thin / Pydantic", "from_json", _THIN, 1.22, 1.10),
    Bar("`from_json`, 10 SIP headers / Pydantic", "from_json", _TEN, 1.45, 1.35),
    Bar("`from_json`, 1,000 SIP headers / Pydantic", "from_json", _THOUSAND, 1.35, 1.25),
    Bar("`from_json`, 1 error / Pydantic", "from_json", _ERROR, 3.6, 3.0),
    Bar("`to_dict`, thin / Pydantic", "to_dict", _THIN, 0.62, 0.50),
    Bar("`to_dict`, 20 unknown fields / Pydantic", "to_dict", _UNKNOWN, 1.78, 1.50),
    Bar("`model_dump_json`, thin / Pydantic", "model_dump_json", _THIN, 1.65, 1.50),
    Bar("`unwrap` / SDK", "unwrap", _THIN, 0.125, 0.11, "SDK"),
    Bar("`unwrap` / floor", "unwrap", _THIN, 2.0, 1.5, "floor"),
]
