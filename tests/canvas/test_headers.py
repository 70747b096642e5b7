"""Headers of stages, steps and lanes: dragged to another place, and resized by their edges."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest

from app.canvas.gestures import resize
from app.canvas.map_filter import MapFilter
from app.canvas.overlay import ACCENT
from app.canvas.scene import MapScene
from app.canvas.selection import Selection
from app.layout.drawing import Rect
from app.layout.engine import MapLayout
from app.model.edits import move_step
from app.model.queries import lanes, stages, steps_of
from app.model.records import Lane, Step
from app.window.panels.fields.parsed import NumberEditor
from tests.window.hands import Hands

ALT = Qt.KeyboardModifier.AltModifier


def step_of(hands: Hands, id: str) -> Step:
    found = hands.document.store.of(Step, id)
    assert found is not None
    return found


def order_of(hands: Hands, stage: str) -> list[str]:
    return [step.id for step in steps_of(hands.document.store, stage)]


def edge(hands: Hands, step: str) -> tuple[float, float]:
    """The trailing edge of a step's header."""
    rect = hands.rect(step)
    return rect.x if hands.layout.rtl else rect.right, rect.y + rect.h / 2


def test_a_step_is_dragged_within_its_stage(hands: Hands) -> None:
    before = hands.bytes()
    stage = stages(hands.document.store)[1].id
    order = order_of(hands, stage)
    last = hands.rect(order[-1])
    hands.hold(hands.middle(order[0]), (last.right - 4.0, last.y + 2.0))
    assert hands.scene.lifted.isVisible()
    assert hands.scene.lifted_target._mark is not None
    assert hands.bytes() == before
    hands.view.viewport().grab()
    hands.release(last.right - 4.0, last.y + 2.0)
    assert order_of(hands, stage) == [*order[1:], order[0]]
    assert hands.document.history.undo_label == "Move step"
    hands.window.editing.undo()
    assert hands.bytes() == before


def test_a_step_is_dragged_to_another_stage(hands: Hands) -> None:
    one, other = (stage.id for stage in stages(hands.document.store)[:2])
    moved = order_of(hands, one)[0]
    target = order_of(hands, other)[0]
    rect = hands.rect(target)
    hands.drag(hands.middle(moved), (rect.right - 3.0, rect.y + 2.0))
    assert order_of(hands, other)[:2] == [target, moved]
    assert step_of(hands, moved).stage == other


def test_the_only_step_of_a_stage_stays_and_a_sentence_says_why(hands: Hands) -> None:
    one, other = (stage.id for stage in stages(hands.document.store)[:2])
    for step in order_of(hands, one)[1:]:
        hands.drag(hands.middle(step), hands.middle(order_of(hands, other)[0]))
    [last] = order_of(hands, one)
    before = hands.bytes()
    hands.drag(hands.middle(last), hands.middle(order_of(hands, other)[0]))
    assert hands.bytes() == before
    assert "at least one step" in hands.window.statusBar().currentMessage()
    assert not hands.document.is_editing


def test_a_lane_is_dragged_between_two_others(hands: Hands) -> None:
    order = [lane.id for lane in lanes(hands.document.store)]
    row = hands.layout.row_of[order[2]]
    x, y = hands.middle(order[0])
    hands.drag((x, y), (x, row.y + row.h - 3.0))
    assert [lane.id for lane in lanes(hands.document.store)] == [order[1], order[2], order[0], *order[3:]]
    assert hands.document.history.undo_label == "Move lane"


def test_a_header_let_go_at_its_own_place_is_no_step_of_the_history(hands: Hands) -> None:
    lane = lanes(hands.document.store)[1].id
    step = hands.layout.columns[1].step
    for id, by in ((lane, (0.0, 4.0)), (step, (4.0, 0.0))):
        x, y = hands.middle(id)
        hands.drag((x, y), (x + by[0], y + by[1]))
    assert hands.document.history.undo_label is None


@pytest.mark.parametrize("kind", ["step", "lane", "edge"])
def test_escape_puts_headers_back(hands: Hands, kind: str) -> None:
    before = hands.bytes()
    first, third = hands.layout.columns[0].step, hands.layout.columns[2].step
    ends = {
        "step": (hands.middle(first), hands.middle(third)),
        "lane": (hands.middle(hands.layout.rows[0].lane), hands.middle(hands.layout.rows[2].lane)),
        "edge": (edge(hands, first), edge(hands, third)),
    }[kind]
    hands.hold(*ends)
    assert hands.view.is_dragging
    hands.key(Qt.Key.Key_Escape)
    assert hands.bytes() == before
    assert not hands.document.is_editing
    assert hands.document.history.undo_label is None


