"""What of a map goes along where cards are copied, and what was copied as one finds it: both without any clipboard.

Of stages, steps, lanes, personas, sources and channels only what tells where the cards lay and what they speak of:
copying three cards gives away no more of a map.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.model.beside import OwnChannel, Source
from app.model.kinds.touchpoint import Touchpoint
from app.model.queries import columns, lanes, links_of, span
from app.model.records import Card, Lane, Persona, Record, Stage, Step
from app.model.store import RecordGraph


class CopiedCards:
    """Cards that were copied, in reading order, among the records that went along.

    `column_of` and `row_of` have the place of each step and lane where they came from.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        """Raises ValueError where there are no cards, or one that lies nowhere."""
        self.store = RecordGraph(records)
        self.steps = [step.id for step in columns(self.store)]
        self.column_of = {step: number for number, step in enumerate(self.steps)}
        self.row_of = {lane.id: number for number, lane in enumerate(lanes(self.store))}
        cards = [record for record in self.store.of_type("card") if isinstance(record, Card)]
        if not cards or any(card.step not in self.column_of or card.lane not in self.row_of for card in cards):
            raise ValueError("there are no cards, or one lies in no cell")
        self.cards = sorted(cards, key=self._place)
        self.first_column = min(self.column_of[card.step] for card in cards)

    @property
    def lanes(self) -> list[Lane]:
        """The lanes in which the cards lay, from top to bottom."""
        used = {card.lane for card in self.cards}
        return [lane for lane in lanes(self.store) if lane.id in used]

    def length(self, card: Card) -> int:
        """The number of steps that a card lay over."""
        reaches = card.to_step in self.column_of
        return len(span(card, self.steps)) if reaches else 1

    def _place(self, card: Card) -> tuple[int, int, str, str]:
        return self.row_of[card.lane], self.column_of[card.step], card.order, card.id


def excerpt(store: RecordGraph, ids: Iterable[str]) -> list[Record]:
    """The cards among these, whole, with their links and what else goes along; nothing where there is no card."""
    cards = [card for id in dict.fromkeys(ids) if (card := store.of(Card, id)) is not None]
    links = {link.id: link for card in cards for link in links_of(store, card.id)}
    return [*cards, *links.values(), *_frame(store, cards), *_spoken_of(store, cards)] if cards else []


def _frame(store: RecordGraph, cards: list[Card]) -> Iterator[Record]:
    """The lanes of the cards, and all steps from the first to the last of them."""
    order = [step.id for step in columns(store)]
    place = {step: number for number, step in enumerate(order)}
    reached = {place[step] for card in cards for step in span(card, order)}
    steps = columns(store)[min(reached) : max(reached) + 1]
    for id in sorted({step.stage for step in steps}):
        stage = store.of(Stage, id)
        if stage is not None:
            yield Stage(id=id, order=stage.order)
    for step in steps:
        yield Step(id=step.id, stage=step.stage, order=step.order)
    for id in sorted({card.lane for card in cards}):
        lane = store.of(Lane, id)
        if lane is not None:
            yield Lane(id=id, order=lane.order, kind=lane.kind, title=lane.title)


def _spoken_of(store: RecordGraph, cards: list[Card]) -> Iterator[Record]:
    """The names of personas, sources and own channels."""
    named = {id for card in cards for id in (*card.personas, *card.sources)}
    named.update(card.channel for card in cards if isinstance(card, Touchpoint))
    for id in sorted(named):
        match store.get(id):
            case Persona(name=name):
                yield Persona(id=id, name=name)
            case Source(title=title):
                yield Source(id=id, title=title)
            case OwnChannel(label=label):
                yield OwnChannel(id=id, label=label)
