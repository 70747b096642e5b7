"""What has been learnt from research; cites the sources it comes from."""

from typing import Literal

from app.model.kinds import CardKind
from app.model.records import Card


class Insight(Card):
    """What has been learnt from research; cites the sources it comes from."""

    kind: Literal["insight"] = "insight"


KIND = CardKind("insight", "Insight", "search-check", "#0E7490", 60, Insight)
