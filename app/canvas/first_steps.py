"""What an empty map says on the screen, and never on paper: the first three steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtGui import QColor, QPainter

from app.canvas.items import PAPER_EDGE, SheetItem
from app.canvas.painter import NO_PEN, Exposed, pen
from app.layout import theme
from app.layout.drawing import Rect
from app.layout.text import TextBlock, TextStyle, layout_text, paint_text

if TYPE_CHECKING:
    from app.layout.engine import MapLayout
    from app.model.store import RecordGraph

HEADING: Final = TextStyle(14, "semibold", 1.3)
LINE: Final = TextStyle(10, "regular", 1.35)
NUMBER: Final = TextStyle(9, "semibold", 1.0, "center")
WIDTH: Final = 100.0
INDENT: Final = 9.0
GAP: Final = 10.0
PAD: Final = 5.0
SPACE: Final = 3.5
HEAD: Final = 9.5
ACCENT: Final = "#1D4ED8"
INK: Final = "#475569"


def _tr(text: str) -> str:
    return QCoreApplication.translate("FirstSteps", text)


def steps() -> tuple[str, ...]:
    """The three steps."""
    return (
        _tr("Name the stages: double-click their headers. Ctrl+Alt+Enter adds a stage, Ctrl+Shift+Enter a step."),
        _tr("Click a cell and type: Enter keeps a card and starts the next one, Tab goes to the next cell."),
        _tr("Show how it feels: go to a cell of the Emotion lane and type, then drag the face up or down."),
    )


class FirstStepsItem(SheetItem):
    """A few calm words beside the grid of a map in which nothing lies yet."""

    def __init__(self, z: float) -> None:
        super().__init__(z)
        self._blocks: tuple[TextBlock, ...] = ()
        self.hide()

    def look(self, layout: MapLayout, store: RecordGraph) -> None:
        """Shows the words while the map has neither cards nor points, where they cover nothing."""
        is_empty = not store.ids_of_type("card") and not store.ids_of_type("emotion_point")
        self.setVisible(is_empty)
        if not is_empty:
            return
        self._blocks = tuple(layout_text(step, LINE, WIDTH - INDENT) for step in steps())
        height = HEAD + sum(block.height + SPACE for block in self._blocks) - SPACE + 2 * PAD
        width, _ = layout.size
        top = layout.head.bottom + SPACE
        if layout.rtl:
            self.set_rect(Rect(-GAP - WIDTH - 2 * PAD, top, WIDTH + 2 * PAD, height))
        else:
            self.set_rect(Rect(width + GAP, top, WIDTH + 2 * PAD, height))
        self.update()

    def beside(self, width: float) -> tuple[float, float]:
        """From where to where across, in mm, a sheet of a width and the words are seen; the sheet only without them."""
        if not self.isVisible():
            return 0.0, width
        margin = GAP / 2
        return min(0.0, self._rect.left()) - margin, max(width, self._rect.right()) + margin

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        del exposed
        painter.setPen(pen(PAPER_EDGE, 0.0))
        painter.setBrush(QColor(theme.WHITE))
        painter.drawRoundedRect(self._rect, 2.0, 2.0)
        x, y = self._rect.x() + PAD, self._rect.y() + PAD
        paint_text(painter, x, y, layout_text(_tr("Three steps to a first map"), HEADING, WIDTH), INK)
        y += HEAD
        for number, block in enumerate(self._blocks, 1):
            painter.setPen(NO_PEN)
            painter.setBrush(QColor(ACCENT))
            line = block.height / len(block.lines)
            painter.drawEllipse(QPointF(x + 2.8, y + line / 2), 2.6, 2.6)
            sign = layout_text(str(number), NUMBER, 5.6)
            paint_text(painter, x, y + (line - sign.height) / 2, sign, theme.WHITE)
            paint_text(painter, x + INDENT, y, block, INK)
            y += block.height + SPACE
