"""What the frame around the map says of it: in the menus, the title and the status bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtWidgets import QMenu

from app.window.docks import PANELS
from app.window.there import what_is_selected, what_is_there

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from app.window.actions import Actions
    from app.window.docks import Docks
    from app.window.exporting import Exporting
    from app.window.late_menus import LateMenus
    from app.window.looking import Looking
    from app.window.pages import Pages
    from app.window.pictures import Pictures
    from app.window.program import Program
    from app.window.session import Session
    from app.window.status import StatusBar

TITLE: Final = "Journey Mapper"
MODES: Final = ("system", "light", "dark")


class Frame(Protocol):
    """What is read of the window."""

    program: Program
    actions_: Actions
    docks: Docks
    exporting: Exporting
    looking: Looking
    pages: Pages
    pictures: Pictures

    @property
    def session(self) -> Session | None: ...


class Signs:
    """Changes nothing but what is said."""

    def __init__(self, frame: Frame, status: StatusBar, window: QMainWindow) -> None:
        self._frame = frame
        self._status = status
        self._window = window
        self.late_menus: LateMenus | None = None
        """The menus that take reading to fill, once they are there."""

        for action in window.menuBar().actions():
            menu = action.menu()
            assert isinstance(menu, QMenu)
            menu.aboutToShow.connect(self._grey)
            menu.aboutToHide.connect(self.refresh)

    def refresh(self) -> None:
        """Says how the map and its window are now."""
        frame, session = self._frame, self._frame.session
        history = session.document.history if session is not None else None
        there = what_is_there(session, frame.pages.map)
        frame.actions_.refresh(
            there,
            history.undo_label if history else None,
            history.redo_label if history else None,
        )
        self._check()
        frame.actions_["export"].setEnabled(session is not None and not frame.exporting.is_busy)
        if self.late_menus is not None:
            view = frame.pages.map
            self.late_menus.enable_inserts(session is not None)
            self.late_menus.enable_changes("cards" in there)
            self.late_menus.show_filter(session, view.map_filter if view is not None else None)
        self._window.setWindowTitle(f"{session.title}[*] – {TITLE}" if session is not None else TITLE)
        self._window.setWindowModified(session is not None and session.is_modified)
        if session is not None:
            self._status.show_selection(*frame.looking.situation(session))

    def _grey(self) -> None:
        """A menu opens: what does nothing to what is selected is grey in it."""
        self._frame.actions_.grey(what_is_selected(self._frame.session, self._frame.pages.map))

    def show_settings(self) -> None:
        """Checks what the windows share: the appearance, and whether maps are saved by themselves."""
        glance = self._frame.program.glance
        for mode in MODES:
            self._frame.actions_[f"look_{mode}"].setChecked(glance.appearance == mode)
        self._frame.actions_["autosave"].setChecked(glance.autosave)

    def _check(self) -> None:
        """Checks in the menus what is shown."""
        actions, view = self._frame.actions_, self._frame.pages.map
        for name in PANELS:
            actions[name].setChecked(self._frame.docks.is_shown(name))
        actions["heat_map"].setChecked(view is not None and view.heat is not None)
        for name, is_on in self._frame.pictures.state().items():
            actions[name].setChecked(is_on)
        actions["full_screen"].setChecked(self._window.isFullScreen())
