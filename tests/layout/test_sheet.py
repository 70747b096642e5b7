"""The sheet: painting order, bookmarks, and every text of the map exactly once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.layout.badges import badge_words, badges_of, persona_marks
from app.layout.channel_names import map_channels
from app.layout.drawing import Box, Line, Rect, Text
from app.layout.engine import MapLayout
from app.layout.metric_figure import origin_words
from app.layout.sheet import Sheet, WebLink, sheet_of
from app.layout.terms import speech
from app.layout.theme import ROW_LINE
from app.layout.words import quoted
from app.model.document import Document
from app.model.kinds.metric import Metric
from app.model.kinds.touchpoint import Touchpoint
from app.model.queries import personas
from app.model.records import Card, EmotionPoint, Lane, Link, Persona, Stage, Step
from tests.layout.maps import SAMPLES, random_map, sample, texts_in

pytestmark = pytest.mark.usefixtures("qapp")


def texts_of_sheet(sheet: Sheet) -> Counter[str]:
    """All but the panels of personas and the legend, which have tests of their own."""
    placed = [one for one in sheet.placed if one.id != "legend" and not one.id.startswith("pe")]
    return Counter(text.block.text for one in placed for text in texts_in(one.drawing))


def texts_of_map(document: Document) -> Counter[str]:
    """What must be on the sheet once for each time that it is in the map; what is folded up is not there."""
    about = document.map
    texts: list[str] = [about.title, about.objective, about.scope, about.scenario]
    folded = {lane.id for lane in document.records if isinstance(lane, Lane) and lane.collapsed}
    for record in document.records:
        if getattr(record, "lane", None) in folded:
            continue
        match record:
            case Lane(kind="channels"):
                known = map_channels(document.store)
                names = {card.channel for card in document.records if isinstance(card, Touchpoint) and card.channel}
                used = [known[name].label if name in known else name for name in names]
                texts += [record.title, *used]
            case Stage() | Step() | Lane():
                texts.append(record.title)
                texts += [str(len(list(document.store.referrers(record.id, "in_lane"))))] if record.id in folded else []
            case Card():
                texts += [record.title, record.body, *below(record, document)]
            case EmotionPoint():
                texts += [record.label, quoted(document.map.language, record.quote)]
            case Link():
                texts.append(record.label)
            case _:
                pass
    return Counter(text for text in texts if text)


def below(card: Card, document: Document) -> Iterator[str]:
    """What is on a card beside title and body: a line, perhaps a figure, and badges."""
    language = document.map.language
    if isinstance(card, Metric) and card.value is not None:
        yield from (origin_words(card, language), card.with_unit(card.value, language))
    else:
        yield card.details(map_channels(document.store), speech(language))
    for badge in badges_of(card):
        yield badge_words(badge, language)
    marks = persona_marks(personas(document.store))
    yield from (marks[id].initial for id in card.personas)


def check_sheet(document: Document) -> None:
    layout = MapLayout(document)
    sheet = sheet_of(layout, document.map)
    shown, wanted = texts_of_sheet(sheet), texts_of_map(document)
    for text, count in wanted.items():  # figures also stand beside the dots of channels
        assert shown[text] >= count if text.isdigit() else shown[text] == count, text
    others = Counter({text: count for text, count in shown.items() if text not in wanted and text})
    assert all(_is_known(text, document) for text in others), others
    check_order(layout, sheet)


def _is_known(text: str, document: Document) -> bool:
    """A word of the program's own: the scale, a legend, the line under the title, a rule, an unknown kind."""
    names = [persona.name for persona in document.records if isinstance(persona, Persona)]
    own = (
        "+2",
        "+1",
        "0",
        "−1",
        "−2",
        "high",
        "low",
        "Peak",
        "Low",
        "End",
        "Assumption",
        "Of tomorrow",
        "Line of",
        "Current state",
        "Objective",
        "Scope",
        "Scenario",
        "Target",
        "Picture missing",
        *names,
    )
    return " · " in text or not text.isascii() or text.isdigit() or text.startswith(own)


