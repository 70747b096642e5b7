"""A card that becomes one of another kind: in the menu, in the inspector, and what is said of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.model.edits import add_card, add_lane, set_fields
from app.model.records import Card, Lane
from app.window.actions_found import found_actions
from app.window.panels.fields.choices import CardKindEditor
from tests.window.hands import Hands


def action(hands: Hands, kind: str) -> QAction:
    found = hands.window.findChild(QAction, f"change_kind_{kind}")
    assert isinstance(found, QAction)
    return found


def kind_editor(hands: Hands) -> CardKindEditor:
    inspector = hands.window.docks.inspector
    assert inspector is not None
    editor = inspector.rows["kind"].editor
    assert isinstance(editor, CardKindEditor)
    return editor


def kinds(hands: Hands, *ids: str) -> list[str]:
    return [record.kind for id in ids if isinstance(record := hands.document.store[id], Card)]


@pytest.fixture
def pain(hands: Hands) -> str:
    """A pain point that somebody has judged, selected."""
    card = next(record.id for record in hands.document.records if getattr(record, "kind", "") == "pain_point")
    with hands.document.edit("Judge") as tx:
        set_fields(tx, [card], severity=4, frequency=None, votes=12)
    hands.view.selection.select([card])
    return card


def test_the_menu_changes_the_kind_in_one_step_and_says_what_was_left_out(hands: Hands, pain: str) -> None:
    before = hands.bytes()
    action(hands, "opportunity").trigger()
    assert kinds(hands, pain) == ["opportunity"]
    assert list(hands.view.selection) == [pain]
    said = hands.window.statusBar().currentMessage()
    assert "Severity, Votes" in said
    assert "Ctrl+Z" in said
    hands.window.editing.undo()
    assert hands.bytes() == before
    assert list(hands.view.selection) == [pain]


def test_several_kinds_become_one(hands: Hands, pain: str) -> None:
    card = hands.card("Plan page")
    hands.view.selection.select([pain, card])
    assert kind_editor(hands).box.currentIndex() == -1
    assert kind_editor(hands).box.placeholderText() == "Mixed"
    action(hands, "insight").trigger()
    assert kinds(hands, pain, card) == ["insight", "insight"]
    assert kind_editor(hands).box.currentText() == "Insight"
    hands.window.editing.undo()
    assert kinds(hands, pain, card) == ["pain_point", "touchpoint"]
    assert kind_editor(hands).box.placeholderText() == "Mixed"


def test_only_cards_have_a_kind_to_change(hands: Hands, pain: str) -> None:
    assert action(hands, "note").isEnabled()
    hands.view.selection.select([next(iter(hands.document.store.ids_of_type("stage")))])
    assert not action(hands, "note").isEnabled()
    assert not hands.window.actions_.submenus["card_kind"].isEnabled()
    hands.view.selection.select([pain])
    assert action(hands, "note").isEnabled()


def test_the_inspector_changes_the_kind_and_shows_the_fields_of_the_new_one(hands: Hands, pain: str) -> None:
    hands.window.activateWindow()
    inspector = hands.window.docks.inspector
    assert inspector is not None
    assert list(inspector.rows)[:3] == ["kind", "title", "severity"]
    box = kind_editor(hands).box
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert kinds(hands, pain) == ["opportunity"]
    assert list(inspector.rows)[:3] == ["kind", "title", "impact"]
    assert kind_editor(hands).box.currentText() == "Opportunity"
    assert QApplication.focusWidget() is kind_editor(hands).box, "the next key goes on from there"
    assert "Severity" in hands.window.statusBar().currentMessage()
    hands.window.editing.undo()
    assert list(inspector.rows)[:3] == ["kind", "title", "severity"]
    assert kind_editor(hands).box.currentText() == "Pain point"


@pytest.mark.usefixtures("pain")
def test_the_command_palette_knows_every_kind(hands: Hands) -> None:
    found = {each.id: each for each in found_actions(hands.window)}
    assert found["change_kind_opportunity"].path == ("Edit", "Change kind of card")
    assert found["change_kind_opportunity"].action.isEnabled()


@pytest.mark.usefixtures("pain")
def test_a_kind_that_it_is_already_is_no_step(hands: Hands) -> None:
    label = hands.document.history.undo_label
    action(hands, "pain_point").trigger()
    assert hands.document.history.undo_label == label
    assert "Already" in hands.window.statusBar().currentMessage()


def test_a_card_that_no_longer_fits_its_lane_stays_and_it_is_said_how_to_move_it(hands: Hands, pain: str) -> None:
    lane = hands.document.store.of(Lane, hands.document.store[pain].__dict__["lane"])
    assert lane is not None
    assert lane.kind == "pain_points"
    action(hands, "opportunity").trigger()
    said = hands.window.statusBar().currentMessage()
    assert said.endswith(f" Still in the lane “{lane.title}”; Alt+Up and Alt+Down move cards.")
    assert hands.document.store[pain].__dict__["lane"] == lane.id
    action(hands, "pain_point").trigger()
    assert "lane" not in hands.window.statusBar().currentMessage(), "it fits again"


def test_nothing_is_said_of_a_lane_that_takes_anything(hands: Hands) -> None:
    step = next(iter(hands.document.store.ids_of_type("step")))
    with hands.document.edit("Add") as tx:
        notes, actions = add_lane(tx, "notes"), add_lane(tx, "actions")
        cards = [add_card(tx, "note", notes, step), add_card(tx, "insight", actions, step)]
    hands.view.selection.select(cards)
    action(hands, "question").trigger()
    assert kinds(hands, *cards) == ["question", "question"]
    assert hands.window.statusBar().currentMessage() == "Changed to the kind “Question”."
