"""Long inspectors are in sections that fold, and what means nothing for a record is not shown."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.model.edits import add_card, set_fields
from app.window.panels.inspector import Inspector
from tests.window.panels.inspecting import line, retype
from tests.window.small_map import SmallMap


def test_a_section_folds_and_stays_so_for_other_records(small: SmallMap, select: Callable[..., Inspector]) -> None:
    inspector = select(small.card)
    details = inspector.sections["Details"]
    assert inspector.rows["owner"].isVisible()
    QTest.mouseClick(details.heading, Qt.MouseButton.LeftButton)
    assert not inspector.rows["owner"].isVisible()
    assert inspector.rows["title"].isVisible()
    assert inspector.folded == {"Details"}
    select(small.mia)
    inspector = select(small.card)
    assert not inspector.sections["Details"].heading.isChecked()
    assert not inspector.rows["owner"].isVisible()


def test_a_section_folds_by_keys(small: SmallMap, select: Callable[..., Inspector]) -> None:
    heading = select(small.card).sections["Details"].heading
    heading.setFocus()
    seen = []
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Space):
        QTest.keyClick(heading, key)
        seen.append(heading.isChecked())
    assert seen == [False, False, True, False, True]


def test_a_folded_section_says_how_much_is_in_it(small: SmallMap, select: Callable[..., Inspector]) -> None:
    inspector = select(small.card)
    heading = inspector.sections["Details"].heading
    assert heading.accessibleName() == "Details, fields filled in: 0"
    with small.document.edit("Fill") as tx:
        set_fields(tx, [small.card], owner="Ana", duration=0.0, moment_of_truth=True)
    assert heading.accessibleName() == "Details, fields filled in: 3"


def test_what_is_typed_is_written_when_its_section_is_folded(small: SmallMap, select: Callable[..., Inspector]) -> None:
    inspector = select(small.card)
    retype(inspector.rows["duration"].editor.focusProxy() or inspector, "2 h")
    inspector.sections["Details"].heading.setChecked(False)
    assert small[small.card] == small[small.card].changed(duration=120.0)


def test_counts_are_shown_for_the_measure_that_is_computed_from_them(
    small: SmallMap, select: Callable[..., Inspector]
) -> None:
    with small.document.edit("Add") as tx:
        metric = add_card(tx, "metric", small.empty_lane, small.step, measure="time")
        other = add_card(tx, "metric", small.empty_lane, small.step, measure="nps")
    inspector = select(metric)

    def counts() -> list[str]:
        names = ("promoters", "passives", "detractors", "satisfied", "responses")
        return [name for name in names if inspector.rows[name].isVisible()]

    assert counts() == []
    with small.document.edit("Change") as tx:
        set_fields(tx, [metric], measure="csat")
    assert counts() == ["satisfied", "responses"]
    select(other)
    assert counts() == ["promoters", "passives", "detractors"]
    select(metric, other)
    assert counts() == []


def test_where_a_metric_stands_is_not_asked_once_counts_say_it(
    small: SmallMap, select: Callable[..., Inspector]
) -> None:
    with small.document.edit("Add") as tx:
        metric = add_card(tx, "metric", small.empty_lane, small.step, measure="csat", satisfied=30)
    inspector = select(metric)
    assert inspector.rows["current"].isVisible()
    with small.document.edit("Count") as tx:
        set_fields(tx, [metric], responses=40)
    assert not inspector.rows["current"].isVisible()
    assert inspector.rows["target"].isVisible()
    small.document.undo()
    assert inspector.rows["current"].isVisible()


def test_the_map_leads_to_all_its_personas(inspector: Inspector, qtbot: QtBot) -> None:
    everybody = inspector.people.all
    assert everybody is not None
    assert everybody.text() == "All personas: 2"
    with qtbot.waitSignal(inspector.personas_requested):
        everybody.click()


def test_an_empty_number_that_stands_for_nothing_says_nothing(
    small: SmallMap, select: Callable[..., Inspector]
) -> None:
    assert line(select(small.step), "width").placeholderText() == "Automatic"
    with small.document.edit("Add") as tx:
        metric = add_card(tx, "metric", small.empty_lane, small.step)
    assert line(select(metric), "target").placeholderText() == ""
