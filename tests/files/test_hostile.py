"""A file from a mail is hostile until read: each trick gets one clear sentence, and nothing is half loaded."""

import json
from pathlib import Path

import pytest

from app.files import FileError, InvalidMap, TooNew, dumps, load, loads
from app.files.salvage import salvage
from tests.files import builders as build
from tests.files.hostile import MIME, deflated_part
from tests.files.hostile import TRICKS as BASIC
from tests.files.hostile_more import ACCEPTED, MORE, PLACES, Place

TRICKS = {**BASIC, **MORE}


@pytest.mark.parametrize("trick", TRICKS)
def test_each_trick_is_refused_in_one_sentence(trick: str) -> None:
    make, kind, words = TRICKS[trick]
    with pytest.raises(kind) as caught:
        loads(make())
    message = str(caught.value)
    assert words in message
    assert message.endswith(".")
    assert message.isprintable()
    assert len(message) < 400
    assert "pydantic" not in message


def test_there_are_enough_tricks() -> None:
    assert len(TRICKS) >= 60


def test_the_untouched_files_behind_the_tricks_are_accepted() -> None:
    assert len(loads(build.sealed()).records) == len(build.SMALL)
    assert loads(deflated_part(b"x", b"content")).parts == {"x": b"content"}
    for kind, picture in {"png": build.PNG, "jpg": build.JPG, "webp": build.WEBP}.items():
        assert loads(build.sealed(parts=build.media(picture, kind))).parts == build.media(picture, kind)


def test_too_new_is_told_before_anything_else_is_looked_at() -> None:
    """A version that this program does not know may have other names, other records and another order."""
    odd = build.raw_zip(
        [
            (b"mimetype", MIME, {}),
            (b"manifest.json", build.manifest({}, minReader=7), {}),
            (b"~odd", b"x", {"method": 93}),
        ]
    )
    with pytest.raises(
        TooNew, match=r"reads file format 7, such as 0\.1\.0 which wrote it; this one reads file format 1"
    ):
        loads(odd)


def test_the_version_of_the_writer_is_not_shown_where_it_is_no_version() -> None:
    with pytest.raises(TooNew) as caught:
        loads(build.sealed(minReader=2, appVersion="9\n<b>click here</b>"))
    assert "click" not in str(caught.value)
    assert caught.value.needed == 2


def test_many_problems_are_counted_and_all_kept() -> None:
    bad = [{**value, "title": 5} for value in build.SMALL if value["type"] in {"card", "map", "stage", "step"}]
    with pytest.raises(InvalidMap, match="; and 2 more; it was not opened") as caught:
        loads(build.sealed(build.lines(bad)))
    assert [problem.record_id for problem in caught.value.problems] == ["map", "g_1", "s_1", "c_1", "c_2"]


def test_a_flood_of_problems_stays_short() -> None:
    bad = json.dumps({"id": "x", "type": "stage", "title": 5}).encode() + b"\n"
    with pytest.raises(InvalidMap, match="; and many more; it was not opened"):
        loads(build.sealed(bad * 20_000))


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_only_looks_odd_is_read_and_written_as_it_is(name: str) -> None:
    file = loads(ACCEPTED[name]())
    again = loads(dumps(file))
    assert again.records == tuple(sorted(file.records, key=lambda record: (record.type, record.id)))
    assert file.parts.items() <= again.parts.items()


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_what_is_no_file_is_refused_at_once(place: Place, tmp_path: Path) -> None:
    path = place.make(tmp_path)
    for read in (load, salvage):
        with pytest.raises(FileError) as caught:
            read(path)
        assert str(caught.value).isprintable()
    if place.words:
        with pytest.raises(place.kind, match=place.words):
            load(path)
