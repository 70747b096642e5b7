"""Values that are written as text but are none: numbers, dates, colours. They are handed on when they are finished."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from app.window.icons import icon
from app.window.panels.fields.base import FieldEditor, mixed_words
from app.window.panels.fields.texts import Line

DATE_WIDTH = 118
"""What a date and the button beside it take, px."""


class NotUnderstood(ValueError):  # noqa: N818 (it says what happened)
    """A text that stands for no value; its text is one sentence for the user."""


class ParsedEditor(FieldEditor):
    """A line whose text is read when Enter is pressed or the focus leaves. Empty stands for None where that is allowed.

    `refused` says in a sentence why a text was not understood.
    """

    refused = Signal(str)

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
        return QCoreApplication.translate("Fields", "Automatic") if self._optional else ""

    def demand(self) -> str:
        """What an empty field is answered with where there must be a value."""
        return QCoreApplication.translate("Fields", "There has to be a value here.")

    def text_of(self, value: Any) -> str:
        raise NotImplementedError

    def value_of(self, text: str) -> Any:
        """Raises NotUnderstood."""
        raise NotImplementedError

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
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(optional, parent)
        self._whole = whole
        self._low, self._high = bounds
        if unit:
            label = QLabel(unit, self)
            label.setProperty("role", "secondary")
            self._layout.addWidget(label)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self._count(step)
        else:
            super().keyPressEvent(event)

    def text_of(self, value: Any) -> str:
        return QLocale().toString(value) if self._whole else QLocale().toString(float(value), "g", 8)

    def value_of(self, text: str) -> Any:
        number, is_number = QLocale().toDouble(text)
        if not is_number:
            number, is_number = QLocale.c().toDouble(text)
        if not is_number or (self._whole and number != int(number)):
            raise NotUnderstood(QCoreApplication.translate("Fields", "Please write a number."))
        return int(number) if self._whole else number

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
        return date(2027, 3, 1).isoformat()

    def text_of(self, value: Any) -> str:
        return str(value.isoformat())

    def value_of(self, text: str) -> Any:
        try:
            return date.fromisoformat(text)
        except ValueError:
            read = QLocale().toDate(text, QLocale.FormatType.ShortFormat)
            if not read.isValid():
                sentence = QCoreApplication.translate("Fields", "Please write a date such as {0}.")
                raise NotUnderstood(sentence.format(self.hint())) from None
            return date(read.year(), read.month(), read.day())

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
        frame.move(self.line.mapToGlobal(QPoint(0, self.line.height() + 4)))
        frame.show()
        calendar.setFocus()

    def _choose(self, day: QDate) -> None:
        if self._frame is not None:
            self._frame.close()
            self._frame = self.calendar = None
            chosen = date(day.year(), day.month(), day.day())
            self._show(self.text_of(chosen))
            self.picked.emit(chosen)


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
