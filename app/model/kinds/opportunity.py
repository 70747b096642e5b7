"""What could be made better."""

from __future__ import annotations

from typing import Literal

from app.model.kinds import CardKind
from app.model.records import Card


class Opportunity(Card):
    """What could be made better."""

    kind: Literal["opportunity"] = "opportunity"


KIND = CardKind("opportunity", "Opportunity", "lightbulb", "#15803D", 50, Opportunity)
