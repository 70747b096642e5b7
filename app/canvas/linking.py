"""Linking cards by keys: an arrow goes out from the selected card and follows the keyboard to the card it leads to."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.canvas.gestures.draw_link import arrow, label, may_lead_to
from app.model.document import EditError
from app.model.edits import add_link
from app.model.records import Card

if TYPE_CHECKING:
    from app.canvas.scene import MapScene


class Sheet(Protocol):
    """What is asked of the view."""

    def map_scene(self) -> MapScene | None: ...


def _tr(text: str) -> str:
    return QCoreApplication.translate("Linking", text)


class Linking(QObject):
    """The link in the making, if there is one. The map changes when it is finished."""

    said = Signal(str)
    """A sentence for the status bar."""

    def __init__(self, sheet: Sheet, parent: QObject) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._scene: MapScene | None = None
        self._source = ""

    @property
    def is_active(self) -> bool:
        return self._scene is not None

    def link(self) -> None:
        """Links the selected cards, each to the one selected after it; from a single one a link is begun, or ended."""
        scene = self._sheet.map_scene()
        if scene is None or self.finish():
            return
        cards = [card.id for id in scene.selection if (card := scene.document.store.of(Card, id)) is not None]
        if len(cards) > 1:
            self._chain(scene, cards)
        elif cards:
            self._begin(scene, cards[0])
        else:
            self.said.emit(_tr("Select the card that the link begins at."))

    def finish(self) -> bool:
        """The link leads to where the keyboard is. False where none is in the making."""
        scene = self._scene
        if scene is None:
            return False
        target = scene.document.store.of(Card, scene.selection.current)
        if target is None:
            self.said.emit(_tr("There is no card here that the link could lead to."))
        else:
            self._add(scene, [(self._source, target.id)])
        return True

    def cancel(self) -> bool:
        """Gives the link up. True where one was in the making."""
        scene, self._scene = self._scene, None
        if scene is None:
            return False
        scene.selection.changed.disconnect(self._show)
        scene.relaid.disconnect(self.cancel)
        scene.mark.clear()
        scene.sketch.clear()
        return True

    def _begin(self, scene: MapScene, source: str) -> None:
        self._scene, self._source = scene, source
        scene.selection.changed.connect(self._show)
        scene.relaid.connect(self.cancel)
        self._show()
        self.said.emit(_tr("Go to the card that the link leads to, then press Enter. Esc gives it up."))

    def _chain(self, scene: MapScene, cards: list[str]) -> None:
        new = [pair for pair in pairwise(cards) if may_lead_to(scene, *pair)]
        if new:
            self._add(scene, new)
        else:
            self.said.emit(_tr("These cards are linked already."))

    def _add(self, scene: MapScene, pairs: list[tuple[str, str]]) -> None:
        try:
            with scene.document.edit(label()) as tx:
                added = [add_link(tx, source, target) for source, target in pairs]
        except EditError as error:
            self.said.emit(str(error))
            return
        self.cancel()
        scene.selection.select(added)
        self.said.emit("")

    def _show(self) -> None:
        """The arrow, from the card that is lit up to the one where the keyboard is, where that can be."""
        scene = self._scene
        start = scene.layout.card(self._source) if scene is not None else None
        if scene is None or start is None:
            self.cancel()
            return
        scene.mark.show_at(start.rect.grown(0.8))
        target = scene.layout.card(scene.selection.current or "")
        if target is not None and may_lead_to(scene, self._source, target.id):
            rect = start.rect
            edge = rect.x if scene.layout.rtl else rect.right
            scene.sketch.draw_line(arrow((edge, rect.y + rect.h / 2), target.rect), is_arrow=True)
        else:
            scene.sketch.clear()
