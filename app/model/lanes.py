"""The kinds of lanes: what each row of the map is for, how it is marked, and which card belongs in it."""

from __future__ import annotations

from typing import NamedTuple


class LaneKind(NamedTuple):
    """A kind of row. `tint` colours the lane's header; `card` is the kind of card that a new entry becomes."""

    id: str
    label: str
    icon: str
    tint: str
    card: str = "note"
    is_curve: bool = False


LANE_KINDS: dict[str, LaneKind] = {
    kind.id: kind
    for kind in (
        LaneKind("actions", "Actions", "footprints", "#F1F5F9", "action"),
        LaneKind("touchpoints", "Touchpoints", "radio-tower", "#EFF6FF", "touchpoint"),
        LaneKind("thoughts", "Thoughts", "message-circle", "#F5F3FF", "thought"),
        LaneKind("emotion", "Emotion", "smile", "#FDF2F8", is_curve=True),
        LaneKind("pain_points", "Pain points", "zap", "#FEF2F2", "pain_point"),
        LaneKind("opportunities", "Opportunities", "lightbulb", "#F0FDF4", "opportunity"),
        LaneKind("frontstage", "Frontstage", "eye", "#EFF6FF", "action"),
        LaneKind("backstage", "Backstage", "eye-off", "#F1F5F9", "action"),
        LaneKind("support", "Support processes", "wrench", "#F8FAFC", "action"),
        LaneKind("evidence", "Physical evidence", "package", "#FFFBEB", "note"),
        LaneKind("notes", "Notes", "sticky-note", "#FEFCE8", "note"),
    )
}

GENERIC_LANE_KIND = LANE_KINDS["notes"]


def lane_kind(kind: str) -> LaneKind:
    """The kind by its id; one from a newer version of the program is shown like a lane of notes."""
    return LANE_KINDS.get(kind, GENERIC_LANE_KIND)
