"""What a screen reader finds on the map, and what it hears."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.canvas.selection import Cell
from app.model.edits import set_fields
from app.model.queries import cards_in, columns, lanes, stages
from app.model.records import EmotionPoint, Link
from tests.window.hands import Hands

NAME, ABOUT = QAccessible.Text.Name, QAccessible.Text.Description
Role, Event = QAccessible.Role, QAccessible.Event


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, str]]]:
    """A reader is at work; what it is told, as the kind of event and the name of what it is about."""
    told: list[tuple[str, str]] = []

    def hear(event: QAccessibleEvent) -> None:
        about = event.accessibleInterface()
        told.append((event.type().name or "", about.text(NAME)))

    QAccessible.setActive(True)
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    yield told
    QAccessible.setActive(False)


def map_of(hands: Hands) -> QAccessibleInterface:
    hands.window.finish()
    return QAccessible.queryAccessibleInterface(hands.view)


def children(hands: Hands) -> list[QAccessibleInterface]:
    whole = map_of(hands)
    return [whole.child(at) for at in range(whole.childCount())]


def one(hands: Hands, name: str) -> QAccessibleInterface:
    [found] = [child for child in children(hands) if child.text(NAME) == name]
    return found


def test_the_map_says_what_it_is_and_how_much_is_on_it(hands: Hands) -> None:
    whole = map_of(hands)
    title = hands.window.session.document.map.title  # type: ignore[union-attr]
    assert whole.role() == Role.List
    assert whole.text(NAME) == f"Map {title}"
    assert whole.text(ABOUT) == "5 stages, 14 steps, 11 lanes and 113 cards"


def test_everything_on_the_map_is_there_once_in_reading_order(hands: Hands) -> None:
    store = hands.window.session.document.store  # type: ignore[union-attr]
    types = ("persona", "stage", "step", "lane", "card", "emotion_point", "link")
    found = [child.role() for child in children(hands)]
    assert len(found) == sum(len(store.ids_of_type(type_)) for type_ in types) + 1  # and the cell of the keyboard
    assert found.count(Role.ColumnHeader) == len(stages(store)) + len(columns(store))
    assert found.count(Role.RowHeader) == len(lanes(store))
    assert found.count(Role.Link) == len(store.ids_of_type("link"))
    assert found.index(Role.RowHeader) > found.index(Role.ColumnHeader)


def test_a_card_says_where_it_lies(hands: Hands) -> None:
    store = hands.window.session.document.store  # type: ignore[union-attr]
    card = store[hands.card("Router")]
    found = one(hands, "Touchpoint “Router”") if card.kind == "touchpoint" else None  # type: ignore[union-attr]
    shown = found or next(child for child in children(hands) if "“Router”" in child.text(NAME))
    step, lane = store[card.step], store[card.lane]  # type: ignore[union-attr]
    place = cards_in(store, lane.id, step.id)
    assert shown.role() == Role.ListItem
    assert f"stage {store[step.stage].title}, step {step.title}, lane {lane.title}" in shown.text(ABOUT)  # type: ignore[union-attr]
    assert f"{[other.id for other in place].index(card.id) + 1} of {len(place)}" in shown.text(ABOUT)


def test_stages_steps_points_and_links_say_what_they_are(hands: Hands) -> None:
    store = hands.window.session.document.store  # type: ignore[union-attr]
    stage = stages(store)[1]
    assert one(hands, f"Stage “{stage.title}”").text(ABOUT) == "2 of 5"
    names = [child.text(NAME) for child in children(hands)]
    point = next(record for record in store.of_type("emotion_point") if isinstance(record, EmotionPoint))
    assert f"Emotion point {point.value:+.1f}".replace("-", "−") in names
    link = next(record for record in store.of_type("link") if isinstance(record, Link))
    assert any(name.startswith("Link “") and store[link.target].title in name for name in names)  # type: ignore[union-attr]


def test_the_place_on_the_screen_leads_back_to_the_thing(hands: Hands) -> None:
    id = hands.card("Router")
    hands.view.selection.select([id])
    hands.view.reveal_current()
    found = map_of(hands).focusChild()
    middle = found.rect().center()
    assert hands.view.viewport().rect().contains(hands.view.viewport().mapFromGlobal(middle))
    assert map_of(hands).childAt(middle.x(), middle.y()).text(NAME) == found.text(NAME)
    assert map_of(hands).childAt(-5000, -5000) is None
    assert map_of(hands).indexOfChild(found) >= 0
    assert not found.state().offscreen


def test_what_is_selected_has_the_focus(hands: Hands) -> None:
    hands.view.setFocus()
    hands.view.selection.select([hands.card("Router")])
    found = map_of(hands).focusChild()
    assert "Router" in found.text(NAME)
    assert found.state().selected
    assert found.state().focused


def test_the_keyboard_is_followed_from_thing_to_thing(hands: Hands, heard: list[tuple[str, str]]) -> None:
    hands.window.finish()
    hands.view.setFocus()
    hands.view.selection.select([hands.card("Router")])
    heard.clear()
    QTest.keyClick(hands.view, Qt.Key.Key_Right)
    [(kind, name)] = heard
    assert kind == "Focus"
    assert name
    assert "Router" not in name


def test_an_empty_cell_says_its_place(hands: Hands, heard: list[tuple[str, str]]) -> None:
    hands.window.finish()
    store = hands.window.session.document.store  # type: ignore[union-attr]
    hands.view.setFocus()
    empty = next(
        Cell(lane.id, step.id)
        for lane in lanes(store)
        for step in columns(store)
        if lane.kind == "notes" or not cards_in(store, lane.id, step.id)
    )
    hands.view.selection.select_cell(empty)
    assert heard[-1] == ("Focus", "Cell")
    assert map_of(hands).focusChild().text(ABOUT).endswith("empty")


def test_a_new_name_is_told(hands: Hands, heard: list[tuple[str, str]]) -> None:
    hands.window.finish()
    document = hands.window.session.document  # type: ignore[union-attr]
    id = hands.card("Router")
    hands.view.setFocus()
    hands.view.selection.select([id])
    heard.clear()
    with document.edit("Rename") as tx:
        set_fields(tx, [id], title="Modem")
    assert [(kind, "Modem" in name) for kind, name in heard] == [("NameChanged", True)]
    document.undo()
    assert "Router" in heard[-1][1]


def test_sentences_are_spoken(hands: Hands, heard: list[tuple[str, str]]) -> None:
    hands.window.finish()
    hands.view.said.emit("No links can be drawn here.")
    assert heard[-1][0] == "Announcement"


def test_nothing_is_told_where_nobody_listens(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.window.finish()
    told: list[object] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", told.append)
    hands.view.setFocus()
    hands.view.selection.select([hands.card("Router")])
    hands.view.said.emit("Something")
    assert told == []


def test_what_is_deleted_is_gone(hands: Hands) -> None:
    before = len(children(hands))
    hands.view.setFocus()
    hands.view.selection.select([hands.card("Router")])
    gone = map_of(hands).focusChild()
    assert gone.isValid()
    QTest.keyClick(hands.view, Qt.Key.Key_Delete)
    left = children(hands)
    assert len(left) < before
    assert not any("“Router”" in child.text(NAME) for child in left)


def test_nothing_is_left_when_the_map_is_closed(hands: Hands) -> None:
    found = children(hands)
    assert found
    del found
    hands.window.files.close()
    hands.view.close_map()
    assert map_of(hands).childCount() == 0
    gc.collect()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    assert map_of(hands).childAt(*QPoint(1, 1).toTuple()) is None


def test_a_window_may_be_closed_twice(hands: Hands) -> None:
    """As where something went wrong the first time."""
    hands.window.finish()
    hands.window._stop()
    hands.window._stop()
