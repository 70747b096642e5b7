"""Maps to lay out, edits to try on them, and what a layout looks like as a whole."""

from __future__ import annotations

import datetime as dt
import random
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from app.files import load
from app.layout.drawing import Drawing, Placed, Rect, Text
from app.layout.engine import MapLayout
from app.layout.grid import LayoutChange
from app.layout.links import Point
from app.model import edits
from app.model.diff import Diff
from app.model.document import Document, EditError, Transaction
from app.model.fields import MEASURES
from app.model.kinds.image import Image
from app.model.kinds.touchpoint import Touchpoint
from app.model.lanes import lane_kind
from app.model.media import Media
from app.model.records import Card, EmotionPoint, Lane, Link, MapRecord, Persona, Record, Stage, Step
from app.model.registry import record_from_json

SAMPLES = sorted((Path(__file__).parents[2] / "resources" / "samples").glob("*.jmap"))
CARD_KINDS = (
    *("action", "touchpoint", "thought", "pain_point", "opportunity", "insight", "metric", "image", "question"),
    *("note", "of_tomorrow"),
)


def png_head(width: int, height: int) -> bytes:
    """The first bytes of a PNG."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">2L", width, height)


TEXTS = (
    "",
    "Short",
    "A title of some more words",
    "Opens a comparison site, filters by price, then by speed, and gives up when the tariffs turn out to be forty",
    "Donaudampfschifffahrtsgesellschaftskapitänsmütze",
    "التحقق من العنوان",
    "住所を確認する",
)
VALUES: dict[str, dict[str, Any]] = {
    "touchpoint": {"importance": 4, "satisfaction": 2, "moment_of_truth": True, "duration": 90.0, "owner": "Web team"},
    "pain_point": {"severity": 4, "frequency": 3, "votes": 12},
    "opportunity": {"impact": 5, "effort": 1, "confidence": 3, "status": "planned", "owner": "Ana"},
    "thought": {"quoted": True},
    "metric": {"measure": "csat", "satisfied": 60, "responses": 90, "target": 80.0},
}
"""What a card of a kind can say in badges and figures."""

PICTURES = {f"{number}" * 64 + ".png": png_head(300, 100 * number) for number in (1, 2, 5)} | {"0" * 64 + ".png": b""}
"""Pictures by name, as far as the layout looks at them; the last one is missing."""
CHANNELS_USED = ("", "website", "phone", "carrier pigeon")
TODAY, YESTERDAY = dt.date(2026, 3, 4), dt.date(2026, 3, 3)
LABELS = ("", "", "yes", "38 % leave", "a rather long word about what leads to what")


def sample(path: Path) -> Document:
    return Document(load(path).records)


def laid_out(document: Document) -> MapLayout:
    return MapLayout(document)


def follow(document: Document, layout: MapLayout) -> None:
    """Lets a layout hear of every change."""

    def hear(diff: Diff) -> None:
        layout.update(diff)

    document.subscribe(hear)


def random_map(
    seed: int, *, spans: float = 0.3, language: str = "en", most_steps: int = 6, folds: float = 0.0
) -> Document:
    """A map with a bit of everything; of its cards the share `spans` spans steps, of its lanes `folds` are folded."""
    chance = random.Random(seed)
    records: list[Record] = [MapRecord(title=chance.choice(TEXTS), language=language, legend=chance.random() < 0.3)]
    people = [
        Persona(id=f"pe{number}", name=f"Person {number}", on_poster=chance.random() < 0.3)
        for number in range(chance.randint(0, 3))
    ]
    steps = _steps(chance, most_steps)
    lanes = [_lane(chance, number, folds) for number in range(chance.randint(1, 6))]
    cells = [lane.id for lane in lanes if lane_kind(lane.kind).holds_cards]
    cards = (
        [
            _card(chance, number, cells, steps, [one.id for one in people], spans)
            for number in range(chance.randint(0, 30))
        ]
        if cells
        else []
    )
    records += [*people, *lanes, *steps, *_stages(steps), *cards, *_links(chance, cards)]
    curves = [lane.id for lane in lanes if lane_kind(lane.kind).is_curve]
    if curves and people:
        records += [_point(chance, number, curves, people, steps) for number in range(chance.randint(0, 15))]
    return Document(records, Media({name: data for name, data in PICTURES.items() if data}))


def _steps(chance: random.Random, most: int) -> list[Step]:
    widths = (None, None, 20.0, 33.3, 80.0)
    return [
        Step(
            id=f"sp{number}",
            stage=f"st{number // 2}",
            order=f"a{number}x",
            title=chance.choice(TEXTS),
            width=chance.choice(widths),
        )
        for number in range(chance.randint(1, most))
    ]


def _stages(steps: list[Step]) -> Iterator[Stage]:
    for stage in sorted({step.stage for step in steps}):
        yield Stage(id=stage, order=f"a{stage[2:]}x", title=f"Stage {stage}")


def _lane(chance: random.Random, number: int, folds: float) -> Lane:
    kind = chance.choice(("actions", "emotion", "notes", "touchpoints", "channels", "importance"))
    lane = Lane(id=f"ln{number}", kind=kind, title=chance.choice(TEXTS), order=f"a{number}x")
    rule = chance.choice((None, None, "interaction", "visibility", "internal"))
    height = chance.choice((None, None, None, 30.0, 120.0))
    return lane.changed(line_below=rule, height=height, collapsed=chance.random() < folds)


def _card(
    chance: random.Random, number: int, lanes: list[str], steps: list[Step], people: list[str], spans: float
) -> Record:
    first, last = sorted(chance.choices(range(len(steps)), k=2))
    values: dict[str, Any] = {"id": f"c{number}", "kind": chance.choice(CARD_KINDS), "lane": chance.choice(lanes)}
    values |= {"step": steps[first].id, "order": f"a{chance.randint(1, 9)}", "title": chance.choice(TEXTS)}
    values |= {"picture": chance.choice([*PICTURES])} if values["kind"] == "image" and chance.random() < 0.8 else {}
    values |= {"to_step": steps[last].id} if chance.random() < spans else {}
    values |= {"body": chance.choice(TEXTS)} if chance.random() < 0.3 else {}
    values |= {"standing": chance.choice(("assumption", "partly", "evidenced"))} if chance.random() < 0.3 else {}
    values |= {"personas": chance.sample(people, chance.randint(0, len(people)))} if chance.random() < 0.3 else {}
    values |= VALUES.get(values["kind"], {}) if chance.random() < 0.5 else {}
    values |= {"channel": chance.choice(CHANNELS_USED)} if values["kind"] == "touchpoint" else {}
    return record_from_json({"type": "card", **values})


def _links(chance: random.Random, cards: list[Record]) -> Iterator[Link]:
    if len(cards) > 1:
        for number in range(chance.randint(0, 20)):
            source, target = chance.sample(cards, 2)
            yield Link(id=f"lk{number}", source=source.id, target=target.id, label=chance.choice(LABELS))


def _point(
    chance: random.Random, number: int, lanes: list[str], people: list[Persona], steps: list[Step]
) -> EmotionPoint:
    return EmotionPoint(
        id=f"ep{number}",
        lane=chance.choice(lanes),
        persona=chance.choice(people).id,
        step=chance.choice(steps).id,
        at=chance.choice((0.0, 0.5, 1.0, chance.random())),
        value=chance.choice((-2.0, 0.0, 2.0, chance.uniform(-2, 2))),
        label=chance.choice(TEXTS),
        quote=chance.choice(("", "", "Never again")),
        measure=chance.choice((None, None, *MEASURES)),
        standing=chance.choice((None, "assumption", "evidenced")),
        unknown_after=chance.random() < 0.2,
    )


# Edits, each driven by a few numbers so that hypothesis can shrink them


class Numbers(NamedTuple):
    """What decides an edit: three choices and a share 0..1."""

    a: int
    b: int
    c: int
    share: float


def one_of(tx: Transaction, type_: str, number: int) -> str:
    """The id of some record of a type. Raises EditError where there is none."""
    ids = sorted(tx.store.ids_of_type(type_))
    if not ids:
        raise EditError(f"no {type_} here")
    return ids[number % len(ids)]


def _maybe(tx: Transaction, type_: str, number: int) -> str | None:
    return one_of(tx, type_, number) if number % 3 else None


def _some_cards(tx: Transaction, by: Numbers) -> list[str]:
    return [one_of(tx, "card", by.a), one_of(tx, "card", by.b)][: 1 + by.c % 2]


def _stage_of(tx: Transaction, number: int) -> tuple[str, str | None]:
    """A stage and perhaps one of its steps."""
    step = tx.store[one_of(tx, "step", number)]
    assert isinstance(step, Step)
    return step.stage, step.id if number % 2 else None


def _image(tx: Transaction, by: Numbers) -> str:
    """A card with a picture, made where there is none."""
    images = sorted(card for card in tx.store.ids_of_type("card") if isinstance(tx.store[card], Image))
    return images[by.a % len(images)] if images else _new_image(tx, by)


def _new_image(tx: Transaction, by: Numbers) -> str:
    return edits.add_card(tx, "image", one_of(tx, "lane", by.a), one_of(tx, "step", by.c))


def _touchpoint(tx: Transaction, number: int) -> str:
    found = sorted(card.id for card in tx.store.of_type("card") if isinstance(card, Touchpoint))
    if not found:
        raise EditError("no touchpoint here")
    return found[number % len(found)]


def _channel(tx: Transaction, number: int) -> str:
    found = [*CHANNELS_USED, *sorted(tx.store.ids_of_type("channel"))]
    return found[number % len(found)]


def _text(by: Numbers) -> str:
    return TEXTS[by.b % len(TEXTS)]


TYPES = ("card", "link", "emotion_point", "step", "lane", "stage", "persona", "card")
EDITS: dict[str, Callable[[Transaction, Numbers], object]] = {
    "add card": lambda tx, by: edits.add_card(
        tx, "action", one_of(tx, "lane", by.a), one_of(tx, "step", by.b), index=by.c % 4, title=_text(by)
    ),
    "move cards": lambda tx, by: edits.move_cards(
        tx, _some_cards(tx, by), one_of(tx, "lane", by.b), one_of(tx, "step", by.c), by.a % 3
    ),
    "shift cards": lambda tx, by: edits.shift_cards(tx, _some_cards(tx, by), by.b % 3 - 1, by.c % 3 - 1),
    "span card": lambda tx, by: edits.span_card(tx, one_of(tx, "card", by.a), _maybe(tx, "step", by.b)),
    "duplicate cards": lambda tx, by: edits.duplicate_cards(tx, _some_cards(tx, by)),
    "card text": lambda tx, by: edits.set_fields(tx, _some_cards(tx, by), title=_text(by), body=TEXTS[by.c % 5]),
    "picture": lambda tx, by: edits.set_fields(
        tx, [_image(tx, by)], picture=[*PICTURES, None][by.b % (len(PICTURES) + 1)]
    ),
    "add point": lambda tx, by: edits.add_point(
        tx, one_of(tx, "lane", by.a), one_of(tx, "persona", by.b), one_of(tx, "step", by.c), by.share, 4 * by.share - 2
    ),
    "move point": lambda tx, by: edits.move_point(
        tx, one_of(tx, "emotion_point", by.a), one_of(tx, "step", by.b), by.share, by.c % 5 - 2
    ),
    "point label": lambda tx, by: edits.set_fields(tx, [one_of(tx, "emotion_point", by.a)], label=_text(by)),
    "point look": lambda tx, by: edits.set_fields(
        tx,
        [one_of(tx, "emotion_point", by.a)],
        measure=(None, *MEASURES)[by.b % 5],
        standing=(None, "assumption")[by.c % 2],
        unknown_after=by.a % 3 == 0,
        quote=("", "Well, well")[by.a % 2],
    ),
    "use channel": lambda tx, by: edits.set_fields(tx, [_touchpoint(tx, by.a)], channel=_channel(tx, by.b)),
    "own channel": lambda tx, by: edits.add_channel(tx, _text(by)[:80] or "Post"),
    "fold lane": lambda tx, by: edits.set_fields(tx, [one_of(tx, "lane", by.a)], collapsed=by.b % 2 == 0),
    "add link": lambda tx, by: edits.add_link(
        tx, one_of(tx, "card", by.a), one_of(tx, "card", by.b), LABELS[by.c % len(LABELS)]
    ),
    "reverse link": lambda tx, by: edits.reverse_link(tx, one_of(tx, "link", by.a)),
    "link label": lambda tx, by: edits.set_fields(tx, [one_of(tx, "link", by.a)], label=LABELS[by.b % len(LABELS)]),
    "add stage": lambda tx, by: edits.add_stage(tx, _text(by), before=_maybe(tx, "stage", by.a)),
    "move stage": lambda tx, by: edits.move_stage(tx, one_of(tx, "stage", by.a), _maybe(tx, "stage", by.b)),
    "stage look": lambda tx, by: edits.set_fields(
        tx, [one_of(tx, "stage", by.a)], title=_text(by), color=("#0F766E", None)[by.c % 2]
    ),
    "add step": lambda tx, by: edits.add_step(tx, _stage_of(tx, by.a)[0], _text(by), before=_stage_of(tx, by.a)[1]),
    "move step": lambda tx, by: edits.move_step(tx, one_of(tx, "step", by.a), *_stage_of(tx, by.b)),
    "step look": lambda tx, by: edits.set_fields(
        tx, [one_of(tx, "step", by.a)], title=_text(by), width=(None, 20.0, 61.5)[by.c % 3]
    ),
    "add lane": lambda tx, by: edits.add_lane(
        tx, ("actions", "emotion", "channels", "effort")[by.a % 4], _text(by), before=_maybe(tx, "lane", by.c)
    ),
    "kind of lane": lambda tx, by: edits.set_lane_kind(
        tx, one_of(tx, "lane", by.a), ("emotion", "importance", "actions", "channels")[by.b % 4]
    ),
    "move lane": lambda tx, by: edits.move_lane(tx, one_of(tx, "lane", by.a), _maybe(tx, "lane", by.b)),
    "lane look": lambda tx, by: edits.set_fields(
        tx,
        [one_of(tx, "lane", by.a)],
        title=_text(by),
        line_below=(None, "visibility")[by.c % 2],
        height=(None, 12.0, 90.0)[by.c % 3],
    ),
    "add persona": lambda tx, by: edits.add_persona(tx, _text(by)),
    "move persona": lambda tx, by: edits.move_persona(tx, one_of(tx, "persona", by.a), _maybe(tx, "persona", by.b)),
    "persona look": lambda tx, by: edits.set_fields(
        tx, [one_of(tx, "persona", by.a)], color=("#0E7490", "#9D174D")[by.b % 2], on_poster=by.c % 2 == 0
    ),
    "card for personas": lambda tx, by: edits.set_references(
        tx, [one_of(tx, "card", by.a)], "personas", [one_of(tx, "persona", by.b)][: by.c % 2]
    ),
    "standing": lambda tx, by: edits.set_fields(
        tx, _some_cards(tx, by), standing=(None, "assumption", "evidenced")[by.b % 3]
    ),
    "legend": lambda tx, by: edits.set_map(tx, legend=by.a % 2 == 0, objective=_text(by)),
    "persona name": lambda tx, by: edits.set_fields(tx, [one_of(tx, "persona", by.a)], name=_text(by)),
    "review": lambda tx, by: edits.set_map(tx, review_date=(None, YESTERDAY, TODAY)[by.a % 3]),
    "map title": lambda tx, by: edits.set_map(tx, title=_text(by), subtitle=TEXTS[by.c % 4]),
    "language": lambda tx, by: edits.set_map(tx, language=("en", "de", "ar")[by.a % 3]),
    "delete": lambda tx, by: edits.delete(tx, [one_of(tx, TYPES[by.b % len(TYPES)], by.a)]),
}


def is_tried(tx: Transaction, name: str, by: Numbers) -> bool:
    """Does an edit; False where it makes no sense in this map."""
    try:
        EDITS[name](tx, by)
    except EditError:
        return False
    return True


# What a layout looks like


class Picture(NamedTuple):
    """All that painters can see of a layout."""

    frame: dict[str, object]
    titles: tuple[Placed, ...]
    headers: tuple[Placed, ...]
    blocks: dict[tuple[str, str], object]
    curves: dict[str, object]
    links: dict[tuple[str, str], tuple[tuple[Placed, ...], ...]]


def picture(layout: MapLayout) -> Picture:
    names = ("rtl", "language", "size", "columns", "bands", "head", "side", "rows", "grounds")
    return Picture(
        {name: getattr(layout, name) for name in names},
        framing(layout),
        (*layout.stage_headers, *layout.step_headers, *layout.lane_headers),
        dict(layout.blocks),
        dict(layout.curves),
        {key: (layout.block_links(key), layout.block_link_labels(key)) for key in layout.blocks},
    )


def framing(layout: MapLayout) -> tuple[Placed, ...]:
    """What stands above and below the grid."""
    return layout.title, *layout.panels, *([layout.legend] if layout.legend is not None else [])


class Painter:
    """Looks again only at what a LayoutChange reports, as a screen does."""

    def __init__(self, layout: MapLayout) -> None:
        self._layout = layout
        self.seen = picture(layout)

    def take(self, diff: Any) -> None:
        self.look_at(self._layout.update(diff))

    def look_at(self, change: LayoutChange) -> None:
        layout, seen = self._layout, self.seen
        assert change.blocks <= set(layout.blocks)
        assert change.curves <= set(layout.curves)
        blocks = self._blocks(change.blocks) if change.geometry or change.blocks else seen.blocks
        self.seen = Picture(
            picture(layout).frame if change.geometry or change.headers else seen.frame,
            framing(layout) if change.title else seen.titles,
            picture(layout).headers if change.headers else seen.headers,
            blocks,
            self._curves(change.curves) if change.geometry or change.curves else seen.curves,
            picture(layout).links if change.links else seen.links,
        )

    def _blocks(self, changed: frozenset[tuple[str, str]]) -> dict[tuple[str, str], object]:
        """New, changed and resized blocks are fetched; the others are only moved."""
        found: dict[tuple[str, str], object] = {}
        for row in self._layout.rows:
            for band in self._layout.bands if not row.is_curve else ():
                key, rect = (row.lane, band.stage), Rect(band.x, row.y, band.w, row.h)
                old: Any = self.seen.blocks.get(key)
                is_kept = old is not None and key not in changed and old.rect[2:] == rect[2:]
                found[key] = old._replace(rect=rect) if is_kept else self._layout.block(key)
        return found

    def _curves(self, changed: frozenset[str]) -> dict[str, object]:
        found: dict[str, object] = {}
        for lane, curve in self._layout.curves.items():
            old: Any = self.seen.curves.get(lane)
            is_kept = old is not None and lane not in changed and old.rect == curve.rect
            found[lane] = old if is_kept else curve
        return found


# What lies where


def cards_of(layout: MapLayout) -> dict[str, Rect]:
    """All cards on the sheet, as their blocks have them."""
    found: dict[str, Rect] = {}
    for block in layout.blocks.values():
        for card in block.cards:
            assert card.id not in found
            found[card.id] = card.rect.moved(block.rect.x, block.rect.y)
    return found


def cards_to_see(document: Document) -> set[str]:
    """The ids of the cards that lie in no folded lane."""
    folded = {lane.id for lane in document.records if isinstance(lane, Lane) and lane.collapsed}
    return {card.id for card in document.records if isinstance(card, Card) and card.lane not in folded}


def texts_in(drawing: Drawing) -> list[Text]:
    return [item for item in drawing.items if isinstance(item, Text)]


def text_rect(text: Text) -> Rect:
    """Where the ink of a text lies."""
    lines = text.block.lines
    left = min(line.x for line in lines)
    right = max(line.x + line.width for line in lines)
    return Rect(text.x + left, text.y, right - left, text.block.height)


def link_paths(layout: MapLayout) -> Iterator[tuple[Link, list[Point], Rect | None]]:
    """Each link with the corners of its path and the rectangle of its label, on the sheet."""
    for key in layout.blocks:
        for placed in layout.block_links(key):
            record = layout._document.store.of(Link, placed.id)
            assert record is not None
            cached = layout._links._drawn[placed.id]
            label = layout.link_label(placed.id)
            yield record, cached.path.corners, label.rect if label is not None else None


def mirrored(rect: Rect, width: float) -> Rect:
    return Rect(width - rect.x - rect.w, rect.y, rect.w, rect.h)


def near(one: Any, other: Any, slack: float = 1e-6) -> bool:
    """True for the same numbers but for rounding, in tuples of any depth."""
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other) <= slack
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(near(a, b, slack) for a, b in zip(one, other, strict=True))
    return bool(one == other)
