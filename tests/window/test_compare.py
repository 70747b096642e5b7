"""The compare window: two states, what differs, and where; with the mouse and with the keys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.files import dumps, loads, open_map, save
from app.files.history import Moment
from app.files.revisions import revisions_of
from app.model.comparison import Change
from app.model.edits import set_fields, set_map
from app.window.compare.states import file_choice, version_choice
from app.window.compare.window import CompareWindow
from app.window.export_window import ExportWindow
from app.window.window import MainWindow
from tests.edited import edited
from tests.files.version_builders import begun, title_of, titled
from tests.window.conftest import Opened
from tests.window.hands import FakeDialogs, Hands

LEFT = Qt.MouseButton.LeftButton


def test_a_window_of_usual_width_names_both_states(comparing: CompareWindow, qtbot: QtBot) -> None:
    comparing.resize(1240, 700)
    qtbot.waitUntil(lambda: comparing.bar.width() == 1240)
    for box in comparing.bar.boxes:
        assert box.fontMetrics().horizontalAdvance(box.currentText()) < box.width() - 30


@pytest.fixture
def copy_of(hands: Hands, tmp_path: Path) -> Path:
    """What a colleague has made of the open map."""
    return copied(hands, tmp_path)


def copied(hands: Hands, folder: Path) -> Path:
    path = folder / "map, Ken.jmap"
    session = hands.window.session
    assert session is not None
    assert session.path is not None
    opened = open_map(session.path)
    save(opened.file.holding(edited(opened.document.records)), path)
    return path


@pytest.fixture
def comparing(hands: Hands, copy_of: Path, qtbot: QtBot) -> CompareWindow:
    """The open map as the state before, the colleague's after it."""
    window = hands.window.comparing.compare_with(file_choice(copy_of))
    assert window is not None
    window.resize(1400, 800)
    settled(window, qtbot)
    window.bar.turn_round()
    settled(window, qtbot)
    return window


def settled(window: CompareWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window._job is None, timeout=20_000)


def current(window: CompareWindow) -> Change:
    change = window.side.list.item
    assert change is not None
    return change


def is_in_sight(window: CompareWindow, id: str) -> bool:
    """Headers stay in sight in one direction, so it is the other one that counts."""
    assert window.compared is not None
    area, layout = window.compared.marks().areas[id], window.compared.both.layout
    view = window.canvases.both
    spot = view.viewportTransform().map(QPointF(area.x + area.w / 2, area.y + area.h / 2)).toPoint()
    across, down = 0 <= spot.x() < view.viewport().width(), 0 <= spot.y() < view.viewport().height()
    is_head = any(header.id == id for header in (*layout.stage_headers, *layout.step_headers))
    is_side = any(header.id == id for header in layout.lane_headers)
    return (across or is_side) and (down or is_head)


def test_the_list_says_what_differs_stage_by_stage(comparing: CompareWindow) -> None:
    model = comparing.side.model
    groups = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert groups[:3] == ["The map as a whole", "Awareness", "Consideration"]
    assert comparing.compared is not None
    assert len(model.changes) == len(comparing.compared.comparison.changes) > 10
    assert comparing.side.summary.text() == f"{len(model.changes)} differences"
    assert dict(model.counts(0)) == {"added": 1}


def test_f3_goes_through_all_differences_and_shows_each(comparing: CompareWindow) -> None:
    seen = []
    for _ in comparing.side.model.changes:
        QTest.keyClick(comparing.side.list, Qt.Key.Key_F3)
        seen.append(current(comparing).id)
        assert is_in_sight(comparing, seen[-1])
    assert seen == [change.id for change in comparing.side.model.changes]
    QTest.keyClick(comparing, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert current(comparing).id == seen[-2]


def test_texts_are_shown_word_by_word(comparing: CompareWindow) -> None:
    change = next(one for one in comparing.side.model.changes if one.type == "card" and one.kinds == ("changed",))
    comparing.side.list.stand_on(change.id)
    shown = comparing.side.detail.label.text()
    assert "<u " in shown
    assert "twice a week" in shown
    added = next(one for one in comparing.side.model.changes if one.kinds == ("added",))
    comparing.side.list.stand_on(added.id)
    assert "was added" in comparing.side.detail.label.text()


def test_a_filter_takes_kinds_of_differences_out_of_list_and_map(comparing: CompareWindow) -> None:
    for sign in ("added", "removed", "changed"):
        comparing.side.filters[sign].click()
    assert {change.kinds[-1] for change in comparing.side.model.changes} == {"moved"}
    QTest.keyClick(comparing, Qt.Key.Key_F3)
    assert "moved" in current(comparing).kinds


def test_a_click_on_the_map_finds_the_difference_in_the_list(comparing: CompareWindow, qtbot: QtBot) -> None:
    qtbot.waitExposed(comparing)
    change = next(one for one in comparing.side.model.changes if one.type == "card" and one.kinds == ("added",))
    comparing.side.list.stand_on(change.id)
    comparing.side.list.setCurrentIndex(comparing.side.model.index(0, 0))
    assert comparing.compared is not None
    area = comparing.compared.marks().areas[change.id]
    view = comparing.canvases.both
    spot: QPoint = view.viewportTransform().map(QPointF(area.x + area.w / 2, area.y + area.h / 2)).toPoint()
    QTest.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, spot)
    assert current(comparing).id == change.id


