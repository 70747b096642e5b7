"""Titles of headers stay in sight, the sheet's edge is whole, and scroll bars say where in the map one is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from app.canvas.header_item import HeaderItem
from app.canvas.items import PAPER_EDGE
from app.canvas.painter import PX_PER_MM
from app.canvas.zoom import LEAST
from app.layout.drawing import Placed, Text
from app.layout.sheet import sheet_of
from app.model.edits import add_card, add_stage, add_step, set_fields
from app.model.queries import lanes, stages
from tests.canvas.test_view import CONTROL, settle, wheel
from tests.window.hands import Hands


def title_in_view(hands: Hands, strip: HeaderItem, placed: Placed) -> QRectF:
    """Where a header's title is seen, in pixels of the viewport."""
    text = next(item for item in placed.drawing.items if isinstance(item, Text))
    left = min(line.x for line in text.block.lines)
    right = max(line.x + line.width for line in text.block.lines)
    by = strip.title_shift(placed.id)
    dx, dy = (0.0, by) if strip is hands.scene.side else (by, 0.0)
    ink = QRectF(placed.x + text.x + left + dx, placed.y + text.y + dy, right - left, text.block.height)
    return hands.view.viewportTransform().mapRect(ink.translated(strip.pos()))


def room_for_titles(hands: Hands) -> QRectF:
    """The viewport without what the strips of headers cover."""
    mapped = hands.view.viewportTransform().mapRect
    head, side = hands.scene.head, hands.scene.side
    area = QRectF(hands.view.viewport().rect())
    area.setTop(mapped(QRectF(*head.strip).translated(head.pos())).bottom())
    beside = mapped(QRectF(*side.strip).translated(side.pos()))
    if hands.layout.rtl:
        area.setRight(beside.left())
    else:
        area.setLeft(beside.right())
    return area


def show_inside_of_stage(hands: Hands, number: int) -> Placed:
    """Scrolls so that a stage goes beyond both sides of the view."""
    stage = hands.layout.stage_headers[number]
    middle = stage.x + stage.drawing.w / 2
    below = hands.layout.head.bottom + 20.0
    hands.view.bring(QPointF(middle, below), QPointF(hands.view.viewport().rect().center()), 5.0)
    area, band = room_for_titles(hands), hands.view.viewportTransform().mapRect(QRectF(*stage.rect))
    assert band.left() < area.left()
    assert band.right() > area.right()
    return stage


@pytest.mark.parametrize("name", ["broadband", "arabic"])
def test_the_title_of_a_wide_stage_stays_in_sight(open_sample: Callable[[str], Hands], name: str) -> None:
    hands = open_sample(name)
    stage = show_inside_of_stage(hands, 1)
    title, area = title_in_view(hands, hands.scene.head, stage), room_for_titles(hands)
    assert area.left() <= title.left()
    assert title.right() <= area.right()
    begins = area.right() - title.right() if hands.layout.rtl else title.left() - area.left()
    assert begins < 40, "it stands where reading begins"
    hands.view.show_beginning()
    assert hands.scene.head.title_shift(stage.id) == 0.0


def test_a_title_never_leaves_its_header(hands: Hands) -> None:
    stage = hands.layout.stage_headers[1]
    for share in range(21):
        x = stage.x + stage.drawing.w * share / 20
        hands.view.bring(QPointF(x, hands.layout.head.bottom + 20.0), QPointF(0.0, 200.0), 3.0)
        title = title_in_view(hands, hands.scene.head, stage)
        band = hands.view.viewportTransform().mapRect(QRectF(*stage.rect))
        assert band.left() < title.left()
        assert title.right() < band.right()


def test_a_slid_title_is_painted_where_it_is_seen(hands: Hands) -> None:
    stage = show_inside_of_stage(hands, 1)
    title = title_in_view(hands, hands.scene.head, stage).toAlignedRect()
    picture = hands.view.viewport().grab().toImage()
    assert is_white_in(picture, title), "white letters on the stage's colour"
    hands.scene.head.titles_home()
    assert not is_white_in(hands.view.viewport().grab().toImage(), title)


def is_white_in(picture: QImage, area: object) -> bool:
    part = picture.copy(area)  # type: ignore[call-overload]
    colors = {part.pixelColor(x, y).name() for x in range(part.width()) for y in range(part.height())}
    return "#ffffff" in colors


