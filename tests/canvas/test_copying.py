"""Cards on the clipboard within a map, and as text. Between maps: `tests/window/test_clipping.py`."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.canvas.selection import Cell
from app.model.edits import add_link
from app.model.queries import cards_in, columns, links_of
from app.model.records import Card
from tests.window.hands import Hands

CONTROL = Qt.KeyboardModifier.ControlModifier


def card(hands: Hands, title: str) -> Card:
    found = hands.document.store.of(Card, hands.card(title))
    assert found is not None
    return found


def copy(hands: Hands, *ids: str) -> None:
    hands.view.selection.select(ids)
    QTest.keyClick(hands.view, Qt.Key.Key_C, CONTROL)


def paste(hands: Hands, cell: Cell) -> list[Card]:
    """What is selected then."""
    hands.view.selection.select_cell(cell)
    hands.window.actions_["paste"].trigger()
    return [made for id in hands.view.selection if (made := hands.document.store.of(Card, id)) is not None]


def test_a_copy_is_all_that_its_card_is(hands: Hands) -> None:
    before, router = hands.bytes(), card(hands, "Router")
    last = columns(hands.document.store)[-1].id
    copy(hands, router.id)
    [made] = paste(hands, Cell(router.lane, last))
    assert made == router.changed(id=made.id, step=last, order=made.order)
    assert made.id != router.id
    [again] = paste(hands, Cell(router.lane, last, 0))
    assert cards_in(hands.document.store, router.lane, last)[0].id == again.id
    assert hands.document.history.undo_label == "Paste cards"
    hands.window.editing.undo()
    hands.window.editing.undo()
    assert hands.bytes() == before


def test_cards_of_several_cells_keep_their_places_and_links(hands: Hands) -> None:
    router, leaflet = card(hands, "Router"), card(hands, "Leaflet")
    steps = [step.id for step in columns(hands.document.store)]
    with hands.document.edit("Link") as tx:
        add_link(tx, router.id, leaflet.id)
    copy(hands, leaflet.id, router.id)
    made = paste(hands, Cell(router.lane, steps[4]))
    assert [(each.title, each.step) for each in made] == [("Router", steps[4]), ("Leaflet", steps[5])]
    assert any(link.target == made[1].id for link in links_of(hands.document.store, made[0].id))
    made = paste(hands, Cell(router.lane, steps[-1]))
    assert [(each.title, each.step) for each in made] == [("Router", steps[-1]), ("Leaflet", steps[-1])]
    assert "The steps do not reach; into the last one went 1 card." in hands.window.statusBar().currentMessage()


def test_pasted_over_themselves_cards_of_several_cells_lie_below_each_other(hands: Hands) -> None:
    """Also the second time: what was pasted is selected then, and it does not go on from the last of it."""
    router, leaflet = card(hands, "Router"), card(hands, "Leaflet")
    assert router.step != leaflet.step
    copy(hands, leaflet.id, router.id)
    for times in (2, 3):
        hands.window.actions_["paste"].trigger()
        for each in (router, leaflet):
            titles = [other.title for other in cards_in(hands.document.store, each.lane, each.step)]
            assert titles.count(each.title) == times


def test_the_keyboard_stays_where_one_pasted_or_duplicated(hands: Hands) -> None:
    """The view does not jump to whichever of the cards is the last."""
    router, leaflet = card(hands, "Router"), card(hands, "Leaflet")
    copy(hands, router.id, leaflet.id)
    made = paste(hands, Cell(router.lane, router.step))
    assert hands.view.selection.current == made[0].id
    assert made[0].title == "Router"
    for first, last in ((router, leaflet), (leaflet, router)):
        hands.view.selection.select([first.id, last.id])
        hands.window.actions_["duplicate"].trigger()
        current = hands.document.store.of(Card, hands.view.selection.current or "")
        assert current is not None
        assert (current.title, len(hands.view.selection)) == (last.title, 2)


def test_where_no_card_can_lie_it_is_said_why_nothing_is_pasted(hands: Hands) -> None:
    router = card(hands, "Router")
    copy(hands, router.id)
    before, status = hands.bytes(), hands.window.statusBar()
    curve = next(row.lane for row in hands.layout.rows if row.is_curve)
    assert paste(hands, Cell(curve, router.step)) == []
    assert status.currentMessage() == "This lane holds no cards; paste them into another one."
    assert hands.bytes() == before
    hands.view.selection.select([router.lane])
    hands.window.actions_["fold_lane"].trigger()
    assert paste(hands, Cell(router.lane, router.step)) == []
    assert status.currentMessage().startswith("This lane is folded up.")
    assert router.id in hands.document.store


def test_in_other_programs_cards_are_lines_of_text(hands: Hands) -> None:
    copy(hands, hands.card("Leaflet"), hands.card("Router"))
    assert QGuiApplication.clipboard().text() == "Router: Light turns red, no message\nLeaflet"


def test_what_is_no_card_is_not_copied(hands: Hands) -> None:
    QGuiApplication.clipboard().setText("as it was")
    copy(hands, hands.layout.rows[0].lane)
    assert QGuiApplication.clipboard().text() == "as it was"
    assert hands.window.statusBar().currentMessage() == "Select cards to copy them."
