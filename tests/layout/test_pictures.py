"""Cards with pictures: as wide as the card, in their own proportions, and never decoded to know that."""

import io
from pathlib import Path

import pytest
from PIL import Image as Pixels

from app.layout import theme
from app.layout.drawing import Box, Drawing, Icon, Picture, PictureFile, Rect, Text
from app.layout.engine import MapLayout
from app.layout.fields import field_place
from app.layout.image_cards import image_card_drawing
from app.layout.pictures import picture_file, portrait
from app.layout.script import Script
from app.model.document import Document
from app.model.edits import add_card, add_lane, set_fields
from app.model.kinds.image import Image
from app.model.media import Media
from app.model.queries import columns
from app.model.records import Card
from tests.layout.maps import follow, picture, random_map

SCRIPT = Script(rtl=False, language="en")
pytestmark = pytest.mark.usefixtures("qapp")


def png(width: int, height: int) -> bytes:
    stream = io.BytesIO()
    Pixels.new("RGB", (width, height), "teal").save(stream, "PNG")
    return stream.getvalue()


def file_of(width: int, height: int) -> PictureFile:
    media = Media()
    file = picture_file(media, media.add(png(width, height), "png"))
    assert file is not None
    return file


def drawn(
    file: PictureFile | None, width: float = 42.0, title: str = "Compares at the table", body: str = ""
) -> Drawing:
    card = Image(id="c", step="s", lane="l", title=title, body=body, picture=file.name if file else f"{'0' * 64}.png")
    return image_card_drawing(card, width, SCRIPT, file)


def shown(drawing: Drawing) -> Picture:
    [found] = [item for item in drawing.items if isinstance(item, Picture)]
    return found


@pytest.mark.parametrize("size", [(900, 600), (600, 600), (1600, 900), (30, 20), (640, 480)])
def test_a_picture_is_as_wide_as_its_card_and_keeps_its_proportions(size: tuple[int, int]) -> None:
    for width in (42.0, 60.0):
        found = shown(drawn(file_of(*size), width))
        if found.h < theme.PICTURE_MOST:
            assert found.w == pytest.approx(width - 2 * theme.PICTURE_INSET)
        assert found.w / found.h == pytest.approx(size[0] / size[1])
        assert found.whole == pytest.approx(Rect(found.x, found.y, found.w, found.h))


@pytest.mark.parametrize("size", [(600, 900), (10, 4000), (4000, 10), (1, 1)])
def test_a_tall_picture_is_no_higher_than_a_card_may_be(size: tuple[int, int]) -> None:
    found = shown(drawn(file_of(*size)))
    assert found.h <= theme.PICTURE_MOST
    assert found.w / found.h == pytest.approx(size[0] / size[1])
    assert found.x + found.w / 2 == pytest.approx(21.0), "in the middle of the card"


def test_the_title_is_a_caption_below_the_picture_and_the_text_below_that() -> None:
    drawing = drawn(file_of(900, 600), body="Four tabs open.")
    found = shown(drawing)
    title, body = (item for item in drawing.items if isinstance(item, Text))
    assert (title.block.text, body.block.text) == ("Compares at the table", "Four tabs open.")
    assert found.y + found.h < title.y < title.y + title.block.height <= body.y
    assert body.y + body.block.height < drawing.h


def test_a_picture_that_is_not_there_says_so_in_the_language_of_the_map() -> None:
    drawing = drawn(None)
    assert not any(isinstance(item, Picture) for item in drawing.items)
    assert "image-off" in [item.name for item in drawing.items if isinstance(item, Icon)]
    assert "Picture missing" in [item.block.text for item in drawing.items if isinstance(item, Text)]
    card = Image(id="c", step="s", lane="l", title="T", picture=f"{'0' * 64}.png")
    arabic = image_card_drawing(card, 42.0, Script(rtl=True, language="ar"), None)
    assert "الصورة مفقودة" in [item.block.text for item in arabic.items if isinstance(item, Text)]
    narrow = image_card_drawing(card, 16.0, SCRIPT, None)
    boxes = [item for item in narrow.items if isinstance(item, Box)]
    for item in narrow.items:
        if isinstance(item, Text):
            assert item.y + item.block.height <= narrow.h
    assert all(box.x + box.w <= 16.0 for box in boxes)


def test_a_card_without_a_picture_is_a_card_like_any_other() -> None:
    drawing = image_card_drawing(Image(id="c", step="s", lane="l", title="Later"), 42.0, SCRIPT, None)
    assert [item.name for item in drawing.items if isinstance(item, Icon)] == ["image"]
    assert drawing.h < 12


def test_a_portrait_is_a_circle_filled_by_the_picture() -> None:
    face = portrait(file_of(300, 400), 1.0, 2.0, 12.0)
    assert (face.w, face.h, face.radius) == (12.0, 12.0, 6.0)
    assert face.whole == pytest.approx(Rect(1.0, 0.0, 12.0, 16.0))


def test_pictures_are_laid_out_from_their_first_bytes() -> None:
    data = png(900, 600)
    media = Media()
    file = picture_file(media, media.add(data[:40], "png"))
    assert file is not None
    assert shown(drawn(file)).w / shown(drawn(file)).h == pytest.approx(1.5)


def story() -> tuple[Document, str, list[str]]:
    document = random_map(3)
    names = [document.media.add(png(90, height), "png") for height in (30, 60, 90)]
    with document.edit("Storyboard") as tx:
        lane = add_lane(tx, "images")
        set_fields(tx, [columns(tx.store)[0].id], width=46.0)
        card = add_card(tx, "image", lane, columns(tx.store)[0].id, picture=names[0], title="One")
    return document, card, names


def test_another_picture_moves_what_lies_below() -> None:
    document, card, names = story()
    layout = MapLayout(document)
    follow(document, layout)
    heights = []
    for name in [*names, None, f"{'0' * 64}.png"]:
        with document.edit("Replace picture") as tx:
            set_fields(tx, [card], picture=name)
        assert picture(layout) == picture(MapLayout(document))
        placed = layout.card(card)
        assert placed is not None
        heights.append(placed.rect.h)
    assert heights[0] < heights[1] < heights[2]
    while document.undo():
        assert picture(layout) == picture(MapLayout(document))


def test_the_caption_and_the_text_are_written_where_they_stand() -> None:
    document, card, _ = story()
    for name in (None, f"{'0' * 64}.png"):
        with document.edit("Text") as tx:
            set_fields(tx, [card], body="Body", picture=name or document.store[card].picture)  # type: ignore[attr-defined]
        layout, record = MapLayout(document), document.store.of(Card, card)
        assert record is not None
        for field, text in (("title", "One"), ("body", "Body")):
            place = field_place(layout, record, field)
            assert place is not None
            assert place.text.block.text == text


def test_files_do_not_matter_for_equality_but_names_do() -> None:
    one, same, other = file_of(9, 6), file_of(9, 6), file_of(9, 7)
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert "b'" not in repr(one)
    assert Path(one.name).suffix == ".png"
