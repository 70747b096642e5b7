"""Pictures come onto the map: dropped, pasted, inserted, replaced; refused in a sentence. Files are only read."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image as Pixels
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.canvas.selection import Cell
from app.files import load, open_map
from app.layout.drawing import Picture
from app.model.edits import add_lane, delete
from app.model.kinds.image import Image
from app.model.queries import cards_in
from app.model.records import Card, Lane
from tests.window.hands import FakeDialogs, Hands

COPY, LEFT, PLAIN = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def write(path: Path, color: str = "teal", size: tuple[int, int] = (90, 60)) -> Path:
    Pixels.new("RGB", size, color).save(path)
    return path


@pytest.fixture(autouse=True)
def empty_clipboard(qapp: object) -> Iterator[None]:
    assert qapp is not None
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def story(hands: Hands) -> str:
    """A lane for pictures."""
    with hands.document.edit("Add lane") as tx:
        lane = add_lane(tx, "images", before=hands.layout.rows[1].lane)
    hands.document.history.mark_saved()
    return lane


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def image(color: Qt.GlobalColor = Qt.GlobalColor.red) -> QMimeData:
    pixels, data = QImage(40, 30, QImage.Format.Format_RGB32), QMimeData()
    pixels.fill(color)
    data.setImageData(pixels)
    return data


def drag_over(hands: Hands, data: QMimeData, x: float, y: float) -> bool:
    """Enters and moves; True where it could be let go."""
    at = hands.pixel(x, y)
    QApplication.sendEvent(hands.view.viewport(), QDragEnterEvent(at, COPY, data, LEFT, PLAIN))
    event = QDragMoveEvent(at, COPY, data, LEFT, PLAIN)
    event.setAccepted(False)
    QApplication.sendEvent(hands.view.viewport(), event)
    return event.isAccepted()


def drop(hands: Hands, data: QMimeData, x: float, y: float) -> None:
    assert drag_over(hands, data, x, y)
    event = QDropEvent(QPointF(hands.pixel(x, y)), COPY, data, LEFT, PLAIN, QEvent.Type.Drop)
    QApplication.sendEvent(hands.view.viewport(), event)
    assert event.dropAction() == COPY, "a moved file would be gone from where it was"


def pictures(hands: Hands, lane: str, step: str) -> list[Image]:
    return [card for card in cards_in(hands.document.store, lane, step) if isinstance(card, Image)]


def settled(hands: Hands, qtbot: QtBot) -> None:
    """Waits until nothing is read any more."""
    qtbot.waitUntil(lambda: not hands.window.progress.isVisible())


def message(hands: Hands) -> str:
    return hands.window.statusBar().currentMessage()


def pixel_colors(hands: Hands, card: str) -> set[str]:
    """The colour in the middle of a card's picture on the screen."""
    placed = hands.layout.card(card)
    assert placed is not None
    found = next(item for item in placed.drawing.items if isinstance(item, Picture))
    spot = hands.pixel(placed.x + found.x + found.w / 2, placed.y + found.y + found.h / 2)
    return {hands.view.viewport().grab().toImage().pixelColor(spot).name()}


def test_a_picture_dropped_on_a_cell_is_a_card_there(hands: Hands, story: str, qtbot: QtBot, tmp_path: Path) -> None:
    path = write(tmp_path / "wall.png")
    before = path.read_bytes()
    step = hands.layout.columns[2].step
    drop(hands, files(path), *hands.cell(story, step))
    qtbot.waitUntil(lambda: bool(pictures(hands, story, step)))
    [card] = pictures(hands, story, step)
    assert card.picture in hands.document.media
    assert hands.document.history.undo_label == "Add picture"
    assert list(hands.view.selection) == [card.id]
    assert path.read_bytes() == before
    qtbot.waitUntil(lambda: pixel_colors(hands, card.id) == {"#008080"})
    hands.window.editing.undo()
    assert not pictures(hands, story, step)
    hands.window.editing.redo()
    assert pictures(hands, story, step) == [card]


def test_the_cell_lights_up_while_a_picture_is_over_it(hands: Hands, story: str, tmp_path: Path) -> None:
    data = files(write(tmp_path / "a.png"))
    assert drag_over(hands, data, *hands.cell(story, hands.layout.columns[2].step))
    assert hands.scene.target._area is not None
    curve = next(iter(hands.scene.curve_lanes.values())).rect
    assert not drag_over(hands, data, curve.x + 60.0, curve.y + 9.0)
    QApplication.sendEvent(hands.view.viewport(), QDragLeaveEvent())
    assert hands.scene.target._area is None
    assert hands.document.history.is_clean


