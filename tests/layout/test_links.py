"""Links run in the gutters: through no card, from edge to edge, with labels that cover no card."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.layout import lookup, theme
from app.layout.arrows import ARROW, WIDTH
from app.layout.drawing import Box, Rect, Shape, Text
from app.layout.engine import MapLayout
from app.layout.grid import Hit
from app.layout.gutters import Gutters
from app.layout.links import Point, Track, route, track_of
from app.model import edits
from app.model.document import Document
from app.model.records import Card, Lane, Link, MapRecord, Stage, Step
from tests.layout.maps import SAMPLES, cards_of, follow, laid_out, link_paths, near, random_map, sample

pytestmark = pytest.mark.usefixtures("qapp")

QUICK = settings(max_examples=150)
MIDDLE = Track(0.0, 0.0)


def boxes(points: list[Point], by: float = WIDTH / 2) -> list[Rect]:
    """The stretches of a path as rectangles, as wide as the line."""
    return [
        Rect(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1)).grown(by - 0.001)
        for (x1, y1), (x2, y2) in pairwise(points)
    ]


def on_edge(rect: Rect, point: Point) -> bool:
    x, y = point
    beside = near(x, rect.x) or near(x, rect.right)
    above = near(y, rect.y) or near(y, rect.bottom)
    return (beside and rect.y < y < rect.bottom) or (above and rect.x < x < rect.right)


def check_links(layout: MapLayout) -> int:
    """Looks at all links; answers how many there are."""
    cards = cards_of(layout)
    count = 0
    for link, points, label in link_paths(layout):
        count += 1
        source, target = cards[link.source], cards[link.target]
        assert all(x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in pairwise(points))
        assert on_edge(source, points[0])
        assert on_edge(target, points[-1])
        for number, stretch in enumerate(boxes(points)):
            own = {link.source} if number == 0 else set()
            own |= {link.target} if number == len(points) - 2 else set()
            crossed = [id for id, rect in cards.items() if id not in own and stretch.overlaps(rect)]
            assert not crossed, (link, points)
        # Touching its own ends' edges is all that it may do.
        assert not any(source.grown(-0.2).overlaps(stretch) for stretch in boxes(points, 0.01))
        assert not any(target.grown(-0.2).overlaps(stretch) for stretch in boxes(points, 0.01))
        assert all(y > layout.head.bottom + WIDTH for _, y in points)
        assert (label is not None) is bool(link.label)
        if label is not None:
            assert not [id for id, rect in cards.items() if label.overlaps(rect)]
            assert label.y > layout.head.bottom
            assert label.x >= layout.head.x - 0.01
            assert label.right <= layout.head.right + 0.01
    return count


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_links_of_samples_run_through_no_card(path: object) -> None:
    document = sample(path)  # type: ignore[arg-type]
    assert check_links(laid_out(document)) == len(document.store.ids_of_type("link"))


@QUICK
@given(st.integers(0, 100_000), st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from(["en", "ar"]))
def test_links_of_random_maps_run_through_no_card(seed: int, spans: float, language: str) -> None:
    document = random_map(seed, spans=spans, language=language, most_steps=9)
    labels = [link.label for link in document.records if isinstance(link, Link)]
    widest = max((len(label) for label in labels), default=0) * 1.6
    layout = laid_out(document)
    assume(layout.head.w > widest)
    assert check_links(layout) == len(labels)


@pytest.mark.slow
@settings(max_examples=40)
@given(st.integers(0, 100_000))
def test_links_find_a_way_between_many_spanning_cards(seed: int) -> None:
    check_links(laid_out(walls(seed)))


def walls(seed: int) -> Document:
    """Two lanes in which nearly everything spans, and every card is linked with the next."""
    import random

    chance = random.Random(seed)
    steps = [Step(id=f"sp{number}", stage="st", order=f"a{number}x") for number in range(8)]
    lanes = [Lane(id=f"ln{number}", kind="actions", order=f"a{number}") for number in range(2)]
    cards = []
    for number in range(24):
        first, last = sorted(chance.choices(range(8), k=2))
        card = Card(id=f"c{number:02}", kind="note", lane=chance.choice(lanes).id, step=f"sp{first}", title="x " * 9)
        cards.append(card.changed(to_step=f"sp{last}" if last > first else None, order=f"a{chance.randint(1, 9)}"))
    links = [
        Link(id=f"lk{number}", source=one.id, target=other.id, label="so" if number % 3 == 0 else "")
        for number, (one, other) in enumerate(pairwise(cards))
    ]
    return Document([MapRecord(), Stage(id="st"), *steps, *lanes, *cards, *links])


# Routing by itself


def gutters(*bars: Rect) -> Gutters:
    """Five columns of 40 mm, four rows of 30 mm."""
    return Gutters([float(x) for x in range(0, 201, 40)], [float(y) for y in range(0, 121, 30)], bars)


def card_at(column: int, row: int, y: float = 2.0) -> Rect:
    return Rect(column * 40 + 2, row * 30 + y, 36, 10)


def test_a_card_right_below_is_reached_straight_down_and_up() -> None:
    upper, lower = card_at(1, 1), card_at(1, 1, 14)
    assert route(upper, lower, gutters(), MIDDLE) == [(60, 42), (60, 44)]
    assert route(lower, upper, gutters(), MIDDLE) == [(60, 44), (60, 42)]


def test_neighbours_in_a_row_are_joined_by_a_straight_line() -> None:
    assert route(card_at(1, 1), card_at(2, 1), gutters(), MIDDLE) == [(78, 37), (82, 37)]
    assert route(card_at(2, 1), card_at(1, 1), gutters(), MIDDLE) == [(82, 37), (78, 37)]


def test_a_path_keeps_to_one_gutter_where_it_can() -> None:
    assert route(card_at(1, 0), card_at(2, 3), gutters(), MIDDLE) == [(78, 7), (80, 7), (80, 97), (82, 97)]


def test_a_path_to_a_far_column_crosses_at_the_row_edge_in_the_middle() -> None:
    path = route(card_at(0, 0), card_at(3, 3), gutters(), MIDDLE)
    assert path == [(38, 7), (40, 7), (40, 60), (120, 60), (120, 97), (122, 97)]


def test_tracks_keep_neighbours_apart_and_outer_gutters_keep_them_on_the_grid() -> None:
    path = route(card_at(0, 0), card_at(3, 3), gutters(), Track(0.5, -0.5))
    assert path == [(38, 7), (40.5, 7), (40.5, 59.5), (120.5, 59.5), (120.5, 97), (122, 97)]
    assert gutters().track_x(0, -0.5) == 0.65
    assert gutters().track_x(5, 0.5) == 199.35


@pytest.mark.parametrize("neighbour", [card_at(1, 0), card_at(0, 1), card_at(0, 0, 14), card_at(2, 0)])
def test_links_from_neighbours_can_be_told_apart_where_they_run_side_by_side(neighbour: Rect) -> None:
    """A line is 0.3 mm wide."""
    there = gutters()
    one, other = (
        route(card, target, there, track_of(card, there))
        for card, target in ((card_at(0, 0), card_at(3, 3)), (neighbour, card_at(4, 3)))
    )
    across = [[y for (_, y), (_, y2) in pairwise(path) if y == y2][1] for path in (one, other)]
    assert abs(across[0] - across[1]) >= 0.5


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_no_two_lines_of_a_sample_lie_on_each_other(path: object) -> None:
    """But for those that leave the same card or come to the same one."""
    runs = [
        (link, x1 == x2, x1 if x1 == x2 else y1, sorted((y1, y2) if x1 == x2 else (x1, x2)))
        for link, corners, _ in link_paths(laid_out(sample(path)))  # type: ignore[arg-type]
        for (x1, y1), (x2, y2) in pairwise(corners)
    ]
    for (link, upright, at, along), (other, also, beside, its) in combinations(runs, 2):
        if upright == also and link.source != other.source and link.target != other.target:
            assert abs(at - beside) > 0.45 or min(along[1], its[1]) - max(along[0], its[0]) < 3.0


def test_a_labelled_path_goes_along_a_row_edge() -> None:
    path = route(card_at(1, 1), card_at(1, 1, 14), gutters(), MIDDLE, run=10)
    assert any(y1 == y2 and y1 % 30 == 0 and x1 != x2 for (x1, y1), (x2, y2) in pairwise(path))


def test_a_path_goes_round_a_wall() -> None:
    wall = Rect(2, 62, 156, 10)  # spans the first four columns
    path = route(card_at(1, 0), card_at(1, 3), gutters(wall), MIDDLE)
    assert not any(stretch.overlaps(wall) for stretch in boxes(path))
    assert path == [(42, 7), (40, 7), (40, 30), (0.9, 30), (0.9, 90), (40, 90), (40, 97), (42, 97)]


def test_a_card_shut_in_by_others_is_left_through_the_strips_between_them() -> None:
    shut_in = Rect(42, 44, 76, 10)
    above, left, right = Rect(2, 32, 156, 10), Rect(2, 56, 76, 2), Rect(82, 56, 76, 2)
    walls = gutters(above, shut_in, left, right)
    for target in (card_at(1, 0), card_at(4, 3), card_at(4, 1)):
        path = route(shut_in, target, walls, MIDDLE)
        assert not any(stretch.overlaps(wall) for stretch in boxes(path) for wall in (above, left, right))
        back = route(target, shut_in, walls, MIDDLE)
        assert not any(stretch.overlaps(wall) for stretch in boxes(back) for wall in (above, left, right))


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4), st.integers(0, 3)), max_size=4, unique_by=lambda x: x[2]),
    st.integers(0, 5),
    st.floats(0, 120),
    st.floats(0, 120),
)
def test_gutters_know_what_bars_the_way(spans: list[tuple[int, int, int]], number: int, y1: float, y2: float) -> None:
    bars = [Rect(first * 40 + 2, row * 30 + 2, min(more, 4 - first) * 40 + 36, 10) for first, more, row in spans]
    there = gutters(*bars)
    x, low, high = number * 40, min(y1, y2), max(y1, y2)
    barred = [bar for bar in bars if bar.x < x < bar.right and bar.y < high and low < bar.bottom]
    assert there.is_clear(number, y1, y2) is not bool(barred)
    inside = [bar for bar in barred if low <= bar.y and bar.bottom <= high]
    up, down = there.next_up(number, high, low), there.next_down(number, low, high)
    if inside == barred:
        assert (up.rect if up else None) == max(barred, default=None, key=lambda bar: bar.y)
        assert (down.rect if down else None) == min(barred, default=None, key=lambda bar: bar.y)
    assert {0, 5} <= set(there.clear_numbers(low, high))


@given(st.floats(-10, 130), st.floats(0.001, 1))
def test_row_edges_are_found_by_height(y: float, slack: float) -> None:
    there = gutters()
    nearest = min(there.ys, key=lambda edge: abs(edge - y))
    assert abs(there.nearest_row_edge(y) - y) == abs(nearest - y)
    assert abs(next(there.row_edges_near(y)) - y) == abs(nearest - y)
    assert there.is_row_edge(y, slack) is any(y - slack <= edge <= y + slack for edge in there.ys)


# What is drawn


def linked(label: str = "", *, far: bool = True) -> tuple[Document, MapLayout]:
    steps = [Step(id=f"sp{number}", stage="st", order=f"a{number}x") for number in range(4)]
    cards = [
        Card(id=id, kind="note", lane="ln", step=step) for id, step in (("a", "sp0"), ("b", "sp3" if far else "sp0"))
    ]
    document = Document([
        MapRecord(), Stage(id="st"), *steps, Lane(id="ln"), *cards, Link(id="lk", source="a", target="b", label=label)
    ])  # fmt: skip
    return document, MapLayout(document)


def test_the_arrow_ends_on_the_edge_of_the_target() -> None:
    _, layout = linked()
    link, target = layout.link("lk"), layout.card("b")
    assert link is not None
    assert target is not None
    line, head = link.drawing.items
    assert isinstance(line, Shape)
    assert isinstance(head, Shape)
    _, tip_x, tip_y = head.segments[0]  # type: ignore[misc]
    assert near(tip_x + link.x, target.x)
    assert near(tip_y + link.y, target.y + target.drawing.h / 2)
    back = head.segments[1]
    assert near(back[1], tip_x - ARROW)  # type: ignore[misc]
    assert line.segments[-1][1] < tip_x - ARROW * 0.5  # type: ignore[misc]


def test_a_label_is_written_in_one_line_over_the_path() -> None:
    _, layout = linked("so many words\nof it")
    [label] = layout.block_link_labels(("ln", "st"))
    box, text = label.drawing.items
    assert isinstance(text, Text)
    assert isinstance(box, Box)
    assert text.block.text == "so many words of it"
    assert len(text.block.lines) == 1
    assert box.fill == theme.CELL
    assert (box.x, box.y, box.h) == (text.x - 0.6, text.y, text.block.height)
    assert lookup.hit(layout, label.x + 1.0, label.y + 0.2) == Hit("link", "lk", layout.link("lk").rect)  # type: ignore[union-attr]


def test_a_label_wider_than_the_map_breaks() -> None:
    _, layout = linked("word " * 90)
    [label] = layout.block_link_labels(("ln", "st"))
    text = label.drawing.items[-1]
    assert isinstance(text, Text)
    assert len(text.block.lines) > 1
    assert label.x + text.x >= layout.head.x
    assert label.x + text.x + text.block.width <= layout.head.right


def test_links_follow_what_they_hang_on() -> None:
    document, layout = linked("so")
    follow(document, layout)
    first = layout.block_links(("ln", "st"))
    assert layout.block_links(("ln", "st")) is first
    with document.edit("another card") as tx:
        edits.add_card(tx, "note", "ln", "sp2")
    [kept] = layout.block_links(("ln", "st"))
    assert kept is first[0]
    with document.edit("label") as tx:
        edits.set_fields(tx, ["lk"], label="no")
    [changed] = layout.block_link_labels(("ln", "st"))
    assert changed.drawing.items[-1].block.text == "no"  # type: ignore[union-attr]
    with document.edit("delete") as tx:
        edits.delete(tx, ["b"])
    assert layout.block_links(("ln", "st")) == ()
    assert layout.link("lk") is None