def test_side_by_side_both_maps_go_along(comparing: CompareWindow, qtbot: QtBot) -> None:
    qtbot.waitExposed(comparing)
    QTest.keyClick(comparing, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    before, after = comparing.canvases.before, comparing.canvases.after
    assert before.isVisible()
    after.zoom_to(0.8)
    after.scroll_by(400, 300)
    assert before.zoom == pytest.approx(after.zoom)
    assert comparing.compared is not None
    step = comparing.compared.before.layout.columns[4]
    twin = comparing.compared.after.layout.column_of[step.step]
    x = before.viewportTransform().map(QPointF(step.x, 0.0)).x()
    assert x == pytest.approx(after.viewportTransform().map(QPointF(twin.x, 0.0)).x(), abs=2.0)
    change = next(one for one in comparing.side.model.changes if one.kinds == ("removed",) and one.type == "card")
    comparing.side.list.stand_on(change.id)
    assert list(before.selection) == [change.id]


def test_what_is_not_saved_is_compared_with_what_is(hands: Hands, qtbot: QtBot) -> None:
    card = next(one for one in hands.document.store.of_type("card"))
    with hands.document.edit("Edit") as tx:
        set_fields(tx, [card.id], title="Not saved yet")
    hands.window.actions_["compare"].trigger()
    window = hands.window.comparing.window
    assert window is not None
    settled(window, qtbot)
    assert "last saved" in window.names[0]
    assert [change.id for change in window.side.model.changes] == [card.id]
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert hands.window.comparing.window is None


def test_a_map_is_compared_with_the_version_before_it(hands: Hands, qtbot: QtBot) -> None:
    card = next(one for one in hands.document.store.of_type("card"))
    with hands.document.edit("Edit") as tx:
        set_fields(tx, [card.id], title="Saved by now")
    hands.window.save()
    hands.window.actions_["compare"].trigger()
    window = hands.window.comparing.window
    assert window is not None
    settled(window, qtbot)
    assert window.names[0].startswith("Version of ")
    assert [change.id for change in window.side.model.changes] == [card.id]
    window.close()


def test_maps_of_other_windows_are_offered(hands: Hands, qtbot: QtBot) -> None:
    hands.window.new_window()
    other = hands.window.program.windows[-1]
    assert isinstance(other, MainWindow)
    other.open_sample("clinic")
    qtbot.waitUntil(lambda: other.session is not None, timeout=20_000)
    hands.window.actions_["compare"].trigger()
    window = hands.window.comparing.window
    assert window is not None
    offered = [window.bar.boxes[0].itemText(at) for at in range(window.bar.boxes[0].count())]
    assert other.session is not None
    assert f"{other.session.name}, as it is now" in offered
    settled(window, qtbot)
    window.close()
    other.close()


def test_a_file_can_be_chosen_and_one_that_is_none_is_refused(
    hands: Hands, dialogs: FakeDialogs, copy_of: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    hands.window.actions_["compare"].trigger()
    window = hands.window.comparing.window
    assert window is not None
    settled(window, qtbot)
    dialogs.path = tmp_path / "broken.jmap"
    dialogs.path.write_bytes(b"no map")
    window.bar.file_wanted.emit(0)
    settled(window, qtbot)
    assert dialogs.asked[0] == "open: Compare with another file"
    assert any(asked.startswith("problem") for asked in dialogs.asked)
    dialogs.path = copy_of
    window.bar.file_wanted.emit(0)
    settled(window, qtbot)
    assert window.names[0] == copy_of.name
    assert window.side.model.changes


def test_the_differences_become_a_poster(
    comparing: CompareWindow, hands: Hands, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.path = tmp_path / "changes.pdf"
    asking = asked_to_export(comparing, hands, qtbot)
    asking.export.click()
    qtbot.waitUntil(lambda: not hands.window.exporting.is_busy, timeout=30_000)
    asking.close()
    assert "save poster broadband changes.pdf" in dialogs.asked
    document = pypdfium2.PdfDocument(dialogs.path)
    texts = [str(page.get_textpage().get_text_range()) for page in document]
    document.close()
    assert len(texts) == 3
    assert "A new worry" in texts[0]
    assert "A new worry" in texts[1]


def asked_to_export(comparing: CompareWindow, hands: Hands, qtbot: QtBot) -> ExportWindow:
    """The export window that stands before the compare window."""
    comparing.bar.export.click()

    def is_there() -> bool:
        window = hands.window.exporting.window
        return window is not None and window.parent() is comparing

    qtbot.waitUntil(is_there, timeout=20_000)
    asking = hands.window.exporting.window
    assert asking is not None
    return asking


def test_the_export_window_goes_with_the_compare_window(comparing: CompareWindow, hands: Hands, qtbot: QtBot) -> None:
    """Qt takes it along unasked; the next export must find nothing of it."""
    asked_to_export(comparing, hands, qtbot)
    comparing.close()
    assert hands.window.exporting.window is None
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    hands.window.export_poster()
    assert hands.window.exporting.window is not None


def test_the_export_window_is_of_what_one_asked_for(comparing: CompareWindow, hands: Hands, qtbot: QtBot) -> None:
    hands.window.export_poster()
    of_map = hands.window.exporting.window
    assert of_map is not None
    of_changes = asked_to_export(comparing, hands, qtbot)
    assert not of_map.isVisible()
    hands.window.export_poster()
    assert hands.window.exporting.window not in (None, of_changes)
    assert not of_changes.isVisible()


def test_another_map_closes_the_window(comparing: CompareWindow, hands: Hands, dialogs: FakeDialogs) -> None:
    """Else its “Take over” would do nothing, and say nothing."""
    with hands.document.edit("Mine") as tx:
        set_map(tx, title="Mine")
    dialogs.on_revert = True
    hands.window.files.revert()
    assert hands.window.comparing.window is None
    assert not comparing.isVisible()


def test_comparing_changes_nothing(comparing: CompareWindow, hands: Hands, qtbot: QtBot) -> None:
    before = hands.bytes()
    for _ in range(3):
        QTest.keyClick(comparing, Qt.Key.Key_F3)
    comparing.bar.turn_round()
    settled(comparing, qtbot)
    comparing.close()
    assert hands.bytes() == before


@pytest.mark.parametrize("name", ["arabic"])
def test_right_to_left_maps_go_along_too(open_sample: Opened, tmp_path: Path, qtbot: QtBot, name: str) -> None:
    hands = open_sample(name)
    window = hands.window.comparing.compare_with(file_choice(copied(hands, tmp_path)))
    assert window is not None
    settled(window, qtbot)
    window.bar.beside.setChecked(True)
    for _ in window.side.model.changes:
        QTest.keyClick(window, Qt.Key.Key_F3)
    views = window.canvases.before, window.canvases.after
    assert views[0].zoom == pytest.approx(views[1].zoom)
    window.close()


def test_versions_of_one_minute_and_of_one_second_are_told_apart() -> None:
    """What each is called leads to that state, and not to another of the same minute."""
    file = begun("A")
    for title, time in (("B", "09:00:07"), ("C", "09:00:07"), ("D", "09:05:00")):
        held = replace(file.holding(titled(title)), moment=Moment(f"2026-11-22T{time}Z", 2))
        file = loads(dumps(held))
    chosen = [version_choice(file, revision) for revision in revisions_of(file)]
    assert len({choice.name for choice in chosen}) == 4
    assert [choice.name.rpartition(":")[2] for choice in chosen] == ["05", "07", "07 (2)", "00"]
    states = [choice.fetch() for choice in chosen]
    assert [title_of(state.records) for state in states] == ["D", "C", "B", "A"]
    assert [state.name for state in states] == [choice.name for choice in chosen]


def test_files_of_one_name_in_two_folders_are_told_apart(comparing: CompareWindow, copy_of: Path, qtbot: QtBot) -> None:
    other = copy_of.parent / "elsewhere" / copy_of.name
    other.parent.mkdir()
    other.write_bytes(copy_of.read_bytes())
    comparing.bar.add(file_choice(other), 0)
    settled(comparing, qtbot)
    assert comparing.bar.boxes[0].currentText() == f"{copy_of.name} (2)"
    assert comparing.names[0] == f"{copy_of.name} (2)"
