"""A table: reading, writing, going with the keyboard, sorting, the clipboard. The action plan stands for all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QDate, QEvent, Qt
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHeaderView, QWidget
from pytestqt.qtbot import QtBot

from app.model.beside import ActionItem, Source
from app.model.edits import add_action_item, delete, set_fields
from app.model.queries import action_items, sources
from app.window.panels.fields.parsed import DateEditor
from app.window.tables import kinds
from app.window.tables.page import TablePage
from tests.window.tables.setting import ALT, CTRL, TabledMap, go, press, shown_page, strategies, typing_in, write


@pytest.fixture
def map_() -> TabledMap:
    return TabledMap()


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[QWidget]:
    widget = QWidget()
    qtbot.addWidget(widget)
    yield widget
    QApplication.clipboard().clear()


@pytest.fixture
def page(room: QWidget, map_: TabledMap) -> TablePage:
    return shown_page(kinds.action_plan(), room, map_)


def let_go_of_the_deleted() -> None:
    """What is to be deleted later is."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def click_heading(page: TablePage, name: str) -> None:
    header = page.view.horizontalHeader()
    place = [column.name for column in page.kind.columns].index(name)
    spot = header.rect().center()
    spot.setX(header.sectionViewportPosition(place) + 20)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def test_a_row_says_what_its_record_holds(page: TablePage, map_: TabledMap) -> None:
    cells = [page.table.index(0, column).data() for column in range(page.table.columnCount())]
    assert cells == ["Write", "", "", "Mia", "2027-02-01", "Planned", "Leaflet"]
    with map_.document.edit("Rename") as tx:
        set_fields(tx, [map_.card], title="Flyer")
    assert page.table.index(0, 6).data() == "Flyer"


def test_a_text_is_written_in_one_step(page: TablePage, map_: TabledMap) -> None:
    go(page, 1, "owner")
    press(page, Qt.Key.Key_F2)
    write(page, " and Lea")
    press(page, Qt.Key.Key_Return)
    assert map_.item(map_.second).owner == "Ken and Lea"
    assert map_.steps_back == 1
    assert page.view.cells.editor is None


def test_typing_writes_anew_and_tab_goes_on(page: TablePage, map_: TabledMap) -> None:
    go(page, 0, "strategy")
    write(page, "Phone")
    press(page, Qt.Key.Key_Tab)
    write(page, "Shops")
    press(page, Qt.Key.Key_Tab)
    item = map_.item(map_.first)
    assert (item.strategy, item.focus_area) == ("Phone", "Shops")
    assert page.view.currentIndex().column() == 2
    assert map_.steps_back == 2


def test_escape_leaves_the_old_text(page: TablePage, map_: TabledMap) -> None:
    go(page, 0, "strategy")
    write(page, "Nonsense")
    press(page, Qt.Key.Key_Escape)
    assert map_.item(map_.first).strategy == "Write"
    assert map_.document.history.is_clean


def test_a_date_is_read_or_refused_in_a_sentence(page: TablePage, map_: TabledMap) -> None:
    said: list[str] = []
    page.said.connect(said.append)
    go(page, 1, "due")
    write(page, "soon")
    press(page, Qt.Key.Key_Return)
    assert page.view.cells.editor is not None
    assert map_.item(map_.second).due is None
    assert said == ["Please write a date such as 2027-03-01."]
    press(page, Qt.Key.Key_Escape)
    write(page, "2027-05-06")
    press(page, Qt.Key.Key_Return)
    assert map_.item(map_.second).due == date(2027, 5, 6)


def test_a_date_is_chosen_from_a_calendar(page: TablePage, map_: TabledMap) -> None:
    go(page, 0, "due")
    press(page, Qt.Key.Key_F2)
    editor = page.view.cells.editor
    assert isinstance(editor, DateEditor)
    editor.open_calendar()
    QApplication.processEvents()
    assert editor.calendar is not None
    assert editor.calendar.hasFocus()
    assert page.view.cells.editor is editor, "the calendar belongs to the cell"
    editor.calendar.clicked.emit(QDate(2027, 2, 20))
    assert map_.item(map_.first).due == date(2027, 2, 20)
    assert page.view.cells.editor is None
    assert map_.steps_back == 1


def test_what_is_typed_is_written_when_the_focus_leaves(page: TablePage, map_: TabledMap, room: QWidget) -> None:
    go(page, 0, "strategy")
    write(page, "Phone")
    other = QWidget(room)
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    other.show()
    other.setFocus()
    assert map_.item(map_.first).strategy == "Phone"
    assert page.view.cells.editor is None


