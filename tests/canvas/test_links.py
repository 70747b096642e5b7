"""Links: drawn from a card's handle, refused where they make no sense, selected and deleted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from app.layout import lookup
from app.layout.drawing import Rect
from app.model.edits import add_card, set_fields
from app.model.queries import links_of
from app.model.records import Card, Link
from tests.window.hands import Hands


def handle(hands: Hands, title: str) -> tuple[float, float]:
    """Where the handle of a card is, once the mouse is over the card."""
    hands.move(*hands.middle(hands.card(title)))
    assert hands.scene.handle.card == hands.card(title)
    at = hands.scene.handle.at
    assert at is not None
    return at


def test_a_link_is_drawn_from_the_handle_to_another_card(hands: Hands) -> None:
    before = hands.bytes()
    source, target = hands.card("Plan page"), hands.card("Router")
    assert not {link.target for link in links_of(hands.document.store, source)} & {target}
    hands.hold(handle(hands, "Plan page"), hands.middle(target))
    assert hands.scene.mark._area is not None, "the target is lit up"
    assert hands.view.viewport().cursor().shape() == Qt.CursorShape.CrossCursor
    assert hands.bytes() == before
    hands.view.viewport().grab()
    hands.release(*hands.middle(target))
    [selected] = hands.view.selection
    link = hands.document.store.of(Link, selected)
    assert link is not None
    assert (link.source, link.target) == (source, target)
    assert hands.scene.outline(link.id) is not None
    assert hands.scene.mark._area is None
    assert hands.document.history.undo_label == "Add link"
    hands.window.editing.undo()
    assert hands.bytes() == before


def test_a_second_such_link_is_refused_in_a_sentence(hands: Hands) -> None:
    hands.drag(handle(hands, "Plan page"), hands.middle(hands.card("Router")))
    before = hands.bytes()
    hands.hold(handle(hands, "Plan page"), hands.middle(hands.card("Router")))
    assert hands.view.viewport().cursor().shape() == Qt.CursorShape.ForbiddenCursor
    hands.release(*hands.middle(hands.card("Router")))
    assert hands.bytes() == before
    assert hands.window.statusBar().currentMessage() == "These two cards are linked already."


def test_a_loop_is_refused_in_a_sentence(hands: Hands) -> None:
    before = hands.bytes()
    hands.drag(handle(hands, "Plan page"), hands.middle(hands.card("Plan page")))
    assert hands.bytes() == before
    assert hands.window.statusBar().currentMessage() == "A card cannot be linked to itself."


def test_a_link_does_not_fall_between_two_cards_of_a_pile(hands: Hands) -> None:
    router = hands.document.store.of(Card, hands.card("Router"))
    assert router is not None
    with hands.document.edit("Pile up") as tx:
        add_card(tx, "touchpoint", router.lane, router.step, title="Below")
    rect = hands.rect(router.id)
    hands.drag(handle(hands, "Plan page"), (rect.x + 9.0, rect.bottom + 0.9))
    [link] = hands.view.selection
    made = hands.document.store.of(Link, link)
    assert made is not None
    assert made.target in {router.id, hands.card("Below")}


def test_a_link_to_nowhere_is_none(hands: Hands) -> None:
    before = hands.bytes()
    curve = next(iter(hands.scene.curve_lanes.values())).rect
    hands.drag(handle(hands, "Plan page"), (curve.x + 50.0, curve.y + 10.0))
    assert hands.bytes() == before
    assert hands.window.statusBar().currentMessage() == ""
    hands.hold(handle(hands, "Plan page"), hands.middle(hands.card("Router")))
    hands.key(Qt.Key.Key_Escape)
    assert hands.bytes() == before
    assert hands.scene.sketch._ends is None


def test_the_handle_belongs_to_the_hovered_or_the_only_selected_card(hands: Hands) -> None:
    hands.move(hands.layout.size[0] / 2, 3.0)
    assert hands.scene.handle.card is None
    hands.view.selection.select([hands.card("Router")])
    assert hands.scene.handle.card == hands.card("Router")
    hands.move(*hands.middle(hands.card("Plan page")))
    assert hands.scene.handle.card == hands.card("Plan page")
    QApplication.sendEvent(hands.view, QEvent(QEvent.Type.Leave))
    assert hands.scene.handle.card == hands.card("Router")
    hands.view.selection.select([hands.card("Router"), hands.card("Plan page")])
    assert hands.scene.handle.card is None
    hands.view.selection.select([hands.card("Router")])
    hands.view.zoom_to(0.3)
    assert hands.scene.handle.card is None, "too small to be of use"


def test_from_right_to_left_the_handle_is_on_the_left(open_sample: Callable[[str], Hands]) -> None:
    hands = open_sample("arabic")
    card = next(iter(hands.document.store.ids_of_type("card")))
    hands.view.selection.select([card])
    hands.view.reveal_current()
    assert hands.scene.handle.at is not None
    assert hands.scene.handle.at[0] == hands.rect(card).x


def test_a_click_selects_a_link_and_delete_takes_it_away(hands: Hands) -> None:
    link, spot = next(
        (id, (hit.x + dx / 4, hit.y + dy / 4))
        for id in hands.document.store.ids_of_type("link")
        if (hit := lookup.rect_of(hands.layout, id))
        for dx in range(int(hit.w * 4))
        for dy in range(int(hit.h * 4))
        if (found := lookup.hit(hands.layout, hit.x + dx / 4, hit.y + dy / 4)) and found.id == id
        if hands.layout.link_at(hit.x + dx / 4, hit.y + dy / 4, 0.5)  # not on the brink, which a pixel may miss
    )
    hands.view.reveal(Rect(*spot, 5.0, 5.0))
    hands.click(*spot)
    assert list(hands.view.selection) == [link]
    hands.key(Qt.Key.Key_Delete)
    assert link not in hands.document.store
    hands.window.editing.undo()
    assert link in hands.document.store


def test_the_outline_of_a_selected_link_goes_with_it(hands: Hands) -> None:
    """Links are routed a moment after the map has changed."""
    link = next(record for record in hands.document.records if isinstance(record, Link))
    hands.view.selection.select([link.id])
    with hands.document.edit("Widen") as tx:
        set_fields(tx, [hands.layout.columns[0].step], width=150.0)
    hands.scene.finish()
    shown = hands.layout.link(link.id)
    assert shown is not None
    assert [outline.rect for outline in hands.scene.outlines._outlines] == [shown.rect]
