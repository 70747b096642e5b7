"""The panel in the window: it comes late, follows the map, leads it, and holds the comments."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.files import load, save
from app.model.edits import add_action_item, add_comment, set_fields
from app.model.ids import MAP_ID
from app.model.queries import action_items, comments
from app.model.queries import feedback as feedback_of
from app.paths import sample_dir
from app.window.tables.page import TablePage
from app.window.tables.panel import TablesPanel
from app.window.window import MainWindow
from tests.window.hands import FakeDialogs, Hands
from tests.window.tables.setting import typing_in

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


LISTED = frozenset({"action_item", "feedback", "comment"})


@pytest.fixture
def hands(window: MainWindow, tmp_path: Path) -> Hands:
    """Hands on the broadband sample, in whose lists nobody has written yet."""
    sample = load(sample_dir() / "broadband.jmap")
    path = tmp_path / "broadband.jmap"
    save(sample.holding([record for record in sample.records if record.type not in LISTED], None), path)
    window.open_path(path)
    window.finish()
    found = Hands(window)
    found.scene.finish()
    return found


def shown(hands: Hands) -> TablesPanel:
    """The panel, shown."""
    hands.window.activateWindow()
    if not hands.window.docks.is_shown("tables"):
        hands.window.actions_["tables"].trigger()
    panel = hands.window.docks.tables
    assert panel is not None
    QApplication.processEvents()
    return panel


def plan_of(panel: TablesPanel) -> TablePage:
    page = panel.pages[0]
    assert isinstance(page, TablePage)
    return page


@pytest.fixture
def action(hands: Hands) -> str:
    """An action that speaks of the router."""
    with hands.document.edit("Plan") as tx:
        return add_action_item(tx, "Ship it set up", cards=[hands.card("Router")])


def test_it_is_away_until_it_is_asked_for_and_remembered(hands: Hands, qtbot: QtBot) -> None:
    window = hands.window
    assert window.docks.tables is None
    QTest.keyClick(window, Qt.Key.Key_T, CTRL | SHIFT)
    assert window.actions_["tables"].isChecked()
    panel = window.docks.tables
    assert panel is not None
    assert panel.isVisible()
    qtbot.waitUntil(lambda: panel.height() >= 200)
    path = window.path
    assert path is not None
    assert window.close()
    again = MainWindow(dialogs=FakeDialogs())
    qtbot.addWidget(again)
    again.show()
    again.open_path(path)
    again.finish()
    assert again.docks.is_shown("tables")
    assert again.docks.tables is not None
    again.actions_["tables"].trigger()
    assert not again.docks.tables.isVisible()
    again.close()


def test_nothing_of_it_is_loaded_for_the_first_picture() -> None:
    code = "import sys, app.window.window, app.window.docks; print([n for n in sys.modules if 'window.tables' in n])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_a_row_shows_its_cards_on_the_map(hands: Hands, action: str) -> None:
    page = plan_of(shown(hands))
    hands.view.zoom_to(3.0)
    page.view.setFocus()
    page.view.selectionModel().clear()
    page.view.go_to(action)
    router = hands.card("Router")
    assert hands.view.selection.ids == {router}
    assert hands.view.viewport().rect().contains(hands.pixel(*hands.middle(router)))


def test_a_card_marks_the_rows_that_speak_of_it(hands: Hands, action: str) -> None:
    page = plan_of(shown(hands))
    assert action in page.table.ids
    hands.view.selection.select([hands.card("Router")])
    assert page.table.index(0, 0).data(Qt.ItemDataRole.UserRole)
    hands.view.selection.select([hands.card("Leaflet")])
    assert not page.table.index(0, 0).data(Qt.ItemDataRole.UserRole)
    assert page.view.selected_ids == [], "the map leaves the selection of the table alone"


def test_going_to_a_row_does_not_forget_the_cards_to_link(hands: Hands, action: str) -> None:
    page = plan_of(shown(hands))
    leaflet = hands.card("Leaflet")
    hands.view.selection.select([leaflet])
    page.view.setFocus()
    page.view.selectionModel().clear()
    page.view.go_to(action)
    assert hands.view.selection.ids == {hands.card("Router")}
    assert page.link_button is not None
    page.link_button.click()
    assert leaflet in action_items(hands.document.store)[0].cards


def test_delete_in_the_table_leaves_the_map_alone(hands: Hands, action: str) -> None:
    page = plan_of(shown(hands))
    page.view.setFocus()
    page.view.go_to(action)
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    assert action not in hands.document.store
    assert hands.card("Router")
    hands.window.actions_["undo"].trigger()
    assert action in hands.document.store


def test_what_is_typed_in_a_cell_is_written_before_undo(hands: Hands, action: str) -> None:
    page = plan_of(shown(hands))
    page.view.setFocus()
    page.view.go_to(action, 3)
    QTest.keyClick(page.view, Qt.Key.Key_F2)
    for letter in "Lea":
        QTest.keyClicks(typing_in(page), letter)
    hands.window.actions_["undo"].trigger()
    assert hands.document.history.redo_label == "Change owner"
    hands.window.actions_["redo"].trigger()
    assert action_items(hands.document.store)[0].owner == "Lea"


def test_while_it_is_away_it_does_not_follow_and_then_catches_up(hands: Hands) -> None:
    page = plan_of(shown(hands))
    hands.window.actions_["tables"].trigger()
    with hands.document.edit("Plan") as tx:
        add_action_item(tx, "Later")
    assert page.table.ids == []
    hands.window.actions_["tables"].trigger()
    assert len(page.table.ids) == 1


def test_f6_reaches_it_and_escape_leaves_it(hands: Hands, action: str) -> None:
    page = plan_of(shown(hands))
    assert action in page.table.ids
    hands.view.setFocus()
    for _ in range(2):
        QTest.keyClick(hands.window, Qt.Key.Key_F6)
    assert page.view.hasFocus()
    assert not hands.view.selection.ids, "coming here selects nothing on the map"
    QTest.keyClick(page.view, Qt.Key.Key_Escape)
    assert hands.view.hasFocus()


def test_ctrl_page_keys_go_along_the_tabs(hands: Hands) -> None:
    panel = shown(hands)
    panel.take_focus()
    QTest.keyClick(panel.page, Qt.Key.Key_PageDown, CTRL)
    assert panel.page is panel.pages[1]
    QTest.keyClick(panel.page, Qt.Key.Key_PageUp, CTRL)
    QTest.keyClick(panel.page, Qt.Key.Key_PageUp, CTRL)
    assert panel.page is panel.opportunities


def test_who_clicks_the_tab_of_an_empty_table_writes_there_and_not_on_the_map(hands: Hands) -> None:
    panel = shown(hands)
    store = hands.scene.document.store
    cards = len(store.ids_of_type("card"))
    hands.view.setFocus()
    feedback = panel.tabs.tabRect(1).center()
    QTest.mouseClick(panel.tabs, Qt.MouseButton.LeftButton, pos=feedback)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert panel.isAncestorOf(focused)
    QTest.keyClick(focused, Qt.Key.Key_Return, CTRL)
    typing = QApplication.focusWidget()
    assert typing is not None
    QTest.keyClicks(typing, "A call")
    QTest.keyClick(QApplication.focusWidget() or typing, Qt.Key.Key_Return)
    assert [line.origin for line in feedback_of(store)] == ["A call"]
    assert len(store.ids_of_type("card")) == cards


def test_escape_leads_back_from_an_empty_table_to_the_map(hands: Hands) -> None:
    panel = shown(hands)
    QTest.mouseClick(panel.tabs, Qt.MouseButton.LeftButton, pos=panel.tabs.tabRect(1).center())
    QTest.keyClick(QApplication.focusWidget() or panel, Qt.Key.Key_Escape)
    assert hands.view.hasFocus()


def test_a_comment_is_written_on_the_selection(hands: Hands) -> None:
    hands.window.activateWindow()
    router = hands.card("Router")
    hands.view.selection.select([router])
    hands.view.setFocus()
    QTest.keyClick(hands.view, Qt.Key.Key_M, CTRL | ALT)
    panel = hands.window.docks.tables
    assert panel is not None
    writing = panel.comments.commenter
    assert writing.target.text() == "On touchpoint “Router”"
    assert writing.line.hasFocus()
    writing.name.setText("Ana")
    QTest.keyClicks(writing.line, "Which one?")
    QTest.keyClick(writing.line, Qt.Key.Key_Return)
    [comment] = comments(hands.document.store)
    assert (comment.about, comment.text, comment.author, comment.resolved) == (router, "Which one?", "Ana", False)
    assert comment.created is not None
    assert writing.line.text() == ""
    assert hands.window.program.settings.author == "Ana"
    assert hands.document.history.undo_label == "Add comment"


def test_comments_are_listed_resolved_and_lead_to_their_thing(hands: Hands) -> None:
    router = hands.card("Router")
    with hands.document.edit("Say") as tx:
        first = add_comment(tx, router, "Which one?", "Ana", datetime(2026, 11, 20, tzinfo=UTC))
        second = add_comment(tx, MAP_ID, "Good map", "Tom", datetime(2026, 11, 21, tzinfo=UTC))
        set_fields(tx, [second], resolved=True)
    panel = shown(hands)
    panel.tabs.setCurrentIndex(panel.pages.index(panel.comments))
    page = panel.comments
    assert page.table.ids == [first]
    page.view.setFocus()
    page.view.selectionModel().clear()
    page.view.go_to(first, 0)
    assert hands.view.selection.ids == {router}
    QTest.keyClick(page.view, Qt.Key.Key_Space)
    assert page.table.ids == []
    assert page.empty.sentence.text() == "Every comment is resolved."
    page.all.click()
    assert set(page.table.ids) == {first, second}
    page.view.setFocus()
    page.view.go_to(second, 1)
    assert not hands.view.selection.ids, "a comment on the map leads to the map itself"
    assert page.table.index(page.table.ids.index(second), 2).data() == "The map"


def test_the_context_menu_of_a_card_has_the_comment(hands: Hands) -> None:
    spot, viewport = hands.pixel(*hands.middle(hands.card("Router"))), hands.view.viewport()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(viewport, QContextMenuEvent(reason, spot, viewport.mapToGlobal(spot)))
    [menu] = hands.window.findChildren(QMenu, "context")
    assert hands.window.actions_["comment"] in menu.actions()
    menu.close()
    hands.window.actions_["comment"].trigger()
    panel = hands.window.docks.tables
    assert panel is not None
    assert panel.comments.commenter.target.text() == "On touchpoint “Router”"


def test_another_map_shows_its_own_rows(hands: Hands, action: str) -> None:
    page = plan_of(shown(hands))
    assert page.table.ids == [action]
    hands.window.revert()
    assert page.table.document is not hands.document
    assert action not in page.table.ids
