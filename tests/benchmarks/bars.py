"""The bars that the package holds itself to, for CPython 3.11."""

from fractions import Fraction
from typing import List, NamedTuple, Optional, Union

from .timing import Result, Spread

_MIB = 1024 * 1024
# A change that makes things worse by less than this may be noise.
_MARGIN = 1.5


class Bar(NamedTuple):
    """What a ratio must not exceed, and what we want it to be."""

    label: str
    group: str
    work: str
    peer: Optional[str]
    """None where the figure is our own, in MiB."""
    bar: Union[float, Fraction]
    want: Union[float, Fraction]
    guarded: bool = False
    """Whether it is steady enough for `--check`."""

    def result(self, results: List[Result]) -> Optional[Result]:
        """Return the result that the bar is for, if it is among these."""
        name = (self.group, self.work)
        return next((result for result in results if (result.group, result.work) == name), None)

    def figure(self, results: List[Result]) -> Optional[Spread]:
        """Return what was measured, if it was."""
        result = self.result(results)
        if result and self.peer is None:
            return Spread(*[figure / _MIB for figure in result.own()])
        return result.ratio(self.peer) if result and self.peer in result.samples else None

    @property
    def limit(self) -> float:
        """What `--check` lets pass: past it, it is more than noise."""
        return self.bar * _MARGIN

    def said(self, figure: float) -> str:
        """Return a figure in the form that the bar has."""
        if isinstance(self.bar, Fraction):
            return f"1/{float(1 / figure):.3g}"
        return f"{figure:.2f}" + (" MiB" if self.peer is None else "")


_THIN = "thin event"
_CALL = "call, 10 SIP headers"
_TIME, _PEAK = "import, time", "import, peak memory"
_ONE = "one event type"

BARS = [
    Bar("import one type / stdlib floor", _TIME, _ONE, "floor", 1.25, 1.10),
    Bar("import one type / SDK", _TIME, _ONE, "openai", Fraction(1, 15), Fraction(1, 30), True),
    Bar("`from_dict` / Pydantic", "from_dict", _THIN, "Pydantic", 0.75, 0.50, True),
    Bar("`from_dict`, 10 SIP headers / Pydantic", "from_dict", _CALL, "Pydantic", 1.5, 1.0, True),
    Bar("`from_json` / Pydantic", "from_json", _THIN, "Pydantic", 1.25, 0.90, True),
    Bar("`to_dict` / Pydantic", "to_dict", _THIN, "Pydantic", 0.75, 0.40, True),
    Bar("`model_dump_json` / Pydantic", "model_dump_json", _THIN, "Pydantic", 2.0, 1.2, True),
    Bar("`unwrap` / SDK", "unwrap", _THIN, "SDK", 0.12, 0.09, True),
    Bar("`unwrap` / floor", "unwrap", _THIN, "floor", 2.0, 1.5, True),
    Bar("peak memory of importing one type", _PEAK, _ONE, None, 3.0, 2.0),
]
