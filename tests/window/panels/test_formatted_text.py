"""Text that was copied with its formatting and nothing else comes into every field, by whatever way one pastes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QClipboard, QContextMenuEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.model.edits import add_card
from app.model.kinds.metric import Metric
from app.model.records import Persona
from app.window.panels.fields.listed import TextsEditor
from app.window.panels.fields.readings import ReadingsEditor
from app.window.panels.fields.texts import TextEditor
from app.window.panels.inspector import Inspector
from app.window.panels.search_field import SearchField
from app.window.tables import kinds
from tests.window.panels.inspecting import line
from tests.window.small_map import SmallMap
from tests.window.tables.setting import TabledMap, shown_page, strategies

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
MIDDLE = Qt.MouseButton.MiddleButton
COPY = Qt.DropAction.CopyAction


def formatted(html: str) -> QMimeData:
    data = QMimeData()
    data.setHtml(html)
    return data


def copied(html: str) -> None:
    QGuiApplication.clipboard().setMimeData(formatted(html))


def inside(field: QWidget) -> QWidget:
    """What hears of the mouse."""
    return field.viewport() if isinstance(field, QPlainTextEdit) else field


def by_key(field: QWidget) -> None:
    copied("<b>Leaf</b><i>let</i>")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_V, CTRL)


def by_menu(field: QWidget) -> None:
    copied("<b>Leaf</b><i>let</i>")
    target, spot = inside(field), QPoint(4, 4)
    QApplication.sendEvent(target, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, target.mapToGlobal(spot)))
    menu = next(menu for menu in QApplication.topLevelWidgets() if isinstance(menu, QMenu) and menu.isVisible())
    paste = next(action for action in menu.actions() if action.objectName() == "edit-paste")
    assert paste.isEnabled()
    paste.trigger()
    menu.close()


def by_drop(field: QWidget) -> None:
    target, left = inside(field), Qt.MouseButton.LeftButton
    data = formatted("<b>Leaf</b><i>let</i>")
    enter = QDragEnterEvent(QPoint(4, 4), COPY, data, left, NONE)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(4, 4), COPY, data, left, NONE)
    QApplication.sendEvent(target, drop)
    assert drop.isAccepted()


WAYS = pytest.mark.parametrize("paste", [by_key, by_menu, by_drop])


@WAYS
def test_into_a_line(small: SmallMap, select: Callable[..., Inspector], paste: Callable[[QWidget], None]) -> None:
    title = line(select(small.empty_lane), "title")
    title.clear()
    paste(title)
    assert title.text() == "Leaflet"
    assert small[small.empty_lane].title == "Leaflet"  # type: ignore[attr-defined]
    assert small.steps_back == 1


@WAYS
def test_into_a_box(small: SmallMap, select: Callable[..., Inspector], paste: Callable[[QWidget], None]) -> None:
    editor = select(small.card).rows["body"].editor
    assert isinstance(editor, TextEditor)
    paste(editor.box)
    assert editor.box.toPlainText() == "Leaflet"
    assert small[small.card].body == "Leaflet"  # type: ignore[attr-defined]


@WAYS
def test_into_a_field_to_search(qtbot: QtBot, paste: Callable[[QWidget], None]) -> None:
    field = SearchField("Search")
    qtbot.addWidget(field)
    field.show()
    paste(field)
    assert field.text() == "Leaflet"


def test_with_the_middle_button(
    small: SmallMap, select: Callable[..., Inspector], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a system has a clipboard of what is selected; the one of these tests has none."""
    title = line(select(small.card), "title")
    assert isinstance(title, QLineEdit)
    monkeypatch.setattr(QClipboard, "supportsSelection", lambda _clipboard: True)
    data = formatted("<i>new </i>")
    monkeypatch.setattr(QClipboard, "mimeData", lambda _clipboard, _mode: data)
    QTest.mouseClick(title, MIDDLE, pos=QPoint(2, title.height() // 2))
    assert title.text() == "new Leaflet"


def test_lines_become_one_in_a_line(small: SmallMap, select: Callable[..., Inspector]) -> None:
    """Also those of plain text, and the break that spreadsheets put behind a cell goes."""
    title = line(select(small.card), "title")
    title.selectAll()
    copied("<p>Leaflet</p><p>and <b>call</b></p>")
    QTest.keyClick(title, Qt.Key.Key_V, CTRL)
    assert title.text() == "Leaflet and call"
    title.selectAll()
    QGuiApplication.clipboard().setText("Cell\r\n")
    QTest.keyClick(title, Qt.Key.Key_V, CTRL)
    assert title.text() == "Cell"


def test_lines_become_rows_of_a_list(small: SmallMap, select: Callable[..., Inspector]) -> None:
    editor = select(small.mia).rows["goals"].editor
    assert isinstance(editor, TextsEditor)
    copied("<ul><li>Pay <b>less</b></li><li>Sleep</li></ul>")
    editor.rows[0].focus_first()
    QTest.keyClick(editor.rows[0].cells[0], Qt.Key.Key_V, CTRL)
    persona = small[small.mia]
    assert isinstance(persona, Persona)
    assert persona.goals == ("Pay less", "Sleep")


TABLE = "<table><tr><td><p>{}</p></td><td>{}</td></tr>\n<tr><td>{}</td> <td>{}</td></tr></table>"


def test_a_table_becomes_readings(small: SmallMap, select: Callable[..., Inspector]) -> None:
    with small.document.edit("Add") as tx:
        made = add_card(tx, "metric", small.empty_lane, small.step, measure="nps")
    editor = select(made).rows["history"].editor
    assert isinstance(editor, ReadingsEditor)
    copied(TABLE.format("2026-01-01", "12", "2026-02-01", "15"))
    QTest.keyClick(editor.table, Qt.Key.Key_V, CTRL)
    metric = small[made]
    assert isinstance(metric, Metric)
    assert metric.history == ((date(2026, 1, 1), 12.0), (date(2026, 2, 1), 15.0))


def test_a_table_becomes_rows_of_a_table(qtbot: QtBot) -> None:
    room, map_ = QWidget(), TabledMap()
    qtbot.addWidget(room)
    page = shown_page(kinds.action_plan(), room, map_)
    copied(TABLE.format("Listen", "Shops", "Tell", "Web"))
    page.view.setFocus()
    page.view.go(page.table.index(page.table.rowCount() - 1, 0))
    QTest.keyClick(page.view, Qt.Key.Key_V, CTRL)
    assert strategies(page)[-2:] == ["Listen", "Tell"]
    assert map_.item(page.table.ids[-1]).focus_area == "Web"
