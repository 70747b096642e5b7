"""From the description of a field to its editor."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.window.icons import icon
from app.window.panels.field_table import FieldSpec
from app.window.panels.fields.base import FieldEditor
from app.window.panels.fields.choices import (
    CardKindEditor,
    ChoiceEditor,
    EndStepEditor,
    LaneKindEditor,
    Option,
    PersonaEditor,
    SegmentEditor,
)
from app.window.panels.fields.listed import PairsEditor, TextsEditor
from app.window.panels.fields.many import ChannelsEditor, ReferencesEditor
from app.window.panels.fields.parsed import DateEditor, MinutesEditor, NumberEditor, VotesEditor
from app.window.panels.fields.picture import PictureEditor
from app.window.panels.fields.readings import ReadingsEditor
from app.window.panels.fields.scales import RatingEditor, StandingEditor
from app.window.panels.fields.sliders import FeelingEditor, ShareEditor
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
    options = _options(spec)
    is_short = len(options) <= SEGMENTS and sum(len(option.label) for option in options) <= LETTERS
    return SegmentEditor(options, parent) if is_short else ChoiceEditor(options, parent)


def _options(spec: FieldSpec) -> list[Option]:
    return [Option(choice.value, model_word(choice.label)) for choice in spec.choices]


def _icon(spec: FieldSpec, parent: QWidget) -> FieldEditor:
    return ChoiceEditor([option._replace(icon=icon(option.value)) for option in _options(spec)], parent)


def _references(spec: FieldSpec, parent: QWidget) -> FieldEditor:
    assert spec.refers is not None
    return ReferencesEditor(spec.refers, parent)


def _number(spec: FieldSpec, parent: QWidget) -> FieldEditor:
    whole = spec.editor == "whole"
    low, high = spec.low, spec.high
    if whole and not spec.optional and low is not None and high is not None and high - low < SEGMENTS:
        scale = [Option(value, str(value)) for value in range(int(low), int(high) + 1)]
        return SegmentEditor(scale, parent)
    return NumberEditor(
        optional=spec.optional,
        whole=whole,
        bounds=(low, high),
        unit=spec.unit,
        blank=model_word(spec.blank),
        parent=parent,
    )


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
    "end_step": lambda _spec, parent: EndStepEditor(parent),
    "lane_kind": lambda _spec, parent: LaneKindEditor(parent),
    "card_kind": lambda _spec, parent: CardKindEditor(parent),
    "value": lambda _spec, parent: FeelingEditor(parent),
    "place": lambda _spec, parent: ShareEditor(parent),
    "share": lambda _spec, parent: ShareEditor(parent),
    "rating": lambda _spec, parent: RatingEditor(parent=parent),
    "standing": lambda spec, parent: StandingEditor(_options(spec), parent),
    "votes": lambda _spec, parent: VotesEditor(parent),
    "minutes": lambda spec, parent: MinutesEditor(spec.optional, parent),
    "texts": lambda spec, parent: TextsEditor(spec.limit, spec.cell_limits, parent),
    "pairs": lambda spec, parent: PairsEditor(spec.limit, spec.cell_limits, parent),
    "references": _references,
    "channels": lambda _spec, parent: ChannelsEditor(parent),
    "readings": lambda spec, parent: ReadingsEditor(spec.limit, parent),
    "icon": _icon,
    "picture": lambda _spec, parent: PictureEditor(parent),
}
