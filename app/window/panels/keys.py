"""Keys that a panel keeps from the menus."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def keeps_del(event: QEvent) -> bool:
    """True for Del, which in a panel is never meant for what is selected on the map: the panel takes it itself."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.key() != Qt.Key.Key_Delete:
        return False
    event.accept()
    return True
