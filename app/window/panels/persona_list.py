"""The rows of the list of personas: no widgets, so that a thousand of them are as quick as three."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QEvent, QMimeData, QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QToolTip, QWidget

from app.layout.theme import ink_on
from app.model.records import Persona
from app.window.icons import paint_icon
from app.window.panels.keys import keeps_del
from app.window.previews import Previews
from app.window.rows import CENTER, SIDE, Index, RowDelegate, heavier, mirrored, paint_ground, paint_words, smaller
from app.window.tones import Tones, tones
from app.window.words import untitled

if TYPE_CHECKING:
    from app.model.media import Media

ROW, FACE, EYE, GAP, EYE_GAP = 44, 30, 16, 8, 4
MIME = "application/x-journeymapper-personas"
PERSONA, LOOKED_AT = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class PersonaList(QAbstractListModel):
    """The personas that are shown, and which of them one looks at."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._people: list[Persona] = []
        self._looked_at: frozenset[str] = frozenset()
        self.may_move = True
        self.previews = Previews(self)

    def set_media(self, media: Media | None) -> None:
        """Where their portraits are."""
        self.previews.set_media(media)

    def show(self, people: Sequence[Persona], *, may_move: bool) -> None:
        """Takes the personas as they are; `may_move`: these are all of them, so that they can be put in order."""
        self.may_move = may_move
        if [one.id for one in people] == [one.id for one in self._people]:
            self._people = list(people)
            self._tell()
            return
        self.beginResetModel()
        self._people = list(people)
        self.endResetModel()

    def set_looked_at(self, ids: frozenset[str]) -> None:
        self._looked_at = ids
        self._tell()

    def persona(self, row: int) -> Persona:
        return self._people[row]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._people)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        persona = self._people[index.row()]
        name = persona.name or untitled()
        words = ", ".join(part for part in (name, persona.summary) if part)
        answers = {
            Qt.ItemDataRole.DisplayRole: name,
            Qt.ItemDataRole.AccessibleTextRole: words,
            Qt.ItemDataRole.ToolTipRole: words,
            PERSONA: persona,
            LOOKED_AT: persona.id in self._looked_at,
        }
        return answers.get(role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        dragged = Qt.ItemFlag.ItemIsDragEnabled if self.may_move else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | dragged

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        mime = QMimeData()
        mime.setData(MIME, b"")  # which rows they are, the list itself knows
        del indexes
        return mime

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def _tell(self) -> None:
        if self._people:
            self.dataChanged.emit(self.index(0), self.index(len(self._people) - 1))


class PersonaView(QListView):
    """The list. Enter edits, Delete deletes, Alt with the arrows moves, Space shows only what concerns a persona."""

    dropped = Signal(list, int)
    """Rows, and the row that they are to lie before."""

    toggled = Signal(int)
    """The eye of a row."""

    edit_requested = Signal()
    delete_requested = Signal()
    move_requested = Signal(int)
    typed = Signal(str)

    def __init__(self, entries: PersonaList, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(entries)
        self.setItemDelegate(_Delegate(entries.previews, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.setMinimumHeight(2 * ROW)
        self.setAccessibleName(self.tr("Personas"))
        self.setAccessibleDescription(
            self.tr(
                "Enter edits, Delete deletes, Alt with an arrow key moves, Space shows only what concerns the persona"
            )
        )
        entries.previews.made.connect(self.viewport().update)

    def event(self, event: QEvent) -> bool:
        keys = {Qt.Key.Key_Up, Qt.Key.Key_Down}
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in keys:
            event.accept()  # the menus do the same to what is selected on the map
            return True
        return keeps_del(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, alt = event.key(), event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.move_requested.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Delete:
            self.delete_requested.emit()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.edit_requested.emit()
        elif key == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.toggled.emit(self.currentIndex().row())
        elif event.text().isprintable() and event.text().strip() and not event.modifiers():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._eye_at(event.position().toPoint())
        if index is not None and event.button() == Qt.MouseButton.LeftButton:
            self.toggled.emit(index.row())
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._eye_at(event.position().toPoint()) is not None:
            self.mousePressEvent(event)
        elif self.indexAt(event.position().toPoint()).isValid():
            self.edit_requested.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self._eye_at(event.pos()) is not None:  # type: ignore[attr-defined]
            QToolTip.showText(event.globalPos(), self.tr("Show only what concerns this persona (Space)"), self)  # type: ignore[attr-defined]
            return True
        return super().viewportEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """The document moves them, and the list follows."""
        at = self.indexAt(event.position().toPoint())
        row = at.row() if at.isValid() else self.model().rowCount()
        if at.isValid() and event.position().y() > self.visualRect(at).center().y():
            row += 1
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        self.dropped.emit([index.row() for index in self.selectionModel().selectedIndexes()], row)

    def _eye_at(self, at: QPoint) -> QModelIndex | None:
        index = self.indexAt(at)
        if not index.isValid():
            return None
        rect = QStyle.visualRect(self.layoutDirection(), self.visualRect(index), eye_of(self.visualRect(index)))
        return index if rect.adjusted(-6, -8, 6, 8).contains(at) else None


def eye_of(row: QRect) -> QRect:
    """Where the eye of a row is."""
    return QRect(row.right() - SIDE - EYE, row.center().y() - EYE // 2 + 1, EYE, EYE)


class _Delegate(RowDelegate):
    """Portrait in the persona's colour, name, what she is in a line, and the eye."""

    def __init__(self, previews: Previews, parent: QWidget) -> None:
        super().__init__(parent)
        self._previews = previews

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, ROW)

    def paint_row(self, painter: QPainter, option: Any, index: Index, worn: Tones) -> None:
        persona: Persona = index.data(PERSONA)
        view = option.widget
        paint_ground(painter, option.rect, option.state, worn, focused=view is not None and view.hasFocus())
        row = option.rect
        face = QRect(row.left() + SIDE, row.center().y() - FACE // 2 + 1, FACE, FACE)
        self._paint_face(painter, mirrored(option, face), persona, option.font)
        room = EYE + EYE_GAP if _shows_eye(option, index) else 0
        words = row.adjusted(SIDE + FACE + GAP, 5, -SIDE - room, -4)
        name, summary = index.data(), persona.summary or persona.role
        top = words.adjusted(0, 0, 0, -words.height() // 2) if summary else words
        paint_words(painter, mirrored(option, top), name, worn.text, heavier(option.font))
        if summary:
            below = words.adjusted(0, words.height() // 2, 0, 0)
            paint_words(painter, mirrored(option, below), summary, worn.secondary, smaller(option.font))
        self._paint_eye(painter, option, index, worn)

    def _paint_face(self, painter: QPainter, rect: QRect, persona: Persona, font: Any) -> None:
        disc = QRectF(rect)
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._previews.get(persona.portrait, round(2 * FACE * ratio)) if persona.portrait else None
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(persona.color))
        painter.drawEllipse(disc)
        if pixmap is None:
            initial = (persona.name or untitled())[:1].upper()
            paint_words(painter, rect, initial, ink_on(persona.color), heavier(font), CENTER)
            return
        round_ = QPainterPath()
        round_.addEllipse(disc)
        side = min(pixmap.width(), pixmap.height())
        middle = QRectF((pixmap.width() - side) / 2, (pixmap.height() - side) / 2, side, side)
        painter.save()
        painter.setClipPath(round_)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(disc, pixmap, middle)
        painter.restore()
        painter.setPen(QPen(QColor(persona.color), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc.adjusted(1, 1, -1, -1))

    @staticmethod
    def _paint_eye(painter: QPainter, option: Any, index: Index, worn: Tones) -> None:
        """Always there where one looks at somebody; else under the mouse and in the chosen row."""
        if _shows_eye(option, index):
            color = worn.link if index.data(LOOKED_AT) else tones().secondary
            paint_icon(painter, "eye", mirrored(option, eye_of(option.rect)), color)


def _shows_eye(option: Any, index: Index) -> bool:
    """Where there is none, the words have its room: the list is narrow in a small window."""
    states = QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected
    return bool(index.data(LOOKED_AT) or option.state & states)
