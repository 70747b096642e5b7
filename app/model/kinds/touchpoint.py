"""A moment at which the customer meets the organisation, through a channel."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from app.model.channels import CHANNELS
from app.model.kinds import CardKind
from app.model.records import Card, Title

_WHERE: dict[str, Any] = {"place": 21, "words": {"none": "By channel", "true": "Online", "false": "Offline"}}


class Touchpoint(Card):
    """A moment at which the customer meets the organisation. `channel`: an id of `CHANNELS`, or the map's own words."""

    kind: Literal["touchpoint"] = "touchpoint"
    channel: Title = Field(default="", json_schema_extra={"editor": "channel", "place": 20})
    online: bool | None = Field(default=None, title="Where", json_schema_extra=_WHERE)

    def details(self) -> str:
        channel = CHANNELS.get(self.channel)
        online = self.online if self.online is not None or channel is None else channel.online
        words = [channel.label if channel else self.channel, {True: "online", False: "offline", None: ""}[online]]
        return " · ".join(word for word in words if word)

    def icon(self) -> str | None:
        channel = CHANNELS.get(self.channel)
        return channel.icon if channel else None


KIND = CardKind("touchpoint", "Touchpoint", "radio-tower", "#1D4ED8", 10, Touchpoint)
