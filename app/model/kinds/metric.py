"""A figure that is watched: where it stands, where it should be, and how it went."""

from typing import Any, Literal, Self

from pydantic import Field

from app.model.analysis.metrics import Better, customer_satisfaction, distance_to_target, net_promoter_score
from app.model.durations import minute_unit
from app.model.fields import Amount, Count, Label, Readings
from app.model.kinds import CardKind
from app.model.languages import Say, figure, in_english
from app.model.records import Card

FIGURES = "Counts and history"
LOWER_IS_BETTER = frozenset({"churn", "drop_off", "time", "money"})
NAMES: dict[str, Any] = {
    "csat": "CSAT",
    "nps": "NPS",
    "ces": "CES",
    "retention": "Retention",
    "conversion": "Conversion",
    "churn": "Churn",
    "drop_off": "Drop-off",
    "time": "Time",
    "money": "Money",
    "own": "Own measure",
}
UNITS = {"csat": "%", "retention": "%", "conversion": "%", "churn": "%", "drop_off": "%", "time": "min"}
"""The unit that a measure has where the card names none."""


def _count(place: int, measure: str) -> dict[str, Any]:
    """A number that only this measure is computed from."""
    return {"place": place, "narrow": True, "group": FIGURES, "only_for": {"measure": [measure]}}


class Metric(Card):
    """A figure that is watched. `better` None: as is usual for the measure.

    Counts go before `current`: an NPS and a CSAT with all of theirs are computed, see `value`.
    """

    kind: Literal["metric"] = "metric"
    measure: Literal["csat", "nps", "ces", "retention", "conversion", "churn", "drop_off", "time", "money", "own"] = (
        Field(default="own", json_schema_extra={"place": 20, "words": NAMES})
    )
    unit: Label = Field(default="", json_schema_extra={"place": 21})
    current: Amount | None = Field(
        default=None, json_schema_extra={"place": 22, "narrow": True, "only_for": {"is_computed": [False]}}
    )
    target: Amount | None = Field(default=None, json_schema_extra={"place": 23, "narrow": True})
    better: Better | None = Field(
        default=None, title="Better is", json_schema_extra={"place": 24, "words": {"none": "As usual"}}
    )
    promoters: Count | None = Field(default=None, json_schema_extra=_count(30, "nps"))
    passives: Count | None = Field(default=None, json_schema_extra=_count(31, "nps"))
    detractors: Count | None = Field(default=None, json_schema_extra=_count(32, "nps"))
    satisfied: Count | None = Field(default=None, json_schema_extra=_count(33, "csat"))
    responses: Count | None = Field(default=None, json_schema_extra=_count(34, "csat"))
    history: Readings = Field(default=(), json_schema_extra={"editor": "readings", "place": 40, "group": FIGURES})

    @property
    def value(self) -> float | None:
        """Where the figure stands: computed where its counts are there, else `current`, else the last reading."""
        computed = self._computed()
        if computed is not None:
            return computed
        if self.current is not None or not self.history:
            return self.current
        return self.history[-1][1]

    def edited(self, **fields: Any) -> Self:
        """`current` follows the newest reading where it said the same. Else it was set on purpose, and stays."""
        after = self.changed(**fields)
        follows = bool(self.history and after.history) and self.current == self.history[-1][1]
        if not follows or "current" in fields or after.is_computed:
            return after
        return after.changed(current=after.history[-1][1])

    @property
    def is_computed(self) -> bool:
        """True where `value` follows from counts, so that `current` does not matter."""
        return self._computed() is not None

    @property
    def shown_unit(self) -> str:
        """The unit, by the measure where the card names none."""
        return self.unit or UNITS.get(self.measure, "")

    @property
    def direction(self) -> Better:
        """Whether higher or lower is better."""
        return self.better or ("lower" if self.measure in LOWER_IS_BETTER else "higher")

    @property
    def missing(self) -> float | None:
        """How much is missing to the target, in the figure's unit; 0 or less: it is reached. None: that is unknown."""
        if self.value is None or self.target is None:
            return None
        return distance_to_target(self.value, self.target, self.direction)

    def named(self, say: Say = in_english) -> str:
        """What the measure is called; empty for one of the map's own, which the title names."""
        return say(f"metric_{self.measure}", str(NAMES[self.measure])) if self.measure != "own" else ""

    @property
    def answers(self) -> int | None:
        """How many answers the value is computed from; None where it is not."""
        if not self.is_computed:
            return None
        if self.measure == "csat":
            return self.responses
        return (self.promoters or 0) + (self.passives or 0) + (self.detractors or 0)

    def details(self, channels: object = None, say: Say = in_english, language: str = "en") -> str:
        name = self.named(say)
        known = [number for number in (self.value, self.target) if number is not None]
        numbers = " → ".join(self.with_unit(number, language) for number in known)
        return " · ".join(word for word in (name, numbers) if word)

    def _computed(self) -> float | None:
        promoters, passives, detractors = self.promoters, self.passives, self.detractors
        if self.measure == "nps" and promoters is not None and passives is not None and detractors is not None:
            return net_promoter_score(promoters, passives, detractors)
        if self.measure == "csat" and self.satisfied is not None and self.responses is not None:
            return customer_satisfaction(self.satisfied, self.responses)
        return None

    def with_unit(self, number: float, language: str = "en") -> str:
        """A figure with the unit of this one, as people write it in a language."""
        unit = minute_unit(language) if self.measure == "time" and not self.unit else self.shown_unit
        return f"{figure(number, language)} {unit}".rstrip()


KIND = CardKind("metric", "Metric", "gauge", "#4338CA", 70, Metric)
