"""The panels around the map: palette, personas, inspector, tables. Their places are there at once, the rest later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import Qt

    from app.canvas.map_filter import MapFilter
    from app.model.document import Document
    from app.window.panels.fields.picture import Chooser
    from app.window.panels.inspector import Inspector
    from app.window.panels.palette import Palette
    from app.window.panels.personas import PersonasPanel
    from app.window.program import Program
    from app.window.side.checkup import Checkup
    from app.window.side.panel import SidePanel
    from app.window.tables.panel import TablesPanel

PALETTE, PERSONAS, INSPECTOR, TABLES = PANELS = ("palette", "personas", "inspector", "tables")
WIDTHS: Final = {PALETTE: 192, PERSONAS: 192, INSPECTOR: 296}
HEIGHT: Final = 260
"""Of the tables when they are first shown, px; in a high window three tenths of it."""

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

    records_requested = Signal(object)
    """Records are to be selected and seen; none of them: the map itself."""

    mend_asked = Signal(object)
    """A gap that the doctor found is to be mended."""

    command_asked = Signal(str)
    """An entry of the menus is asked for by its name."""

    gaps_counted = Signal(object)
    """How many gaps the map has; None: there is no map."""

    personas_chosen = Signal(list)
    """These personas are to be selected."""

    personas_unwanted = Signal(list)
    """These personas are to be deleted."""

    said = Signal(str)
    drafted = Signal(object, object)
    """Who holds a text that is not on the map yet, and a call for what it would change; None: nobody."""

    left = Signal()
    """The keyboard goes back to the map."""

    escaped = Signal()
    """So it does, and what was just inserted is not wanted."""

    def __init__(self, window: QMainWindow, program: Program) -> None:
        super().__init__(window)
        self._window = window
        self._program = program
        self._is_out = False
        self._wanted = {PALETTE: True, PERSONAS: False, INSPECTOR: True, TABLES: False}
        self._docks: dict[str, QDockWidget] = {}
        self._palette: Palette | None = None
        self._inspector: Inspector | None = None
        self._side: SidePanel | None = None
        self._checkup: Checkup | None = None
        self._due = ""
        """The tab that is to be shown once the panels are filled."""
        self._personas: PersonasPanel | None = None
        self._tables: TablesPanel | None = None
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
    def side(self) -> SidePanel | None:
        """The inspector with the doctor and the guide beside it; None until the panels are filled."""
        return self._side

    @property
    def checkup(self) -> Checkup | None:
        """None until the panels are filled."""
        return self._checkup

    @property
    def personas(self) -> PersonasPanel | None:
        """None until the panels are filled."""
        return self._personas

    @property
    def tables(self) -> TablesPanel | None:
        """None until they are shown for the first time."""
        return self._tables

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

    def remember(self) -> None:
        """Keeps for the next start how the panels are; to be called only while there is a map."""
        self._program.remember(state=self.state, folded=self.folded)

    def bring_out(self, state: bytes) -> None:
        """Shows the panels as they were, for the first map of a window."""
        if self._is_out:
            return
        self._is_out = True
        self._make_shells()
        from PySide6.QtCore import Qt

        if not (state and self._window.restoreState(state, VERSION)):
            shown = [name for name in WIDTHS if self._wanted[name]]
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
            below = Qt.DockWidgetArea.BottomDockWidgetArea
            self._docks[TABLES] = self._shell(TABLES, self.tr("Tables"), below)

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
        side = self._side
        if name == INSPECTOR and self._wanted[name] and side is not None and side.shown != name:
            side.show_page(name)  # it was there, but behind the doctor or the guide
            self.toggled.emit()
            return
        self._wanted[name] = not self._wanted[name]
        self._docks[name].setVisible(self._wanted[name])
        if name == INSPECTOR and self._wanted[name]:
            self._show_selection()
        if name == TABLES:
            is_first = self._tables is None
            self._show_tables()
            if is_first:
                self._give_height()
        self.toggled.emit()

    def reveal(self, name: str) -> None:
        """Shows a panel and puts the keyboard into it."""
        if not self.is_shown(name):
            self.toggle(name)
        panel = self._docks[name].widget()
        if self._is_out and panel is not None:
            self.focus(panel)

    def _give_height(self) -> None:
        from PySide6.QtCore import Qt

        height = max(HEIGHT, self._window.height() * 3 // 10)
        self._window.resizeDocks([self._docks[TABLES]], [height], Qt.Orientation.Vertical)

    def write_comment(self) -> None:
        """Shows the tables and lets one write a comment on what is selected."""
        if self._is_out and not self._wanted[TABLES]:
            self.toggle(TABLES)
        if self._is_out and self._tables is not None:
            self._tables.write_comment()

    def write_channel(self) -> None:
        """Shows the tables and lets one name a channel that only this map has."""
        if self._is_out and not self._wanted[TABLES]:
            self.toggle(TABLES)
        if self._is_out and self._tables is not None:
            self._tables.write_channel()

    def show_row(self, id: str) -> None:
        """Shows the row of a table that a record is; the keyboard stays where it is."""
        if self._is_out and not self._wanted[TABLES]:
            self.toggle(TABLES)
        if self._is_out and self._tables is not None:
            self._tables.show_row(id)

    # What is in them

    def fill(self, map_filter: MapFilter, chooser: Chooser, folded: Iterable[str]) -> None:
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
        self._inspector.said.connect(self.said)
        self._inspector.drafted.connect(self.drafted)
        self._inspector.set_chooser(chooser)
        self._inspector.set_folded(folded)
        self._personas = PersonasPanel(self._docks[PERSONAS])
        self._personas.set_filter(map_filter)
        self._personas.chosen.connect(self.personas_chosen)
        self._personas.delete_requested.connect(self.personas_unwanted)
        self._personas.add_requested.connect(lambda: self.activated.emit("persona"))
        self._personas.edit_requested.connect(lambda: self.show_beside(INSPECTOR))
        self._side = self._make_side(self._inspector)
        for name, panel in zip(WIDTHS, (self._palette, self._personas, self._side), strict=True):
            self._put_in(name, panel)
        self._show_document()
        self._show_selection()
        self._show_tables()
        if self._due:
            self._side.show_page(self._due)
            self._due = ""

    def _show_tables(self) -> None:
        """Fills the tables when they are first shown; while they are away they do not follow."""
        is_shown = self.is_shown(TABLES)
        if self._tables is None and is_shown:
            self._tables = self._make_tables()
        if self._tables is not None:
            self._tables.watch(is_shown)
            if not is_shown:
                self.left.emit()

    def _make_tables(self) -> TablesPanel:
        from app.window.tables.panel import TablesPanel

        made = TablesPanel(self._program, self._docks[TABLES])
        made.led.connect(self.records_requested)
        made.said.connect(self.said)
        made.drafted.connect(self.drafted)
        made.left.connect(self.left)
        made.insert_asked.connect(self.activated)
        made.closed.connect(lambda: self.toggle(TABLES))
        self._put_in(TABLES, made)
        made.set_document(self._document)
        made.set_selection(self._selected)
        return made

    def _put_in(self, name: str, panel: QWidget) -> None:
        empty = self._docks[name].widget()
        self._docks[name].setWidget(panel)
        if empty is not None:
            empty.deleteLater()

    def _make_side(self, inspector: Inspector) -> SidePanel:
        from app.window.side.checkup import Checkup
        from app.window.side.panel import SidePanel

        checkup = self._checkup = Checkup(self)
        checkup.found.connect(self._count_gaps)
        made = SidePanel(inspector, checkup, self._docks[INSPECTOR])
        made.led.connect(self.records_requested)
        made.mend_asked.connect(self.mend_asked)
        made.insert_asked.connect(self.activated)
        made.command_asked.connect(self.command_asked)
        made.escaped.connect(self.escaped)
        made.guide_closed.connect(lambda: self._program.remember(guide_closed=True))
        return made

    def show_beside(self, name: str) -> None:
        """Brings a tab of the panel at the right to the front, with the keyboard in it."""
        self._bring_to_front(name)
        if self._is_out and self._side is not None:
            self._side.take_focus()

    def write_field(self, name: str) -> None:
        """Lets one write a field of what is selected."""
        self._bring_to_front(INSPECTOR)
        if self._is_out and self._inspector is not None:
            self._inspector.focus_field(name)

    def _bring_to_front(self, name: str) -> None:
        if not self._is_out:
            return
        if not self._wanted[INSPECTOR]:
            self.toggle(INSPECTOR)
        if self._side is None:
            self._due = name
        else:
            self._side.show_page(name)

    def _count_gaps(self) -> None:
        checkup, document = self._checkup, self._document
        if checkup is not None and not checkup.is_due:
            self.gaps_counted.emit(len(checkup.gaps) if document is not None else None)

    def _show_document(self) -> None:
        for panel in (self._side, self._personas, self._checkup, self._tables):
            if panel is not None:
                panel.set_document(self._document)

    def offer_guide(self) -> None:
        """Shows the guide beside a new map, until somebody has closed it."""
        if self._program.glance.guide_closed:
            return
        if self._side is None:
            self._due = "guide"
        else:
            self._side.show_page("guide")

    def set_document(self, document: Document | None) -> None:
        """Another map is open, or none."""
        self._document = document
        self._selected = ()
        self._show_document()

    def set_selection(self, ids: Iterable[str]) -> None:
        """Shows the fields of what is selected."""
        self._selected = tuple(ids)
        self._show_selection()
        if self._tables is not None:
            self._tables.set_selection(self._selected)

    def commit(self) -> None:
        """Writes what is typed in the panels."""
        if self._inspector is not None:
            self._inspector.commit()
        if self._tables is not None:
            self._tables.commit()

    # Going from pane to pane

    def panes(self, canvas: QWidget) -> list[QWidget]:
        """What F6 goes through, in the order of reading."""
        found: list[QWidget] = []
        if self._palette is not None and self.is_shown(PALETTE):
            found.append(self._palette)
        if self._personas is not None and self.is_shown(PERSONAS):
            found.append(self._personas)
        found.append(canvas)
        if self._side is not None and self.is_shown(INSPECTOR):
            found.append(self._side)
        if self._tables is not None and self.is_shown(TABLES):
            found.append(self._tables)
        return found

    def focus(self, pane: QWidget) -> None:
        """Puts the keyboard into a pane."""
        from PySide6.QtCore import Qt

        if pane is self._side and self._side is not None:
            self._side.take_focus()
        elif pane is self._tables and self._tables is not None:
            self._tables.take_focus()
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
        room.setMinimumWidth(WIDTHS.get(name, 0))
        dock.setWidget(room)
        dock.hide()
        self._window.addDockWidget(area, dock)
        return dock
