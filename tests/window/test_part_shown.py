"""Looking at a part of the map: lanes of a kind hidden from the menu, the bar that says so, and the way back."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolBar

from app.canvas.selection import Cell
from app.model.queries import columns, lanes, personas
from app.window.part_bar import PartBar
from tests.window.hands import Hands


def action(hands: Hands, name: str) -> QAction:
    hands.window.finish()
    found = hands.window.findChild(QAction, name)
    assert found is not None
    return found


def bar_of(hands: Hands) -> PartBar | None:
    return next((bar for bar in hands.window.findChildren(QToolBar) if isinstance(bar, PartBar)), None)


def kinds_shown(hands: Hands) -> set[str]:
    kind_of = {lane.id: lane.kind for lane in lanes(hands.document.store)}
    return {kind_of[row.lane] for row in hands.layout.rows}


def test_lanes_are_hidden_from_the_menu_and_a_bar_leads_back(hands: Hands) -> None:
    every = kinds_shown(hands)
    assert bar_of(hands) is None
    assert not hands.window.actions_["show_all"].isEnabled()
    entry = action(hands, "show_lanes_thoughts")
    assert entry.isChecked()
    entry.trigger()
    assert kinds_shown(hands) == every - {"thoughts"}
    assert not entry.isChecked()
    bar = bar_of(hands)
    assert bar is not None
    assert bar.isVisible()
    assert bar.words.text() == "Hidden lanes: Thoughts  ·  Posters show all of it"
    hands.view.map_filter.choose([personas(hands.document.store)[0].id])
    assert "Only what concerns Mia  ·  Hidden lanes: Thoughts" in bar.words.text()
    bar.whole.click()
    assert not bar.isVisible()
    assert kinds_shown(hands) == every
    assert hands.document.history.undo_label is None, "nothing of it is in the map"


def test_only_kinds_that_the_map_has_are_in_the_menu(hands: Hands) -> None:
    offered = {lane.kind for lane in lanes(hands.document.store)}
    assert action(hands, "show_lanes_thoughts").isVisible()
    assert "physical_evidence" not in offered
    assert not action(hands, "show_lanes_evidence").isVisible()


def test_a_lane_of_a_hidden_kind_that_is_inserted_shows_all_of_its_kind(hands: Hands) -> None:
    action(hands, "show_lanes_metrics").trigger()
    first = hands.layout.rows[0].lane
    hands.view.selection.select_cell(Cell(first, columns(hands.document.store)[0].id))
    hands.window.editing.insert("lane:metrics")
    assert "metrics" in kinds_shown(hands)
    assert hands.view.editing.is_active
    hands.view.cancel()


def test_the_exported_sheet_has_the_hidden_lanes(hands: Hands) -> None:
    hands.window.exporting.export_poster()
    window = hands.window.exporting.window
    assert window is not None
    before = window.sheet
    window.close()
    action(hands, "show_lanes_emotion").trigger()
    hands.window.exporting.export_poster()
    window = hands.window.exporting.window
    assert window is not None
    assert window.sheet == before
    window.close()
