"""F1: the keys, read from the window's own actions, and what else keys and mouse do on the map."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.canvas.hand_keys import HandKey
from app.model.spelling import bare
from app.window.actions_found import Found, found_actions, plain_name
from app.window.panels.search_field import SearchField
from app.window.placing import FRAME
from app.window.tones import tones

COLUMNS = 3
MOST_KEYS = 2
SIZE = QSize(1040, 640)


class ShortcutsHelp(QDialog):
    """The overview of a window's keys, menu by menu, and of those that are in no menu.

    It is not modal: it can stay open beside the work.
    """

    def __init__(self, window: QWidget, others: Callable[[], Iterable[HandKey]] = tuple) -> None:
        super().__init__(window)
        self._window = window
        self._others = others
        self.setWindowTitle(self.tr("Keys"))
        self.setModal(False)
        self.resize(SIZE.boundedTo(self.screen().availableSize() - FRAME))
        self.search = SearchField(self.tr("Search the keys"), self)
        self.search.setMaximumWidth(320)
        self.search.textChanged.connect(lambda _text: self.reload())
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        title = QLabel(self.tr("Keys"), self)
        title.setProperty("role", "heading")
        top = QHBoxLayout()
        top.addWidget(title)
        top.addStretch(1)
        top.addWidget(self.search, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 12, 12)
        layout.setSpacing(16)
        layout.addLayout(top)
        layout.addWidget(self._area, 1)
        self.entries: list[KeyLine] = []

    def reload(self) -> None:
        """Reads the actions anew; those whose name or keys hold what is searched for."""
        wanted = bare(self.search.text().strip())
        lines = [*action_lines(self._window, self.tr("More")), *(KeyLine(*other[1:]) for other in self._others())]
        self.entries = [line for line in lines if wanted in bare(f"{line.name} {' '.join(line.keys)}")]
        page = QWidget()
        page.setObjectName("page")
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 0, 12, 0)
        columns.setSpacing(40)
        for column in in_columns(grouped(self.entries), COLUMNS):
            columns.addLayout(_column(column, page), 1)
        self._area.setWidget(page)

    def showEvent(self, event: QShowEvent) -> None:
        self.reload()
        super().showEvent(event)
        self.search.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.isVisible():
            self.reload()


class KeyLine(NamedTuple):
    """A line of the overview: the menu or the place where it holds, what it does, and by which keys."""

    group: str
    name: str
    keys: tuple[str, ...]


Group = tuple[str, list[KeyLine]]


def action_lines(window: QWidget, rest: str) -> list[KeyLine]:
    """The actions with keys by the menu they lie in; those that lie in none come last, under `rest`."""
    found = [one for one in found_actions(window) if one.keys]
    lines = [KeyLine(one.path[0] if one.path else rest, _name(one), _told_once(one.keys)) for one in found]
    return sorted(lines, key=lambda line: line.group == rest)


def _name(found: Found) -> str:
    """What an action does in general, not which step it would undo now; with the submenu that its name is short for."""
    return " › ".join((*found.path[1:], plain_name(found.action.iconText())))


def _told_once(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Without Return where Enter does the same: most people call both Enter, as everything else here does."""
    return tuple(
        key for key in keys if key.replace("Return", "Enter") == key or key.replace("Return", "Enter") not in keys
    )


def grouped(entries: Iterable[KeyLine]) -> list[Group]:
    """The entries by their groups, in the order in which these come first."""
    groups: dict[str, list[KeyLine]] = {}
    for line in entries:
        groups.setdefault(line.group, []).append(line)
    return list(groups.items())


def in_columns(groups: list[Group], count: int) -> list[list[Group]]:
    """The groups in order over so many columns of about the same length."""
    columns: list[list[Group]] = [[] for _ in range(count)]
    total = sum(len(entries) + 2 for _, entries in groups)
    filled = 0.0
    for group in groups:
        length = len(group[1]) + 2
        at = min(count - 1, int((filled + length / 2) / max(1, total) * count))
        columns[at].append(group)
        filled += length
    return columns


def _column(groups: list[Group], parent: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout()
    layout.setSpacing(24)
    for title, entries in groups:
        layout.addLayout(_group(title, entries, parent))
    layout.addStretch(1)
    return layout


def _group(title: str, entries: list[KeyLine], parent: QWidget) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(0, 1)
    heading = QLabel(title, parent)
    heading.setProperty("role", "strong")
    grid.addWidget(heading, 0, 0, 1, 2)
    for row, line in enumerate(entries, 1):
        name = QLabel(line.name, parent)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setWordWrap(True)
        grid.addWidget(name, row, 0)
        at = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(_Caps(line.keys[:MOST_KEYS], parent), row, 1, at)
    return grid


class _Caps(QWidget):
    """Keys as they are written on caps, one under the other where there are several ways."""

    def __init__(self, keys: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for key in keys:
            layout.addWidget(_Cap(key, self), 0, Qt.AlignmentFlag.AlignTrailing)


class _Cap(QLabel):
    def __init__(self, key: str, parent: QWidget) -> None:
        super().__init__(key, parent)
        self.setProperty("role", "secondary")
        self.setContentsMargins(8, 2, 8, 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            worn = tones()
            painter.setPen(QPen(QColor(worn.edge), 1))
            painter.setBrush(QColor(worn.field))
            painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        super().paintEvent(event)
