"""The actions of a window as people know them: by name, by the menu they lie in, and by their keys.

Command palette and keys overview both read them from the window itself, so there is no second list to keep.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar, QWidget
from shiboken6 import isValid

_MNEMONIC = re.compile(r"\(&.\)|&(?!&)")


class Found(NamedTuple):
    """An action with its name, the menus that lead to it, and its keys as the user reads them."""

    action: QAction
    name: str
    path: tuple[str, ...]
    keys: tuple[str, ...]

    @property
    def is_there(self) -> bool:
        """False once the action has gone: some menus are filled anew whenever the map or the settings change."""
        return isValid(self.action)

    @property
    def id(self) -> str:
        """What is remembered of it: its object name, or its name."""
        return self.action.objectName() or self.name


def found_actions(window: QWidget) -> list[Found]:
    """Every action in the order of the menus, then those that are in no menu. Hidden and nameless ones are left out."""
    found: dict[int, Found] = {}
    for menu in _top_menus(window):
        _collect(menu, (), found)
    direct = Qt.FindChildOption.FindDirectChildrenOnly  # what lies deeper belongs to fields and panels
    for action in (*window.actions(), *window.findChildren(QAction, options=direct)):
        _add(action, (), found)
    return list(found.values())


def plain_name(text: str) -> str:
    """A menu text without its mnemonic and dots."""
    return _MNEMONIC.sub("", text).replace("&&", "&").removesuffix("…").removesuffix("...").strip()


def _top_menus(window: QWidget) -> list[QMenu]:
    bar = window.menuBar() if isinstance(window, QMainWindow) else window.findChild(QMenuBar)
    menus = [action.menu() for action in bar.actions()] if bar is not None else []
    return [menu for menu in menus if isinstance(menu, QMenu)]


def _collect(menu: QMenu, above: tuple[str, ...], found: dict[int, Found]) -> None:
    path = (*above, plain_name(menu.title()))
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            _collect(inner, path, found)
        else:
            _add(action, path, found)


def _add(action: QAction, path: tuple[str, ...], found: dict[int, Found]) -> None:
    is_named = bool(plain_name(action.text())) and not action.isSeparator() and action.menu() is None
    if is_named and action.isVisible() and id(action) not in found:
        keys = tuple(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())
        found[id(action)] = Found(action, plain_name(action.text()), path, keys)
