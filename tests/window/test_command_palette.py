"""Every command is found by a few letters of its name, and every key by F1."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from app.window.actions_found import found_actions, plain_name
from app.window.command_palette import CommandPalette
from app.window.fuzzy import score
from app.window.shortcuts_help import ShortcutsHelp, action_lines, grouped, in_columns

MENUS = {
    "&File": [("&New…", "Ctrl+N"), ("&Open…", "Ctrl+O"), ("&Export poster…", "Ctrl+E")],
    "&Edit": [("&Undo", "Ctrl+Z"), ("&Redo", "Ctrl+Y"), ("&Find…", "Ctrl+F"), ("Find && replace", "")],
    "&View": [("&Fit map", "Ctrl+1"), ("Fit &selection", "Ctrl+2")],
}


class Window(QMainWindow):
    """Menus with actions that note that they ran."""

    def __init__(self) -> None:
        super().__init__()
        self.ran: list[str] = []
        self.by_name: dict[str, QAction] = {}
        for title, entries in MENUS.items():
            menu = self.menuBar().addMenu(title)
            for text, keys in entries:
                self.add(menu.addAction(text), keys)
            menu.addSeparator()
        more = self.menuBar().addMenu("&Samples").addMenu("&Old ones")
        self.add(more.addAction("Clinic"), "")
        bare = QAction("Next pane", self)
        self.addAction(bare)
        self.add(bare, "F6")
        self.by_name["Redo"].setEnabled(False)
        self.field = QLineEdit(self)
        self.field.addAction(QAction("Belongs to the field", self.field), QLineEdit.ActionPosition.TrailingPosition)
        self.setCentralWidget(self.field)

    def add(self, action: QAction, keys: str) -> None:
        name = plain_name(action.text())
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: self.ran.append(name))
        self.by_name[name] = action


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    window.activateWindow()
    with qtbot.waitActive(window):
        pass
    return window


@pytest.fixture
def palette(window: Window) -> CommandPalette:
    palette = CommandPalette(window, recent=["Fit map", "gone"])
    palette.open()
    return palette


def test_actions_come_with_their_menus_and_keys(window: Window) -> None:
    found = {entry.name: (entry.path, entry.keys) for entry in found_actions(window)}
    assert found["Open"] == (("File",), ("Ctrl+O",))
    assert found["Clinic"] == (("Samples", "Old ones"), ())
    assert found["Next pane"] == ((), ("F6",))
    assert found["Find & replace"] == (("Edit",), ())
    assert "Belongs to the field" not in found
    assert "File" not in found


def test_it_opens_with_what_was_used_lately(palette: CommandPalette) -> None:
    assert palette.isVisible()
    assert palette.search.hasFocus()
    assert palette.names[:3] == ["Fit map", "New", "Open"]
    assert palette.names[-1] == "Redo"  # cannot be done now


def test_a_few_letters_find_a_command_and_enter_runs_it(window: Window, palette: CommandPalette, qtbot: QtBot) -> None:
    QTest.keyClicks(palette.search, "expo")
    assert palette.names[0] == "Export poster"
    with qtbot.waitSignal(palette.recent_changed) as signal:
        QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert window.ran == ["Export poster"]
    assert signal.args == [["Export poster", "Fit map", "gone"]]
    assert palette.isHidden()


def test_initials_are_enough(palette: CommandPalette) -> None:
    QTest.keyClicks(palette.search, "fs")
    assert palette.names[0] == "Fit selection"


def test_what_does_something_comes_before_a_switch_of_that_name(window: Window) -> None:
    menu = window.menuBar().addMenu("&Show")
    menu.addAction("Emotion").setCheckable(True)
    menu.addAction("Emotion point")
    palette = CommandPalette(window)
    palette.open()
    palette.search.setText("emo")
    assert palette.names == ["Emotion point", "Emotion"]


def test_a_menus_name_finds_what_is_in_it(palette: CommandPalette) -> None:
    QTest.keyClicks(palette.search, "edit")
    assert set(palette.names) >= {"Undo", "Find"}


def test_arrows_choose_another(window: Window, palette: CommandPalette) -> None:
    QTest.keyClicks(palette.search, "find")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(palette.search, key)
    chosen = palette.names[palette.list.currentIndex().row()]
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert window.ran == [chosen]


def test_the_mouse_chooses_too(window: Window, palette: CommandPalette) -> None:
    place = palette.list.visualRect(palette.list.model().index(1, 0)).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.ran == ["New"]


def test_what_cannot_be_done_is_shown_and_not_run(window: Window, palette: CommandPalette) -> None:
    QTest.keyClicks(palette.search, "redo")
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert window.ran == []
    assert palette.isVisible()


def test_escape_gives_the_focus_back(window: Window) -> None:
    window.field.setFocus()
    palette = CommandPalette(window)
    palette.open()
    QTest.keyClick(palette.search, Qt.Key.Key_Escape)
    assert palette.isHidden()
    assert window.field.hasFocus()


def test_it_goes_when_the_focus_goes(window: Window, palette: CommandPalette) -> None:
    window.field.setFocus()
    assert palette.isHidden()


def test_nothing_found_is_said(palette: CommandPalette) -> None:
    QTest.keyClicks(palette.search, "qqqq")
    assert palette.names == []
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_it_stays_inside_a_small_window(window: Window, palette: CommandPalette) -> None:
    window.resize(400, 300)
    QTest.qWait(1)
    assert window.rect().contains(palette.geometry())


@pytest.mark.parametrize(
    ("wanted", "better", "worse"),
    [
        ("fm", "Fit map", "Find && format"),
        ("zoom", "Zoom in", "Azoo mammal"),
        ("sa", "Save as", "Insert card"),
        ("dup", "Duplicate", "Add up"),
    ],
)
def test_what_fits_better_counts_more(wanted: str, better: str, worse: str) -> None:
    assert (score(wanted, better) or -1) > (score(wanted, worse) or -1)


def test_case_accents_and_the_order_of_words_make_no_difference() -> None:
    assert score("CAFE", "Café") is not None
    assert score("map fit", "Fit map") is not None
    assert score("xyz", "Fit map") is None
    assert score("", "Fit map") == 0


def test_the_overview_holds_every_key_and_only_those(window: Window) -> None:
    overview = ShortcutsHelp(window)
    overview.show()
    assert {entry.name for entry in overview.entries} == {
        *("New", "Open", "Export poster", "Undo", "Redo", "Find", "Fit map", "Fit selection", "Next pane"),
    }
    assert not overview.isModal()
    QTest.keyClicks(overview.search, "ctrl+1")
    assert [entry.name for entry in overview.entries] == ["Fit map"]
    QTest.keyClick(overview.search, Qt.Key.Key_Escape)
    assert len(overview.entries) == 9
    QTest.keyClick(overview, Qt.Key.Key_Escape)
    assert overview.isHidden()


def test_the_overview_is_in_the_order_of_the_menus(window: Window) -> None:
    groups = grouped(action_lines(window, "More"))
    assert [title for title, _ in groups] == ["File", "Edit", "View", "More"]
    columns = in_columns(groups, 3)
    assert [title for column in columns for title, _ in column] == ["File", "Edit", "View", "More"]
    assert all(columns)


def test_commands_that_go_meanwhile_are_not_shown_any_more(window: Window, palette: CommandPalette) -> None:
    """As the maps of late do when another window has saved."""
    menu = window.menuBar().actions()[0].menu()
    assert isinstance(menu, QMenu)
    late = menu.addAction("Late map")
    palette.search.setText("late")
    palette.refresh()
    assert palette.names == ["Late map"]
    late.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    palette.grab()
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    palette.search.setText("lat")
    assert palette.names == []
