"""Records and the way from and to plain values."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.model.channels import CHANNELS
from app.model.ids import new_id
from app.model.kinds import card_kind, card_kinds
from app.model.kinds.touchpoint import Touchpoint
from app.model.lanes import LANE_KINDS, lane_kind
from app.model.records import ANY, Card, EmotionPoint, MapRecord, Record, Step, UnknownRecord, record_to_json
from app.model.registry import (
    RECORD_TYPES,
    RecordError,
    record_class,
    record_from_json,
    records_from_lines,
)
from tests.model.builders import SMALL, Values, card

CARD = card("c1")
POINT: Values = {"type": "emotion_point", "id": "e", "lane": "l", "persona": "p", "step": "s"}
LANE: Values = {"type": "lane", "id": "l"}
STEP: Values = {"type": "step", "id": "s", "stage": "g"}
MAP: Values = {"type": "map", "id": "map"}

GOOD: list[tuple[Values, str, Any]] = [
    (CARD, "id", "A-z_9" * 12),
    (CARD, "title", "é" * 500),
    (CARD, "body", "b" * 10_000),
    (CARD, "order", "o" * 200),
    (CARD, "to_step", None),
    (CARD, "step", "s" * 64),
    (STEP, "width", 20),
    (STEP, "width", 400.0),
    (LANE, "height", 10.0),
    (LANE, "height", 400.0),
    (POINT, "value", -2),
    (POINT, "value", 2.0),
    (POINT, "at", 1.0),
    (MAP, "review_date", "2025-03-31"),
    (MAP, "language", "zh-Hant-TW"),
    (MAP, "state", "future"),
    ({"type": "persona", "id": "p"}, "color", "#00aaFF"),
    ({"type": "stage", "id": "g"}, "color", None),
    (LANE, "line_below", "visibility"),
    ({**CARD, "kind": "touchpoint"}, "online", False),
]

BAD: list[tuple[Values, str, Any]] = [
    *((CARD, "id", id) for id in ("", "a b", "ä", "a" * 65, "a\n", "../x", 7, None)),
    (CARD, "title", "t" * 501),
    (CARD, "title", 1),
    (CARD, "title", "\ud800"),
    (CARD, "body", "b" * 10_001),
    (CARD, "order", "o" * 201),
    (CARD, "order", ""),
    (CARD, "step", "s" * 65),
    (CARD, "step", None),
    (CARD, "kind", "Pain point"),
    (CARD, "kind", ["note"]),
    (CARD, "kind", None),
    (STEP, "width", 19.9),
    (STEP, "width", 400.1),
    (LANE, "height", 9.9),
    (LANE, "height", 400.1),
    (STEP, "width", "40"),
    (STEP, "width", True),
    (POINT, "value", 2.1),
    (POINT, "value", float("nan")),
    (POINT, "at", -0.1),
    (POINT, "at", float("inf")),
    (MAP, "review_date", "31.3.2025"),
    (MAP, "review_date", 20250331),
    (MAP, "language", "english language"),
    (MAP, "state", "past"),
    ({"type": "persona", "id": "p"}, "color", "red"),
    (LANE, "line_below", "thick"),
    ({"type": "lane", "id": "l"}, "kind", ""),
    ({**CARD, "kind": "touchpoint"}, "online", 1),
    ({"type": "x", "id": "u"}, "type", 5),
]

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
some_values = st.sampled_from(SMALL)
extras = st.dictionaries(
    st.sampled_from(["model_fields", "REFERENCES", "changed", "copy", "self", "später", ""]), plain
)


@pytest.mark.parametrize(("values", "field", "value"), GOOD)
def test_values_within_the_limits(values: Values, field: str, value: object) -> None:
    """R2, R3, R4, R7: taken, and written as they came."""
    record = record_from_json({**values, field: value})
    default = type(record).model_fields[field].default
    assert record_to_json(record).get(field, default) == value
    assert record_from_json(record_to_json(record)) == record


@pytest.mark.parametrize(("values", "field", "value"), BAD)
def test_values_beyond_the_limits(values: Values, field: str, value: object) -> None:
    """R1, R2, R3, R4, R9: refused on reading and on changing, one by one and from lines."""
    bad = {**values, field: value}
    with pytest.raises(ValidationError):
        record_from_json(bad)
    with pytest.raises(RecordError):
        records_from_lines([json.dumps(bad).encode()])
    record = record_from_json(values)
    if field != "kind" and isinstance(record, UnknownRecord) is False:
        with pytest.raises(ValidationError):
            record.changed(**{field: value})
    assert record == record_from_json(values)


def test_a_record_is_frozen() -> None:
    """R1: neither fields nor anything else can be set."""
    record = record_from_json(CARD)
    with pytest.raises(ValidationError):
        record.title = "Other"  # type: ignore[attr-defined]
    changed = record.changed(title="Other")
    assert (changed.title, record.title, type(changed)) == ("Other", "", type(record))  # type: ignore[attr-defined]


def test_new_ids_differ() -> None:
    """R2: and are ids."""
    ids = {new_id("c") for _ in range(1000)}
    assert len(ids) == 1000
    assert {record_from_json({**CARD, "id": id}).id for id in ids} == ids


@pytest.mark.parametrize("missing", ["id", "type"])
def test_every_record_has_id_and_type(missing: str) -> None:
    """R9: what has none is no record, known or not."""
    for values in (CARD, {"type": "sticker", "id": "u"}):
        bad = {key: value for key, value in values.items() if key != missing}
        with pytest.raises(ValidationError):
            record_from_json(bad)
        with pytest.raises(RecordError):
            records_from_lines([json.dumps(bad).encode()])


@given(some_values, extras)
def test_unknown_fields_are_kept(values: Values, unknown: Values) -> None:
    """R5, R6, R7: also those with names that Python or pydantic use, over reading, changing and writing."""
    record = record_from_json({**unknown, **values})
    for kept in (record, record.changed(), record_from_json(record_to_json(record))):
        written = record_to_json(kept)
        assert {key: written[key] for key in unknown} == unknown
        assert kept == record
    if isinstance(record, Card):
        assert record_to_json(record.changed(title="New")) == {**record_to_json(record), "title": "New"}


def test_defaults_are_left_out() -> None:
    """R7: except what says which record it is; a date is written as text."""
    assert record_to_json(record_from_json({**CARD, "title": "", "order": "a0"})) == CARD
    assert record_to_json(MapRecord()) == {"id": "map", "type": "map"}
    assert record_to_json(MapRecord(review_date=date(2025, 3, 31)))["review_date"] == "2025-03-31"
    assert record_to_json(EmotionPoint(id="e", lane="l", persona="p", step="s", value=0.0)) == POINT


@given(st.lists(st.tuples(some_values, extras), max_size=8))
def test_ways_of_reading_agree(many: list[tuple[Values, Values]]) -> None:
    """R8: one by one, from lines."""
    values = [{**unknown, **known} for known, unknown in many]
    one_by_one = [record_from_json(value) for value in values]
    lines = [json.dumps(value, ensure_ascii=False).encode() for value in values]
    found = records_from_lines(lines)
    assert found == one_by_one
    assert [type(record) for record in found] == [type(record) for record in one_by_one]


@pytest.mark.parametrize(
    "line", [b"", b"[]", b"{}", b"{", b"1", b'{"id":"a","type":"x"}{}', b'{"id":"a","type":"\xff"}']
)
def test_lines_that_hold_no_record(line: bytes) -> None:
    """R8: the error names the place from 0."""
    good = json.dumps(CARD).encode()
    with pytest.raises(RecordError) as caught:
        records_from_lines([good, good, line, b"also bad"])
    assert caught.value.index == 2
    assert "value 2" in str(caught.value)


def test_types_and_kinds_of_newer_versions() -> None:
    """R6, R9: a class that keeps them; what is known never slips into it."""
    sticker = record_from_json({"type": "sticker", "id": "u", "on": ["c1"]})
    assert type(sticker) is UnknownRecord
    hologram = record_from_json({**CARD, "kind": "hologram", "depth": 3})
    assert type(hologram) is Card
    assert record_to_json(hologram)["depth"] == 3
    assert type(record_from_json(CARD)) is card_kinds()["note"].record
    for values in ({"type": ["card"], "id": "u"}, {"id": "u"}, {"type": None, "id": "u"}):
        assert record_class(values) is UnknownRecord
        with pytest.raises(ValidationError):
            record_from_json(values)


def test_every_type_has_its_class() -> None:
    """R8: the type that a class has by default is the one it is found under, and its references lead to known types."""
    for name, found in RECORD_TYPES.items():
        assert found.model_fields["type"].default == name
        assert {reference.target for reference in found.REFERENCES.values()} <= RECORD_TYPES.keys() | {ANY}
        assert found.REFERENCES.keys() <= found.model_fields.keys()


def test_kinds_of_cards() -> None:
    """R10: found by themselves, in their order, each with a record that is of that kind."""
    kinds = card_kinds()
    assert list(kinds) == [
        *("touchpoint", "action", "thought", "pain_point", "opportunity"),
        *("insight", "metric", "image", "question", "note"),
    ]
    for id, kind in kinds.items():
        assert record_from_json({**CARD, "kind": id}) == kind.record.model_validate(card("c1", kind=id))
        assert card_kind(id) is kind
    assert card_kind("moment_of_truth") == kinds["note"]._replace(
        id="moment_of_truth", label="Moment of truth", record=Card
    )


def test_kinds_of_lanes() -> None:
    """R6: the card that a lane suggests exists; an unknown lane is like one of notes."""
    assert {kind.card for kind in LANE_KINDS.values()} <= card_kinds().keys()
    assert lane_kind("orbit") is LANE_KINDS["notes"]
    assert lane_kind("emotion").is_curve
    assert not lane_kind("orbit").is_curve


@pytest.mark.parametrize(
    ("fields", "details", "icon"),
    [
        ({}, "", None),
        ({"channel": "email"}, "E-mail · online", CHANNELS["email"].icon),
        ({"channel": "phone"}, "Phone · offline", CHANNELS["phone"].icon),
        ({"channel": "support"}, "Support", CHANNELS["support"].icon),
        ({"channel": "support", "online": True}, "Support · online", CHANNELS["support"].icon),
        ({"channel": "email", "online": False}, "E-mail · offline", CHANNELS["email"].icon),
        ({"channel": "Pigeon"}, "Pigeon", None),
        ({"online": True}, "online", None),
    ],
)
def test_channels(fields: Values, details: str, icon: str | None) -> None:
    """R11: what a touchpoint says of its channel."""
    touchpoint = Touchpoint.model_validate({**CARD, "kind": "touchpoint", **fields})
    assert (touchpoint.details(), touchpoint.icon()) == (details, icon)


def test_other_cards_say_no_more() -> None:
    """R11: no line under the title, and the icon of their kind."""
    note = record_from_json(CARD)
    assert isinstance(note, Card)
    assert (note.details(), note.icon()) == ("", None)
    assert isinstance(record_from_json(STEP), Step)
    assert Record.REFERENCES == {}
