"""What helps one on: every command by name, the keys, what this program is, a word when something went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.window.command_palette import CommandPalette
    from app.window.dialogs import Dialogs
    from app.window.program import Program
    from app.window.shortcuts_help import ShortcutsHelp


def _tr(text: str) -> str:
    return QCoreApplication.translate("Helping", text)


class Frame(Protocol):
    """What is asked of the window."""

    @property
    def program(self) -> Program: ...

    @property
    def dialogs(self) -> Dialogs: ...

    def finish(self) -> None:
        """Loads what the first picture did not need, menus among it."""

    def drop_gestures(self) -> None:
        """Puts back what is being dragged or typed on the canvas."""


class Helping:
    """Nothing of this changes the map."""

    def __init__(self, frame: Frame, window: QWidget) -> None:
        self._frame = frame
        self._window = window
        self._commands: CommandPalette | None = None
        self._keys: ShortcutsHelp | None = None

    def find_command(self) -> None:
        """Shows every command by name."""
        from app.window.command_palette import CommandPalette

        self._frame.finish()
        if self._commands is None:
            program = self._frame.program
            self._commands = CommandPalette(self._window, program.settings.recent_commands)
            self._commands.recent_changed.connect(lambda ids: program.remember(recent_commands=tuple(ids)))
        self._commands.open()

    def commands_changed(self) -> None:
        """Menus have other lines now."""
        if self._commands is not None:
            self._commands.refresh()

    def show_keys(self) -> None:
        from app.canvas.hand_keys import hand_keys
        from app.window.shortcuts_help import ShortcutsHelp

        if self._keys is None:
            self._keys = ShortcutsHelp(self._window, hand_keys)
        self._keys.show()
        self._keys.raise_()
        self._keys.activateWindow()

    def show_about(self) -> None:
        from app import __version__

        self._frame.dialogs.about(self._window, __version__)

    def show_fault(self) -> None:
        """Something unforeseen has happened; the map is still here."""
        from app.window.faults import log_file

        self._frame.drop_gestures()
        safe = _tr("Your map is still open; save it to be sure. What happened is in {file}.")
        self._frame.dialogs.problem(
            self._window, _tr("Something went wrong that should not have."), safe.format(file=log_file())
        )

    def close(self) -> None:
        """The window goes."""
        if self._keys is not None:
            self._keys.close()
