"""Copies of cards: by Ctrl+D, and by dragging with Alt or Ctrl held."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.model.queries import cards_in, links_of
from app.model.records import Card
from tests.canvas.test_gestures import card_of, other_cell
from tests.window.hands import Hands

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize("keys", [ALT, CONTROL])
def test_a_drag_with_alt_or_control_leaves_the_original(hands: Hands, keys: Qt.KeyboardModifier) -> None:
    before, count = hands.bytes(), len(hands.document.records)
    original = card_of(hands, "Plan page")
    lane, step = other_cell(hands, "Plan page")
    hands.hold(hands.middle(original.id), hands.cell(lane, step), keys)
    assert hands.view.viewport().cursor().shape() == Qt.CursorShape.DragCopyCursor
    hands.release(*hands.cell(lane, step), keys=keys)
    assert hands.document.store[original.id] == original
    [copy] = [hands.document.store[id] for id in hands.view.selection]
    assert isinstance(copy, Card)
    assert copy.id != original.id
    assert (copy.title, copy.lane, copy.step) == ("Plan page", lane, step)
    assert len(hands.document.records) == count + 1
    assert hands.document.history.undo_label == "Duplicate card"
    hands.window.editing.undo()
    assert hands.bytes() == before
    assert hands.document.history.undo_label is None


def test_the_key_may_be_pressed_and_let_go_in_the_middle(hands: Hands) -> None:
    original = card_of(hands, "Plan page")
    end = hands.cell(*other_cell(hands, "Plan page"))
    hands.hold(hands.middle(original.id), end)
    assert card_of(hands, "Plan page").step != original.step
    QTest.keyPress(hands.view, Qt.Key.Key_Control)
    assert hands.document.store[original.id] == original
    assert len([card for card in hands.document.records if getattr(card, "title", "") == "Plan page"]) == 2
    QTest.keyRelease(hands.view, Qt.Key.Key_Control, CONTROL)
    assert card_of(hands, "Plan page").step != original.step
    hands.release(*end)
    assert hands.document.history.undo_label == "Move card"


def test_a_cancelled_copy_leaves_every_byte(hands: Hands) -> None:
    before = hands.bytes()
    hands.hold(hands.middle(hands.card("Plan page")), hands.cell(*other_cell(hands, "Plan page")), CONTROL)
    assert hands.bytes() != before
    hands.key(Qt.Key.Key_Escape)
    assert hands.bytes() == before
    assert hands.view.selection.ids == {hands.card("Plan page")}


def test_many_cards_are_copied_on_release(hands: Hands) -> None:
    store = hands.document.store
    lanes = {row.lane for row in hands.layout.rows[:3]}
    ids = [card.id for card in hands.document.records if isinstance(card, Card) and card.lane in lanes]
    ids = [id for id in ids if hands.layout.column_of[store[id].__dict__["step"]] in hands.layout.columns[:6]]
    assert len(ids) > 12
    hands.view.selection.select(ids)
    held = store.of(Card, ids[0])
    assert held is not None
    steps = [column.step for column in hands.layout.columns]
    count = len(hands.document.records)
    hands.hold(hands.middle(held.id), hands.cell(held.lane, steps[steps.index(held.step) + 1]), ALT)
    assert len(hands.document.records) == count
    hands.release(*hands.cell(held.lane, steps[steps.index(held.step) + 1]), keys=ALT)
    assert len(hands.view.selection) == len(ids)
    assert len(hands.document.records) >= count + len(ids)
    assert hands.document.history.undo_label == f"Duplicate {len(ids)} cards"


def test_control_d_duplicates_cards_with_their_links(hands: Hands) -> None:
    store = hands.document.store
    link = next(iter(store.of_type("link")))
    ends = [link.__dict__["source"], link.__dict__["target"]]
    hands.view.selection.select(ends)
    hands.key(Qt.Key.Key_D, CONTROL)
    copies = list(hands.view.selection)
    assert len(copies) == 2
    assert not set(copies) & set(ends)
    assert any({new.source, new.target} == set(copies) for new in links_of(store, copies[0]))
    original = store.of(Card, ends[0])
    assert original is not None
    siblings = [card.id for card in cards_in(store, original.lane, original.step)]
    assert siblings[siblings.index(ends[0]) + 1] in copies
    assert hands.document.history.undo_label == "Duplicate 2 cards"


def test_only_cards_can_be_duplicated(hands: Hands) -> None:
    before = hands.bytes()
    hands.view.selection.select([hands.layout.bands[0].stage])
    hands.window.actions_["duplicate"].trigger()
    assert hands.bytes() == before
    assert "Only cards" in hands.window.statusBar().currentMessage()


def test_shift_keeps_a_card_in_its_row(hands: Hands) -> None:
    original = card_of(hands, "Plan page")
    lane, step = other_cell(hands, "Plan page")
    x, y = hands.middle(original.id)
    hands.press(x, y)
    for part in (2.0, 20.0, 46.0):
        hands.move(x + part, y + part / 2, SHIFT)
    hands.release(x + 46.0, y + 23.0, keys=SHIFT)
    assert (card_of(hands, "Plan page").lane, card_of(hands, "Plan page").step) == (lane, step)
