"""What was found stands out on the screen at every zoom, and painting looks only at what is near."""

from __future__ import annotations

from random import Random

from PySide6.QtGui import QImage

from app.canvas.nearby import Nearby
from app.canvas.painter import touches
from app.layout.drawing import Rect
from app.model.ids import MAP_ID
from tests.window.hands import Hands


def picture(hands: Hands) -> QImage:
    return hands.view.viewport().grab().toImage()


def test_marks_are_seen_at_every_zoom_and_go(hands: Hands) -> None:
    for zoom in (1.5, 1.0, 0.1):
        hands.view.zoom_to(zoom)
        for id in (hands.card("Leaflet"), hands.card("Hears of fibre"), hands.card("Touchpoints")):
            hands.view.reveal(hands.rect(id), hands.scene.part_of(id))
            before = picture(hands)
            hands.view.show_found([id, "gone"])
            assert picture(hands) != before, (zoom, id)
            hands.view.show_found([])
            assert picture(hands) == before, (zoom, id)


def test_the_map_itself_is_marked_where_its_title_stands(hands: Hands) -> None:
    hands.view.show_title()
    before = picture(hands)
    hands.view.show_found([MAP_ID])
    assert picture(hands) != before


def test_what_is_near_is_all_that_is_painted() -> None:
    chance = Random(3)
    rects = [
        Rect(chance.uniform(-300, 3000), chance.uniform(-300, 3000), chance.uniform(0, 700), chance.uniform(0, 700))
        for _ in range(200)
    ]
    nearby = Nearby(rects)
    for size in (1.0, 50.0, 900.0, 1e6):
        for _ in range(20):
            parts = tuple(Rect(chance.uniform(-500, 3000), chance.uniform(-500, 3000), size, size) for _ in range(2))
            assert nearby.touching(parts) == [at for at, rect in enumerate(rects) if touches(rect, parts)]
    assert Nearby([]).touching((Rect(0, 0, 10, 10),)) == []
