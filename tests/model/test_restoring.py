"""A map of which records are missing becomes sound again, and loses no card by it."""

from __future__ import annotations

import random

import pytest

from app.files import load
from app.model.document import Document
from app.model.records import Card, Record, Stage, Step
from app.model.registry import record_from_json
from app.model.restoring import restored
from app.paths import sample_dir
from tests.files import builders as build

SAMPLES = [load(path).records for path in sorted(sample_dir().glob("*.jmap"))]


def made(**values: object) -> Record:
    return record_from_json(values)


def without(*ids: str) -> list[Record]:
    return [record for record in build.records() if record.id not in ids]


def test_a_sound_map_stays_as_it_is() -> None:
    """Y1: sound, with all that was there."""
    for records in SAMPLES:
        found = restored(records)
        assert {record.id: record for record in found.records} == {record.id: record for record in records}
        assert (found.stand_ins, found.mended, found.dropped) == ((), frozenset(), ())


def test_any_part_of_a_map_becomes_sound_with_all_its_cards() -> None:
    """Y1: sound, with all that was there."""
    chance = random.Random(5)
    for _ in range(60):
        records = chance.choice(SAMPLES)
        some = chance.sample(records, chance.randrange(len(records)))
        found = restored(some)
        Document(found.records)  # raises where it is not sound
        assert {r.id for r in some if isinstance(r, Card)} <= {r.id for r in found.records}
        assert not [record for record in found.dropped if isinstance(record, Card)]


@pytest.mark.parametrize(
    ("lost", "stand_ins"),
    [
        ("map", {"map"}),
        ("g_1", {"g_1"}),
        ("s_1", {"s_1"}),
        ("l_1", {"l_1"}),
        ("l_2", {"l_2"}),
        ("p_1", {"p_1"}),
        ("c_1", set()),
    ],
)
def test_what_is_lost_and_needed_gets_a_stand_in_with_its_id(lost: str, stand_ins: set[str]) -> None:
    """Y2, Y3: with the same id, so that what refers to it is where it was."""
    found = restored(without(lost))
    Document(found.records)
    assert {record.id for record in found.stand_ins} == stand_ins
    assert {record.id for record in found.dropped} == ({"k_1"} if lost == "c_1" else set())


def test_lost_steps_go_to_the_stage_that_lost_them() -> None:
    """Y2: a stand-in, where it belongs."""
    found = restored(without("s_1"))
    step = next(record for record in found.records if isinstance(record, Step))
    assert step.stage == "g_1"
    assert not [record for record in found.stand_ins if isinstance(record, Stage)]


def test_a_stage_that_lost_its_steps_gets_one() -> None:
    """Y2: a stand-in, where it belongs."""
    found = restored([*without("s_1", "c_1", "c_2", "e_1", "k_1"), made(id="g_2", type="stage")])
    Document(found.records)
    assert sorted(record.stage for record in found.records if isinstance(record, Step)) == ["g_1", "g_2"]


def test_records_in_lanes_of_the_wrong_kind_move() -> None:
    """Y3: nothing leads where nothing is."""
    card = made(id="c_3", type="card", kind="pain_point", step="s_1", lane="l_2")
    point = made(id="e_2", type="emotion_point", step="s_1", lane="l_1", persona="p_1")
    found = {record.id: record for record in restored([*build.records(), card, point]).records}
    Document(found.values())
    assert found[str(found["c_3"].__dict__["lane"])].__dict__["kind"] == "pain_points"
    assert found[str(found["e_2"].__dict__["lane"])].__dict__["kind"] == "emotion"
    assert found["l_1"].__dict__["kind"] == "touchpoints"


def test_references_of_the_wrong_type_empty_ids_and_loops() -> None:
    """Y3: nothing leads where nothing is."""
    odd = [
        made(id="c_3", type="card", kind="note", step="l_1", lane="s_1"),
        made(id="c_4", type="card", kind="note", step="", lane="", to_step="g_1", personas=["c_1", "p_1"]),
        made(id="c_5", type="card", kind="note", step="../x", lane="\x00"),
        made(id="k_2", type="link", source="c_1", target="c_1"),
        made(id="k_3", type="link", source="c_1", target="map"),
        made(id="m_1", type="comment", about="m_2", text="Keep me"),
        made(id="m_2", type="comment", about="m_1"),
        made(id="map2", type="map", title="Second"),
    ]
    found = restored([*build.records(), *odd])
    Document(found.records)
    ids = {record.id: record for record in found.records}
    assert {"c_3", "c_4", "c_5", "m_1", "m_2"} <= ids.keys()
    assert ids["c_4"].__dict__["personas"] == ("p_1",)
    assert {record.id for record in found.dropped} == {"k_2", "k_3", "map2"}
    assert ids["m_1"].__dict__["about"] == "map"


def test_a_map_under_another_id_is_the_map() -> None:
    """Y1: sound, with all that was there."""
    found = restored([*without("map"), made(id="nap", type="map", title="Kept")])
    assert Document(found.records).map.title == "Kept"


def test_nothing_becomes_an_empty_map() -> None:
    """Y1: sound, with all that was there."""
    assert Document(restored([]).records).map.title == "Recovered map"


def test_a_misread_id_is_recognised_where_it_is_long_enough() -> None:
    """Y4: of short ids, as templates have them, the next one is another record."""
    step = "s_8f3a1c20aa55"
    steps = [made(id=step, type="step", stage="g_1"), made(id="s_2", type="step", stage="g_1")]
    cards = [
        made(id="c_3", type="card", kind="note", lane="l_1", step=step.replace("aa", "ab")),
        made(id="c_4", type="card", kind="note", lane="l_1", step="s_3"),
    ]
    found = {record.id: record for record in restored([*build.records(), *steps, *cards]).records}
    assert found["c_3"].__dict__["step"] == step
    assert found["c_4"].__dict__["step"] == "s_3"
    assert found["s_3"].__dict__["title"] == "Recovered step"
