"""Exporting the map of a window: what is asked before, and the work that goes on beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from pathlib import Path

    from app.canvas.view import MapView
    from app.layout.sheet import Sheet
    from app.window.dialogs import Dialogs
    from app.window.export_dialog import PosterChoice
    from app.window.posters import PosterJob
    from app.window.session import Session
    from app.window.status import ProgressStrip
    from app.window.worker import Worker


class Frame(Protocol):
    """What is asked of the window."""

    @property
    def session(self) -> Session | None: ...

    @property
    def view(self) -> MapView: ...

    @property
    def dialogs(self) -> Dialogs: ...

    @property
    def worker(self) -> Worker: ...

    @property
    def progress(self) -> ProgressStrip: ...

    def end_progress(self) -> None: ...

    def settle_edits(self) -> None: ...

    def say(self, sentence: str) -> None: ...

    def refresh(self) -> None: ...


class Exporting(QObject):
    """One poster at a time."""

    def __init__(self, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self._frame = frame
        self._widget = parent
        self._poster: PosterJob | None = None
        self._choice: PosterChoice | None = None

    @property
    def is_busy(self) -> bool:
        return self._poster is not None

    def cancel(self) -> None:
        """Gives up the poster that is being written."""
        if self._poster is not None:
            self._poster.cancel()

    def export_poster(self) -> None:
        """Asks how and where, and writes the poster while one works on."""
        self._frame.settle_edits()
        if self._frame.session is None or self._poster is not None:
            return
        sheet = self._sheet()
        choice = self._frame.dialogs.poster(self._widget, sheet, self._choice)
        if choice is None:
            return
        self._choice = choice
        path = self._frame.dialogs.save_poster(self._widget, self._frame.session.suggestion(".pdf"))
        if path is not None:
            self._start_poster(sheet, path, choice)

    def _sheet(self) -> Sheet:
        from app.layout.sheet import sheet_of

        scene = self._frame.view.map_scene()
        assert scene is not None
        return sheet_of(scene.layout, scene.document.map)

    def _start_poster(self, sheet: Sheet, path: Path, choice: PosterChoice) -> None:
        from app.window.posters import PosterJob

        assert self._frame.session is not None
        job = self._poster = PosterJob(self._frame.worker, sheet, self._widget)
        job.progressed.connect(self._frame.progress.reach)
        job.done.connect(lambda path: self._frame.say(self.tr("The poster is in {path}").format(path=path)))
        job.failed.connect(lambda sentence: self._frame.dialogs.problem(self._widget, sentence))
        job.ended.connect(self._poster_ended)
        self._frame.progress.begin(self.tr("Exporting poster…"), job.cancel)
        revision = "" if self._frame.session.is_modified else self._frame.session.file.rev
        job.start(path, choice, self._frame.session.name, revision)
        self._frame.refresh()

    def _poster_ended(self) -> None:
        if self._poster is not None:
            self._poster.deleteLater()
        self._poster = None
        self._frame.end_progress()
        self._frame.refresh()
