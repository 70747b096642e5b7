"""A sample in the program as it is started, with a real pointer: drag a card, undo it, drag again, save, close."""

from __future__ import annotations

import shutil
from pathlib import Path

from app.files import dumps, load, open_map
from app.model.queries import cards_in, columns
from app.model.records import Card, Lane
from app.model.store import RecordGraph
from app.paths import sample_dir
from tests.e2e.conftest import Start
from tests.e2e.screen import wait_for

DRAGGED = "Comparison site"


def dragged(store: RecordGraph) -> Card:
    found = (store.of(Card, id) for id in store.ids_of_type("card"))
    return next(card for card in found if card is not None and card.title == DRAGGED)


def test_drag_undo_drag_save_and_close(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "map.jmap"
    shutil.copy(sample_dir() / "broadband.jmap", path)
    before = open_map(path).document.store
    card, steps = dragged(before), columns(before)
    place = [step.id for step in steps].index(card.step) + 1
    lane = before.of(Lane, card.lane)
    assert lane is not None
    program = start(path)
    program.click("tool", "fit_map")
    program.see(lambda state: state["zoom"] < 1.0, "the map does not come into view")
    foot = ("cell", lane.title, steps[place].title, 0.5, 0.9)
    program.drag(("record", DRAGGED), foot)
    program.see_map(lambda records: dragged(RecordGraph(records)).step, steps[place].id)
    program.key("ctrl+z")
    program.see_map(dumps, dumps(before))
    program.key("ctrl+s")
    wait_for(lambda: load(path).thumbnail is not None, "the first save does not come")
    assert dumps(load(path).records) == dumps(before), "undo brings every byte back"
    program.drag(("record", DRAGGED), foot)
    program.key("ctrl+s")
    wait_for(lambda: dumps(load(path).records) != dumps(before), "the second save does not come")
    program.key("ctrl+q")
    program.end()
    store = open_map(path).document.store
    assert dragged(store).lane == card.lane
    assert cards_in(store, card.lane, steps[place].id)[-1].id == card.id
