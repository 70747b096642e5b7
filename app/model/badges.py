"""What a card says of itself in small signs at its bottom: an icon, perhaps with a figure or a name beside it."""

from __future__ import annotations

from typing import NamedTuple


class Badge(NamedTuple):
    """A sign on a card. `icon` is drawn, `meaning` is the key of what it stands for, which a legend explains.

    `text` stands beside the icon, or `number` as a figure, or `minutes` as a duration. `is_spelt`: what it means stands
    there in words. All but the text are written in the language of the map.
    """

    icon: str
    meaning: str
    text: str = ""
    is_spelt: bool = False
    minutes: float | None = None
    number: int | None = None


def rating(icon: str, meaning: str, value: int | None) -> tuple[Badge, ...]:
    """The badge of a rating 1 to 5; none where nobody has said."""
    return () if value is None else (Badge(icon, meaning, f"{value}/5"),)


def owner_badge(owner: str) -> tuple[Badge, ...]:
    """Who is in charge, if anybody is named."""
    return (Badge("user", "owner", owner),) if owner.strip() else ()
