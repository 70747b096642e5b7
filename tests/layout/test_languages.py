"""What the program words on a map is in the language of the map, on the sheet as in the inspector."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Literal, get_args, get_origin

import pytest

from app.layout.additions import sheet_with
from app.layout.badges import badges_of
from app.layout.channel_names import map_channels
from app.layout.engine import MapLayout
from app.layout.sheet import sheet_of
from app.model import edits
from app.model.beside import ActionItem
from app.model.channels import CHANNELS
from app.model.document import Document, Transaction
from app.model.ids import MAP_ID
from app.model.kinds import card_kinds
from app.model.kinds.metric import NAMES
from app.model.lanes import LANE_KINDS
from app.model.languages import LANGUAGES
from app.model.queries import steps_of
from app.model.records import EmotionPoint
from tests.layout.maps import texts_in

pytestmark = pytest.mark.usefixtures("qapp")

LATIN = re.compile(r"[A-Za-z]{2,}")
SHARED = {"CSAT", "NPS", "CES", "SNS"}
"""What is written like this everywhere."""

RATED = {"severity", "frequency", "impact", "effort", "confidence", "importance", "satisfaction", "votes"}


def worded(language: str) -> list[str]:
    """The texts on the sheet of a map on which only the program has words."""
    document = Document()
    with document.edit("Draw") as tx:
        edits.set_fields(tx, [MAP_ID], language=language, title="")
        step = steps_of(tx.store, edits.add_stage(tx, ""))[0].id
        lane = edits.add_lane(tx, "touchpoints", title="1")
        edits.add_lane(tx, "channels", title="2")
        for channel in CHANNELS:
            edits.add_card(tx, "touchpoint", lane, step, channel=channel, duration=1590.0)
        for measure in NAMES:
            edits.add_card(tx, "metric", lane, step, measure=measure, current=1.5, target=3.0)
    assert all(badges_of(card) for card in document.store.of_type("card") if hasattr(card, "duration"))  # type: ignore[arg-type]
    return [
        text.block.text
        for placed in sheet_of(MapLayout(document), document.map).placed
        for text in texts_in(placed.drawing)
    ]


def choices(annotation: object) -> set[object]:
    """What a field can be chosen to be, where there is a choice."""
    if annotation is bool:
        return {True}
    if get_origin(annotation) is Literal:
        return set(get_args(annotation))
    return {choice for part in get_args(annotation) for choice in choices(part)}


def draw_every_choice(tx: Transaction, stage: str) -> None:
    """One of everything that can be chosen, without a word."""
    step = steps_of(tx.store, stage)[0].id
    lanes = {kind: edits.add_lane(tx, kind) for kind in LANE_KINDS}
    persona = edits.add_persona(tx, "1")
    edits.add_persona(tx, "2")
    for kind in card_kinds():
        card = edits.add_card(tx, kind, lanes["notes"], step)
        fields = type(tx.store[card]).model_fields
        edits.set_fields(tx, [card], **dict.fromkeys(RATED & fields.keys(), 3))
        edits.set_references(tx, [card], "personas", [persona])
        for name in fields.keys() - {"type", "kind"}:
            for choice in choices(fields[name].annotation):
                [made] = edits.duplicate_cards(tx, [card])
                edits.set_fields(tx, [made], **{name: choice})
    for measure in choices(EmotionPoint.model_fields["measure"].annotation):
        for value in (-2.0, 2.0, 0.0):
            point = edits.add_point(tx, lanes["emotion"], persona, step, 0.3 + value / 10, value)
            edits.set_fields(tx, [point], measure=measure, standing="assumption")
    for status in choices(ActionItem.model_fields["status"].annotation):
        edits.set_fields(tx, [edits.add_action_item(tx, "3", due=date(2020, 1, 1))], status=status)
    edits.add_comment(tx, step, "4", "5", datetime(2020, 1, 1, tzinfo=UTC))


def with_every_choice(language: str, state: str) -> list[str]:
    """The texts on the sheet of such a map, and of its comments and tables."""
    document = Document()
    with document.edit("Draw") as tx:
        edits.set_map(tx, language=language, title="", state=state, legend=True, review_date=date(2020, 1, 1))
        draw_every_choice(tx, edits.add_stage(tx, ""))
    sheet = sheet_with(MapLayout(document), document, frozenset({"comments", "tables"}))
    return [text.block.text for placed in sheet.placed for text in texts_in(placed.drawing)]


@pytest.mark.parametrize("state", ["current", "future"])
@pytest.mark.parametrize("language", ["ar", "hi", "ja"])
def test_no_word_of_ours_is_left_in_english(language: str, state: str) -> None:
    texts = worded(language) + with_every_choice(language, state)
    assert {word for text in texts for word in LATIN.findall(text)} <= SHARED


def test_words_of_a_german_map() -> None:
    said = set(worded("de"))
    assert {"Soziale Medien · online", "1 Tag 2 Std. 30 Min.", "1,5 Min.", "1,5 %"} <= said
    assert not any("E-mail" in text or " min" in text for text in said)


def test_a_language_without_words_of_ours_has_english_ones() -> None:
    assert {"Social media · online", "1 d 2 h 30 min"} <= set(worded("pt"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_channels_have_the_same_name(language: str) -> None:
    document = Document()
    with document.edit("Translate") as tx:
        edits.set_fields(tx, [MAP_ID], language=language)
    names = [channel.label for channel in map_channels(document.store).values()]
    assert len(set(names)) == len(CHANNELS)
