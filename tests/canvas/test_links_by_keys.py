"""Links without a mouse: from the selected card to where one goes, and through several selected cards."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.model.records import Card, Link
from tests.window.hands import Hands

Key = Qt.Key


def links(hands: Hands) -> set[tuple[str, str]]:
    """All links, as the titles of the cards at both ends."""
    records = [record for record in hands.document.records if isinstance(record, Link)]
    return {(title(hands, link.source), title(hands, link.target)) for link in records}


def title(hands: Hands, id: str) -> str:
    card = hands.document.store.of(Card, id)
    assert card is not None
    return card.title


def press_link(hands: Hands) -> None:
    hands.window.actions_["insert_link"].trigger()


def said(hands: Hands) -> str:
    return hands.window.statusBar().currentMessage()


def test_a_link_goes_from_the_selected_card_to_where_one_goes(hands: Hands) -> None:
    before, bytes_before = links(hands), hands.bytes()
    hands.view.selection.select([hands.card("Restarts the router")])
    press_link(hands)
    assert "press Enter" in said(hands)
    assert hands.scene.sketch._ends is None, "it leads nowhere yet"
    hands.key(Key.Key_Down)
    assert hands.scene.sketch._ends is not None, "an arrow shows where it would lead"
    assert hands.bytes() == bytes_before
    hands.key(Key.Key_Return)
    assert links(hands) - before == {("Restarts the router", "Runs a speed test")}
    [selected] = hands.view.selection
    assert isinstance(hands.document.store[selected], Link), "so that typing writes on it"
    assert hands.scene.sketch._ends is None
    assert not hands.view.editing.is_active
    hands.window.editing.undo()
    assert hands.bytes() == bytes_before


def test_the_command_ends_the_link_too(hands: Hands) -> None:
    before = links(hands)
    hands.view.selection.select([hands.card("Restarts the router")])
    press_link(hands)
    hands.key(Key.Key_Down)
    press_link(hands)
    assert links(hands) - before == {("Restarts the router", "Runs a speed test")}


def test_escape_gives_it_up_and_nothing_else(hands: Hands) -> None:
    before = hands.bytes()
    hands.view.selection.select([hands.card("Restarts the router")])
    press_link(hands)
    hands.key(Key.Key_Down)
    hands.key(Key.Key_Escape)
    assert hands.scene.sketch._ends is None
    assert len(hands.view.selection) == 1, "one is still where one went"
    hands.key(Key.Key_Return)
    assert hands.view.editing.is_active, "Enter writes again"
    hands.key(Key.Key_Escape)
    assert hands.bytes() == before


def test_it_ends_when_the_map_changes_or_the_focus_leaves(hands: Hands) -> None:
    before = links(hands)
    hands.view.selection.select([hands.card("Restarts the router")])
    press_link(hands)
    hands.window.editing.move_selection(1, 0)
    hands.key(Key.Key_Down)
    assert hands.scene.sketch._ends is None
    press_link(hands)
    hands.view.clearFocus()
    hands.view.setFocus()
    hands.key(Key.Key_Left)
    press_link(hands)
    assert links(hands) == before, "each time a new one has begun"


def test_where_it_cannot_lead_a_sentence_says_so_and_it_waits(hands: Hands) -> None:
    before = links(hands)
    source = hands.card("Restarts the router")
    hands.view.selection.select([source])
    press_link(hands)
    hands.key(Key.Key_Return)
    assert said(hands) == "A card cannot be linked to itself."
    QTest.keyClicks(hands.view, "x")
    assert not hands.view.editing.is_active, "nothing is written by the way"
    hands.key(Key.Key_Up)
    hands.key(Key.Key_Return)
    assert said(hands) == "There is no card here that the link could lead to."
    hands.view.selection.select([hands.card("Router")])
    hands.key(Key.Key_Return)
    assert links(hands) - before == {("Restarts the router", "Router")}


def test_several_cards_are_linked_in_the_order_of_selecting(hands: Hands) -> None:
    before, bytes_before = links(hands), hands.bytes()
    hands.view.selection.select([hands.card(name) for name in ("Router", "Restarts the router", "Leaflet")])
    press_link(hands)
    assert links(hands) - before == {("Router", "Restarts the router"), ("Restarts the router", "Leaflet")}
    hands.window.editing.undo()
    assert hands.bytes() == bytes_before, "it is one step"


def test_cards_that_are_linked_stay_so(hands: Hands) -> None:
    cards = [hands.card(name) for name in ("Router", "Restarts the router")]
    hands.view.selection.select(cards)
    press_link(hands)
    before = hands.bytes()
    hands.view.selection.select(cards)
    press_link(hands)
    assert hands.bytes() == before
    assert said(hands) == "These cards are linked already."


def test_without_a_card_a_sentence_says_what_is_needed(hands: Hands) -> None:
    hands.view.selection.select([hands.layout.columns[0].step])
    press_link(hands)
    assert said(hands) == "Select the card that the link begins at."


def test_arrows_go_on_from_the_card_that_a_link_leads_to(hands: Hands) -> None:
    hands.view.selection.select([hands.card("Reads a leaflet"), hands.card("Restarts the router")])
    press_link(hands)
    hands.key(Key.Key_Down)
    [selected] = hands.view.selection
    assert title(hands, selected) == "Runs a speed test"


def test_linking_in_the_middle_of_a_drag_puts_the_cards_back_first(hands: Hands) -> None:
    cards = [hands.card("Restarts the router"), hands.card("Runs a speed test")]
    hands.view.selection.select(cards)
    before, links_before = hands.bytes(), links(hands)
    start = hands.middle(cards[0])
    hands.press(*start)
    hands.move(start[0] + 60, start[1] + 20)
    assert hands.view.is_dragging
    press_link(hands)
    assert links(hands) - links_before == {("Restarts the router", "Runs a speed test")}
    hands.window.editing.undo()
    assert hands.bytes() == before


def test_a_drag_gives_the_link_up(hands: Hands) -> None:
    card = hands.card("Restarts the router")
    hands.view.selection.select([card])
    press_link(hands)
    start = hands.middle(card)
    hands.hold(start, (start[0] + 3.0, start[1]))
    assert hands.view.is_dragging
    assert not hands.view.cells.linking.is_active
