"""What does nothing to the selection is grey in the menus; its keys say what to select."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from app.canvas.selection import Cell
from app.model.queries import personas
from tests.window.hands import Hands

CARD = {"duplicate", "cut", "copy", "edit_details", "insert_link", "move_left", "move_up", "fold_lane"}
POINT = {"gap_after", "move_left", "move_up", "fold_lane", "show_only"}
STAGE = {"order_left", "order_right", "move_left", "move_right"}
LANE = {"order_up", "order_down", "move_up", "move_down", "fold_lane"}
PERSONA = {"show_only", "replace_picture"}
ASKED = CARD | POINT | STAGE | LANE | PERSONA


def lit(hands: Hands) -> set[str]:
    """Which of the lines one can choose when one opens the menus one after the other."""
    found = set()
    for title in hands.window.menuBar().actions():
        menu = title.menu()
        assert isinstance(menu, QMenu)
        menu.popup(hands.window.pos())
        found |= {each.objectName() for each in menu.actions() if each.isEnabled()}
        menu.close()
        QApplication.processEvents()
    return found & ASKED


def of_type(hands: Hands, what: str) -> str:
    return next(iter(hands.document.store.ids_of_type(what)))


def test_the_menus_offer_what_fits_the_selection(hands: Hands) -> None:
    for id, fitting in (
        (hands.card("Plan page"), CARD),
        (of_type(hands, "emotion_point"), POINT),
        (of_type(hands, "stage"), STAGE),
        (of_type(hands, "lane"), LANE),
        (personas(hands.document.store)[0].id, PERSONA),
        (of_type(hands, "link"), set()),
    ):
        hands.view.selection.select([id])
        assert fitting <= lit(hands), id
        others = ASKED - fitting - {"move_right", "move_down"}
        assert not others & lit(hands) - {"show_only"}, id


def test_in_a_cell_its_lane_can_be_folded(hands: Hands) -> None:
    cell = Cell(hands.layout.rows[0].lane, hands.layout.columns[0].step)
    hands.view.selection.select_cell(cell)
    assert lit(hands) == {"fold_lane"}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("duplicate", "Only cards can be duplicated."),
        ("cut", "Select cards to cut them."),
        ("copy", "Select cards to copy them."),
    ],
)
def test_keys_say_what_to_select(hands: Hands, name: str, sentence: str) -> None:
    hands.view.selection.select([of_type(hands, "link")])
    assert name not in lit(hands)
    action = hands.window.actions_[name]
    assert action.isEnabled(), "no menu is open: its key works"
    action.trigger()
    assert hands.window.statusBar().currentMessage() == sentence
