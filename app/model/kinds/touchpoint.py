"""A moment at which the customer meets the organisation, through a channel."""

from __future__ import annotations

from typing import Literal

from app.model.channels import CHANNELS
from app.model.kinds import CardKind
from app.model.records import Card, Title


class Touchpoint(Card):
    """A moment at which the customer meets the organisation. `channel`: an id of `CHANNELS`, or the map's own words."""

    kind: Literal["touchpoint"] = "touchpoint"
    channel: Title = ""
    online: bool | None = None

    def details(self) -> str:
        channel = CHANNELS.get(self.channel)
        online = self.online if self.online is not None or channel is None else channel.online
        words = [channel.label if channel else self.channel, {True: "online", False: "offline", None: ""}[online]]
        return " · ".join(word for word in words if word)

    def icon(self) -> str | None:
        channel = CHANNELS.get(self.channel)
        return channel.icon if channel else None


KIND = CardKind("touchpoint", "Touchpoint", "radio-tower", "#1D4ED8", 10, Touchpoint)
