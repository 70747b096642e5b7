"""Text from the clipboard, of whatever program it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

MOST_HTML = 1_000_000
"""So many characters of a formatted text are read: its marks take most of them, and a hostile one has no end."""

OBJECT = "\ufffc"
"""What stands for a picture among letters."""


def text_in(data: QMimeData) -> str:
    """The plain text of what was copied. Some programs offer it with its formatting alone: that is left away."""
    if data.hasText() or not data.hasHtml():
        return data.text()
    from PySide6.QtGui import QTextDocumentFragment

    return QTextDocumentFragment.fromHtml(data.html()[:MOST_HTML]).toPlainText().replace(OBJECT, "")
