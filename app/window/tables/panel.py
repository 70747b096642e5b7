"""The panel at the bottom: its tabs, and what passes between them and the map."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QToolButton, QVBoxLayout, QWidget

from app.model.document import Document
from app.model.ids import MAP_ID
from app.window.icons import icon
from app.window.tables import kinds
from app.window.tables.channels import channel_list
from app.window.tables.comments import CommentPage, Desk
from app.window.tables.opportunities import OpportunityPage
from app.window.tables.page import Page, TablePage
from app.window.tabs import turn_by_keys


class TablesPanel(QWidget):
    """Only the tab that is shown keeps up with the document.

    `led` asks to show records on the map, none of them: the map itself; `said` to tell the user something; `closed` to
    put the panel away; `left` to give the keyboard back to the map; `insert_asked` for a new card.
    """

    led = Signal(object)
    said = Signal(str)
    closed = Signal()
    left = Signal()
    insert_asked = Signal(str)
    drafted = Signal(object, object)
    """Who holds a text that is not on the map yet, and a call for what it would change; None: nobody."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._selected: list[str] = []
        self._picked: list[str] = []
        self._is_leading = False
        self._is_watched = True
        self.setObjectName("tables")
        self.comments = CommentPage(desk, self)
        self.channels = TablePage(channel_list(), self)
        self.opportunities = OpportunityPage(self)
        self.pages: list[Page] = [
            *(
                TablePage(kind(), self)
                for kind in (
                    kinds.action_plan,
                    kinds.feedback_log,
                    kinds.stage_analysis,
                    kinds.source_list,
                    kinds.research_list,
                )
            ),
            self.channels,
            self.comments,
            self.opportunities,
        ]
        self.tabs = QTabBar(self)
        self._tools = QStackedWidget(self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        for page in self.pages:
            self.tabs.addTab(page.title)
            self._tools.addWidget(page.tools)
            self._stack.addWidget(page)
            page.led.connect(self._lead)
            page.said.connect(self.said)
            page.drafted.connect(self.drafted)
            page.escaped.connect(self.left)
        self.opportunities.insert_asked.connect(self.insert_asked)
        self.tabs.currentChanged.connect(self._show_page)
        self.tabs.tabBarClicked.connect(self._go_to)
        turn_by_keys(self.tabs, self, self.take_focus)

    def sizeHint(self) -> QSize:
        return QSize(900, 260)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 150)

    @property
    def page(self) -> Page:
        """The tab that is shown."""
        return self.pages[self.tabs.currentIndex()]

    def set_document(self, document: Document | None) -> None:
        """Shows what is in another document, or nothing."""
        self.commit()
        self._document = document
        self._selected, self._picked = [], []
        for page in self.pages:
            page.follow(None)
        self._show_page()

    def watch(self, is_watched: bool) -> None:
        """Whether the panel is shown."""
        self._is_watched = is_watched
        self._show_page()

    def set_selection(self, ids: Sequence[str]) -> None:
        """What is selected on the map: rows that speak of it are marked."""
        self._selected = list(ids)
        if not self._is_leading:
            self._picked = list(ids)
        if self._is_watched:
            self.page.set_selection(self._selected, self._picked)

    def commit(self) -> None:
        """Ends what is being written or dragged."""
        self.page.commit()

    def take_focus(self) -> None:
        """Puts the keyboard into the tab that is shown."""
        self.page.take_focus()

    def write_comment(self) -> None:
        """Goes to the line where a comment on the selection is written."""
        self.tabs.setCurrentIndex(self.pages.index(self.comments))
        self.comments.begin()

    def write_channel(self) -> None:
        """Goes to the row where a channel of the map's own is named."""
        self.tabs.setCurrentIndex(self.pages.index(self.channels))
        self.channels.begin()

    def show_row(self, id: str) -> None:
        """Turns to the table in which a record is a row, and selects that."""
        record = self._document.store.get(id) if self._document is not None else None
        for page in self.pages:
            if isinstance(page, TablePage) and page.kind.record is not None and isinstance(record, page.kind.record):
                self.tabs.setCurrentIndex(self.pages.index(page))
                page.view.select_ids([id])

    def _lay_out(self) -> None:
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(_tr("Tables"))
        close = QToolButton(self)
        close.setIcon(icon("x"))
        close.setIconSize(QSize(14, 14))
        close.setProperty("look", "bar")
        close.setToolTip(_tr("Hide this panel"))
        close.setAccessibleName(close.toolTip())
        close.clicked.connect(self.closed)
        line = QHBoxLayout()
        line.setContentsMargins(8, 2, 6, 0)
        line.setSpacing(8)
        line.addWidget(self.tabs, 1)
        line.addWidget(self._tools, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(self._stack, 1)

    def _show_page(self) -> None:
        for page in self.pages:
            if page is not self.page:
                page.watch(False)
        self._tools.setCurrentWidget(self.page.tools)
        self._stack.setCurrentWidget(self.page)
        if self._is_watched:
            self.page.follow(self._document)
        self.page.watch(self._is_watched)
        self.page.set_selection(self._selected, self._picked)

    def _go_to(self, tab: int) -> None:
        """Who clicks a tab wants to write there, and not on the map."""
        if tab >= 0:
            self.tabs.setCurrentIndex(tab)
            self.take_focus()

    def _lead(self, ids: Sequence[str]) -> None:
        """What is selected on the map for a row is not what the user has picked there."""
        self._is_leading = True
        try:
            self.led.emit([id for id in ids if id != MAP_ID])
        finally:
            self._is_leading = False


def _tr(text: str) -> str:
    return QCoreApplication.translate("Tables", text)
