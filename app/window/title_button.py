"""The way back to the title and the personas, in the corner above the lanes while they are out of sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton

from app.canvas.items import to_qrect
from app.window.icons import icon

if TYPE_CHECKING:
    from app.canvas.view import MapView

INSET: Final = 4
ICON: Final = QSize(14, 14)


class TitleButton(QToolButton):
    """Lies on a view of a map, in the corner between the headers, where there is nothing else."""

    def __init__(self, view: MapView, keys: str) -> None:
        super().__init__(view)
        self._view = view
        self.setObjectName("title")
        self.setText(self.tr("To the title"))
        self.setIcon(icon("arrow-up"))
        self.setIconSize(ICON)
        self.setProperty("look", "title")
        self.setToolTip(self.tr("Title and personas ({0})").format(keys))
        self.setAccessibleName(self.text())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.clicked.connect(view.show_title)
        view.verticalScrollBar().valueChanged.connect(self.follow)
        view.horizontalScrollBar().valueChanged.connect(self.follow)
        view.zoomed.connect(self.follow)
        view.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Stands where the corner is, as far as it is needed and fits there."""
        scene = self._view.map_scene()
        if scene is None or not self._view.is_below_title or self._view.is_dragging:
            self.hide()
            return
        corner = to_qrect(scene.corner.strip).translated(scene.corner.pos())
        area = self._view.viewportTransform().mapRect(corner).toAlignedRect()
        area = area.translated(self._view.viewport().pos()).adjusted(INSET, INSET, -INSET, -INSET)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        if self.sizeHint().width() > area.width():
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        size = self.sizeHint().boundedTo(area.size())
        self.setVisible(size.height() >= ICON.height() + 2 and size.width() >= ICON.width() + 2)
        self.resize(size)
        self.move(area.left(), area.center().y() - size.height() // 2 + 1)
