"""The panel at the right: three tabs, of which the doctor and the guide are made when they are first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.model.analysis.doctor import Gap
from app.model.document import Document
from app.model.ids import MAP_ID
from app.window.panels.inspector import Inspector
from app.window.side.checkup import Checkup
from app.window.tabs import turn_by_keys

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.window.side.doctor import DoctorPage
    from app.window.side.guide import GuidePage
    from app.window.side.mending import Remedy

INSPECTOR: Final = "inspector"
PAGES: Final = (INSPECTOR, "doctor", "guide")


class SidePanel(QWidget):
    """Inspector, doctor and guide.

    `led` asks to show records on the map, none of them: the map itself; `mend_asked` to mend a gap; `insert_asked` for
    an entry of the palette; `command_asked` for an entry of the menus; `guide_closed` is to be remembered.
    """

    led = Signal(object)
    mend_asked = Signal(object)
    insert_asked = Signal(str)
    command_asked = Signal(str)
    guide_closed = Signal()
    escaped = Signal()
    """Esc was pressed where it means nothing else."""

    def __init__(self, inspector: Inspector, checkup: Checkup, parent: QWidget) -> None:
        super().__init__(parent)
        self._checkup = checkup
        self._document: Document | None = None
        self.inspector = inspector
        self._doctor: DoctorPage | None = None
        self._guide: GuidePage | None = None
        self.setObjectName("side_panel")
        self.tabs = QTabBar(self)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(_tr("Inspector, doctor and guide"))
        for title in (_tr("Inspector"), _tr("Doctor"), _tr("Guide")):
            self.tabs.addTab(title)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(inspector)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        layout.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._show_tab)
        turn_by_keys(self.tabs, self, self.take_focus)

    def sizeHint(self) -> QSize:
        return QSize(300, 600)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 150)

    @property
    def shown(self) -> str:
        """The name of the tab that is in front."""
        return PAGES[self.tabs.currentIndex()]

    @property
    def doctor(self) -> DoctorPage:
        if self._doctor is None:
            from app.window.side.doctor import DoctorPage

            page = self._doctor = DoctorPage(self._checkup, self)
            page.gap_chosen.connect(self._go_to)
            page.mend_asked.connect(self._mend)
            self._stack.addWidget(page)
            page.set_document(self._document)
        return self._doctor

    @property
    def guide(self) -> GuidePage:
        if self._guide is None:
            from app.window.side.guide import GuidePage

            page = self._guide = GuidePage(self._checkup, self)
            page.way_chosen.connect(self._take_way)
            page.closed.connect(self._close_guide)
            self._stack.addWidget(page)
            page.set_document(self._document)
        return self._guide

    def set_document(self, document: Document | None) -> None:
        """Another map is open, or none."""
        self._document = document
        self.inspector.set_document(document)
        for page in (self._doctor, self._guide):
            if page is not None:
                page.set_document(document)

    def show_page(self, name: str) -> None:
        """Brings a tab to the front."""
        self.tabs.setCurrentIndex(PAGES.index(name))

    def take_focus(self) -> None:
        """Puts the keyboard into the tab that is in front."""
        match self.shown:
            case "doctor":
                self.doctor.take_focus()
            case "guide":
                self.guide.take_focus()
            case _:
                self.inspector.focus_first()

    def write_field(self, ids: tuple[str, ...], name: str) -> None:
        """Lets one write a field of what is selected for it."""
        self.show_page(INSPECTOR)
        self.led.emit([id for id in ids if id != MAP_ID])
        self.inspector.focus_field(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def _show_tab(self) -> None:
        match self.shown:
            case "doctor":
                self._stack.setCurrentWidget(self.doctor)
            case "guide":
                self._stack.setCurrentWidget(self.guide)
            case _:
                self._stack.setCurrentWidget(self.inspector)

    def _go_to(self, gap: Gap) -> None:
        if gap.rule == "stale_review_date":
            self.write_field(gap.ids, "review_date")
        else:
            self.led.emit([id for id in gap.ids if id != MAP_ID])

    def _mend(self, gap: Gap) -> None:
        from app.window.side.mending import remedy_for

        remedy = remedy_for(self._document, gap) if self._document is not None else None
        if remedy is not None and remedy.field:
            self._write_on(remedy, gap.ids)
        elif remedy is not None:
            self.mend_asked.emit(gap)

    def _take_way(self, does: str) -> None:
        what, _, name = does.partition(":")
        match what:
            case "field":
                self.write_field((MAP_ID,), name)
            case "insert":
                self.insert_asked.emit(name)
            case "add":
                from app.window.side.mending import add_a_source

                self._write_on(add_a_source(), ())
            case "page":
                self.show_page(name)
                self.take_focus()
            case _:
                self.command_asked.emit(name)

    def _write_on(self, remedy: Remedy, ids: tuple[str, ...]) -> None:
        """Goes to the field where one writes on, of what is made for it or of what is there."""
        if self._document is None or self._document.is_editing:
            return
        made = None
        if remedy.edit is not None:
            with self._document.edit(remedy.label) as tx:
                made = remedy.edit(tx)
        self.write_field((made,) if made is not None else ids, remedy.field)

    def _close_guide(self) -> None:
        self.show_page(INSPECTOR)
        self.guide_closed.emit()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Side", text)
