"""The inspector shows what records hold, of one or of many, and follows them."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.model.edits import delete, move_point, set_fields
from app.model.records import Card, EmotionPoint, Lane, MapRecord, Stage, Step, UnknownRecord
from app.window.panels.fields.choices import ChoiceEditor, SegmentEditor
from app.window.panels.fields.sliders import SliderEditor
from app.window.panels.fields.texts import TextEditor
from app.window.panels.inspector import Inspector
from tests.window.panels.inspecting import leave, line, retype, sentence
from tests.window.small_map import SmallMap

# What is shown


POINT = ["value", "at", "persona", "label"]
CARD = ["kind", "title", "body", "to_step", "personas", "standing", "sources"]
PERSONA = ["portrait", "name", "summary", "role", "segment", "quote", "color", "on_poster"]
PROFILE = ["demographics", "goals", "motivations", "pain_points", "channels"]


def test_nothing_selected_shows_the_map(inspector: Inspector) -> None:
    assert inspector.ids == ("map",)
    assert inspector.header.name.text() == "Map"
    assert list(inspector.rows) == [
        *("title", "subtitle", "state", "owner", "review_date", "language", "legend", "objective", "scope", "scenario"),
    ]
    assert line(inspector, "title").text() == "Small"
    assert [button.text() for button in inspector.people.buttons] == ["Mia", "Ken"]


def test_a_card_shows_its_place_and_the_fields_of_its_kind(small: SmallMap, select: Callable[..., Inspector]) -> None:
    inspector = select(small.card)
    assert inspector.header.name.text() == "Touchpoint"
    assert inspector.header.where.text() == "Awareness › Hears of it"
    assert list(inspector.rows) == [
        *("kind", "title", "channel", "online", "body", "to_step", "personas"),
        *("owner", "duration", "importance", "satisfaction", "moment_of_truth"),
        *("standing", "sources"),
    ]
    assert line(inspector, "channel").text() == "Post"
    assert not inspector.people.isVisible()


@pytest.mark.parametrize(
    ("what", "name", "where", "fields"),
    [
        ("stage", "Stage", "Steps: 2", ["title", "color", "key_insights", "behaviours"]),
        ("step", "Step", "Awareness", ["title", "width"]),
        ("curve", "Lane", "Emotion", ["title", "kind", "line_below", "height", "collapsed"]),
        ("mia", "Persona", "", [*PERSONA, *PROFILE]),
        (
            "point",
            "Emotion point",
            "Awareness › Hears of it",
            [*POINT, "measure", "standing", "quote", "unknown_after"],
        ),
        ("link", "Link", "Leaflet → Shop", ["label"]),
        ("action", "Action", "Awareness › Hears of it", CARD),
    ],
)
def test_every_type_has_its_fields(
    small: SmallMap, select: Callable[..., Inspector], what: str, name: str, where: str, fields: list[str]
) -> None:
    inspector = select(getattr(small, what))
    header = inspector.header
    assert (header.name.text(), header.where.text(), list(inspector.rows)) == (name, where, fields)


def test_a_record_of_a_newer_version_is_shown_without_fields(small: SmallMap, select: Callable[..., Inspector]) -> None:
    with small.document.edit("Add") as tx:
        tx.put(UnknownRecord(id="x1", type="hologram"))
    inspector = select("x1")
    assert inspector.rows == {}
    assert inspector.header.name.text() == "Record of a newer version"


# Several at once


def test_several_records_show_what_they_share(small: SmallMap, select: Callable[..., Inspector]) -> None:
    inspector = select(small.card, small.other_card)
    assert inspector.header.name.text() == "Touchpoint"
    assert inspector.header.where.text() == "Selected: 2"
    assert line(inspector, "title").text() == ""
    assert line(inspector, "title").placeholderText() == "Mixed"
    online = inspector.rows["online"].editor
    assert isinstance(online, SegmentEditor)
    assert online.buttons[0].isChecked()


def test_of_different_kinds_only_common_fields_are_shown(small: SmallMap, select: Callable[..., Inspector]) -> None:
    assert list(select(small.card, small.action).rows) == CARD
    assert list(select(small.card, small.stage).rows) == ["title"]
    assert select(small.card, small.stage).header.name.text() == "Several things"
    assert select(small.card, small.action).header.name.text() == "Cards", "though of two kinds"
    assert "field in common" not in select(small.card, small.stage).header.where.text()
    nothing_shared = select(small.card, small.mia)
    assert list(nothing_shared.rows) == []
    assert "no field in common" in nothing_shared.header.where.text()
    assert "Del deletes" in nothing_shared.header.where.text(), "which is what can be done"


def test_several_are_written_in_one_step(small: SmallMap, select: Callable[..., Inspector]) -> None:
    inspector = select(small.card, small.action)
    retype(line(inspector, "title"), "Same")
    leave(inspector)
    titles = {record.title for record in (small[small.card], small[small.action]) if isinstance(record, Card)}
    assert titles == {"Same"}
    assert small.steps_back == 1


def test_what_is_mixed_stays_so_until_something_is_typed(small: SmallMap, select: Callable[..., Inspector]) -> None:
    inspector = select(small.card, small.other_card)
    for field in ("title", "channel"):
        line(inspector, field).setFocus()
    leave(inspector)
    assert small.steps_back == 0


# Following the document


def test_a_change_elsewhere_is_shown(small: SmallMap, select: Callable[..., Inspector]) -> None:
    inspector = select(small.card)
    with small.document.edit("Rename") as tx:
        set_fields(tx, [small.card], title="Flyer")
        set_fields(tx, [small.stage], title="Before")
    assert line(inspector, "title").text() == "Flyer"
    assert inspector.header.where.text() == "Before › Hears of it"


def test_the_cursor_stays_where_it_is_while_typing(small: SmallMap, select: Callable[..., Inspector]) -> None:
    inspector = select(small.card)
    title = line(inspector, "title")
    title.setFocus()
    title.setCursorPosition(4)
    QTest.keyClicks(title, "XY")
    with small.document.edit("Elsewhere") as tx:
        set_fields(tx, [small.other_card], title="Other")
    QTest.keyClicks(title, "Z")
    assert title.text() == "LeafXYZlet"
    assert title.cursorPosition() == 7


def test_the_cursor_stays_in_a_box_too(small: SmallMap, select: Callable[..., Inspector]) -> None:
    editor = select(small.action).rows["body"].editor
    assert isinstance(editor, TextEditor)
    editor.box.setFocus()
    cursor = editor.box.textCursor()
    cursor.setPosition(2)
    editor.box.setTextCursor(cursor)
    QTest.keyClicks(editor.box, "__")
    assert small[small.action] == small[small.action].changed(body="Tw__ice")
    assert editor.box.textCursor().position() == 4
    small.document.undo()
    assert editor.box.toPlainText() == "Twice"
    assert editor.box.textCursor().position() == 4


def test_a_deleted_record_gives_way_to_the_map(small: SmallMap, select: Callable[..., Inspector]) -> None:
    inspector = select(small.card)
    with small.document.edit("Delete") as tx:
        delete(tx, [small.card])
    assert inspector.ids == ("map",)
    assert inspector.header.name.text() == "Map"


def test_of_several_the_others_stay(small: SmallMap, select: Callable[..., Inspector]) -> None:
    inspector = select(small.card, small.other_card)
    with small.document.edit("Delete") as tx:
        delete(tx, [small.card])
    assert inspector.ids == (small.other_card,)
    assert line(inspector, "title").text() == "Shop"


def test_new_personas_can_be_chosen_at_once(small: SmallMap, select: Callable[..., Inspector]) -> None:
    editor = select(small.point).rows["persona"].editor
    assert isinstance(editor, ChoiceEditor)
    with small.document.edit("Rename") as tx:
        set_fields(tx, [small.ken], name="Kenneth")
    assert [editor.box.itemText(place) for place in range(editor.box.count())] == ["Mia", "Kenneth"]
    assert editor.box.currentText() == "Mia"


def test_selecting_something_else_writes_what_was_typed(small: SmallMap, select: Callable[..., Inspector]) -> None:
    inspector = select(small.card)
    retype(line(inspector, "channel"), "Pigeon")
    select(small.other_card)
    assert small[small.card] == small[small.card].changed(channel="Pigeon")
    assert small[small.other_card] == small[small.other_card].changed(channel="store")
    assert line(inspector, "channel").text() == "Store"


def test_editors_are_kept_between_records_of_one_kind(small: SmallMap, select: Callable[..., Inspector]) -> None:
    title = line(select(small.card), "title")
    assert line(select(small.other_card), "title") is title
    assert title.text() == "Shop"


def test_while_something_is_dragged_nothing_is_written(small: SmallMap, select: Callable[..., Inspector]) -> None:
    inspector = select(small.card)
    drag = small.document.begin("Drag")
    retype(line(inspector, "title"), "X")
    assert "being moved" in sentence(inspector, "title")
    drag.rollback()
    assert small[small.card] == small[small.card].changed(title="Leaflet")


def test_a_drag_under_way_is_followed_at_leisure(
    small: SmallMap, select: Callable[..., Inspector], qtbot: QtBot
) -> None:
    inspector = select(small.point)
    words = inspector.rows["value"].editor
    assert isinstance(words, SliderEditor)
    drag = small.document.begin("Drag")
    for value in (0.5, -0.5, -1.5):
        move_point(drag, small.point, small.step, 0.5, value)
        drag.flush()
    assert words.words.text() == "+1.0"
    qtbot.waitUntil(lambda: words.words.text() == "−1.5")
    drag.rollback()
    assert words.words.text() == "+1.0"


def test_another_document_takes_the_place(small: SmallMap, inspector: Inspector) -> None:
    other = SmallMap()
    inspector.set_document(other.document)
    with small.document.edit("Rename") as tx:
        set_fields(tx, ["map"], title="Old one")
    assert line(inspector, "title").text() == "Small"
    retype(line(inspector, "title"), "New one")
    assert (small.document.map.title, other.document.map.title) == ("Old one", "New one")
    inspector.set_document(None)
    assert not inspector.header.isVisible()


def test_a_persona_is_asked_for_by_her_name(small: SmallMap, inspector: Inspector, qtbot: QtBot) -> None:
    with qtbot.waitSignal(inspector.record_requested) as signal:
        QTest.mouseClick(inspector.people.buttons[1], Qt.MouseButton.LeftButton)
    assert signal.args == [small.ken]


def test_tab_goes_from_the_last_field_to_the_personas(small: SmallMap, select: Callable[..., Inspector]) -> None:
    select(small.card)
    inspector = select()
    scenario = inspector.rows["scenario"].editor.focusProxy()
    assert scenario is not None
    scenario.setFocus()
    QTest.keyClick(scenario, Qt.Key.Key_Tab)
    assert inspector.people.buttons[0].hasFocus()
    QTest.keyClick(inspector.people.buttons[0], Qt.Key.Key_Backtab)
    assert scenario.hasFocus()


def test_the_wheel_on_its_way_through_the_panel_takes_no_keys_along(
    small: SmallMap, select: Callable[..., Inspector]
) -> None:
    for id in ("map", small.card, small.lane, small.mia):
        shown = [widget for widget in select(id).findChildren(QWidget) if widget.isVisible()]
        assert [widget for widget in shown if widget.focusPolicy() == Qt.FocusPolicy.WheelFocus] == []


def test_the_wheel_over_a_field_changes_nothing(
    small: SmallMap, select: Callable[..., Inspector], qtbot: QtBot
) -> None:
    editor: Any = select(small.point).rows["value"].editor
    none, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    middle = QPointF(editor.slider.rect().center())
    place = QPointF(editor.slider.mapToGlobal(middle.toPoint()))
    wheel = QWheelEvent(middle, place, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, none, phase, False)
    QApplication.sendEvent(editor.slider, wheel)
    qtbot.wait(1)
    assert small.steps_back == 0


def test_fields_have_names_for_screen_readers(select: Callable[..., Inspector], small: SmallMap) -> None:
    inspector = select(small.card)
    assert line(inspector, "title").accessibleName() == "Title"
    online = inspector.rows["online"].editor
    assert isinstance(online, SegmentEditor)
    assert online.buttons[1].accessibleName() == "Where: Online"


def test_records_of_the_small_map_are_what_the_tests_take_them_for(small: SmallMap) -> None:
    types = (MapRecord, Stage, Step, Lane, EmotionPoint)
    ids = ("map", small.stage, small.step, small.lane, small.point)
    assert all(isinstance(small[id], record_class) for id, record_class in zip(ids, types, strict=True))
