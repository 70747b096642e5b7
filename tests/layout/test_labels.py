"""Labels of curves cover nothing: neither curve, nor face, nor each other, nor the legend, and stay in their lane."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.layout import theme
from app.layout.curves import FACE_REACH
from app.layout.drawing import Drawing, Line, Rect, Shape
from app.layout.engine import MapLayout
from app.layout.labels import Bins, LabelSpace, LabelSpot, Lead
from app.layout.monotone import MonotoneCurve
from app.model.document import Document
from app.model.records import EmotionPoint, Lane, MapRecord, Persona, Stage, Step
from tests.layout.maps import TEXTS, text_rect, texts_in

SLACK = 0.01
WORDS = ("yes", "waiting", "lost at the lifts", "“She looked at me, not at the screen.”", *TEXTS[1:])
SPOTS = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.one_of(st.just(0.5), st.floats(0, 1)),
        st.one_of(st.sampled_from([-2.0, 0.0, 2.0]), st.floats(-2, 2)),
        st.integers(0, 2),
        st.sampled_from(["", *WORDS]),
    ),
    max_size=40,
)


def labelled_map(
    spots: list[tuple[int, float, float, int, str]], width: float | None, steps: int, language: str = "en"
) -> Document:
    return Document([
        MapRecord(language=language),
        Stage(id="st"),
        *(Step(id=f"sp{number}", stage="st", order=f"a{number}x", width=width) for number in range(steps)),
        *(Persona(id=f"pe{number}", name=f"Person {number}") for number in range(3)),
        Lane(id="curve", kind="emotion"),
        *(
            EmotionPoint(
                id=f"p{number}", lane="curve", persona=f"pe{who}", step=f"sp{step % steps}", at=at, value=y, label=text
            )
            for number, (step, at, y, who, text) in enumerate(spots)
        ),
    ])  # fmt: skip


def check_labels(layout: MapLayout, labels: list[str], names: int) -> None:
    lane = layout.curves["curve"]
    texts = texts_in(lane.drawing)
    shown = [text.block.text for text in texts[: len(texts) - names] if text.block.style != theme.CURVE_MARK]
    assert sorted(shown) == sorted(labels)
    rects = [text_rect(text) for text in texts]
    for rect in rects:
        assert rect.x >= -SLACK
        assert rect.right <= lane.rect.w + SLACK
        assert rect.y >= 0
        assert rect.bottom <= lane.rect.h + SLACK
    for one, other in combinations(rects, 2):
        assert not one.grown(-SLACK).overlaps(other)
    marks = [Rect(mark.x - lane.rect.x, mark.y - lane.rect.y, 0, 0) for mark in lane.points]
    for rect in rects:
        assert not any(mark.grown(FACE_REACH).overlaps(rect) for mark in marks)
    for spot in along_curves(lane.drawing):
        assert not any(spot.overlaps(rect) for rect in rects[: len(rects) - names])
    for lead in leads_in(lane.drawing):
        assert not any(lead.inside(rect.grown(-SLACK)) for rect in rects[: len(rects) - names])


def leads_in(drawing: Drawing) -> list[Lead]:
    """The lines from labels to faces."""
    lines = [item for item in drawing.items if isinstance(item, Line) and item.stroke == theme.ZERO_GUIDE]
    return [Lead(line.x1, line.y1, line.x2, line.y2) for line in lines if line.y1 != line.y2]


def along_curves(drawing: Drawing) -> list[Rect]:
    """Spots all along the curves, as wide as the line."""
    spots: list[Rect] = []
    half = theme.CURVE_WIDTH / 2
    for item in drawing.items:
        if isinstance(item, Shape) and item.stroke and len(item.segments) > 1 and item.segments[1][0] == "C":
            spots += _spots(item) if item.stroke_width == theme.CURVE_WIDTH else []
    return [spot.grown(half) for spot in spots]


def _spots(shape: Shape) -> list[Rect]:
    spots: list[Rect] = []
    x0, y0 = shape.segments[0][1:3]  # type: ignore[misc]
    for segment in shape.segments[1:]:
        _, x1, y1, x2, y2, x3, y3 = segment  # type: ignore[misc]
        for step in range(21):
            t = step / 20
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            spots.append(Rect(a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3, 0, 0))
        x0, y0 = x3, y3
    return spots


@pytest.mark.usefixtures("qapp")
@settings(max_examples=120)
@given(SPOTS, st.sampled_from([None, 20.0, 60.0]), st.integers(1, 6), st.sampled_from(["en", "ar"]))
def test_labels_cover_nothing(
    spots: list[tuple[int, float, float, int, str]], width: float | None, steps: int, language: str
) -> None:
    layout = MapLayout(labelled_map(spots, width, steps, language))
    check_labels(layout, [text for *_, text in spots if text], len({who for _, _, _, who, _ in spots}))


@pytest.mark.usefixtures("qapp")
def test_many_labels_at_one_spot_make_the_lane_higher() -> None:
    spots = [(0, 0.5, 0.0, 0, f"label number {number}") for number in range(30)]
    layout = MapLayout(labelled_map(spots, 20.0, 1))
    check_labels(layout, [text for *_, text in spots], 1)
    leads = [
        item
        for item in layout.curves["curve"].drawing.items
        if isinstance(item, Line) and item.stroke == theme.ZERO_GUIDE and item.y1 != item.y2
    ]
    assert leads
    assert layout.row_of["curve"].h > 90
    assert all(0 <= lead.y1 <= layout.row_of["curve"].h for lead in leads)


@pytest.mark.usefixtures("qapp")
def test_a_single_label_stands_right_above_a_good_moment_and_below_a_bad_one() -> None:
    for value in (1.0, -1.0):
        layout = MapLayout(labelled_map([(0, 0.5, value, 0, "yes")], None, 1))
        lane = layout.curves["curve"]
        [mark] = lane.points
        label = text_rect(texts_in(lane.drawing)[0]).moved(lane.rect.x, lane.rect.y)
        assert abs(label.x + label.w / 2 - mark.x) < 0.2
        gap = mark.y - label.bottom if value > 0 else label.y - mark.y
        assert FACE_REACH < gap < FACE_REACH + 1


# The space by itself


def spot(x: float, y: float, *, w: float = 10.0, h: float = 3.0) -> LabelSpot:
    return LabelSpot(x, y, 3.0, w, h, above_first=True)


def space() -> LabelSpace:
    return LabelSpace(100.0, 50.0, 5.0, 0.4)


def test_a_label_avoids_a_face_and_another_label() -> None:
    there = space()
    there.put_face("above", Rect(45, 15, 10, 6))
    first = there.place(((0, 0), 50.0, "a"), spot(50, 25))
    assert not first.rect.overlaps(Rect(45, 15, 10, 6))
    second = there.place(((0, 0), 50.0, "b"), spot(50, 25))
    assert not second.rect.overlaps(first.rect)
    there.drop_face("above", Rect(45, 15, 10, 6))
    assert there.place(((0, 0), 10.0, "a"), spot(50, 25)).rect.y < 22


def test_labels_that_come_later_do_not_count() -> None:
    there = space()
    later = there.place(((0, 1), 50.0, "b"), spot(50, 25))
    assert there.place(((0, 0), 50.0, "a"), spot(50, 25)) == later


def test_a_label_avoids_a_curve_but_not_where_the_curve_is_not() -> None:
    there = space()
    there.curves["one"] = MonotoneCurve([(0, 18.0), (100, 18.0)])
    assert there.place(((0, 0), 50.0, "a"), spot(50, 25)).rect.y > 25
    free = space()
    free.curves["one"] = MonotoneCurve([(70, 18.0), (100, 18.0)])
    assert free.place(((0, 0), 50.0, "a"), spot(50, 25)).rect.y < 25


def test_without_room_a_label_goes_to_a_track_above_all_others() -> None:
    there = space()
    there.put_face("everything", Rect(0, -20, 100, 90))
    places = [there.place(((0, 0), 50.0, str(number)), spot(50, 25)) for number in range(3)]
    assert all(place.lead is not None for place in places)
    tops = [place.rect.y for place in places]
    assert tops == sorted(tops, reverse=True)
    assert not any(one.rect.overlaps(other.rect) for one, other in combinations(places, 2))
    assert there.place(((0, 0), 90.0, "aside"), spot(90, 25)).rect.y == tops[0]


@given(st.lists(st.tuples(st.floats(-50, 300), st.floats(0, 80)), max_size=20), st.floats(-60, 300), st.floats(0, 60))
def test_bins_find_all_that_is_near(things: list[tuple[float, float]], x: float, width: float) -> None:
    bins: Bins[int] = Bins()
    rects = {number: Rect(left, 0, w, 1) for number, (left, w) in enumerate(things)}
    for number, rect in rects.items():
        bins.put(number, rect)
    found = dict(bins.near(x, x + width))
    assert {number for number, rect in rects.items() if rect.x < x + width and x < rect.right} <= found.keys()
    for number, rect in rects.items():
        bins.drop(number, rect)
    assert list(bins.near(-100, 500)) == []
