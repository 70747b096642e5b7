"""Comments on paper: a numbered bubble at each place, and below the map what they say."""

from __future__ import annotations

import datetime as dt

import pytest

from app.layout.drawing import Placed
from app.layout.engine import MapLayout
from app.layout.lookup import rect_of
from app.layout.sheet import Sheet, sheet_of
from app.layout.sheet_comments import with_comments
from app.model.beside import Comment, Source
from app.model.document import Document
from app.model.records import Lane, Link, MapRecord, Record, Stage, Step
from app.model.registry import record_from_json
from tests.layout.maps import texts_in

pytestmark = pytest.mark.usefixtures("qapp")


def comment(number: int, about: str, text: str = "?", *, resolved: bool = False) -> Comment:
    created = dt.datetime(2026, 11, 1, 9, number % 60, tzinfo=dt.UTC)
    return Comment(id=f"k{number:03}", about=about, text=text, author="Ana", created=created, resolved=resolved)


def document(*more: Record, language: str = "en", steps: int = 6) -> Document:
    cards = [
        {"type": "card", "id": id, "kind": "action", "step": step, "lane": "l", "title": title}
        for id, step, title in (("a", "s0", "Asks"), ("b", "s1", "Buys"))
    ]
    return Document(
        [
            MapRecord(title="Map", language=language),
            Stage(id="st", title="Begin"),
            *(Step(id=f"s{at}", stage="st", order=f"a{at}") for at in range(steps)),
            Lane(id="l", kind="actions", title="Does"),
            Source(id="so", title="Interviews"),
            *map(record_from_json, cards),
            Link(id="k", source="a", target="b"),
            *more,
        ]
    )


def sheets(map_: Document) -> tuple[Sheet, Sheet]:
    """Without and with comments."""
    layout = MapLayout(map_)
    plain = sheet_of(layout, map_.map)
    return plain, with_comments(plain, layout, map_.store)


def added(map_: Document) -> list[Placed]:
    plain, commented = sheets(map_)
    assert commented.placed[: len(plain.placed)] == plain.placed, "the map itself is as it was"
    return list(commented.placed[len(plain.placed) :])


def words(placed: Placed) -> list[str]:
    return [text.block.text for text in texts_in(placed.drawing)]


def test_a_map_without_comments_is_as_it_was() -> None:
    plain, commented = sheets(document())
    assert commented is plain


def test_bubbles_have_the_numbers_of_the_list() -> None:
    map_ = document(comment(1, "a", "Why?"), comment(2, "b", "When?", resolved=True), comment(3, "a", "Who?"))
    layout, found = MapLayout(map_), {placed.id: placed for placed in added(map_)}
    assert words(found["comments-a"]) == ["1, 3"]
    assert words(found["comments-b"]) == ["2"]
    card = rect_of(layout, "a")
    assert card is not None
    assert found["comments-a"].rect.overlaps(card)
    assert words(found["k001"]) == ["Asks", "Why?", "Ana · 2026-11-01"]
    assert words(found["k002"]) == ["Buys", "When?", "Ana · 2026-11-01 · resolved"]
    assert words(found["k003-number"]) == ["3"]
    assert words(found["comments"]) == ["Comments"]


def test_what_is_not_on_the_sheet_is_in_the_list_alone() -> None:
    map_ = document(comment(1, "so"), comment(2, "k"), comment(3, "map"), comment(4, "l"))
    found = {placed.id: placed for placed in added(map_)}
    assert "comments-so" not in found
    assert {"comments-k", "comments-map", "comments-l"} <= found.keys()
    assert [words(found[f"k00{at}"])[0] for at in (1, 2, 3, 4)] == ["Interviews", "Asks → Buys", "Map", "Does"]


def test_many_on_one_thing_name_the_first_and_the_last() -> None:
    [bubble] = [
        placed for placed in added(document(*(comment(at, "a") for at in range(9)))) if placed.id == "comments-a"
    ]
    assert words(bubble) == ["1, 2 … 9"]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("steps", [2, 3, 30])
def test_the_list_lies_below_the_map_on_the_sheet_and_nothing_in_it_overlaps(steps: int, language: str) -> None:
    many = [comment(at, "a", "Something to say. " * (at % 7 + 1)) for at in range(40)]
    map_ = document(*many, language=language, steps=steps)
    plain, commented = sheets(map_)
    listed = [placed for placed in added(map_) if placed.id.startswith("k")]
    texts = [placed for placed in listed if not placed.id.endswith("-number")]
    assert len(texts) == 40
    for placed in listed:
        assert plain.h <= placed.y
        assert placed.rect.bottom <= commented.h
        assert placed.x >= 0
        assert placed.rect.right <= commented.w
    for at, one in enumerate(texts):
        assert not any(one.rect.overlaps(other.rect) for other in texts[at + 1 :])
    across = len({placed.x for placed in texts})
    assert (across > 1) == (steps > 2)
