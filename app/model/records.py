"""The records a journey map is made of.

A record is frozen and refers to others by id, one way. Fields that this version does not know are kept. Limits on every
field keep a hostile file from blowing up whatever comes after.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from app.model.ids import MAP_ID, RecordId, ReferenceId
from app.model.ordering import FIRST_KEY, OrderKey

Title = Annotated[str, StringConstraints(max_length=500)]
LongText = Annotated[str, StringConstraints(max_length=10_000)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
HexColor = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
Millimetres = Annotated[float, Field(ge=20.0, le=400.0)]
LaneHeight = Annotated[float, Field(ge=10.0, le=400.0)]


def _iso_date(value: object) -> object:
    if isinstance(value, str):
        return date.fromisoformat(value)
    return value


IsoDate = Annotated[date, BeforeValidator(_iso_date)]


class Reference(NamedTuple):
    """A field that holds the id of another record.

    `relation` names the edge in the graph. When the target is deleted, `cascade` takes this record along and `clear`
    empties the field.
    """

    relation: str
    target: str
    on_delete: Literal["cascade", "clear"] = "cascade"


class Record(BaseModel):
    """What every record has: an id and a type."""

    model_config = ConfigDict(frozen=True, extra="allow", allow_inf_nan=False, strict=True)

    REFERENCES: ClassVar[Mapping[str, Reference]] = MappingProxyType({})

    id: RecordId
    type: str

    def changed(self, **changes: Any) -> Self:
        """A validated copy with other values. Raises pydantic.ValidationError."""
        return type(self).model_validate({**self.__dict__, **(self.__pydantic_extra__ or {}), **changes})


class MapRecord(Record):
    """The map as a whole: what it is about, for whom, and when it is to be looked at again. There is exactly one."""

    id: RecordId = MAP_ID
    type: Literal["map"] = "map"
    title: Title = ""
    subtitle: Title = ""
    objective: LongText = ""
    scope: LongText = ""
    scenario: LongText = ""
    state: Literal["current", "future"] = "current"
    owner: Title = ""
    review_date: IsoDate | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$")] = "en"


class Persona(Record):
    """Somebody whose journey the map shows; owns one curve in every curve lane."""

    type: Literal["persona"] = "persona"
    order: OrderKey = FIRST_KEY
    name: Title = ""
    summary: Title = ""
    color: HexColor = "#9D174D"


class Stage(Record):
    """A column band of the map, divided into steps. `color` None: by its place in the row of stage colours."""

    type: Literal["stage"] = "stage"
    order: OrderKey = FIRST_KEY
    title: Title = ""
    color: HexColor | None = None


class Step(Record):
    """A column of the map. `width` in mm, None: the usual width."""

    REFERENCES = MappingProxyType({"stage": Reference("in_stage", "stage")})

    type: Literal["step"] = "step"
    stage: ReferenceId
    order: OrderKey = FIRST_KEY
    title: Title = ""
    width: Millimetres | None = None


class Lane(Record):
    """A row of the map. `line_below` draws one of a service blueprint's lines under it.

    `height` in mm is the least that it has, None: as high as what lies in it.
    """

    type: Literal["lane"] = "lane"
    order: OrderKey = FIRST_KEY
    kind: Name = "notes"
    title: Title = ""
    line_below: Literal["interaction", "visibility", "internal"] | None = None
    height: LaneHeight | None = None


class Card(Record):
    """Something that lies in a cell, where a step and a lane cross.

    `to_step` is the last step of a card that spans several; where it does not come after `step` the card lies in its
    own step only. The known kinds are subclasses in `app.model.kinds`; a kind of a newer version stays a plain card.
    """

    REFERENCES = MappingProxyType(
        {
            "step": Reference("at_step", "step"),
            "lane": Reference("in_lane", "lane"),
            "to_step": Reference("to_step", "step", "clear"),
        }
    )

    type: Literal["card"] = "card"
    kind: Name
    step: ReferenceId
    lane: ReferenceId
    to_step: ReferenceId | None = None
    order: OrderKey = FIRST_KEY
    title: Title = ""
    body: LongText = ""

    def details(self) -> str:
        """The line under the title that a kind derives from its own fields, say a channel; empty: none."""
        return ""

    def icon(self) -> str | None:
        """The icon of this very card, None: the kind's."""
        return None


class EmotionPoint(Record):
    """A point of a persona's curve: `at` 0..1 across its step, `value` from −2 (worst) to +2 (best)."""

    REFERENCES = MappingProxyType(
        {
            "lane": Reference("on_lane", "lane"),
            "persona": Reference("of_persona", "persona"),
            "step": Reference("at_step", "step"),
        }
    )

    type: Literal["emotion_point"] = "emotion_point"
    lane: ReferenceId
    persona: ReferenceId
    step: ReferenceId
    at: Annotated[float, Field(ge=0.0, le=1.0)] = 0.5
    value: Annotated[float, Field(ge=-2.0, le=2.0)] = 0.0
    label: Title = ""


class Link(Record):
    """An arrow from one card to another: what leads to what."""

    REFERENCES = MappingProxyType({"source": Reference("from_card", "card"), "target": Reference("to_card", "card")})

    type: Literal["link"] = "link"
    source: ReferenceId
    target: ReferenceId
    label: Title = ""


class UnknownRecord(Record):
    """A record type of a newer version: never shown, never changed, written back as it was read."""


ALWAYS_WRITTEN = frozenset({"id", "type", "kind"})


def record_to_json(record: Record) -> dict[str, Any]:
    """The record as plain JSON values. Fields at their default are left out, which keeps files and merges small."""
    fields = type(record).model_fields
    result: dict[str, Any] = {}
    for name, value in record.__dict__.items():
        if name in ALWAYS_WRITTEN or value != fields[name].default:
            result[name] = value.isoformat() if isinstance(value, date) else value
    result.update(record.__pydantic_extra__ or {})
    return result
