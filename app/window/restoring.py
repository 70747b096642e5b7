"""Giving back the maps of programs that crashed: looked for once, in an idle moment, and offered until decided on."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, cast

from PySide6.QtCore import QObject, QTimer, Signal

from app.paths import journal_dir
from app.window.frames import AskingFrame, MapFrame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from app.canvas.view import MapView
    from app.files.journal.recovery import Found
    from app.window.journals import Panels
    from app.window.lost_maps import LostMaps, Offer
    from app.window.opening import Loaded
    from app.window.start_page import StartPage
    from app.window.worker import Job

IDLE: Final = 400
"""Milliseconds after the first picture is complete, until somebody looks for journals."""


class Files(Protocol):
    """The map of a window and its file."""

    @property
    def is_untouched(self) -> bool: ...
    def adopt(self, loaded: Loaded, path: Path | None) -> None: ...


class Shared(Protocol):
    """What the windows of the program share."""

    restoring: Restoring | None

    @property
    def windows(self) -> Sequence[object]: ...

    def window_of(self, path: Path) -> object | None: ...
    def add_recent(self, path: Path, title: str) -> None: ...


class Frame(MapFrame, AskingFrame, Protocol):
    """What is asked of a window."""

    @property
    def program(self) -> Shared: ...
    @property
    def files(self) -> Files: ...
    @property
    def view(self) -> MapView: ...
    @property
    def docks(self) -> Panels: ...
    @property
    def start_page(self) -> StartPage | None: ...
    def open_beside(self, loaded: Loaded, path: Path | None, *, is_new: bool) -> Frame: ...
    def finish(self) -> None: ...
    def come_forward(self) -> None: ...


class Here(NamedTuple):
    """A window, as what it can do and as a widget."""

    frame: Frame
    widget: QWidget


def keep_and_restore(frame: Frame, window: QWidget) -> None:
    """Gives the window's map its journal, and offers what earlier maps have left. To be called when a page is shown."""
    here = Here(frame, window)
    if frame.session is not None:
        from app.window.journals import Journals

        journals = window.findChild(Journals) or Journals(frame, window)
        journals.follow(frame.session)
    restoring = frame.program.restoring
    if restoring is None:
        restoring = frame.program.restoring = Restoring(frame.program)
        QTimer.singleShot(IDLE, window, lambda: restoring.seek(here))
    restoring.show_on_start_page(here)


