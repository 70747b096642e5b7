"""What was found in a map, marked as with a felt pen: on the screen only, and gone with the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRectF, QTimer
from PySide6.QtGui import QColor, QPainterPath

from app.canvas.items import to_qrect, zoom_of
from app.canvas.overlay import CARD_RADIUS, Outline, OutlineItem
from app.canvas.painter import ANTIALIASING, NO_PEN, Detail, detail_at
from app.canvas.scene import Z_OUTLINE
from app.model.records import MapRecord

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QGraphicsItem

    from app.canvas.painter import Exposed
    from app.canvas.scene import MapScene
    from app.layout.fields import Part

TINT, SPOT = 38, 150
"""How much of the colour lies over a card: its text stays as readable as it was, where it can be read."""

MANY, PAUSE = 300, 150
"""More marks than that follow the map when it has been still for so many milliseconds."""

EDGE: Final = 1.0
"""Millimetres that the line around what the map says of itself keeps from the edge of the sheet."""


class FoundItem(OutlineItem):
    """The marks on one part of the sheet: tinted with a line around, on headers the line only.

    Where the map is too small to be read they are spots of colour.
    """

    COLOR = "#D97706"
    HALO = 0

    def __init__(self, z: float, parent: QGraphicsItem | None = None, *, on_headers: bool = False) -> None:
        super().__init__(z, parent, on_headers=on_headers)
        self._on_headers = on_headers
        self._spots: list[QRectF] = []

    def set_outlines(self, outlines: tuple[Outline, ...]) -> None:
        super().set_outlines(outlines)
        self._spots = [to_qrect(one.rect) for one in outlines if one.path is None]

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        painter.setPen(NO_PEN)
        if self._on_headers:
            super().draw(painter, exposed)
        elif detail_at(zoom_of(painter)) is Detail.COARSE:
            painter.setRenderHint(ANTIALIASING, False)
            painter.setBrush(_tint(SPOT))
            painter.drawRects(self._spots)
        else:
            painter.setBrush(_tint(TINT))
            for one in self.seen(exposed):
                self._fill(painter, one)
            super().draw(painter, exposed)

    def _fill(self, painter: QPainter, one: Outline) -> None:
        if one.is_round:
            painter.drawEllipse(to_qrect(one.rect))
        elif one.path is None:
            painter.drawRoundedRect(to_qrect(one.rect), CARD_RADIUS, CARD_RADIUS)


def _tint(alpha: int) -> QColor:
    tint = QColor("#F59E0B")
    tint.setAlpha(alpha)
    return tint


class FoundMarks(QObject):
    """Follows a scene's map as long as the scene is there."""

    def __init__(self, scene: MapScene) -> None:
        super().__init__(scene)
        self._scene = scene
        self._ids: tuple[str, ...] = ()
        z = Z_OUTLINE - 0.5
        self._items: dict[Part, FoundItem] = {
            "sheet": FoundItem(z),
            "head": FoundItem(z, scene.head, on_headers=True),
            "side": FoundItem(z, scene.side, on_headers=True),
        }
        scene.addItem(self._items["sheet"])
        self._later = QTimer(self, singleShot=True, interval=PAUSE)
        self._later.timeout.connect(self._show)
        scene.relaid.connect(self._follow)

    def show_marks(self, ids: Iterable[str]) -> None:
        """Marks these records; what is nowhere on the sheet has no mark."""
        self._ids = tuple(ids)
        self._show()

    def _follow(self) -> None:
        """The map lies otherwise now. A few marks go along at once, many must not keep anybody from writing."""
        if len(self._ids) > MANY:
            self._later.start()
        else:
            self._show()

    def _show(self) -> None:
        marks: dict[Part, dict[str, Outline]] = {part: {} for part in self._items}
        for id in self._ids:
            outline = self._outline(id)
            if outline is not None:
                marks[self._scene.part_of(id)][id] = outline
        for part, item in self._items.items():
            item.set_outlines(tuple(marks[part].values()))

    def _outline(self, id: str) -> Outline | None:
        if not isinstance(self._scene.document.store.get(id), MapRecord):
            return self._scene.outline(id)
        head, edge = self._scene.layout.title.rect.grown(-EDGE), QPainterPath()
        edge.addRoundedRect(to_qrect(head), CARD_RADIUS, CARD_RADIUS)
        return Outline(head, path=edge)  # a line only: it is as wide as the sheet
