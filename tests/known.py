"""How well a map is known, counted at one go: what the count that follows changes is held against."""

from __future__ import annotations

from typing import NamedTuple

from app.model.analysis.coverage import Tally, claims
from app.model.fields import Standing
from app.model.queries import columns
from app.model.store import RecordGraph

_ONE: dict[Standing | None, Tally] = {
    "evidenced": Tally(evidenced=1),
    "partly": Tally(partly=1),
    "assumption": Tally(assumption=1),
    None: Tally(unsaid=1),
}


class Coverage(NamedTuple):
    """The tallies by (stage id, lane id), by stage, by lane, and of the whole map. Places without a claim are absent.

    A card that spans several steps counts where it begins.
    """

    cells: dict[tuple[str, str], Tally]
    stages: dict[str, Tally]
    lanes: dict[str, Tally]
    total: Tally


def coverage(store: RecordGraph) -> Coverage:
    """How well each part of a map is known."""
    stage_of = {step.id: step.stage for step in columns(store)}
    found = Coverage({}, {}, {}, Tally())
    total = Tally()
    for claim in claims(store):
        stage, one = stage_of[claim.step], _ONE[claim.standing]
        total = total.plus(one)
        found.cells[stage, claim.lane] = found.cells.get((stage, claim.lane), Tally()).plus(one)
        found.stages[stage] = found.stages.get(stage, Tally()).plus(one)
        found.lanes[claim.lane] = found.lanes.get(claim.lane, Tally()).plus(one)
    return found._replace(total=total)