def test_the_edge_of_a_header_changes_the_width_in_twos(hands: Hands) -> None:
    step = hands.layout.columns[1].step
    x, y = edge(hands, step)
    width = hands.layout.column_of[step].w
    hands.move(x, y)
    assert hands.view.viewport().cursor().shape() == Qt.CursorShape.SplitHCursor
    hands.hold((x, y), (x + 10.7, y))
    assert hands.layout.column_of[step].w == width + 10, "the columns make room at once"
    hands.release(x + 10.7, y)
    assert step_of(hands, step).width == width + 10
    assert hands.document.history.undo_label == "Change width of step"
    x, y = edge(hands, step)
    hands.drag((x, y), (x - 90.0, y))
    assert step_of(hands, step).width == 20.0
    hands.double_click(*edge(hands, step))
    assert step_of(hands, step).width is None
    for _ in range(3):
        hands.window.editing.undo()
    assert hands.document.history.undo_label is None


def test_alt_lets_any_width_be(hands: Hands) -> None:
    step = hands.layout.columns[1].step
    x, y = edge(hands, step)
    hands.drag((x, y), (x + 10.9, y), ALT)
    width = step_of(hands, step).width
    assert width is not None
    assert width % 2 > 0.2


def test_in_a_large_map_the_width_changes_on_release(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resize, "LIVE", 0)
    step = hands.layout.columns[1].step
    x, y = edge(hands, step)
    width = hands.layout.column_of[step].w
    hands.hold((x, y), (x + 12.0, y))
    assert hands.layout.column_of[step].w == width
    assert hands.scene.lifted_target._mark is not None
    hands.release(x + 12.0, y)
    assert hands.layout.column_of[step].w == width + 12
    assert hands.scene.lifted_target._mark is None


def test_from_right_to_left_the_edge_is_on_the_left(open_sample: Callable[[str], Hands]) -> None:
    hands = open_sample("arabic")
    step = hands.layout.columns[1].step
    hands.view.reveal(hands.rect(step))
    x, y = edge(hands, step)
    width = hands.layout.column_of[step].w
    hands.drag((x, y), (x - 8.0, y))
    assert step_of(hands, step).width == width + 8
    order = order_of(hands, step_of(hands, step).stage)
    first = hands.rect(order[0])
    hands.drag(hands.middle(step), (first.right - 2.0, first.y + 2.0))
    assert order_of(hands, step_of(hands, step).stage)[0] == step


def lane_edge(hands: Hands, lane: str) -> tuple[float, float]:
    """A spot on the lower edge of a lane's header."""
    rect = hands.rect(lane)
    return rect.x + rect.w / 2, rect.bottom


def lane_of(hands: Hands, lane: str) -> Lane:
    record = hands.document.store.of(Lane, lane)
    assert record is not None
    return record


def test_the_edge_of_a_stage_changes_its_last_step(hands: Hands) -> None:
    stage = hands.layout.bands[0].stage
    last = order_of(hands, stage)[-1]
    header = hands.rect(stage)
    width, x, y = hands.layout.column_of[last].w, header.right, header.y + 3.0
    hands.move(x, y)
    assert hands.view.viewport().cursor().shape() == Qt.CursorShape.SplitHCursor
    hands.drag((x, y), (x + 20.0, y))
    assert step_of(hands, last).width == width + 20
    assert hands.rect(stage).w == pytest.approx(header.w + 20)
    hands.double_click(hands.rect(stage).right, y)
    assert step_of(hands, last).width is None
    inner = hands.rect(order_of(hands, stage)[0]).right
    hands.drag((inner, y), (inner + 20.0, y))
    assert step_of(hands, order_of(hands, stage)[0]).width is None, "within a stage its header has no edge"


