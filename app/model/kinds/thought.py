"""What the customer thinks or says, in their words."""

from typing import Literal

from pydantic import Field

from app.model.channels import CHANNELS
from app.model.kinds import CardKind
from app.model.records import Card, Channels


class Thought(Card):
    """What the customer thinks or says. `quoted`: these are somebody's very words."""

    kind: Literal["thought"] = "thought"
    quoted: bool = Field(default=False, title="Quote", json_schema_extra={"place": 20})

    def icon(self, channels: Channels = CHANNELS) -> str | None:
        return "quote" if self.quoted else None


KIND = CardKind("thought", "Thought", "message-circle", "#7C3AED", 30, Thought)
