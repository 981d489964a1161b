"""The figures in the documents and in the chart are those that were measured and kept."""

import re
from xml.etree import ElementTree as ET

import pytest

from tests.benchmarks.chart import draw
from tests.benchmarks.figures import FIGURES, REFERENCE, load, ordered, store
from tests.benchmarks.report import comparisons, fill, front, sections, split
from tests.benchmarks.timing import Spread
from tests.values import ROOT

RUNS = load()
RUN = RUNS[REFERENCE]
CHART = FIGURES.with_name("chart.svg").read_text(encoding="utf-8")
SVG = "{http://www.w3.org/2000/svg}"
UNITS = {"ms": 1e-3, "µs": 1e-6, "MiB": 2**20}
SECTIONS = sections(RUNS)
NAMES = [name for _, name, _ in SECTIONS]


@pytest.mark.parametrize(("file", "section", "text"), SECTIONS, ids=NAMES)
def test_documents_show_the_figures_that_are_kept(file, section, text):
    _, found, _ = split((ROOT / file).read_text(encoding="utf-8"), section)
    assert found == text, "python -m tests.benchmarks --render writes the figures anew"


def test_filling_replaces_the_sections_alone(tmp_path):
    for file, section, _ in SECTIONS:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        with (tmp_path / file).open("a", encoding="utf-8") as document:
            document.write(f"before\n<!-- {section} -->\nold\n<!-- /{section} -->\nafter\n")
    fill(tmp_path, RUNS)
    for file in {file for file, *_ in SECTIONS}:
        assert (tmp_path / file).read_text(encoding="utf-8") == "".join(
            f"before\n<!-- {section} -->\n{text}\n<!-- /{section} -->\nafter\n"
            for name, section, text in SECTIONS
            if name == file
        )


@pytest.mark.parametrize("document", ["", "<!-- one -->\n", "\n<!-- /one -->"])
def test_document_without_a_marker_is_an_error(document):
    with pytest.raises(ValueError, match="no section <!-- one -->"):
        split(document, "one")


def test_figures_survive_the_file(tmp_path):
    path = tmp_path / "figures.json"
    store(RUNS, path)
    assert path.read_text(encoding="utf-8") == FIGURES.read_text(encoding="utf-8")
    assert load(path) == RUNS


def test_oldest_interpreter_comes_first():
    runs = dict.fromkeys(["CPython 3.13", "CPython 3.8", "CPython 3.11"])
    assert list(ordered(runs)) == ["CPython 3.8", "CPython 3.11", "CPython 3.13"]


# The front: the README's table and lines, and the chart


def medians(group, work, *contenders):
    row = next(row for row in RUN.rows if (row.group, row.work) == (group, work))
    return [row.medians[contender] for contender in contenders]


def assert_said(text, figures):
    """Assert that a text says these figures, in this order, and no others."""
    said = re.findall(r"([\d.]+) (ms|µs|MiB)", text)
    assert len(said) == len(figures), text
    for (number, unit), figure in zip(said, figures):
        last_digit = 10.0 ** -len(number.partition(".")[2])
        assert float(number) == pytest.approx(figure / UNITS[unit], abs=last_digit / 2), text


def test_every_figure_of_the_readme_is_a_median_that_is_kept():
    _, table, *lines, _ = front(RUN).split("\n\n")
    head, _, start, verify, *worst = table.splitlines()
    assert f"CPU time on {RUN.python}" in head
    assert_said(start, medians("process, time", "one thin type", "ours", "openai"))
    assert_said(verify, medians("unwrap", "thin event", "ours", "SDK"))
    groups = [["from_json"], ["to_json", "model_dump_json"], ["from_dict", "from_json"]]
    assert len(worst) == len(groups)
    for row, choice in zip(worst, groups):
        work = re.search(r"\((.*)\)", row)[1]
        ratios = {
            found.ratios["Pydantic"].median: found.group
            for found in RUN.rows
            if found.work == work and found.group in choice
        }
        assert_said(row, medians(ratios[max(ratios)], work, "ours", "Pydantic"))
    assert_said(
        "\n".join(lines),
        [
            *medians("process, peak memory", "one thin type", "ours", "openai"),
            *medians("AWS Lambda, time", "first answer", "ours"),
            *medians("AWS Lambda, time", "first answer, as .pyc", "ours"),
            *medians("AWS Lambda, time", "first answer", "SDK"),
        ],
    )


