"""The export window: how the poster is to be, how that looks, the work itself, and where the file is then."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.canvas.idle import Idle
from app.canvas.painter import PX_PER_MM
from app.export.advice import picture_warnings, pixel_sentence, print_sentence, print_warnings
from app.export.errors import ExportError
from app.export.pages import percent
from app.export.pdf import footer, place
from app.export.png import INCH, picture_page, picture_size
from app.layout.proof import Proof, proofread
from app.window.export_form import ExportForm
from app.window.labels import plain_label
from app.window.page_picture import PageLook
from app.window.page_preview import PagePreview
from app.window.placing import FRAME
from app.window.posters import pdf_options
from app.window.zoom_row import ZoomRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QCloseEvent

    from app.export.pages import Placement
    from app.layout.additions import Addition, Offer
    from app.layout.sheet import Sheet
    from app.window.settings import ExportOptions

SIZE: Final = QSize(1120, 660)
SIDE: Final = 320
LONGEST_NAME: Final = 60


class ExportWindow(QDialog):
    """Options on the one side, the page on the other. What is to be done about them is told by signals.

    One goes on drawing while it is open: the page is that of the map as it was when one last came to this window.
    """

    came_back = Signal()
    """One has come to this window again, where something may have changed."""

    wanted = Signal(object)
    """The map is to be exported, with these ExportOptions."""
    cancelled = Signal()
    """The export under way is to stop."""
    file_wanted = Signal(object)
    """A file or folder is to be opened; its path."""

    def __init__(
        self,
        sheet: Sheet,
        options: ExportOptions,
        file: str,
        revision: str,
        parent: QWidget | None = None,
        offer: Offer | None = None,
    ) -> None:
        """`offer`: what can be added to the sheet; None: nothing."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export poster"))
        self.setSizeGripEnabled(False)
        self._sheet = self._plain = sheet
        self._offer = offer
        self._added: frozenset[Addition] = frozenset()
        self._named = file, revision
        self._proof = Proof()
        self._is_busy = False
        self._path = Path()
        self._idle = Idle(self)
        self.form = ExportForm(options, self, offer.names if offer is not None else frozenset())
        self.preview = PagePreview(self._idle, self)
        self.zoom_row = ZoomRow(self.preview, self)
        self.facts = plain_label(self, "strong")
        self.legibility = plain_label(self)
        self.warning = plain_label(self, "error")
        self.said = plain_label(self)
        for label in (self.facts, self.legibility, self.warning, self.said):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = QProgressBar(self)
        self.open_folder = QPushButton(self.tr("Open fol&der"), self)
        self.open_file = QPushButton(self.tr("Open f&ile"), self)
        self.buttons = QDialogButtonBox(self)
        self.export = self.buttons.addButton(self.tr("&Export…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.leave = self.buttons.addButton("", QDialogButtonBox.ButtonRole.RejectRole)
        self._lay_out()
        self._connect()
        self._show_state()
        self.update_page()
        self._idle.soon("proof", self._read_proof())
        self.form.kind.setFocus()

    @property
    def sheet(self) -> Sheet:
        """What is exported: the map as it is shown, with what is to be added."""
        return self._sheet

    def renew(self, sheet: Sheet, revision: str, offer: Offer | None) -> None:
        """The map has changed since: shows it as it is now."""
        self._plain = sheet
        self._offer = offer
        self._named = self._named[0], revision
        self.form.offer(offer.names if offer is not None else frozenset())
        self._show_sheet()
        self.update_page()

    def _choose_sheet(self) -> None:
        """The one that is wanted now."""
        if self.form.added != self._added:
            self._show_sheet()

    def _show_sheet(self) -> None:
        """What is said of its type begins anew."""
        self._added = self.form.added
        self._sheet = self._offer.make(self._added) if self._offer is not None and self._added else self._plain
        self._proof = Proof()
        self._idle.soon("proof", self._read_proof())

    # What the export says

    def begin(self) -> None:
        """The export has begun."""
        self._is_busy = True
        self.bar.setValue(0)
        self.said.setText(self.tr("Exporting…"))
        self._show_state()
        self.activateWindow()  # some window managers lose it behind the questions that were asked
        self.leave.setFocus()

    def reach(self, part: float) -> None:
        """Shows the part done, 0 … 1."""
        self.bar.setValue(round(1000 * part))

    def finish(self, path: Path | None) -> None:
        """The export is over; its file, or None where there is none."""
        self._is_busy = False
        self.said.setText(self._done_sentence(path) if path else self.tr("Nothing was written."))
        self.said.setToolTip(str(path) if path else "")
        self._show_state(path)
        (self.leave if path else self.export).setFocus()

    # The page

    def update_page(self) -> None:
        """Shows what comes of the options."""
        options = self.form.options
        try:
            look = self._picture_look(options) if options.kind == "png" else self._page_look(options)
        except ExportError as error:
            self.preview.show_page(None)
            self._show_facts("", "", [str(error)])
        else:
            self.preview.show_page(look)
            if options.kind == "png":
                self._show_picture(options.dpi)
            else:
                self._show_print(look.placement)
        self.zoom_row.refresh()
        self._enable_export()

    def _page_look(self, options: ExportOptions) -> PageLook:
        made = pdf_options(options, *self._named)
        placement = place(self._sheet, made)
        return PageLook(self._sheet, placement, footer(self._sheet, placement, made), PX_PER_MM)

    def _picture_look(self, options: ExportOptions) -> PageLook:
        picture_size(self._sheet.w, self._sheet.h, options.dpi)
        return PageLook(self._sheet, picture_page(self._sheet), None, options.dpi / INCH)

    def _show_picture(self, dpi: int) -> None:
        size = picture_size(self._sheet.w, self._sheet.h, dpi)
        facts = self.tr("{w} × {h} pixels").format(w=f"{size.w:,}", h=f"{size.h:,}")
        self._show_facts(facts, pixel_sentence(self._proof, dpi), picture_warnings(self._proof, dpi))

    def _show_print(self, placement: Placement) -> None:
        paper = self.tr("{width} × {height} mm").format(
            width=f"{round(placement.page_w, 1):g}", height=f"{round(placement.page_h, 1):g}"
        )
        scale = placement.scale
        facts = "\n".join(filter(None, (paper, self._scale_words(scale), self._pages_behind())))
        self._show_facts(facts, print_sentence(self._proof, scale), print_warnings(self._proof, scale))

    def _show_facts(self, facts: str, legibility: str, warnings: list[str]) -> None:
        self.facts.setText(facts)
        self.legibility.setText("" if legibility in warnings else legibility)
        self.warning.setText("\n\n".join(warnings))
        for label in (self.facts, self.legibility, self.warning):
            label.setVisible(bool(label.text()))

    def _scale_words(self, scale: float) -> str:
        words = self.tr("Scale {percent} %").format(percent=percent(scale))
        return f"{words}  (1 : {1 / scale:.3g})" if scale < 0.995 else words

    def _pages_behind(self) -> str:
        count = len(self._sheet.after)
        return self.tr("Pages of tables behind it, A4: {count}").format(count=count) if count else ""

    def _read_proof(self) -> Iterator[None]:
        for proof in proofread(self._sheet):
            self._proof = proof
            yield
        self.update_page()

    # The frame

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setContentsMargins(20, 20, 20, 7)  # its buttons stand in line with those below the page
        side.setSpacing(12)
        side.addWidget(self.form)
        side.addSpacing(8)
        for label in (self.facts, self.legibility, self.warning):
            side.addWidget(label)
        side.addStretch(1)
        side.addWidget(self.said)
        side.addWidget(self.bar)
        opening = QHBoxLayout()
        opening.setSpacing(8)
        for button in (self.open_folder, self.open_file):
            opening.addWidget(button, 1)
        side.addLayout(opening)
        side.addSpacing(4)
        side.addWidget(self.buttons)
        held = QWidget(self)
        held.setFixedWidth(SIDE)
        held.setLayout(side)
        view = QVBoxLayout()
        view.setSpacing(0)
        view.addWidget(self.preview, 1)
        view.addWidget(self.zoom_row)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(view, 1)
        whole.addWidget(held)
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.resize(SIZE.boundedTo(self.screen().availableSize() - FRAME))

    def _connect(self) -> None:
        self.form.changed.connect(self._on_choice)
        self.buttons.accepted.connect(lambda: self.wanted.emit(self.form.options))
        self.buttons.rejected.connect(self.reject)
        self.open_folder.clicked.connect(lambda: self.file_wanted.emit(self._path.parent))
        self.open_file.clicked.connect(lambda: self.file_wanted.emit(self._path))

    def _on_choice(self) -> None:
        """Another choice: what was said of the last export is over."""
        self.said.setText("")
        self._show_state()
        self._choose_sheet()
        self.update_page()

    def _show_state(self, path: Path | None = None) -> None:
        """Shows what there is to be done: choose, wait, or look at the file."""
        self._path = path or Path()
        self.form.setEnabled(not self._is_busy)
        self.bar.setVisible(self._is_busy)
        for button in (self.open_folder, self.open_file):
            button.setVisible(path is not None)
        self.said.setVisible(bool(self.said.text()))
        self.leave.setText(self.tr("Cancel") if self._is_busy else self.tr("Close"))
        self._enable_export()
        (self.leave if self._is_busy or path else self.export).setDefault(True)

    def _enable_export(self) -> None:
        self.export.setEnabled(self.preview.has_page and not self._is_busy)

    def _done_sentence(self, path: Path) -> str:
        name = path.name if len(path.name) <= LONGEST_NAME else f"{path.name[: LONGEST_NAME - 1]}…"
        return self.tr("“{name}” is in {folder}.").format(name=name, folder=path.parent)

    # Leaving

    def reject(self) -> None:
        """Esc and Cancel stop the export that is under way; else they close the window."""
        if self._is_busy:
            self.cancelled.emit()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_busy:
            self.cancelled.emit()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        self._idle.stop()
        super().done(result)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and not self._is_busy:
            self.came_back.emit()
        if event.type() == QEvent.Type.PaletteChange:
            self.preview.viewport().update()
