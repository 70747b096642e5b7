"""The box of a tick, painted alike wherever something is on or off: beside a label, in a table, in the doctor's list.

A style sheet could only take its tick from a file, which would not follow the colours of the window.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from app.window.icons import paint_icon
from app.window.tones import Tones, tones

BOX: Final = 16
"""The side of the box, as the style sheet keeps it free too."""

EDGE: Final = 1.5
FOCUSED_EDGE: Final = 2.0
SIGN, DASH = 2.0, 4.0
"""How far from the edge tick and dash are."""


class TickBox(QCheckBox):
    """A tick with its label; where those who are selected differ it shows a dash."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # the label; the style sheet leaves the box blank
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        box = QRectF(self.width() - BOX if is_mirrored else 0, (self.height() - BOX) // 2, BOX, BOX)
        state = self.checkState()
        is_on = None if state == Qt.CheckState.PartiallyChecked else state == Qt.CheckState.Checked
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_tick(painter, box, is_on, tones(), focused=self.hasFocus(), enabled=self.isEnabled())


def paint_tick(
    painter: QPainter, box: QRectF, is_on: bool | None, worn: Tones, *, focused: bool = False, enabled: bool = True
) -> None:
    """The box and what is in it, None: a dash. Its edge can be told from any ground, as WCAG 2.1 asks (1.4.11)."""
    is_filled = is_on is not False
    ground = worn.field if not is_filled else worn.accent if enabled else worn.disabled
    edge = worn.secondary if not is_filled else ground
    edge = worn.disabled if not enabled else worn.text if focused and is_filled else worn.focus if focused else edge
    width = FOCUSED_EDGE if focused else EDGE
    painter.setPen(QPen(QColor(edge), width))
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(box.adjusted(width / 2, width / 2, -width / 2, -width / 2), 3.5, 3.5)
    ink = worn.on_accent if enabled else worn.window
    if is_on is None:
        painter.fillRect(box.adjusted(DASH, box.height() / 2 - 1, -DASH, 1 - box.height() / 2), QColor(ink))
    elif is_on:
        paint_icon(painter, "check", box.adjusted(SIGN, SIGN, -SIGN, -SIGN), ink)
