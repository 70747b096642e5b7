"""What is asked before an export: kind of file, page, orientation, margin, resolution."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox, QFormLayout, QSpinBox, QWidget

from app.export.pages import DPI_RANGE, ROLL, ROLL_WIDTHS, SIZES
from app.layout.additions import Addition
from app.window.panels.fields.choices import Choices
from app.window.panels.fields.tick import TickEditor
from app.window.settings import MOST_MARGIN, ExportOptions

GAP: Final = 10
INSET: Final = 5
"""Pixels by which a number is moved in, to stand under the words of the lists."""


class ExportForm(QWidget):
    """The fields, of which those are shown that the kind of file has."""

    changed = Signal()

    def __init__(self, options: ExportOptions, parent: QWidget, offered: frozenset[Addition] = frozenset()) -> None:
        """`offered`: what there is to be added, if that is wanted."""
        super().__init__(parent)
        self._options = options
        self.kind = Choices(self)
        self.page = Choices(self)
        self.roll = QDoubleSpinBox(self)
        self.orientation = Choices(self)
        self.margin = QDoubleSpinBox(self)
        self.dpi = QSpinBox(self)
        self.comments = TickEditor(self.tr("Show and list them"), self)
        self.tables = TickEditor(self.tr("On pages behind the poster"), self)
        self.tables.setToolTip(self.tr("Action plan, feedback log and stage analysis, as far as they are filled in"))
        self._ticks: dict[Addition, TickEditor] = {"comments": self.comments, "tables": self.tables}
        self._offered = offered
        self._added: set[Addition] = set()
        self._form = QFormLayout(self)
        self._fill()
        self._lay_out()
        self._show(options)
        self._show_rows()
        for box in (self.kind, self.page, self.orientation):
            box.currentIndexChanged.connect(self._on_change)
        for spin in (self.roll, self.margin, self.dpi):
            spin.valueChanged.connect(self._on_change)
        for name, tick in self._ticks.items():
            tick.picked.connect(partial(self._add, name))

    @property
    def options(self) -> ExportOptions:
        """What is chosen now."""
        return self._options.model_copy(
            update={
                "kind": self.kind.currentData(),
                "page": self.page.currentData(),
                "roll": self.roll.value(),
                "orientation": self.orientation.currentData(),
                "margin": self.margin.value(),
                "dpi": self.dpi.value(),
                **{name: name in self._added for name in self._ticks},
            }
        )

    def _fill(self) -> None:
        self.kind.addItem(self.tr("PDF, to print"), "pdf")
        self.kind.addItem(self.tr("PNG, a picture"), "png")
        for name, (width, height) in SIZES.items():
            self.page.addItem(f"{name}  ({width:g} × {height:g} mm)", name)
        self.page.addItem(self.tr("Roll, free length"), ROLL)
        for value, text in (
            ("automatic", self.tr("Automatic")),
            ("portrait", self.tr("Portrait")),
            ("landscape", self.tr("Landscape")),
        ):
            self.orientation.addItem(text, value)
        self.page.setMaxVisibleItems(self.page.count())
        self.roll.setRange(*ROLL_WIDTHS)
        self.margin.setRange(0.0, MOST_MARGIN)
        self.dpi.setRange(*DPI_RANGE)
        for box in (self.roll, self.margin):
            box.setDecimals(0)
            box.setSuffix(self.tr(" mm"))
        self.dpi.setSuffix(self.tr(" dpi"))

    def _lay_out(self) -> None:
        form = self._form
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(GAP)
        form.setHorizontalSpacing(GAP + 2)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&File"), self.kind)
        form.addRow(self.tr("&Page"), self.page)
        form.addRow(self.tr("Roll &width"), self.roll)
        form.addRow(self.tr("&Orientation"), self.orientation)
        form.addRow(self.tr("&Margin"), self.margin)
        form.addRow(self.tr("&Resolution"), self.dpi)
        form.addRow(self.tr("&Comments"), self.comments)
        form.addRow(self.tr("&Tables"), self.tables)
        for spin in (self.roll, self.margin, self.dpi):
            spin.setMinimumHeight(self.page.sizeHint().height())
            spin.lineEdit().setTextMargins(INSET, 0, INSET, 0)

    def _show(self, options: ExportOptions) -> None:
        for box, value in (
            (self.kind, options.kind),
            (self.page, options.page),
            (self.orientation, options.orientation),
        ):
            box.setCurrentIndex(max(0, box.findData(value)))
        self.roll.setValue(options.roll)
        self.margin.setValue(options.margin)
        self.dpi.setValue(options.dpi)

    def _show_rows(self) -> None:
        is_pdf = self.kind.currentData() == "pdf"
        for field in (self.page, self.orientation, self.margin):
            self._form.setRowVisible(field, is_pdf)
        self._form.setRowVisible(self.roll, is_pdf and self.page.currentData() == ROLL)
        self._form.setRowVisible(self.dpi, not is_pdf)
        self._form.setRowVisible(self.comments, "comments" in self._offered)
        self._form.setRowVisible(self.tables, is_pdf and "tables" in self._offered)

    @property
    def added(self) -> frozenset[Addition]:
        """What is to be added of what there is; a picture has no pages behind it."""
        possible = self._offered if self.kind.currentData() == "pdf" else self._offered - {"tables"}
        return possible & self._added

    def offer(self, offered: frozenset[Addition]) -> None:
        """What there is to be added by now."""
        self._offered = offered
        self._show_rows()

    def _add(self, name: Addition, is_wanted: bool) -> None:
        (self._added.add if is_wanted else self._added.discard)(name)
        self._on_change()

    def _on_change(self) -> None:
        self._show_rows()
        self.changed.emit()
