"""Values that are written as text but are none: numbers, dates, colours. They are handed on when they are finished."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from app.model.document import Document
from app.model.durations import duration_text, minutes_in
from app.window.icons import icon
from app.window.panels.fields.base import FieldEditor, mixed_words
from app.window.panels.fields.changes import CountBy
from app.window.panels.fields.texts import Line

DATE_WIDTH = 118
"""What a date and the button beside it take, px."""

STEP = QSize(12, 12)
EXAMPLE = 150.0


class NotUnderstood(ValueError):  # noqa: N818 (it says what happened)
    """A text that stands for no value; its text is one sentence for the user."""


class ParsedEditor(FieldEditor):
    """A line whose text is read when Enter is pressed or the focus leaves. Empty stands for None where it may."""

    def __init__(self, optional: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._optional = optional
        self._shown = ""
        self.line = Line(self)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.line.edited.connect(self._begin)
        self.line.returnPressed.connect(self.flush)
        self.line.left.connect(self._leave)

    def show_value(self, value: Any) -> None:
        self.line.setPlaceholderText(self.hint())
        self._show(self.text_of(value) if value is not None else "")

    def show_mixed(self) -> None:
        self._show("")
        self.line.setPlaceholderText(mixed_words())

    def flush(self) -> None:
        text = self.line.text().strip()
        if text == self._shown:
            return
        try:
            if not text and not self._optional:
                raise NotUnderstood(self.demand())
            value = self.value_of(text) if text else None
        except NotUnderstood as error:
            self.refused.emit(str(error))
            return
        self._shown = text
        self.picked.emit(value)

    def hint(self) -> str:
        """What an empty field says."""
        return ""

    def demand(self) -> str:
        """What an empty field is answered with where there must be a value."""
        return QCoreApplication.translate("Fields", "There has to be a value here.")

    def text_of(self, value: Any) -> str:
        raise NotImplementedError

    def value_of(self, text: str) -> Any:
        """Raises NotUnderstood."""
        raise NotImplementedError

    def _begin(self, text: str) -> None:
        try:
            self.begun.emit(self.value_of(text.strip()) if text.strip() else None)
        except NotUnderstood:
            self.begun.emit(None)

    def _show(self, text: str) -> None:
        self._shown = text
        self.line.show_text(text)

    def _leave(self) -> None:
        self.flush()
        self.left.emit()


class NumberEditor(ParsedEditor):
    """A number with its unit; the arrow keys count up and down."""

    def __init__(
        self,
        *,
        optional: bool = False,
        whole: bool = False,
        bounds: tuple[float | None, float | None] = (None, None),
        unit: str = "",
        blank: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(optional, parent)
        self._whole = whole
        self._blank = blank
        self._low, self._high = bounds
        if unit:
            label = QLabel(unit, self)
            label.setProperty("role", "secondary")
            self._layout.addWidget(label)

    def hint(self) -> str:
        return self._blank

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self._count(step)
        else:
            super().keyPressEvent(event)

    def text_of(self, value: Any) -> str:
        return QLocale().toString(value) if self._whole else number_text(value)

    def value_of(self, text: str) -> Any:
        number = number_in(text)
        if not self._whole:
            return number
        if not number.is_integer():
            raise NotUnderstood(QCoreApplication.translate("Fields", "Please write a whole number."))
        return int(number)

    def _count(self, step: int) -> None:
        try:
            value = self.value_of(self.line.text().strip()) if self.line.text().strip() else None
        except NotUnderstood:
            return
        value = (self._low or 0) if value is None else value + step
        value = value if self._low is None else max(self._low, value)
        value = value if self._high is None else min(self._high, value)
        value = int(value) if self._whole else float(value)
        self._show(self.text_of(value))
        self.typed.emit(value)


class VotesEditor(NumberEditor):
    """A count with a button on either side: one less, one more. Of several records each counts from its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(whole=True, bounds=(0, None), parent=parent)
        self.line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        translate = QCoreApplication.translate
        self.fewer = self._button("minus", translate("Fields", "One less"), -1)
        self.more = self._button("plus", translate("Fields", "One more"), 1)
        self._layout.setSpacing(4)
        self._layout.insertWidget(0, self.fewer)
        self._layout.addWidget(self.more)

    def set_name(self, name: str) -> None:
        super().set_name(name)
        for button in (self.fewer, self.more):
            button.setAccessibleName(f"{name}: {button.toolTip()}")

    def show_values(self, values: Sequence[Any]) -> None:
        super().show_values(values)
        self.fewer.setEnabled(any(values))

    def _button(self, sign: str, tip: str, by: int) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("look", "step")
        button.setIcon(icon(sign))
        button.setIconSize(STEP)
        button.setToolTip(tip)
        button.clicked.connect(lambda: self._vote(by))
        return button

    def _vote(self, by: int) -> None:
        self.flush()
        if not (self.fewer.hasFocus() or self.more.hasFocus()):
            self.line.setFocus()  # so that leaving the field ends the step
        self.typed.emit(CountBy(by))


