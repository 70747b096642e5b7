"""The list of personas, by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from app.canvas.map_filter import MapFilter
from app.model.edits import add_persona, delete, move_persona, set_fields
from app.model.queries import personas
from app.window.panels import persona_list
from app.window.panels.persona_list import eye_of
from app.window.panels.personas import PersonasPanel
from tests.window.small_map import SmallMap

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def panel(small: SmallMap, qtbot: QtBot) -> Iterator[PersonasPanel]:
    window = QMainWindow()
    qtbot.addWidget(window)
    made = PersonasPanel(window)
    made.set_filter(MapFilter(made))
    assert made._filter is not None
    made._filter.set_document(small.document)
    window.setCentralWidget(made)
    made.set_document(small.document)
    window.resize(260, 500)
    window.show()
    window.activateWindow()
    with qtbot.waitActive(window):
        pass
    made.view.setFocus()
    yield made
    window.close()


def names(panel: PersonasPanel) -> list[str]:
    return [panel.entries.index(row).data() for row in range(panel.entries.rowCount())]


def choose(panel: PersonasPanel, row: int) -> None:
    panel.view.selectionModel().setCurrentIndex(
        panel.entries.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )


def in_document(small: SmallMap) -> list[str]:
    return [persona.name for persona in personas(small.document.store)]


def test_it_follows_the_map(small: SmallMap, panel: PersonasPanel) -> None:
    assert names(panel) == ["Mia", "Ken"]
    with small.document.edit("Add") as tx:
        move_persona(tx, add_persona(tx, "Lea"), small.mia)
        set_fields(tx, [small.ken], name="Kenneth")
    assert names(panel) == ["Lea", "Mia", "Kenneth"]
    small.document.undo()
    assert names(panel) == ["Mia", "Ken"]


def test_choosing_tells_and_being_shown_does_not(small: SmallMap, panel: PersonasPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.chosen) as signal:
        QTest.keyClick(panel.view, Qt.Key.Key_Down)
    assert signal.args == [panel._ids()]
    with qtbot.assertNotEmitted(panel.chosen):
        panel.set_selection([small.ken])
        panel.set_selection([small.card])
    assert panel.view.selectionModel().selectedIndexes() == []


def test_alt_and_arrows_move_and_what_is_chosen_stays_so(small: SmallMap, panel: PersonasPanel) -> None:
    choose(panel, 0)
    QTest.keyClick(panel.view, Qt.Key.Key_Down, ALT)
    assert in_document(small) == names(panel) == ["Ken", "Mia"]
    assert panel._ids() == [small.mia]
    QTest.keyClick(panel.view, Qt.Key.Key_Down, ALT)
    assert in_document(small) == ["Ken", "Mia"]
    panel.up.click()
    assert in_document(small) == ["Mia", "Ken"]
    assert not panel.up.isEnabled()
    assert small.steps_back == 2


def test_several_are_dropped_together(small: SmallMap, panel: PersonasPanel) -> None:
    with small.document.edit("Add") as tx:
        for name in ("Lea", "Tom"):
            add_persona(tx, name)
    small.document.history.mark_saved()
    panel.view.dropped.emit([2, 0], 4)
    assert in_document(small) == ["Ken", "Tom", "Mia", "Lea"]
    panel.view.dropped.emit([3], 1)
    assert in_document(small) == ["Ken", "Lea", "Tom", "Mia"]
    assert small.steps_back == 2


def test_keys_ask_to_edit_and_to_delete(small: SmallMap, panel: PersonasPanel, qtbot: QtBot) -> None:
    choose(panel, 1)
    with qtbot.waitSignal(panel.edit_requested):
        QTest.keyClick(panel.view, Qt.Key.Key_Return)
    with qtbot.waitSignal(panel.delete_requested) as signal:
        QTest.keyClick(panel.view, Qt.Key.Key_Delete)
    assert signal.args == [[small.ken]]


def test_the_eye_and_the_space_bar_show_only_what_concerns_a_persona(small: SmallMap, panel: PersonasPanel) -> None:
    assert panel._filter is not None
    assert not panel.strip.isVisible()
    rect = panel.view.visualRect(panel.entries.index(1))
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0), eye_of(rect).center())
    assert panel._filter.chosen == {small.ken}
    assert panel._ids() == []
    assert panel.strip.text() == "Only: Ken"
    choose(panel, 0)
    QTest.keyClick(panel.view, Qt.Key.Key_Space)
    assert panel._filter.chosen == {small.mia, small.ken}
    panel.show_all.click()
    assert panel._filter.chosen == frozenset()
    assert not panel.strip.isVisible()


def test_words_have_the_room_of_an_eye_that_is_not_shown(
    small: SmallMap, panel: PersonasPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small.document.edit("Summary") as tx:
        set_fields(tx, [small.mia], summary="61, home office, two days a week")
    rooms: dict[str, int] = {}

    def write(_painter: object, rect: QRect, text: str, *_look: object) -> None:
        rooms[text] = rect.right()

    monkeypatch.setattr(persona_list, "paint_words", write)
    panel.view.viewport().grab()
    eye = eye_of(panel.view.visualRect(panel.entries.index(0)))
    assert rooms["61, home office, two days a week"] > eye.left()
    choose(panel, 0)
    panel.view.viewport().grab()
    assert rooms["61, home office, two days a week"] < eye.left()


def test_a_thousand_are_searched_and_stay_in_their_order(small: SmallMap, panel: PersonasPanel) -> None:
    assert not panel.search.isVisible()
    with small.document.edit("Add") as tx:
        for number in range(1000):
            add_persona(tx, f"Persona {number}")
    assert panel.entries.rowCount() == 1002
    choose(panel, 0)
    QTest.keyClicks(panel.view, "7")
    assert panel.search.hasFocus()
    QTest.keyClicks(panel.search, "77")
    assert names(panel) == ["Persona 777"]
    choose(panel, 0)
    assert not panel.up.isEnabled()
    QTest.keyClick(panel.view, Qt.Key.Key_Up, ALT)
    assert in_document(small)[:2] == ["Mia", "Ken"]


def test_without_anybody_it_says_what_to_do(small: SmallMap, panel: PersonasPanel, qtbot: QtBot) -> None:
    with small.document.edit("Delete") as tx:
        delete(tx, [small.mia, small.ken])
    assert panel.nobody.isVisible()
    with qtbot.waitSignal(panel.add_requested):
        panel.add.click()


def test_a_portrait_takes_the_place_of_the_initial(
    small: SmallMap, panel: PersonasPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(QColor("#00FF00"))
    image.save(str(tmp_path / "green.png"))
    name = small.document.media.add((tmp_path / "green.png").read_bytes(), "png")
    with small.document.edit("Set") as tx:
        set_fields(tx, [small.mia], portrait=name)
    middle = panel.view.visualRect(panel.entries.index(0)).center()

    def is_green() -> bool:
        seen = panel.view.viewport().grab().toImage().pixelColor(QPoint(23, middle.y()))
        return seen == QColor("#00FF00")

    qtbot.waitUntil(is_green)
