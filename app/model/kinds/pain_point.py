"""What goes wrong for the customer."""

from __future__ import annotations

from typing import Literal

from app.model.kinds import CardKind
from app.model.records import Card


class PainPoint(Card):
    """What goes wrong for the customer."""

    kind: Literal["pain_point"] = "pain_point"


KIND = CardKind("pain_point", "Pain point", "zap", "#B91C1C", 40, PainPoint)
