"""What frames the grid: stage and step headers above, lane headers at the side."""

from __future__ import annotations

from typing import NamedTuple

from app.layout import theme
from app.layout.channel_rows import ChannelRow, header_items
from app.layout.drawing import Box, Drawing, Icon, Line, Primitive, Rect, Segment, Shape, Text
from app.layout.faces import face
from app.layout.remembering import remembered
from app.layout.scale import VALUES, value_y
from app.layout.script import Script, text_at
from app.layout.text import TextBlock, layout_text
from app.layout.words import word
from app.model.fields import Measure
from app.model.lanes import lane_kind
from app.model.records import Lane

STAGE_PAD = 1.3
STEP_PAD = 1.4
LANE_ICON = 4.0
LANE_PAD = theme.PAD + 1.0
FOLDED_PAD = 1.6
SCALE_WIDTH = 9.0
COUNT_WIDTH = 10.0


def stage_block(title: str, width: float, script: Script) -> TextBlock:
    """A stage's title as it is set in a band `width` mm wide."""
    return script.block(title, theme.STAGE_TITLE, max(10.0, width - 2 * theme.CHEVRON - 5.0))


@remembered(512)
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


@remembered(2048)
def step_drawing(block: TextBlock, width: float, height: float) -> Drawing:
    """A step's title, centred over its column."""
    return Drawing(width, height, (Text(theme.PAD, STEP_PAD, block, theme.SIDE_TEXT),))


def lane_block(lane: Lane, script: Script) -> TextBlock:
    """A lane's title as it is set in the side strip."""
    is_curve = lane_kind(lane.kind).is_curve and not lane.collapsed
    taken = SCALE_WIDTH if is_curve else COUNT_WIDTH if lane.collapsed else 2.0
    return script.block(lane.title, theme.LANE_TITLE, theme.SIDE_WIDTH - 9.5 - taken)


def lane_min_height(lane: Lane, script: Script) -> float:
    """The height in mm that a lane's own header needs."""
    pad = FOLDED_PAD if lane.collapsed else LANE_PAD
    return lane_block(lane, script).height + 2 * pad + (theme.RULE_HEIGHT if lane.line_below else 0.0)


def fold_rect(lane: Lane, script: Script) -> Rect:
    """Where a lane's header says that it is folded, or folds: beside its icon, mm from the header's corner."""
    top, line_height = _title_line(lane, lane_block(lane, script))
    size = theme.FOLD_SIZE
    return Rect(script.x(0.2, size, theme.SIDE_WIDTH), top + (line_height - size) / 2, size, size)


def _title_line(lane: Lane, block: TextBlock) -> tuple[float, float]:
    """Where a lane's title begins in its header, and the height of a line of it."""
    return FOLDED_PAD if lane.collapsed else LANE_PAD, block.height / len(block.lines)


class LaneContent(NamedTuple):
    """What a lane's header shows of the lane: where its scale begins, its channels, or how much is folded up in it."""

    plot_top: float | None = None
    channels: tuple[ChannelRow, ...] = ()
    folded: int | None = None


def lane_drawing(lane: Lane, height: float, content: LaneContent, script: Script) -> Drawing:
    """A lane's icon and name on its tint, with what its content asks for."""
    kind = lane_kind(lane.kind)
    width = theme.SIDE_WIDTH
    block = lane_block(lane, script)
    top, line_height = _title_line(lane, block)
    icon_y = top + (line_height - LANE_ICON) / 2
    edge = 0.0 if script.rtl else width
    items: list[Primitive] = [
        Box(0, 0, width, height, kind.tint),
        Icon(kind.icon, script.x(3.0, LANE_ICON, width), icon_y, LANE_ICON, theme.SIDE_TEXT),
        text_at(script, block, 8.5, top, width, theme.SIDE_TEXT, False),
        Line(0, height - theme.HAIR / 2, width, height - theme.HAIR / 2, theme.ROW_LINE, theme.HAIR),
        Line(edge, 0, edge, height, theme.STAGE_LINE, theme.HAIR),
    ]
    if content.plot_top is not None:
        items += _scale(content.plot_top, kind.measure, script)
    items += header_items(content.channels, script)
    if content.folded is not None:
        items += _folded(lane, content.folded, top, line_height, script)
    if lane.line_below is not None:
        items += _rule_label(lane, height, script)
    return Drawing(width, height, tuple(items))


def _folded(lane: Lane, count: int, top: float, line_height: float, script: Script) -> list[Primitive]:
    """The sign of a folded lane, and how much lies in it."""
    rect = fold_rect(lane, script)
    number = script.block(str(count), theme.SMALL, None)
    x = script.x(theme.SIDE_WIDTH - 2.6 - number.width, number.width, theme.SIDE_WIDTH)
    y = top + (line_height - number.height) / 2
    pill = Box(x - 1.2, y - 0.2, number.width + 2.4, number.height + 0.4, theme.WHITE, theme.HAIRLINE, theme.HAIR, 1.6)
    return [
        Icon("chevron-left" if script.rtl else "chevron-right", rect.x, rect.y, rect.w, theme.SECONDARY),
        pill,
        Text(x, y, number, theme.SECONDARY),
    ]


def _scale(plot_top: float, measure: Measure, script: Script) -> list[Primitive]:
    """Beside the guides: +2 … −2 with a glad and a sad face at the ends for emotion, else high and low."""
    if measure != "emotion":
        ends = ((2, word(script.language, "most")), (-2, word(script.language, "least")))
        return [_scale_text(text, value, plot_top, script) for value, text in ends]
    items: list[Primitive] = []
    for value in VALUES:
        text = f"+{value}" if value > 0 else str(value).replace("-", "−")
        items.append(_scale_text(text, value, plot_top, script))
        if abs(value) == 2:
            x = script.x(theme.SIDE_WIDTH - 8.6, 3.2, theme.SIDE_WIDTH) + 1.6
            items += face(x, value_y(value, plot_top), 1.6, value, theme.SECONDARY)
    return items


def _scale_text(text: str, value: float, plot_top: float, script: Script) -> Text:
    block = layout_text(text, theme.SMALL, None)
    x = script.x(theme.SIDE_WIDTH - 1.6 - block.width, block.width, theme.SIDE_WIDTH)
    return Text(x, value_y(value, plot_top) - block.height / 2, block, theme.SECONDARY, detail=True)


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
