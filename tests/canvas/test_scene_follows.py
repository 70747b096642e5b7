"""A scene kept up to date edit by edit, while lanes are hidden and shown, shows what one shows that is made afresh."""

from __future__ import annotations

import random

import pytest

from app.canvas.map_filter import MapFilter
from app.canvas.scene import MapScene
from app.canvas.selection import Selection
from app.layout.engine import MapLayout
from app.model.document import Document
from app.model.rules import RuleError
from benchmarks.monkey import checks
from tests.layout.maps import CARD_KINDS, EDITS, TODAY, Numbers, is_tried, random_map

TURNS = 24
LANE_KINDS = ("actions", "emotion", "notes", "touchpoints", "channels", "importance")

pytestmark = pytest.mark.usefixtures("qapp")


class Seen:
    """A map on a scene, as a view puts it there, and a hand that does something to it."""

    def __init__(self, document: Document, seed: int) -> None:
        self.chance = random.Random(seed)
        self.document = document
        self.filter, self.selection = MapFilter(), Selection()
        self.scene = MapScene(document, MapLayout(document, TODAY), self.selection, self.filter)
        self.filter.set_document(document)
        self.selection.changed.connect(lambda: self.filter.reveal(self.selection))

    def turn(self) -> None:
        chance = self.chance
        acts = (self.edit, self.undo, self.redo, self.hide_lanes, self.hide_kind, self.choose, self.select)
        chance.choices(acts, (12, 3, 2, 4, 1, 1, 3))[0]()

    def edit(self) -> None:
        a, b, c = (self.chance.randint(0, 60) for _ in range(3))
        by = Numbers(a, b, c, self.chance.random())
        try:
            with self.document.edit("Edit") as tx:
                for name in self.chance.sample(list(EDITS), self.chance.choice((1, 1, 2))):
                    is_tried(tx, name, by)
        except RuleError:
            pass  # two edits that do not go together, and so neither was done

    def undo(self) -> None:
        self.document.undo()

    def redo(self) -> None:
        self.document.redo()

    def hide_lanes(self) -> None:
        self.filter.toggle_lanes(self.chance.choice(LANE_KINDS))

    def hide_kind(self) -> None:
        self.filter.toggle_kind(self.chance.choice(CARD_KINDS))

    def choose(self) -> None:
        people = sorted(self.document.store.ids_of_type("persona"))
        self.filter.choose(self.chance.sample(people, min(len(people), 1)))

    def select(self) -> None:
        ids = sorted(record.id for record in self.document.records if record.type != "map")
        self.selection.select(self.chance.sample(ids, min(len(ids), 2)))


@pytest.mark.parametrize("seed", range(10))
def test_a_scene_follows_edits_and_hidden_lanes(seed: int) -> None:
    seen = Seen(random_map(seed, language="ar" if seed % 3 == 0 else "en", folds=0.2), seed)
    try:
        for _ in range(TURNS):
            seen.turn()
            assert seen.scene.layout.hidden == seen.filter.hidden_lanes
            assert not [id for id in seen.selection if seen.filter.is_hidden(id)], "what is not seen is selected"
            checks.layout_is_fresh(seen.scene)
            checks.scene_shows_the_layout(seen.scene)
    finally:
        seen.scene.close()
        seen.filter.set_document(None)
