"""The tab of the comments: those that are open or all of them, and the line where one writes the next."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from app.model.document import Document, Draft
from app.model.edits import add_comment
from app.model.ids import MAP_ID
from app.window.one_line import OneLine
from app.window.tables.kinds import comment_list, now
from app.window.tables.page import TablePage
from app.window.tables.values import kind_of, title_of

LONGEST_TARGET = 40
AUTHOR_WIDTH = 130


class Desk(Protocol):
    """Where it is remembered whose name stands beside new comments."""

    author: str


class Commenter(QWidget):
    """A line to write a comment in, with what it is about before it and who writes after it."""

    written = Signal(str, str)
    """Text and author."""

    escaped = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.target = QLabel(self)
        self.target.setProperty("role", "secondary")
        self.target.setTextFormat(Qt.TextFormat.PlainText)
        self.line = OneLine(self)
        self.line.setPlaceholderText(_tr("Write a comment"))
        self.line.setAccessibleName(_tr("Comment"))
        self.line.setMaxLength(10_000)
        self.name = OneLine(desk.author or user_name(), self)
        self.name.setPlaceholderText(_tr("Your name"))
        self.name.setAccessibleName(_tr("Your name"))
        self.name.setToolTip(_tr("Your name, as it stands beside your comments"))
        self.name.setMaxLength(200)
        self.name.setFixedWidth(AUTHOR_WIDTH)
        self.button = QPushButton(_tr("Comment"), self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.setSpacing(8)
        for part, share in ((self.target, 0), (self.line, 1), (self.name, 0), (self.button, 0)):
            layout.addWidget(part, share)
        self.line.returnPressed.connect(self._send)
        self.button.clicked.connect(self._send)
        self.line.textChanged.connect(lambda text: self.button.setEnabled(bool(text.strip())))
        self.button.setEnabled(False)

    def show_target(self, words: str) -> None:
        self.target.setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def _send(self) -> None:
        text, name = self.line.text().strip(), self.name.text().strip()
        if not text:
            return
        if name != self._desk.author:
            self._desk.author = name
        self.written.emit(text, name)


class CommentPage(TablePage):
    """The comments as a table over the line to write one."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(comment_list(), parent)
        self._about = MAP_ID
        self.commenter = Commenter(desk, self)
        self.commenter.written.connect(self._add)
        self.commenter.escaped.connect(self.escaped)
        self.commenter.line.textChanged.connect(self._tell_draft)
        self.below.addWidget(self.commenter)
        self.tool_line.setSpacing(0)
        self.open_only = self._filter(_tr("Open"), "first")
        self.all = self._filter(_tr("All"), "last")
        self._group = QButtonGroup(self)
        for button in (self.open_only, self.all):
            self._group.addButton(button)
        self.open_only.toggled.connect(self._show_filtered)
        self.open_only.setChecked(True)

    def set_selection(self, ids: Sequence[str], picked: Sequence[str]) -> None:
        super().set_selection(ids, picked)
        self._about = ids[-1] if ids else MAP_ID
        self._show_target()

    def follow(self, document: Document | None) -> None:
        super().follow(document)
        self._about = MAP_ID
        self._show_target()

    def take_focus(self) -> None:
        if self.stack.currentWidget() is self.view:
            super().take_focus()
        else:
            self.begin()

    def begin(self) -> None:
        """Goes to the line where a comment is written."""
        self.commenter.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _filter(self, text: str, place: str) -> QToolButton:
        button = QToolButton(self.tools)
        button.setText(text)
        button.setCheckable(True)
        button.setProperty("look", "segment")
        button.setProperty("place", place)
        button.setMinimumWidth(56)
        self.tool_line.addWidget(button)
        return button

    def _show_filtered(self, is_open_only: bool) -> None:
        self.table.accept((lambda comment: not comment.resolved) if is_open_only else None)
        self.refresh()

    def refresh(self) -> None:
        super().refresh()
        document = self.table.document
        has_any = document is not None and bool(document.store.ids_of_type("comment"))
        self.empty.sentence.setText(_tr("Every comment is resolved.") if has_any else self.kind.empty)

    def _show_target(self) -> None:
        self._name_target()
        self._tell_draft()

    def _name_target(self) -> None:
        document = self.table.document
        record = document.store.get(self._about) if document is not None else None
        if document is None or record is None or record.type in {"map", "comment"}:
            self._about = MAP_ID
            self.commenter.show_target(_tr("On the map"))
            return
        title = title_of(document.store, record.id)
        short = title if len(title) <= LONGEST_TARGET else title[: LONGEST_TARGET - 1] + "…"
        self.commenter.show_target(_tr("On {kind} “{title}”").format(kind=kind_of(record).lower(), title=short))

    def _tell_draft(self) -> None:
        """What is written stays in the line until it is sent, wherever the keyboard goes."""
        document, about, author = self.table.document, self._about, self.commenter.name.text().strip()
        text = self.commenter.line.text().strip()

        def draft() -> Draft:
            assert document is not None
            return document.rehearse(_add_comment(), lambda tx: add_comment(tx, about, text, author, now()))

        self.drafted.emit(self.commenter, draft if text and document is not None else None)

    def _add(self, text: str, author: str) -> None:
        made: list[str] = []
        about = self._about
        problem = self.table.edit(_add_comment(), lambda tx: made.append(add_comment(tx, about, text, author, now())))
        if problem:
            self.said.emit(problem)
        else:
            self.commenter.line.clear()
            self.view.select_ids(made)


def user_name() -> str:
    """The name of whoever uses this machine, as far as the system knows it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _add_comment() -> str:
    return _tr("Add comment")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Tables", text)
