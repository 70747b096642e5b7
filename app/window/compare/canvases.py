"""The maps in the compare window: both states on one sheet, or each by itself, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.canvas.difference_layer import DifferenceLayer
from app.canvas.looking_view import LookingView
from app.canvas.tandem import Tandem
from app.window.tones import tones

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.layout.compared import Compared, Shown
    from app.layout.difference import Marks
    from app.layout.difference_signs import Sign
    from app.layout.drawing import Rect


def _tr(text: str) -> str:
    return QCoreApplication.translate("Compare", text)


class _Canvas:
    """A view with its marks."""

    def __init__(self, view: LookingView) -> None:
        self.view = view
        self._layer: DifferenceLayer | None = None
        self._areas: dict[str, Rect] = {}

    def show(self, shown: Shown, marks: Marks) -> None:
        """Shows other marks, and the map if it is not there yet."""
        if self.view.map_scene() is None:
            self.view.show_map(shown.document, shown.layout)
            scene = self.view.map_scene()
            self._layer = DifferenceLayer(scene) if scene is not None else None
        if self._layer is not None:
            self._layer.show_marks(marks)
        self._areas = dict(marks.areas)

    def go_to(self, id: str) -> bool:
        """Shows where a record differs; False where that is not to be seen."""
        scene, area = self.view.map_scene(), self._areas.get(id)
        if scene is None or area is None:
            self.view.selection.clear()
            return False
        self.view.selection.select([id] if scene.document.store.get(id) is not None else [])
        self.view.show_area(area)
        return True


class Canvases(QStackedWidget):
    """Shows what was compared, in one of two ways."""

    picked = Signal(str)
    """The id of what was clicked."""

    zoomed = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.both = LookingView(self)
        self.before = LookingView(self)
        self.after = LookingView(self)
        self._captions = QLabel(self), QLabel(self)
        self._canvases = {view: _Canvas(view) for view in self.views}
        self._compared: Compared | None = None
        self._kinds: Collection[Sign] = ()
        self._tandem = Tandem(self.before, self.after, self)
        for view, name in zip(
            self.views, (_tr("Both states"), _tr("Before"), _tr("After")), strict=True
        ):  # fmt: skip
            view.setAccessibleName(name)
            view.picked.connect(self.picked)
            view.zoomed.connect(self.zoomed)
        self.addWidget(self.both)
        self.addWidget(self._side_by_side())
        self.dress()

    @property
    def views(self) -> tuple[LookingView, LookingView, LookingView]:
        return self.both, self.before, self.after

    @property
    def leading(self) -> LookingView:
        """The view that zooming by key is about."""
        return self.both if self.currentIndex() == 0 else self.after

    def zoom_in(self) -> None:
        self.leading.zoom_in()

    def zoom_out(self) -> None:
        self.leading.zoom_out()

    def zoom_whole(self) -> None:
        self.leading.zoom_to(1.0)

    def fit_map(self) -> None:
        self.leading.fit_map()

    def dress(self) -> None:
        """Takes the colours of the window."""
        for view in self.views:
            view.setBackgroundBrush(QColor(tones().desk))

    def show_compared(self, compared: Compared, names: tuple[str, str], kinds: Collection[Sign]) -> None:
        """Shows another comparison from the beginning of its maps."""
        self.close_maps()
        self._compared, self._kinds = compared, kinds
        for caption, name in zip(self._captions, names, strict=True):
            caption.setText(name)
        self._show()

    def show_kinds(self, kinds: Collection[Sign]) -> None:
        """Marks differences of these kinds."""
        self._kinds = kinds
        self._show()

    def show_side_by_side(self, is_wanted: bool) -> None:
        self.setCurrentIndex(1 if is_wanted else 0)
        self._show()

    def _show(self) -> None:
        """Shows what is to be seen now; a map that was not seen yet from its beginning."""
        compared = self._compared
        if compared is None:
            return
        if self.currentIndex() == 0:
            self._canvases[self.both].show(compared.both, compared.marks(self._kinds))
            return
        is_new = self.after.map_scene() is None
        self._canvases[self.before].show(compared.before, compared.marks_before(self._kinds))
        self._canvases[self.after].show(compared.after, compared.marks_after(self._kinds))
        if is_new:
            self._tandem.align()

    def go_to(self, id: str) -> None:
        """Shows where a record differs, in the views in which it is."""
        if self.currentIndex() == 0:
            self._canvases[self.both].go_to(id)
            return
        # Whoever is brought there last leads the other one.
        for view in (self.before, self.after) if self._canvases[self.after].go_to(id) else (self.after, self.before):
            self._canvases[view].go_to(id)

    def close_maps(self) -> None:
        self._compared = None
        for view in self.views:
            view.close_map()

    def _side_by_side(self) -> QWidget:
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        for view, caption in zip((self.before, self.after), self._captions, strict=True):
            caption.setProperty("role", "strong")
            caption.setTextFormat(Qt.TextFormat.PlainText)
            caption.setContentsMargins(12, 6, 12, 6)
            held = QWidget(splitter)
            column = QVBoxLayout(held)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(caption)
            column.addWidget(view, 1)
            splitter.addWidget(held)
        splitter.setSizes([1, 1])
        return splitter
