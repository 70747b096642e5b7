"""A card with a picture: the picture over its whole width, the title below it as a caption, then its text."""

from __future__ import annotations

from app.layout import theme
from app.layout.badges import NOBODY, Marks, badge_row
from app.layout.cards import card_drawing
from app.layout.drawing import Box, Drawing, PictureFile, Primitive, Rect
from app.layout.pictures import missing_picture, picture_height, picture_in
from app.layout.script import Script, text_at
from app.model.kinds.image import Image

_INSET, _TEXT_INSET, _GAP, _FOOT = theme.PICTURE_INSET, 2.0, 1.2, 1.4


def image_card_drawing(
    card: Image, width: float, script: Script, file: PictureFile | None, marks: Marks = NOBODY
) -> Drawing:
    """A card `width` mm wide; its height follows from its picture and its texts.

    `file` None: the picture it names is not there. One that names none is a card like any other.
    """
    if card.picture is None:
        return card_drawing(card, width, script, marks=marks)
    inner = width - 2 * _INSET
    area = Rect(_INSET, _INSET, inner, picture_height(file, inner, theme.PICTURE_MOST))
    texts, bottom = _texts(card, width, area.bottom + _GAP, script, marks)
    shown = (
        (picture_in(file, area, theme.PICTURE_RADIUS),)
        if file is not None
        else missing_picture(script, area, theme.PICTURE_RADIUS)
    )
    height = bottom + _FOOT
    frame = Box(0, 0, width, height, theme.WHITE, theme.HAIRLINE, theme.HAIR, theme.CARD_RADIUS)
    # The title comes first of all texts and the body last: that is how writing finds them.
    return Drawing(width, height, (frame, texts[0], *shown, *texts[1:]))


def _texts(card: Image, width: float, top: float, script: Script, marks: Marks) -> tuple[list[Primitive], float]:
    """The caption and what is below it, and where that ends."""
    room = width - 2 * _TEXT_INSET
    title = script.block(card.title, theme.CARD_TITLE, room)
    items: list[Primitive] = [text_at(script, title, _TEXT_INSET, top, width, theme.BLACK, False)]
    y = top + title.height
    body = script.block(card.body, theme.CARD_BODY, room) if card.body else None
    below = y + 0.5 + body.height if body is not None else y
    badges = badge_row(card, marks, _TEXT_INSET, below + 0.8, room, width, script)
    items += badges.items
    if body is not None:
        items.append(text_at(script, body, _TEXT_INSET, y + 0.5, width, theme.BLACK, True))
    y = below + (0.8 + badges.height if badges.height else 0.0)
    return items, y
