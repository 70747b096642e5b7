"""Every change in the inspector is one step that can be undone, and a bad one changes nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTableView, QWidget

from app.model.edits import add_source, move_cards
from app.model.queries import columns
from app.window.panels.fields.choices import ChoiceEditor, SegmentEditor
from app.window.panels.fields.parsed import DateEditor
from app.window.panels.fields.sliders import SliderEditor
from app.window.panels.fields.swatches import ColorEditor
from app.window.panels.fields.texts import TextEditor
from app.window.panels.inspector import Inspector
from tests.window.panels.inspecting import leave, line, retype, sentence
from tests.window.small_map import SmallMap

# Writing


def test_typing_changes_the_record_letter_by_letter_in_one_step(
    small: SmallMap, select: Callable[..., Inspector]
) -> None:
    inspector = select(small.card)
    retype(line(inspector, "title"), "Poster")
    assert small[small.card] == small[small.card].changed(title="Poster")
    leave(inspector)
    assert small.steps_back == 1
    assert small.document.history.undo_label == "Change title"


def test_leaving_the_field_ends_the_step(small: SmallMap, select: Callable[..., Inspector]) -> None:
    inspector = select(small.card)
    title = line(inspector, "title")
    retype(title, "A")
    leave(inspector)
    title.setFocus()
    QTest.keyClicks(title, "B")
    assert small.steps_back == 2


def test_enter_ends_the_step(small: SmallMap, select: Callable[..., Inspector]) -> None:
    title = line(select(small.card), "title")
    retype(title, "A")
    QTest.keyClick(title, Qt.Key.Key_Return)
    QTest.keyClicks(title, "B")
    assert small.steps_back == 2


def test_a_box_takes_several_lines_and_tab_leaves_it(small: SmallMap, select: Callable[..., Inspector]) -> None:
    inspector = select(small.card)
    editor = inspector.rows["body"].editor
    assert isinstance(editor, TextEditor)
    editor.box.setFocus()
    QTest.keyClicks(editor.box, "one")
    QTest.keyClick(editor.box, Qt.Key.Key_Return)
    QTest.keyClicks(editor.box, "two")
    QTest.keyClick(editor.box, Qt.Key.Key_Tab)
    assert small[small.card] == small[small.card].changed(body="one\ntwo")
    assert not editor.box.hasFocus()
    assert small.steps_back == 1


def test_a_box_grows_with_its_text(select: Callable[..., Inspector], small: SmallMap) -> None:
    editor = select(small.card).rows["body"].editor
    assert isinstance(editor, TextEditor)
    before = editor.box.height()
    editor.box.setPlainText("\n".join("abcde"))
    assert editor.box.height() > before
    editor.box.setPlainText("\n" * 100)
    assert editor.box.height() < 200


def test_the_map_itself_is_written(small: SmallMap, inspector: Inspector) -> None:
    retype(line(inspector, "title"), "Bigger")
    assert small.document.map.title == "Bigger"


@pytest.mark.parametrize("key", [Qt.Key.Key_E, Qt.Key.Key_K])
def test_keys_of_the_window_are_no_keys_of_a_text_field(small: SmallMap, inspector: Inspector, key: Qt.Key) -> None:
    window = inspector.window()
    ran: list[Qt.Key] = []
    action = QAction("Export", window)
    action.setShortcut(QKeySequence(f"Ctrl+{chr(key)}"))
    action.triggered.connect(lambda: ran.append(key))
    window.addAction(action)
    for name in ("title", "objective"):
        field = inspector.rows[name].editor.focusProxy()
        assert field is not None
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_Home)
        override = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.ControlModifier)
        override.ignore()
        QApplication.sendEvent(field, override)
        assert not override.isAccepted()
        QTest.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)
    assert ran == [key, key]
    assert small.document.map.title == "Small"


def test_undo_in_a_text_field_is_the_documents(small: SmallMap, inspector: Inspector) -> None:
    window = inspector.window()
    undo = QAction("Undo", window)
    undo.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
    undo.triggered.connect(small.document.undo)
    window.addAction(undo)
    title = line(inspector, "title")
    retype(title, "Bigger")
    QTest.keyClick(title, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert small.document.map.title == "Small"
    assert title.text() == "Small"


def test_a_channel_is_chosen_or_written(small: SmallMap, select: Callable[..., Inspector]) -> None:
    inspector = select(small.card)
    channel = line(inspector, "channel")
    retype(channel, "e-MAIL")
    QTest.keyClick(channel, Qt.Key.Key_Return)
    assert small[small.card] == small[small.card].changed(channel="email")
    retype(channel, "Pigeon")
    leave(inspector)
    assert small[small.card] == small[small.card].changed(channel="Pigeon")
    assert small.steps_back == 2


def test_choosing_a_channel_from_the_list_says_where_it_is(small: SmallMap, select: Callable[..., Inspector]) -> None:
    editor: Any = select(small.card).rows["channel"].editor
    assert editor._badge.text() == "offline"
    editor.box.setCurrentIndex(editor.box.findText("Website"))
    editor.box.activated.emit(editor.box.currentIndex())
    assert small[small.card] == small[small.card].changed(channel="website")
    assert editor._badge.text() == "online"
    assert inspector_icon_follows(small, select)


def inspector_icon_follows(small: SmallMap, select: Callable[..., Inspector]) -> bool:
    shown = select(small.card).header._shown
    return shown is not None and shown.icon == "globe"


def test_segments_are_chosen_by_mouse_and_by_arrow_keys(small: SmallMap, select: Callable[..., Inspector]) -> None:
    editor = select(small.card).rows["online"].editor
    assert isinstance(editor, SegmentEditor)
    assert [button.text() for button in editor.buttons] == ["By channel", "Online", "Offline"]
    QTest.mouseClick(editor.buttons[1], Qt.MouseButton.LeftButton)
    assert small[small.card] == small[small.card].changed(online=True)
    editor.buttons[1].setFocus()
    QTest.keyClick(editor.buttons[1], Qt.Key.Key_Right)
    assert small[small.card] == small[small.card].changed(online=False)
    assert editor.buttons[2].hasFocus()
    assert small.steps_back == 2


def test_a_stage_gets_a_colour_from_the_swatches(small: SmallMap, select: Callable[..., Inspector]) -> None:
    editor = select(small.stage).rows["color"].editor
    assert isinstance(editor, ColorEditor)
    assert editor.swatches[0].isChecked()
    QTest.mouseClick(editor.swatches[2], Qt.MouseButton.LeftButton)
    assert small[small.stage] == small[small.stage].changed(color="#0F766E")
    QTest.keyClick(editor.swatches[2], Qt.Key.Key_Right)
    assert small[small.stage] == small[small.stage].changed(color="#B45309")
    QTest.mouseClick(editor.swatches[0], Qt.MouseButton.LeftButton)
    assert small[small.stage] == small[small.stage].changed(color=None)
    assert small.steps_back == 3


def test_any_other_colour_can_be_written(small: SmallMap, select: Callable[..., Inspector]) -> None:
    inspector = select(small.mia)
    editor = inspector.rows["color"].editor
    assert isinstance(editor, ColorEditor)
    retype(editor.hex.line, "336699")
    QTest.keyClick(editor.hex.line, Qt.Key.Key_Return)
    assert small[small.mia] == small[small.mia].changed(color="#336699")
    retype(editor.hex.line, "blue")
    QTest.keyClick(editor.hex.line, Qt.Key.Key_Return)
    assert sentence(inspector, "color") == "Please write a colour such as #1D4ED8."
    leave(inspector)
    assert editor.hex.line.text() == "#336699"


def test_a_width_is_a_number_or_automatic(small: SmallMap, select: Callable[..., Inspector]) -> None:
    inspector = select(small.step)
    width = line(inspector, "width")
    assert width.placeholderText() == "Automatic"
    retype(width, "60.5")
    leave(inspector)
    assert small[small.step] == small[small.step].changed(width=60.5)
    width.setFocus()
    QTest.keyClick(width, Qt.Key.Key_Up)
    QTest.keyClick(width, Qt.Key.Key_Up)
    assert small[small.step] == small[small.step].changed(width=62.5)
    leave(inspector)
    width.setFocus()
    width.clear()
    leave(inspector)
    assert small[small.step] == small[small.step].changed(width=None)
    assert small.steps_back == 3


@pytest.mark.parametrize(
    ("typed", "said"),
    [("5", "It has to be at least 20."), ("999", "It can be at most 400."), ("wide", "Please write a number.")],
)
def test_a_bad_number_is_answered_and_the_old_one_stays(
    small: SmallMap, select: Callable[..., Inspector], typed: str, said: str
) -> None:
    inspector = select(small.step)
    before = small[small.step]
    width = line(inspector, "width")
    retype(width, typed)
    QTest.keyClick(width, Qt.Key.Key_Return)
    assert sentence(inspector, "width") == said
    assert small[small.step] is before
    leave(inspector)
    assert width.text() == ""
    assert small.steps_back == 0


def room(inspector: Inspector, name: str) -> str:
    words = inspector.rows[name].room
    return words.text() if words.isVisible() else ""


def paste(field: QWidget, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def box(inspector: Inspector, name: str) -> QPlainTextEdit:
    editor = inspector.rows[name].editor
    assert isinstance(editor, TextEditor)
    return editor.box


def test_a_text_that_is_too_long_is_kept_as_far_as_it_fits(small: SmallMap, select: Callable[..., Inspector]) -> None:
    inspector = select(small.card)
    title = line(inspector, "title")
    title.setFocus()
    title.setCursorPosition(4)
    paste(title, "x" * 600)
    kept = "Leaf" + "x" * 493 + "let"
    assert title.text() == kept
    assert title.cursorPosition() == 497
    assert small[small.card] == small[small.card].changed(title=kept)
    assert room(inspector, "title") == "Only 500 characters fit here; the last 107 were left out."
    QTest.keyClicks(title, "y")
    assert title.text() == kept
    assert "the last 1 were" in room(inspector, "title")
    leave(inspector)
    assert title.text() == kept, "leaving the field loses nothing"
    assert small[small.card] == small[small.card].changed(title=kept)


def test_a_long_text_has_its_own_limit(small: SmallMap, select: Callable[..., Inspector]) -> None:
    inspector = select(small.action)
    body = box(inspector, "body")
    body.setFocus()
    body.moveCursor(QTextCursor.MoveOperation.End)
    paste(body, "\N{DOG FACE}" * 9_980)
    assert room(inspector, "body") == "15 of 10,000 characters left"
    QTest.keyClicks(body, "a" * 20)
    assert body.toPlainText() == "Twice" + "\N{DOG FACE}" * 9_980 + "a" * 15
    assert small[small.action] == small[small.action].changed(body=body.toPlainText())
    assert "left out" in room(inspector, "body")
    inspector.set_selection([small.card])
    assert room(inspector, "body") == ""


def test_how_much_room_is_left_is_said_only_where_it_is_little(
    small: SmallMap, select: Callable[..., Inspector]
) -> None:
    inspector = select(small.card)
    title = line(inspector, "title")
    retype(title, "x" * 449)
    assert room(inspector, "title") == ""
    QTest.keyClicks(title, "x")
    assert room(inspector, "title") == "50 of 500 characters left"
    QTest.keyClick(title, Qt.Key.Key_Backspace)
    assert room(inspector, "title") == ""


def test_a_date_is_written_or_chosen(small: SmallMap, inspector: Inspector) -> None:
    field = line(inspector, "review_date")
    retype(field, "2027-03-01")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert small.document.map.review_date == date(2027, 3, 1)
    retype(field, "soon")
    leave(inspector)
    assert sentence(inspector, "review_date") == "Please write a date such as 2027-03-01."
    assert field.text() == "2027-03-01"
    editor = inspector.rows["review_date"].editor
    assert isinstance(editor, DateEditor)
    editor.open_calendar()
    assert editor.calendar is not None
    days = editor.calendar.findChild(QTableView)
    assert days is not None
    QTest.keyClick(days, Qt.Key.Key_Right)
    QTest.keyClick(days, Qt.Key.Key_Return)
    assert small.document.map.review_date == date(2027, 3, 2)
    assert editor.calendar is None


def test_a_language_is_chosen_by_name_or_written_as_a_tag(small: SmallMap, inspector: Inspector) -> None:
    field = line(inspector, "language")
    assert field.text() == "English"
    retype(field, "deutsch")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert small.document.map.language == "de"
    retype(field, "gsw-CH")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert small.document.map.language == "gsw-CH"
    retype(field, "!")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert sentence(inspector, "language") == "This is not written as it has to be."


def test_a_point_moves_by_its_sliders_and_one_pull_is_one_step(
    small: SmallMap, select: Callable[..., Inspector]
) -> None:
    editor = select(small.point).rows["value"].editor
    assert isinstance(editor, SliderEditor)
    assert editor.words.text() == "+1.0"
    editor.slider.setSliderDown(True)
    for step in (25, 15, 10):
        editor.slider.setSliderPosition(step)
    editor.slider.setSliderDown(False)
    assert small[small.point] == small[small.point].changed(value=-1.0)
    assert editor.words.text() == "−1.0"
    assert small.steps_back == 1
    editor.slider.setFocus()
    QTest.keyClick(editor.slider, Qt.Key.Key_Right)
    assert small[small.point] == small[small.point].changed(value=-0.9)
    assert small.steps_back == 2


def test_a_point_moves_within_its_step_and_to_another_persona(
    small: SmallMap, select: Callable[..., Inspector]
) -> None:
    inspector = select(small.point)
    place, persona = inspector.rows["at"].editor, inspector.rows["persona"].editor
    assert isinstance(place, SliderEditor)
    assert isinstance(persona, ChoiceEditor)
    place.slider.setValue(25)
    assert place.words.text() == "25 %"
    persona.box.setFocus()
    QTest.keyClick(persona.box, Qt.Key.Key_Down)
    assert small[small.point] == small[small.point].changed(at=0.25, persona=small.ken)


def test_a_card_reaches_to_a_later_step_and_back_over_its_own(
    small: SmallMap, select: Callable[..., Inspector]
) -> None:
    inspector = select(small.other_card)
    editor = inspector.rows["to_step"].editor
    assert isinstance(editor, ChoiceEditor)
    assert editor.box.currentText() == "Its own step only"
    last = columns(small.document.store)[-1]
    editor.box.activated.emit(editor.box.count() - 1)
    assert small[small.other_card] == small[small.other_card].changed(to_step=last.id)
    assert small.steps_back == 1
    pick(editor, "Its own step only")
    assert small[small.other_card] == small[small.other_card].changed(to_step=None)
    assert editor.box.currentText() == "Its own step only"
    small.document.undo()
    assert editor.box.currentIndex() == editor.box.count() - 1


def test_only_steps_after_its_own_are_offered_for_a_card_to_reach_to(
    small: SmallMap, select: Callable[..., Inspector]
) -> None:
    steps = columns(small.document.store)

    def offered(*cards: str) -> list[str]:
        editor = select(*cards).rows["to_step"].editor
        assert isinstance(editor, ChoiceEditor)
        return [editor.box.itemText(row) for row in range(1, editor.box.count())]

    for place, step in enumerate(steps):
        with small.document.edit("Move card") as tx:
            move_cards(tx, [small.card], small.lane, step.id)
        assert offered(small.card) == [later.title or "Untitled" for later in steps[place + 1 :]]
    with small.document.edit("Move cards") as tx:
        move_cards(tx, [small.other_card], small.lane, steps[0].id)
    assert offered(small.card, small.other_card) == [later.title or "Untitled" for later in steps[1:]], (
        "the first card counts"
    )


def test_a_lane_becomes_another_unless_it_holds_what_does_not_fit(
    small: SmallMap, select: Callable[..., Inspector]
) -> None:
    inspector = select(small.empty_lane)
    editor = inspector.rows["kind"].editor
    assert isinstance(editor, ChoiceEditor)
    pick(editor, "Thoughts")
    assert small[small.empty_lane] == small[small.empty_lane].changed(kind="thoughts", title="Thoughts")
    select(small.lane)
    pick(editor, "Emotion")
    assert "holds cards" in sentence(inspector, "kind")
    assert editor.box.currentText() == "Emotion"
    leave(inspector)
    select(small.actions)
    select(small.lane)
    assert editor.box.currentText() == "Touchpoints"


def pick(editor: ChoiceEditor, text: str) -> None:
    editor.box.setCurrentIndex(editor.box.findText(text))
    editor.box.activated.emit(editor.box.currentIndex())


def test_an_address_of_another_kind_is_refused_in_words(small: SmallMap, select: Callable[..., Inspector]) -> None:
    with small.document.edit("Add") as tx:
        source = add_source(tx, "Survey")
    inspector = select(source)
    retype(line(inspector, "address"), "ftp://x")
    assert sentence(inspector, "address") == "It is not an address that begins with http://, https:// or mailto:."
    retype(line(inspector, "address"), "https://example.org")
    assert sentence(inspector, "address") == ""
    assert small[source] == small[source].changed(address="https://example.org")