def test_several_pictures_lie_one_below_the_other_at_the_mark(
    hands: Hands, story: str, qtbot: QtBot, tmp_path: Path
) -> None:
    step = hands.layout.columns[0].step
    drop(hands, files(write(tmp_path / "a.png", "red"), write(tmp_path / "b.webp", "blue")), *hands.cell(story, step))
    qtbot.waitUntil(lambda: len(pictures(hands, story, step)) == 2)
    first, second = (card.picture for card in pictures(hands, story, step))
    third = write(tmp_path / "c.jpg", "green")
    top = hands.rect(pictures(hands, story, step)[0].id)
    drop(hands, files(third), top.x + 5.0, top.y + 2.0)
    qtbot.waitUntil(lambda: len(pictures(hands, story, step)) == 3)
    assert [card.picture for card in pictures(hands, story, step)][1:] == [first, second]
    hands.window.editing.undo()
    hands.window.editing.undo()
    assert not pictures(hands, story, step)


def test_image_data_of_another_program_is_taken(hands: Hands, story: str, qtbot: QtBot) -> None:
    step = hands.layout.columns[1].step
    drop(hands, image(), *hands.cell(story, step))
    qtbot.waitUntil(lambda: bool(pictures(hands, story, step)))
    [card] = pictures(hands, story, step)
    data = hands.document.media.get(card.picture)
    assert data is not None
    assert Pixels.open(io.BytesIO(data)).convert("RGB").getpixel((20, 15)) == (255, 0, 0)


def test_what_is_no_picture_is_refused_and_the_rest_is_taken(
    hands: Hands, story: str, qtbot: QtBot, tmp_path: Path
) -> None:
    step, bad, gif = hands.layout.columns[1].step, tmp_path / "bad.png", tmp_path / "moving.gif"
    bad.write_bytes(b"not at all")
    Pixels.new("RGB", (9, 9)).save(gif)
    drop(hands, files(bad), *hands.cell(story, step))
    settled(hands, qtbot)
    qtbot.waitUntil(lambda: "bad.png" in message(hands))
    assert message(hands).endswith("it was not added.")
    assert hands.document.history.is_clean
    drop(hands, files(gif, tmp_path / "gone.png", write(tmp_path / "good.png")), *hands.cell(story, step))
    qtbot.waitUntil(lambda: len(pictures(hands, story, step)) == 1)
    assert "moving.gif" in message(hands)
    assert message(hands).endswith("1 other was not added either.")


def test_what_was_refused_is_not_said_of_the_picture_that_comes_next(
    hands: Hands, story: str, qtbot: QtBot, tmp_path: Path
) -> None:
    step, bad = hands.layout.columns[1].step, tmp_path / "bad.png"
    bad.write_bytes(b"not at all")
    drop(hands, files(bad), *hands.cell(story, step))
    qtbot.waitUntil(lambda: message(hands).endswith("it was not added."))
    drop(hands, files(write(tmp_path / "good.png")), *hands.cell(story, step))
    qtbot.waitUntil(lambda: len(pictures(hands, story, step)) == 1)
    assert "added" not in message(hands)


def test_files_that_are_no_pictures_are_left_to_others(hands: Hands, story: str, tmp_path: Path) -> None:
    assert not drag_over(hands, files(tmp_path / "notes.txt"), *hands.cell(story, hands.layout.columns[1].step))


def test_a_cell_that_goes_while_its_picture_is_read(hands: Hands, story: str, qtbot: QtBot, tmp_path: Path) -> None:
    drop(hands, files(write(tmp_path / "a.png")), *hands.cell(story, hands.layout.columns[1].step))
    with hands.document.edit("Delete lane") as tx:
        delete(tx, [story])
    qtbot.waitUntil(lambda: "no longer there" in message(hands))
    assert hands.document.history.undo_label == "Delete lane"


def test_a_picture_is_pasted_where_the_keyboard_is(hands: Hands, story: str, qtbot: QtBot, tmp_path: Path) -> None:
    step = hands.layout.columns[3].step
    hands.view.selection.select_cell(Cell(story, step))
    QGuiApplication.clipboard().setMimeData(image(Qt.GlobalColor.blue))
    hands.window.actions_["paste"].trigger()
    qtbot.waitUntil(lambda: len(pictures(hands, story, step)) == 1)
    QGuiApplication.clipboard().setMimeData(files(write(tmp_path / "a.png", "red")))  # with the path as text
    hands.window.actions_["paste"].trigger()
    qtbot.waitUntil(lambda: len(pictures(hands, story, step)) == 2)
    assert hands.document.history.undo_label == "Add picture"


