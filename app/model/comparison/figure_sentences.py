"""What people read of figures that differ."""

from __future__ import annotations

from app.model.comparison.figures import CurveDifference, Figure, Levels, MetricDifference, TimeDifference
from app.model.comparison.side import Side
from app.model.durations import duration_text
from app.model.languages import figure
from app.model.sentence import Sentence

FIGURE_WORDINGS: dict[str, str] = {
    "curve": "{measure} of {persona} in {stage}: on average {after}, before {before}; lowest {low}, highest {high}.",
    "curve_new": "{measure} of {persona} in {stage}: on average {after}; before, there was no point.",
    "curve_gone": "{measure} of {persona} in {stage}: no point any more; before, {before} on average.",
    "curve_range": "{measure} of {persona} in {stage}: on average {after} as before; lowest {low}, highest {high}, "
    "before {low_before} and {high_before}.",
    "whole": "{measure} of {persona} on the way: on average {after}, before {before}; lowest {low}, highest {high}.",
    "whole_new": "{measure} of {persona} on the way: on average {after}; before, there was no point.",
    "whole_gone": "{measure} of {persona} on the way: no point any more; before, {before} on average.",
    "whole_range": "{measure} of {persona} on the way: on average {after} as before; lowest {low}, highest {high}, "
    "before {low_before} and {high_before}.",
    "metric": "{name}: {after}, before {before}.",
    "metric_missing": "{name}: {after}, before {before}; {distance} to go.",
    "metric_reached": "{name}: {after}, before {before}; the target is reached.",
    "target": "{name}: {after} as before; the target is {target}, before {target_before}.",
    "target_new": "{name}: {after} as before; the target is {target}, before there was none.",
    "target_gone": "{name}: {after} as before; there is no target any more, before {target_before}.",
    "time_longer": "{stage} takes {after}, {difference} longer than before.",
    "time_shorter": "{stage} takes {after}, {difference} less than before.",
    "way_longer": "The whole way takes {after}, {difference} longer than before.",
    "way_shorter": "The whole way takes {after}, {difference} less than before.",
}
"""The templates: see `Sentence`."""

MEASURED = {"emotion": "Emotion", "expectation": "Expectation", "importance": "Importance", "effort": "Effort"}
UNKNOWN = "unknown"


def curve_sentence(curve: CurveDifference, before: Side, after: Side) -> Sentence | None:
    """ "Emotion of “Mia” in “Purchase”: on average −1.1, before −0.5; lowest −2, highest 0.3."

    None where nobody would see a difference in it: points came and went, but the levels read the same.
    """
    was, now = _levels(curve.before), _levels(curve.after)
    if was == now:
        return None
    values = {"measure": MEASURED[curve.measure], "persona": _name(curve.persona, before, after)}
    key = "whole" if curve.stage is None else "curve"
    if curve.stage is not None:
        values["stage"] = _name(curve.stage, before, after)
    if was is not None:
        values |= {"before": was[0], "low_before": was[1], "high_before": was[2]}
    if now is not None:
        values |= {"after": now[0], "low": now[1], "high": now[2]}
    if was is None or now is None:
        key += "_new" if was is None else "_gone"
    elif was[0] == now[0]:
        key += "_range"
    return Sentence(FIGURE_WORDINGS[key], values, frozenset({"measure"}))


def metric_sentence(metric: MetricDifference, before: Side, after: Side) -> Sentence | None:
    """ "“NPS after a month”: 12, before 4; 18 to go." None where its figures read the same."""
    values = {"name": _name(metric.id, before, after), "before": _shown(metric.before), "after": _shown(metric.after)}
    labels = frozenset(word for word in ("before", "after") if values[word] == UNKNOWN)
    if values["before"] == values["after"]:
        return _target_sentence(metric, values, labels)
    distance = metric.after.distance if metric.after is not None else None
    if distance is None:
        return Sentence(FIGURE_WORDINGS["metric"], values, labels)
    if distance <= 0:
        return Sentence(FIGURE_WORDINGS["metric_reached"], values, labels)
    unit = metric.after.unit if metric.after is not None else ""
    values["distance"] = _with_unit(distance, unit)
    return Sentence(FIGURE_WORDINGS["metric_missing"], values, labels)


def _target_sentence(metric: MetricDifference, values: dict[str, str], labels: frozenset[str]) -> Sentence | None:
    """What is said of a metric that stands where it stood; None where its target reads the same too."""
    was, now = _target(metric.before), _target(metric.after)
    if was == now or metric.before is None or metric.after is None:
        return None
    values |= {"target": now, "target_before": was}
    return Sentence(FIGURE_WORDINGS["target_new" if not was else "target" if now else "target_gone"], values, labels)


def time_sentence(time: TimeDifference, before: Side, after: Side) -> Sentence | None:
    """ "“Consideration” takes 25 min, 10 min less than before." None for what is less than half a second."""
    values = {"after": duration_text(time.after), "difference": duration_text(abs(time.after - time.before))}
    if values["difference"] == duration_text(0.0):
        return None
    if time.stage is not None:
        values["stage"] = _name(time.stage, before, after)
    key = ("way" if time.stage is None else "time") + ("_longer" if time.after > time.before else "_shorter")
    return Sentence(FIGURE_WORDINGS[key], values)


def _name(id: str, before: Side, after: Side) -> str:
    return (after if id in after.records else before).name(id)


def _shown(number: Figure | None) -> str:
    """A figure with its unit."""
    if number is None or number.current is None:
        return UNKNOWN
    return _with_unit(number.current, number.unit)


def _target(number: Figure | None) -> str:
    """The target as people read it; empty where there is none."""
    return "" if number is None or number.target is None else _with_unit(number.target, number.unit)


def _with_unit(number: float, unit: str) -> str:
    return f"{figure(number)} {unit}".rstrip()


def _levels(levels: Levels | None) -> tuple[str, str, str] | None:
    """Mean, lowest and highest as people read them."""
    return (figure(levels.mean), figure(levels.lowest), figure(levels.highest)) if levels is not None else None