class Restoring(QObject):
    """The maps that can be restored. The journals behind them are this program's until it ends."""

    changed = Signal()
    """Other maps are offered now."""

    def __init__(self, program: Shared) -> None:
        super().__init__()
        self._program = program
        self.offers: list[Offer] = []
        self.is_done = False
        """Whether everything was looked through."""
        self._unreadable = 0

    def seek(self, here: Here) -> None:
        """Looks for journals in the window's worker, if there are any at all. Where that window is closed the next one
        will look.
        """
        if here.frame not in self._program.windows:
            self._program.restoring = None
            return
        root = journal_dir()
        if not _are_any(root):
            self.is_done = True
            return
        job: Job[tuple[Found, list[Offer]]] = here.frame.worker.job()
        job.on_done = lambda found: self._arrived(*found, here)
        here.frame.worker.start(job, lambda _job: _found(root))

    def show_on_start_page(self, here: Here) -> None:
        """Puts the offers on the window's start page, if it shows one and has none yet."""
        from app.window.lost_maps import LostMaps

        page = here.frame.start_page
        if (self.offers or self._unreadable) and page is not None and page.findChild(LostMaps) is None:
            page.show_above(self._panel(here))

    def restore(self, offer: Offer, here: Here) -> None:
        """Opens the map as it was, with its history; here where nothing would be lost by it, else in its own window."""
        if offer not in self.offers:
            return
        self._take(offer)
        job: Job[Loaded] = here.frame.worker.job()
        job.on_done = lambda loaded: self._open(offer, loaded, here)
        job.on_error = lambda error: self._put_back(offer, error, here)
        here.frame.worker.start(job, lambda _job: _loaded(offer))

    def restore_all(self, here: Here) -> None:
        for offer in list(self.offers):
            self.restore(offer, here)

    def save(self, offer: Offer, here: Here) -> None:
        """Writes the map to a file, without opening it."""
        from app.files import FileError
        from app.window.session import Session

        path = here.frame.dialogs.save_map(here.widget, proposal(offer))
        if path is None:
            return
        document = offer.lost.document
        try:
            Session(offer.lost.file(), document, None).save(path, None)
        except FileError as error:
            here.frame.dialogs.problem(here.widget, str(error), self.tr("The map can still be restored."))
            return
        self._take(offer)
        offer.lost.discard()
        self._program.add_recent(path, document.map.title)
        here.frame.say(self.tr("Saved “{name}”").format(name=path.name))

    def discard(self, offer: Offer, here: Here) -> None:
        """Removes what was kept of the map, after asking."""
        if here.frame.dialogs.discard_lost(here.widget, offer.lost.title or self.tr("Untitled")):
            self._take(offer)
            offer.lost.discard()

    def _arrived(self, found: Found, offers: list[Offer], here: Here) -> None:
        self.is_done = True
        self._unreadable = len(found.unreadable)
        self.offers = offers
        self.show_on_start_page(here)
        if here.frame.start_page is None and (offers or found.unreadable):
            from app.window.lost_maps import LostMapsDialog

            dialog = LostMapsDialog(self._panel(here), here.widget)
            dialog.show()

    def _open(self, offer: Offer, loaded: Loaded, here: Here) -> None:
        path = loaded.file.path
        there = cast("Frame | None", self._program.window_of(path)) if path is not None else None
        if there is not None and there.session is not None and there.session.is_modified:
            path = there = None  # the file is open with changes of its own, which are not to be mixed with these
        target = there or here.frame
        if there is not None or target.files.is_untouched:
            target.files.adopt(loaded, path)
        else:
            target = target.open_beside(loaded, path, is_new=False)
        self._keep(offer, target, path)
        target.come_forward()
        target.say(self._sentence(offer, path))

    def _keep(self, offer: Offer, target: Frame, path: Path | None) -> None:
        """Gives the restored map a journal of its own. Not before that is on the disk the old one goes."""
        session = target.session
        assert session is not None
        session.proposal = proposal(offer) if path is None else None
        session.edited = offer.lost.edited
        target.finish()
        if session.journal is not None and session.journal.flush(wait=True):
            offer.lost.discard()

    def _sentence(self, offer: Offer, path: Path | None) -> str:
        if path is not None or offer.lost.path is None:
            return self.tr("Restored with its history; save it to keep it.")
        text = self.tr("Restored as a copy, because “{name}” has changed or moved since; save it under a new name.")
        return text.format(name=offer.lost.path.name)

    def _take(self, offer: Offer) -> None:
        self.offers.remove(offer)
        self.changed.emit()

    def _put_back(self, offer: Offer, error: Exception, here: Here) -> None:
        self.offers.append(offer)
        self.changed.emit()
        here.frame.dialogs.problem(here.widget, str(error), self.tr("The map can still be restored."))

    def _panel(self, here: Here) -> LostMaps:
        from app.window.lost_maps import LostMaps

        panel = LostMaps(lambda: self.offers, self._unreadable)
        panel.restore_asked.connect(lambda offer: self.restore(offer, here))
        panel.save_asked.connect(lambda offer: self.save(offer, here))
        panel.discard_asked.connect(lambda offer: self.discard(offer, here))
        panel.all_asked.connect(lambda: self.restore_all(here))
        self.changed.connect(panel.refresh)
        return panel


def proposal(offer: Offer) -> Path:
    """Where to save a restored map that has no file of its own: beside the one it came from."""
    path = offer.lost.path
    if path is not None:
        return path.with_name(f"{path.stem} restored{path.suffix}")
    from app.window.session import suggested_path

    return suggested_path(offer.lost.title)


def _are_any(root: Path) -> bool:
    """Whether there are journals, be they of the living. Nothing that reads them is imported for the answer."""
    try:
        with os.scandir(root) as entries:
            return any(entries)
    except OSError:
        return False


def _found(root: Path) -> tuple[Found, list[Offer]]:
    """In the worker: reading maps takes time, and drawing them too."""
    from app.files.journal.recovery import find_lost
    from app.window.lost_maps import PICTURE, Offer
    from app.window.miniature import miniature

    found = find_lost(root)
    offers = [
        Offer(lost, miniature(lost.document, PICTURE * 2), lost.path is not None and lost.file().path is None)
        for lost in found.lost
    ]
    return found, offers


def _loaded(offer: Offer) -> Loaded:
    """In the worker: the map laid out, with the file it goes on with."""
    from app.layout.engine import MapLayout
    from app.window.opening import Loaded

    today = date.today()  # noqa: DTZ011 (the date on the user's own calendar)
    document = offer.lost.document
    return Loaded(offer.lost.file(), document, MapLayout(document, today))
