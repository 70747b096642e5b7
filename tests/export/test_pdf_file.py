"""The poster as a file: its parts, its bytes, and what happens to the file that was there."""

import errno
import os
import shutil
import stat
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from app.export import replacing as replacing_module
from app.export.errors import ExportCancelledError, ExportError
from app.export.pdf import export_pdf, pdf_bytes, place
from app.layout.drawing import Box, Drawing, Placed, Rect
from app.layout.sheet import Bookmark, Sheet
from tests.export.sheets import OPTIONS, small_sheet

PT = 72 / 25.4


@pytest.fixture(autouse=True)
def _application(qapp: object) -> None:
    pass


def read(sheet: Sheet, **changes: Any) -> pikepdf.Pdf:
    options = OPTIONS._replace(**changes)
    return pikepdf.open(BytesIO(pdf_bytes(sheet, place(sheet, options), options)))


@pytest.mark.parametrize(
    ("page", "sides"), [("A0", (841, 1189)), ("Letter", (215.9, 279.4)), ("roll:914", (914, None))]
)
def test_the_page_has_its_size(page: str, sides: tuple[float, float | None]) -> None:
    pdf = read(small_sheet(), page=page, orientation="portrait")
    box = [float(value) for value in pdf.pages[0].MediaBox]
    assert box[2] == pytest.approx(sides[0] * PT, abs=0.01)
    if sides[1]:
        assert box[3] == pytest.approx(sides[1] * PT, abs=0.01)


def test_the_document_says_what_it_is() -> None:
    pdf = read(small_sheet())
    assert str(pdf.docinfo.Title) == "Kleine Reise · رحلة"
    assert str(pdf.docinfo.Subject) == "What it is for"
    assert str(pdf.docinfo.Author) == "Ana"
    assert str(pdf.docinfo.Creator) == "Journey Mapper 1.2"
    assert str(pdf.docinfo.CreationDate).startswith("D:20260304")
    assert str(pdf.Root.Lang) == "de"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_a_right_to_left_map_says_so() -> None:
    assert read(small_sheet(rtl=True)).Root.ViewerPreferences.Direction == "/R2L"


def test_a_title_that_no_string_can_hold_is_mended() -> None:
    sheet = small_sheet()._replace(title="a\ud800b\x00c", bookmarks=(Bookmark("\udc00", Rect(0, 0, 1, 1)),))
    assert str(read(sheet).docinfo.Title).startswith("a")


def test_every_stage_has_a_bookmark_at_its_place() -> None:
    sheet = small_sheet()
    pdf = read(sheet)
    with pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["Überblick", "مرحبا"]
        left = [float(entry.destination[2]) for entry in outline.root]  # type: ignore[index]
    scale = place(sheet, OPTIONS).scale
    assert left[1] - left[0] == pytest.approx(40 * scale * PT, abs=0.05)
    assert pdf.Root.PageMode == "/UseOutlines"


def test_a_sheet_without_stages_has_no_outline() -> None:
    assert "/Outlines" not in read(small_sheet()._replace(bookmarks=())).Root


def test_only_web_links_are_followed() -> None:
    pdf = read(small_sheet())
    assert [str(annotation.A.URI) for annotation in list(pdf.pages[0].Annots)] == ["https://example.org/%C3%A4"]


def test_nothing_is_a_picture() -> None:
    pdf = read(small_sheet())
    forms = pdf.pages[0].Resources.XObject
    assert {str(form.Subtype) for form in forms.values()} == {"/Form"}


def test_icons_are_drawn_once() -> None:
    pdf = read(small_sheet("a", "b", "c"))
    assert len(pdf.pages[0].Resources.XObject) == 1


def test_an_empty_sheet_can_be_exported() -> None:
    sheet = Sheet(100.0, 100.0, ())
    assert len(read(sheet, footer=False).pages) == 1


def test_equal_maps_give_equal_bytes() -> None:
    sheet = small_sheet("Größe مرحبا यात्रा", "two")
    again = small_sheet("Größe مرحبا यात्रा", "two")
    placement = place(sheet, OPTIONS)
    assert pdf_bytes(sheet, placement, OPTIONS) == pdf_bytes(again, placement, OPTIONS)


@pytest.mark.slow
def test_the_hash_seed_and_the_clock_change_nothing(tmp_path: Path) -> None:
    written = set()
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.pdf"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "1700000000"}
        command = [sys.executable, "-m", "app", "export", "resources/samples/arabic.jmap", "-o", str(path)]
        subprocess.run(command, env=environment, check=True, capture_output=True)
        written.add(path.read_bytes())
    assert len(written) == 1
    assert b"D:20231114" in written.pop()


