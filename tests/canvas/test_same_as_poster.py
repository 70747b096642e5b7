"""What is on the canvas is what the poster prints: the same drawings at the same places, after edits too."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from app.canvas.comment_marks import CommentMarks
from app.canvas.header_item import HeaderItem
from app.canvas.heat import ChipsItem, TintItem
from app.canvas.items import BlockItem, DrawingsItem
from app.canvas.map_filter import MapFilter
from app.canvas.scene import MapScene
from app.canvas.selection import Selection
from app.files import open_map
from app.layout.drawing import Placed
from app.layout.engine import MapLayout
from app.layout.sheet import sheet_of
from app.model.document import Document
from app.model.edits import delete, move_cards, move_point, move_stage, set_fields
from app.model.queries import columns, lanes, stages
from app.model.records import Card, EmotionPoint
from app.paths import sample_dir

Seen = tuple[str, float, float, int]

SCREEN_ONLY = (CommentMarks, TintItem, ChipsItem)
"""What tells somebody who works on the map something that no poster shows."""


@pytest.fixture(params=["broadband", "arabic", "clinic"])
def scene(request: pytest.FixtureRequest, qapp: object) -> Iterator[MapScene]:
    assert qapp is not None
    document = open_map(sample_dir() / f"{request.param}.jmap").document
    shown = MapScene(document, MapLayout(document), Selection(), MapFilter())
    yield shown
    shown.close()


def on_canvas(scene: MapScene) -> set[Seen]:
    """Every drawing that the items show: id, place in mm, which drawing."""
    scene.finish()
    found: set[Seen] = set()
    for item in scene.items():
        if isinstance(item, SCREEN_ONLY):
            continue
        if isinstance(item, BlockItem):
            found |= {seen(card.placed, item.x(), item.y()) for card in item.cards}
        elif isinstance(item, DrawingsItem):
            found |= {seen(one.placed, item.x(), item.y()) for one in item.showing}
        elif isinstance(item, HeaderItem):  # without the shift that keeps it in sight
            found |= {seen(one.placed) for one in item.showing}
    return found


def on_poster(scene: MapScene) -> set[Seen]:
    """Every drawing of the sheet but the grounds, which the canvas paints lane by lane."""
    sheet = sheet_of(scene.layout, scene.document.map)
    grounds = {f"{lane}-{stage}" for lane, stage in scene.layout.blocks}
    return {seen(each) for each in sheet.placed if each.id not in grounds}


def seen(placed: Placed, dx: float = 0.0, dy: float = 0.0) -> Seen:
    return placed.id, round(placed.x + dx, 6), round(placed.y + dy, 6), id(placed.drawing)


def test_canvas_and_poster_show_the_same(scene: MapScene) -> None:
    shown = on_canvas(scene)
    assert shown == on_poster(scene)
    assert len(shown) > 60


def test_they_show_the_same_after_edits(scene: MapScene) -> None:
    chance = random.Random(7)
    for _ in range(25):
        edit_somehow(scene.document, chance)
        assert on_canvas(scene) == on_poster(scene)
    while scene.document.undo():
        pass
    assert on_canvas(scene) == on_poster(scene)


def edit_somehow(document: Document, chance: random.Random) -> None:
    store = document.store
    cards = [card for card in store if isinstance(card, Card)]
    points = [point for point in store if isinstance(point, EmotionPoint)]
    step = chance.choice(columns(store)).id
    card = chance.choice(cards)
    with document.edit("Edit") as tx:
        match chance.randrange(6):
            case 0:
                move_cards(tx, [card.id], chance.choice(cards).lane, step, 0)
            case 1:
                move_point(tx, chance.choice(points).id, step, chance.random(), chance.uniform(-2, 2))
            case 2:
                move_stage(tx, chance.choice(stages(store)).id, chance.choice([*(s.id for s in stages(store)), None]))
            case 3:
                set_fields(tx, [card.id], title="A title that may need more than one line " * chance.randrange(1, 4))
            case 4:
                delete(tx, [card.id])
            case _:
                set_fields(tx, [chance.choice(lanes(store)).id], title="A lane of another name")
