"""Text from the clipboard, of whatever program it comes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

MOST_HTML = 1_000_000
"""So many characters of a formatted text are read: its marks take most of them, and a hostile one has no end."""

OBJECT = "\ufffc"
"""What stands for a picture among letters."""

EDGE = "\ue000"
"""What is put between the cells of a table."""

BETWEEN_CELLS = r"(?=</t[dh]\s*>\s*<t[dh]\b)"


def clipboard_text() -> str:
    """The plain text that was copied last; empty: none was, or the program that did it is gone."""
    data: QMimeData | None = QGuiApplication.clipboard().mimeData()
    return text_in(data) if data is not None else ""


def selected_text() -> str:
    """The plain text that is selected in any program, where a system hands that on with the middle mouse button."""
    from PySide6.QtGui import QClipboard

    data: QMimeData | None = QGuiApplication.clipboard().mimeData(QClipboard.Mode.Selection)
    return text_in(data) if data is not None else ""


def has_text(data: QMimeData) -> bool:
    return data.hasText() or data.hasHtml()


def text_in(data: QMimeData) -> str:
    """The plain text of what was copied. Some programs offer it with its formatting alone: that is left away.

    The cells of a table have tabs between them then, as spreadsheets write them.
    """
    if data.hasText() or not data.hasHtml():
        return data.text()
    from PySide6.QtGui import QTextDocumentFragment

    html = re.sub(BETWEEN_CELLS, EDGE, data.html()[:MOST_HTML], flags=re.IGNORECASE)
    text = QTextDocumentFragment.fromHtml(html).toPlainText().replace(OBJECT, "")
    return re.sub(f"\n?{EDGE}\n", "\t", text).strip("\n")
