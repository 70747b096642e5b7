"""The paper theme: sizes in mm, type in pt, colours. It is printed, so it stays as it is whatever the window wears."""

from __future__ import annotations

from app.layout.text import TextStyle

# Grid
SIDE_WIDTH = 40.0
STEP_WIDTH = 46.0
PAD = 2.0
GRID_TOP = 2.0  # below the headers, so that links along the first row's edge have the room that others have
ROW_MIN_HEIGHT = 18.0
EMPTY_ROW_HEIGHT = 24.0
RULE_HEIGHT = 6.0
FOLD_SIZE = 2.6  # the sign on a folded lane, in the margin of its header
SHEET_PAD = 4.0
EMPTY_GRID_WIDTH = 2 * STEP_WIDTH
STAGE_GAP = 0.6
CHEVRON = 2.0

# Cards
CARD_RADIUS = 1.5
CARD_BAR = 1.0
CARD_INDENT = 3.6
ICON_SIZE = 3.6
CARD_TITLE_INDENT = 8.4
CARD_MIN_HEIGHT = 8.0

# Cards with pictures
PICTURE_INSET = 1.4
PICTURE_RADIUS = 0.8
PICTURE_MOST = 48.0

# Curve lanes
PLOT_HEIGHT = 40.0
PLOT_PAD = 5.0
LEGEND_HEIGHT = 6.0
FACE_RADIUS = 2.5
POINT_INSET = 3.5
CURVE_WIDTH = 0.8

# Type
MAP_TITLE = TextStyle(24, "semibold", 1.2)
MAP_SUBTITLE = TextStyle(9, "regular", 1.35)
STAGE_TITLE = TextStyle(12, "semibold", 1.2)
STEP_TITLE = TextStyle(9, "medium", 1.25, "center")
LANE_TITLE = TextStyle(9, "semibold", 1.3)
CARD_TITLE = TextStyle(9, "semibold", 1.3)
CARD_BODY = TextStyle(8, "regular", 1.3)
CARD_QUOTE = TextStyle(9, "italic", 1.3)
FIGURE = TextStyle(15, "semibold", 1.15)
SMALL = TextStyle(6.5, "regular", 1.25)
BRIEF_LABEL = TextStyle(7.5, "semibold", 1.3)
PERSONA_NAME = TextStyle(12, "semibold", 1.2)
PERSONA_QUOTE = TextStyle(8, "italic", 1.3)
INITIALS = TextStyle(15, "semibold", 1.2)
WARNING = TextStyle(9, "semibold", 1.35)
MARK = TextStyle(6.5, "semibold", 1.25)
MISSING = TextStyle(7, "regular", 1.25, "center")
CURVE_LABEL = TextStyle(7.5, "regular", 1.25, "center")
CURVE_QUOTE = TextStyle(7.5, "italic", 1.25, "center")
CURVE_MARK = TextStyle(6.5, "medium", 1.2, "center")
LEGEND = TextStyle(7.5, "medium", 1.2)
BADGE_NUMBER = TextStyle(6.5, "semibold", 1.2)

# Ink
BLACK = "#000000"
SECONDARY = "#4B5563"
WHITE = "#FFFFFF"
CELL = "#F9FAFC"
HAIRLINE = "#D1D5DB"
ROW_LINE = "#DDE2EA"
STEP_LINE = "#E9ECF1"
STAGE_LINE = "#C3CAD6"
SIDE_TEXT = "#1E293B"
GUIDE = "#DFE3EA"
ZERO_GUIDE = "#AEB6C2"
RULE = "#475569"
LINK = "#64748B"
WARNING_INK = "#B91C1C"
NO_PICTURE = "#E5E7EB"
"""What stands where a picture cannot be decoded, or is not yet."""

HAIR = 0.2

STAGE_COLORS = ("#1D4ED8", "#0F766E", "#B45309", "#9D174D", "#5B21B6", "#166534", "#9F1239", "#334155")
EMOTION_SCALE = ("#4A1434", "#963A3A", "#BC7430", "#93BE7E", "#D9F0C8")


def mixed(color: str, other: str, share: float) -> str:
    """`share` 0..1 of the first colour over the second, as an opaque colour: paper knows no transparency."""
    pairs = zip(_channels(color), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def emotion_color(value: float) -> str:
    """The colour of a value −2..+2, blended between the five of the scale."""
    place = max(0.0, min(4.0, value + 2.0))
    low = min(int(place), 3)
    return mixed(EMOTION_SCALE[low + 1], EMOTION_SCALE[low], place - low)


def contrast(color: str, other: str) -> float:
    """The contrast ratio 1..21 as WCAG 2.1 defines it."""
    light, dark = sorted((_luminance(color), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(color: str) -> str:
    """Black or white, whichever reads better on the colour."""
    return WHITE if contrast(WHITE, color) >= contrast(BLACK, color) else BLACK


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: str) -> float:
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in _channels(color))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
