"""What differs at one record, and how many differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from app.model.comparison.texts import Piece, diff_words
from app.model.meaning import label_of, meaning_of
from app.model.records import Record

Kind = Literal["added", "removed", "changed", "moved"]


class FieldChange(NamedTuple):
    """A field with another value, as the records hold it; None too where the field was not there at all.

    `label` is what the field is called in English; `is_text` whether it holds words, which `pieces` compares.
    """

    field: str
    label: str
    before: Any
    after: Any
    is_text: bool

    @property
    def pieces(self) -> list[Piece]:
        """The two texts word by word; of other values none."""
        return diff_words(self.before or "", self.after or "") if self.is_text else []


@dataclass(frozen=True)
class Change:
    """How one record differs: added (`before` is None), removed (`after` is None), or changed, moved or both.

    `fields` has what changed beside its place. `moved` names the fields by which it lies elsewhere: `step`, `lane`,
    `to_step`, `stage`, `at`, `x`, `y`, or `order` for another place among its siblings. `stage` is the stage to which
    the change counts, None: the map.
    """

    id: str
    before: Record | None
    after: Record | None
    fields: tuple[FieldChange, ...] = ()
    moved: frozenset[str] = frozenset()
    stage: str | None = None

    @property
    def record(self) -> Record:
        """The record as it is, or as it was where it is gone."""
        record = self.after if self.after is not None else self.before
        assert record is not None
        return record

    @property
    def type(self) -> str:
        return self.record.type

    @property
    def kind(self) -> Kind:
        """Under which sign it goes: one that was moved and changed goes as changed."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "changed" if self.fields else "moved"

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """All signs that fit: one that was moved and changed has both."""
        return ("changed", "moved") if self.fields and self.moved else (self.kind,)


def field_change(record_class: type[Record], name: str, before: Any, after: Any) -> FieldChange:
    """A change of a field with its label."""
    is_text = meaning_of(record_class, name) == "text" and {type(before), type(after)} <= {str, type(None)}
    return FieldChange(name, label_of(record_class, name), before, after, is_text)


class Counts(NamedTuple):
    """How many records were added, removed, changed, moved. One that was moved and changed counts in both."""

    added: int = 0
    removed: int = 0
    changed: int = 0
    moved: int = 0
