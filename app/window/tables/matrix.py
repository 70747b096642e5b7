"""The matrix of impact and effort: dots that can be dragged, and a tray of those that nobody has rated yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from app.window.tables.matrix_paint import MatrixPainter
from app.window.tables.spread import spread

LEVELS: Final = 5
TRAY: Final = 230
ROW: Final = 28
TRAY_HEAD: Final = 30
LEFT, TOP, FOOT, SIDE = 46, 30, 46, 16
MIDDLE: Final = 3


class Dot(NamedTuple):
    """An opportunity: `impact` and `effort` 1 to 5, None: nobody has said."""

    id: str
    number: int
    title: str
    impact: int | None
    effort: int | None

    @property
    def is_rated(self) -> bool:
        return self.impact is not None and self.effort is not None

    def words(self) -> str:
        """What a screen reader says, and what stands beside the mouse."""
        if not self.is_rated:
            return _tr("{number}. {title}: not rated").format(number=self.number, title=self.title)
        sentence = _tr("{number}. {title}: impact {impact}, effort {effort}")
        return sentence.format(number=self.number, title=self.title, impact=self.impact, effort=self.effort)


class Place(NamedTuple):
    """Where a dot lies, px, and whether its title has room there."""

    rect: QRectF
    is_named: bool


class Matrix(QWidget):
    """Shows dots and says what the user makes of them; it never writes to the document.

    `rated` carries id, impact and effort, both None where the dot is put back into the tray, and whether it is part of
    the step before; `chosen` asks to show an opportunity on the map.
    """

    rated = Signal(str, object, object, bool)
    chosen = Signal(str)
    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dots: dict[str, Dot] = {}
        self._places: dict[str, Place] | None = None
        self._current: str | None = None
        self._marked: frozenset[str] = frozenset()
        self._pressed: tuple[str, QPoint] | None = None
        self._dragged: QPointF | None = None
        self._scroll = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(_tr("Opportunities by impact and effort"))

    def sizeHint(self) -> QSize:
        return QSize(900, 300)

    def minimumSizeHint(self) -> QSize:
        return QSize(480, 180)

    # What is shown

    def show_dots(self, dots: Sequence[Dot]) -> None:
        """Shows these; the one that the keyboard is on stays it."""
        self._dots = {dot.id: dot for dot in dots}
        if self._current not in self._dots:
            self._current = next(iter(self._dots), None)
        if self._pressed is not None and self._pressed[0] not in self._dots:
            self.cancel()
        self._renew()

    def mark(self, ids: frozenset[str]) -> None:
        """Rings around what is selected on the map."""
        self._marked = ids
        self.update()

    @property
    def current(self) -> str | None:
        """The dot that the keyboard is on."""
        return self._current

    @property
    def is_dragging(self) -> bool:
        return self._dragged is not None

    def plot(self) -> QRectF:
        """Where the squares are."""
        return QRectF(LEFT, TOP, max(100, self.width() - LEFT - TRAY - 2 * SIDE), max(60, self.height() - TOP - FOOT))

    def tray(self) -> QRectF:
        """Where those lie that are not rated."""
        return QRectF(self.width() - TRAY - SIDE, TOP, TRAY, max(60, self.height() - TOP - SIDE))

    def square(self, impact: int, effort: int) -> QRectF:
        """The square of two values."""
        plot = self.plot()
        w, h = plot.width() / LEVELS, plot.height() / LEVELS
        return QRectF(plot.left() + (effort - 1) * w, plot.bottom() - impact * h, w, h)

    def place_of(self, id: str) -> QRectF:
        """Where a dot lies."""
        return self._all_places()[id].rect

    def cancel(self) -> bool:
        """Puts back what is being dragged; whether anything was."""
        was_dragging, self._pressed, self._dragged = self._dragged is not None, None, None
        self.unsetCursor()
        self.update()
        return was_dragging

    def _renew(self) -> None:
        self._places = None
        dot = self._dots.get(self._current or "")
        self.setAccessibleDescription(dot.words() if dot is not None else "")
        self.update()

    def _all_places(self) -> dict[str, Place]:
        if self._places is None:
            self._places = {**self._in_squares(), **self._in_tray()}
        return self._places

    def _in_squares(self) -> dict[str, Place]:
        found: dict[str, Place] = {}
        shared: dict[tuple[int, int], list[Dot]] = {}
        for dot in self._dots.values():
            if dot.impact is not None and dot.effort is not None:
                shared.setdefault((dot.impact, dot.effort), []).append(dot)
        for (impact, effort), dots in shared.items():
            area = self.square(impact, effort).adjusted(4, 2, -4, -2)
            room = spread(len(dots), area.width(), area.height())
            for dot, slot in zip(dots, room.slots, strict=True):
                rect = QRectF(area.left() + slot.x, area.top() + slot.y, slot.w, slot.h)
                found[dot.id] = Place(rect, room.is_named)
        return found

    def _in_tray(self) -> dict[str, Place]:
        waiting = [dot for dot in self._dots.values() if not dot.is_rated]
        tray = self.tray()
        self._scroll = max(0, min(self._scroll, round(len(waiting) * ROW - tray.height() + TRAY_HEAD + 6)))
        top = tray.top() + TRAY_HEAD - self._scroll
        return {
            dot.id: Place(QRectF(tray.left() + 8, top + row * ROW, tray.width() - 16, ROW - 2), True)
            for row, dot in enumerate(waiting)
        }

    def _dot_at(self, at: QPointF) -> str | None:
        tray = self.tray()
        for id, place in self._all_places().items():
            is_hidden = not self._dots[id].is_rated and at.y() < tray.top() + TRAY_HEAD
            if place.rect.contains(at) and not is_hidden:
                return id
        return None

    def _values_at(self, at: QPointF) -> tuple[int, int] | None:
        """Impact and effort of the square at a spot; a little beside the squares counts as well."""
        plot = self.plot()
        if not plot.adjusted(-SIDE, -SIDE, SIDE, SIDE).contains(at):
            return None
        effort = int((at.x() - plot.left()) / plot.width() * LEVELS) + 1
        impact = int((plot.bottom() - at.y()) / plot.height() * LEVELS) + 1
        return max(1, min(LEVELS, impact)), max(1, min(LEVELS, effort))

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        id = self._dot_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if id is not None:
            self._pressed = id, event.position().toPoint()
            self._go_to(id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._pressed is None:
            over = self._dot_at(at) is not None
            self.setCursor(Qt.CursorShape.OpenHandCursor if over else Qt.CursorShape.ArrowCursor)
            return
        way = (at.toPoint() - self._pressed[1]).manhattanLength()
        if self._dragged is not None or way >= QApplication.startDragDistance():
            self._dragged = at
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        id, values = self._pressed[0], self._values_at(event.position())
        if not self.cancel():
            self.chosen.emit(id)
        elif values is not None:
            self._rate(id, *values)
        elif self.tray().contains(event.position()):
            self._rate(id, None, None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.tray().contains(event.position()):
            self._scroll -= event.angleDelta().y() // 4
            self._renew()
            event.accept()

    # The keyboard

    def event(self, event: QEvent) -> bool:
        """Its keys are its own, and not those of the menus; beside the mouse stands what a dot is."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if Qt.Key(event.key()) in keys and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                event.accept()
                return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            id = self._dot_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._dots[id].words() if id is not None else "", self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, steps = Qt.Key(event.key()), {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        asides = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if key == Qt.Key.Key_Escape:
            if not self.cancel():
                self.escaped.emit()
        elif self._current is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in steps or key in asides:
            self._step(steps.get(key, 0), asides.get(key, 0))
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._rate(self._current, None, None)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit(self._current)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, ahead: bool) -> bool:
        """Tab goes from dot to dot, and out of the matrix after the last one."""
        ids = list(self._dots)
        place = ids.index(self._current) + (1 if ahead else -1) if self._current in ids else -1
        if not 0 <= place < len(ids):
            return super().focusNextPrevChild(ahead)
        self._go_to(ids[place])
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _go_to(self, id: str) -> None:
        self._current = id
        tray, rect = self.tray(), self.place_of(id)
        if not self._dots[id].is_rated:
            hidden_above = tray.top() + TRAY_HEAD - rect.top()
            hidden_below = rect.bottom() - tray.bottom() + 4
            self._scroll += round(hidden_below) if hidden_below > 0 else -round(max(0.0, hidden_above))
        self._renew()

    def _step(self, impact: int, effort: int) -> None:
        """One more or less of one value; what is not rated begins in the middle."""
        dot = self._dots[self._current or ""]
        if dot.impact is None or dot.effort is None:
            self._rate(dot.id, dot.impact or MIDDLE, dot.effort or MIDDLE)
            return
        wanted = max(1, min(LEVELS, dot.impact + impact)), max(1, min(LEVELS, dot.effort + effort))
        self._rate(dot.id, *wanted, joins=True)

    def _rate(self, id: str, impact: int | None, effort: int | None, *, joins: bool = False) -> None:
        dot = self._dots[id]
        if (dot.impact, dot.effort) != (impact, effort):
            self.rated.emit(id, impact, effort, joins)

    # Painting

    def resizeEvent(self, _event: QEvent) -> None:
        self._renew()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint = MatrixPainter(painter, self.font())
            target = self._values_at(self._dragged) if self._dragged is not None else None
            paint.ground(self.plot(), LEVELS, self.square(*target) if target is not None else None)
            tray = self.tray()
            places = self._all_places()
            waiting = sum(not dot.is_rated for dot in self._dots.values())
            is_over = self._dragged is not None and target is None and tray.contains(self._dragged)
            paint.tray(tray, TRAY_HEAD, waiting, is_over)
            for is_rated in (True, False):
                painter.save()
                if not is_rated:
                    painter.setClipRect(tray.adjusted(0, TRAY_HEAD, 0, -1))
                for id, place in places.items():
                    dot = self._dots[id]
                    is_seen = dot.is_rated == is_rated and place.rect.intersects(QRectF(self.rect()))
                    if is_seen and not (self._dragged is not None and self._pressed_id == id):
                        is_current, title = id == self._current and self.hasFocus(), dot.title if place.is_named else ""
                        paint.dot(place.rect, dot.number, title, is_current, id in self._marked)
                painter.restore()
            if self._dragged is not None and self._pressed_id is not None:
                dot = self._dots[self._pressed_id]
                paint.dragged(self._dragged, dot.number, dot.title)

    @property
    def _pressed_id(self) -> str | None:
        return self._pressed[0] if self._pressed is not None else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("Matrix", text)
