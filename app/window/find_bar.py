"""The bar below the map in which one searches it: the words, how many places hold them, on to the next."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from app.canvas.edit_keys import ENTER, SHIFT
from app.window.icons import icon
from app.window.panels.search_field import SearchField
from app.window.tips import plain_tip

WIDEST, NARROWEST = 320, 110


class FindBar(QFrame):
    """Says what is wanted through signals, and shows what it is told."""

    typed = Signal()
    """Other words are sought."""

    stepped = Signal(int)
    """On to the next place (1), or back to the one before (−1)."""

    left = Signal()
    """The bar is no longer needed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("foot")
        self.setAccessibleName(_tr("Find in map"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # the rest is the map's
        self.field = _Field(_tr("Find in map"), self)
        self.field.setPlaceholderText(_tr("Find in map"))
        self.field.setMinimumWidth(NARROWEST)
        self.field.setMaximumWidth(WIDEST)
        self.count = QLabel(self)
        self.where = _Elided(self)
        self.back = self._button("arrow-up", _tr("Previous place (Shift+Enter, Shift+F3)"))
        self.on = self._button("arrow-down", _tr("Next place (Enter, F3)"))
        self.cross = self._button("x", _tr("Close (Esc)"))
        self._lay_out()
        self.hide()
        self.field.textChanged.connect(lambda _text: self.typed.emit())
        self.back.clicked.connect(lambda _checked=False: self.stepped.emit(-1))
        self.on.clicked.connect(lambda _checked=False: self.stepped.emit(1))
        self.cross.clicked.connect(lambda _checked=False: self.left.emit())
        self.show_found("", "", has_hits=False)

    @property
    def words(self) -> str:
        """What is sought."""
        return self.field.text()

    def take_focus(self) -> None:
        """Lets one write other words in place of the last ones."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_found(self, count: str, where: str, *, has_hits: bool) -> None:
        """Says how many places there are, and where the words stand at the one that is shown."""
        if (count, where) != (self.count.text(), self.where.words) and QAccessible.isActive():
            said = " ".join(part for part in (count, where) if part)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, said))
        self.count.setText(count)
        self.where.show_words(where)
        for button in (self.back, self.on):
            button.setEnabled(has_hits)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in ENTER and isinstance(focus, QToolButton):
            focus.click()
        elif event.key() in ENTER:
            self.stepped.emit(-1 if event.modifiers() & SHIFT else 1)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 8, 5)
        row.setSpacing(2)
        self.count.setProperty("role", "secondary")
        self.count.setMinimumWidth(self.count.fontMetrics().horizontalAdvance("000 of 000"))
        row.addWidget(self.field, 2)
        row.addSpacing(4)
        row.addWidget(self.back)
        row.addWidget(self.on)
        row.addSpacing(6)
        row.addWidget(self.count)
        row.addSpacing(8)
        row.addWidget(self.where, 3)
        row.addWidget(self.cross)

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("look", "bar")
        button.setIcon(icon(name))
        button.setIconSize(QSize(16, 16))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the mouse leaves the keyboard in the field
        return button


class _Field(SearchField):
    """Esc and Enter are the bar's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape or event.key() in ENTER:
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Elided(QLabel):
    """Words in one line; where they have no room they are cut, and all of them stand in the tip."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "secondary")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_words(self, words: str) -> None:
        self.words = words
        self.setToolTip(plain_tip(words))
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        self.setText(self.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, self.width()))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Find", text)