def test_what_an_input_method_composed_is_written_where_one_goes_on(page: TablePage, map_: TabledMap) -> None:
    """Until it has kept a text the keyboard stays in the table, whose keys then close the editor."""
    go(page, 0, "owner")
    composing, kept = QInputMethodEvent("に", []), QInputMethodEvent("", [])
    kept.setCommitString("日本")
    QApplication.sendEvent(page.view, composing)
    assert page.view.cells.editor is not None
    QApplication.sendEvent(typing_in(page), kept)
    QTest.keyClick(page.view, Qt.Key.Key_Down)
    let_go_of_the_deleted()
    assert page.view.cells.editor is None
    assert map_.item(map_.first).owner == "日本"
    assert map_.steps_back == 1
    press(page, Qt.Key.Key_F2)
    write(page, "!")
    press(page, Qt.Key.Key_Return)
    assert map_.item(map_.second).owner == "Ken!"


def test_a_new_row_that_an_input_method_began_is_made_where_one_goes_on(page: TablePage, map_: TabledMap) -> None:
    go(page, 3, "strategy")
    QApplication.sendEvent(page.view, QInputMethodEvent("に", []))
    write(page, "Listen")
    QTest.keyClick(page.view, Qt.Key.Key_Up)
    let_go_of_the_deleted()
    assert strategies(page) == ["Write", "Call", "Ask", "Listen"]
    assert page.view.currentIndex().row() == 2
    assert page.view.cells.editor is None
    assert map_.steps_back == 1


@pytest.mark.parametrize("is_current", [True, False])
def test_a_row_that_goes_takes_with_it_what_is_written_in_it(
    page: TablePage, map_: TabledMap, is_current: bool
) -> None:
    go(page, 1, "owner")
    QApplication.sendEvent(page.view, QInputMethodEvent("に", []))
    assert page.view.cells.editor is not None
    if is_current:
        typing_in(page).setFocus()
        write(page, "Lea")
    with map_.document.edit("Delete") as tx:
        delete(tx, [map_.second])
    let_go_of_the_deleted()
    page.commit()
    assert page.view.cells.editor is None
    assert strategies(page) == ["Write", "Ask"]


def test_a_status_is_chosen_from_a_menu(page: TablePage, map_: TabledMap) -> None:
    go(page, 0, "status")
    press(page, Qt.Key.Key_Return)
    menu = page.view.menu
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Planned", "In progress", "Done", "Dropped"]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert map_.item(map_.first).status == "in_progress"
    assert map_.steps_back == 1


def test_cards_are_chosen_in_one_step(page: TablePage, map_: TabledMap) -> None:
    go(page, 0, "cards")
    press(page, Qt.Key.Key_Return)
    picker = page.view.picker
    assert picker is not None
    for title in ("Shop", "Reads"):
        picker.search.setText(title)
        QTest.keyClick(picker.search, Qt.Key.Key_Return)
    picker.close()
    assert set(map_.item(map_.first).cards) == {map_.card, map_.other_card, map_.action}
    assert map_.steps_back == 1


def test_writing_in_the_empty_row_adds_a_record(page: TablePage, map_: TabledMap) -> None:
    go(page, 0, "strategy")
    press(page, Qt.Key.Key_Return, CTRL)
    write(page, "Listen")
    press(page, Qt.Key.Key_Tab)
    write(page, "Shops")
    press(page, Qt.Key.Key_Return)
    made = action_items(map_.document.store)[-1]
    assert (made.strategy, made.focus_area) == ("Listen", "Shops")
    assert map_.document.history.undo_label == "Change focus area"
    map_.document.undo()
    assert map_.document.history.undo_label == "Add action"
    map_.document.undo()
    assert strategies(page) == ["Write", "Call", "Ask"]
    assert page.view.selected_ids == [page.table.ids[page.view.currentIndex().row()]]


def test_an_empty_row_left_empty_adds_nothing(page: TablePage, map_: TabledMap) -> None:
    page.begin()
    press(page, Qt.Key.Key_Return)
    assert map_.document.history.is_clean


def test_another_row_keeps_what_was_written_in_the_one_before(page: TablePage, map_: TabledMap) -> None:
    """Also where nothing was, as after a double click on the button; Qt would refuse to edit a cell twice."""
    page.begin()
    page.begin()
    assert page.view.cells.editor is not None
    write(page, "Listen")
    page.begin()
    assert page.view.cells.editor is not None
    assert strategies(page) == ["Write", "Call", "Ask", "Listen"]
    assert map_.steps_back == 1


def test_rows_are_deleted_and_come_back(page: TablePage, map_: TabledMap) -> None:
    said: list[str] = []
    page.said.connect(said.append)
    page.view.select_ids([map_.first, map_.second])
    page.view.setFocus()
    press(page, Qt.Key.Key_Delete)
    assert strategies(page) == ["Ask"]
    assert said == ["Deleted 2 actions. Ctrl+Z brings them back."]
    assert map_.steps_back == 1
    map_.document.undo()
    assert strategies(page) == ["Write", "Call", "Ask"]


