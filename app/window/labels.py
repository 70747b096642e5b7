"""Labels for what is said in a window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def plain_label(parent: QWidget, role: str = "") -> QLabel:
    """A label for words in as many lines as they need. Names of files, maps and versions in them are no markup.

    `role`: how it looks, as the style sheet names it.
    """
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    return label
