"""The chart of the ratios that have a bar, as SVG for light and dark pages."""

from typing import List

from matplotlib import rc_context
from matplotlib.figure import Figure

from .bars import BARS, PEAK_MEMORY
from .report import python
from .timing import Result

# Halfway between black and white: readable on both, without a background.
_INK = "#777c85"
_FASTER, _SLOWER = "#3b82c4", "#d9822b"
_STYLE = {
    "axes.edgecolor": _INK,
    "axes.labelcolor": _INK,
    "font.family": "sans-serif",
    "font.size": 11,
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "openai_webhook_types",  # the same figures give the same bytes
    "text.color": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
}


# Without a date, equal figures give an equal file.
_METADATA = {
    "Title": "Time of openai_webhook_types beside its peers",
    "Date": None,
    "Creator": None,
}
_TICKS = {
    1 / 50: "1/50",
    1 / 20: "1/20",
    1 / 10: "1/10",
    1 / 5: "1/5",
    1 / 2: "1/2",
    1: "1",
    2: "2",
    4: "4",
}


def draw(results: List[Result], path: str) -> None:
    """Draw the ratios to a file. Where ours is faster, the bar is to the left of 1."""
    times = [bar for bar in BARS if bar.group != PEAK_MEMORY]
    rows = [(bar, ratio) for bar in times if (ratio := bar.figure(results))]
    with rc_context(_STYLE):
        figure = Figure(figsize=(9, 1 + 0.4 * len(rows)), layout="constrained")
        axes = figure.add_subplot()
        axes.set_xscale("log")
        for place, (median, low, high) in enumerate(ratio for _, ratio in rows):
            axes.barh(
                place,
                median - 1,
                left=1,
                height=0.6,
                color=_FASTER if median <= 1 else _SLOWER,
                xerr=[[median - low], [high - median]],
                ecolor=_INK,
            )
            axes.text(
                1.02, place, _in_words(median), transform=axes.get_yaxis_transform(), va="center"
            )
        places = range(len(rows))
        limits = [bar.bar for bar, _ in rows]
        axes.scatter(limits, places, marker="|", s=250, color=_INK, label="not to exceed", zorder=3)
        axes.axvline(1, color=_INK, linewidth=1)
        axes.set_xticks(list(_TICKS), list(_TICKS.values()))
        axes.set_xticks([], minor=True)
        axes.set_xlabel(f"time of ours / time of the peer (log scale), {python()}")
        axes.set_yticks(places, [bar.label.replace("`", "") for bar, _ in rows])
        axes.invert_yaxis()
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(axis="y", length=0)
        figure.legend(loc="outside upper right", frameon=False)
        # The font of a page may be wider than the font of this layout.
        figure.get_layout_engine().set(w_pad=0.3)
        figure.savefig(path, format="svg", transparent=True, metadata=_METADATA)


def _in_words(ratio: float) -> str:
    return f"{1 / ratio:.1f}x faster" if ratio <= 1 else f"{ratio:.1f}x slower"