def test_text_is_pasted_as_text_though_a_picture_of_it_comes_along(hands: Hands) -> None:
    """As spreadsheets do."""
    lane = next(row.lane for row in hands.layout.rows if row.holds_cards)
    step = hands.layout.columns[3].step
    hands.view.selection.select_cell(Cell(lane, step))
    data = image()
    data.setText("Out of a spreadsheet")
    QGuiApplication.clipboard().setMimeData(data)
    hands.window.actions_["paste"].trigger()
    assert cards_in(hands.document.store, lane, step)[-1].title == "Out of a spreadsheet"


def test_pictures_are_inserted_from_the_menu(
    hands: Hands, story: str, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    step = hands.layout.columns[4].step
    hands.view.selection.select_cell(Cell(story, step))
    hands.window.actions_["insert_picture"].trigger()
    assert dialogs.asked == ["pictures"]
    assert not hands.window.progress.isVisible(), "nothing was chosen"
    dialogs.pictures = [write(tmp_path / "a.png", "red"), write(tmp_path / "b.png", "blue")]
    hands.window.actions_["insert_picture"].trigger()
    qtbot.waitUntil(lambda: len(pictures(hands, story, step)) == 2)
    assert hands.document.history.undo_label == "Add pictures"


def test_without_a_cell_pictures_go_to_the_storyboard(
    hands: Hands, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    with hands.document.edit("Empty") as tx:
        delete(tx, [row.lane for row in hands.layout.rows])
    dialogs.pictures = [write(tmp_path / "a.png")]
    hands.window.actions_["insert_picture"].trigger()
    qtbot.waitUntil(lambda: bool(hands.document.store.ids_of_type("card")))
    [card] = [record for record in hands.document.records if isinstance(record, Card)]
    lane = hands.document.store.of(Lane, card.lane)
    assert lane is not None
    assert (card.kind, lane.kind) == ("image", "images")


def test_a_picture_is_replaced_and_the_caption_stays(
    hands: Hands, story: str, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    step = hands.layout.columns[0].step
    drop(hands, files(write(tmp_path / "a.png", "red")), *hands.cell(story, step))
    qtbot.waitUntil(lambda: bool(pictures(hands, story, step)))
    [before] = pictures(hands, story, step)
    dialogs.path = write(tmp_path / "b.png", "blue")
    hands.window.actions_["replace_picture"].trigger()
    qtbot.waitUntil(lambda: pictures(hands, story, step)[0].picture != before.picture)
    qtbot.waitUntil(lambda: pixel_colors(hands, before.id) == {"#0000ff"})
    hands.window.editing.undo()
    assert pictures(hands, story, step) == [before]
    qtbot.waitUntil(lambda: pixel_colors(hands, before.id) == {"#ff0000"})


def test_only_what_has_a_picture_can_get_another(hands: Hands, dialogs: FakeDialogs) -> None:
    hands.view.selection.select([hands.card("Router")])
    hands.window.actions_["replace_picture"].trigger()
    assert dialogs.asked == []
    assert "first" in message(hands)


def test_pictures_are_saved_and_there_again(hands: Hands, story: str, qtbot: QtBot, tmp_path: Path) -> None:
    step = hands.layout.columns[0].step
    drop(hands, files(write(tmp_path / "a.png", "red")), *hands.cell(story, step))
    qtbot.waitUntil(lambda: bool(pictures(hands, story, step)))
    [card] = pictures(hands, story, step)
    assert hands.window.save()
    assert hands.window.path is not None
    assert f"media/{card.picture}" in load(hands.window.path).parts
    document = open_map(hands.window.path).document
    assert document.media.get(card.picture) == hands.document.media.get(card.picture)
    thumbnail = load(hands.window.path).thumbnail
    assert thumbnail is not None
    red, green, blue = (band.tobytes() for band in Pixels.open(io.BytesIO(thumbnail)).convert("RGB").split())
    seen = zip(red, green, blue, strict=True)
    assert any(color[0] > 200 and max(color[1:]) < 60 for color in seen), "it is in the thumbnail too"
