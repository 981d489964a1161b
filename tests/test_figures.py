"""The figures in the documents are those that were measured and kept."""

import pytest

from tests.benchmarks.figures import FIGURES, load, ordered, store
from tests.benchmarks.report import fill, sections, split
from tests.values import ROOT

RUNS = load()
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
