"""A comparison as plain JSON values, for scripts."""

from __future__ import annotations

from typing import Any

from app.model.comparison.changes import Change
from app.model.comparison.comparing import Comparison
from app.model.fields import plain


def as_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison as JSON knows it. Keys are stable; sentences are in English."""
    return {
        "same": comparison.is_same,
        "counts": comparison.counts._asdict(),
        "stages": [
            {"stage": stage, "name": _name(comparison, stage), **counts._asdict()}
            for stage, counts in comparison.by_stage.items()
        ],
        "changes": [_change(comparison, change) for change in comparison.changes],
        "curves": [_figures(curve) for curve in comparison.curves],
        "metrics": [_figures(metric) for metric in comparison.metrics],
        "minutes": [_figures(time) for time in comparison.times],
    }


def _name(comparison: Comparison, stage: str | None) -> str:
    if stage is None:
        return ""
    side = comparison.after if stage in comparison.after.records else comparison.before
    return side.title(side.records[stage])


def _change(comparison: Comparison, change: Change) -> dict[str, Any]:
    return {
        "id": change.id,
        "type": change.type,
        "kinds": list(change.kinds),
        "stage": change.stage,
        "fields": [
            {"field": field.field, "before": plain(field.before), "after": plain(field.after)}
            for field in change.fields
        ],
        "moved": sorted(change.moved),
        "sentences": [sentence.text for sentence in comparison.sentences[change.id]],
    }


def _figures(difference: Any) -> dict[str, Any]:
    return {
        name: value._asdict() if hasattr(value, "_asdict") else value for name, value in difference._asdict().items()
    }
