"""Exporting the poster from the window: the map as it is now, written beside the window while one works on."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.export.errors import ExportError
from app.export.pdf import PdfOptions, export_pdf
from app.layout.drawing import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.layout.sheet import Sheet
    from app.window.export_dialog import PosterChoice
    from app.window.worker import Job, Worker

SLICE: Final = 0.008
"""Seconds of preparing between two turns of the event loop."""

PREPARING: Final = 0.3
"""The part of the progress that preparing takes."""


class PosterJob(QObject):
    """One export. Texts are prepared in the main thread, for their layouts are shared with the screen; then a worker
    writes the file."""

    progressed = Signal(float)
    done = Signal(object)
    """The file is there; its path."""
    failed = Signal(str)
    ended = Signal()
    """It is over, one way or another."""

    def __init__(self, worker: Worker, sheet: Sheet, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._sheet = sheet
        self._job: Job[Path] | None = None
        self._path = Path()
        self._options: PdfOptions | None = None
        self._parts: Iterator[float] = iter(())
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._prepare)

    def start(self, path: Path, choice: PosterChoice, name: str, revision: str) -> None:
        """Begins; signals tell the rest."""
        self._path = path
        self._options = PdfOptions(
            date.today(),  # noqa: DTZ011 (the date on the user's own calendar)
            choice.page,
            choice.orientation,
            choice.margin,
            file=name,
            revision=revision,
        )
        self._parts = self._prepared()
        self._turn.start()

    def cancel(self) -> None:
        """Stops; no file is left where none was."""
        self._turn.stop()
        if self._job is not None:
            self._job.cancel()
        self.ended.emit()

    def _prepared(self) -> Iterator[float]:
        placed = self._sheet.placed
        for at, one in enumerate(placed):
            for item in one.drawing.items:
                if isinstance(item, Text):
                    item.block.runs  # noqa: B018 (made when first asked for)
            yield PREPARING * at / len(placed)

    def _prepare(self) -> None:
        end = time.perf_counter() + SLICE
        for part in self._parts:
            if time.perf_counter() > end:
                self.progressed.emit(part)
                return
        self._turn.stop()
        self._write()

    def _write(self) -> None:
        job: Job[Path] = self._worker.job()
        self._job = job
        job.on_progress = lambda part: self.progressed.emit(PREPARING + (1 - PREPARING) * part)
        job.on_done = self._finished
        job.on_error = self._broken
        self._worker.start(job, self._export)

    def _export(self, job: Job[Path]) -> Path:
        assert self._options is not None
        export_pdf(self._sheet, self._path, self._options, job.progress, job.is_cancelled)
        return self._path

    def _finished(self, path: Path) -> None:
        self.done.emit(path)
        self.ended.emit()

    def _broken(self, error: Exception) -> None:
        self.ended.emit()
        if not isinstance(error, ExportError):
            raise error
        self.failed.emit(str(error))
