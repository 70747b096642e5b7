"""One among several: buttons in a row for few short words, a list that drops down for more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionToolButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.model.document import Document
from app.model.kinds import card_kinds
from app.model.lanes import LANE_KINDS
from app.model.queries import columns, personas
from app.model.records import Card, Persona, Record
from app.window.icons import icon, paint_icon
from app.window.panels.fields.base import FieldEditor, mixed_words
from app.window.panels.fields.changes import EndAt
from app.window.rows import paint_words
from app.window.tones import tones
from app.window.words import model_word, untitled

DOT = 14
ICON_SIZE = QSize(16, 16)
SIGN, SIGN_GAP, SEGMENT_EDGE = 12, 5, 3
"""A sign in a button, its distance from the word, and what is left free beside them, in pixels."""

STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
SIDEWAYS = {Qt.Key.Key_Right, Qt.Key.Key_Left}


class Option(NamedTuple):
    """A value to choose, its name and what stands before it."""

    value: Any
    label: str
    icon: QIcon | None = None


class Choices(QComboBox):
    """A list that drops down. The wheel scrolls the panel rather than changing the value under the mouse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(QStyledItemDelegate(self))  # the one it brings along ignores the style sheet
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # or the wheel, on its way over it, takes the keys along
        self.setIconSize(ICON_SIZE)
        self.setMaxVisibleItems(16)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            middle, leading = self.height() / 2, self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            left = 8 if leading else self.width() - 8 - DOT
            color = self.palette().color(self.foregroundRole())
            paint_icon(painter, "chevron-down", QRectF(left, middle - DOT / 2, DOT, DOT), color)


