"""The chart: what this package and the SDK cost, side by side, as SVG.

It follows the reader's colour scheme by a media query, and has its own background, so that it is
readable even where the page is light and the reader's system dark.
"""

from typing import Dict, List

from .report import Comparison, comparisons
from .timing import Result

_LIGHT = {"page": "#ffffff", "ink": "#1f2328", "ours": "#c2500f", "sdk": "#818b98"}
_DARK = {"page": "#0d1117", "ink": "#e6edf3", "ours": "#f0883e", "sdk": "#768390"}
_WIDTH, _HEIGHT = 800, 600
_FONT = 28  # a phone shows the chart at less than half of this size
_LINE, _GAP, _MARGIN = 39, 17, 16
_BARS, _LONGEST = 214, 426  # where the bars start, and how long one may be
_NAMES = {"ours": "This package", "sdk": "OpenAI SDK"}


def draw(results: List[Result]) -> str:
    """Return the chart of a run: start, memory, verifying, and the worst of writing."""
    start, memory, _, verify, _, write, _ = comparisons(results)
    top = _MARGIN
    shapes: List[str] = []
    for comparison in (start, memory, verify, write):
        shapes += _panel(comparison, top)
        top += 3 * _LINE + _GAP
    shapes.append(_text(_MARGIN, top, "Shorter is better."))
    lines = "\n".join(shapes)
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{_WIDTH}" height="{_HEIGHT}"
  viewBox="0 0 {_WIDTH} {_HEIGHT}" font-size="{_FONT}"
  font-family="system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif">
<title>What this package and the OpenAI SDK cost</title>
<style>
{_rules(_LIGHT)}
@media (prefers-color-scheme: dark) {{{_rules(_DARK)}}}
</style>
<rect class="page" width="{_WIDTH}" height="{_HEIGHT}" rx="12"/>
{lines}
</svg>
"""


def _rules(colours: Dict[str, str]) -> str:
    return " ".join(f".{name} {{fill: {colour}}}" for name, colour in colours.items())


def _panel(comparison: Comparison, top: float) -> List[str]:
    shapes = [_text(_MARGIN, top, comparison.label, "bold")]
    figures = [comparison.ours, comparison.sdk]
    for (name, title), figure, said in zip(_NAMES.items(), figures, comparison.said()):
        top += _LINE
        length = _LONGEST * figure / max(figures)
        shapes += [
            _text(_MARGIN, top, title),
            f'<rect class="{name}" x="{_BARS}" y="{top + 5}" width="{length:.1f}" height="30"/>',
            _text(_BARS + length + 10, top, said),
        ]
    return shapes


def _text(left: float, top: float, text: str, weight: str = "normal") -> str:
    return f'<text class="ink" x="{left:.1f}" y="{top + 30}" font-weight="{weight}">{text}</text>'
