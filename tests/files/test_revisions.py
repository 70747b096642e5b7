"""A map carries the versions that it had, and two copies find where they parted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.files import FileError, MapFile, dumps, loads
from app.files.errors import NoSuchVersion
from app.files.mapfile import opened
from app.files.revisions import (
    Change,
    Revision,
    begun_from,
    file_at,
    find_base,
    has_history,
    named,
    named_now,
    next_sitting,
    records_at,
    revisions_of,
    steps_of,
    without_history,
)
from app.model.records import Record
from tests.files import builders as build
from tests.files.version_builders import begun, saved, title_of, titled, titles, with_titles

NOTE = build.SMALL[8]


def card(id: str, **fields: object) -> Record:
    return build.records([*build.SMALL, {**NOTE, "id": id, **fields}])[-1]


def named_as(file: MapFile, title: str, name: str) -> MapFile:
    """The file after the version under a title was given a name."""
    at = titles(file).index(title)
    return loads(dumps(named(file, revisions_of(file)[at], name)))


def test_each_save_of_other_records_is_a_version_with_a_parent_and_a_time() -> None:
    first = begun()
    second = saved(first, titled("B"), minute=5)
    now, before = revisions_of(second)
    assert (now.rev, now.parents, now.time) == (second.rev, (first.rev,), datetime(2026, 11, 22, 9, 5, tzinfo=UTC))
    assert (before.rev, before.parents, before.time) == (first.rev, (), datetime(2026, 11, 22, 9, tzinfo=UTC))
    assert second.parents == (first.rev,)
    assert titles(second) == ["B", "A"]
    assert revisions_of(MapFile(tuple(titled("never saved")))) == []


def test_the_same_records_are_the_same_file() -> None:
    file = with_titles("AB")
    assert dumps(saved(file, file.records, sitting=7, minute=30)) == dumps(file)


def test_a_version_that_is_not_there_is_said_to_be_gone() -> None:
    file = with_titles("AB")
    nowhere = Revision("0" * 64, None, "", (), 1)
    for ask in (lambda: records_at(file, "0" * 64), lambda: file_at(file, "0" * 64), lambda: named(file, nowhere, "x")):
        with pytest.raises(NoSuchVersion, match=r"no longer in the file; the map is as it was\."):
            ask()


def test_what_each_version_changed_is_counted_by_type() -> None:
    first = saved(MapFile(()), titled("A", card("c_3"), card("c_4")))
    second = saved(first, titled("B", card("c_4", title="New"), card("c_5"), card("c_6")))
    newest, oldest = steps_of(second)
    assert dict(newest.added) == {"card": 2}
    assert dict(newest.removed) == {"card": 1}
    assert dict(newest.changed) == {"card": 1, "map": 1}
    assert oldest == Change()


class TestNames:
    def test_a_version_gets_another_name_and_loses_it(self) -> None:
        file = named_as(with_titles("ABC"), "A", "  Workshop\n 1 ")
        assert [revision.name for revision in revisions_of(file)] == ["", "", "Workshop 1"]
        assert titles(file) == ["C", "B", "A"]
        assert [revision.name for revision in revisions_of(named_as(file, "A", ""))] == ["", "", ""]
        assert dumps(named_as(named_as(file, "A", ""), "A", "Workshop 1")) == dumps(file)

    def test_what_is_saved_now_is_named_as_it_is_saved(self) -> None:
        file = named_now(with_titles("AB").holding(titled("C")), "Client review")
        assert [(each.name, title) for each, title in zip(revisions_of(file), titles(file), strict=True)] == [
            ("Client review", "C"),
            ("", "B"),
            ("", "A"),
        ]

    def test_a_file_of_before_there_was_history_can_be_named(self) -> None:
        file = loads(dumps(build.records()))
        assert [revision.name for revision in revisions_of(loads(dumps(named_now(file, "First"))))] == ["First"]

    def test_going_back_to_a_named_version_keeps_its_name_and_time(self) -> None:
        file = saved(named_as(begun("A"), "A", "Workshop"), titled("B"), minute=5)
        back = saved(file, titled("A"), minute=9)
        assert [(each.name, each.time and each.time.minute) for each in revisions_of(back)] == [
            *(("", 9), ("", 5), ("Workshop", 0))
        ]
        twice = saved(saved(back, titled("B"), minute=10), titled("A"), minute=11)
        assert titles(twice) == ["A", "B", "A"]


class TestIdentity:
    def test_copies_of_an_old_file_agree_on_what_map_it_is(self) -> None:
        old = build.sealed(loads(dumps(build.records())).written)
        one, other = saved(loads(old), titled("mine")), saved(loads(old), titled("theirs"))
        assert one.map_id == other.map_id == loads(old).rev[:32]
        assert saved(one, titled("later")).map_id == one.map_id
        assert dumps(loads(dumps(build.records()))) == dumps(build.records())

    @pytest.mark.parametrize("wrong", [[1], "", "ä", "x" * 65])
    def test_what_is_no_identity_is_refused(self, wrong: object) -> None:
        with pytest.raises(FileError, match="mapId"):
            loads(build.sealed(mapId=wrong))

    def test_what_is_begun_from_a_template_is_a_map_of_its_own(self) -> None:
        template = with_titles("AB")
        one, other = begun_from(template), begun_from(template)
        assert len({one.map_id, other.map_id, template.map_id}) == 3
        first = saved(one, one.records)
        assert (first.parents, len(revisions_of(first)), first.map_id) == ((), 1, one.map_id)

    def test_a_version_as_a_copy_has_the_past_it_had_then(self) -> None:
        file = with_titles("ABCD")
        copy = file_at(file, revisions_of(file)[2].rev)
        assert (titles(copy), copy.map_id, copy.path, copy.fingerprint) == (["B", "A"], file.map_id, None, None)
        later = saved(copy, titled("E"), next_sitting(copy))
        assert titles(later) == ["E", "B", "A"]
        assert title_of(find_base(file, later)) == "B"
        assert title_of(opened(copy).document.records) == "B"


class TestBase:
    def test_copies_edited_apart_find_the_state_in_which_they_parted(self) -> None:
        file = with_titles("AB")
        mine, theirs = file, saved(file, titled("theirs"), sitting=2, minute=9)
        for minute in range(2, 12):
            mine = saved(mine, titled(f"mine {minute}"), minute=minute)
        for one, other in ((mine, theirs), (theirs, mine), (mine, file), (file, file)):
            assert title_of(find_base(one, other)) == "B"
        assert find_base(mine, saved(MapFile(()), titled("another map"))) is None

    def test_after_a_merge_it_is_what_was_merged(self) -> None:
        file = begun()
        mine, theirs = saved(file, titled("mine")), saved(file, titled("theirs"), sitting=2)
        merged = saved(replace(mine, merged=(theirs.rev,)), titled("both"))
        assert merged.parents == (mine.rev, theirs.rev)
        later = saved(theirs, titled("theirs again"), sitting=3)
        assert title_of(find_base(merged, later)) == title_of(find_base(later, merged)) == "theirs"

    def test_a_copy_that_brought_nothing_new_is_a_parent_all_the_same(self) -> None:
        mine, theirs = with_titles("AB"), saved(begun(), titled("theirs"), sitting=2)
        merged = saved(replace(mine, merged=(theirs.rev,)), mine.records)
        assert (merged.rev, set(merged.parents)) == (mine.rev, {*mine.parents, theirs.rev})
        assert title_of(find_base(merged, saved(theirs, titled("later"), sitting=3))) == "theirs"

    def test_a_state_that_one_copy_has_forgotten_comes_from_the_other(self) -> None:
        middle = with_titles("AB")
        mine = with_titles((f"mine {number}" for number in range(70)), 1, middle)
        assert "B" not in titles(mine)
        theirs = saved(middle, titled("theirs"), sitting=2)
        assert title_of(find_base(mine, theirs)) == title_of(find_base(theirs, mine)) == "B"

    def test_copies_without_history_still_find_where_they_parted(self) -> None:
        file = with_titles("AB")
        client = loads(dumps(without_history(file)))
        mine, theirs = saved(file, titled("mine")), saved(client, titled("theirs"), next_sitting(client))
        assert title_of(find_base(mine, theirs)) == "B"

    def test_who_goes_back_has_not_forgotten_what_was_sent_away(self) -> None:
        sent = saved(begun("A"), titled("B"), minute=1)
        theirs = saved(sent, titled("theirs"), sitting=2, minute=5)
        back = saved(sent, titled("A"), minute=3)
        assert title_of(find_base(back, theirs)) == title_of(find_base(theirs, back)) == "B"
        later = saved(back, titled("theirs too"), sitting=2, minute=6)
        assert title_of(find_base(back, later)) == title_of(find_base(later, back)) == "A"

    def test_a_damaged_state_is_passed_over(self) -> None:
        file = with_titles("ABC")
        part = file.parts["history/states.jsonl"].replace(b'"title":"B"', b'"title":"X"')
        torn = replace(file, parts={**file.parts, "history/states.jsonl": part})
        theirs = saved(file_at(file, revisions_of(file)[1].rev), titled("theirs"), sitting=2)
        assert title_of(find_base(torn, theirs)) == "B"
        assert title_of(find_base(torn, saved(torn, titled("D")))) == "C"


class TestWithoutHistory:
    def test_nothing_of_the_past_is_left_in_the_bytes(self) -> None:
        secret = card("c_secret", title="The client must not see this")
        file = saved(saved(begun(), titled("B", secret)), titled("C"))
        file = loads(dumps(named(file, revisions_of(file)[1], "Internal review")))
        assert all(word in dumps(file) for word in (b"must not see", b"c_secret", b"Internal review"))
        clean = dumps(without_history(file))
        for word in (b"must not see", b"c_secret", b"Internal review", b"2026", *(p.encode() for p in file.parents)):
            assert word not in clean
        back = loads(clean)
        assert (titles(back), back.parents, back.map_id, has_history(back)) == (["C"], (), file.map_id, False)
        assert has_history(file)
        assert not has_history(begun())

    def test_pictures_of_the_past_go_with_it(self) -> None:
        image = card("c_9", kind="image", picture=f"{build.digest(build.PNG)}.png")
        first = saved(replace(MapFile(()), parts=build.media(build.PNG, "png")), titled("A", image))
        second = saved(first, titled("B"))
        [name] = build.media(build.PNG, "png")
        assert name in second.parts
        assert name not in without_history(second).parts
        assert opened(file_at(second, first.rev)).document.missing_pictures == frozenset()

    def test_what_a_newer_version_keeps_there_goes_too(self) -> None:
        file = loads(build.sealed(parts={"history/more.bin": b"secret", "other": b"stays"}))
        assert set(without_history(file).parts) == {"other"}
