"""The chart: what a process costs, and what its work costs, as SVG for light and dark pages."""

from io import StringIO
from pathlib import Path
from typing import Dict, List, NamedTuple, Tuple

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .figures import Run
from .report import decimals
from .timing import OURS

# Colours between black and white: readable on both, without a background.
_INK, _OURS, _PEER = "#7a7f87", "#e0762f", "#8f98a5"
# Where the page tells which of the two it is, the text has more contrast.
_CONTRAST = "".join(
    f"@media (prefers-color-scheme: {page}) {{text {{fill: {ink} !important}}}}"
    for page, ink in (("light", "#555c66"), ("dark", "#9da6b2"))
)
_WIDTH, _LINE = 5.4, 0.31  # inches: on a phone, the text is about as large as its own
_STYLE = {
    "font.family": "sans-serif",
    "font.size": 13,
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "openai_webhook_types",  # the same figures give the same bytes
    "text.color": _INK,
}
_TITLE = "openai_webhook_types beside its peers"
# Without a date, equal figures give an equal file.
_METADATA = {"Title": _TITLE, "Date": None, "Creator": None}

_US, _UNWRAP = "this package", "… with unwrap"
_PROCESS = {
    _US: ("one thin type", OURS),
    _UNWRAP: ("unwrap", OURS),
    "standard library": ("one thin type", "floor"),
    "Pydantic": ("one thin type", "pydantic"),
    "OpenAI SDK": ("one thin type", "openai"),
}
_READERS = {
    _US: ("thin event", OURS),
    "Pydantic (SDK)": ("thin event", "Pydantic"),
    **{name: ("thin event", name) for name in ("msgspec", "mashumaro", "cattrs")},
}
_VERIFIERS = {
    _US: ("thin event", OURS),
    "OpenAI SDK": ("thin event", "SDK"),
    **{name: ("thin event", name) for name in ("standardwebhooks", "svix")},
}


class _Panel(NamedTuple):
    title: str
    group: str
    scale: float
    unit: str
    contenders: Dict[str, Tuple[str, str]]
    """The work and the contender of each bar, by its label."""

    def bars(self, run: Run) -> List[Tuple[str, float]]:
        """Return the labels and figures, the smallest first."""
        figures = {
            label: run.row(self.group, work).medians[contender] / self.scale
            for label, (work, contender) in self.contenders.items()
        }
        return sorted(figures.items(), key=lambda item: item[1])


_PANELS = [
    _Panel("Cold start, CPU time", "process, time", 1e-3, "ms", _PROCESS),
    _Panel("Peak memory of this process", "process, peak memory", 1024 * 1024, "MiB", _PROCESS),
    _Panel("from_dict, one event", "from_dict", 1e-6, "µs", _READERS),
    _Panel("from_json, one event", "from_json", 1e-6, "µs", _READERS),
    _Panel("unwrap, one request", "unwrap", 1e-6, "µs", _VERIFIERS),
]


def draw(run: Run, path: Path) -> None:
    """Draw the figures of a run to a file."""
    panels = [(panel.title, panel.unit, panel.bars(run)) for panel in _PANELS]
    heights = [len(bars) + 1.6 for *_, bars in panels]
    with rc_context(_STYLE):
        height = _LINE * (sum(heights) + 2.5)
        figure = Figure(figsize=(_WIDTH, height))
        figure.subplots_adjust(0.35, 0.1 / height, 0.99, 1 - _LINE * 2.3 / height, hspace=0)
        figure.text(0.01, 1 - 0.1 / height, _TITLE, weight="bold", size=15, va="top")
        figure.text(0.01, 1 - 0.42 / height, f"shorter is better; {run.python}", va="top")
        for axes, panel in zip(figure.subplots(len(panels), height_ratios=heights), panels):
            _draw(axes, *panel)
        text = StringIO()
        figure.savefig(text, format="svg", transparent=True, metadata=_METADATA)
    path.write_text(
        text.getvalue().replace("</style>", f"{_CONTRAST}</style>", 1), encoding="utf-8"
    )


def _draw(axes: Axes, title: str, unit: str, bars: List[Tuple[str, float]]) -> None:
    largest = max(figure for _, figure in bars)
    for place, (label, figure) in enumerate(bars):
        ours = label in (_US, _UNWRAP)
        weight = "bold" if ours else "normal"
        axes.barh(place, figure, height=0.7, color=_OURS if ours else _PEER)
        text = f"{decimals(figure)} {unit}"
        axes.text(figure + largest * 0.02, place, text, va="center", weight=weight)
        axes.text(-largest * 0.02, place, label, va="center", ha="right", weight=weight)
    axes.text(-0.53, -1, title, weight="bold", transform=axes.get_yaxis_transform(), va="center")
    axes.set_xlim(0, largest * 1.3)
    axes.set_ylim(len(bars) - 0.4, -2)
    axes.set_axis_off()
