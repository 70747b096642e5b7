"""Maps of any size for the benchmarks: stages of four steps, three cards in each cell, links, curves."""

from __future__ import annotations

from itertools import product
from math import sin

from app.model.kinds import card_kind
from app.model.ordering import keys_between
from app.model.records import EmotionPoint, Lane, Link, MapRecord, Persona, Record, Stage, Step

KINDS = (
    ("actions", "action"),
    ("touchpoints", "touchpoint"),
    ("thoughts", "thought"),
    ("pain_points", "pain_point"),
    ("opportunities", "opportunity"),
    ("backstage", "action"),
)
STEPS_PER_STAGE = 4
CARDS_PER_CELL = 3
TITLES = (
    "Checks the address",
    "Compares offers on a comparison site",
    "Waits for the technician",
    "Reads the first bill",
)
BODIES = (
    "Three pages, nine minutes",
    "Two of them matter; the rest is noise that nobody reads",
    "",
    "Letter and e-mail",
)


def big_map(cards: int) -> list[Record]:
    """The records of a map with so many cards, half as many links, and two curves over all steps."""
    lanes = 6 if cards <= 2000 else 18
    steps = max(4, -(-cards // (lanes * CARDS_PER_CELL)))
    records: list[Record] = [MapRecord(title=f"A map of {cards} cards")]
    step_ids = _steps(records, steps)
    lane_ids = _lanes(records, lanes)
    card_ids = _cards(records, cards, lane_ids, step_ids)
    records += [
        Link(id=f"lk{at}", source=card_ids[at], target=card_ids[at + 1 + at % (lanes - 1)])
        for at in range(0, len(card_ids) - lanes, 2)
    ]
    _curves(records, step_ids)
    return records


def _steps(records: list[Record], count: int) -> list[str]:
    stages = -(-count // STEPS_PER_STAGE)
    orders = keys_between(None, None, max(stages, STEPS_PER_STAGE))
    ids = []
    for at in range(count):
        stage, place = divmod(at, STEPS_PER_STAGE)
        if place == 0:
            records.append(Stage(id=f"st{stage}", title=f"Stage {stage + 1}", order=orders[stage]))
        ids.append(f"sp{at}")
        records.append(Step(id=ids[-1], stage=f"st{stage}", title=f"Step {at + 1}", order=orders[place]))
    return ids


def _lanes(records: list[Record], count: int) -> list[tuple[str, str]]:
    """Card lanes with the kind of their cards, and a curve lane in the middle."""
    orders = keys_between(None, None, count + 1)
    found = []
    for at in range(count):
        kind, card = KINDS[at % len(KINDS)]
        records.append(Lane(id=f"ln{at}", kind=kind, title=f"{kind} {at}", order=orders[at + (at >= count // 2)]))
        found.append((f"ln{at}", card))
    records.append(Lane(id="curve", kind="emotion", title="Emotion", order=orders[count // 2]))
    return found


def _cards(records: list[Record], count: int, lanes: list[tuple[str, str]], steps: list[str]) -> list[str]:
    orders = keys_between(None, None, CARDS_PER_CELL)
    ids: list[str] = []
    for step, order, (lane, kind) in product(steps, orders, lanes):
        at = len(ids)
        if at == count:
            break
        ids.append(f"c{at}")
        values = {"title": f"{TITLES[at % 4]} {at}", "body": BODIES[at * 7 % 4], "kind": kind}
        records.append(
            card_kind(kind).record.model_validate(
                {"id": ids[-1], "type": "card", "lane": lane, "step": step, "order": order, **values}
            )
        )
    return ids


def _curves(records: list[Record], steps: list[str]) -> None:
    for who, order in enumerate(keys_between(None, None, 2)):
        color = ("#9D174D", "#0E7490")[who]
        records.append(Persona(id=f"pe{who}", name=("Mia", "Ken")[who], color=color, order=order))
        records += [
            EmotionPoint(
                id=f"ep{who}_{at}",
                lane="curve",
                persona=f"pe{who}",
                step=step,
                value=round(1.8 * sin(at * 0.9 + who), 2),
                label="waiting since eight" if at % 6 == who else "",
            )
            for at, step in enumerate(steps)
        ]
