"""Whether a whole map keeps the rules, asked of all records of a type at once.

Opening a large map asks this first, and looks at record after record (`rules.problems`), which takes ten times as long,
only where the answer is no. The two must agree; a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter, eq, itemgetter

from app.model.ids import MAP_ID
from app.model.lanes import lane_kind
from app.model.records import Card, Lane, MapRecord, Record, Reference
from app.model.store import RecordGraph


def is_sound(store: RecordGraph) -> bool:
    """True where no rule is broken."""
    return (
        store.of(MapRecord, MAP_ID) is not None
        and len(store.ids_of_type("map")) == 1
        and all(_refer_well(store, name) for name in store.types())
        and all(any(store.referrers(id, "in_stage")) for id in store.ids_of_type("stage"))
        and _are_in_fitting_lanes(store)
        and not _link_to_themselves(store)
    )


def _refer_well(store: RecordGraph, type_name: str) -> bool:
    """True where every reference from records of a type leads to a record of the right type."""
    members = store.of_type(type_name)
    return all(
        all(map(store.ids_of_type(reference.target).__contains__, _targets(group, field)))
        for references, group in _by_references(members)
        for field, reference in references.items()
    )


def _by_references(members: list[Record]) -> Iterable[tuple[Mapping[str, Reference], list[Record]]]:
    """Records with the references they can have. Most kinds of cards share theirs, so that is mostly one group."""
    classes: set[type[Record]] = set(map(type, members))
    tables = {id(record_class.REFERENCES): record_class.REFERENCES for record_class in classes}
    if len(tables) == 1:
        return [(references, members) for references in tables.values()]
    return [(table, [record for record in members if record.REFERENCES is table]) for table in tables.values()]


def _targets(members: list[Record], field: str) -> Iterable[str]:
    """What a reference leads to, where it is set. A plain dict is read three times as fast as a pydantic model."""
    return filter(None, map(itemgetter(field), map(attrgetter("__dict__"), members)))


def _are_in_fitting_lanes(store: RecordGraph) -> bool:
    """True where cards lie in lanes for cards, and emotion points in curve lanes."""
    lanes = [lane for lane in store.of_type("lane") if isinstance(lane, Lane)]
    curves = {lane.id for lane in lanes if lane_kind(lane.kind).is_curve}
    return curves.issuperset(_targets(store.of_type("emotion_point"), "lane")) and not any(
        isinstance(record, Card) for curve in curves for record in store.referrers(curve, "in_lane")
    )


def _link_to_themselves(store: RecordGraph) -> bool:
    links = store.of_type("link")
    return any(map(eq, _targets(links, "source"), _targets(links, "target")))
