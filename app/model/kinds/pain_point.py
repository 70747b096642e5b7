"""What goes wrong for the customer."""

from typing import Literal

from pydantic import Field

from app.model.badges import Badge, rating
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

    def badges(self) -> tuple[Badge, ...]:
        votes = (Badge("thumbs-up", "votes", number=self.votes),) if self.votes else ()
        if self.score is None:
            return (
                *rating("triangle-alert", "severity", self.severity),
                *rating("history", "frequency", self.frequency),
                *votes,
            )
        return Badge("triangle-alert", "score", f"{self.severity} × {self.frequency} = {self.score}"), *votes


KIND = CardKind("pain_point", "Pain point", "zap", "#B91C1C", 40, PainPoint)
