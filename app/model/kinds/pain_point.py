"""What goes wrong for the customer."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.model.fields import Count, Rating
from app.model.kinds import CardKind
from app.model.records import Card


class PainPoint(Card):
    """What goes wrong for the customer. `severity` and `frequency` go from 1 to 5; None: nobody has said."""

    kind: Literal["pain_point"] = "pain_point"
    severity: Rating | None = Field(default=None, json_schema_extra={"editor": "rating", "place": 20})
    frequency: Rating | None = Field(default=None, json_schema_extra={"editor": "rating", "place": 21})
    votes: Count = Field(default=0, json_schema_extra={"editor": "votes", "place": 22})

    @property
    def score(self) -> int | None:
        """Severity times frequency, 1 to 25; None where either is unknown."""
        if self.severity is None or self.frequency is None:
            return None
        return self.severity * self.frequency


KIND = CardKind("pain_point", "Pain point", "zap", "#B91C1C", 40, PainPoint)
