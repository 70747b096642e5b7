"""What the program words on a map is in the language of the map, on the sheet as in the inspector."""

from __future__ import annotations

import re

import pytest

from app.layout.badges import badges_of
from app.layout.channel_names import map_channels
from app.layout.engine import MapLayout
from app.layout.sheet import sheet_of
from app.model import edits
from app.model.channels import CHANNELS
from app.model.document import Document
from app.model.ids import MAP_ID
from app.model.kinds.metric import NAMES
from app.model.languages import LANGUAGES
from app.model.queries import steps_of
from tests.layout.maps import texts_in

pytestmark = pytest.mark.usefixtures("qapp")

LATIN = re.compile(r"[A-Za-z]{2,}")
SHARED = {"CSAT", "NPS", "CES", "SNS"}
"""What is written like this everywhere."""


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


@pytest.mark.parametrize("language", ["ar", "hi", "ja"])
def test_no_word_of_ours_is_left_in_english(language: str) -> None:
    said = {word for text in worded(language) for word in LATIN.findall(text)}
    assert said <= SHARED


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
