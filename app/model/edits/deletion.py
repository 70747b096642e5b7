"""Deleting, with everything that hangs on what is deleted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from app.model.beside import OwnChannel
from app.model.document import EditError, Transaction
from app.model.edits.placing import undivided
from app.model.ids import MAP_ID
from app.model.kinds.touchpoint import Touchpoint
from app.model.queries import columns, span, steps_of
from app.model.records import Card, Persona, Record, Step
from app.model.store import RecordGraph


class Deleted(NamedTuple):
    """What went: the ids, and how many of each type, for the sentence that tells the user."""

    ids: frozenset[str]
    counts: dict[str, int]


@undivided
def delete(tx: Transaction, ids: Iterable[str]) -> Deleted:
    """Deletes records and what cannot be without them.

    A stage takes its steps along, and goes with the last of them; a step or lane its cards and points; a card its
    links; a persona her curve; anything the comments on it. A spanning card shrinks and goes only with the last step it
    lies over. An own channel leaves its label where it was used. Raises EditError for the map itself.
    """
    wanted = [id for id in dict.fromkeys(ids) if id in tx.store]
    if MAP_ID in wanted:
        raise EditError("The map itself cannot be deleted; close it instead.")
    doomed = _with_emptied_stages(tx.store, wanted)
    doomed_steps = {id for id in doomed if isinstance(tx.store[id], Step)}
    _shrink_spans(tx, doomed_steps, doomed)
    doomed = _closure(tx.store, doomed)
    _spell_out_channels(tx, doomed)
    counts = Counter(tx.store[id].type for id in doomed)
    for id in sorted(doomed):
        _let_go(tx, id, doomed)
        tx.remove(id)
    return Deleted(frozenset(doomed), dict(sorted(counts.items())))


def _with_emptied_stages(store: RecordGraph, wanted: list[str]) -> set[str]:
    """The wanted records, with the steps of doomed stages and the stages that lose their last step."""
    doomed = set(wanted)
    for id in wanted:
        record = store[id]
        if record.type == "stage":
            doomed.update(step.id for step in steps_of(store, id))
        elif isinstance(record, Step) and all(step.id in doomed for step in steps_of(store, record.stage)):
            doomed.add(record.stage)
    return doomed


def _shrink_spans(tx: Transaction, doomed_steps: set[str], doomed: set[str]) -> None:
    """Lets spanning cards let go of the doomed steps."""
    if not doomed_steps:
        return
    order = [step.id for step in columns(tx.store)]
    touched = {card.id: card for step in doomed_steps for card in _cards_at(tx.store, step)}
    for card in touched.values():
        if card.to_step is None or card.id in doomed:
            continue
        staying = [step for step in span(card, order) if step not in doomed_steps]
        if staying:
            tx.set(card.id, step=staying[0], to_step=staying[-1] if len(staying) > 1 else None)


def _cards_at(store: RecordGraph, step: str) -> list[Card]:
    return [record for record in store.referrers(step) if isinstance(record, Card)]


def _closure(store: RecordGraph, doomed: set[str]) -> set[str]:
    """The doomed and all that refer to them through a reference that cascades."""
    closed = set(doomed)
    waiting = list(doomed)
    while waiting:
        id = waiting.pop()
        for referrer in store.referrers(id):
            if referrer.id not in closed and _hangs_on(referrer, id):
                closed.add(referrer.id)
                waiting.append(referrer.id)
    return closed


def _spell_out_channels(tx: Transaction, doomed: set[str]) -> None:
    """Puts the labels of doomed channels where they are named, in what stays."""
    channels = [channel for id in doomed if (channel := tx.store.of(OwnChannel, id)) is not None]
    labels = {channel.id: channel.label for channel in channels}
    if not labels:
        return
    for record in list(tx.store):
        if record.id in doomed:
            continue
        if isinstance(record, Touchpoint) and record.channel in labels:
            tx.set(record.id, channel=labels[record.channel])
        elif isinstance(record, Persona) and not labels.keys().isdisjoint(record.channels):
            tx.set(record.id, channels=tuple(labels.get(channel, channel) for channel in record.channels))


def _let_go(tx: Transaction, id: str, doomed: set[str]) -> None:
    """Empties the fields through which records that stay refer to a doomed one."""
    for referrer in tx.store.referrers(id):
        if referrer.id not in doomed:
            fields = [field for field in referrer.REFERENCES if id in referrer.targets(field)]
            tx.set(referrer.id, **{field: _without(referrer, field, id) for field in fields})


def _without(record: Record, field: str, id: str) -> tuple[str, ...] | None:
    if not record.REFERENCES[field].many:
        return None
    return tuple(target for target in record.targets(field) if target != id)


def _hangs_on(record: Record, id: str) -> bool:
    return any(
        reference.on_delete == "cascade" and id in record.targets(field)
        for field, reference in record.REFERENCES.items()
    )
