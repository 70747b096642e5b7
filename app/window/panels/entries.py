"""What the palette offers: the frame of a map, its cards, its curve. Entries have ids that a drag carries.

`stage`, `step` and `persona` are themselves; `lane:KIND` and `card:KIND` name a kind; `point` is an emotion point.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from app.model.kinds import card_kinds
from app.model.lanes import LANE_KINDS
from app.window.words import model_word

LANES = "lanes"
"""The group that the kinds of lanes lie under; it is no entry itself."""


class Entry(NamedTuple):
    """A row of the palette. `children` make it a group that opens and closes."""

    id: str
    label: str
    icon: str
    tip: str = ""
    children: tuple[Entry, ...] = ()


class Section(NamedTuple):
    """Entries under one heading."""

    label: str
    entries: tuple[Entry, ...]


def sections() -> list[Section]:
    """The whole palette, in the user's language."""
    translate = QCoreApplication.translate
    return [
        Section(translate("Palette", "Structure"), _structure()),
        Section(translate("Palette", "Cards"), _cards()),
        Section(translate("Palette", "Curve"), _curve()),
    ]


def _structure() -> tuple[Entry, ...]:
    translate = QCoreApplication.translate
    return (
        Entry("stage", translate("Palette", "Stage"), "columns-3", translate("Palette", "A phase of the journey")),
        Entry("step", translate("Palette", "Step"), "rectangle-vertical", translate("Palette", "A column of a stage")),
        Entry(LANES, translate("Palette", "Lane"), "rows-3", translate("Palette", "A row of the map"), _lanes()),
        Entry(
            "persona", translate("Palette", "Persona"), "user", translate("Palette", "Somebody who makes the journey")
        ),
    )


def _lanes() -> tuple[Entry, ...]:
    return tuple(Entry(f"lane:{kind.id}", model_word(kind.label), kind.icon) for kind in LANE_KINDS.values())


def _cards() -> tuple[Entry, ...]:
    return tuple(
        Entry(f"card:{kind.id}", model_word(kind.label), kind.icon, _sentence(kind.record.__doc__))
        for kind in card_kinds().values()
    )


def _curve() -> tuple[Entry, ...]:
    translate = QCoreApplication.translate
    tip = translate("Palette", "How the persona feels at this point")
    return (Entry("point", translate("Palette", "Emotion point"), "smile", tip),)


def _sentence(doc: str | None) -> str:
    """What a kind says of itself, up to the first full stop."""
    return model_word(" ".join((doc or "").split()).split(".")[0])
