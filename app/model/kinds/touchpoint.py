"""A moment at which the customer meets the organisation, through a channel."""

from typing import Any, Literal

from pydantic import Field

from app.model.badges import Badge, owner_badge, rating
from app.model.channels import CHANNELS
from app.model.fields import Minutes, Rating, Title
from app.model.kinds import CardKind
from app.model.languages import Say, in_english
from app.model.records import Card, Channels

_WHERE: dict[str, Any] = {"place": 21, "words": {"none": "By channel", "true": "Online", "false": "Offline"}}


def _detail(place: int, editor: str | None = None) -> dict[str, Any]:
    return {"place": place, "group": "Details", **({"editor": editor} if editor else {})}


class Touchpoint(Card):
    """A moment at which the customer meets the organisation.

    `channel`: an id of `CHANNELS` or of a channel of this map, or any words. `duration` in minutes; `importance` and
    `satisfaction` from 1 to 5, None: nobody has said.
    """

    kind: Literal["touchpoint"] = "touchpoint"
    channel: Title = Field(default="", json_schema_extra={"editor": "channel", "place": 20})
    online: bool | None = Field(default=None, title="Where", json_schema_extra=_WHERE)
    owner: Title = Field(default="", json_schema_extra=_detail(30))
    duration: Minutes | None = Field(default=None, json_schema_extra=_detail(31, "minutes"))
    importance: Rating | None = Field(default=None, json_schema_extra=_detail(32, "rating"))
    satisfaction: Rating | None = Field(default=None, json_schema_extra=_detail(33, "rating"))
    moment_of_truth: bool = Field(default=False, json_schema_extra=_detail(34))

    def details(self, channels: Channels = CHANNELS, say: Say = in_english, language: str = "en") -> str:
        channel = channels.get(self.channel)
        online = self.online if self.online is not None or channel is None else channel.online
        where = {True: say("online", "online"), False: say("offline", "offline"), None: ""}[online]
        words = [channel.label if channel else self.channel, where]
        return " · ".join(word for word in words if word)

    def icon(self, channels: Channels = CHANNELS) -> str | None:
        channel = channels.get(self.channel)
        return channel.icon if channel else None

    def badges(self) -> tuple[Badge, ...]:
        return (
            *((Badge("star", "moment_of_truth"),) if self.moment_of_truth else ()),
            *rating("flag", "importance", self.importance),
            *rating("heart", "satisfaction", self.satisfaction),
            *((Badge("clock", "duration", minutes=self.duration),) if self.duration is not None else ()),
            *owner_badge(self.owner),
        )


KIND = CardKind("touchpoint", "Touchpoint", "radio-tower", "#1D4ED8", 10, Touchpoint)