def test_the_lower_edge_of_a_lane_gives_it_a_least_height(hands: Hands) -> None:
    lane, below = (row.lane for row in hands.layout.rows[:2])
    natural, under = hands.layout.row_of[lane].h, hands.layout.row_of[below].y
    x, y = lane_edge(hands, lane)
    hands.move(x, y)
    assert hands.view.viewport().cursor().shape() == Qt.CursorShape.SplitVCursor
    hands.hold((x, y), (x, y + 21.0))
    height = lane_of(hands, lane).height
    assert height is not None
    assert height % 2 == 0
    assert hands.layout.row_of[lane].h == height == pytest.approx(natural + 21, abs=1.1)
    assert hands.layout.row_of[below].y == pytest.approx(under + height - natural), "the lanes make room at once"
    hands.release(x, y + 21.0)
    assert hands.document.history.undo_label == "Change height of lane"
    x, y = lane_edge(hands, lane)
    hands.drag((x, y), (x, y - 60.0))
    assert lane_of(hands, lane).height is None, "what is in it always has its room"
    assert hands.layout.row_of[lane].h == natural
    hands.window.editing.undo()
    assert lane_of(hands, lane).height == height
    hands.double_click(*lane_edge(hands, lane))
    assert lane_of(hands, lane).height is None
    for _ in range(2):
        hands.window.editing.undo()
    assert hands.document.history.undo_label is None


def test_a_lane_that_was_made_higher_is_put_back_by_escape(hands: Hands) -> None:
    before = hands.bytes()
    x, y = lane_edge(hands, hands.layout.rows[0].lane)
    hands.hold((x, y), (x, y + 30.0))
    assert hands.bytes() != before
    hands.key(Qt.Key.Key_Escape)
    assert hands.bytes() == before
    assert hands.document.history.undo_label is None


def test_the_inspector_gives_a_lane_its_height_too(hands: Hands) -> None:
    lane = hands.layout.rows[0].lane
    hands.view.selection.select([lane])
    inspector = hands.window.docks.inspector
    assert inspector is not None
    editor = inspector.rows["height"].editor
    assert isinstance(editor, NumberEditor)
    editor.line.setFocus()
    QTest.keyClicks(editor.line, "90")
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    assert hands.layout.row_of[lane].h == 90.0


def test_the_lines_between_steps_go_with_them(hands: Hands) -> None:
    """Also where the stage stays as wide as it was."""
    stage = next(stage for stage in stages(hands.document.store) if len(steps_of(hands.document.store, stage.id)) > 1)
    first, second, *_ = steps_of(hands.document.store, stage.id)
    rows = [row.lane for row in hands.layout.rows if not row.is_curve]
    with hands.document.edit("Widen") as tx:
        tx.set(first.id, width=70.0)
    before = [ground(hands.scene, lane) for lane in rows]
    with hands.document.edit("Swap") as tx:
        move_step(tx, second.id, stage.id, before=first.id)
    swapped = [ground(hands.scene, lane) for lane in rows]
    assert swapped != before
    fresh = MapScene(hands.document, MapLayout(hands.document), Selection(), MapFilter())
    assert swapped == [ground(fresh, lane) for lane in rows]
    fresh.close()


def ground(scene: MapScene, lane: str) -> QImage:
    """What lies behind the cards of a lane, painted."""
    item = scene.grounds[lane]
    picture = QImage(1200, 60, QImage.Format.Format_RGB32)
    picture.fill(0)
    painter = QPainter(picture)
    item.draw(painter, (Rect(0.0, 0.0, 1200.0, 60.0),))
    painter.end()
    return picture


def test_the_outline_of_a_header_is_seen_on_all_sides_wherever_it_stands(hands: Hands) -> None:
    """Lanes reach to the left edge of the view, and stages to its upper one as soon as one has scrolled."""
    lane, stage = hands.layout.rows[-1].lane, stages(hands.document.store)[1].id
    hands.view.selection.select([lane])
    hands.view.reveal_current()
    hands.view.selection.select([stage, lane])
    seen = hands.view.viewport().grab().toImage()
    head, side = hands.scene.head, hands.scene.side
    for header, middle in ((side, hands.middle(lane)), (head, hands.middle(stage))):
        spot = hands.pixel(middle[0] + header.x(), middle[1] + header.y())
        across = [seen.pixelColor(x, spot.y()).name() for x in range(8)]
        down = [seen.pixelColor(spot.x(), y).name() for y in range(8)]
        assert ACCENT.lower() in (across if header is side else down)