class MinutesEditor(ParsedEditor):
    """How long something takes, as people write it: 2 h 30 min, 1.5 h, 90."""

    _language = "en"

    def follow(self, document: Document) -> None:
        """The map writes it in its own language."""
        self._language = document.map.language

    def hint(self) -> str:
        return QCoreApplication.translate("Fields", "such as {0}").format(duration_text(EXAMPLE, self._language))

    def text_of(self, value: Any) -> str:
        return duration_text(value, self._language)

    def value_of(self, text: str) -> Any:
        minutes = minutes_in(text)
        if minutes is None:
            sentence = QCoreApplication.translate("Fields", "Please write a time such as 2 h 30 min, 1.5 h or 90.")
            raise NotUnderstood(sentence)
        return minutes


class DateEditor(ParsedEditor):
    """A date, written or chosen from a calendar."""

    def __init__(self, optional: bool, parent: QWidget | None = None) -> None:
        super().__init__(optional, parent)
        self.line.setMinimumWidth(DATE_WIDTH)
        self._frame: QFrame | None = None
        self.calendar: QCalendarWidget | None = None
        action = QAction(icon("calendar"), QCoreApplication.translate("Fields", "Choose from a calendar"), self)
        action.triggered.connect(self.open_calendar)
        self.line.addAction(action, QLineEdit.ActionPosition.TrailingPosition)

    def hint(self) -> str:
        return QCoreApplication.translate("Fields", "No date")  # an example would pass for a date

    def text_of(self, value: Any) -> str:
        return str(value.isoformat())

    def value_of(self, text: str) -> Any:
        return date_in(text)

    def open_calendar(self) -> None:
        """Shows a calendar under the field; it closes when a day is chosen or Esc is pressed."""
        frame = QFrame(self, Qt.WindowType.Popup)
        frame.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        frame.setObjectName("popup")
        calendar = _calendar(frame)
        read = QDate.fromString(self.line.text(), Qt.DateFormat.ISODate)
        calendar.setSelectedDate(read if read.isValid() else QDate.currentDate())
        calendar.clicked.connect(self._choose)
        calendar.activated.connect(self._choose)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(calendar)
        self._frame, self.calendar = frame, calendar
        height, room = frame.sizeHint().height(), self.line.screen().availableGeometry()
        spot = self.line.mapToGlobal(QPoint(0, self.line.height() + 4))
        if spot.y() + height > room.bottom():
            spot = self.line.mapToGlobal(QPoint(0, -4 - height))
        frame.move(spot.x(), max(room.top(), spot.y()))
        frame.show()
        calendar.setFocus()

    def _choose(self, day: QDate) -> None:
        if self._frame is not None:
            self._frame.close()
            self._frame = self.calendar = None
            chosen = date(day.year(), day.month(), day.day())
            self._show(self.text_of(chosen))
            self.picked.emit(chosen)


def number_text(value: float) -> str:
    """A number as the user's country writes it."""
    return QLocale().toString(float(value), "g", 8)


def number_in(text: str) -> float:
    """The number that a text stands for, as the user's country writes it or as programs do. Raises NotUnderstood."""
    number, is_number = QLocale().toDouble(text)
    if not is_number:
        number, is_number = QLocale.c().toDouble(text)
    if not is_number or not math.isfinite(number):
        raise NotUnderstood(QCoreApplication.translate("Fields", "Please write a number."))
    return number


def date_words() -> str:
    """A date, for an example."""
    return date(2027, 3, 1).isoformat()


def date_in(text: str) -> date:
    """The date that a text stands for, written as 2027-03-01 or as the user's country does. Raises NotUnderstood."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        read = QLocale().toDate(text, QLocale.FormatType.ShortFormat)
        if not read.isValid():
            sentence = QCoreApplication.translate("Fields", "Please write a date such as {0}.")
            raise NotUnderstood(sentence.format(date_words())) from None
        return date(read.year(), read.month(), read.day())


def _calendar(parent: QWidget) -> QCalendarWidget:
    """A calendar in the window's tones: Qt's own has red weekends and black arrows on any ground."""
    calendar = QCalendarWidget(parent)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    plain = QTextCharFormat()
    plain.setForeground(calendar.palette().text())
    for day in Qt.DayOfWeek:
        calendar.setWeekdayTextFormat(day, plain)
    for name, sign in (("qt_calendar_prevmonth", "‹"), ("qt_calendar_nextmonth", "›")):
        button = calendar.findChild(QToolButton, name)
        if isinstance(button, QToolButton):
            button.setIcon(QIcon())
            button.setText(sign)
    return calendar