def test_rows_are_moved_with_the_keyboard(page: TablePage, map_: TabledMap) -> None:
    go(page, 0, "owner")
    press(page, Qt.Key.Key_Down, ALT)
    assert strategies(page) == ["Call", "Write", "Ask"]
    assert page.table.record(page.view.currentIndex().row()) == map_.item(map_.first)
    press(page, Qt.Key.Key_Down, ALT)
    press(page, Qt.Key.Key_Down, ALT)
    assert strategies(page) == ["Call", "Ask", "Write"]
    press(page, Qt.Key.Key_Up, ALT)
    assert strategies(page) == ["Call", "Write", "Ask"]
    assert map_.steps_back == 3


def test_sorting_changes_nothing_on_the_map(page: TablePage, map_: TabledMap) -> None:
    go(page, 0, "owner")
    click_heading(page, "owner")
    assert strategies(page) == ["Ask", "Call", "Write"]
    assert page.table.record(page.view.currentIndex().row()) == map_.item(map_.first)
    click_heading(page, "owner")
    assert strategies(page) == ["Write", "Call", "Ask"]
    click_heading(page, "due")
    assert strategies(page) == ["Ask", "Write", "Call"]
    click_heading(page, "due")
    assert strategies(page) == ["Write", "Ask", "Call"], "what is empty comes last either way"
    assert map_.document.history.is_clean
    press(page, Qt.Key.Key_Down, ALT)
    assert map_.document.history.is_clean, "sorted rows have no place of their own"
    click_heading(page, "due")
    assert strategies(page) == ["Write", "Call", "Ask"]


def test_rows_are_cut(page: TablePage, map_: TabledMap) -> None:
    before = strategies(page)
    go(page, 0, "strategy")
    press(page, Qt.Key.Key_X, CTRL)
    assert strategies(page) == before[1:]
    assert QApplication.clipboard().text().split("\t")[0] == before[0]
    press(page, Qt.Key.Key_V, CTRL)
    assert strategies(page) == before
    assert map_.steps_back == 2


