"""What only the screen shows: bubbles on what is commented on, and the evidence heat map. No poster has them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.canvas.comment_marks import CommentMarks, comment_marks, open_comments
from app.canvas.heat import ChipsItem, HeatMap
from app.canvas.scene import MapScene
from app.canvas.view import MapView
from app.layout.drawing import Text
from app.layout.engine import MapLayout
from app.layout.sheet import sheet_of
from app.model import edits
from app.model.beside import Comment
from app.model.document import Document
from app.model.records import EmotionPoint, Lane, Link, MapRecord, Persona, Record, Stage, Step
from app.model.registry import record_from_json
from tests.known import coverage
from tests.layout.maps import SAMPLES, sample


def card(id: str, step: str, kind: str = "action", **values: Any) -> Record:
    return record_from_json({"type": "card", "id": id, "kind": kind, "step": step, "lane": "l", "title": id, **values})


def small_map(language: str = "en") -> Document:
    stages = [Stage(id=f"st{at}", order=f"a{at}x") for at in range(2)]
    steps = [Step(id=f"s{at}", stage=f"st{at // 2}", order=f"a{at}x") for at in range(4)]
    return Document(
        [
            MapRecord(language=language),
            Persona(id="mia", name="Mia"),
            *stages,
            *steps,
            Lane(id="l", kind="actions"),
            Lane(id="e", kind="emotion", order="b"),
            card("known", "s0", standing="evidenced"),
            card("half", "s1", standing="partly"),
            card("unsaid", "s1"),
            card("idea", "s2", "opportunity"),
            card("far", "s3"),
            Link(id="link", source="known", target="far"),
            EmotionPoint(id="p", lane="e", persona="mia", step="s0", standing="assumption"),
        ]
    )


@pytest.fixture(params=["en", "ar"])
def view(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[MapView]:
    shown = MapView()
    qtbot.addWidget(shown)
    shown.resize(900, 600)
    document = small_map(request.param)
    shown.show_map(document, MapLayout(document))
    shown.show()
    yield shown
    shown.close_map()


def scene_of(view: MapView) -> MapScene:
    scene = view.map_scene()
    assert scene is not None
    return scene


# Comments


def bubbles(scene: MapScene) -> dict[str, str]:
    """What is commented on, with what its bubble says."""
    return {
        one.placed.id: next(item.block.text for item in one.placed.drawing.items if isinstance(item, Text))
        for item in scene.items()
        if isinstance(item, CommentMarks)
        for one in item.showing
    }


def comment(document: Document, about: str) -> str:
    with document.edit("Comment") as tx:
        return edits.add_comment(tx, about, "Really?", author="Ana", created=dt.datetime(2026, 1, 2, tzinfo=dt.UTC))


def test_whatever_has_open_comments_has_a_bubble_that_counts_them(view: MapView) -> None:
    scene = scene_of(view)
    document = scene.document
    assert bubbles(scene) == {}
    ids = {about: comment(document, about) for about in ("known", "p", "s1", "st1", "l", "link", "map")}
    comment(document, "known")
    assert bubbles(scene) == {"known": "2", "p": "1", "s1": "1", "st1": "1", "l": "1", "link": "1", "map": "1"}
    with document.edit("Resolve") as tx:
        edits.set_fields(tx, [ids["known"], ids["p"]], resolved=True)
    assert bubbles(scene) == {"known": "1", "s1": "1", "st1": "1", "l": "1", "link": "1", "map": "1"}
    while document.undo():
        pass
    assert bubbles(scene) == {}


def test_a_bubble_goes_along_with_its_card_and_covers_no_face(view: MapView) -> None:
    scene = scene_of(view)
    comment(scene.document, "known")
    comment(scene.document, "p")
    with scene.document.edit("Move") as tx:
        edits.move_cards(tx, ["known"], "l", "s3", 0)
    marks = comment_marks(scene.document.store, scene.layout)
    [on_card], [on_point] = marks["card"], marks["emotion_point"]
    place = scene.layout.card("known")
    assert place is not None
    assert on_card.rect.overlaps(place.rect)
    assert on_card.rect.y < place.rect.y
    edge = place.rect.x if scene.layout.rtl else place.rect.right
    assert on_card.rect.x < edge < on_card.rect.right
    [face] = scene.layout.curves["e"].points
    middle = on_point.rect
    assert not middle.contains(face.x, face.y)


def test_comments_on_what_is_not_on_the_sheet_have_no_bubble() -> None:
    records = [Comment(id=f"k{at}", about=about, text="?", resolved=at == 2) for at, about in enumerate("aab")]
    assert open_comments(records) == {"a": 2}


def test_no_poster_shows_comments(view: MapView) -> None:
    scene = scene_of(view)
    before = sheet_of(scene.layout, scene.document.map)
    for about in ("known", "l", "map"):
        comment(scene.document, about)
    assert sheet_of(scene.layout, scene.document.map) == before


# The heat map


def chips(scene: MapScene) -> dict[str, str]:
    return {
        one.placed.id: next(item.block.text for item in one.placed.drawing.items if isinstance(item, Text))
        for item in scene.items()
        if isinstance(item, ChipsItem)
        for one in item.showing
    }


def heat_of(view: MapView) -> HeatMap:
    assert view.heat is not None
    return view.heat


def test_blocks_say_how_well_they_are_known(view: MapView) -> None:
    view.show_heat(True)
    assert chips(scene_of(view)) == {"l-st0": "67 %", "l-st1": "0 %", "e-st0": "0 %"}
    assert heat_of(view).total == coverage(scene_of(view).document.store).total
    view.show_heat(False)
    assert view.heat is None
    assert chips(scene_of(view)) == {}


def test_the_heat_map_follows_every_edit(view: MapView) -> None:
    scene = scene_of(view)
    document = scene.document
    view.show_heat(True)
    for change in (
        lambda tx: edits.set_fields(tx, ["unsaid"], standing="evidenced"),
        lambda tx: edits.move_cards(tx, ["known"], "l", "s3", 0),
        lambda tx: edits.move_step(tx, "s1", "st1", None),
        lambda tx: edits.add_lane(tx, "thoughts", "More"),
        lambda tx: edits.delete(tx, ["st0"]),
        lambda tx: edits.delete(tx, ["l"]),
    ):
        with document.edit("Change") as tx:
            change(tx)
        check_heat(view)
    while document.undo():
        check_heat(view)
    assert chips(scene) == {"l-st0": "67 %", "l-st1": "0 %", "e-st0": "0 %"}


def check_heat(view: MapView) -> None:
    """The heat map is what one counts afresh."""
    scene, found = scene_of(view), coverage(scene_of(view).document.store)
    assert heat_of(view).total == found.total
    wanted = {f"{lane}-{stage}": tally.percent for (stage, lane), tally in found.cells.items()}
    assert chips(scene) == {key: f"{round(percent)} %" for key, percent in wanted.items() if percent is not None}


def test_the_heat_map_stays_for_the_next_map_and_lets_go_of_the_last(view: MapView) -> None:
    view.show_heat(True)
    old = scene_of(view).document
    document = sample(SAMPLES[0])
    view.show_map(document, MapLayout(document))
    assert heat_of(view).total == coverage(document.store).total
    with old.edit("Elsewhere") as tx:
        edits.set_fields(tx, ["unsaid"], standing="evidenced")
    check_heat(view)


def picture(view: MapView) -> QImage:
    scene_of(view).finish()
    return view.grab().toImage()


def test_it_is_seen_on_the_screen_and_gone_again(view: MapView) -> None:
    before = picture(view)
    view.show_heat(True)
    assert picture(view) != before
    view.show_heat(False)
    assert picture(view) == before


def test_cards_are_not_tinted(view: MapView) -> None:
    scene = scene_of(view)
    place = scene.layout.card("far")
    assert place is not None
    spot = view.mapFromScene(place.rect.x + place.rect.w / 2, place.rect.bottom - 1.0)
    below = view.mapFromScene(place.rect.x + place.rect.w / 2, place.rect.bottom + 5.0)
    before = picture(view)
    view.show_heat(True)
    after = picture(view)
    ratio = after.devicePixelRatio()
    assert after.pixelColor(spot * ratio) == before.pixelColor(spot * ratio)
    assert after.pixelColor(below * ratio) != before.pixelColor(below * ratio)
