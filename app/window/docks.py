"""The panels beside the map: palette, personas, inspector. Their places are there at once, what is in them later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import Qt

    from app.canvas.persona_filter import PersonaFilter
    from app.model.document import Document
    from app.window.panels.fields.picture import Chooser
    from app.window.panels.inspector import Inspector
    from app.window.panels.palette import Palette
    from app.window.panels.personas import PersonasPanel

PALETTE, PERSONAS, INSPECTOR = PANELS = ("palette", "personas", "inspector")
WIDTHS: Final = {PALETTE: 192, PERSONAS: 192, INSPECTOR: 296}
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

    personas_chosen = Signal(list)
    """These personas are to be selected."""

    personas_unwanted = Signal(list)
    """These personas are to be deleted."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._is_out = False
        self._wanted = {PALETTE: True, PERSONAS: False, INSPECTOR: True}
        self._docks: dict[str, QDockWidget] = {}
        self._palette: Palette | None = None
        self._inspector: Inspector | None = None
        self._personas: PersonasPanel | None = None
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

    @property
    def personas(self) -> PersonasPanel | None:
        """None until the panels are filled."""
        return self._personas

    @property
    def folded(self) -> tuple[str, ...]:
        """The sections of the inspector that are folded up."""
        return tuple(sorted(self._inspector.folded)) if self._inspector is not None else ()

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
            shown = [name for name in PANELS if self._wanted[name]]
            for name in shown:
                self._docks[name].show()
            self._window.resizeDocks(
                [self._docks[name] for name in shown], [WIDTHS[name] for name in shown], Qt.Orientation.Horizontal
            )
        self._wanted = {name: not dock.isHidden() for name, dock in self._docks.items()}
        self.toggled.emit()

    def _make_shells(self) -> None:
        if not self._docks:
            from PySide6.QtCore import Qt

            left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
            self._docks[PALETTE] = self._shell(PALETTE, self.tr("Palette"), left)
            self._docks[PERSONAS] = self._shell(PERSONAS, self.tr("Personas"), left)
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

    def reveal(self, name: str) -> None:
        """Shows a panel and puts the keyboard into it."""
        if not self.is_shown(name):
            self.toggle(name)
        panel = self._docks[name].widget()
        if self._is_out and panel is not None:
            self.focus(panel)

    # What is in them

    def fill(self, persona_filter: PersonaFilter, chooser: Chooser, folded: Iterable[str]) -> None:
        """Puts the panels into their places. `folded`: the sections of the inspector that are folded up."""
        if self._palette is not None:
            return
        from app.window.panels.inspector import Inspector
        from app.window.panels.palette import Palette
        from app.window.panels.personas import PersonasPanel

        self._palette = Palette(self._docks[PALETTE])
        self._palette.activated.connect(self.activated)
        self._inspector = Inspector(self._docks[INSPECTOR])
        self._inspector.record_requested.connect(self.record_requested)
        self._inspector.personas_requested.connect(self._show_personas)
        self._inspector.set_chooser(chooser)
        self._inspector.set_folded(folded)
        self._personas = PersonasPanel(self._docks[PERSONAS])
        self._personas.set_filter(persona_filter)
        self._personas.chosen.connect(self.personas_chosen)
        self._personas.delete_requested.connect(self.personas_unwanted)
        self._personas.add_requested.connect(lambda: self.activated.emit("persona"))
        self._personas.edit_requested.connect(lambda: self.reveal(INSPECTOR))
        for name, panel in zip(PANELS, (self._palette, self._personas, self._inspector), strict=True):
            empty = self._docks[name].widget()
            self._docks[name].setWidget(panel)
            if empty is not None:
                empty.deleteLater()
        self._inspector.set_document(self._document)
        self._personas.set_document(self._document)
        self._show_selection()

    def set_document(self, document: Document | None) -> None:
        """Another map is open, or none."""
        self._document = document
        self._selected = ()
        if self._inspector is not None:
            self._inspector.set_document(document)
        if self._personas is not None:
            self._personas.set_document(document)

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
        if self._personas is not None and self.is_shown(PERSONAS):
            found.append(self._personas)
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
        if self._personas is not None:
            self._personas.set_selection(self._selected)

    def _show_personas(self) -> None:
        """The list of them; where there are none, the first is made."""
        self.reveal(PERSONAS)
        if self._personas is not None and not self._personas.entries.rowCount():
            self.activated.emit("persona")

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
