"""The window's colours, light and dark. Text on every ground it may lie on has a contrast of at least 4.5:1."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QGuiApplication, QPalette

LEAST_CONTRAST = 3.0
"""What WCAG 2.1 asks of icons."""


class Tones(NamedTuple):
    """Colours by what they are for.

    `desk` lies under the sheet, `surface` is a panel or tile, `field` what is typed into; `hover` and `soft` mark the
    row under the mouse and the one chosen; `border` separates, `edge` surrounds what can be used; `link` is the accent
    as a text colour.
    """

    window: str
    desk: str
    surface: str
    field: str
    text: str
    secondary: str
    disabled: str
    border: str
    edge: str
    hover: str
    soft: str
    accent: str
    accent_hover: str
    on_accent: str
    link: str
    focus: str
    error: str


LIGHT = Tones(
    window="#F8FAFC",
    desk="#E8ECF1",
    surface="#FFFFFF",
    field="#FFFFFF",
    text="#0F172A",
    secondary="#4B5563",
    disabled="#8A94A3",
    border="#DDE3EB",
    edge="#C3CCD8",
    hover="#EEF2F7",
    soft="#E3EBFF",
    accent="#1D4ED8",
    accent_hover="#1A44BD",
    on_accent="#FFFFFF",
    link="#1D4ED8",
    focus="#1D4ED8",
    error="#B91C1C",
)

DARK = Tones(
    window="#15181E",
    desk="#0D0F13",
    surface="#1C2028",
    field="#232934",
    text="#E8ECF2",
    secondary="#A7B1C1",
    disabled="#6B7585",
    border="#2C333F",
    edge="#414B5B",
    hover="#262C37",
    soft="#24345C",
    accent="#3563E9",
    accent_hover="#2B57DB",
    on_accent="#FFFFFF",
    link="#9DBBFF",
    focus="#8FB1FF",
    error="#FFA49C",
)


def tones() -> Tones:
    """The colours that go with the application's palette: those of the dark window where its ground is dark.

    A widget's own palette does not tell: a style sheet may have made its ground transparent.
    """
    return DARK if is_dark(QGuiApplication.palette()) else LIGHT


def seen(color: str | None) -> str | None:
    """The colour of an icon where it can be seen on a panel; None: that of the text is taken."""
    from app.layout.theme import contrast

    return color if color is not None and contrast(color, tones().window) >= LEAST_CONTRAST else None


def is_dark(palette: QPalette) -> bool:
    """Whether its ground is rather dark than light."""
    return palette.window().color().lightness() < 128
