"""The map doctor and the guide beside the map: gaps to go to and to mend, steps to take, and what is remembered."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from app.model import edits
from app.model.beside import Source
from app.model.kinds.opportunity import Opportunity
from app.model.queries import columns, lanes
from app.model.records import Card
from app.window.appearance import Appearance, application
from app.window.glance import glance
from app.window.settings import SettingsFile
from app.window.side.doctor import DoctorPage
from app.window.side.guide import GuidePage
from app.window.side.panel import SidePanel
from app.window.window import MainWindow
from tests.window.hands import Hands


def side_of(window: MainWindow) -> SidePanel:
    side = window.docks.side
    assert side is not None
    return side


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Waits until the map has been examined as it now is."""
    checkup = window.docks.checkup
    assert checkup is not None
    qtbot.waitUntil(lambda: not checkup.is_due)


@pytest.fixture
def doctor(hands: Hands, qtbot: QtBot) -> DoctorPage:
    """The page, with the keyboard in it, on the broadband sample with gaps of three kinds, however good that is."""
    store = hands.document.store
    ideas = [card.id for card in store.of_type("card") if isinstance(card, Opportunity)]
    with hands.document.edit("Make gaps") as tx:
        edits.add_lane(tx, "questions", "Open questions")
        edits.set_fields(tx, ideas, owner="", status="idea")
        lane = next(lane.id for lane in lanes(store) if lane.kind == "pain_points")
        edits.add_card(tx, "pain_point", lane, columns(store)[0].id, title="Nobody answers")
    hands.window.actions_["doctor"].trigger()
    settle(qtbot, hands.window)
    return side_of(hands.window).doctor


def group(doctor: DoctorPage, rule: str) -> QModelIndex:
    """The row of a rule."""
    at = next(at for at, known in enumerate(doctor.model.rules) if known.id == rule)
    return doctor.model.index(at, 0)


def names(doctor: DoctorPage, rule: str) -> list[str]:
    top = group(doctor, rule)
    return [doctor.model.index(row, 0, top).data() for row in range(doctor.model.rowCount(top))]


def stand_on(doctor: DoctorPage, rule: str, row: int = 0) -> None:
    doctor.list.expand(group(doctor, rule))
    doctor.list.setCurrentIndex(doctor.model.index(row, 0, group(doctor, rule)))


def gaps_button(window: MainWindow) -> QToolButton:
    button = window.statusBar().findChild(QToolButton, "gaps")
    assert isinstance(button, QToolButton)
    return button


def test_gaps_are_grouped_by_rule_and_counted(doctor: DoctorPage, hands: Hands) -> None:
    assert names(doctor, "empty_lane") == ["“Open questions”"]
    total = sum(doctor.model.rowCount(group(doctor, rule.id)) for rule in doctor.model.rules)
    assert doctor.summary.text() == gaps_button(hands.window).text() == f"{total} gaps"
    assert QApplication.focusWidget() is doctor.list
    spoken = group(doctor, "empty_lane").data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Empty lanes: 1"


def test_the_status_bar_leads_to_the_doctor(hands: Hands, qtbot: QtBot) -> None:
    settle(qtbot, hands.window)
    hands.window.docks.toggle("inspector")
    gaps_button(hands.window).click()
    assert side_of(hands.window).shown == "doctor"
    assert side_of(hands.window).doctor.isVisible()


def test_enter_and_a_click_go_to_the_place(doctor: DoctorPage, hands: Hands) -> None:
    stand_on(doctor, "opportunity_without_owner", 10)
    gap = doctor.list.item
    assert gap is not None
    QTest.keyClick(doctor.list, Qt.Key.Key_Return)
    assert set(hands.view.selection) == set(gap.ids)
    visible = hands.view.mapToScene(hands.view.viewport().rect()).boundingRect()
    assert visible.contains(*hands.middle(gap.ids[0]))
    assert doctor.sentence.text() == gap.sentence
    assert QApplication.focusWidget() is doctor.list, "so that one can go on to the next"
    first = doctor.model.index(0, 0, group(doctor, "empty_lane"))
    doctor.list.expand(first.parent())
    doctor.list.scrollTo(first)
    QTest.mouseClick(doctor.list.viewport(), Qt.MouseButton.LeftButton, pos=doctor.list.visualRect(first).center())
    [lane] = hands.view.selection
    assert hands.document.store[lane].type == "lane"


def test_a_rule_is_switched_off_by_its_tick_and_that_can_be_undone(
    doctor: DoctorPage, hands: Hands, qtbot: QtBot
) -> None:
    doctor.list.setCurrentIndex(group(doctor, "empty_lane"))
    QTest.keyClick(doctor.list, Qt.Key.Key_Space)
    assert hands.document.map.doctor_off == ("empty_lane",)
    settle(qtbot, hands.window)
    assert names(doctor, "empty_lane") == []
    assert group(doctor, "empty_lane").data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    hands.window.editing.undo()
    settle(qtbot, hands.window)
    assert not hands.document.map.doctor_off
    assert names(doctor, "empty_lane") == ["“Open questions”"]


