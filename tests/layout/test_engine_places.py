"""Nothing lies over anything else, everything holds its text, and a right-to-left map is the mirror image."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.layout import theme
from app.layout.drawing import Box, Drawing, Icon, Line, Placed, Rect, Shape
from app.layout.engine import MapLayout
from app.layout.sheet import sheet_of
from app.model import edits
from app.model.document import Document
from app.model.records import Card, Lane, MapRecord, Persona, Stage, Step
from tests.layout.maps import (
    SAMPLES,
    cards_of,
    cards_to_see,
    follow,
    mirrored,
    near,
    random_map,
    sample,
    text_rect,
    texts_in,
)

pytestmark = pytest.mark.usefixtures("qapp")

SLACK = 1e-6
MAPS = st.builds(
    random_map, st.integers(0, 10_000), spans=st.sampled_from([0.0, 0.3, 0.9]), language=st.sampled_from(["en", "ar"])
)
QUICK = settings(max_examples=60)


@pytest.fixture(params=SAMPLES, ids=lambda path: path.stem)
def layout(request: pytest.FixtureRequest) -> MapLayout:
    return MapLayout(sample(request.param))


def holds(outer: Rect, inner: Rect) -> bool:
    return (
        outer.x - SLACK <= inner.x
        and outer.y - SLACK <= inner.y
        and inner.right <= outer.right + SLACK
        and inner.bottom <= outer.bottom + SLACK
    )


def check_places(layout: MapLayout, document: Document) -> None:
    cards = cards_of(layout)
    assert cards.keys() == cards_to_see(document)
    check_apart(cards)
    for id, rect in cards.items():
        card = document.store.of(Card, id)
        placed = layout.card(id)
        assert card is not None
        assert placed is not None
        assert near(tuple(placed.rect), tuple(rect))
        row = layout.row_of[card.lane]
        assert row.y + theme.PAD <= rect.y + SLACK
        assert rect.bottom + theme.PAD <= row.y + row.h + SLACK
        assert rect.x >= layout.head.x
        assert rect.right <= layout.head.right
        check_texts_inside(placed.drawing)
        check_text_beside_icon(placed.drawing)


def check_apart(cards: dict[str, Rect]) -> None:
    rects = sorted(cards.values())
    for one, other in combinations(rects, 2):
        if other.x > one.right:
            continue
        assert not one.grown(theme.PAD / 2 - SLACK).overlaps(other)


def check_texts_inside(drawing: Drawing) -> None:
    texts = [text_rect(text) for text in texts_in(drawing)]
    for rect in texts:
        assert holds(Rect(0, 0, drawing.w, drawing.h), rect)
    for one, other in combinations(texts, 2):
        assert not one.overlaps(other)


def check_text_beside_icon(drawing: Drawing) -> None:
    title = texts_in(drawing)[0]
    icons = [Rect(icon.x, icon.y, icon.size, icon.size) for icon in drawing.items if isinstance(icon, Icon)]
    assert not any(icon.overlaps(Rect(title.x, title.y, title.block.width, title.block.height)) for icon in icons)


def check_headers(layout: MapLayout) -> None:
    for header in (*layout.stage_headers, *layout.step_headers, *layout.lane_headers, layout.title):
        check_texts_inside(header.drawing)
    for headers in (layout.stage_headers, layout.step_headers, layout.lane_headers):
        for one, other in pairwise(headers):
            assert not one.rect.grown(-SLACK).overlaps(other.rect)
    width, height = layout.size
    for header in (*layout.stage_headers, *layout.step_headers):
        assert holds(layout.head, header.rect)
    for header in layout.lane_headers:
        assert holds(layout.side, header.rect)
    assert holds(Rect(0, 0, width, height), layout.head)
    assert holds(Rect(0, 0, width, height), layout.side)


def test_samples_have_everything_in_its_place(layout: MapLayout) -> None:
    check_places(layout, layout._document)
    check_headers(layout)


@QUICK
@given(MAPS)
def test_nothing_lies_over_anything_else(document: Document) -> None:
    layout = MapLayout(document)
    check_places(layout, document)
    check_headers(layout)


@QUICK
@given(MAPS)
def test_rows_lie_one_below_the_other_and_blocks_fill_them(document: Document) -> None:
    layout = MapLayout(document)
    assert [row.lane for row in layout.rows] == [lane.id for lane in sorted(_lanes(document), key=lambda x: x.order)]
    tops = [layout.head.bottom + theme.GRID_TOP, *(row.y + row.h for row in layout.rows)]
    assert [row.y for row in layout.rows] == tops[:-1]
    below = layout.legend.drawing.h if layout.legend is not None else 0.0
    assert layout.size[1] == tops[-1] + theme.SHEET_PAD + below
    for (lane, stage), block in layout.blocks.items():
        band, row = next(band for band in layout.bands if band.stage == stage), layout.row_of[lane]
        assert block.rect == Rect(band.x, row.y, band.w, row.h)
        assert (block.background.w, block.background.h) == (band.w, row.h)
    for lane, curve in layout.curves.items():
        row = layout.row_of[lane]
        assert (curve.rect.y, curve.rect.h, curve.drawing.h) == (row.y, row.h, row.h)
        assert row.is_curve


def _lanes(document: Document) -> list[Lane]:
    return [lane for lane in document.records if isinstance(lane, Lane)]


@QUICK
@given(MAPS)
def test_everything_painted_lies_on_the_sheet(document: Document) -> None:
    layout = MapLayout(document)
    sheet = sheet_of(layout, document.map)
    for placed in sheet.placed:
        for item in placed.drawing.items:
            if isinstance(item, Shape):
                for x, y in _corners(item):
                    assert -SLACK <= placed.x + x <= sheet.w + SLACK
                    assert -SLACK <= placed.y + y <= sheet.h + SLACK


def _corners(shape: Shape) -> list[tuple[float, float]]:
    return [tuple(segment[-2:]) for segment in shape.segments if len(segment) > 2]  # type: ignore[misc]


def test_rows_grow_and_shrink_with_their_text() -> None:
    document = random_map(3, spans=0)
    with document.edit("a lane of its own") as tx:
        lane = edits.add_lane(tx, "actions", "Lane")
        step = next(iter(tx.store.ids_of_type("step")))
        card = edits.add_card(tx, "action", lane, step, title="Short")
    layout = MapLayout(document)
    heights = [layout.row_of[lane].h]
    follow(document, layout)
    for words in (5, 60, 400, 2):
        with document.edit("write") as tx:
            edits.set_fields(tx, [card], body="word " * words)
        heights.append(layout.row_of[lane].h)
        assert layout.row_of[lane].h >= max(theme.ROW_MIN_HEIGHT, _card(layout, card).h + 2 * theme.PAD)
    assert heights[0] <= heights[1] < heights[2] < heights[3] > heights[4]
    assert heights[4] == heights[0]


def _card(layout: MapLayout, id: str) -> Rect:
    card = layout.card(id)
    assert card is not None
    return card.rect


def test_a_spanning_card_lies_above_the_stacks_that_it_spans() -> None:
    document = blueprint()
    with document.edit("fill") as tx:
        wide = edits.add_card(tx, "action", "ln", "sp1", title="Wide", to_step="sp2")
        narrow = [edits.add_card(tx, "action", "ln", step, title="x", index=0) for step in ("sp0", "sp1", "sp2")]
    layout = MapLayout(document)
    first, one, two = (_card(layout, id) for id in narrow)
    assert first.y == _card(layout, wide).y
    assert one.y == two.y == _card(layout, wide).bottom + theme.PAD
    assert _card(layout, wide).x == one.x
    assert near(_card(layout, wide).right, two.right)


def blueprint(language: str = "en") -> Document:
    return Document([
        MapRecord(title="Map", language=language),
        Persona(id="pe", name="Mia"),
        Stage(id="st", title="Stage"),
        *(Step(id=f"sp{number}", stage="st", order=f"a{number}x", title=f"Step {number}") for number in range(3)),
        Lane(id="ln", kind="actions", title="Actions", line_below="visibility"),
        Lane(id="curve", kind="emotion", title="Emotion", order="b", line_below="interaction"),
    ])  # fmt: skip


def test_a_rule_has_room_below_cards_and_curves() -> None:
    layout = MapLayout(blueprint())
    for lane in ("ln", "curve"):
        row = layout.row_of[lane]
        drawing = layout.block((lane, "st")).background if lane == "ln" else layout.curves[lane].drawing
        rules = [item for item in drawing.items if isinstance(item, Line) and item.stroke == theme.RULE]
        assert [rule.y1 for rule in rules] == [row.h - theme.RULE_HEIGHT / 2]
        assert (rules[0].x1, rules[0].x2) == (0, drawing.w)
        header = next(header for header in layout.lane_headers if header.id == lane)
        assert len(texts_in(header.drawing)) == (2 if lane == "ln" else 7)


# Maps of which something is missing


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_empty_map_is_a_title_on_paper(language: str) -> None:
    layout = MapLayout(Document([MapRecord(title="Nothing yet", language=language)]))
    assert layout.rows == ()
    assert layout.columns == ()
    assert dict(layout.blocks) == {}
    assert dict(layout.curves) == {}
    assert layout.lane_headers == ()
    assert layout.size[0] == theme.SIDE_WIDTH + theme.EMPTY_GRID_WIDTH
    assert layout.size[1] == layout.head.bottom + theme.SHEET_PAD
    assert layout.side.h == 0
    assert layout.card("map") is None
    assert layout.link("map") is None


@pytest.mark.parametrize("language", ["en", "ar"])
def test_lanes_without_stages_have_a_ground(language: str) -> None:
    document = Document([
        MapRecord(language=language),
        Lane(id="ln", kind="actions", title="Actions", line_below="visibility"),
        Lane(id="curve", kind="emotion", order="b"),
    ])  # fmt: skip
    layout = MapLayout(document)
    [ground] = layout.grounds
    assert ground.rect == Rect(layout.head.x, layout.row_of["ln"].y, theme.EMPTY_GRID_WIDTH, layout.row_of["ln"].h)
    assert isinstance(ground.drawing.items[0], Box)
    assert layout.curves["curve"].rect.w == theme.EMPTY_GRID_WIDTH
    assert ground in sheet_of(layout, document.map).placed
    with document.edit("a stage") as tx:
        edits.add_stage(tx, "First")
    assert MapLayout(document).grounds == ()


def test_a_map_without_lanes_shows_its_stages() -> None:
    layout = MapLayout(Document([Stage(id="st", title="Stage"), Step(id="sp", stage="st"), MapRecord()]))
    assert [header.id for header in layout.stage_headers] == ["st"]
    assert layout.blocks == {}
    assert len(layout.blocks) == 0


def test_blocks_are_there_for_card_lanes_and_stages_only() -> None:
    layout = MapLayout(blueprint())
    assert list(layout.blocks) == [("ln", "st")]
    assert len(layout.blocks) == 1
    assert ("ln", "st") in layout.blocks
    for key in (("curve", "st"), ("ln", "sp0"), ("nowhere", "st"), "ln", ("ln",)):
        assert key not in layout.blocks
    for lane, stage in (("curve", "st"), ("ln", "sp0"), ("nowhere", "st")):
        with pytest.raises(KeyError):
            layout.block((lane, stage))


# Reading from right to left


@pytest.mark.parametrize("path", [path for path in SAMPLES if path.stem != "arabic"], ids=lambda path: path.stem)
def test_a_right_to_left_map_is_the_mirror_image(path: Path) -> None:
    check_mirrored(sample(path))


@QUICK
@given(st.integers(0, 10_000))
def test_random_maps_are_mirrored(seed: int) -> None:
    check_mirrored(random_map(seed))


def check_mirrored(document: Document) -> None:
    """Texts may be set otherwise in another language, so the languages are two that are set alike."""
    with document.edit("language") as tx:
        edits.set_map(tx, language="en")
    one = MapLayout(document)
    with document.edit("language") as tx:
        edits.set_map(tx, language="he-Latn")
    other = MapLayout(document)
    width = one.size[0]
    assert other.rtl
    assert not one.rtl
    assert near(other.size, one.size)
    assert near(tuple(mirrored(one.head, width)), tuple(other.head))
    assert near(tuple(mirrored(one.side, width)), tuple(other.side))
    for column, twin in zip(one.columns, other.columns, strict=True):
        assert (twin.step, twin.w) == (column.step, column.w)
        assert near(twin.x, width - column.x - column.w)
    for band, twin_band in zip(one.bands, other.bands, strict=True):
        assert near(tuple(twin_band), (band.stage, width - band.x - band.w, band.w, band.color))
    cards, twins = cards_of(one), cards_of(other)
    assert all(near(tuple(twins[id]), tuple(mirrored(rect, width))) for id, rect in cards.items())
    for lane, curve in one.curves.items():
        check_mirrored_curve(curve.rect.w, width, curve, other.curves[lane])
    for header, twin_header in zip(_headers(one), _headers(other), strict=True):
        assert near(tuple(twin_header.rect), tuple(mirrored(header.rect, width)))


def check_mirrored_curve(width: float, sheet: float, curve: object, twin: object) -> None:
    points, twins = curve.points, twin.points  # type: ignore[attr-defined]
    for point, mark in zip(points, twins, strict=True):
        assert near(tuple(mark), (point.id, sheet - point.x, point.y, point.r))
    for item, other in zip(curve.drawing.items, twin.drawing.items, strict=True):  # type: ignore[attr-defined]
        assert type(item) is type(other)
        if isinstance(item, Line):
            ends = {(round(item.x1, 6), round(item.y1, 6)), (round(item.x2, 6), round(item.y2, 6))}
            assert ends == {(round(width - x, 6), round(y, 6)) for x, y in ((other.x1, other.y1), (other.x2, other.y2))}
    texts = zip(texts_in(curve.drawing), texts_in(twin.drawing), strict=True)  # type: ignore[attr-defined]
    for text, twin_text in texts:
        assert near(twin_text.x, width - text.x - text.block.width)
        assert near(twin_text.y, text.y)


def _headers(layout: MapLayout) -> list[Placed]:
    return [layout.title, *layout.stage_headers, *layout.step_headers, *layout.lane_headers]
