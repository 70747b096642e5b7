"""What must be true of the program whatever was done to it. Each check raises AssertionError with what is wrong."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QApplication

from app.canvas.cell_items import CellItem
from app.canvas.found_marks import FoundItem
from app.canvas.items import BlockItem, GroundItem
from app.canvas.overlay import OutlineItem
from app.canvas.scene import MapScene
from app.canvas.selection import Selection
from app.files import dumps, loads
from app.layout.engine import MapLayout
from app.model.document import Document
from app.model.rules import problems
from tests.layout.maps import near, picture
from tests.model.builders import assert_true_to_records, bytes_of

if TYPE_CHECKING:
    from app.window.window import MainWindow

PASSING = frozenset(
    {
        "CaretItem",
        "FloatItem",
        "TargetItem",
        "BandItem",
        "SketchItem",
        "HandleItem",
        "ChipsItem",
        "TintItem",
        "FoundItem",
    }
)
"""Items that follow the mouse, what is being typed, the heat map or a search; other tests look at those."""

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
        assert not scene._lanes.holes, "cards are still shown as lifted"
        assert not scene.floating.isVisible(), "something still floats"
        assert scene.outlines.isVisible(), "the selection is still hidden"
    _search_is_of_this_map(window)


def _search_is_of_this_map(window: MainWindow) -> None:
    finding, scene = window._finding, window.view.map_scene()
    if finding is None or scene is None:
        return
    assert finding._document in {None, scene.document}, "another map is searched than is shown"
    assert finding.bar.isHidden() is (finding._document is None), (
        "the bar is shown without a search, or hidden with one"
    )
    marks = [item for item in scene.items() if isinstance(item, FoundItem) and item._outlines]
    assert finding.hits or not marks, "what was found is still marked"


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
    kept, fresh = picture(scene.layout), picture(_made_afresh(scene))
    for name in kept._fields:
        one, other = getattr(kept, name), getattr(fresh, name)
        assert one == other, f"the kept layout has other {name}: {_difference(one, other)}"


def _difference(one: object, other: object) -> str:
    """Where two things differ at first, as far inside as that can be told."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return next(f"{key!r} {_difference(one[key], other[key])}" for key in one if one[key] != other[key])
    if isinstance(one, tuple | list) and isinstance(other, type(one)) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return next((f"[{at}] {_difference(*pair)}" for at, pair in pairs if pair[0] != pair[1]), "")
    return f"{str(one)[:200]}, and made afresh {str(other)[:200]}"


def scene_shows_the_layout(scene: MapScene) -> None:
    """The scene shows what one shows that is made now, item by item, and nothing else."""
    fresh = MapScene(scene.document, _made_afresh(scene), scene.selection, scene.map_filter)
    try:
        scene.finish()
        fresh.stick(scene._visible)
        fresh.finish()
        wanted = _shown_in(fresh)
        for one in _shown_in(scene):
            partner = next((other for other in wanted if _same(one, other)), None)
            likest = next((other for other in wanted if near(one[:4], other[:4])), None)
            assert partner is not None, f"this is shown and should not be: {_difference(one, likest)}"
            wanted.remove(partner)
        assert not wanted, f"this should be shown and is not: {str(wanted[0])[:300]}"
    finally:
        fresh.close()


def _made_afresh(scene: MapScene) -> MapLayout:
    """The layout of a scene's map made now, of the lanes that are looked at, with the same idea of what is overdue."""
    made = MapLayout(scene.document, scene.layout._today)
    made.hide(scene.layout.hidden)
    return made


class _Shown(NamedTuple):
    """What an item of the scene shows; its place is that in the scene, in mm."""

    name: str
    x: float
    y: float
    is_visible: bool
    content: object


def _shown_in(scene: MapScene) -> list[_Shown]:
    found = [
        _Shown(type(item).__name__, item.scenePos().x(), item.scenePos().y(), item.isVisible(), _content(item))
        for item in scene.items()
        if item is not scene.hover
    ]
    return [one for one in found if one.content and one.name not in PASSING]


def _same(one: _Shown, other: _Shown) -> bool:
    return near(one[:4], other[:4]) and one.content == other.content


def _content(item: object) -> object:
    """What an item shows, as far as it can be compared; nothing for one that is empty."""
    match item:
        case BlockItem():
            return [one.placed for one in item.cards]
        case GroundItem():
            return item.shape_key
        case OutlineItem():
            return [one._replace(path=None) for one in item._outlines]
        case CellItem():
            return item.spot
        case _:
            return [one.placed for one in getattr(item, "showing", ())]


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


SHARED = "pictures"
"""The thread that decodes pictures serves all windows, and stays."""


class Census:
    """What must be gone again when all windows are closed; what was there before does not count."""

    def __init__(self) -> None:
        self._widgets = _widgets()
        self._threads = set(threading.enumerate())

    def check(self) -> None:
        widgets = _widgets() - self._widgets
        assert not widgets, f"widgets are left over: {dict(widgets)}"
        threads = {one for one in threading.enumerate() if not one.name.startswith(SHARED)} - self._threads
        assert not threads, f"threads are left over: {[thread.name for thread in threads]}"


def _widgets() -> Counter[str]:
    return Counter(type(widget).__name__ for widget in QApplication.topLevelWidgets())
