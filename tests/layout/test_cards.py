"""What a card shows, and the colours of the paper."""

from __future__ import annotations

import pytest

from app.layout import theme
from app.layout.cards import card_drawing
from app.layout.drawing import Box, Drawing, Icon, Rect, Shape
from app.layout.headers import lane_min_height
from app.layout.script import Script
from app.layout.title import title_drawing
from app.layout.words import RTL_LANGUAGES, reads_right_to_left, word
from app.model.kinds import card_kinds
from app.model.lanes import LANE_KINDS
from app.model.records import Card, Lane, MapRecord, Persona
from app.model.registry import record_from_json
from tests.layout.maps import near, text_rect, texts_in

LTR, RTL = Script(False, "en"), Script(True, "ar")


def card(kind: str = "action", **fields: object) -> Card:
    values = {"id": "c", "type": "card", "kind": kind, "step": "s", "lane": "l", **fields}
    made = record_from_json(values)
    assert isinstance(made, Card)
    return made


def drawn(made: Card, script: Script = LTR, width: float = 42.0) -> Drawing:
    return card_drawing(made, width, script)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("kind", sorted(card_kinds()))
def test_a_kind_is_told_by_its_icon_and_its_bar(kind: str) -> None:
    frame, bar, icon, title = drawn(card(kind, title="A title")).items
    assert isinstance(frame, Box)
    assert isinstance(bar, Shape)
    assert isinstance(icon, Icon)
    assert (frame.fill, frame.stroke) == (theme.WHITE, theme.HAIRLINE)
    assert bar.fill == icon.color == card_kinds()[kind].accent
    assert icon.name == card_kinds()[kind].icon
    assert theme.contrast(icon.color, theme.WHITE) >= 3
    assert texts_in(drawn(card(kind, title="A title")))[0] == title


@pytest.mark.usefixtures("qapp")
def test_a_touchpoint_shows_its_channel_and_icon() -> None:
    drawing = drawn(card("touchpoint", title="Check", channel="website", body="Twice"))
    assert [text.block.text for text in texts_in(drawing)] == ["Check", "Website · online", "Twice"]
    assert [text.color for text in texts_in(drawing)] == [theme.BLACK, theme.SECONDARY, theme.BLACK]
    assert [text.detail for text in texts_in(drawing)] == [False, True, True]
    [icon] = [item for item in drawing.items if isinstance(item, Icon)]
    assert icon.name == "globe"


@pytest.mark.usefixtures("qapp")
def test_a_kind_of_a_newer_version_says_what_it_is() -> None:
    texts = [text.block.text for text in texts_in(drawn(card("of_tomorrow", title="New")))]
    assert texts[0] == "New"
    assert len(texts) == 2
    assert texts[1]


@pytest.mark.usefixtures("qapp")
def test_an_empty_card_is_a_card() -> None:
    drawing = drawn(card())
    assert drawing.h == theme.CARD_MIN_HEIGHT
    assert [text.block.text for text in texts_in(drawing)] == [""]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("script", [LTR, RTL])
@pytest.mark.parametrize("width", [16.0, 42.0, 134.0])
def test_a_card_grows_with_its_text(script: Script, width: float) -> None:
    heights = []
    for words in (1, 12, 60):
        drawing = drawn(card(title="word " * words, body="more " * words), script, width)
        heights.append(drawing.h)
        rects = [text_rect(text) for text in texts_in(drawing)]
        assert rects[0].bottom <= rects[1].y
        for rect in rects:
            assert rect.x >= 0
            assert rect.right <= width
            assert rect.bottom <= drawing.h
    assert heights == sorted(heights)
    assert heights[0] < heights[2]


@pytest.mark.usefixtures("qapp")
def test_the_bar_stands_at_the_leading_edge() -> None:
    for script, edge in ((LTR, 0.0), (RTL, 42.0)):
        bar = drawn(card(), script).items[1]
        icon = drawn(card(), script).items[2]
        assert isinstance(bar, Shape)
        assert isinstance(icon, Icon)
        xs = [float(x) for segment in bar.segments for x in segment[1::2]]
        assert max(abs(x - edge) for x in xs) == theme.CARD_BAR
        assert near(abs(icon.x + icon.size / 2 - edge), theme.CARD_INDENT + theme.ICON_SIZE / 2)


# Colours


@pytest.mark.parametrize("color", theme.STAGE_COLORS)
def test_titles_on_stage_colours_can_be_read(color: str) -> None:
    assert theme.ink_on(color) == theme.WHITE
    assert theme.contrast(theme.ink_on(color), color) >= 4.5


