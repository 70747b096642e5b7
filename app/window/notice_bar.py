"""A bar that says one thing and offers what can be done about it. It waits, and keeps nobody from working."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.window.icons import icon
from app.window.tips import plain_tip
from app.window.tones import tones

ICON: Final = QSize(16, 16)


class Choice(NamedTuple):
    """A button: what it says and does, and what it leads to, in a sentence."""

    text: str
    run: Callable[[], object]
    about: str = ""


class Notice(NamedTuple):
    """What is said: `choices` from the one that is most likely wanted on; a lower `rank` is more important.

    `about`: the same in more words.
    """

    name: str
    text: str
    choices: tuple[Choice, ...]
    rank: int = 0
    icon: str = "info"
    about: str = ""


class NoticeBar(QFrame):
    """Shows a notice; hidden while there is none."""

    left = Signal()
    """The keyboard is to go back to the map: by Esc, or because the button that had it is gone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # the rest is the map's
        self._notice: Notice | None = None
        self._icon = QLabel(self)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setMinimumWidth(1)  # a long name gives way to the buttons
        self.buttons: list[QPushButton] = []
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self._icon)
        said.addWidget(self._text, 1)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(12, 6, 8, 6)
        self._whole.setSpacing(8)
        self._whole.addLayout(said, 1)
        self._whole.addLayout(self._row)
        self._whole.setAlignment(self._row, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def button(self, text: str) -> QPushButton:
        """The button that says so, without its mnemonic. Raises StopIteration."""
        return next(button for button in self.buttons if button.text().replace("&", "") == text)

    def show_notice(self, notice: Notice | None) -> None:
        """Says this; None: nothing."""
        if notice == self._notice:
            return
        had_focus = any(button.hasFocus() for button in self.buttons)
        self._notice = notice
        if had_focus:
            self.left.emit()
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._made(choice) for choice in notice.choices] if notice is not None else []
        if notice is not None:
            self.setAccessibleName(notice.text)
            self._text.setToolTip(plain_tip(notice.about or notice.text))
            self._dress()
        self.setVisible(notice is not None)
        self._fit()

    def _made(self, choice: Choice) -> QPushButton:
        button = QPushButton(choice.text, self)
        button.setToolTip(choice.about)
        button.setAccessibleDescription(choice.about)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: choice.run())
        self._row.addWidget(button)
        button.show()  # now, for the room it takes counts at once
        return button

    def _dress(self) -> None:
        if self._notice is not None:
            self._icon.setPixmap(icon(self._notice.icon, tones().link).pixmap(ICON, self.devicePixelRatioF()))

    def _fit(self) -> None:
        """In a narrow window the buttons stand below the sentence; only one that has no room even so is cut."""
        text = self._notice.text if self._notice is not None else ""
        beside = self._text.fontMetrics().horizontalAdvance(text) + ICON.width() + self._row.sizeHint().width() + 40
        is_narrow = beside > self.width()
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._whole.setDirection(way)
        self._row.setContentsMargins(ICON.width() + 8 if is_narrow else 0, 0, 0, 0)
        self._whole.activate()
        width = max(self._text.width(), 80)
        self._text.setText(self._text.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._dress()
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
