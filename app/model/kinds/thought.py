"""What the customer thinks or says, in their words."""

from __future__ import annotations

from typing import Literal

from app.model.kinds import CardKind
from app.model.records import Card


class Thought(Card):
    """What the customer thinks or says, in their words."""

    kind: Literal["thought"] = "thought"


KIND = CardKind("thought", "Thought", "message-circle", "#7C3AED", 30, Thought)
