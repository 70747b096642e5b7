"""Menus of what is under the mouse: what they offer, and that each line is one step that can be undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from shiboken6 import isValid

from app.canvas.selection import Cell
from app.model.edits import add_lane
from app.model.queries import lanes, stages, steps_of
from app.model.records import Card, EmotionPoint, Lane, Link, Step
from tests.window.hands import RIGHT, Hands


class Menus:
    """Asks for menus and chooses from them."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self.menu: QMenu | None = None

    def ask(self, x: float, y: float) -> list[str]:
        """Right click; what the menu offers."""
        self._hands.press(x, y, RIGHT)
        viewport, at = self._hands.view.viewport(), self._hands.pixel(x, y)
        self.close()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, viewport.mapToGlobal(at))
        QApplication.sendEvent(viewport, event)
        self._find()
        return self.texts()

    def ask_by_key(self) -> list[str]:
        self.close()
        view = self._hands.view
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(9, 9), view.mapToGlobal(QPoint(9, 9)))
        QApplication.sendEvent(view, event)
        self._find()
        return self.texts()

    def texts(self, menu: QMenu | None = None) -> list[str]:
        menu = menu or self.menu
        actions = menu.actions() if menu is not None else []
        return [action.text().replace("&", "") for action in actions if not action.isSeparator()]

    def choose(self, *path: str) -> str:
        """Chooses a line, or one of a submenu; returns what is selected then."""
        menu = self.menu
        assert menu is not None
        for text in path:
            action = next(each for each in menu.actions() if each.text().replace("&", "") == text)
            under = action.menu()
            if isinstance(under, QMenu):
                menu = under
            else:
                assert action.isEnabled()
                action.trigger()
        self.close()
        return next(iter(self._hands.view.selection), "")

    def close(self) -> None:
        if self.menu is not None and isValid(self.menu):
            self.menu.close()
        self.menu = None

    def _find(self) -> None:
        popup = QApplication.activePopupWidget()
        self.menu = popup if isinstance(popup, QMenu) else None


@pytest.fixture
def menus(hands: Hands) -> Iterator[Menus]:
    made = Menus(hands)
    yield made
    made.close()


def test_the_menu_of_a_card(hands: Hands, menus: Menus) -> None:
    before, card = hands.bytes(), hands.card("Plan page")
    assert menus.ask(*hands.middle(card)) == [
        *("Edit text", "Edit details", "Cut", "Copy", "Paste as cards", "Duplicate", "Link cards", "Delete"),
        *("Change kind of card", "Move", "Add card here", "Comment"),
    ]
    assert list(hands.view.selection) == [card]
    menus.choose("Edit text")
    assert hands.view.editing.target == (card, "title")
    hands.key(Qt.Key.Key_Escape)
    menus.ask(*hands.middle(card))
    added = hands.document.store.of(Card, menus.choose("Add card here", "Pain point"))
    original = hands.document.store.of(Card, card)
    assert added is not None
    assert original is not None
    assert (added.kind, added.lane, added.step) == ("pain_point", original.lane, original.step)
    hands.window.editing.undo()
    menus.ask(*hands.middle(card))
    assert menus.choose("Change kind of card", "Question") == card
    changed = hands.document.store.of(Card, card)
    assert changed is not None
    assert (changed.kind, changed.title, changed.order) == ("question", "Plan page", original.order)
    hands.window.editing.undo()
    menus.ask(*hands.middle(card))
    menus.choose("Move", "Move right")
    menus.ask(*hands.middle(card))
    assert menus.choose("Duplicate") != card
    for _ in range(2):
        hands.window.editing.undo()
    menus.ask(*hands.middle(card))
    menus.choose("Delete")
    assert card not in hands.document.store
    hands.window.editing.undo()
    assert hands.bytes() == before


def test_a_menu_leaves_several_selected(hands: Hands, menus: Menus) -> None:
    both = [hands.card("Plan page"), hands.card("Router")]
    hands.view.selection.select(both)
    menus.ask(*hands.middle(both[0]))
    assert hands.view.selection.ids == set(both)
    menus.choose("Delete")
    assert not set(both) & hands.document.store.ids_of_type("card")


def test_the_menu_of_an_empty_cell(hands: Hands, menus: Menus) -> None:
    store = hands.document.store
    lane, step = hands.layout.rows[0].lane, hands.layout.columns[1].step
    spot = hands.cell(lane, step)
    hands.view.selection.select([hands.card("Router")])
    offered = menus.ask(*spot)
    assert offered[:5] == ["Add card here", "Paste as cards", "Add step after", "Add stage after", "Add lane below"]
    assert not len(hands.view.selection)
    assert hands.view.selection.cell is not None
    assert hands.view.selection.cell[:2] == (lane, step), "there one pastes"
    card = store.of(Card, menus.choose("Add card here", "Action"))
    assert card is not None
    assert (card.lane, card.step) == (lane, step)
    hands.window.editing.undo()
    menus.ask(*spot)
    added = store.of(Lane, menus.choose("Add lane below", "Backstage"))
    assert added is not None
    assert [row.id for row in lanes(store)][1] == added.id
    hands.window.editing.undo()
    menus.ask(*spot)
    stage = menus.choose("Add stage after")
    assert [each.id for each in stages(store)][1] == stage


