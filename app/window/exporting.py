"""Exporting the map of a window: the export window, and the work that goes on behind it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.layout.additions import Offer, additions_of, sheet_with
from app.window.frames import AskingFrame, MapFrame
from app.window.placing import bring_forward

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.canvas.view import MapView
    from app.layout.additions import Addition
    from app.layout.sheet import Sheet
    from app.model.diff import Diff
    from app.window.export_window import ExportWindow
    from app.window.posters import PosterJob
    from app.window.program import Program
    from app.window.session import Session
    from app.window.settings import ExportOptions


class Frame(MapFrame, AskingFrame, Protocol):
    """What is asked of the window."""

    @property
    def program(self) -> Program: ...

    @property
    def view(self) -> MapView: ...


class Subject(NamedTuple):
    """What is exported: its sheet, its name and revision for the footer, and what its file's name adds to the map's.

    `offer`: what can be added to the sheet.
    """

    sheet: Sheet
    name: str
    revision: str
    file: str = ""
    offer: Offer | None = None


class Exporting(QObject):
    """One poster at a time."""

    def __init__(self, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self._frame = frame
        self._widget = parent
        self._poster: PosterJob | None = None
        self._subject: Subject | None = None
        self._is_stale = False
        self._leave: Callable[[], None] | None = None
        self.window: ExportWindow | None = None
        """The export window while it is open."""

    @property
    def is_busy(self) -> bool:
        return self._poster is not None

    def cancel(self) -> None:
        """Gives up the poster that is being written, and closes the window."""
        if self.window is not None:
            self.window.close()

    def export_poster(self) -> None:
        """Opens the export window, or comes back to it."""
        self._frame.settle_edits()
        session, window = self._frame.session, self.window
        if window is not None and window.parent() is self._widget:
            bring_forward(window)
        elif session is not None and self._make_way():
            self._open(self._map_of(session), self._widget)
            self._leave = session.document.subscribe(self._on_diff)

    def export_sheet(self, sheet: Sheet, name: str, parent: QWidget) -> None:
        """Opens the export window for something made of the map, before a window of its own; `name` says what it is."""
        if self._frame.session is not None and self._make_way():
            self._open(Subject(sheet, name, "", name), parent)

    def leave(self, parent: QWidget) -> None:
        """A window goes, and with it the export window that stands before it, which it would take along unasked."""
        if self.window is not None and self.window.parent() is parent:
            self.window.close()

    def _make_way(self) -> bool:
        """Closes the export window of something else. False, and it comes forward, where a poster is being written."""
        if self.window is not None and self.is_busy:
            bring_forward(self.window)
            return False
        self.cancel()
        return True

    def _map_of(self, session: Session) -> Subject:
        """The map as it is now."""
        offer = Offer(additions_of(session.document), self._sheet)
        return Subject(self._sheet(), session.name, _revision(session), "", offer)

    def _on_diff(self, _diff: Diff) -> None:
        self._is_stale = True

    def _renew(self) -> None:
        """What was changed or saved meanwhile is on the page too."""
        session, subject = self._frame.session, self._subject
        if self.window is None or self._leave is None or session is None or subject is None:
            return
        if self._is_stale or subject.revision != _revision(session):
            self._is_stale = False
            self._subject = self._map_of(session)._replace(name=subject.name)
            self.window.renew(self._subject.sheet, self._subject.revision, self._subject.offer)

    def _open(self, subject: Subject, parent: QWidget) -> None:
        from app.window.export_window import ExportWindow

        options = self._frame.program.settings.export
        window = ExportWindow(subject.sheet, options, subject.name, subject.revision, parent, subject.offer)
        self._subject = subject
        window.wanted.connect(self._export)
        window.cancelled.connect(self._cancel)
        window.file_wanted.connect(self._show_file)
        window.finished.connect(self._closed)
        window.came_back.connect(self._renew)
        self.window = window
        self._is_stale = False
        window.show()

    def _sheet(self, added: frozenset[Addition] = frozenset()) -> Sheet:
        """The map, with what is to be added."""
        scene = self._frame.view.map_scene()
        assert scene is not None
        return sheet_with(scene.layout.whole(), scene.document, added)

    def _export(self, options: ExportOptions) -> None:
        """Asks where, and writes the poster."""
        window, session = self.window, self._frame.session
        if window is None or session is None or self._subject is None or self._poster is not None:
            return
        path = self._frame.dialogs.save_poster(window, _suggestion(session, options, self._subject))
        if path is None:
            return
        if session.path is None:
            options = options.model_copy(update={"folder": str(path.parent)})
        self._frame.program.remember(export=options)
        self._start(window, path, options)

    def _start(self, window: ExportWindow, path: Path, options: ExportOptions) -> None:
        from app.window.posters import PosterJob

        assert self._subject is not None
        job = self._poster = PosterJob(self._frame.worker, window.sheet, self)
        job.progressed.connect(window.reach)
        job.done.connect(self._done)
        job.failed.connect(self._failed)
        window.begin()
        self._frame.refresh()
        job.start(path, options, self._subject.name, self._subject.revision)

    def _cancel(self) -> None:
        if self._poster is not None:
            self._poster.cancel()
            self._end(None)

    def _done(self, path: Path) -> None:
        self._end(path)
        self._frame.say(self.tr("The poster is in {path}").format(path=path))

    def _failed(self, sentence: str) -> None:
        self._end(None)
        if sentence:
            self._frame.dialogs.problem(self.window or self._widget, sentence)

    def _end(self, path: Path | None) -> None:
        if self._poster is not None:
            self._poster.deleteLater()
        self._poster = None
        if self.window is not None:
            self.window.finish(path)
        self._frame.refresh()

    def _show_file(self, path: Path) -> None:
        if not self._frame.dialogs.show_file(path):
            sentence = self.tr("No program here opens “{name}”. It is in {folder}.")
            parent = self.window or self._widget
            self._frame.dialogs.problem(parent, sentence.format(name=path.name, folder=path.parent))

    def _closed(self) -> None:
        if self._leave is not None:
            self._leave()
            self._leave = None
        if self.window is not None:
            self.window.deleteLater()
        self.window = self._subject = None


def _revision(session: Session) -> str:
    """The revision that the footer names: none for a state that is in no file."""
    return "" if session.is_modified else session.file.rev


def _suggestion(session: Session, options: ExportOptions, subject: Subject) -> Path:
    """Where to put the poster, as far as one can guess: beside the map, else where the last one was put."""
    path = session.suggestion(f".{options.kind}")
    if subject.file:
        path = path.with_name(f"{path.stem} {subject.file}{path.suffix}")
    folder = Path(options.folder)
    return folder / path.name if session.path is None and options.folder and folder.is_dir() else path
