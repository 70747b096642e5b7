"""Fields follow from the records: a new kind of card needs nothing but its own file."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.layout.icons import icon_path
from app.model.fields import HexColor, IsoDate, LongText, MediaName, Title
from app.model.ids import RecordId
from app.model.kinds import card_kinds
from app.model.records import Card, EmotionPoint, Lane, Record
from app.model.registry import RECORD_TYPES
from app.window.panels.field_table import EDITORS, Choice, FieldSpec, common_fields, fields_of
from app.window.panels.fields.choices import ChoiceEditor, SegmentEditor
from app.window.panels.fields.making import make_editor
from app.window.panels.fields.parsed import DateEditor, NumberEditor
from app.window.panels.fields.swatches import ColorEditor
from app.window.panels.fields.texts import LineEditor, TextEditor
from app.window.panels.fields.tick import TickEditor


class Metric(Card):
    """What a kind of card may bring along."""

    kind: Literal["metric"] = "metric"
    severity: Annotated[int, Field(ge=1, le=5)] = 3
    visits: Annotated[int, Field(ge=0)] = 0
    share: Annotated[float, Field(ge=0, le=100)] | None = Field(
        default=None, json_schema_extra={"unit": "%", "narrow": True}
    )
    trend: Literal["up", "flat", "down"] | None = None
    source: Literal["interview", "exit_survey_on_the_website", "log_files_of_the_shop"] = "interview"
    is_key: bool = Field(default=False, title="Key figure")
    tint: HexColor = "#1D4ED8"
    measured: IsoDate | None = None
    remark: LongText = ""
    unit: Title = Field(default="", json_schema_extra={"place": 11})
    internal: Title = Field(default="", json_schema_extra={"hidden": True})


EDITOR_OF: dict[str, type[QWidget]] = {
    "severity": SegmentEditor,
    "visits": NumberEditor,
    "share": NumberEditor,
    "trend": SegmentEditor,
    "source": ChoiceEditor,
    "is_key": TickEditor,
    "tint": ColorEditor,
    "measured": DateEditor,
    "remark": TextEditor,
    "unit": LineEditor,
}


def spec(name: str) -> FieldSpec:
    return next(found for found in fields_of(Metric) if found.name == name)


def test_kind_and_title_first_own_fields_next_then_what_every_card_has() -> None:
    names = [found.name for found in fields_of(Metric)]
    assert names[:3] == ["kind", "title", "unit"]
    assert names[-5:] == ["body", "to_step", "personas", "standing", "sources"]
    assert set(names) == {*names[-5:], "kind", "title", *EDITOR_OF}


@pytest.mark.parametrize("name", EDITOR_OF)
def test_the_type_of_a_field_makes_its_editor(name: str, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert type(make_editor(spec(name), parent)) is EDITOR_OF[name]


def test_what_a_field_says_of_itself_is_heard() -> None:
    assert spec("is_key").label == "Key figure"
    assert spec("share") == FieldSpec("share", "Share", "number", narrow=True, optional=True, low=0, high=100, unit="%")
    assert spec("trend").choices == (
        Choice(None, "Automatic"),
        Choice("up", "Up"),
        Choice("flat", "Flat"),
        Choice("down", "Down"),
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("severity", 5),
        ("visits", 12),
        ("share", 2.5),
        ("trend", "down"),
        ("source", "interview"),
        ("is_key", True),
        ("tint", "#123456"),
        ("measured", date(2027, 3, 1)),
        ("remark", "a\nb"),
        ("unit", "min"),
    ],
)
def test_showing_a_value_or_a_mixture_says_nothing(name: str, value: Any, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    editor = make_editor(spec(name), parent)
    said: list[object] = []
    for signal in (editor.typed, editor.picked):
        signal.connect(said.append)
    editor.show_value(value)
    editor.show_mixed()
    editor.flush()
    editor.show_value(value)
    editor.flush()
    assert said == []


def test_every_field_of_every_record_has_an_editor_that_exists() -> None:
    classes: list[type[Record]] = [*RECORD_TYPES.values(), *(kind.record for kind in card_kinds().values())]
    for record_class in classes:
        assert fields_of(record_class), record_class
        assert {found.editor for found in fields_of(record_class)} <= set(EDITORS)


def test_places_and_references_are_no_fields() -> None:
    names = {found.name for found in fields_of(Metric)}
    assert not names & {"id", "type", "step", "lane", "order"}
    assert "persona" in {found.name for found in fields_of(EmotionPoint)}
    assert "kind" in {found.name for found in fields_of(Lane)}


def test_common_fields_are_those_with_the_same_editor() -> None:
    class Other(Card):
        kind: Literal["other"] = "other"
        severity: Literal["low", "high"] = "low"
        visits: Annotated[int, Field(ge=0)] = 0

    assert [found.name for found in common_fields([Metric, Other])] == [
        *("kind", "title", "visits", "body", "to_step", "personas", "standing", "sources"),
    ]
    assert common_fields([]) == ()


def test_kinds_have_icons_that_exist() -> None:
    assert all(icon_path(kind.icon) for kind in card_kinds().values())


def test_annotations_without_bounds_are_lines() -> None:
    class Odd(Card):
        kind: Literal["odd"] = "odd"
        other: RecordId | None = None

    assert next(found for found in fields_of(Odd) if found.name == "other").editor == "line"


def test_an_editor_that_is_not_there_yet_gives_way_to_that_of_the_type() -> None:
    class Later(Card):
        kind: Literal["later"] = "later"
        stars: Annotated[int, Field(ge=1, le=5)] | None = Field(default=None, json_schema_extra={"editor": "of_later"})
        words: tuple[str, ...] = Field(default=(), json_schema_extra={"editor": "of_later"})
        portrait: MediaName | None = Field(default=None, json_schema_extra={"editor": "of_later"})

    found = {spec.name: spec.editor for spec in fields_of(Later)}
    assert found["stars"] == "whole"
    assert not {"words", "portrait"} & found.keys()
