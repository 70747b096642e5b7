"""Each limit, met exactly and passed by one."""

from pathlib import Path

import pytest

from app.files import Damaged, InvalidMap, MapFile, TooLarge, dumps, limits, load, loads, save
from app.files.container import Container
from tests.files import builders as build


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Limits are read when they are needed, so that they can be made small enough to test."""
    return monkeypatch


def test_size_of_the_file(small: pytest.MonkeyPatch) -> None:
    data = build.sealed()
    small.setattr(limits, "FILE_BYTES", len(data))
    assert loads(data).records
    small.setattr(limits, "FILE_BYTES", len(data) - 1)
    with pytest.raises(TooLarge, match="The file is larger than"):
        loads(data)


def test_a_file_that_is_too_large_is_not_read_to_its_end(small: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "huge.jmap"
    with path.open("wb") as stream:
        stream.truncate(50_000_000_000)
    small.setattr(limits, "FILE_BYTES", 1_000_000)
    with pytest.raises(TooLarge):
        load(path)


def test_number_of_parts(small: pytest.MonkeyPatch) -> None:
    data = build.sealed(parts={"a": b"", "b": b""})
    small.setattr(limits, "PARTS", 5)
    assert loads(data).parts
    small.setattr(limits, "PARTS", 4)
    with pytest.raises(TooLarge, match="more than 4 parts"):
        loads(data)


def test_size_of_a_part_and_of_all(small: pytest.MonkeyPatch) -> None:
    data = build.sealed(parts={"a": bytes(50_000), "b": bytes(50_000)})
    small.setattr(limits, "ALL_PARTS_BYTES", 103_000)
    assert loads(data).parts
    small.setattr(limits, "ALL_PARTS_BYTES", 100_000)
    with pytest.raises(TooLarge, match="larger than 0 MB together"):
        loads(data)
    entry = Container(data).entries["a"]
    assert len(Container(data).read(entry.name, 50_000)) == 50_000
    with pytest.raises(TooLarge, match="The part “a” is larger than"):
        Container(data).read(entry.name, 49_999)


def test_packing_ratio() -> None:
    content = bytes(limits.SMALL_BYTES + 1)
    squeezed, truth = build.deflated(content)
    with pytest.raises(TooLarge, match="taken for an attack"):
        loads(build.zip_with(b"x", squeezed, unpacked=content, **truth))
    squeezed, truth = build.deflated(content[1:])
    assert loads(build.zip_with(b"x", squeezed, unpacked=content[1:], **truth)).parts


def test_number_of_records(small: pytest.MonkeyPatch) -> None:
    small.setattr(limits, "RECORDS", len(build.SMALL))
    assert loads(build.sealed()).records
    small.setattr(limits, "RECORDS", len(build.SMALL) - 1)
    with pytest.raises(TooLarge, match="more than 9 records"):
        loads(build.sealed())


def test_length_of_a_line(small: pytest.MonkeyPatch) -> None:
    longest = max(map(len, build.lines().splitlines()))
    small.setattr(limits, "LINE_BYTES", longest)
    assert loads(build.sealed()).records
    small.setattr(limits, "LINE_BYTES", longest - 1)
    with pytest.raises(TooLarge, match="Record 9 is longer"):
        loads(build.sealed())


def test_the_longest_card_of_the_model_fits_on_a_line() -> None:
    longest = {"title": "😀" * 500, "body": "😀" * 10_000, "channel": "😀" * 500}
    assert loads(build.sealed(build.with_card(**longest))).records
    assert loads(dumps(loads(build.sealed(build.with_card(**longest))))).records


def test_pixels(small: pytest.MonkeyPatch) -> None:
    data = build.sealed(parts=build.media(build.PNG, "png"))
    small.setattr(limits, "PICTURE_PIXELS", 320 * 200)
    assert loads(data).parts
    small.setattr(limits, "PICTURE_PIXELS", 320 * 200 - 1)
    with pytest.raises(TooLarge, match="320 × 200 pixels"):
        loads(data)
    small.setattr(limits, "PICTURE_PIXELS", 320 * 200)
    small.setattr(limits, "PICTURE_SIDE", 319)
    with pytest.raises(TooLarge):
        loads(data)


def test_what_could_not_be_opened_again_is_not_saved(tmp_path: Path) -> None:
    path = tmp_path / "map.jmap"
    unsound = build.records([*build.SMALL, {"id": "g", "type": "stage"}])
    with pytest.raises(InvalidMap, match=r"\(stage g\): is a stage without a step; nothing was saved"):
        save(unsound, path)
    with pytest.raises(InvalidMap, match="2 records have the id map; nothing was saved"):
        save(build.records([*build.SMALL, build.SMALL[0]]), path)
    assert not path.exists()


def test_half_a_picture_is_damage() -> None:
    with pytest.raises(Damaged, match="is not a picture"):
        loads(dumps(MapFile(tuple(build.records()), thumbnail=build.PNG[:20])))
