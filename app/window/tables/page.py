"""What a tab of the panel holds: a table with its tools, or while it is empty what it is for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from app.canvas.edit_keys import ENTER
from app.model.document import Document
from app.model.records import Card
from app.window.icons import icon
from app.window.tables.kinds import Kind
from app.window.tables.model import RecordTable
from app.window.tables.values import title_of
from app.window.tables.view import TableView

LONGEST_TITLE = 24
"""Letters of a card's title that a button shows."""

TOOL_ICON = QSize(14, 14)


class Page(QWidget):
    """A tab of the panel. `led` asks to show records on the map, `said` to tell the user something."""

    led = Signal(object)
    said = Signal(str)
    escaped = Signal()
    drafted = Signal(object, object)
    """Who holds a text that is not on the map yet, and a call for what it would change; None: nobody."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = title
        self.tools = QWidget(self)
        """What stands beside the tabs while this one is shown."""

        self.tool_line = QHBoxLayout(self.tools)
        self.tool_line.setContentsMargins(0, 0, 0, 0)
        self.tool_line.setSpacing(4)
        self.tool_line.addStretch(1)

    def follow(self, document: Document | None) -> None:
        """Shows what is in a document from now on, or nothing."""
        raise NotImplementedError

    def watch(self, is_watched: bool) -> None:
        """Whether anybody sees it; what nobody sees need not be kept up to date."""
        raise NotImplementedError

    def set_selection(self, ids: Sequence[str], picked: Sequence[str]) -> None:
        """What is selected on the map, and what was selected there last by hand."""

    def commit(self) -> None:
        """Ends what is being written or dragged."""

    def take_focus(self) -> None:
        """Puts the keyboard where one works here."""
        raise NotImplementedError

    def add_tool(self, name: str, text: str) -> QToolButton:
        """A button beside the tabs."""
        button = QToolButton(self.tools)
        button.setText(text)
        button.setIcon(icon(name))
        button.setIconSize(TOOL_ICON)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setProperty("look", "bar")
        self.tool_line.addWidget(button)
        return button


class Empty(QWidget):
    """What stands in place of a table that has no rows: one sentence, and the first thing to do.

    The keys that begin a row in a table begin the first one here.
    """

    escaped = Signal()

    def __init__(self, sentence: str, action: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.sentence = QLabel(sentence, self)
        self.sentence.setProperty("role", "secondary")
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton(icon("plus"), action, self)
        self.button.setVisible(bool(action))
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addStretch(1)
        layout.addWidget(self.sentence)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def event(self, event: QEvent) -> bool:
        """Its keys are its own, and not those of the menus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in ENTER:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.button.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class TablePage(Page):
    """A table, and the buttons that add rows and link cards to the current one."""

    def __init__(self, kind: Kind, parent: QWidget) -> None:
        super().__init__(kind.title, parent)
        self.kind = kind
        self.table = RecordTable(kind, self)
        self.view = TableView(self.table, self)
        self.empty = Empty(kind.empty, kind.first, self)
        self._picked: list[str] = []
        self._is_begun = False
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.view)
        self.below = QVBoxLayout(self)
        self.below.setContentsMargins(0, 0, 0, 0)
        self.below.setSpacing(0)
        self.below.addWidget(self.stack, 1)
        self.view.led.connect(self.led)
        self.view.said.connect(self.said)
        self.view.escaped.connect(self.escaped)
        self.view.cells.drafted.connect(self.drafted)
        self.empty.button.clicked.connect(self.begin)
        self.empty.escaped.connect(self.escaped)
        self.add_button = self.add_tool("plus", _tr("Add")) if kind.add is not None else None
        self.link_button = self.add_tool("link-2", "") if kind.link is not None else None
        if self.add_button is not None:
            self.add_button.setToolTip(_tr("Add a row (Ctrl+Enter)"))
            self.add_button.clicked.connect(self.begin)
        if self.link_button is not None:
            self.link_button.clicked.connect(self.link)
        for signal in (self.table.modelReset, self.table.rowsInserted, self.table.rowsRemoved):
            signal.connect(self.refresh)
        self.view.selectionModel().currentRowChanged.connect(self._show_link)

    def follow(self, document: Document | None) -> None:
        self._is_begun = False
        self.table.follow(document)
        self.refresh()

    def watch(self, is_watched: bool) -> None:
        if not is_watched:
            self.commit()
        self.table.watch(is_watched)
        self.refresh()

    def set_selection(self, ids: Sequence[str], picked: Sequence[str]) -> None:
        self._picked = list(picked)
        self.table.mark(ids)
        self._show_link()

    def commit(self) -> None:
        self.view.commit()

    def take_focus(self) -> None:
        (self.view if self.stack.currentWidget() is self.view else self.empty.button).setFocus(
            Qt.FocusReason.ShortcutFocusReason
        )

    def begin(self) -> None:
        """Begins to write a new row."""
        self._is_begun = True
        self.refresh()
        self.view.setFocus()
        self.view.add_row()

    def link(self) -> None:
        """Lets the current row speak of the cards that were selected on the map."""
        record = self.table.record(self.view.currentIndex().row())
        if record is None or not self._cards:
            return
        problem = self.table.link(record.id, self._cards)
        self.said.emit(problem or _tr("The row now leads to {cards}.").format(cards=self._named_cards()))

    def refresh(self) -> None:
        """Shows the table, or what it is for while there is nothing in it."""
        is_empty = not self.table.ids and not self._is_begun
        self.stack.setCurrentWidget(self.empty if is_empty else self.view)
        self._show_link()

    @property
    def _cards(self) -> list[str]:
        document = self.table.document
        return [id for id in self._picked if document is not None and document.store.of(Card, id) is not None]

    def _named_cards(self) -> str:
        cards, document = self._cards, self.table.document
        if len(cards) != 1 or document is None:
            return _tr("{n} cards").format(n=len(cards))
        title = title_of(document.store, cards[0])
        return _tr("“{title}”").format(title=title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…")

    def _show_link(self) -> None:
        button = self.link_button
        if button is None:
            return
        has_row = self.table.record(self.view.currentIndex().row()) is not None
        button.setEnabled(bool(self._cards) and has_row)
        button.setText(_tr("Link {cards}").format(cards=self._named_cards()) if self._cards else _tr("Link cards"))
        button.setToolTip(_tr("Select cards on the map and a row here; this lets the row speak of them."))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Tables", text)
