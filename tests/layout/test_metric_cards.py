"""The figure on a metric's card: its value, how far the target is, where it comes from, and how it went."""

from __future__ import annotations

from typing import Any

import pytest

from app.layout import theme
from app.layout.cards import card_drawing
from app.layout.drawing import Drawing, Line, Shape
from app.layout.metric_figure import distance_words, sparkline
from app.layout.script import Script
from app.model.kinds.metric import Metric
from app.model.registry import record_from_json
from tests.layout.maps import texts_in

pytestmark = pytest.mark.usefixtures("qapp")

LTR, RTL = Script(False, "en"), Script(True, "ar")
HISTORY = [["2026-01-01", 10.0], ["2026-01-11", 30.0], ["2026-04-11", 20.0]]


def metric(**values: Any) -> Metric:
    made = record_from_json(
        {"type": "card", "id": "c", "kind": "metric", "step": "s", "lane": "l", "title": "T", **values}
    )
    assert isinstance(made, Metric)
    return made


def said(card: Metric, script: Script = LTR, width: float = 60.0) -> list[str]:
    return [text.block.text for text in texts_in(card_drawing(card, width, script))][1:]


def test_nps_and_csat_come_from_their_counts_and_say_how_many_answered() -> None:
    nps = metric(measure="nps", promoters=50, passives=30, detractors=20, current=99.0)
    assert said(nps) == ["NPS · n = 100", "30"]
    csat = metric(measure="csat", satisfied=1_200, responses=1_600, target=87.0)
    assert said(csat) == ["CSAT · n = 1,600", "75 %", "Target 87 % · 12 points to go"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"measure": "csat", "current": 62.0, "target": 63.0}, "Target 63 % · 1 point to go"),
        ({"measure": "nps", "current": -5.0, "target": 10.0}, "Target 10 · 15 points to go"),
        ({"measure": "time", "current": 20.0, "target": 14.5, "unit": "days"}, "Target 14.5 days · 5.5 days to go"),
        ({"measure": "churn", "current": 2.0, "target": 3.0}, "Target 3 % · target reached"),
        ({"measure": "csat", "current": 80.0, "target": 80.0}, "Target 80 % · target reached"),
        ({"measure": "csat", "current": 80.0}, ""),
        ({"measure": "csat", "target": 80.0}, ""),
    ],
)
def test_the_distance_is_said_in_words(values: dict[str, Any], words: str) -> None:
    assert distance_words(metric(**values), "en") == words


def test_the_figure_is_large_and_a_metric_without_one_is_as_it_was() -> None:
    drawing = card_drawing(metric(current=12.0), 42.0, LTR)
    assert [text.block.style for text in texts_in(drawing)] == [theme.CARD_TITLE, theme.FIGURE]
    assert said(metric(measure="time", target=14.0)) == ["Time · 14 min"]


def lines(drawing: Drawing) -> list[Shape]:
    return [item for item in drawing.items if isinstance(item, Shape) and item.fill is None]


def test_a_history_is_drawn_to_the_scale_of_its_dates() -> None:
    card = metric(current=20.0, history=HISTORY)
    for script in (LTR, RTL):
        path = next(item for item in sparkline(card, 5.0, 2.0, 40.0, "#000000", script) if isinstance(item, Shape))
        (x1, y1), (x2, y2), (x3, y3) = (segment[1:] for segment in path.segments)  # type: ignore[misc]
        assert (x2 - x1) / (x3 - x1) == pytest.approx(0.1)
        assert (x3 > x1) is not script.rtl
        assert y2 < y3 < y1
        assert all(5.0 <= x <= 45.0 for x in (x1, x2, x3))


@pytest.mark.parametrize("history", [[], HISTORY[:1], [["2026-01-01", 1.0], ["2026-01-01", 2.0]]])
def test_one_date_is_no_history(history: list[list[Any]]) -> None:
    assert lines(card_drawing(metric(current=3.0, history=history), 42.0, LTR)) == []


def test_the_target_is_a_dashed_line_within_the_picture_and_a_flat_history_has_its_middle() -> None:
    card = metric(current=1.0, history=[["2026-01-01", 1.0], ["2026-02-01", 1.0]], target=9.0)
    items = sparkline(card, 0.0, 0.0, 30.0, "#000000", LTR)
    target = next(item for item in items if isinstance(item, Line))
    assert target.dash
    flat = next(item for item in items if isinstance(item, Shape))
    assert target.y1 < flat.segments[0][2]  # type: ignore[misc]
    alone = metric(current=1.0, history=[["2026-01-01", 1.0], ["2026-02-01", 1.0]])
    assert len(lines(card_drawing(alone, 42.0, LTR))) == 1


@pytest.mark.parametrize("width", [20.0, 42.0, 120.0])
@pytest.mark.parametrize("value", [3.0, -1_234_567.8])
def test_nothing_of_a_figure_sticks_out(width: float, value: float) -> None:
    card = metric(current=value, unit="long unit", target=99.0, history=HISTORY, standing="partly", body="Text")
    drawing = card_drawing(card, width, LTR)
    for text in texts_in(drawing):
        assert text.x >= 0
        assert text.x + text.block.ink_width <= width
        assert text.y + text.block.height <= drawing.h
    for shape in lines(drawing):
        assert all(0 <= segment[1] <= width for segment in shape.segments)  # type: ignore[misc]


def test_the_body_is_the_last_text_for_those_who_write_in_it() -> None:
    card = metric(current=3.0, target=4.0, history=HISTORY, standing="partly", body="Body")
    assert said(card)[-1] == "Body"
