"""The evidence heat map in the window: its key, its line in the menu, and its words in the status bar."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.model.analysis.coverage import Tally
from app.model.edits import set_fields
from app.model.queries import cards_in, columns, lanes
from app.model.records import Card
from app.window.heat_words import block_words, total_words
from tests.window.hands import Hands

KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def hint(hands: Hands) -> str:
    label = hands.window.statusBar().findChild(QLabel, "hint")
    assert isinstance(label, QLabel)
    return label.text()


def test_its_key_shows_and_hides_it_and_says_what_it_shows(hands: Hands) -> None:
    before = hands.bytes()
    hands.window.activateWindow()
    QTest.keyClick(hands.window, Qt.Key.Key_H, KEYS)
    heat = hands.view.heat
    assert heat is not None
    assert hands.window.actions_["heat_map"].isChecked()
    assert hands.window.statusBar().currentMessage() == total_words(heat.total)
    QTest.keyClick(hands.window, Qt.Key.Key_H, KEYS)
    assert hands.view.heat is None
    assert not hands.window.actions_["heat_map"].isChecked()
    assert hands.window.statusBar().currentMessage() == ""
    assert hands.bytes() == before


def test_the_status_bar_says_how_well_a_place_is_known(hands: Hands) -> None:
    store = hands.document.store
    card = next(
        card
        for lane in lanes(store)
        for step in columns(store)
        for card in cards_in(store, lane.id, step.id)
        if card.kind == "touchpoint"
    )
    with hands.document.edit("Forget") as tx:
        known = [record.id for record in store if isinstance(record, Card) and record.kind == "touchpoint"]
        set_fields(tx, known, standing=None)
    hands.view.selection.select([card.id])
    usual = hint(hands)
    hands.window.actions_["heat_map"].trigger()
    said = hint(hands)
    assert said.startswith("Evidence here: 0 % of ")
    with hands.document.edit("Found out") as tx:
        set_fields(tx, [card.id], standing="evidenced")
    assert hint(hands) != said
    assert "1 evidenced" in hint(hands)
    hands.window.actions_["heat_map"].trigger()
    assert hint(hands) == usual


def test_words_for_every_state() -> None:
    assert total_words(Tally()).startswith("Nothing on this map needs evidence yet")
    assert total_words(Tally(unsaid=1)).startswith("0 % of 1 claim ")
    assert total_words(Tally(2, 1, 0, 1)).startswith("75 % of 4 claims ")
    assert block_words(Tally()) == "Evidence: nothing here needs any"
    words = block_words(Tally(2, 1, 3, 4))
    assert words == "Evidence here: 30 % of 10 claims (2 evidenced, 1 partly, 3 assumed, 4 not said)"
