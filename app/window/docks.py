"""The panels beside the map: palette and inspector. Their places are there at once, what is in them comes later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import Qt

    from app.model.document import Document
    from app.window.panels.inspector import Inspector
    from app.window.panels.palette import Palette

PALETTE, INSPECTOR = "palette", "inspector"
WIDTHS: Final = {PALETTE: 192, INSPECTOR: 296}
VERSION: Final = 1
"""Of the arrangement that the settings keep."""


class Docks(QObject):
    """Makes, fills, shows and hides the panels.

    `toggled` says that a panel has come or gone. Without a map there are none, whatever the user has chosen.
    """

    toggled = Signal()
    activated = Signal(str)
    """An entry of the palette is to be inserted."""

    record_requested = Signal(str)
    """A record is to be selected."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._is_out = False
        self._wanted = {PALETTE: True, INSPECTOR: True}
        self._docks: dict[str, QDockWidget] = {}
        self._palette: Palette | None = None
        self._inspector: Inspector | None = None
        self._document: Document | None = None
        self._selected: tuple[str, ...] = ()

    @property
    def palette(self) -> Palette | None:
        """None until the panels are filled."""
        return self._palette

    @property
    def inspector(self) -> Inspector | None:
        """None until the panels are filled."""
        return self._inspector

    def is_shown(self, name: str) -> bool:
        return self._is_out and self._wanted[name]

    # What is remembered

    @property
    def state(self) -> bytes:
        """How the panels are arranged; only while there is a map."""
        return bytes(self._window.saveState(VERSION).data())

    def bring_out(self, state: bytes) -> None:
        """Shows the panels as they were, for the first map of a window."""
        if self._is_out:
            return
        self._is_out = True
        self._make_shells()
        from PySide6.QtCore import Qt

        if not (state and self._window.restoreState(state, VERSION)):
            for dock in self._docks.values():
                dock.show()
            self._window.resizeDocks(
                list(self._docks.values()), [WIDTHS[name] for name in self._docks], Qt.Orientation.Horizontal
            )
        self._wanted = {name: not dock.isHidden() for name, dock in self._docks.items()}
        self.toggled.emit()

    def _make_shells(self) -> None:
        if not self._docks:
            from PySide6.QtCore import Qt

            left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
            self._docks[PALETTE] = self._shell(PALETTE, self.tr("Palette"), left)
            self._docks[INSPECTOR] = self._shell(INSPECTOR, self.tr("Inspector"), right)

    def put_away(self) -> None:
        """Hides the panels, for a page without a map."""
        self._is_out = False
        for dock in self._docks.values():
            dock.hide()
        self.toggled.emit()

    def toggle(self, name: str) -> None:
        """Shows or hides a panel."""
        if not self._is_out:
            return
        self._wanted[name] = not self._wanted[name]
        self._docks[name].setVisible(self._wanted[name])
        if name == INSPECTOR and self._wanted[name]:
            self._show_selection()
        self.toggled.emit()

    # What is in them

    def fill(self) -> None:
        """Puts the panels into their places."""
        if self._palette is not None:
            return
        from app.window.panels.inspector import Inspector
        from app.window.panels.palette import Palette

        self._palette = Palette(self._docks[PALETTE])
        self._palette.activated.connect(self.activated)
        self._inspector = Inspector(self._docks[INSPECTOR])
        self._inspector.record_requested.connect(self.record_requested)
        for name, panel in ((PALETTE, self._palette), (INSPECTOR, self._inspector)):
            empty = self._docks[name].widget()
            self._docks[name].setWidget(panel)
            if empty is not None:
                empty.deleteLater()
        self._inspector.set_document(self._document)
        self._show_selection()

    def set_document(self, document: Document | None) -> None:
        """Another map is open, or none."""
        self._document = document
        self._selected = ()
        if self._inspector is not None:
            self._inspector.set_document(document)

    def set_selection(self, ids: Iterable[str]) -> None:
        """Shows the fields of what is selected."""
        self._selected = tuple(ids)
        self._show_selection()

    def commit(self) -> None:
        """Writes what is typed in the inspector."""
        if self._inspector is not None:
            self._inspector.commit()

    # Going from pane to pane

    def panes(self, canvas: QWidget) -> list[QWidget]:
        """What F6 goes through, in the order of reading."""
        found: list[QWidget] = []
        if self._palette is not None and self.is_shown(PALETTE):
            found.append(self._palette)
        found.append(canvas)
        if self._inspector is not None and self.is_shown(INSPECTOR):
            found.append(self._inspector)
        return found

    def focus(self, pane: QWidget) -> None:
        """Puts the keyboard into a pane."""
        from PySide6.QtCore import Qt

        if pane is self._inspector and self._inspector is not None:
            self._inspector.focus_first()
        else:
            pane.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_selection(self) -> None:
        """While the inspector is away it need not follow."""
        if self._inspector is not None and (self.is_shown(INSPECTOR) or not self._selected):
            self._inspector.set_selection(self._selected)

    def _shell(self, name: str, title: str, area: Qt.DockWidgetArea) -> QDockWidget:

        dock = QDockWidget(title, self._window)
        dock.setObjectName(name)
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        dock.setTitleBarWidget(QWidget(dock))
        room = QWidget(dock)
        room.setMinimumWidth(WIDTHS[name])
        dock.setWidget(room)
        dock.hide()
        self._window.addDockWidget(area, dock)
        return dock
