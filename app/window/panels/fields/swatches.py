"""Colours: those of the paper theme to choose from, and a field for any other."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from app.layout.theme import STAGE_COLORS, ink_on
from app.model.edits.structure import PERSONA_COLORS
from app.window.icons import paint_icon
from app.window.panels.fields.base import FieldEditor
from app.window.panels.fields.parsed import NotUnderstood, ParsedEditor
from app.window.tones import tones

PALETTES = {"stage": STAGE_COLORS, "persona": PERSONA_COLORS}
SIZE = 24
_HEX = re.compile(r"#?([0-9A-Fa-f]{6})", re.ASCII)


class ColorEditor(FieldEditor):
    """Swatches in a row, then a line with the colour's number. The swatch without a colour is None: automatic."""

    def __init__(self, palette: str, optional: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        colors: list[str | None] = [*PALETTES.get(palette, STAGE_COLORS)]
        self.swatches = [Swatch(color, self) for color in ([None, *colors] if optional else colors)]
        row = QHBoxLayout()
        row.setSpacing(1)
        for swatch in self.swatches:
            self._group.addButton(swatch)
            row.addWidget(swatch)
        row.addStretch(1)
        self.hex = HexEditor(optional, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self.hex)
        self._group.buttonClicked.connect(self._pick)
        self.hex.picked.connect(self.picked)
        self.hex.refused.connect(self.refused)
        self.hex.left.connect(self.left)
        self._let_in(self.swatches[0])

    def show_value(self, value: Any) -> None:
        self.hex.show_value(value)
        same = [swatch for swatch in self.swatches if _same(swatch.color, value)]
        self._check(same[0] if same else None)

    def show_mixed(self) -> None:
        self.hex.show_mixed()
        self._check(None)

    def flush(self) -> None:
        self.hex.flush()

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self.hex.set_name(name)
        for swatch in self.swatches:
            swatch.setAccessibleName(f"{name}: {swatch.toolTip()}")

    def set_invalid(self, invalid: bool) -> None:
        self.hex.set_invalid(invalid)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        focused = next((place for place, swatch in enumerate(self.swatches) if swatch.hasFocus()), None)
        if not step or focused is None:
            super().keyPressEvent(event)
            return
        following = self.swatches[max(0, min(len(self.swatches) - 1, focused + step))]
        following.setFocus(Qt.FocusReason.TabFocusReason)
        following.click()

    def _check(self, chosen: Swatch | None) -> None:
        self._group.setExclusive(False)
        for swatch in self.swatches:
            swatch.setChecked(swatch is chosen)
        self._group.setExclusive(True)
        self._let_in(chosen or self.swatches[0])

    def _let_in(self, chosen: Swatch) -> None:
        for swatch in self.swatches:
            policy = Qt.FocusPolicy.StrongFocus if swatch is chosen else Qt.FocusPolicy.ClickFocus
            swatch.setFocusPolicy(policy)
        self.setFocusProxy(chosen)

    def _pick(self, swatch: QAbstractButton) -> None:
        assert isinstance(swatch, Swatch)
        self._let_in(swatch)
        self.hex.show_value(swatch.color)
        self.picked.emit(swatch.color)


class Swatch(QAbstractButton):
    """A round button in a colour; a ring and a tick mark the chosen one, so that it does not take colour to see it."""

    def __init__(self, color: str | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.color = color
        self.setCheckable(True)
        self.setFixedSize(SIZE, SIZE)
        self.setToolTip(color or QCoreApplication.translate("Fields", "Automatic"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        worn = tones()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            disc = QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -3.5)
            painter.setPen(QPen(QColor(worn.edge), 1))
            painter.setBrush(QColor(self.color or worn.field))
            painter.drawEllipse(disc)
            if self.color is None:
                painter.setPen(QPen(QColor(worn.secondary), 1.5))
                painter.drawLine(disc.bottomLeft() + _diagonal(disc), disc.topRight() - _diagonal(disc))
            if self.isChecked():
                if self.color:
                    paint_icon(painter, "check", disc.adjusted(3, 3, -3, -3), ink_on(self.color))
                self._ring(painter, worn.text, 1.5)
            if self.hasFocus():
                self._ring(painter, worn.focus, 2)

    def _ring(self, painter: QPainter, color: str, width: float) -> None:
        painter.setPen(QPen(QColor(color), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5))


class HexEditor(ParsedEditor):
    """A colour by its number, with or without the sign before it."""

    def hint(self) -> str:
        return QCoreApplication.translate("Fields", "Automatic") if self._optional else ""

    def text_of(self, value: Any) -> str:
        return str(value).upper()

    def value_of(self, text: str) -> str:
        match = _HEX.fullmatch(text)
        if match is None:
            raise NotUnderstood(QCoreApplication.translate("Fields", "Please write a colour such as #1D4ED8."))
        return "#" + match[1].upper()


def _same(one: str | None, other: str | None) -> bool:
    return (one or "").upper() == (other or "").upper()


def _diagonal(disc: QRectF) -> QPointF:
    inset = disc.width() * 0.15
    return QPointF(inset, -inset)
