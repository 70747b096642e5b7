"""Personas in the window: their list beside the map, their fields in the inspector, and the view of some of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.model.edits import delete, set_fields, set_references
from app.model.queries import personas
from app.window.panels.fields.listed import TextsEditor
from app.window.panels.inspector import Inspector
from app.window.panels.personas import PersonasPanel
from app.window.window import MainWindow
from tests.window.hands import FakeDialogs, Hands


def panel_of(hands: Hands) -> PersonasPanel:
    panel = hands.window.docks.personas
    assert panel is not None
    return panel


def inspector_of(hands: Hands) -> Inspector:
    inspector = hands.window.docks.inspector
    assert inspector is not None
    return inspector


def test_the_list_comes_with_a_key_and_is_a_pane(hands: Hands) -> None:
    hands.window.activateWindow()
    assert not panel_of(hands).isVisible()
    QTest.keyClick(hands.window, Qt.Key.Key_F9)
    assert panel_of(hands).isVisible()
    assert hands.window.actions_["personas"].isChecked()
    panes = hands.window.docks.panes(hands.view)
    assert panes.index(panel_of(hands)) == 1
    hands.window.docks.focus(panel_of(hands))
    focus = QApplication.focusWidget()
    assert focus is not None
    assert panel_of(hands).isAncestorOf(focus)


def test_choosing_in_the_list_shows_the_fields(hands: Hands) -> None:
    hands.window.docks.reveal("personas")
    first, second = personas(hands.document.store)
    panel = panel_of(hands)
    panel.view.setFocus()
    QTest.keyClick(panel.view, Qt.Key.Key_Home)
    QTest.keyClick(panel.view, Qt.Key.Key_Down)
    assert list(hands.view.selection) == [second.id]
    assert inspector_of(hands).ids == (second.id,)
    hands.view.selection.select([first.id])
    assert panel._ids() == [first.id]


def test_deleting_from_the_list_says_what_went_and_can_be_undone(hands: Hands) -> None:
    hands.window.docks.reveal("personas")
    before = hands.bytes()
    panel = panel_of(hands)
    panel.set_selection([personas(hands.document.store)[0].id])
    panel.remove.click()
    assert len(personas(hands.document.store)) == 1
    assert hands.window.statusBar().currentMessage().startswith("Deleted 1 persona")
    hands.window.actions_["undo"].trigger()
    assert hands.bytes() == before


def test_all_personas_are_reached_from_the_map_itself(hands: Hands) -> None:
    hands.view.selection.clear()
    everybody = inspector_of(hands).people.all
    assert everybody is not None
    everybody.click()
    assert panel_of(hands).isVisible()


def test_the_first_persona_is_made_where_there_is_none(hands: Hands) -> None:
    with hands.document.edit("Delete") as tx:
        delete(tx, [persona.id for persona in personas(hands.document.store)])
    hands.view.selection.clear()
    everybody = inspector_of(hands).people.all
    assert everybody is not None
    everybody.click()
    [made] = personas(hands.document.store)
    assert inspector_of(hands).ids == (made.id,)


def test_the_menu_shows_only_what_concerns_whom_is_selected(hands: Hands) -> None:
    first, second = personas(hands.document.store)
    router = hands.card("Router")
    with hands.document.edit("Mark") as tx:
        set_references(tx, list(tx.store.ids_of_type("card")), "personas", [])
        set_references(tx, [router], "personas", [first.id])
    show_only, show_all = hands.window.actions_["show_only"], hands.window.actions_["show_everybody"]
    assert not show_all.isEnabled()
    hands.view.selection.select([second.id])
    show_only.trigger()
    assert hands.view.map_filter.dimmed == {router}
    assert show_all.isEnabled()
    hands.view.selection.select([router])
    show_only.trigger()
    assert hands.view.map_filter.chosen == {first.id}
    hands.view.selection.clear()
    show_only.trigger()
    assert hands.window.statusBar().currentMessage().startswith("Select a persona first")
    show_all.trigger()
    assert hands.view.map_filter.chosen == frozenset()


def test_what_one_looks_at_is_not_kept_in_the_map(hands: Hands) -> None:
    before = hands.bytes()
    hands.view.map_filter.choose([personas(hands.document.store)[0].id])
    assert hands.bytes() == before
    assert not hands.window.isWindowModified()


def test_folded_sections_are_remembered(hands: Hands, qtbot: QtBot) -> None:
    hands.view.selection.select([hands.card("Router")])
    inspector_of(hands).sections["Research"].heading.click()
    path = hands.window.path
    assert path is not None
    assert hands.window.close()
    again = MainWindow(dialogs=FakeDialogs())
    qtbot.addWidget(again)
    again.show()
    again.open_path(path)
    again.finish()
    inspector = again.docks.inspector
    assert inspector is not None
    assert inspector.folded == {"Research"}
    again.close()


def test_a_portrait_is_asked_for_in_the_windows_own_dialog(hands: Hands, dialogs: FakeDialogs) -> None:
    hands.view.selection.select([personas(hands.document.store)[0].id])
    inspector_of(hands).rows["portrait"].editor.frame.click()  # type: ignore[attr-defined]
    assert dialogs.asked == ["picture"]


def test_alt_and_arrows_in_a_list_move_its_row_and_nothing_on_the_map(hands: Hands) -> None:
    persona = personas(hands.document.store)[0]
    with hands.document.edit("Fill") as tx:
        set_fields(tx, [persona.id], goals=("One", "Two"))
    hands.view.selection.select([persona.id])
    hands.window.activateWindow()
    editor = inspector_of(hands).rows["goals"].editor
    assert isinstance(editor, TextsEditor)
    editor.rows[0].focus_first()
    QTest.keyClick(editor.rows[0].cells[0], Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert hands.document.store[persona.id] == persona.changed(goals=("Two", "One"))