def test_rows_go_to_a_spreadsheet_and_come_back(page: TablePage, map_: TabledMap) -> None:
    before = action_items(map_.document.store)
    go(page, 0, "strategy")
    press(page, Qt.Key.Key_A, CTRL)
    press(page, Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text().splitlines()[0] == "Write\t\t\tMia\t2027-02-01\tPlanned\tLeaflet"
    press(page, Qt.Key.Key_Delete)
    press(page, Qt.Key.Key_V, CTRL)
    after = action_items(map_.document.store)
    kept = [item.model_dump(exclude={"id", "order"}) for item in after]
    assert kept == [item.model_dump(exclude={"id", "order"}) for item in before]
    assert map_.steps_back == 2


def test_pasting_leaves_out_what_it_cannot_read(page: TablePage, map_: TabledMap) -> None:
    said: list[str] = []
    page.said.connect(said.append)
    QApplication.clipboard().setText("Strategy\tFocus area\nListen\tShops\t\tLea\tsoon\tdone\tNo such card\n")
    page.view.setFocus()
    go(page, 3, "strategy")
    press(page, Qt.Key.Key_V, CTRL)
    made = action_items(map_.document.store)[-1]
    assert (made.strategy, made.owner, made.due, made.status, made.cards) == ("Listen", "Lea", None, "done", ())
    assert said == ["Cells that were not understood and stay empty: 2."]
    assert len(action_items(map_.document.store)) == 4


def test_the_table_follows_what_others_change(page: TablePage, map_: TabledMap) -> None:
    go(page, 2, "owner")
    with map_.document.edit("Elsewhere") as tx:
        set_fields(tx, [map_.third], strategy="Answer")
        add_action_item(tx, "Early", before=map_.first)
    assert strategies(page) == ["Early", "Write", "Call", "Answer"]
    assert page.table.record(page.view.currentIndex().row()) == map_.item(map_.third)
    map_.document.undo()
    assert strategies(page) == ["Write", "Call", "Ask"]


def test_a_row_leads_to_its_cards_and_is_marked_by_them(page: TablePage, map_: TabledMap) -> None:
    led: list[list[str]] = []
    page.led.connect(led.append)
    page.view.setFocus()
    go(page, 2, "owner")
    assert led == [[map_.other_card]]
    page.set_selection([map_.card], [map_.card])
    assert [page.table.index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(3)] == [True, False, False]


def test_selected_cards_are_linked_to_the_row(page: TablePage, map_: TabledMap) -> None:
    page.set_selection([map_.action], [map_.action])
    go(page, 0, "owner")
    assert page.link_button is not None
    assert page.link_button.text() == "Link “Reads it”"
    page.link_button.click()
    assert set(map_.item(map_.first).cards) == {map_.card, map_.action}
    assert map_.steps_back == 1


def test_an_empty_table_says_what_it_is_for(room: QWidget, map_: TabledMap) -> None:
    page = shown_page(kinds.feedback_log(), room, map_)
    assert page.empty.isVisible()
    assert page.empty.sentence.text().startswith("The feedback log keeps")
    page.empty.button.click()
    write(page, "Hotline")
    press(page, Qt.Key.Key_Return)
    assert strategies(page) == ["Hotline"]
    map_.document.undo()
    assert page.table.ids == []


def test_sources_are_cited_by_cards(room: QWidget, map_: TabledMap) -> None:
    page = shown_page(kinds.source_list(), room, map_)
    page.set_selection([map_.card], [map_.card])
    go(page, 0, "sample_size")
    write(page, "15")
    press(page, Qt.Key.Key_Return)
    page.link()
    [source] = sources(map_.document.store)
    assert source == map_.document.store.of(Source, map_.source)
    assert source.sample_size == 15
    assert map_.document.store[map_.card].targets("sources") == (map_.source,)
    assert page.table.index(0, 6).data() == "Leaflet"
    go(page, 0, "address")
    write(page, "no address")
    said: list[str] = []
    page.said.connect(said.append)
    press(page, Qt.Key.Key_Return)
    assert page.view.cells.editor is not None
    assert len(said) == 1
    press(page, Qt.Key.Key_Escape)


def test_research_lists_what_nobody_has_evidence_for(room: QWidget, map_: TabledMap) -> None:
    with map_.document.edit("Say") as tx:
        set_fields(tx, [map_.card], standing="evidenced")
        set_fields(tx, [map_.other_card], standing="assumption")
    page = shown_page(kinds.research_list(), room, map_)
    point = page.table.ids.index(map_.point)
    assert [page.table.index(point, column).data() for column in range(4)] == [
        "curious",
        "Emotion point · Mia",
        "Awareness › Hears of it",
        "Not said",
    ]
    assert set(page.table.ids) == {map_.action, map_.other_card, map_.point}
    go(page, page.table.ids.index(map_.other_card), "standing")
    press(page, Qt.Key.Key_Return)
    menu = page.view.menu
    assert menu is not None
    menu.actions()[-1].trigger()
    assert set(page.table.ids) == {map_.action, map_.point}
    assert map_.document.store[map_.other_card].standing == "evidenced"  # type: ignore[attr-defined]


def test_stages_are_analysed_and_marked_by_what_lies_in_them(room: QWidget, map_: TabledMap) -> None:
    page = shown_page(kinds.stage_analysis(), room, map_)
    assert strategies(page) == ["Awareness", "Purchase"]
    go(page, 0, "key_insights")
    write(page, "Price first")
    press(page, Qt.Key.Key_Return)
    assert map_.document.store[map_.stage].key_insights == "Price first"  # type: ignore[attr-defined]
    page.set_selection([map_.card], [map_.card])
    assert [page.table.index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(2)] == [True, False]
    press(page, Qt.Key.Key_Delete)
    assert strategies(page) == ["Awareness", "Purchase"]


def test_the_menu_of_a_row_says_its_keys(page: TablePage, map_: TabledMap) -> None:
    spot = page.view.visualRect(page.table.index(1, 3)).center()
    reason = QContextMenuEvent.Reason.Mouse
    viewport = page.view.viewport()
    QApplication.sendEvent(viewport, QContextMenuEvent(reason, spot, viewport.mapToGlobal(spot)))
    menu = page.view.menu
    assert menu is not None
    lines = {action.text().replace("&", ""): action for action in menu.actions()}
    assert lines["Move up"].shortcut().toString() == "Alt+Up"
    lines["Sort by “Owner”"].trigger()
    assert strategies(page) == ["Ask", "Call", "Write"]
    lines["Delete rows"].trigger()
    assert strategies(page) == ["Ask", "Write"]
    assert map_.steps_back == 1
    menu.close()


def test_a_thousand_rows(page: TablePage, map_: TabledMap) -> None:
    with map_.document.edit("Many") as tx:
        made = [add_action_item(tx, f"Action {number:04}", owner=str(number % 7)) for number in range(1000)]
    assert page.table.rowCount() == 1004
    click_heading(page, "strategy")
    page.view.go_to(made[-1], 3)
    press(page, Qt.Key.Key_F2)
    write(page, "x")
    press(page, Qt.Key.Key_Return)
    assert map_.document.store.of(ActionItem, made[-1]).owner == "5x"  # type: ignore[union-attr]
    assert page.view.verticalHeader().sectionResizeMode(0) == QHeaderView.ResizeMode.Fixed
    map_.document.undo()
    map_.document.undo()
    assert strategies(page) == ["Ask", "Call", "Write"]
