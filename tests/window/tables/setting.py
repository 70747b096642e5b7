"""A small map with tables to try: three actions, of which two speak of cards, and sources."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.model.beside import ActionItem
from app.model.edits import add_action_item, add_source
from app.window.tables.kinds import Kind
from app.window.tables.page import TablePage
from tests.window.small_map import SmallMap

NONE, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


class TabledMap(SmallMap):
    """The small map with an action plan."""

    def __init__(self) -> None:
        super().__init__()
        with self.document.edit("Plan") as tx:
            self.first = add_action_item(tx, "Write", owner="Mia", due=date(2027, 2, 1), cards=[self.card])
            self.second = add_action_item(tx, "Call", owner="Ken", status="done")
            self.third = add_action_item(tx, "Ask", owner="Ana", due=date(2027, 1, 1), cards=[self.other_card])
            self.source = add_source(tx, "Interviews", sample_size=12)
        self.document.history.mark_saved()

    def item(self, id: str) -> ActionItem:
        record = self.document.store.of(ActionItem, id)
        assert record is not None
        return record


class Desk:
    """Remembers a name."""

    author = "Ana"


def strategies(page: TablePage) -> list[str]:
    """What the first column says, without the empty row."""
    return [str(page.table.index(row, 0).data()) for row in range(len(page.table.ids))]


def shown_page(kind: Kind, parent: QWidget, map_: SmallMap) -> TablePage:
    """A page over a map, on the screen."""
    page = TablePage(kind, parent)
    parent.resize(1200, 400)
    page.setGeometry(0, 0, 1200, 400)
    page.follow(map_.document)
    parent.show()
    page.show()
    parent.activateWindow()
    QApplication.processEvents()
    return page


def press(page: TablePage, key: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
    """A key where the keyboard is: in the editor, or in the table."""
    QTest.keyClick(typing_in(page), key, keys)


def write(page: TablePage, text: str) -> None:
    for letter in text:
        QTest.keyClicks(typing_in(page), letter)


def typing_in(page: TablePage) -> QWidget:
    editor = page.view.cells.editor
    if editor is None:
        return page.view
    proxy = editor.focusProxy()
    assert proxy is not None
    return proxy


def go(page: TablePage, row: int, name: str) -> None:
    """Puts the keyboard on a cell."""
    names = [column.name for column in page.kind.columns]
    page.view.setFocus()
    page.view.go(page.table.index(row, names.index(name)))
