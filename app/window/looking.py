"""What the menus do to how the map is looked at: zoom, panels, full screen, light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMainWindow

from app.window.frames import MapFrame

if TYPE_CHECKING:
    from app.canvas.view import MapView
    from app.model.records import Record
    from app.window.docks import Docks
    from app.window.glance import Mode
    from app.window.part_bar import PartBar
    from app.window.program import Program
    from app.window.sentences import Situation
    from app.window.session import Session
    from app.window.title_button import TitleButton


def _tr(text: str) -> str:
    return QCoreApplication.translate("Looking", text)


class Frame(MapFrame, Protocol):
    """What is asked of the window."""

    @property
    def program(self) -> Program: ...

    @property
    def view(self) -> MapView: ...

    @property
    def docks(self) -> Docks: ...


class Looking:
    """Nothing of this changes the map."""

    def __init__(self, frame: Frame, window: QMainWindow) -> None:
        self._frame = frame
        self._window = window
        self._part_bar: PartBar | None = None
        self._title_button: TitleButton | None = None

    def situation(self, session: Session) -> Situation:
        """What to say of what is selected or written, or of how well it is known while the heat map is shown."""
        from app.window.sentences import situation

        view, store = self._frame.view, session.document.store
        said = situation(store, view.selection, view.selection.cell, view.editing.target)
        if view.heat is None or view.editing.is_active:
            return said
        from app.window.heat_words import block_of, block_words

        block = block_of(store, list(view.selection), view.selection.cell)
        return said._replace(keys=block_words(view.heat.tally(block))) if block is not None else said

    def zoom_to(self, zoom: float) -> None:
        self._frame.view.zoom_to(zoom)

    def zoom_in(self) -> None:
        self._frame.view.zoom_in()

    def zoom_out(self) -> None:
        self._frame.view.zoom_out()

    def zoom_whole(self) -> None:
        self._frame.view.zoom_to(1.0)

    def fit_map(self) -> None:
        self._frame.view.fit_map()

    def fit_selection(self) -> None:
        self._frame.view.fit_selection()

    def offer_title(self) -> None:
        """Lets a button lead to the title while that is out of sight."""
        if self._title_button is None:
            from app.window.title_button import TitleButton

            self._title_button = TitleButton(self._frame.view, "Ctrl+Alt+Home")

    def show_title(self) -> None:
        """Scrolls up to the title and the personas."""
        self._frame.view.show_title()

    def go_to_map(self) -> None:
        """Puts the keyboard into the map."""
        self._frame.view.setFocus()

    def write_comment(self) -> None:
        """Lets one write a comment on what is selected."""
        self._frame.settle_edits()
        self._frame.docks.write_comment()

    def write_channel(self) -> None:
        """Lets one add a channel that only this map has."""
        self._frame.settle_edits()
        self._frame.docks.write_channel()

    def show_doctor(self) -> None:
        """Shows what the map lacks."""
        self._frame.settle_edits()
        self._frame.docks.show_beside("doctor")

    def show_guide(self) -> None:
        """Shows the steps to a map."""
        self._frame.settle_edits()
        self._frame.docks.show_beside("guide")

    def leave_panel(self) -> None:
        """Puts the keyboard into the map, and takes back what was just inserted and is being named in a panel."""
        self._frame.view.editing.take_back()
        self.go_to_map()

    def write_name(self) -> None:
        """Lets one write the name of what is selected, which is nowhere on the map."""
        self._frame.docks.write_field("name")

    def toggle_heat(self) -> None:
        """Shows how well the map is known, or hides that."""
        from app.window.heat_words import total_words

        view = self._frame.view
        view.show_heat(view.heat is None)
        self._frame.refresh()
        self._frame.say(total_words(view.heat.total) if view.heat is not None else "")

    def toggle_panel(self, name: str) -> None:
        self._frame.settle_edits()
        self._frame.docks.toggle(name)

    def show_only_persona(self) -> None:
        """Dims the cards that are not about the selected personas, or those that the selected things are about."""
        session, view = self._frame.session, self._frame.view
        if session is None:
            return
        chosen = {id for selected in view.selection for id in personas_of(session.document.store.get(selected))}
        if chosen:
            view.map_filter.choose(chosen)
        else:
            self._frame.say(_tr("Select a persona first, or something that is about one."))

    def show_everybody(self) -> None:
        self._frame.view.map_filter.choose(())

    def toggle_kind(self, kind: str) -> None:
        """Dims the cards of a kind, or no longer."""
        self._frame.view.map_filter.toggle_kind(kind)

    def show_all_kinds(self) -> None:
        self._frame.view.map_filter.show_all_kinds()

    def toggle_lanes(self, kind: str) -> None:
        """Hides the lanes of a kind, or no longer."""
        self._frame.settle_edits()
        self._frame.view.map_filter.toggle_lanes(kind)

    def show_all_lanes(self) -> None:
        self._frame.settle_edits()
        self._frame.view.map_filter.show_all_lanes()

    def show_everything(self) -> None:
        """Looks at the whole map again."""
        self._frame.settle_edits()
        self._frame.view.map_filter.show_all()

    def show_part(self) -> None:
        """One looks at another part of the map: says which, where that is not all of it."""
        from app.window.part_bar import PartBar

        session = self._frame.session
        if self._part_bar is None:
            self._part_bar = PartBar(self._window, self.show_everything)
        self._part_bar.show_part(session.document.store if session is not None else None, self._frame.view.map_filter)
        self._frame.refresh()

    def next_pane(self) -> None:
        self._go_to_pane(1)

    def previous_pane(self) -> None:
        self._go_to_pane(-1)

    def _go_to_pane(self, by: int) -> None:
        panes, focus = self._frame.docks.panes(self._frame.view), QApplication.focusWidget()
        at = next(
            (at for at, pane in enumerate(panes) if focus is not None and (focus is pane or pane.isAncestorOf(focus))),
            None,
        )
        self._frame.docks.focus(panes[(at + by) % len(panes)] if at is not None else self._frame.view)

    def toggle_full_screen(self) -> None:
        from PySide6.QtCore import Qt

        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)
        self._frame.refresh()

    def set_appearance(self, mode: Mode) -> None:
        """Light, dark, or as the system has it; remembered."""
        from app.window.appearance import Appearance, application

        Appearance.of(application()).set_mode(mode)
        self._frame.program.remember(appearance=mode)
        self._frame.program.tell_windows()


def personas_of(record: Record | None) -> tuple[str, ...]:
    """Whom a record is about."""
    from app.model.records import Card, EmotionPoint, Persona

    match record:
        case Persona():
            return (record.id,)
        case EmotionPoint():
            return (record.persona,)
        case Card():
            return record.personas
    return ()