@pytest.mark.parametrize("name", ["broadband", "arabic"])
def test_names_of_tall_lanes_stay_in_sight(open_sample: Callable[[str], Hands], name: str) -> None:
    hands = open_sample(name)
    lane = lanes(hands.document.store)[0].id
    with hands.document.edit("tall") as tx:
        for _ in range(25):
            add_card(tx, "note", lane, hands.layout.columns[0].step, title="A note of two lines " * 3)
    row = hands.layout.row_of[lane]
    hands.view.bring(QPointF(hands.layout.head.x + 20, row.y + row.h / 2), QPointF(600.0, 300.0), 2.0)
    header = next(one for one in hands.layout.lane_headers if one.id == lane)
    title, area = title_in_view(hands, hands.scene.side, header), room_for_titles(hands)
    assert area.top() <= title.top()
    assert title.bottom() <= area.bottom()
    hands.view.bring(QPointF(hands.layout.head.x + 20, row.y + row.h - 6.0), QPointF(600.0, area.top() + 4.0), 2.0)
    title = title_in_view(hands, hands.scene.side, header)
    assert title.bottom() <= hands.view.viewportTransform().map(QPointF(0.0, row.y + row.h)).y()


def test_the_name_of_a_lane_does_not_slide_over_the_name_of_its_line(open_sample: Callable[[str], Hands]) -> None:
    hands = open_sample("clinic")
    lane = next(lane for lane in lanes(hands.document.store) if lane.line_below is not None)
    row = hands.layout.row_of[lane.id]
    header = next(one for one in hands.layout.lane_headers if one.id == lane.id)
    rule = [item for item in header.drawing.items if isinstance(item, Text)][-1]
    below_head = hands.layout.head.h * 3.0 * PX_PER_MM + 4.0
    hands.view.bring(QPointF(60.0, row.y + row.h - 8.0), QPointF(600.0, below_head), 3.0)
    title = title_in_view(hands, hands.scene.side, header)
    assert hands.scene.side.title_shift(lane.id) > 0
    assert title.bottom() <= hands.view.viewportTransform().map(QPointF(0.0, header.y + rule.y)).y()


def test_a_title_is_written_where_it_belongs(hands: Hands) -> None:
    stage = show_inside_of_stage(hands, 1)
    assert hands.scene.head.title_shift(stage.id) != 0.0
    hands.view.selection.select([stage.id])
    hands.key(Qt.Key.Key_F2)
    assert hands.view.editing.is_active
    assert hands.scene.head.title_shift(stage.id) == 0.0
    title = title_in_view(hands, hands.scene.head, hands.layout.stage_headers[1])
    assert title.right() > room_for_titles(hands).left()
    hands.key(Qt.Key.Key_Escape)
    assert not hands.view.editing.is_active


def test_the_poster_knows_nothing_of_sliding(hands: Hands) -> None:
    before = sheet_of(hands.layout, hands.document.map)
    show_inside_of_stage(hands, 1)
    hands.view.viewport().grab()
    assert sheet_of(hands.layout, hands.document.map) == before


def test_titles_slide_after_an_edit_too(hands: Hands) -> None:
    stage = show_inside_of_stage(hands, 1)
    with hands.document.edit("name") as tx:
        set_fields(tx, [stage.id], title="Another")
    [header] = [one for one in hands.layout.stage_headers if one.id == stage.id]
    title, area = title_in_view(hands, hands.scene.head, header), room_for_titles(hands)
    assert area.left() <= title.left()
    assert title.right() <= area.right()


# The sheet's edge


@pytest.mark.parametrize("name", ["broadband", "arabic"])
def test_the_edge_of_the_sheet_is_one_line_from_top_to_bottom(open_sample: Callable[[str], Hands], name: str) -> None:
    hands = open_sample(name)
    hands.view.fit_map()
    hands.view.selection.clear()
    sheet = hands.view.sheet_in_view()
    picture = hands.view.viewport().grab().toImage()
    edge = QColor(PAPER_EDGE)
    for x in (round(sheet.left()), round(sheet.right())):
        columns = [
            [picture.pixelColor(x + by, y) == edge for y in range(round(sheet.top()) + 1, round(sheet.bottom()) - 1)]
            for by in (-1, 0, 1)
        ]
        assert any(map(all, columns))


# Scroll bars and the least zoom


