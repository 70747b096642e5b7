"""Judgements: how much of something, from 1 to 5, and how well it is known. Either can be left open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolButton, QWidget

from app.window.icons import icon_on_button
from app.window.panels.fields.base import mark
from app.window.panels.fields.choices import Option, SegmentEditor

CLEAR = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_0}

STANDING_SIGNS = {"assumption": "circle-dashed", "partly": "contrast", "evidenced": "circle-check"}


class JudgementEditor(SegmentEditor):
    """Segments of which one is down or none: the same one again, Delete or 0 takes the judgement back."""

    def __init__(self, options: Sequence[Option], parent: QWidget | None = None) -> None:
        self._down: int | None = None
        super().__init__(options, parent)

    def show_value(self, value: Any) -> None:
        values = [option.value for option in self._options]
        self._down = values.index(value) if value in values else None
        super().show_value(value)
        self._mark()

    def show_mixed(self) -> None:
        self._down = None
        super().show_mixed()
        self._mark()

    def set_name(self, name: str) -> None:
        super().set_name(name)
        tip = QCoreApplication.translate("Fields", "{0}; click again or press Delete to take it back")
        for button in self.buttons:
            button.setToolTip(tip.format(button.accessibleName()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, step = Qt.Key(event.key()), self._step(event)
        if key in CLEAR:
            if self._down is not None:
                self._take_back()
        elif step and self._down is None:
            self._go_to(0 if step > 0 else len(self.buttons) - 1)
        elif step and self._down is not None:
            at = max(0, min(len(self.buttons) - 1, self._down + step))
            if at != self._down:
                self._go_to(at)
        else:
            super().keyPressEvent(event)

    def _pick(self, place: int) -> None:
        if place == self._down:
            self._take_back()
        else:
            self._down = place
            super()._pick(place)
            self._mark()

    def _take_back(self) -> None:
        self.show_value(None)
        self.picked.emit(None)

    def _mark(self) -> None:
        """For subclasses that show more than which segment is down."""


class RatingEditor(JudgementEditor):
    """From 1, little, to 5, much; the segments below the chosen one are filled too. The digits choose."""

    def __init__(self, low: int = 1, high: int = 5, parent: QWidget | None = None) -> None:
        super().__init__([Option(value, str(value)) for value in range(low, high + 1)], parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        values = [str(option.value) for option in self._options]
        if event.text() in values:
            place = values.index(event.text())
            if place != self._down:
                self._go_to(place)
        else:
            super().keyPressEvent(event)

    def _mark(self) -> None:
        for place, button in enumerate(self.buttons):
            mark(button, "filled", self._down is not None and place < self._down)


class StandingEditor(JudgementEditor):
    """How well something is known: an assumption, partly, or evidenced. Each has a sign, so that it takes no colour."""

    def __init__(self, options: Sequence[Option], parent: QWidget | None = None) -> None:
        self._full = [option.label for option in options if option.value]
        short = {"partly": QCoreApplication.translate("Fields", "Partly")}  # all three have to fit side by side
        known = [
            Option(option.value, short.get(option.value, option.label), icon_on_button(STANDING_SIGNS[option.value]))
            for option in options
            if option.value
        ]
        super().__init__(known, parent)

    def set_name(self, name: str) -> None:
        super().set_name(name)
        for button, label in zip(self.buttons, self._full, strict=True):
            button.setAccessibleName(f"{name}: {label}")

    def _button(self, place: int) -> QToolButton:
        button = super()._button(place)
        button.setProperty("size", "small")
        return button
