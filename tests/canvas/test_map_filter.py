"""One can look at what concerns some personas; the other cards step back, and the map stays what it is."""

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.canvas.arrange import Arranger
from app.canvas.map_filter import MapFilter
from app.canvas.scene import MapScene
from app.canvas.selection import Cell
from app.canvas.view import MapView
from app.layout.engine import MapLayout
from app.layout.sheet import sheet_of
from app.model.document import EditError
from app.model.edits import add_card, add_lane, add_stage, delete, move_cards, set_fields, set_references
from app.model.records import Card
from tests.window.small_map import SmallMap


@pytest.fixture
def small() -> SmallMap:
    made = SmallMap()
    with made.document.edit("Mark") as tx:
        set_references(tx, [made.card], "personas", [made.mia])
        set_references(tx, [made.other_card], "personas", [made.mia, made.ken])
    return made


@pytest.fixture
def filter_(small: SmallMap) -> MapFilter:
    made = MapFilter()
    made.set_document(small.document)
    return made


def test_cards_of_others_step_back_and_those_of_nobody_in_particular_stay(small: SmallMap, filter_: MapFilter) -> None:
    assert filter_.dimmed == frozenset()
    filter_.choose([small.ken])
    assert filter_.dimmed == {small.card}
    filter_.toggle(small.mia)
    assert filter_.chosen == {small.mia, small.ken}
    assert filter_.dimmed == frozenset()
    filter_.choose([])
    assert filter_.chosen == frozenset()


def test_a_card_that_is_marked_otherwise_comes_or_goes(small: SmallMap, filter_: MapFilter, qtbot: QtBot) -> None:
    filter_.choose([small.ken])
    with qtbot.waitSignal(filter_.changed), small.document.edit("Mark") as tx:
        set_references(tx, [small.card], "personas", [])
        set_references(tx, [small.action], "personas", [small.mia])
    assert filter_.dimmed == {small.action}
    small.document.undo()
    assert filter_.dimmed == {small.card}


def test_a_change_of_something_else_is_no_news(small: SmallMap, filter_: MapFilter, qtbot: QtBot) -> None:
    filter_.choose([small.ken])
    with qtbot.assertNotEmitted(filter_.changed), small.document.edit("Add") as tx:
        add_card(tx, "note", small.lane, small.step, title="New")


def test_a_persona_that_is_deleted_is_looked_at_no_more(small: SmallMap, filter_: MapFilter) -> None:
    filter_.choose([small.ken])
    with small.document.edit("Delete") as tx:
        delete(tx, [small.ken])
    assert filter_.chosen == frozenset()
    assert filter_.dimmed == frozenset()


def test_what_is_no_persona_is_not_chosen(small: SmallMap, filter_: MapFilter) -> None:
    filter_.choose([small.card, "nobody"])
    assert filter_.chosen == frozenset()


# On the canvas


@pytest.fixture
def view(small: SmallMap, qtbot: QtBot) -> MapView:
    made = MapView()
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show_map(small.document, MapLayout(small.document))
    made.show()
    qtbot.waitExposed(made)
    return made


def ink(view: MapView, card: str) -> int:
    """How dark the darkest spot of a card is, 255: black."""
    scene = view.map_scene()
    assert scene is not None
    outline = scene.outline(card)
    assert outline is not None
    rect = outline.rect
    top_left = view.mapFromScene(rect.x, rect.y)
    bottom_right = view.mapFromScene(rect.right, rect.bottom)
    image: QImage = view.viewport().grab().toImage()
    spots = (
        QColor(image.pixel(x, y)).lightness()
        for x in range(top_left.x() + 2, bottom_right.x() - 2)
        for y in range(top_left.y() + 2, bottom_right.y() - 2)
    )
    return 255 - min(spots)


@pytest.mark.parametrize("zoom", [1.0, 0.3])
def test_dimmed_cards_are_paler_at_every_zoom(small: SmallMap, view: MapView, zoom: float) -> None:
    view.zoom_to(zoom)
    before, other = ink(view, small.card), ink(view, small.other_card)
    view.map_filter.choose([small.ken])
    assert ink(view, small.card) < before / 2
    assert ink(view, small.other_card) == other
    view.map_filter.choose([])
    assert ink(view, small.card) == before


def test_a_dimmed_card_stays_so_where_it_is_moved_to(small: SmallMap, view: MapView) -> None:
    before = ink(view, small.card)
    view.map_filter.choose([small.ken])
    with small.document.edit("Move") as tx:
        move_cards(tx, [small.card], small.empty_lane, small.next_step, 0)
    assert ink(view, small.card) < before / 2


def test_a_new_stage_with_a_card_of_others_comes_while_the_filter_is_on(small: SmallMap, view: MapView) -> None:
    from app.model.queries import steps_of

    view.map_filter.choose([small.ken])
    with small.document.edit("Add") as tx:
        stage = add_stage(tx, "After")
        card = add_card(tx, "note", small.lane, steps_of(tx.store, stage)[0].id, title="New")
        set_references(tx, [card], "personas", [small.mia])
    assert card in view.map_filter.dimmed
    small.document.undo()
    assert view.map_filter.dimmed == {small.card}


def test_the_thumbnail_shows_the_whole_map(small: SmallMap, view: MapView) -> None:
    before = view.thumbnail()
    view.map_filter.choose([small.ken])
    assert view.thumbnail() == before


def test_another_map_is_shown_whole(small: SmallMap, view: MapView) -> None:
    view.map_filter.choose([small.ken])
    other = SmallMap()
    view.show_map(other.document, MapLayout(other.document))
    assert view.map_filter.chosen == frozenset()


# Lanes of a kind


def scene_of(view: MapView) -> MapScene:
    scene = view.map_scene()
    assert scene is not None
    return scene


