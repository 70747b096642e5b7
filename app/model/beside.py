"""Records that lie beside the grid of the map: sources, feedback, actions, comments, channels, backdrops."""

from types import MappingProxyType
from typing import Literal

from pydantic import Field

from app.model.channels import ICON_WORDS, Channel, ChannelIcon
from app.model.fields import (
    Address,
    Count,
    IsoDate,
    Label,
    LongText,
    MediaName,
    References,
    Share,
    SheetMillimetres,
    Title,
    UtcTime,
)
from app.model.ids import ReferenceId
from app.model.ordering import FIRST_KEY, OrderKey
from app.model.records import ANY, Record, Reference, mentions


class Source(Record):
    """Where something is known from. Cards cite it. `sample_size`: how many people or cases it stands on."""

    type: Literal["source"] = "source"
    order: OrderKey = FIRST_KEY
    method: Literal[
        "survey", "interview", "analytics", "support", "review", "social_media", "focus_group", "observation"
    ] = Field(default="interview", title="Kind", json_schema_extra={"place": 20})
    title: Title = Field(default="", json_schema_extra={"place": 10})
    date: IsoDate | None = Field(default=None, json_schema_extra={"place": 21, "narrow": True})
    sample_size: Count | None = Field(default=None, json_schema_extra={"place": 22, "narrow": True})
    address: Address = Field(default="", json_schema_extra={"editor": "address", "place": 30})
    notes: LongText = Field(default="", json_schema_extra={"place": 90})


class Feedback(Record):
    """A line of the feedback log: who said it, what that teaches, and what to do next."""

    REFERENCES = MappingProxyType({"sources": mentions("cites", "source"), "cards": mentions("about_card", "card")})

    type: Literal["feedback"] = "feedback"
    order: OrderKey = FIRST_KEY
    origin: Title = Field(default="", title="Source", json_schema_extra={"place": 10})
    insight: LongText = Field(default="", title="Insight gained", json_schema_extra={"place": 20})
    action_step: LongText = Field(default="", json_schema_extra={"place": 30})
    date: IsoDate | None = Field(default=None, json_schema_extra={"place": 40})
    sources: References = Field(default=(), json_schema_extra={"editor": "references", "place": 50})
    cards: References = Field(default=(), json_schema_extra={"editor": "references", "place": 51})


class ActionItem(Record):
    """A line of the action plan."""

    REFERENCES = MappingProxyType({"cards": mentions("about_card", "card")})

    type: Literal["action_item"] = "action_item"
    order: OrderKey = FIRST_KEY
    strategy: LongText = Field(default="", json_schema_extra={"place": 10})
    focus_area: Title = Field(default="", json_schema_extra={"place": 20})
    expected_outcome: LongText = Field(default="", json_schema_extra={"place": 30})
    owner: Title = Field(default="", json_schema_extra={"place": 40})
    due: IsoDate | None = Field(default=None, json_schema_extra={"place": 41})
    status: Literal["planned", "in_progress", "done", "dropped"] = Field(
        default="planned", json_schema_extra={"place": 42}
    )
    cards: References = Field(default=(), json_schema_extra={"editor": "references", "place": 51})


class Comment(Record):
    """What somebody has to say to anything on the map, the map itself included. `created` is in UTC."""

    REFERENCES = MappingProxyType({"about": Reference("comments_on", ANY)})

    type: Literal["comment"] = "comment"
    about: ReferenceId
    author: Title = Field(default="", json_schema_extra={"place": 20})
    created: UtcTime | None = Field(default=None, json_schema_extra={"hidden": True})
    text: LongText = Field(default="", json_schema_extra={"place": 10})
    resolved: bool = Field(default=False, json_schema_extra={"place": 30})


class OwnChannel(Record):
    """A channel that only this map has. Touchpoints and personas name it by its id."""

    type: Literal["channel"] = "channel"
    order: OrderKey = FIRST_KEY
    label: Label = Field(default="", json_schema_extra={"place": 10})
    icon: ChannelIcon = Field(
        default="radio-tower", json_schema_extra={"editor": "icon", "place": 20, "words": ICON_WORDS}
    )
    online: bool | None = Field(
        default=None,
        title="Where",
        json_schema_extra={"place": 21, "words": {"none": "Either", "true": "Online", "false": "Offline"}},
    )

    @property
    def channel(self) -> Channel:
        """It as one of the channels that a touchpoint can have."""
        return Channel(self.id, self.label, self.icon, self.online)


class Backdrop(Record):
    """A picture behind the map, say a photo of a wall full of notes to trace. `x`, `y`, `width` in mm of the sheet."""

    type: Literal["backdrop"] = "backdrop"
    picture: MediaName | None = Field(default=None, json_schema_extra={"editor": "picture", "place": 10})
    x: SheetMillimetres = Field(default=0.0, json_schema_extra={"place": 20, "narrow": True, "unit": "mm"})
    y: SheetMillimetres = Field(default=0.0, json_schema_extra={"place": 21, "narrow": True, "unit": "mm"})
    width: SheetMillimetres = Field(default=400.0, gt=0.0, json_schema_extra={"place": 22, "unit": "mm"})
    opacity: Share = Field(default=0.4, json_schema_extra={"editor": "share", "place": 30})
    locked: bool = Field(default=True, json_schema_extra={"place": 40})
