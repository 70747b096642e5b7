"""Pictures go into a file with the records that name them, and come back out of it."""

from dataclasses import replace

import pytest

from app.files import MapFile, dumps, loads
from app.files.mapfile import read_map
from app.files.revisions import without_history
from app.model import edits
from app.model.document import Document
from app.model.kinds import card_kinds
from app.model.media import Media, _picture_fields, media_name, pictures_of
from app.model.records import Record
from app.model.registry import RECORD_TYPES, record_from_json
from tests.files import builders as build
from tests.files.builders import JPG, PNG, WEBP

ABSENT = f"{'ab' * 32}.png"


def document_with(data: bytes = PNG) -> tuple[Document, str]:
    """A map whose first persona has a portrait."""
    document = Document(build.records())
    name = document.media.add(data, "png")
    with document.edit("Add portrait") as tx:
        edits.set_fields(tx, ["p_1"], portrait=name)
    return document, name


def media_parts(file: MapFile) -> set[str]:
    return {name for name in file.parts if name.startswith("media/")}


def test_the_shelf_keeps_each_picture_once() -> None:
    media = Media()
    name = media.add(PNG, "png")
    assert media.add(bytes(PNG), "png") == name == media_name(PNG, "png")
    assert (len(media), list(media), name in media) == (1, [name], True)
    assert (media.get(name), media.get(ABSENT), media.get(None)) == (PNG, None, None)
    assert (media.size(name), media.size(media.add(JPG, "jpg")), media.size(ABSENT)) == ((320, 200), (320, 200), None)
    assert media.size(media.add(b"no picture", "webp")) is None


def test_pictures_may_come_while_a_thread_goes_through_the_shelf() -> None:
    shelf = Media()
    shelf.add(PNG, "png")
    for number, _ in enumerate(shelf):
        shelf.add(PNG + bytes([number]), "png")
    assert len(shelf) == 2


def test_a_picture_is_saved_with_what_names_it_and_found_again() -> None:
    document, name = document_with()
    file = MapFile(()).holding(document.records, media=document.media)
    back = read_map(dumps(file))
    assert media_parts(back.file) == {f"media/{name}"}
    assert back.document.media.get(name) == PNG
    assert back.document.missing_pictures == frozenset()


def test_only_what_is_named_now_or_by_an_older_version_is_in_the_file() -> None:
    document, name = document_with()
    document.media.add(JPG, "jpg")
    file = MapFile(()).holding(document.records, media=document.media)
    assert media_parts(file) == {f"media/{name}"}
    with document.edit("Delete") as tx:
        edits.delete(tx, ["p_1"])
    without = loads(dumps(file)).holding(document.records, media=document.media)
    assert media_parts(loads(dumps(without))) == {f"media/{name}"}
    assert media_parts(without_history(without)) == set()
    document.undo()
    assert media_parts(without.holding(document.records, media=document.media)) == {f"media/{name}"}


def test_what_nobody_named_stays_for_a_newer_version_may_know_why() -> None:
    document, name = document_with()
    file = replace(MapFile(tuple(build.records())), parts={**build.media(WEBP, "webp"), "history/x": b"kept"})
    held = file.holding(document.records, media=document.media)
    assert held.parts == {**file.parts, f"media/{name}": PNG}


def test_pictures_that_a_newer_version_names_are_named() -> None:
    values = {"type": "sticker", "id": "u", "look": {"of": ["x", [ABSENT]]}, "size": 3}
    note = {**build.SMALL[8], "photo": media_name(PNG, "png"), "other": f"see {ABSENT}"}
    assert pictures_of([record_from_json(values), record_from_json(note)]) == {ABSENT, media_name(PNG, "png")}


def test_every_field_that_holds_a_picture_is_known() -> None:
    classes: list[type[Record]] = [*RECORD_TYPES.values(), *(kind.record for kind in card_kinds().values())]
    found = {(each.__name__, field) for each in classes for field in _picture_fields(each)}
    assert found == {("Persona", "portrait"), ("Image", "picture"), ("Backdrop", "picture")}


def test_a_file_without_a_picture_that_it_names_opens_all_the_same() -> None:
    image = {**build.SMALL[7], "id": "c_9", "kind": "image", "picture": ABSENT}
    opened = read_map(dumps(build.records([*build.SMALL, image])))
    assert opened.document.missing_pictures == {ABSENT}
    assert opened.document.media.get(ABSENT) is None
    again = opened.file.holding(opened.document.records, media=opened.document.media)
    assert dumps(again) == dumps(opened.file)


@pytest.mark.parametrize("kind", ["png", "jpg", "webp"])
def test_all_kinds_of_media_are_on_the_shelf(kind: str) -> None:
    data = {"png": PNG, "jpg": JPG, "webp": WEBP}[kind]
    [name] = build.media(data, kind)
    opened = read_map(build.sealed(parts={name: data}))
    assert opened.document.media.get(name.removeprefix("media/")) == data