def test_a_date_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "today")
    with pytest.raises(ExportError, match="SOURCE_DATE_EPOCH"):
        read(small_sheet())


@pytest.mark.skipif(not shutil.which("qpdf"), reason="needs qpdf")
def test_qpdf_finds_nothing_wrong(tmp_path: Path) -> None:
    path = tmp_path / "poster.pdf"
    export_pdf(small_sheet("Größe مرحبا यात्रा 顧客 👍🏽"), path, OPTIONS)
    assert subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not shutil.which("pdffonts"), reason="needs poppler")
def test_all_fonts_are_embedded_subsets(tmp_path: Path) -> None:
    path = tmp_path / "poster.pdf"
    export_pdf(small_sheet("Größe مرحبا यात्रा שלום 👍🏽"), path, OPTIONS)
    listed = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert len(listed) == 5
    for line in listed:
        assert line[6] == "+"
        assert line.split()[-5:-2] == ["yes", "yes", "yes"]


def many() -> Sheet:
    card = Drawing(10, 10, (Box(0, 0, 10, 10, "#FFFFFF", "#000000"),))
    return Sheet(1000.0, 1000.0, tuple(Placed(f"c{at}", at % 100 * 10, at // 100 * 10, card) for at in range(1000)))


def test_progress_rises_to_one(tmp_path: Path) -> None:
    told: list[float] = []
    export_pdf(many(), tmp_path / "a.pdf", OPTIONS, told.append)
    assert told == sorted(told)
    assert told[0] == 0.0
    assert told[-1] == 1.0
    assert len(told) > 10


@pytest.mark.parametrize("steps", [0, 5, 16])
def test_cancelling_leaves_the_old_file(tmp_path: Path, steps: int) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    told: list[float] = []
    with pytest.raises(ExportCancelledError, match="cancelled"):
        export_pdf(many(), path, OPTIONS, told.append, lambda: len(told) > steps)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match=r"the disk is full\. Nothing was changed there; export to another folder\."):
        export_pdf(many(), path, OPTIONS)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_short_write_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fstat", lambda _: os.stat_result([0] * 10))
    with pytest.raises(ExportError, match="the disk is full"):
        export_pdf(many(), tmp_path / "a.pdf", OPTIONS)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"“a.pdf” cannot be written: the folder does not exist\."):
        export_pdf(many(), tmp_path / "none" / "a.pdf", OPTIONS)


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="it is a folder"):
        export_pdf(many(), tmp_path, OPTIONS)


def test_any_other_reason_is_passed_on() -> None:
    assert replacing_module.reason(OSError(errno.EIO, "Input/output error")) == "input/output error"


def test_a_link_stays_and_the_mode_too(tmp_path: Path) -> None:
    target = tmp_path / "target.pdf"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link = tmp_path / "link.pdf"
    link.symlink_to(target)
    export_pdf(many(), link, OPTIONS)
    assert link.is_symlink()
    assert target.read_bytes().startswith(b"%PDF-1.7")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_the_footer_names_file_revision_date_scale_and_page() -> None:
    from app.export.footer import FooterFacts, footer_drawing, footer_text
    from app.layout.drawing import Text

    placement = place(small_sheet(), OPTIONS)
    text = footer_text(FooterFacts("map.jmap", "0a1b2c3", date(2026, 3, 4)), placement)
    parts = ["map.jmap", "0a1b2c3", "2026-03-04", f"{placement.scale * 100:.3g} %", f"A4 {placement.orientation}"]
    assert text.split("  ·  ") == parts
    long = footer_drawing(FooterFacts("x" * 400 + ".jmap"), placement, 100.0)
    assert long.w <= 100.0
    item = long.items[0]
    assert isinstance(item, Text)
    assert "…" in item.block.text


def test_a_page_without_footer_has_more_room() -> None:
    sheet = small_sheet()
    assert place(sheet, OPTIONS._replace(footer=False)).scale >= place(sheet, OPTIONS).scale


def test_a_font_that_must_not_be_embedded_is_named_and_the_old_poster_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    monkeypatch.setattr("app.layout.fonts.face_embeddable", lambda _key: False)
    with pytest.raises(ExportError, match=r"“JM Sans.*” must not be put into a PDF by its licence"):
        export_pdf(small_sheet(), path, OPTIONS)
    assert path.read_bytes() == b"old"
