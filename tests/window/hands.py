"""Hands for the tests: dialogs that answer by themselves, and a mouse that works in millimetres of the sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.files import dumps
from app.layout.drawing import Rect
from app.model.edits import set_map
from app.window.dialogs import Answer, Dialogs
from app.window.window import MainWindow

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
T = TypeVar("T")
PLAIN = Qt.KeyboardModifier.NoModifier


class FakeDialogs(Dialogs):
    """Answers at once, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.path: Path | None = None
        self.pictures: list[Path] = []
        self.on_unsaved = Answer.DISCARD
        self.on_changed = Answer.CANCEL
        self.on_revert = True
        self.on_copy: bool | None = True
        self.on_remove = True
        self.name: str | None = None
        self.on_discard = True
        self.on_damaged = True
        self.changes: list[str] = []
        self.can_show = True
        self.on_not_saved: list[Answer] = []
        self.on_earlier = Answer.CANCEL

    def open_map(self, parent: QWidget, folder: Path, title: str = "") -> Path | None:
        del parent, folder
        return self._asked(f"open: {title}" if title else "open", self.path)

    def open_pictures(self, parent: QWidget, folder: Path) -> list[Path]:
        del parent, folder
        return self._asked("pictures", self.pictures)

    def open_picture(self, parent: QWidget, folder: Path) -> Path | None:
        del parent, folder
        return self._asked("picture", self.path)

    def save_map(self, parent: QWidget, suggestion: Path) -> Path | None:
        del parent, suggestion
        return self._asked("save", self.path)

    def save_poster(self, parent: QWidget, suggestion: Path) -> Path | None:
        del parent
        return self._asked(f"save poster {suggestion.name}", self.path)

    def show_file(self, path: Path) -> bool:
        return self._asked(f"show {path.name}", self.can_show)

    def unsaved(self, parent: QWidget, name: str, changes: list[str]) -> Answer:
        del parent
        self.changes = changes
        return self._asked(f"unsaved {name}", self.on_unsaved)

    def revert(self, parent: QWidget, name: str, changes: list[str]) -> bool:
        del parent
        self.changes = changes
        return self._asked(f"revert {name}", self.on_revert)

    def copy_history(self, parent: QWidget) -> bool | None:
        del parent
        return self._asked("copy history", self.on_copy)

    def version_name(self, parent: QWidget, name: str) -> str | None:
        del parent
        return self._asked(f"name {name}".strip(), self.name)

    def remove_history(self, parent: QWidget, name: str) -> bool:
        del parent
        return self._asked(f"remove history {name}", self.on_remove)

    def changed_on_disk(self, parent: QWidget, name: str) -> Answer:
        del parent
        return self._asked(f"changed {name}", self.on_changed)

    def discard_lost(self, parent: QWidget, name: str) -> bool:
        del parent
        return self._asked(f"discard {name}", self.on_discard)

    def damaged(self, parent: QWidget, name: str, sentence: str) -> bool:
        del parent
        return self._asked(f"damaged {name} {sentence}", self.on_damaged)

    def salvaged(self, parent: QWidget, report: list[str]) -> None:
        del parent
        self._asked(f"salvaged {' '.join(report)}", None)

    def problem(self, parent: QWidget | None, sentence: str, safe: str = "") -> None:
        del parent
        self._asked(f"problem {sentence} {safe}".strip(), None)

    def not_saved(self, parent: QWidget, sentence: str, safe: str) -> Answer:
        del parent
        return self._asked(
            f"problem {sentence} {safe}", self.on_not_saved.pop(0) if self.on_not_saved else Answer.CANCEL
        )

    def earlier_or_rest(self, parent: QWidget, sentence: str, safe: str, *, can_recover: bool) -> Answer:
        del parent
        rest = " or what can be read" if can_recover else ""
        return self._asked(f"earlier{rest} {sentence} {safe}".strip(), self.on_earlier)

    def about(self, parent: QWidget, version: str) -> None:
        del parent
        self._asked(f"about {version}", None)

    def _asked(self, question: str, answer: T) -> T:
        self.asked.append(question)
        return answer


