"""What fields of records may hold, and what follows from them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.files import limits
from app.files.wording import validation_messages
from app.model.analysis.metrics import customer_satisfaction, distance_to_target, net_promoter_score
from app.model.beside import Comment
from app.model.durations import duration_text, minutes_in
from app.model.kinds import card_kinds
from app.model.kinds.metric import Metric
from app.model.kinds.pain_point import PainPoint
from app.model.languages import figure
from app.model.records import MapRecord, Persona, record_to_json
from app.model.registry import RecordError, record_from_json, records_from_lines
from tests.model.builders import Values, card

PERSONA: Values = {"type": "persona", "id": "p"}
SOURCE: Values = {"type": "source", "id": "o"}
COMMENT: Values = {"type": "comment", "id": "m", "about": "c1"}
BACKDROP: Values = {"type": "backdrop", "id": "b"}
MAP: Values = {"type": "map", "id": "map"}
METRIC = card("c", kind="metric")
TOUCHPOINT = card("c", kind="touchpoint")
OPPORTUNITY = card("c", kind="opportunity")
PICTURE = f"{'0f' * 32}.webp"

GOOD: list[tuple[Values, str, Any]] = [
    (PERSONA, "goals", ["", "Sleep", "x" * 300]),
    (PERSONA, "demographics", [["Age", "27"], ["", ""]]),
    (PERSONA, "portrait", PICTURE),
    (MAP, "doctor_off", ["card_without_evidence", "dead_end"]),
    (SOURCE, "address", "https://example.org/a?b=c#d"),
    (SOURCE, "address", "mailto:ana@example.org"),
    (SOURCE, "sample_size", 0),
    (COMMENT, "created", "2026-03-31T09:30:00Z"),
    (BACKDROP, "opacity", 1.0),
    (BACKDROP, "x", -20_000),
    (METRIC, "history", [["2026-01-31", 4.5], ["2026-02-28", -3]]),
    (TOUCHPOINT, "duration", 0.5),
    (TOUCHPOINT, "importance", 5),
    (OPPORTUNITY, "addresses", ["c1", "c2"]),
    (card("c1"), "standing", "partly"),
]
BAD: list[tuple[Values, str, Any]] = [
    (PERSONA, "goals", ["x" * 301]),
    (PERSONA, "goals", ["x"] * 31),
    (PERSONA, "goals", "Sleep"),
    (PERSONA, "goals", [1]),
    (PERSONA, "goals", None),
    (PERSONA, "demographics", [["Age"]]),
    (PERSONA, "demographics", [["Age", "27", "28"]]),
    (PERSONA, "demographics", [["A" * 81, "27"]]),
    (PERSONA, "demographics", {"Age": "27"}),
    (PERSONA, "portrait", "../portrait.png"),
    (PERSONA, "portrait", f"{'0f' * 32}.svg"),
    (MAP, "doctor_off", ["Dead end"]),
    *(
        (SOURCE, "address", bad)
        for bad in ("javascript:alert(1)", "file:///etc/passwd", "http:", "https://", "//x.org")
    ),
    *((SOURCE, "address", bad) for bad in ("mailto:", "https://a b", "https://a\nb", "x.org", "data:text/html,x")),
    (SOURCE, "address", f"https://{'a' * 2000}"),
    (SOURCE, "sample_size", -1),
    (SOURCE, "sample_size", 8.5),
    (SOURCE, "method", "guess"),
    *((COMMENT, "created", bad) for bad in ("yesterday", "2026-03-31T09:30:00", "2026-03-31T09:30:00+02:00", 5)),
    (BACKDROP, "opacity", 1.01),
    (BACKDROP, "width", 0.0),
    (METRIC, "history", [["soon", 4.5]]),
    (METRIC, "history", [["2026-01-31", "4.5"]]),
    (METRIC, "history", [["2026-01-31", 1.0]] * 501),
    (METRIC, "current", 1e16),
    (METRIC, "measure", "smiles"),
    (METRIC, "promoters", -1),
    (TOUCHPOINT, "duration", -0.1),
    (TOUCHPOINT, "importance", 0),
    (TOUCHPOINT, "satisfaction", 6),
    (TOUCHPOINT, "satisfaction", 2.0),
    (OPPORTUNITY, "status", "maybe"),
    (OPPORTUNITY, "addresses", ["c"] * 501),
    (OPPORTUNITY, "addresses", [5]),
    (card("c1"), "standing", "sure"),
]


@pytest.mark.parametrize(("values", "field", "value"), GOOD)
def test_values_within_the_limits(values: Values, field: str, value: object) -> None:
    """R3, R4, R7, R8, R12: taken by every way of reading, and written as they came."""
    record = record_from_json({**values, field: value})
    assert record_to_json(record)[field] == value
    assert record_from_json(record_to_json(record)) == record
    assert records_from_lines([json.dumps({**values, field: value}).encode()]) == [record]
    assert record.changed() == record


@pytest.mark.parametrize(("values", "field", "value"), BAD)
def test_values_beyond_the_limits(values: Values, field: str, value: object) -> None:
    """R1, R3, R4: refused on reading and on changing."""
    with pytest.raises(ValidationError):
        record_from_json({**values, field: value})
    with pytest.raises(RecordError):
        records_from_lines([json.dumps({**values, field: value}).encode()])
    with pytest.raises(ValidationError):
        record_from_json(values).changed(**{field: value})


def test_lists_of_ids_and_names_are_sets() -> None:
    """R12: sorted, each once; lists of words keep their order, readings stand by date."""
    found = record_from_json({**OPPORTUNITY, "addresses": ["c2", "c1", "c2"]})
    assert found.targets("addresses") == ("c1", "c2")
    assert MapRecord(doctor_off=("b", "a", "b")).doctor_off == ("a", "b")
    assert Persona(id="p", goals=("b", "a", "b")).goals == ("b", "a", "b")
    metric = Metric.model_validate({**METRIC, "history": [["2026-02-01", 2.0], ["2026-01-01", 3.0]]})
    assert metric.history == ((date(2026, 1, 1), 3.0), (date(2026, 2, 1), 2.0))


def test_times_are_in_utc_to_the_second() -> None:
    """R4: and written as such."""
    made = Comment(id="m", about="c1", created=datetime(2026, 3, 31, 9, 30, 5, 999, tzinfo=UTC))
    assert record_to_json(made)["created"] == "2026-03-31T09:30:05Z"
    with pytest.raises(ValidationError, match="is not a time in UTC"):
        Comment(id="m", about="c1", created=datetime(2026, 3, 31, 9, 30))  # noqa: DTZ001


def test_the_largest_record_fits_into_a_line() -> None:
    """R3: even in characters that take four bytes each."""
    text, ids = "😀", [f"{number:064}" for number in range(500)]
    persona = {**PERSONA, "demographics": [[text * 80, text * 300]] * 30, "name": text * 500, "quote": text * 500}
    persona |= {name: [text * 300] * 30 for name in ("goals", "motivations", "pain_points", "channels")}
    opportunity = {**OPPORTUNITY, "title": text * 500, "body": text * 10_000, "personas": ids, "sources": ids}
    opportunity |= {"addresses": ids, "changes": ids}
    for values in (persona, opportunity):
        line = json.dumps(record_to_json(record_from_json(values)), ensure_ascii=False).encode()
        assert len(line) < limits.LINE_BYTES


@pytest.mark.parametrize(
    ("counts", "score"),
    [((70, 20, 10), 60.0), ((0, 5, 0), 0.0), ((1, 0, 3), -50.0), ((0, 0, 9), -100.0), ((0, 0, 0), None)],
)
def test_net_promoter_score(counts: tuple[int, int, int], score: float | None) -> None:
    """R13: promoters less detractors, in percent of all answers."""
    assert net_promoter_score(*counts) == score
    names = ("promoters", "passives", "detractors")
    metric = Metric.model_validate(
        {**METRIC, "measure": "nps", "current": 1.0, **dict(zip(names, counts, strict=True))}
    )
    assert metric.value == (score if score is not None else 1.0)
    assert metric.is_computed == (score is not None)


@pytest.mark.parametrize(("satisfied", "responses", "share"), [(40, 50, 80.0), (0, 8, 0.0), (0, 0, None), (9, 8, None)])
def test_customer_satisfaction(satisfied: int, responses: int, share: float | None) -> None:
    """R13: the percentage of satisfied answers."""
    assert customer_satisfaction(satisfied, responses) == share
    metric = Metric.model_validate({**METRIC, "measure": "csat", "satisfied": satisfied, "responses": responses})
    assert metric.value == share


@pytest.mark.parametrize(
    ("fields", "value", "missing", "details"),
    [
        ({}, None, None, ""),
        ({"current": 4.0, "target": 5.5, "unit": "stars"}, 4.0, 1.5, "4 stars → 5.5 stars"),
        ({"measure": "churn", "current": 4.0, "target": 5.0}, 4.0, -1.0, "Churn · 4 % → 5 %"),
        ({"measure": "churn", "current": 4.0, "target": 5.0, "better": "higher"}, 4.0, 1.0, "Churn · 4 % → 5 %"),
        ({"measure": "nps", "promoters": 1, "current": -7.5}, -7.5, None, "NPS · −7.5"),
        ({"measure": "csat", "history": [["2026-01-01", 62.0]]}, 62.0, None, "CSAT · 62 %"),
        ({"measure": "own", "satisfied": 4, "responses": 8}, None, None, ""),
        ({"measure": "money", "target": 1200.0, "unit": "€"}, None, None, "Money · 1,200 €"),
    ],
)
def test_where_a_metric_stands(fields: Values, value: float | None, missing: float | None, details: str) -> None:
    """R13: and how far it is from its target."""
    metric = Metric.model_validate({**METRIC, **fields})
    assert (metric.value, metric.missing, metric.details()) == (value, missing, details)


def test_the_way_to_a_target() -> None:
    """R13: what is missing."""
    assert distance_to_target(30.0, 20.0, "lower") == 10.0


@pytest.mark.parametrize(
    ("severity", "frequency", "score"), [(4, 3, 12), (5, 5, 25), (None, 3, None), (4, None, None), (None, None, None)]
)
def test_scores_of_pain_points(severity: int | None, frequency: int | None, score: int | None) -> None:
    """R14: severity times frequency."""
    pain = PainPoint.model_validate(card("c", kind="pain_point", severity=severity, frequency=frequency))
    assert pain.score == score


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (150, "2 h 30 min"),
        (0, "0 min"),
        (0.5, "30 s"),
        (1.5, "1 min 30 s"),
        (60, "1 h"),
        (59.9999, "1 h"),
        (1500, "1 d 1 h"),
        (3661 / 60, "1 h 1 min"),
    ],
)
def test_durations(minutes: float, text: str) -> None:
    """R15: as people write them."""
    assert duration_text(minutes) == text


@pytest.mark.parametrize(
    ("language", "minutes", "text"),
    [
        ("de-AT", 1440 + 150, "1 Tag 2 Std. 30 Min."),
        ("de", 3 * 1440, "3 Tage"),
        ("fr", 2 * 1440 + 5, "2 j 5 min"),
        ("es", 90, "1 h 30 min"),
        ("ar", 90, "1 س 30 د"),
        ("ar", 1440, "يوم"),
        ("ar", 2 * 1440 + 60, "يومان 1 س"),
        ("ar", 9 * 1440, "9 أيام"),
        ("ar", 12 * 1440, "12 يومًا"),
        ("ar", 100 * 1440, "100 يوم"),
        ("hi", 60, "1 घंटा"),
        ("hi", 9 * 1440 + 120, "9 दिन 2 घंटे"),
        ("ja", 150, "2時間30分"),
        ("ja", 0, "0分"),
        ("pt", 150, "2 h 30 min"),
    ],
)
def test_durations_in_the_language_of_the_map(language: str, minutes: float, text: str) -> None:
    """R15: by the plural rules of the language; in symbols where it has no words of ours."""
    assert duration_text(minutes, language) == text


@given(st.integers(0, 3_000_000), st.sampled_from(["en", "de", "fr", "es", "ar", "hi", "ja", "pt"]))
def test_durations_are_read_as_they_are_written(minutes: int, language: str) -> None:
    """R15: whole minutes come back."""
    assert minutes_in(duration_text(minutes, language)) == minutes


@pytest.mark.parametrize(
    ("language", "text"), [("en", "1,234.5"), ("de", "1.234,5"), ("fr", "1\u202f234,5"), ("ja", "1,234.5")]
)
def test_figures_in_the_language_of_the_map(language: str, text: str) -> None:
    """R16: thousands and fractions are set apart as there."""
    assert figure(1234.5, language) == text


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2 h 30 min", 150.0),
        ("1.5h", 90.0),
        ("1,5 Hours", 90.0),
        ("45", 45.0),
        (" 2d ", 2880.0),
        ("90 s", 1.5),
        ("", None),
        ("soon", None),
        ("3 parsecs", None),
        ("2 h x", None),
        ("-5", None),
        ("３０分", 30.0),
        ("2 Stunden 30 Minuten", 150.0),
        ("3 jours 2 heures", 4440.0),
        ("2 horas", 120.0),
        ("3 ساعات", 180.0),
        ("یوم", None),
    ],
)
def test_durations_that_people_type(text: str, minutes: float | None) -> None:
    """R15: and what is none."""
    assert minutes_in(text) == minutes


def test_every_kind_says_something_of_itself() -> None:
    """R10, R11: a line of details that can be drawn."""
    for id, kind in card_kinds().items():
        assert isinstance(kind.record.model_validate(card("c", kind=id)).details(), str)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({**SOURCE, "address": "ftp://x"}, "address is not an address that begins with http://, https:// or mailto:"),
        ({**COMMENT, "created": "now"}, "created is not a time in UTC such as 2026-03-31T09:30:00Z"),
        ({**PERSONA, "goals": ["x"] * 31}, "goals has more than 30 entries"),
        ({**PERSONA, "goals": 5}, "goals is not a list"),
        ({**PERSONA, "goals": ["a", "x" * 301]}, "goals 1 is longer than 300 characters"),
        ({**PERSONA, "demographics": [["Age"]]}, "demographics 0 1 is missing"),
        ({**TOUCHPOINT, "importance": 6}, "importance is more than 5"),
    ],
)
def test_what_is_wrong_is_said_in_words(values: Values, message: str) -> None:
    """R3: with the field and its limit."""
    with pytest.raises(ValidationError) as caught:
        record_from_json(values)
    assert validation_messages(caught.value) == [message]
