"""Panels beside the map: inserting, editing, going from pane to pane, and what is remembered of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.files import load
from app.model.queries import cards_in, personas, stages
from app.model.records import Card
from app.window.actions_found import found_actions
from app.window.appearance import Appearance, application
from app.window.command_palette import CommandPalette
from app.window.glance import glance
from app.window.panels.inspector import Inspector
from app.window.panels.palette import Palette
from app.window.window import MainWindow
from app.window.zoom_strip import ZoomStrip
from tests.window.hands import FakeDialogs, Hands


def palette_of(hands: Hands) -> Palette:
    palette = hands.window.docks.palette
    assert palette is not None
    return palette


def inspector_of(hands: Hands) -> Inspector:
    inspector = hands.window.docks.inspector
    assert inspector is not None
    return inspector


def field(hands: Hands, name: str) -> QLineEdit:
    editor = inspector_of(hands).rows[name].editor
    found = editor if isinstance(editor, QLineEdit) else editor.findChild(QLineEdit)
    assert isinstance(found, QLineEdit)
    return found


def test_enter_in_the_palette_inserts_at_the_selected_place(hands: Hands) -> None:
    router = hands.card("Router")
    hands.view.selection.select([router])
    palette = palette_of(hands)
    palette.setFocus()
    QTest.keyClicks(palette.search, "touch")
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    [made] = hands.view.selection
    card, beside = hands.document.store[made], hands.document.store[router]
    assert isinstance(card, Card)
    assert isinstance(beside, Card)
    ids = [each.id for each in cards_in(hands.document.store, beside.lane, beside.step)]
    assert ids.index(made) == ids.index(router) + 1
    QTest.keyClicks(hands.view, "Arrives")
    hands.key(Qt.Key.Key_Return)
    assert hands.document.history.undo_label == "Add touchpoint"
    assert QApplication.focusWidget() is hands.view
    assert palette.search.text() == ""
    assert hands.view.sheet_in_view().isValid()


def test_del_in_a_panel_deletes_nothing_of_the_map(hands: Hands) -> None:
    card = hands.card("Router")
    hands.view.selection.select([card])
    palette = palette_of(hands)
    palette.list.go_to_first()
    for place in (palette.list, palette.search, field(hands, "title"), inspector_of(hands).rows["channel"].editor):
        place.setFocus()
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Delete)
        assert card in hands.document.store
    hands.view.setFocus()
    hands.key(Qt.Key.Key_Delete)
    assert card not in hands.document.store


def test_what_is_inserted_comes_into_view(hands: Hands) -> None:
    hands.window.actions_["zoom_in"].trigger()
    hands.window.actions_["insert_stage"].trigger()
    [made] = hands.view.selection
    assert stages(hands.document.store)[-1].id == made
    x, y = hands.middle(made)
    assert hands.view.viewport().rect().contains(hands.pixel(x, y + hands.scene.head.y()))


def test_every_kind_is_in_the_menu(hands: Hands) -> None:
    count = len(hands.document.records)
    inserts = [found.action for found in found_actions(hands.window) if found.id.startswith("insert_")]
    assert len(inserts) > 15
    for action in inserts:
        assert action.isEnabled()
        action.trigger()
    assert len(hands.document.records) > count + 15


def test_a_new_persona_is_named_in_the_inspector(hands: Hands) -> None:
    hands.window.docks.show_beside("guide")
    hands.window.actions_["insert_persona"].trigger()
    name = field(hands, "name")
    assert name.isVisible()
    assert name.hasFocus()
    QTest.keyClicks(name, "Lea")
    hands.view.selection.clear()
    hands.view.selection.select([next(person.id for person in personas(hands.document.store) if person.name == "Lea")])
    label = hands.window.statusBar().findChild(QLabel, "selection")
    assert isinstance(label, QLabel)
    assert label.text() == "Persona “Lea”"


def test_the_inspector_shows_what_is_selected_and_writes(hands: Hands) -> None:
    hands.view.selection.select([hands.card("Router")])
    title = field(hands, "title")
    assert title.text() == "Router"
    title.setFocus()
    title.selectAll()
    QTest.keyClicks(title, "Modem")
    hands.view.selection.select([hands.card("Leaflet")])
    assert hands.card("Modem")
    hands.window.actions_["undo"].trigger()
    assert hands.card("Router")


def test_what_is_typed_is_saved(hands: Hands, dialogs: FakeDialogs) -> None:
    hands.view.selection.select([hands.card("Router")])
    title = field(hands, "title")
    title.setFocus()
    QTest.keyClick(title, Qt.Key.Key_End)
    QTest.keyClicks(title, " two")
    assert hands.window.save()
    assert hands.window.path is not None
    assert any(getattr(record, "title", "") == "Router two" for record in load(hands.window.path).records)
    assert dialogs.asked == []


def test_panels_come_and_go_and_are_remembered(hands: Hands, qtbot: QtBot) -> None:
    window = hands.window
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert not window.docks.is_shown("inspector")
    assert not window.actions_["inspector"].isChecked()
    assert not inspector_of(hands).isVisible()
    hands.view.selection.select([hands.card("Router")])
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert inspector_of(hands).ids == (hands.card("Router"),)
    QTest.keyClick(window, Qt.Key.Key_F7)
    path = window.path
    assert path is not None
    assert window.close()
    again = MainWindow(dialogs=FakeDialogs())
    qtbot.addWidget(again)
    again.show()
    again.open_path(path)
    assert not again.docks.is_shown("palette")
    assert again.docks.is_shown("inspector")
    again.close()


def test_f6_goes_from_pane_to_pane(hands: Hands) -> None:
    hands.window.activateWindow()
    hands.view.setFocus()
    seen = []
    for _ in range(3):
        QTest.keyClick(hands.window, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        panes = {"inspector": inspector_of(hands), "palette": palette_of(hands), "map": hands.view}
        seen += [
            name for name, pane in panes.items() if focus is not None and (focus is pane or pane.isAncestorOf(focus))
        ]
    assert seen == ["inspector", "palette", "map"]
    QTest.keyClick(hands.window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is palette_of(hands).search


def test_the_slider_follows_the_zoom_and_leads_it(hands: Hands) -> None:
    [strip] = hands.window.statusBar().findChildren(ZoomStrip)
    hands.view.zoom_to(2.0)
    assert strip.slider.value() == 20
    strip.slider.setValue(-20)
    assert abs(hands.view.zoom - 0.5) < 0.01
    assert strip.figure.text() == "50 %"
    strip.figure.click()
    assert abs(hands.view.zoom - 1.0) < 0.01


def test_a_command_is_found_by_name(hands: Hands) -> None:
    QTest.keyClick(hands.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    [commands] = hands.window.findChildren(CommandPalette)
    assert commands.isVisible()
    QTest.keyClicks(commands.search, "fit map")
    QTest.keyClick(commands.search, Qt.Key.Key_Return)
    assert not commands.isVisible()
    assert hands.view.zoom < 1.0
    assert hands.window.program.settings.recent_commands == ("fit_map",)


def test_the_appearance_is_chosen_and_remembered(hands: Hands) -> None:
    appearance = Appearance.of(application())
    before = appearance.mode
    try:
        hands.window.actions_["look_dark"].trigger()
        assert appearance.is_dark
        assert hands.view.backgroundBrush().color().lightness() < 60
        assert glance().appearance == "dark"
        assert hands.window.actions_["look_dark"].isChecked()
        hands.window.actions_["look_light"].trigger()
        assert not hands.window.actions_["look_dark"].isChecked()
    finally:
        appearance.set_mode(before)


def test_no_command_is_dead_and_none_has_the_keys_of_another(hands: Hands) -> None:
    found = found_actions(hands.window)
    keys = [key for each in found for key in each.keys]
    assert len(keys) == len(set(keys))
    assert len({each.id for each in found}) == len(found)