def test_mending_takes_one_step(doctor: DoctorPage, hands: Hands, qtbot: QtBot) -> None:
    stand_on(doctor, "empty_lane")
    before = hands.bytes()
    QTest.keyClick(doctor.mend, Qt.Key.Key_Return)
    settle(qtbot, hands.window)
    assert names(doctor, "empty_lane") == []
    assert hands.document.history.undo_label == "Remove empty lane"
    hands.window.editing.undo()
    assert hands.bytes() == before


def test_an_opportunity_is_added_and_named_in_one_step(doctor: DoctorPage, hands: Hands, qtbot: QtBot) -> None:
    stand_on(doctor, "pain_point_without_opportunity")
    gap = doctor.list.item
    assert gap is not None
    [pain] = gap.ids
    before = hands.bytes()
    doctor.mend.click()
    QTest.keyClicks(hands.view, "Say it at once")
    hands.key(Qt.Key.Key_Return)
    [made] = hands.view.selection
    opportunity, trouble = hands.document.store[made], hands.document.store[pain]
    assert isinstance(opportunity, Opportunity)
    assert isinstance(trouble, Card)
    assert (opportunity.title, opportunity.addresses) == ("Say it at once", (pain,))
    assert opportunity.step == trouble.step
    settle(qtbot, hands.window)
    assert gap.name not in names(doctor, "pain_point_without_opportunity")
    hands.window.editing.undo()
    assert hands.bytes() == before


def test_an_owner_is_written_in_the_inspector(doctor: DoctorPage, hands: Hands) -> None:
    """Also where the section of the field was folded up."""
    [owned, *_] = (
        id for id in hands.document.store.ids_of_type("card") if isinstance(hands.document.store[id], Opportunity)
    )
    hands.view.selection.select([owned])
    inspector = side_of(hands.window).inspector
    inspector.set_folded(inspector.sections)
    stand_on(doctor, "opportunity_without_owner")
    gap = doctor.list.item
    assert gap is not None
    doctor.mend.click()
    side = side_of(hands.window)
    assert side.shown == "inspector"
    assert side.inspector.ids == gap.ids
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "Ana")
    hands.window.settle_edits()
    record = hands.document.store[gap.ids[0]]
    assert isinstance(record, Opportunity)
    assert record.owner == "Ana"


def test_the_first_source_is_added_and_named_in_the_inspector(doctor: DoctorPage, hands: Hands, qtbot: QtBot) -> None:
    with hands.document.edit("Unlearn") as tx:
        edits.delete(tx, list(tx.store.ids_of_type("source")))
        edits.set_fields(tx, list(tx.store.ids_of_type("card")), standing=None)
    settle(qtbot, hands.window)
    assert names(doctor, "card_without_evidence") == [], "as long as there is none at all, it is said once"
    stand_on(doctor, "map_without_evidence")
    doctor.mend.click()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "Interviews")
    hands.window.settle_edits()
    [source] = hands.document.store.of_type("source")
    assert isinstance(source, Source)
    assert source.title == "Interviews"
    settle(qtbot, hands.window)
    assert names(doctor, "map_without_evidence") == []
    assert names(doctor, "card_without_evidence")


def test_a_review_that_is_due_gets_a_date_ahead(hands: Hands, qtbot: QtBot) -> None:
    with hands.document.edit("Review") as tx:
        edits.set_map(tx, review_date=date(2020, 1, 31))
    hands.window.actions_["doctor"].trigger()
    settle(qtbot, hands.window)
    doctor = side_of(hands.window).doctor
    assert names(doctor, "stale_review_date") == ["2020-01-31"]
    stand_on(doctor, "stale_review_date")
    doctor.mend.click()
    settle(qtbot, hands.window)
    due = hands.document.map.review_date
    assert due is not None
    assert due > date(2026, 1, 1)
    assert names(doctor, "stale_review_date") == []


def test_the_doctor_is_calm_where_nothing_is_missing(doctor: DoctorPage, hands: Hands, qtbot: QtBot) -> None:
    with hands.document.edit("Off") as tx:
        edits.set_map(tx, doctor_off=tuple(rule.id for rule in doctor.model.rules))
    settle(qtbot, hands.window)
    assert doctor.summary.text() == "Nothing is missing that the doctor knows of."
    assert gaps_button(hands.window).text() == "No gaps"
    assert not doctor.foot.isVisible()


def test_the_list_stays_where_one_is_reading(doctor: DoctorPage, hands: Hands, qtbot: QtBot) -> None:
    """An edit elsewhere neither folds a group nor moves the keyboard."""
    stand_on(doctor, "opportunity_without_owner", 3)
    gap = doctor.list.item
    with hands.document.edit("Elsewhere") as tx:
        edits.add_lane(tx, "notes", "Another")
    settle(qtbot, hands.window)
    assert names(doctor, "empty_lane") == ["“Open questions”", "“Another”"]
    assert doctor.list.item == gap
    assert doctor.list.isExpanded(group(doctor, "opportunity_without_owner"))


