"""Tabs that one turns by keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QTabBar, QWidget


def turn_by_keys(tabs: QTabBar, panel: QWidget, turned: Callable[[], object]) -> None:
    """Ctrl+Page Up and Down anywhere in the panel go to the tab beside, round at the ends; then `turned` is called."""

    def turn(by: int) -> None:
        tabs.setCurrentIndex((tabs.currentIndex() + by) % tabs.count())
        turned()

    for keys, by in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
        shortcut = QShortcut(QKeySequence(keys), panel)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(partial(turn, by))
