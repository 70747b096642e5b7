"""How the poster is to be: page, orientation, margin, and the scale that follows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.export.errors import ExportError
from app.export.pages import DEFAULT_MARGIN, ROLL_WIDTHS, SIZES, Orientation, Placement
from app.export.pdf import PdfOptions, place

if TYPE_CHECKING:
    from app.layout.sheet import Sheet

BODY_PT = 8.0
"""The size in pt of most text on a map at 100 %."""

READABLE_PT = 5.0
ROLL = "roll"


class PosterChoice(NamedTuple):
    """What was chosen; `margin` in mm."""

    page: str = "A0"
    orientation: Orientation = "automatic"
    margin: float = DEFAULT_MARGIN


class PosterDialog(QDialog):
    """Asks for page, orientation and margin, and says what comes of them."""

    def __init__(self, sheet: Sheet, before: PosterChoice | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export poster"))
        self._sheet = sheet
        self._page = QComboBox(self)
        self._roll = QDoubleSpinBox(self)
        self._orientation = QComboBox(self)
        self._margin = QDoubleSpinBox(self)
        self._outcome = QLabel(self)
        self._form = QFormLayout()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._export = self._buttons.addButton(self.tr("Export…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._fill()
        self._lay_out()
        self._choose(before or PosterChoice())
        self._connect()
        self._show_outcome()

    @property
    def choice(self) -> PosterChoice:
        """What is chosen now."""
        page = self._page.currentData()
        name = f"{ROLL}:{self._roll.value():g}" if page == ROLL else str(page)
        return PosterChoice(name, self._orientation.currentData(), self._margin.value())

    def _fill(self) -> None:
        for name, (width, height) in SIZES.items():
            self._page.addItem(f"{name}  ({width:g} × {height:g} mm)", name)
        self._page.addItem(self.tr("Roll, free length"), ROLL)
        for value, text in (
            ("automatic", self.tr("Automatic")),
            ("portrait", self.tr("Portrait")),
            ("landscape", self.tr("Landscape")),
        ):
            self._orientation.addItem(text, value)
        self._roll.setRange(*ROLL_WIDTHS)
        self._roll.setValue(914.0)
        self._margin.setRange(0.0, 200.0)
        for box in (self._roll, self._margin):
            box.setDecimals(0)
            box.setMinimumHeight(self._page.sizeHint().height())
            box.setSuffix(self.tr(" mm"))

    def _lay_out(self) -> None:
        form = self._form
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("&Page"), self._page)
        form.addRow(self.tr("Roll &width"), self._roll)
        form.addRow(self.tr("&Orientation"), self._orientation)
        form.addRow(self.tr("&Margin"), self._margin)
        self._outcome.setWordWrap(True)
        self._outcome.setMinimumSize(320, 44)
        self._outcome.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 18, 18, 14)
        whole.setSpacing(14)
        whole.addLayout(form)
        whole.addWidget(self._outcome)
        whole.addWidget(self._buttons)

    def _choose(self, choice: PosterChoice) -> None:
        page, _, width = choice.page.partition(":")
        self._page.setCurrentIndex(max(0, self._page.findData(page)))
        if width:
            self._roll.setValue(float(width))
        self._orientation.setCurrentIndex(max(0, self._orientation.findData(choice.orientation)))
        self._margin.setValue(choice.margin)

    def _connect(self) -> None:
        self._page.currentIndexChanged.connect(self._show_outcome)
        self._orientation.currentIndexChanged.connect(self._show_outcome)
        self._margin.valueChanged.connect(self._show_outcome)
        self._roll.valueChanged.connect(self._show_outcome)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _show_outcome(self) -> None:
        self._form.setRowVisible(self._roll, self._page.currentData() == ROLL)
        placement = None
        try:
            placement = self._placement()
            self._outcome.setText(self._sentence(placement))
        except ExportError as error:
            self._outcome.setText(str(error))
        self._export.setEnabled(placement is not None)

    def _placement(self) -> Placement:
        page, orientation, margin = self.choice
        return place(self._sheet, PdfOptions(date.min, page, orientation, margin))

    def _sentence(self, placement: Placement) -> str:
        size = placement.scale * BODY_PT
        text = self.tr("The map is printed at {scale} % on {width} × {height} mm; most text is {size} pt.").format(
            scale=round(placement.scale * 100),
            width=round(placement.page_w),
            height=round(placement.page_h),
            size=f"{size:.1f}",
        )
        if size < READABLE_PT:
            text += " " + self.tr("That is too small to read on paper; choose a larger page.")
        return text
