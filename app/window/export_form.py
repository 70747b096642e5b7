"""What is asked before an export: kind of file, page, orientation, margin, resolution."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox, QFormLayout, QSpinBox, QWidget

from app.export.pages import DPI_RANGE, ROLL, ROLL_WIDTHS, SIZES
from app.window.panels.fields.choices import Choices
from app.window.panels.fields.tick import TickEditor
from app.window.settings import MOST_MARGIN, ExportOptions

GAP: Final = 10
INSET: Final = 5
"""Pixels by which a number is moved in, to stand under the words of the lists."""


class ExportForm(QWidget):
    """The fields, of which those are shown that the kind of file has."""

    changed = Signal()

    def __init__(self, options: ExportOptions, parent: QWidget, *, has_comments: bool = False) -> None:
        """`has_comments`: whether there are any to be shown, if that is wanted."""
        super().__init__(parent)
        self._options = options
        self.kind = Choices(self)
        self.page = Choices(self)
        self.roll = QDoubleSpinBox(self)
        self.orientation = Choices(self)
        self.margin = QDoubleSpinBox(self)
        self.dpi = QSpinBox(self)
        self.comments = TickEditor(self.tr("Show and list them"), self)
        self._has_comments = has_comments
        self._with_comments = False
        self._form = QFormLayout(self)
        self._fill()
        self._lay_out()
        self._show(options)
        self._show_rows()
        for box in (self.kind, self.page, self.orientation):
            box.currentIndexChanged.connect(self._on_change)
        for spin in (self.roll, self.margin, self.dpi):
            spin.valueChanged.connect(self._on_change)
        self.comments.picked.connect(self._show_comments)

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
                "comments": self._with_comments,
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
        self._form.setRowVisible(self.comments, self._has_comments)

    def offer_comments(self, has_comments: bool) -> None:
        """Whether there are any by now."""
        self._has_comments = has_comments
        self._form.setRowVisible(self.comments, has_comments)

    def _show_comments(self, is_wanted: bool) -> None:
        self._with_comments = is_wanted
        self._on_change()

    def _on_change(self) -> None:
        self._show_rows()
        self.changed.emit()
