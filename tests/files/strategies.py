"""Random maps that keep the model's rules, with fields, kinds and record types that nobody knows."""

import string
from datetime import date
from typing import Any

from hypothesis import strategies as st

from app.model.kinds import card_kinds
from app.model.lanes import LANE_KINDS
from app.model.records import Record
from app.model.registry import record_from_json
from tests.files.builders import Values

texts = st.text(max_size=30)
orders = st.text(alphabet=string.ascii_letters + string.digits, min_size=1, max_size=6)
numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**63) + 1, 2**63 - 1)
json_values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
dates = st.dates(date(1900, 1, 1)).map(str)
days = st.none() | dates
ORDERED = {"stage", "step", "lane", "persona", "card", "source", "feedback", "action_item", "channel"}
unknown_fields = st.dictionaries(texts.map(lambda text: f"x_{text}"), json_values, max_size=2)


@st.composite
def sound_maps(draw: st.DrawFn) -> list[Record]:
    """Records of a sound map, in random order."""
    values = [{"type": "map", "id": "map", "title": draw(texts), "state": draw(st.sampled_from(["current", "future"]))}]
    stages = [_made(draw, values, "stage", number) for number in range(draw(st.integers(1, 3)))]
    steps = [_made(draw, values, "step", number, stage=stage) for number, stage in enumerate(stages * 2)]
    notes = [_made(draw, values, "lane", number, kind=draw(_lane_kinds)) for number in range(draw(st.integers(1, 3)))]
    curve = _made(draw, values, "lane", 9, kind="emotion")
    personas = [_made(draw, values, "persona", number) for number in range(2)]
    cards = [
        _made(draw, values, "card", number, kind=draw(_card_kinds), step=draw(_one(steps)), lane=draw(_one(notes)))
        for number in range(draw(st.integers(2, 6)))
    ]
    for number in range(draw(st.integers(0, 3))):
        source, target = draw(st.permutations(cards))[:2]
        _made(draw, values, "link", number, source=source, target=target)
        where = {"lane": curve, "persona": draw(_one(personas)), "step": draw(_one(steps))}
        _made(draw, values, "emotion_point", number, **where, at=draw(st.floats(0, 1)), value=draw(st.floats(-2, 2)))
        _made(draw, values, draw(texts.map(lambda text: f"unknown {text}")), number)
    for number in range(draw(st.integers(0, 2))):
        _beside(draw, values, number, cards)
    return [record_from_json(value) for value in draw(st.permutations(values))]


def _beside(draw: st.DrawFn, values: list[Values], number: int, cards: list[str]) -> None:
    source = _made(draw, values, "source", number, date=draw(days), sample_size=draw(st.none() | st.integers(0, 10**6)))
    spoken_of = {"sources": [source], "cards": draw(st.lists(_one(cards)))}
    _made(draw, values, "feedback", number, **spoken_of)
    _made(draw, values, "action_item", number, cards=spoken_of["cards"], due=draw(days))
    _made(draw, values, "comment", number, about=draw(_one([*cards, source, "map"])), text=draw(texts))
    _made(draw, values, "channel", number, label=draw(texts))
    _made(draw, values, "backdrop", number, opacity=draw(st.floats(0, 1)))
    lists = {name: draw(st.lists(texts, max_size=3)) for name in ("goals", "motivations", "channels")}
    pairs = draw(st.lists(st.lists(texts, min_size=2, max_size=2), max_size=2))
    persona = _made(draw, values, "persona", 5 + number, demographics=pairs, **lists)
    first = next(value for value in values if value["id"] == cards[0])
    first.update(personas=[persona], sources=[source], standing="partly")
    readings = draw(st.lists(st.tuples(dates, st.floats(-1e9, 1e9)).map(list), max_size=3))
    place = {name: first[name] for name in ("lane", "step")}
    _made(draw, values, "card", 90 + number, kind="metric", history=readings, measure="nps", **place)


def _made(draw: st.DrawFn, values: list[Values], name: str, number: int, **fields: Any) -> str:
    id = f"{name[:5].strip().encode().hex()}_{number}"
    untitled = {"emotion_point", "link", "persona", "feedback", "action_item", "comment", "channel", "backdrop"}
    title = {} if name in untitled or name.startswith("unknown") else {"title": draw(texts)}
    known = {"order": draw(orders)} if name in ORDERED else {}
    values.append({**draw(unknown_fields), **title, **known, **fields, "id": id, "type": name})
    return id


def _one(ids: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(ids)


_lane_kinds = st.sampled_from([kind.id for kind in LANE_KINDS.values() if kind.holds_cards] + ["of_a_newer_version"])
_card_kinds = st.sampled_from([*card_kinds(), "of_a_newer_version"])
