"""A map carries the versions that it had, and two copies find where they parted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.files import FileError, MapFile, dumps, loads
from app.files.history import Moment
from app.files.revisions import (
    find_base,
    records_at,
    revisions_of,
)
from app.model.records import MapRecord, Record
from tests.files import builders as build


def titled(title: str, *others: Record) -> list[Record]:
    """The small map under another title."""
    return [record.changed(title=title) if isinstance(record, MapRecord) else record for record in build.records()] + [
        *others
    ]


def saved(file: MapFile, records: Iterable[Record], sitting: int = 1, minute: int = 0) -> MapFile:
    """What is on disk afterwards."""
    held = replace(file.holding(records), moment=Moment(f"2026-11-22T09:{minute:02}:00Z", sitting))
    return loads(dumps(held))


def begun(title: str = "A") -> MapFile:
    return saved(MapFile((), map_id="f" * 32), titled(title))


def title_of(records: Iterable[Record] | None) -> str | None:
    return next((record.title for record in records or () if isinstance(record, MapRecord)), None)


def titles(file: MapFile) -> list[str | None]:
    return [title_of(records_at(file, revision.rev)) for revision in revisions_of(file)]


def test_each_save_of_other_records_is_a_version_with_a_parent_and_a_time() -> None:
    first = begun()
    second = saved(first, titled("B"), minute=5)
    now, before = revisions_of(second)
    assert (now.rev, now.parents, now.time) == (second.rev, (first.rev,), datetime(2026, 11, 22, 9, 5, tzinfo=UTC))
    assert (before.rev, before.parents, before.time) == (first.rev, (), datetime(2026, 11, 22, 9, tzinfo=UTC))
    assert second.parents == (first.rev,)
    assert titles(second) == ["B", "A"]


def test_the_same_records_are_the_same_file() -> None:
    file = saved(begun(), titled("B"))
    again = saved(file, file.records, sitting=7, minute=30)
    assert dumps(again) == dumps(file)


def test_copies_of_an_old_file_agree_on_what_map_it_is() -> None:
    old = build.sealed(loads(dumps(build.records())).written)
    one, other = saved(loads(old), titled("mine")), saved(loads(old), titled("theirs"))
    assert one.map_id == other.map_id == loads(old).rev[:32]
    assert saved(one, titled("later")).map_id == one.map_id
    assert dumps(loads(dumps(build.records()))) == dumps(build.records())
    with pytest.raises(FileError, match="mapId"):
        loads(build.sealed(mapId=[1]))


def test_copies_edited_apart_find_the_state_in_which_they_parted() -> None:
    file = saved(begun(), titled("B"), minute=1)
    mine, theirs = file, saved(file, titled("theirs"), sitting=2, minute=9)
    for minute in range(2, 12):
        mine = saved(mine, titled(f"mine {minute}"), minute=minute)
    assert title_of(find_base(mine, theirs)) == "B"
    assert title_of(find_base(theirs, mine)) == "B"
    assert title_of(find_base(mine, file)) == "B"
    assert title_of(find_base(file, file)) == "B"
    assert find_base(mine, saved(MapFile(()), titled("another map"))) is None


def test_after_a_merge_the_base_is_what_was_merged() -> None:
    file = begun()
    mine, theirs = saved(file, titled("mine"), minute=1), saved(file, titled("theirs"), sitting=2, minute=2)
    merged = saved(replace(mine, merged=(theirs.rev,)), titled("both"), minute=3)
    assert merged.parents == (mine.rev, theirs.rev)
    later = saved(theirs, titled("theirs again"), sitting=3, minute=4)
    assert title_of(find_base(merged, later)) == "theirs"
    assert title_of(find_base(later, merged)) == "theirs"
