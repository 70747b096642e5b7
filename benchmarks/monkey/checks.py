"""What must be true of the program whatever was done to it. Each check raises AssertionError with what is wrong."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QGraphicsItem

from app.canvas.scene import MapScene
from app.canvas.selection import Selection
from app.files import dumps, loads
from app.layout.drawing import Placed
from app.layout.engine import MapLayout
from app.model.document import Document
from app.model.rules import problems
from tests.layout.maps import near, picture
from tests.model.builders import assert_true_to_records, bytes_of

if TYPE_CHECKING:
    from app.window.window import MainWindow

MOST_STEPS = 400
"""So many steps are undone and redone."""


def quick(window: MainWindow) -> None:
    """What is cheap to ask after every few events."""
    session, view = window.session, window.view
    if session is None:
        assert view.map_scene() is None, "a map is shown and none is open"
        return
    document, scene = session.document, view.map_scene()
    assert scene is not None, "a map is open and not shown"
    assert scene.document is document, "another map is shown than is open"
    assert_true_to_records(document.store)
    in_progress = view.is_dragging or view.editing.is_active
    assert in_progress or not document.is_editing, f"{document._open and document._open.label} is still open"
    if not document.is_editing:
        found = problems(document.store)
        assert not found, f"rules are broken: {found[:3]}"
    _selection_exists(view.selection, document)
    if not view.is_dragging:
        assert not scene._holes, "cards are still shown as lifted"
        assert not scene.floating.isVisible(), "something still floats"
        assert scene.outlines.isVisible(), "the selection is still hidden"


def _selection_exists(selection: Selection, document: Document) -> None:
    gone = [id for id in selection if id not in document.store]
    assert not gone, f"{gone} is selected and not there"
    assert selection.current is None or selection.current in selection, f"{selection.current} is current, not selected"
    cell = selection.cell
    if cell is not None:
        assert {cell.lane, cell.step} <= {record.id for record in document.store}, f"{cell} is not there"


def thorough(window: MainWindow) -> None:
    """What takes some time. Nothing may be under way: what was, is put back or kept."""
    quick(window)
    session = window.session
    if session is None:
        return
    window.settle_edits()
    document = session.document
    assert not document.is_editing, "a transaction is open after all has been settled"
    scene = window.view.map_scene()
    assert scene is not None
    layout_is_fresh(scene)
    scene_shows_the_layout(scene)
    _history_leads_back_and_forth(document, scene)
    layout_is_fresh(scene)
    scene_shows_the_layout(scene)
    _file_holds_the_map(document)


def layout_is_fresh(scene: MapScene) -> None:
    """The layout kept edit by edit is the one made afresh."""
    kept, fresh = picture(scene.layout), picture(MapLayout(scene.document))
    for name in kept._fields:
        assert getattr(kept, name) == getattr(fresh, name), f"the kept layout has other {name}"


def scene_shows_the_layout(scene: MapScene) -> None:
    """Each item shows what the layout has for it, and there are no others."""
    scene.finish()
    layout = scene.layout
    assert scene.blocks.keys() == set(layout.blocks), "other blocks are shown than there are"
    for key, item in scene.blocks.items():
        block = layout.block(key)
        place = item.x(), item.y(), *item.size
        assert near(place, tuple(block.rect)), f"block {key} is at {place}, not at {block.rect}"
        assert tuple(one.placed for one in item.cards) == block.cards, f"block {key} shows other cards"
    lanes = {row.lane: row for row in layout.rows if not row.is_curve and layout.bands}
    assert scene.grounds.keys() == lanes.keys(), "other grounds are shown than there are"
    assert all(near(item.y(), lanes[lane].y) for lane, item in scene.grounds.items()), "a ground is elsewhere"
    assert scene._curves.keys() == set(layout.curves), "other curves are shown than there are"
    for lane, curve in layout.curves.items():
        wanted = Placed(lane, curve.rect.x, curve.rect.y, curve.drawing)
        assert [one.placed for one in scene._curves[lane].showing] == [wanted], f"curve lane {lane} is shown otherwise"
        assert scene.curve_lanes[lane] == curve, f"curve lane {lane} is known otherwise"
    assert _placed(scene.head) == [*layout.stage_headers, *layout.step_headers], "other headers of stages and steps"
    assert _placed(scene.side) == list(layout.lane_headers), "other headers of lanes"
    assert _placed(scene._title) == [layout.title], "another title"
    for items, drawn in ((scene._links._lines, layout.block_links), (scene._links._labels, layout.block_link_labels)):
        for key in layout.blocks:
            links = items.get(key)
            assert (_placed(links) if links is not None else []) == list(drawn(key)), f"other links of {key}"
        assert items.keys() <= set(layout.blocks), "links of blocks that are gone"
    _overlays_are_as_new(scene)
    _nothing_else_is_there(scene)


def _placed(item: object) -> list[Placed]:
    return [one.placed for one in item.showing]  # type: ignore[attr-defined]


def _overlays_are_as_new(scene: MapScene) -> None:
    """The outlines of the selection are those that a scene made now has."""
    fresh = MapScene(scene.document, MapLayout(scene.document), scene.selection, scene.map_filter)
    try:
        fresh.finish()
        for name in ("outlines", "head_outlines", "side_outlines"):
            kept, made = (
                tuple(one._replace(path=None) for one in getattr(each, name)._outlines) for each in (scene, fresh)
            )
            assert kept == made, f"{name} of the selection are elsewhere: {kept} for {made}"
        assert scene.cell.spot == fresh.cell.spot, "the cell is elsewhere"
        assert scene._first_steps.isVisible() == fresh._first_steps.isVisible(), "the first steps"
    finally:
        fresh.close()


def _nothing_else_is_there(scene: MapScene) -> None:
    parts = [*vars(scene).values(), scene.handle._item]
    known = {id(part) for part in parts if isinstance(part, QGraphicsItem)}
    kept = (scene.blocks, scene.grounds, scene._curves, scene._links._lines, scene._links._labels)
    known |= {id(item) for items in kept for item in items.values()}
    strays = [item for item in scene.items() if id(item) not in known]
    assert not strays, f"items that nobody knows of: {strays[:5]}"


def _history_leads_back_and_forth(document: Document, scene: MapScene) -> None:
    now, undone = bytes_of(document.store), 0
    was_clean = document.history.is_clean
    while undone < MOST_STEPS and document.undo():
        undone += 1
    assert_true_to_records(document.store)
    assert not problems(document.store), "rules are broken at the beginning of the history"
    scene_shows_the_layout(scene)
    for _ in range(undone):
        assert document.redo(), "less can be done again than was undone"
    assert bytes_of(document.store) == now, "undoing and redoing leads elsewhere"
    assert document.history.is_clean == was_clean, "undoing and redoing changes whether the map counts as saved"


def _file_holds_the_map(document: Document) -> None:
    data = dumps(document.records)
    assert bytes_of(loads(data).records) == bytes_of(document.store), "the file holds another map"
    assert dumps(loads(data)) == data, "saving what was read gives another file"


# What is left over


class Census:
    """What must be gone again when all windows are closed; what was there before does not count."""

    def __init__(self) -> None:
        self._widgets = _widgets()
        self._threads = set(threading.enumerate())

    def check(self) -> None:
        widgets = _widgets() - self._widgets
        assert not widgets, f"widgets are left over: {dict(widgets)}"
        threads = set(threading.enumerate()) - self._threads
        assert not threads, f"threads are left over: {[thread.name for thread in threads]}"


def _widgets() -> Counter[str]:
    return Counter(type(widget).__name__ for widget in QApplication.topLevelWidgets())
