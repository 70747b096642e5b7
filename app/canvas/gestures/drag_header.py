"""Dragging the header of a stage, a step or a lane, with all that belongs to it, between two others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, Qt

from app.canvas.gestures.gaps import Gap, Gaps, lane_gaps, stage_gaps, step_gaps
from app.canvas.gestures.picture import picture_of
from app.canvas.insertion import Among
from app.layout.drawing import Placed, Rect
from app.model.edits import move_lane, move_stage, move_step
from app.model.queries import lanes, stages, steps_of
from app.model.records import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.canvas.gestures.base import Press, Spot
    from app.canvas.scene import MapScene
    from app.model.document import Transaction
    from app.model.store import RecordGraph


class Kind(NamedTuple):
    """What there is to know of stages, of steps or of lanes."""

    label: Callable[[], str]
    gaps: Gaps
    write: Callable[[Transaction, str, Among], None]
    headers: Callable[[MapScene, str], list[Placed]]
    body: Callable[[MapScene, str], Rect]
    siblings: Callable[[RecordGraph, str], tuple[str, list[str]]]


class DragHeader:
    """The header floats along; a mark shows between which others it would go. The map changes on release."""

    cursor = Qt.CursorShape.ClosedHandCursor
    scrolls_at_edges = True

    def __init__(self, kind: Kind, press: Press) -> None:
        scene = press.scene
        self._kind, self._scene, self._id, self._start = kind, scene, press.id, press.spot
        parent, order = kind.siblings(scene.document.store, press.id)
        after = order.index(press.id) + 1
        self._own = Among(parent, order[after] if after < len(order) else None)
        self._gap: Gap | None = None
        self._upright = kind is LANE
        self._shift = self._header_shift()
        dx, dy = self._shift
        lifted = [placed._replace(x=placed.x + dx, y=placed.y + dy) for placed in kind.headers(scene, press.id)]
        scene.hide_outlines(True)
        scene.lifted.lift(*picture_of(lifted, press.surface(), press.id, on_paper=True))
        self._tx = scene.document.begin(kind.label())

    def move(self, spot: Spot) -> None:
        dx, dy = self._header_shift()
        if self._upright:
            self._scene.lifted.move_by(dx - self._shift[0], spot.y - self._start.y)
        else:
            self._scene.lifted.move_by(spot.x - self._start.x, dy - self._shift[1])
        self._gap = self._kind.gaps(self._scene, spot, self._id)
        self._scene.target.show_at(self._kind.body(self._scene, self._id))
        self._scene.lifted_target.show_at(None, self._gap.mark if self._gap is not None and self._goes else None)

    def release(self, spot: Spot) -> None:
        self.move(spot)
        self._clear()
        try:
            if self._gap is not None and self._goes:
                self._kind.write(self._tx, self._id, self._gap.where)
            self._tx.commit()
        finally:
            self.cancel()

    def cancel(self) -> None:
        self._clear()
        if self._tx.is_open:
            self._tx.rollback()

    @property
    def _goes(self) -> bool:
        """True where it would not stay where it is."""
        return self._gap is not None and self._gap.where != self._own

    def _header_shift(self) -> tuple[float, float]:
        """By how much the headers are away from their place on the sheet, to stay in sight."""
        return (self._scene.side.x(), 0.0) if self._upright else (0.0, self._scene.head.y())

    def _clear(self) -> None:
        self._scene.lifted.drop()
        self._scene.hide_outlines(False)
        self._scene.target.clear()
        self._scene.lifted_target.clear()


def stage_label() -> str:
    """What the undo menu calls it."""
    return QCoreApplication.translate("Gestures", "Move stage")


def step_label() -> str:
    return QCoreApplication.translate("Gestures", "Move step")


def lane_label() -> str:
    return QCoreApplication.translate("Gestures", "Move lane")


def _stage_headers(scene: MapScene, stage: str) -> list[Placed]:
    layout = scene.layout
    steps = {column.step for column in layout.columns if column.stage == stage}
    headers = [placed for placed in layout.stage_headers if placed.id == stage]
    return headers + [placed for placed in layout.step_headers if placed.id in steps]


def _stage_body(scene: MapScene, stage: str) -> Rect:
    band = next(band for band in scene.layout.bands if band.stage == stage)
    return _below(scene, band.x, band.w)


def _step_body(scene: MapScene, step: str) -> Rect:
    column = scene.layout.column_of[step]
    return _below(scene, column.x, column.w)


def _below(scene: MapScene, x: float, width: float) -> Rect:
    head, bottom = scene.layout.head, scene.layout.side.bottom
    return Rect(x, head.bottom, width, max(0.0, bottom - head.bottom))


def _lane_body(scene: MapScene, lane: str) -> Rect:
    row, head = scene.layout.row_of[lane], scene.layout.head
    return Rect(head.x, row.y, head.w, row.h)


def _step_siblings(store: RecordGraph, step: str) -> tuple[str, list[str]]:
    record = store.of(Step, step)
    assert record is not None
    return record.stage, [other.id for other in steps_of(store, record.stage)]


STAGE = Kind(
    stage_label,
    stage_gaps,
    lambda tx, stage, where: move_stage(tx, stage, where.before),
    _stage_headers,
    _stage_body,
    lambda store, _: ("", [stage.id for stage in stages(store)]),
)
STEP = Kind(
    step_label,
    step_gaps,
    lambda tx, step, where: move_step(tx, step, where.parent, where.before),
    lambda scene, step: [placed for placed in scene.layout.step_headers if placed.id == step],
    _step_body,
    _step_siblings,
)
LANE = Kind(
    lane_label,
    lane_gaps,
    lambda tx, lane, where: move_lane(tx, lane, where.before),
    lambda scene, lane: [placed for placed in scene.layout.lane_headers if placed.id == lane],
    _lane_body,
    lambda store, _: ("", [lane.id for lane in lanes(store)]),
)
