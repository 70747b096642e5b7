"""What the window shows: a map, the start page, or that a map is on its way; and what goes with turning the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.canvas.view import MapView
    from app.window.actions import Actions
    from app.window.comparing import Comparing
    from app.window.docks import Docks
    from app.window.exporting import Exporting
    from app.window.map_files import MapFiles
    from app.window.opening import Loaded
    from app.window.pages import Pages
    from app.window.program import Program
    from app.window.session import Session
    from app.window.start_page import StartPage
    from app.window.status import StatusBar


class Frame(Protocol):
    """What is asked of the window."""

    actions_: Actions
    comparing: Comparing
    docks: Docks
    exporting: Exporting
    files: MapFiles
    pages: Pages
    program: Program

    @property
    def session(self) -> Session | None: ...

    @property
    def view(self) -> MapView: ...

    def new_window(self) -> None: ...

    def settle_edits(self) -> None: ...

    def refresh(self) -> None: ...


class Showing(QObject):
    """Turns the pages of one window."""

    ready = Signal()
    """A map is shown and can be worked on."""

    painted = Signal()
    """The map or the start page is on the screen."""

    def __init__(self, frame: Frame, status: StatusBar, window: QWidget) -> None:
        super().__init__(window)
        self._frame = frame
        self._status = status

    def show_map(self, loaded: Loaded) -> None:
        """Shows a map in place of what was there."""
        frame = self._frame
        self._status.progress.end()
        self._status.clearMessage()
        self._turn_to(frame.view)
        frame.docks.bring_out(frame.program.glance.state)
        frame.view.show_map(loaded.document, loaded.layout)
        frame.docks.set_document(loaded.document)
        if frame.session is not None and frame.session.is_new:
            frame.docks.offer_guide()
        frame.view.setFocus()
        frame.refresh()
        self.ready.emit()
        QTimer.singleShot(0, self, self.painted.emit)  # not before the map is on the screen, however slow that is

    def show_start_page(self) -> None:
        """Shows the start page here where nothing would be lost by it, else in a new window."""
        frame = self._frame
        if not frame.files.is_untouched:
            frame.new_window()
            return
        frame.settle_edits()
        if frame.session is not None:
            frame.docks.remember()
        frame.files.leave()
        frame.docks.set_document(None)
        frame.docks.put_away()
        frame.pages.let_go()
        page = frame.pages.start or self._new_start_page()
        self._turn_to(page)
        page.focus_first()
        frame.refresh()

    def show_opening(self, name: str) -> None:
        """A large map is on its way."""
        opener = self._frame.files.opener
        if self._frame.session is not None:
            text = self.tr("Opening “{name}”…").format(name=name)
            self._status.progress.begin(text, opener.cancel, is_measured=False)
            return
        page = self._frame.pages.add_opening(name)
        page.cancelled.connect(opener.cancel)
        self._turn_to(page)

    def opening_over(self) -> None:
        """The map does not come here."""
        self._status.progress.end()
        if self._frame.session is None:
            self.show_start_page()

    def _new_start_page(self) -> StartPage:
        files = self._frame.files
        page = self._frame.pages.add_start(self._frame.program)
        page.open_requested.connect(lambda path: files.open_path(Path(path)))
        page.template_requested.connect(files.open_template)
        page.sample_requested.connect(files.open_sample)
        page.browse_requested.connect(files.ask_open)
        page.painted.connect(self.painted)
        return page

    def _turn_to(self, page: QWidget) -> None:
        """Shows one page; another map is compared with nothing yet."""
        frame = self._frame
        frame.exporting.cancel()
        frame.comparing.leave()
        frame.pages.turn_to(page)
        is_start = page is frame.pages.start
        frame.actions_.toolbar.setVisible(not is_start)
        self._status.setVisible(not is_start)
