"""The compare window: two states of a map, what differs, and where."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.layout.compared import Compared, compare_states
from app.window.compare.bar import CompareBar
from app.window.compare.canvases import Canvases
from app.window.compare.side import CompareSide
from app.window.placing import FRAME
from app.window.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QCloseEvent

    from app.layout.sheet import Sheet
    from app.model.comparison import Change
    from app.window.compare.states import Choice
    from app.window.worker import Job

SIZE: Final = QSize(1240, 760)
SMALLEST: Final = QSize(760, 420)


class CompareWindow(QWidget):
    """A window of its own. It shows the states as they were when it was told of them."""

    shown = Signal()
    """A comparison is there to be looked at."""
    file_wanted = Signal(int)
    """A file is to be chosen as the state before (0) or after (1)."""
    export_wanted = Signal(object)
    """A poster is to be made of this `Sheet`."""
    failed = Signal(object)
    """A state could not be had: the exception."""
    take_over_wanted = Signal(object)
    """A `Change` is to be made on the open map too."""
    closed = Signal()

    def __init__(self, choices: Sequence[Choice], before: int, after: int, sentence: str = "") -> None:
        """With a sentence that says why, single differences are offered to be taken over."""
        super().__init__()
        self.setWindowTitle(self.tr("Compare"))
        self.setMinimumSize(SMALLEST)
        self._worker = Worker(self)
        self._job: Job[Compared] | None = None
        self._sentence = sentence
        self._place = 0
        self.compared: Compared | None = None
        self.names = "", ""
        self.bar = CompareBar(choices, before, after, self)
        self.side = CompareSide(self)
        self.canvases = Canvases(self)
        if sentence:
            self.side.offer_to_take_over()
            self.bar.swap.setEnabled(False)
        self._lay_out()
        self._connect()
        self.resize(SIZE.boundedTo(self.screen().availableSize() - FRAME))
        self.compare()

    def compare(self) -> None:
        """Compares the states that are chosen, beside the window."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        before, after = self.bar.before, self.bar.after
        self._forget()
        if before is None or after is None:
            self.side.say(
                self.tr("Nothing to compare with yet"),
                self.tr("Choose above what was before: a version of this map, another open map, or a file."),
            )
            self.bar.boxes[0].setFocus()
            return
        self.side.say(self.tr("Comparing…"))
        self.names = before.name, after.name
        self.setWindowTitle(self.tr("Compare {before} with {after}").format(before=before.name, after=after.name))
        job: Job[Compared] = self._worker.job()
        job.on_done, job.on_error = self._arrived, self._broken
        self._job = job
        self._worker.start(job, lambda _job: _compared(before, after))

    def _arrived(self, compared: Compared) -> None:
        self._job = None
        self.compared = compared
        self.canvases.show_compared(compared, self.names, self.side.kinds)
        self.side.show_comparison(compared.comparison)
        self.bar.export.setEnabled(True)
        self._say_how_much(compared)
        self.side.list.setFocus()
        if self._place:
            self.side.stand_at(self._place)
            self._place = 0
        self.shown.emit()

    def _say_how_much(self, compared: Compared) -> None:
        count = len(compared.comparison.changes)
        words = self.tr("1 difference") if count == 1 else self.tr("{n} differences")
        if count == 0:
            self.side.say(self.tr("No differences"), self.tr("Both states say and show the same."))
        else:
            self.side.say(words.format(n=f"{count:,}"), self._sentence)

    def _broken(self, error: Exception) -> None:
        self._job = None
        self.side.say(self.tr("This could not be compared"), self.tr("Choose another state above."))
        self.failed.emit(error)

    def _forget(self) -> None:
        self.compared = None
        self.canvases.close_maps()
        self.side.show_comparison(None)
        self.bar.export.setEnabled(False)

    def _go_to(self, change: Change | None) -> None:
        if change is not None:
            self.canvases.go_to(change.id)

    def _pick(self, id: str) -> None:
        """Something on a map was clicked: the list goes there."""
        if id:
            self.side.list.stand_on(id)

    def _take_over(self, change: Change) -> None:
        self._place = self.side.place
        self.take_over_wanted.emit(change)

    def _show_kinds(self) -> None:
        self.canvases.show_kinds(self.side.kinds)

    def _show_side_by_side(self, is_wanted: bool) -> None:
        self.canvases.show_side_by_side(is_wanted)
        self.bar.show_zoom(self.canvases.leading.zoom)

    def _export(self) -> None:
        compared, names = self.compared, self.names
        if compared is None:
            return
        self.bar.export.setEnabled(False)
        job: Job[Sheet] = self._worker.job()
        job.on_done, job.on_error = self._drawn, self.failed.emit
        self._worker.start(job, lambda _job: compared.relaid().sheet(names))

    def _drawn(self, sheet: Sheet) -> None:
        self.bar.export.setEnabled(True)
        self.export_wanted.emit(sheet)

    # The frame

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.side)
        below.addWidget(self.canvases, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addLayout(below, 1)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _connect(self) -> None:
        self.bar.chosen.connect(self.compare)
        self.bar.file_wanted.connect(self.file_wanted)
        self.bar.side_by_side.connect(self._show_side_by_side)
        self.bar.export_wanted.connect(self._export)
        self.bar.farther.clicked.connect(self.canvases.zoom_out)
        self.bar.nearer.clicked.connect(self.canvases.zoom_in)
        self.bar.whole.clicked.connect(self.canvases.fit_map)
        self.side.chosen.connect(self._go_to)
        self.side.take_over_wanted.connect(self._take_over)
        self.side.kinds_changed.connect(self._show_kinds)
        self.canvases.picked.connect(self._pick)
        self.canvases.zoomed.connect(self.bar.show_zoom)
        actions: tuple[tuple[tuple[str, ...], Callable[[], object]], ...] = (
            (("F3", "Ctrl+G"), lambda: self.side.list.go_along(1)),
            (("Shift+F3", "Ctrl+Shift+G"), lambda: self.side.list.go_along(-1)),
            (("Ctrl++", "Ctrl+="), self.canvases.zoom_in),
            (("Ctrl+-",), self.canvases.zoom_out),
            (("Ctrl+0",), self.canvases.zoom_whole),
            (("Ctrl+1",), self.canvases.fit_map),
            (("Ctrl+2",), lambda: self.bar.beside.setChecked(not self.bar.beside.isChecked())),
            (("Ctrl+T",), self.bar.swap.click),
            (("Ctrl+E",), self.bar.export.click),
            (("Ctrl+Return", "Ctrl+Enter"), self.side.take_over.click),
            (("Esc", "Ctrl+W"), self.close),
        )
        for keys, run in actions:
            for key in keys:
                QShortcut(QKeySequence(key), self).activated.connect(run)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "canvases"):
            self.canvases.dress()
            self.side.detail.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._job is not None:
            self._job.cancel()
        self._worker.close()
        self.canvases.close_maps()
        super().closeEvent(event)
        self.closed.emit()


def _compared(before: Choice, after: Choice) -> Compared:
    """The work, in a thread of its own."""
    old, new = before.fetch(), after.fetch()
    today = date.today()  # noqa: DTZ011 (the date on the user's own calendar)
    return compare_states(old.records, new.records, (old.media, new.media), today)
