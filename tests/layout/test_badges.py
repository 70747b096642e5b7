"""The badges at the bottom of a card: what they say, how they are told apart, and how they keep up with personas."""

from __future__ import annotations

from typing import Any

import pytest

from app.layout import theme
from app.layout.badges import SOURCES_ICON, STANDING_ICONS, PersonaMark, initials
from app.layout.cards import card_drawing
from app.layout.drawing import Box, Drawing, Icon, Shape, Text
from app.layout.engine import MapLayout
from app.layout.fields import field_place
from app.layout.image_cards import image_card_drawing
from app.layout.script import Script
from app.model import edits
from app.model.document import Document
from app.model.kinds import card_kinds
from app.model.kinds.image import Image
from app.model.records import Card, Lane, MapRecord, Persona, Stage, Step
from app.model.registry import record_from_json
from tests.layout.maps import follow, picture, texts_in

pytestmark = pytest.mark.usefixtures("qapp")

LTR, RTL = Script(False, "en"), Script(True, "ar")
MIA, KEN = PersonaMark(0, "#9D174D", "M"), PersonaMark(1, "#0E7490", "K")


def card(kind: str, **fields: Any) -> Card:
    made = record_from_json({"type": "card", "id": "c", "kind": kind, "step": "s", "lane": "l", "title": "T", **fields})
    assert isinstance(made, Card)
    return made


def drawn(made: Card, script: Script = LTR, width: float = 42.0, **marks: PersonaMark) -> Drawing:
    return card_drawing(made, width, script, marks=marks)


def said(drawing: Drawing) -> list[str]:
    return [text.block.text for text in texts_in(drawing)][1:]


def icons(drawing: Drawing) -> list[str]:
    return [item.name for item in drawing.items if isinstance(item, Icon)][1:]


FULL: dict[str, tuple[dict[str, Any], list[str], list[str]]] = {
    "touchpoint": (
        {"moment_of_truth": True, "importance": 5, "satisfaction": 2, "duration": 90.0, "owner": "Web team"},
        ["5/5", "2/5", "1 h 30 min", "Web team"],
        ["flag", "heart", "clock", "user"],
    ),
    "pain_point": (
        {"severity": 4, "frequency": 3, "votes": 1200},
        ["4 × 3 = 12", "1,200"],
        ["triangle-alert", "thumbs-up"],
    ),
    "opportunity": (
        {"impact": 5, "effort": 1, "confidence": 3, "status": "in_progress", "owner": "Ana"},
        ["5/5", "1/5", "3/5", "In progress", "Ana"],
        ["trending-up", "wrench", "shield", "play", "user"],
    ),
}


@pytest.mark.parametrize("kind", FULL)
def test_a_kind_says_what_it_has_in_badges(kind: str) -> None:
    values, texts, signs = FULL[kind]
    drawing = drawn(card(kind, **values))
    assert said(drawing) == texts
    assert icons(drawing) == signs
    assert all(text.block.style is theme.SMALL for text in texts_in(drawing)[1:])


@pytest.mark.parametrize(
    ("language", "written"), [("de", "12.345"), ("fr", "12\u202f345"), ("en", "12,345"), ("ja", "12,345")]
)
def test_counts_are_written_as_in_the_language_of_the_map(language: str, written: str) -> None:
    script = Script(False, language)
    assert said(drawn(card("pain_point", votes=12_345), script)) == [written]
    awaited = card("metric", measure="csat", target=12_345.5)
    assert written in said(drawn(awaited, script))[0], "also what a metric is to reach that nobody has measured"


def test_a_moment_of_truth_has_a_filled_star() -> None:
    plain, star = drawn(card("touchpoint")), drawn(card("touchpoint", moment_of_truth=True))
    [added] = [item for item in star.items if isinstance(item, Shape) and item not in plain.items][1:]
    assert added.fill is not None
    assert star.h > plain.h


