"""The records of a map in a networkx graph: a node per record, an edge per reference.

`apply` is the only way in. Edges are keyed by relation (`in_stage`, `at_step`, `of_persona`, …) and always follow from
the records: a graph rebuilt from them equals the one kept by diffs.

The graph is frozen for everybody else. In here it is written through the adjacency dicts that networkx documents for
subclasses (`_node`, `_succ`, `_pred`): when a large map opens, that takes a third of the time of 50,000 `add_edge`. All
edges of one relation share one key dict, so that dict is never changed, only replaced. A test compares the result with
a graph that networkx builds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, KeysView
from functools import cache
from typing import Any, TypeVar

import networkx as nx

from app.model.diff import Diff
from app.model.pairs import PairIndex
from app.model.records import Record

R = TypeVar("R", bound=Record)
T = TypeVar("T")
EdgeKeys = dict[str, dict[str, Any]]  # relation: its attributes, of which there are none
FieldEdge = tuple[str, EdgeKeys]


class DuplicateIdError(ValueError):
    """Records that share an id with another; `ids` are theirs."""

    def __init__(self, records: Iterable[Record]) -> None:
        counted = Counter(record.id for record in records)
        self.ids = sorted(id for id, number in counted.items() if number > 1)
        super().__init__(f"several records have the id {self.ids[0]}")


class RecordGraph:
    """Records by id and by type, and who refers to whom."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        """Raises DuplicateIdError where two records have the same id."""
        self._records: dict[str, Record] = {}
        self._by_type: dict[str, dict[str, Record]] = {}
        self._pairs: dict[tuple[str, str], PairIndex] = {}
        self._writes: defaultdict[str, int] = defaultdict(int)
        self._kept: dict[Callable[[RecordGraph], object], tuple[list[int], Any]] = {}
        self.graph: nx.MultiDiGraph[str] = nx.freeze(nx.MultiDiGraph())
        self._nodes: dict[str, dict[str, Any]] = self.graph._node
        self._successors: dict[str, dict[str, EdgeKeys]] = self.graph._succ
        self._predecessors: dict[str, dict[str, EdgeKeys]] = self.graph._pred
        self._fill(list(records))

    def __contains__(self, id: object) -> bool:
        return id in self._records

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records.values())

    def __getitem__(self, id: str) -> Record:
        """The record. Raises KeyError."""
        return self._records[id]

    def get(self, id: str | None) -> Record | None:
        return self._records.get(id) if id is not None else None

    def of(self, type_: type[R], id: str | None) -> R | None:
        """The record where it exists and is of that class."""
        record = self.get(id)
        return record if isinstance(record, type_) else None

    def of_type(self, name: str) -> list[Record]:
        """All records of a type, in no particular order."""
        return list(self._by_type.get(name, {}).values())

    def types(self) -> list[str]:
        """The names of the types of which there are records, or were."""
        return list(self._by_type)

    def ids_of_type(self, name: str) -> KeysView[str]:
        return self._by_type.get(name, {}).keys()

    def referrers(self, id: str, relation: str | None = None) -> Iterator[Record]:
        """The records that refer to this one, through one relation or any. What is written meanwhile is not seen."""
        edges = self._predecessors.get(id, {})
        sources = edges if relation is None else [source for source, keys in edges.items() if relation in keys]
        return iter([self._records[source] for source in sources])

    def referrers_to_both(self, first: tuple[str, str], second: tuple[str, str]) -> list[Record]:
        """The records that refer to two others, each given as id and relation; in no particular order.

        The first question about two relations takes some ms in a large map, the following ones as long as in a small.
        """
        relations = first[1], second[1]
        if relations not in self._pairs:
            self._pairs[relations] = PairIndex(relations, self)
        return [self._records[id] for id in self._pairs[relations].at((first[0], second[0]))]

    def kept(self, make: Callable[[RecordGraph], T], *types: str) -> T:
        """What `make` finds out of the records of these types alone; asked again only once one of them was written."""
        state = [self._writes[name] for name in types]
        known = self._kept.get(make)
        if known is None or known[0] != state:
            known = self._kept[make] = state, make(self)
        value: T = known[1]
        return value

    def apply(self, diff: Diff) -> None:
        """Brings every record of the diff to its `after`. Ids of which there is nothing to remove are passed over."""
        for id, (_, after) in diff.items():
            if after is not None:
                self._put(after)
            elif id in self._records:
                self._remove(id)

    def _put(self, record: Record) -> None:
        id = record.id
        before = self._records.get(id)
        self._writes[record.type] += 1
        if before is not None and before.type != record.type:
            self._writes[before.type] += 1
            del self._by_type[before.type][id]
        self._records[id] = self._by_type.setdefault(record.type, {})[id] = record
        self._nodes[id] = {"record": record}
        if before is None:
            self._successors[id] = {}
            self._predecessors.setdefault(id, {})
        elif _edges(before) == _edges(record):
            return
        else:
            self._disconnect(before)
        self._connect(record)

    def _remove(self, id: str) -> None:
        record = self._records.pop(id)
        self._writes[record.type] += 1
        del self._by_type[record.type][id]
        self._nodes[id] = {}
        self._disconnect(record)
        self._drop_if_idle(id)

    def _connect(self, record: Record) -> None:
        """Adds the edges that follow from a record's references."""
        targets = self._successors[record.id]
        for target, keys in _edges(record):
            if target not in self._predecessors:
                self._nodes[target], self._successors[target], self._predecessors[target] = {}, {}, {}
            edge = keys if target not in targets else targets[target] | keys
            targets[target] = self._predecessors[target][record.id] = edge
        for pairs in self._pairs.values():
            pairs.add(record)

    def _disconnect(self, record: Record) -> None:
        """Drops the edges that follow from a record's references."""
        id = record.id
        targets, self._successors[id] = self._successors[id], {}
        for target in targets:
            del self._predecessors[target][id]
            if target != id:
                self._drop_if_idle(target)
        for pairs in self._pairs.values():
            pairs.discard(record)

    def _drop_if_idle(self, id: str) -> None:
        """A node without a record stays only while somebody still refers to it, as may be halfway through an edit."""
        if id not in self._records and not self._predecessors[id]:
            del self._nodes[id], self._successors[id], self._predecessors[id]

    def _fill(self, all_records: list[Record]) -> None:
        """What `_put` does, for all records of a map at once and twice as fast. Raises DuplicateIdError.

        One pass that touches each record once: what it costs is less the work than fetching the records from memory.
        """
        records, by_type, nodes = self._records, self._by_type, self._nodes
        successors, predecessors = self._successors, self._predecessors
        for record in all_records:
            values, record_class = record.__dict__, record.__class__
            id, type_name = values["id"], values["type"]
            if type_name not in by_type:
                by_type[type_name] = {}
            records[id] = by_type[type_name][id] = record
            nodes[id] = {"record": record}
            targets = successors[id] = {}
            predecessors.setdefault(id, {})
            singles, manifold = _edge_fields(record_class)
            for field, keys in singles:
                target = values[field]
                if target is None:
                    continue
                targets[target] = edge = keys if target not in targets else targets[target] | keys
                if target in predecessors:
                    predecessors[target][id] = edge
                else:
                    predecessors[target] = {id: edge}
            for field, keys in manifold:
                for target in values[field]:
                    targets[target] = edge = keys if target not in targets else targets[target] | keys
                    predecessors.setdefault(target, {})[id] = edge
        for id in predecessors.keys() - nodes.keys():
            nodes[id], successors[id] = {}, {}
        if len(records) < len(all_records):
            raise DuplicateIdError(all_records)


_SHARED_KEYS: dict[str, EdgeKeys] = {}


def _shared_keys(relation: str) -> EdgeKeys:
    return _SHARED_KEYS.setdefault(relation, {relation: {}})


@cache
def _edge_fields(record_class: type[Record]) -> tuple[list[FieldEdge], list[FieldEdge]]:
    """Field and key dict of each reference that records of the class can have: first those to one, then to many."""
    singles: list[FieldEdge] = []
    manifold: list[FieldEdge] = []
    for field, reference in record_class.REFERENCES.items():
        (manifold if reference.many else singles).append((field, _shared_keys(reference.relation)))
    return singles, manifold


def _edges(record: Record) -> list[tuple[str, EdgeKeys]]:
    """Target and key dict of each reference that is set, one for each of many."""
    values = record.__dict__
    singles, manifold = _edge_fields(record.__class__)
    edges = [(values[field], keys) for field, keys in singles if values[field] is not None]
    for field, keys in manifold:
        edges += [(target, keys) for target in values[field]]
    return edges
