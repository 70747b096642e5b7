"""The main window: menus, canvas, panels, status; what is shown when. Wiring only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from app.window.actions import Actions
from app.window.comparing import Comparing
from app.window.docks import Docks
from app.window.editing import Editing
from app.window.exporting import Exporting
from app.window.helping import Helping
from app.window.looking import Looking
from app.window.map_files import MapFiles
from app.window.middle import Middle
from app.window.pages import Pages
from app.window.pictures import Pictures
from app.window.placing import FRAME, bring_forward, place_beside
from app.window.program import Program
from app.window.showing import Showing
from app.window.signs import Signs
from app.window.status import ProgressStrip, StatusBar
from app.window.versions import Versions
from app.window.writing import Writing

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

    from app.canvas.gestures.base import Ask
    from app.canvas.view import MapView
    from app.window.dialogs import Dialogs
    from app.window.finding import Finding
    from app.window.keeping import Keeping
    from app.window.opening import Loaded, Opener
    from app.window.session import Session
    from app.window.standin import StandIn
    from app.window.start_page import StartPage
    from app.window.worker import Worker
    from app.window.zoom_strip import ZoomStrip

SIZE: Final = QSize(1280, 800)
SMALLEST: Final = QSize(800, 480)
LATER: Final = 40
"""Milliseconds after the map or the start page is shown, until what the first picture does not need is loaded."""


class MainWindow(QMainWindow):
    """Shows one map, or the start page. At first it is a shell with a picture, which is on the screen sooner."""

    ready = Signal()
    """A map is shown and can be worked on."""

    def __init__(
        self, picture: QPixmap | None = None, dialogs: Dialogs | None = None, program: Program | None = None
    ) -> None:
        super().__init__()
        self.program = program or Program()
        self.program.windows.append(self)
        self._dialogs = dialogs
        self._worker: Worker | None = None
        self._keeping: Keeping | None = None
        self._finding: Finding | None = None
        self._to_remember: tuple[Path, str] | None = None
        self.files = MapFiles(self, self)
        self.comparing = Comparing(self, self)
        self.editing = Editing(self)
        self.exporting = Exporting(self, self)
        self.helping = Helping(self, self)
        self.looking = Looking(self, self)
        self.pictures = Pictures(self, self)
        self.versions = Versions(self, self)
        self.writing = Writing(self)
        self.setAcceptDrops(True)
        self.resize(SIZE.boundedTo(self.screen().availableSize() - FRAME))
        self.setMinimumSize(SMALLEST)
        self.pages = Pages(picture or QPixmap(), self)
        self.middle = Middle(self.pages, self)
        self.setCentralWidget(self.middle)
        self._status = StatusBar(self)
        self.setStatusBar(self._status)
        self.actions_ = Actions(self, self)
        self.docks = Docks(self, self.program)
        self.docks.toggled.connect(self.refresh)
        self.docks.activated.connect(self.editing.insert)
        self.docks.mend_asked.connect(self.editing.mend)
        self.docks.command_asked.connect(lambda name: self.actions_[name].trigger())
        self.docks.gaps_counted.connect(self._status.show_gaps)
        self._status.gaps_asked.connect(self.looking.show_doctor)
        self.docks.record_requested.connect(self.editing.go_to)
        self.docks.records_requested.connect(self.editing.go_to_all)
        self.docks.said.connect(self._status.say)
        self.docks.left.connect(self.looking.go_to_map)
        self.docks.escaped.connect(self.looking.leave_panel)
        self.docks.personas_chosen.connect(self.editing.select)
        self.docks.personas_unwanted.connect(self.editing.delete_these)
        self._later = QTimer(self, singleShot=True, interval=LATER)
        self._later.timeout.connect(self.finish)
        self._signs = Signs(self, self._status, self)
        self.showing = Showing(self, self._status, self)
        self.showing.ready.connect(self._map_shown)
        self.showing.painted.connect(self._later.start)
        self.refresh()

    # What is there

    @property
    def session(self) -> Session | None:
        """The open map."""
        return self.files.session

    @property
    def path(self) -> Path | None:
        """Where the open map is kept."""
        return self.session.path if self.session is not None else None

    @property
    def view(self) -> MapView:
        """The canvas; made when first asked for."""
        if self.pages.map is None:
            view = self.pages.add_map()
            view.zoomed.connect(self._add_zoom().show_zoom)
            view.changed.connect(self.refresh)
            view.said.connect(self._status.say)
            view.cells.nameless.connect(self.looking.write_name)
            view.menu_asked.connect(self._show_menu)
            view.pictures_offered.connect(self.pictures.put)
            view.cards_offered.connect(self.writing.put_cards)
            view.selection.changed.connect(self._selection_changed)
            view.map_filter.changed.connect(self.looking.show_part)
            return view
        return self.pages.map

    def _add_zoom(self) -> ZoomStrip:
        from app.window.zoom_strip import ZoomStrip

        out, back, whole = (self.actions_[name] for name in ("zoom_out", "zoom_in", "zoom_whole"))
        strip = ZoomStrip(out, back, whole, self)
        strip.requested.connect(self.looking.zoom_to)
        self._status.addPermanentWidget(strip)
        return strip

    @property
    def dialogs(self) -> Dialogs:
        if self._dialogs is None:
            from app.window.dialogs import Dialogs

            self._dialogs = Dialogs()
        return self._dialogs

    @property
    def worker(self) -> Worker:
        if self._worker is None:
            from app.window.worker import Worker

            self._worker = Worker(self)
        return self._worker

    @property
    def finding(self) -> Finding:
        if self._finding is None:
            from app.window.finding import Finding

            self._finding = Finding(self, self)
        return self._finding

    @property
    def keeping(self) -> Keeping:
        if self._keeping is None:
            from app.window.keeping import Keeping

            self._keeping = Keeping(self, self)
        return self._keeping

    @property
    def opener(self) -> Opener:
        return self.files.opener

    @property
    def progress(self) -> ProgressStrip:
        return self._status.progress

    @property
    def stand_in(self) -> StandIn:
        """The picture that is shown first."""
        return self.pages.stand_in

    @property
    def start_page(self) -> StartPage | None:
        """The start page while it is shown."""
        return self.pages.start

    # Opening and saving

    def open_template(self, name: str) -> None:
        self.files.open_template(name)

    def open_sample(self, name: str) -> None:
        self.files.open_sample(name)

    def open_path(self, path: Path | str) -> None:
        self.files.open_path(Path(path))

    def ask_open(self) -> None:
        self.files.ask_open()

    def save(self) -> bool:
        return self.files.save()

    def save_as(self) -> bool:
        return self.files.save_as()

    def save_copy(self) -> bool:
        return self.files.save_copy()

    def revert(self) -> None:
        self.files.revert()

    def file_changed(self) -> None:
        self.keeping.follow()
        self.refresh()

    def thumbnail(self) -> bytes | None:
        return self.view.thumbnail()

    def export_poster(self) -> None:
        self.exporting.export_poster()

    def show_saved(self, text: str) -> None:
        self._status.show_saved(text)

    # What is shown

    def say(self, sentence: str) -> None:
        """Shows a sentence for a while."""
        self._status.say(sentence)

    def show_start_page(self) -> None:
        self.showing.show_start_page()

    def open_beside(self, loaded: Loaded, path: Path | None, *, is_new: bool) -> MainWindow:
        made = self._another()
        made.files.adopt(loaded, path, is_new=is_new)
        return made

    def new_window(self) -> None:
        """Opens another window, with the start page."""
        self._another().show_start_page()

    def come_forward(self) -> None:
        bring_forward(self)

    def finish(self) -> None:
        """Loads what the first picture does not need: panels, long menus, what is to be remembered."""
        self._later.stop()
        if self._signs.late_menus is None:
            from app.window.appearance import Appearance, application
            from app.window.late_menus import LateMenus

            self._signs.late_menus = LateMenus(self.actions_.submenus, self)
            Appearance.of(application()).changed.connect(self.pages.dress)
        from app.window.restoring import keep_and_restore

        keep_and_restore(self, self)
        if self.session is not None:
            self.looking.offer_title()
            self.docks.fill(self.view.map_filter, self.choose_picture, self.program.settings.folded)
            self.pages.offer_to_readers()
        self.keeping.follow()
        self._remember_map()
        self._signs.show_settings()
        self.refresh()

    def _another(self) -> MainWindow:
        from PySide6.QtCore import Qt

        made = MainWindow(dialogs=self._dialogs, program=self.program)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place_beside(made, self)
        made.show()
        return made

    def choose_picture(self, parent: QWidget) -> Path | None:
        return self.dialogs.open_picture(parent, self.files.folder)

    # Leaving

    def quit(self) -> None:
        QApplication.closeAllWindows()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()  # so that no error on the way closes a map that is not saved
        if not self.files.may_leave():
            return
        self._remember_map()
        if self.session is not None:
            self.docks.remember()
        self.program.remember(geometry=bytes(self.saveGeometry().data()))
        self.hide()  # what is under way may take seconds to stop, and there is nothing left to see
        try:
            self._stop()
        except BaseException:
            self.show()
            raise
        event.accept()

    def _stop(self) -> None:
        """Ends what is under way, and lets go of the map."""
        self.helping.close()
        if self._keeping is not None:
            self._keeping.let_go()
        self.pages.leave_readers()
        self.exporting.cancel()
        self.versions.close()
        self.comparing.close()
        self.files.close()
        if self.start_page is not None:
            self.start_page.close_workers()
        if self._worker is not None:
            self._worker.close()
        self._later.stop()
        self.docks.set_document(None)
        self.pages.let_go()
        if self in self.program.windows:
            self.program.windows.remove(self)

    def _map_shown(self) -> None:
        if self.session is not None and self.session.path is not None:
            self._to_remember = self.session.path, self.session.document.map.title
        self.ready.emit()

    def _remember_map(self) -> None:
        """Puts the map among those of late; not while it is being opened, for that takes a write to the disk."""
        if self.program.is_first_start:
            self.program.remember(first_start_done=True)
        if self._to_remember is not None:
            path, title = self._to_remember
            self._to_remember = None
            self.program.add_recent(path, title)

    # Maps dropped on the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        from app.window.drops import take_maps

        take_maps(event)

    def dropEvent(self, event: QDropEvent) -> None:
        from app.window.drops import take_maps

        for path in take_maps(event):
            # after the drop, for it may ask something
            QTimer.singleShot(0, self, lambda path=path: self.open_path(path))

    # Editing

    def settle_edits(self) -> None:
        """Ends what is under way: drags are put back, what is typed is written."""
        self.drop_gestures()
        self.docks.commit()

    def drop_gestures(self) -> None:
        self.pages.drop_gestures()

    # Appearance

    def settings_changed(self) -> None:
        if self._signs.late_menus is not None:
            self._signs.late_menus.show_recent()
            self.helping.commands_changed()
        if self.start_page is not None:
            self.start_page.refresh()
        self._signs.show_settings()

    def _show_menu(self, ask: Ask, at: QPoint) -> None:
        from app.window.context_menu import ContextMenus

        self.settle_edits()
        ContextMenus(self, self.actions_, self.view.cells).show(ask, at)

    # Keeping the frame up to date

    def refresh(self) -> None:
        """Shows the state of the map in menus, title and status bar."""
        self._signs.refresh()

    def _selection_changed(self) -> None:
        self.docks.set_selection(self.view.selection)
        self.refresh()
