"""What the customer, or somebody behind the scenes, does."""

from typing import Literal

from app.model.kinds import CardKind
from app.model.records import Card


class Action(Card):
    """What the customer, or somebody behind the scenes, does."""

    kind: Literal["action"] = "action"


KIND = CardKind("action", "Action", "footprints", "#64748B", 20, Action)