def shown_lanes(view: MapView) -> list[str]:
    return [row.lane for row in scene_of(view).layout.rows]


def test_lanes_of_a_kind_are_hidden_and_the_others_close_up(small: SmallMap, view: MapView) -> None:
    whole = MapLayout(small.document)
    view.map_filter.toggle_lanes("touchpoints")
    view.map_filter.toggle_lanes("emotion")
    layout = scene_of(view).layout
    assert shown_lanes(view) == [small.actions, small.empty_lane]
    assert layout.rows[0].y == whole.rows[0].y
    assert layout.rows[1].y == layout.rows[0].y + layout.rows[0].h
    assert (layout.card(small.card), layout.link(small.link)) == (None, None)
    assert scene_of(view).curve_lanes == {}
    assert layout.size[1] < whole.size[1]
    view.map_filter.show_all_lanes()
    assert scene_of(view).layout.rows == whole.rows
    link, as_ever = scene_of(view).layout.link(small.link), whole.link(small.link)
    assert link is not None
    assert as_ever is not None
    assert link.drawing == as_ever.drawing


def test_what_is_selected_in_a_hidden_lane_is_let_go_of(small: SmallMap, view: MapView) -> None:
    view.selection.select([small.card, small.action, small.mia])
    view.map_filter.toggle_lanes("touchpoints")
    assert view.selection.ids == {small.action, small.mia}
    view.selection.select_cell(Cell(small.actions, small.step))
    view.map_filter.toggle_lanes("actions")
    assert view.selection.cell is None


@pytest.mark.parametrize("what", ["card", "point", "lane", "link"])
def test_going_to_something_in_a_hidden_lane_shows_it(small: SmallMap, view: MapView, what: str) -> None:
    id = {"card": small.card, "point": small.point, "lane": small.lane, "link": small.link}[what]
    for kind in ("touchpoints", "emotion", "actions"):
        view.map_filter.toggle_lanes(kind)
    view.selection.select([id])
    assert view.selection.ids == {id}
    assert scene_of(view).outline(id) is not None
    assert small.actions not in shown_lanes(view)


def test_what_is_put_into_a_hidden_lane_shows_it(small: SmallMap, view: MapView) -> None:
    view.map_filter.toggle_lanes("touchpoints")
    with small.document.edit("Change") as tx:
        set_fields(tx, [small.other_card], title="Changed")
    assert small.lane not in shown_lanes(view)
    with small.document.edit("Add") as tx:
        add_card(tx, "touchpoint", small.lane, small.step, title="New")
    assert small.lane in shown_lanes(view)
    view.map_filter.toggle_lanes("notes")
    with small.document.edit("Add") as tx:
        made = add_lane(tx, "notes")
    assert made in shown_lanes(view)


def test_moving_by_keys_goes_over_hidden_lanes(small: SmallMap, view: MapView) -> None:
    view.map_filter.toggle_lanes("actions")
    one, other = small.card, small.other_card
    arranger = Arranger(small.document, scene_of(view).layout)
    arranger.move([one], 0, 1)
    assert lane_of(small, one) == small.empty_lane
    arranger.move([one], 0, -1)
    arranger.move([one, other], 0, 1)
    assert {lane_of(small, one), lane_of(small, other)} == {small.empty_lane}
    with pytest.raises(EditError):
        arranger.move([one, other], 0, 1)
    assert small.actions not in shown_lanes(view)
    arranger.reorder([small.curve], 0, -1)
    assert shown_lanes(view)[:2] == [small.curve, small.lane]
    assert small.actions not in shown_lanes(view)


def test_cards_in_a_hidden_lane_move_on_from_there(small: SmallMap, view: MapView) -> None:
    view.map_filter.toggle_lanes("actions")
    arranger = Arranger(small.document, scene_of(view).layout)
    arranger.move([small.card, small.action], 1, 0)
    arranger.move([small.card, small.action], 0, 1)
    assert (lane_of(small, small.card), lane_of(small, small.action)) == (small.actions, small.empty_lane)


def lane_of(small: SmallMap, card: str) -> str:
    record = small[card]
    assert isinstance(record, Card)
    return record.lane


def test_the_poster_and_the_thumbnail_have_all_lanes(small: SmallMap, view: MapView) -> None:
    before, whole = view.thumbnail(), MapLayout(small.document)
    assert scene_of(view).layout.whole() is scene_of(view).layout
    view.map_filter.toggle_lanes("touchpoints")
    assert scene_of(view).layout.whole().rows == whole.rows
    assert view.thumbnail() == before
    assert small.lane not in shown_lanes(view)


def test_edits_undo_and_stages_while_lanes_are_hidden_lead_to_the_same_map(small: SmallMap, view: MapView) -> None:
    view.map_filter.toggle_lanes("touchpoints")
    view.map_filter.toggle_lanes("emotion")
    with small.document.edit("Add") as tx:
        stage = add_stage(tx, "After")
        set_fields(tx, [small.card], title="Another title, much longer than the one before, in several lines")
    with small.document.edit("Delete") as tx:
        delete(tx, [small.step])
    small.document.undo()
    with small.document.edit("Feel") as tx:
        set_fields(tx, [small.mia], name="Mia Maria")
        delete(tx, [stage])
    view.map_filter.show_all()
    fresh, layout = MapLayout(small.document), scene_of(view).layout
    assert layout.rows == fresh.rows
    assert sheet_of(layout, small.document.map) == sheet_of(fresh, small.document.map)


def test_the_heat_map_goes_along_and_counts_all(view: MapView) -> None:
    view.show_heat(True)
    assert view.heat is not None
    total = view.heat.total
    view.map_filter.toggle_lanes("touchpoints")
    assert view.heat.total == total
