"""What stands above and below the grid: what the map is for, an overdue review, the strip of personas, the legend."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.layout.drawing import Drawing, Picture, Placed, Rect
from app.layout.engine import MapLayout
from app.layout.lookup import hit, rect_of
from app.layout.sheet import sheet_of
from app.model import edits
from app.model.beside import OwnChannel
from app.model.document import Document
from app.model.media import Media
from app.model.records import EmotionPoint, Lane, MapRecord, Persona, Record, Stage, Step
from app.model.registry import record_from_json
from tests.layout.maps import PICTURES, Painter, follow, mirrored, picture, texts_in

pytestmark = pytest.mark.usefixtures("qapp")

TODAY = dt.date(2026, 11, 22)


def said(drawing: Drawing) -> list[str]:
    return [text.block.text for text in texts_in(drawing)]


def grid(*more: Record, steps: int = 9, **about: Any) -> Document:
    records = [Stage(id="st"), *(Step(id=f"s{at}", stage="st", order=f"a{at}") for at in range(steps))]
    return Document([MapRecord(title="Map", **about), *records, Lane(id="l", kind="touchpoints"), *more])


def card(id: str, kind: str, **values: Any) -> Record:
    return record_from_json({"type": "card", "id": id, "kind": kind, "step": "s0", "lane": "l", "title": id, **values})


# The title block


def test_the_head_says_what_the_map_is_for() -> None:
    document = grid(objective="Sell", scope="Here", scenario="A day", owner="Ana", review_date=dt.date(2027, 1, 31))
    texts = said(MapLayout(document, TODAY).title.drawing)
    assert texts == [
        "Map",
        "Current state · Ana · review 2027-01-31",
        *("Objective", "Sell", "Scope", "Here", "Scenario", "A day"),
    ]
    assert said(MapLayout(grid(), TODAY).title.drawing) == ["Map", "Current state"]


@pytest.mark.parametrize("width", [1, 3, 9])
def test_what_a_map_is_for_never_sticks_out(width: int) -> None:
    layout = MapLayout(grid(steps=width, objective="Sell more " * 60, scope="Here", scenario="A day " * 90))
    for text in texts_in(layout.title.drawing):
        assert text.x >= 0
        assert text.x + text.block.ink_width <= layout.size[0]
        assert text.y + text.block.height <= layout.title.drawing.h
    assert layout.head.y == layout.title.drawing.h


@pytest.mark.parametrize(
    ("due", "today", "is_overdue"),
    [
        (dt.date(2026, 11, 21), TODAY, True),
        (TODAY, TODAY, False),
        (dt.date(2026, 11, 23), TODAY, False),
        (dt.date(2020, 1, 1), None, False),
    ],
)
def test_a_map_past_its_review_says_so(due: dt.date, today: dt.date | None, is_overdue: bool) -> None:
    texts = said(MapLayout(grid(review_date=due), today).title.drawing)
    assert (f"Review was due on {due}" in texts) is is_overdue
    assert any(f"review {due}" in text for text in texts) is not is_overdue


def test_the_review_is_followed_and_a_language_has_its_own_words() -> None:
    document = grid(review_date=TODAY)
    layout = MapLayout(document, TODAY)
    follow(document, layout)
    with document.edit("Review") as tx:
        edits.set_map(tx, review_date=dt.date(2026, 1, 2), language="de")
    assert "Prüfung war fällig am 2026-01-02" in said(layout.title.drawing)


# Personas


MIA = Persona(
    id="mia", name="Mia Santos", order="a1", summary="27", role="Tenant", segment="Urban", quote="Just work!",
    goals=("Films",), motivations=("Peace",), pain_points=("No line", "No time"),
    demographics=(("Age", "27"), ("Town", "")), channels=("app", "kiosk", "by owl"), on_poster=True,
)  # fmt: skip
KEN = Persona(id="ken", name="Ken", order="a2", summary="61", on_poster=True)
KIOSK = OwnChannel(id="kiosk", label="Kiosk", icon="monitor")


def test_a_panel_holds_what_is_known_of_a_persona() -> None:
    [panel] = MapLayout(grid(MIA, KIOSK)).panels
    assert said(panel.drawing) == [
        *("MS", "Mia Santos", "27", "Tenant · Urban", "“Just work!”"),
        *("Goals", "Films", "Motivations", "Peace", "Pain points", "No line", "No time"),
        *("Demographics", "Age: 27", "Town", "Preferred channels", "App · Kiosk · by owl"),
    ]


def test_only_chosen_personas_are_shown_and_are_not_named_twice() -> None:
    layout = MapLayout(grid(MIA, KEN.changed(on_poster=False)))
    assert [panel.id for panel in layout.panels] == ["mia"]
    assert said(layout.title.drawing)[1] == "Current state · Ken, 61"
    without = MapLayout(grid(MIA.changed(on_poster=False)))
    assert without.panels == ()
    assert without.head.y == without.title.drawing.h


def test_of_many_personas_without_a_panel_a_few_are_named() -> None:
    people = [Persona(id=f"p{at}", name=f"P{at}", order=f"a{at:04}x", on_poster=False) for at in range(1000)]
    assert said(MapLayout(grid(*people)).title.drawing)[1] == "Current state · P0 · P1 · P2 · P3 · P4 · and 995 more"
    assert said(MapLayout(grid(*people[:6])).title.drawing)[1].endswith("P4 · P5")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("steps", [2, 4, 9])
def test_panels_are_as_high_as_each_other_and_go_on_below(steps: int, language: str) -> None:
    people = [MIA, KEN, *(KEN.changed(id=f"p{at}", order=f"b{at}", name=f"P {at}") for at in range(5))]
    layout = MapLayout(grid(*people, KIOSK, steps=steps, language=language))
    rows: dict[float, list[Placed]] = {}
    for panel in layout.panels:
        rows.setdefault(panel.y, []).append(panel)
        for text in texts_in(panel.drawing):
            assert text.x >= 0
            assert text.x + text.block.ink_width <= panel.drawing.w + 0.01
            assert text.y + text.block.height <= panel.drawing.h
    assert len(rows) == {2: 7, 4: 4, 9: 2}[steps]
    for row in rows.values():
        assert len({panel.drawing.h for panel in row}) == 1
    rects = [panel.rect for panel in layout.panels]
    assert not any(one.overlaps(other) for at, one in enumerate(rects) for other in rects[:at])
    assert all(rect.x >= 0 and rect.right <= layout.size[0] for rect in rects)
    assert min(rect.y for rect in rects) >= layout.title.drawing.h
    assert max(rect.bottom for rect in rects) < layout.head.y


def test_the_strip_is_mirrored() -> None:
    ltr, rtl = (MapLayout(grid(MIA, KEN, language=language)) for language in ("en", "ar"))
    for one, other in zip(ltr.panels, rtl.panels, strict=True):
        place, twin = mirrored(one.rect, ltr.size[0]), other.rect
        assert (place.x, place.w) == pytest.approx((twin.x, twin.w))


def test_a_panel_can_be_pointed_at() -> None:
    layout = MapLayout(grid(MIA, KEN))
    place = layout.panels[1].rect
    found = hit(layout, place.x + 1, place.y + 1)
    assert found is not None
    assert (found.kind, found.id) == ("persona", "ken")
    assert rect_of(layout, "ken") == place


def test_the_strip_follows_every_change() -> None:
    document = grid(MIA, KEN, KIOSK)
    layout = MapLayout(document)
    painter = Painter(layout)
    document.subscribe(painter.take)
    for change in (
        lambda tx: edits.set_fields(tx, ["kiosk"], label="Terminal"),
        lambda tx: edits.set_fields(tx, ["ken"], goals=("One", "Two")),
        lambda tx: edits.move_persona(tx, "ken", "mia"),
        lambda tx: edits.set_fields(tx, ["mia"], on_poster=False),
        lambda tx: edits.delete(tx, ["ken"]),
    ):
        with document.edit("Change") as tx:
            change(tx)
        assert painter.seen == picture(layout) == picture(MapLayout(document))
    while document.undo():
        assert painter.seen == picture(layout) == picture(MapLayout(document))


# The legend


def legend(layout: MapLayout) -> list[str]:
    return said(layout.legend.drawing)[1:] if layout.legend is not None else []


def test_a_legend_explains_what_is_used_and_nothing_else() -> None:
    cards = (
        card("t", "touchpoint", importance=4, moment_of_truth=True, standing="partly", personas=["mia"]),
        card("o", "opportunity", status="done"),
        card("q", "thought", quoted=True),
    )
    layout = MapLayout(grid(MIA, *cards, legend=True))
    assert legend(layout) == [
        *("Touchpoint", "Thought", "Opportunity", "Quote", "Partly evidenced"),
        *("Moment of truth", "Importance", "M", "Only for Mia Santos"),
    ]
    assert MapLayout(grid(*cards[1:])).legend is None
    assert MapLayout(grid(legend=True)).legend is None


def test_the_legend_is_below_the_grid_and_within_the_sheet() -> None:
    cards = [card(f"c{at}", kind, importance=3) for at, kind in enumerate(("touchpoint", "action", "note", "metric"))]
    document = grid(*cards, steps=1, legend=True)
    layout = MapLayout(document)
    assert layout.legend is not None
    row = layout.rows[-1]
    assert layout.legend.y > row.y + row.h
    assert layout.legend.rect.bottom <= layout.size[1]
    assert layout.side.bottom == pytest.approx(row.y + row.h)
    for text in texts_in(layout.legend.drawing):
        assert text.x + text.block.ink_width <= layout.size[0]
        assert text.y + text.block.height <= layout.legend.drawing.h
    assert sheet_of(layout, document.map).placed[-1] is layout.legend
    assert hit(layout, 1.0, layout.legend.y + 1) is None
    assert Rect(0, 0, *layout.size).contains(layout.legend.x, layout.legend.y)


def test_the_legend_follows_every_change() -> None:
    mark = EmotionPoint(id="p", lane="e", persona="mia", step="s0")
    document = grid(MIA, Lane(id="e", kind="emotion", order="b"), mark, card("t", "touchpoint"), legend=True)
    layout = MapLayout(document)
    painter = Painter(layout)
    document.subscribe(painter.take)
    seen = []
    for change in (
        lambda tx: edits.set_fields(tx, ["t"], importance=3, standing="assumption"),
        lambda tx: edits.set_fields(tx, ["p"], standing="assumption"),
        lambda tx: edits.set_references(tx, ["t"], "personas", ["mia"]),
        lambda tx: edits.set_fields(tx, ["mia"], name="Zoë"),
        lambda tx: edits.set_map(tx, legend=False),
        lambda tx: edits.delete(tx, ["t"]),
        lambda tx: edits.set_map(tx, legend=True),
    ):
        with document.edit("Change") as tx:
            change(tx)
        assert painter.seen == picture(layout) == picture(MapLayout(document))
        seen.append(legend(layout))
    assert seen[0] == ["Touchpoint", "Assumption", "Importance"]
    assert seen[1] == ["Touchpoint", "Assumption", "Importance", "Curve: assumption"]
    assert "Only for Zoë" in seen[3]
    assert seen[4:] == [[], [], ["Curve: assumption"]]
    while document.undo():
        assert painter.seen == picture(layout) == picture(MapLayout(document))


def test_a_thousand_personas_keep_the_legend_small() -> None:
    people = [Persona(id=f"p{at}", name=f"Person {at}", order=f"a{at:04}x") for at in range(1000)]
    cards = [card(f"c{at}", "action", personas=[f"p{at}"]) for at in range(0, 1000, 7)]
    layout = MapLayout(grid(*people, *cards, legend=True))
    assert layout.legend is not None
    assert layout.legend.drawing.h < 40


# Portraits


def test_a_portrait_takes_the_place_of_the_initials_where_it_is_there() -> None:
    there, missing = sorted(PICTURES)[1], "0" * 64 + ".png"
    people = [MIA.changed(portrait=there), KEN.changed(portrait=missing)]
    document = Document(grid(*people).records, media=Media(PICTURES))
    shown, absent = (panel.drawing for panel in MapLayout(document).panels)
    [portrait] = [item for item in shown.items if isinstance(item, Picture)]
    assert portrait.file.name == there
    assert portrait.radius == portrait.w / 2 == portrait.h / 2
    assert "MS" not in said(shown)
    assert not any(isinstance(item, Picture) for item in absent.items)
    assert said(absent)[0] == "K"
