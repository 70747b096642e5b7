"""Curves: smooth, through their points, never beyond them; values and heights; what a curve lane shows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.layout import theme
from app.layout.drawing import Drawing, Line, Segment, Shape
from app.layout.engine import MapLayout
from app.layout.faces import OUTLINES, face, outline_path
from app.layout.monotone import MonotoneCurve
from app.layout.scale import VALUES, value_y, y_value
from app.model import edits
from app.model.document import Document
from app.model.records import EmotionPoint, Lane, MapRecord, Persona, Stage, Step
from tests.layout.maps import near, texts_in

# The curve itself

HEIGHTS = st.floats(-50, 50)
POINTS = st.lists(st.tuples(st.floats(0, 500), HEIGHTS), min_size=1, max_size=12, unique_by=lambda point: point[0]).map(
    lambda points: apart(sorted(points))
)


def apart(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points at least 0.01 mm apart, as the layout makes them."""
    kept = list(points[:1])
    kept += [point for before, point in pairwise(points) if point[0] - before[0] >= 0.01]
    return kept


def bezier(start: tuple[float, float], segment: Segment, t: float) -> tuple[float, float]:
    assert segment[0] == "C"
    _, x1, y1, x2, y2, x3, y3 = segment
    a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
    return a * start[0] + b * x1 + c * x2 + d * x3, a * start[1] + b * y1 + c * y2 + d * y3


@given(POINTS, st.integers(0, 40))
def test_between_two_points_the_curve_stays_between_them(points: list[tuple[float, float]], steps: int) -> None:
    curve = MonotoneCurve(points)
    segments = curve.segments()
    for (start, end), segment in zip(pairwise(points), segments[1:], strict=True):
        low, high = min(start[1], end[1]), max(start[1], end[1])
        heights = [bezier(start, segment, t / 41)[1] for t in (0, steps, 41)]
        assert all(low - 1e-6 <= y <= high + 1e-6 for y in heights)
        assert heights == sorted(heights, reverse=end[1] < start[1]) or near(low, high, 1e-5)


@given(POINTS)
def test_the_curve_passes_through_its_points(points: list[tuple[float, float]]) -> None:
    curve = MonotoneCurve(points)
    segments = curve.segments()
    assert segments[0] == ("M", *points[0])
    assert [segment[-2:] for segment in segments] == points
    assert all(near(curve.y_at(x), y) for x, y in points)
    assert curve.y_at(points[0][0] - 1) == points[0][1]
    assert curve.y_at(points[-1][0] + 1) == points[-1][1]


@given(POINTS, st.floats(0, 1))
def test_what_is_drawn_is_what_is_computed(points: list[tuple[float, float]], t: float) -> None:
    curve = MonotoneCurve(points)
    for start, segment in zip(points, curve.segments()[1:], strict=False):
        x, y = bezier(start, segment, t)
        assert near(curve.y_at(x), y, 1e-3)


@given(POINTS)
def test_the_curve_has_no_kink(points: list[tuple[float, float]]) -> None:
    for before, after in pairwise(MonotoneCurve(points).segments()[1:]):
        (_, _, _, x1, y1, x, y), (_, x2, y2, *_) = before, after  # type: ignore[misc]
        assert near((y - y1) * (x2 - x), (y2 - y) * (x - x1), 1e-4)


@given(POINTS, st.floats(-10, 510), st.floats(0, 100), st.floats(0, 1))
def test_the_range_holds_the_curve(points: list[tuple[float, float]], x: float, width: float, share: float) -> None:
    curve = MonotoneCurve(points)
    span = curve.range_over(x, x + width)
    if span is None:
        assert x + width < points[0][0] or x > points[-1][0]
        return
    inside = min(max(x + share * width, points[0][0]), points[-1][0])
    assert span[0] - 1e-9 <= curve.y_at(inside) <= span[1] + 1e-9
    assert all(span[0] <= y <= span[1] for px, y in points if x < px < x + width)


@given(POINTS, POINTS, st.integers(0, 12), st.integers(0, 12))
def test_a_curve_made_like_another_is_the_same_as_one_made_afresh(
    points: list[tuple[float, float]], others: list[tuple[float, float]], left: int, right: int
) -> None:
    edge = points[min(left, len(points) - 1)][0]
    changed = [point for point in others if edge < point[0]][:right]
    end = changed[-1][0] if changed else edge
    mixed = apart([*(p for p in points if p[0] <= edge), *changed, *(p for p in points if p[0] > end)])
    old = MonotoneCurve(points)
    old.segments(1.0, 600.0)
    new, fresh = MonotoneCurve(mixed, like=old), MonotoneCurve(mixed)
    assert new.segments(1.0, 600.0) == fresh.segments(1.0, 600.0)
    assert new.segments(2.0) == fresh.segments(2.0)
    low, high = new.changed
    for x in range(0, 501, 5):
        assert low <= x <= high or near(new.y_at(x), old.y_at(x))


