"""The keys that the overview and the README tell are those that the actions have."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel

from app.window.shortcuts_help import ShortcutsHelp
from tests.window.hands import Hands

README = Path(__file__).parents[2] / "README.md"
NATIVE = QKeySequence.SequenceFormat.NativeText
KEY = re.compile(r"`((?:(?:Ctrl|Alt|Shift)\+)+(?!Shift`)[^`]+|F\d+)`")


def overview(hands: Hands) -> ShortcutsHelp:
    hands.window.actions_["keys"].trigger()
    [found] = hands.window.findChildren(ShortcutsHelp)
    return found


def test_the_overview_tells_the_keys_of_every_action(hands: Hands) -> None:
    hands.view.selection.select([hands.card("Router")])
    hands.window.editing.delete()
    told = {key: line.name for line in overview(hands).entries for key in line.keys}
    for action in hands.window.actions_._by_name.values():
        for key in action.shortcuts():
            assert key.toString(NATIVE).replace("Return", "Enter") in told, action.text()
    assert told["Ctrl+Z"] == "Undo", "not “Undo Delete 1 card”, which is in the menu"
    assert hands.window.actions_["insert_card"].shortcut().toString() == "Ctrl+Enter", "as menus show it"
    assert told["F12"] == "Photo behind the map › Show"


def test_the_readme_tells_no_key_that_there_is_not(hands: Hands) -> None:
    told = set(KEY.findall(README.read_text()))
    assert len(told) > 60
    assert told <= {key for line in overview(hands).entries for key in line.keys}


def test_the_hint_says_how_to_write_in_what_is_selected(hands: Hands) -> None:
    store = hands.document.store
    label = hands.window.statusBar().findChild(QLabel, "hint")
    assert isinstance(label, QLabel)
    for type_, words in {
        "card": "Enter",
        "stage": "Enter",
        "lane": "Enter",
        "emotion_point": "Type",
        "link": "Type",
    }.items():
        hands.view.selection.select([min(store.ids_of_type(type_))])
        assert label.text().startswith(words), type_


def test_the_buttons_of_the_toolbar_tell_what_they_do_and_by_which_keys(hands: Hands) -> None:
    tips = [action.toolTip() for action in hands.window.actions_.toolbar.actions() if action.text()]
    assert tips == [
        *("Undo (Ctrl+Z)", "Redo (Ctrl+Y)"),
        *("Add stage (Ctrl+Alt+Enter)", "Add step (Ctrl+Shift+Enter)", "Add card (Ctrl+Enter)"),
        *("Add emotion point (Ctrl+Shift+E)", "Fit map (Ctrl+1)", "Find (Ctrl+F)"),
    ]
    hands.view.selection.select([hands.card("Router")])
    hands.window.editing.delete()
    assert hands.window.actions_["undo"].toolTip() == "Undo Delete 1 card (Ctrl+Z)"
