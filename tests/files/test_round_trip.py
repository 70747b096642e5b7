"""What is written is what is read, byte for byte the same each time, and nothing unknown gets lost."""

import json
import os
import random
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import app
from app.files import InvalidMap, MapFile, dumps, load, loads, mapfile
from app.files.container import Container
from app.files.lines import read_records
from app.files.migrations import MIGRATIONS, SCHEMAS, Migration, Values, migrate, migration
from app.model.records import Card, Record, UnknownRecord, record_to_json
from app.model.registry import record_from_json
from tests.files import builders as build
from tests.files.strategies import json_values, sound_maps

GOLDEN = Path(__file__).with_name("version-1.jmap")
ROOT = Path(__file__).parents[2]


def by_id(records: tuple[Record, ...] | list[Record]) -> dict[str, Record]:
    return {record.id: record for record in records}


@given(sound_maps())
def test_every_map_comes_back_as_it_was_written(records: list[Record]) -> None:
    data = dumps(records)
    back = loads(data)
    assert by_id(back.records) == by_id(records)
    assert dumps(back) == data


@given(sound_maps(), st.randoms())
def test_the_order_of_the_records_does_not_matter(records: list[Record], chance: random.Random) -> None:
    shuffled = chance.sample(records, len(records))
    assert dumps(shuffled) == dumps(records)


@given(st.dictionaries(st.text(max_size=10).map(lambda text: f"x{text}"), json_values, max_size=3))
def test_unknown_fields_of_the_manifest_are_kept(extras: Values) -> None:
    back = loads(dumps(MapFile(tuple(build.records()), extras=extras)))
    assert back.extras == extras
    assert loads(dumps(back)).extras == extras


def test_same_bytes_in_every_process() -> None:
    code = "from app.files import dumps; from tests.files import builders as b; print(b.digest(dumps(b.records())))"
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        .stdout.decode()
        .strip()
        for seed in ("1", "2")
    }
    assert seen == {build.digest(dumps(build.records()))}


def test_form_of_the_container() -> None:
    content = MapFile(
        tuple(build.records()),
        thumbnail=build.PNG,
        parts={"history/1": b"h", **build.media(build.JPG, "jpg"), "a": b""},
    )
    data = dumps(content)
    assert data[30:].startswith(b"mimetypeapplication/vnd.journeymapper+zipPK")
    entries = list(Container(data).entries.values())
    assert [entry.name for entry in entries] == [
        *("mimetype", "manifest.json", "records.jsonl", "a", "history/1"),
        f"media/{build.digest(build.JPG)}.jpg",
        "thumbnail.png",
    ]
    assert {(entry.method, entry.flags) for entry in entries} == {(0, 0)}


def test_form_of_the_records() -> None:
    text = Container(dumps(build.records())).read("records.jsonl").decode()
    assert text.splitlines()[:3] == [
        '{"id":"c_1","kind":"touchpoint","lane":"l_1","step":"s_1","title":"Advert: bus stop","type":"card"}',
        '{"body":"Größe → ٣ 😀","id":"c_2","kind":"note","lane":"l_1","step":"s_1","type":"card"}',
        '{"at":0.25,"id":"e_1","lane":"l_2","persona":"p_1","step":"s_1","type":"emotion_point","value":-1.5}',
    ]
    assert text.endswith("}\n")


