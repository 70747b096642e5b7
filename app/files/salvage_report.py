"""What became of a damaged file, in plain sentences: how much was read, repaired and lost, as far as one can know."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from app.model.document import Document
from app.model.records import Card
from app.model.restoring import Restored


@dataclass
class Tally:
    """What is counted while the lines are read. `bytes` are those of all lines that were found."""

    lines: int = 0
    bytes: int = 0
    illegible: int = 0
    repeated: int = 0
    mended: set[str] = field(default_factory=set)

    def add_line(self, size: int) -> None:
        self.lines += 1
        self.bytes += size


@dataclass(frozen=True)
class Report:
    """What was read of a damaged file. `missing` is an estimate, None where the file no longer tells.

    `records` and `cards` were read, `mended` of them with a field lost or leading elsewhere; `illegible` lines were
    not; `stand_ins` by type were made for what is lost; `left_out` records made no sense without what is lost.
    """

    records: int
    cards: int
    mended: int
    illegible: int
    missing: int | None
    stand_ins: dict[str, int]
    left_out: int
    lost_pictures: int
    lost_parts: int
    is_proven: bool

    @classmethod
    def of(
        cls,
        document: Document,
        map_: Restored,
        tally: Tally,
        *,
        records_bytes: int,
        lost_parts: int,
        is_proven: bool,
    ) -> Report:
        made_up = {record.id for record in map_.stand_ins}
        kept = [record for record in map_.records if record.id not in made_up]
        mended = (tally.mended | map_.mended) & {record.id for record in kept}
        return cls(
            records=len(kept),
            cards=sum(isinstance(record, Card) for record in kept),
            mended=len(mended),
            illegible=tally.illegible,
            missing=0 if is_proven else _missing(tally, records_bytes),
            stand_ins=dict(Counter(record.type for record in map_.stand_ins)),
            left_out=len(map_.dropped) + tally.repeated,
            lost_pictures=len(document.missing_pictures),
            lost_parts=lost_parts,
            is_proven=is_proven,
        )

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing at all."""
        return self.is_proven and not self.lost_pictures and not self.lost_parts

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "complete": self.is_complete}

    def sentences(self) -> list[str]:
        """For the user, the most important first."""
        if self.is_proven:
            told = [f"All {self.records:,} records were read, {self.cards:,} of them cards."]
        else:
            told = [f"{_counted(self.records, 'record')} could be read, {self.cards:,} of them cards."]
            told += self._of_records()
        if self.lost_pictures:
            told.append(f"Pictures that could not be read: {self.lost_pictures:,}. A sign shows where each was.")
        if self.lost_parts:
            told.append("What else was kept in the file, such as its older versions, could not be taken over.")
        return told if not self.is_complete else [*told, "Nothing is missing."]

    def _of_records(self) -> list[str]:
        told = []
        if self.illegible:
            told.append(f"Too broken to be read: {_counted(self.illegible, 'record')}.")
        if self.missing:
            told.append(f"Gone from the file altogether: about {_counted(self.missing, 'record')}.")
        if self.missing is None:
            told.append("Whether more is missing the file no longer tells.")
        if self.mended:
            told.append(f"Repaired, without a field or what led to something lost: {_counted(self.mended, 'record')}.")
        if self.stand_ins:
            names = ", ".join(_named(name, count) for name, count in sorted(self.stand_ins.items()))
            told.append(f"Made up in place of what is lost, and named “Recovered …”: {names}.")
        if self.left_out:
            told.append(f"Left out, being nothing without what is lost: {_counted(self.left_out, 'record')}.")
        told.append("The checksum of the records does not fit, so letters or numbers elsewhere may be wrong too.")
        return told


def _missing(tally: Tally, records_bytes: int) -> int | None:
    """How many records are gone, by the bytes that are."""
    if not records_bytes or not tally.lines:
        return None
    gone = records_bytes - tally.bytes
    return max(0, round(gone * tally.lines / max(1, tally.bytes)))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _named(name: str, count: int) -> str:
    return "the record of the map itself" if name == "map" else _counted(count, name)
