"""Find in map: the bar below the map, its keys, what it marks and where it leads."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.canvas.found_marks import FoundItem
from app.canvas.selection import Cell
from app.model.edits import add_action_item, add_comment, delete, set_fields, set_map
from app.model.queries import cards_in, columns, lanes
from app.model.records import Card
from app.window.find_bar import FindBar
from app.window.finding import LARGE, Finding
from app.window.tables.page import TablePage
from app.window.window import MainWindow
from tests.window.hands import Hands, windows_of

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


class Finder:
    """Who searches a map with the keyboard."""

    def __init__(self, hands: Hands, qtbot: QtBot) -> None:
        self.hands = hands
        self._qtbot = qtbot
        hands.window.activateWindow()
        hands.view.setFocus()
        qtbot.waitUntil(hands.view.hasFocus)

    @property
    def finding(self) -> Finding:
        return self.hands.window.finding

    @property
    def bar(self) -> FindBar:
        return self.finding.bar

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """To whatever has the keyboard, shortcuts first."""
        handle = self.hands.window.windowHandle()
        assert handle is not None
        QTest.keyClick(handle, key, keys)
        self.settle()

    def write(self, words: str) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, words)
        self.settle()

    def settle(self) -> None:
        """Until the search is done."""
        if self.hands.window._finding is not None:
            self._qtbot.waitUntil(lambda: not self.finding.is_due)

    def find(self, words: str) -> None:
        self.press(Key.Key_F, CONTROL)
        self.write(words)

    @property
    def marks(self) -> int:
        return sum(len(item._outlines) for item in self.hands.scene.items() if isinstance(item, FoundItem))

    @property
    def titles(self) -> list[str]:
        """What is selected."""
        store = self.hands.document.store
        return [getattr(store[id], "title", id) for id in self.hands.view.selection]


@pytest.fixture
def finder(hands: Hands, qtbot: QtBot) -> Finder:
    return Finder(hands, qtbot)


def holding(hands: Hands, word: str) -> list[str]:
    """The titles of the cards whose title or text has a word, step by step and from lane to lane."""
    store = hands.document.store
    cells = [(lane.id, step.id) for step in columns(store) for lane in lanes(store)]
    found = [card for cell in cells for card in cards_in(store, *cell)]
    return [card.title for card in found if word in f"{card.title} {card.body} {getattr(card, 'owner', '')}".lower()]


def test_typing_marks_all_hits_and_goes_to_the_first(finder: Finder) -> None:
    before, wanted = finder.hands.bytes(), holding(finder.hands, "router")
    assert len(wanted) > 4
    assert not finder.hands.window.findChildren(FindBar), "made when it is first asked for"
    finder.find("ROUT")
    assert QApplication.focusWidget() is finder.bar.field
    assert finder.bar.isVisible()
    assert finder.titles == wanted[:1]
    assert finder.marks >= len(wanted)
    total = len(finder.finding.hits)
    numbers = {hit.id: number for number, hit in enumerate(finder.finding.hits, start=1)}
    assert finder.bar.count.text() == f"{numbers[finder.hands.view.selection.current or '']} of {total}"
    assert finder.hands.bytes() == before
    assert finder.hands.document.history.undo_label is None


def test_enter_goes_on_and_back_and_round_the_ends(finder: Finder) -> None:
    finder.find("router")
    shown = []
    for _ in finder.finding.hits:
        shown.append(finder.bar.count.text())
        finder.press(Key.Key_Return)
    total = len(finder.finding.hits)
    at = shown.index(f"1 of {total}")
    assert shown[at:] + shown[:at] == [f"{number} of {total}" for number in range(1, total + 1)]
    assert finder.bar.count.text() == shown[0], "round"
    finder.press(Key.Key_Return, SHIFT)
    assert finder.bar.count.text() == shown[-1]
    finder.press(Key.Key_F3)
    finder.press(Key.Key_G, CONTROL)
    assert finder.bar.count.text() == shown[1]
    finder.press(Key.Key_F3, SHIFT)
    assert finder.bar.count.text() == shown[0]
    assert QApplication.focusWidget() is finder.bar.field, "all the time"


def test_going_round_is_said(finder: Finder) -> None:
    with finder.hands.document.edit("Write") as tx:
        set_fields(tx, [finder.hands.card("Router"), finder.hands.card("Order form")], body="Zyx")
    status = finder.hands.window.statusBar()
    finder.find("zyx")
    assert finder.titles == ["Router"]
    finder.press(Key.Key_Return)
    assert (finder.titles, status.currentMessage()) == (["Order form"], "")
    finder.press(Key.Key_Return)
    assert (finder.titles, status.currentMessage()) == (["Router"], "On from the beginning of the map.")
    finder.press(Key.Key_F3, SHIFT)
    assert (finder.titles, status.currentMessage()) == (["Order form"], "On from the end of the map.")


def test_the_hit_is_brought_into_sight_clear_of_the_bar(finder: Finder) -> None:
    hands = finder.hands
    finder.find("router")
    for _ in finder.finding.hits:
        current = hands.view.selection.current
        if isinstance(hands.document.store.get(current), Card):
            spot = hands.pixel(*hands.middle(current or ""))
            assert hands.view.viewport().rect().contains(spot), current
        finder.press(Key.Key_Return)
    assert hands.view.geometry().bottom() < finder.bar.geometry().top()


def test_escape_gives_the_keyboard_back_and_leaves_nothing(finder: Finder) -> None:
    finder.find("router")
    at = finder.titles
    finder.press(Key.Key_Escape)
    assert finder.hands.view.hasFocus()
    assert not finder.bar.isVisible()
    assert finder.marks == 0
    assert finder.bar.count.text() == "", "no reader says that nothing was found"
    assert finder.titles == at, "one works on there"
    with finder.hands.document.edit("Write") as tx:
        set_fields(tx, [finder.hands.card("Leaflet")], body="Router")
    assert not finder.finding.is_due, "nobody looks any more"


def test_the_words_sought_last_wait_to_be_replaced(finder: Finder) -> None:
    finder.find("router")
    finder.press(Key.Key_Escape)
    finder.press(Key.Key_F, CONTROL)
    assert finder.bar.field.selectedText() == "router"
    assert finder.marks > 4
    finder.write("poster")
    assert finder.bar.words == "poster"
    assert finder.titles == ["Poster at the tram stop"]


def test_find_next_without_the_bar_opens_it_and_goes_on(finder: Finder) -> None:
    finder.press(Key.Key_F3)
    assert finder.bar.isVisible(), "there is nothing to be sought yet"
    assert QApplication.focusWidget() is finder.bar.field
    finder.write("router")
    first = finder.titles
    finder.press(Key.Key_Escape)
    finder.press(Key.Key_F3)
    assert finder.bar.isVisible()
    assert finder.titles not in ([], first)


def test_it_goes_on_behind_what_is_selected(finder: Finder) -> None:
    hands, store = finder.hands, finder.hands.document.store
    ids = [hands.card(title) for title in ("Router", "Order form", "Set-up app")]
    with hands.document.edit("Write") as tx:
        set_fields(tx, ids, body="Zyx")
    finder.find("zyx")
    for selected, following in zip(ids, [*ids[1:], ids[0]], strict=True):
        hands.click(*_visible(finder, selected))
        assert hands.view.hasFocus()
        assert finder.bar.count.text() == f"{ids.index(selected) + 1} of 3"
        finder.press(Key.Key_F3)
        assert list(hands.view.selection) == [following]
        assert hands.view.hasFocus(), "the keyboard stays in the map"
    card = store[ids[1]]
    assert isinstance(card, Card)
    hands.view.selection.select_cell(Cell(card.lane, card.step))
    assert finder.bar.count.text() == "3 found"
    finder.press(Key.Key_F3)
    assert list(hands.view.selection) == [ids[2]]


def _visible(finder: Finder, id: str) -> tuple[float, float]:
    finder.hands.view.reveal(finder.hands.rect(id))
    return finder.hands.middle(id)


def test_hits_follow_the_map(finder: Finder) -> None:
    hands = finder.hands
    finder.find("zyx")
    assert finder.bar.count.text() == "Not found"
    assert not finder.bar.on.isEnabled()
    assert finder.titles == []
    card = hands.card("Router")
    with hands.document.edit("Write") as tx:
        set_fields(tx, [card], title="Zyx")
    finder.settle()
    assert (finder.bar.count.text(), finder.marks, finder.titles) == ("1 found", 1, [])
    finder.press(Key.Key_Return)
    assert (finder.bar.count.text(), finder.titles) == ("1 of 1", ["Zyx"])
    hands.window.actions_["undo"].trigger()
    finder.settle()
    assert (finder.bar.count.text(), finder.marks) == ("Not found", 0)
    hands.window.actions_["redo"].trigger()
    with hands.document.edit("Delete") as tx:
        delete(tx, [card])
    finder.press(Key.Key_Return)
    assert (finder.bar.count.text(), finder.marks) == ("Not found", 0)


def test_marks_follow_what_moves(finder: Finder) -> None:
    hands = finder.hands
    with hands.document.edit("Write") as tx:
        set_fields(tx, [hands.card("Router")], title="Zyx")
    finder.find("zyx")
    [mark] = [item for item in hands.scene.items() if isinstance(item, FoundItem) and item._outlines]
    hands.window.editing.move_selection(1, 0)
    assert [outline.rect for outline in mark._outlines] == [hands.rect(hands.card("Zyx"))]


def test_where_the_words_are_is_said_where_the_map_does_not_show_it(finder: Finder) -> None:
    hands = finder.hands
    with hands.document.edit("Write") as tx:
        add_comment(tx, hands.card("Leaflet"), "Who has ordered and paid for the zyx in 2024?")
        set_fields(tx, [hands.card("Router")], owner="Team Zyx")
        set_map(tx, objective="Less zyx")
    finder.find("zyx")
    said = []
    for _ in range(3):
        said.append((finder.bar.count.text(), finder.titles, finder.bar.where.words))
        finder.press(Key.Key_Return)
    isolated = {words.replace("\u2068", "").replace("\u2069", "") for _, _, words in said}
    assert isolated == {
        "Objective: Less zyx",
        "Owner: Team Zyx",
        "Comment: …and paid for the zyx in 2024?",
    }
    places = {count: titles for count, titles, _ in said}
    assert places == {"1 of 3": [], "2 of 3": ["Router"], "3 of 3": ["Leaflet"]}


def test_a_row_of_a_table_is_shown_there_with_the_next_key_and_not_while_one_types(finder: Finder) -> None:
    hands = finder.hands
    with hands.document.edit("Write") as tx:
        row = add_action_item(tx, "Send the zyx")
    finder.find("zyx")
    assert finder.bar.count.text() == "1 found"
    assert not hands.window.docks.is_shown("tables")
    finder.press(Key.Key_Return)
    assert finder.bar.count.text() == "1 of 1"
    tables = hands.window.docks._tables
    assert tables is not None
    assert isinstance(tables.page, TablePage)
    assert tables.page.view.selected_ids == [row]
    assert QApplication.focusWidget() is finder.bar.field


def test_a_hidden_lane_is_shown_for_its_hit(finder: Finder) -> None:
    hands = finder.hands
    card = hands.card("No word on faults")
    hands.view.map_filter.toggle_lanes("pain_points")
    assert hands.scene.outline(card) is None
    finder.find("no word on")
    assert list(hands.view.selection) == [card]
    assert hands.scene.outline(card) is not None
    assert finder.marks == 1


def test_a_hit_in_a_folded_lane_is_shown_where_its_lane_lies(finder: Finder) -> None:
    hands = finder.hands
    card = hands.card("No word on faults")
    lane = hands.document.store[card]
    assert isinstance(lane, Card)
    with hands.document.edit("Fold") as tx:
        set_fields(tx, [lane.lane], collapsed=True)
    finder.find("no word on")
    assert list(hands.view.selection) == [card]
    assert finder.marks == 1


def on_a_copy(finder: Finder) -> Finder:
    """On a sample that has no file, which gives way to whatever is opened next."""
    finder.hands.window.open_sample("broadband")
    window = windows_of(finder.hands.window)[-1]
    finder._qtbot.addWidget(window)
    window.finish()
    return Finder(Hands(window), finder._qtbot)


def test_the_start_page_and_another_map_end_the_search(finder: Finder) -> None:
    finder = on_a_copy(finder)
    finder.find("router")
    finder.hands.window.show_start_page()
    assert not finder.bar.isVisible()
    assert finder.finding.hits == []
    finder.hands.window.open_sample("clinic")
    other = Finder(Hands(finder.hands.window), finder._qtbot)
    assert not other.bar.isVisible()
    assert other.marks == 0
    other.press(Key.Key_F, CONTROL)
    assert other.bar.field.selectedText() == "router"
    other.hands.window.open_sample("japanese")
    assert not other.bar.isVisible()
    assert Finder(Hands(finder.hands.window), finder._qtbot).marks == 0


def test_the_same_map_read_anew_is_searched_on(finder: Finder) -> None:
    hands = finder.hands
    finder.find("router")
    total = len(finder.finding.hits)
    with hands.document.edit("Write") as tx:
        set_fields(tx, [hands.card("Leaflet")], body="Router")
    finder.settle()
    assert len(finder.finding.hits) == total + 1
    hands.window.revert()
    finder._qtbot.waitUntil(lambda: hands.window.session is not None and not hands.window.session.is_modified)
    again = Finder(Hands(hands.window), finder._qtbot)
    again.settle()
    assert again.bar.isVisible()
    assert len(again.finding.hits) == total
    assert again.marks > 4


def test_a_text_under_way_is_kept(finder: Finder) -> None:
    hands = finder.hands
    hands.view.selection.select([hands.card("Router")])
    finder.press(Key.Key_F2)
    QTest.keyClicks(hands.view, "Zyx")
    assert hands.view.editing.is_active
    finder.find("zyx")
    assert not hands.view.editing.is_active
    assert finder.bar.count.text() == "1 of 1"


def test_a_drag_is_not_disturbed(finder: Finder) -> None:
    hands = finder.hands
    finder.press(Key.Key_F, CONTROL)
    card = hands.card("Router")
    start = _visible(finder, card)
    hands.hold(start, (start[0] + 60, start[1]))
    assert hands.view.is_dragging
    finder.bar.field.setText("poster at")
    QApplication.processEvents()
    assert hands.view.is_dragging
    assert list(hands.view.selection) == [card]
    hands.key(Key.Key_Escape)
    hands.release(*start)
    finder.settle()
    assert finder.titles == ["Poster at the tram stop"]


def test_a_large_map_is_searched_when_one_stops_typing(finder: Finder) -> None:
    hands = finder.hands
    card = hands.document.store[hands.card("Router")]
    with hands.document.edit("Fill") as tx:
        for number in range(LARGE):
            tx.put(card.changed(id=f"c_{number}", title=f"Zyx {number}"))
    finder.press(Key.Key_F, CONTROL)
    QTest.keyClicks(finder.bar.field, "zyx")
    assert finder.finding.hits == [], "the letters come first"
    finder.settle()
    assert finder.bar.count.text() == f"1 of {LARGE}"
    QTest.keyClicks(finder.bar.field, " 7")
    finder.press(Key.Key_Return)
    assert finder.titles == ["Zyx 7"], "who does not wait need not"


def test_the_bar_can_be_used_by_keyboard_and_is_named(finder: Finder) -> None:
    finder.find("router")
    bar = finder.bar
    names = [bar.field.accessibleName(), *(button.accessibleName() for button in (bar.back, bar.on, bar.cross))]
    assert names == [
        *("Find in map", "Previous place (Shift+Enter, Shift+F3)", "Next place (Enter, F3)", "Close (Esc)"),
    ]
    before = bar.count.text()
    QTest.keyClick(bar.field, Key.Key_Tab)
    assert bar.back.hasFocus()
    QTest.keyClick(bar.back, Key.Key_Tab)
    finder.press(Key.Key_Return)
    assert bar.count.text() != before
    assert bar.on.hasFocus()
    finder.press(Key.Key_Escape)
    assert not bar.isVisible()
    assert finder.hands.view.hasFocus()


def test_with_the_mouse(finder: Finder) -> None:
    finder.find("router")
    first = finder.bar.count.text()
    QTest.mouseClick(finder.bar.on, Qt.MouseButton.LeftButton)
    assert finder.bar.count.text() != first
    QTest.mouseClick(finder.bar.back, Qt.MouseButton.LeftButton)
    assert finder.bar.count.text() == first
    assert finder.bar.field.hasFocus()
    QTest.mouseClick(finder.bar.cross, Qt.MouseButton.LeftButton)
    assert not finder.bar.isVisible()
    assert finder.hands.view.hasFocus()


def test_without_a_map_there_is_nothing_to_find_in(window: MainWindow) -> None:
    window.show_start_page()
    for name in ("find", "find_next", "find_previous"):
        assert not window.actions_[name].isEnabled()
