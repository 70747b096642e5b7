"""Lanes that fold up, lanes of channels, and curves of several measures: what they show, and that they follow edits."""

from __future__ import annotations

from typing import Any

import pytest

from app.layout import lookup, theme
from app.layout.drawing import Drawing, Icon, Shape
from app.layout.engine import MapLayout
from app.layout.measures import ASSUMED, BROAD, DOUBLE, THIN
from app.model import edits
from app.model.document import Document
from app.model.kinds.action import Action
from app.model.kinds.touchpoint import Touchpoint
from app.model.records import EmotionPoint, Lane, Link, MapRecord, Persona, Stage, Step
from tests.layout.maps import follow, picture, texts_in

pytestmark = pytest.mark.usefixtures("qapp")


def a_map(*more: Any, language: str = "en", **curve: Any) -> Document:
    return Document([
        MapRecord(language=language),
        Stage(id="st"),
        *(Step(id=f"s{number}", stage="st", order=f"a{number}x") for number in range(5)),
        Persona(id="mia", name="Mia", color="#9D174D"),
        Lane(id="cards", kind="actions", title="Actions", order="a1"),
        Lane(id="touch", kind="touchpoints", order="a2"),
        Lane(id="channels", kind="channels", order="a3"),
        Lane(id="curve", **{"kind": "emotion", "order": "a4", **curve}),
        *more,
    ])  # fmt: skip


def point(step: int, value: float, **fields: Any) -> EmotionPoint:
    measure = fields.get("measure") or ""
    return EmotionPoint(id=f"p{step}{measure}", lane="curve", persona="mia", step=f"s{step}", value=value, **fields)


def card(id: str, step: int, **fields: Any) -> Action:
    return Action(id=id, lane="cards", step=f"s{step}", title=id, **fields)


def touch(id: str, step: int, channel: str, **fields: Any) -> Touchpoint:
    return Touchpoint(id=id, lane="touch", step=f"s{step}", channel=channel, **fields)


def change(document: Document, ids: list[str], **fields: Any) -> None:
    with document.edit("Change") as tx:
        edits.set_fields(tx, ids, **fields)


def words(drawing: Drawing) -> list[str]:
    return [text.block.text for text in texts_in(drawing)]


def lines(drawing: Drawing, color: str = "#9D174D") -> list[Shape]:
    """The lines of curves: open paths over more than a legend's sample."""
    shapes = [item for item in drawing.items if isinstance(item, Shape) and item.fill is None]
    return [item for item in shapes if item.stroke == color and any(one[0] == "C" for one in item.segments)]


# Curves


def test_every_measure_has_a_line_of_its_own_that_is_told_apart_without_colour() -> None:
    measures = (None, "expectation", "importance", "effort")
    points = [point(step, value, measure=measure) for measure in measures for step, value in ((0, -1.0), (1, 1.0))]
    drawing = MapLayout(a_map(*points)).curves["curve"].drawing
    paths = [item for item in drawing.items if isinstance(item, Shape) and not item.fill and len(item.segments) == 2]
    curved = [item for item in paths if item.segments[1][0] == "C" and item.stroke != theme.CELL]
    assert {item.stroke_width for item in curved} >= {theme.CURVE_WIDTH, THIN, DOUBLE, BROAD}
    assert not any(item.dash for item in curved)
    shown = words(drawing)
    assert [text for text in shown if text.startswith("Mia")] == [
        "Mia", "Mia – Expectation", "Mia – Importance", "Mia – Effort",
    ]  # fmt: skip


def test_a_curve_has_a_gap_where_nothing_is_known() -> None:
    document = a_map(*(point(step, step / 2) for step in range(4)))
    layout = MapLayout(document)
    follow(document, layout)
    whole = [item for item in lines(layout.curves["curve"].drawing) if len(item.segments) == 4]
    assert len(whole) == 1
    change(document, ["p1"], unknown_after=True)
    parts = [item for item in lines(layout.curves["curve"].drawing) if item.stroke_width == theme.CURVE_WIDTH]
    assert [len(part.segments) for part in parts] == [2, 2]
    left, right = layout.curves["curve"].points[1:3]
    assert parts[0].segments[-1][-2:] == pytest.approx((left.x - layout.head.x, left.y - layout.row_of["curve"].y))
    assert parts[1].segments[0][-2:] == pytest.approx((right.x - layout.head.x, right.y - layout.row_of["curve"].y))