def test_the_menu_of_a_lane_of_channels_offers_no_card(hands: Hands, menus: Menus) -> None:
    with hands.document.edit("Add lane") as tx:
        lane = add_lane(tx, "channels", before=hands.layout.rows[0].lane)
    spot = hands.cell(lane, hands.layout.columns[1].step)
    assert menus.ask(*spot)[:3] == ["Add step after", "Add stage after", "Add lane below"]
    before = hands.bytes
    menus.close()
    hands.double_click(*spot)
    assert hands.bytes == before


def test_the_menus_of_stage_and_step(hands: Hands, menus: Menus) -> None:
    store = hands.document.store
    stage = stages(store)[0].id
    step = steps_of(store, stage)[0].id
    x, y = hands.middle(step)
    assert menus.ask(x, y)[:3] == ["Edit text", "Add step after", "Add stage after"]
    added = store.of(Step, menus.choose("Add step after"))
    assert added is not None
    assert steps_of(store, stage)[1].id == added.id
    assert "Add stage after" in menus.ask(*hands.middle(stage))
    menus.choose("Move stage or step right")
    assert stages(store)[1].id == stage


def test_the_menus_of_a_lane_and_of_a_curve(hands: Hands, menus: Menus) -> None:
    store = hands.document.store
    lane = lanes(store)[0].id
    assert menus.ask(*hands.middle(lane))[:2] == ["Edit text", "Add lane below"]
    menus.choose("Move lane down")
    assert lanes(store)[1].id == lane
    curve, column = next(iter(hands.scene.curve_lanes.values())), hands.layout.columns[3]
    assert menus.ask(column.x + 9.0, curve.rect.y + 40.0)[0] == "Add emotion point here"
    point = store.of(EmotionPoint, menus.choose("Add emotion point here"))
    assert point is not None
    assert point.step == column.step
    mark = next(mark for mark in hands.scene.curve_lanes[curve.lane].points if mark.id == point.id)
    assert menus.ask(mark.x, mark.y) == ["Edit text", "Delete", "Gap after this point", "Move", "Comment"]
    menus.choose("Delete")
    assert point.id not in store


def test_the_menu_key_asks_for_what_is_selected(hands: Hands, menus: Menus) -> None:
    link = next(iter(hands.document.store.ids_of_type("link")))
    before = hands.document.store.of(Link, link)
    hands.view.selection.select([link])
    assert menus.ask_by_key() == ["Edit text", "Turn round", "Delete", "Comment"]
    menus.choose("Turn round")
    after = hands.document.store.of(Link, link)
    assert before is not None
    assert after is not None
    assert (after.source, after.target) == (before.target, before.source)
    hands.view.selection.select([stages(hands.document.store)[0].id])
    assert menus.ask_by_key()[:2] == ["Edit text", "Add stage after"]
    menus.close()
    hands.view.selection.clear()
    assert menus.ask_by_key()


def test_the_menu_key_asks_for_the_cell_that_the_keyboard_is_in(hands: Hands, menus: Menus) -> None:
    store, view = hands.document.store, hands.view
    step = steps_of(store, stages(store)[-1].id)[-1].id
    places: list[QPoint] = []
    view.menu_asked.connect(lambda _ask, at: places.append(view.viewport().mapFromGlobal(at)))
    for lane, offer in ((lanes(store)[0].id, "Add card here"), (curve_lane(hands), "Add emotion point here")):
        view.selection.select_cell(Cell(lane, step))
        assert menus.ask_by_key()[0] == offer
        menus.close()
        assert view.selection.cell == Cell(lane, step)
        scene = view.map_scene()
        area = scene.current_area() if scene is not None else None
        assert area is not None
        middle = view.mapFromScene(area.x + area.w / 2, area.y + area.h / 2)
        assert (places[-1] - middle).manhattanLength() < 4


def curve_lane(hands: Hands) -> str:
    return next(lane.id for lane in lanes(hands.document.store) if lane.kind == "emotion")


def test_the_button_that_cancels_a_drag_opens_no_menu(hands: Hands, menus: Menus) -> None:
    before = hands.bytes()
    x, y = hands.middle(hands.card("Plan page"))
    hands.hold((x, y), (x + 46.0, y))
    assert menus.ask(x + 46.0, y) == []
    assert hands.bytes() == before
    hands.release(x + 46.0, y)
    assert menus.ask(*hands.middle(hands.card("Router")))


def test_a_second_link_the_other_way_is_not_turned_round(hands: Hands, menus: Menus) -> None:
    link = hands.document.store.of(Link, next(iter(hands.document.store.ids_of_type("link"))))
    assert link is not None
    with hands.document.edit("Back") as tx:
        tx.put(Link(id="lk_back", source=link.target, target=link.source))
    hands.view.selection.select([link.id])
    menus.ask_by_key()
    menus.choose("Turn round")
    assert hands.document.store[link.id] == link
    assert "linked already" in hands.window.statusBar().currentMessage()
