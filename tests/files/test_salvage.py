"""What can be read of a damaged file is read: cards above all, in a map that is sound, with an honest report."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest

from app.files import MapFile, TooLarge, TooNew, dumps, limits, loads
from app.files.salvage import NothingToSalvage, Salvaged, salvage, salvage_bytes, was_a_map
from app.model.records import Card, Record
from app.paths import sample_dir
from benchmarks.torture_salvage import packed_anew, torture
from tests.files import builders as build

BROADBAND = (sample_dir() / "broadband.jmap").read_bytes()
WHOLE = {record.id: record for record in loads(BROADBAND).records}


def by_id(salvaged: Salvaged) -> dict[str, Record]:
    return {record.id: record for record in salvaged.opened.document.records}


def cards(records: dict[str, Record]) -> set[str]:
    return {id for id, record in records.items() if isinstance(record, Card)}


def replaced(old: bytes, new: bytes) -> bytes:
    """The small map with some of its bytes changed, and nothing else."""
    data = build.sealed(build.lines())
    assert data.count(old) == 1
    return data.replace(old, new)


def small(data: bytes) -> dict[str, Record]:
    return by_id(salvage_bytes(data))


def test_a_whole_file_is_read_whole() -> None:
    salvaged = salvage_bytes(BROADBAND)
    assert by_id(salvaged) == WHOLE
    assert salvaged.report.is_complete
    assert salvaged.report.sentences() == ["All 222 records were read, 113 of them cards.", "Nothing is missing."]
    assert dumps(salvaged.opened.file) == dumps(loads(BROADBAND))


@pytest.mark.parametrize("name", ["truncated", "zeroed", "removed"])
def test_without_the_end_of_the_zip_nothing_is_lost(name: str) -> None:
    table = BROADBAND.index(b"PK\x01\x02")
    spoilt = {"truncated": b"", "zeroed": bytes(len(BROADBAND) - table), "removed": BROADBAND[-22:]}[name]
    salvaged = salvage_bytes(BROADBAND[:table] + spoilt)
    assert by_id(salvaged) == WHOLE
    assert salvaged.report.is_complete
    assert set(salvaged.opened.document.media) == set(loads_media())


def loads_media() -> list[str]:
    return [name.removeprefix("media/") for name in loads(BROADBAND).parts]


def test_without_the_beginning_of_the_zip_nothing_is_lost_but_the_manifest() -> None:
    salvaged = salvage_bytes(bytes(1500) + BROADBAND[1500:])
    assert by_id(salvaged) == WHOLE
    assert salvaged.report.is_proven


def test_the_records_are_found_without_any_header() -> None:
    start = BROADBAND.index(b"records.jsonl{") + len("records.jsonl")
    salvaged = salvage_bytes(BROADBAND[start : BROADBAND.index(b"PK\x03\x04", start)])
    assert by_id(salvaged) == WHOLE
    assert not salvaged.report.is_complete
    assert "Whether more is missing the file no longer tells." in salvaged.report.sentences()


def test_a_file_cut_off_in_its_cards_keeps_the_cards_before() -> None:
    kept = [id for id in sorted(cards(WHOLE)) if id <= "c050"]
    cut = BROADBAND.index(b'"id":"c051"')
    salvaged = salvage_bytes(BROADBAND[:cut])
    assert set(kept) <= cards(by_id(salvaged))
    for id in kept:
        now, before = by_id(salvaged)[id], WHOLE[id]
        assert isinstance(now, Card)
        assert isinstance(before, Card)
        assert (now.title, now.body, now.kind, now.step, now.lane) == (
            *(before.title, before.body, before.kind),
            *(before.step, before.lane),
        )
    assert salvaged.report.stand_ins["step"] > 0
    assert salvaged.report.missing is not None
    assert salvaged.report.missing > 50
    assert not salvaged.report.is_complete


def test_a_packed_file_gives_what_comes_before_the_break() -> None:
    packed = packed_anew(BROADBAND)
    assert by_id(salvage_bytes(packed)) == WHOLE
    start = packed.index(b"records.jsonl") + len("records.jsonl")
    spoilt = bytearray(packed)
    spoilt[start + 6000 : start + 6004] = b"\xff\xff\xff\xff"
    assert len(cards(small(bytes(spoilt)))) > 40


def test_a_broken_field_costs_that_field_only() -> None:
    found = small(replaced(b'"title": "Advert: bus stop"', b'"title": Advert: bus stop" '))
    assert len(found) == len(build.SMALL)
    card = found["c_1"]
    assert isinstance(card, Card)
    assert (card.kind, card.step, card.lane, card.title) == ("touchpoint", "s_1", "l_1", "")


def test_a_text_without_its_end_keeps_what_can_be_read() -> None:
    card = small(replaced(b'"Advert: bus stop"}', b'"Advert: bus stop#}'))["c_1"]
    assert isinstance(card, Card)
    assert card.title.startswith("Advert: bus stop")


def test_half_a_character_is_shown_as_lost() -> None:
    data = build.sealed(build.lines().replace(b"Advert", "Änder".encode()))
    card = small(data.replace("Ä".encode(), b"\xc3\x00"))["c_1"]
    assert isinstance(card, Card)
    assert card.title == "\N{REPLACEMENT CHARACTER}nder: bus stop"


def test_a_broken_line_feed_costs_nothing() -> None:
    data = replaced(b'"Advert: bus stop"}\n', b'"Advert: bus stop"}\x4a')
    salvaged = salvage_bytes(data)
    assert by_id(salvaged) == {record.id: record for record in build.records()}
    assert not salvaged.report.illegible


def test_two_records_are_never_made_one() -> None:
    """Where a stretch with the end of one record and the beginning of the next was wiped out."""
    title = "A title that is long enough. " * 10
    jsonl = build.lines(
        [{"id": f"c_{n}", "type": "card", "kind": "note", "step": "s_1", "lane": "l_1", "title": f"{n} {title}"}
         for n in range(10, 14)] + build.SMALL
    )  # fmt: skip
    data = build.sealed(jsonl)
    at = data.index(b'"c_11"') + 150
    found = small(data[:at] + bytes(350) + data[at + 350 :])
    for id, record in found.items():
        if isinstance(record, Card) and id.startswith("c_1") and len(id) == 4:
            assert record.title.split()[0] == id[2:]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (b'"type": "card", "kind": "note"', b'"type": "carf", "kind": "note"', "note"),
        (b'"type": "card", "kind": "note"', b'"typ#: "card", "kind": "note"', "note"),
        (b'"kind": "note"', b'"kind": "note\x1f,', "note"),
    ],
)
def test_a_broken_type_or_kind_is_told_by_the_rest(old: bytes, new: bytes, expected: str) -> None:
    card = small(replaced(old, new))["c_2"]
    assert isinstance(card, Card)
    assert card.kind == expected


def test_a_misread_id_of_usual_length_is_recognised() -> None:
    lines = build.lines().replace(b's_1"', b's_8f3a1c20aa55"')
    found = small(
        build.sealed(lines).replace(
            b'"step": "s_8f3a1c20aa55", "lane": "l_1", "b', b'"step": "s_8f3a1c20ba55", "lane": "l_1", "b'
        )
    )
    assert found["c_2"].targets("step") == ("s_8f3a1c20aa55",)
    assert not [record for record in found.values() if "Recovered" in str(record)]


def test_what_is_beyond_a_limit_is_cut() -> None:
    card = small(build.sealed(build.with_card(title="x" * 501, channel=[1])))["c_1"]
    assert isinstance(card, Card)
    assert card.title == "x" * 500


def test_of_two_cards_with_an_id_both_stay() -> None:
    other = {"id": "c_1", "type": "card", "kind": "note", "step": "s_1", "lane": "l_1", "title": "The other"}
    found = small(build.sealed(build.lines([*build.SMALL, other])))
    assert sorted(record.__dict__["title"] for id, record in found.items() if id.startswith("c_1")) == [
        *("Advert: bus stop", "The other"),
    ]


def test_pictures_that_fit_their_name_are_kept_and_others_are_not() -> None:
    good, bad = build.media(build.JPG, "jpg"), build.media(build.PNG, "png")
    data = bytearray(build.sealed(parts={**good, **bad}))
    data[data.index(build.PNG) + 30] ^= 1
    assert set(salvage_bytes(bytes(data)).opened.file.parts) == set(good)


def test_what_a_newer_version_added_is_kept_where_the_records_are_whole() -> None:
    file = MapFile(tuple(build.records()), parts={"history/1": b"h"}, extras={"a": 1}, version=3)
    back = salvage_bytes(dumps(file)[:-30]).opened.file
    assert (dict(back.parts), dict(back.extras), back.version) == ({"history/1": b"h"}, {"a": 1}, 3)


def test_older_versions_of_other_records_are_not_kept() -> None:
    data = dumps(MapFile(tuple(build.records()), parts={"history/1": b"h"}))
    salvaged = salvage_bytes(data.replace(b"bus stop", b"bus\nstop"))
    assert dict(salvaged.opened.file.parts) == {}
    assert any("older versions" in sentence for sentence in salvaged.report.sentences())


def test_records_inside_other_parts_are_not_those_of_the_map() -> None:
    other = b'{"id":"c_9","kind":"note","lane":"l_1","step":"s_1","title":"Old","type":"card"}\n'
    data = dumps(MapFile(tuple(build.records()), parts={"history/1": other}))
    assert "c_9" not in small(data.replace(b"bus stop", b"bus\nstop"))


def test_a_map_that_needs_a_newer_program_is_not_taken_to_pieces() -> None:
    with pytest.raises(TooNew):
        salvage_bytes(build.sealed(minReader=7))


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04", bytes(5000), build.packed({"a": b'{"b":1}\n'})])
def test_where_there_is_nothing_that_is_said(data: bytes) -> None:
    with pytest.raises(NothingToSalvage, match="it was left as it is"):
        salvage_bytes(data)


def test_too_large_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 1000)
    with pytest.raises(TooLarge):
        salvage_bytes(BROADBAND)


def test_part_inside_a_part_is_no_part() -> None:
    """A zip kept inside a picture must not give its records to the map."""
    inside = build.sealed(build.lines([{**build.SMALL[0], "title": "Inside"}]))
    data = build.sealed(parts={"x/a": inside})
    found = small(data[:-22])
    assert found["map"].__dict__["title"] == "Switching provider"


def test_the_file_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "broken.jmap"
    path.write_bytes(BROADBAND[:30_000])
    before = path.stat()
    salvage(path)
    after = path.stat()
    assert path.read_bytes() == BROADBAND[:30_000]
    assert (before.st_mtime_ns, before.st_ino, before.st_mode) == (after.st_mtime_ns, after.st_ino, after.st_mode)
    assert [each.name for each in tmp_path.iterdir()] == ["broken.jmap"]


def test_signs_of_a_map(tmp_path: Path) -> None:
    path = tmp_path / "x"
    for data, expected in ((BROADBAND[:100], True), (BROADBAND[5000:6500], True), (b"\x89PNG and more", False)):
        path.write_bytes(data)
        assert was_a_map(path) is expected
    assert not was_a_map(tmp_path / "missing")


def test_the_report_as_json_says_the_same() -> None:
    report = salvage_bytes(BROADBAND[:25_000]).report
    told = json.loads(json.dumps(report.as_json()))
    assert told["complete"] is False
    assert told["cards"] == report.cards
    assert all(sentence.endswith(".") for sentence in report.sentences())


def test_heads_without_number_are_not_all_read() -> None:
    head = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 2**31, 2**31, 1, 0) + b"a"
    with pytest.raises(NothingToSalvage):
        salvage_bytes(head * 200_000)


def test_damaged_samples_in_many_ways() -> None:
    result = torture(99, seed=3)
    assert result.failed == 0
    assert result.median >= 0.95