def check_order(layout: MapLayout, sheet: Sheet) -> None:
    ids = [placed.id for placed in sheet.placed]
    panels = [panel.id for panel in layout.panels]
    assert ids[1 : 1 + len(panels)] == panels
    assert (ids[-1] == "legend") is (layout.legend is not None)
    ids = [id for id in ids if id not in {*panels, "legend"}]
    place = {id: number for number, id in reversed(list(enumerate(ids)))}
    shared = Counter(ids) - Counter(place.keys())  # a curve lane has a header and its curves, a link a line and a label
    labels = [label.id for key in layout.blocks for label in layout.block_link_labels(key)]
    assert set(shared) == {*layout.curves, *labels}
    assert ids[0] == "map"
    headers = [*layout.stage_headers, *layout.step_headers]
    assert ids[1 : 1 + len(headers)] == [header.id for header in headers]
    links = [link.id for key in layout.blocks for link in layout.block_links(key)]
    assert ids[len(ids) - len(links) - len(labels) :] == [*links, *labels]
    for (lane, stage), block in layout.blocks.items():
        ground = place[f"{lane}-{stage}"]
        assert place[lane] < ground
        grounds = [place[f"{lane}-{band.stage}"] for band in layout.bands]
        assert all(place[card.id] > max(grounds) for card in block.cards)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_text_of_a_sample_is_on_the_sheet_once(path: object) -> None:
    check_sheet(sample(path))  # type: ignore[arg-type]


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.sampled_from(["en", "ar"]))
def test_every_text_of_a_map_is_on_the_sheet_once(seed: int, language: str) -> None:
    check_sheet(random_map(seed, language=language))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sheet_says_what_it_shows(path: object) -> None:
    document = sample(path)  # type: ignore[arg-type]
    layout = MapLayout(document)
    sheet = sheet_of(layout, document.map)
    assert (sheet.w, sheet.h) == layout.size
    assert (sheet.title, sheet.subject, sheet.author) == (
        document.map.title,
        document.map.objective,
        document.map.owner,
    )
    assert (sheet.language, sheet.rtl) == (document.map.language, layout.rtl)
    stages = {stage.id: stage.title for stage in document.records if isinstance(stage, Stage)}
    assert [mark.title for mark in sheet.bookmarks] == [stages[band.stage] for band in layout.bands]
    assert [mark.rect for mark in sheet.bookmarks] == [header.rect for header in layout.stage_headers]
    assert sheet.links == ()


def test_cards_are_where_the_canvas_has_them() -> None:
    document = sample(SAMPLES[0])
    layout = MapLayout(document)
    cards = [
        placed for placed in sheet_of(layout, document.map).placed if placed.id in document.store.ids_of_type("card")
    ]
    for placed in cards:
        twin = layout.card(placed.id)
        assert twin is not None
        assert placed.drawing is twin.drawing
        assert abs(placed.x - twin.x) < 1e-9
        assert placed.y == twin.y


def test_small_print_is_marked() -> None:
    document = sample(SAMPLES[1])
    sheet = sheet_of(MapLayout(document), document.map)
    texts = [text for placed in sheet.placed for text in placed.drawing.items if isinstance(text, Text)]
    assert {text.detail for text in texts} == {True, False}
    assert all(not text.detail for text in texts if text.block.style.size >= 9)


def test_parts_of_a_sheet() -> None:
    link = WebLink("https://example.org", Rect(1, 2, 3, 4))
    assert Sheet(10, 20, (), links=(link,)).links[0].rect.right == 4
    assert Box(0, 0, 1, 1).fill is None


def test_the_lower_edge_of_a_row_is_not_covered_by_the_next() -> None:
    for name in SAMPLES:
        layout = MapLayout(sample(name))
        grounds = [block.background for block in map(layout.block, layout.blocks)]
        for drawing in (*grounds, *(curve.drawing for curve in layout.curves.values())):
            [edge] = [item for item in drawing.items if isinstance(item, Line) and item.y1 == item.y2 > drawing.h - 1.0]
            assert edge.stroke == ROW_LINE
            assert edge.y1 + edge.stroke_width / 2 <= drawing.h + 1e-9
