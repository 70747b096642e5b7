"""The main window: menus, canvas, status; what is open, and what happens when it is left. Wiring only."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QColor, QPixmap
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from app.window.actions import Actions
from app.window.standin import OpeningPage, StandIn
from app.window.status import StatusBar
from app.window.theme import colors

if TYPE_CHECKING:
    from app.canvas.view import MapView
    from app.layout.sheet import Sheet
    from app.window.dialogs import Dialogs
    from app.window.export_dialog import PosterChoice
    from app.window.opening import Loaded, Opener
    from app.window.posters import PosterJob
    from app.window.session import Session
    from app.window.worker import Worker

TITLE: Final = "Journey Mapper"
SIZE: Final = QSize(1280, 800)
FRAME: Final = QSize(8, 40)
"""What a window's frame takes of the screen, so that the status bar of the first window is on it."""

SMALLEST: Final = QSize(640, 420)


class MainWindow(QMainWindow):
    """Shows one map. Until it is there a picture stands in for it, which is on the screen sooner."""

    ready = Signal()
    """A map is shown and can be worked on."""

    def __init__(self, picture: QPixmap | None = None, dialogs: Dialogs | None = None) -> None:
        super().__init__()
        self._dialogs = dialogs
        self._session: Session | None = None
        self._view: MapView | None = None
        self._worker: Worker | None = None
        self._opener: Opener | None = None
        self._poster: PosterJob | None = None
        self._choice: PosterChoice | None = None
        self.setWindowTitle(TITLE)
        self.resize(SIZE.boundedTo(self.screen().availableSize() - FRAME))
        self.setMinimumSize(SMALLEST)
        self.stand_in = StandIn(picture or QPixmap(), colors().desk, self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.stand_in)
        self.setCentralWidget(self._pages)
        self._status = StatusBar(self)
        self.setStatusBar(self._status)
        self.actions_ = Actions(self, self)
        self._status.add_zoom(self.actions_["zoom_out"], self.actions_["zoom_in"])
        self._refresh()

    # What is there

    @property
    def session(self) -> Session | None:
        """The open map."""
        return self._session

    @property
    def view(self) -> MapView:
        """The canvas; made when first asked for."""
        if self._view is None:
            from app.canvas.view import MapView

            self._view = MapView(self)
            self._view.setBackgroundBrush(QColor(colors().desk))
            self._pages.addWidget(self._view)
            self._view.changed.connect(self._refresh)
            self._view.zoomed.connect(self._status.show_zoom)
            self._view.selection.changed.connect(self._refresh)
        return self._view

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
    def opener(self) -> Opener:
        if self._opener is None:
            from app.window.opening import Opener

            self._opener = Opener(self, self.worker, self)
        return self._opener

    # Opening

    def ask_open(self) -> None:
        """Lets the user choose a map."""
        self.view.cancel()
        folder = self._session.path.parent if self._session and self._session.path else Path.home()
        path = self.dialogs.open_map(self, folder)
        if path is not None:
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Opens a map unless what is open would be lost by it."""
        if self._may_leave():
            self.opener.open(path)

    def open_sample(self, name: str) -> None:
        """Opens a copy of a sample, which has to be saved to a place of its own."""
        from app.paths import sample_dir

        if self._may_leave():
            self.opener.open(sample_dir() / f"{name}.jmap", as_copy=True)

    def opening(self, path: Path) -> None:
        page = OpeningPage(path.name, self)
        page.cancelled.connect(self.opener.cancel)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self._status.show_selection("", "")
        self._refresh()

    def opening_cancelled(self) -> None:
        self._pages.setCurrentWidget(self.view if self._session is not None else self.stand_in)
        self._drop_pages()
        self._refresh()

    def opened(self, loaded: Loaded, path: Path, *, as_copy: bool) -> None:
        """Puts a map in place of the one before."""
        from app.window.session import Session

        self._pages.setCurrentWidget(self.view)
        self._drop_pages()
        self.view.show_map(loaded.document, loaded.layout)
        self._session = Session(loaded.file, loaded.document, None if as_copy else path)
        self.view.setFocus()
        self._status.show_saved("")
        self._status.clearMessage()
        self._refresh()
        self.ready.emit()

    def not_opened(self, error: Exception) -> None:
        safe = self.tr("The map that was open is still here.") if self._session is not None else ""
        self.dialogs.problem(self, str(error), safe)

    def _drop_pages(self) -> None:
        """Removes what stood in for the map."""
        for at in reversed(range(self._pages.count())):
            page = self._pages.widget(at)
            if page is not None and page is not self._view and page is not self._pages.currentWidget():
                self._pages.removeWidget(page)
                page.deleteLater()

    # Saving and leaving

    def save(self) -> bool:
        """True where the map is in its file."""
        self.view.cancel()
        session = self._session
        if session is None:
            return False
        return self._write(session.path) if session.path is not None else self.save_as()

    def save_as(self) -> bool:
        self.view.cancel()
        if self._session is None:
            return False
        path = self.dialogs.save_map(self, self._session.suggestion())
        return path is not None and self._write(path)

    def _write(self, path: Path, *, force: bool = False) -> bool:
        from app.files import ChangedOnDisk, FileError
        from app.window.dialogs import Answer

        assert self._session is not None
        try:
            self._session.save(path, self.view.thumbnail(), force=force)
        except ChangedOnDisk:
            answer = self.dialogs.changed_on_disk(self, path.name)
            if answer is Answer.OVERWRITE:
                return self._write(path, force=True)
            return answer is Answer.SAVE_AS and self.save_as()
        except FileError as error:
            self.dialogs.problem(self, str(error), self.tr("The map is still open here, with all its changes."))
            return False
        self._status.show_saved(self.tr("Saved {time}").format(time=time.strftime("%H:%M")))
        self._refresh()
        return True

    def _may_leave(self) -> bool:
        """False where the user wants to stay with the open map."""
        from app.window.dialogs import Answer

        if self._view is not None:
            self._view.cancel()
        session = self._session
        if session is None or not session.is_modified:
            return True
        answer = self.dialogs.unsaved(self, session.name)
        return self.save() if answer is Answer.SAVE else answer is Answer.DISCARD

    def close_window(self) -> None:
        self.close()

    def quit(self) -> None:
        QApplication.closeAllWindows()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()  # so that no error on the way closes a map that is not saved
        if not self._may_leave():
            return
        self.hide()  # what is under way may take seconds to stop, and there is nothing left to see
        try:
            self._stop()
        except BaseException:
            self.show()
            raise
        event.accept()

    def _stop(self) -> None:
        """Ends what is under way, and lets go of the map."""
        if self._poster is not None:
            self._poster.cancel()
        if self._opener is not None:
            self._opener.cancel()
        if self._worker is not None:
            self._worker.close()
        if self._view is not None:
            self._view.close_map()

    # Exporting

    def export_poster(self) -> None:
        """Asks how and where, and writes the poster while one works on."""
        self.view.cancel()
        if self._session is None or self._poster is not None:
            return
        sheet = self._sheet()
        choice = self.dialogs.poster(self, sheet, self._choice)
        if choice is None:
            return
        self._choice = choice
        path = self.dialogs.save_poster(self, self._session.suggestion(".pdf"))
        if path is not None:
            self._start_poster(sheet, path, choice)

    def _sheet(self) -> Sheet:
        from app.layout.sheet import sheet_of

        scene = self.view.map_scene()
        assert scene is not None
        return sheet_of(scene.layout, scene.document.map)

    def _start_poster(self, sheet: Sheet, path: Path, choice: PosterChoice) -> None:
        from app.window.posters import PosterJob

        assert self._session is not None
        job = self._poster = PosterJob(self.worker, sheet, self)
        job.progressed.connect(self._status.progress.reach)
        job.done.connect(lambda path: self._status.say(self.tr("The poster is in {path}").format(path=path)))
        job.failed.connect(lambda sentence: self.dialogs.problem(self, sentence))
        job.ended.connect(self._poster_ended)
        self._status.progress.begin(self.tr("Exporting poster…"), job.cancel)
        revision = "" if self._session.is_modified else self._session.file.rev
        job.start(path, choice, self._session.name, revision)
        self._refresh()

    def _poster_ended(self) -> None:
        if self._poster is not None:
            self._poster.deleteLater()
        self._poster = None
        self._status.progress.end()
        self._refresh()

    # Editing

    def undo(self) -> None:
        """In the middle of a drag this takes back the drag."""
        if self._session is not None and not self.view.cancel():
            self._session.document.undo()

    def redo(self) -> None:
        if self._session is not None and not self.view.cancel():
            self._session.document.redo()

    def select_all(self) -> None:
        if self._session is not None:
            self.view.cancel()
            self.view.selection.select(self._session.document.store.ids_of_type("card"))

    def deselect(self) -> None:
        self.view.cancel()
        self.view.selection.clear()

    def delete(self) -> None:
        """Deletes what is selected and says what went with it."""
        from app.model.edits import delete
        from app.window.sentences import deleted, listed

        self.view.cancel()
        if self._session is None or not len(self.view.selection):
            return
        store = self._session.document.store
        counts = Counter(store[id].type for id in self.view.selection)
        with self._session.document.edit(self.tr("Delete {what}").format(what=listed(counts))) as tx:
            gone = delete(tx, list(self.view.selection))
        self._status.say(deleted(gone.counts))

    def move_selection(self, dx: int, dy: int) -> None:
        """Moves the selection by a cell, or an emotion point by a tenth."""
        self._arrange(dx, dy, among_siblings=False)

    def reorder(self, dx: int, dy: int) -> None:
        """Moves the selected stage, step or lane among its siblings."""
        self._arrange(dx, dy, among_siblings=True)

    def _arrange(self, dx: int, dy: int, *, among_siblings: bool) -> None:
        from app.canvas.arrange import Arranger
        from app.model.document import EditError

        self.view.cancel()
        scene = self.view.map_scene()
        if scene is None:
            return
        arranger = Arranger(scene.document, scene.layout.rtl)
        try:
            (arranger.reorder if among_siblings else arranger.move)(list(self.view.selection), dx, dy)
        except EditError as error:
            self._status.say(str(error))
        else:
            self._status.clearMessage()
            self.view.reveal_current()

    # Looking

    def zoom_in(self) -> None:
        self.view.zoom_in()

    def zoom_out(self) -> None:
        self.view.zoom_out()

    def zoom_whole(self) -> None:
        self.view.zoom_to(1.0)

    def fit_map(self) -> None:
        self.view.fit_map()

    def fit_selection(self) -> None:
        self.view.fit_selection()

    # Help

    def show_about(self) -> None:
        from app import __version__

        self.dialogs.about(self, __version__)

    def show_keys(self) -> None:
        self.dialogs.keys(self, keys_text(self.actions_.shortcuts()))

    def show_fault(self) -> None:
        """Something unforeseen has happened; the map is still here."""
        from app.window.faults import log_file

        if self._view is not None:
            self._view.cancel()
        self.dialogs.problem(
            self,
            self.tr("Something went wrong that should not have."),
            self.tr("Your map is still open; save it to be sure. What happened is in {file}.").format(file=log_file()),
        )

    # Keeping the frame up to date

    def _refresh(self) -> None:
        session = self._session
        is_opening = self._opener is not None and self._opener.is_busy
        history = session.document.history if session is not None and not is_opening else None
        has_selection = self._view is not None and len(self._view.selection) > 0
        self.actions_.refresh(
            has_map=session is not None and not is_opening,  # what was done to it now would go with it
            has_selection=has_selection,
            undo=history.undo_label if history else None,
            redo=history.redo_label if history else None,
        )
        self.actions_["export"].setEnabled(session is not None and not is_opening and self._poster is None)
        if session is None:
            return
        self.setWindowTitle(f"{session.name}[*] – {TITLE}")
        self.setWindowModified(session.is_modified)
        self._show_selection(session)

    def _show_selection(self, session: Session) -> None:
        from app.window.sentences import hint, selected

        store, selection = session.document.store, self.view.selection
        self._status.show_selection(selected(store, selection), hint(store, selection))


def keys_text(keys: list[tuple[str, str]]) -> str:
    """The list of keys as a table."""
    rows = "".join(f"<tr><td>{text}&nbsp;&nbsp;</td><td><b>{key}</b></td></tr>" for text, key in keys)
    return f"<table cellpadding='3'>{rows}</table>"
