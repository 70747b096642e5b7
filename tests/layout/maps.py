"""Maps to lay out, edits to try on them, and what a layout looks like as a whole."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from app.files import load
from app.layout.drawing import Drawing, Placed, Rect, Text
from app.layout.engine import MapLayout
from app.layout.links import Point
from app.model import edits
from app.model.diff import Diff
from app.model.document import Document, EditError, Transaction
from app.model.lanes import lane_kind
from app.model.records import EmotionPoint, Lane, Link, MapRecord, Persona, Record, Stage, Step
from app.model.registry import record_from_json

SAMPLES = sorted((Path(__file__).parents[2] / "resources" / "samples").glob("*.jmap"))
CARD_KINDS = (
    *("action", "touchpoint", "thought", "pain_point", "opportunity", "insight", "metric", "image", "question"),
    *("note", "of_tomorrow"),
)
TEXTS = (
    "",
    "Short",
    "A title of some more words",
    "Opens a comparison site, filters by price, then by speed, and gives up when the tariffs turn out to be forty",
    "Donaudampfschifffahrtsgesellschaftskapitänsmütze",
    "التحقق من العنوان",
    "住所を確認する",
)
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


def random_map(seed: int, *, spans: float = 0.3, language: str = "en", most_steps: int = 6) -> Document:
    """A map with a bit of everything; the share `spans` of its cards spans several steps."""
    chance = random.Random(seed)
    records: list[Record] = [MapRecord(title=chance.choice(TEXTS), language=language)]
    people = [Persona(id=f"pe{number}", name=f"Person {number}") for number in range(chance.randint(0, 3))]
    steps = _steps(chance, most_steps)
    lanes = [_lane(chance, number) for number in range(chance.randint(1, 6))]
    cells = [lane.id for lane in lanes if not lane_kind(lane.kind).is_curve]
    cards = [_card(chance, number, cells, steps, spans) for number in range(chance.randint(0, 30))] if cells else []
    records += [*people, *lanes, *steps, *_stages(steps), *cards, *_links(chance, cards)]
    curves = [lane.id for lane in lanes if lane_kind(lane.kind).is_curve]
    if curves and people:
        records += [_point(chance, number, curves, people, steps) for number in range(chance.randint(0, 15))]
    return Document(records)


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


def _lane(chance: random.Random, number: int) -> Lane:
    kind = chance.choice(("actions", "emotion", "notes", "pain_points"))
    lane = Lane(id=f"ln{number}", kind=kind, title=chance.choice(TEXTS), order=f"a{number}x")
    rule = chance.choice((None, None, "interaction", "visibility", "internal"))
    return lane.changed(line_below=rule, height=chance.choice((None, None, None, 30.0, 120.0)))


def _card(chance: random.Random, number: int, lanes: list[str], steps: list[Step], spans: float) -> Record:
    first, last = sorted(chance.choices(range(len(steps)), k=2))
    values: dict[str, Any] = {"id": f"c{number}", "kind": chance.choice(CARD_KINDS), "lane": chance.choice(lanes)}
    values |= {"step": steps[first].id, "order": f"a{chance.randint(1, 9)}", "title": chance.choice(TEXTS)}
    values |= {"to_step": steps[last].id} if chance.random() < spans else {}
    values |= {"body": chance.choice(TEXTS)} if chance.random() < 0.3 else {}
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
    "add point": lambda tx, by: edits.add_point(
        tx, one_of(tx, "lane", by.a), one_of(tx, "persona", by.b), one_of(tx, "step", by.c), by.share, 4 * by.share - 2
    ),
    "move point": lambda tx, by: edits.move_point(
        tx, one_of(tx, "emotion_point", by.a), one_of(tx, "step", by.b), by.share, by.c % 5 - 2
    ),
    "point label": lambda tx, by: edits.set_fields(tx, [one_of(tx, "emotion_point", by.a)], label=_text(by)),
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
        tx, ("actions", "emotion")[by.a % 2], _text(by), before=_maybe(tx, "lane", by.c)
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
    "persona name": lambda tx, by: edits.set_fields(tx, [one_of(tx, "persona", by.a)], name=_text(by)),
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
        (layout.title,),
        (*layout.stage_headers, *layout.step_headers, *layout.lane_headers),
        dict(layout.blocks),
        dict(layout.curves),
        {key: (layout.block_links(key), layout.block_link_labels(key)) for key in layout.blocks},
    )


class Painter:
    """Looks again only at what a LayoutChange reports, as a screen does."""

    def __init__(self, layout: MapLayout) -> None:
        self._layout = layout
        self.seen = picture(layout)

    def take(self, diff: Any) -> None:
        change, layout, seen = self._layout.update(diff), self._layout, self.seen
        assert change.blocks <= set(layout.blocks)
        assert change.curves <= set(layout.curves)
        blocks = self._blocks(change.blocks) if change.geometry or change.blocks else seen.blocks
        self.seen = Picture(
            picture(layout).frame if change.geometry or change.headers else seen.frame,
            (layout.title,) if change.title else seen.titles,
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
