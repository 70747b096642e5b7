"""Ratings, standings, votes and durations: chosen or typed, taken back, and mixed over several records."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.model.edits import add_card, add_lane, set_fields
from app.window.panels.fields.choices import Option, SignedSegment
from app.window.panels.fields.parsed import VotesEditor
from app.window.panels.fields.scales import RatingEditor, StandingEditor
from app.window.panels.inspector import Inspector
from tests.window.panels.inspecting import leave, retype, sentence
from tests.window.small_map import SmallMap

NARROWEST = 254
"""What the inspector leaves its fields, in pixels, in a window of 1280."""


def rating(inspector: Inspector, name: str = "importance") -> RatingEditor:
    editor = inspector.rows[name].editor
    assert isinstance(editor, RatingEditor)
    return editor


def pain_points(small: SmallMap, *votes: int) -> list[str]:
    with small.document.edit("Add") as tx:
        lane = add_lane(tx, "pain_points")
        return [add_card(tx, "pain_point", lane, small.step, votes=each) for each in votes]


def test_a_rating_is_clicked_and_the_same_again_takes_it_back(
    small: SmallMap, select: Callable[..., Inspector]
) -> None:
    buttons = rating(select(small.card)).buttons
    QTest.mouseClick(buttons[3], Qt.MouseButton.LeftButton)
    assert small[small.card] == small[small.card].changed(importance=4)
    assert [bool(button.property("filled")) for button in buttons] == [True, True, True, False, False]
    assert buttons[3].isChecked()
    QTest.mouseClick(buttons[3], Qt.MouseButton.LeftButton)
    assert small[small.card] == small[small.card].changed(importance=None)
    assert not any(button.isChecked() or button.property("filled") for button in buttons)
    assert small.steps_back == 2


def test_a_rating_goes_by_keys(small: SmallMap, select: Callable[..., Inspector]) -> None:
    editor = rating(select(small.card))
    got = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_5, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Delete):
        focused = next((button for button in editor.buttons if button.hasFocus()), editor.buttons[0])
        focused.setFocus()
        QTest.keyClick(focused, key)
        got.append(getattr(small[small.card], "importance", 0))
    assert got == [1, 2, 5, 5, 4, None]


def test_ratings_that_differ_show_none_and_one_click_sets_all(
    small: SmallMap, select: Callable[..., Inspector]
) -> None:
    with small.document.edit("Rate") as tx:
        set_fields(tx, [small.card], importance=2)
        set_fields(tx, [small.other_card], importance=4)
    small.document.history.mark_saved()
    editor = rating(select(small.card, small.other_card))
    assert not any(button.isChecked() for button in editor.buttons)
    QTest.mouseClick(editor.buttons[2], Qt.MouseButton.LeftButton)
    assert {getattr(small[id], "importance", 0) for id in (small.card, small.other_card)} == {3}
    assert small.steps_back == 1


def test_a_standing_has_a_sign_and_a_word_and_can_be_left_open(
    small: SmallMap, select: Callable[..., Inspector]
) -> None:
    editor = select(small.card).rows["standing"].editor
    assert isinstance(editor, StandingEditor)
    assert [button.text() for button in editor.buttons] == ["Assumption", "Partly", "Evidenced"]
    assert not any(button.icon().isNull() for button in editor.buttons)
    assert editor.buttons[1].accessibleName() == "Evidence: Partly evidenced"
    QTest.mouseClick(editor.buttons[1], Qt.MouseButton.LeftButton)
    assert small[small.card] == small[small.card].changed(standing="partly")
    QTest.keyClick(editor.buttons[1], Qt.Key.Key_Backspace)
    assert small[small.card] == small[small.card].changed(standing=None)


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_signs_keep_off_their_words_which_are_not_cut_in_the_narrowest_panel(
    qtbot: QtBot, direction: Qt.LayoutDirection
) -> None:
    words = {"assumption": "Assumption", "partly": "Partly evidenced", "evidenced": "Evidenced"}
    editor = StandingEditor([Option(value, label) for value, label in words.items()])
    qtbot.addWidget(editor)
    editor.setLayoutDirection(direction)
    editor.setFixedWidth(NARROWEST)
    editor.show()
    for button in editor.buttons:
        assert isinstance(button, SignedSegment)
        sign, word = button.places()
        assert button.fontMetrics().horizontalAdvance(button.text()) <= word.width()
        assert button.rect().contains(sign.united(word))
        is_mirrored = direction == Qt.LayoutDirection.RightToLeft
        assert (sign.left() - word.right() if is_mirrored else word.left() - sign.right()) > 4


def test_votes_count_up_and_down_and_not_below_nothing(small: SmallMap, select: Callable[..., Inspector]) -> None:
    [card] = pain_points(small, 1)
    small.document.history.mark_saved()
    inspector = select(card)
    editor = inspector.rows["votes"].editor
    assert isinstance(editor, VotesEditor)
    for _ in range(3):
        editor.more.click()
    assert small[card] == small[card].changed(votes=4)
    assert editor.line.text() == "4"
    leave(inspector)
    for _ in range(9):
        editor.fewer.click()
    assert small[card] == small[card].changed(votes=0)
    assert not editor.fewer.isEnabled()
    assert small.steps_back == 2


def test_of_several_each_counts_from_its_own_votes(small: SmallMap, select: Callable[..., Inspector]) -> None:
    cards = pain_points(small, 1, 7)
    editor = select(*cards).rows["votes"].editor
    assert isinstance(editor, VotesEditor)
    assert editor.line.placeholderText() == "Mixed"
    editor.more.click()
    assert [getattr(small[card], "votes", 0) for card in cards] == [2, 8]


@pytest.mark.parametrize(
    ("typed", "minutes", "shown"),
    [
        ("90", 90.0, "1 h 30 min"),
        ("1.5 h", 90.0, "1 h 30 min"),
        ("2h30", 150.0, "2 h 30 min"),
        ("1,5h", 90.0, "1 h 30 min"),
    ],
)
def test_a_duration_is_read_as_people_write_it(
    small: SmallMap, select: Callable[..., Inspector], typed: str, minutes: float, shown: str
) -> None:
    inspector = select(small.card)
    line: Any = inspector.rows["duration"].editor.focusProxy()
    retype(line, typed)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert small[small.card] == small[small.card].changed(duration=minutes)
    assert line.text() == shown
    assert sentence(inspector, "duration") == ""


def test_what_is_no_duration_is_answered(small: SmallMap, select: Callable[..., Inspector]) -> None:
    inspector = select(small.card)
    line: Any = inspector.rows["duration"].editor.focusProxy()
    retype(line, "a while")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert sentence(inspector, "duration") == "Please write a time such as 2 h 30 min, 1.5 h or 90."
    assert line.text() == "a while"
    assert small.steps_back == 0