class ChoiceEditor(FieldEditor):
    """A list that drops down."""

    def __init__(self, options: Sequence[Option] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = Choices(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        self.setFocusProxy(self.box)
        self._options: list[Option] = []
        self.set_options(options)
        self.box.activated.connect(self._pick)

    def set_options(self, options: Sequence[Option]) -> None:
        """Changes what there is to choose from; what is shown stays."""
        if list(options) == self._options:
            return
        shown = self.box.currentIndex()
        value = self._options[shown].value if 0 <= shown < len(self._options) else None
        self._options = list(options)
        self.box.clear()
        for option in options:
            self.box.addItem(option.icon or QIcon(), option.label)
        self._show(value) if shown >= 0 else self.box.setCurrentIndex(-1)

    def show_value(self, value: Any) -> None:
        self.box.setPlaceholderText("")
        self._show(value)

    def show_mixed(self) -> None:
        self.box.setPlaceholderText(mixed_words())
        self.box.setCurrentIndex(-1)

    def _show(self, value: Any) -> None:
        values = [option.value for option in self._options]
        if value not in values and isinstance(value, str):
            self.box.setPlaceholderText(value)  # a kind of a newer version
        self.box.setCurrentIndex(values.index(value) if value in values else -1)

    def _pick(self, place: int) -> None:
        self.picked.emit(self._options[place].value)


class PersonaEditor(ChoiceEditor):
    """One of the map's personas, each with her colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._followed: list[Persona] = []

    def follow(self, document: Document) -> None:
        people = personas(document.store)
        if people != self._followed:
            self._followed = people
            self.set_options([Option(one.id, one.name or untitled(), dot(one.color)) for one in people])


class EndStepEditor(ChoiceEditor):
    """How far a card reaches: to a later step, or over its own only. Of several cards, the first says what is later."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._starts: frozenset[str] = frozenset()

    def concern(self, records: Sequence[Record]) -> None:
        self._starts = frozenset(card.step for card in records if isinstance(card, Card))

    def follow(self, document: Document) -> None:
        steps = columns(document.store)
        first = next((place for place, step in enumerate(steps) if step.id in self._starts), len(steps))
        own = QCoreApplication.translate("Fields", "Its own step only")
        later = (Option(step.id, step.title or untitled()) for step in steps[first + 1 :])
        self.set_options([Option(None, own), *later])

    def _show(self, value: Any) -> None:
        """An end that lies before the beginning since steps were moved is none, on the map as here."""
        super()._show(value if any(option.value == value for option in self._options) else None)

    def _pick(self, place: int) -> None:
        self.picked.emit(EndAt(self._options[place].value))


class LaneKindEditor(ChoiceEditor):
    """A kind of lane."""

    def __init__(self, parent: QWidget | None = None) -> None:
        kinds = LANE_KINDS.values()
        super().__init__([Option(kind.id, model_word(kind.label), icon(kind.icon)) for kind in kinds], parent)


class CardKindEditor(ChoiceEditor):
    """A kind of card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        kinds = card_kinds().values()
        options = [Option(kind.id, model_word(kind.label), icon(kind.icon)) for kind in kinds]
        super().__init__(options, parent)


class SegmentEditor(FieldEditor):
    """Buttons side by side, of which one is down; arrow keys go between them."""

    def __init__(self, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = list(options)
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.buttons = [self._button(place) for place in range(len(options))]
        for button in self.buttons:
            layout.addWidget(button)
        self._group.idClicked.connect(self._pick)
        self._let_in(0)

    def show_value(self, value: Any) -> None:
        values = [option.value for option in self._options]
        if value in values:
            self.buttons[values.index(value)].setChecked(True)
            self._let_in(values.index(value))
        else:
            self.show_mixed()

    def show_mixed(self) -> None:
        self._group.setExclusive(False)
        for button in self.buttons:
            button.setChecked(False)
        self._group.setExclusive(True)
        self._let_in(0)

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        for button, option in zip(self.buttons, self._options, strict=True):
            button.setAccessibleName(f"{name}: {option.label}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self._step(event)
        if not step:
            super().keyPressEvent(event)
            return
        at = next((place for place, button in enumerate(self.buttons) if button.hasFocus()), 0)
        self._go_to(at + step)

    def _step(self, event: QKeyEvent) -> int:
        """How far an arrow key goes, 0: it is none. Left is onward where one reads from the right."""
        key = Qt.Key(event.key())
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return -STEPS[key] if is_mirrored and key in SIDEWAYS else STEPS.get(key, 0)

    def _go_to(self, place: int) -> None:
        """Chooses with the keyboard."""
        at = max(0, min(len(self.buttons) - 1, place))
        self.buttons[at].setFocus(Qt.FocusReason.TabFocusReason)
        self.buttons[at].click()

    def _button(self, place: int) -> QToolButton:
        option = self._options[place]
        button = _Segment(self) if option.icon is None else SignedSegment(self)
        button.setText(option.label)
        if option.icon is not None:
            button.setIcon(option.icon)
            button.setIconSize(QSize(SIGN, SIGN))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setCheckable(True)
        button.setProperty("look", "segment")
        ends = {0: "first", len(self._options) - 1: "last"}
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            ends = {0: "last", len(self._options) - 1: "first"}  # the style sheet knows left and right only
        button.setProperty("place", ends.get(place, "middle"))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setMinimumWidth(1)  # long words are cut rather than the panel
        self._group.addButton(button, place)
        return button

    def _let_in(self, place: int) -> None:
        """Tab reaches the button that is down; the arrow keys reach the others."""
        for other, button in enumerate(self.buttons):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other == place else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.buttons[place])

    def _pick(self, place: int) -> None:
        self._let_in(place)
        self.picked.emit(self._options[place].value)


class _Segment(QToolButton):
    """Leaves the arrow keys to the row: a button would only move the focus."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class SignedSegment(_Segment):
    """A sign and a word in the middle: Qt would put them at the left edge and leave hardly a gap between them."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        with QPainter(self) as painter:
            self.style().drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option, painter, self)
            sign, words = self.places()
            mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
            self.icon().paint(painter, sign, mode=mode, state=QIcon.State.On if self.isChecked() else QIcon.State.Off)
            worn = tones()
            color = worn.disabled if not self.isEnabled() else worn.on_accent if self.isChecked() else worn.text
            paint_words(painter, words, self.text(), color, self.font())

    def places(self) -> tuple[QRect, QRect]:
        """Where the sign is and where the word, side by side in the middle."""
        room = self.width() - 2 * SEGMENT_EDGE
        width = min(self.fontMetrics().horizontalAdvance(self.text()) + 1, room - SIGN - SIGN_GAP)  # it is rounded
        left = (self.width() - SIGN - SIGN_GAP - width) // 2
        sign = QRect(left, (self.height() - SIGN) // 2, SIGN, SIGN)
        words = QRect(left + SIGN + SIGN_GAP, 0, width, self.height())
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            sign.moveRight(self.width() - 1 - sign.left())
            words.moveRight(self.width() - 1 - words.left())
        return sign, words


def dot(color: str) -> QIcon:
    """A disc in a persona's colour, with an edge so that it shows on any ground."""
    return _dot(color, tones().edge)


@lru_cache(maxsize=256)
def _dot(color: str, edge: str) -> QIcon:
    made = QIcon()
    for scale in (1, 2, 3):
        pixmap = QPixmap(16 * scale, 16 * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(scale, scale)
            painter.setPen(QColor(edge))
            painter.setBrush(QColor(color))
            painter.drawEllipse(QRectF(2, 2, 12, 12))
        pixmap.setDevicePixelRatio(scale)
        made.addPixmap(pixmap)
    return made
