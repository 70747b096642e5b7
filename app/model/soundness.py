"""Whether a whole map keeps the rules, asked of all records of a type at once.

Opening a large map asks this first, and looks at record after record (`rules.problems`), which takes ten times as long,
only where the answer is no. The two must agree; a test compares them.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from itertools import chain
from operator import attrgetter, eq, itemgetter
from typing import Any

from app.model.ids import MAP_ID
from app.model.lanes import lane_kind
from app.model.records import ANY, Card, Lane, MapRecord, Record, Reference
from app.model.store import RecordGraph

Values = dict[str, Any]


def is_sound(store: RecordGraph) -> bool:
    """True where no rule is broken."""
    return (
        store.of(MapRecord, MAP_ID) is not None
        and len(store.ids_of_type("map")) == 1
        and all(_refer_well(store, name) for name in store.types())
        and all(any(store.referrers(id, "in_stage")) for id in store.ids_of_type("stage"))
        and _are_in_fitting_lanes(store)
        and not _link_to_themselves(store)
        and not _comment_on_comments(store)
    )


def _refer_well(store: RecordGraph, type_name: str) -> bool:
    """True where every reference from records of a type leads to a record of the right type."""
    return all(
        _lead_well(store, reference, list(_targets(group, field)))
        for references, group in _by_references(store.of_type(type_name))
        for field, reference in references.items()
    )


def _lead_well(store: RecordGraph, reference: Reference, found: list[Any]) -> bool:
    targets = chain.from_iterable(found) if reference.many else found
    return not found or all(map(_allowed(store, reference).__contains__, targets))


def _allowed(store: RecordGraph, reference: Reference) -> Container[object]:
    """What a reference may lead to."""
    if reference.target == ANY:
        return store
    if reference.kind is None:
        return store.ids_of_type(reference.target)
    return {record.id for record in store.of_type(reference.target) if record.__dict__["kind"] == reference.kind}


def _by_references(members: list[Record]) -> Iterable[tuple[Mapping[str, Reference], list[Values]]]:
    """The values of records with the references they can have. Most kinds of cards share theirs.

    A plain dict is read three times as fast as a pydantic model.
    """
    groups: dict[type[Record], list[Values]] = {record_class: [] for record_class in set(map(type, members))}
    for record in members:
        groups[record.__class__].append(record.__dict__)
    return [(record_class.REFERENCES, group) for record_class, group in groups.items()]


def _targets(members: Iterable[Values], field: str) -> Iterable[Any]:
    """What a reference leads to, an id or several, where it is set."""
    return filter(None, map(itemgetter(field), members))


def _values(store: RecordGraph, type_name: str) -> Iterable[Values]:
    return map(attrgetter("__dict__"), store.of_type(type_name))


def _are_in_fitting_lanes(store: RecordGraph) -> bool:
    """True where cards lie in lanes for cards, and emotion points in curve lanes."""
    lanes = [lane for lane in store.of_type("lane") if isinstance(lane, Lane)]
    curves = {lane.id for lane in lanes if lane_kind(lane.kind).is_curve}
    without_cards = [lane.id for lane in lanes if not lane_kind(lane.kind).holds_cards]
    return curves.issuperset(_targets(_values(store, "emotion_point"), "lane")) and not any(
        isinstance(record, Card) for lane in without_cards for record in store.referrers(lane, "in_lane")
    )


def _comment_on_comments(store: RecordGraph) -> bool:
    comments = store.ids_of_type("comment")
    return any(map(comments.__contains__, _targets(_values(store, "comment"), "about")))


def _link_to_themselves(store: RecordGraph) -> bool:
    sources, targets = _targets(_values(store, "link"), "source"), _targets(_values(store, "link"), "target")
    return any(map(eq, sources, targets))
