"""Entries of a palette dropped onto the map: where they land, what is one step, what leaves no trace."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.canvas.drops import ENTRY_MIME
from app.model.edits import delete
from app.model.queries import cards_in, lanes, personas, stages, steps_of
from app.model.records import Card, EmotionPoint, Lane, Persona, Step
from tests.window.hands import PLAIN, Hands
from tests.window.panels.inspecting import line

COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier


class Dropper:
    """A drag from elsewhere, as Qt delivers it to the window."""

    def __init__(self, hands: Hands, entry: str, mime: str = ENTRY_MIME) -> None:
        self._hands = hands
        self._data = QMimeData()
        self._data.setData(mime, entry.encode())

    def enter(self, x: float, y: float) -> bool:
        return self._send(QDragEnterEvent(self._hands.pixel(x, y), COPY, self._data, LEFT, PLAIN))

    def over(self, x: float, y: float, keys: Qt.KeyboardModifier = PLAIN) -> bool:
        return self._send(QDragMoveEvent(self._hands.pixel(x, y), COPY, self._data, LEFT, keys))

    def leave(self) -> None:
        QApplication.sendEvent(self._hands.view.viewport(), QDragLeaveEvent())

    def drop(self, x: float, y: float, keys: Qt.KeyboardModifier = PLAIN, name: str = "Dropped") -> str:
        """Brings it there, lets go and writes its name where it has one; returns what is selected then."""
        self.enter(x - 1.0, y - 1.0)
        assert self.over(x, y, keys)
        event = QDropEvent(QPointF(self._hands.pixel(x, y)), COPY, self._data, LEFT, keys, QEvent.Type.Drop)
        QApplication.sendEvent(self._hands.view.viewport(), event)
        [selected] = self._hands.view.selection
        if self._hands.view.editing.is_active:
            QTest.keyClicks(self._hands.view, name)
            self._hands.key(Qt.Key.Key_Return)
        return selected

    def _send(self, event: QDragMoveEvent) -> bool:
        event.setAccepted(False)
        QApplication.sendEvent(self._hands.view.viewport(), event)
        return event.isAccepted()


@pytest.fixture
def dropper(hands: Hands) -> Iterator[Callable[..., Dropper]]:
    made: list[Dropper] = []

    def make(entry: str, mime: str = ENTRY_MIME) -> Dropper:
        made.append(Dropper(hands, entry, mime))
        return made[-1]

    yield make
    assert not hands.document.is_editing


Make = Callable[..., Dropper]


def test_a_touchpoint_lands_in_the_cell_at_its_place(hands: Hands, dropper: Make) -> None:
    before, held = hands.bytes(), hands.document.store.of(Card, hands.card("Sales hotline"))
    assert held is not None
    rect = hands.rect(held.id)
    added = hands.document.store.of(Card, dropper("card:touchpoint").drop(rect.x + 9.0, rect.y + 1.0))
    assert added is not None
    assert (added.kind, added.lane, added.step) == ("touchpoint", held.lane, held.step)
    order = [card.id for card in cards_in(hands.document.store, held.lane, held.step)]
    assert order.index(added.id) == order.index(held.id) - 1
    assert added.title == "Dropped"
    assert hands.document.history.undo_label == "Add touchpoint"
    hands.window.editing.undo()
    assert hands.bytes() == before
    assert hands.document.history.undo_label is None


def test_cards_make_room_while_one_is_dragged_over_them(hands: Hands, dropper: Make) -> None:
    rect = hands.rect(hands.card("Plan page"))
    drag = dropper("card:thought")
    drag.enter(rect.x + 9.0, rect.y + 1.0)
    assert hands.rect(hands.card("Plan page")).y > rect.y + 4.0
    hands.view.viewport().grab()
    drag.leave()
    assert hands.rect(hands.card("Plan page")) == rect
    assert hands.document.history.undo_label is None


def test_a_card_has_no_place_in_a_curve_lane_or_on_the_desk(hands: Hands, dropper: Make) -> None:
    before = hands.bytes()
    said: list[str] = []
    hands.view.said.connect(said.append)
    curve = next(iter(hands.scene.curve_lanes.values())).rect
    drag = dropper("card:note")
    assert drag.enter(*hands.middle(hands.card("Router")))
    assert said == []
    assert not drag.over(curve.x + 60.0, curve.y + 9.0)
    assert not drag.over(curve.x + 61.0, curve.y + 9.0)
    assert said == ["A card lies in a cell of a lane that holds cards: let go there."]
    assert not drag.over(hands.layout.size[0] / 2, 3.0)
    assert drag.over(*hands.middle(hands.card("Router")))
    assert not drag.over(curve.x + 60.0, curve.y + 9.0)
    assert said[1:] == ["", said[0]], "over a place it is no longer true"
    drag.leave()
    assert said[3:] == [""]
    assert hands.bytes() == before
    drag.leave()


def test_an_emotion_point_lands_at_the_value_below_the_mouse(hands: Hands, dropper: Make) -> None:
    curve = next(iter(hands.scene.curve_lanes.values()))
    column = hands.layout.columns[2]
    y = hands.layout.plot_top(curve.lane) + 10.0
    added = hands.document.store.of(EmotionPoint, dropper("point").drop(column.x + column.w / 2 + 0.8, y))
    assert added is not None
    assert (added.lane, added.step, added.at) == (curve.lane, column.step, 0.5)
    assert added.value == pytest.approx(1.0, abs=0.06)
    assert hands.document.history.undo_label == "Add emotion point"
    mark = next(mark for mark in hands.scene.curve_lanes[curve.lane].points if mark.id == added.id)
    assert mark.y == pytest.approx(y, abs=0.5)


def test_a_point_let_go_beside_the_corner_of_its_lane_is_in_the_corner(hands: Hands, dropper: Make) -> None:
    curve = next(iter(hands.scene.curve_lanes.values()))
    for x, y, at, value in (
        (hands.layout.head.x - 3.0, curve.rect.y - 3.0, 0.0, 2.0),
        (hands.layout.head.right + 3.0, curve.rect.bottom + 3.0, 1.0, -2.0),
    ):
        drag = dropper("point")
        assert drag.enter(x, y)
        added = hands.document.store.of(EmotionPoint, drag.drop(x, y))
        assert added is not None
        assert (added.at, added.value) == (at, value)


def test_alt_puts_a_point_where_the_mouse_is(hands: Hands, dropper: Make) -> None:
    curve, column = next(iter(hands.scene.curve_lanes.values())), hands.layout.columns[2]
    x = column.x + column.w / 2 + 1.2
    added = hands.document.store.of(EmotionPoint, dropper("point").drop(x, curve.rect.y + 20.0, ALT))
    assert added is not None
    assert 0.51 < added.at < 0.56


def test_a_point_brings_a_persona_where_there_is_none(hands: Hands, dropper: Make) -> None:
    store = hands.document.store
    with hands.document.edit("No personas") as tx:
        delete(tx, [persona.id for persona in personas(store)])
    curve, column = next(iter(hands.scene.curve_lanes.values())), hands.layout.columns[0]
    added = store.of(EmotionPoint, dropper("point").drop(column.x + 20.0, curve.rect.y + 20.0))
    assert added is not None
    assert [persona.id for persona in personas(store)] == [added.persona]
    hands.window.editing.undo()
    assert personas(store) == []


def test_a_stage_goes_between_two_stages(hands: Hands, dropper: Make) -> None:
    order = [stage.id for stage in stages(hands.document.store)]
    band = hands.layout.bands[1]
    drag = dropper("stage")
    drag.enter(band.x + 4.0, 120.0)
    assert hands.scene.lifted_target._mark is not None
    assert hands.scene.lifted_target._mark[0] == pytest.approx(band.x)
    hands.view.viewport().grab()
    added = drag.drop(band.x + 4.0, 120.0)
    assert [stage.id for stage in stages(hands.document.store)] == [order[0], added, *order[1:]]
    assert len(steps_of(hands.document.store, added)) == 1
    assert hands.scene.lifted_target._mark is None


def test_a_step_goes_between_two_steps_and_into_the_stage_below_the_mouse(hands: Hands, dropper: Make) -> None:
    store = hands.document.store
    stage = next(stage for stage in stages(store) if len(steps_of(store, stage.id)) > 1)
    order = [step.id for step in steps_of(store, stage.id)]
    column = hands.layout.column_of[order[0]]
    added = store.of(Step, dropper("step").drop(column.x + column.w - 4.0, 120.0))
    assert added is not None
    assert [step.id for step in steps_of(store, stage.id)] == [order[0], added.id, *order[1:]]
    last = hands.layout.column_of[order[-1]]
    at_end = dropper("step").drop(last.x + last.w - 2.0, 120.0)
    assert steps_of(store, stage.id)[-1].id == at_end


def test_a_lane_goes_between_two_lanes(hands: Hands, dropper: Make) -> None:
    order = [lane.id for lane in lanes(hands.document.store)]
    row = hands.layout.rows[1]
    added = hands.document.store.of(Lane, dropper("lane:thoughts").drop(70.0, row.y + 3.0))
    assert added is not None
    assert added.kind == "thoughts"
    assert [lane.id for lane in lanes(hands.document.store)] == [order[0], added.id, *order[1:]]


def test_a_persona_joins_wherever_she_is_dropped(hands: Hands, dropper: Make) -> None:
    count = len(personas(hands.document.store))
    added = dropper("persona").drop(*hands.middle(hands.card("Router")))
    assert hands.document.store.of(Persona, added) is not None
    assert len(personas(hands.document.store)) == count + 1
    inspector = hands.window.docks.inspector
    assert inspector is not None
    assert line(inspector, "name").hasFocus(), "her name is next"


def test_what_is_no_entry_is_left_to_others(hands: Hands, dropper: Make) -> None:
    place = hands.middle(hands.card("Router"))
    assert not dropper("stage", "text/plain").enter(*place)
    assert not dropper("card:dragon").enter(*place)
    assert not dropper("dragon").enter(*place)


def test_an_empty_map_takes_its_first_stage_lane_and_card(hands: Hands, dropper: Make) -> None:
    store = hands.document.store
    with hands.document.edit("Start again") as tx:
        delete(tx, [*(stage.id for stage in stages(store)), *(lane.id for lane in lanes(store))])
    assert not dropper("card:note").over(70.0, 40.0)
    step = dropper("step").drop(70.0, 40.0)
    assert store[step].type == "stage", "the first step of a map comes with its stage"
    lane = dropper("lane:touchpoints").drop(70.0, 45.0)
    row = hands.layout.row_of[lane]
    card = store.of(Card, dropper("card:touchpoint").drop(70.0, row.y + 5.0))
    assert card is not None
    assert card.lane == lane


def test_undo_in_the_middle_takes_the_newcomer_back(hands: Hands, dropper: Make) -> None:
    before, place = hands.bytes(), hands.middle(hands.card("Router"))
    drag = dropper("card:note")
    drag.enter(*place)
    assert hands.bytes() != before
    hands.window.editing.undo()
    assert hands.bytes() == before
    assert not drag.over(*place)
    drag.leave()


def test_a_drag_from_the_palette_scrolls_at_the_edges(hands: Hands, dropper: Make, qtbot: QtBot) -> None:
    hands.view.zoom_to(2.0)
    hands.view.show_beginning()
    hands.view.zoom_to(2.0)
    bar = hands.view.horizontalScrollBar()
    edge = hands.view.to_sheet(hands.view.viewport().rect().bottomRight().toPointF())
    drag = dropper("stage")
    drag.enter(edge.x() - 20.0, edge.y() - 40.0)
    before = bar.value()
    drag.over(edge.x() - 1.0, edge.y() - 40.0)
    qtbot.waitUntil(lambda: bar.value() > before)
    drag.leave()


def test_what_comes_in_over_an_edge_does_not_scroll_there(hands: Hands, dropper: Make, qtbot: QtBot) -> None:
    hands.view.zoom_to(2.0)
    bar = hands.view.horizontalScrollBar()
    bar.setValue(bar.maximum())
    corner = hands.view.to_sheet(hands.view.viewport().rect().topLeft().toPointF())
    drag = dropper("stage")
    drag.enter(corner.x() + 0.5, corner.y() + 40.0)
    assert not hands.view._hands._scrolling.isActive()
    drag.over(corner.x() + 2.0, corner.y() + 40.0)
    assert not hands.view._hands._scrolling.isActive()
    drag.over(corner.x() + 60.0, corner.y() + 40.0)
    drag.over(corner.x() + 1.0, corner.y() + 40.0)
    qtbot.waitUntil(lambda: bar.value() < bar.maximum())
    drag.leave()


def test_what_is_being_written_is_kept_when_something_is_dragged_in(hands: Hands) -> None:
    card = hands.card("Plan page")
    hands.view.selection.select([card])
    assert hands.view.cells.type("Written")
    drop = Dropper(hands, "card:note")
    new = drop.drop(*hands.middle(card))
    assert not hands.view.editing.is_active
    assert hands.document.undo()
    assert new not in hands.document.store
    record = hands.document.store.of(Card, card)
    assert record is not None
    assert record.title == "Written"
