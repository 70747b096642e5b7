"""What could be made better."""

from types import MappingProxyType
from typing import Literal

from pydantic import Field

from app.model.badges import Badge, owner_badge, rating
from app.model.fields import Rating, References, Title
from app.model.kinds import CardKind
from app.model.records import Card, mentions

_STATUS = {"planned": "calendar-check", "in_progress": "play", "done": "check", "dropped": "x"}
"""The sign of each status; an idea is what an opportunity is unless somebody says otherwise."""


class Opportunity(Card):
    """What could be made better: the pain points that it addresses, and the touchpoints that it changes.

    `impact`, `effort` and `confidence` go from 1, little, to 5, much; None: nobody has said.
    """

    REFERENCES = MappingProxyType(
        {
            **Card.REFERENCES,
            "addresses": mentions("addresses", "card", "pain_point"),
            "changes": mentions("changes", "card", "touchpoint"),
        }
    )

    kind: Literal["opportunity"] = "opportunity"
    impact: Rating | None = Field(default=None, json_schema_extra={"editor": "rating", "place": 20})
    effort: Rating | None = Field(default=None, json_schema_extra={"editor": "rating", "place": 21})
    confidence: Rating | None = Field(default=None, json_schema_extra={"editor": "rating", "place": 22})
    status: Literal["idea", "planned", "in_progress", "done", "dropped"] = Field(
        default="idea", json_schema_extra={"place": 30}
    )
    owner: Title = Field(default="", json_schema_extra={"place": 31})
    addresses: References = Field(
        default=(),
        title="Addresses pain points",
        json_schema_extra={"editor": "references", "place": 40, "group": "Links"},
    )
    changes: References = Field(
        default=(),
        title="Changes touchpoints",
        json_schema_extra={"editor": "references", "place": 41, "group": "Links"},
    )

    def badges(self) -> tuple[Badge, ...]:
        return (
            *rating("trending-up", "impact", self.impact),
            *rating("wrench", "effort", self.effort),
            *rating("shield", "confidence", self.confidence),
            *((Badge(_STATUS[self.status], self.status, is_spelt=True),) if self.status in _STATUS else ()),
            *owner_badge(self.owner),
        )


KIND = CardKind("opportunity", "Opportunity", "lightbulb", "#15803D", 50, Opportunity)
