"""What is inserted is named at once, and both are one step; what nobody names goes again or keeps its usual name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.canvas.selection import Cell
from app.layout.drawing import Rect
from app.layout.lookup import rect_of
from app.model.edits import set_map
from app.model.queries import cards_in, columns, stages
from app.model.records import Card, Lane, Stage, Step
from app.paths import template_dir
from app.window.window import MainWindow
from tests.window.hands import Hands
from tests.window.panels.inspecting import leave, line, retype

Key = Qt.Key
NAMES = {"stage": "New stage", "step": "New step", "lane:notes": "Notes"}
ENTRIES = [*NAMES, "card:note", "card:"]


def insert(hands: Hands, entry: str) -> str:
    """As Enter in the palette, with a card selected."""
    hands.view.selection.select([hands.card("Plan page")])
    palette = hands.window.docks.palette
    assert palette is not None
    palette.list.chosen.emit(entry)
    inspector = hands.window.docks.inspector
    assert inspector is not None
    assert (hands.view if entry != "persona" else line(inspector, "name")).hasFocus()
    return str(hands.view.selection.current)


def writer() -> QWidget:
    """What has the keyboard."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def title(hands: Hands, id: str) -> str:
    record = hands.document.store[id]
    assert isinstance(record, Stage | Step | Lane | Card)
    return record.title


@pytest.mark.parametrize("entry", ENTRIES)
def test_inserting_and_naming_is_one_step(hands: Hands, entry: str) -> None:
    before = hands.bytes()
    made = insert(hands, entry)
    QTest.keyClicks(hands.view, "Onboarding")
    hands.key(Key.Key_Return)
    assert title(hands, made) == "Onboarding"
    label = hands.document.history.undo_label
    assert label is not None
    assert label.startswith("Add ")
    hands.window.editing.undo()
    assert hands.bytes() == before
    assert hands.document.history.undo_label is None
    hands.window.editing.redo()
    assert title(hands, made) == "Onboarding"


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize("typed", ["", "Never mind"])
def test_esc_takes_it_away_again(hands: Hands, entry: str, typed: str) -> None:
    before = hands.bytes()
    made = insert(hands, entry)
    QTest.keyClicks(hands.view, typed)
    hands.key(Key.Key_Escape)
    assert made not in hands.document.store
    assert hands.bytes() == before
    assert hands.document.history.undo_label is None
    assert list(hands.view.selection) == [hands.card("Plan page")], "one is where one was"


@pytest.mark.parametrize("entry", NAMES)
@pytest.mark.parametrize("empties", [False, True])
def test_a_frame_keeps_its_usual_name(hands: Hands, entry: str, empties: bool) -> None:
    made = insert(hands, entry)
    if empties:
        hands.key(Key.Key_Backspace)
        assert title(hands, made).strip() == ""
    hands.key(Key.Key_Return)
    assert title(hands, made) == NAMES[entry]
    assert hands.document.history.undo_label is not None


@pytest.mark.parametrize("leave", ["enter", "click", "pane"])
def test_an_empty_card_goes_again(hands: Hands, leave: str) -> None:
    before = hands.bytes()
    made = insert(hands, "card:pain_point")
    leaving: dict[str, Callable[[], None]] = {
        "enter": lambda: hands.key(Key.Key_Return),
        "click": lambda: hands.click(*hands.middle(hands.card("Router"))),
        "pane": hands.window.looking.next_pane,
    }
    leaving[leave]()
    assert made not in hands.document.store
    assert hands.bytes() == before
    assert hands.document.history.undo_label is None


