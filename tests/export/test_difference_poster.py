"""The poster of differences: one file with the map and its marks, and the list of changes behind."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from app.export.pdf import PdfOptions, export_pdf
from app.files import open_map
from app.layout.compared import compare_states
from app.layout.sheet import Sheet
from app.paths import sample_dir
from tests.edited import edited

pytestmark = pytest.mark.usefixtures("qapp")
OPTIONS = PdfOptions(date(2026, 11, 22), page="A1", file="map.jmap")


def differing(name: str) -> Sheet:
    opened = open_map(sample_dir() / f"{name}.jmap")
    media = opened.document.media
    before = opened.document.records
    return compare_states(before, edited(before), (media, media)).sheet(("map.jmap", "map, Ken.jmap"))


def pages(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    texts = [str(page.get_textpage().get_text_range()) for page in document]
    document.close()
    return texts


def test_map_and_list_are_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "changes.pdf"
    export_pdf(differing("broadband"), path, OPTIONS)
    poster, *lists = pages(path)
    assert "Restarts the router" in poster  # it is gone, and a ghost stands where it was
    assert "Removed 4" in poster
    assert "map.jmap → map, Ken.jmap" in poster
    said = " ".join(" ".join(lists).split())
    assert "The pain point “A new worry” was added at Awareness › Hears of fibre." in said
    assert "Opens a comparison site, twice a week" in said
    assert "1 / 2" in lists[0]
    document = pypdfium2.PdfDocument(path)
    sizes = [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document]
    titles = [item.get_title() for item in document.get_toc()]
    document.close()
    assert sizes == [(841, 594), (210, 297), (210, 297)]
    assert "Consideration" in titles


def test_a_right_to_left_map_keeps_its_words_in_the_list(tmp_path: Path) -> None:
    path = tmp_path / "changes.pdf"
    export_pdf(differing("arabic"), path, OPTIONS)
    poster, *lists = pages(path)
    assert "التغييرات" in poster
    assert "المقارنة" in " ".join(lists)


def test_the_same_states_give_the_same_file(tmp_path: Path) -> None:
    sheet = differing("broadband")
    for name in ("one.pdf", "two.pdf"):
        export_pdf(sheet, tmp_path / name, OPTIONS)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
