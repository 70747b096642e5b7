"""What a file keeps of its past: every state byte for byte, within limits, and never at the price of the map."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.files import Damaged, FileError, MapFile, dumps, limits, loads
from app.files.history import Moment, moment_of, pictures_in
from app.files.lines import write_records
from app.files.revisions import file_at, find_base, has_history, named, named_now, records_at, revisions_of, steps_of
from app.files.states import HISTORY_PART
from app.model.records import MapRecord, Record
from tests.files import builders as build
from tests.files.strategies import sound_maps
from tests.files.version_builders import begun, saved, titled, titles, with_titles

Spoil = Callable[[bytes], bytes]


def part_of(file: MapFile) -> bytes:
    return file.parts[HISTORY_PART]


def with_part(file: MapFile, part: bytes) -> MapFile:
    """The file as it opens with another history in it."""
    return loads(dumps(replace(file, parts={**file.parts, HISTORY_PART: part})))


class Save(NamedTuple):
    """What is saved: which of the maps, under which title; whether it was opened anew, and how that is called."""

    which: int
    title: str
    is_new_sitting: bool
    name: str


saves = st.builds(Save, st.integers(0, 1), st.sampled_from("ABCDEF"), st.booleans(), st.sampled_from(["", "", "W"]))


@settings(max_examples=20)
@given(sound_maps(), sound_maps(), st.lists(saves, min_size=1, max_size=30))
def test_every_kept_state_comes_back_byte_for_byte(one: list[Record], other: list[Record], steps: list[Save]) -> None:
    file, sitting, written = MapFile(()), 1, {}
    for which, title, is_new_sitting, name in steps:
        records = [
            record.changed(title=title) if isinstance(record, MapRecord) else record for record in (one, other)[which]
        ]
        sitting += is_new_sitting
        held = replace(file.holding(records), moment=Moment("2026-11-22T09:00:00Z", sitting))
        file = loads(dumps(named_now(held, name) if name else held))
        written[file.rev] = write_records(records)
    versions = revisions_of(file)
    assert versions[0].rev == file.rev
    assert {version.rev for version in versions} <= written.keys()
    for version in versions:
        assert write_records(records_at(file, version.rev)) == written[version.rev]
    assert dumps(loads(dumps(file))) == dumps(file)


class TestLimits:
    def test_all_states_of_the_newest_sittings_stay_and_the_last_of_older_ones(self) -> None:
        file = None
        for sitting in range(1, 9):
            file = with_titles([f"{sitting}{letter}" for letter in "abc"], sitting, file)
        assert file is not None
        whole = [f"{sitting}{letter}" for sitting in range(8, 8 - limits.WHOLE_SITTINGS, -1) for letter in "cba"]
        assert titles(file) == [*whole, "3c", "2c", "1c"]

    def test_of_many_sittings_the_newest_stay(self) -> None:
        file = None
        for sitting in range(1, limits.SITTINGS + 8):
            file = with_titles([str(sitting)], sitting, file)
        assert file is not None
        assert titles(file) == [str(sitting) for sitting in range(limits.SITTINGS + 7, 7, -1)]

    def test_one_long_sitting_has_its_limit_and_what_has_a_name_stays_beyond_it(self) -> None:
        file = named_now(with_titles(["first"]), "Workshop")
        count = 4 * limits.UNNAMED_STATES
        file = with_titles((str(number) for number in range(count)), 1, loads(dumps(file)))
        *kept, first = titles(file)
        assert first == "first"
        assert len(kept) <= limits.UNNAMED_STATES + 1
        newest = limits.UNNAMED_STATES // 2
        assert kept[:newest] == [str(count - 1 - number) for number in range(newest)]
        assert int(kept[-1] or 0) < count // 2, "something of the beginning is there, too"

    def test_names_have_a_limit_too(self) -> None:
        file = MapFile(())
        for number in range(limits.NAMED_STATES + 3):
            held = replace(file.holding(titled(str(number))), moment=moment_of(number + 1))
            file = loads(dumps(named_now(held, f"v{number}")))
        names = [version.name for version in revisions_of(file)]
        assert names == [f"v{number}" for number in range(limits.NAMED_STATES + 2, 1, -1)]

    def test_it_never_outgrows_the_map_and_names_go_last(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits, "HISTORY_BYTES", 4_000)
        monkeypatch.setattr(limits, "HISTORY_SHARE", 1)
        file = loads(dumps(named_now(begun("named " + "n" * 400), "Keep")))
        for number in range(30):
            file = saved(file, titled(f"{number} {'x' * 400}"))
            assert len(part_of(file)) <= 4_000
        kept = [title and title.split()[0] for title in titles(file)]
        assert kept[:3] == ["29", "28", "27"]
        assert kept[-1] == "named"
        assert len(kept) < 10

    def test_it_is_never_what_makes_a_map_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        file = with_titles("ABC")
        monkeypatch.setattr(limits, "FILE_BYTES", limits.PACKAGING_BYTES + len(file.written) + 300)
        assert titles(saved(file, titled("D"))) == ["D"]

    def test_pictures_of_the_past_have_a_limit_and_the_newest_stay(self, monkeypatch: pytest.MonkeyPatch) -> None:
        pictures = [build.PNG + bytes([number]) * 1_000 for number in range(4)]
        monkeypatch.setattr(limits, "HISTORY_PICTURES_BYTES", 2_500)
        file = MapFile(())
        for data in pictures:
            [name] = build.media(data, "png")
            image = build.records(
                [*build.SMALL, {**build.SMALL[8], "id": "c_9", "kind": "image", "picture": name.removeprefix("media/")}]
            )
            file = saved(replace(file, parts={**file.parts, name: data}), image)
        media = {name for name in file.parts if name.startswith("media/")}
        assert media == {name for data in pictures[1:] for name in build.media(data, "png")}

    def test_they_never_make_too_many_parts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        [name] = build.media(build.PNG, "png")
        image = {**build.SMALL[8], "id": "c_9", "kind": "image", "picture": name.removeprefix("media/")}
        file = saved(replace(MapFile(()), parts={name: build.PNG, "x": b""}), build.records([*build.SMALL, image]))
        assert name in saved(file, titled("B")).parts
        monkeypatch.setattr(limits, "PARTS", 6)
        assert set(saved(file, titled("B")).parts) == {"x", HISTORY_PART}

    def test_names_of_pictures_are_found_in_lines(self) -> None:
        names = {f"{'a1' * 32}.png", f"{'b2' * 32}.webp", f"{'c3' * 32}.jpg"}
        noise = ['"x.png"', f'"{"Z" * 64}.png"', f"{'d4' * 20}.jpg", ".webp"]
        assert pictures_in("\n".join([*noise, *(f'"p":"{name}"' for name in names), *noise]).encode()) == names


BOMB = json.dumps({"rev": "1" * 64, "lines": 10**8}).encode()

SPOILED: dict[str, Spoil] = {
    "cut off": lambda part: part[:-5],
    "nothing": lambda _: b"",
    "no JSON": lambda _: b"\x00\xff\n",
    "no version": lambda part: part.replace(b'{"history":1}', b'{"history":"1"}'),
    "no newest state": lambda _: b'{"history":1}\n',
    "more lines than there are": lambda part: part + BOMB + b"\n",
    "a negative number of lines": lambda part: part.replace(b'"lines":1', b'"lines":-1'),
    "a line that is too long": lambda part: part + b"x" * (limits.LINE_BYTES + 1) + b"\n",
    "too many lines": lambda part: part + b"\n" * limits.HISTORY_LINES,
    "too many states": lambda part: part + (json.dumps({"rev": "1" * 64}) + "\n").encode() * 1_001,
    "nested too deeply": lambda part: part + b'{"a":' * 5_000 + b"\n",
    "a time that is none": lambda part: part.replace(b"2026-11-22T", b"2026-99-22T"),
    "a name that is too long": lambda part: part.replace(b'"sitting":1', b'"name":"' + b"x" * 300 + b'","sitting":1'),
    "parents that are none": lambda part: part.replace(b'"sitting":1', b'"gone":["x"],"sitting":1'),
    "schemas that are none": lambda part: part.replace(b'"sitting":1', b'"schemas":[],"sitting":1'),
    "a revision that is none": lambda part: part.replace(b'"rev":"', b'"rev":"x'),
    "other records": lambda part: part.replace(b'"rev":"', b'"rev":"' + b"0" * 64 + b'","x":"', 1),
}


class TestHostile:
    @pytest.mark.parametrize("name", SPOILED)
    def test_a_spoiled_history_keeps_no_map_from_opening_and_is_left_out(
        self, name: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        file = with_titles("ABC")
        part = SPOILED[name](part_of(file))
        assert part != part_of(file)
        with caplog.at_level(logging.WARNING):
            opened = with_part(file, part)
            assert titles(opened) == ["C"]
        assert "history of a map is left out" in caplog.text
        assert len(steps_of(opened)) == 1
        assert find_base(opened, file) == opened.records
        assert titles(saved(opened, titled("D"))) == ["D", "C"]

    def test_a_state_that_is_not_what_it_says_is_never_shown(self) -> None:
        file = with_titles("ABC")
        torn = with_part(file, part_of(file).replace(b'"title":"B"', b'"title":"X"'))
        newest, wrong, _ = revisions_of(torn)
        with pytest.raises(Damaged, match="the map is as it was"):
            records_at(torn, wrong.rev)
        assert records_at(torn, newest.rev) == torn.records
        later = saved(torn, titled("D"))
        assert records_at(later, later.parents[0]) == torn.records

    @pytest.mark.parametrize("line", [b"[]", b'{"id":5}', b'{"type":"card"}', b'{"id":"map","type":1}', b"\xff"])
    def test_a_line_that_is_no_record_is_found_when_it_is_needed(
        self, line: bytes, caplog: pytest.LogCaptureFixture
    ) -> None:
        file = with_titles("ABC")
        lines = part_of(file).split(b"\n")
        at = next(at for at, one in enumerate(lines) if b'"title":"B"' in one)
        torn = with_part(file, b"\n".join([*lines[:at], line, *lines[at + 1 :]]))
        with pytest.raises(Damaged):
            records_at(torn, revisions_of(torn)[1].rev)
        with caplog.at_level(logging.WARNING):
            assert len(steps_of(torn)) == 3
        assert "in part only" in caplog.text
        for sitting in range(2, 9):
            torn = saved(torn, titled(f"sitting {sitting}"), sitting)
            torn = saved(torn, titled(f"sitting {sitting} again"), sitting)
        assert titles(torn)[0] == "sitting 8 again"

    def test_revisions_that_lead_in_a_circle_are_states_like_others(self) -> None:
        file = with_titles("ABAB")
        circle = with_part(file, part_of(file) + json.dumps({"rev": file.rev, "parents": [file.rev]}).encode() + b"\n")
        assert titles(circle)[:2] == ["B", "A"]
        assert find_base(circle, file) == file.records

    def test_that_of_a_newer_version_is_kept_as_it_is(self) -> None:
        newer = b'{"history":2,"what":"nobody knows"}\n\x00'
        file = with_part(begun(), newer.removesuffix(b"\x00"))
        later = saved(file, titled("B"))
        assert part_of(later) == part_of(file) == newer.removesuffix(b"\x00")
        assert (titles(later), later.parents) == (["B"], (file.rev,))
        assert has_history(later)
        assert dumps(file_at(later, later.rev)) == dumps(later)
        with pytest.raises(FileError, match=r"only that can name versions\. Nothing was changed"):
            named(later, revisions_of(later)[0], "x")
        with pytest.raises(FileError, match="newer Journey Mapper keeps the history"):
            named_now(later, "x")
