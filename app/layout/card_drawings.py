"""The drawings of the map's cards. Each is made once, and again when the card, its width or what it shows of others is
another.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from app.layout.badges import changed_marks, persona_marks
from app.layout.cards import card_drawing
from app.layout.drawing import Drawing
from app.layout.image_cards import image_card_drawing
from app.layout.pictures import picture_file
from app.layout.script import Script
from app.model.kinds.image import Image
from app.model.media import Media
from app.model.queries import channels, personas
from app.model.records import Card
from app.model.store import RecordGraph


class _Made(NamedTuple):
    card: Card
    width: float
    drawing: Drawing


class CardDrawings:
    """What was drawn of cards, and what they show of other records: channels, and marks of personas."""

    def __init__(self, store: RecordGraph, media: Media) -> None:
        self._store = store
        self._media = media
        self._made: dict[str, _Made] = {}
        self.channels = channels(store)
        self._marks = persona_marks(personas(store))

    def draw(self, card: Card, width: float, script: Script) -> Drawing:
        """The card at a width in mm."""
        made = self._made.get(card.id)
        if made is None or made.card is not card or made.width != width:
            made = self._made[card.id] = _Made(card, width, self._drawn(card, width, script))
        return made.drawing

    def forget(self, card: str) -> None:
        """The card went, or shows something else of another record."""
        self._made.pop(card, None)

    def take_channels(self) -> None:
        """Channels came, went or changed."""
        self.channels = channels(self._store)

    def take_personas(self) -> Iterable[str]:
        """Personas came, went or changed; answers with those who are marked otherwise now."""
        before, self._marks = self._marks, persona_marks(personas(self._store))
        return changed_marks(before, self._marks)

    def _drawn(self, card: Card, width: float, script: Script) -> Drawing:
        if isinstance(card, Image):
            return image_card_drawing(card, width, script, picture_file(self._media, card.picture), self._marks)
        return card_drawing(card, width, script, self.channels, self._marks)
