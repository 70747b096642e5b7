"""Paper: sizes by name, and how a sheet fits on a page. All lengths are millimetres."""

from __future__ import annotations

from typing import Literal, NamedTuple

from app.export.errors import ExportError

Orientation = Literal["automatic", "portrait", "landscape"]

DEFAULT_PAGE = "A0"
DEFAULT_MARGIN = 10.0
DEFAULT_DPI = 150
DPI_RANGE = (10, 1200)
ROLL = "roll"
ROLL_WIDTHS = (50.0, 2000.0)
MAX_LENGTH = 5080.0  # 200 in, the longest page a PDF 1.x reader takes (ISO 32000-1, annex C)
LEAST_ROOM = 10.0  # what the margins and the footer must leave in both directions

SIZES: dict[str, tuple[float, float]] = {
    "A0": (841.0, 1189.0),
    "A1": (594.0, 841.0),
    "A2": (420.0, 594.0),
    "A3": (297.0, 420.0),
    "A4": (210.0, 297.0),
    "Letter": (215.9, 279.4),
    "Tabloid": (279.4, 431.8),
    "ANSI C": (431.8, 558.8),
    "ANSI D": (558.8, 863.6),
    "ANSI E": (863.6, 1117.6),
    "Arch C": (457.2, 609.6),
    "Arch D": (609.6, 914.4),
    "Arch E": (914.4, 1219.2),
}


class Page(NamedTuple):
    """Paper: its name, and its shorter and longer side. `h` None: a roll, as long as the sheet asks for."""

    name: str
    w: float
    h: float | None


class Placement(NamedTuple):
    """A sheet on a page: the page's size, the scale, and where the sheet's top-left corner lies."""

    page: str
    page_w: float
    page_h: float
    scale: float
    x: float
    y: float

    @property
    def orientation(self) -> Literal["portrait", "landscape"]:
        return "landscape" if self.page_w > self.page_h else "portrait"


def percent(scale: float) -> str:
    """A scale as people write it, with three digits at least: "7.25", "171", "1360"."""
    value = scale * 100
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


def page_named(name: str) -> Page:
    """The page called `name`, in any spelling: "A0", "ansi-d", "Arch E", or "roll:914" for a roll 914 mm wide.

    Raises ExportError for a name that no page has.
    """
    kind, _, width = name.partition(":")
    if kind.strip().lower() == ROLL:
        return _roll(width.strip())
    for known, (w, h) in SIZES.items():
        if _plain(known) == _plain(name):
            return Page(known, w, h)
    raise ExportError(f"There is no page size “{name}”: choose {', '.join(SIZES)}, or roll:WIDTH with a width in mm.")


def _plain(name: str) -> str:
    return name.lower().replace(" ", "").replace("-", "").replace("_", "")


def _roll(width: str) -> Page:
    least, most = ROLL_WIDTHS
    try:
        value = float(width)
    except ValueError:
        value = 0.0
    if not least <= value <= most:
        raise ExportError(f"A roll is {least:g} to {most:g} mm wide, for example roll:914.")
    return Page(f"Roll {value:g} mm", value, None)


def fit(
    sheet_w: float,
    sheet_h: float,
    page: Page,
    orientation: Orientation = "automatic",
    margin: float = DEFAULT_MARGIN,
    footer: float = 0.0,
) -> Placement:
    """Place a sheet as large as it goes between the margins and above a footer of the given height, centred.

    Automatic takes the orientation with the larger scale. On a roll the sheet's width fills the width of the roll and
    the length follows; in landscape its height does, which makes a wide map a long poster. Raises ExportError where
    nothing is left for the sheet.
    """
    if not margin >= 0.0:
        raise ExportError("The margin cannot be negative.")
    if page.h is None:
        fit_roll = _fit_along_roll if orientation == "landscape" else _fit_roll
        return fit_roll(sheet_w, sheet_h, page, margin, footer)
    portrait = _fit_page(sheet_w, sheet_h, (page.name, page.w, page.h), margin, footer)
    landscape = _fit_page(sheet_w, sheet_h, (page.name, page.h, page.w), margin, footer)
    if orientation == "automatic":
        found = landscape if landscape.scale > portrait.scale else portrait
    else:
        found = landscape if orientation == "landscape" else portrait
    if found.scale <= 0.0:
        raise ExportError(f"A margin of {margin:g} mm leaves no room on a page of {page.w:g} × {page.h:g} mm.")
    return found


def _fit_page(
    sheet_w: float, sheet_h: float, page: tuple[str, float, float], margin: float, footer: float
) -> Placement:
    name, page_w, page_h = page
    room_w, room_h = page_w - 2 * margin, page_h - 2 * margin - footer
    if room_w < LEAST_ROOM or room_h < LEAST_ROOM:
        return Placement(name, page_w, page_h, 0.0, 0.0, 0.0)
    scale = min(room_w / sheet_w, room_h / sheet_h)
    x = margin + (room_w - sheet_w * scale) / 2
    return Placement(name, page_w, page_h, scale, x, margin + (room_h - sheet_h * scale) / 2)


def _fit_roll(sheet_w: float, sheet_h: float, page: Page, margin: float, footer: float) -> Placement:
    across, along = _roll_room(page, 2 * margin, 2 * margin + footer)
    scale = min(across / sheet_w, along / sheet_h)
    length = sheet_h * scale + 2 * margin + footer
    return Placement(page.name, page.w, length, scale, margin + (across - sheet_w * scale) / 2, margin)


def _fit_along_roll(sheet_w: float, sheet_h: float, page: Page, margin: float, footer: float) -> Placement:
    across, along = _roll_room(page, 2 * margin + footer, 2 * margin)
    scale = min(across / sheet_h, along / sheet_w)
    length = sheet_w * scale + 2 * margin
    return Placement(page.name, length, page.w, scale, margin, margin + (across - sheet_h * scale) / 2)


def _roll_room(page: Page, edges_across: float, edges_along: float) -> tuple[float, float]:
    """What margins and footer leave across a roll and along it. Raises ExportError for nothing."""
    across, along = page.w - edges_across, MAX_LENGTH - edges_along
    if across < LEAST_ROOM or along < LEAST_ROOM:
        raise ExportError(f"Such a margin leaves no room on a roll of {page.w:g} mm.")
    return across, along
