"""Cards that were copied, in this map or another one, put into a map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from app.model.beside import OwnChannel, Source
from app.model.clipboard import CopiedCards
from app.model.diff import Diff
from app.model.document import Transaction
from app.model.edits.cards import require_cell
from app.model.edits.placing import orders_at, undivided
from app.model.ids import new_id
from app.model.kinds.touchpoint import Touchpoint
from app.model.lanes import lane_kind
from app.model.queries import cards_in, channels, columns, lanes
from app.model.records import Card, Lane, Link, Persona, Record, Reference
from app.model.store import RecordGraph


class Pasted(NamedTuple):
    """What became of the cards: their ids now, and what could not come along.

    `left_out` counts by what they were: a "link", a reference to a "card", a "persona" or a "source" that is not there.
    `crowded`: so many cards lie in the last step because there is none where they should be. `is_move`: they are the
    very cards that were cut, and no copies.
    """

    ids: list[str]
    left_out: Mapping[str, int]
    crowded: int
    is_move: bool


@undivided
def paste_cards(
    tx: Transaction,
    copied: CopiedCards,
    lane: str,
    step: str,
    index: int | None = None,
    *,
    is_same_map: bool = False,
    cut: Diff | None = None,
) -> Pasted:
    """Puts copied cards into a map, the first column of them at `step`; `index` is the place in that very cell.

    `is_same_map`: they come from this map, or from a copy of it, so that ids mean the same. Elsewhere personas, sources
    and own channels are those of the same name. `cut` is what a cut changed in this map: where it took these cards out,
    and they are still out, they come back themselves and nothing is lost of what hung on them or spoke of them. Raises
    EditError for a lane that holds no cards.
    """
    from app.model.edits.cutting import is_still_cut, put_back  # opening a map needs no scissors

    require_cell(tx, lane, step)
    taken = cut if cut is not None and is_still_cut(tx.document, copied.cards, cut) else None
    new = {card.id: new_id("c") if taken is None else card.id for card in copied.cards}
    known = _Known(tx.store, copied.store, new, is_same_map=is_same_map or taken is not None)
    crowded = _lay(tx, copied, new, known, (lane, step, index))
    if taken is None:
        _put_links(tx, copied, new, known)
    else:
        known.leave_out_all(put_back(tx, taken))
    return Pasted(list(new.values()), known.left_out, crowded, is_move=taken is not None)


# Where they go


def _lay(
    tx: Transaction, copied: CopiedCards, new: Mapping[str, str], known: _Known, where: tuple[str, str, int | None]
) -> int:
    """Puts the cards into their cells, under their new ids; the number of those that have no step of their own."""
    lane, step, index = where
    steps, rows = [column.id for column in columns(tx.store)], _rows(tx, copied, lane)
    start = steps.index(step) - copied.first_column
    cells: dict[tuple[str, str], list[Card]] = {}
    crowded = 0
    for card in copied.cards:
        column = start + copied.column_of[card.step]
        crowded += column >= len(steps)
        first = min(column, len(steps) - 1)
        last = min(column + copied.length(card), len(steps)) - 1
        made = known.translated(card).changed(
            id=new[card.id], lane=rows(card), step=steps[first], to_step=steps[last] if last > first else None
        )
        cells.setdefault((made.lane, made.step), []).append(made)
    for cell, group in cells.items():
        siblings = cards_in(tx.store, *cell)
        place = index if index is not None and cell == (lane, step) else len(siblings)
        if cell != (lane, step) and all(_lay_in(cell, copied.store.get(made.id)) for made in group):
            orders = [made.order for made in group]
        else:
            orders = orders_at(tx, siblings, place, len(group))
        for made, order in zip(group, orders, strict=True):
            tx.put(made.changed(order=order))
    return crowded


def _lay_in(cell: tuple[str, str], card: Record | None) -> bool:
    """Whether a card comes back to the cell in which it lay: there it has its old place."""
    return isinstance(card, Card) and (card.lane, card.step) == cell


def _rows(tx: Transaction, copied: CopiedCards, lane: str) -> Callable[[Card], str]:
    """The lane for each card.

    Those of one lane go where one wants them. Those of several keep their distances, the topmost in the lane that one
    chose, where this map has all their lanes and reaches that far; else each goes into a lane like its own.
    """
    rows = [row for row in lanes(tx.store) if lane_kind(row.kind).holds_cards]
    place = {row.id: number for number, row in enumerate(rows)}
    before = [row.id for row in copied.lanes]
    if len(before) == 1:
        return lambda _card: lane
    if all(id in place for id in before):
        down = place[lane] - min(place[id] for id in before)
        if max(place[id] for id in before) + down < len(rows):
            return lambda card: rows[place[card.lane] + down].id
    return lambda card: _lane_like(rows, copied.store, card) or lane


def _lane_like(rows: list[Lane], theirs: RecordGraph, card: Card) -> str | None:
    """The lane itself, one of its kind and name, of its kind, or one that is for such cards."""
    was = theirs.of(Lane, card.lane)
    assert was is not None
    likenesses: list[Callable[[Lane], bool]] = [
        lambda row: row.id == was.id,
        lambda row: row.kind == was.kind and _same(row.title, was.title),
        lambda row: row.kind == was.kind,
        lambda row: lane_kind(row.kind).card == card.kind,
    ]
    return next((row.id for is_like in likenesses for row in rows if is_like(row)), None)


# What they speak of


class _Known:
    """What copied cards speak of, as this map has it."""

    def __init__(self, ours: RecordGraph, theirs: RecordGraph, new: Mapping[str, str], *, is_same_map: bool) -> None:
        self._ours = ours
        self._theirs = theirs
        self._new = new
        self.is_same_map = is_same_map
        self._named = {
            (record.type, _plain(name)): record.id
            for type_ in ("persona", "source", "channel")
            for record in sorted(ours.of_type(type_), key=lambda record: record.id, reverse=True)
            if (name := _name(record)).strip()
        }
        self._lost: set[tuple[str, str]] = set()
        self._without = Counter[str]()

    @property
    def left_out(self) -> Mapping[str, int]:
        return dict(sorted((self._without + Counter(type_ for type_, _ in self._lost)).items()))

    def leave_out(self, what: str) -> None:
        self._without[what] += 1

    def leave_out_all(self, counts: Mapping[str, int]) -> None:
        self._without.update(counts)

    def translated(self, card: Card) -> Card:
        """The card with what this map has of all it speaks of."""
        fields: dict[str, object] = {
            field: tuple(found for id in card.targets(field) if (found := self._target(reference, id)) is not None)
            for field, reference in card.REFERENCES.items()
            if reference.many
        }
        if isinstance(card, Touchpoint):
            fields["channel"] = self._channel(card.channel)
        return card.changed(**fields)

    def _target(self, reference: Reference, id: str) -> str | None:
        if id in self._new:
            return self._new[id] if _fits(reference, self._theirs.get(id)) else None
        if self.is_same_map and _fits(reference, self._ours.get(id)):
            return id
        record = self._theirs.get(id)
        found = self._like(record) if record is not None and _fits(reference, record) else None
        if found is None and reference.target == "card":
            self.leave_out("card")
        elif found is None:
            self._lost.add((reference.target, id))
        return found

    def _like(self, record: Record) -> str | None:
        return self._named.get((record.type, _plain(_name(record))))

    def _channel(self, channel: str) -> str:
        """The id of the channel in this map, or else what it is called."""
        own = self._theirs.of(OwnChannel, channel)
        if own is None or (self.is_same_map and self._ours.of(OwnChannel, channel) is not None):
            return channel
        usual = (id for id, each in channels(self._ours).items() if _same(each.label, own.label))
        return self._like(own) or next(usual, own.label)


def _put_links(tx: Transaction, copied: CopiedCards, new: Mapping[str, str], known: _Known) -> None:
    """The links among the cards, and those of cards that were cut to others that are still there."""
    pairs: set[tuple[str, str]] = set()
    links = (record for record in copied.store.of_type("link") if isinstance(record, Link))
    for link in sorted(links, key=lambda link: link.id):
        ends = [_end(tx, id, new, known) for id in (link.source, link.target)]
        if link.source not in new and link.target not in new:
            continue
        was_cut = all(id not in tx.store for id in (link.source, link.target) if id in new)
        if None in ends or not ({link.source, link.target} <= new.keys() or was_cut):
            known.leave_out("link")
            continue
        source, target = str(ends[0]), str(ends[1])
        if source != target and (source, target) not in pairs:
            pairs.add((source, target))
            tx.put(link.changed(id=new_id("lk"), source=source, target=target))


def _end(tx: Transaction, id: str, new: Mapping[str, str], known: _Known) -> str | None:
    """The card at an end of a link: the pasted one, or one that is here."""
    if id in new:
        return new[id]
    return id if known.is_same_map and tx.store.of(Card, id) is not None else None


def _fits(reference: Reference, target: Record | None) -> bool:
    is_right = target is not None and target.type == reference.target
    return is_right and (reference.kind is None or getattr(target, "kind", None) == reference.kind)


def _name(record: Record) -> str:
    match record:
        case Persona(name=name) | Source(title=name) | OwnChannel(label=name):
            return name
    return ""


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)
