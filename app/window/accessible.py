"""The map as a screen reader meets it: a list of what lies on it, each thing with its name, its place and its state.

Qt asks `install` for the interface of a view only where a reader is at work, and so nothing here costs anything
elsewhere. The focus is told as the keyboard goes from thing to thing, though for Qt it stays in the view all the time.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QPoint, QPointF, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
    QGuiApplication,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import isValid

from app.canvas.items import to_qrect
from app.canvas.view import MapView
from app.layout import lookup
from app.model.records import Lane, Link, Stage, Step
from app.window.spoken import Spoken, in_reading_order, spoken, spoken_cell, spoken_map

if TYPE_CHECKING:
    from app.canvas.scene import MapScene
    from app.model.records import Record

CELL: Final = ""
"""Stands among the ids for the place where the keyboard is and nothing lies."""

NOTHING: Final[Any] = None
"""For Qt; PySide's own annotations do not know that there may be nothing."""

ROLES: Final[dict[type[Record], QAccessible.Role]] = {
    Stage: QAccessible.Role.ColumnHeader,
    Step: QAccessible.Role.ColumnHeader,
    Lane: QAccessible.Role.RowHeader,
    Link: QAccessible.Role.Link,
}


@cache
def install() -> None:
    """From now on views of maps have interfaces of their own."""
    QAccessible.installFactory(_made)


def _made(_class_name: str, asked: QObject) -> QAccessibleInterface | None:
    reader = asked.findChild(MapReader) if isinstance(asked, MapView) else None
    return reader.interface if isinstance(reader, MapReader) else None


