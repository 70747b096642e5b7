"""The palette offers everything, finds it by name, and hands it on by Enter, double click or drag."""

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QDrag
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.canvas.drops import ENTRY_MIME
from app.model.kinds import card_kinds
from app.model.lanes import LANE_KINDS
from app.window.panels.entries import sections
from app.window.panels.palette import ID, Palette


@pytest.fixture
def palette(qtbot: QtBot) -> Palette:
    palette = Palette()
    qtbot.addWidget(palette)
    palette.resize(200, 900)
    palette.show()
    palette.activateWindow()
    qtbot.waitExposed(palette)
    return palette


def rows(palette: Palette) -> list[str]:
    """The ids of the rows in sight, headings as their names."""
    view, model = palette.list, palette.list.model()
    index, shown = model.index(0, 0), []
    while index.isValid():
        shown.append(index.data(ID) or index.data())
        index = view.indexBelow(index)
    return shown


def row(palette: Palette, id: str) -> QModelIndex:
    view, index = palette.list, palette.list.model().index(0, 0)
    while index.isValid() and index.data(ID) != id:
        index = view.indexBelow(index)
    assert index.isValid(), id
    return index


def test_it_offers_every_kind(palette: Palette) -> None:
    cards = [f"card:{kind}" for kind in card_kinds()]
    expected = ["Structure", "stage", "step", "lanes", "persona", "Cards", *cards, "Curve", "point"]
    assert rows(palette) == expected


def test_lanes_open_and_close(palette: Palette) -> None:
    place = palette.list.visualRect(row(palette, "lanes")).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert set(rows(palette)) >= {f"lane:{kind}" for kind in LANE_KINDS}
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "lane:thoughts" not in rows(palette)


def test_search_finds_entries_and_the_kinds_of_lanes(palette: Palette) -> None:
    QTest.keyClicks(palette.search, "THOUGHT")
    assert rows(palette) == ["Structure", "lanes", "lane:thoughts", "Cards", "card:thought"]
    QTest.keyClick(palette.search, Qt.Key.Key_Escape)
    assert "stage" in rows(palette)


def test_what_is_not_found_is_said(palette: Palette) -> None:
    QTest.keyClicks(palette.search, "zzz")
    assert rows(palette) == []
    assert palette._nothing.isVisible()


def test_enter_in_the_search_takes_a_card_before_a_lane_of_that_name(palette: Palette, qtbot: QtBot) -> None:
    QTest.keyClicks(palette.search, "pain")
    with qtbot.waitSignal(palette.activated) as signal:
        QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert signal.args == ["card:pain_point"]


def test_enter_in_an_empty_search_inserts_nothing(palette: Palette, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(palette.activated):
        QTest.keyClick(palette.search, Qt.Key.Key_Return)


def test_arrows_lead_into_the_list_and_enter_chooses(palette: Palette, qtbot: QtBot) -> None:
    palette.search.setFocus()
    QTest.keyClick(palette.search, Qt.Key.Key_Down)
    assert palette.list.hasFocus()
    QTest.keyClick(palette.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(palette.activated) as signal:
        QTest.keyClick(palette.list, Qt.Key.Key_Return)
    assert signal.args == ["step"]


def test_arrows_step_over_headings(palette: Palette) -> None:
    palette.list.setFocus()
    palette.list.setCurrentIndex(row(palette, "persona"))
    QTest.keyClick(palette.list, Qt.Key.Key_Down)
    assert palette.list.currentIndex().data(ID) == "card:touchpoint"


def test_the_group_of_lanes_opens_with_keys_and_is_no_entry(palette: Palette, qtbot: QtBot) -> None:
    palette.list.setFocus()
    palette.list.setCurrentIndex(row(palette, "lanes"))
    with qtbot.assertNotEmitted(palette.activated):
        QTest.keyClick(palette.list, Qt.Key.Key_Return)
    assert "lane:actions" in rows(palette)
    QTest.keyClick(palette.list, Qt.Key.Key_Left)
    assert "lane:actions" not in rows(palette)


def test_typing_in_the_list_goes_to_the_search(palette: Palette) -> None:
    palette.list.setFocus()
    palette.list.go_to_first()
    QTest.keyClicks(palette.list, "n")
    assert palette.search.hasFocus()
    QTest.keyClicks(palette.search, "ote")
    assert palette.search.text() == "note"
    assert "card:note" in rows(palette)


def test_up_from_the_first_goes_back_to_the_search(palette: Palette) -> None:
    palette.list.setFocus()
    palette.list.go_to_first()
    QTest.keyClick(palette.list, Qt.Key.Key_Up)
    assert palette.search.hasFocus()


def test_a_double_click_inserts(palette: Palette, qtbot: QtBot) -> None:
    place = palette.list.visualRect(row(palette, "card:note")).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(palette.activated) as signal:
        QTest.mouseDClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert signal.args == ["card:note"]


def test_a_drag_carries_the_entry(palette: Palette) -> None:
    drag = palette.list.drag_of(row(palette, "card:touchpoint"))
    assert drag is not None
    assert drag.mimeData().data(ENTRY_MIME).data() == b"card:touchpoint"
    assert not drag.pixmap().isNull()


def test_headings_and_the_group_cannot_be_dragged(palette: Palette) -> None:
    assert palette.list.drag_of(palette.list.model().index(0, 0)) is None
    assert palette.list.drag_of(row(palette, "lanes")) is None


def test_pulling_an_entry_starts_a_drag(palette: Palette, monkeypatch: pytest.MonkeyPatch) -> None:
    carried: list[bytes] = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, *_: carried.append(drag.mimeData().data(ENTRY_MIME).data()))
    view = palette.list.viewport()
    start = palette.list.visualRect(row(palette, "point")).center()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for distance in (8, 30, 60):
        QTest.mouseMove(view, start + QPoint(distance, distance // 4))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 15))
    assert carried[:1] == [b"point"]


def test_tooltips_say_what_it_is(palette: Palette) -> None:
    assert row(palette, "step").data(Qt.ItemDataRole.ToolTipRole) == "A column of a stage"
    assert "meets the organisation" in row(palette, "card:touchpoint").data(Qt.ItemDataRole.ToolTipRole)


def test_entries_have_ids_of_their_own() -> None:
    ids = [entry.id for section in sections() for entry in section.entries]
    assert len(ids) == len(set(ids))