@given(POINTS)
def test_a_curve_can_be_drawn_as_its_mirror_image_and_lower_down(points: list[tuple[float, float]]) -> None:
    curve = MonotoneCurve(points)
    for segment, twin in zip(curve.segments(), curve.segments(3.0, 500.0), strict=True):
        xs, ys = segment[1::2], segment[2::2]
        assert near(twin[1::2], tuple(500.0 - x for x in xs))
        assert near(twin[2::2], tuple(y + 3.0 for y in ys))


@pytest.mark.parametrize("points", [[], [(0, 1), (0, 2)], [(1, 1), (0, 2)]])
def test_points_that_make_no_curve_are_refused(points: list[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="ascending x"):
        MonotoneCurve(points)


# Values and heights


@given(st.floats(-2, 2), st.floats(0, 300))
def test_a_value_is_found_again_at_its_height(value: float, plot_top: float) -> None:
    assert near(y_value(value_y(value, plot_top), plot_top), value, 1e-9)


@given(st.floats(-100, 400), st.floats(0, 300))
def test_heights_beyond_the_scale_are_its_ends(y: float, plot_top: float) -> None:
    value = y_value(y, plot_top)
    assert -2 <= value <= 2
    if plot_top <= y <= plot_top + theme.PLOT_HEIGHT:
        assert near(value_y(value, plot_top), y, 1e-9)


def test_better_is_higher() -> None:
    assert [value_y(value, 10) for value in VALUES] == [10, 20, 30, 40, 50]


# Faces


@pytest.mark.parametrize("value", [-2, -0.7, 0, 1, 2])
def test_the_mouth_follows_the_value(value: float) -> None:
    outline, left_eye, right_eye, mouth = face(10, 20, 2.5, value, "#112233")
    assert isinstance(mouth, Shape)
    assert isinstance(outline, Shape)
    assert isinstance(left_eye, Shape)
    (_, _, corner), (_, _, bend, *_) = mouth.segments  # type: ignore[misc]
    assert (bend > corner) is (value > 0)
    assert outline.fill == theme.emotion_color(value)
    assert theme.contrast(str(mouth.stroke), str(outline.fill)) >= 4.5
    assert right_eye != left_eye


def test_personas_have_outlines_of_their_own() -> None:
    assert len({outline_path(0, 0, 1, number) for number in range(len(OUTLINES))}) == len(OUTLINES)
    assert outline_path(0, 0, 1, len(OUTLINES)) == outline_path(0, 0, 1, 0)


# A curve lane

LANE = "curve"


def curve_map(*points: EmotionPoint, personas: int = 1, steps: int = 3, width: float | None = None) -> Document:
    return Document([
        MapRecord(title="Map"),
        Stage(id="st"),
        *(Step(id=f"sp{number}", stage="st", order=f"a{number}x", width=width) for number in range(steps)),
        *(Persona(id=f"pe{number}", name=f"Person {number}", order=f"a{number}x") for number in range(personas)),
        Lane(id=LANE, kind="emotion"),
        *points,
    ])  # fmt: skip


def point(id: str, step: int, value: float, *, persona: int = 0, at: float = 0.5, label: str = "") -> EmotionPoint:
    return EmotionPoint(id=id, lane=LANE, persona=f"pe{persona}", step=f"sp{step}", at=at, value=value, label=label)


def drawing_of(document: Document) -> Drawing:
    return MapLayout(document).curves[LANE].drawing


def lines_of(drawing: Drawing) -> list[Shape]:
    return [
        item
        for item in drawing.items
        if isinstance(item, Shape) and item.stroke_width == theme.CURVE_WIDTH and item.stroke and len(item.segments) > 1
        and item.segments[1][0] == "C"
    ]  # fmt: skip


@pytest.mark.usefixtures("qapp")
def test_a_lane_without_points_shows_guides_only() -> None:
    drawing = drawing_of(curve_map())
    assert lines_of(drawing) == []
    assert texts_in(drawing) == []
    guides = [
        item for item in drawing.items if isinstance(item, Line) and item.stroke in {theme.GUIDE, theme.ZERO_GUIDE}
    ]
    assert len(guides) == 5
    assert drawing.h == theme.PLOT_HEIGHT + 2 * theme.PLOT_PAD


@pytest.mark.usefixtures("qapp")
def test_a_lane_without_personas_or_columns_is_still_a_lane() -> None:
    assert texts_in(drawing_of(curve_map(personas=0))) == []
    document = Document([MapRecord(), Lane(id=LANE, kind="emotion"), Persona(id="pe0")])
    assert drawing_of(document).w == theme.EMPTY_GRID_WIDTH


@pytest.mark.usefixtures("qapp")
def test_one_point_is_a_face_without_a_line() -> None:
    layout = MapLayout(curve_map(point("p", 1, 1.0)))
    lane = layout.curves[LANE]
    assert lines_of(lane.drawing) == []
    [mark] = lane.points
    assert mark.id == "p"
    assert near(mark.x, layout.columns[1].x + layout.columns[1].w / 2)
    assert near(mark.y, value_y(1.0, layout.plot_top(LANE)))
    assert texts_in(lane.drawing)[-1].block.text == "Person 0"


@pytest.mark.usefixtures("qapp")
def test_points_at_the_same_place_are_set_apart() -> None:
    layout = MapLayout(curve_map(*(point(f"p{number}", 1, number - 1.0) for number in range(4) if number < 4)))
    xs = [mark.x for mark in layout.curves[LANE].points]
    assert all(0 < b - a < 0.1 for a, b in pairwise(xs))
    [line] = lines_of(layout.curves[LANE].drawing)
    assert len(line.segments) == 4


@pytest.mark.usefixtures("qapp")
def test_each_persona_has_a_line_in_her_colour_and_a_place_in_the_legend() -> None:
    points = [point(f"p{persona}{step}", step, step - 1.0, persona=persona) for persona in (0, 1) for step in (0, 1, 2)]
    document = curve_map(*points, personas=3)
    with document.edit("colour") as tx:
        edits.set_fields(tx, ["pe1"], color="#0E7490")
    drawing = drawing_of(document)
    assert [line.stroke for line in lines_of(drawing)] == ["#9D174D", "#0E7490"]
    texts = texts_in(drawing)
    assert [text.block.text for text in texts if text.block.style == theme.LEGEND] == ["Person 0", "Person 1"]


@pytest.mark.usefixtures("qapp")
def test_faces_stay_within_the_column_of_their_step() -> None:
    ends = [point(f"p{step}{at}", step, 2.0, at=float(at)) for step in (0, 1) for at in (0, 1)]
    layout = MapLayout(curve_map(*ends, steps=2, width=20.0))
    for mark, end in zip(layout.curves[LANE].points, ends, strict=True):
        column = layout.column_of[end.step]
        assert column.x <= mark.x - mark.r * 1.3
        assert mark.x + mark.r * 1.3 <= column.x + column.w


@pytest.mark.usefixtures("qapp")
def test_a_legend_too_long_for_one_row_takes_more() -> None:
    points = [point(f"p{persona}", 0, 0.0, persona=persona) for persona in range(9)]
    document = curve_map(*points, personas=9, steps=1, width=40.0)
    with document.edit("name") as tx:
        edits.set_fields(tx, ["pe4"], name="A name that is far too long for a map that has but one step in it")
    drawing = drawing_of(document)
    texts = texts_in(drawing)
    assert len(texts) == 9
    assert all(text.x + text.block.width <= drawing.w for text in texts)
    assert all(text.y + text.block.height <= drawing.h for text in texts)
    assert all(one.y + one.block.height <= other.y + 0.01 for one, other in pairwise(texts))


@pytest.mark.usefixtures("qapp")
def test_a_legend_of_very_many_curves_names_some_of_them() -> None:
    points = [point(f"p{persona}", 0, 0.0, persona=persona) for persona in range(60)]
    texts = [text.block.text for text in texts_in(drawing_of(curve_map(*points, personas=60)))]
    assert texts[-1] == "and 37 more"
    assert len(texts) == 24


@pytest.mark.usefixtures("qapp")
def test_the_area_under_the_first_curve_is_tinted() -> None:
    drawing = drawing_of(curve_map(point("a", 0, 1.0), point("b", 2, -1.0)))
    [area] = [item for item in drawing.items if isinstance(item, Shape) and item.fill and item.segments[-2][0] == "L"][
        :1
    ]
    assert area.fill == theme.mixed("#9D174D", theme.CELL, 0.09)
    assert area.stroke is None


@pytest.mark.usefixtures("qapp")
@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 1), st.floats(-2, 2), st.integers(0, 2)), max_size=12))
def test_every_point_is_drawn_where_it_is_said_to_be(spots: list[tuple[int, float, float, int]]) -> None:
    points = [
        point(f"p{number}", step, value, persona=persona, at=at)
        for number, (step, at, value, persona) in enumerate(spots)
    ]
    lane = MapLayout(curve_map(*points, personas=3, steps=4)).curves[LANE]
    assert sorted(mark.id for mark in lane.points) == sorted(point.id for point in points)
    filled = [item for item in lane.drawing.items if isinstance(item, Shape) and item.fill]
    for mark in lane.points:
        x, y = mark.x - lane.rect.x, mark.y - lane.rect.y
        assert any(_is_centre(shape, x, y) for shape in filled)


def _is_centre(shape: Shape, x: float, y: float) -> bool:
    ends = [segment[-2:] for segment in shape.segments if len(segment) > 2]
    xs, ys = [float(end[0]) for end in ends], [float(end[1]) for end in ends]
    return near((min(xs) + max(xs)) / 2, x, 1e-3) and near((min(ys) + max(ys)) / 2, y, 1e-3)


@pytest.mark.usefixtures("qapp")
def test_labels_come_before_the_legend() -> None:
    drawing = drawing_of(curve_map(point("a", 0, 1.0, label="“Not available”")))
    assert [text.block.text for text in texts_in(drawing)] == ["“Not available”", "Person 0"]
