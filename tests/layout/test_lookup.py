"""From a spot on the sheet to what lies there, and back."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.layout import lookup, theme
from app.layout.drawing import Rect, Shape
from app.layout.engine import MapLayout
from app.layout.grid import Hit
from app.model import edits
from app.model.document import Document
from app.model.queries import cards_in, columns
from app.model.records import EmotionPoint
from tests.layout.maps import SAMPLES, cards_of, cards_to_see, near, random_map, sample

pytestmark = pytest.mark.usefixtures("qapp")

QUICK = settings(max_examples=50)
MAPS = st.builds(random_map, st.integers(0, 10_000), language=st.sampled_from(["en", "ar"]))


@pytest.fixture(params=SAMPLES, ids=lambda path: path.stem)
def document(request: pytest.FixtureRequest) -> Document:
    return sample(request.param)


def middle(rect: Rect) -> tuple[float, float]:
    return rect.x + rect.w / 2, rect.y + rect.h / 2


def check_hits(layout: MapLayout) -> None:
    marks = [mark for curve in layout.curves.values() for mark in curve.points]
    for id, rect in cards_of(layout).items():
        assert lookup.hit(layout, *middle(rect)) == Hit("card", id, lookup.rect_of(layout, id))  # type: ignore[arg-type]
    for mark in marks:
        found = lookup.hit(layout, mark.x, mark.y)
        assert found is not None
        assert found.kind == "point"
        covered = [other.id for other in marks if abs(other.x - mark.x) < 4 and abs(other.y - mark.y) < 4]
        assert found.id in covered
        assert lookup.rect_of(layout, mark.id) == Rect(mark.x - mark.r, mark.y - mark.r, 2 * mark.r, 2 * mark.r)
    kinds = (("stage", layout.stage_headers), ("step", layout.step_headers), ("lane", layout.lane_headers))
    for kind, headers in kinds:
        for header in headers:
            assert lookup.hit(layout, *middle(header.rect)) == Hit(kind, header.id, header.rect)
            assert lookup.rect_of(layout, header.id) == header.rect
    x, y = middle(layout.title.rect)
    assert lookup.hit(layout, x, y) == Hit("title", "map", layout.title.rect)
    assert lookup.rect_of(layout, "map") == layout.title.rect


def test_everything_in_samples_is_hit_in_its_middle(document: Document) -> None:
    check_hits(MapLayout(document))


@QUICK
@given(MAPS)
def test_everything_is_hit_in_its_middle(document: Document) -> None:
    check_hits(MapLayout(document))


def test_links_are_hit_along_their_lines(document: Document) -> None:
    layout = MapLayout(document)
    links = [link for key in layout.blocks for link in layout.block_links(key)]
    assert links
    seen = set()
    for link in links:
        assert lookup.rect_of(layout, link.id) == link.rect
        for x, y in _spots(link.drawing.items[0]):
            found = lookup.hit(layout, link.x + x, link.y + y)
            assert found is not None
            assert found.kind in {"link", "card", "point"}
            seen.add(found.id)
    assert {link.id for link in links} <= seen


def _spots(line: object) -> list[tuple[float, float]]:
    """The middles of a link's straight stretches, longest first."""
    assert isinstance(line, Shape)
    ends = [segment[-2:] for segment in line.segments if len(segment) > 2]
    return [((x1 + x2) / 2, (y1 + y2) / 2) for (x1, y1), (x2, y2) in pairwise(ends)]


def test_of_links_that_cross_the_upper_one_is_hit() -> None:
    document = sample(next(path for path in SAMPLES if path.stem == "broadband"))
    layout = MapLayout(document)
    link = layout.link(min(document.store.ids_of_type("link")))
    assert link is not None
    x, y = _spots(link.drawing.items[0])[2]
    with document.edit("the same way") as tx:
        record = tx.store[link.id]
        tx.put(record.changed(id="zz"))
    layout = MapLayout(document)
    found = lookup.hit(layout, link.x + x, link.y + y)
    assert found is not None
    assert found.kind == "link"


def test_nothing_is_hit_on_empty_ground(document: Document) -> None:
    layout = MapLayout(document)
    width, height = layout.size
    assert lookup.hit(layout, width / 2, height + 5) is None
    assert lookup.hit(layout, -5, height / 2) is None
    assert lookup.rect_of(layout, "nothing") is None
    corner = layout.side.x + 5, layout.head.y + 1
    assert lookup.hit(layout, *corner) is None