def test_half_a_score_is_said_as_far_as_it_is_known() -> None:
    assert (said(drawn(card("pain_point", severity=5))), icons(drawn(card("pain_point", severity=5)))) == (
        ["5/5"],
        ["triangle-alert"],
    )
    assert icons(drawn(card("pain_point", frequency=2))) == ["history"]


@pytest.mark.parametrize("kind", sorted(card_kinds()))
def test_standing_and_sources_are_on_cards_of_every_kind_and_not_told_by_colour_alone(kind: str) -> None:
    found = set()
    for standing in ("assumption", "partly", "evidenced"):
        drawing = drawn(card(kind, standing=standing, sources=["s1", "s2"]))
        assert icons(drawing) == [STANDING_ICONS[standing], SOURCES_ICON]
        assert said(drawing) == ["2"]
        found.add(icons(drawing)[0])
    assert len(found) == 3


@pytest.mark.parametrize("kind", sorted(card_kinds()))
def test_a_card_with_nothing_to_say_has_no_row_for_it(kind: str) -> None:
    assert len(drawn(card(kind)).items) == 4
    assert drawn(card(kind)).h == theme.CARD_MIN_HEIGHT


@pytest.mark.parametrize("script", [LTR, RTL])
@pytest.mark.parametrize("width", [16.0, 42.0, 300.0])
def test_badges_go_on_below_and_never_stick_out(script: Script, width: float) -> None:
    owner = "Department of customer affairs and shops in the north-west region"
    made = card("touchpoint", body="Text", **(FULL["touchpoint"][0] | {"owner": owner, "personas": ["mia", "ken"]}))
    drawing = drawn(made, script, width, mia=MIA, ken=KEN)
    for item in drawing.items:
        if isinstance(item, Text):
            assert item.x >= -0.01
            assert item.x + item.block.ink_width <= width + 0.01
            assert item.y + item.block.height <= drawing.h
        elif isinstance(item, Icon):
            assert 0 <= item.x <= width - item.size
    lines = {round(item.y, 3) for item in drawing.items if isinstance(item, Icon)}
    assert (len(lines) == 2) is (width == 300.0)


def test_badges_are_mirrored() -> None:
    made = card("touchpoint", importance=4, satisfaction=3, standing="partly", personas=["mia"])
    ltr, rtl = (drawn(made, script, 42.0, mia=MIA) for script in (LTR, Script(True, "en")))
    for one, other in zip(ltr.items, rtl.items, strict=True):
        if isinstance(one, Icon) and isinstance(other, Icon):
            assert other.x == pytest.approx(42.0 - one.x - one.size)
        elif isinstance(one, Text) and isinstance(other, Text):
            assert other.x == pytest.approx(42.0 - one.x - one.block.width)
            assert other.y == one.y


def test_writing_finds_title_and_body_of_a_card_with_badges() -> None:
    values = FULL["touchpoint"][0] | {"standing": "partly", "title": "Title", "body": "Body", "channel": "website"}
    records = [MapRecord(), Stage(id="st"), Step(id="s", stage="st"), Lane(id="l", kind="touchpoints")]
    made = card("touchpoint", **values)
    layout = MapLayout(Document([*records, made]))
    for field, text in (("title", "Title"), ("body", "Body")):
        place = field_place(layout, made, field)
        assert place is not None
        assert place.text.block.text == text
    title, body = (field_place(layout, made, field) for field in ("title", "body"))
    assert title is not None
    assert body is not None
    lowest = max(text.y for text in texts_in(drawn(made)))
    assert title.rect.bottom < body.rect.y < lowest + body.y


def test_a_quote_is_set_as_one() -> None:
    plain, quote = drawn(card("thought")), drawn(card("thought", quoted=True))
    styles = [texts_in(drawing)[0].block.style for drawing in (plain, quote)]
    assert styles == [theme.CARD_TITLE, theme.CARD_QUOTE]
    names = [next(item.name for item in drawing.items if isinstance(item, Icon)) for drawing in (plain, quote)]
    assert names == [card_kinds()["thought"].icon, "quote"]


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Mia Santos", "MS"), ("ken", "K"), ("", ""), ("  ", ""), ("सुनीता देवी", "सुदे"), ("高橋さん", "高")],
)
def test_initials_keep_the_signs_of_their_letters(name: str, letters: str) -> None:
    assert initials(name) == letters


