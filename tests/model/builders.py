"""Maps for the tests, and plain ways to look at them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import networkx as nx

from app.model.diff import Diff
from app.model.document import Document
from app.model.records import Card, Record, record_to_json
from app.model.registry import record_from_json
from app.model.store import RecordGraph

Values = dict[str, Any]

SMALL: list[Values] = [
    {"type": "map", "id": "map", "title": "Switching provider"},
    {"type": "stage", "id": "g1", "order": "a0", "title": "Awareness"},
    {"type": "stage", "id": "g2", "order": "a1", "title": "Purchase"},
    {"type": "step", "id": "s1", "stage": "g1", "order": "a0"},
    {"type": "step", "id": "s2", "stage": "g1", "order": "a1"},
    {"type": "step", "id": "s3", "stage": "g2", "order": "a0"},
    {"type": "lane", "id": "l1", "order": "a0", "kind": "actions", "title": "Actions"},
    {"type": "lane", "id": "l2", "order": "a1", "kind": "emotion", "title": "Emotion"},
    {"type": "lane", "id": "l3", "order": "a2", "kind": "touchpoints", "title": "Touchpoints"},
    {"type": "persona", "id": "p1", "name": "Ana"},
    {"type": "persona", "id": "p2", "order": "a1", "name": "Ben", "color": "#0E7490"},
    {"type": "card", "id": "c1", "kind": "action", "step": "s1", "lane": "l1", "order": "a0", "title": "Compares"},
    {"type": "card", "id": "c2", "kind": "note", "step": "s1", "lane": "l1", "order": "a1", "mood": {"of": [1, None]}},
    {"type": "card", "id": "c3", "kind": "touchpoint", "step": "s2", "lane": "l3", "to_step": "s3", "channel": "email"},
    {"type": "card", "id": "c4", "kind": "hologram", "step": "s3", "lane": "l1", "depth": 3},
    {"type": "emotion_point", "id": "e1", "lane": "l2", "persona": "p1", "step": "s1", "at": 0.25, "value": -1.5},
    {"type": "emotion_point", "id": "e2", "lane": "l2", "persona": "p1", "step": "s3", "value": 1.0},
    {"type": "link", "id": "k1", "source": "c1", "target": "c3", "label": "then"},
    {"type": "sticker", "id": "u1", "where": "s1"},
]

BESIDE: list[Values] = [
    {"type": "source", "id": "o1", "title": "Interviews", "method": "interview", "sample_size": 8},
    {"type": "source", "id": "o2", "order": "a1", "title": "Survey", "method": "survey", "address": "https://x.org/s"},
    {"type": "channel", "id": "h1", "label": "Kiosk", "icon": "monitor", "online": False},
    {"type": "feedback", "id": "f1", "origin": "Hotline", "sources": ["o1"], "cards": ["c1", "c3"]},
    {"type": "action_item", "id": "i1", "strategy": "Fewer forms", "due": "2027-01-31", "cards": ["c2"]},
    {"type": "comment", "id": "m1", "about": "c3", "text": "Really?", "created": "2026-03-01T09:30:00Z"},
    {"type": "comment", "id": "m2", "about": "map", "text": "Good start"},
    {"type": "backdrop", "id": "b1", "picture": f"{'ab' * 32}.jpg", "locked": False},
    {"type": "lane", "id": "l4", "order": "a3", "kind": "notes", "title": "Everything"},
    {"type": "lane", "id": "l5", "order": "a4", "kind": "channels", "title": "Channels"},
    {"type": "persona", "id": "p3", "order": "a2", "name": "Cem", "channels": ["h1", "email"]},
    {"type": "card", "id": "d1", "kind": "pain_point", "step": "s1", "lane": "l4", "severity": 4, "frequency": 3},
    {"type": "card", "id": "d2", "kind": "touchpoint", "step": "s1", "lane": "l4", "order": "a1", "channel": "h1"},
    {
        "type": "card",
        "id": "d3",
        "kind": "opportunity",
        "step": "s2",
        "lane": "l4",
        "personas": ["p1", "p3"],
        "sources": ["o1", "o2"],
        "standing": "evidenced",
        "addresses": ["d1"],
        "changes": ["c3", "d2"],
    },
    {"type": "card", "id": "d4", "kind": "insight", "step": "s3", "lane": "l4", "sources": ["o2"], "personas": ["p3"]},
]
"""What can lie beside and on the small map, and refers to it."""


def records(*more: Values, without: Iterable[str] = ()) -> list[Record]:
    """The small map's records, with others added or in place of those with their ids."""
    values = {value["id"]: value for value in [*SMALL, *more] if value["id"] not in set(without)}
    return [record_from_json(value) for value in values.values()]


def small_map(*more: Values, without: Iterable[str] = ()) -> Document:
    return Document(records(*more, without=without))


def rich_map() -> Document:
    return small_map(*BESIDE)


def card(id: str, **fields: Any) -> Values:
    return {"type": "card", "id": id, "kind": "note", "step": "s1", "lane": "l1", **fields}


def bytes_of(all_records: Iterable[Record]) -> bytes:
    """The records in a form of their own, whatever their order."""
    ordered = sorted(all_records, key=lambda record: (record.type, record.id))
    return json.dumps([record_to_json(record) for record in ordered], sort_keys=True, allow_nan=False).encode()


def graph_by_networkx(all_records: Iterable[Record]) -> nx.MultiDiGraph[str]:
    """The graph as networkx builds it from the records, without any of the program's code but REFERENCES."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    kept = list(all_records)
    for record in kept:
        graph.add_node(record.id, record=record)
    for record in kept:
        for field, reference in record.REFERENCES.items():
            value = getattr(record, field)
            for target in value if isinstance(value, tuple) else [value]:
                if target is not None:
                    graph.add_edge(record.id, target, reference.relation)
    return graph


def assert_true_to_records(store: RecordGraph) -> None:
    """The graph and the index by type are what follows from the records."""
    for graph in (graph_by_networkx(store), RecordGraph(store).graph):
        assert store.graph.adj == graph.adj
        assert store.graph.pred == graph.pred
        assert dict(store.graph.nodes(data=True)) == dict(graph.nodes(data=True))
    for name in {*store.types(), *(record.type for record in store)}:
        assert {record.id for record in store.of_type(name)} == {r.id for r in store if r.type == name}
        assert set(store.ids_of_type(name)) == {record.id for record in store if record.type == name}
    cells: dict[tuple[str, str], set[str]] = {}
    for record in store:
        if isinstance(record, Card):
            cells.setdefault((record.step, record.lane), set()).add(record.id)
    for step in {*store.ids_of_type("step"), *(step for step, _ in cells)}:
        for lane in {*store.ids_of_type("lane"), *(lane for _, lane in cells)}:
            found = store.referrers_to_both((step, "at_step"), (lane, "in_lane"))
            assert {record.id for record in found} == cells.get((step, lane), set())
            assert len(found) == len(cells.get((step, lane), set()))


class Replica:
    """A listener that keeps records of its own by what it hears."""

    def __init__(self, document: Document) -> None:
        self.records = {record.id: record for record in document.records}
        self.heard: list[Diff] = []
        self.stop = document.subscribe(self._hear)

    def _hear(self, diff: Diff) -> None:
        self.heard.append(diff)
        for id, (before, after) in diff.items():
            assert self.records.get(id) == before, f"{id} was not as the diff says"
            assert before != after
            if after is None:
                del self.records[id]
            else:
                self.records[id] = after

    @property
    def bytes(self) -> bytes:
        return bytes_of(self.records.values())
