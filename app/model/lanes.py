"""The kinds of lanes: what each row of the map is for, how it is marked, and which card belongs in it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from app.model.fields import Measure


class LaneKind(NamedTuple):
    """A kind of row. `tint` colours the lane's header; `card` is the kind of card that a new entry becomes.

    `holds`: what lies in it. Nothing is put into lanes of channels; they show which ones the touchpoints use.
    `measure`: what the curves of a curve lane show unless their points say otherwise.
    """

    id: str
    label: str
    icon: str
    tint: str
    card: str = "note"
    holds: Literal["cards", "points", "channels"] = "cards"
    measure: Measure = "emotion"

    @property
    def is_curve(self) -> bool:
        return self.holds == "points"

    @property
    def holds_cards(self) -> bool:
        return self.holds == "cards"


LANE_KINDS: dict[str, LaneKind] = {
    kind.id: kind
    for kind in (
        LaneKind("actions", "Actions", "footprints", "#F1F5F9", "action"),
        LaneKind("touchpoints", "Touchpoints", "radio-tower", "#EFF6FF", "touchpoint"),
        LaneKind("channels", "Channels", "share-2", "#EFF6FF", holds="channels"),
        LaneKind("thoughts", "Thoughts", "message-circle", "#F5F3FF", "thought"),
        LaneKind("emotion", "Emotion", "smile", "#FDF2F8", holds="points"),
        LaneKind("expectation", "Expectation", "target", "#FDF4FF", holds="points", measure="expectation"),
        LaneKind("importance", "Importance", "star", "#FFFBEB", holds="points", measure="importance"),
        LaneKind("effort", "Effort", "activity", "#F8FAFC", holds="points", measure="effort"),
        LaneKind("pain_points", "Pain points", "zap", "#FEF2F2", "pain_point"),
        LaneKind("opportunities", "Opportunities", "lightbulb", "#F0FDF4", "opportunity"),
        LaneKind("insights", "Insights", "search-check", "#ECFEFF", "insight"),
        LaneKind("metrics", "Metrics", "gauge", "#EEF2FF", "metric"),
        LaneKind("images", "Storyboard", "image", "#F8FAFC", "image"),
        LaneKind("frontstage", "Frontstage", "eye", "#EFF6FF", "action"),
        LaneKind("backstage", "Backstage", "eye-off", "#F1F5F9", "action"),
        LaneKind("support", "Support processes", "wrench", "#F8FAFC", "action"),
        LaneKind("evidence", "Physical evidence", "package", "#FFFBEB", "note"),
        LaneKind("questions", "Questions", "circle-question-mark", "#FFF7ED", "question"),
        LaneKind("notes", "Notes", "sticky-note", "#FEFCE8", "note"),
    )
}

GENERIC_LANE_KIND = LANE_KINDS["notes"]


def lane_kind(kind: str) -> LaneKind:
    """The kind by its id; one from a newer version of the program is shown like a lane of notes."""
    return LANE_KINDS.get(kind, GENERIC_LANE_KIND)
