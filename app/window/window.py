"""The main window: menus, canvas, panels, status; what is shown when. Wiring only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from app.window.actions import Actions
from app.window.comparing import Comparing
from app.window.docks import PANELS, Docks
from app.window.editing import Editing
from app.window.exporting import Exporting
from app.window.helping import Helping
from app.window.looking import Looking
from app.window.map_files import MapFiles
from app.window.middle import Middle
from app.window.pictures import Pictures
from app.window.placing import FRAME, bring_forward, place_beside
from app.window.program import Program
from app.window.standin import StandIn
from app.window.status import ProgressStrip, StatusBar
from app.window.there import what_is_there
from app.window.tones import tones
from app.window.versions import Versions
from app.window.writing import Writing

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

    from app.canvas.gestures.base import Ask
    from app.canvas.view import MapView
    from app.window.accessible import MapReader
    from app.window.dialogs import Dialogs
    from app.window.keeping import Keeping
    from app.window.late_menus import LateMenus
    from app.window.opening import Loaded, Opener
    from app.window.session import Session
    from app.window.start_page import StartPage
    from app.window.worker import Worker
    from app.window.zoom_strip import ZoomStrip

TITLE: Final = "Journey Mapper"
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
        self._view: MapView | None = None
        self._worker: Worker | None = None
        self._start_page: StartPage | None = None
        self._late_menus: LateMenus | None = None
        self._keeping: Keeping | None = None
        self._reader: MapReader | None = None
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
        self.setWindowTitle(TITLE)
        self.setAcceptDrops(True)
        self.resize(SIZE.boundedTo(self.screen().availableSize() - FRAME))
        self.setMinimumSize(SMALLEST)
        self.stand_in = StandIn(picture or QPixmap(), tones().desk, self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.stand_in)
        self.middle = Middle(self._pages, self)
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
        self.docks.personas_chosen.connect(self.editing.select)
        self.docks.personas_unwanted.connect(self.editing.delete_these)
        self._later = QTimer(self, singleShot=True, interval=LATER)
        self._later.timeout.connect(self.finish)
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
        if self._view is None:
            from app.canvas.view import MapView

            self._view = MapView(self)
            self._view.zoomed.connect(self._add_zoom().show_zoom)
            self._view.setBackgroundBrush(QColor(tones().desk))
            self._pages.addWidget(self._view)
            self._view.changed.connect(self.refresh)
            self._view.said.connect(self._status.say)
            self._view.menu_asked.connect(self._show_menu)
            self._view.pictures_offered.connect(self.pictures.put)
            self._view.selection.changed.connect(self._selection_changed)
            self._view.map_filter.changed.connect(self.looking.show_part)
        return self._view

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
    def start_page(self) -> StartPage | None:
        """The start page while it is shown."""
        return self._start_page

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

    def show_map(self, loaded: Loaded) -> None:
        """Shows a map in place of what was there."""
        self.end_progress()
        self._status.clearMessage()
        self._show_page(self.view)
        self.docks.bring_out(self.program.glance.state)
        self.view.show_map(loaded.document, loaded.layout)
        self.docks.set_document(loaded.document)
        if self.session is not None and self.session.is_new:
            self.docks.offer_guide()
        self.view.setFocus()
        if self.path is not None:
            self._to_remember = self.path, loaded.document.map.title
        self.refresh()
        self.ready.emit()
        QTimer.singleShot(0, self, self._later.start)  # not before the map is on the screen, however slow that is

    def show_start_page(self) -> None:
        """Shows the start page here where nothing would be lost by it, else in a new window."""
        if not self.files.is_untouched:
            self.new_window()
            return
        from app.window.start_page import StartPage

        self.settle_edits()
        self._keep_panels()
        self.files.leave()
        self.docks.set_document(None)
        self.docks.put_away()
        if self._view is not None:
            self._view.close_map()
        if self._start_page is None:
            page = self._start_page = StartPage(self.program, self)
            page.open_requested.connect(self.open_path)
            page.template_requested.connect(self.open_template)
            page.sample_requested.connect(self.open_sample)
            page.browse_requested.connect(self.ask_open)
            page.painted.connect(self._later.start)
            self._pages.addWidget(page)
        self._show_page(self._start_page)
        self._start_page.focus_first()
        self.refresh()

    def show_opening(self, name: str) -> None:
        """A large map is on its way."""
        if self.session is not None:
            text = self.tr("Opening “{name}”…").format(name=name)
            self._status.progress.begin(text, self.opener.cancel, is_measured=False)
            return
        from app.window.opening_page import OpeningPage

        page = OpeningPage(name, self)
        page.cancelled.connect(self.opener.cancel)
        self._pages.addWidget(page)
        self._show_page(page)

    def opening_over(self) -> None:
        """The map does not come here."""
        self.end_progress()
        if self.session is None:
            self.show_start_page()

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
        if self._late_menus is None:
            from app.window.appearance import Appearance, application
            from app.window.late_menus import LateMenus

            self._late_menus = LateMenus(self.actions_.submenus, self)
            Appearance.of(application()).changed.connect(self._dress)
        from app.window.restoring import keep_and_restore

        keep_and_restore(self, self)
        if self.session is not None:
            self.looking.offer_title()
            self.docks.fill(self.view.map_filter, self.choose_picture, self.program.settings.folded)
            self._reader = self._reader or self._new_reader()
        self.keeping.follow()
        self._remember_map()
        self._show_appearance()
        self.refresh()

    def _new_reader(self) -> MapReader:
        from app.window.accessible import MapReader

        return MapReader(self.view)

    def _another(self) -> MainWindow:
        from PySide6.QtCore import Qt

        made = MainWindow(dialogs=self._dialogs, program=self.program)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place_beside(made, self)
        made.show()
        return made

    def choose_picture(self, parent: QWidget) -> Path | None:
        return self.dialogs.open_picture(parent, self.files.folder)

    def _show_page(self, page: QWidget) -> None:
        """Shows one page and removes what stood in for the map; another map is compared with nothing yet."""
        self.exporting.cancel()
        self.comparing.leave()
        self._pages.setCurrentWidget(page)
        is_start = page is self._start_page
        self.actions_.toolbar.setVisible(not is_start)
        self._status.setVisible(not is_start)
        if self._start_page is not None and not is_start:
            self._start_page.close_workers()
            self._start_page = None
        for at in reversed(range(self._pages.count())):
            other = self._pages.widget(at)
            if other is not None and other not in {self._view, page}:
                self._pages.removeWidget(other)
                other.deleteLater()

    def end_progress(self) -> None:
        self._status.progress.end()

    # Leaving

    def quit(self) -> None:
        QApplication.closeAllWindows()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()  # so that no error on the way closes a map that is not saved
        if not self.files.may_leave():
            return
        self._remember_map()
        self._keep_panels()
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
        if self._reader is not None:
            self._reader.close()
        self.exporting.cancel()
        self.versions.close()
        self.comparing.close()
        self.files.close()
        if self._start_page is not None:
            self._start_page.close_workers()
        if self._worker is not None:
            self._worker.close()
        self._later.stop()
        self.docks.set_document(None)
        if self._view is not None:
            self._view.close_map()
        if self in self.program.windows:
            self.program.windows.remove(self)

    def _keep_panels(self) -> None:
        """The panels are remembered as they are beside a map."""
        if self.session is not None:
            self.program.remember(state=self.docks.state, folded=self.docks.folded)

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
        if self._view is not None:
            self._view.cancel()

    # Appearance

    def settings_changed(self) -> None:
        if self._late_menus is not None:
            self._late_menus.show_recent()
            self.helping.commands_changed()
        if self._start_page is not None:
            self._start_page.refresh()
        self._show_appearance()

    def _show_appearance(self) -> None:
        for mode in ("system", "light", "dark"):
            self.actions_[f"look_{mode}"].setChecked(self.program.glance.appearance == mode)
        self.actions_["autosave"].setChecked(self.program.glance.autosave)

    def _dress(self) -> None:
        """The appearance has changed; what is painted in its colours follows."""
        if self._view is not None:
            self._view.setBackgroundBrush(QColor(tones().desk))

    def _show_menu(self, ask: Ask, at: QPoint) -> None:
        from app.window.context_menu import ContextMenus

        self.settle_edits()
        ContextMenus(self, self.actions_, self.view.cells).show(ask, at)

    # Keeping the frame up to date

    def refresh(self) -> None:
        """Shows the state of the map in menus, title and status bar."""
        session = self.session
        history = session.document.history if session is not None else None
        self.actions_.refresh(
            what_is_there(session, self._view),
            history.undo_label if history else None,
            history.redo_label if history else None,
        )
        for name in PANELS:
            self.actions_[name].setChecked(self.docks.is_shown(name))
        self.actions_["heat_map"].setChecked(self._view is not None and self._view.heat is not None)
        for name, is_on in self.pictures.state().items():
            self.actions_[name].setChecked(is_on)
        self.actions_["full_screen"].setChecked(self.isFullScreen())
        self.actions_["export"].setEnabled(session is not None and not self.exporting.is_busy)
        if self._late_menus is not None:
            self._late_menus.enable_inserts(session is not None)
            self._late_menus.show_filter(session, self._view.map_filter if self._view is not None else None)
        self.setWindowTitle(f"{session.title}[*] – {TITLE}" if session is not None else TITLE)
        self.setWindowModified(session is not None and session.is_modified)
        if session is not None:
            self._status.show_selection(*self.looking.situation(session))

    def _selection_changed(self) -> None:
        self.docks.set_selection(self.view.selection)
        self.refresh()