@pytest.mark.parametrize(
    ("place", "group", "work"),
    [
        (3, "from_json", "20 unknown fields"),
        (4, "model_dump_json", "thin event"),
        (5, "from_dict", "50 errors"),
    ],
)
def test_the_last_rows_are_the_payloads_with_the_highest_ratios(place, group, work):
    highest = {"Pydantic": Spread(99.0, 99.0, 99.0)}
    rows = [
        row._replace(ratios=highest) if (row.group, row.work) == (group, work) else row
        for row in RUN.rows
    ]
    worst = comparisons(RUN._replace(rows=rows))[place]
    assert worst.label.endswith(f"({work})")
    assert [worst.ours, worst.sdk] == medians(group, work, "ours", "Pydantic")


def test_the_sdk_is_faster_in_the_last_rows_as_the_readme_says():
    assert all(comparison.sdk < comparison.ours for comparison in comparisons(RUN)[3:])


def test_the_chart_is_drawn_from_the_figures_that_are_kept():
    assert draw(RUN) == CHART, "python -m tests.benchmarks --render draws the chart anew"
    start, memory, verify, _, write, _ = comparisons(RUN)
    svg = ET.fromstring(CHART)
    texts = [text.text for text in svg.iter(f"{SVG}text")]
    lengths = [float(bar.get("width")) for bar in svg.iter(f"{SVG}rect")][1:]
    for number, comparison in enumerate((start, memory, verify, write)):
        title, _, ours, _, sdk = texts[5 * number : 5 * number + 5]
        assert title == comparison.label
        assert_said(f"{ours}; {sdk}", [comparison.ours, comparison.sdk])
        our_length, sdk_length = lengths[2 * number : 2 * number + 2]
        assert our_length / sdk_length == pytest.approx(comparison.ours / comparison.sdk, rel=0.01)


def test_the_chart_is_small_and_its_text_large():
    svg = ET.fromstring(CHART)
    width, height = int(svg.get("width")), int(svg.get("height"))
    assert width <= 800
    assert height <= 600
    assert svg.get("viewBox") == f"0 0 {width} {height}"
    assert len(CHART) < 5_000
    assert CHART.count("font-size") == 1
    font = float(svg.get("font-size"))
    assert font * 360 / width >= 12, "on a phone that is 360 pixels wide"
    for text in svg.iter(f"{SVG}text"):
        # In a wide font such as DejaVu Sans, a letter is on average 0.6 of the size wide.
        assert float(text.get("x")) + len(text.text) * 0.6 * font < width
        assert font < float(text.get("y")) < height - font / 4  # below it are the descenders


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chart_has_contrast_on_light_and_on_dark_pages(scheme):
    light, dark = re.search(
        r"(?s)<style>(.*?)@media \(prefers-color-scheme: dark\)(.*)</style>", CHART
    ).groups()
    colours = dict(re.findall(r"\.(\w+) \{fill: #(\w{6})\}", light if scheme == "light" else dark))
    used = {shape.get("class") for shape in ET.fromstring(CHART) if shape.get("class")}
    assert {*colours} == used
    assert (luminance(colours["page"]) > 0.5) == (scheme == "light")
    # The Web Content Accessibility Guidelines ask for 4.5 in text and 3 in other shapes.
    for name, least in (("ink", 4.5), ("ours", 3), ("sdk", 3)):
        assert contrast(colours[name], colours["page"]) >= least


def contrast(one, other):
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    """Return the relative luminance of an sRGB colour, as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear))
