"""The evidence heat map: the blocks of the map tinted by how well they are known, with the share in figures."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from app.canvas.items import DrawingsItem, SheetItem, shown, to_qrect
from app.canvas.painter import ANTIALIASING, NO_PEN, Detail, Exposed, touches, union
from app.canvas.scene import Z_GROUND, Z_LINK
from app.layout.drawing import Placed, Rect
from app.layout.screen_marks import heat_chip, heat_color
from app.model.analysis.coverage import CoverageCount, Tally
from app.model.queries import lanes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPainter

    from app.canvas.scene import MapScene
    from app.layout.grid import BlockKey
    from app.model.diff import Diff

ALPHA: Final = 72
GAP: Final = 1.0


class TintItem(SheetItem):
    """Colours over the ground of blocks, below their cards."""

    def __init__(self, z: float) -> None:
        super().__init__(z)
        self._tints: dict[Rect, str] = {}

    def set_tints(self, tints: dict[Rect, str]) -> None:
        """Takes the colours by the rectangles (sheet mm) that they fill."""
        differing = dict(self._tints.items() ^ tints.items())
        self._tints = tints
        self.set_rect(union(*tints) if tints else Rect(0, 0, 0, 0))
        for rect in differing:
            self.update(to_qrect(rect))

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        painter.setRenderHint(ANTIALIASING, False)
        painter.setPen(NO_PEN)
        for rect, color in self._tints.items():
            if touches(rect, exposed):
                tint = QColor(color)
                tint.setAlpha(ALPHA)
                painter.fillRect(to_qrect(rect), tint)


class ChipsItem(DrawingsItem):
    """The shares, above the cards."""

    def set_chips(self, chips: list[Placed]) -> None:
        before = {one.placed for one in self.showing}
        changed = before.symmetric_difference(chips)
        if changed:
            self.showing = shown(chips, self.showing)
            self.set_rect(union(*(one.area for one in self.showing)) if chips else Rect(0, 0, 0, 0))
            for placed in changed:
                self.update(to_qrect(placed.rect.grown(GAP)))


class HeatMap(QObject):
    """Follows a scene's map until it is closed."""

    changed = Signal()
    """The map has changed, and this has followed."""

    def __init__(self, scene: MapScene) -> None:
        super().__init__(scene)
        self._scene = scene
        self._count = CoverageCount(scene.document.store)
        self._tallies: dict[BlockKey, Tally] = {}
        self._laid_out: tuple[object, object] = (None, None)
        self._tints = TintItem(Z_GROUND + 0.5)
        self._chips = ChipsItem(Z_LINK + 0.5, detail=Detail.TITLES)
        for item in (self._tints, self._chips):
            scene.addItem(item)
        self._forget = scene.document.subscribe(self._on_diff)  # after the scene, so that the map is laid out by then
        self.destroyed.connect(self._forget)  # where nobody closes it
        scene.map_filter.changed.connect(self._follow_lanes)  # after the scene too
        self._count_all()
        self._show()

    def close(self) -> None:
        """Takes the colours away."""
        self._forget()
        self._scene.map_filter.changed.disconnect(self._follow_lanes)
        for item in (self._tints, self._chips):
            self._scene.removeItem(item)
        self.deleteLater()

    @property
    def total(self) -> Tally:
        """How well the whole map is known."""
        return sum_of(self._tallies.values())

    def tally(self, key: BlockKey) -> Tally:
        """How well a block is known, by (lane id, stage id)."""
        return self._tallies.get(key, Tally())

    def _on_diff(self, diff: Diff) -> None:
        touched, before = self._count.take(diff), self._tallies
        if any(record.type in {"step", "stage"} for pair in diff.values() for record in pair if record is not None):
            self._count_all()
        else:
            column_of = self._scene.layout.column_of
            self._tallies = dict(before) if touched else before
            for lane, stage in {(lane, column_of[step].stage) for lane, step in touched if step in column_of}:
                self._count_block(lane, stage)
        if self._tallies != before or self._has_moved():
            self._show()
            self.changed.emit()

    def _count_all(self) -> None:
        self._tallies = {}
        for lane in lanes(self._scene.document.store):
            for band in self._scene.layout.bands:
                self._count_block(lane.id, band.stage)

    def _count_block(self, lane: str, stage: str) -> None:
        steps = (column.step for column in self._scene.layout.columns if column.stage == stage)
        tally = sum_of(self._count.cell(lane, step) for step in steps)
        if tally.claims:
            self._tallies[lane, stage] = tally
        else:
            self._tallies.pop((lane, stage), None)

    def _follow_lanes(self) -> None:
        """Some lanes are hidden now, or shown."""
        if self._has_moved():
            self._show()

    def _has_moved(self) -> bool:
        """Whether the blocks lie elsewhere than where the colours are."""
        layout = self._scene.layout
        rows, bands = self._laid_out
        return layout.rows is not rows or layout.bands != bands

    def _show(self) -> None:
        layout = self._scene.layout
        self._laid_out = layout.rows, layout.bands
        tints: dict[Rect, str] = {}
        chips: list[Placed] = []
        for row in layout.rows:
            for band in layout.bands:
                percent = self.tally((row.lane, band.stage)).percent
                if percent is not None:
                    tints[Rect(band.x, row.y, band.w, row.h)] = heat_color(percent)
                    chip = heat_chip(round(percent))
                    x = band.x + GAP if layout.rtl else band.x + band.w - chip.w - GAP
                    chips.append(Placed(f"{row.lane}-{band.stage}", x, row.y + row.h - chip.h - GAP / 2, chip))
        self._tints.set_tints(tints)
        self._chips.set_chips(chips)


def sum_of(tallies: Iterable[Tally]) -> Tally:
    """Several tallies as one."""
    return reduce(Tally.plus, tallies, Tally())
