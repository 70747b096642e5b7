"""The records a journey map is made of.

A record is frozen and refers to others by id, one way. Fields that this version does not know are kept. Limits on every
field keep a hostile file from blowing up whatever comes after. Annotations of records are not postponed, for pydantic
reads them all when the program starts.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.model.badges import Badge
from app.model.channels import CHANNELS, Channel
from app.model.fields import (
    HexColor,
    IsoDate,
    LaneHeight,
    Lines,
    LongText,
    Measure,
    MediaName,
    Millimetres,
    Name,
    Names,
    Pairs,
    References,
    Standing,
    Title,
    plain,
)
from app.model.ids import MAP_ID, RecordId, ReferenceId
from app.model.languages import Say, in_english
from app.model.ordering import FIRST_KEY, OrderKey


class Reference(NamedTuple):
    """A field that holds the id of another record, or with `many` a sorted tuple of ids.

    `relation` names the edge in the graph, or the edges. `target` is a type of records, `ANY` every one; `kind` narrows
    it to cards of a kind. When a target is deleted, `cascade` takes this record along, and `clear` empties the field or
    takes the one id out of it.
    """

    relation: str
    target: str
    on_delete: Literal["cascade", "clear"] = "cascade"
    many: bool = False
    kind: str | None = None


ANY = "record"


def mentions(relation: str, target: str, kind: str | None = None) -> Reference:
    """Any number of records that one speaks of and can do without. The edit `set_references` sets such a field."""
    return Reference(relation, target, "clear", many=True, kind=kind)


Channels = Mapping[str, Channel]

STANDING_WORDS: dict[str, Any] = {"none": "Not said", "partly": "Partly evidenced"}


class Record(BaseModel):
    """What every record has: an id and a type."""

    model_config = ConfigDict(frozen=True, extra="allow", allow_inf_nan=False, strict=True)

    REFERENCES: ClassVar[Mapping[str, Reference]] = MappingProxyType({})

    id: RecordId
    type: str

    def targets(self, field: str) -> tuple[str, ...]:
        """The ids that a reference of this record leads to: none, one or many."""
        value = self.__dict__[field]
        if self.REFERENCES[field].many:
            return value  # type: ignore[no-any-return]
        return () if value is None else (value,)

    def changed(self, **changes: Any) -> Self:
        """A validated copy with other values. Raises pydantic.ValidationError."""
        return type(self).model_validate({**self.__dict__, **(self.__pydantic_extra__ or {}), **changes})

    def edited(self, **fields: Any) -> Self:
        """As `changed`, with what follows from it in other fields where somebody edits the record."""
        return self.changed(**fields)


class MapRecord(Record):
    """The map as a whole: what it is about, for whom, and when it is to be looked at again. There is exactly one.

    `legend`: whether it explains its signs. `doctor_off`: the rules of the map doctor that do not apply here.
    """

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
    legend: bool = Field(default=False, json_schema_extra={"place": 24})
    doctor_off: Names = Field(default=(), json_schema_extra={"hidden": True})


class Persona(Record):
    """Somebody whose journey the map shows; owns one curve of each measure in every curve lane.

    `summary` says in one line who that is, `role` what for, `segment` which customers are like that. `channels` are
    those preferred, as a touchpoint names its own. `on_poster`: whether the strip of personas shows this one.
    """

    type: Literal["persona"] = "persona"
    order: OrderKey = FIRST_KEY
    name: Title = ""
    summary: Title = ""
    color: HexColor = "#9D174D"
    role: Title = Field(default="", json_schema_extra={"place": 12})
    segment: Title = Field(default="", json_schema_extra={"place": 13})
    portrait: MediaName | None = Field(default=None, json_schema_extra={"editor": "picture", "place": 9})
    quote: Title = Field(default="", json_schema_extra={"editor": "text", "place": 20})
    demographics: Pairs = Field(default=(), json_schema_extra={"editor": "pairs", "place": 30})
    goals: Lines = Field(default=(), json_schema_extra={"editor": "texts", "place": 31})
    motivations: Lines = Field(default=(), json_schema_extra={"editor": "texts", "place": 32})
    pain_points: Lines = Field(default=(), json_schema_extra={"editor": "texts", "place": 33})
    channels: Lines = Field(
        default=(), title="Preferred channels", json_schema_extra={"editor": "channels", "place": 34}
    )
    on_poster: bool = Field(default=False, title="Show on the poster", json_schema_extra={"place": 60})


class Stage(Record):
    """A column band of the map, divided into steps. `color` None: by its place in the row of stage colours."""

    type: Literal["stage"] = "stage"
    order: OrderKey = FIRST_KEY
    title: Title = ""
    color: HexColor | None = None
    key_insights: LongText = Field(default="", json_schema_extra={"place": 60})
    behaviours: LongText = Field(default="", title="Behaviour indicators", json_schema_extra={"place": 61})


class Step(Record):
    """A column of the map. `width` in mm, None: the usual width."""

    REFERENCES = MappingProxyType({"stage": Reference("in_stage", "stage")})

    type: Literal["step"] = "step"
    stage: ReferenceId
    order: OrderKey = FIRST_KEY
    title: Title = ""
    width: Millimetres | None = None


class Lane(Record):
    """A row of the map. `line_below` draws one of a service blueprint's lines under it; `collapsed` folds it up.

    `height` in mm is the least that it has, None: as high as what lies in it.
    """

    type: Literal["lane"] = "lane"
    order: OrderKey = FIRST_KEY
    kind: Name = "notes"
    title: Title = ""
    line_below: Literal["interaction", "visibility", "internal"] | None = None
    height: LaneHeight | None = None
    collapsed: bool = Field(default=False, json_schema_extra={"place": 40})


class Card(Record):
    """Something that lies in a cell, where a step and a lane cross.

    `to_step` is the last step of a card that spans several; where it does not come after `step` the card lies in its
    own step only. `personas` are those that the card is about, none: all of them. `standing` says how well it is known
    (None: nobody has said), `sources` from where. The known kinds are subclasses in `app.model.kinds`; a kind of a
    newer version stays a plain card.
    """

    REFERENCES = MappingProxyType(
        {
            "step": Reference("at_step", "step"),
            "lane": Reference("in_lane", "lane"),
            "to_step": Reference("to_step", "step", "clear"),
            "personas": mentions("for_persona", "persona"),
            "sources": mentions("cites", "source"),
        }
    )

    type: Literal["card"] = "card"
    kind: Name
    step: ReferenceId
    lane: ReferenceId
    to_step: ReferenceId | None = None
    order: OrderKey = FIRST_KEY
    title: Title = ""
    body: LongText = Field(default="", title="Text")
    personas: References = Field(default=(), json_schema_extra={"editor": "references", "place": 70})
    standing: Standing | None = Field(
        default=None,
        title="Evidence",
        json_schema_extra={"editor": "standing", "place": 71, "words": STANDING_WORDS},
    )
    sources: References = Field(default=(), json_schema_extra={"editor": "references", "place": 72})

    def details(self, channels: Channels = CHANNELS, say: Say = in_english, language: str = "en") -> str:
        """The line under the title that a kind derives from its own fields, say a channel; empty: none.

        `channels` are those of the map, by id: see `queries.channels`. `say` knows the words of its language, in which
        figures are written too.
        """
        return ""

    def icon(self, channels: Channels = CHANNELS) -> str | None:
        """The icon of this very card, None: the kind's."""
        return None

    def badges(self) -> tuple[Badge, ...]:
        """The small signs at the bottom that a kind derives from its own fields. Those of all cards come before."""
        return ()


class EmotionPoint(Record):
    """A point of a persona's curve: `at` 0..1 across its step, `value` from −2 (worst) to +2 (best).

    `measure` None: what its lane is there to show. From a point with `unknown_after` to the next the curve has a gap.
    """

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
    measure: Measure | None = Field(default=None, json_schema_extra={"place": 20, "words": {"none": "As the lane"}})
    standing: Standing | None = Field(
        default=None,
        title="Evidence",
        json_schema_extra={"editor": "standing", "place": 21, "words": STANDING_WORDS},
    )
    quote: Title = Field(default="", json_schema_extra={"editor": "text", "place": 22})
    unknown_after: bool = Field(default=False, title="Unknown after this", json_schema_extra={"place": 23})


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
    defaults = _defaults(type(record))
    result: dict[str, Any] = {
        name: value if value.__class__ is str else plain(value)
        for name, value in record.__dict__.items()
        if value != defaults[name] or name in ALWAYS_WRITTEN
    }
    result.update(record.__pydantic_extra__ or {})
    return result


@cache
def _defaults(record_class: type[Record]) -> dict[str, Any]:
    return {name: field.default for name, field in record_class.model_fields.items()}
