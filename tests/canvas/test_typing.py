"""Writing on the sheet with a real keyboard and mouse: where the text goes, what is one step, what puts it back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.canvas.selection import Cell
from app.layout.fields import FieldPlace, field_place
from app.model.edits import set_fields
from app.model.queries import stages
from app.model.records import Card, EmotionPoint, Link
from tests.window.hands import LEFT, PLAIN, Hands

Key = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def text_of(hands: Hands, id: str, field: str = "title") -> str:
    return str(getattr(hands.document.store[id], field))


def type_(hands: Hands, text: str) -> None:
    if text.isascii():
        QTest.keyClicks(hands.view, text)
        return
    for char in text:  # QTest has no keys for these
        QApplication.sendEvent(hands.view, QKeyEvent(QEvent.Type.KeyPress, 0, PLAIN, char))


def place_of(hands: Hands, id: str, field: str = "title") -> FieldPlace:
    found = field_place(hands.layout, hands.document.store[id], field)
    assert found is not None
    return found


def double_click(hands: Hands, x: float, y: float) -> None:
    spot = hands.pixel(x, y)
    QTest.mouseClick(hands.view.viewport(), LEFT, PLAIN, spot)
    QTest.mouseDClick(hands.view.viewport(), LEFT, PLAIN, spot)


def double_click_on(hands: Hands, id: str, field: str = "title") -> None:
    rect = place_of(hands, id, field).rect
    double_click(hands, rect.x + 0.1, rect.y + rect.h / 2)


@pytest.fixture
def card(hands: Hands) -> str:
    """A card that is selected."""
    id = hands.card("Plan page")
    hands.view.selection.select([id])
    hands.view.reveal_current()
    return id


def test_f2_edits_at_the_end_and_enter_keeps_it_as_one_step(hands: Hands, card: str) -> None:
    before = hands.bytes()
    hands.window.actions_["edit_text"].trigger()
    type_(hands, " of the shop")
    assert text_of(hands, card) == "Plan page of the shop", "the map shows it while one types"
    assert hands.document.history.undo_label is None
    hands.key(Key.Key_Return)
    assert not hands.view.editing.is_active
    assert text_of(hands, card) == "Plan page of the shop"
    assert hands.document.history.undo_label == "Edit text"
    hands.window.editing.undo()
    assert hands.bytes() == before
    assert hands.document.history.undo_label is None


def test_typing_on_a_selected_card_replaces_its_text_and_esc_brings_it_back(hands: Hands, card: str) -> None:
    before = hands.bytes()
    type_(hands, "New")
    assert text_of(hands, card) == "New"
    assert hands.window.statusBar().currentMessage()
    hands.key(Key.Key_Escape)
    assert hands.bytes() == before
    assert hands.document.history.undo_label is None
    assert hands.view.selection.ids == {card}


def test_the_row_grows_while_one_types(hands: Hands, card: str) -> None:
    record = hands.document.store.of(Card, card)
    assert record is not None
    height = hands.layout.row_of[record.lane].h
    hands.key(Key.Key_Return)
    for _ in range(8):
        hands.key(Key.Key_Return, SHIFT)
        type_(hands, "line")
    assert hands.layout.row_of[record.lane].h > height
    assert text_of(hands, card).count("\n") == 8
    hands.key(Key.Key_Escape)
    assert hands.layout.row_of[record.lane].h == height


def test_double_clicks_edit_whatever_has_a_text(hands: Hands) -> None:
    store = hands.document.store
    link = next(record for record in store if isinstance(record, Link) and record.label)
    point = next(record for record in store if isinstance(record, EmotionPoint) and record.label)
    stage = stages(store)[0].id
    step, lane = hands.layout.columns[0].step, hands.layout.rows[0].lane
    for id, field in (("map", "title"), (stage, "title"), (step, "title"), (lane, "title")):
        hands.view.show_beginning()
        double_click_on(hands, id, field)
        assert hands.view.editing.target == (id, field)
        type_(hands, "X")
        hands.key(Key.Key_Return)
        assert text_of(hands, id, field).startswith("X")
        assert hands.document.history.undo_label == "Edit text"
    for id in (point.id, link.id):
        hands.view.selection.select([id])
        hands.view.reveal_current()
        hands.key(Key.Key_F2)
        hands.window.actions_["edit_text"].trigger()
        assert hands.view.editing.target == (id, "label")
        type_(hands, "!")
        hands.key(Key.Key_Return)
        assert text_of(hands, id, "label").endswith("!")


def test_a_cards_body_is_edited_where_it_stands(hands: Hands) -> None:
    id = next(r.id for r in hands.document.records if isinstance(r, Card) and r.body)
    hands.view.selection.select([id])
    hands.view.reveal_current()
    double_click_on(hands, id, "body")
    assert hands.view.editing.target == (id, "body")
    hands.key(Key.Key_Escape)
    hands.window.actions_["edit_details"].trigger()
    assert hands.view.editing.target == (id, "body")


def test_an_empty_body_gets_its_place_at_once(hands: Hands, card: str) -> None:
    before = hands.bytes()
    assert not text_of(hands, card, "body")
    height = hands.rect(card).h
    hands.window.actions_["edit_details"].trigger()
    assert hands.rect(card).h > height
    hands.key(Key.Key_Return)
    assert hands.bytes() == before
    assert hands.document.history.undo_label is None
    hands.window.actions_["edit_details"].trigger()
    type_(hands, "two")
    hands.key(Key.Key_Return)
    assert text_of(hands, card, "body") == "two"


def test_a_click_elsewhere_and_lost_focus_keep_the_text(hands: Hands, card: str) -> None:
    type_(hands, "One")
    other = hands.card("Sales hotline")
    hands.click(*hands.middle(other))
    assert text_of(hands, card) == "One"
    assert hands.view.selection.ids == {other}
    type_(hands, "Two")
    QApplication.sendEvent(hands.view, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason))
    assert hands.view.editing.is_active, "a menu takes the focus for a moment only"
    QApplication.sendEvent(hands.view, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.MouseFocusReason))
    assert not hands.view.editing.is_active
    assert text_of(hands, other) == "Two"


def test_the_mouse_puts_the_caret_and_selects(hands: Hands, card: str) -> None:
    hands.key(Key.Key_Return)
    rect = place_of(hands, card).rect
    middle = rect.y + rect.h / 2
    hands.click(rect.x, middle)
    assert hands.view.editing.buffer.caret == 0
    hands.press(rect.x, middle)
    hands.move(rect.x + 40.0, middle)
    hands.release(rect.x + 40.0, middle)
    assert hands.view.editing.buffer.selected_text == "Plan page"
    double_click(hands, rect.x + 1.0, middle)
    assert hands.view.editing.buffer.selected_text == "Plan"
    assert hands.document.store.of(Card, card) is not None


@pytest.mark.usefixtures("card")
def test_keys_move_select_and_erase(hands: Hands) -> None:
    hands.key(Key.Key_Return)
    buffer = hands.view.editing.buffer
    hands.key(Key.Key_Left, CONTROL)
    assert buffer.caret == 5
    hands.key(Key.Key_Home)
    hands.key(Key.Key_Right, SHIFT)
    assert buffer.selected_text == "P"
    hands.key(Key.Key_End, SHIFT)
    assert buffer.selected_text == "Plan page"
    hands.key(Key.Key_Left)
    assert (buffer.caret, buffer.selected_text) == (0, "")
    hands.key(Key.Key_Delete)
    hands.key(Key.Key_End)
    hands.key(Key.Key_Backspace)
    assert buffer.text == "lan pag"
    hands.key(Key.Key_Backspace, CONTROL)
    assert buffer.text == "lan "
    hands.key(Key.Key_Up)
    assert buffer.caret == 0
    hands.key(Key.Key_Down)
    assert buffer.caret == 4


def test_the_clipboard_and_the_texts_own_undo(hands: Hands, card: str) -> None:
    hands.key(Key.Key_Return)
    hands.key(Key.Key_A, CONTROL)
    hands.key(Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "Plan page"
    hands.key(Key.Key_X, CONTROL)
    assert text_of(hands, card) == ""
    QGuiApplication.clipboard().setText("one\r\ntwo\tthree\x07")
    hands.key(Key.Key_V, CONTROL)
    assert text_of(hands, card) == "one\ntwo three"
    type_(hands, " more words")
    hands.key(Key.Key_Z, CONTROL)
    assert text_of(hands, card) == "one\ntwo three more "
    for _ in range(5):
        hands.key(Key.Key_Z, CONTROL)
    assert text_of(hands, card) == "Plan page"
    hands.key(Key.Key_Z, CONTROL | SHIFT)
    assert text_of(hands, card) == ""
    hands.key(Key.Key_Escape)
    assert hands.document.history.undo_label is None


def test_keys_of_the_menu_are_the_texts_while_one_edits(hands: Hands, card: str) -> None:
    hands.key(Key.Key_Return)
    hands.window.activateWindow()
    QTest.keyClick(hands.window.windowHandle(), Key.Key_A, CONTROL)
    QTest.keyClick(hands.window.windowHandle(), Key.Key_Delete)
    assert text_of(hands, card) == ""
    QTest.keyClick(hands.window.windowHandle(), Key.Key_Z, CONTROL)
    assert text_of(hands, card) == "Plan page"
    assert card in hands.document.store


def test_a_title_takes_five_hundred_characters(hands: Hands, card: str) -> None:
    QGuiApplication.clipboard().setText("x" * 600)
    hands.key(Key.Key_Return)
    hands.key(Key.Key_A, CONTROL)
    hands.key(Key.Key_V, CONTROL)
    assert text_of(hands, card) == "x" * 500
    assert "500" in hands.window.statusBar().currentMessage()
    type_(hands, "y")
    hands.key(Key.Key_Return)
    assert text_of(hands, card) == "x" * 500


def test_saving_keeps_what_is_being_written(hands: Hands, card: str) -> None:
    type_(hands, "Saved")
    hands.window.save()
    assert not hands.window.isWindowModified()
    assert text_of(hands, card) == "Saved"


@pytest.mark.parametrize("zoom", [0.6, 1.0, 2.0, 4.0])
def test_the_text_stays_where_it_will_print(hands: Hands, card: str, zoom: float) -> None:
    hands.window.resize(2200, 1200)  # so that the whole card is in view, however large
    hands.view.zoom_to(zoom)
    hands.view.reveal_current()
    before = place_of(hands, card)
    view = hands.view.viewportTransform()
    hands.key(Key.Key_Return)
    assert place_of(hands, card) == before
    assert hands.view.viewportTransform() == view
    hands.key(Key.Key_Escape)
    assert hands.view.viewportTransform() == view
    assert place_of(hands, card) == before


def type_size(hands: Hands) -> float:
    """Pixels of the text that is being edited."""
    place = hands.view.editing._place()
    assert place is not None
    return place.text.block.style.size * 96 / 72 * hands.view.zoom


@pytest.mark.parametrize("zoom", [0.08, 0.3, 0.5])
@pytest.mark.parametrize("what", ["card", "body", "step", "lane", "cell"])
def test_nobody_writes_what_cannot_be_read(hands: Hands, card: str, zoom: float, what: str) -> None:
    record = hands.document.store.of(Card, card)
    assert record is not None
    hands.view.zoom_to(zoom)
    if what == "cell":
        hands.view.selection.select_cell(Cell(record.lane, record.step))
    else:
        hands.view.selection.select([{"step": record.step, "lane": record.lane}.get(what, card)])
    assert hands.view.cells.edit_body() if what == "body" else hands.view.cells.edit()
    assert 7.0 <= type_size(hands) <= 13.0
    caret = hands.view.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    assert isinstance(caret, QRectF)
    assert QRectF(hands.view.viewport().rect()).contains(caret.center())
    hands.view.zoom_to(zoom)
    type_(hands, "x")
    assert type_size(hands) >= 7.0, "also where one has zoomed out in the middle of it"


def test_the_title_of_the_map_is_read_at_small_zoom_too(hands: Hands) -> None:
    hands.view.zoom_to(0.4)
    hands.window.writing.edit_title()
    assert hands.view.zoom == pytest.approx(0.4)
    assert type_size(hands) > 12.0


def test_right_to_left_the_caret_goes_with_the_reading(open_sample: Callable[[str], Hands]) -> None:
    hands = open_sample("arabic")
    id = next(r.id for r in hands.document.records if isinstance(r, Card))
    hands.view.selection.select([id])
    hands.view.reveal_current()
    type_(hands, "مرحبا بك")
    assert text_of(hands, id) == "مرحبا بك"
    rect = place_of(hands, id).rect
    caret = hands.view.editing.caret_rect()
    assert caret is not None
    assert caret.x < rect.right - 5.0
    hands.key(Key.Key_Home)
    home = hands.view.editing.caret_rect()
    assert home is not None
    assert home.x == pytest.approx(rect.right, abs=0.3)
    hands.key(Key.Key_Left)
    assert hands.view.editing.buffer.caret == 1


def test_an_emoji_is_one_character(hands: Hands, card: str) -> None:
    hands.key(Key.Key_Return)
    family = "👨‍👩‍👧"
    hands.view.editing.insert(f"{family}e\u0301")
    hands.key(Key.Key_Backspace)
    assert text_of(hands, card) == f"Plan page{family}e"
    hands.key(Key.Key_Backspace)
    assert text_of(hands, card) == f"Plan page{family}"
    hands.key(Key.Key_Left)
    assert hands.view.editing.buffer.caret == len("Plan page")
    hands.key(Key.Key_Delete)
    assert text_of(hands, card) == "Plan page"


def test_headers_that_stay_in_sight_are_edited_where_they_are(hands: Hands) -> None:
    hands.view.bring(QPointF(0, 0), QPointF(0, 0), 1.5)
    hands.view.scroll_by(0, 400 + hands.layout.head.y * hands.view.transform().m11())
    step = hands.layout.columns[0].step
    shift = hands.scene.head.y()
    assert shift > 0
    rect = place_of(hands, step).rect
    double_click(hands, rect.x + rect.w / 2, rect.y + rect.h / 2 + shift)
    assert hands.view.editing.target == (step, "title")
    assert hands.scene.head.y() == shift
    query = hands.view.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    assert hands.view.viewport().rect().contains(query.toAlignedRect())  # type: ignore[attr-defined]


def test_writing_ends_what_the_mouse_had_begun(hands: Hands, card: str) -> None:
    """A key between the press and the drag: the text is written, and nothing is dragged."""
    start = hands.middle(card)
    hands.press(*start)
    type_(hands, "New")
    hands.move(start[0] + 40.0, start[1] + 30.0)
    assert not hands.view.is_dragging
    hands.release(start[0] + 40.0, start[1] + 30.0)
    assert hands.view.editing.commit()
    assert text_of(hands, card) == "New"
    assert hands.document.undo()
    assert text_of(hands, card) == "Plan page"


def test_an_input_method_ends_a_rubber_band(hands: Hands, card: str) -> None:
    rect = hands.rect(card)
    hands.hold((rect.x - 2.5, rect.y + 1.0), (rect.x - 1.0, rect.y + 30.0))
    assert hands.view.is_dragging
    hands.view.selection.select([card])
    QApplication.sendEvent(hands.view, QInputMethodEvent("に", []))
    assert hands.view.editing.is_active
    assert not hands.view.is_dragging


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Escape])
def test_what_is_said_of_a_text_is_over_with_it(hands: Hands, card: str, key: Key) -> None:
    type_(hands, "x")
    assert text_of(hands, card) == "x"
    assert "Esc brings it back" in hands.window.statusBar().currentMessage()
    hands.key(key)
    assert hands.window.statusBar().currentMessage() == ""


def test_what_is_composed_gives_way_at_the_limit(hands: Hands, card: str) -> None:
    """Pasting while an input method composes: what is kept and what is composed fit into the record together."""
    QGuiApplication.clipboard().setText("W" * 498)
    assert hands.view.cells.type("")
    hands.key(Key.Key_V, CONTROL)
    QApplication.sendEvent(hands.view, QInputMethodEvent("にほ", []))
    assert text_of(hands, card) == "W" * 498 + "にほ"
    hands.key(Key.Key_V, CONTROL)
    assert text_of(hands, card) == "W" * 500
    assert hands.view.editing.commit()
    assert text_of(hands, card) == "W" * 500


def test_a_name_that_is_still_missing_is_replaced_by_what_one_types(hands: Hands) -> None:
    step = hands.layout.columns[0].step
    with hands.document.edit("Rename") as tx:
        set_fields(tx, [step], title="New step")
    rect = place_of(hands, step).rect
    double_click(hands, rect.x + rect.w / 2, rect.y + rect.h / 2)
    type_(hands, "Looks around")
    assert text_of(hands, step) == "Looks around"


def test_rich_text_from_elsewhere_is_pasted_as_plain_text(hands: Hands, card: str) -> None:
    data = QMimeData()
    data.setHtml("<p><b>Three</b> <i>pages</i></p>")
    data.setText("Three pages")
    QGuiApplication.clipboard().setMimeData(data)
    assert hands.view.cells.type("")
    hands.key(Key.Key_V, CONTROL)
    hands.key(Key.Key_Return)
    assert text_of(hands, card) == "Three pages"


def copy_formatted(html: str) -> None:
    """As programs copy that offer nothing beside the formatting."""
    data = QMimeData()
    data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)


def test_text_that_is_copied_with_nothing_but_its_formatting_is_pasted_without_it(hands: Hands, card: str) -> None:
    copy_formatted("<p><b>Three</b> pages &amp; <img src='x.png'>a form</p><script>run()</script>")
    assert hands.view.cells.type("")
    hands.key(Key.Key_V, CONTROL)
    hands.key(Key.Key_Return)
    assert text_of(hands, card) == "Three pages & a form"


@pytest.mark.usefixtures("card")
def test_each_formatted_line_becomes_a_card(hands: Hands) -> None:
    copy_formatted("<ul><li>First</li><li><i>Second</i></li></ul>")
    assert hands.view.cells.paste()
    assert [text_of(hands, id) for id in hands.view.selection] == ["First", "Second"]
