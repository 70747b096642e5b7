"""Entries of a palette and pictures dragged onto the map: what arrives, and how the drag is passed on as a gesture.

A drag carries the id of an entry, as `Entry.of` reads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, cast

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent

from app.canvas.picture_drops import DropPictures, holds_pictures, pictures_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.canvas.cells import Cells
    from app.canvas.gestures.base import Gesture, Spot
    from app.canvas.gestures.drop_entry import DropEntry
    from app.canvas.insertion import Entry
    from app.canvas.picture_drops import Offer
    from app.canvas.scene import MapScene

ENTRY_MIME: Final = "application/x-journeymapper-entry"


class Canvas(Protocol):
    """What is asked of the view."""

    def map_scene(self) -> MapScene | None: ...

    def spot_at(self, view: QPointF, modifiers: Qt.KeyboardModifier) -> Spot: ...

    def cancel(self) -> bool:
        """Puts back what a gesture has done, and keeps what is being written."""

    @property
    def cells(self) -> Cells: ...


class Carrier(Protocol):
    """What is asked of the hands."""

    def carry(self, gesture: Gesture, spot: Spot) -> None: ...

    def carried_to(self, spot: Spot) -> None: ...

    def put_down(self, spot: Spot) -> None: ...

    def cancel(self) -> bool: ...


def entry_of(data: QMimeData) -> Entry | None:
    """What a drag carries; None for what is no entry."""
    from app.canvas.insertion import Entry

    if not data.hasFormat(ENTRY_MIME):
        return None
    try:
        return Entry.of(bytes(data.data(ENTRY_MIME).data()).decode(errors="replace"))
    except ValueError:
        return None


class DropZone:
    """Takes the view's drag events. What is neither an entry of a palette nor a picture is left to others.

    `offer` is given the pictures that are let go over a cell, `say` the reason where something may not be let go.
    """

    def __init__(self, canvas: Canvas, hands: Carrier, offer: Offer, say: Callable[[str], None]) -> None:
        self._canvas = canvas
        self._hands = hands
        self._offer = offer
        self._say = say
        self._had_place = True
        self._drop: DropEntry | DropPictures | None = None
        self._takers: dict[QEvent.Type, Callable[[QEvent], bool]] = {
            QEvent.Type.DragEnter: lambda event: self._enter(cast(QDropEvent, event)),
            QEvent.Type.DragMove: lambda event: self._move(cast(QDropEvent, event)),
            QEvent.Type.DragLeave: lambda _: self._leave(),
            QEvent.Type.Drop: lambda event: self._let_go(cast(QDropEvent, event)),
        }

    def handle(self, event: QEvent) -> bool:
        """True where the event was one of a drag that is ours."""
        take = self._takers.get(event.type())
        return take is not None and take(event)

    def _enter(self, event: QDropEvent) -> bool:
        scene = self._canvas.map_scene()
        self._drop = self._begin(scene, event.mimeData()) if scene is not None else None
        if self._drop is None:
            return False
        self._had_place = True
        spot = self._spot(event)
        self._hands.carry(self._drop, spot)
        self._hands.carried_to(spot)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        return True

    def _begin(self, scene: MapScene, data: QMimeData) -> DropEntry | DropPictures | None:
        entry = entry_of(data)
        if entry is None and not holds_pictures(data):
            return None
        self._canvas.cancel()
        if entry is None:
            return DropPictures(scene, self._offer)
        from app.canvas.gestures.drop_entry import DropEntry

        return DropEntry(scene, entry, self._canvas.cells.hand_over)

    def _move(self, event: QDropEvent) -> bool:
        if self._drop is None or not self._drop.is_open:
            return False
        self._hands.carried_to(self._spot(event))
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(self._drop.has_place)
        self._explain(self._drop)
        return True

    def _explain(self, drop: DropEntry | DropPictures) -> None:
        """Qt shows by the cursor that something may not lie here; this says where it may, until one is there."""
        had_place, self._had_place = self._had_place, drop.has_place
        if had_place and not drop.has_place:
            self._say(_where(None if isinstance(drop, DropPictures) else drop.what))
        elif drop.has_place and not had_place:
            self._say("")

    def _take_back_words(self) -> None:
        """What was said of places is over with the drag."""
        if not self._had_place:
            self._say("")

    def _leave(self) -> bool:
        was_ours, self._drop = self._drop is not None, None
        if was_ours:
            self._hands.cancel()
            self._take_back_words()
        return was_ours

    def _let_go(self, event: QDropEvent) -> bool:
        drop, self._drop = self._drop, None
        if drop is None or not drop.is_open:
            return False
        if isinstance(drop, DropPictures):
            drop.sources = pictures_in(event.mimeData())
        self._hands.put_down(self._spot(event))
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        return True

    def _spot(self, event: QDropEvent) -> Spot:
        return self._canvas.spot_at(event.position(), event.modifiers())


def _where(what: str | None) -> str:
    """Where an entry may be let go; None: pictures."""
    sentences = {
        "card": QCoreApplication.translate("Drops", "A card lies in a cell of a lane that holds cards: let go there."),
        "point": QCoreApplication.translate("Drops", "A point lies on a curve: let go in a lane of curves."),
        None: QCoreApplication.translate("Drops", "A picture lies in a cell of a lane that holds cards: let go there."),
    }
    return sentences.get(what) or QCoreApplication.translate("Drops", "Let go on the map.")
