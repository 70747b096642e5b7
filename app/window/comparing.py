"""Comparing the map of a window with another state of it, or with another map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.window.frames import AskingFrame, MapFrame

if TYPE_CHECKING:
    from app.layout.sheet import Sheet
    from app.model.comparison import Change
    from app.window.compare.states import Choice
    from app.window.compare.window import CompareWindow
    from app.window.exporting import Exporting
    from app.window.map_files import MapFiles
    from app.window.merging import Merging
    from app.window.program import Program
    from app.window.session import Session
    from app.window.status import ProgressStrip


class Frame(MapFrame, AskingFrame, Protocol):
    """What is asked of the window."""

    exporting: Exporting
    files: MapFiles

    @property
    def program(self) -> Program: ...

    @property
    def progress(self) -> ProgressStrip: ...


class Comparing(QObject):
    """One compare window at a time for each map."""

    def __init__(self, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self._frame = frame
        self._widget = parent
        self._merging: Merging | None = None
        self._session: Session | None = None
        self.window: CompareWindow | None = None
        """The compare window while it is open."""

    @property
    def merging(self) -> Merging:
        """What brings copies together again."""
        if self._merging is None:
            from app.window.merging import Merging

            self._merging = Merging(self._frame, self.compare_with, self._widget)
        return self._merging

    def compare(self) -> None:
        """Opens the compare window: what came last before the map as it is now, if there is such a thing."""
        self._open(None)

    def compare_with(self, choice: Choice, sentence: str = "") -> CompareWindow | None:
        """Opens the compare window for a certain state. None where no map is open.

        With a sentence that says why, what that state has can be taken over: it comes after the map as it is now.
        """
        self._open(choice, sentence)
        return self.window

    def merge(self) -> None:
        """Brings the map together with another copy of it."""
        self.merging.merge()

    def close(self) -> None:
        """The map goes."""
        if self._merging is not None:
            self._merging.close()
        if self.window is not None:
            self.window.close()

    def leave(self) -> None:
        """Another map has come into the window: what was compared or merged with the one before goes with that."""
        was_merging = self._merging is not None and self._merging.is_busy
        self.close()
        if was_merging:
            self._frame.say(self.tr("Another map was opened, so the merge was left. No map was changed by it."))

    def _open(self, other: Choice | None, sentence: str = "") -> None:
        from app.window.compare.states import choices
        from app.window.compare.window import CompareWindow
        from app.window.placing import bring_forward

        self._frame.settle_edits()
        session = self._frame.session
        if session is None:
            return
        if self.window is not None and other is None:
            bring_forward(self.window)
            return
        if self.window is not None:
            self.window.close()
        self._session = session
        offered = choices(session, self._frame.program.windows)
        if other is None:
            before = 1 if len(offered) > 1 else -1
        else:
            offered = [*(choice for choice in offered if choice.name != other.name), other]
            before = len(offered) - 1
        places = (0, before) if sentence else (before, 0)
        window = self.window = CompareWindow(offered, *places, sentence)
        window.take_over_wanted.connect(self._take_over)
        window.file_wanted.connect(self._choose_file)
        window.export_wanted.connect(self._export)
        window.failed.connect(self._failed)
        window.closed.connect(self._closed)
        window.show()

    def _choose_file(self, place: int) -> None:
        from app.window.compare.states import file_choice

        if self.window is None:
            return
        title = self.tr("Compare with another file")
        path: Path | None = self._frame.dialogs.open_map(self.window, self._frame.files.folder, title)
        if path is not None:
            self.window.bar.add(file_choice(path), place)

    def _export(self, sheet: Sheet) -> None:
        if self.window is not None:
            self._frame.exporting.export_sheet(sheet, self.tr("changes"), self.window)

    def _take_over(self, change: Change) -> None:
        """Makes a difference in the open map, in one step that can be undone."""
        from app.model.rules import RuleError
        from app.window.compare.states import open_map_choice
        from app.window.compare.taking import take_over

        window, session = self.window, self._frame.session
        if window is None or window.compared is None or session is None or session is not self._session:
            return
        self._frame.settle_edits()
        theirs, document = window.compared.after.document, session.document
        document.media.take_from(theirs.media, theirs.media)
        try:
            with document.edit(self.tr("Take over from another map")) as tx:
                take_over(tx, change, {record.id: record for record in theirs.store})
        except RuleError:
            sentence = self.tr("This does not fit into the open map, which stays as it was.")
            self._frame.dialogs.problem(window, sentence)
            return
        self._frame.refresh()
        window.bar.renew(open_map_choice(session))

    def _failed(self, error: Exception) -> None:
        from app.files import FileError

        if not isinstance(error, FileError):
            raise error
        safe = self.tr("Nothing was changed, neither in the map nor in any file.")
        self._frame.dialogs.problem(self.window or self._widget, str(error), safe)

    def _closed(self) -> None:
        window, self.window = self.window, None
        if window is not None:
            self._frame.exporting.leave(window)
            window.deleteLater()