# Dropping cards


@QUICK
@given(MAPS, st.data())
def test_a_card_dropped_at_a_place_lands_there(document: Document, data: st.DataObject) -> None:
    layout = MapLayout(document)
    cards = cards_of(layout)
    if not cards:
        return
    moving = data.draw(st.sampled_from(sorted(cards)))
    near_card = cards[data.draw(st.sampled_from(sorted(cards)))]
    x, y = near_card.x + 1, near_card.y + data.draw(st.floats(-3, 3)) + near_card.h / 2
    place = lookup.drop_place(layout, x, y, frozenset([moving]))
    if place is None:
        return
    assert place.cell.contains(x, y)
    with document.edit("move") as tx:
        edits.move_cards(tx, [moving], place.lane, place.step, place.slot)
    siblings = [card.id for card in cards_in(document.store, place.lane, place.step)]
    assert siblings.index(moving) == place.slot
    after = cards_of(MapLayout(document))
    for id in layout.cards_of_cell(place.lane, place.step):
        rect = cards[id]
        is_stacked = rect.w <= place.cell.w
        if id != moving and is_stacked and after[moving].w <= place.cell.w:
            assert (after[id].y > after[moving].y) is (rect.y + rect.h / 2 >= y)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_slots_lie_between_the_middles_of_the_cards(language: str) -> None:
    document, lane, step = cell_of_three(language)
    layout = MapLayout(document)
    ids = layout.cards_of_cell(lane, step)
    rects = [cards_of(layout)[id] for id in ids]
    x = middle(rects[0])[0]
    row = layout.row_of[lane]
    for slot, y in enumerate([row.y, *(middle(rect)[1] + 0.1 for rect in rects)]):
        place = lookup.drop_place(layout, x, y)
        assert place is not None
        assert (place.lane, place.step, place.slot) == (lane, step, slot)
        column = layout.column_of[step]
        assert place.cell == Rect(column.x, row.y, column.w, row.h)
        mark = rects[slot].y - theme.PAD / 2 if slot < 3 else rects[-1].bottom + theme.PAD / 2
        assert place.mark_y == mark
    place = lookup.drop_place(layout, x, middle(rects[2])[1] + 0.1, frozenset(ids[:2]))
    assert place is not None
    assert place.slot == 1


def cell_of_three(language: str = "en") -> tuple[Document, str, str]:
    document = random_map(5, language=language)
    with document.edit("fill") as tx:
        lane = edits.add_lane(tx, "actions", "Here")
        step = columns(tx.store)[0].id
        for title in ("One", "Two of them", "Three " * 20):
            edits.add_card(tx, "action", lane, step, title=title)
    return document, lane, step


def test_slots_count_spanning_cards_and_marks_lie_below_them() -> None:
    document, lane, step = cell_of_three()
    with document.edit("span") as tx:
        second = columns(tx.store)[1].id
        [first, *_] = [card.id for card in cards_in(tx.store, lane, step)]
        edits.span_card(tx, first, second)
    layout = MapLayout(document)
    rects = cards_of(layout)
    other = layout.cards_of_cell(lane, step)[1]
    place = lookup.drop_place(layout, rects[other].x + 1, rects[other].y + 0.1)
    assert place is not None
    assert place.slot == 1
    column = layout.column_of[second]
    empty = lookup.drop_place(layout, column.x + 1, layout.row_of[lane].y + 0.1)
    assert empty is not None
    assert empty.slot == 0
    assert near(empty.mark_y, rects[first].bottom + theme.PAD / 2)


def test_cards_cannot_be_dropped_beside_the_cells(document: Document) -> None:
    layout = MapLayout(document)
    curve = next(iter(layout.curves.values()))
    column = layout.columns[0]
    assert lookup.drop_place(layout, column.x + 1, curve.rect.y + 1) is None
    assert lookup.drop_place(layout, *middle(layout.side)) is None
    assert lookup.drop_place(layout, column.x + 1, layout.head.y) is None


# Dropping stages