@pytest.mark.parametrize("text", [theme.BLACK, theme.SECONDARY, theme.SIDE_TEXT, theme.RULE])
def test_texts_on_paper_can_be_read(text: str) -> None:
    for paper in (theme.WHITE, theme.CELL, *(kind.tint for kind in LANE_KINDS.values())):
        assert theme.contrast(text, paper) >= 4.5


@pytest.mark.parametrize("color", ["#FFFFFF", "#000000", "#777777", "#FFD700"])
def test_ink_is_the_better_of_black_and_white(color: str) -> None:
    ink = theme.ink_on(color)
    other = theme.BLACK if ink == theme.WHITE else theme.WHITE
    assert theme.contrast(ink, color) >= theme.contrast(other, color)
    assert theme.contrast(ink, color) >= 4.5


def test_contrast_is_that_of_the_standard() -> None:
    assert near(theme.contrast("#FFFFFF", "#000000"), 21.0)
    assert near(theme.contrast("#777777", "#FFFFFF"), 4.478, 0.001)
    assert theme.contrast("#123456", "#123456") == 1.0


def test_the_emotion_scale_gets_lighter_with_the_value() -> None:
    lightness = [theme.contrast(theme.emotion_color(value / 10), theme.BLACK) for value in range(-20, 21)]
    assert lightness == sorted(lightness)
    assert theme.emotion_color(-2) == theme.EMOTION_SCALE[0]
    assert theme.emotion_color(2) == theme.EMOTION_SCALE[-1]
    assert theme.emotion_color(9) == theme.EMOTION_SCALE[-1]


def test_a_mixture_is_opaque_and_lies_between() -> None:
    assert theme.mixed("#000000", "#FFFFFF", 0.5) == "#808080"
    assert theme.mixed("#123456", "#FFFFFF", 1.0) == "#123456"


# Headers


@pytest.mark.usefixtures("qapp")
def test_what_a_map_is_about_stands_beside_its_title_or_below_it() -> None:
    record = MapRecord(title="Switching", subtitle="From slow evenings to fibre", owner="Ana")
    wide, narrow = (title_drawing(record, [Persona(id="p", name="Mia")], width, LTR) for width in (600.0, 90.0))
    for drawing in (wide, narrow):
        assert [text.block.text for text in texts_in(drawing)] == [
            "Switching",
            "From slow evenings to fibre · Current state · Mia · Ana",
        ]
    assert wide.h < narrow.h
    title, about = texts_in(wide)
    assert near(title.y + title.block.lines[0].baseline, about.y + about.block.lines[0].baseline)
    assert text_rect(title).right < text_rect(about).x
    title, about = texts_in(narrow)
    assert text_rect(title).bottom <= about.y


@pytest.mark.usefixtures("qapp")
def test_the_review_date_is_written_so_that_it_cannot_be_turned_round() -> None:
    import datetime as dt

    for language, date in (("en", "review 2027-03-01"), ("ar", "2027/03/01"), ("de", "Prüfung 2027-03-01")):
        record = MapRecord(review_date=dt.date(2027, 3, 1), language=language)
        script = Script(reads_right_to_left(language), language)
        assert date in texts_in(title_drawing(record, [], 300.0, script))[1].block.text


@pytest.mark.usefixtures("qapp")
def test_a_lane_has_room_for_its_name_and_its_rule() -> None:
    plain = lane_min_height(Lane(id="l", title="Name"), LTR)
    ruled = lane_min_height(Lane(id="l", title="Name", line_below="internal"), LTR)
    long = lane_min_height(Lane(id="l", title="A name of many words " * 4), LTR)
    assert plain < ruled
    assert plain < long
    assert ruled - plain == theme.RULE_HEIGHT


def test_words_are_those_of_the_language_or_english() -> None:
    assert word("de-AT", "current") == "Ist-Zustand"
    assert word("EN", "current") == word("tlh", "current") == "Current state"
    assert reads_right_to_left("he-IL")
    assert not reads_right_to_left("en")
    assert "ar" in RTL_LANGUAGES


def test_rectangles() -> None:
    rect = Rect(1, 2, 3, 4)
    assert (rect.right, rect.bottom) == (4, 6)
    assert rect.contains(1, 2)
    assert rect.contains(4, 6)
    assert not rect.contains(4.1, 6)
    assert rect.overlaps(Rect(3, 5, 9, 9))
    assert not rect.overlaps(Rect(4, 2, 1, 1))
    assert rect.moved(1, -2).grown(1) == Rect(1, -1, 5, 6)
