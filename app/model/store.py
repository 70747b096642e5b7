"""The records of a map in a networkx graph: a node per record, an edge per reference.

`apply` is the only way in. Edges are keyed by relation (`in_stage`, `at_step`, `of_persona`, …) and always follow from
the records: a graph rebuilt from them equals the one kept by diffs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, KeysView
from typing import TypeVar

from networkx import MultiDiGraph

from app.model.diff import Diff
from app.model.records import Record

R = TypeVar("R", bound=Record)


class RecordGraph:
    """Records by id and by type, and who refers to whom."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._records: dict[str, Record] = {record.id: record for record in records}
        self._by_type: dict[str, dict[str, Record]] = {}
        for id, record in self._records.items():
            by_type = self._by_type.get(record.type)
            if by_type is None:
                by_type = self._by_type[record.type] = {}
            by_type[id] = record
        self.graph: MultiDiGraph[str] = _graph_of(self._records)

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

    def ids_of_type(self, name: str) -> KeysView[str]:
        return self._by_type.get(name, {}).keys()

    def referrers(self, id: str, relation: str | None = None) -> Iterator[Record]:
        """The records that refer to this one, through one relation or any."""
        if id not in self.graph:
            return
        for source, keys in self.graph.pred[id].items():
            if (relation is None or relation in keys) and source in self._records:
                yield self._records[source]

    def apply(self, diff: Diff) -> None:
        """Brings every record of the diff to its `after`."""
        for id, (_, after) in diff.items():
            if after is None:
                self._remove(id)
            else:
                self._put(after)

    def _put(self, record: Record) -> None:
        id = record.id
        before = self._records.get(id)
        if before is not None:
            self._forget(before)
        self._records[id] = record
        self._by_type.setdefault(record.type, {})[id] = record
        self.graph.add_node(id, record=record)
        values = record.__dict__
        for field, reference in record.REFERENCES.items():
            target = values[field]
            if target is not None:
                self.graph.add_edge(id, target, reference.relation)

    def _forget(self, record: Record) -> None:
        """Drops what follows from a record: its place in the index and its own references."""
        del self._by_type[record.type][record.id]
        targets = list(self.graph.succ[record.id])
        for target in targets:
            for relation in list(self.graph.succ[record.id][target]):
                self.graph.remove_edge(record.id, target, relation)
            self._drop_if_empty(target)

    def _remove(self, id: str) -> None:
        self._forget(self._records.pop(id))
        if id in self.graph:
            self.graph.nodes[id].clear()
            self._drop_if_empty(id)

    def _drop_if_empty(self, id: str) -> None:
        """A node without a record stays only while somebody still refers to it, as may be halfway through an edit."""
        if id not in self._records and not self.graph.pred[id]:
            self.graph.remove_node(id)


def _graph_of(records: dict[str, Record]) -> MultiDiGraph[str]:
    """The graph of many records at once.

    Opening a large map spends much of its time here, so this fills the adjacency dicts that networkx documents for
    subclasses (`_node`, `_succ`, `_pred`) instead of calling `add_edge` 50,000 times, which takes five times as long.
    A test compares the result with the graph that `apply` builds.
    """
    graph: MultiDiGraph[str] = MultiDiGraph()
    nodes, successors, predecessors = graph._node, graph._succ, graph._pred
    classes: dict[type[Record], list[Record]] = {}
    for id, record in records.items():
        nodes[id] = {"record": record}
        successors[id] = {}
        predecessors[id] = {}
        classes.setdefault(record.__class__, []).append(record)
    for record_class, members in classes.items():
        for field, reference in record_class.REFERENCES.items():
            _add_references(graph, members, field, reference.relation)
    return graph


def _add_references(graph: MultiDiGraph[str], members: list[Record], field: str, relation: str) -> None:
    successors, predecessors = graph._succ, graph._pred
    for record in members:
        id, target = record.id, record.__dict__[field]
        if target is None:
            continue
        targets = successors[id]
        if target in targets:
            targets[target][relation] = {}
            continue
        if target not in predecessors:
            graph.add_node(target)
        targets[target] = predecessors[target][id] = {relation: {}}
