"""Which lines of the menus fit what is selected: those that do not are grey while a menu is open.

Their keys work on all the same, and say in a sentence what must be selected first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from app.window.frames import MapFrame

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QMainWindow

    from app.model.records import Record
    from app.window.actions import Actions
    from app.window.pages import Pages

    Fits = Callable[[Record], bool]


class Frame(MapFrame, Protocol):
    """What is asked of the window."""

    actions_: Actions
    pages: Pages


class Fitting(QObject):
    """Looks at the selection whenever a menu of the menu bar opens."""

    def __init__(self, frame: Frame, window: QMainWindow) -> None:
        super().__init__(window)
        self._frame = frame
        for action in window.menuBar().actions():
            menu = action.menu()
            assert isinstance(menu, QMenu)
            menu.aboutToShow.connect(self._grey)
            menu.aboutToHide.connect(frame.refresh)

    def _grey(self) -> None:
        session, view = self._frame.session, self._frame.pages.map
        if session is None or view is None:
            return
        chosen = [record for id in view.selection if (record := session.document.store.get(id)) is not None]
        for name, fits in FITS.items():
            in_cell = name == FOLD and view.selection.cell is not None
            if not in_cell and not any(fits(record) for record in chosen):
                self._frame.actions_[name].setEnabled(False)


def _is_any(*types: str) -> Fits:
    return lambda record: record.type in types


def _has_picture(record: Record) -> bool:
    from app.window.pictures import picture_field

    return picture_field(type(record)) is not None


def _is_about_somebody(record: Record) -> bool:
    from app.window.looking import personas_of

    return bool(personas_of(record))


FOLD: Final = "fold_lane"
"""Does with a cell too."""

FITS: Final[Mapping[str, Fits]] = {
    **dict.fromkeys(("duplicate", "cut", "copy", "edit_details", "insert_link"), _is_any("card")),
    **dict.fromkeys(("move_left", "move_right"), _is_any("card", "emotion_point", "stage", "step")),
    **dict.fromkeys(("move_up", "move_down"), _is_any("card", "emotion_point", "lane")),
    **dict.fromkeys(("order_left", "order_right"), _is_any("stage", "step")),
    **dict.fromkeys(("order_up", "order_down"), _is_any("lane")),
    "gap_after": _is_any("emotion_point"),
    FOLD: _is_any("lane", "card", "emotion_point"),
    "replace_picture": _has_picture,
    "show_only": _is_about_somebody,
}
"""What one of the selected records must be for a line to do anything."""
