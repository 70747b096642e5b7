"""Labels of links lie on their own lines and cover nothing: no card, no curve, no other label, no other line."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.layout import link_cache, lookup
from app.layout.curves import FACE_REACH
from app.layout.drawing import Rect
from app.layout.engine import MapLayout
from app.layout.free_ground import is_free
from app.layout.link_labels import CLEARANCE, LABELS_APART
from app.layout.link_lines import LinkLines
from app.layout.link_spots import Size, spots
from app.layout.links import Point
from app.layout.sheet import sheet_of
from app.model import edits
from app.model.document import Document
from app.model.records import Card, EmotionPoint, Lane, Link, MapRecord, Persona, Record, Stage, Step
from tests.layout.maps import (
    SAMPLES,
    Numbers,
    cards_of,
    follow,
    laid_out,
    link_paths,
    sample,
    text_rect,
    texts_in,
)
from tests.layout.test_engine_edits import ACTS, Act, Session
from tests.layout.test_labels import along_curves

pytestmark = pytest.mark.usefixtures("qapp")

WORDS = ("yes", "38 % leave", "a rather long word about what leads to what", "causes delay", "if not paid", "triggers")
SAYINGS = ("", "finally!", "lost at the lifts", "why is nobody answering my calls at all?")
LANES = ("actions", "emotion", "pain_points", "notes")


def busy_map(seed: int, links: int, *, language: str = "en", steps: int = 12) -> Document:
    """Cards in three lanes, two curves with many labels between the first and the second, and links all over."""
    chance = random.Random(seed)
    records: list[Record] = [MapRecord(language=language), Persona(id="p0", name="Mia"), Persona(id="p1", name="Ken")]
    records += [Stage(id=f"g{number}", order=f"a{number:02}x") for number in range(-(-steps // 4))]
    records += [Step(id=f"s{number}", stage=f"g{number // 4}", order=f"a{number:02}x") for number in range(steps)]
    records += [Lane(id=kind, kind=kind, order=f"a{number}x") for number, kind in enumerate(LANES)]
    cards = [
        Card(id=f"{lane}{step}{place}", kind="note", lane=lane, step=f"s{step}", order=f"a{place}", title="A note")
        for lane in LANES
        if lane != "emotion"
        for step in range(steps)
        for place in range(chance.randint(0, 2))
    ]
    for number in range(links):
        source, target = chance.sample(cards, 2)
        label = chance.choice(WORDS) if number % 3 else ""
        records.append(Link(id=f"k{number}", source=source.id, target=target.id, label=label))
    for number in range(4 * steps):
        step, who, late = number // 4, number // 2 % 2, number % 2
        records.append(
            EmotionPoint(
                id=f"e{number}",
                lane="emotion",
                persona=f"p{who}",
                step=f"s{step}",
                at=0.25 + 0.5 * late,
                value=round(chance.uniform(-2, 2), 1),
                label=chance.choice(SAYINGS),
            )
        )
    return Document([*records, *cards])


def labels_of(layout: MapLayout) -> dict[str, tuple[list[Point], Rect]]:
    """The path and the label of each link that has one."""
    return {link.id: (path, label) for link, path, label in link_paths(layout) if label is not None}


def check_ground(layout: MapLayout) -> None:
    """No label covers a card or anything of a curve, or leaves the grid."""
    labels = {id: label for id, (_, label) in labels_of(layout).items()}
    taken = list(cards_of(layout).values())
    for lane in layout.curves.values():
        x, y = lane.rect.x, lane.rect.y
        taken += [text_rect(text).moved(x, y) for text in texts_in(lane.drawing)]
        taken += [Rect(mark.x, mark.y, 0.0, 0.0).grown(FACE_REACH - 0.01) for mark in lane.points]
        taken += [spot.moved(x, y) for spot in along_curves(lane.drawing)]
    for label in labels.values():
        assert not [rect for rect in taken if rect.overlaps(label)]
        assert label.y > layout.head.bottom


def check_own_line(layout: MapLayout) -> None:
    """Every label lies on its own line, well inside its edges."""
    for path, label in labels_of(layout).values():
        assert any(
            min(x1, x2) <= label.right
            and label.x <= max(x1, x2)
            and min(y1, y2) < label.bottom - 0.3
            and label.y + 0.3 < max(y1, y2)
            for (x1, y1), (x2, y2) in pairwise(path)
        )


def covered(layout: MapLayout) -> list[tuple[str, str]]:
    """The labels that overlap each other."""
    labels = {id: label for id, (_, label) in labels_of(layout).items()}
    return [(one, other) for one, other in combinations(sorted(labels), 2) if labels[one].overlaps(labels[other])]


def struck(layout: MapLayout) -> list[str]:
    """The labels over lines of other links."""
    lines = LinkLines()
    for link, path, _ in link_paths(layout):
        lines.put(link.id, path)
    return [id for id, (_, label) in labels_of(layout).items() if lines.length_in(label, id) > 0]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_labels_of_samples_cover_nothing(path: object) -> None:
    layout = laid_out(sample(path))  # type: ignore[arg-type]
    check_ground(layout)
    check_own_line(layout)
    assert covered(layout) == []
    assert struck(layout) == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_no_link_runs_through_a_label_of_a_curve(path: object) -> None:
    """Labels of curves keep to their columns where they can, and links run between the columns."""
    layout = laid_out(sample(path))  # type: ignore[arg-type]
    lines = LinkLines()
    for link, corners, _ in link_paths(layout):
        lines.put(link.id, corners)
    for lane in layout.curves.values():
        for text in texts_in(lane.drawing):
            assert lines.length_in(text_rect(text).moved(lane.rect.x, lane.rect.y), "") == 0


@settings(max_examples=60)
@given(st.integers(0, 100_000), st.integers(1, 45), st.sampled_from(["en", "ar"]))
def test_labels_of_busy_maps_cover_each_other_only_where_there_is_no_room(seed: int, links: int, language: str) -> None:
    layout = laid_out(busy_map(seed, links, language=language))
    check_ground(layout)
    check_own_line(layout)
    labels = labels_of(layout)
    for pair in covered(layout):
        assert not all(has_room(layout, labels, id) for id in pair)


def has_room(layout: MapLayout, labels: dict[str, tuple[list[Point], Rect]], id: str) -> bool:
    """True where a label would find a place on its path that covers neither card nor curve nor label."""
    path, label = labels[id]
    others = [rect for other, (_, rect) in labels.items() if other != id]
    return any(
        is_free(layout._rows, spot.grown(CLEARANCE)) and not any(spot.grown(LABELS_APART).overlaps(r) for r in others)
        for spot in spots(path, Size(label.w, label.h), layout.gutters)
    )


def test_nearly_all_labels_of_a_busy_map_find_room() -> None:
    layouts = [laid_out(busy_map(seed, 30)) for seed in range(15)]
    assert sum(len(covered(layout)) for layout in layouts) <= 0.01 * sum(len(labels_of(layout)) for layout in layouts)


def test_a_label_keeps_off_a_line_that_crosses_its_own() -> None:
    document = busy_map(5, 0)
    with document.edit("clear") as tx:
        edits.delete(tx, [*document.store.ids_of_type("card")])
        at = {
            (lane, step): edits.add_card(tx, "note", lane, f"s{step}")
            for lane, step in (("pain_points", 0), ("notes", 5), ("pain_points", 2), ("notes", 2))
        }
        edits.add_link(tx, at["pain_points", 0], at["notes", 5], "yes")
    layout = MapLayout(document)
    [(_, alone)] = labels_of(layout).values()
    follow(document, layout)
    with document.edit("cross") as tx:
        edits.add_link(tx, at["pain_points", 2], at["notes", 2])
    [crossing] = [path for link, path, _ in link_paths(layout) if not link.label]
    assert any(x1 == x2 and alone.x < x1 < alone.right for (x1, _), (x2, _) in pairwise(crossing))
    assert struck(layout) == []
    assert labels_of(layout) == labels_of(MapLayout(document))


@settings(max_examples=40)
@given(st.integers(0, 1000), st.sampled_from(["en", "ar"]), st.lists(ACTS, min_size=1, max_size=8))
def test_labels_of_busy_maps_follow_every_edit(seed: int, language: str, acts: list[Act]) -> None:
    session = Session(busy_map(seed, 25, language=language, steps=6))
    for act in acts:
        session.act(act)
    session.end()


def test_in_a_map_of_many_links_labels_follow_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_cache, "MOST_LINES", 24)
    session = Session(busy_map(1, 25, steps=6))
    numbers = Numbers(3, 4, 5, 0.3)
    for name in ("delete", "add link", "move cards", "link label", "add link", "move point", "link label", "add link"):
        session.act(Act(name, numbers._replace(b=1) if name == "delete" else numbers))
        check_ground(session.layout)


def test_links_leave_the_headers_alone() -> None:
    """A label in the top lane lies below the headers, which stay in sight and would hide it."""
    layout = laid_out(busy_map(3, 40))
    tops = [label for _, label in labels_of(layout).values() if label.y < layout.rows[0].y]
    assert tops
    assert all(label.y >= layout.head.bottom for label in tops)
    headers = [*layout.stage_headers, *layout.step_headers]
    assert not [header for header in headers for label in tops if header.rect.overlaps(label)]


def test_labels_lie_above_all_lines_on_the_sheet() -> None:
    document = busy_map(3, 40)
    layout = laid_out(document)
    placed = sheet_of(layout, document.map).placed
    first_label = next(number for number, one in enumerate(placed) if one.id == "k1" and texts_in(one.drawing))
    assert all(texts_in(one.drawing) for one in placed[first_label:])


def test_a_label_makes_way_for_a_point_of_a_curve() -> None:
    document = busy_map(1, 40)
    layout = MapLayout(document)
    row = layout.row_of["emotion"]
    id, label = next((id, at) for id, (_, at) in labels_of(layout).items() if row.y + 6 < at.y < row.y + row.h - 12)
    follow(document, layout)
    place = lookup.curve_place(layout, label.x + label.w / 2, label.y + label.h / 2)
    assert place is not None
    with document.edit("point") as tx:
        edits.add_point(tx, place.lane, "p0", place.step, place.at, place.value)
    assert labels_of(layout)[id][1] != label
    check_ground(layout)
    assert labels_of(layout) == labels_of(MapLayout(document))
