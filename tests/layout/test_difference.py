"""Two states of a map on one sheet: what is gone has its place, and whatever differs is marked where it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.files import open_map
from app.layout.compared import Compared, compare_states
from app.layout.difference_signs import CHIP, COLORS
from app.layout.drawing import Placed, Rect, Text
from app.layout.overlaid import overlay
from app.model.document import Document
from app.model.edits import add_card, delete, move_cards, set_fields, set_lane_kind
from app.model.queries import columns, lanes
from app.model.records import Card, EmotionPoint, Lane, Record
from app.paths import sample_dir
from tests.edited import edited

pytestmark = pytest.mark.usefixtures("qapp")


def records_of(name: str) -> list[Record]:
    return open_map(sample_dir() / f"{name}.jmap").document.records


def compared(before: list[Record], after: list[Record]) -> Compared:
    media = Document(before).media
    return compare_states(before, after, (media, media))


def changed_by(before: list[Record], edit: object) -> list[Record]:
    document = Document(before)
    with document.edit("Edit") as tx:
        edit(tx)  # type: ignore[operator]
    return document.records


def first_card(records: list[Record]) -> Card:
    return min((one for one in records if isinstance(one, Card)), key=lambda one: one.id)


def signs_on(placed: list[Placed]) -> str:
    return "".join(item.block.text for one in placed for item in one.drawing.items if isinstance(item, Text))


@pytest.mark.parametrize("name", ["broadband", "arabic", "japanese"])
def test_whatever_differs_on_the_sheet_is_marked_there(name: str) -> None:
    before = records_of(name)
    found = compared(before, edited(before))
    marks = found.marks()
    on_sheet = {"stage", "step", "lane", "card", "emotion_point", "link"}
    differing = {change.id for change in found.comparison.changes if change.type in on_sheet}
    assert differing
    assert differing <= marks.areas.keys()
    width, height = found.both.layout.size
    assert all(Rect(-5, -5, width + 10, height + 10).contains(area.x, area.y) for area in marks.areas.values())


def test_a_card_that_is_gone_keeps_its_cell_and_the_others_keep_theirs() -> None:
    before = records_of("broadband")
    card = first_card(before)
    found = compared(before, changed_by(before, lambda tx: delete(tx, [card.id])))
    place = found.both.layout.card(card.id)
    was = found.before.layout.card(card.id)
    assert place is not None
    assert was is not None
    assert (place.x, place.drawing.h) == (was.x, was.drawing.h)
    marks = [one for one in found.marks().sheet.all if one.id == card.id]
    assert signs_on(marks[-1:]) == "−"
    assert found.after.layout.card(card.id) is None


def test_the_sign_says_what_the_colour_says() -> None:
    before = records_of("broadband")
    card = first_card(before)
    after = changed_by(before, lambda tx: set_fields(tx, [card.id], title="Another"))
    marks = compared(before, after).marks()
    assert signs_on([one for one in marks.sheet.all if one.id == card.id]) == "~"


def test_a_moved_card_has_a_way_from_where_it_was() -> None:
    before = records_of("broadband")
    card = first_card(before)
    steps = [step.id for step in columns(Document(before).store)]
    after = changed_by(before, lambda tx: move_cards(tx, [card.id], card.lane, steps[5]))
    found = compared(before, after)
    ways = [one for one in found.marks().sheet.all if one.id == card.id and one.drawing.w > 60]
    assert len(ways) == 1
    column, new = found.both.layout.column_of[card.step], found.both.layout.column_of[steps[5]]
    assert ways[0].x < column.x + column.w
    assert ways[0].rect.right > new.x
    assert signs_on([one for one in found.marks().sheet.all if one.id == card.id]) == "→"


def test_signs_and_arrows_are_mirrored_where_reading_is() -> None:
    before = records_of("arabic")
    card = first_card(before)
    steps = [step.id for step in columns(Document(before).store)]
    after = changed_by(before, lambda tx: move_cards(tx, [card.id], card.lane, steps[4]))
    found = compared(before, after)
    chip = next(one for one in found.marks().sheet.all if one.id == card.id and one.drawing.h == CHIP)
    assert signs_on([chip]) == "←"
    assert chip.x > found.marks().areas[card.id].x + 20


def test_a_curve_does_not_run_through_points_that_are_gone() -> None:
    before = records_of("broadband")
    point = min((one for one in before if isinstance(one, EmotionPoint)), key=lambda one: one.id)
    after = changed_by(before, lambda tx: delete(tx, [point.id]))
    found = compared(before, after)
    drawn = {mark.id for curve in found.both.layout.curves.values() for mark in curve.points}
    assert point.id not in drawn
    assert point.id in found.marks().areas


def test_what_cannot_stand_beside_the_newer_state_is_left_out() -> None:
    before = records_of("broadband")
    document = Document(before)
    lane = next(
        one for one in lanes(document.store) if any(isinstance(each, Card) and each.lane == one.id for each in before)
    )
    cards = [one.id for one in before if isinstance(one, Card) and one.lane == lane.id]

    def empty_and_bend(tx: object) -> None:
        delete(tx, cards)  # type: ignore[arg-type]
        set_lane_kind(tx, lane.id, "emotion")  # type: ignore[arg-type]

    after = changed_by(before, empty_and_bend)
    kept = overlay(before, after).document.store
    assert isinstance(kept[lane.id], Lane)
    assert not any(id in kept for id in cards)
    assert set(cards) <= {change.id for change in compared(before, after).comparison.changes}


def test_one_looks_at_some_kinds_only() -> None:
    before = records_of("broadband")
    found = compared(before, edited(before))
    marks = found.marks({"added"})
    assert set(marks.areas) == {change.id for change in found.comparison.changes if "added" in change.kinds}
    assert COLORS["removed"] not in str(marks)


def test_the_poster_shows_what_is_gone_once() -> None:
    before = records_of("broadband")
    card = first_card(before)
    sheet = compared(before, changed_by(before, lambda tx: delete(tx, [card.id]))).sheet(("old", "new"))
    texts = [
        item.block.text
        for one in sheet.placed
        for item in one.drawing.items
        if isinstance(item, Text) and item.block.text == card.title
    ]
    assert texts == [card.title]
    assert len(sheet.after) == 1


def test_the_list_breaks_between_pages_and_loses_nothing() -> None:
    before = records_of("broadband")
    document = Document(before)
    lane, step = first_card(before).lane, first_card(before).step
    with document.edit("Many") as tx:
        for number in range(150):
            add_card(tx, "note", lane, step, title=f"Note number {number}", body="")
        set_fields(tx, [first_card(before).id], body="word " * 1900)
    sheet = compared(before, document.records).sheet(("old", "new"))
    said = " ".join(
        item.block.text
        for page in sheet.after
        for one in page.placed
        for item in one.drawing.items
        if isinstance(item, Text)
    )
    assert all(f"Note number {number}" in said for number in range(150))
    assert said.count("word") >= 1900
    for page in sheet.after:
        assert all(one.rect.bottom <= page.h for one in page.placed)
        lasts = [item for item in page.placed[-2].drawing.items if isinstance(item, Text)]
        assert lasts[0].block.style.size < 12  # no heading stands alone at the foot of a page


def test_samples_can_be_compared_with_each_other() -> None:
    """Nothing in common is no reason to fail."""
    for path in sorted(Path(sample_dir()).glob("*.jmap"))[:3]:
        found = compared(records_of("clinic"), open_map(path).document.records)
        assert found.marks().areas or found.comparison.is_same
