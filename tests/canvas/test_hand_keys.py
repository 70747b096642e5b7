"""The keys that F1 lists beside those of the menus: each of them does what its line says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from unittest.mock import patch

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.canvas import touching
from app.canvas.hand_keys import hand_keys
from app.canvas.selection import Cell
from app.model.records import Card, EmotionPoint, Lane, Record, Step
from tests.canvas.test_gestures import card_of, other_cell
from tests.canvas.test_links import handle
from tests.canvas.touched import at_hand
from tests.window.fingers import Fingers
from tests.window.hands import PLAIN, RIGHT, Hands

Key = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
MIDDLE = Qt.MouseButton.MiddleButton

Doing = Callable[[Hands], bool]
"""Does it; True where that came of it."""


def current(hands: Hands) -> str:
    return hands.view.selection.current or ""


def plan(hands: Hands) -> Card:
    return card_of(hands, "Plan page")


def select(hands: Hands, title: str = "Plan page") -> str:
    id = hands.card(title)
    hands.view.selection.select([id])
    hands.view.setFocus()
    return id


def write(hands: Hands) -> str:
    id = select(hands)
    hands.key(Key.Key_Return)
    QTest.keyClicks(hands.view, "!")
    return id


def text(hands: Hands, id: str) -> str:
    record = hands.document.store.of(Card, id)
    assert record is not None
    return record.title


def empty_cell(hands: Hands) -> Cell:
    layout = hands.layout
    return next(
        Cell(row.lane, column.step)
        for row in layout.rows
        if not row.is_curve
        for column in layout.columns
        if not layout.cards_of_cell(row.lane, column.step)
    )


def go_on(hands: Hands, key: Qt.Key, keys: Qt.KeyboardModifier = PLAIN) -> bool:
    before = select(hands)
    hands.key(key, keys)
    return current(hands) != before


def arrows(hands: Hands) -> bool:
    return all(go_on(hands, key) for key in (Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down))


def extended(hands: Hands) -> bool:
    before = select(hands)
    hands.key(Key.Key_Down, SHIFT)
    return before in hands.view.selection and len(hands.view.selection) == 2


def end(hands: Hands, key: Qt.Key, row: int, column: int) -> bool:
    select(hands)
    hands.key(key, CONTROL)
    at = hands.document.store.get(current(hands)) or hands.view.selection.cell
    lane = getattr(at, "lane", "")
    return bool(lane == hands.layout.rows[row].lane and getattr(at, "step", "") == hands.layout.columns[column].step)


def typed(hands: Hands) -> bool:
    hands.view.selection.select_cell(empty_cell(hands))
    QTest.keyClicks(hands.view, "New")
    hands.key(Key.Key_Return)
    id = select(hands)
    QTest.keyClicks(hands.view, "Anew")
    return bool(hands.card("New")) and text(hands, id) == "Anew"


def entered(hands: Hands) -> bool:
    select(hands)
    hands.key(Key.Key_Return)
    return hands.view.editing.is_active


def menu(hands: Hands, reason: QContextMenuEvent.Reason, at: QPoint) -> bool:
    event = QContextMenuEvent(reason, at, hands.view.viewport().mapToGlobal(at))
    target = hands.view if reason == QContextMenuEvent.Reason.Keyboard else hands.view.viewport()
    QApplication.sendEvent(target, event)
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    return popup is not None


def menu_key(hands: Hands) -> bool:
    select(hands)
    return menu(hands, QContextMenuEvent.Reason.Keyboard, QPoint(5, 5))


def right_click(hands: Hands) -> bool:
    id, spot = hands.card("Router"), hands.middle(hands.card("Router"))
    hands.press(*spot, RIGHT)
    return menu(hands, QContextMenuEvent.Reason.Mouse, hands.pixel(*spot)) and current(hands) == id


def nothing(hands: Hands) -> bool:
    select(hands)
    hands.key(Key.Key_Escape)
    return not len(hands.view.selection)


def kept(hands: Hands) -> bool:
    id = write(hands)
    hands.key(Key.Key_Return)
    QTest.keyClicks(hands.view, "The next")
    hands.key(Key.Key_Return)
    return text(hands, id) == "Plan page!" and bool(hands.card("The next"))


def next_cell(hands: Hands) -> bool:
    id = write(hands)
    hands.key(Key.Key_Tab)
    cell = hands.view.selection.cell
    return text(hands, id) == "Plan page!" and cell is not None and cell.step != plan_step(hands, id)


def plan_step(hands: Hands, id: str) -> str:
    record = hands.document.store.of(Card, id)
    return record.step if record is not None else ""


def new_line(hands: Hands) -> bool:
    id = write(hands)
    hands.key(Key.Key_Return, SHIFT)
    return hands.view.editing.is_active and text(hands, id) == "Plan page!\n"


def left_as_it_was(hands: Hands) -> bool:
    id = write(hands)
    hands.key(Key.Key_Escape)
    return text(hands, id) == "Plan page" and not hands.view.editing.is_active


def one_more(hands: Hands, keys: Qt.KeyboardModifier) -> bool:
    select(hands)
    spot = hands.middle(hands.card("Router"))
    hands.click(*spot, keys)
    both = len(hands.view.selection) == 2
    hands.click(*spot, keys)
    return both and len(hands.view.selection) == 1


def band(hands: Hands) -> bool:
    rect = hands.rect(hands.card("Plan page"))
    hands.drag((rect.x - 1.5, rect.y - 1.5), (rect.x + 5.0, rect.y + 5.0))
    return hands.card("Plan page") in hands.view.selection


def moved(hands: Hands) -> bool:
    card, point = plan(hands), next(iter(hands.scene.curve_lanes.values())).points[0]
    stage, step, lane = hands.layout.bands[0].stage, hands.layout.columns[0].step, hands.layout.rows[0].lane
    ends = {
        card.id: hands.cell(*other_cell(hands, "Plan page")),
        point.id: (point.x, point.y + 6.0),
        stage: hands.middle(hands.layout.bands[2].stage),
        lane: hands.middle(hands.layout.rows[2].lane),
        step: (hands.rect(hands.layout.columns[1].step).right - 3.0, hands.middle(step)[1]),
    }
    return all(drags(hands, id, spot) for id, spot in ends.items())


def drags(hands: Hands, id: str, spot: tuple[float, float]) -> bool:
    """True where dragging it there was one step; takes it back."""
    before = hands.bytes()
    hands.drag(hands.middle(id), spot)
    has_changed = hands.bytes() != before
    hands.window.editing.undo()
    return has_changed and hands.bytes() == before


def copied(hands: Hands, keys: Qt.KeyboardModifier) -> bool:
    count = len(hands.document.records)
    hands.drag(hands.middle(hands.card("Plan page")), hands.cell(*other_cell(hands, "Plan page")), keys)
    return len(hands.document.records) == count + 1


def linked(hands: Hands) -> bool:
    hands.drag(handle(hands, "Plan page"), hands.middle(hands.card("Router")))
    return record(hands).type == "link"


def record(hands: Hands) -> Record:
    return hands.document.store[current(hands)]


def double_click_writes(hands: Hands) -> bool:
    hands.double_click(*hands.middle(hands.card("Plan page")))
    edits = hands.view.editing.target == (hands.card("Plan page"), "title")
    cell = empty_cell(hands)
    hands.double_click(*hands.cell(cell.lane, cell.step))
    return edits and hands.view.editing.is_new


def point_added(hands: Hands) -> bool:
    rect, column = next(iter(hands.scene.curve_lanes.values())).rect, hands.layout.columns[3]
    hands.double_click(column.x + 9.0, rect.y + 40.0)
    return isinstance(record(hands), EmotionPoint)


def edges(hands: Hands) -> tuple[tuple[float, float], tuple[float, float]]:
    step, lane = hands.rect(hands.layout.columns[0].step), hands.rect(hands.layout.rows[0].lane)
    return (step.right, step.y + 2.0), (lane.x + 8.0, lane.bottom)


def sizes(hands: Hands) -> tuple[float | None, float | None]:
    step = hands.document.store.of(Step, hands.layout.columns[0].step)
    lane = hands.document.store.of(Lane, hands.layout.rows[0].lane)
    assert step is not None
    assert lane is not None
    return step.width, lane.height


def resized(hands: Hands, keys: Qt.KeyboardModifier = PLAIN) -> bool:
    (x, y), _ = edges(hands)
    hands.drag((x, y), (x + 9.1, y), keys)
    _, (x, y) = edges(hands)
    hands.drag((x, y), (x, y + 30.1), keys)
    width, height = sizes(hands)
    return width is not None and height is not None


def reset(hands: Hands) -> bool:
    resized(hands)
    for place in (0, 1):
        hands.double_click(*edges(hands)[place])
    return sizes(hands) == (None, None)


def free(hands: Hands) -> bool:
    mark = next(iter(hands.scene.curve_lanes.values())).points[0]
    column = next(column for column in hands.layout.columns if column.x <= mark.x <= column.x + column.w)
    hands.drag((mark.x, mark.y), (column.x + column.w / 2 + 0.9, mark.y + 3.0), ALT)
    point = hands.document.store.of(EmotionPoint, mark.id)
    resized(hands, ALT)
    sized = all(size is not None and size % 2 for size in sizes(hands))
    return sized and point is not None and point.at != 0.5


def panned(hands: Hands, by_space: bool) -> bool:
    hands.view.zoom_to(2.0)
    bar, middle = hands.view.horizontalScrollBar(), hands.view.to_sheet(QPointF(700.0, 400.0))
    before, button = bar.value(), Qt.MouseButton.LeftButton if by_space else MIDDLE
    start = middle.x(), middle.y()
    if by_space:
        QTest.keyPress(hands.view, Key.Key_Space)
    hands.press(*start, button)
    hands.move(start[0] + 20.0, start[1])
    hands.release(*start, button)
    if by_space:
        QTest.keyRelease(hands.view, Key.Key_Space)
    return bar.value() != before


def wheel(hands: Hands, keys: Qt.KeyboardModifier = PLAIN) -> None:
    spot = QPointF(500.0, 300.0)
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    at = hands.view.viewport().mapToGlobal(spot)
    event = QWheelEvent(spot, at, QPoint(), QPoint(0, -120), none, keys, phase, False)
    QApplication.sendEvent(hands.view.viewport(), event)


def scrolled(hands: Hands, keys: Qt.KeyboardModifier) -> bool:
    hands.view.zoom_to(2.0)
    bar = hands.view.horizontalScrollBar() if keys else hands.view.verticalScrollBar()
    before = bar.value()
    wheel(hands, keys)
    return bar.value() > before


def zoomed(hands: Hands) -> bool:
    heard: list[float] = []
    hands.view.zoomed.connect(heard.append)
    before = hands.view.zoom
    wheel(hands, CONTROL)
    hands.view.zoomed.disconnect(heard.append)
    return bool(heard) and heard[-1] < before


def on_axis(hands: Hands) -> bool:
    card = plan(hands)
    x, y = hands.middle(card.id)
    lane, step = other_cell(hands, "Plan page")
    target = hands.cell(lane, step)
    hands.drag((x, y), (target[0], y + 9.0), SHIFT)
    after = plan(hands)
    return after.lane == card.lane


def put_back(hands: Hands, how: str) -> bool:
    before = hands.bytes()
    x, y = hands.middle(hands.card("Plan page"))
    hands.hold((x, y), (x + 46.0, y))
    was_dragging = hands.view.is_dragging and hands.bytes() != before
    if how == "Esc":
        hands.key(Key.Key_Escape)
    else:
        hands.press(x + 46.0, y, RIGHT)
    return was_dragging and not hands.view.is_dragging and hands.bytes() == before


def tapped(hands: Hands) -> bool:
    card = at_hand(hands, "Plan page")
    Fingers(hands.view.viewport()).tap(hands.pixel(*hands.middle(card.id)))
    return current(hands) == card.id


def pinched(hands: Hands) -> bool:
    zoom, (a, b) = hands.view.zoom, (QPoint(300, 300), QPoint(400, 300))
    Fingers(hands.view.viewport()).pinch((a, b), (a - QPoint(50, 0), b + QPoint(50, 0)))
    return hands.view.zoom == pytest.approx(2 * zoom)


def held(hands: Hands) -> bool:
    card, hints = at_hand(hands, "Plan page"), QGuiApplication.styleHints()
    before = hints.mousePressAndHoldInterval()
    hints.setMousePressAndHoldInterval(10)
    fingers = Fingers(hands.view.viewport())
    with patch.object(touching, "MENUS_BY_SYSTEM", False):
        fingers.press(a=hands.pixel(*hands.middle(card.id)))
        for _ in range(200):
            if QApplication.activePopupWidget() is None:
                QTest.qWait(10)
    fingers.lift("a")
    hints.setMousePressAndHoldInterval(before)
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    return popup is not None and current(hands) == card.id


DOINGS: Final[dict[tuple[str, str], Doing]] = {
    ("tap", "One finger"): tapped,
    ("pinch", "Two fingers"): pinched,
    ("hold", "Hold one finger"): held,
    ("go", "Arrows"): arrows,
    ("extend", "Shift+arrows"): extended,
    ("tab", "Tab"): lambda hands: go_on(hands, Key.Key_Tab),
    ("tab", "Shift+Tab"): lambda hands: go_on(hands, Key.Key_Tab, SHIFT),
    ("ends", "Ctrl+Home"): lambda hands: end(hands, Key.Key_Home, 0, 0),
    ("ends", "Ctrl+End"): lambda hands: end(hands, Key.Key_End, -1, -1),
    ("type", "Just type"): typed,
    ("edit", "Enter"): entered,
    ("menu", "Menu key"): menu_key,
    ("nothing", "Esc"): nothing,
    ("keep", "Enter"): kept,
    ("next_cell", "Tab"): next_cell,
    ("line", "Shift+Enter"): new_line,
    ("cancel", "Esc"): left_as_it_was,
    ("many", "Shift+click"): lambda hands: one_more(hands, SHIFT),
    ("many", "Ctrl+click"): lambda hands: one_more(hands, CONTROL),
    ("band", "Drag"): band,
    ("move", "Drag"): moved,
    ("copy", "Alt+drag"): lambda hands: copied(hands, ALT),
    ("copy", "Ctrl+drag"): lambda hands: copied(hands, CONTROL),
    ("link", "Drag"): linked,
    ("write", "Double click"): double_click_writes,
    ("point", "Double click"): point_added,
    ("resize", "Drag"): resized,
    ("reset", "Double click"): reset,
    ("pan", "Space+drag"): lambda hands: panned(hands, by_space=True),
    ("pan", "Middle button+drag"): lambda hands: panned(hands, by_space=False),
    ("scroll", "Wheel"): lambda hands: scrolled(hands, PLAIN),
    ("scroll", "Shift+wheel"): lambda hands: scrolled(hands, SHIFT),
    ("zoom", "Ctrl+wheel"): zoomed,
    ("context", "Right click"): right_click,
    ("axis", "Shift"): on_axis,
    ("free", "Alt"): free,
    ("back", "Esc"): lambda hands: put_back(hands, "Esc"),
    ("back", "Right button"): lambda hands: put_back(hands, "Right button"),
}


def test_every_line_is_tried() -> None:
    assert {(line.id, key) for line in hand_keys() for key in line.keys} == DOINGS.keys()


@pytest.mark.parametrize("line", DOINGS, ids="-".join)
def test_it_does_what_it_says(hands: Hands, line: tuple[str, str]) -> None:
    assert DOINGS[line](hands)
    hands.view.cancel()
