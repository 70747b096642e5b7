"""Maps that are saved again and again, for the tests of what a file remembers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.files import MapFile, dumps, loads
from app.files.history import Moment
from app.files.revisions import records_at, revisions_of
from app.model.records import MapRecord, Record
from tests.files import builders as build


def titled(title: str, *others: Record) -> list[Record]:
    """The small map under another title, and more."""
    records = build.records()
    return [record.changed(title=title) if isinstance(record, MapRecord) else record for record in records] + [*others]


def saved(file: MapFile, records: Iterable[Record], sitting: int = 1, minute: int = 0) -> MapFile:
    """What is on disk afterwards."""
    held = replace(file.holding(records), moment=Moment(f"2026-11-22T09:{minute:02}:00Z", sitting))
    return loads(dumps(held))


def begun(title: str = "A") -> MapFile:
    """A new map, saved once."""
    return saved(MapFile((), map_id="f" * 32), titled(title))


def with_titles(titles: Iterable[str], sitting: int = 1, file: MapFile | None = None) -> MapFile:
    """The map saved under one title after the other."""
    for title in titles:
        file = saved(file or MapFile((), map_id="f" * 32), titled(title), sitting)
    assert file is not None
    return file


def title_of(records: Iterable[Record] | None) -> str | None:
    return next((record.title for record in records or () if isinstance(record, MapRecord)), None)


def titles(file: MapFile) -> list[str | None]:
    """Those of all versions, the newest first."""
    return [title_of(records_at(file, revision.rev)) for revision in revisions_of(file)]
