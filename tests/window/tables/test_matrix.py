"""The matrix of impact and effort: dragging, the keyboard, the tray."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.model.edits import add_card, set_fields
from app.model.kinds.opportunity import Opportunity
from app.window.appearance import Appearance, application
from app.window.tables.opportunities import OpportunityPage
from tests.window.small_map import SmallMap

LEFT = Qt.MouseButton.LeftButton


class RatedMap(SmallMap):
    """The small map with three opportunities, of which the last is not rated."""

    def __init__(self) -> None:
        super().__init__()
        with self.document.edit("Think") as tx:
            add = [("Quick", 5, 1), ("Big", 5, 5), ("New", None, None)]
            self.quick, self.big, self.new = (
                add_card(tx, "opportunity", self.actions, self.step, title=title, impact=impact, effort=effort)
                for title, impact, effort in add
            )
        self.document.history.mark_saved()

    def values(self, id: str) -> tuple[int | None, int | None]:
        card = self.document.store.of(Opportunity, id)
        assert card is not None
        return card.impact, card.effort


@pytest.fixture
def map_() -> RatedMap:
    return RatedMap()


@pytest.fixture
def page(qtbot: QtBot, map_: RatedMap) -> Iterator[OpportunityPage]:
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(1100, 320)
    made = OpportunityPage(room)
    made.setGeometry(room.rect())
    made.follow(map_.document)
    room.show()
    room.activateWindow()
    QApplication.processEvents()
    yield made
    room.close()


def hold(page: OpportunityPage, id: str, to: QPointF) -> None:
    """Drags a dot and keeps the button down."""
    matrix, start = page.matrix, page.matrix.place_of(id).center().toPoint()
    QTest.mousePress(matrix, LEFT, pos=start)
    for at in (start + QPoint(20, 0), to.toPoint() - QPoint(1, 0), to.toPoint()):
        QTest.mouseMove(matrix, at)


def drop(page: OpportunityPage, id: str, to: QPointF) -> None:
    hold(page, id, to)
    QTest.mouseRelease(page.matrix, LEFT, pos=to.toPoint())


def test_dots_lie_by_their_values(page: OpportunityPage, map_: RatedMap) -> None:
    matrix = page.matrix
    assert matrix.square(5, 1).contains(matrix.place_of(map_.quick))
    assert matrix.square(5, 5).contains(matrix.place_of(map_.big))
    assert matrix.tray().contains(matrix.place_of(map_.new))


def test_dragging_a_dot_is_one_step(page: OpportunityPage, map_: RatedMap) -> None:
    drop(page, map_.quick, page.matrix.square(2, 4).center())
    assert map_.values(map_.quick) == (2, 4)
    assert map_.steps_back == 1
    assert page.matrix.square(2, 4).contains(page.matrix.place_of(map_.quick))


def test_escape_puts_the_dot_back(page: OpportunityPage, map_: RatedMap) -> None:
    matrix = page.matrix
    matrix.setFocus()
    hold(page, map_.quick, matrix.square(2, 4).center())
    assert matrix.is_dragging
    QTest.keyClick(matrix, Qt.Key.Key_Escape)
    QTest.mouseRelease(matrix, LEFT, pos=matrix.square(2, 4).center().toPoint())
    assert map_.values(map_.quick) == (5, 1)
    assert map_.document.history.is_clean


def test_a_dot_goes_into_the_matrix_and_back_into_the_tray(page: OpportunityPage, map_: RatedMap) -> None:
    drop(page, map_.new, page.matrix.square(4, 2).center())
    assert map_.values(map_.new) == (4, 2)
    drop(page, map_.new, page.matrix.tray().center())
    assert map_.values(map_.new) == (None, None)
    assert map_.steps_back == 2


def test_the_arrow_keys_rate(page: OpportunityPage, map_: RatedMap) -> None:
    matrix = page.matrix
    matrix.setFocus()
    assert matrix.current == map_.quick
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
        QTest.keyClick(matrix, key)
    assert map_.values(map_.quick) == (4, 2)
    assert map_.steps_back == 1
    for _ in range(2):
        QTest.keyClick(matrix, Qt.Key.Key_Tab)
    assert matrix.current == map_.new
    QTest.keyClick(matrix, Qt.Key.Key_Up)
    assert map_.values(map_.new) == (3, 3)
    QTest.keyClick(matrix, Qt.Key.Key_Delete)
    assert map_.values(map_.new) == (None, None)


def test_enter_and_a_click_show_the_card(page: OpportunityPage, map_: RatedMap) -> None:
    led: list[list[str]] = []
    page.led.connect(led.append)
    page.matrix.setFocus()
    QTest.keyClick(page.matrix, Qt.Key.Key_Return)
    QTest.mouseClick(page.matrix, LEFT, pos=page.matrix.place_of(map_.big).center().toPoint())
    assert led == [[map_.quick], [map_.big]]


def test_a_screen_reader_hears_the_dot(page: OpportunityPage) -> None:
    assert page.matrix.accessibleDescription() == "1. Quick: impact 5, effort 1"


def test_dots_of_the_same_values_do_not_cover_each_other(page: OpportunityPage, map_: RatedMap) -> None:
    with map_.document.edit("Many") as tx:
        made = [
            add_card(tx, "opportunity", map_.actions, map_.step, title=f"Idea {place}", impact=1, effort=3)
            for place in range(30)
        ]
    places = [page.matrix.place_of(id).adjusted(0.01, 0.01, -0.01, -0.01) for id in made]
    square = page.matrix.square(1, 3)
    assert all(square.contains(place) for place in places)
    assert not any(one.intersects(other) for one, other in combinations(places, 2))


def test_it_follows_the_map(page: OpportunityPage, map_: RatedMap) -> None:
    with map_.document.edit("Elsewhere") as tx:
        set_fields(tx, [map_.quick], impact=1)
    assert page.matrix.square(1, 1).contains(page.matrix.place_of(map_.quick))
    map_.document.undo()
    assert page.matrix.square(5, 1).contains(page.matrix.place_of(map_.quick))


def test_without_opportunities_it_says_what_it_is_for(qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    page = OpportunityPage(room)
    page.follow(SmallMap().document)
    asked: list[str] = []
    page.insert_asked.connect(asked.append)
    assert page.stack.currentWidget() is page.empty
    page.empty.button.click()
    assert asked == ["card:opportunity"]


def test_it_is_painted_in_both_appearances(page: OpportunityPage) -> None:
    appearance = Appearance.of(application())
    before, grounds = appearance.mode, {}
    try:
        for mode in ("light", "dark"):
            appearance.set_mode(mode)
            spot = page.matrix.square(3, 4).center().toPoint() + QPoint(4, 6)
            grounds[mode] = page.matrix.grab().toImage().pixelColor(spot).lightness()
    finally:
        appearance.set_mode(before)
    assert grounds["light"] > 200
    assert grounds["dark"] < 80
