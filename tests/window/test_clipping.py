"""Cards on the clipboard between maps and windows: what comes along, what is said, and what is not believed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.canvas.cells import CARDS_MIME
from app.canvas.selection import Cell
from app.files import MapFile, dumps, limits
from app.files.container import Container, write_container
from app.model.comparison import compare
from app.model.edits import add_action_item, add_card, add_comment, add_link, set_references
from app.model.kinds.image import Image
from app.model.queries import links_of
from app.model.records import Card, Lane, Record, Stage, Step, record_to_json
from app.window.window import MainWindow
from tests.window.conftest import Opened
from tests.window.hands import Hands

Key, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def empty_clipboard(qapp: object) -> Iterator[None]:
    del qapp
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def other(hands: Hands) -> Iterator[Hands]:
    """A second window, with a map from a template."""
    hands.window.open_template("service-blueprint")
    window = hands.window.program.windows[-1]
    assert isinstance(window, MainWindow)
    assert window is not hands.window
    window.finish()
    yield Hands(window)
    window.files.session.document.history.mark_saved()  # type: ignore[union-attr]  # a map is open in it
    window.close()


def card(hands: Hands, title: str) -> Card:
    found = hands.document.store.of(Card, hands.card(title))
    assert found is not None
    return found


def press(hands: Hands, key: Qt.Key) -> None:
    hands.view.setFocus()
    QTest.keyClick(hands.view, key, CONTROL)


def paste(hands: Hands, cell: Cell) -> list[Card]:
    """What is selected then."""
    hands.view.selection.select_cell(cell)
    hands.window.actions_["paste"].trigger()
    return [made for id in hands.view.selection if (made := hands.document.store.of(Card, id)) is not None]


def first_cell(hands: Hands) -> Cell:
    row = next(row for row in hands.layout.rows if row.holds_cards)
    return Cell(row.lane, hands.layout.columns[0].step)


def said(hands: Hands) -> str:
    return hands.window.statusBar().currentMessage()


def put(content: bytes) -> None:
    data = QMimeData()
    data.setData(CARDS_MIME, content)
    data.setText("a line")
    QGuiApplication.clipboard().setMimeData(data)


def piece(*records: Record, **parts: bytes) -> bytes:
    return dumps(MapFile(records, parts=parts))


FRAME = (Stage(id="g"), Step(id="s", stage="g"), Lane(id="l"))


def test_cut_cards_go_and_come_back_to_where_they_lay(hands: Hands) -> None:
    before, router = hands.bytes(), card(hands, "Router")
    records = hands.document.records
    hands.view.selection.select([router.id, hands.layout.rows[0].lane])
    press(hands, Key.Key_X)
    assert router.id not in hands.document.store
    assert hands.layout.rows[0].lane in hands.document.store, "what is not copied is not cut"
    assert said(hands) == "Cut 1 card. Ctrl+V puts it into another cell, Ctrl+Z brings it back."
    assert hands.document.history.undo_label == "Cut 1 card"
    press(hands, Key.Key_V)
    assert list(hands.view.selection) == [router.id]
    assert compare(records, hands.document.records).changes == ()
    hands.window.editing.undo()
    hands.window.editing.undo()
    assert hands.bytes() == before


@dataclass
class Discussed:
    """A card of which others speak, and what hangs on it."""

    id: str
    link: str
    comment: str
    on_link: str
    action: str


def discussed(hands: Hands) -> Discussed:
    router, leaflet = hands.card("Router"), hands.card("Leaflet")
    with hands.document.edit("Talk") as tx:
        link = add_link(tx, router, leaflet, label="and then")
        return Discussed(
            router,
            link,
            comment=add_comment(tx, router, "Does it blink?", "Ana"),
            on_link=add_comment(tx, link, "Always?"),
            action=add_action_item(tx, "New router", cards=[router]),
        )


def cut(hands: Hands, *ids: str) -> None:
    hands.view.selection.select(ids)
    hands.window.actions_["cut"].trigger()


def last_cell(hands: Hands, lane: str) -> Cell:
    return Cell(lane, hands.layout.columns[-1].step)


def assert_whole(hands: Hands, talk: Discussed) -> None:
    """It lies on the map with all that was said of it."""
    store = hands.document.store
    assert store[talk.id].type == "card"
    assert store[talk.link].targets("source") == (talk.id,)
    assert store[talk.comment].targets("about") == (talk.id,)
    assert store[talk.on_link].targets("about") == (talk.link,)
    assert store[talk.action].targets("cards") == (talk.id,)


def test_a_card_that_is_cut_and_pasted_has_moved(hands: Hands) -> None:
    talk, router = discussed(hands), card(hands, "Router")
    before, elsewhere = hands.bytes(), last_cell(hands, router.lane)
    cut(hands, talk.id)
    assert hands.document.store[talk.action].targets("cards") == ()
    assert said(hands).startswith("Cut 1 card, 1 link and 2 comments. Ctrl+V puts them into another cell")
    without = hands.bytes()
    [moved] = paste(hands, elsewhere)
    assert moved == router.changed(step=elsewhere.step, order=moved.order)
    assert said(hands) == "1 card moved."
    assert hands.document.history.undo_label == "Paste cards"
    assert hands.scene.outline(talk.id) is not None
    assert_whole(hands, talk)
    [copy] = paste(hands, elsewhere)
    assert copy.id != talk.id
    assert said(hands) == "1 card pasted, without 1 link to a card that was not copied."
    assert_whole(hands, talk)
    hands.window.editing.undo()
    hands.window.editing.undo()
    assert hands.bytes() == without
    [again] = paste(hands, first_cell(hands))
    assert again.id == talk.id, "put down at the wrong place, taken back, and put down at the right one"
    assert_whole(hands, talk)
    hands.window.editing.undo()
    hands.window.editing.undo()
    assert hands.bytes() == before


def test_the_clipboard_has_no_more_of_cut_cards_than_of_copied_ones(hands: Hands) -> None:
    talk = discussed(hands)
    hands.view.selection.select([talk.id])
    press(hands, Key.Key_C)
    copied = QGuiApplication.clipboard().mimeData().data(CARDS_MIME)
    press(hands, Key.Key_X)
    data = QGuiApplication.clipboard().mimeData()
    assert data.data(CARDS_MIME) == copied
    assert set(data.formats()) == {CARDS_MIME, "text/plain"}
    assert "blink" not in data.text()


def test_cut_cards_move_at_home_whatever_was_done_with_them_elsewhere(hands: Hands, other: Hands) -> None:
    talk = discussed(hands)
    cut(hands, talk.id)
    [there] = paste(other, first_cell(other))
    assert there.id != talk.id
    assert said(other).startswith("1 card pasted")
    paste(hands, first_cell(hands))
    assert_whole(hands, talk)


def test_after_an_undo_cut_cards_are_copied(hands: Hands) -> None:
    talk = discussed(hands)
    cut(hands, talk.id)
    hands.window.editing.undo()
    [made] = paste(hands, first_cell(hands))
    assert made.id != talk.id
    assert_whole(hands, talk)


def test_a_new_copy_ends_it(hands: Hands) -> None:
    talk, leaflet = discussed(hands), hands.card("Leaflet")
    cut(hands, talk.id)
    content = bytes(QGuiApplication.clipboard().mimeData().data(CARDS_MIME).data())
    hands.view.selection.select([leaflet])
    press(hands, Key.Key_C)
    assert paste(hands, first_cell(hands))[0].title == "Leaflet"
    put(content)
    [made] = paste(hands, first_cell(hands))
    assert made.id != talk.id
    assert hands.document.store.of(Card, talk.id) is None


def test_after_going_back_to_the_file_cut_cards_are_copied(hands: Hands) -> None:
    talk = discussed(hands)
    hands.window.files.save()
    cut(hands, talk.id)
    hands.window.files.revert()
    hands.window.finish()
    home = Hands(hands.window)
    assert_whole(home, talk)
    [made] = paste(home, first_cell(home))
    assert made.id != talk.id
    assert_whole(home, talk)


def test_what_is_gone_meanwhile_is_said(hands: Hands) -> None:
    talk = discussed(hands)
    cut(hands, talk.id)
    hands.view.selection.select([hands.card("Leaflet")])
    hands.window.editing.delete()
    paste(hands, first_cell(hands))
    assert said(hands) == "1 card moved, without 1 link to a card that is gone and 1 comment on such a link."
    assert hands.document.store[talk.comment].targets("about") == (talk.id,)


def test_without_cards_nothing_is_cut(hands: Hands) -> None:
    QGuiApplication.clipboard().setText("as it was")
    before = hands.bytes()
    hands.view.selection.select([hands.layout.rows[0].lane])
    press(hands, Key.Key_X)
    assert (said(hands), hands.bytes()) == ("Select cards to cut them.", before)
    assert QGuiApplication.clipboard().text() == "as it was"


def test_a_text_field_cuts_its_text(hands: Hands) -> None:
    router = hands.card("Router")
    hands.view.selection.select([router])
    field = next(each for each in hands.window.findChildren(QLineEdit) if each.isVisible())
    field.setText("some words")
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Key.Key_X, CONTROL)
    assert QGuiApplication.clipboard().text() == "some words"
    assert router in hands.document.store
    hands.view.setFocus()
    hands.view.selection.select([router])
    hands.key(Key.Key_F2)
    hands.key(Key.Key_A, CONTROL)
    hands.key(Key.Key_X, CONTROL)
    assert QGuiApplication.clipboard().text() == "Router", "the text, and not the card"
    hands.key(Key.Key_Escape)
    assert router in hands.document.store


def test_into_another_window_cards_go_whole(hands: Hands, other: Hands) -> None:
    router, leaflet = card(hands, "Router"), card(hands, "Leaflet")
    with hands.document.edit("Link") as tx:
        add_link(tx, router.id, leaflet.id, label="and then")
    hands.view.selection.select([leaflet.id, router.id])
    hands.window.actions_["copy"].trigger()
    before, cell = other.bytes(), first_cell(other)
    made = paste(other, cell)
    assert [each.title for each in made] == ["Router", "Leaflet"]
    apart = {"id", "step", "to_step", "lane", "order", "personas", "sources"}
    for was, copy in zip((router, leaflet), made, strict=True):
        now = record_to_json(copy)
        assert {key: now.get(key) for key in now.keys() - apart} == {
            key: value for key, value in record_to_json(was).items() if key not in apart
        }
    assert any(link.target == made[1].id for link in links_of(other.document.store, made[0].id))
    assert said(other).startswith("2 cards pasted")
    assert all(other.view.surface().visible.overlaps(other.rect(each.id)) for each in made[:1])
    other.window.editing.undo()
    assert other.bytes() == before, "one step"


def test_what_does_not_come_along_is_said(hands: Hands, other: Hands) -> None:
    router, leaflet = card(hands, "Router"), card(hands, "Leaflet")
    persona = next(iter(hands.document.store.ids_of_type("persona")))
    with hands.document.edit("Links") as tx:
        alone = add_card(tx, "note", router.lane, router.step, title="Alone")
        add_link(tx, alone, router.id)
        add_link(tx, leaflet.id, alone)
        set_references(tx, [alone], "personas", [persona])
    hands.view.selection.select([alone])
    hands.window.actions_["copy"].trigger()
    [made] = paste(other, first_cell(other))
    assert made.personas == ()
    assert said(other) == (
        "1 card pasted, without 2 links to cards that were not copied and 1 persona that this map does not have."
    )


def test_pictures_come_with_their_bytes(open_sample: Opened) -> None:
    hands = open_sample("japanese")
    image = next(each for each in hands.document.store.of_type("card") if isinstance(each, Image) and each.picture)
    data = hands.document.media.get(image.picture)
    hands.view.selection.select([image.id])
    hands.window.actions_["copy"].trigger()
    hands.window.open_template("blank")
    window = hands.window.program.windows[-1]
    assert isinstance(window, MainWindow)
    window.finish()
    there = Hands(window)
    assert image.picture not in there.document.media
    [made] = paste(there, first_cell(there))
    assert getattr(made, "picture", None) == image.picture
    assert there.document.media.get(image.picture) == data
    assert data is not None
    assert not QImage.fromData(data).isNull()
    there.document.history.mark_saved()
    window.close()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 nonsense",
        b'{"cards": []}',
        dumps(MapFile(FRAME))[:-40],
        piece(*FRAME),
        piece(*FRAME, Card(id="c", kind="note", step="gone", lane="l")),
        piece(*FRAME, **{"media/" + "0" * 64 + ".png": b"no picture"}),
        dumps(MapFile(FRAME)).replace(b'"kind"', b'"kynd"'),
        b"PK\x03\x04" + bytes(limits.FILE_BYTES),
    ],
    ids=["empty", "no zip", "JSON", "torn", "no cards", "nowhere", "false picture", "changed", "huge"],
)
def test_what_is_hostile_is_refused_in_a_sentence(hands: Hands, content: bytes) -> None:
    before = hands.bytes()
    put(content)
    hands.view.selection.select_cell(first_cell(hands))
    press(hands, Key.Key_V)
    assert said(hands) == "The cards on the clipboard cannot be read; nothing was pasted. Copy them again."
    assert hands.bytes() == before


def test_cards_of_a_newer_program_are_named_as_such(hands: Hands) -> None:
    container = Container(piece(*FRAME, Card(id="c", kind="note", step="s", lane="l")))
    parts = {name: container.read(name) for name in container.entries}
    parts["manifest.json"] = re.sub(rb'"minReader": \d+', b'"minReader": 9', parts["manifest.json"])
    put(write_container(parts.items()))
    paste(hands, first_cell(hands))
    assert "A newer Journey Mapper has copied these cards" in said(hands)


def test_cards_too_large_to_copy_are_not_cut(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    router = hands.card("Router")
    hands.view.selection.select([router])
    monkeypatch.setattr(limits, "FILE_BYTES", 100)
    press(hands, Key.Key_X)
    assert "copy fewer of them" in said(hands)
    assert router in hands.document.store
    assert not QApplication.clipboard().text()