def people() -> Document:
    return Document(
        [
            MapRecord(),
            *(Persona(id=id, name=id.title(), order=order) for id, order in (("mia", "a1"), ("ken", "a2"))),
            Stage(id="st"),
            *(Step(id=f"s{number}", stage="st", order=f"a{number}") for number in range(3)),
            Lane(id="l", kind="actions"),
            *(
                record_from_json({"type": "card", "kind": "action", "lane": "l", "title": id, "id": id, **values})
                for id, values in (
                    ("for_mia", {"step": "s0", "personas": ["mia"]}),
                    ("for_ken", {"step": "s1", "personas": ["ken"]}),
                    ("wide", {"step": "s1", "to_step": "s2", "personas": ["ken", "mia"]}),
                    ("for_all", {"step": "s2"}),
                )
            ),
        ]
    )


def on(layout: MapLayout, id: str) -> Drawing:
    placed = layout.card(id)
    assert placed is not None
    return placed.drawing


def test_cards_for_a_persona_follow_her_and_no_others_are_drawn_anew() -> None:
    document = people()
    layout = MapLayout(document)
    follow(document, layout)
    before = {id: on(layout, id) for id in ("for_mia", "for_ken", "wide", "for_all")}
    assert said(before["wide"]) == ["M", "K"]
    with document.edit("Rename") as tx:
        edits.set_fields(tx, ["mia"], name="Zoë", color="#166534")
    assert said(on(layout, "for_mia")) == ["Z"]
    assert said(on(layout, "wide")) == ["Z", "K"]
    assert on(layout, "for_ken") is before["for_ken"]
    assert on(layout, "for_all") is before["for_all"]
    assert picture(layout) == picture(MapLayout(document))
    with document.edit("Say who that is") as tx:
        edits.set_fields(tx, ["mia"], goals=("Peace",))
    assert said(on(layout, "for_mia")) == ["Z"]


def test_cards_follow_the_order_of_personas_and_their_deletion() -> None:
    document = people()
    layout = MapLayout(document)
    follow(document, layout)
    with document.edit("Move") as tx:
        edits.move_persona(tx, "ken", "mia")
    assert said(on(layout, "wide")) == ["K", "M"]
    assert picture(layout) == picture(MapLayout(document))
    with document.edit("Delete") as tx:
        edits.delete(tx, ["ken"])
    assert said(on(layout, "wide")) == ["M"]
    assert said(on(layout, "for_ken")) == []
    assert picture(layout) == picture(MapLayout(document))
    document.undo()
    assert said(on(layout, "for_ken")) == ["K"]
    assert picture(layout) == picture(MapLayout(document))


def test_marks_of_personas_differ_in_outline_too() -> None:
    shapes = []
    for mark in (MIA, KEN._replace(color=MIA.color)):
        drawing = drawn(card("action", personas=["one"]), one=mark)
        shapes.append([item for item in drawing.items if isinstance(item, Shape)][-1])
        assert isinstance(drawing.items[0], Box)
    assert shapes[0].fill == shapes[1].fill
    assert len(shapes[0].segments) != len(shapes[1].segments)


def test_a_card_with_a_picture_has_badges_too() -> None:
    made = card("image", picture="1" * 64 + ".png", body="Body", standing="partly", sources=["s1"], personas=["mia"])
    assert isinstance(made, Image)
    plain = made.changed(standing=None, sources=(), personas=())
    drawing, before = (image_card_drawing(one, 42.0, LTR, None, {"mia": MIA}) for one in (made, plain))
    assert said(drawing)[-3:] == ["1", "M", "Body"]
    assert STANDING_ICONS["partly"] in [item.name for item in drawing.items if isinstance(item, Icon)]
    assert drawing.h > before.h
    assert max(text.y + text.block.height for text in texts_in(drawing)) <= drawing.h