@pytest.mark.parametrize("name", ["broadband", "arabic"])
def test_scroll_bars_begin_where_the_map_begins(open_sample: Callable[[str], Hands], name: str) -> None:
    hands = open_sample(name)
    hands.window.resize(1300, 600)
    hands.view.zoom_to(1.5)
    hands.view.show_beginning()
    down, across = hands.view.verticalScrollBar(), hands.view.horizontalScrollBar()
    assert down.maximum() > down.minimum()
    assert across.maximum() > across.minimum()
    head = hands.view.viewportTransform().mapRect(QRectF(*hands.layout.head))
    assert abs(head.top()) <= 1, "in so low a window one begins at the grid"
    assert hands.view.is_below_title
    hands.view.scroll_by(-300 if hands.layout.rtl else 300, 0)
    hands.view.show_title()
    assert down.value() - down.minimum() <= 25
    assert not hands.view.is_below_title
    begun = across.maximum() - across.value() if hands.layout.rtl else across.value() - across.minimum()
    assert begun <= 25
    down.setValue(down.maximum())
    sheet, area = hands.view.sheet_in_view(), QRectF(hands.view.viewport().rect())
    assert area.bottom() - 26 <= sheet.bottom() <= area.bottom() + 1


def test_a_high_window_begins_with_the_title(hands: Hands) -> None:
    hands.window.resize(1900, 1400)
    hands.view.show_beginning()
    assert not hands.view.is_below_title
    assert abs(hands.view.sheet_in_view().top()) <= 1


@pytest.mark.parametrize("begins_at_grid", [False, True])
def test_what_opens_in_the_window_changes_nothing_of_what_one_sees_first(hands: Hands, begins_at_grid: bool) -> None:
    view = hands.view
    high, low = (round(hands.layout.head.y * view.transform().m11() / share) for share in (0.3, 0.6))
    view.resize(view.width(), low if begins_at_grid else high)
    view.show_beginning()
    assert view.is_below_title is begins_at_grid
    view.viewport().grab()
    view.resize(view.width(), high if begins_at_grid else low)  # as when tables close or open
    assert view.is_below_title is begins_at_grid
    hands.window.resize(hands.window.width() - 100, 1400 if begins_at_grid else 500)
    assert view.is_below_title is not begins_at_grid, "another window is decided anew"


def test_where_all_is_in_view_there_is_nothing_to_scroll(hands: Hands) -> None:
    hands.view.zoom_to(0.2)
    hands.view.fit_map()
    before = hands.view.sheet_in_view()
    hands.view.scroll_by(0, 5000)
    assert abs(hands.view.sheet_in_view().top() - before.top()) <= 25


def test_zooming_beside_the_sheet_keeps_some_of_it_in_sight(hands: Hands) -> None:
    hands.view.fit_map()
    corner = hands.view.viewport().rect().bottomRight() - QPoint(3, 3)
    for _ in range(12):
        wheel(hands, 480, QPointF(corner), CONTROL)
    settle(hands)
    assert hands.view.sheet_in_view().intersects(QRectF(hands.view.viewport().rect()))


def test_a_huge_map_fits_and_can_be_zoomed_so_far(hands: Hands) -> None:
    with hands.document.edit("huge") as tx:
        for _ in range(60):
            stage = add_stage(tx, "Another stage")
            for _ in range(10):
                add_step(tx, stage, "Another step")
    assert len(stages(hands.document.store)) > 60
    hands.view.fit_map()
    assert hands.view.zoom < LEAST
    assert QRectF(hands.view.viewport().rect()).contains(hands.view.sheet_in_view())
    least = hands.view.zoom
    hands.view.zoom_to(1.0)
    wheel(hands, -9600, QPointF(300, 300), CONTROL)
    settle(hands)
    assert hands.view.zoom == pytest.approx(least)
    QTest.qWait(0)
    assert not hands.view.viewport().grab().isNull()


def test_labels_of_links_interrupt_no_line_where_they_cannot_be_read(hands: Hands) -> None:
    label = next(
        label for key in hands.layout.blocks for label in hands.layout.block_link_labels(key) if label.drawing.w > 5
    )
    for zoom, is_whole in ((0.3, True), (2.0, False)):
        hands.view.bring(QPointF(label.x - 10, label.y - 40), QPointF(300.0, 300.0), zoom)
        hands.scene.finish()
        picture = hands.view.viewport().grab().toImage()
        place = hands.view.viewportTransform().mapRect(QRectF(*label.rect))
        middle = round(place.center().y())
        edge = round(place.left()) + 2  # paper, before the text begins
        darkest = min(picture.pixelColor(edge, middle + by).lightness() for by in (-2, -1, 0, 1, 2))
        assert (darkest < 200) is is_whole
