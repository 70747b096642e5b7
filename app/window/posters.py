"""Exporting the poster from the window: the map as it is now, written beside the window while one works on."""

from __future__ import annotations

import time
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.export.errors import ExportError
from app.export.pdf import PdfOptions, export_pdf
from app.export.png import export_png
from app.layout.drawing import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.layout.sheet import Sheet
    from app.window.settings import ExportOptions
    from app.window.worker import Job, Worker

SLICE: Final = 0.008
"""Seconds of preparing between two turns of the event loop."""

PREPARING: Final = 0.3
"""The part of the progress that preparing takes."""


class PosterJob(QObject):
    """One export, after which one of `done` and `failed` is told, or nothing if it was cancelled.

    The texts of a PDF are prepared in the main thread, for their layouts are shared with the screen; then a worker
    writes the file.
    """

    progressed = Signal(float)
    done = Signal(object)
    """The file is there; its path."""
    failed = Signal(str)
    """There is no new file; the sentence says why, and is empty where nobody foresaw it."""

    def __init__(self, worker: Worker, sheet: Sheet, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._sheet = sheet
        self._job: Job[Path] | None = None
        self._write: Callable[[Job[Path]], Path] | None = None
        self._parts: Iterator[float] = iter(())
        self._share = 0.0
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._prepare)

    def start(self, path: Path, options: ExportOptions, name: str, revision: str) -> None:
        """Begins; signals tell the rest. `name` and `revision` are those of the map."""
        if options.kind == "png":
            self._write = partial(_write_png, self._sheet, path, options.dpi)
        else:
            self._write = partial(_write_pdf, self._sheet, path, pdf_options(options, name, revision))
            self._parts = self._prepared()
            self._share = PREPARING
        self._turn.start()

    def cancel(self) -> None:
        """Stops; no file is left where none was."""
        self._turn.stop()
        if self._job is not None:
            self._job.cancel()

    def _prepared(self) -> Iterator[float]:
        placed = [one for sheet in (self._sheet, *self._sheet.after) for one in sheet.placed]
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
        self._hand_over()

    def _hand_over(self) -> None:
        assert self._write is not None
        job: Job[Path] = self._worker.job()
        self._job = job
        job.on_progress = lambda part: self.progressed.emit(self._share + (1 - self._share) * part)
        job.on_done = self.done.emit
        job.on_error = self._broken
        self._worker.start(job, self._write)

    def _broken(self, error: Exception) -> None:
        is_foreseen = isinstance(error, ExportError)
        self.failed.emit(str(error) if is_foreseen else "")
        if not is_foreseen:
            raise error


def pdf_options(options: ExportOptions, name: str, revision: str) -> PdfOptions:
    """The options as the exporter of PDFs knows them."""
    today = date.today()  # noqa: DTZ011 (the date on the user's own calendar)
    return PdfOptions(today, options.page_name, options.orientation, options.margin, name, revision)


def _write_pdf(sheet: Sheet, path: Path, options: PdfOptions, job: Job[Path]) -> Path:
    export_pdf(sheet, path, options, job.progress, job.is_cancelled)
    return path


def _write_png(sheet: Sheet, path: Path, dpi: int, job: Job[Path]) -> Path:
    export_png(sheet, path, dpi, job.progress, job.is_cancelled)
    return path
