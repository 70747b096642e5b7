"""A photo behind the map: it shines through the cells, leaves the mouse alone until it is unlocked, and stays off
posters."""

from pathlib import Path

import pytest
from PIL import Image as Pixels
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.canvas.backdrops import BackdropItem, corners
from app.layout.drawing import Picture, Rect
from app.layout.sheet import sheet_of
from app.model.beside import Backdrop
from app.model.edits import set_fields
from app.model.queries import backdrops
from tests.window.hands import FakeDialogs, Hands


@pytest.fixture
def photo(hands: Hands, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path) -> str:
    """A red photo, three wide and one high, that came in by the menu."""
    Pixels.new("RGB", (300, 100), (255, 0, 0)).save(tmp_path / "wall.jpg", quality=100)
    dialogs.path = tmp_path / "wall.jpg"
    hands.window.actions_["insert_backdrop"].trigger()
    qtbot.waitUntil(lambda: bool(backdrops(hands.document.store)))
    return backdrops(hands.document.store)[0].id


def record(hands: Hands, photo: str) -> Backdrop:
    found = hands.document.store.of(Backdrop, photo)
    assert found is not None
    return found


def where(hands: Hands, photo: str) -> Rect:
    rect = hands.scene.backdrops.rect(photo)
    assert rect is not None
    return rect


def color_at(hands: Hands, x: float, y: float) -> QColor:
    return hands.view.viewport().grab().toImage().pixelColor(hands.pixel(x, y))


def free_ground(hands: Hands) -> tuple[float, float]:
    """A spot in a cell where no card lies."""
    row, column = hands.layout.rows[0], hands.layout.columns[1]
    return column.x + column.w / 2, row.y + row.h - 3.0


def unlock(hands: Hands) -> None:
    hands.window.actions_["backdrop_locked"].trigger()


def test_a_photo_lies_over_the_cells_as_wide_as_they_are_and_locked(hands: Hands, photo: str) -> None:
    found, head = where(hands, photo), hands.layout.head
    assert (found.x, found.y, found.w) == pytest.approx((head.x, head.bottom, head.w), abs=0.05)
    assert head.bottom != round(head.bottom, 1)
    assert found.y == round(found.y, 1), "numbers that one would write oneself"
    assert found.h == pytest.approx(head.w / 3, abs=0.05)
    assert record(hands, photo).locked
    assert hands.document.history.undo_label == "Add photo behind the map"
    hands.window.editing.undo()
    assert not backdrops(hands.document.store)


def test_it_shines_through_the_cells_but_not_through_cards_and_headers(hands: Hands, photo: str, qtbot: QtBot) -> None:
    card = hands.rect(hands.card("Restarts the router"))
    inside = (card.right - 1.5, card.bottom - 1.5)
    before = color_at(hands, *inside)
    qtbot.waitUntil(lambda: color_at(hands, *free_ground(hands)).green() < 200)
    with hands.document.edit("Dim") as tx:
        set_fields(tx, [photo], opacity=1.0)
    strong = color_at(hands, *free_ground(hands))
    assert strong.red() > 240
    assert max(strong.green(), strong.blue()) < 10
    with hands.document.edit("Dim") as tx:
        set_fields(tx, [photo], opacity=0.25)
    pale = color_at(hands, *free_ground(hands))
    assert pale.red() >= 245
    assert pale.green() == pytest.approx(0.75 * 250, abs=4)
    assert color_at(hands, *inside) == before == QColor("#FFFFFF")
    step = hands.layout.step_headers[1].rect
    assert color_at(hands, step.x + 1.0, step.bottom - 1.0) == QColor("#FFFFFF")


def test_a_locked_photo_leaves_the_mouse_alone(hands: Hands, photo: str) -> None:
    before, spot = hands.bytes(), free_ground(hands)
    hands.click(*spot)
    assert hands.view.selection.cell is not None
    assert photo not in hands.view.selection
    hands.drag(spot, (spot[0] + 30.0, spot[1] + 5.0))
    assert hands.bytes() == before