def test_undo_takes_back_what_was_typed_and_then_what_was_made(hands: Hands) -> None:
    before = hands.bytes()
    made = insert(hands, "stage")
    QTest.keyClicks(hands.view, "Trial")
    hands.key(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert title(hands, made) == "New stage"
    hands.key(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert hands.bytes() == before
    assert not hands.view.editing.is_active


def test_what_is_saved_has_the_name(hands: Hands) -> None:
    made = insert(hands, "step")
    QTest.keyClicks(hands.view, "Signs")
    assert hands.window.save()
    assert title(hands, made) == "Signs"
    assert hands.document.history.is_clean


def test_a_point_and_a_persona_are_there_at_once(hands: Hands) -> None:
    for entry in ("point", "persona"):
        insert(hands, entry)
        assert not hands.document.is_editing
        assert not hands.view.editing.is_active
        assert hands.document.history.undo_label is not None


def test_a_label_typed_right_away_is_one_step_with_its_point(hands: Hands) -> None:
    before = hands.bytes()
    made = insert(hands, "point")
    QTest.keyClicks(hands.view, "Glad")
    hands.key(Key.Key_Return)
    assert hands.document.store[made] == hands.document.store[made].changed(label="Glad")
    assert hands.document.history.undo_label == "Add emotion point"
    QTest.keyClicks(hands.view, "Sad")
    hands.key(Key.Key_Return)
    assert hands.document.history.undo_label == "Edit text", "another label is another step"
    hands.window.editing.undo()
    hands.window.editing.undo()
    assert hands.bytes() == before
    hands.window.editing.redo()
    assert hands.document.store[made] == hands.document.store[made].changed(label="Glad")


@pytest.mark.parametrize("entry", ["point", "persona"])
@pytest.mark.parametrize("typed", ["", "Never mind"])
def test_esc_takes_back_a_point_and_a_persona(hands: Hands, entry: str, typed: str) -> None:
    before = hands.bytes()
    made = insert(hands, entry)
    QTest.keyClicks(writer(), typed)
    QTest.keyClick(writer(), Key.Key_Escape)
    assert hands.view.hasFocus()
    assert made not in hands.document.store
    assert hands.bytes() == before
    assert list(hands.view.selection) == [hands.card("Plan page")], "one is where one was"
    if not typed:
        words = hands.window.statusBar().currentMessage()
        assert words.startswith("Taken back: Add ")
        assert words.endswith("Ctrl+Y brings it again")
        hands.window.editing.redo()
        assert made in hands.document.store


def test_undo_while_labelling_takes_back_the_letters_and_then_the_point(hands: Hands) -> None:
    before = hands.bytes()
    insert(hands, "point")
    QTest.keyClicks(hands.view, "Glad")
    for _ in range(2):
        hands.key(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert hands.bytes() == before
    assert not hands.view.editing.is_active


@pytest.mark.parametrize("entry", ["point", "persona"])
def test_what_was_left_is_not_taken_back(hands: Hands, entry: str) -> None:
    made = insert(hands, entry)
    hands.view.selection.select([hands.card("Router")])
    hands.view.selection.select([made])
    hands.key(Key.Key_Escape)
    assert made in hands.document.store
    assert not hands.view.selection.ids
    hands.view.selection.select([made])
    if entry == "point":
        QTest.keyClicks(hands.view, "Glad")
        hands.key(Key.Key_Return)
        assert hands.document.history.undo_label == "Edit text"


def test_a_point_that_was_moved_or_labelled_is_not_taken_back(hands: Hands) -> None:
    made = insert(hands, "point")
    hands.window.editing.move_selection(0, -1)
    hands.key(Key.Key_Escape)
    assert made in hands.document.store
    made = insert(hands, "point")
    QTest.keyClicks(hands.view, "Glad")
    hands.key(Key.Key_Return)
    hands.key(Key.Key_Escape)
    assert made in hands.document.store


def test_the_name_of_a_new_persona_is_one_step_with_her(hands: Hands) -> None:
    before = hands.bytes()
    made = insert(hands, "persona")
    inspector = hands.window.docks.inspector
    assert inspector is not None
    name = line(inspector, "name")
    retype(name, "Olga")
    leave(inspector)
    assert hands.document.store[made] == hands.document.store[made].changed(name="Olga")
    assert hands.document.history.undo_label == "Add persona"
    retype(name, "Helga")
    leave(inspector)
    assert hands.document.history.undo_label == "Change name"
    hands.window.editing.undo()
    hands.window.editing.undo()
    assert hands.bytes() == before


def test_lines_pasted_into_a_new_card_make_a_card_each(hands: Hands) -> None:
    record = hands.document.store.of(Card, hands.card("Plan page"))
    assert record is not None
    insert(hands, "card:")
    QGuiApplication.clipboard().setText("One\nTwo")
    hands.key(Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    titles = [card.title for card in cards_in(hands.document.store, record.lane, record.step)]
    at = titles.index("Plan page")
    assert titles[at + 1 : at + 3] == ["One", "Two"]
    assert hands.document.history.undo_label == "Paste cards"
    assert "2 cards" in hands.window.statusBar().currentMessage()


def test_a_long_line_that_is_pasted_goes_on_below_the_title(hands: Hands) -> None:
    place = Cell(hands.layout.rows[0].lane, hands.layout.columns[1].step)
    hands.view.selection.select_cell(place)
    text = " ".join(f"word{number}" for number in range(200))
    QGuiApplication.clipboard().setText(text)
    hands.window.actions_["paste"].trigger()
    [made] = hands.view.selection
    card = hands.document.store.of(Card, made)
    assert card is not None
    assert len(card.title) <= 500
    assert f"{card.title} {card.body}" == text


def test_what_is_inserted_is_brought_into_view(hands: Hands) -> None:
    hands.view.zoom_to(2.0)
    hands.view.selection.clear()
    made = insert(hands, "lane:notes")
    hands.key(Key.Key_Return)
    hands.view.selection.clear()
    made = insert(hands, "lane:notes")
    rect = hands.rect(made)
    seen = hands.view.surface().visible
    assert seen.overlaps(Rect(seen.x, rect.y, 1.0, rect.h))


@pytest.mark.parametrize("entry", ["stage", "step"])
def test_a_double_click_on_a_name_that_nobody_gave_lets_one_write_another(hands: Hands, entry: str) -> None:
    made = insert(hands, entry)
    hands.key(Key.Key_Return)
    rect = rect_of(hands.layout, made)
    assert rect is not None
    hands.double_click(rect.x + rect.w / 2, rect.y + rect.h / 2)
    QTest.keyClicks(hands.view, "Ordering")
    hands.key(Key.Key_Return)
    assert title(hands, made) == "Ordering"
    hands.double_click(rect.x + rect.w / 2, rect.y + rect.h / 2)
    QTest.keyClicks(hands.view, "x")
    hands.key(Key.Key_Return)
    assert sorted(title(hands, made)) == sorted("Ordering" + "x"), "a chosen name is written on in"


def test_every_name_in_a_blank_map_gives_way_to_the_first_that_is_written(window: MainWindow) -> None:
    window.open_path(template_dir() / "blank.jmap")
    hands = Hands(window)
    store = hands.document.store
    for id in (stages(store)[0].id, columns(store)[0].id):
        hands.view.selection.select([id])
        hands.key(Key.Key_F2)
        QTest.keyClicks(hands.view, "Mine")
        hands.key(Key.Key_Return)
        assert title(hands, id) == "Mine"
    rect = hands.layout.title.rect
    hands.double_click(rect.x + 10, rect.y + 4)
    QTest.keyClicks(hands.view, "My map")
    hands.key(Key.Key_Return)
    assert hands.document.map.title == "My map"


def test_new_things_are_named_in_the_language_of_the_map(hands: Hands) -> None:
    with hands.document.edit("Translate") as tx:
        set_map(tx, language="de")
    made = {entry: insert(hands, entry) for entry in ("stage", "step", "lane:notes", "persona")}
    assert {entry: title(hands, id) for entry, id in made.items() if entry != "persona"} == {
        "stage": "Neue Phase",
        "step": "Neuer Schritt",
        "lane:notes": "Notizen",
    }
    assert getattr(hands.document.store[made["persona"]], "name", "") == "Neue Persona"
    hands.view.selection.select([made["stage"]])
    hands.view.setFocus()
    hands.key(Key.Key_F2)
    QTest.keyClicks(hands.view, "Kauf")
    hands.key(Key.Key_Return)
    assert title(hands, made["stage"]) == "Kauf", "what nobody has given is replaced by what is typed"
