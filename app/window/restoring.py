"""Giving back the maps of programs that crashed: looked for once, in an idle moment, and offered until decided on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.window.journals import Journals

if TYPE_CHECKING:
    from app.files.journal.recovery import Found
    from app.window.lost_maps import LostMaps, Offer
    from app.window.opening import Loaded
    from app.window.program import Program
    from app.window.window import MainWindow
    from app.window.worker import Job

IDLE: Final = 400
"""Milliseconds after the first picture is complete, until somebody looks for journals."""


def keep_and_restore(window: MainWindow) -> None:
    """Gives the window's map its journal, and offers what earlier maps have left. To be called when a page is shown."""
    journals = window.findChild(Journals) or Journals(window, window)
    journals.follow(window.session)
    program = window.program
    if program.restoring is None:
        program.restoring = Restoring(program)
        QTimer.singleShot(IDLE, window, lambda: program.restoring.seek(window))  # type: ignore[union-attr]
    program.restoring.show_on_start_page(window)


class Restoring(QObject):
    """The maps that can be restored. The journals behind them are this program's until it ends."""

    changed = Signal()
    """Other maps are offered now."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._program = program
        self.offers: list[Offer] = []
        self.is_done = False
        """Whether everything was looked through."""
        self._unreadable = 0

    def seek(self, window: MainWindow) -> None:
        """Looks for journals in the window's worker, if there are any at all."""
        from app.files.journal.folders import are_any, journal_root

        root = journal_root()
        if not are_any(root):
            self.is_done = True
            return
        job: Job[tuple[Found, list[Offer]]] = window.worker.job()
        job.on_done = lambda found: self._arrived(*found, window)
        window.worker.start(job, lambda _job: _found(root))

    def show_on_start_page(self, window: MainWindow) -> None:
        """Puts the offers on the window's start page, if it shows one and has none yet."""
        from app.window.lost_maps import LostMaps

        page = window.start_page
        if self.offers and page is not None and page.findChild(LostMaps) is None:
            page.show_above(self._panel(window))

    def restore(self, offer: Offer, window: MainWindow) -> None:
        """Opens the map as it was, with its history; here where nothing would be lost by it, else in its own window."""
        if offer not in self.offers:
            return
        self._take(offer)
        job: Job[Loaded] = window.worker.job()
        job.on_done = lambda loaded: self._open(offer, loaded, window)
        job.on_error = lambda error: self._put_back(offer, error, window)
        window.worker.start(job, lambda _job: _loaded(offer))

    def restore_all(self, window: MainWindow) -> None:
        for offer in list(self.offers):
            self.restore(offer, window)

    def save(self, offer: Offer, window: MainWindow) -> None:
        """Writes the map to a file, without opening it."""
        from app.files import FileError, save

        path = window.dialogs.save_map(window, proposal(offer))
        if path is None:
            return
        document = offer.lost.document
        try:
            save(offer.lost.file().holding(document.records, media=document.media), path)
        except FileError as error:
            window.dialogs.problem(window, str(error), self.tr("The map can still be restored."))
            return
        self._take(offer)
        offer.lost.discard()
        self._program.add_recent(path, document.map.title)
        window.say(self.tr("Saved “{name}”").format(name=path.name))

    def discard(self, offer: Offer, window: MainWindow) -> None:
        """Removes what was kept of the map, after asking."""
        if window.dialogs.discard_lost(window, offer.lost.title or self.tr("Untitled")):
            self._take(offer)
            offer.lost.discard()

    def _arrived(self, found: Found, offers: list[Offer], window: MainWindow) -> None:
        self.is_done = True
        self._unreadable = len(found.unreadable)
        self.offers = offers
        if not offers:
            if found.unreadable:
                window.say(self.tr("A journal of unsaved changes cannot be read; it is kept for 30 days."))
            return
        self.show_on_start_page(window)
        if window.start_page is None:
            from app.window.lost_maps import LostMapsDialog

            dialog = LostMapsDialog(self._panel(window), window)
            dialog.show()

    def _open(self, offer: Offer, loaded: Loaded, window: MainWindow) -> None:
        path = loaded.file.path
        target = self._window_for(path, window)
        if target is None:  # the file is open with changes of its own, which are not to be mixed with these
            path, target = None, window
        if target.path != path and not target.files.is_untouched:
            target.open_beside(loaded, path, is_new=False)
            target = self._windows()[-1]
        else:
            target.files.adopt(loaded, path)
        session = target.session
        assert session is not None
        session.proposal = proposal(offer) if path is None else None
        session.edited = offer.lost.edited
        target.finish()
        if session.journal is not None and session.journal.flush(wait=True):
            offer.lost.discard()  # not before: until then the old journal is all there is
        target.come_forward()
        target.say(self._sentence(offer, path))

    def _window_for(self, path: Path | None, window: MainWindow) -> MainWindow | None:
        """Where to show it; None: where it belongs there are changes."""
        there = self._program.window_of(path) if path is not None else None
        found = next((each for each in self._windows() if each is there), window)
        is_taken = found is there and found.session is not None and found.session.is_modified
        return None if is_taken else found

    def _windows(self) -> list[MainWindow]:
        from app.window.window import MainWindow

        return [window for window in self._program.windows if isinstance(window, MainWindow)]

    def _sentence(self, offer: Offer, path: Path | None) -> str:
        if path is not None or offer.lost.path is None:
            return self.tr("Restored with its history; save it to keep it.")
        text = self.tr("Restored as a copy, for “{name}” is another now; save it under a name of its own.")
        return text.format(name=offer.lost.path.name)

    def _take(self, offer: Offer) -> None:
        self.offers.remove(offer)
        self.changed.emit()

    def _put_back(self, offer: Offer, error: Exception, window: MainWindow) -> None:
        self.offers.append(offer)
        self.changed.emit()
        window.dialogs.problem(window, str(error), self.tr("The map can still be restored."))

    def _panel(self, window: MainWindow) -> LostMaps:
        from app.window.lost_maps import LostMaps

        panel = LostMaps(lambda: self.offers)
        panel.restore_asked.connect(lambda offer: self.restore(offer, window))
        panel.save_asked.connect(lambda offer: self.save(offer, window))
        panel.discard_asked.connect(lambda offer: self.discard(offer, window))
        panel.all_asked.connect(lambda: self.restore_all(window))
        panel.show_unreadable(self._unreadable)
        self.changed.connect(panel.refresh)
        return panel


def proposal(offer: Offer) -> Path:
    """Where to save a restored map that has no file of its own: beside the one it came from."""
    path = offer.lost.path
    if path is not None:
        return path.with_name(f"{path.stem} restored{path.suffix}")
    from app.window.session import suggested_path

    return suggested_path(offer.lost.title)


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