def test_unlocked_it_is_dragged_as_one_step_and_esc_puts_it_back(hands: Hands, photo: str) -> None:
    unlock(hands)
    assert list(hands.view.selection) == [photo]
    start, spot, before = where(hands, photo), free_ground(hands), hands.bytes()
    hands.hold(spot, (spot[0] + 20.0, spot[1] + 10.0))
    assert where(hands, photo).x > start.x
    hands.key(Qt.Key.Key_Escape)
    hands.release(spot[0] + 20.0, spot[1] + 10.0)
    assert hands.bytes() == before
    hands.drag(spot, (spot[0] + 20.0, spot[1] + 10.0))
    moved = where(hands, photo)
    assert (moved.x - start.x, moved.y - start.y) == pytest.approx((20.0, 10.0), abs=0.4)
    assert (moved.w, moved.h) == (start.w, start.h)
    assert hands.document.history.undo_label == "Move photo"
    hands.window.editing.undo()
    assert where(hands, photo) == start


@pytest.mark.parametrize("corner", ["corner_nw", "corner_ne", "corner_sw", "corner_se"])
def test_a_corner_resizes_it_and_the_opposite_one_stays(hands: Hands, photo: str, corner: str) -> None:
    unlock(hands)
    with hands.document.edit("Place") as tx:
        set_fields(tx, [photo], x=90.0, y=hands.layout.head.bottom + 4.0, width=180.0)
    opposite = {"corner_nw": "corner_se", "corner_se": "corner_nw", "corner_ne": "corner_sw", "corner_sw": "corner_ne"}
    start = where(hands, photo)
    x, y = corners(start)[corner]
    out = 1.0 if corner.endswith("e") else -1.0
    hands.drag((x, y), (x + out * 30.0, y))
    now = where(hands, photo)
    assert now.w == pytest.approx(210.0, abs=0.6)
    assert now.w / now.h == pytest.approx(3.0)
    assert corners(now)[opposite[corner]] == pytest.approx(corners(start)[opposite[corner]], abs=0.2)
    assert hands.document.history.undo_label == "Resize photo"


def test_cards_are_still_taken_through_an_unlocked_photo(hands: Hands, photo: str) -> None:
    unlock(hands)
    assert not record(hands, photo).locked
    card = hands.card("Restarts the router")
    hands.click(*hands.middle(card))
    assert list(hands.view.selection) == [card]
    unlock(hands)
    assert record(hands, photo).locked


@pytest.mark.usefixtures("photo")
def test_it_is_hidden_and_shown_again_without_a_change_of_the_map(hands: Hands, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: color_at(hands, *free_ground(hands)).green() < 200)
    hands.document.history.mark_saved()
    actions = hands.window.actions_
    assert actions["backdrop_shown"].isChecked()
    actions["backdrop_shown"].trigger()
    assert color_at(hands, *free_ground(hands)).green() > 240
    assert not actions["backdrop_shown"].isChecked()
    assert hands.scene.backdrops.at(*free_ground(hands)) is None
    actions["backdrop_shown"].trigger()
    assert color_at(hands, *free_ground(hands)).green() < 200
    assert hands.document.history.is_clean


def test_it_is_removed_by_its_command_and_by_the_delete_key(hands: Hands, photo: str) -> None:
    actions = hands.window.actions_
    actions["backdrop_remove"].trigger()
    assert not backdrops(hands.document.store)
    assert not actions["backdrop_remove"].isEnabled()
    hands.window.editing.undo()
    assert where(hands, photo)
    unlock(hands)
    hands.window.editing.delete()
    assert not backdrops(hands.document.store)


@pytest.mark.usefixtures("photo")
def test_arrows_do_no_harm_to_a_selected_photo(hands: Hands) -> None:
    unlock(hands)
    before = hands.bytes()
    for name in ("move_left", "move_down", "order_up", "duplicate"):
        hands.window.actions_[name].trigger()
    assert hands.bytes() == before


def test_it_is_not_on_the_poster(hands: Hands, photo: str) -> None:
    sheet = sheet_of(hands.layout, hands.document.map)
    shown = [item.file.name for placed in sheet.placed for item in placed.drawing.items if isinstance(item, Picture)]
    assert record(hands, photo).picture not in shown
    assert photo not in [placed.id for placed in sheet.placed]


def test_a_photo_that_is_the_first_of_the_map_lies_below_one_that_was_there(hands: Hands, photo: str) -> None:
    """So they lie when the file is opened again, and the mouse takes the upper one."""
    picture = record(hands, photo).picture
    with hands.document.edit("Another") as tx:
        tx.put(Backdrop(id="bd_", picture=picture, width=50.0, locked=False))
    assert [one.id for one in backdrops(hands.document.store)] == ["bd_", photo]
    from_the_top = [one for one in hands.scene.items() if isinstance(one, BackdropItem)]
    assert [one.boundingRect().width() < 60.0 for one in from_the_top] == [False, True]