@QUICK
@given(MAPS, st.data())
def test_a_stage_dropped_at_a_gap_lands_there(document: Document, data: st.DataObject) -> None:
    layout = MapLayout(document)
    moving = data.draw(st.sampled_from([band.stage for band in layout.bands]))
    x = data.draw(st.floats(layout.head.x, layout.head.right))
    before, gap = lookup.stage_gap(layout, x, moving)
    with document.edit("move") as tx:
        edits.move_stage(tx, moving, before)
    order = [band.stage for band in MapLayout(document).bands]
    ahead = [
        band.stage
        for band in layout.bands
        if band.stage != moving and ((middle_of(band) >= x) if layout.rtl else (middle_of(band) <= x))
    ]
    assert order.index(moving) == len(ahead)
    assert any(near(gap, edge) for band in layout.bands for edge in (band.x, band.x + band.w))


def middle_of(band: object) -> float:
    return band.x + band.w / 2  # type: ignore[attr-defined, no-any-return]


# Curve lanes


@QUICK
@given(MAPS)
def test_the_place_of_a_point_is_where_it_is_drawn(document: Document) -> None:
    layout = MapLayout(document)
    for lane, curve in layout.curves.items():
        for mark in curve.points:
            record = document.store.of(EmotionPoint, mark.id)
            place = lookup.curve_place(layout, mark.x, mark.y)
            assert record is not None
            assert place is not None
            assert (place.lane, place.step) == (lane, record.step)
            assert near(place.value, record.value)
            assert near(place.at, record.at, 0.02)


def test_a_drag_is_pulled_into_the_lane_and_the_map() -> None:
    document = random_map(5)
    with document.edit("curve") as tx:
        lane = edits.add_lane(tx, "emotion", "Curve")
    layout = MapLayout(document)
    width, height = layout.size
    for x, step, at in ((-99.0, layout.columns[0].step, 0.0), (width + 99, layout.columns[-1].step, 1.0)):
        for y, value in ((-99.0, 2.0), (height + 99, -2.0)):
            place = lookup.curve_place(layout, x, y, lane)
            assert place == (lane, step, at, value)
    assert lookup.curve_place(layout, -99.0, layout.row_of[lane].y + 1) is None
    assert lookup.curve_place(layout, layout.columns[0].x, -99.0) is None
    assert lookup.curve_place(layout, layout.columns[0].x, 0.0, "nowhere") is None


# Rubber band


@QUICK
@given(MAPS, st.data())
def test_a_rubber_band_takes_what_it_touches(document: Document, data: st.DataObject) -> None:
    layout = MapLayout(document)
    width, height = layout.size
    x, y = data.draw(st.floats(0, width)), data.draw(st.floats(0, height))
    area = Rect(x, y, data.draw(st.floats(0, width - x)), data.draw(st.floats(0, height - y)))
    touched = {id for id, rect in cards_of(layout).items() if rect.overlaps(area)}
    found = lookup.cards_in(layout, area)
    assert len(found) == len(set(found))
    assert set(found) == touched
    tops = [layout.row_of[lane_of(document, id)].y for id in found]
    assert tops == sorted(tops)


def lane_of(document: Document, card: str) -> str:
    return document.store[card].lane  # type: ignore[attr-defined, no-any-return]


def test_a_band_around_everything_takes_all_cards(document: Document) -> None:
    layout = MapLayout(document)
    assert set(lookup.cards_in(layout, Rect(0, 0, *layout.size))) == cards_to_see(document)


def test_rows_and_columns_are_found_at_their_edges(document: Document) -> None:
    layout = MapLayout(document)
    for row in layout.rows:
        assert lookup.row_at(layout, row.y) is row
    for column in layout.columns:
        assert lookup.column_at(layout, column.x) is column
    assert lookup.row_at(layout, 0) is None
    assert lookup.column_at(layout, -1) is None


def test_a_name_in_the_legend_of_a_curve_is_its_persona(document: Document) -> None:
    layout = MapLayout(document)
    named = [(id, area, curve.rect) for curve in layout.curves.values() for id, area in curve.names]
    assert {id for id, _, _ in named} <= {record.id for record in document.records if record.type == "persona"}
    assert len(named) >= len(layout.curves)
    for id, area, lane in named:
        assert lane.x <= area.x
        assert area.right <= lane.right
        assert lookup.hit(layout, *middle(area)) == Hit("persona", id, area)
