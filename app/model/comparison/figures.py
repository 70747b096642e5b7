"""How the figures of two maps differ: curves, metrics, durations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.model.comparison.changes import Change
from app.model.comparison.side import Side
from app.model.fields import MEASURES, Measure
from app.model.kinds.metric import Metric
from app.model.lanes import lane_kind
from app.model.records import EmotionPoint, Lane

Curve = tuple[str, str, Measure, str | None]


class Levels(NamedTuple):
    """The points of a curve, −2 to 2: how many, their mean, the lowest, the highest."""

    points: int
    mean: float
    lowest: float
    highest: float


class CurveDifference(NamedTuple):
    """How a curve, or its part in a stage (None: all of it), differs. `before` or `after` None: it has no point there.

    Points whose value or place changed are in `moved`.
    """

    lane: str
    persona: str
    measure: Measure
    stage: str | None
    before: Levels | None
    after: Levels | None
    added: int
    removed: int
    moved: int


class Figure(NamedTuple):
    """Where a metric stands, where it should, and how much is missing, in `unit`. None: that is not known."""

    current: float | None
    target: float | None
    distance: float | None
    unit: str


class MetricDifference(NamedTuple):
    """A metric whose figure differs; None where it is not there."""

    id: str
    before: Figure | None
    after: Figure | None


class TimeDifference(NamedTuple):
    """The sum of all durations in a stage (None: in the map), in minutes."""

    stage: str | None
    before: float
    after: float


def curve_differences(before: Side, after: Side, changes: Mapping[str, Change]) -> list[CurveDifference]:
    """The curves and parts of curves that differ, by lane, persona and measure; first all of a curve, then by stage."""
    if not any(change.type in {"emotion_point", "step", "lane"} for change in changes.values()):
        return []
    old, new = _curves(before), _curves(after)
    found = [_curve(curve, old.get(curve, []), new.get(curve, []), changes) for curve in {*old, *new}]
    rank = _ranks(before) | _ranks(after)
    differing = [difference for difference in found if _differs(difference)]
    return sorted(
        differing,
        key=lambda it: (rank.get(it.lane, 0), it.persona, MEASURES.index(it.measure), rank.get(it.stage or "", -1)),
    )


def _ranks(side: Side) -> dict[str, int]:
    return side.row_of | side.stage_row


def _curves(side: Side) -> dict[Curve, list[EmotionPoint]]:
    curves: dict[Curve, list[EmotionPoint]] = {}
    for record in side.records.values():
        if isinstance(record, EmotionPoint):
            lane = side.records.get(record.lane)
            measure = record.measure or lane_kind(lane.kind if isinstance(lane, Lane) else "").measure
            for stage in (None, side.stage_of(record)):
                curves.setdefault((record.lane, record.persona, measure, stage), []).append(record)
    return curves


def _curve(
    curve: Curve, old: list[EmotionPoint], new: list[EmotionPoint], changes: Mapping[str, Change]
) -> CurveDifference:
    was, now = {point.id for point in old}, {point.id for point in new}
    moved = sum(_has_moved(changes.get(id)) for id in was & now)
    return CurveDifference(*curve, _levels(old), _levels(new), len(now - was), len(was - now), moved)


def _has_moved(change: Change | None) -> bool:
    return change is not None and bool(change.moved or any(field.field == "value" for field in change.fields))


def _levels(points: list[EmotionPoint]) -> Levels | None:
    values = [point.value for point in points]
    return Levels(len(values), sum(values) / len(values), min(values), max(values)) if values else None


def _differs(curve: CurveDifference) -> bool:
    return curve.before != curve.after or bool(curve.added or curve.removed or curve.moved)


def metric_differences(changes: Iterable[Change]) -> list[MetricDifference]:
    """The metrics that were added, removed, or whose figure is another, in the order of the changes."""
    found = (
        MetricDifference(change.id, _figure(change.before), _figure(change.after))
        for change in changes
        if isinstance(change.before, Metric) or isinstance(change.after, Metric)
    )
    return [metric for metric in found if metric.before != metric.after]


def _figure(record: object) -> Figure | None:
    if not isinstance(record, Metric):
        return None
    return Figure(record.value, record.target, record.missing, record.shown_unit)


def time_differences(before: Side, after: Side) -> list[TimeDifference]:
    """The stages whose durations add up to something else, after the whole map where that differs too."""
    old, new = _times(before), _times(after)
    stages: list[str | None] = [None, *dict.fromkeys(stage.id for stage in (*after.stages, *before.stages))]
    found = (TimeDifference(stage, old.get(stage, 0.0), new.get(stage, 0.0)) for stage in stages)
    return [time for time in found if round(time.before, 6) != round(time.after, 6)]


def _times(side: Side) -> dict[str | None, float]:
    """The minutes of all cards that say how long they take: in the map (None) and in each stage."""
    times: dict[str | None, float] = {}
    for record in side.records.values():
        minutes = record.__dict__.get("duration")
        if isinstance(minutes, float) and minutes:
            for stage in {None, side.stage_of(record)}:
                times[stage] = times.get(stage, 0.0) + minutes
    return times
