"""What people read of figures that differ."""

from __future__ import annotations

from app.model.comparison.figures import CurveDifference, Figure, MetricDifference, TimeDifference
from app.model.comparison.side import Side
from app.model.durations import duration_text
from app.model.languages import figure
from app.model.sentence import Sentence

FIGURE_WORDINGS: dict[str, str] = {
    "curve": "{measure} of {persona} in {stage}: on average {after}, before {before}; lowest {low}, highest {high}.",
    "curve_new": "{measure} of {persona} in {stage}: on average {after}; before, there was no point.",
    "curve_gone": "{measure} of {persona} in {stage}: no point any more; before, {before} on average.",
    "whole": "{measure} of {persona} on the way: on average {after}, before {before}; lowest {low}, highest {high}.",
    "whole_new": "{measure} of {persona} on the way: on average {after}; before, there was no point.",
    "whole_gone": "{measure} of {persona} on the way: no point any more; before, {before} on average.",
    "metric": "{name}: {after}, before {before}.",
    "metric_missing": "{name}: {after}, before {before}; {distance} to go.",
    "metric_reached": "{name}: {after}, before {before}; the target is reached.",
    "time_longer": "{stage} takes {after}, {difference} longer than before.",
    "time_shorter": "{stage} takes {after}, {difference} less than before.",
    "way_longer": "The whole way takes {after}, {difference} longer than before.",
    "way_shorter": "The whole way takes {after}, {difference} less than before.",
}
"""The templates: see `Sentence`."""

MEASURED = {"emotion": "Emotion", "expectation": "Expectation", "importance": "Importance", "effort": "Effort"}
UNKNOWN = "unknown"


def curve_sentence(curve: CurveDifference, before: Side, after: Side) -> Sentence:
    """ "Emotion of “Mia” in “Purchase”: on average −1.1, before −0.5; lowest −2, highest 0.3." """
    values = {"measure": MEASURED[curve.measure], "persona": _name(curve.persona, before, after)}
    key = "whole" if curve.stage is None else "curve"
    if curve.stage is not None:
        values["stage"] = _name(curve.stage, before, after)
    if curve.before is not None:
        values["before"] = figure(curve.before.mean)
    if curve.after is not None:
        levels = curve.after
        values |= {"after": figure(levels.mean), "low": figure(levels.lowest), "high": figure(levels.highest)}
    key += "_new" if curve.before is None else "_gone" if curve.after is None else ""
    return Sentence(FIGURE_WORDINGS[key], values, frozenset({"measure"}))


def metric_sentence(metric: MetricDifference, before: Side, after: Side) -> Sentence:
    """ "“NPS after a month”: 12, before 4; 18 to go." """
    values = {"name": _name(metric.id, before, after), "before": _shown(metric.before), "after": _shown(metric.after)}
    labels = {word for word in ("before", "after") if values[word] == UNKNOWN}
    distance = metric.after.distance if metric.after is not None else None
    if distance is None:
        return Sentence(FIGURE_WORDINGS["metric"], values, frozenset(labels))
    if distance <= 0:
        return Sentence(FIGURE_WORDINGS["metric_reached"], values, frozenset(labels))
    unit = metric.after.unit if metric.after is not None else ""
    values["distance"] = f"{figure(distance)} {unit}".rstrip()
    return Sentence(FIGURE_WORDINGS["metric_missing"], values, frozenset(labels))


def time_sentence(time: TimeDifference, before: Side, after: Side) -> Sentence:
    """ "“Consideration” takes 25 min, 10 min less than before." """
    values = {"after": duration_text(time.after), "difference": duration_text(abs(time.after - time.before))}
    if time.stage is not None:
        values["stage"] = _name(time.stage, before, after)
    key = ("way" if time.stage is None else "time") + ("_longer" if time.after > time.before else "_shorter")
    return Sentence(FIGURE_WORDINGS[key], values)


def _name(id: str, before: Side, after: Side) -> str:
    return (after if id in after.records else before).name(id)


def _shown(number: Figure | None) -> str:
    """A figure with its unit, and its target where it has one."""
    if number is None or number.current is None:
        return UNKNOWN
    return f"{figure(number.current)} {number.unit}".rstrip()