def test_what_is_assumed_is_dashed_on_both_sides_of_the_point_and_the_legend_says_so() -> None:
    document = a_map(*(point(step, step / 2) for step in range(5)))
    layout = MapLayout(document)
    follow(document, layout)
    assert "Assumption" not in words(layout.curves["curve"].drawing)
    change(document, ["p2"], standing="assumption")
    drawing = layout.curves["curve"].drawing
    parts = [item for item in lines(drawing) if item.stroke_width == theme.CURVE_WIDTH]
    assert [(len(part.segments) - 1, part.dash) for part in parts] == [(1, ()), (2, ASSUMED), (1, ())]
    assert "Assumption" in words(drawing)


def test_the_peak_the_low_and_the_end_are_named_and_follow_the_points() -> None:
    document = a_map(*(point(step, value) for step, value in enumerate((0.0, 2.0, -2.0, 1.0))))
    layout = MapLayout(document)
    follow(document, layout)
    assert [word for word in words(layout.curves["curve"].drawing) if word != "Mia"] == ["Peak", "Low", "End"]
    change(document, ["p3"], value=-2.0)
    change(document, ["p2"], value=0.0)
    assert [word for word in words(layout.curves["curve"].drawing) if word != "Mia"] == ["Peak", "Low · End"]
    change(document, ["p1"], value=-2.0)
    assert picture(layout) == picture(MapLayout(document))


def test_a_quote_stands_in_quotation_marks_and_the_label_stays_the_label() -> None:
    document = a_map(point(0, 1.0, label="glad", quote='"at last"'), language="de")
    layout = MapLayout(document)
    assert words(layout.curves["curve"].drawing)[:2] == ["glad", "„at last“"]
    label = layout.label("curve", "p0")
    assert label is not None
    assert label.block.text == "glad"
    change(document, ["p0"], label="")
    assert MapLayout(document).label("curve", "p0") is None


@pytest.mark.parametrize(("kind", "ends"), [("emotion", {"+2", "−2"}), ("importance", {"high", "low"})])
def test_the_scale_speaks_of_what_the_lane_shows(kind: str, ends: set[str]) -> None:
    header = next(one for one in MapLayout(a_map(kind=kind)).lane_headers if one.id == "curve")
    assert ends <= set(words(header.drawing))


def test_while_a_label_is_written_the_other_marks_stay_the_same_objects() -> None:
    document = a_map(*(point(step, step / 2, label=f"label {step}") for step in range(5)))
    layout = MapLayout(document)
    follow(document, layout)
    before = {id(item) for item in layout.curves["curve"].drawing.items}
    kept = layout.curves["curve"].drawing  # so that no new object takes an old one's place
    change(document, ["p2"], label="label 3")
    new = [item for item in layout.curves["curve"].drawing.items if id(item) not in before]
    assert len(new) <= len(layout.lane_headers[0].drawing.items) + 9  # a face, its label, the lane's ground
    assert not any(isinstance(item, Shape) and len(item.segments) > 6 and not item.fill for item in new)
    assert kept is not layout.curves["curve"].drawing


# Folded lanes


def test_a_folded_lane_is_thin_whatever_lies_in_it_and_says_how_much() -> None:
    document = a_map(card("a", 0), card("b", 1), card("c", 1), height=200.0)
    layout = MapLayout(document)
    follow(document, layout)
    change(document, ["cards", "curve"], collapsed=True)
    for lane, count in (("cards", "3"), ("curve", "0")):
        assert layout.row_of[lane].h < 9
        header = next(one for one in layout.lane_headers if one.id == lane)
        assert count in words(header.drawing)
        assert "chevron-right" in [item.name for item in header.drawing.items if isinstance(item, Icon)]
    assert layout.card("a") is None
    assert list(layout.curves) == []
    assert picture(layout) == picture(MapLayout(document))
    document.undo()
    assert layout.card("a") is not None
    assert layout.row_of["curve"].h == 200.0


