"""Pictures on the sheet: how large they are, and what stands for one that is not there. Nothing here decodes any."""

from __future__ import annotations

from app.layout import theme
from app.layout.drawing import Box, Icon, Picture, PictureFile, Primitive, Rect, Text
from app.layout.script import Script
from app.layout.words import word
from app.model.media import Media

_ICON_SIZE, _GAP = 5.0, 1.2


def picture_file(media: Media, name: str | None) -> PictureFile | None:
    """A picture of the shelf; None where there is none of that name, or nothing that says how large it is."""
    data, size = media.get(name), media.size(name)
    return PictureFile(name, data, *size) if name and data and size is not None and min(size) > 0 else None


def picture_height(file: PictureFile | None, width: float, most: float) -> float:
    """How high a picture is at a width, all in mm; at most `most`, and no less than a tenth of the width.

    One that is not there takes the room of a picture three wide and two high.
    """
    ratio = file.height / file.width if file is not None else 2 / 3
    return max(width / 10, min(most, width * ratio))


def picture_in(file: PictureFile, area: Rect, radius: float = 0.0, dim: float = 0.0) -> Picture:
    """A picture as large as it fits into an area with its own proportions, in the middle of it."""
    scale = min(area.w / file.width, area.h / file.height)
    w, h = min(area.w, file.width * scale), min(area.h, file.height * scale)
    return Picture(area.x + (area.w - w) / 2, area.y + (area.h - h) / 2, w, h, file, radius, dim)


def portrait(file: PictureFile, x: float, y: float, size: float, dim: float = 0.0) -> Picture:
    """A face in a circle `size` mm wide, its top-left corner at (x, y)."""
    return Picture(x, y, size, size, file, size / 2, dim)


def missing_picture(script: Script, area: Rect, radius: float = 0.0) -> tuple[Primitive, ...]:
    """What stands in an area for a picture that the map names and does not have."""
    block = script.block(word(script.language, "no_picture"), theme.MISSING, max(4.0, area.w - 2 * _GAP))
    size = min(_ICON_SIZE, area.h * 0.5, area.w * 0.5)
    top = area.y + max(0.0, (area.h - size - _GAP - block.height) / 2)
    items: list[Primitive] = [
        Box(area.x, area.y, area.w, area.h, theme.CELL, theme.HAIRLINE, theme.HAIR, radius),
        Icon("image-off", area.x + (area.w - size) / 2, top, size, theme.SECONDARY),
    ]
    if size + _GAP + block.height <= area.h:
        x = area.x + (area.w - block.width) / 2
        items.append(Text(x, top + size + _GAP, block, theme.SECONDARY, detail=True))
    return tuple(items)
