"""Undo and redo say what they did, and show it; headers that stay in sight are never scrolled to."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from app.canvas.items import to_qrect
from app.model.edits import set_map
from app.model.queries import stages
from tests.window.hands import Hands


def in_view(hands: Hands) -> QRectF:
    """What is to be seen of the sheet, mm."""
    viewport = hands.view.viewport().rect()
    return hands.view.viewportTransform().inverted()[0].mapRect(QRectF(viewport))


def is_seen(hands: Hands, title: str) -> bool:
    return in_view(hands).contains(to_qrect(hands.rect(hands.card(title))))


def go_to_end(hands: Hands) -> None:
    for bar in (hands.view.verticalScrollBar(), hands.view.horizontalScrollBar()):
        bar.setValue(bar.maximum())


def said(hands: Hands) -> str:
    return hands.window.statusBar().currentMessage()


def test_undo_and_redo_say_what_they_did(hands: Hands) -> None:
    hands.view.selection.select([hands.card("Router")])
    hands.window.editing.delete()
    hands.window.editing.undo()
    assert said(hands) == "Undone: Delete 1 card"
    hands.window.editing.redo()
    assert said(hands) == "Redone: Delete 1 card"
    hands.window.editing.undo()
    hands.window.say("")
    hands.window.editing.undo()
    assert said(hands) == "", "there was nothing more to undo"


def test_what_is_undone_out_of_sight_is_shown(hands: Hands) -> None:
    hands.view.selection.select([hands.card("Router")])
    hands.window.editing.delete()
    go_to_end(hands)
    hands.window.editing.undo()
    assert is_seen(hands, "Router"), "it came back"
    go_to_end(hands)
    hands.window.editing.redo()
    leaflet = hands.card("Leaflet")
    assert in_view(hands).intersects(to_qrect(hands.rect(leaflet))), "the cell from which it is gone, beside this one"


def test_the_title_is_shown_that_undo_gives_back(hands: Hands) -> None:
    with hands.document.edit("Edit text") as tx:
        set_map(tx, title="Another")
    go_to_end(hands)
    hands.window.editing.undo()
    assert hands.layout.title.y >= in_view(hands).top()


def test_what_is_undone_in_sight_moves_nothing(hands: Hands) -> None:
    hands.view.selection.select([hands.card("Router")])
    hands.window.editing.duplicate()
    hands.view.verticalScrollBar().setValue(hands.view.verticalScrollBar().value() + 40)
    before = in_view(hands)
    hands.window.editing.undo()
    hands.window.editing.redo()
    assert in_view(hands) == before


def test_a_stage_that_is_moved_does_not_scroll_up_to_its_header(hands: Hands) -> None:
    bar = hands.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    hands.view.selection.select([stages(hands.document.store)[0].id])
    hands.window.editing.reorder(1, 0)
    assert bar.value() == bar.maximum(), "its header is in sight, as that of every stage is"
