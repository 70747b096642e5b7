"""From the description of a field to its editor."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.window.panels.field_table import FieldSpec
from app.window.panels.fields.base import FieldEditor
from app.window.panels.fields.choices import ChoiceEditor, LaneKindEditor, Option, PersonaEditor, SegmentEditor
from app.window.panels.fields.parsed import DateEditor, NumberEditor
from app.window.panels.fields.sliders import FeelingEditor, PlaceEditor
from app.window.panels.fields.suggest import ChannelEditor, LanguageEditor
from app.window.panels.fields.swatches import ColorEditor
from app.window.panels.fields.texts import LineEditor, TextEditor
from app.window.panels.fields.tick import TickEditor
from app.window.words import model_word

SEGMENTS, LETTERS = 5, 28
"""So many choices, with so many letters together, fit side by side into the panel."""


def make_editor(spec: FieldSpec, parent: QWidget) -> FieldEditor:
    """The editor for a field."""
    return _MAKERS.get(spec.editor, _line)(spec, parent)


def _line(spec: FieldSpec, parent: QWidget) -> FieldEditor:
    return LineEditor(parent, spec.limit)


def _choice(spec: FieldSpec, parent: QWidget) -> FieldEditor:
    options = [Option(choice.value, model_word(choice.label)) for choice in spec.choices]
    is_short = len(options) <= SEGMENTS and sum(len(option.label) for option in options) <= LETTERS
    return SegmentEditor(options, parent) if is_short else ChoiceEditor(options, parent)


def _number(spec: FieldSpec, parent: QWidget) -> FieldEditor:
    whole = spec.editor == "whole"
    low, high = spec.low, spec.high
    if whole and not spec.optional and low is not None and high is not None and high - low < SEGMENTS:
        scale = [Option(value, str(value)) for value in range(int(low), int(high) + 1)]
        return SegmentEditor(scale, parent)
    return NumberEditor(optional=spec.optional, whole=whole, bounds=(low, high), unit=spec.unit, parent=parent)


_MAKERS: dict[str, Callable[[FieldSpec, QWidget], FieldEditor]] = {
    "line": _line,
    "text": lambda spec, parent: TextEditor(parent, spec.limit),
    "number": _number,
    "whole": _number,
    "tick": lambda spec, parent: TickEditor(model_word(spec.label), parent),
    "choice": _choice,
    "color": lambda spec, parent: ColorEditor(spec.palette, spec.optional, parent),
    "date": lambda spec, parent: DateEditor(spec.optional, parent),
    "channel": lambda spec, parent: ChannelEditor(parent, spec.limit),
    "language": lambda _spec, parent: LanguageEditor(parent),
    "persona": lambda _spec, parent: PersonaEditor(parent),
    "lane_kind": lambda _spec, parent: LaneKindEditor(parent),
    "value": lambda _spec, parent: FeelingEditor(parent),
    "place": lambda _spec, parent: PlaceEditor(parent),
}