def test_what_is_folded_up_is_still_somewhere_and_takes_no_links() -> None:
    document = a_map(card("a", 0), touch("t", 2, ""), Link(id="k", source="t", target="a"))
    layout = MapLayout(document)
    follow(document, layout)
    assert layout.link("k") is not None
    change(document, ["cards"], collapsed=True)
    assert layout.link("k") is None
    row, column = layout.row_of["cards"], layout.column_of["s0"]
    assert lookup.rect_of(layout, "a") == (column.x, row.y, column.w, row.h)
    assert lookup.drop_place(layout, column.x + 5, row.y + 1) is None
    with document.edit("Add") as tx:
        edits.add_card(tx, "action", "cards", "s1")
    assert "2" in words(layout.lane_headers[0].drawing)


# Channels


def test_a_lane_of_channels_has_a_row_for_each_channel_in_use_and_dots_where_it_is() -> None:
    document = a_map(touch("a", 0, "website"), touch("b", 2, "phone", to_step="s3"), touch("c", 2, "phone"))
    layout = MapLayout(document)
    follow(document, layout)
    rows = layout.channel_rows("channels")
    assert [row.block.text for row in rows] == ["Website", "Phone"]
    assert [text for text in words(layout.lane_headers[2].drawing) if text] == ["Website", "Phone"]
    assert layout.row_of["channels"].h >= rows[-1].y + rows[-1].h

    def users(row: int, step: str) -> tuple[str, ...]:
        column = layout.column_of[step]
        y = layout.row_of["channels"].y + layout.channel_rows("channels")[row].middle
        dot = lookup.channel_dot(layout, column.x + column.w / 2, y)
        return dot.touchpoints if dot is not None else ()

    assert [users(0, step) for step in ("s0", "s1")] == [("a",), ()]
    assert [users(1, step) for step in ("s2", "s3", "s4")] == [("b", "c"), ("b",), ()]
    assert "2" in words(layout.block(("channels", "st")).background)
    change(document, ["a"], channel="phone")
    assert [row.block.text for row in layout.channel_rows("channels")] == ["Phone"]
    assert users(0, "s0") == ("a",)
    assert picture(layout) == picture(MapLayout(document))


def test_a_folded_lane_of_touchpoints_still_shows_in_the_channels() -> None:
    document = a_map(touch("a", 0, "website"))
    change(document, ["touch"], collapsed=True)
    assert [row.channel for row in MapLayout(document).channel_rows("channels")] == ["website"]


def test_a_line_below_a_lane_of_a_given_height_is_drawn_at_once() -> None:
    document = a_map(height=120.0)
    change(document, ["cards"], height=90.0)
    layout = MapLayout(document)
    follow(document, layout)
    picture(layout)
    change(document, ["cards", "curve"], line_below="visibility")
    assert picture(layout) == picture(MapLayout(document))


def test_a_card_that_moves_into_a_folded_lane_takes_its_links_along() -> None:
    document = a_map(card("a", 0), touch("t", 2, ""), Link(id="k", source="t", target="a"))
    with document.edit("Lane") as tx:
        folded = edits.add_lane(tx, "notes", "Folded")
        edits.set_fields(tx, [folded], collapsed=True)
    layout = MapLayout(document)
    follow(document, layout)
    assert layout.link("k") is not None
    with document.edit("Move") as tx:
        edits.move_cards(tx, ["a"], folded, "s0", 0)
    assert layout.link("k") is None
    assert picture(layout) == picture(MapLayout(document))
    document.undo()
    assert layout.link("k") is not None
