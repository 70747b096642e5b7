"""Many are chosen from many: chips show them, a list that drops down finds them, and each record keeps its own."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.model.edits import add_card, add_channel, add_lane, add_persona, add_source, delete, set_fields, set_references
from app.model.queries import own_channels, sources
from app.model.records import Card, Persona
from app.window.panels.fields.chips import MOST
from app.window.panels.fields.many import ManyEditor
from app.window.panels.fields.new_channel import NewChannelDialog
from app.window.panels.fields.picker import ROW, Picker
from app.window.panels.fields.suggest import ChannelEditor
from app.window.panels.inspector import Inspector
from tests.window.small_map import SmallMap


def editor_of(inspector: Inspector, name: str) -> ManyEditor:
    editor = inspector.rows[name].editor
    assert isinstance(editor, ManyEditor)
    return editor


def opened(editor: ManyEditor) -> Picker:
    editor.chips.add.click()
    assert editor.picker is not None
    return editor.picker


def labels(editor: ManyEditor) -> list[str]:
    return [chip.text() for chip in editor.chips.chips]


def offered(picker: Picker) -> list[str]:
    return [picker.entries.option(row).label for row in range(picker.entries.rowCount())]


def personas_of(small: SmallMap, id: str) -> set[str]:
    card = small[id]
    assert isinstance(card, Card)
    return set(card.personas)


def test_many_are_chosen_in_a_row_by_search_and_enter(small: SmallMap, select: Callable[..., Inspector]) -> None:
    editor = editor_of(select(small.card), "personas")
    picker = opened(editor)
    assert offered(picker) == ["Mia", "Ken"]
    QTest.keyClicks(picker.search, "KE")
    assert offered(picker) == ["Ken"]
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert personas_of(small, small.card) == {small.ken}
    picker.search.clear()
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert personas_of(small, small.card) == {small.ken, small.mia}
    assert set(labels(editor)) == {"Mia", "Ken"}
    QTest.keyClick(picker.search, Qt.Key.Key_Down)
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert personas_of(small, small.card) == {small.mia}
    assert small.steps_back == 3


def test_nothing_found_says_so(small: SmallMap, select: Callable[..., Inspector]) -> None:
    picker = opened(editor_of(select(small.card), "personas"))
    QTest.keyClicks(picker.search, "nobody")
    assert picker.nothing.isVisible()
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert small.steps_back == 0


def test_the_list_is_as_high_as_what_was_found(small: SmallMap, select: Callable[..., Inspector]) -> None:
    with small.document.edit("Add") as tx:
        for name in ("Lea", "Leo", "Len", "Lee", "Ola"):
            add_persona(tx, name)
    picker = opened(editor_of(select(small.card), "personas"))
    for text in ("l", "le", "lea", "le", ""):
        picker.search.setText(text)
        rest = picker.height() - picker.search.height() - picker.list.height()
        assert rest < ROW, "its edges, and what is between the line and the list"


def test_a_chip_leads_to_its_record_and_its_cross_takes_it_out(
    small: SmallMap, select: Callable[..., Inspector], qtbot: QtBot
) -> None:
    with small.document.edit("Mark") as tx:
        set_references(tx, [small.card], "personas", [small.mia, small.ken])
    small.document.history.mark_saved()
    inspector = select(small.card)
    editor = editor_of(inspector, "personas")
    first = editor.chips.chips[0]
    with qtbot.waitSignal(inspector.record_requested) as signal:
        QTest.mouseClick(first, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(8, 10))
    assert signal.args == [first.option.value]
    QTest.mouseClick(first, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, first.cross.center())
    assert personas_of(small, small.card) == {small.mia, small.ken} - {first.option.value}
    left = editor.chips.chips[0]
    left.setFocus()
    QTest.keyClick(left, Qt.Key.Key_Delete)
    assert personas_of(small, small.card) == set()
    assert editor.chips.add.hasFocus()
    assert small.steps_back == 2


def test_of_several_cards_each_keeps_its_own(small: SmallMap, select: Callable[..., Inspector]) -> None:
    with small.document.edit("Mark") as tx:
        set_references(tx, [small.card], "personas", [small.mia])
    editor = editor_of(select(small.card, small.other_card), "personas")
    assert [(chip.text(), chip.is_partial) for chip in editor.chips.chips] == [("Mia", True)]
    picker = opened(editor)
    picker.list.setCurrentIndex(picker.entries.index(1))
    QTest.keyClick(picker.list, Qt.Key.Key_Space)
    assert personas_of(small, small.card) == {small.mia, small.ken}
    assert personas_of(small, small.other_card) == {small.ken}
    picker.close()
    partial = next(chip for chip in editor.chips.chips if chip.is_partial)
    QTest.keyClick(partial, Qt.Key.Key_Backspace)
    assert personas_of(small, small.card) == {small.ken}


def test_a_chip_follows_the_name_of_its_record(small: SmallMap, select: Callable[..., Inspector]) -> None:
    with small.document.edit("Mark") as tx:
        set_references(tx, [small.card], "personas", [small.mia])
    editor = editor_of(select(small.card), "personas")
    with small.document.edit("Rename") as tx:
        set_fields(tx, [small.mia], name="Maria")
    assert labels(editor) == ["Maria"]
    with small.document.edit("Delete") as tx:
        delete(tx, [small.mia])
    assert labels(editor) == []


def test_only_what_fits_is_offered(small: SmallMap, select: Callable[..., Inspector]) -> None:
    with small.document.edit("Add") as tx:
        lane = add_lane(tx, "opportunities")
        pain = add_card(tx, "pain_point", small.actions, small.step, title="Dear")
        card = add_card(tx, "opportunity", lane, small.step, title="Cheaper")
    inspector = select(card)
    assert offered(opened(editor_of(inspector, "addresses"))) == ["Dear"]
    changes = editor_of(inspector, "changes")
    picker = opened(changes)
    assert offered(picker) == ["Leaflet", "Shop"]
    picker.list.clicked.emit(picker.entries.index(1))
    assert small[card] == small[card].changed(changes=(small.other_card,))
    assert pain not in small[card].targets("changes")


def test_a_new_source_is_written_down_and_cited_in_one_step(small: SmallMap, select: Callable[..., Inspector]) -> None:
    with small.document.edit("Add") as tx:
        add_source(tx, "Survey")
    small.document.history.mark_saved()
    editor = editor_of(select(small.card, small.action), "sources")
    picker = opened(editor)
    QTest.keyClicks(picker.search, "Interviews")
    assert offered(picker) == ["Add the source “Interviews”"]
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    made = sources(small.document.store)[-1]
    assert made.title == "Interviews"
    assert small[small.card].targets("sources") == small[small.action].targets("sources") == (made.id,)
    assert labels(editor) == ["Interviews"]
    assert small.steps_back == 1


def test_channels_are_known_ones_those_of_the_map_or_any_words(
    small: SmallMap, select: Callable[..., Inspector]
) -> None:
    with small.document.edit("Add") as tx:
        own = add_channel(tx, "Pigeon")
    editor = editor_of(select(small.mia), "channels")
    picker = opened(editor)
    QTest.keyClicks(picker.search, "pige")
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    QTest.keyClick(picker.search, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(picker.search, "Smoke signs")
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    persona = small[small.mia]
    assert isinstance(persona, Persona)
    assert persona.channels == (own, "Smoke signs")
    assert labels(editor) == ["Pigeon", "Smoke signs"]


def test_a_touchpoint_can_use_a_channel_of_the_map(small: SmallMap, select: Callable[..., Inspector]) -> None:
    editor = select(small.card).rows["channel"].editor
    assert isinstance(editor, ChannelEditor)
    with small.document.edit("Add") as tx:
        own = add_channel(tx, "Pigeon", online=False)
    assert editor.line.text() == "Post"
    editor.box.activated.emit(editor.box.findText("Pigeon"))
    assert small[small.card] == small[small.card].changed(channel=own)
    assert editor.line.text() == "Pigeon"


def new_channel(inspector: Inspector) -> NewChannelDialog:
    """What the last line of the list of channels opens."""
    editor = inspector.rows["channel"].editor
    assert isinstance(editor, ChannelEditor)
    last = editor.box.count() - 1
    assert editor.box.itemText(last) == "New channel…"
    editor.box.activated.emit(last)
    assert editor.dialog is not None
    return editor.dialog


def test_a_new_channel_is_made_where_one_is_chosen(small: SmallMap, select: Callable[..., Inspector]) -> None:
    dialog = new_channel(select(small.card))
    assert not dialog.add.isEnabled()
    QTest.keyClicks(dialog.line, "Kiosk")
    dialog.icons.box.activated.emit(dialog.icons.box.findText("Monitor"))
    dialog.where.buttons[2].click()
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    [made] = own_channels(small.document.store)
    assert (made.label, made.icon, made.online) == ("Kiosk", "monitor", False)
    assert small[small.card].channel == made.id  # type: ignore[attr-defined]
    assert small.steps_back == 1, "made and chosen in one step"
    small.document.undo()
    assert not own_channels(small.document.store)
    assert small[small.card].channel == "post"  # type: ignore[attr-defined]


def test_words_that_are_no_channel_yet_become_one(small: SmallMap, select: Callable[..., Inspector]) -> None:
    with small.document.edit("Write") as tx:
        set_fields(tx, [small.card], channel="Kiosk")
    dialog = new_channel(select(small.card))
    assert dialog.line.text() == "Kiosk"
    dialog.reject()
    assert small[small.card].channel == "Kiosk"  # type: ignore[attr-defined]


def test_a_thousand_can_be_chosen_from_and_a_few_are_shown(small: SmallMap, select: Callable[..., Inspector]) -> None:
    with small.document.edit("Add") as tx:
        ids = [add_persona(tx, f"Persona {number}") for number in range(1000)]
        set_references(tx, [small.card], "personas", ids[:300])
    editor = editor_of(select(small.card), "personas")
    assert len(editor.chips.chips) == MOST
    assert editor.chips.more.text() == f"and {300 - MOST} more"
    picker = opened(editor)
    QTest.keyClicks(picker.search, "999")
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    assert ids[999] in personas_of(small, small.card)


@pytest.mark.parametrize("key", [Qt.Key.Key_Right, Qt.Key.Key_Down])
def test_arrow_keys_go_along_the_chips(small: SmallMap, select: Callable[..., Inspector], key: Qt.Key) -> None:
    with small.document.edit("Mark") as tx:
        set_references(tx, [small.card], "personas", [small.mia, small.ken])
    chips = editor_of(select(small.card), "personas").chips
    chips.chips[0].setFocus()
    QTest.keyClick(chips.chips[0], key)
    assert chips.chips[1].hasFocus()
    QTest.keyClick(chips.chips[1], key)
    assert chips.add.hasFocus()
