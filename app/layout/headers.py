"""What frames the grid: stage and step headers above, lane headers at the side."""

from __future__ import annotations

from functools import lru_cache

from app.layout import theme
from app.layout.drawing import Box, Drawing, Icon, Line, Primitive, Segment, Shape, Text
from app.layout.faces import face
from app.layout.scale import VALUES, value_y
from app.layout.script import Script, text_at
from app.layout.text import TextBlock, layout_text
from app.layout.words import word
from app.model.lanes import lane_kind
from app.model.records import Lane

STAGE_PAD = 1.3
STEP_PAD = 1.4
LANE_ICON = 4.0
SCALE_WIDTH = 9.0


def stage_block(title: str, width: float, script: Script) -> TextBlock:
    """A stage's title as it is set in a band `width` mm wide."""
    return script.block(title, theme.STAGE_TITLE, max(10.0, width - 2 * theme.CHEVRON - 5.0))


@lru_cache(maxsize=512)
def stage_drawing(block: TextBlock, width: float, height: float, color: str, script: Script) -> Drawing:
    """A chevron in the stage's colour that points in the direction of reading."""
    w, tip = width - theme.STAGE_GAP, theme.CHEVRON

    def x(value: float) -> float:
        return width - value if script.rtl else value

    path: tuple[Segment, ...] = (
        ("M", x(0), 0.0),
        ("L", x(w - tip), 0.0),
        ("L", x(w), height / 2),
        ("L", x(w - tip), height),
        ("L", x(0), height),
        ("L", x(tip), height / 2),
        ("Z",),
    )
    ink = theme.ink_on(color)
    y = (height - block.height) / 2
    return Drawing(width, height, (Shape(path, fill=color), text_at(script, block, tip + 2.5, y, width, ink, False)))


def step_block(title: str, width: float, script: Script) -> TextBlock:
    """A step's title as it is set over a column `width` mm wide."""
    return script.block(title, theme.STEP_TITLE, width - 2 * theme.PAD)


@lru_cache(maxsize=2048)
def step_drawing(block: TextBlock, width: float, height: float) -> Drawing:
    """A step's title, centred over its column."""
    return Drawing(width, height, (Text(theme.PAD, STEP_PAD, block, theme.SIDE_TEXT),))


def lane_block(lane: Lane, script: Script) -> TextBlock:
    """A lane's title as it is set in the side strip."""
    room = theme.SIDE_WIDTH - 9.5 - (SCALE_WIDTH if lane_kind(lane.kind).is_curve else 2.0)
    return script.block(lane.title, theme.LANE_TITLE, room)


def lane_min_height(lane: Lane, script: Script) -> float:
    """The height in mm that a lane's own header needs."""
    return lane_block(lane, script).height + 2 * (theme.PAD + 1.0) + (theme.RULE_HEIGHT if lane.line_below else 0.0)


def lane_drawing(lane: Lane, height: float, plot_top: float | None, script: Script) -> Drawing:
    """A lane's icon and name on its tint; a curve lane also has its scale, which begins `plot_top` mm down."""
    kind = lane_kind(lane.kind)
    width = theme.SIDE_WIDTH
    block = lane_block(lane, script)
    line_height = block.height / len(block.lines)
    icon_y = theme.PAD + 1.0 + (line_height - LANE_ICON) / 2
    edge = 0.0 if script.rtl else width
    items: list[Primitive] = [
        Box(0, 0, width, height, kind.tint),
        Icon(kind.icon, script.x(3.0, LANE_ICON, width), icon_y, LANE_ICON, theme.SIDE_TEXT),
        text_at(script, block, 8.5, theme.PAD + 1.0, width, theme.SIDE_TEXT, False),
        Line(0, height, width, height, theme.ROW_LINE, theme.HAIR),
        Line(edge, 0, edge, height, theme.STAGE_LINE, theme.HAIR),
    ]
    if plot_top is not None:
        items += _scale(plot_top, script)
    if lane.line_below is not None:
        items += _rule_label(lane, height, script)
    return Drawing(width, height, tuple(items))


def _scale(plot_top: float, script: Script) -> list[Primitive]:
    """+2 … −2 beside the guides, with a glad and a sad face at the ends."""
    items: list[Primitive] = []
    for value in VALUES:
        text = layout_text(f"+{value}" if value > 0 else str(value).replace("-", "−"), theme.SMALL, None)
        x = script.x(theme.SIDE_WIDTH - 1.6 - text.width, text.width, theme.SIDE_WIDTH)
        y = value_y(value, plot_top)
        items.append(Text(x, y - text.height / 2, text, theme.SECONDARY, detail=True))
        if abs(value) == 2:
            x = script.x(theme.SIDE_WIDTH - 8.6, 3.2, theme.SIDE_WIDTH) + 1.6
            items += face(x, y, 1.6, value, theme.SECONDARY)
    return items


def _rule_label(lane: Lane, height: float, script: Script) -> list[Primitive]:
    assert lane.line_below is not None
    label = script.block(word(script.language, lane.line_below), theme.SMALL, theme.SIDE_WIDTH - 5.0)
    y = height - theme.RULE_HEIGHT / 2
    return [
        text_at(script, label, 3.0, y - label.height - 0.2, theme.SIDE_WIDTH, theme.RULE, False),
        rule_line(theme.SIDE_WIDTH, height),
    ]


def rule_line(width: float, height: float) -> Line:
    """A service blueprint's line under a lane `height` mm high."""
    y = height - theme.RULE_HEIGHT / 2
    return Line(0, y, width, y, theme.RULE, 0.4, (2.0, 1.2))
