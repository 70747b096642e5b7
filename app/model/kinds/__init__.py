"""The kinds of cards, one file each.

A module in this package that defines `KIND` is a kind of card: the registry below finds it by itself, and palette,
inspector, layout and file take what they need from there.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import NamedTuple

from app.model.records import Card


class CardKind(NamedTuple):
    """What the program needs to know of a kind: its record, how it is called and how it is marked.

    `accent` is the colour of the bar and icon, `order` the place in palettes and legends.
    """

    id: str
    label: str
    icon: str
    accent: str
    order: int
    record: type[Card]


@cache
def card_kinds() -> dict[str, CardKind]:
    """All kinds by id, in the order in which people meet them."""
    modules = [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    kinds: list[CardKind] = sorted((module.KIND for module in modules), key=lambda kind: kind.order)
    return {kind.id: kind for kind in kinds}


def card_kind(kind: str) -> CardKind:
    """The kind by its id; one from a newer version is shown like a note under its own name."""
    known = card_kinds()
    if kind in known:
        return known[kind]
    return known["note"]._replace(id=kind, label=kind.replace("_", " ").capitalize(), record=Card)