class Hands:
    """A mouse and a keyboard on a window."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.view = window.view
        session, scene = window.session, window.view.map_scene()
        assert session is not None
        assert scene is not None
        self.document = session.document
        self.scene = scene
        self.layout = scene.layout

    def bytes(self) -> bytes:
        """The map as a file would hold it."""
        return dumps(self.document.records)

    def rect(self, id: str) -> Rect:
        outline = self.scene.outline(id)
        assert outline is not None
        return outline.rect

    def middle(self, id: str) -> tuple[float, float]:
        rect = self.rect(id)
        return rect.x + rect.w / 2, rect.y + rect.h / 2

    def card(self, title: str) -> str:
        """The id of a card."""
        return next(record.id for record in self.document.records if getattr(record, "title", None) == title)

    def pixel(self, x: float, y: float) -> QPoint:
        """A place of the sheet as a spot of the viewport."""
        return self.view.viewportTransform().map(QPointF(x, y)).toPoint()

    def press(self, x: float, y: float, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.mousePress(self.view.viewport(), button, keys, self.pixel(x, y))

    def move(self, x: float, y: float, keys: Qt.KeyboardModifier = PLAIN) -> None:
        if keys == PLAIN:
            # From beside it: to where Qt believes the mouse to be, be it from a window before, would be no move.
            QTest.mouseMove(self.view.viewport(), self.pixel(x, y) + QPoint(1, 0))
            QTest.mouseMove(self.view.viewport(), self.pixel(x, y))
            if self.view._hands._pressed is None and not self.view.is_dragging:
                self._hover(x, y)
        else:  # QTest moves the mouse without keys only
            at, viewport = QPointF(self.pixel(x, y)), self.view.viewport()
            kind, none = QEvent.Type.MouseMove, Qt.MouseButton.NoButton
            QApplication.sendEvent(viewport, QMouseEvent(kind, at, viewport.mapToGlobal(at), none, LEFT, keys))
        QApplication.processEvents()

    def _hover(self, x: float, y: float) -> None:
        """Tells the view of the mouse once more: Qt passes over a move to where it believes the mouse to be."""
        at, viewport, none = QPointF(self.pixel(x, y)), self.view.viewport(), Qt.MouseButton.NoButton
        event = QMouseEvent(QEvent.Type.MouseMove, at, viewport.mapToGlobal(at), none, none, PLAIN)
        QApplication.sendEvent(viewport, event)

    def release(self, x: float, y: float, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.mouseRelease(self.view.viewport(), button, keys, self.pixel(x, y))

    def click(self, x: float, y: float, keys: Qt.KeyboardModifier = PLAIN) -> None:
        self.press(x, y, LEFT, keys)
        self.release(x, y, LEFT, keys)

    def hold(self, start: tuple[float, float], end: tuple[float, float], keys: Qt.KeyboardModifier = PLAIN) -> None:
        """Presses and drags, and keeps the button down."""
        self.press(*start, LEFT, keys)
        for part in (0.2, 0.6, 1.0):
            self.move(start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part, keys)

    def drag(self, start: tuple[float, float], end: tuple[float, float], keys: Qt.KeyboardModifier = PLAIN) -> None:
        self.hold(start, end, keys)
        self.release(*end, LEFT, keys)

    def double_click(self, x: float, y: float) -> None:
        QTest.mouseDClick(self.view.viewport(), LEFT, PLAIN, self.pixel(x, y))

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(self.view, key, keys)

    def cell(self, lane: str, step: str) -> tuple[float, float]:
        """A spot near the foot of a cell."""
        row, column = self.layout.row_of[lane], self.layout.column_of[step]
        return column.x + column.w / 2, row.y + row.h - 2.0


def path_of(hands: Hands) -> Path:
    """The file of the map."""
    assert hands.window.path is not None
    return hands.window.path


def rename(hands: Hands, title: str) -> None:
    """Gives the map another title, as one step."""
    with hands.document.edit("Rename map") as tx:
        set_map(tx, title=title)


def windows_of(window: MainWindow) -> list[MainWindow]:
    """All windows of the program that this one belongs to."""
    return [each for each in window.program.windows if isinstance(each, MainWindow)]
