"""Ways to look at an inspector and to type into it."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.window.panels.fields.parsed import DateEditor, NumberEditor
from app.window.panels.fields.suggest import SuggestEditor
from app.window.panels.fields.texts import LineEditor
from app.window.panels.inspector import Inspector


def line(inspector: Inspector, name: str) -> Any:
    editor = inspector.rows[name].editor
    assert isinstance(editor, LineEditor | SuggestEditor | NumberEditor | DateEditor)
    return editor.line


def retype(field: QWidget, text: str) -> None:
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)


def leave(inspector: Inspector) -> None:
    """Puts the focus where nothing is edited."""
    inspector.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    inspector.setFocus()


def sentence(inspector: Inspector, name: str) -> str:
    error = inspector.rows[name].error
    return error.text() if error.isVisible() else ""
