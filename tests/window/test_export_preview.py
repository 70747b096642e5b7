"""The preview shows the page that is printed, and says what can be read of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import floor
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, qGray
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.export.pages import fit, page_named
from app.export.pdf import PdfOptions, export_pdf, place
from app.export.png import picture_size
from app.layout.additions import Offer
from app.layout.sheet import Sheet
from app.window.export_window import SIZE, ExportWindow
from app.window.page_preview import NEAREST
from app.window.settings import ExportOptions
from app.window.tones import tones
from tests.export.sheets import sample_sheet, small_sheet

LEFT = Qt.MouseButton.LeftButton


def shown(sheet: Sheet, qtbot: QtBot, **options: object) -> ExportWindow:
    """The window with its page painted and read."""
    window = ExportWindow(sheet, ExportOptions.model_validate(options), "small.jmap", "0a1b2c3")
    qtbot.addWidget(window)
    window.resize(SIZE)  # whatever the screen is
    window.show()
    qtbot.waitExposed(window)
    settled(window, qtbot)
    return window


def settled(window: ExportWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.preview.is_sharp and bool(window.legibility.text() or window.warning.text()))


def page_of(window: ExportWindow) -> QImage:
    """The paper as it is on the screen."""
    return window.preview.viewport().grab(window.preview.page_rect()).toImage()


def printed(window: ExportWindow, path: Path, size: QImage) -> QImage:
    """The exported page in as many pixels, as another program sees it."""
    options = window.form.options
    made = PdfOptions(
        date.today(),  # noqa: DTZ011
        options.page_name,
        options.orientation,
        options.margin,
        "small.jmap",
        "0a1b2c3",
    )
    export_pdf(window.sheet, path, made)
    document = pypdfium2.PdfDocument(path)
    page = document[0]
    picture = page.render(scale=size.width() / page.get_width(), rev_byteorder=False).to_pil().convert("RGB")
    found = QImage(picture.tobytes(), picture.width, picture.height, 3 * picture.width, QImage.Format.Format_RGB888)
    found = found.copy()
    document.close()
    return found.scaled(size.size())


def assert_same(page: QImage, poster: QImage) -> None:
    """They differ by how two programs round edges, which is far less than if one of them were a bit aside."""
    aside = QImage(poster.size(), poster.format())
    aside.fill(Qt.GlobalColor.white)
    painter = QPainter(aside)
    painter.drawImage(QPoint(5, 5), poster)
    painter.end()
    assert difference(page, poster) < difference(page, aside) / 3


def difference(one: QImage, other: QImage) -> float:
    """The mean difference of their grey values, 0 … 255, after a little blur."""
    greys = list(zip(_greys(one), _greys(other), strict=True))
    return sum(abs(a - b) for a, b in greys) / len(greys)


def _greys(image: QImage) -> Iterator[int]:
    blurred = image.scaled(image.size() / 3, mode=Qt.TransformationMode.SmoothTransformation)
    for y in range(blurred.height()):
        for x in range(blurred.width()):
            yield qGray(blurred.pixel(x, y))


@pytest.mark.parametrize(
    "options",
    [
        {"page": "A4", "orientation": "portrait", "margin": 10.0},
        {"page": "Letter", "orientation": "landscape", "margin": 30.0},
        {"page": "roll", "roll": 300.0, "orientation": "landscape", "margin": 0.0},
    ],
)
def test_the_preview_is_the_page_that_is_printed(options: dict[str, object], qtbot: QtBot, tmp_path: Path) -> None:
    window = shown(small_sheet("Availability check", "Überblick"), qtbot, **options)
    page = page_of(window)
    assert_same(page, printed(window, tmp_path / "a.pdf", page))


def test_a_map_from_right_to_left_has_its_footer_at_the_right(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown(sample_sheet("arabic"), qtbot, page="A3")
    page = page_of(window)
    poster = printed(window, tmp_path / "a.pdf", page)
    assert_same(page, poster)
    foot = QRect(0, page.height() * 95 // 100, page.width() // 2, page.height() // 20)
    for image in (page, poster):
        assert set(_greys(image.copy(foot))) == {255}
        assert min(_greys(image.copy(foot.translated(foot.width(), 0)))) < 255


def test_paper_is_white_and_the_desk_is_not(qtbot: QtBot) -> None:
    window = shown(small_sheet(), qtbot, page="A4")
    view = window.preview.viewport().grab().toImage()
    paper = window.preview.page_rect()
    assert view.pixelColor(paper.topLeft() + QPoint(3, 3)) == QColor("#FFFFFF")
    assert view.pixelColor(paper.topLeft() - QPoint(8, 8)) != QColor("#FFFFFF")
    assert window.preview.viewport().rect().contains(paper)


def test_it_follows_every_choice(qtbot: QtBot) -> None:
    window = shown(small_sheet(), qtbot, page="A4", orientation="portrait")
    form = window.form
    before = window.preview.page_rect()
    assert before.height() > before.width()
    form.orientation.setCurrentIndex(form.orientation.findData("landscape"))
    assert window.preview.page_rect().width() > window.preview.page_rect().height()
    form.page.setCurrentIndex(form.page.findData("A3"))
    assert window.facts.text().startswith("420 × 297 mm\nScale ")
    form.margin.setValue(100)
    placement = place(window.sheet, PdfOptions(date(2026, 3, 4), "A3", "landscape", 100.0))
    assert f"Scale {placement.scale * 100:.3g} %" in window.facts.text()


def test_fields_are_those_of_the_kind_of_file(qtbot: QtBot) -> None:
    window = shown(small_sheet(), qtbot)
    form = window.form
    assert (form.page.isVisible(), form.roll.isVisible(), form.dpi.isVisible()) == (True, False, False)
    form.page.setCurrentIndex(form.page.findData("roll"))
    assert form.roll.isVisible()
    form.kind.setCurrentIndex(form.kind.findData("png"))
    shown_now = [field.isVisible() for field in (form.page, form.roll, form.orientation, form.margin, form.dpi)]
    assert shown_now == [False, False, False, False, True]
    form.dpi.setValue(300)
    size = picture_size(window.sheet.w, window.sheet.h, 300)
    assert window.facts.text() == f"{size.w:,} × {size.h:,} pixels"
    assert window.legibility.text() == "Smallest text is 38 pixels high."


def shown_points(scale: float) -> float:
    """The size of the smallest type, never rounded up."""
    return floor(65 * scale) / 10


def test_small_type_is_said_in_plain_words(qtbot: QtBot) -> None:
    sheet = sample_sheet("broadband")
    window = shown(sheet, qtbot, page="A4")
    scale = fit(sheet.w, sheet.h, page_named("A4"), footer=5.0).scale
    assert scale < 0.5
    assert window.warning.text().startswith(f"Smallest text prints at {shown_points(scale):.1f} pt: hard to read.")
    window.form.page.setCurrentIndex(window.form.page.findData("A0"))
    assert window.warning.text() == ""
    larger = fit(sheet.w, sheet.h, page_named("A0"), footer=5.0).scale
    assert window.legibility.text().startswith(f"Smallest text prints at {shown_points(larger):.1f} pt")


def test_a_page_that_cannot_be_is_not_exported(qtbot: QtBot) -> None:
    window = shown(small_sheet(), qtbot, page="A4")
    window.form.margin.setValue(105)
    assert window.warning.text().startswith("A margin of 105 mm leaves no room")
    assert window.facts.text() == ""
    assert not window.export.isEnabled()
    assert window.preview.page_rect().isEmpty()
    window.form.margin.setValue(10)
    assert window.export.isEnabled()
    window.form.kind.setCurrentIndex(window.form.kind.findData("png"))
    assert window.export.isEnabled()


def test_a_click_looks_closer_at_the_place_and_back(qtbot: QtBot) -> None:
    window = shown(sample_sheet("broadband"), qtbot, page="A1")
    preview = window.preview
    paper = preview.page_rect()
    spot = paper.topLeft() + QPoint(paper.width() // 3, paper.height() // 2)
    QTest.mouseClick(preview.viewport(), LEFT, pos=spot)
    assert round(preview.zoom, 6) == 1.0
    near = preview.page_rect()
    assert near.width() == round(841 * 96 / 25.4)
    x, y = (spot.x() - near.x()) / near.width(), (spot.y() - near.y()) / near.height()
    assert x == pytest.approx(1 / 3, abs=0.01)
    assert y == pytest.approx(1 / 2, abs=0.01)
    qtbot.waitUntil(lambda: preview.is_sharp)
    assert window.zoom_row.actual.isChecked()
    QTest.mouseClick(preview.viewport(), LEFT, pos=spot)
    assert preview.is_fitted
    assert preview.page_rect() == paper


def test_a_page_smaller_than_the_window_comes_closer_too(qtbot: QtBot) -> None:
    preview = shown(small_sheet(), qtbot, page="roll", roll=60.0).preview
    assert preview.zoom == 1.0
    QTest.mouseClick(preview.viewport(), LEFT, pos=preview.page_rect().center())
    assert preview.zoom == pytest.approx(2.0)


def test_the_tab_key_shows_where_it_is(qtbot: QtBot) -> None:
    preview = shown(small_sheet(), qtbot).preview
    corner = QPoint(1, 1)
    bare = preview.viewport().grab().toImage().pixelColor(corner)
    preview.setFocus(Qt.FocusReason.TabFocusReason)
    assert preview.viewport().grab().toImage().pixelColor(corner) == QColor(tones().focus)
    preview.setFocus(Qt.FocusReason.MouseFocusReason)
    preview.clearFocus()
    assert preview.viewport().grab().toImage().pixelColor(corner) == bare


def test_a_drag_moves_the_page_and_is_no_click(qtbot: QtBot) -> None:
    window = shown(sample_sheet("broadband"), qtbot, page="A1")
    preview = window.preview
    window.zoom_row.actual.click()
    before = preview.page_rect()
    QTest.mousePress(preview.viewport(), LEFT, pos=QPoint(300, 300))
    QTest.mouseMove(preview.viewport(), QPoint(280, 290))
    QTest.mouseMove(preview.viewport(), QPoint(250, 260))
    QTest.mouseRelease(preview.viewport(), LEFT, pos=QPoint(250, 260))
    assert preview.page_rect().topLeft() - before.topLeft() == QPoint(-50, -40)
    assert not preview.is_fitted


def test_keys_zoom(qtbot: QtBot) -> None:
    window = shown(small_sheet(), qtbot, page="A0")
    preview = window.preview
    preview.setFocus()
    for key, ratio in ((Qt.Key.Key_Plus, 1.25), (Qt.Key.Key_Minus, 0.8)):
        before = preview.zoom
        QTest.keyClick(preview, key)
        assert preview.zoom / before == pytest.approx(ratio)
    assert preview.is_fitted
    QTest.keyClick(preview, Qt.Key.Key_0)
    assert preview.zoom == pytest.approx(1.0)
    for _ in range(20):
        window.zoom_row.nearer.click()
    assert preview.zoom == NEAREST
    QTest.keyClick(preview, Qt.Key.Key_1)
    assert preview.is_fitted


def test_what_is_near_is_painted_as_sharp_as_the_print(qtbot: QtBot, tmp_path: Path) -> None:
    """At the size of print the part in sight is that part of the poster."""
    window = shown(sample_sheet("broadband"), qtbot, page="A3")
    preview = window.preview
    window.zoom_row.actual.click()
    qtbot.waitUntil(lambda: preview.is_sharp)
    paper = preview.page_rect()
    whole = QImage(paper.size(), QImage.Format.Format_RGB32)
    poster = printed(window, tmp_path / "a.pdf", whole)
    seen = preview.viewport().rect().intersected(paper)
    assert_same(preview.viewport().grab(seen).toImage(), poster.copy(seen.translated(-paper.topLeft())))


def test_every_button_is_within_reach_on_a_small_screen(qtbot: QtBot) -> None:
    window = shown(small_sheet(), qtbot)
    window.resize(840, 440)  # of 1280 by 720 where everything is drawn half as large again
    assert (window.width(), window.height()) == (840, 440)
    for button in (window.zoom_row.actual, window.buttons):
        assert window.rect().contains(button.rect().translated(button.mapTo(window, QPoint(0, 0))))


def test_the_window_closes_in_the_middle_of_its_painting(qtbot: QtBot) -> None:
    window = ExportWindow(sample_sheet("broadband"), ExportOptions(), "a.jmap", "")
    qtbot.addWidget(window)
    window.show()
    assert not window.preview.is_sharp
    window.close()
    assert not window.isVisible()


def test_comments_are_shown_only_where_one_asks_for_them(qtbot: QtBot) -> None:
    plain, commented = small_sheet(), small_sheet("Availability check", "A comment")
    offer = Offer(frozenset({"comments"}), lambda _added: commented)
    window = ExportWindow(plain, ExportOptions(), "small.jmap", "0a1b2c3", None, offer)
    qtbot.addWidget(window)
    window.resize(SIZE)
    window.show()
    qtbot.waitExposed(window)
    assert window.sheet is plain
    assert not window.form.options.comments
    tick = window.form.comments.tick
    assert tick.isVisible()
    tick.click()
    assert window.sheet is commented
    settled(window, qtbot)
    assert window.form.options.comments
    tick.click()
    assert window.sheet is plain


def test_tables_go_behind_a_pdf_but_not_behind_a_picture(qtbot: QtBot) -> None:
    plain = small_sheet()
    behind = plain._replace(after=(plain, plain))
    window = ExportWindow(
        plain, ExportOptions(), "small.jmap", "", None, Offer(frozenset({"tables"}), lambda _: behind)
    )
    qtbot.addWidget(window)
    window.resize(SIZE)
    window.show()
    qtbot.waitExposed(window)
    assert not window.form.comments.isVisible()
    window.form.tables.tick.click()
    assert window.sheet is behind
    assert "A4: 2" in window.facts.text()
    window.form.kind.setCurrentIndex(window.form.kind.findData("png"))
    assert window.sheet is plain
    assert not window.form.tables.isVisible()
    window.form.kind.setCurrentIndex(window.form.kind.findData("pdf"))
    assert window.sheet is behind


def test_a_map_without_comments_does_not_offer_them(qtbot: QtBot) -> None:
    assert not shown(small_sheet(), qtbot).form.comments.isVisible()


def test_the_buttons_stand_in_line_with_those_below_the_page(qtbot: QtBot) -> None:
    window = shown(small_sheet(), qtbot)
    rows = (window.buttons, window.zoom_row)
    middles = [row.mapTo(window, row.rect().center()).y() for row in rows]
    assert abs(middles[0] - middles[1]) <= 1