def test_f6_reaches_the_tab_and_f8_the_inspector_behind_it(doctor: DoctorPage, hands: Hands) -> None:
    window, side = hands.window, side_of(hands.window)
    window.looking.next_pane()
    window.looking.next_pane()
    assert QApplication.focusWidget() is hands.view
    window.looking.next_pane()
    assert QApplication.focusWidget() is doctor.list
    window.actions_["inspector"].trigger()
    assert (side.shown, side.isVisible()) == ("inspector", True)
    assert window.actions_["inspector"].isChecked()
    window.actions_["inspector"].trigger()
    assert not side.isVisible()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_pages_are_painted_in_both_appearances(doctor: DoctorPage, hands: Hands, mode: str) -> None:
    hands.window.looking.set_appearance("dark" if mode == "dark" else "light")
    try:
        ground = doctor.grab().toImage().pixelColor(2, 2).lightness()
        assert (ground < 128) == (mode == "dark")
    finally:
        Appearance.of(application()).set_mode("light")


# The guide


def new_map(window: MainWindow, template: str = "blank") -> None:
    window.open_template(template)
    window.finish()


def guide_of(window: MainWindow) -> GuidePage:
    assert side_of(window).shown == "guide"
    return side_of(window).guide


@pytest.mark.parametrize("template", ["blank", "marketing"])
def test_the_guide_comes_with_a_new_map_until_it_is_closed(window: MainWindow, template: str) -> None:
    new_map(window, template)
    guide = guide_of(window)
    assert len(guide.steps) == 6
    guide.close_button.click()
    assert side_of(window).shown == "inspector"
    assert SettingsFile().settings.guide_closed
    new_map(window)
    assert side_of(window).shown == "inspector"
    window.actions_["guide"].trigger()
    assert guide_of(window).isVisible()


def test_a_sample_comes_without_the_guide(window: MainWindow) -> None:
    window.open_sample("clinic")
    window.finish()
    assert side_of(window).shown == "inspector"
    assert glance().first_start_done


def test_the_guide_ticks_what_the_map_has(window: MainWindow, qtbot: QtBot) -> None:
    new_map(window)
    guide, session = guide_of(window), window.session
    assert session is not None
    first = guide.steps[0]
    assert [line.is_done for line in first.checks] == [False, False, False]
    assert guide.progress.text() == "0 of 6 steps done"
    with session.document.edit("Aim") as tx:
        edits.set_map(tx, title="Broadband", objective="Fewer calls", scope="To the first bill")
    settle(qtbot, window)
    assert [line.is_done for line in first.checks] == [True, True, True]
    assert first.header.accessibleName() == "1 Objective done"
    assert guide.progress.text() == "1 of 6 steps done"


@pytest.mark.parametrize("template", ["blank", "marketing", "product-led", "service-blueprint"])
def test_the_guide_counts_nothing_of_a_template_that_nobody_touched(window: MainWindow, template: str) -> None:
    new_map(window, template)
    guide = guide_of(window)
    assert {step.step.state for step in guide.steps} == {"open"}
    assert not [check.text for step in guide.steps for check in step.step.checks if check.is_done]


def test_arrows_and_enter_unfold_the_steps(window: MainWindow) -> None:
    new_map(window)
    guide = guide_of(window)
    guide.take_focus()
    assert QApplication.focusWidget() is guide.steps[0].header
    QTest.keyClick(guide.steps[0].header, Qt.Key.Key_Down)
    QTest.keyClick(guide.steps[1].header, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is guide.steps[2].header
    QTest.keyClick(guide.steps[2].header, Qt.Key.Key_Return)
    assert [step.is_unfolded for step in guide.steps] == [False, False, True, False, False, False]
    assert guide.steps[2].button.isVisible()


def test_the_buttons_lead_to_what_they_say(window: MainWindow, qtbot: QtBot) -> None:
    new_map(window)
    side, session = side_of(window), window.session
    assert session is not None
    document = session.document
    guide = guide_of(window)
    guide.steps[0].button.click()
    focus = QApplication.focusWidget()
    assert side.shown == "inspector"
    assert focus is not None
    QTest.keyClicks(focus, "Fewer calls")
    window.settle_edits()
    assert document.map.objective == "Fewer calls"

    side.show_page("guide")
    stages = len(document.store.ids_of_type("stage"))
    guide.steps[2].button.click()
    QTest.keyClicks(window.view, "Buys")
    QTest.keyClick(window.view, Qt.Key.Key_Return)
    assert len(document.store.ids_of_type("stage")) == stages + 1

    guide.steps[3].button.click()
    assert len(document.store.ids_of_type("emotion_point")) == 1

    settle(qtbot, window)
    guide.steps[1].button.click()
    assert side.shown == "inspector"
    [made] = side.inspector.ids
    assert document.store[made].type in {"persona", "source"}

    side.show_page("guide")
    guide.steps[4].button.click()
    assert side.shown == "doctor"