class MapReader(QObject):
    """Tells a screen reader what happens in a view. `close` it before the view goes."""

    def __init__(self, view: MapView) -> None:
        super().__init__(view)
        install()
        self.view = view
        self.interface = MapInterface(self)
        self._things: dict[str, ThingInterface] = {}
        self._order: list[str] | None = None
        self._is_closed = False
        self._told: tuple[str, Spoken | None] = (CELL, None)
        if QAccessible.isActive():  # Qt may have made an interface of its own already
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(QAccessible.queryAccessibleInterface(view)))
        view.selection.changed.connect(self._tell)
        view.changed.connect(self._map_changed)
        view.said.connect(self.announce)
        QGuiApplication.instance().focusObjectChanged.connect(self._focus_changed)  # type: ignore[union-attr]

    @property
    def scene(self) -> MapScene | None:
        return self.view.map_scene()

    @property
    def order(self) -> list[str]:
        """The ids of all that lies on the map, and the cell that the keyboard is in."""
        scene = self.scene
        if scene is None:
            return []
        if self._order is None:
            self._order = [*in_reading_order(scene.document.store), CELL]
        return self._order

    @property
    def current(self) -> str | None:
        """What the keyboard is on."""
        selection = self.view.selection
        return CELL if selection.cell is not None and selection.current is None else selection.current

    def record(self, id: str) -> Record | None:
        return self.scene.document.store.get(id) if self.scene is not None else None

    def words(self, id: str) -> Spoken | None:
        """What is said of a thing; None: it is not there."""
        scene, record, cell = self.scene, self.record(id), self.view.selection.cell
        if scene is None:
            return None
        if record is not None:
            return spoken(scene.document.store, record)
        return spoken_cell(scene.document.store, cell) if id == CELL and cell is not None else None

    def thing(self, id: str) -> ThingInterface:
        """The interface of a thing; kept as long as it is on the map, for Qt does not own it."""
        if id not in self._things:
            made = self._things[id] = ThingInterface(self, id)
            QAccessible.registerAccessibleInterface(made)
        return self._things[id]

    def area(self, id: str) -> QRect:
        """Where a thing is on the screen."""
        scene = self.scene
        if scene is None:
            return QRect()
        rect = scene.current_area() if id == self.current else lookup.rect_of(scene.layout, id)
        if rect is None:
            return QRect()
        shown = self.view.viewportTransform().mapRect(to_qrect(rect)).toAlignedRect()
        return shown.translated(self.view.viewport().mapToGlobal(QPoint()))

    def at(self, x: int, y: int) -> str | None:
        """What lies at a place of the screen."""
        scene = self.scene
        place = self.view.to_sheet(QPointF(self.view.viewport().mapFromGlobal(QPoint(x, y))))
        on_map = scene.spot(place.x(), place.y()) if scene is not None else None
        hit = lookup.hit(scene.layout, *on_map) if scene is not None and on_map is not None else None
        return hit.id if hit is not None and hit.id in self.order else None

    def announce(self, sentence: str) -> None:
        """Says a sentence of the program."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.view, sentence))

    def close(self) -> None:
        """Lets go of everything. A window that could not close the first time asks for it again."""
        if not self._is_closed:
            self._is_closed = True
            QGuiApplication.instance().focusObjectChanged.disconnect(self._focus_changed)  # type: ignore[union-attr]
        self._forget(set(self._things))

    def _focus_changed(self, focus: QObject | None) -> None:
        if focus is self.view:
            self._told = CELL, None
            self._tell()

    def _tell(self) -> None:
        """The keyboard is on something else, or that is called something else now."""
        id = self.current
        if not QAccessible.isActive() or not self.view.hasFocus() or self.view.editing.is_active or id is None:
            return
        before, self._told = self._told, (id, self.words(id))
        if self._told == before:
            return
        same = before[0] == id and id != CELL and before[1] is not None
        event = QAccessible.Event.NameChanged if same else QAccessible.Event.Focus
        QAccessible.updateAccessibility(QAccessibleEvent(self.thing(id), event))

    def _map_changed(self) -> None:
        self._order = None
        if self._things:
            self._forget({id for id in self._things if id != CELL and self.record(id) is None})
        self._tell()

    def _forget(self, gone: set[str]) -> None:
        for id in gone:
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(self._things[id]))
            del self._things[id]


class MapInterface(QAccessibleWidget):
    """The view: the list of all that lies on the map."""

    def __init__(self, reader: MapReader) -> None:
        super().__init__(reader.view, QAccessible.Role.List)
        self._reader = reader

    def text(self, kind: QAccessible.Text) -> str:
        scene = self._reader.scene
        if scene is None or kind not in {QAccessible.Text.Name, QAccessible.Text.Description}:
            return super().text(kind)
        if kind == QAccessible.Text.Description:
            return spoken_map(scene.document.store)
        return " ".join(filter(None, [super().text(kind), scene.document.map.title]))

    def childCount(self) -> int:
        return len(self._reader.order)

    def child(self, index: int) -> QAccessibleInterface:
        order = self._reader.order
        return self._reader.thing(order[index]) if 0 <= index < len(order) else NOTHING

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        order = self._reader.order
        return order.index(child.id) if isinstance(child, ThingInterface) and child.id in order else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        id = self._reader.at(x, y)
        return self._reader.thing(id) if id is not None else NOTHING

    def focusChild(self) -> QAccessibleInterface:
        id = self._reader.current
        return self._reader.thing(id) if id is not None else NOTHING


class ThingInterface(QAccessibleInterface):
    """A thing on the map, or the cell that the keyboard is in."""

    def __init__(self, reader: MapReader, id: str) -> None:
        super().__init__()
        self._reader = reader
        self.id = id

    def isValid(self) -> bool:
        return isValid(self._reader) and (self.id == CELL or self._reader.record(self.id) is not None)

    def object(self) -> QObject:
        return NOTHING  # type: ignore[no-any-return]

    def window(self) -> QWindow:
        return self._reader.view.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        return self._reader.interface

    def child(self, _index: int) -> QAccessibleInterface:
        return NOTHING  # type: ignore[no-any-return]

    def childCount(self) -> int:
        return 0

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface:
        return NOTHING  # type: ignore[no-any-return]

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        return -1

    def focusChild(self) -> QAccessibleInterface:
        return NOTHING  # type: ignore[no-any-return]

    def rect(self) -> QRect:
        return self._reader.area(self.id)

    def role(self) -> QAccessible.Role:
        record = self._reader.record(self.id)
        if record is None:
            return QAccessible.Role.Cell
        return ROLES.get(type(record), QAccessible.Role.ListItem)

    def state(self) -> QAccessible.State:
        view, state = self._reader.view, QAccessible.State()
        state.focusable = state.selectable = state.multiSelectable = True
        state.selected = self.id in view.selection
        state.focused = self._reader.current == self.id and view.hasFocus()
        state.offscreen = not self.rect().intersects(
            QRect(view.viewport().mapToGlobal(QPoint()), view.viewport().size())
        )
        return state

    def text(self, kind: QAccessible.Text) -> str:
        words = self._reader.words(self.id)
        if words is None:
            return ""
        return {QAccessible.Text.Name: words.name, QAccessible.Text.Description: words.about}.get(kind, "")

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """The texts of the map are written in the view."""
