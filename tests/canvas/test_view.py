"""Zoom, scrolling, headers in sight, level of detail, and a map from right to left."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QNativeGestureEvent, QPainter, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.canvas.items import to_rect
from app.canvas.painter import PX_PER_MM, Detail, detail_at
from app.canvas.view import MapView
from app.canvas.zoom import LEAST, MOST
from app.files import dumps, load
from app.layout.engine import MapLayout
from app.model.document import Document
from app.model.edits import add_card, delete, set_map
from app.paths import sample_dir
from tests.window.hands import PLAIN, Hands

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def wheel(hands: Hands, turn: int, spot: QPointF, keys: Qt.KeyboardModifier = PLAIN) -> None:
    viewport = hands.view.viewport()
    event = QWheelEvent(
        spot,
        viewport.mapToGlobal(spot),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


def settle(hands: Hands) -> None:
    for _ in range(100):
        if not hands.view._zooming.is_active:
            break
        QTest.qWait(50)
    assert not hands.view._zooming.is_active


@pytest.mark.parametrize("turn", [120, -120, 480, -600])
def test_zooming_keeps_the_place_under_the_cursor(hands: Hands, turn: int) -> None:
    spot = QPointF(620, 410)
    place = hands.view.to_sheet(spot)
    before = hands.view.zoom
    wheel(hands, turn, spot, CONTROL)
    assert hands.view._zooming.is_active
    assert hands.view.zoom == before, "the view itself zooms when the wheel rests"
    settle(hands)
    assert hands.view.zoom == pytest.approx(before * 2 ** (turn / 480))
    off = hands.view.viewportTransform().map(place) - spot
    assert abs(off.x()) <= 1
    assert abs(off.y()) <= 1


def test_zooming_in_several_turns_at_several_spots(hands: Hands) -> None:
    for turn, spot in ((120, QPointF(300, 300)), (120, QPointF(900, 500)), (-240, QPointF(500, 200))):
        wheel(hands, turn, spot, CONTROL)
    shown = hands.view._zooming.zoom
    settle(hands)
    assert hands.view.zoom == pytest.approx(shown)


def test_zoom_has_limits(hands: Hands) -> None:
    hands.view.zoom_to(100.0)
    assert hands.view.zoom == pytest.approx(MOST)
    hands.view.zoom_to(0.0001)
    assert hands.view.zoom == pytest.approx(LEAST)
    wheel(hands, -4800, QPointF(300, 300), CONTROL)
    settle(hands)
    assert hands.view.zoom == pytest.approx(LEAST)


def test_the_gesture_paints_snapshot_and_overview(hands: Hands) -> None:
    assert hands.view._overview is not None
    hands.view._overview.finish()
    wheel(hands, -600, QPointF(600, 400), CONTROL)
    picture = hands.view.viewport().grab().toImage()
    assert hands.view._zooming.is_active
    sheet = hands.view.sheet_in_view()
    assert sheet.isValid()
    assert picture.pixelColor(2, picture.height() - 2) == QColor("#E8ECF1"), "beyond the sheet is the desk"
    settle(hands)


def test_the_wheel_scrolls_down_and_with_shift_sideways(hands: Hands) -> None:
    down, across = hands.view.verticalScrollBar(), hands.view.horizontalScrollBar()
    before = down.value(), across.value()
    wheel(hands, -120, QPointF(500, 400))
    assert down.value() > before[0]
    assert across.value() == before[1]
    wheel(hands, -120, QPointF(500, 400), SHIFT)
    assert across.value() > before[1]


def test_menu_zooms(hands: Hands) -> None:
    actions = hands.window.actions_
    actions["zoom_whole"].trigger()
    assert hands.view.zoom == pytest.approx(1.0)
    actions["fit_map"].trigger()
    shown = hands.view.sheet_in_view()
    assert QRectF(hands.view.viewport().rect()).contains(shown)
    assert shown.width() > 0.9 * hands.view.viewport().width() or shown.height() > 0.9 * hands.view.viewport().height()
    hands.view.selection.select([hands.card("Plan page")])
    actions["fit_selection"].trigger()
    place = hands.view.viewportTransform().mapRect(QRectF(*hands.rect(hands.card("Plan page"))))
    assert QRectF(hands.view.viewport().rect()).contains(place)
    assert hands.view.zoom > 1.5
    before = hands.view.zoom
    actions["zoom_out"].trigger()
    assert hands.view.zoom < before
    actions["zoom_in"].trigger()
    assert hands.view.zoom == pytest.approx(before)


@pytest.mark.parametrize("name", ["broadband", "arabic"])
def test_what_is_selected_is_fitted_clear_of_the_headers(open_sample: Callable[[str], Hands], name: str) -> None:
    hands = open_sample(name)
    hands.window.resize(1100, 620)
    settle(hands)
    cards = list(hands.document.store.of_type("card"))
    for chosen in ([cards[0]], [cards[-1]], cards[:2], [cards[0], cards[-1]]):
        hands.view.selection.select([card.id for card in chosen])
        hands.window.actions_["fit_selection"].trigger()
        mapped = hands.view.viewportTransform().mapRect
        head = mapped(QRectF(*hands.scene.head.strip).translated(hands.scene.head.pos()))
        side = mapped(QRectF(*hands.scene.side.strip).translated(hands.scene.side.pos()))
        for card in chosen:
            place = mapped(QRectF(*hands.rect(card.id)))
            assert QRectF(hands.view.viewport().rect()).contains(place)
            assert not place.intersects(head)
            assert not place.intersects(side)


def test_headers_stay_in_sight(hands: Hands) -> None:
    hands.view.zoom_to(1.5)
    hands.view.scroll_by(900, 700)
    area = QRectF(hands.view.viewport().rect())
    mapped = hands.view.viewportTransform().mapRect
    head = mapped(QRectF(*hands.scene.head.strip).translated(hands.scene.head.pos()))
    side = mapped(QRectF(*hands.scene.side.strip).translated(hands.scene.side.pos()))
    assert head.top() == pytest.approx(area.top(), abs=1)
    assert side.left() == pytest.approx(area.left(), abs=1)
    hands.view.show_beginning()
    assert hands.scene.head.pos() == QPointF()
    assert hands.scene.side.pos() == QPointF()


def test_a_shifted_header_is_hit_where_it_is_seen(hands: Hands) -> None:
    hands.view.zoom_to(1.5)
    hands.view.scroll_by(500, 500)
    x = hands.view.to_sheet(QPointF(700, 10)).x()
    y = hands.scene.head.y() + hands.layout.head.y + 3.0
    hands.click(x, y)
    selected = list(hands.view.selection)
    assert [hands.document.store[id].type for id in selected] == ["stage"]
    corner = hands.view.to_sheet(QPointF(5, 5))
    assert hands.scene.spot(corner.x(), corner.y()) is None


def test_a_map_from_right_to_left_is_mirrored(open_sample: Callable[[str], Hands]) -> None:
    hands = open_sample("arabic")
    assert hands.layout.rtl
    hands.view.zoom_to(1.5)
    hands.view.show_beginning()
    area = QRectF(hands.view.viewport().rect())
    assert hands.view.sheet_in_view().right() == pytest.approx(area.right(), abs=2)
    hands.view.zoom_to(2.0)
    hands.view.scroll_by(-300, 300)
    side = QRectF(*hands.scene.side.strip).translated(hands.scene.side.pos())
    assert hands.view.viewportTransform().mapRect(side).right() == pytest.approx(area.right(), abs=1.5)


def test_a_narrow_map_begins_in_the_middle_in_both_directions(open_sample: Callable[[str], Hands]) -> None:
    for name in ("japanese", "arabic"):
        hands = open_sample(name)
        hands.window.resize(2900, 900)  # with room beside the panels
        hands.view.show_beginning()
        area, sheet = QRectF(hands.view.viewport().rect()), hands.view.sheet_in_view()
        assert sheet.width() < area.width()
        assert sheet.center().x() == pytest.approx(area.center().x(), abs=2), name


def test_resizing_keeps_what_one_looks_at(hands: Hands) -> None:
    hands.view.zoom_to(1.3)
    hands.view.scroll_by(200, 150)
    place = hands.view.to_sheet(QPointF(0, 0))
    hands.window.resize(1100, 760)
    QApplication.processEvents()
    after = hands.view.to_sheet(QPointF(0, 0))
    assert (after - place).manhattanLength() < 1.0


def test_levels_of_detail() -> None:
    assert [detail_at(zoom) for zoom in (0.05, 0.34, 0.36, 0.59, 0.61, 4.0)] == [
        Detail.COARSE,
        Detail.COARSE,
        Detail.TITLES,
        Detail.TITLES,
        Detail.FULL,
        Detail.FULL,
    ]


def painted(hands: Hands, zoom: float) -> QImage:
    """A card as its block paints it at a zoom, on white."""
    id = hands.card("Availability check")
    rect = hands.rect(id)
    scale = zoom * PX_PER_MM
    image = QImage(round(rect.w * scale), round(rect.h * scale), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.scale(scale, scale)
    painter.translate(-rect.x, -rect.y)
    for item in hands.scene.blocks.values():
        if id in {card.placed.id for card in item.cards}:
            painter.translate(item.pos())
            item.draw(painter, (to_rect(item.boundingRect()),))
    painter.end()
    return image


def ink(image: QImage, left: float, top: float, right: float, bottom: float) -> float:
    """The part of the pixels in a region (parts of the width and height) that are dark."""
    xs = range(int(image.width() * left), int(image.width() * right))
    ys = range(int(image.height() * top), int(image.height() * bottom))
    dark = sum(image.pixelColor(x, y).lightness() < 140 for x in xs for y in ys)
    return dark / max(1, len(xs) * len(ys))


def test_small_print_goes_first_and_titles_next(hands: Hands) -> None:
    hands.scene.finish()
    body, title = (0.06, 0.55, 0.9, 0.95), (0.2, 0.1, 0.9, 0.4)
    full, titles, coarse = painted(hands, 1.5), painted(hands, 0.5), painted(hands, 0.3)
    assert ink(full, *body) > 0.02
    assert ink(full, *title) > 0.05
    assert ink(titles, *body) == 0.0
    assert ink(titles, *title) > 0.02
    assert ink(coarse, *title) == 0.0


def test_the_scene_follows_the_map(hands: Hands) -> None:
    card = hands.card("Plan page")
    record = hands.document.store[card]
    count = sum(len(item.cards) for item in hands.scene.blocks.values())
    with hands.document.edit("Add card") as tx:
        added = add_card(tx, "touchpoint", record.__dict__["lane"], record.__dict__["step"], title="New one")
    assert hands.scene.outline(added) is not None
    assert sum(len(item.cards) for item in hands.scene.blocks.values()) == count + 1
    hands.view.selection.select([added])
    with hands.document.edit("Delete card") as tx:
        delete(tx, [added])
    assert sum(len(item.cards) for item in hands.scene.blocks.values()) == count
    assert not len(hands.view.selection), "what is gone is not selected"


def test_an_undo_of_a_deleted_lane_brings_its_items_back(hands: Hands) -> None:
    lane = hands.layout.rows[0].lane
    blocks = set(hands.scene.blocks)
    with hands.document.edit("Delete lane") as tx:
        delete(tx, [lane])
    assert {key for key in hands.scene.blocks if key[0] == lane} == set()
    hands.document.undo()
    assert set(hands.scene.blocks) == blocks
    hands.view.viewport().grab()


def test_a_lane_may_go_while_the_overview_is_made(hands: Hands) -> None:
    assert hands.view._overview is not None
    parts = hands.view._overview._parts()
    next(parts)
    with hands.document.edit("Delete lanes") as tx:
        delete(tx, [row.lane for row in hands.layout.rows[1:]])
    assert list(parts), "it goes on with what is left"


def test_a_lane_may_go_before_its_cards_are_made_ready(hands: Hands) -> None:
    hands.view.zoom_to(1.0)
    hands.scene._prepared = hands.scene.itemsBoundingRect()
    with hands.document.edit("Change every block") as tx:
        for id in list(hands.document.store.ids_of_type("card")):
            tx.set(id, title="Another title")
    ahead = hands.scene._prepare()
    next(ahead)
    with hands.document.edit("Delete lanes") as tx:
        delete(tx, [row.lane for row in hands.layout.rows])
    list(ahead)
    assert not hands.scene.blocks


def test_links_are_found_and_outlined(hands: Hands) -> None:
    link = next(iter(hands.document.store.ids_of_type("link")))
    outline = hands.scene.outline(link)
    assert outline is not None
    assert outline.path is not None
    hands.view.selection.select([link])
    hands.view.viewport().grab()


def test_a_closed_map_leaves_nothing_listening(hands: Hands) -> None:
    relaid: list[bool] = []
    hands.scene.relaid.connect(lambda: relaid.append(True))
    hands.view.close_map()
    with hands.document.edit("Rename") as tx:
        tx.set("map", title="Nobody is listening")
    assert hands.view.map_scene() is None
    assert relaid == []


def test_a_view_without_a_map_is_resized(hands: Hands) -> None:
    """As on the way to the start page, when the panels are put away."""
    hands.view.show_beginning()
    hands.view.close_map()
    hands.view.resize(hands.view.width() - 40, hands.view.height() - 40)
    assert hands.view.map_scene() is None


def test_the_thumbnail_shows_cards_and_curves(hands: Hands) -> None:
    data = hands.view.thumbnail()
    assert data is not None
    picture = QImage.fromData(data)
    assert picture.width() == 640
    curve = next(iter(hands.scene.curve_lanes.values()))
    scale = picture.width() / hands.layout.size[0]
    mark = curve.points[0]
    colors = {
        picture.pixelColor(round(mark.x * scale) + dx, round(mark.y * scale) + dy).saturation()
        for dx in range(-3, 4)
        for dy in range(-3, 4)
    }
    assert max(colors) > 100, "the first point of the curve is there in its colour"


@pytest.mark.parametrize("writes", [False, True])
def test_a_view_that_nobody_closed_lets_go_of_its_map(qapp: QApplication, writes: bool) -> None:
    document = Document(load(sample_dir() / "broadband.jmap").records)
    view = MapView()
    view.show_map(document, MapLayout(document))
    view.show()
    before = dumps(document.records)
    if writes:
        view.cells.edit()
        QTest.keyClicks(view, "Half a title")
    del view
    gc.collect()
    qapp.processEvents()
    assert dumps(document.records) == before
    with document.edit("Go on") as tx:
        set_map(tx, title="Another title")
    assert document.map.title == "Another title"


def pinch(hands: Hands, by: float, spot: QPointF) -> None:
    """As a touchpad tells of two fingers that go apart."""
    viewport = hands.view.viewport()
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        spot,
        spot,
        viewport.mapToGlobal(spot),
        by,
        QPointF(),
    )
    QApplication.sendEvent(viewport, event)


def test_a_pinch_zooms_at_the_fingers(hands: Hands) -> None:
    spot, before = QPointF(620, 410), hands.view.zoom
    place = hands.view.to_sheet(spot)
    for _ in range(3):
        pinch(hands, 0.1, spot)
    settle(hands)
    assert hands.view.zoom == pytest.approx(before * 1.1**3)
    assert hands.view.to_sheet(spot).x() == pytest.approx(place.x(), abs=0.3)
    assert hands.view.to_sheet(spot).y() == pytest.approx(place.y(), abs=0.3)


def test_a_pinch_does_not_disturb_a_drag(hands: Hands) -> None:
    card, zoom = hands.card("Plan page"), hands.view.zoom
    x, y = hands.middle(card)
    hands.hold((x, y), (x + 10.0, y))
    assert hands.view.is_dragging
    pinch(hands, 0.5, QPointF(620, 410))
    assert not hands.view._zooming.is_active
    assert hands.view.zoom == zoom
    hands.view.cancel()