def test_other_tools_can_open_it(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "map.jmap"
    path.write_bytes(dumps(build.records()))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.infolist()[0].filename == "mimetype"


def test_what_another_tool_has_packed_again_can_be_read() -> None:
    parts = {"records.jsonl": build.lines()}
    entries: list[build.Entry] = [(b"mimetype", mapfile.MIMETYPE.encode(), {})]
    for name, content in {"manifest.json": build.manifest(parts), **parts}.items():
        squeezed, truth = build.deflated(content)
        entries.append((name.encode(), squeezed, truth))
    assert by_id(loads(build.raw_zip(entries)).records) == by_id(build.records())


def test_unknown_types_kinds_and_fields_survive_an_edit() -> None:
    strange: list[build.Values] = [
        {"id": "w_1", "type": "workshop", "when": [2025, {"k": None}], "title": "x" * 900},
        {"id": "c_9", "type": "card", "kind": "hologram", "step": "s_1", "lane": "l_1", "beam": 1e300, "z": "٣"},
        {
            "id": "c_8",
            "type": "card",
            "kind": "note",
            "step": "s_1",
            "lane": "l_1",
            "votes": {"b": 1, "a": [True, 1.0]},
        },
    ]
    file = loads(build.sealed(build.lines([*build.SMALL, *strange]), {"plugins/x.bin": b"\x00\xff"}, future={"a": 1}))
    kept = by_id(file.records)
    assert isinstance(kept["w_1"], UnknownRecord)
    assert type(kept["c_9"]) is Card
    edited = file.holding([record.changed(title="New") if record.id == "c_8" else record for record in file.records])
    again = loads(dumps(edited))
    assert [record_to_json(by_id(again.records)[value["id"]]) for value in strange[:2]] == strange[:2]
    assert record_to_json(by_id(again.records)["c_8"]) == {**strange[2], "title": "New"}
    assert again.parts["plugins/x.bin"] == b"\x00\xff"
    assert again.extras == {"future": {"a": 1}}


def test_a_newer_version_that_this_program_may_read_keeps_its_numbers() -> None:
    parents = ["a" * 64, "b" * 64]
    schemas = {"card": 4, "workshop": 2, "map": 1}
    lines = loads(dumps(build.records())).written
    file = loads(build.sealed(lines, version=5, minReader=1, parents=parents, schemas=schemas, appVersion="7.1"))
    assert (file.version, file.app_version, file.parents) == (5, "7.1", tuple(parents))
    again = loads(dumps(file))
    assert (again.version, again.app_version, again.parents) == (5, app.__version__, tuple(parents))
    assert again.schemas == schemas


def test_a_thumbnail_stays_until_there_is_another() -> None:
    file = MapFile(tuple(build.records()), thumbnail=build.PNG)
    assert loads(dumps(file.holding(file.records))).thumbnail == build.PNG
    assert loads(dumps(file.holding(file.records, build.PNG + b"2"))).thumbnail == build.PNG + b"2"


def test_values_that_no_file_can_hold_are_refused_with_their_place() -> None:
    for value in (float("nan"), "\ud800", {1, 2}, object()):
        note = record_from_json({**build.SMALL[8], "extra": value})
        with pytest.raises(InvalidMap, match="the card c_2 has a value that a file cannot hold; nothing was saved"):
            dumps([*build.records(build.SMALL[:8]), note])


def test_golden_file_of_version_1_opens_and_is_written_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, the program no longer reads or writes what it did: mend it, or raise the version and migrate."""
    file = load(GOLDEN)
    assert by_id(file.records) == by_id(build.records())
    assert (file.version, file.app_version, file.thumbnail) == (1, "0.1.0", build.PNG)
    assert file.parts == {"history/note.txt": b"kept", **build.media(build.WEBP, "webp")}
    assert file.extras == {"kept": True}
    monkeypatch.setattr(mapfile, "__version__", "0.1.0")
    assert dumps(file) == GOLDEN.read_bytes()
    assert dumps(replace(file, path=None)) == GOLDEN.read_bytes()


def test_the_version_in_the_files_is_the_program_s() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert json.loads(Container(dumps(build.records())).read("manifest.json"))["appVersion"] == project["version"]


class TestMigrations:
    def test_there_is_none_yet_and_each_type_has_a_schema(self) -> None:
        assert MIGRATIONS == {}
        assert migrate(build.SMALL, {}) == build.SMALL

    def test_records_climb_from_schema_to_schema(self) -> None:
        registry: dict[tuple[str, int], Migration] = {}

        @migration("card", 1, registry)
        def _split_name(values: Values) -> Values:
            return {**values, "title": values.get("name", "") + "!"}

        @migration("card", 2, registry)
        def _drop_name(values: Values) -> Values:
            return {key: value for key, value in values.items() if key != "name"}

        old: list[build.Values] = [
            {"id": "c", "type": "card", "name": "Ad"},
            {"id": "l", "type": "lane"},
            {"id": "x", "type": 5},
        ]
        current = {**SCHEMAS, "card": 3}
        new = [{"id": "c", "type": "card", "title": "Ad!"}, *old[1:]]
        assert migrate(old, {}, current=current, registry=registry) == new
        assert migrate(old, {"card": 1}, current=current, registry=registry) == new
        assert migrate(new, {"card": 3}, current=current, registry=registry) == new
        assert migrate(new, {"card": 9}, current=current, registry=registry) == new
        assert old[0] == {"id": "c", "type": "card", "name": "Ad"}

    def test_two_for_the_same_step_are_a_mistake(self) -> None:
        registry: dict[tuple[str, int], Migration] = {("card", 1): dict}
        with pytest.raises(ValueError, match="already"):
            migration("card", 1, registry)(dict)

    def test_reading_a_file_calls_them(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(SCHEMAS, "card", 2)
        monkeypatch.setitem(MIGRATIONS, ("card", 1), lambda values: {**values, "title": "Migrated"})
        titles = {record.id: getattr(record, "title", None) for record in load(GOLDEN).records}
        assert titles["c_1"] == titles["c_2"] == "Migrated"
        assert titles["s_1"] == "Notice the problem"
        assert dict(loads(dumps(load(GOLDEN))).schemas)["card"] == 2

    def test_records_of_today_are_left_alone(self) -> None:
        assert by_id(read_records(build.lines(), SCHEMAS)) == by_id(build.records())
